"""What a card says of a number: its figure, how it has moved, its targets and their verdicts."""

from .. import growth
from ..i18n import WORDS, chosen
from .rows import WRONG, Row, basis, figure, forms, ranged, span, status

MOST_GOALS = 2  # targets on a card; of more the latest


def _words(language: str | None) -> dict[str, str]:
    return WORDS[chosen(language)]["card"]


def large(row: Row, language: str | None = None) -> str:
    """The figure of a card, as `CNY 600.1 billion`; `(!)` where it cannot be right as printed."""
    return figure(row, language) + " (!)" * row.note.startswith(WRONG)


def below(row: Row, since: growth.Since | None, language: str | None = None) -> str:
    """What stands below the figure: its year, and how it has moved (of `growth.since_first`).

    As `2020, up 34.4% since 2015, price changes included`.
    """
    parts = [_words(language)["year"].format(span(row.period))]
    parts += [status(row, language)] if row.status != "actual" else []
    parts += [_moved(row, since, language)] if since else []
    return forms(language)["comma"].join(parts)


def _moved(row: Row, since: growth.Since, language: str | None) -> str:
    words, by = _words(language), since.change
    if by is None:
        return words["other_basis"].format(since.first)
    decimals = row.decimals if by.unit == "percentage points" else 1
    falls = by.high < 0
    if falls:
        by = growth.Figure(-by.value, -by.high, -by.low, by.unit, by.basis)
    way = "down" if falls else "up" if by.low > 0 else "moved"
    said = words[way].format(ranged(by, decimals, language), since.first)
    prices = words["nominal"] if by.basis == "nominal" else ""
    return said + prices


def goal(row: Row, language: str | None = None) -> str:
    """A target and its verdict (a row of `growth.verdicts`), in one line.

    As `target 2025: CNY 850 billion: met (CNY 893.2 billion), but counted on another basis`.
    """
    words, verdicts, form = _words(language), WORDS[chosen(language)]["verdicts"], forms(language)
    said = verdicts[row.verdict]
    if row.outcome is not None:
        said = form["with"].format(said, large(row.outcome, language))
    if row.another_basis:
        named = row.baseline is not None and basis(row.outcome) and basis(row.baseline)
        said += words["but_other_basis" if named else "but_perhaps"]
    said += form["semicolon"] + verdicts["when_set"] if row.met_when_set else ""
    aimed = large(row, language)
    return words["target"].format(span(row.period), aimed) + form["colon"] + said


def goals(rows: list[Row], language: str | None = None) -> list[str]:
    """The latest targets of a number with their verdicts, how many came before, or that none did.

    `rows`: rows of `growth.verdicts` by year.
    """
    words, earlier = _words(language), len(rows) - MOST_GOALS
    if not rows:
        return [words["no_goal"]]
    said = [goal(row, language) for row in rows[-MOST_GOALS:][::-1]]
    return said + ([words["earlier"].format(earlier)] if earlier > 0 else [])
