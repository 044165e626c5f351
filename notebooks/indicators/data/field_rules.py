"""What the schema says of each field: one text must fit its type, pattern and list of values."""

import re
import unicodedata
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from .columns import Table, combined, doubled
from .descriptor import EXTENSIBLE, fits
from .messages import SHOWN_FAULTS, Fault, nearest, shown
from .printed_numbers import is_formula, plain_number

ALLOWED_IS = "; allowed is "  # what a fault of form says between what was found and the cure

MARKUP = re.compile(r"<[A-Za-z/!?]|&#?[A-Za-z0-9]+;")
LOST_TEXT = ("\ufffd", "???")
HIDDEN_CATEGORIES = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")  # of Unicode
LONGEST_ALIKE = 3  # characters; a word as short as this is like too many others
PATTERNS = {  # those of the descriptor in words
    "[a-z0-9]+(_[a-z0-9]+)*": "a key of small letters and digits, joined by _ (as in urban_income)",
    "[a-z0-9]+(-[a-z0-9]+)*": "a key of small letters and digits, joined by - (as in report-2021)",
    "[0-9]{6}": "a code of six digits",
    "[0-9]+(/[0-9]+)*": "the number of a line, or of lines joined by / (as in 155/157)",
}
SPACED = "found {}, with spaces around it; remove them"
INVISIBLE = "found {}, with an invisible or broken character; type it anew"
MARKED_UP = "found {}, which has markup of web pages in it; write it as plain text"
RUNNABLE = "found {}, which a spreadsheet would run as a formula; begin with a word"
HALF_QUOTED = "found {}, with a quotation mark that has no partner; close it, or write ” or ″"
A_NUMBER = "a number such as 12, 7.0 or -95.8, of at most 15 digits, without separators or units"
A_PERIOD = "a year (2020) or a span of years (2016/2020), from 2000 to 2099"


def field_faults(table: Table, described: dict) -> list[Fault]:
    """All cells that break what the Table Schema says of their own field, or of the key."""
    faults = []
    for field in described["fields"]:
        for wrong, problem in _text_faults(table[field["name"]].values, field):
            faults += table.faults_of(field["name"], wrong, problem)
        if field.get("constraints", {}).get("unique"):
            faults += _repeated(table, field["name"])
    return faults + _doubled_keys(table, tuple(described["primaryKey"]))


def _text_faults(texts, field) -> Iterator[tuple[set[str], Callable[[str], str]]]:
    """For each rule that is broken the texts at fault, and a function that says what is wrong."""
    filled = [text for text in texts if text]
    if field.get("constraints", {}).get("required") and len(filled) < len(texts):
        yield {""}, lambda _: "the cell is empty; a value is required"
    whole = "".join(filled)
    if list(map(str.strip, filled)) != filled:
        yield {text for text in filled if text != text.strip()}, _saying(SPACED)
    if not whole.isprintable() or any(lost in whole for lost in LOST_TEXT):
        yield set(filter(_invisible, filled)), _saying(INVISIBLE)
    fit = fits(field)
    if not all(map(fit, filled)):
        wrong = {text for text in filled if not fit(text)}
        hinted = set(sorted(wrong)[:SHOWN_FAULTS])
        yield wrong, lambda text: _misfit(text, field, text in hinted)
    if MARKUP.search(whole):
        yield set(filter(MARKUP.search, filled)), _saying(MARKED_UP)
    formulas = set(filter(is_formula, filled))
    if field["type"] != "number" and formulas:
        yield formulas, _saying(RUNNABLE)
    if '"' in whole:
        yield {text for text in filled if text.count('"') % 2}, _saying(HALF_QUOTED)


def _saying(problem):
    return lambda text: problem.format(shown(text))


def _repeated(table, name):
    """All cells of a column that stand in an earlier row too."""
    column = table[name]
    if len(column.values) == len(table.rows):
        return []
    again = pd.Index(column.codes).duplicated() & column.each(bool)
    problem = "found {} a second time; it must be unique"
    return table.faults(name, again, _saying(problem))


def _doubled_keys(table, key):
    """All rows whose key another row has already."""
    if table.apart or any(len(table[name].values) == len(table.rows) for name in key):
        return []
    whole = combined([table[name] for name in key])
    if not len(doubled(whole)):
        return []
    again, faults, first = pd.Index(whole).duplicated(), [], {}
    for row, number in zip(table.rows, whole.tolist(), strict=True):
        first.setdefault(number, row)
    for position in np.flatnonzero(again):
        found = ", ".join(shown(cell) for cell in table.cells(position, key).values() if cell)
        earlier = first[whole[position]]
        problem = f"found {found}, which row {earlier} has already; a key stands once"
        faults.append(table.fault(position, key, problem))
    return faults


def _invisible(cell):
    """Whether a text has a control or format character, or one that stands for lost text."""
    hidden = not cell.isprintable() and any(
        unicodedata.category(mark) in HIDDEN_CATEGORIES for mark in cell
    )
    return hidden or any(lost in cell for lost in LOST_TEXT)


def _misfit(cell, field, hint):
    """Say what was found and what is allowed, and with `hint` what may have been meant."""
    limits, name = field.get("constraints", {}), field["name"]
    if "enum" in limits:
        extensible = "; a new one is added to the lists in datapackage.json"
        near = nearest(cell, limits["enum"]) if hint and len(cell) > LONGEST_ALIKE else ""
        listed = ", ".join(limits["enum"])
        allowed = f"one of {listed}{near}{extensible if name in EXTENSIBLE else ''}"
    elif field["type"] == "number":
        allowed = f"{A_NUMBER}{_as_number(cell)}"
    elif name == "period":
        years = "/".join(re.findall("20[0-9]{2}", unicodedata.normalize("NFKC", cell)))
        near = f" (did you mean {years}?)" if fits(field)(years) and years != cell else ""
        allowed = f"{A_PERIOD}{near}"
    elif field["type"] == "date":
        allowed = "a date such as 2021-02-02"
    elif name in ("name_zh", "as_printed"):
        allowed = "a text with Chinese characters"
    elif field.get("format") == "uri":
        allowed = "an address that begins with http:// or https://"
    else:
        allowed = PATTERNS.get(limits["pattern"], f"a text of the form {limits['pattern']}")
    return f"found {shown(cell)}{ALLOWED_IS}{allowed}"


def _as_number(cell):
    """Ask whether a number in another notation was meant, where one can be read."""
    decimal = re.fullmatch(r"([^,，.．]*)[,，]([^,，.．]*)", cell)
    plain = plain_number(cell.replace("'", ",").replace("’", ","))
    if not plain and decimal:
        plain = plain_number(".".join(decimal.groups()))
    return f" (did you mean {plain}?)" if plain not in ("", cell) else ""
