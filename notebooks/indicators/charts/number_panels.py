"""The chart of an explorer of numbers: a small panel for each, with the figure of a chosen year."""

from functools import cache
from typing import Any

import altair as alt

from .interactive import (
    OF_SEVERAL_PLACES,
    PALETTE,
    completed,
    in_digits,
    in_language,
    in_panels,
    parameters,
    with_shared_scale,
)
from .marks import extent, shapes, side_by_side
from .style import INK, SPARKLINE, colour_of_series, time_axis

OF_CHOSEN_YEAR = "datum.start == year && datum.end == year && datum.status != 'target'"
NO_FIGURE = "replace(missing, '{}', year)"
SIDE_TEXT = {"align": "left", "aria": False, "color": INK}  # the texts at the right of a panel


def overview(
    drawn: list[dict[str, Any]],
    state: dict[str, Any],
    heading: list[str] | None = None,
    *,
    chosen: str,
) -> alt.FacetChart:
    """A small panel for each number: its years, the figure of the chosen year, target and verdict.

    `drawn`: records as from `figures`, each with its `theme`, `order` (the rank of the panel),
    `Goal` (lines on the target), `series` (the place), `where` (its name), `heading` and `panels`
    (the heading, without and with the place). `state`: `language`, `theme`, `year`, and `places`,
    `home`, `arrangement` and `slots` as in `explorer`. `chosen` and `heading` as there.
    """
    no_figure = in_language(lambda words: words["said"]["no_figure"])
    params = parameters(state, missing=no_figure, **OF_SEVERAL_PLACES)
    layout = {"columns": 2, "spacing": {"row": 24, "column": 16}}
    return completed(in_panels(_panel(), **layout), drawn, _steps(chosen), params, heading)


def _steps(chosen):
    """A chart whose transforms choose records, and compute what the marks of a panel need."""
    steps = (
        alt.Chart()
        .transform_filter(chosen)
        .transform_calculate(
            panel="datum.panels[apart ? 1 : foreign && alone ? 1 : 0]",
            colour=PALETTE,
            slot="indexof(slots, datum.series)",
            y="datum.value",
            size="abs(datum.value)",
        )
    )
    return with_shared_scale(steps).transform_calculate(lowest="min(0, datum.lowest)")


@cache
def _panel():
    """A panel of the overview, without data; made once."""
    x = time_axis(2013.7, 2025.8, values=[2015, 2020, 2025], ticks=False)
    height = {
        "scale": alt.Scale(zero=True),
        "axis": alt.Axis(tickCount=2, labelExpr=in_digits("datum.value"), grid=False, minExtent=30),
    }
    y = alt.Y("value:Q", title=None, **height)
    base = alt.Chart()
    ring = base.transform_filter(OF_CHOSEN_YEAR)
    ring = ring.mark_point(size=260, color=INK, strokeWidth=1.5, aria=False)
    rule = base.transform_aggregate(count="count()", groupby=["panel"])
    rule = rule.transform_calculate(at="year").mark_rule(color="#999999", aria=False)
    layers = [
        extent(alt.Y("y:Q", title=None, **height)),
        rule.encode(x=x("at")),
        *shapes(side_by_side(base.encode(y=y, color=colour_of_series())), x, size=45),
        ring.encode(x=x("start"), y=y),
        *_texts(base.transform_filter("alone")),
        *_figures_of_places(),
    ]
    return alt.layer(*layers).properties(width=SPARKLINE[0], height=SPARKLINE[1])


def _texts(base):
    """At the right of a panel of one place: the figure of the year, if any, and the target."""
    value = base.transform_filter(OF_CHOSEN_YEAR).transform_window(
        turn="row_number()", groupby=["panel"]
    )
    value = value.transform_filter("datum.turn == 1")  # of several bases, the first
    none = base.transform_calculate(hit=f"{OF_CHOSEN_YEAR} ? 1 : 0")
    none = none.transform_aggregate(hits="sum(hit)", groupby=["panel"])
    none = none.transform_filter("datum.hits == 0").transform_calculate(text=NO_FIGURE)
    goal = base.transform_aggregate(count="count()", groupby=["panel", "Goal"])
    value = value.mark_text(fontSize=18, fontWeight="bold", **SIDE_TEXT)
    none = none.mark_text(fontSize=12, **SIDE_TEXT)
    goal = goal.mark_text(lineBreak="\n", fontSize=11, baseline="top", **SIDE_TEXT)
    right = alt.value(SPARKLINE[0] + 14)
    return [
        value.encode(x=right, y=alt.value(8), text="Label:N"),
        none.encode(x=right, y=alt.value(8), text="text:N"),
        goal.encode(x=right, y=alt.value(24), text="Goal:N"),
    ]


def _figures_of_places():
    """At the right of a panel of several places: a line for each, with its colour and figure."""
    base = alt.Chart().transform_filter("!alone")
    base = base.transform_calculate(hit=f"{OF_CHOSEN_YEAR} ? 1 : 0")
    hits_first = [alt.SortField("hit", order="descending")]
    base = base.transform_window(turn="row_number()", groupby=["panel", "slot"], sort=hits_first)
    base = base.transform_filter("datum.turn == 1").transform_window(
        at="row_number()", groupby=["panel"], sort=[alt.SortField("slot")]
    )
    figure = f"(datum.hit ? datum.Label : {NO_FIGURE})"
    base = base.transform_calculate(
        said=f"datum.where + (language == 'zh' ? '：' : ': ') + {figure}"
    ).encode(y=alt.value(alt.expr("15 * datum.at - 9")))
    key = base.mark_point(shape="square", size=60, filled=True, opacity=1, aria=False)
    text = base.mark_text(fontSize=12, **SIDE_TEXT)
    return [
        key.encode(x=alt.value(SPARKLINE[0] + 18), color=colour_of_series()),
        text.encode(x=alt.value(SPARKLINE[0] + 27), text="said:N"),
    ]
