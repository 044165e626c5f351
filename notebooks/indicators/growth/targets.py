"""Targets judged by the outcomes known today, and the growth that they required."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

import pandas as pd

from ..data import recorded
from .derived_rows import WRONG
from .figures import OPEN, Figure, average_growth, figure, gap, half_step
from .implied import LINKS, implied
from .series import BASE_YEAR, LEVELS, NUMBERS, RATES

JUDGEMENT = [
    *("verdict", "met_when_set", "outcome", "baseline", "gap", "gap_low", "gap_high"),
    *("better_by", "baseline_by", "pace", "another_basis", "implied"),
]
PATH = ["indicator", "place", "pace", "goal", "base", "path", "year", "value"]
NO_WHAT_IF = ["rank", "years", "count"]  # units of levels that no what-if moves by % a year

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
    - `met_when_set`: whether the baseline met the target already
    - `outcome`, `baseline`: the rows of the target's period and of the baseline, or None
    - `gap`, `gap_low`, `gap_high`: outcome less target, in the target's unit
    - `better_by`, `baseline_by`: how much better than the target outcome and baseline are, in % of
      the target or, for a rate, in percentage points
    - `pace`: the average annual growth, in %, that the target required from the baseline, unless
      that met it already
    - `another_basis`: whether outcome and baseline differ in scope, or none is stated; of a rate,
      whether the outcome has a basis that the target does not name
    - `implied`: where there is no outcome, the row of `growth.implied` for it, or None; it never
      counts
    """
    aimed = table["status"].eq("target") & table["measure"].isin([*LEVELS, *RATES])
    targets = table[aimed & table["end"].isin(years)]
    known = _outcomes(table, targets, "period")
    derived = _implied(table, targets, known)
    judgements = [
        _judgement(known, derived, row, set_in) for row in targets.itertuples(index=False)
    ]
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


def _implied(
    table: pd.DataFrame, targets: pd.DataFrame, known: Collection[tuple]
) -> dict[tuple, list[Row]]:
    """The drawn implied rows of each fact of the targets that is not among those `known`."""
    levels = targets[targets["measure"].isin(LEVELS)].itertuples(index=False)
    unknown = {row.indicator for row in levels if _fact(row, row.period) not in known}
    rows = table[table["indicator"].isin(unknown)]
    found = defaultdict(list)
    if rows["measure"].isin(LINKS).any():
        derived = implied(rows)
        for row in derived[derived["drawn"]].itertuples(index=False):
            found[_fact(row, row.period)].append(row)
    return found


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
    derived: dict[tuple, list[Row]],
    target: Row,
    set_in: int | None,
) -> dict[str, Any]:
    """The target's row with the columns of `JUDGEMENT`.

    `known` and `derived`: the outcomes of each fact, and the implied rows.
    """
    is_level = target.measure in LEVELS
    since = set_in or _set_in(target)
    then = known.get(_fact(target, str(since)), []) if is_level else []
    baseline = _comparable(then, target)
    outcome = _comparable(known.get(_fact(target, target.period), []), target, baseline)
    hinted = _comparable(derived.get(_fact(target, target.period), []), target, baseline)
    met_when_set = bool(baseline and judged(figure(baseline), target) == "met")
    difference = gap(figure(outcome), _as_said(target)) if outcome else None
    return target._asdict() | {
        "verdict": _verdict(outcome, target),
        "met_when_set": met_when_set,
        "outcome": outcome,
        "baseline": baseline,
        "gap": difference and difference.value,
        "gap_low": difference and difference.low,
        "gap_high": difference and difference.high,
        "better_by": _better_by(outcome, target),
        "baseline_by": _better_by(baseline, target),
        "pace": None if met_when_set else _required_pace(baseline, target),
        "another_basis": bool(outcome) and not _same_basis(outcome, target, baseline),
        "implied": None if outcome else hinted,
    }


def _set_in(target: Row) -> int | None:
    """The year from whose figure a target was set, or None where nobody can tell."""
    if pd.notna(target.published):
        return min(target.published.year, target.start) - 1
    return BASE_YEAR if target.start > BASE_YEAR else None


def _verdict(outcome: Row | None, target: Row) -> str:
    """As from `judged`; what cannot be right as printed tells nothing."""
    if outcome is None:
        return "not yet known"
    wrong = any(str(row.note).startswith(WRONG) for row in (outcome, target))
    return "cannot be told" if wrong else judged(figure(outcome), target)


def _as_said(target: Row) -> Figure:
    """The target's number itself, whatever its bound."""
    return Figure(target.value, target.value, target.value, str(target.unit), figure(target).basis)


def _better_by(outcome: Row | None, target: Row) -> float | None:
    """How much better than the target an outcome is, in % of it or, for a rate, percentage points.

    None without an outcome, and for a level whose target is zero.
    """
    is_rate = target.measure in RATES
    if outcome is None or not (is_rate or target.value):
        return None
    sign = -1 if target.better == "lower" else 1
    better = sign * (outcome.value - target.value)
    return better if is_rate else 100 * better / abs(target.value)


def _same_basis(outcome: Row, target: Row, baseline: Row | None) -> bool:
    """Whether outcome and baseline say that they are counted in one way.

    Without a baseline: whether the outcome has no other basis than the target.
    """
    if baseline is None:
        return _scope(outcome) in (None, _scope(target))
    return _scope(outcome) is not None and _scope(outcome) == _scope(baseline)


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
    the baseline; `met_in`: the first year, up to the target's, whose
    outcome on that basis met it. All floats, NaN where there is none, and for what is no level or
    share of one year, or is a rank, a count or a number of years.
    """
    outcomes = _outcomes(table, targets)
    found = [_latest(outcomes[_fact(row)], row) for row in targets.itertuples(index=False)]
    names = ["latest", "latest_year", "met_in"]
    whole = targets.assign(**pd.DataFrame(found, targets.index, names, dtype=float))
    return recorded(whole, with_latest, table, targets)


def _latest(outcomes: Iterable[Row], target: Row) -> tuple[float | None, int | None, int | None]:
    """The last outcome, its year, and the year in which the target was met, for `with_latest`."""
    if target.measure not in LEVELS or target.unit in NO_WHAT_IF or target.start != target.end:
        return None, None, None
    scope = _scope(target.baseline) if target.baseline else None
    known = [
        row
        for row in outcomes
        if _scope(row) == scope and row.bound in NUMBERS and row.start <= target.end
    ]
    if not known:
        return None, None, None
    known.sort(key=lambda row: row.start)
    met = (row.start for row in known if judged(figure(row), target) in ("met", "within rounding"))
    return known[-1].value, known[-1].start, next(met, None)


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
