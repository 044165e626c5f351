"""Figures in plain words: what a tooltip, a sentence, a table or a text says of a row of the table."""

import html

from . import growth

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
    "gap": "outcome less target",
}
HOME = "shaoxing"  # the place that goes without saying
TOTAL_GROWTH = "total growth over the span"


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
    said = f"{BOUNDS[row.bound]}{amount(row.printed, row.unit)}"
    if row.measure == "gap":
        return f"{said} (computed)"
    return f"{said} (computed; {row.unit.removeprefix('index, ')})" if row.measure == "index" else said


def short(row):
    """The figure of a row as a label beside its mark, as in `≥ 7`; the unit stands on the panel."""
    flag = " (!)" if row.note.startswith("Cannot be right") else ""
    return f"{SIGNS[row.bound]}{row.printed.replace('-', '−')}{flag}"


def kind(row):
    """The measure of a row in words; a rate over a span is never called yearly."""
    return TOTAL_GROWTH if row.measure == "growth_rate" and row.start != row.end else MEASURES[row.measure]


def place_in_source(row):
    """Where in its source a figure stands, as in `line 19 of the text`."""
    return f"line {row.locator.replace('/', ' and ')} of the text" if row.locator[0].isdigit() else f"the {row.locator}"


def sentence(row):
    """All of a row in one line, for a reader who sees no chart."""
    place = "" if row.place == HOME else f"{row.place_en}, "
    return f"{place}{row.name_en}, {span(row.period)}: {figure(row)} ({kind(row)}, {STATUSES[row.status]})"


def cited(row):
    """All of a row in one line, with its source and place there."""
    return f"{sentence(row)}; {row.title_en}, {place_in_source(row)}"


def say(table, indicator, measure, period, status="actual"):
    """The one figure that a sentence needs, in words, as in `at least 7%`; raises LookupError as `growth.the` does."""
    return figure(growth.the(table, indicator, period, measure, status))


def ranged(figure, decimals=1):
    """A computed Figure in words: its value if that is known to its last decimal, else ‘about’ with the range.

    As in `7.2%` or `about 5.3% (5.18 to 5.37)`; the range has one decimal more than the value.
    """
    said = amount(_rounded(figure.value, decimals), figure.unit)
    if figure.high - figure.low <= 2 * growth.half_step(decimals) * (1 + 1e-9):
        return said
    return f"about {said} ({_rounded(figure.low, decimals + 1)} to {_rounded(figure.high, decimals + 1)})"


def _rounded(number, decimals):
    return f"{round(number, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def implied(row):
    """The growth that a target implies, with its range where that is wider than the last decimal shown."""
    basis = f", {row.price_basis}" if row.price_basis in {"nominal", "real"} else ""
    rate = growth.Figure(row.implied, row.implied_low, row.implied_high, "%")
    return f"{ranged(rate)} a year{basis}"


def theme(name):
    """A theme as a heading, as in `Urban and rural`."""
    return {"urban_rural": "Urban and rural", "all": "All themes"}.get(name, name.capitalize())


def target(row):
    """A target in one line, as in `GDP per capita, 2025: 15 × 10,000 CNY`."""
    rates = {"growth_rate": " more than the year before", "average_growth_rate": " a year on average"}
    return f"{row.name_en}, {span(row.period)}: {figure(row)}{rates.get(row.measure, '')}"


def verdict(row):
    """The verdict on a target (a row of `growth.verdicts`), with the outcome and the gap, in words."""
    if row.outcome is None:
        return f"{row.verdict}; already met when it was set" if row.met_when_set else row.verdict
    unit = "percentage points" if row.unit == "%" else row.unit
    decimals = max(row.outcome.decimals, row.decimals)
    by = ranged(growth.Figure(row.gap, row.gap_low, row.gap_high, unit), decimals) if abs(row.gap_high) + abs(row.gap_low) < growth.OPEN else ""
    parts = [row.verdict, f"outcome {figure(row.outcome)}"] + ([f"difference {by}"] if by else [])
    parts += ["already met when it was set"] if row.met_when_set else []
    return "; ".join(parts + (["the basis of 2020 is another, or not stated"] if row.another_basis else []))


def pace(row):
    """The average annual growth that a target (a row of `growth.verdicts`) required, as in `7.2% a year`."""
    return f"{amount(f'{row.pace:.1f}', '%')} a year"


def reached(row, rate):
    """When a target (a row of `growth.with_latest`) was or would be reached at `rate` % a year, in words."""
    if row.met_in == row.met_in:
        return f"met in {int(row.met_in)}"
    if row.latest != row.latest:
        return "no what-if"
    year = growth.year_reached(row.latest, row.value, rate, int(row.latest_year))
    return f"at {rate:.1f}% a year: {year or 'not by 2100'}"


def origin(row):
    """A figure with its year, as printed, and where, as in `27 µg/m³ (2021): PM2.5… — title, the page; note`; – for none."""
    if row is None:
        return "–"
    note = f"; {row.note}" if row.note else ""
    return f"{figure(row)} ({span(row.period)}): {row.as_printed} — {row.title_en}, {place_in_source(row)}{note}"


def listing(rows):
    """An HTML table of figures as printed, with period, source, place in the source and note; every text escaped.

    In an explorer, a heading that is clicked (or Enter on it) sorts the rows.
    """
    names = ["Indicator", "Period", "Figure", "Kind", "Basis", "As printed", "Source", "Note"]
    head = "".join(f"<th scope='col' tabindex='0' aria-sort='none' title='Sort' style='cursor:pointer'>{name}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in _cells(row))}</tr>" for row in rows.itertuples())
    style = "border-spacing:12px 4px;text-align:left;line-height:1.35"
    return f"<table style='{style}'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row):
    """The cells of a row of `listing`, escaped; the source with its address, tier, date and place."""
    title = html.escape(row.title_en)
    if row.url:
        address = html.escape(row.url, quote=True)
        title = f"<a href='{address}' target='_blank' rel='noopener noreferrer' style='text-decoration:underline'>{title}</a>"
    published = "date unknown" if row.published != row.published else f"{row.published:%Y-%m-%d}"
    about = html.escape(f"{row.tier}, {published}, {place_in_source(row)}")
    name = row.name_en if row.place == HOME else f"{row.name_en}, {row.place_en}"
    texts = [name, span(row.period), figure(row), f"{kind(row)}, {STATUSES[row.status]}", row.scope_en, row.as_printed]
    return [*map(html.escape, texts), f"{title} ({about})", html.escape(row.note)]


CSV = "indicator name_en name_zh place measure period status bound printed unit scope_en as_printed note".split()
CSV += "title_en title_zh publisher published tier url locator".split()


def csv(rows):
    """The figures as CSV text, each with its source; a text that a spreadsheet would take for a formula gets an apostrophe."""
    texts = rows[CSV].astype("object").map(lambda cell: "'" + cell if isinstance(cell, str) and cell[:1] in "=+@\t" and cell else cell)
    return texts.to_csv(index=False, date_format="%Y-%m-%d")


def citations(rows):
    """One line for each source of the figures, oldest first: what it says, who published it, when, where."""
    lines = []
    for _, found in rows.sort_values(["published", "source"]).groupby("source", observed=True, sort=False):
        first = found.iloc[0]
        names = "; ".join(dict.fromkeys(found["name_en"]))
        periods = ", ".join(span(period) for period in sorted(set(found["period"])))
        published = "date unknown" if first["published"] != first["published"] else f"{first['published']:%Y-%m-%d}"
        lines.append(f"{first['publisher']}: {first['title_en']} ({published}). {names}, {periods}. {first['url']}".strip())
    return lines


def table(frame):
    """A frame of texts as a Markdown table, whole and with nothing taken for markup."""
    rows = [frame.columns, ["---"] * len(frame.columns), *frame.itertuples(index=False)]
    return "\n".join(f"| {' | '.join(html.escape(str(cell), quote=False).replace('|', '&#124;') for cell in row)} |" for row in rows)


COLUMNS = {
    "Indicator": lambda row: row.name_en,
    "Place": lambda row: row.place_en,
    "In Chinese": lambda row: row.name_zh,
    "Period": lambda row: span(row.period),
    "Figure": figure,
    "Kind": kind,
    "Status": lambda row: STATUSES[row.status],
    "Basis": lambda row: row.scope_en or "–",
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
