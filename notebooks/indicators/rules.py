"""What a data folder has to obey, and every fault in it.

The rules stand in `data/datapackage.json` (a Data Package with a Table Schema for each file); beside them stand here those
that no Table Schema can say (`_observation_faults`).
"""

import re
import unicodedata

import numpy as np
import pandas as pd

from .tables import Fault, combined, doubled, fits, nearest, shown

SPANS = {"average_growth_rate", "cumulative"}
RATES = {"growth_rate", "average_growth_rate"}
MAY_BE_EMPTY = {"scopes", "omissions", "benchmarks"}
FACT = ("indicator", "place", "measure", "period", "status", "scope", "source")


def checked(package, read):
    """The tables that a descriptor names, and all faults found. `read`: from the name of a table and those of its columns to what
    `tables.read_table` returns.

    A table whose header is wrong is left out; a row of the wrong shape too, and what such rows or the rules between
    tables would say comes to light when they are mended.
    """
    tables, faults = {}, []
    for resource in package["resources"]:
        table, found = read(resource["name"], [field["name"] for field in resource["schema"]["fields"]])
        if table is not None:
            if not table.rows and not found and (resource["name"] not in MAY_BE_EMPTY or package.get("closed")):
                found = [Fault(table.file, None, None, "there are no rows beneath the header; fill in at least one, or restore them")]
            found += _field_faults(table, resource["schema"])
            tables[resource["name"]] = table
        faults += found
    faults += _key_faults(tables, package)
    if {"observations", "indicators", "sources"} <= set(tables):
        observations = tables["observations"]
        broken = {fault.row for fault in faults if fault.file == observations.file}
        faults += _observation_faults(observations.without(broken), tables["indicators"], tables["sources"])
    if not faults and package.get("closed"):
        faults = _unused(tables, package)
    return tables, faults


# --- what the schema says of each field ----------------------------------------------------


def _field_faults(table, described):
    """All cells that break what the Table Schema says of their own field."""
    faults = []
    for field in described["fields"]:
        limits = field.get("constraints", {})
        for wrong, problem in _text_faults(table[field["name"]].values, field):
            faults += table.faults_of(field["name"], wrong, problem)
        if limits.get("unique"):
            faults += _repeated(table, field["name"])
    return faults + _twice(table, described["primaryKey"])


def _text_faults(texts, field):
    """Which texts of a field are at fault, and a function that says what is wrong: for each rule that is broken."""
    filled = [text for text in texts if text]
    if field.get("constraints", {}).get("required") and len(filled) < len(texts):
        yield {""}, lambda _: "the cell is empty; a value is required"
    if list(map(str.strip, filled)) != filled:
        spaced = {text for text in filled if text != text.strip()}
        yield spaced, lambda text: f"found {shown(text)}, with spaces around it; remove them"
    if _may_be_invisible("".join(filled)):
        yield set(filter(_invisible, filled)), lambda text: f"found {shown(text)}, with an invisible or broken character"
    fit = fits(field)
    if not all(map(fit, filled)):
        yield {text for text in filled if not fit(text)}, lambda text: _misfit(text, field)


def _repeated(table, name):
    """All cells of a column that stand in an earlier row too."""
    column = table[name]
    if len(column.values) == len(table.rows):
        return []
    again = pd.Index(column.codes).duplicated() & column.each(bool)
    return table.faults(name, again, lambda cell: f"found {shown(cell)} a second time; it must be unique")


def _twice(table, key):
    """All rows whose key another row has already."""
    if any(len(table[name].values) == len(table.rows) for name in key):
        return []
    whole = combined([table[name] for name in key])
    if not len(doubled(whole)):
        return []
    again, faults, first = pd.Index(whole).duplicated(), [], {}
    for row, number in zip(table.rows, whole.tolist(), strict=True):
        first.setdefault(number, row)
    for position in np.flatnonzero(again):
        found = ", ".join(shown(cell) for cell in table.cells(position, key).values() if cell)
        problem = f"found {found}, which row {first[whole[position]]} has already; a key stands once"
        faults.append(table.fault(position, "+".join(key), problem))
    return faults


def _may_be_invisible(text):
    return not text.isprintable() or "\ufffd" in text


def _invisible(cell):
    """Whether a text has a control or format character, or one that stands for lost text."""
    return not cell.isprintable() and any(unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp") for mark in cell) or "\ufffd" in cell


def _misfit(cell, field):
    """Say what was found and what is allowed."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        allowed = f"one of {', '.join(limits['enum'])}{nearest(cell, limits['enum'])}"
    elif field["type"] == "number":
        allowed = "a number such as 12, 7.0 or -95.8, of at most 15 digits, without separators or units"
    elif field["name"] == "period":
        allowed = "a year (2020) or a span of years (2016/2020), from 2000 to 2099"
    elif field["type"] == "date":
        allowed = "a date such as 2021-02-02"
    elif field["name"] in ("name_zh", "as_printed"):
        allowed = "a text with Chinese characters"
    elif field.get("format") == "uri":
        allowed = "an address that begins with http:// or https://"
    else:
        allowed = f"a text of the form {limits['pattern']}"
    return f"found {shown(cell)}; allowed is {allowed}"


# --- what holds between fields and between tables ------------------------------------------


def _key_faults(tables, package):
    """All cells that point to a row that another table does not have."""
    faults = []
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or resource["name"]
            if not {resource["name"], other} <= set(tables):
                continue
            name, table = key["fields"][0], tables[resource["name"]]
            known, file = tables[other][key["reference"]["fields"][0]].values, tables[other].file
            unknown = set(table[name].values) - {*known, ""}

            def problem(cell, file=file, known=known):
                return f"found {shown(cell)}, which {file} does not list{nearest(cell, known)}"

            faults += table.faults_of(name, unknown, problem)
    return faults


def _unused(tables, package):
    """All entries of the other tables that no observation uses: a sign that observations were lost."""
    faults, used = [], tables["observations"]
    for key in next(resource["schema"]["foreignKeys"] for resource in package["resources"] if resource["name"] == "observations"):
        name, other = key["fields"][0], tables[key["reference"]["resource"]]
        problem = f"no row of {used.file} uses {{}}; restore its rows, or remove the entry"
        unused = set(other[name].values) - set(used[name].values)
        faults += other.faults_of(name, unused, lambda cell, problem=problem: problem.format(shown(cell)))
    return faults


def _observation_faults(table, codebook, sources):
    """All observations whose cells contradict one another, the codebook or their source."""
    if not table.rows:
        return []
    unit, basis = codebook.pairs("indicator", "unit"), codebook.pairs("indicator", "price_basis")
    printed = sources.pairs("source", "published")
    units = {}

    def number(unit):
        """A number for each unit, as numbers are compared faster."""
        return units.setdefault(unit, len(units))

    indicator, measure, period, value = table["indicator"], table["measure"], table["period"], table["value"].each(float)
    start, end = period.each(lambda span: int(span.split("/")[0])), period.each(lambda span: int(span.split("/")[-1]))
    spanned, is_share = period.each(lambda span: span.count("/") == 1), indicator.each(lambda name: unit.get(name) == "%")
    rate, change, share = measure.each(RATES.__contains__), measure.each("change".__eq__), measure.each("share".__eq__)
    level, cumulative = measure.each("level".__eq__), measure.each("cumulative".__eq__)
    expected = np.where(rate, number("%"), indicator.each(lambda name: number(unit.get(name))))
    expected = np.where(change & is_share, number("percentage points"), expected)
    amount = level | cumulative | share
    whole = amount & table["unit"].each({"count", "rank"}.__contains__)
    last = table["source"].each(lambda name: _year(printed.get(name, "")) + 1)  # a standard may be set a year ahead
    early = table["status"].each("actual".__eq__) & (end > last)
    at_constant_prices = indicator.each(lambda name: basis.get(name) == "real")
    share_by_unit = "is a share (unit % in indicators.csv)"
    broken = [
        ("period", spanned & (end <= start), "a span must end after it begins"),
        ("period", measure.each(SPANS.__contains__) & ~spanned, "a value of measure {measure} needs a span such as 2016/2020"),
        ("period", level & spanned, "a level belongs to one year (a total over a span is cumulative)"),
        ("period", early, "an outcome of a year well after {source} was published; look at the year and the status"),
        ("measure", (level | cumulative) & is_share, f"{{indicator}} {share_by_unit}: the measure must be share"),
        ("measure", share & ~is_share, f"a share, but {{indicator}} {share_by_unit.replace('is', 'is not', 1)}"),
        ("measure", ~rate & at_constant_prices, "{indicator} is at constant prices: only its rates of growth are printed"),
        ("bound", _not_a_range(table), "another row says the same with another bound; only the two ends of a range may stand together"),
        ("value", amount & (value < 0), "a {measure} cannot be below zero"),
        ("value", share & (value > 100), "a share cannot be above 100"),
        ("value", whole & (value % 1 != 0), "a {unit} is a whole number"),
        ("value", _not_as_printed(table), "as_printed has no such number ({as_printed})"),
        ("unit", table["unit"].each(number) != expected, "for a {measure} of {indicator} the codebook allows {expected!r}"),
    ]
    names = list(units)
    return [
        table.fault(row, column, f"found {shown(cells[column])}; {problem.format(**cells, expected=names[expected[row]])}")
        for column, wrong, problem in broken
        for row in np.flatnonzero(wrong)
        for cells in [table.cells(row)]
    ]


def _year(published):
    """The year of a date; the last of all where there is none."""
    return int(published[:4]) if re.match("[0-9]{4}-", published) else 9999


def _not_as_printed(table):
    """Which values do not stand in what was printed, unless the note says that it was printed in words or in another unit."""
    value, printed = table["value"], table["as_printed"]
    pairs = combined([value, printed])
    here = ~table["note"].each(lambda note: "Printed in words" in note or "stored in" in note)
    figures = [text.lstrip("-") for text in value.values]
    numbers = list(map(re.compile(r"[0-9]+(?:\.[0-9]+)?").findall, printed.values))
    asked = pd.unique(pairs[here]).tolist()
    wrong = [pair for pair in asked if figures[pair // len(numbers)] not in numbers[pair % len(numbers)]]
    return here & pd.Index(pairs).isin(wrong)


def _not_a_range(table):
    """Which rows say of one fact, in one source, two things that are not the ends of one range."""
    facts = combined([table[name] for name in FACT])
    wrong, ends = pd.Index(facts).isin(doubled(facts)), {}
    twice = np.flatnonzero(wrong)
    rows = list(zip(facts[twice].tolist(), table["bound"].at(twice).cells, table["value"].at(twice).each(float).tolist(), strict=True))
    for fact, bound, value in rows:
        ends[fact, bound] = max(value, ends.get((fact, bound), value))
    nowhere = float("nan")
    wrong[twice] = [
        bound not in ("at_least", "at_most") or not ends.get((fact, "at_least"), nowhere) < ends.get((fact, "at_most"), nowhere)
        for fact, bound, _ in rows
    ]
    return wrong
