"""What is said of targets: their verdicts, required growth and what-ifs."""

from .. import growth
from ..i18n import WORDS, chosen, phrase
from .amounts import amount
from .rows import Row, figure, forms, name, place_in_source, ranged, source, span


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
    """A target in one line, as `GDP per capita, 2025: CNY 150 thousand`."""
    words, form = _words(language), forms(language)
    yearly = words["whole" if row.start != row.end else "yearly" if row.value >= 0 else "fall"]
    rates = {"growth_rate": yearly, "average_growth_rate": words["average"]}
    what = name(row, language) + form["comma"] + span(row.period)
    return what + form["colon"] + figure(row, language) + rates.get(row.measure, "")


def verdict(row: Row, language: str | None = None) -> str:
    """The verdict on a target (a row of `growth.verdicts`), with outcome, gap and caveats."""
    words = _words(language)
    parts = [words[row.verdict]]
    if row.outcome is not None:
        parts.append(words["outcome"].format(figure(row.outcome, language)))
        if abs(row.gap_high) + abs(row.gap_low) < growth.OPEN:
            of = "percentage points" if row.unit == "%" else row.unit
            gap = growth.Figure(row.gap, row.gap_low, row.gap_high, of)
            decimals = max(row.outcome.decimals, row.decimals)
            parts.append(words["difference"].format(ranged(gap, decimals, language)))
    if row.implied is not None:
        parts.append(words["implied"].format(figure(row.implied, language)))
    parts += [words["when_set"]] if row.met_when_set else []
    parts += [words["basis"]] if row.another_basis else []
    return forms(language)["semicolon"].join(parts)


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
