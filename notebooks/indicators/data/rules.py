"""What a data folder has to obey, and every fault in it.

The rules stand in `data/datapackage.json` (a Data Package with a Table Schema for each file); beside them stand here those
that no Table Schema can say (`_observation_faults`).
"""

import re
import unicodedata

import numpy as np
import pandas as pd

from .swapped_columns import regrouped
from .tables import (
    MAY_DIFFER,
    NUMBER,
    SHOWN_CELL,
    SHOWN_FAULTS,
    Fault,
    combined,
    doubled,
    fits,
    nearest,
    shown,
)

SPANS = {"average_growth_rate", "cumulative"}
RATES = {"growth_rate", "average_growth_rate"}
MARKUP = re.compile(r"<[A-Za-z/!?]|&#?[A-Za-z0-9]+;")
FORMULA = set("=+-@＝＋－＠")
PRINTED = re.compile(r"(?<![0-9.,])[0-9]+(?:[.,][0-9]+)*(?![0-9])(?!(?<=20[0-9]{2})年)")
THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
FELL = re.compile(
    r"降|减|负|跌|缩|\b(fell|fall|declin|decreas|drop|down|reduc|lower|minus|negative|less)",
    re.IGNORECASE,
)
MINUS = re.compile(r"(?<![0-9A-Za-z.])[-−–][0-9]")
LIMITED = re.compile("以内|以下|左右|突破|超过")
LOST = ("\ufffd", "???")
UNUSUAL = ("Cannot be right as printed", "Unusual but as printed")
CURE = "look at it again; if it was printed so, begin the note with ‘Unusual but as printed’"
IN_OTHER_WORDS = "write both as printed, or say in the note that it was ‘Printed in words’, or is ‘stored in’ another unit"
FASTEST = 1000  # per cent of growth
ANYTHING = (-np.inf, np.inf)
PLAUSIBLE = {  # what an amount can be at all: from a village to the whole nation
    "100 million CNY": (0, 2e7),
    "10,000 CNY": (0, 1000),
    "CNY": (0, 1e7),
    "CNY a month": (0, 1e6),
    "CNY a year": (0, 1e7),
    "100 million USD": (0, 1e6),
    "10,000 USD": (0, 1000),
    "ratio": (0, 1000),
    "rank": (1, 1e5),
    "count": (0, 1e9),
    "years": (0, 200),
    "minutes": (0, 1440),
    "persons": (0, 2e9),
    "10,000 persons": (0, 2e5),
    "10,000 head": (0, 1e6),
    "10,000 tonnes": (0, 1e7),
    "10,000 mu": (0, 2e6),
    "km²": (0, 1e7),
    "µg/m³": (0, 1000),
    "days": (0, 366),
    "index, previous year = 100": (50, 200),
}
FORMS = {  # patterns of the descriptor in words
    "[a-z0-9]+(_[a-z0-9]+)*": "a key of small letters and digits, joined by _ (as in urban_income)",
    "[a-z0-9]+(-[a-z0-9]+)*": "a key of small letters and digits, joined by - (as in report-2021)",
    "[0-9]{6}": "a code of six digits",
    "[0-9]+(/[0-9]+)*": "the number of a line, or of lines joined by / (as in 155/157)",
}
MOST_PAIRS = 20_000  # of texts and known keys that are compared to ask what was meant
SHORT = 3  # characters; a word as short as this is like too many others
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
        table, found = read(
            resource["name"], [field["name"] for field in resource["schema"]["fields"]]
        )
        if table is not None:
            if (
                not table.rows
                and not table.part
                and not found
                and (resource["name"] not in MAY_BE_EMPTY or package.get("closed"))
            ):
                found = [
                    Fault(
                        table.file,
                        None,
                        None,
                        "there are no rows beneath the header; fill in at least one, or restore them",
                    )
                ]
            found += _field_faults(table, resource["schema"])
            tables[resource["name"]] = table
        faults += found
    unknown = _key_faults(tables, package, faults)
    said = {(fault.file, fault.row, fault.column) for fault in unknown}
    faults = [
        fault
        for fault in faults
        if (fault.file, fault.row, fault.column) not in said or "; allowed is " not in fault.problem
    ] + unknown
    faults, moved = regrouped(faults, tables, package)
    if {"observations", "indicators", "sources"} <= set(tables) and not moved:
        faults += _observation_faults(*_sound(tables, faults))
    if not faults and package.get("closed"):
        faults = _unused(tables, package)
    return tables, faults


def _sound(tables, faults):
    """Observations, codebook and sources without the rows that have faults, and the observations without those that point to such rows."""

    def mended(name):
        return tables[name].without(
            {fault.row for fault in faults if fault.file == tables[name].file}
        )

    observations, codebook, sources = map(mended, ("observations", "indicators", "sources"))
    if not observations.rows:
        return observations, codebook, sources
    known = [
        observations[name].each(set(table[name].cells).__contains__)
        for name, table in (("indicator", codebook), ("source", sources))
    ]
    return (
        observations.without(
            {observations.rows[at] for at in np.flatnonzero(~(known[0] & known[1]))}
        ),
        codebook,
        sources,
    )


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
    whole = "".join(filled)
    if _may_be_invisible(whole):
        yield (
            set(filter(_invisible, filled)),
            lambda text: (
                f"found {shown(text)}, with an invisible or broken character; type it anew"
            ),
        )
    fit = fits(field)
    if not all(map(fit, filled)):
        wrong = {text for text in filled if not fit(text)}
        hinted = set(sorted(wrong)[:SHOWN_FAULTS])
        yield wrong, lambda text: _misfit(text, field, text in hinted)
    if MARKUP.search(whole):
        marked = {text for text in filled if MARKUP.search(text)}
        yield (
            marked,
            lambda text: (
                f"found {shown(text)}, which has markup of web pages in it; write it as plain text"
            ),
        )
    if field["type"] != "number" and not FORMULA.isdisjoint(text[0] for text in filled):
        formulas = {text for text in filled if text[0] in FORMULA}
        yield (
            formulas,
            lambda text: (
                f"found {shown(text)}, which a spreadsheet would run as a formula; begin with a word"
            ),
        )
    if '"' in whole:
        half = {text for text in filled if text.count('"') % 2}
        yield (
            half,
            lambda text: (
                f"found {shown(text)}, with a quotation mark that has no partner; close it, or write ” or ″"
            ),
        )


def _repeated(table, name):
    """All cells of a column that stand in an earlier row too."""
    column = table[name]
    if len(column.values) == len(table.rows):
        return []
    again = pd.Index(column.codes).duplicated() & column.each(bool)
    return table.faults(
        name, again, lambda cell: f"found {shown(cell)} a second time; it must be unique"
    )


def _twice(table, key):
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
        problem = (
            f"found {found}, which row {first[whole[position]]} has already; a key stands once"
        )
        faults.append(table.fault(position, "+".join(key), problem))
    return faults


def _may_be_invisible(text):
    return not text.isprintable() or any(lost in text for lost in LOST)


def _invisible(cell):
    """Whether a text has a control or format character, or one that stands for lost text."""
    hidden = not cell.isprintable() and any(
        unicodedata.category(mark) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") for mark in cell
    )
    return hidden or any(lost in cell for lost in LOST)


def _misfit(cell, field, hint):
    """Say what was found and what is allowed, and with `hint` what may have been meant."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        more = (
            "; a new one is added to the lists in datapackage.json"
            if field["name"] in MAY_DIFFER
            else ""
        )
        near = nearest(cell, limits["enum"]) if hint and len(cell) > SHORT else ""
        allowed = f"one of {', '.join(limits['enum'])}{near}{more}"
    elif field["type"] == "number":
        allowed = f"a number such as 12, 7.0 or -95.8, of at most 15 digits, without separators or units{_meant(cell)}"
    elif field["name"] == "period":
        years = "/".join(re.findall("20[0-9]{2}", unicodedata.normalize("NFKC", cell)))
        near = f" (did you mean {years}?)" if fits(field)(years) and years != cell else ""
        allowed = f"a year (2020) or a span of years (2016/2020), from 2000 to 2099{near}"
    elif field["type"] == "date":
        allowed = "a date such as 2021-02-02"
    elif field["name"] in ("name_zh", "as_printed"):
        allowed = "a text with Chinese characters"
    elif field.get("format") == "uri":
        allowed = "an address that begins with http:// or https://"
    else:
        allowed = FORMS.get(limits["pattern"], f"a text of the form {limits['pattern']}")
    return f"found {shown(cell)}; allowed is {allowed}"


def _meant(cell):
    """Ask whether a number in another notation was meant, where one can be read."""
    plain = unicodedata.normalize("NFKC", cell).replace("−", "-").strip(" %‰'")
    plain = (
        re.sub(r"(?<=[0-9])[, ' ](?=[0-9]{3}(?![0-9]))", "", plain)
        if re.fullmatch(r"-?[0-9]{1,3}([, ' ][0-9]{3})+(\.[0-9]+)?", plain)
        else plain
    )
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    return f" (did you mean {plain}?)" if plain != cell and re.fullmatch(NUMBER, plain) else ""


# --- what holds between fields and between tables ------------------------------------------


def _key_faults(tables, package, known_faults):
    """All cells that point to a row that another table does not have; not where rows or keys of that table are broken."""
    faults, broken = [], {(fault.file, fault.column) for fault in known_faults}
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or resource["name"]
            if not {resource["name"], other} <= set(tables):
                continue
            name, table = key["fields"][0], tables[resource["name"]]
            if {
                (tables[other].file, None),
                (tables[other].file, key["reference"]["fields"][0]),
            } & broken:
                continue
            known, file = tables[other][key["reference"]["fields"][0]].values, tables[other].file
            unknown = set(table[name].values) - {*known, ""}
            hinted = set(
                sorted(unknown)[: max(1, MOST_PAIRS // max(1, len(known)))]
            )  # to look for the nearest of many among many takes long

            def problem(cell, file=file, known=known, hinted=hinted):
                near = nearest(cell, known) if cell in hinted else ""
                return f"found {shown(cell)}, which {file} does not list{near}; add a row there, or look at the key"

            faults += table.faults_of(name, unknown, problem)
    return faults


def _unused(tables, package):
    """All entries of the other tables that no observation uses: a sign that observations were lost."""
    faults, used = [], tables["observations"]
    for key in next(
        resource["schema"]["foreignKeys"]
        for resource in package["resources"]
        if resource["name"] == "observations"
    ):
        name, other = key["fields"][0], tables[key["reference"]["resource"]]
        problem = f"no row of {used.file} uses {{}}; restore its rows, or remove the entry"
        unused = set(other[name].values) - set(used[name].values)
        faults += other.faults_of(
            name, unused, lambda cell, problem=problem: problem.format(shown(cell))
        )
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

    indicator, measure, period, value = (
        table["indicator"],
        table["measure"],
        table["period"],
        table["value"].each(float),
    )
    start, end = (
        period.each(lambda span: int(span.split("/")[0])),
        period.each(lambda span: int(span.split("/")[-1])),
    )
    spanned, is_share = (
        period.each(lambda span: span.count("/") == 1),
        indicator.each(lambda name: unit.get(name) == "%"),
    )
    rate, change, share = (
        measure.each(RATES.__contains__),
        measure.each("change".__eq__),
        measure.each("share".__eq__),
    )
    level, cumulative = measure.each("level".__eq__), measure.each("cumulative".__eq__)
    expected = np.where(rate, number("%"), indicator.each(lambda name: number(unit.get(name))))
    expected = np.where(change & is_share, number("percentage points"), expected)
    amount = level | cumulative | share
    whole = amount & table["unit"].each({"count", "rank"}.__contains__)
    last = table["source"].each(
        lambda name: _year(printed.get(name, "")) + 1
    )  # a standard may be set a year ahead
    early = table["status"].each("actual".__eq__) & (end > last)
    at_constant_prices = indicator.each(lambda name: basis.get(name) == "real")
    usual = table["note"].each(lambda note: note.startswith(UNUSUAL))
    share_by_unit = "is a share (unit % in indicators.csv)"
    limited = _says(table, LIMITED.search, table["bound"].each("exact".__eq__))
    average = _says(table, lambda text: "年均增" in text, measure.each("growth_rate".__eq__))
    misunit = table["unit"].each(number) != expected
    broken = [
        ("period", spanned & (end <= start), "a span must end after it begins"),
        (
            "period",
            measure.each(SPANS.__contains__) & ~spanned,
            "a value of measure {measure} needs a span such as 2016/2020",
        ),
        (
            "period",
            level & spanned,
            "a level belongs to one year (a total over a span is cumulative)",
        ),
        (
            "period",
            early,
            "an outcome of a year well after {source} was published; look at the year and the status",
        ),
        (
            "measure",
            (level | cumulative) & is_share,
            f"{{indicator}} {share_by_unit}: the measure must be share",
        ),
        (
            "measure",
            share & ~is_share,
            f"a share, but {{indicator}} {share_by_unit.replace('is', 'is not', 1)}",
        ),
        (
            "measure",
            ~rate & at_constant_prices,
            "{indicator} is at constant prices: only its rates of growth are printed",
        ),
        (
            "bound",
            _not_a_range(table),
            "another row says the same with another bound; only the two ends of a range may stand together",
        ),
        ("value", amount & (value < 0), "a {measure} cannot be below zero"),
        ("value", share & is_share & (value > 100), "a share cannot be above 100"),
        ("value", whole & (value % 1 != 0), "a {unit} is a whole number"),
        ("value", rate & (value < -100), "a fall of more than 100 % would leave less than nothing"),
        (
            "value",
            ~usual & ~misunit & _out_of_reach(table, value, rate, change),
            f"no {{unit}} of {{indicator}} can be like this; {CURE}",
        ),
        (
            "value",
            _out_of_series(table, value, amount & ~usual),
            f"ten times more or less than other figures of {{indicator}} in {{place}}; {CURE}",
        ),
        (
            "value",
            _not_as_printed(table),
            f"as_printed has no such number ({{as_printed}}); {IN_OTHER_WORDS}",
        ),
        (
            "value",
            ~usual & _of_other_sign(table, value, rate),
            f"as_printed says that it has another sign ({{as_printed}}); {CURE}",
        ),
        (
            "bound",
            limited & ~usual,
            f"as_printed says that it is a bound, or about ({{as_printed}}); {CURE}",
        ),
        (
            "measure",
            average & ~usual,
            f"as_printed says that it is an average ({{as_printed}}); {CURE}",
        ),
        (
            "locator",
            _of_two_kinds(table),
            "other figures of {source} are located in another way, by line or by page; look at the row",
        ),
        ("unit", misunit, "for a {measure} of {indicator} the codebook allows {expected!r}"),
    ]
    names = list(units)
    return [
        table.fault(
            row,
            column,
            f"found {shown(cells[column])}; {problem.format(**_cut(cells), expected=names[expected[row]])}",
        )
        for column, wrong, problem in broken
        for row in np.flatnonzero(wrong)
        for cells in [table.cells(row)]
    ]


def _cut(cells):
    """Cells of a row as a message repeats them."""
    return {
        name: text if len(text) <= SHOWN_CELL else f"{text[:SHOWN_CELL]}…"
        for name, text in cells.items()
    }


def _out_of_reach(table, value, rate, change):
    """Which values are too large or too small for what their unit can count; a change may be a fall."""
    low, high = (
        table["unit"].each(lambda unit, end=end: PLAUSIBLE.get(unit, ANYTHING)[end])
        for end in (0, 1)
    )
    return np.where(
        rate, value > FASTEST, (np.where(change, abs(value), value) < low) | (abs(value) > high)
    )


def _of_two_kinds(table):
    """Which locators are a line of a text where most of their source are not, or the other way round."""
    numbered, source = table["locator"].each(lambda text: text[:1].isdigit()), table["source"].codes
    share = (np.bincount(source, numbered) / np.maximum(np.bincount(source), 1))[source]
    return (share > 0) & (share < 1) & (numbered == (share < 0.5))


def _out_of_series(table, value, amount):
    """Which amounts are more than ten times, or less than a tenth of, the median of their series of at least three."""
    rows, wrong = np.flatnonzero(amount & (value > 0)), np.zeros(len(value), bool)
    if table.apart or not len(rows):
        return wrong
    series = pd.factorize(
        combined([table[name].at(rows) for name in ("indicator", "place", "measure")])
    )[0]
    size = np.bincount(series)
    low, high = np.full(len(size), np.inf), np.zeros(len(size))
    np.minimum.at(low, series, value[rows])
    np.maximum.at(high, series, value[rows])
    wide = ((size > 2) & (high > 10 * low))[series]
    if wide.any():
        figure = pd.Series(value[rows[wide]])
        usual = figure.groupby(series[wide]).transform("median")
        wrong[rows[wide]] = (figure > 10 * usual) | (figure < usual / 10)
    return wrong


def _year(published):
    """The year of a date; the last of all where there is none."""
    return int(published[:4]) if re.match("[0-9]{4}-", published) else 9999


def _not_as_printed(table):
    """Which values do not stand in what was printed, unless the note says that it was printed in words or in another unit."""
    value, printed = table["value"], table["as_printed"]
    pairs = combined([value, printed])
    here = ~table["note"].each(lambda note: "Printed in words" in note or "stored in" in note)
    figures = [text.lstrip("-") for text in value.values]
    numbers = list(map(_numbers, printed.values))
    asked = pd.unique(pairs[here]).tolist()
    wrong = [
        pair for pair in asked if figures[pair // len(numbers)] not in numbers[pair % len(numbers)]
    ]
    return here & pd.Index(pairs).isin(wrong)


def _numbers(text):
    """The numbers in a text, without separators of thousands; a year is none."""
    text = text.replace("…", " ")
    text = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    return [
        re.sub(",(?=[0-9]{3})", "", number) if THOUSANDS.fullmatch(number) else number
        for number in PRINTED.findall(text)
    ]


def _says(table, found, rows):
    """In which of these rows something is found in what was printed."""
    values, codes = table["as_printed"].values, table["as_printed"].codes
    truth = np.zeros(len(values), bool)
    for code in np.unique(codes[rows]):
        truth[code] = bool(found(values[code]))
    return rows & truth[codes]


def _of_other_sign(table, value, rate):
    """Which rates are below zero where nothing printed says so, or above where a minus was printed."""
    fell, minus = _says(table, FELL.search, rate), _says(table, MINUS.search, rate)
    return rate & np.where(value < 0, ~(fell | minus), minus & ~fell & (value > 0))


def _not_a_range(table):
    """Which rows say of one fact, in one source, two things that are not the ends of one range."""
    facts = combined([table[name] for name in FACT])
    wrong, ends = pd.Index(facts).isin([] if table.apart else doubled(facts)), {}
    twice = np.flatnonzero(wrong)
    rows = list(
        zip(
            facts[twice].tolist(),
            table["bound"].at(twice).cells,
            table["value"].at(twice).each(float).tolist(),
            strict=True,
        )
    )
    for fact, bound, value in rows:
        ends[fact, bound] = max(value, ends.get((fact, bound), value))
    nowhere = float("nan")
    wrong[twice] = [
        bound not in ("at_least", "at_most")
        or not ends.get((fact, "at_least"), nowhere) < ends.get((fact, "at_most"), nowhere)
        for fact, bound, _ in rows
    ]
    return wrong
