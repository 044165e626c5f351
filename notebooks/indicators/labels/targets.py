"""What is said of targets: their verdicts, required growth and what-ifs."""

from .. import growth
from ..i18n import WORDS, chosen, phrase
from .amounts import amount
from .rows import (
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
    return _with_doubt(said, row, language)


def _with_doubt(said: str, row: Row, language: str | None) -> str:
    """What is said of a row, with a word where its figure cannot be right as printed."""
    form, words = forms(language), _words(language)
    return form["with"].format(said, words["wrong"]) if growth.doubted(row) else said


def reached_then(row: Row, language: str | None = None) -> str:
    """The figure from which a target was set (a row of `growth.verdicts`), as `28 µg/m³ (2020)`."""
    base, form = row.baseline, forms(language)
    said = form["with"].format(figure(base, language), span(base.period))
    return _with_doubt(said, base, language)


def verdict_names(language: str | None = None) -> dict[str, str]:
    """The names of the verdicts, by verdict."""
    return WORDS[chosen(language)]["verdicts"]


def verdict(row: Row, language: str | None = None) -> str:
    """The verdict on a target (a row of `growth.verdicts`), with outcome, gap and caveats.

    As `met (CNY 893.2 billion, CNY 43.2 billion above the target), but counted on another basis`.
    """
    return _judged(row, language, _outcome(row, language))


def ruling(row: Row, language: str | None = None) -> str:
    """A `verdict` without the gap, as `met (CNY 893.2 billion), but counted on another basis`."""
    return _judged(row, language, _outcome(row, language)[:1], short=True)


def _judged(row: Row, language: str | None, figures: list[str], short: bool = False) -> str:
    """The verdict with some figures, and all that is to be known beside it."""
    words, form = _words(language), forms(language)
    said = words[row.verdict]
    if figures:
        said = form["with"].format(said, form["comma"].join(figures))
    said += words[_basis(row.outcome, row)] if row.another_basis else ""
    more = [words["when_set"]] if row.met_when_set else []
    doubts = {"outcome": row.outcome, "baseline": row.baseline}
    more += [words[f"wrong_{of}"] for of, each in doubts.items() if growth.doubted(each)]
    if row.last_known is not None:
        more.append(last_known(row, language, short))
    return form["semicolon"].join([said, *more])


def last_known(row: Row, language: str | None = None, short: bool = False) -> str:
    """How far a series had come by its last figure before an outcome, with the distance unless
    `short`.

    As `last known 73.1% in 2023, 1.9 percentage points below the target, on another basis`.
    """
    words, last = _words(language), row.last_known
    form = words["implied" if last.period == row.period else "last"]
    said = form.format(figure(last, language), span(last.period))
    far = [] if short else _distance(last, row, language)
    apart = not growth.same_basis(last, row, row.baseline)
    on = words[f"last_{_basis(last, row)}"] if apart else ""
    return forms(language)["comma"].join([said, *far]) + on


def _basis(reached: Row, row: Row) -> str:
    """The word for a figure that may not count what the target of a row does."""
    both = reached, row.baseline
    told = [each and basis(each) and not str(each.scope).endswith(UNSTATED) for each in both]
    return "basis" if all(told) else "basis_unstated"


def _outcome(row: Row, language: str | None) -> list[str]:
    """The outcome of a target, and how far it is from the target where that can be told."""
    if row.outcome is None:
        return []
    return [figure(row.outcome, language), *_distance(row.outcome, row, language)]


def _distance(reached: Row, row: Row, language: str | None) -> list[str]:
    """How far a figure is from the target of a row, where that can be told."""
    gap, words = growth.distance(reached, row), _words(language)
    if row.unit == "rank" or abs(gap.high) + abs(gap.low) >= growth.OPEN:
        return []
    of = {"%": "percentage points", "ratio": "count"}.get(row.unit, row.unit)
    sign = -1 if gap.value < 0 else 1
    far = growth.Figure(abs(gap.value), *sorted((sign * gap.low, sign * gap.high)), of)
    decimals = max(reached.decimals, row.decimals)
    where = words["above" if gap.value > 0 else "below"] if gap.value else words["equal"]
    return [where.format(ranged(far, decimals, language))]


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
        return words[f"{row.met_how} in"].format(int(row.met_in))
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

    As `27 µg/m³ (2021): PM2.5 … — title, the page; note`; of a derived figure, what it comes from.
    """
    if row is None:
        return "–"
    form = forms(language)
    said = form["with"].format(figure(row, language), span(row.period)) + form["colon"]
    if row.status in growth.DERIVED:
        return said + source(row, language)
    note = form["semicolon"] + row.note if row.note else ""
    return said + _printed(row, language) + note


def _printed(row: Row, language: str | None) -> str:
    """What was printed, and where."""
    where = source(row, language), place_in_source(row, language)
    return f"{row.as_printed} — {forms(language)['comma'].join(where)}"


def aims(row: Row, language: str | None = None) -> dict[str, str]:
    """What a tooltip says of a target (a row of `growth.verdicts`), by heading.

    The target, its verdict, where target, outcome and baseline are printed, and what was last known
    where that is no outcome.
    """
    words, last = WORDS[chosen(language)], row.last_known
    texts = [
        target(row, language),
        verdict(row, language),
        _printed(row, language),
        origin(row.outcome, language),
        origin(row.baseline, language),
    ]
    said = dict(zip(words["aims"], texts, strict=True))
    if last is None:
        return said
    when = "last_of_year" if last.period == row.period else "last_before"
    what = words["verdicts"][when].format(span(last.period), span(row.period))
    where = origin(last, language)
    return said | {words["last_known"]: forms(language)["semicolon"].join([where, what])}
