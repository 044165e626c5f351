"""Figures in plain words: what a tooltip, a sentence, a table or a text says of a row of the table.

Functions that take a `language` (`en` or `zh`) speak English unless told otherwise.
"""

import html
import re
from datetime import date

from . import growth
from .i18n import WORDS, phrase, unit

SIGNS = {
    "exact": "",
    "at_least": "≥ ",
    "at_most": "≤ ",
    "more_than": "> ",
    "less_than": "< ",
    "about": "≈ ",
}
WEB = re.compile("https?://", re.IGNORECASE)  # what an address begins with that may be followed
MARKUP = str.maketrans(
    {character: f"&#{ord(character)};" for character in "|[]`$*_\\~"}
)  # what Markdown takes for more than itself
HOME = "shaoxing"  # the place that goes without saying
BUNDLE = "Shaoxing 2015–2025: plans and outcomes"


def amount(printed, of, language="en"):
    """A number with its unit `of`, as in `6%`, `8500 × 100 million CNY` or `rank 31`; in Chinese `8500 亿元`.

    The digits are those printed; nothing is converted or rounded. A rate that falls keeps its minus sign.
    """
    printed, said = printed.replace("-", "−"), unit(of, language)
    if of == "%":
        return f"{printed}%"
    if of == "count" or of.startswith("index"):
        return printed
    if of == "rank":
        return f"rank {printed}" if language == "en" else f"第 {printed} 位"
    if of == "ratio":
        return f"{printed} to 1" if language == "en" else f"{printed}：1"
    return f"{printed} {'× ' if said[0].isdigit() else ''}{said}"


def span(period):
    """A period as read aloud: `2016/2020` is 2016–2020."""
    return period.replace("/", "–")


def figure(row, language="en"):
    """The figure of a row with its bound in words and its unit, as in `at least 7%`."""
    of = (
        "count" if row.measure == "change" and row.unit in ("ratio", "rank") else row.unit
    )  # what a ratio or rank changed by is none
    said = f"{WORDS[language]['bounds'][row.bound]}{amount(row.printed, of, language)}"
    if row.measure not in ("gap", "index"):
        return said
    base = f"; {unit(row.unit, language)}" if row.measure == "index" else ""
    return (
        f"{said} (computed{base})"
        if language == "en"
        else f"{said}（计算值{base.replace('; ', '；')}）"
    )


def short(row):
    """The figure of a row as a label beside its mark, as in `≥ 7`; the unit stands on the panel."""
    flag = " (!)" if row.note.startswith("Cannot be right") else ""
    return f"{SIGNS[row.bound]}{row.printed.replace('-', '−')}{flag}"


def measure(row):
    """The measure of a row; growth over a whole span is `total_growth`, so that it is never called yearly."""
    return "total_growth" if row.measure == "growth_rate" and row.start != row.end else row.measure


def kind(row, language="en"):
    """The measure of a row in words."""
    return WORDS[language]["measures"][measure(row)]


def status(row, language="en"):
    """The status of a row in words, as in `expected outcome`."""
    return WORDS[language]["statuses"][row.status]


def name(row, language="en"):
    """The indicator's name."""
    return row.name_en if language == "en" else row.name_zh


def place(row, language="en"):
    """The place's name."""
    return row.place_en if language == "en" else row.place_zh


def located(row, language="en"):
    """The indicator's name with its place."""
    return f"{name(row, language)}{', ' if language == 'en' else '，'}{place(row, language)}"


def placed(text, row, language="en"):
    """A text with the row's place before it."""
    return f"{place(row, language)}{', ' if language == 'en' else '，'}{text}"


def title(row, language="en"):
    """The source's title."""
    return row.title_en if language == "en" else row.title_zh or row.title_en


def panel(row, language="en"):
    """The panel of a row of `growth.views`: what is measured, and in which unit, as in `Level, CNY`."""
    form = WORDS[language]["panels"].get(measure(row), WORDS[language]["panels"]["growth rates"])
    return form.format(unit=unit(row.unit, language))


def headed(row, language="en"):
    """The indicator with its unit, as the heading of a panel of its own; what is counted, ranked or divided needs none."""
    return name(row, language) + (
        ""
        if row.unit in ("count", "rank", "ratio")
        else f"{', ' if language == 'en' else '，'}{unit(row.unit, language)}"
    )


def place_in_source(row, language="en"):
    """Where in its source a figure stands, as in `line 19 of the text`."""
    if row.locator[:1].isdigit():
        lines = row.locator.replace("/", " and " if language == "en" else "、")
        return (
            f"line{'s' if '/' in row.locator else ''} {lines} of the text"
            if language == "en"
            else f"文本第 {lines} 行"
        )
    return (
        f"the {row.locator}" if language == "en" else {"page": "网页"}.get(row.locator, row.locator)
    )


def sentence(row, language="en"):
    """All of a row in one line, for a reader who sees no chart."""
    where = "" if row.place == HOME else place(row, language)
    said = (span(row.period), figure(row, language), kind(row, language), status(row, language))
    if language == "en":
        return "{}{}, {}: {} ({}, {})".format(f"{where}, " if where else "", row.name_en, *said)
    return "{}{}，{}：{}（{}，{}）".format(where, row.name_zh, *said)


def cited(row, language="en"):
    """All of a row in one line, with its source and place there."""
    return f"{sentence(row, language)}; {title(row, language)}, {place_in_source(row, language)}"


def say(table, indicator, measure, period, status="actual"):
    """The one figure that a sentence needs, in words, as in `at least 7%`; raises LookupError as `growth.the` does."""
    return figure(growth.the(table, indicator, period, measure, status))


def ranged(figure, decimals=1, language="en"):
    """A computed Figure in words: its value if that is known to its last decimal, else ‘about’ with the range.

    As in `7.2%` or `about 5.3% (5.18 to 5.37)`; the range has one decimal more than the value.
    """
    said = amount(_rounded(figure.value, decimals), figure.unit, language)
    if figure.high - figure.low <= 2 * growth.half_step(decimals) * (1 + 1e-9):
        return said
    ends = _rounded(figure.low, decimals + 1), _rounded(figure.high, decimals + 1)
    return (
        "about {} ({} to {})".format(said, *ends)
        if language == "en"
        else "约 {}（{} 至 {}）".format(said, *ends)
    )


def _rounded(number, decimals):
    return f"{round(number, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def implied(row, language="en"):
    """The growth that a target implies, with its range where that is wider than the last decimal shown."""
    basis = (
        phrase(f", {row.price_basis}", language) if row.price_basis in {"nominal", "real"} else ""
    )
    rate = growth.Figure(row.implied, row.implied_low, row.implied_high, "%")
    return phrase("{} a year{}", language).format(ranged(rate, language=language), basis)


def target(row, language="en"):
    """A target in one line, as in `GDP per capita, 2025: 15 × 10,000 CNY`."""
    words = WORDS[language]["verdicts"]
    rate = {"growth_rate": words["yearly"], "average_growth_rate": words["average"]}.get(
        row.measure, ""
    )
    comma, colon = (", ", ": ") if language == "en" else ("，", "：")
    return f"{name(row, language)}{comma}{span(row.period)}{colon}{figure(row, language)}{rate}"


def verdict(row, language="en"):
    """The verdict on a target (a row of `growth.verdicts`), with the outcome and the gap, in words."""
    words, parts = WORDS[language]["verdicts"], [WORDS[language]["verdicts"][row.verdict]]
    if row.outcome is not None:
        unit = "percentage points" if row.unit == "%" else row.unit
        decimals = max(row.outcome.decimals, row.decimals)
        parts.append(words["outcome"].format(figure(row.outcome, language)))
        if abs(row.gap_high) + abs(row.gap_low) < growth.OPEN:
            parts.append(
                words["difference"].format(
                    ranged(
                        growth.Figure(row.gap, row.gap_low, row.gap_high, unit), decimals, language
                    )
                )
            )
    parts += [words["when_set"]] if row.met_when_set else []
    parts += [words["basis"]] if row.another_basis else []
    return ("; " if language == "en" else "；").join(parts)


def pace(row, language="en"):
    """The average annual growth that a target (a row of `growth.verdicts`) required, as in `7.2% a year`."""
    return WORDS[language]["verdicts"]["pace"].format(amount(f"{row.pace:.1f}", "%", language))


def required(path, language="en"):
    """A required growth (a row of `growth.required_paths`) as the label of its line and in full."""
    said, goal, base = WORDS[language]["said"], path.goal, path.base
    pace = amount(f"{path.pace:.1f}", "%", language)
    ends = (figure(base, language), base.start, figure(goal, language), goal.end)
    return said["needs"].format(pace), said["path"].format(name(goal, language), pace, *ends)


def when(row, rate, language="en"):
    """The year in which a target (a row of `growth.with_latest`) was or would be reached at `rate` % a year, or None for no what-if."""
    words = WORDS[language]["verdicts"]
    if row.met_in == row.met_in:
        return words["met_in"].format(int(row.met_in))
    if row.latest != row.latest:
        return None
    return str(
        growth.year_reached(row.latest, row.value, rate, int(row.latest_year)) or words["never"]
    )


def reached(row, rate, language="en"):
    """When a target (a row of `growth.with_latest`) was or would be reached at `rate` % a year, in words."""
    words, year = WORDS[language]["verdicts"], when(row, rate, language)
    if year is None:
        return words["no_what_if"]
    return year if row.met_in == row.met_in else words["at_rate"].format(f"{rate:.1f}", year)


def origin(row, language="en"):
    """A figure with its year, as printed, and where, as in `27 µg/m³ (2021): PM2.5… — title, the page; note`; – for none."""
    if row is None:
        return "–"
    note = f"; {row.note}" if row.note else ""
    said = f"{figure(row, language)} ({span(row.period)}): {row.as_printed}"
    return f"{said} — {title(row, language)}, {place_in_source(row, language)}{note}"


def aims(row, language="en"):
    """What a tooltip says of a target (a row of `growth.verdicts`): verdict, and where target, outcome and baseline are printed."""
    heads = WORDS[language]["aims"]
    texts = [
        target(row, language),
        verdict(row, language),
        f"{row.as_printed} — {title(row, language)}, {place_in_source(row, language)}",
        origin(row.outcome, language),
        origin(row.baseline, language),
    ]
    return dict(zip(heads, texts, strict=True))


def listing(rows, language="en", sortable=True):
    """An HTML table of figures as printed, with period, source, place in the source and note; every text escaped.

    In an explorer, a heading that is clicked (or Enter on it) sorts the rows, if `sortable`; `data-number` marks columns that sort as numbers.
    """
    words = dict(WORDS[language]["listing"])
    sort, unknown = words.pop("sort"), words.pop("unknown")
    sorts = (
        f" tabindex='0' aria-sort='none' title='{sort}' style='cursor:pointer'" if sortable else ""
    )
    head = "".join(
        f"<th scope='col'{sorts}{' data-number' * (sortable and key in ('period', 'figure'))}>{heading}</th>"
        for key, heading in words.items()
    )
    body = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in _cells(row, language, unknown))}</tr>"
        for row in rows.itertuples()
    )
    style = "border-spacing:12px 4px;text-align:left;line-height:1.35"
    return f"<table style='{style}'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row, language, unknown):
    """The cells of a row of `listing`, escaped; the source with its address, tier, date and place."""
    linked = html.escape(title(row, language))
    if WEB.match(row.url):
        address = html.escape(row.url, quote=True)
        linked = f"<a href='{address}' target='_blank' rel='noopener noreferrer' style='text-decoration:underline'>{linked}</a>"
    published = unknown if row.published != row.published else f"{row.published:%Y-%m-%d}"
    about = html.escape(
        f"{WORDS[language]['tiers'][row.tier]}, {published}, {place_in_source(row, language)}"
    )
    named = (
        name(row, language)
        if row.place == HOME
        else f"{name(row, language)}, {place(row, language)}"
    )
    kinds = f"{kind(row, language)}, {status(row, language)}"
    texts = [
        named,
        span(row.period),
        figure(row, language),
        kinds,
        basis(row, language),
        row.as_printed,
    ]
    return [*map(html.escape, texts), f"{linked} ({about})", html.escape(row.note)]


def basis(row, language="en"):
    """The basis of counting of a row, or nothing where it goes without saying."""
    return row.scope_en if language == "en" else row.scope_zh


CSV = "indicator name_en name_zh place place_en place_zh measure period status bound figure computed unit scope_en scope_zh as_printed note".split()
FORMULA = re.compile(
    r"[=+@＝＋－＠\s]|-(?![0-9.]+$)"
)  # how a text begins that a spreadsheet could run; a number below zero is none
CSV += "title_en title_zh publisher published tier url locator".split()


def csv(rows):
    """The figures as CSV text, each with its source, series by series in the order of the years.

    `figure` is what is drawn: as printed, or, with `computed`, an index or a gap computed from what was printed. A text that a spreadsheet would take
    for a formula gets an apostrophe.
    """
    rows = rows.sort_values(
        ["indicator", "place", "measure", "start", "end", "published"], kind="stable"
    ).rename(columns={"printed": "figure"})
    rows["computed"] = rows["measure"].isin(["index", "gap"]).map({True: "computed", False: ""})
    texts = (
        rows[CSV]
        .astype("object")
        .map(lambda cell: "'" + cell if isinstance(cell, str) and FORMULA.match(cell) else cell)
    )
    return texts.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")


def citations(rows, language="en", today=None, table=BUNDLE):
    """One line for each source of the figures, oldest first: what it says, who published it, when, where; then when it was retrieved, and from which
    table."""
    lines = []
    for _, found in rows.sort_values(["published", "source"]).groupby(
        "source", observed=True, sort=False
    ):
        first = found.iloc[0]
        names = "; ".join(dict.fromkeys(name(row, language) for row in found.itertuples()))
        periods = ", ".join(span(period) for period in sorted(set(found["period"])))
        published = (
            WORDS[language]["listing"]["unknown"]
            if first["published"] != first["published"]
            else f"{first['published']:%Y-%m-%d}"
        )
        lines.append(
            f"{first['publisher']}: {title(first, language)} ({published}). {names}, {periods}. {first['url']}".strip()
        )
    return [
        *lines,
        WORDS[language]["said"]["retrieved"].format(table, today or date.today().isoformat()),
    ]


def table(frame, language="en"):
    """A frame of texts as a Markdown table, whole and with nothing taken for markup; headings and cells that are a `phrase` are in `language`."""
    rows = [frame.columns, ["---"] * len(frame.columns), *frame.itertuples(index=False)]
    said = [[" ".join(phrase(str(cell), language).split()) for cell in row] for row in rows]
    return "\n".join(
        f"| {' | '.join(html.escape(cell, quote=False).translate(MARKUP) for cell in row)} |"
        for row in said
    )


def with_others(table):
    """`table` (all vintages) with `others`: for each figure, the other rows (as tuples) that print the same fact, oldest first.

    Expected outcomes count beside outcomes, targets beside targets.
    """
    facts = table[["indicator", "place", "measure", "period", "scope"]].assign(
        promised=table["status"].eq("target")
    )
    twice = table.assign(promised=facts["promised"])[facts.duplicated(keep=False)].sort_values(
        "published"
    )
    rows = {row.Index: row for row in twice.itertuples()}
    groups = twice.groupby(list(facts), observed=True, dropna=False).groups.values()
    others = {
        one: tuple(rows[other] for other in group if other != one)
        for group in groups
        for one in group
    }
    return table.assign(others=[others.get(one, ()) for one in table.index])


def tip(row, language="en"):
    """What a tooltip says of a row: heading to text, in the order of reading; what is empty is left out.

    Other printings are named where the row has `others` (as from `with_others`).
    """
    form = WORDS[language]["said"]["also"]
    also = [
        form.format(figure(other, language), title(other, language))
        for other in getattr(row, "others", ())
    ]
    texts = {
        "indicator": name(row, language),
        "place": place(row, language),
        "other_name": name(row, "zh" if language == "en" else "en"),
        "period": span(row.period),
        "figure": figure(row, language),
        "kind": kind(row, language),
        "status": status(row, language),
        "basis": basis(row, language),
        "source": title(row, language),
        "locator": place_in_source(row, language),
        "as_printed": row.as_printed,
        "others": "; ".join(dict.fromkeys(also)),
        "note": row.note,
    }
    return {
        heading: texts[key] for key, heading in WORDS[language]["tooltip"].items() if texts[key]
    }


def told(rows, language="en"):
    """What a chart of `rows` (of `growth.views`, with `panel`) says, in words: for each series its outcomes, spans and targets."""
    groups = {}
    for row in rows.itertuples():
        groups.setdefault((row.panel, row.series), []).append(row)
    return ". ".join(_told(group, language) for group in groups.values())


def _told(group, language):
    words = WORDS[language]["chart"]
    yearly = sorted(
        (row for row in group if row.status == "actual" and row.start == row.end),
        key=lambda row: row.start,
    )
    rest = [row for row in group if row.status != "actual" or row.start != row.end]

    def at(row):
        return figure(row, language) + words["in"].format(span(row.period))

    said = []
    if len(yearly) > 1:
        low, high = (pick(yearly, key=lambda row: row.value) for pick in (min, max))
        said.append(
            words["from_to"].format(at(yearly[0]), at(yearly[-1]))
            + words["extremes"].format(at(low), at(high))
        )
    elif yearly:
        said.append(words["only"].format(at(yearly[0])))
    said += [
        words["span"].format(span(row.period), f"{figure(row, language)}, {status(row, language)}")
        for row in rest
    ]
    comma, colon = (", ", ": ") if language == "en" else ("，", "：")
    where = "" if group[0].place == HOME else comma + place(group[0], language)
    return f"{name(group[0], language)}{where}{colon}{'; '.join(said)}"


COLUMNS = {
    "Indicator": name,
    "Panel": lambda row, language: headed(row, language),
    "Label": lambda row, _: short(row),
    "Description": sentence,
    "Tip": tip,
}


def worded(table, language="en"):
    """A new frame: `table` with the columns of `COLUMNS`, the words for its panels, labels and tooltips."""
    rows = list(table.itertuples(index=False))
    return table.assign(
        **{column: [word(row, language) for row in rows] for column, word in COLUMNS.items()}
    )
