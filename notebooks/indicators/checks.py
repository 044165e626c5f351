"""What the printed figures say about one another: identities that should hold, and facts that follow from them.

Each is computed with the range that rounding leaves open (see `growth`) from drawn vintages (`data.latest`), and told in a `language`, `en` or `zh`;
headings, names of checks and facts are English, and `labels.table` has their Chinese.
"""

import pandas as pd

from . import growth, labels
from .growth import figure, the
from .i18n import phrase

DOES_NOT = "does not"


def identities(table, nation, language="en"):
    """Identities that the figures allow: what is computed, what is printed, and whether they agree.

    `table` and `nation`: drawn vintages of the city and of China. Columns: Check, Computed, Printed, Agrees (‘within
    rounding’, or ‘does not’).
    """

    def level(slug, year, measure="level", status="actual"):
        return figure(the(table, slug, year, measure, status))

    exports = figure(the(nation, "exports", "2020", place="china"))
    counted = growth.per_head(
        level("gdp", "2020"), level("gdp_per_capita", "2020"), "10,000 persons", 1
    )
    parts = [
        level(f"{sector}_value_added", "2015") for sector in ("primary", "secondary", "tertiary")
    ]
    shares = [
        level(f"{sector}_share_of_gdp", "2017", "share")
        for sector in ("primary", "secondary", "tertiary")
    ]
    whole = growth.Figure(100, 100, 100, "%")
    rows = [
        *(
            (
                f"Urban over rural income, {year}",
                growth.ratio(level("urban_income", year), level("rural_income", year)),
                level("urban_rural_income_ratio", year),
            )
            for year in ("2019", "2020")
        ),
        *(
            (
                f"{name}: growth {first} to {second}",
                growth.year_on_year(level(slug, first), level(slug, second)),
                level(slug, second, "growth_rate"),
            )
            for name, slug, first, second in YEARLY
        ),
        *(
            (
                f"{name}: average growth 2016–2020",
                growth.average_growth(level(slug, "2015"), level(slug, "2020"), 5),
                level(slug, "2016/2020", "average_growth_rate"),
            )
            for name, slug in AVERAGED
        ),
        (
            "Livelihood spending as a share of the budget, 2021",
            growth.share(
                level("livelihood_spending", "2021"),
                level("general_public_budget_expenditure", "2021"),
            ),
            level("livelihood_spending_share", "2021", "share"),
        ),
        ("The three industries together, 2015", growth.total(*parts), level("gdp", "2015")),
        ("Shares of the three industries together, 2017", growth.total(*shares), whole),
        (
            "Twelve monthly living allowances, 2020",
            growth.times(level("minimum_living_allowance_monthly", "2020"), 12, "CNY a year"),
            level("minimum_living_allowance", "2020"),
        ),
        (
            "GDP over GDP per capita against the residents counted, 2020",
            counted,
            level("resident_population", "2020"),
        ),
        (
            "Exports as a share of the nation's, 2020",
            growth.share(level("exports", "2020"), exports),
            level("exports_national_share", "2020", "share"),
        ),
    ]
    return pd.DataFrame([_compared(*row, language) for row in rows])


YEARLY = [
    ("Urban income", "urban_income", "2019", "2020"),
    ("Rural income", "rural_income", "2019", "2020"),
    ("General public budget revenue", "general_public_budget_revenue", "2016", "2017"),
    ("General public budget revenue", "general_public_budget_revenue", "2020", "2021"),
    ("Total fiscal revenue", "total_fiscal_revenue", "2020", "2021"),
    ("GDP, nominal", "gdp", "2024", "2025"),
]
AVERAGED = [
    ("Total fiscal revenue", "total_fiscal_revenue"),
    ("General public budget revenue", "general_public_budget_revenue"),
]


def _compared(name, computed, printed, language):
    decimals = 2 if computed.unit == "ratio" or printed.high - printed.low < 0.05 else 1
    agrees = computed.low <= printed.high + 1e-9 and computed.high >= printed.low - 1e-9
    return {
        "Check": name,
        "Computed": labels.ranged(computed, decimals, language),
        "Printed": labels.amount(f"{printed.value:g}", printed.unit, language)
        + (phrase(" (by definition)", language) if printed.low == printed.high else ""),
        "Agrees": "within rounding" if agrees else DOES_NOT,
    }


def derived(table, language="en"):
    """Facts that follow from the report: name, value with its range in words, and how it is computed."""

    def level(slug, year, measure="level", status="actual"):
        return figure(the(table, slug, year, measure, status))

    people = growth.per_head(
        level("gdp", "2020"), level("gdp_per_capita", "2020"), "10,000 persons", 1
    )
    planned = growth.per_head(
        level("gdp", "2025", status="target"),
        level("gdp_per_capita", "2025", status="target"),
        "10,000 persons",
        1,
    )
    spent = level("livelihood_spending", "2016/2020", "cumulative")
    whole = growth.whole_of(spent, level("livelihood_spending_share", "2016/2020", "share"))
    area = level("built_up_area", "2020")
    before = {
        name: growth.earlier_average(
            level(slug, "2016/2020", "average_growth_rate"), level(slug, "2020", "growth_rate"), 5
        )
        for name, slug in EARLIER
    }
    wider = level("built_up_area", "2016/2020", "change")
    facts = [
        ("Residents in 2020, implied", people, "GDP ÷ GDP per capita"),
        ("Residents in 2025, implied by the targets", planned, "the same, of the targets"),
        (
            "Growth of residents a year, implied",
            growth.average_growth(people, planned, 5),
            "from the two above",
        ),
        ("Fiscal spending 2016–2020", whole, "livelihood spending ÷ its share"),
        ("Fiscal spending a year", growth.times(whole, 1 / 5), "a fifth of it"),
        ("Livelihood spending a year", growth.times(spent, 1 / 5), "a fifth of the five years"),
        *(
            (
                f"{name}: average growth 2016–2019",
                rate,
                "the five-year average without its last year",
            )
            for name, rate in before.items()
        ),
        ("Built-up area in 2015", growth.change(wider, area), "that of 2020 less its growth since"),
    ]
    return pd.DataFrame(
        [
            {"Fact": name, "Value": labels.ranged(value, language=language), "How": how}
            for name, value, how in facts
        ]
    )


EARLIER = [
    ("GDP, real", "real_gdp"),
    ("General public budget revenue", "general_public_budget_revenue"),
    ("Fixed-asset investment", "fixed_asset_investment"),
]


def looser_targets(verdicts, language="en"):
    """Targets that the outcome known when they were set met already (rows of `growth.verdicts`), in words."""
    rows = verdicts[verdicts["met_when_set"]]
    return pd.DataFrame(
        {
            "Target": [labels.target(row, language) for row in rows.itertuples()],
            "Already in 2020": [labels.figure(row.baseline, language) for row in rows.itertuples()],
        }
    )


def disagreements(table, language="en"):
    """Facts for which two sources print different numbers: the facts, each with all its vintages, in words.

    `table` with all vintages of one place. Numbers that differ only by rounding do not count, nor do expected outcomes.
    """
    exact = table[table["bound"].eq("exact") & table["status"].eq("actual")]
    fact = ["indicator", "measure", "period", "basis"]
    exact = exact.assign(basis=exact["scope_en"])
    ranges = exact.assign(
        low=exact["value"] - growth.half_step(exact["decimals"]),
        high=exact["value"] + growth.half_step(exact["decimals"]),
    )
    ends = ranges.groupby(fact, observed=True).agg(low=("low", "max"), high=("high", "min"))
    apart = ends.index[ends["low"] > ends["high"] + 1e-9]
    rows = exact[
        pd.MultiIndex.from_frame(exact[fact].astype("object")).isin(
            [tuple(map(str, each)) for each in apart]
        )
    ]
    said = rows.groupby(fact, observed=True, sort=False)
    return pd.DataFrame(
        [
            {"Fact": _fact(group.iloc[0], language), "Printed": _printings(group, language)}
            for _, group in said
        ]
    )


def _fact(row, language):
    return phrase("{}, {} ({})", language).format(
        labels.name(row, language), labels.span(row.period), labels.kind(row, language)
    )


def _printings(group, language):
    best = group.drop_duplicates(["printed", "source"]).sort_values("published")
    said = [
        (labels.figure(row, language), labels.title(row, language), labels.basis(row, language))
        for row in best.itertuples()
    ]
    return "; ".join(f"{figure} ({', '.join(filter(None, about))})" for figure, *about in said)


def flagged(table, language="en"):
    """Figures that cannot be right as printed, in words, with the note that says why."""
    rows = table[table["note"].str.startswith("Cannot be right")]
    return pd.DataFrame(
        {
            "Figure": [labels.sentence(row, language) for row in rows.itertuples()],
            "Why": rows["note"].tolist(),
        }
    )
