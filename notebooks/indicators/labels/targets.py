"""What is said of targets: their verdicts, required growth and what-ifs."""

from .. import growth
from ..i18n import WORDS, chosen, phrase
from .amounts import amount
from .rows import (
    WRONG,
    Row,
    basis,
    figure,
    forms,
    name,
    place_in_source,
    ranged,
    source,
    span,
)

UNSTATED = "not-stated"  # how the key of a basis ends that a source does not state


def _words(language: str | None) -> dict[str, str]:
    return WORDS[chosen(language)]["verdicts"]


def implied(row: Row, language: str | None = None) -> str:
    """The growth that a target implies (a row of `growth.implied_by_target`), in % a year.

    With its range where that is wider than the last decimal shown, and its price basis.
    """
    known = row.price_basis in {"nominal", "real"}
    basis = phrase(f", {row.price_basis}", language) if known else ""
    rate = growth.Figure(row.implied, row.implied_low, row.implied_high, "%")
    return phrase("{} a year{}", language).format(ranged(rate, language=language), basis)


def target(row: Row, language: str | None = None) -> str:
    """A target in one line, as `GDP per capita, 2025: CNY 150 thousand`.

    With a word where its figure is doubted.
    """
    words, form = _words(language), forms(language)
    yearly = words["whole" if row.start != row.end else "yearly" if row.value >= 0 else "fall"]
    rates = {"growth_rate": yearly, "average_growth_rate": words["average"]}
    what = name(row, language) + form["comma"] + span(row.period)
    said = what + form["colon"] + figure(row, language) + rates.get(row.measure, "")
    return form["with"].format(said, words["wrong"]) if _is_wrong(row) else said


def verdict(row: Row, language: str | None = None) -> str:
    """The verdict on a target (a row of `growth.verdicts`), with outcome, gap and caveats.

    As `met (CNY 893.2 billion, CNY 43.2 billion above the target), but counted on another basis`.
    """
    return _judged(row, language, _outcome(row, language))


def ruling(row: Row, language: str | None = None) -> str:
    """A `verdict` without the gap, as `met (CNY 893.2 billion), but counted on another basis`."""
    return _judged(row, language, _outcome(row, language)[:1])


def _judged(row: Row, language: str | None, figures: list[str]) -> str:
    """The verdict with some figures, and all that is to be known beside it."""
    words, form = _words(language), forms(language)
    said = words[row.verdict]
    if figures:
        said = form["with"].format(said, form["comma"].join(figures))
    said += words[_basis(row)] if row.another_basis else ""
    more = [words["when_set"]] if row.met_when_set else []
    more += [words[f"wrong_{of}"] for of in ("outcome", "baseline") if _is_wrong(getattr(row, of))]
    if row.implied is not None and row.outcome is None:
        more.append(words["implied"].format(figure(row.implied, language)))
    return form["semicolon"].join([said, *more])


def _basis(row: Row) -> str:
    """The word for an outcome that may not count what the target does."""
    both = row.outcome, row.baseline
    told = [each and basis(each) and not str(each.scope).endswith(UNSTATED) for each in both]
    return "basis" if all(told) else "basis_unstated"


def _is_wrong(row: Row | None) -> bool:
    """Whether a figure cannot be right as printed, so that it is doubted."""
    return row is not None and str(row.note).startswith(WRONG)


def _outcome(row: Row, language: str | None) -> list[str]:
    """The outcome of a target, and how far it is from the target where that can be told."""
    if row.outcome is None:
        return []
    said, words = [figure(row.outcome, language)], _words(language)
    if row.unit == "rank" or abs(row.gap_high) + abs(row.gap_low) >= growth.OPEN:
        return said
    of = {"%": "percentage points", "ratio": "count"}.get(row.unit, row.unit)
    sign = -1 if row.gap < 0 else 1
    gap = growth.Figure(abs(row.gap), *sorted((sign * row.gap_low, sign * row.gap_high)), of)
    decimals = max(row.outcome.decimals, row.decimals)
    where = words["above" if row.gap > 0 else "below"] if row.gap else words["equal"]
    return [*said, where.format(ranged(gap, decimals, language))]


def pace(row: Row, language: str | None = None) -> str:
    """The average annual growth that a row of `growth.verdicts` required, as `7.2% a year`."""
    return _words(language)["pace"].format(amount(f"{row.pace:.1f}", "%", language))


def required(path: Row, language: str | None = None) -> tuple[str, str]:
    """A required growth (a row of `growth.required_paths`): its line's label, and in full."""
    said, goal, base = WORDS[chosen(language)]["said"], path.goal, path.base
    pace = amount(f"{path.pace:.1f}", "%", language)
    ends = (figure(base, language), base.start, figure(goal, language), goal.end)
    return said["needs"].format(pace), said["path"].format(name(goal, language), pace, *ends)


def when(row: Row, rate: float, language: str | None = None) -> str | None:
    """The year in which a target was or would be reached at `rate` % a year, in words.

    `row`: a row of `growth.with_latest`. None where a what-if has no sense.
    """
    words = _words(language)
    if row.met_in == row.met_in:
        return words["met_in"].format(int(row.met_in))
    if row.latest != row.latest:
        return None
    year = growth.year_reached(row.latest, row.value, rate, int(row.latest_year))
    return str(year or words["never"])


def reached(row: Row, rate: float, language: str | None = None) -> str:
    """When a target was or would be reached at `rate` % a year, as a sentence says it.

    `row`: a row of `growth.with_latest`.
    """
    words, year = _words(language), when(row, rate, language)
    if year is None:
        return words["no_what_if"]
    return year if row.met_in == row.met_in else words["at_rate"].format(f"{rate:.1f}", year)


def origin(row: Row | None, language: str | None = None) -> str:
    """A figure with its year, what was printed and where, and its note; – for None.

    As `27 µg/m³ (2021): PM2.5 … — title, the page; note`.
    """
    if row is None:
        return "–"
    note = f"; {row.note}" if row.note else ""
    return f"{figure(row, language)} ({span(row.period)}): {_printed(row, language)}{note}"


def _printed(row: Row, language: str | None) -> str:
    """What was printed, and where."""
    return f"{row.as_printed} — {source(row, language)}, {place_in_source(row, language)}"


def aims(row: Row, language: str | None = None) -> dict[str, str]:
    """What a tooltip says of a target (a row of `growth.verdicts`), by heading.

    The target, its verdict, and where target, outcome and baseline are printed.
    """
    texts = [
        target(row, language),
        verdict(row, language),
        _printed(row, language),
        origin(row.outcome, language),
        origin(row.baseline, language),
    ]
    return dict(zip(WORDS[chosen(language)]["aims"], texts, strict=True))
