"""Targets judged by the outcomes known today, and the growth that they required."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

import pandas as pd

from ..data import recorded
from .computed import RULES, computed
from .derived_rows import WRONG
from .figures import OPEN, Figure, average_growth, figure, gap, half_step
from .implied import implied
from .series import BASE_YEAR, DERIVED, LEVELS, NUMBERS, RATES

JUDGEMENT = [
    *("verdict", "met_when_set", "outcome", "baseline", "gap", "gap_low", "gap_high"),
    *("better_by", "baseline_by", "pace", "another_basis"),
    *("last_known", "last_by", "last_low", "last_high"),
]
PATH = ["indicator", "place", "pace", "goal", "base", "path", "year", "value"]
NO_WHAT_IF = ["rank", "years", "years of life", "count"]  # units that no what-if moves by % a year

Row = Any  # a row of a table as a namedtuple


def judged(outcome: Figure, target: Row) -> str:
    """`met`, `missed`, `within rounding` or `cannot be told`: an outcome against a target (a row).

    The target's bound says what meets it. An exact target is met by its value or a better one, in
    the direction that the codebook calls better; one said with ‘about’ also by a value worse by
    one unit of its last digit. Within rounding: a part of the outcome's range meets the target.
    Where no direction is better, nobody can tell whether another value than that aimed at is good.
    """
    downward = target.bound in ("at_most", "less_than") or (
        target.bound in NUMBERS and target.better == "lower"
    )
    strict = target.bound in ("more_than", "less_than")
    sign = -1 if downward else 1
    worst, best = sorted((sign * outcome.low, sign * outcome.high))
    tolerance = 2 * half_step(target.decimals) if target.bound == "about" else 0
    if target.bound in NUMBERS and target.better not in ("higher", "lower"):
        aimed = outcome.low <= target.value + tolerance and target.value - tolerance <= outcome.high
        return "met" if aimed else "cannot be told"
    wanted = sign * target.value - tolerance
    if worst > wanted or (worst == wanted and not strict):
        return "met"
    if best < wanted:
        return "missed"
    return "cannot be told" if OPEN in (abs(worst), abs(best)) else "within rounding"


def looser(target: Row, reached: Row | None) -> bool:
    """Whether a target asks for no more than a figure that had been reached (both rows).

    As for a verdict: all numbers that the figure stands for meet the target.
    """
    return reached is not None and judged(figure(reached), target) == "met"


def doubted(*rows: Row | None) -> bool:
    """Whether one of some rows cannot be right as printed."""
    return any(row is not None and str(row.note).startswith(WRONG) for row in rows)


def distance(reached: Row, target: Row) -> Figure:
    """A figure, printed or derived, less a target: the number that it names, whatever its bound."""
    return gap(_standing(reached), _as_said(target))


def same_basis(reached: Row, target: Row, baseline: Row | None) -> bool:
    """Whether a figure and the baseline say that they are counted in one way.

    Without a baseline: whether the figure has no other basis than the target.
    """
    if baseline is None:
        return _scope(reached) in (None, _scope(target))
    return _scope(reached) is not None and _scope(reached) == _scope(baseline)


def verdicts(
    table: pd.DataFrame, years: Collection[int] = (2021, 2025), set_in: int | None = None
) -> pd.DataFrame:
    """Every target for one of `years` beside the outcome known today, one row each.

    `table`: drawn vintages (`data.latest`). A target is judged by outcomes of its own place and, if
    it names a basis (`scope`), of that basis; else, of several outcomes, by that on the basis of
    the baseline, or the first row. The baseline is the outcome of the year `set_in`; without it, of
    the year before the target was printed, or before its own, whichever is earlier (of 2020 for a
    later target whose source has no date). The columns are those of the target's row, and:

    - `verdict`: as from `judged`, or `not yet known`
    - `met_when_set`: whether the target was `looser` than the baseline
    - `outcome`, `baseline`: the rows of the target's period and of the baseline, or None
    - `gap`, `gap_low`, `gap_high`: outcome less target, in the target's unit
    - `better_by`, `baseline_by`: how much better than the target outcome and baseline are, in % of
      the target or, for a rate, in percentage points
    - `pace`: the average annual growth, in %, that the target required from the baseline, unless
      that met it already
    - `another_basis`: whether outcome and baseline differ in scope, or none is stated; of a rate,
      whether the outcome has a basis that the target does not name
    - `last_known`: of a level aimed at for one year, without an outcome: the latest figure since
      the baseline, printed or (with its `origins`) implied or computed; it never counts
    - `last_by`, `last_low`, `last_high`: how much better than the target that is, with its range
    """
    aimed = table["status"].eq("target") & table["measure"].isin([*LEVELS, *RATES])
    targets = table[aimed & table["end"].isin(years)]
    known = _outcomes(table, targets, "period")
    later = _levels_of_years(table, targets, known)
    judgements = [_judgement(known, later, row, set_in) for row in targets.itertuples(index=False)]
    found = pd.DataFrame(judgements, columns=None if judgements else [*table.columns, *JUDGEMENT])
    return recorded(found, partial(verdicts, years=years, set_in=set_in), table)


def _outcomes(table: pd.DataFrame, targets: pd.DataFrame, *keys: str) -> dict[tuple, list[Row]]:
    """The outcomes of the targets' indicators, by indicator, place, measure and `keys`.

    The rows of one key are in the order of the table.
    """
    known = table["status"].eq("actual") & table["indicator"].isin(targets["indicator"].unique())
    found = defaultdict(list)
    for row in table[known].itertuples(index=False):
        found[_fact(row, *(getattr(row, key) for key in keys))].append(row)
    return found


def _fact(row: Row, *more: Any) -> tuple:
    """The key in `_outcomes` of what a row is about."""
    return row.indicator, row.place, row.measure, *more


def _levels_of_years(
    table: pd.DataFrame, targets: pd.DataFrame, known: Collection[tuple]
) -> dict[tuple, list[Row]]:
    """The levels, each of a year, of the facts of targets that are not among those `known`.

    Printed ones that can be right come first, then those that are drawn of what figures imply.
    """
    levels = targets[targets["measure"].isin(LEVELS) & targets["start"].eq(targets["end"])]
    levels = levels.itertuples(index=False)
    unknown = {row.indicator for row in levels if _fact(row, row.period) not in known}
    rows = table[table["indicator"].isin(unknown)]
    usable = rows["status"].eq("actual") & rows["bound"].isin(NUMBERS)
    printed = rows[usable & rows["start"].eq(rows["end"])].itertuples(index=False)
    found = defaultdict(list)
    for row in [*printed, *_derived(table, rows, unknown)]:
        if not doubted(row):
            found[_fact(row)].append(row)
    return found


def _derived(table: pd.DataFrame, rows: pd.DataFrame, slugs: set[str]) -> Iterable[Row]:
    """What some rows imply, and what others give for their indicators, with its `origins`."""
    rules = [rule for rule in RULES if rule.of in slugs and rule.measure in LEVELS]
    named = {slug for rule in rules for slug in (rule.of, rule.part, rule.whole)}
    given = [computed(table[table["indicator"].isin(named)])] if rules else []
    for found in [implied(rows), *given] if slugs else []:
        drawn = found[found["drawn"]]
        wanted = table.loc[list({label for of in drawn["of"] for label in of})]
        by_label = dict(zip(wanted.index, wanted.itertuples(index=False), strict=True))
        origins = [tuple(map(by_label.get, of)) for of in drawn["of"]]
        yield from drawn.assign(origins=pd.Series(origins, drawn.index, object)).itertuples()


def _scope(row: Row) -> str | None:
    """The basis that a row names, or None."""
    return None if pd.isna(row.scope) else row.scope or None


def _comparable(rows: list[Row], target: Row, beside: Row | None = None) -> Row | None:
    """The outcome to set against the target: on its basis; else on that of `beside`, or the first.

    None where there is none, or none on the basis that the target names.
    """
    if _scope(target):
        rows = [row for row in rows if _scope(row) == _scope(target)]
    same = [row for row in rows if beside and _scope(row) == _scope(beside)]
    return next(iter(same or rows), None)


def _judgement(
    known: dict[tuple, list[Row]],
    later: dict[tuple, list[Row]],
    target: Row,
    set_in: int | None,
) -> dict[str, Any]:
    """The target's row with the columns of `JUDGEMENT`.

    `known` and `later`: the outcomes of each fact of a period, and its levels of all years.
    """
    is_level = target.measure in LEVELS
    since = set_in or _set_in(target)
    then = known.get(_fact(target, str(since)), []) if is_level else []
    baseline = _comparable(then, target)
    outcome = _comparable(known.get(_fact(target, target.period), []), target, baseline)
    last = None if outcome else _last_known(later[_fact(target)], target, baseline, since)
    standing = _standing(last) if last else None
    met_when_set = looser(target, baseline)
    difference = distance(outcome, target) if outcome else None
    return target._asdict() | {
        "verdict": _verdict(outcome, target),
        "met_when_set": met_when_set,
        "outcome": outcome,
        "baseline": baseline,
        "gap": difference and difference.value,
        "gap_low": difference and difference.low,
        "gap_high": difference and difference.high,
        "better_by": _better_by(outcome and outcome.value, target),
        "baseline_by": _better_by(baseline and baseline.value, target),
        "pace": None if met_when_set else _required_pace(baseline, target),
        "another_basis": bool(outcome) and not same_basis(outcome, target, baseline),
        "last_known": last,
        "last_by": _better_by(standing and standing.value, target),
        "last_low": _better_by(standing and standing.low, target),
        "last_high": _better_by(standing and standing.high, target),
    }


def _last_known(
    levels: Iterable[Row], target: Row, baseline: Row | None, since: int | None
) -> Row | None:
    """The latest of some levels that is later than the year `since`, for `verdicts`."""
    fitting = [
        row
        for row in levels
        if (since is None or row.end > since)
        and row.end <= target.end == target.start
        and _scope(target) in (None, _scope(row))
    ]
    last = max((row.end for row in fitting), default=None)
    return _comparable([row for row in fitting if row.end == last], target, baseline)


def _set_in(target: Row) -> int | None:
    """The year from whose figure a target was set, or None where nobody can tell."""
    if pd.notna(target.published):
        return min(target.published.year, target.start) - 1
    return BASE_YEAR if target.start > BASE_YEAR else None


def _verdict(outcome: Row | None, target: Row) -> str:
    """As from `judged`; what cannot be right as printed tells nothing."""
    if outcome is None:
        return "not yet known"
    return "cannot be told" if doubted(outcome, target) else judged(figure(outcome), target)


def _standing(row: Row) -> Figure:
    """The Figure of a row, printed or derived."""
    if row.status not in DERIVED:
        return figure(row)
    return Figure(row.value, row.low, row.high, str(row.unit), figure(row).basis)


def _as_said(target: Row) -> Figure:
    """The target's number itself, whatever its bound."""
    return Figure(target.value, target.value, target.value, str(target.unit), figure(target).basis)


def _better_by(number: float | None, target: Row) -> float | None:
    """How much better than the target a number is, in % of it or, for a rate, percentage points.

    None without a number, and for a level whose target is zero.
    """
    is_rate = target.measure in RATES
    if number is None or not (is_rate or target.value):
        return None
    sign = -1 if target.better == "lower" else 1
    better = sign * (number - target.value)
    return better if is_rate else 100 * better / abs(target.value)


def _required_pace(baseline: Row | None, target: Row) -> float | None:
    """The average annual growth, in %, from baseline to target; None where that has no sense."""
    if (
        baseline is None
        or baseline.bound != "exact"
        or target.unit == "rank"
        or target.end <= baseline.end
        or min(baseline.value, target.value) <= 0
    ):
        return None
    return average_growth(figure(baseline), _as_said(target), target.end - baseline.end).value


def with_latest(table: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """`targets` (as from `verdicts` of `table`) with what a what-if at some % a year needs.

    `latest` and `latest_year`: the last outcome printed as a number, on the same basis as that of
    the baseline; `met_in`: the first year, up to the target's, whose outcome on that basis met it.
    All floats, NaN where there is none, and for what is no level or share of one year, or is a
    rank, a count or a number of years. `met_how`: in that year `met`, `within rounding`, or
    `doubted` where one of the two figures is; else empty.
    """
    outcomes = _outcomes(table, targets)
    found = [_latest(outcomes[_fact(row)], row) for row in targets.itertuples(index=False)]
    names = {"latest": float, "latest_year": float, "met_in": float, "met_how": object}
    whole = targets.assign(**pd.DataFrame(found, targets.index, list(names)).astype(names))
    return recorded(whole, with_latest, table, targets)


def _latest(
    outcomes: Iterable[Row], target: Row
) -> tuple[float | None, int | None, int | None, str]:
    """The last outcome, its year, and when and how the target was met, for `with_latest`."""
    if target.measure not in LEVELS or target.unit in NO_WHAT_IF or target.start != target.end:
        return None, None, None, ""
    scope = _scope(target.baseline) if target.baseline else None
    known = [
        row
        for row in outcomes
        if _scope(row) == scope and row.bound in NUMBERS and row.start <= target.end
    ]
    if not known:
        return None, None, None, ""
    known.sort(key=lambda row: row.start)
    ruled = ((row, judged(figure(row), target)) for row in known)
    met = ((row, how) for row, how in ruled if how in ("met", "within rounding"))
    row, how = next(met, (None, ""))
    how = "doubted" if row and doubted(row, target) else how
    return known[-1].value, known[-1].start, row and row.start, how


def required_paths(table: pd.DataFrame, set_in: int = BASE_YEAR) -> pd.DataFrame:
    """The even growth from each outcome of `set_in` to a target level that was not met yet.

    `table`: drawn vintages, of any places; targets are those for 2021 and 2025. One row for each
    year on the way: `indicator`, `place`, `year`, `value` in the unit of the level (computed),
    `goal` and `base` (the target's row and the outcome's), `pace` (% a year), `path` (its number).
    """
    levels = table[table["measure"].eq("level")].sort_values(["indicator", "place"], kind="stable")
    goals = verdicts(levels, set_in=set_in)
    goals = goals[goals["pace"].notna()].itertuples(index=False)
    rows = [
        (goal.indicator, goal.place, goal.pace, goal, goal.baseline, path, year, value)
        for path, goal in enumerate(goals)
        for year, value in _path(goal, set_in)
    ]
    return pd.DataFrame(rows, columns=PATH)


def _path(goal: Row, set_in: int) -> Iterable[tuple[int, float]]:
    """The years from `set_in` to the goal's, each with its level at the required pace."""
    for year in range(set_in, goal.end + 1):
        yield year, goal.baseline.value * (1 + goal.pace / 100) ** (year - set_in)


def year_reached(
    level: float, target: float, rate: float, start: int, last: int = 2100
) -> int | None:
    """The first year in which `level`, known for `start`, reaches `target` at `rate` % a year.

    A target below the level is reached by falling at that rate. None when it is not reached by
    the year `last`.
    """
    factor = 1 + rate / 100 if target > level else 1 - rate / 100
    for year in range(start, last + 1):
        if (level >= target) if factor >= 1 else (level <= target):
            return year
        level *= factor
    return None
