"""A table of one's own to fill in: a data folder, or a workbook."""

import csv
import io
import json
import re
from pathlib import Path

from .descriptor import DATA, FILE, columns, loosened, schema
from .files import replacing
from .inputs import ending
from .messages import both, nearest
from .readers import xlsx
from .readers.csv import read as read_csv
from .workbooks import write_workbook

COPIED = ("indicators", "places", "scopes", "benchmarks")  # tables whose keys can be used


def template(
    path: Path | str,
    place: str | None = None,
    name_en: str = "",
    name_zh: str = "",
    parent: str = "",
    code: str | int = "",
) -> Path:
    """Make a table to fill in and return its path.

    It is a data folder, or a workbook if `path` ends with .xlsx, with the codebook, places and
    scopes of the bundle, and no observations and sources; these are yours to add. `place` (a key
    of small letters, as in `hangzhou`) with its names, the place that it is part of (`parent`) and
    its code (GB/T 2260, six digits) is added to the places. What is there already stays as it is,
    so the call can be made again.

    Raises ValueError where a place is not rightly described, or a table that is there already does
    not list it; OSError where nothing can be written: then nothing half-written is left.
    """
    path = _target(path)
    title = path.name.removesuffix(ending(path))
    name = re.sub("[^a-z0-9]+", "-", title.lower()).strip("-") or "table"
    description = "Figures as printed, each with its source."
    package = loosened(schema()) | {"name": name, "title": title, "description": description}
    rows = {resource["name"]: _rows(resource) for resource in package["resources"]}
    known = [row[0] for row in rows["places"][1:]]
    if place is not None and place not in known:
        rows["places"].append(_described(known, place, name_en, name_zh, parent, str(code or "")))
    if not xlsx.is_workbook(path):
        _write_folder(path, package, rows)
    elif not path.exists():
        with replacing(path) as half_done:
            write_workbook(half_done, package, rows)
    if place is not None:
        _check_listed(path, place, rows["places"])
    return path


def _target(path):
    """The path of a folder or workbook to write. Raises ValueError if it names another thing."""
    kinds = "a table to fill in is a folder or a workbook (.xlsx)"
    try:
        name, path = str(path).strip(), Path(path).expanduser()
        other = not xlsx.is_workbook(path) and not path.is_dir() and (path.exists() or ending(path))
    except (TypeError, ValueError, RuntimeError) as error:  # no path, or of an unknown user
        raise ValueError(both(f"{kinds}; found {path!r} ({error})")) from None
    if not name or other:
        raise ValueError(both(f"{kinds}; found {path.name if name else ''!r}"))
    return path


def _described(known, place, name_en, name_zh, parent, code):
    """The row of a new place. Raises ValueError where it would be at fault."""
    key = isinstance(place, str) and re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", place)
    if not (key and name_en and name_zh):
        found = f"{place!r}, {name_en!r}, {name_zh!r}"
        needed = "a new place needs a key of small letters, name_en and name_zh"
        raise ValueError(both(f"{needed}; found {found}"))
    if parent and parent not in known:
        choices = f"choose from: {', '.join(known)}"
        raise ValueError(both(f"unknown parent {parent!r}{nearest(parent, known)}; {choices}"))
    if code and not re.fullmatch("[0-9]{6}", code):
        raise ValueError(
            both(f"found code {code!r}; it has six digits (GB/T 2260), or is left out")
        )
    return [place, name_en, name_zh, parent, code]


def _check_listed(path, place, places):
    """Raise ValueError where the table at `path`, which may be older, does not list the place."""
    sheet = xlsx.sheets(path).get("places") if xlsx.is_workbook(path) else None
    if sheet:
        table, _ = xlsx.read_sheet(path, sheet, dict.fromkeys(places[0], "string"))
    else:
        table, _ = read_csv(path / "places.csv", places[0])
    if table is not None and place not in table["place"].cells:
        row = next(",".join(row) for row in places if row[0] == place)
        there = f"{path.name} was there already and does not list {place!r}"
        raise ValueError(both(f"{there}; add this row to its places: {row}"))


def _rows(resource):
    """The header of a table, and its rows where they are copied."""
    names = columns(resource)
    if resource["name"] not in COPIED:
        return [names]
    table, _ = read_csv(DATA / resource["path"], names)
    return [names, *map(list, zip(*(table[name].cells for name in names), strict=True))]


def _write_folder(path, package, rows):
    """Write a data folder; files that are there already stay as they are."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"the folder cannot be made ({error.strerror}); choose another place"
        raise type(error)(error.errno, problem, str(path)) from None
    texts = {FILE: json.dumps(package, ensure_ascii=False, indent=2) + "\n"}
    for name, table in rows.items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(table)
        texts[f"{name}.csv"] = text.getvalue()
    for name, text in texts.items():
        if not (path / name).exists():
            with replacing(path / name) as half_done:
                half_done.write_text(text, encoding="utf-8", newline="\n")
