"""Rates, targets and gaps, computed from printed figures, each with the range that rounding leaves open.

A printed number stands for all that round to it: 11.6 is 11.55 to 11.65, and what is computed from it is known
only within a range. A bound stands for all on its open side; a target is taken as said.
Every function is pure: figures in, a new `Figure` out; a frame in, a new frame out.
"""

from dataclasses import dataclass
from itertools import product

import pandas as pd

from ..data import extent

RATES = ["growth_rate", "average_growth_rate"]
LEVELS = ["level", "share"]
TOTALS = ["cumulative", "change"]
BASE_YEAR = 2020
OPEN = float("inf")


@dataclass(frozen=True)
class Figure:
    """A number with the range it stands for (`low` to `high`), its unit, and its price basis (or None)."""

    value: float
    low: float
    high: float
    unit: str
    basis: str | None = None


def figure(row):
    """The Figure of a row of the table (a namedtuple or Series): rounding, bound and status make its range.

    ‘About 8’ is taken as 7 to 9, one unit of the last printed digit either way; a share stays within 0 and 100.
    """
    half = half_step(int(row.decimals))
    low, high = {
        "exact": (row.value - half, row.value + half),
        "about": (row.value - 2 * half, row.value + 2 * half),
        "at_least": (row.value, OPEN),
        "more_than": (row.value, OPEN),
        "at_most": (-OPEN, row.value),
        "less_than": (-OPEN, row.value),
    }[row.bound]
    if row.status == "target" and row.bound in ("exact", "about"):
        low = high = row.value
    if row.measure == "share":
        low, high = max(low, 0), min(high, 100)
    basis = row.price_basis if isinstance(row.price_basis, str) else None
    return Figure(float(row.value), low, high, str(row.unit), basis)


def half_step(decimals):
    """Half a unit of the last printed decimal (a number or a Series): 11.6 stands for 11.55 to 11.65."""
    return 0.5 * 10.0**-decimals


def year_on_year(previous, current, real=False):
    """The growth rate, in %, from the level of one year to that of the next."""
    return average_growth(previous, current, 1, real)


def average_growth(start, end, years, real=False):
    """The average annual growth rate, in %, that leads from level `start` to level `end` in `years` years.

    Levels in one unit, above zero. Nominal levels give a nominal rate: with `real` they raise ValueError,
    as do levels of different unit or price basis, and `years` below 1. Also the pace that a target requires.
    """
    _comparable(start, end)
    if real and start.basis != "real":
        raise ValueError(
            "a real growth rate cannot be computed from levels that are not at constant prices; use a printed real rate"
        )
    if min(start.value, end.value) <= 0 or years < 1:
        raise ValueError(
            "an average growth rate needs two levels above zero and at least one year between them"
        )
    return _derived(
        lambda a, b: 100 * ((max(b, 0) / a) ** (1 / years) - 1) if a > 0 else OPEN,
        "%",
        start.basis,
        start,
        end,
    )


def grown(start, rate, years):
    """The level that `start` reaches after `years` years of growth by `rate` % a year; inverts `average_growth`."""
    return _derived(
        lambda level, percent: level * (1 + percent / 100) ** years,
        start.unit,
        start.basis,
        start,
        rate,
    )


def change(previous, current):
    """The absolute change in the unit of the level; of two shares, in percentage points."""
    _comparable(previous, current)
    unit = "percentage points" if previous.unit == "%" else previous.unit
    return _derived(lambda a, b: b - a, unit, previous.basis, previous, current)


def gap(outcome, target):
    """By how much the outcome lies above (or, negative, below) the target, in the target's unit."""
    return change(target, outcome)


def share(part, whole):
    """The part in % of the whole, both in one unit."""
    _comparable(part, whole)
    return _derived(lambda a, b: 100 * a / b, "%", None, part, whole)


def whole_of(part, percent):
    """The whole of which `part` is `percent` %, in the part's unit."""
    return _derived(lambda a, b: a / (b / 100), part.unit, part.basis, part, percent)


def ratio(upper, lower):
    """The first level divided by the second, both in one unit."""
    _comparable(upper, lower)
    return _derived(lambda a, b: a / b, "ratio", None, upper, lower)


def total(*parts):
    """The sum of figures in one unit."""
    for part in parts[1:]:
        _comparable(parts[0], part)
    return _derived(lambda *values: sum(values), parts[0].unit, parts[0].basis, *parts)


def times(level, factor, unit=None):
    """The level multiplied by an exact factor, in `unit` if that changes its unit."""
    return _derived(lambda value: factor * value, unit or level.unit, level.basis, level)


def index(level, base):
    """The level as an index, `base` = 100."""
    _comparable(level, base)
    return _derived(lambda a, b: 100 * a / b, "index", level.basis, level, base)


def earlier_average(average, last, years):
    """The average annual growth, in %, of all but the last of `years` years, from their average and the last year's."""
    if average.basis != last.basis:
        raise ValueError(f"rates of different price basis: {average.basis} and {last.basis}")
    rate = lambda a, b: 100 * (((1 + a / 100) ** years / (1 + b / 100)) ** (1 / (years - 1)) - 1)  # noqa: E731
    return _derived(rate, "%", average.basis, average, last)


def per_head(total, head, unit, scale):
    """How many `unit` of people share `total` when each has `head`; `scale` turns total / head into that unit."""
    return _derived(lambda a, b: scale * a / b, unit, None, total, head)


def _comparable(one, other):
    if one.unit != other.unit:
        raise ValueError(f"figures in different units: {one.unit} and {other.unit}")
    if one.basis != other.basis:
        raise ValueError(
            f"figures of different price basis: {one.basis} and {other.basis}; real and nominal never mix"
        )


def _derived(function, unit, basis, *figures):
    """A Figure computed by a function that rises or falls steadily in each of its arguments."""
    corners = [function(*ends) for ends in product(*((each.low, each.high) for each in figures))]
    return Figure(
        function(*(each.value for each in figures)), min(corners), max(corners), unit, basis
    )


# --- frames ------------------------------------------------------------------------------------


def the(table, indicator, period, measure="level", status="actual", place="shaoxing"):
    """The one row of `table` with these keys; of several, the one without a scope of its own. Raises LookupError unless there is exactly one."""
    keys = {
        "indicator": indicator,
        "place": place,
        "measure": measure,
        "period": period,
        "status": status,
    }
    rows = table[(table[list(keys)] == list(keys.values())).all(axis=1)]
    if len(rows) > 1 and rows["scope"].isna().sum() == 1:
        rows = rows[rows["scope"].isna()]
    if len(rows) != 1:
        scopes = (
            f", counted on different bases ({', '.join(map(str, rows['scope']))}): give the usual one no scope"
            if len(rows)
            else ""
        )
        raise LookupError(f"{len(rows)} figures, not one, for {keys}{scopes}")
    return next(rows.itertuples())


def _one_place(table):
    if table["place"].nunique() > 1:
        raise ValueError(
            f"figures of several places: {', '.join(sorted(map(str, table['place'].unique())))}; choose one, as in load(place='shaoxing')"
        )


def implied_by_target(table, start=2020, end=2025):
    """Outcomes of `start` and target levels for `end`, with the growth that leads from one to the other.

    Two rows of `table` for each indicator that has both as exact levels in one unit (not shares, not ranks), with `implied`,
    `implied_low` and `implied_high`: the average annual growth rate in %, nominal where `price_basis` is.
    """
    _one_place(table)
    usable = table["measure"].eq("level") & table["unit"].ne("rank") & table["bound"].eq("exact")
    levels = table[usable & table["value"].gt(half_step(table["decimals"]))]
    outcome = levels[levels["status"].eq("actual") & levels["period"].eq(str(start))]
    target = levels[levels["status"].eq("target") & levels["period"].eq(str(end))]
    both = pd.concat([outcome, target]).drop_duplicates(["indicator", "status"])
    both = both[
        both["indicator"].isin(set(outcome["indicator"]) & set(target["indicator"]))
    ].sort_values("indicator", kind="stable")
    promised = {row.indicator: row for row in both.itertuples() if row.status == "target"}
    rates = [
        average_growth(figure(row), figure(promised[row.indicator]), end - start)
        for row in both.itertuples()
        if row.status == "actual"
    ]
    slugs = both.loc[both["status"] == "actual", "indicator"].astype("str")
    named = pd.DataFrame(
        {
            "implied": [r.value for r in rates],
            "implied_low": [r.low for r in rates],
            "implied_high": [r.high for r in rates],
        }
    )
    return both.join(named.set_index(slugs.to_numpy()), on=both["indicator"].astype("str"))


def past_beside_promised(table, span="2016/2020", last="2020", target="2021"):
    """The rates that put the past beside the promise, for each indicator with two of the three.

    The three are the average annual growth rate over `span`, the growth rate of the year `last`, and the
    target for the year `target`. Rows of `table`, in the order of the codebook.
    """
    _one_place(table)
    average = (
        table["measure"].eq("average_growth_rate")
        & table["status"].eq("actual")
        & table["period"].eq(span)
    )
    yearly = (
        table["measure"].eq("growth_rate") & table["status"].eq("actual") & table["period"].eq(last)
    )
    promised = (
        table["measure"].eq("growth_rate")
        & table["status"].eq("target")
        & table["period"].eq(target)
    )
    kinds = average * 1 + yearly * 2 + promised * 4
    chosen = table[kinds > 0]
    several = kinds[kinds > 0].groupby(chosen["indicator"], observed=True).transform("nunique") > 1
    return chosen[several].sort_values("indicator", kind="stable")


def index_to_base(table, base=BASE_YEAR):
    """Levels as an index, the outcome of the year `base` = 100; bounds and status carry over.

    Only indicators with one exact outcome above zero in `base`; ranks and shares have no index, and neither has a level of
    another scope than that of the base; a target without a scope is set against the outcome of 2020, from which the targets were set, whatever
    its scope. `printed` is the index to one decimal, as computed here. Of several vintages of the base the first row counts.
    """
    levels = table[table["measure"].eq("level") & table["unit"].ne("rank")]
    at_base = levels[
        levels["period"].eq(str(base))
        & levels["status"].eq("actual")
        & levels["bound"].eq("exact")
        & levels["value"].gt(0)
    ]
    if at_base.empty:
        return at_base

    def base_of(keys):
        return (
            at_base.drop_duplicates(keys)
            .set_index(keys)["value"]
            .reindex(pd.MultiIndex.from_frame(levels[keys]))
            .to_numpy()
        )

    anyway = levels["status"].eq("target") & levels["scope"].isna() & (base == BASE_YEAR)
    of_its_scope = pd.Series(base_of(["indicator", "place", "scope"]), levels.index)
    value = 100 * levels["value"] / of_its_scope.where(~anyway, base_of(["indicator", "place"]))
    indexed = levels.assign(
        value=value,
        printed=value.map("{:.1f}".format),
        measure="index",
        unit=f"index, {base} = 100",
        decimals=1,
    )
    return indexed[indexed["value"].notna()]


def gaps(table):
    """Each outcome less the target for the same year, in the target's unit; rates and shares in percentage points.

    Rows of the outcomes printed as numbers, `value` and `printed` (signed) the gap, `measure` ‘gap’, and a note with the target
    as printed. Ranks, and targets printed as a range, have no gap.
    """
    keys = ["indicator", "place", "measure", "period"]
    usable = table[table["measure"].isin([*LEVELS, *RATES]) & table["unit"].ne("rank")]
    targets = (
        usable[usable["status"].eq("target") & _drawn(usable)]
        .drop_duplicates(keys, keep=False)
        .set_index(keys)
    )
    outcomes = usable[usable["status"].eq("actual") & usable["bound"].isin(["exact", "about"])]
    outcomes = outcomes[pd.MultiIndex.from_frame(outcomes[keys]).isin(targets.index)]
    found = targets.loc[list(outcomes[keys].itertuples(index=False, name=None))].set_axis(
        outcomes.index
    )
    decimals = outcomes["decimals"].clip(lower=found["decimals"])
    printed = [
        f"{gap:+.{places}f}"
        for gap, places in zip(outcomes["value"] - found["value"], decimals, strict=True)
    ]
    unit = outcomes["unit"].astype("str").replace("%", "percentage points")
    note = (
        "The target as printed: "
        + found["as_printed"]
        + " ("
        + found["title_en"]
        + "). "
        + outcomes["note"]
    ).str.strip()
    new = {
        "value": [float(gap) for gap in printed],
        "printed": printed,
        "decimals": decimals,
        "measure": "gap",
        "unit": unit,
        "note": note,
    }
    return outcomes.assign(**new)


def with_lines(table):
    """`table` with `line`: one number for each run of figures that a line may join, 0 where none may.

    A line joins outcomes (expected ones too) printed as numbers for consecutive years, of one indicator, place,
    measure and scope: never across a gap, a break, a bound or a target, and drawn vintages only.
    """
    joinable = (
        table["status"].ne("target")
        & table["bound"].isin(["exact", "about"])
        & table["start"].eq(table["end"])
        & _drawn(table)
    )
    series = [
        name for name in ("view", "indicator", "place", "measure", "unit", "scope") if name in table
    ]
    rows = table[joinable].sort_values([*series, "start"], kind="stable")
    names = rows[series].astype("object").fillna("")
    same = (names == names.shift()).all(axis=1)
    line = (~(same & rows["start"].diff().eq(1))).cumsum()
    alone = line.map(line.value_counts()) == 1
    return table.assign(line=line.where(~alone, 0).reindex(table.index, fill_value=0).astype(int))


def views(table, base=BASE_YEAR, home=None):
    """All that an explorer can draw, by `view`: growth rates, levels (with shares), index, gap to target, totals (and changes) over spans.

    Rows of `table`, once for each view they belong to; `row` is the row's label in `table`, `line` the line, `series` the
    indicator and, for another place than `home` (that of the table's first row), the place (`real_gdp@china`). A table of all vintages
    has a column `drawn` (whether `data.latest` chooses the row); without it, all are drawn.
    """
    home = home or (str(table["place"].iloc[0]) if len(table) else "")
    table = table.assign(row=table.index, drawn=_drawn(table)).sort_values(
        "drawn", ascending=False, kind="stable"
    )
    measure = table["measure"]
    parts = {
        "growth rates": table[measure.isin(RATES)],
        "levels": table[measure.isin(LEVELS)],
        "index": index_to_base(table, base),
        "gap to target": gaps(table),
        "totals": table[measure.isin(TOTALS)],
    }
    drawn = pd.concat([rows.assign(view=view) for view, rows in parts.items()], ignore_index=True)
    slug, place = drawn["indicator"].astype("str"), drawn["place"].astype("str")
    return with_lines(drawn.assign(series=slug.where(place == home, slug + "@" + place)))


def _drawn(table):
    return table["drawn"] if "drawn" in table else pd.Series(True, table.index)


def required_paths(table, set_in=BASE_YEAR):
    """The even growth that leads from each outcome of `set_in` to a target level for 2021 or 2025 which was not met yet.

    `table`: drawn vintages, of any places. One row for each year on the way: `indicator`, `place`, `year`, `value` in the unit of the level
    (computed), `goal` and `base` (the target's row and the outcome's), `pace` (% a year), `path` (its number).
    """
    known = table[
        table["measure"].eq("level")
        & table["status"].eq("actual")
        & table["period"].eq(str(set_in))
    ]
    aimed = table[table["measure"].eq("level") & table["status"].eq("target")]
    both = set(known["indicator"]) & set(aimed["indicator"])
    goals = [
        goal
        for _, rows in table[table["indicator"].isin(both) & table["measure"].eq("level")].groupby(
            ["indicator", "place"], observed=True
        )
        for goal in verdicts(rows, set_in=set_in).itertuples(index=False)
        if goal.pace is not None and goal.pace == goal.pace
    ]
    rows = [
        {
            "indicator": goal.indicator,
            "place": goal.place,
            "pace": goal.pace,
            "goal": goal,
            "base": goal.baseline,
            "path": path,
            "year": year,
            "value": goal.baseline.value * (1 + goal.pace / 100) ** (year - set_in),
        }
        for path, goal in enumerate(goals)
        for year in range(set_in, goal.end + 1)
    ]
    return pd.DataFrame(
        rows, columns=["indicator", "place", "pace", "goal", "base", "path", "year", "value"]
    )


# --- targets -----------------------------------------------------------------------------------


JUDGEMENT = "verdict met_when_set outcome baseline gap gap_low gap_high better_by baseline_by pace another_basis".split()


def judged(outcome, target):
    """`met`, `missed`, `within rounding` or `cannot be told`: an outcome (Figure) against a target (a row).

    The target's bound says what meets it; an exact target is met by as much or by better, in the direction that the
    codebook calls better, one said with ‘about’ also by one unit of its last digit less. Within rounding: some of what
    the printed outcome stands for meets it, some does not.
    """
    downward = target.bound in ("at_most", "less_than") or (
        target.bound in ("exact", "about") and target.better == "lower"
    )
    strict = target.bound in ("more_than", "less_than")
    sign = -1 if downward else 1
    worst, best = sorted((sign * outcome.low, sign * outcome.high))
    wanted = sign * target.value - (
        2 * half_step(target.decimals) if target.bound == "about" else 0
    )
    if worst > wanted or (worst == wanted and not strict):
        return "met"
    if best < wanted:
        return "missed"
    return "cannot be told" if OPEN in (abs(worst), abs(best)) else "within rounding"


def verdicts(table, years=(2021, 2025), set_in=2020):
    """Every target for one of `years` beside the outcome known today, one row each.

    `table`: drawn vintages (`data.latest`); a target is judged by outcomes of its own place. Columns of the target's row, and: `verdict` (as from
    `judged`, or `not yet known`), `met_when_set` (whether the outcome of `set_in` met it already), `outcome` and `baseline` (rows, or
    None), `gap`, `gap_low`, `gap_high` (outcome less target, in the target's unit), `better_by` and `baseline_by` (how much
    better than the target, in % of it or, for a rate, in percentage points, outcome and baseline are), `pace` (average annual
    growth in % that the target required from the baseline, unless that met it already) and `another_basis` (outcome and baseline differ in scope).
    """
    targets = table[
        table["status"].eq("target")
        & table["end"].isin(years)
        & table["measure"].isin([*LEVELS, *RATES])
    ]
    judgements = [_judgement(table, row, set_in) for row in targets.itertuples(index=False)]
    found = pd.DataFrame(judgements, columns=None if judgements else [*table.columns, *JUDGEMENT])
    found.attrs = table.attrs | {"judged": extent(table), "targets": extent(found)}
    return found


def _judgement(table, target, set_in):
    outcome, baseline = _outcome(table, target, target.period), None
    if target.measure in LEVELS:
        baseline = _outcome(table, target, str(set_in))
    met_when_set = bool(baseline and judged(figure(baseline), target) == "met")
    difference = gap(figure(outcome), _as_said(target)) if outcome else None
    return target._asdict() | {
        "verdict": judged(figure(outcome), target) if outcome else "not yet known",
        "met_when_set": met_when_set,
        "outcome": outcome,
        "baseline": baseline,
        "gap": difference and difference.value,
        "gap_low": difference and difference.low,
        "gap_high": difference and difference.high,
        "better_by": _better_by(outcome, target),
        "baseline_by": _better_by(baseline, target),
        "pace": None if met_when_set else _required_pace(baseline, target, set_in),
        "another_basis": bool(outcome and baseline and outcome.scope != baseline.scope),
    }


def _as_said(target):
    """The target's number itself, whatever its bound."""
    return Figure(target.value, target.value, target.value, str(target.unit), figure(target).basis)


def _better_by(outcome, target):
    """How much better than the target an outcome (a row or None) is, in % of the target, of a rate in percentage points; None where that has
    no sense."""
    rate = target.measure in RATES
    if outcome is None or not (rate or target.value):
        return None
    better = (
        (target.value - outcome.value)
        if target.better == "lower"
        else (outcome.value - target.value)
    )
    return better if rate else 100 * better / abs(target.value)


def _required_pace(baseline, target, set_in):
    """The average annual growth, in %, from the baseline (a row or None) to the target; None where that has no sense."""
    if (
        baseline is None
        or baseline.bound != "exact"
        or target.unit == "rank"
        or target.end == set_in
        or min(baseline.value, target.value) <= 0
    ):
        return None
    return average_growth(figure(baseline), _as_said(target), target.end - set_in).value


def _outcome(table, target, period):
    """The outcome that the table knows for the target's indicator and measure, or None."""
    same = (
        table["indicator"].eq(target.indicator)
        & table["measure"].eq(target.measure)
        & table["place"].eq(target.place)
    )
    rows = table[same & table["status"].eq("actual") & table["period"].eq(period)]
    return next(rows.itertuples(index=False), None)


def with_latest(table, targets):
    """`targets` (as from `verdicts`) with what a what-if needs, for levels and shares that can move by some % a year.

    `latest` and `latest_year`: the last outcome printed as a number, on the same basis as that of the year in which the
    target was set; `met_in`: the first year, up to the target's, whose outcome on that basis met it. Missing where none.
    """
    found = [_latest(table, row) for row in targets.itertuples(index=False)]
    return targets.assign(
        **{
            name: pd.Series([each[name] for each in found], targets.index, dtype=float)
            for name in ("latest", "latest_year", "met_in")
        }
    )


def _latest(table, target):
    nothing = {"latest": None, "latest_year": None, "met_in": None}
    if (
        target.measure not in LEVELS
        or target.unit in ("rank", "years", "count")
        or target.start != target.end
    ):
        return nothing
    scope = target.baseline.scope if target.baseline else float("nan")
    basis = table["scope"].isna() if scope != scope else table["scope"].eq(scope)
    same = (
        table["indicator"].eq(target.indicator)
        & table["measure"].eq(target.measure)
        & table["place"].eq(target.place)
    )
    same &= table["status"].eq("actual")
    known = table[
        same & basis & table["bound"].isin(["exact", "about"]) & table["start"].le(target.end)
    ].sort_values("start")
    if known.empty:
        return nothing
    last = known.iloc[-1]
    met = [
        row.start
        for row in known.itertuples()
        if judged(figure(row), target) in ("met", "within rounding")
    ]
    return {
        "latest": last["value"],
        "latest_year": last["start"],
        "met_in": met[0] if met else None,
    }


def year_reached(level, target, rate, start, last=2100):
    """The first year in which `level`, known for the year `start`, reaches `target` when it changes by `rate` % a year.

    Numbers; a target below the level is reached by falling at that rate. None when it is not reached by `last`.
    """
    factor = 1 + rate / 100 if target > level else 1 - rate / 100
    for year in range(start, last + 1):
        if (level >= target) if factor >= 1 else (level <= target):
            return year
        level *= factor
    return None
