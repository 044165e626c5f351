"""What is said of one row of a table: its figure, unit, measure, names, source and place."""

from typing import Any

import pandas as pd

from .. import growth
from ..data import lines_of
from ..growth import DERIVED, WRONG
from ..i18n import WORDS, chosen, unit
from .amounts import amount, amount_with_ends, in_panel

COMPILED = "dataset"  # the tier of a source that is told beside its title
HOME = "shaoxing"  # the place that is not named
SIGNS = {
    "exact": "",
    "at_least": "≥ ",
    "at_most": "≤ ",
    "more_than": "> ",
    "less_than": "< ",
    "about": "≈ ",
}

Row = Any  # a row of a table, as a namedtuple or a Series


def forms(language: str | None = None) -> dict[str, str]:
    """How words and figures are put together in a language, punctuation included."""
    return WORDS[chosen(language)]["forms"]


def sentences(*texts: str, language: str | None = None) -> str:
    """Texts as sentences, each with its full stop."""
    return "".join(text + forms(language)["stop"] for text in texts).strip()


def span(period: str) -> str:
    """A period as read aloud: `2016/2020` is 2016–2020."""
    return period.replace("/", "–")


def figure(row: Row, language: str | None = None) -> str:
    """The figure of a row with its bound in words and its unit, as `at least 7%`."""
    # a change of a ratio or of a rank is itself neither
    of = "count" if row.measure == "change" and row.unit in ("ratio", "rank") else row.unit
    bounds, form = WORDS[chosen(language)]["bounds"], forms(language)
    bound = bounds.get(f"{of} {row.bound}", bounds[row.bound])
    said = bound.format(amount(row.printed, of, language))
    if row.measure not in ("gap", "index") and row.status not in growth.DERIVED:
        return said
    base = form["semicolon"] + unit(row.unit, language) if row.measure == "index" else ""
    return form["computed"].format(said, base)


def short(row: Row, language: str | None = None) -> str:
    """The figure of a row as a label beside its mark, as `≥ 7`; the unit stands on the panel."""
    flag = " (!)" if row.note.startswith(WRONG) else ""
    return f"{SIGNS[row.bound]}{in_panel(row.printed, row.unit, language)}{flag}"


def _measure(row: Row) -> str:
    """The measure of a row; growth over a span is `total_growth`, so not called yearly."""
    return "total_growth" if row.measure == "growth_rate" and row.start != row.end else row.measure


def kind(row: Row, language: str | None = None) -> str:
    """The measure of a row in words."""
    return WORDS[chosen(language)]["measures"][_measure(row)]


def status(row: Row, language: str | None = None) -> str:
    """The status of a row in words, as `expected outcome`."""
    return WORDS[chosen(language)]["statuses"][row.status]


def name(row: Row, language: str | None = None) -> str:
    """The indicator's name."""
    return getattr(row, f"name_{chosen(language)}")


def place(row: Row, language: str | None = None) -> str:
    """The place's name."""
    return getattr(row, f"place_{chosen(language)}")


def names(frame: pd.DataFrame, column: str, language: str | None = None) -> pd.Series:
    """The names of a frame's `name` (of indicators), `place` or `scope`, one a row."""
    return frame[f"{column}_{chosen(language)}"]


def located(row: Row, language: str | None = None) -> str:
    """The indicator's name, then its place."""
    return name(row, language) + forms(language)["comma"] + place(row, language)


def placed(text: str, row: Row, language: str | None = None) -> str:
    """The row's place, then a text."""
    return place(row, language) + forms(language)["comma"] + text


def title(row: Row, language: str | None = None) -> str:
    """The source's title; the English one where there is no other."""
    return getattr(row, f"title_{chosen(language)}") or row.title_en


def source(row: Row, language: str | None = None) -> str:
    """Where a figure comes from: the title of its source, with a word if that is a dataset.

    Of a derived row, the figures that it is computed from, as `computed_from` says them.
    """
    words = WORDS[chosen(language)]
    if row.status in DERIVED:
        return words["said"]["from"].format(computed_from(row, language))
    said, tier = title(row, language), row.tier
    return forms(language)["with"].format(said, words["tiers"][tier]) if tier == COMPILED else said


def copied(row: Row, language: str | None = None) -> list[str]:
    """That the source was read on a copy, in words, if it was."""
    return [WORDS[chosen(language)]["listing"]["copied"]] if row.read_at else []


def basis(row: Row, language: str | None = None) -> str:
    """The basis of counting of a row, or nothing for the usual one."""
    return getattr(row, f"scope_{chosen(language)}")


def counted(row: Row, language: str | None = None) -> str:
    """The row's place with its basis of counting, as `Zhejiang: 11 cities`."""
    form, words = forms(language), WORDS[chosen(language)]["said"]
    return place(row, language) + form["colon"] + (basis(row, language) or words["no_basis"])


def panel(row: Row, language: str | None = None) -> str:
    """The panel of a row of `growth.views`: what is measured and its unit, as `Level, CNY`."""
    panels = WORDS[chosen(language)]["panels"]
    form = panels.get(_measure(row), panels["growth rates"])
    return form.format(unit=unit(row.unit, language))


def headed(row: Row, language: str | None = None) -> str:
    """The indicator with its unit (counts, ranks and ratios have none), as a panel's heading."""
    if row.unit in ("count", "rank", "ratio"):
        return name(row, language)
    return name(row, language) + forms(language)["comma"] + unit(row.unit, language)


def place_in_source(row: Row, language: str | None = None, numbered: bool = True) -> str:
    """Where in its source a figure stands, as `part II, goal 6, line 77 of the text`.

    Of a derived figure, that it was computed. `numbered`: with the numbers of lines.
    """
    form, (where, joined) = forms(language), lines_of(row.locator)
    if not row.locator:
        return form["nowhere"]
    if joined:
        lines = joined.split("/")
        said = form["lines" if len(lines) > 1 else "line"].format(form["and"].join(lines))
        return form["comma"].join([*_sections(where, form), *([said] if numbered else [])])
    return form["page"] if where == "page" else form["locator"].format(where)


def _sections(where: str, form: dict) -> list[str]:
    """Part and section of a text, each in words, as `part II` and `goal 6`."""
    named = [part.partition(" ") for part in where.split(", ") if part]
    return [
        form[word].format(form["numerals"].get(number, number))
        if word in ("part", "paragraph", "goal", "section", "closing")
        else f"{word}{space}{number}"
        for word, space, number in named
    ]


def computed_from(row: Row, language: str | None = None) -> str:
    """The figures that a derived row comes from, its `origins`; nothing for a printed one."""
    form = forms(language)
    parts = [
        form["origin"].format(
            period=span(each.period),
            figure=figure(each, language),
            kind=kind(each, language),
            source=source(each, language),
        )
        for each in getattr(row, "origins", ())
    ]
    if any(each.indicator != row.indicator for each in getattr(row, "origins", ())):
        named = zip(row.origins, parts, strict=True)
        parts = [name(each, language) + form["colon"] + part for each, part in named]
    return form["and"].join(parts)


def sentence(row: Row, language: str | None = None) -> str:
    """All of a row in one line, for a reader who sees no chart."""
    form = forms(language)
    where = "" if row.place == HOME else form["elsewhere"].format(place(row, language))
    what = name(row, language) + form["comma"] + span(row.period)
    about = kind(row, language) + form["comma"] + status(row, language)
    return where + what + form["colon"] + form["with"].format(figure(row, language), about)


def cited(row: Row, language: str | None = None) -> str:
    """All of a row in one line, with its source and where it stands there."""
    form = forms(language)
    said = sentence(row, language) + form["semicolon"] + source(row, language)
    at = [] if row.status in DERIVED else [place_in_source(row, language)]
    return form["comma"].join([said, *at])


def say(
    table: pd.DataFrame,
    indicator: str,
    measure: str,
    period: str,
    status: str = "actual",
    place: str = "shaoxing",
    scope: str | None = None,
) -> str:
    """The one figure that a sentence needs, in words, as `at least 7%`.

    Raises LookupError as `growth.the` does, unless there is exactly one.
    """
    return figure(growth.the(table, indicator, period, measure, status, place, scope))


def ranged(figure: growth.Figure, decimals: int = 1, language: str | None = None) -> str:
    """A computed Figure in words: `7.2%`, or with its range `about 5.3% (5.18 to 5.37)`.

    The range is given where it is wider than `decimals` show. Value and range have fewer decimals
    where the range is three units of these wide; the range has one more than the value where it is
    narrower than two units of the value's last.
    """
    width = (figure.high - figure.low) * (1 + 1e-9)
    if figure.high - figure.low <= 2 * growth.half_step(decimals) * (1 + 1e-9):
        return amount(_rounded(figure.value, decimals), figure.unit, language)
    own = next((few for few in range(decimals) if width >= 3 * 10.0**-few), decimals)
    of_ends = own if width >= 2 * 10.0**-own else own + 1
    ends = (_rounded(end, of_ends) for end in (figure.low, figure.high))
    said = amount_with_ends(_rounded(figure.value, own), ends, figure.unit, language)
    return forms(language)["about"].format(*said)


def _rounded(number: float, decimals: int) -> str:
    """A number to some decimals; what rounds to zero has no sign."""
    return f"{round(number, decimals) + 0.0:.{decimals}f}".replace("-", "−")
