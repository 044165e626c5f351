"""The chart of an explorer of numbers: a small panel for each, with the figure of a chosen year."""

from typing import Any

import altair as alt

from .interactive import (
    OF_PLACES,
    OF_SEVERAL_PLACES,
    OF_THEME,
    PALETTE,
    completed,
    in_language,
    in_panels,
    parameters,
    with_shared_scale,
)
from .marks import extent, shapes, side_by_side
from .style import COLOURS, INK, SPARKLINE, between, colour_of_series, time_axis

OF_CHOSEN_YEAR = "datum.start == year && datum.end == year && datum.status != 'target'"
NO_FIGURE = "replace(missing, '{}', year)"
TEXT = {"align": "left", "aria": False, "color": INK}  # the texts at the right of a panel


def overview(
    drawn: list[dict[str, Any]],
    state: dict[str, Any],
    heading: list[str] | None = None,
    *,
    chosen: str = OF_THEME,
) -> alt.FacetChart:
    """A small panel for each number: its years, the figure of the chosen year, target and verdict.

    `drawn`: records as from `figures`, each with its `theme`, `panel` (the heading), `order` (the
    rank of the panel) and `Goal` (lines on the target). `state`: `language`, `theme`, `year`.
    `chosen`: which records are drawn, as an expression. Of several places each record has its
    `series` (the place), `where` (its name), `heading` and `panels` (the heading, without and with
    the place), `state` has `places`, `home`, `arrangement` and `slots`, as in `explorer`, and only
    those of `slots` are drawn. `heading` as there.
    """
    several = "places" in state
    no_figure = in_language(lambda words: words["said"]["no_figure"])
    params = parameters(state, missing=no_figure, **(OF_SEVERAL_PLACES if several else {}))
    steps = alt.Chart().transform_filter(chosen)
    layout = {"columns": 2, "spacing": {"row": 24, "column": 16}}
    chart = in_panels(_panel(several), **layout)
    return completed(chart, drawn, _of_places(steps) if several else steps, params, heading)


def _of_places(steps):
    """`steps` with what the panels of several places need."""
    steps = steps.transform_filter(OF_PLACES).transform_calculate(
        panel="datum.panels[apart ? 1 : foreign && alone ? 1 : 0]",
        colour=PALETTE,
        slot="indexof(slots, datum.series)",
        y="datum.value",
        size="abs(datum.value)",
    )
    return with_shared_scale(steps).transform_calculate(lowest="min(0, datum.lowest)")


def _panel(several):
    """A panel of the overview, without data, of one place or of several."""
    x = time_axis(between(2013.7, 2025.8), values=[2015, 2020, 2025], ticks=False)
    height = {
        "scale": alt.Scale(zero=True),
        "axis": alt.Axis(tickCount=2, format="~s", grid=False, minExtent=30),
    }
    y = alt.Y("value:Q", title=None, **height)
    colour = colour_of_series() if several else alt.value(COLOURS[0])
    base = alt.Chart()
    ring = base.transform_filter(OF_CHOSEN_YEAR)
    ring = ring.mark_point(size=260, color=INK, strokeWidth=1.5, aria=False)
    rule = base.transform_aggregate(count="count()", groupby=["panel"])
    rule = rule.transform_calculate(at="year").mark_rule(color="#999999", aria=False)
    layers = [
        rule.encode(x=x("at")),
        *shapes(side_by_side(base.encode(y=y, color=colour)), x, size=45),
        ring.encode(x=x("start"), y=y),
        *_texts(base.transform_filter("alone") if several else base),
    ]
    if several:
        shared = extent(alt.Y("y:Q", title=None, **height))
        layers = [shared, *layers, *_figures_of_places()]
    return alt.layer(*layers).properties(width=SPARKLINE[0], height=SPARKLINE[1])


def _texts(base):
    """At the right of a panel of one place: the figure of the year, if any, and the target."""
    value = base.transform_filter(OF_CHOSEN_YEAR)
    none = base.transform_calculate(hit=f"{OF_CHOSEN_YEAR} ? 1 : 0")
    none = none.transform_aggregate(hits="sum(hit)", groupby=["panel"])
    none = none.transform_filter("datum.hits == 0").transform_calculate(text=NO_FIGURE)
    goal = base.transform_aggregate(count="count()", groupby=["panel", "Goal"])
    value = value.mark_text(fontSize=18, fontWeight="bold", **TEXT)
    none = none.mark_text(fontSize=12, **TEXT)
    goal = goal.mark_text(lineBreak="\n", fontSize=11, baseline="top", **TEXT)
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
    text = base.mark_text(fontSize=12, **TEXT)
    return [
        key.encode(x=alt.value(SPARKLINE[0] + 18), color=colour_of_series()),
        text.encode(x=alt.value(SPARKLINE[0] + 27), text="said:N"),
    ]
