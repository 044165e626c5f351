"""The chart of an explorer of indicators: a panel for each unit, over a shared time axis."""

import json
import math
from functools import cache
from typing import Any

import altair as alt

from .direct_labels import direct_labels
from .frame import NO_WIDTH, frame
from .interactive import (
    APART,
    DASH_NUMBER,
    PALETTE,
    completed,
    in_digits,
    in_language,
    in_panels,
    parameters,
    with_shared_scale,
)
from .marks import IS_PRINTED, extent, marks, plans, required_growth
from .series_names import series_names
from .style import DASHES, PANEL_HEIGHT, colour_of_series, time_axis

# How series are called: by the indicator, by the place, or by both (the numbers of `Names`)
NAMING = (
    "length(places) == 1 && places[0] == home ? 0"
    " : length(chosen) == 1 && length(places) > 1 ? 1 : 2"
)
# Where series are called by their places, the heading of the panel says what is measured.
INDICATOR = r"replace(datum.Names[0], '\n', language == 'zh' ? '' : ' ')"
HEADING = f"(naming == 1 ? {INDICATOR} + (language == 'zh' ? '：' : ': ') : '') + datum.heading"
CLOSE = "(viewed == 'index' && length(slots) > 2)"  # several series that start at 100 lie close
FREE = f"(logarithmic || {CLOSE})"  # whether the axis need not begin at zero
AXIS_AND_NAMES = 250  # pixels for the axis and the names of series; fewer for those of places
PLOT = f"max(room - (naming == 1 ? 150 : {AXIS_AND_NAMES}), 240)"
LOG_TICKS = [
    round(math.log10(step * 10.0**power), 6)
    for power in range(-3, 8)
    for step in (1, 1.5, 2, 3, 5, 7)
]


def explorer(
    drawn: list[dict[str, Any]],
    state: dict[str, Any],
    heading: list[str] | None = None,
    *,
    chosen: str,
) -> alt.FacetChart:
    """The figures of a view in a panel for each unit (or each unit and place).

    `drawn`: records as from `in_views`, with `depth`: the place of the lowest is drawn last.
    `chosen`: which of them are drawn, as an expression of the parameters. `heading`: a title and
    the lines beneath it, for a chart that stands alone.
    `state`: the values of the parameters. What is drawn: `language`, `viewed`, `slots` (series),
    `actual`, `target`, `estimate` and `pace` (whether each is drawn), `vintages`, `base`, `first`
    and `last` (years). How it is drawn: `looks` (the numbers of the colour and of the dash of each
    series), `chosen` (the indicators) and `places`, which tell how series are named, `home` (the
    place that goes without saying), `arrangement`, `logarithmic` (whether heights are logarithms),
    `focus` (the series that stands out, or empty), `pinned` (the key of the marked figure, or -1),
    `tall` (the height of a panel in pixels).
    """
    state = {"tall": PANEL_HEIGHT} | state
    names = in_language(lambda words: words["chart"]["plans"])
    params = frame(PLOT) + parameters(
        state | {"keyed": False}, plans=names, naming=NAMING, apart=APART
    )
    chart = in_panels(_panel(), columns=1)
    chart.spec = chart.spec.properties(height=state["tall"] or PANEL_HEIGHT)
    return completed(chart, drawn, _steps(chosen), params, heading)


def _steps(chosen):
    """A chart whose transforms choose records, and compute what the marks of a panel need."""
    steps = alt.Chart().transform_filter(chosen)
    steps = steps.transform_calculate(
        panel=f"{HEADING} + (apart ? ' · ' + datum.where : '')",
        Name="datum.Names[naming]",
        colour=PALETTE,
        dash=f"{DASH_NUMBER} % {len(DASHES)}",
        y="logarithmic ? log(datum.value) / LN10 : datum.value",
        size="datum.status == 'pace' ? 0 : abs(datum.value)",
        over="datum.key - 1e7 * datum.depth",  # what is drawn over what
    )
    steps = steps.transform_joinaggregate(front="min(depth)", groupby=["panel"])
    with_zero = with_shared_scale(steps).transform_calculate(
        highest=f"{FREE} ? datum.highest : max(0, datum.highest)",
        lowest=f"{FREE} ? datum.lowest : min(0, datum.lowest)",
        # for a label beyond the outermost marks, and the name of a plan
        room="26 / tall * (datum.highest - datum.lowest)",
    )
    with_room = with_zero.transform_calculate(
        highest=f"datum.highest + ({FREE} || datum.highest > 0 ? datum.room : 0)",
        lowest=f"datum.lowest - ({CLOSE} || !logarithmic && datum.lowest < 0 ? datum.room : 0)",
    )
    return _rounded(_rounded(with_room))


def _rounded(steps):
    """With the ends of an axis at a tick, as the scale of the panel puts them.

    So they tell the pixel of a height. To be done twice: the wider axis may have wider steps.
    `per`: the length of a step, or how many are one where it is shorter.
    """
    step = "(datum.highest - datum.lowest) / 10"
    steps = steps.transform_calculate(power=f"floor(log({step}) / LN10)")
    steps = steps.transform_calculate(times=f"{step} / pow(10, datum.power)")
    factor = "(datum.times >= sqrt(50) ? 10 : datum.times >= sqrt(10) ? 5"
    factor += " : datum.times >= sqrt(2) ? 2 : 1)"
    per = f"datum.power < 0 ? pow(10, -datum.power) / {factor} : pow(10, datum.power) * {factor}"
    rounded = {
        end: f"{CLOSE} ? datum.{end} : datum.power < 0"
        f" ? {to}(datum.{end} * datum.per) / datum.per : {to}(datum.{end} / datum.per) * datum.per"
        for end, to in (("highest", "ceil"), ("lowest", "floor"))
    }
    return steps.transform_calculate(per=per).transform_calculate(**rounded)


@cache
def _panel():
    """A panel of an explorer, without data; made once."""
    first, last = alt.expr("first - 0.95"), alt.expr("last + 0.95")
    x = time_axis(first, last)
    nice = alt.ExprRef(f"!{CLOSE}")  # which has room above and below
    scale, colour = alt.Scale(zero=False, nice=nice), colour_of_series()
    y = alt.Y("y:Q", title=None, scale=scale)
    axis = alt.Axis(
        minExtent=42,  # so that the plot has one left edge, saved or alive
        labelExpr=in_digits("(logarithmic ? pow(10, datum.value) : datum.value)"),
        values=alt.ExprRef(f"logarithmic ? {json.dumps(LOG_TICKS)} : null"),
    )
    layers = [
        *plans(x),
        extent(alt.Y("y:Q", title=None, scale=scale, axis=axis)),
        *required_growth(x, y, colour),
        *marks(x, y, colour, where=IS_PRINTED, lit=True),
        *direct_labels(x, y),
        *series_names(y),
    ]
    return alt.layer(*layers).properties(width=NO_WIDTH, height=PANEL_HEIGHT)
