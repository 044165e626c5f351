"""What the printed figures say about one another: identities, and facts that follow from them.

Each is computed with its rounding range (see `growth`) from drawn vintages (`data.latest`).
Functions return frames of texts for `labels.table`; headings and names are English, and
`labels.table` translates them.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from . import growth, labels
from .data import filled, latest
from .growth import Figure, figure, the
from .i18n import phrase

DOES_NOT = "no"
CORE = [  # the series that say most of the city, as pairs of indicator and measure
    *(
        (slug, "level")
        for slug in (
            *("gdp", "gdp_per_capita", "primary_value_added", "secondary_value_added"),
            *("tertiary_value_added", "general_public_budget_revenue"),
            *("general_public_budget_expenditure", "retail_sales", "exports"),
            *("livelihood_spending", "urban_income", "rural_income", "urban_rural_income_ratio"),
            *("minimum_living_allowance_monthly", "basic_pension", "resident_population", "pm25"),
        )
    ),
    *(
        (slug, "growth_rate")
        for slug in ("real_gdp", "fixed_asset_investment", "real_industrial_value_added")
    ),
    *(
        (slug, "share")
        for slug in (
            *("good_air_days", "surface_water_class_1_3"),
            *("livelihood_spending_share", "urbanisation_rate"),
        )
    ),
]


class Fact(NamedTuple):
    """The keys of a figure, as `growth.the` takes them."""

    indicator: str
    period: str
    measure: str = "level"
    status: str = "actual"
    place: str = "shaoxing"
    scope: str | None = None


class Identity(NamedTuple):
    """What a function computes from the figures of some facts, and what is printed for it."""

    name: str
    function: Callable[..., Figure]
    facts: list[Fact]
    printed: Fact | Figure


def _residents(product: Figure, head: Figure) -> Figure:
    """The number of residents that a product and the product per head imply."""
    return growth.per_head(product, head, "10,000 persons", 1)


def _yearly(name: str, indicator: str, first: str, second: str) -> Identity:
    """The growth from one year to the next, beside the rate that is printed."""
    levels = [Fact(indicator, first), Fact(indicator, second)]
    printed = Fact(indicator, second, "growth_rate")
    return Identity(f"{name}: growth {first} to {second}", growth.year_on_year, levels, printed)


def _five_years(name: str, indicator: str) -> Identity:
    """The average growth over five years, beside the rate that is printed."""
    levels = [Fact(indicator, "2015"), Fact(indicator, "2020")]
    printed = Fact(indicator, "2016/2020", "average_growth_rate")
    return Identity(
        f"{name}: average growth 2016–2020",
        lambda start, end: growth.average_growth(start, end, 5),
        levels,
        printed,
    )


def _income_ratio(year: str) -> Identity:
    """The ratio of urban to rural income, beside the ratio that is printed."""
    incomes = [Fact("urban_income", year), Fact("rural_income", year)]
    printed = Fact("urban_rural_income_ratio", year)
    return Identity(f"Urban-rural income ratio, {year}", growth.ratio, incomes, printed)


REPORTED = "after-census-4"  # the basis on which the report of 2021 prints the GDP of 2020
SECTORS = ["primary", "secondary", "tertiary"]
IDENTITIES = [
    Identity(
        "GDP: sum of the three industries, 2015",
        growth.total,
        [Fact(f"{sector}_value_added", "2015", scope="before-census-4") for sector in SECTORS],
        Fact("gdp", "2015", scope="before-census-4"),
    ),
    _five_years("Total fiscal revenue", "total_fiscal_revenue"),
    _five_years("General public budget revenue", "general_public_budget_revenue"),
    _yearly("General public budget revenue", "general_public_budget_revenue", "2016", "2017"),
    Identity(
        "Shares of the three industries: sum, 2017",
        growth.total,
        [Fact(f"{sector}_share_of_gdp", "2017", "share") for sector in SECTORS],
        Figure(100, 100, 100, "%"),
    ),
    _income_ratio("2019"),
    _income_ratio("2020"),
    _yearly("Urban income", "urban_income", "2019", "2020"),
    _yearly("Rural income", "rural_income", "2019", "2020"),
    Identity(
        "Minimum living allowance: twelve months, 2020",
        lambda monthly: growth.times(monthly, 12, "CNY a year"),
        [Fact("minimum_living_allowance_monthly", "2020")],
        Fact("minimum_living_allowance", "2020"),
    ),
    Identity(
        "Residents: GDP ÷ GDP per capita, 2020",
        _residents,
        [Fact("gdp", "2020", scope=REPORTED), Fact("gdp_per_capita", "2020")],
        Fact("resident_population", "2020", scope="census-day"),
    ),
    Identity(
        "Exports: share of the nation, 2020",
        growth.share,
        [Fact("exports", "2020"), Fact("exports", "2020", place="china")],
        Fact("exports_national_share", "2020", "share"),
    ),
    _yearly("General public budget revenue", "general_public_budget_revenue", "2020", "2021"),
    _yearly("Total fiscal revenue", "total_fiscal_revenue", "2020", "2021"),
    Identity(
        "Livelihood spending: share of the budget, 2021",
        growth.share,
        [Fact("livelihood_spending", "2021"), Fact("general_public_budget_expenditure", "2021")],
        Fact("livelihood_spending_share", "2021", "share"),
    ),
    _yearly("GDP, nominal", "gdp", "2024", "2025"),
]  # in the order of the years


def identities(
    table: pd.DataFrame, nation: pd.DataFrame, language: str | None = None
) -> pd.DataFrame:
    """`IDENTITIES`, each computed and as published, and whether the two agree, in words.

    `table` and `nation`: drawn vintages of the city and of China. Columns: Check, Computed,
    Published, Agrees (‘within rounding’, or ‘no’). Raises LookupError where a figure is
    missing.
    """

    def known(fact: Fact | Figure) -> Figure:
        if isinstance(fact, Figure):
            return fact
        return figure(the(nation if fact.place == "china" else table, *fact))

    return pd.DataFrame(
        [
            _compared(
                each.name, each.function(*map(known, each.facts)), known(each.printed), language
            )
            for each in IDENTITIES
        ]
    )


def _compared(name: str, computed: Figure, printed: Figure, language: str | None) -> dict[str, str]:
    """A row of `identities`."""
    decimals = 2 if computed.unit == "ratio" or printed.high - printed.low < 0.05 else 1
    agrees = computed.low <= printed.high + 1e-9 and computed.high >= printed.low - 1e-9
    defined = phrase(" (by definition)", language) if printed.low == printed.high else ""
    return {
        "Check": name,
        "Computed": labels.ranged(computed, decimals, language),
        "Published": labels.amount(f"{printed.value:g}", printed.unit, language) + defined,
        "Agrees": "within rounding" if agrees else DOES_NOT,
    }


EARLIER = [
    ("GDP, real", "real_gdp"),
    ("General public budget revenue", "general_public_budget_revenue"),
    ("Fixed-asset investment", "fixed_asset_investment"),
]


def derived(table: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """Facts that follow from the report, in words.

    `table`: drawn vintages of the city. Columns: Fact, Value (with its range), How (it is
    computed). Raises LookupError where a figure is missing.
    """
    return pd.DataFrame(
        [
            {"Fact": name, "Value": labels.ranged(value, language=language), "How": how}
            for name, value, how in _derived(
                lambda *fact, **more: figure(the(table, *fact, **more))
            )
        ]
    )


def _derived(known: Callable[..., Figure]) -> Iterator[tuple[str, Figure, str]]:
    """Name, Figure and way of each fact of `derived`; `known` gives the Figure of a fact's keys."""
    people = _residents(known("gdp", "2020", scope=REPORTED), known("gdp_per_capita", "2020"))
    planned = _residents(
        known("gdp", "2025", status="target"), known("gdp_per_capita", "2025", status="target")
    )
    yield "Residents in 2020, implied", people, "GDP ÷ GDP per capita"
    yield "Residents in 2025, implied by the targets", planned, "the same, of the targets"
    rate = growth.average_growth(people, planned, 5)
    yield "Growth of residents a year, implied", rate, "from the two above"

    spent = known("livelihood_spending", "2016/2020", "cumulative")
    whole = growth.whole_of(spent, known("livelihood_spending_share", "2016/2020", "share"))
    yearly = growth.times(spent, 1 / 5)
    yield "Fiscal spending 2016–2020", whole, "livelihood spending ÷ its share"
    yield "Fiscal spending a year", growth.times(whole, 1 / 5), "a fifth of it"
    yield "Livelihood spending a year", yearly, "a fifth of the five years"

    for name, slug in EARLIER:
        average, last = (
            known(slug, "2016/2020", "average_growth_rate"),
            known(slug, "2020", "growth_rate"),
        )
        rate = growth.earlier_average(average, last, 5)
        how = "the five-year average without its last year"
        yield f"{name}: average growth 2016–2019", rate, how

    wider, area = known("built_up_area", "2016/2020", "change"), known("built_up_area", "2020")
    yield "Built-up area in 2015", growth.change(wider, area), "that of 2020 less its growth since"


def livelihoods(table: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """What each printing of the livelihood spending of 2021 gives for the years before, in words.

    `table`: all vintages of the city. Columns: Fact, one for each printing, headed by it, and How.
    Raises LookupError where a figure is missing.
    """
    drawn, spent = latest(table), "livelihood_spending"
    printings = table[table["indicator"].eq(spent) & table["period"].eq("2021")]
    printings = printings[printings["measure"].eq("level")].sort_values("published")

    def facts(row: Any) -> Iterator[tuple[str, Figure, str]]:
        of_source = table[table["source"].eq(row.source)]
        share = figure(the(of_source, f"{spent}_share", "2021", "share"))
        return _livelihoods(figure(row), share, lambda *fact: figure(the(drawn, *fact)))

    columns = {labels.figure(row, language): list(facts(row)) for row in printings.itertuples()}
    return pd.DataFrame(
        [
            {"Fact": rows[0][0]}
            | {
                heading: labels.ranged(value, language=language)
                for heading, (_, value, _) in zip(columns, rows, strict=True)
            }
            | {"How": rows[0][2]}
            for rows in zip(*columns.values(), strict=True)
        ]
    )


def _livelihoods(
    spent: Figure, share: Figure, known: Callable[..., Figure]
) -> Iterator[tuple[str, Figure, str]]:
    """Name, Figure and way of each fact of `livelihoods`, from one printing of 2021."""
    name, whole = "livelihood_spending", "general_public_budget_expenditure"
    yield "Share of all spending, 2021", share, "published"
    yield "All spending, 2021", growth.whole_of(spent, share), "livelihood spending ÷ its share"
    spent, all_spent = (
        growth.before_growth(level, known(slug, "2021", "growth_rate"))
        for level, slug in ((spent, name), (known(whole, "2021"), whole))
    )
    yield "Livelihood spending, 2020", spent, "that of 2021 before its growth"
    yield "Share of all spending, 2020", growth.share(spent, all_spent), "both before their growth"
    five = known(name, "2016/2020", "cumulative")
    of_five = growth.whole_of(five, known(f"{name}_share", "2016/2020", "share"))
    earlier = growth.share(growth.change(spent, five), growth.change(all_spent, of_five))
    yield "Share of all spending, 2016–2019", earlier, "the five years without 2020"


def looser_targets(verdicts: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """Targets that were met already when they were set (rows of `growth.verdicts`), in words.

    Columns: Target, Already reached (the outcome of the year from which it was set).
    """
    rows = verdicts[verdicts["met_when_set"]]
    return pd.DataFrame(
        {
            "Target": [labels.target(row, language) for row in rows.itertuples()],
            "Already reached": [labels.reached_then(row, language) for row in rows.itertuples()],
        }
    )


def disagreements(table: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """Facts for which two sources print different numbers, in words.

    `table`: all vintages of one place. Columns: Fact, Published (all its vintages). Numbers that
    differ only by rounding do not count, nor do expected outcomes.
    """
    exact = table[table["bound"].eq("exact") & table["status"].eq("actual")]
    half = growth.half_step(exact["decimals"])
    exact = exact.assign(
        basis=exact["scope_en"], low=exact["value"] - half, high=exact["value"] + half
    ).sort_values("start", kind="stable")
    same_fact = exact.groupby(
        ["indicator", "measure", "period", "basis"], observed=True, sort=False
    )
    apart = same_fact["low"].transform("max") > same_fact["high"].transform("min") + 1e-9
    groups = exact[apart].groupby(same_fact.ngroup()[apart], sort=False)
    return pd.DataFrame(
        [
            {"Fact": _fact(rows.iloc[0], language), "Published": _printings(rows, language)}
            for _, rows in groups
        ]
    )


def _fact(row: Any, language: str | None) -> str:
    """What a row is a figure of, in words."""
    name, kind = labels.name(row, language), labels.kind(row, language)
    return phrase("{}, {} ({})", language).format(name, labels.span(row.period), kind)


def _printings(rows: pd.DataFrame, language: str | None) -> str:
    """Each number that was printed for a fact, with source and basis, oldest first."""
    best = rows.drop_duplicates(["printed", "source"]).sort_values("published")
    said = [
        (labels.figure(row, language), labels.title(row, language), labels.basis(row, language))
        for row in best.itertuples()
    ]
    end, told, comma = (phrase(mark, language) for mark in ("; ", "{} ({})", ", "))
    return end.join(told.format(figure, comma.join(filter(None, about))) for figure, *about in said)


def implied(table: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """What printed figures imply for a year, beside what is printed for it, in words.

    `table`: drawn vintages, of any places. A year without a printed figure has a row for each
    further way to it. Columns: Fact, Implied, Published (or implied in another way), Difference,
    Agrees (‘within rounding’, or ‘no’), Reason (a note of one of the figures, in English).
    """
    pairs = growth.compared(table, growth.implied(table)).itertuples(index=False)
    return pd.DataFrame(
        [
            {
                "Fact": f"{_fact(pair.one, language)}{_elsewhere(pair.one, language)}",
                "Implied": labels.figure(pair.one, language),
                "Published": labels.figure(pair.other, language),
                "Difference": _difference(pair, language),
                "Agrees": "within rounding" if pair.agrees else DOES_NOT,
                "Reason": pair.why,
            }
            for pair in sorted(pairs, key=lambda pair: pair.one.start)
        ],
        columns=["Fact", "Implied", "Published", "Difference", "Agrees", "Reason"],
    )


def _elsewhere(row: Any, language: str | None) -> str:
    """The place of a row that is not of the city."""
    return "" if row.place == labels.HOME else phrase(", ", language) + labels.place(row, language)


def _difference(pair: Any, language: str | None) -> str:
    """How far two intervals lie apart, in the unit, and in % of the second; – where they meet."""
    if pair.agrees:
        return "–"
    decimals = max(pair.one.decimals, pair.other.decimals)
    gap = labels.amount(f"{pair.gap:+.{decimals}f}", pair.one.unit, language)
    told = phrase("{} ({:+.2%})", language).format(gap, pair.gap / pair.other.value)
    return told.replace("-", "−")


def coverage(table: pd.DataFrame, language: str | None = None) -> str:
    """How many years of `CORE` have a printed outcome, an implied figure or nothing, in words.

    `table`: all vintages.
    """
    kinds = growth.coverage(table, CORE)["kind"].value_counts()
    return phrase(
        "Of {} years of {} series, {} have a published outcome, {} have only a figure that "
        "published figures imply, and {} have nothing.",
        language,
    ).format(kinds.sum(), len(CORE), *(kinds.get(kind, 0) for kind in growth.COVERAGE))


def flagged(table: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """Figures that cannot be right as printed, in words. Columns: Figure, Why (the note)."""
    table = filled(table)
    rows = table[table["note"].str.startswith(labels.WRONG)]
    said = [labels.sentence(row, language) for row in rows.itertuples()]
    return pd.DataFrame({"Figure": said, "Why": rows["note"].tolist()})
