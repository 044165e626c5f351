"""A table of one's own: a data folder, or a workbook, to fill in."""

import csv
import io
import json
import re
from pathlib import Path

from .files import replacing
from .readers import xlsx
from .tables import DATA, loosened, nearest, read_table, schema

KEPT = (
    "indicators",
    "places",
    "scopes",
    "benchmarks",
)  # these tables are copied, so that their keys can be used


def template(path, place=None, name_en="", name_zh="", parent="", code=""):
    """Make a table to fill in and return its path: a data folder, or a workbook if `path` ends with .xlsx.

    It has the codebook, places and scopes of the bundle, and no observations and sources; these are yours to add. `place` (a key of small
    letters, as in `hangzhou`) with its names, the place that it is part of (`parent`) and its code (GB/T 2260, six digits) is added to the
    places. What is there already stays as it is, so the call can be made again. Raises ValueError where a place is not rightly described, or a
    table that is there already does not list it; OSError where nothing can be written: then nothing half-written is left.
    """
    path = Path(path)
    if path.suffix and not xlsx.is_workbook(path) and not path.is_dir():
        raise ValueError(
            f"a table to fill in is a folder or a workbook (.xlsx); found {path.name!r}"
        )
    name = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "table"
    package = loosened(schema()) | {
        "name": name,
        "title": path.stem,
        "description": "Figures as printed, each with its source.",
    }
    rows = {resource["name"]: _rows(resource) for resource in package["resources"]}
    known = [row[0] for row in rows["places"][1:]]
    if place is not None and place not in known:
        rows["places"].append(_described(known, place, name_en, name_zh, parent, code))
    if xlsx.is_workbook(path):
        if not path.exists():
            with replacing(path) as half_done:
                xlsx.written(half_done, package, rows)
        _listed(path, place, rows["places"])
        return path
    path.mkdir(parents=True, exist_ok=True)
    _write_new(path / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=2) + "\n")
    for name, table in rows.items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(table)
        _write_new(path / f"{name}.csv", text.getvalue())
    _listed(path, place, rows["places"])
    return path


def _described(known, place, name_en, name_zh, parent, code):
    """The row of a new place. Raises ValueError where it would be at fault."""
    if not (re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", place) and name_en and name_zh):
        raise ValueError(
            f"a new place needs a key of small letters, name_en and name_zh; found {place!r}, {name_en!r}, {name_zh!r}"
        )
    if parent and parent not in known:
        raise ValueError(
            f"unknown parent {parent!r}{nearest(parent, known)}; choose from: {', '.join(known)}"
        )
    if code and not re.fullmatch("[0-9]{6}", code):
        raise ValueError(f"found code {code!r}; it has six digits (GB/T 2260), or is left out")
    return [place, name_en, name_zh, parent, code]


def _listed(path, place, places):
    """Raise ValueError where the table at `path`, which may have been there before, does not list the place."""
    if place is None:
        return
    sheet = xlsx.sheets(path).get("places") if xlsx.is_workbook(path) else None
    table, _ = (
        xlsx.read_sheet(path, sheet, places[0], set())
        if sheet
        else read_table(path / "places.csv", places[0])
    )
    if table is not None and place not in table["place"].cells:
        row = next(",".join(row) for row in places if row[0] == place)
        raise ValueError(
            f"{path.name} was there already and does not list {place!r}; add this row to its places: {row}"
        )


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
