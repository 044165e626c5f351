"""A table of one's own: a data folder, or a workbook, to fill in."""

import csv
import io
import json
import re
from pathlib import Path

from . import workbook
from .files import replacing
from .tables import DATA, loosened, read_table, schema

KEPT = ("indicators", "places", "scopes", "benchmarks")  # these tables are copied, so that their keys can be used


def template(path, place=None, name_en="", name_zh="", parent="", code=""):
    """Make a table to fill in and return its path: a data folder, or a workbook if `path` ends with .xlsx.

    It has the codebook, places and scopes of the bundle, and no observations and sources; these are yours to add. `place` (a key of small
    letters, as in `hangzhou`) with its names, the place that it is part of (`parent`) and its code (GB/T 2260, six digits) is added to the
    places. What is there already stays as it is, so the call can be made again. Raises ValueError where a place has no names, OSError where
    nothing can be written; then nothing half-written is left.
    """
    path = Path(path)
    name = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "table"
    package = loosened(schema()) | {"name": name, "title": path.stem, "description": "Figures as printed, each with its source."}
    rows = {resource["name"]: _rows(resource) for resource in package["resources"]}
    if place is not None and place not in [row[0] for row in rows["places"]]:
        if not (re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", place) and name_en and name_zh):
            raise ValueError(f"a new place needs a key of small letters, name_en and name_zh; found {place!r}, {name_en!r}, {name_zh!r}")
        rows["places"].append([place, name_en, name_zh, parent, code])
    if workbook.is_workbook(path):
        if not path.exists():
            with replacing(path) as half_done:
                workbook.written(half_done, package, rows)
        return path
    path.mkdir(parents=True, exist_ok=True)
    _write_new(path / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=2) + "\n")
    for name, table in rows.items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(table)
        _write_new(path / f"{name}.csv", text.getvalue())
    return path


def _rows(resource):
    """The header of a table, and its rows where they are copied."""
    names = [field["name"] for field in resource["schema"]["fields"]]
    if resource["name"] not in KEPT:
        return [names]
    table, _ = read_table(DATA / resource["path"], names)
    return [names, *map(list, zip(*(table[name].cells for name in names), strict=True))]


def _write_new(path, text):
    """Write a file that is not there yet."""
    if not path.exists():
        with replacing(path) as half_done:
            half_done.write_text(text, encoding="utf-8")
