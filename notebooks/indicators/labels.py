"""Figures in plain words: what a tooltip, a sentence or a text says of a row of the table."""

BOUNDS = {
    "exact": "",
    "at_least": "at least ",
    "at_most": "at most ",
    "more_than": "more than ",
    "less_than": "less than ",
    "about": "about ",
}
SIGNS = {"exact": "", "at_least": "≥ ", "at_most": "≤ ", "more_than": "> ", "less_than": "< ", "about": "≈ "}
STATUSES = {"actual": "outcome", "target": "target", "estimate": "expected outcome"}
MEASURES = {
    "level": "level",
    "growth_rate": "growth on the year before",
    "average_growth_rate": "average annual growth rate",
    "cumulative": "total over the span",
    "change": "change over the span",
    "share": "share",
    "index": "index",
}
TOTAL_GROWTH = "total growth over the span"
LINES = "line {} of the text"


def amount(printed, unit):
    """A number with its unit, as in `6%`, `8500 × 100 million CNY` or `rank 31`.

    The digits are those printed; nothing is converted or rounded. A rate that falls keeps its minus sign.
    """
    printed = printed.replace("-", "−")
    if unit == "%":
        return f"{printed}%"
    if unit == "count" or unit.startswith("index"):
        return printed
    if unit == "rank":
        return f"rank {printed}"
    if unit == "ratio":
        return f"{printed} to 1"
    return f"{printed} {'× ' if unit[0].isdigit() else ''}{unit}"


def span(period):
    """A period as read aloud: `2016/2020` is 2016–2020."""
    return period.replace("/", "–")


def figure(row):
    """The figure of a row with its bound in words and its unit, as in `at least 7%`."""
    return f"{BOUNDS[row.bound]}{amount(row.printed, row.unit)}"


def short(row):
    """The figure of a row as a label beside its mark, as in `≥ 7`; the unit stands on the panel."""
    return f"{SIGNS[row.bound]}{row.printed.replace('-', '−')}"


def kind(row):
    """The measure of a row in words; a rate over a span is never called yearly."""
    return TOTAL_GROWTH if row.measure == "growth_rate" and row.start != row.end else MEASURES[row.measure]


def place_in_source(row):
    """Where in its source a figure stands, as in `line 19 of the text`."""
    return LINES.format(row.locator.replace("/", " and "))


def sentence(row):
    """All of a row in one line, for a reader who sees no chart."""
    return f"{row.name_en}, {span(row.period)}: {figure(row)} ({kind(row)}, {STATUSES[row.status]})"


def cited(row):
    """All of a row in one line, with its source and place there."""
    return f"{sentence(row)}; {row.title_en}, {place_in_source(row)}"


def say(table, indicator, measure, period, status="actual"):
    """The one figure that a sentence needs, in words, as in `at least 7%`.

    Raises LookupError unless `table` has exactly one row of these keys.
    """
    keys = {"indicator": indicator, "measure": measure, "period": period, "status": status}
    rows = table[(table[list(keys)] == list(keys.values())).all(axis=1)]
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} figures, not one, for {keys}")
    return figure(next(rows.itertuples()))


def implied(row):
    """The growth that a target implies, with its range where that is wider than the last decimal shown."""
    middle, low, high = (f"{rate:.1f}".replace("-", "−") for rate in (row.implied, row.implied_low, row.implied_high))
    basis = f", {row.price_basis}" if row.price_basis in {"nominal", "real"} else ""
    return f"{middle}% a year{basis}" if low == high else f"about {middle}% a year ({low} to {high}){basis}"


COLUMNS = {
    "Indicator": lambda row: row.name_en,
    "In Chinese": lambda row: row.name_zh,
    "Period": lambda row: span(row.period),
    "Figure": figure,
    "Kind": kind,
    "Status": lambda row: STATUSES[row.status],
    "Source": lambda row: row.title_en,
    "Place in source": place_in_source,
    "As printed": lambda row: row.as_printed,
    "Note": lambda row: row.note or "–",
    "Panel": lambda row: f"{row.name_en}, {row.unit}",
    "Label": short,
    "Description": sentence,
}
TOOLTIP = [name for name in COLUMNS if name not in {"Panel", "Label", "Description"}]


def worded(table):
    """A new frame: `table` with the columns of `COLUMNS`, the words for its tooltips and labels."""
    rows = list(table.itertuples(index=False))
    return table.assign(**{name: [word(row) for row in rows] for name, word in COLUMNS.items()})
