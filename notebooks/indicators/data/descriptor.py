"""The Data Package descriptor of a data folder: read, compared with that of the bundle, and asked.

It names the tables and says of each field its type, pattern and list of values (a Table Schema).
"""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path

from .files import read_text
from .messages import TableError, of_file
from .vocabulary import NO_THEMES, NUMBER

DATA = Path(__file__).resolve().parents[3] / "data"
FILE = "datapackage.json"
TABLES = ("observations", "indicators", "places", "scopes", "sources", "omissions", "benchmarks")
CSV_FILES = {name: f"{name}.csv" for name in TABLES}
PARQUET_FILES = CSV_FILES | {"observations": "observations.parquet"}  # a file or a folder
EXTENSIBLE = ("unit", "theme")  # columns whose lists of values another table may extend
MAY_BE_MISSING = ("read_at",)  # columns that a reader's own table need not have
NEW_TIERS = ("dataset",)  # which a descriptor may have or not


def schema(folder: Path | str = DATA) -> dict:
    """The Data Package descriptor of a folder.

    Raises TableError if it cannot be read, or asks for other tables than that of the bundle.
    """
    text, faults = read_text(Path(folder).expanduser() / FILE, ended=False)
    if faults:
        raise TableError(faults)
    try:
        package = json.loads(text)
    except (ValueError, RecursionError) as error:
        row = getattr(error, "lineno", None)
        raise TableError([of_file(FILE, f"not JSON: {error}; restore the file", row)]) from None
    try:
        _bring_up_to_date(folder, package)
        _compare(folder, package)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
        problem = f"not a description that this bundle can read ({reason}); restore the file"
        raise TableError([of_file(FILE, problem)]) from None
    return package


def _compare(folder, package):
    """Raise ValueError, naming the first difference, unless a descriptor asks what it may ask."""
    described = {resource["name"]: resource["path"] for resource in package["resources"]}
    if described not in (CSV_FILES, PARQUET_FILES):
        files = "each in a file of its name (observations.parquet may replace the .csv)"
        raise ValueError(f"its resources must be {', '.join(TABLES)}, {files}")
    found = _form(package)
    if Path(folder).resolve() == DATA:
        return
    themes = field(resource(package, "indicators"), "theme")["constraints"]["enum"]
    if taken := [theme for theme in themes if theme in NO_THEMES]:
        raise ValueError(f"a theme cannot be called {taken[0]!r}; give it another key")
    ours = schema()
    allowed = [_form(ours), _form(loosened(ours))]
    for part in {**found, **allowed[0]}:
        if part not in found or found[part] not in [form.get(part) for form in allowed]:
            name = " of ".join(reversed(part))
            raise ValueError(f"{name} must be described as data.template() does")


def _bring_up_to_date(folder, package):
    """Let a descriptor that an earlier version made say of sources what that of the bundle does."""
    if Path(folder).resolve() == DATA:
        return
    ours, theirs = (resource(each, "sources") for each in (schema(), package))
    fields, known = theirs["schema"]["fields"], columns(theirs)
    fields += [field(ours, name) for name in MAY_BE_MISSING if name not in known]
    tiers = field(theirs, "tier")["constraints"]["enum"]
    tiers += [tier for tier in NEW_TIERS if tier not in tiers]


def _form(package):
    """What a descriptor asks of each field and of each table's keys, by table and part.

    Titles and descriptions are left out, and so are lists that may be extended.
    """
    form = {}
    for table in package["resources"]:
        name, described = table["name"], table["schema"]
        form[name, "keys"] = described["primaryKey"], described.get("foreignKeys", [])
        form[name, "missing values"] = described["missingValues"]
        form[name, "columns"] = columns(table)
        for each in described["fields"]:
            limits = dict(each.get("constraints", {}))
            listed = limits.pop("enum", None)
            if listed is not None and not _are_texts(listed):
                raise TypeError(f"the list of {each['name']} must be a list of texts")
            limits |= {"enum": listed is not None if each["name"] in EXTENSIBLE else listed}
            form[name, f"column {each['name']}"] = each["type"], each.get("format"), limits
    return form


def _are_texts(listed):
    return isinstance(listed, list) and all(isinstance(text, str) and text for text in listed)


def loosened(package: dict) -> dict:
    """The descriptor for the table of someone else, whatever its language and country.

    Not every key has to be used there.
    """
    left_out = ("closed", "licenses", "version")
    package = deepcopy({key: each for key, each in package.items() if key not in left_out})
    as_printed = field(resource(package, "observations"), "as_printed")
    as_printed["constraints"].pop("pattern", None)
    field(resource(package, "places"), "code")["constraints"].pop("required", None)
    return package


def resource(package: dict, name: str) -> dict:
    """What a descriptor says of one table."""
    return next(each for each in package["resources"] if each["name"] == name)


def columns(resource: dict) -> list[str]:
    """The names of the columns of a table, in order."""
    return [each["name"] for each in resource["schema"]["fields"]]


def field(resource: dict, name: str) -> dict:
    """What a descriptor says of one column of a table."""
    return next(each for each in resource["schema"]["fields"] if each["name"] == name)


def foreign_keys(resource: dict) -> dict[str, tuple[str, str]]:
    """For each column whose texts must be those of another column, that table and its column."""
    keys = resource["schema"].get("foreignKeys", [])
    references = ((key["fields"][0], key["reference"]) for key in keys)
    return {
        name: (other["resource"] or resource["name"], other["fields"][0])
        for name, other in references
    }


def fits(field: dict) -> Callable[[str], object]:
    """A function that says of a text (not empty) whether it has the type, pattern and list."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        return set(limits["enum"]).__contains__
    if field["type"] == "number":
        return re.compile(NUMBER).fullmatch
    if field["type"] == "date":
        return _is_date
    if field.get("format") == "uri":
        return re.compile(r"https?://\S+", re.IGNORECASE).fullmatch
    return re.compile(limits["pattern"]).fullmatch if "pattern" in limits else bool


def _is_date(cell):
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False
