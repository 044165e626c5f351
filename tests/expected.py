"""What an explorer is to draw, found in the table without an explorer."""

from indicators import charts, explorers, growth, labels

FIRST = {
    "chosen": ["gdp_per_capita", "pm25", "urban_income"],
    "view": "levels",
}  # of the explorer of everything
CHOSEN = ["real_gdp", "general_public_budget_revenue", "retail_sales"]
# The first state of the explorer of growth, beside its one indicator.
BESIDE = {"places": ["shaoxing", "zhejiang", "china"], "statuses": ["actual", "estimate"]}


def shown(
    figures,
    view,
    chosen,
    places=("shaoxing",),
    years=charts.YEARS,
    statuses=explorers.STATUSES,
    printings="newest",
    implied=True,
):
    """The rows that are to be drawn, found without an explorer; `implied`: derived ones, too."""
    derived = figures["status"].isin(growth.DERIVED) & (implied or view != "levels")
    kept = (
        figures["view"].eq(view)
        & figures["indicator"].isin(chosen)
        & figures["place"].isin(places)
        & (figures["status"].isin(statuses) | derived)
    )
    kept &= figures["start"].ge(max(years[0], charts.YEARS[0])) & figures["end"].le(
        min(years[1], charts.YEARS[1])
    )
    return figures[kept & (figures["drawn"] | (printings == "all"))]


def sentences(rows, language="en"):
    return sorted(labels.sentence(row, language) for row in rows.itertuples())


def expected(figures, view, chosen, language="en", **more):
    """The marks that are to be drawn, in words."""
    return sentences(shown(figures, view, chosen, **more), language)


def topic(row, language="en"):
    """The heading of a panel of several places and one indicator."""
    colon = ": " if language == "en" else "："
    return labels.name(row, language) + colon + labels.panel(row, language)


def alone(rows):
    """The rows of one place whose mark has no other of its indicator and year near."""
    return list(rows[~rows.duplicated(["indicator", "period"], keep=False)].itertuples())
