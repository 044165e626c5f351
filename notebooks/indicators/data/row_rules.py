"""What holds between the fields of an observation, its codebook, its source and other rows."""

import re
from functools import cached_property

import numpy as np
import pandas as pd

from .columns import Table, combined, doubled
from .messages import Fault, cut, shown
from .plausibility import out_of_reach, out_of_series
from .printed_rules import AVERAGE, LIMITED, not_as_printed, says
from .vocabulary import AMOUNTS, FACT, OF_SPANS, RANGE_ENDS, RATES, lines_of

UNUSUAL = ("Cannot be right as printed", "Unusual but as printed")  # how a note begins
UNKNOWN_YEAR = 9999
UNUSUAL_CURE = (
    "look at it again; if it was printed so, begin the note with ‘Unusual but as printed’"
)
AS_PRINTED = (
    "write both as printed, or say in the note that it was ‘Printed in words’, "
    "or is ‘stored in’ another unit"
)


class _Figures:
    """Observations with what several rules ask of each row, as arrays."""

    def __init__(self, table, codebook, sources):
        self.table, self.codebook, self.sources = table, codebook, sources
        self.numbers = {}  # of each unit, as numbers are compared faster

    def has(self, column, *texts):
        return self.table[column].among(texts)

    def entry(self, column):
        """For each indicator what the codebook says in a column."""
        return self.codebook.pairs("indicator", column).get

    @cached_property
    def value(self):
        return self.table["value"].each(float)

    @cached_property
    def spanned(self):
        return self.table["period"].each(lambda span: span.count("/") == 1)

    @cached_property
    def years(self):
        """The first and the last year of each period."""
        period = self.table["period"]
        return [period.each(lambda span, at=at: int(span.split("/")[at])) for at in (0, -1)]

    @cached_property
    def rate(self):
        return self.has("measure", *RATES)

    @cached_property
    def amount(self):
        return self.has("measure", *AMOUNTS)

    @cached_property
    def is_share(self):
        unit = self.entry("unit")
        return self.table["indicator"].each(lambda name: unit(name) == "%")

    @cached_property
    def usual(self):
        """Whether no note says that the figure is unusual."""
        return ~self.table["note"].each(lambda note: note.startswith(UNUSUAL))

    @cached_property
    def expected(self):
        """The number of the unit that the codebook allows."""
        unit = self.entry("unit")
        own = self.table["indicator"].each(lambda name: self.number(unit(name)))
        expected = np.where(self.rate, self.number("%"), own)
        change = self.has("measure", "change") & self.is_share
        return np.where(change, self.number("percentage points"), expected)

    @cached_property
    def misunit(self):
        return self.table["unit"].each(self.number) != self.expected

    def number(self, unit):
        """A number that stands for a unit."""
        return self.numbers.setdefault(unit, len(self.numbers))


def row_faults(table: Table, codebook: Table, sources: Table) -> list[Fault]:
    """All observations whose cells contradict one another, the codebook, their source or others.

    The rows must be sound by themselves (`field_rules`, `key_rules`).
    """
    if not table.rows:
        return []
    figures = _Figures(table, codebook, sources)
    broken = [
        *_period_rules(figures),
        *_measure_rules(figures),
        *_value_rules(figures),
        *_printed_rules(figures),
        *_unit_rules(figures),
    ]
    units = list(figures.numbers)
    faults = []
    for column, wrong, problem in broken:
        for position in np.flatnonzero(wrong):
            cells = table.cells(position)
            repeated = {name: cut(text) for name, text in cells.items()}
            said = problem.format(**repeated, expected=units[figures.expected[position]])
            faults.append(table.fault(position, column, f"found {shown(cells[column])}; {said}"))
    return faults


# Rules: a column, for each row whether it is broken, and what is wrong, with {names} of columns.


def _period_rules(figures):
    (start, end), level = figures.years, figures.has("measure", "level")
    printed = figures.sources.pairs("source", "published")
    last = figures.table["source"].each(
        lambda name: _year(printed.get(name, "")) + 1  # a standard may be set a year ahead
    )
    of_span = figures.has("measure", *OF_SPANS)
    yield "period", figures.spanned & (end <= start), "a span must end after it begins"
    problem = "a value of measure {measure} needs a span such as 2016/2020"
    yield "period", of_span & ~figures.spanned, problem
    problem = "a level belongs to one year (a total over a span is cumulative)"
    yield "period", level & figures.spanned, problem
    late = "an outcome of a year well after {source} was published"
    problem = f"{late}; look at the year and the status"
    yield "period", figures.has("status", "actual") & (end > last), problem


def _measure_rules(figures):
    basis, share = figures.entry("price_basis"), figures.has("measure", "share")
    total = figures.has("measure", "level", "cumulative")
    at_constant_prices = figures.table["indicator"].each(lambda name: basis(name) == "real")
    problem = "{indicator} is a share (unit % in indicators.csv): the measure must be share"
    yield "measure", total & figures.is_share, problem
    problem = "a share, but {indicator} is not a share (unit % in indicators.csv)"
    yield "measure", share & ~figures.is_share, problem
    problem = "{indicator} is at constant prices: only its rates of growth are printed"
    yield "measure", ~figures.rate & at_constant_prices, problem
    again = "another row says the same with another bound"
    problem = f"{again}; only the two ends of a range may stand together"
    yield "bound", _not_a_range(figures.table), problem


def _value_rules(figures):
    table, value, amount, rate = figures.table, figures.value, figures.amount, figures.rate
    share, change = figures.has("measure", "share"), figures.has("measure", "change")
    counted = amount & figures.has("unit", "count", "rank")
    yield "value", amount & (value < 0), "a {measure} cannot be below zero"
    yield "value", share & figures.is_share & (value > 100), "a share cannot be above 100"
    yield "value", counted & (value % 1 != 0), "a {unit} is a whole number"
    problem = "a fall of more than 100 % would leave less than nothing"
    yield "value", rate & (value < -100), problem
    wrong = figures.usual & ~figures.misunit & out_of_reach(table["unit"], value, rate, change)
    yield "value", wrong, f"no {{unit}} of {{indicator}} can be like this; {UNUSUAL_CURE}"
    others = "ten times more or less than other figures of {indicator} in {place}"
    yield "value", out_of_series(table, value, amount & figures.usual), f"{others}; {UNUSUAL_CURE}"


def _printed_rules(figures):
    table, usual = figures.table, figures.usual
    limited = says(table, LIMITED.search, figures.has("bound", "exact"))
    average = says(table, AVERAGE.search, figures.has("measure", "growth_rate"))
    problem = f"as_printed has no such number ({{as_printed}}); {AS_PRINTED}"
    missing, of_other_sign = not_as_printed(table, figures.amount)
    yield "value", missing, problem
    problem = f"as_printed says that it has another sign ({{as_printed}}); {UNUSUAL_CURE}"
    yield "value", usual & of_other_sign, problem
    problem = f"as_printed says that it is a bound, or about ({{as_printed}}); {UNUSUAL_CURE}"
    yield "bound", limited & usual, problem
    problem = f"as_printed says that it is an average ({{as_printed}}); {UNUSUAL_CURE}"
    yield "measure", average & usual, problem


def _unit_rules(figures):
    way = "other figures of {source} are located in another way, by line or by page"
    yield "locator", _of_two_kinds(figures.table), f"{way}; look at the row"
    problem = "for a {measure} of {indicator} the codebook allows {expected!r}"
    yield "unit", figures.misunit, problem


def _year(published):
    """The year of a date; the last of all where there is none."""
    return int(published[:4]) if re.match("[0-9]{4}-", published) else UNKNOWN_YEAR


def _of_two_kinds(table):
    """Which locators are a line of a text where most of their source are not, or the reverse."""
    numbered, source = (
        table["locator"].each(lambda text: lines_of(text)[1] != ""),
        table["source"].codes,
    )
    share = (np.bincount(source, numbered) / np.maximum(np.bincount(source), 1))[source]
    return (share > 0) & (share < 1) & (numbered == (share < 0.5))


def _not_a_range(table):
    """Which rows say of one fact, in one source, two things that are not the ends of one range."""
    facts = combined([table[name] for name in (*FACT, "source")])
    wrong, ends = pd.Index(facts).isin([] if table.apart else doubled(facts)), {}
    twice = np.flatnonzero(wrong)
    keys = list(zip(facts[twice].tolist(), table["bound"].at(twice).cells, strict=True))
    values = table["value"].at(twice).each(float).tolist()
    for key, value in zip(keys, values, strict=True):
        ends[key] = max(value, ends.get(key, value))

    def ranged(fact, bound):
        low, high = (ends.get((fact, end), np.nan) for end in RANGE_ENDS)
        return bound in RANGE_ENDS and low < high

    wrong[twice] = [not ranged(*key) for key in keys]
    return wrong
