"""The grammar of marks that all charts share.

A year is a point, a span of years a bar across them; an outcome is a circle, an expected outcome
a square, a target a diamond. An exact outcome is filled, everything else is open; a bound has an
arrow in the direction in which it is open.

The expressions and transforms here are Vega's; `datum` is a record or row with the fields `start`
and `end` (years), `value`, `status`, `bound`, `line`, `panel`, `Label`, `Description` and `Tip`.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import altair as alt

from .frame import CARD
from .style import INK, SOFT, TOOLTIP, dash_of_series, status_shape

PLANS = [(2016, 2020, 0.10), (2021, 2025, 0.18)]  # first and last year, opacity of the shading
IS_PRINTED = "datum.status != 'pace'"  # every figure but required growth
IS_DERIVED = "indexof(['implied', 'computed'], datum.status) >= 0"
LOW_HIGH = ("low", "high")  # the fields with the ends of a derived figure's interval
HALO = {"stroke": CARD, "strokeWidth": 1}  # around a filled mark, which others may overlap
BREAK = "M-0.6,0.8L0,-0.8M0,0.8L0.6,-0.8"  # the outline of the sign of a change of basis: //
UPRIGHT_BAR = "M-0.3,-1L0.3,-1L0.3,1L-0.3,1Z"  # the outline of the mark of a derived figure
IS_JOINT = (  # whether both ends are drawn of what joins a figure of an explorer to an earlier one
    "isValid(datum.since) && datum.since >= first"
    " && (datum.of != 'actual' || actual) && (datum.of != 'estimate' || estimate)"
)
IS_YEAR = "datum.start == datum.end"
AT_BASE = "datum.view == 'index' && datum.start == datum.base"
IS_SPAN = "datum.start != datum.end"
EXACT_OUTCOME = "datum.status == 'actual' && datum.bound == 'exact'"
OPEN_UP = "indexof(['at_least', 'more_than'], datum.bound) >= 0"
OPEN_DOWN = "indexof(['at_most', 'less_than'], datum.bound) >= 0"
HAS_ARROW = f"({OPEN_UP} || {OPEN_DOWN})"
NO_ARROW = "(datum.bound == 'exact' || datum.bound == 'about')"
# The field with a figure's rank, from the highest value of its year down, or a row's among targets.
# Its name is part of the outputs that notebooks store; it has nothing to do with geographic places.
RANK = "place"
MOST_LABELS = 18  # a panel with more figures shows them on pointing only


class Labels(NamedTuple):
    """Labels that stand on one side of their marks."""

    where: str  # which figures they belong to, as an expression
    at: str  # the field of the time axis at which they stand
    side: dict[str, Any]  # properties of the text: its alignment and offset in pixels


_RIGHT, _LEFT, _ABOVE = {"align": "left", "dx": 11}, {"align": "right", "dx": -11}, {"dy": -15}
LABELS_ABOVE = [Labels("true", "start", _ABOVE)]
LABELS_BESIDE = [Labels(IS_YEAR, "finish", _RIGHT), Labels(IS_SPAN, "begin", _LEFT)]
# In narrow panels, long labels of neighbouring years go above and below their marks.
_ABOVE_IF_NARROW = f"datum.{RANK} == 1 && (length(datum.Label) < 5 || datum.start % 2 == 0)"
LABELS_IN_NARROW_PANELS = [
    Labels(HAS_ARROW, "finish", _RIGHT),
    Labels(f"!{HAS_ARROW} && {_ABOVE_IF_NARROW}", "middle", _ABOVE),
    Labels(f"!{HAS_ARROW} && !({_ABOVE_IF_NARROW})", "middle", {"dy": 16}),
]

TimeAxis = Callable[[str], alt.X]
Layers = list[alt.Chart]


def marks(
    x: TimeAxis,
    y: alt.Y,
    colour: Any,
    labels: Sequence[Labels] = (),
    where: str | None = None,
    lit: bool = False,
    size: int = 110,
) -> Layers:
    """The layers that draw figures: arrows, lines, spans, points, labels.

    `x`, `y`, `colour`: the time axis and the encodings. `labels`: on which sides of the marks the
    figures are written. `where`: which rows are drawn, as an expression. `size`: of a point. With
    `lit`, the chart's parameters `focus` and `pinned` make a series or a figure stand out, `keyed`
    makes points small, derived figures are drawn, too, and the place of the lowest `depth` (`front`
    in its panel) is drawn last.
    """
    base = alt.Chart().encode(y=y, color=colour)
    base = side_by_side(base.transform_filter(where) if where else base)
    joined = joints(base, x, y, lit)
    if not lit:
        return joined + arrows(base, x) + shapes(base, x, size) + texts(base, x, labels)
    size = alt.ExprRef(f"keyed ? {size // 2} : {size}")
    layers = [*lines(base, x, lit=True), *joined, *arrows(base, x)]
    layers += [*points(base, x, size, lit=True), *intervals(base, x)]
    ring = base.transform_filter("datum.key == pinned").mark_point(
        size=380, strokeWidth=1.5, color=INK, filled=False, aria=False
    )
    return [*layers, ring.encode(x=x("middle"), color=alt.value(INK))]


def side_by_side(base: alt.Chart) -> alt.Chart:
    """`base` with points that coincide side by side within their year, and ranked (`RANK`).

    All series of an index have one point in its base year.
    """
    period = ["panel", "start", "end"]
    base = base.transform_window(turn="row_number()", groupby=[*period, "value"])
    base = base.transform_joinaggregate(same="count()", groupby=[*period, "value"])
    from_highest = [alt.SortField("value", order="descending")]
    base = base.transform_window(**{RANK: "row_number()"}, groupby=period, sort=from_highest)
    aside = "(datum.turn - (datum.same + 1) / 2) * min(0.22, 0.8 / datum.same)"
    aside = f"({AT_BASE} ? 0 : {aside})"
    return with_ends(base.transform_calculate(aside=aside), " + datum.aside")


def with_ends(base: alt.Chart, aside: str = "") -> alt.Chart:
    """`base` with `begin`, `middle` and `finish` of each mark on the time axis, in years.

    The bar of a span reaches a quarter of a year beyond its years. `aside`: the end of each
    expression, which may move the mark.
    """
    overhang = "(datum.start == datum.end ? 0 : 0.25)"
    return base.transform_calculate(
        begin=f"datum.start - {overhang}{aside}",
        middle=f"(datum.start + datum.end) / 2{aside}",
        finish=f"datum.end + {overhang}{aside}",
    )


def shapes(base: alt.Chart, x: TimeAxis, size: int | alt.ExprRef = 110) -> Layers:
    """The lines, and the marks of spans and of years; `size`: the area of a point in pixels."""
    return [*lines(base, x), *points(base, x, size)]


def lines(base: alt.Chart, x: TimeAxis, lit: bool = False) -> Layers:
    """The lines of series; with `lit`, those of the place in front above the others."""
    line = base.transform_filter("datum.line > 0").encode(x=x("start"), **_opacity(1, lit))
    if not lit:
        return [line.encode(detail="line:N").mark_line(strokeWidth=1.5, aria=False)]
    line = line.encode(detail=["line:N", "series:N"], strokeDash=dash_of_series())
    in_turn = (line.transform_filter(f"datum.depth {at} datum.front") for at in (">", "=="))
    return [each.mark_line(strokeWidth=1.5, aria=False) for each in in_turn]


def points(
    base: alt.Chart, x: TimeAxis, size: int | alt.ExprRef = 110, lit: bool = False
) -> Layers:
    """The marks of spans and of years."""
    mark = base.encode(tooltip=TOOLTIP, description="Description:N")
    mark = mark.encode(order=alt.Order("over:Q")) if lit else mark
    span = mark.transform_filter(IS_SPAN).encode(x=x("begin"), x2="finish")
    year = mark.transform_filter(IS_YEAR)
    year = year.encode(x=x("begin"), shape=status_shape(), **_opacity(1, lit))
    outcomes = span.transform_filter("datum.status == 'actual'").mark_rule(strokeWidth=5)
    others = span.transform_filter("datum.status != 'actual'")
    others = others.mark_rule(strokeWidth=5, strokeDash=[3, 4])
    printed = year.transform_filter(f"!({IS_DERIVED})") if lit else year
    not_exact = printed.transform_filter(f"!({EXACT_OUTCOME})")
    return [
        outcomes.encode(**_opacity(0.55, lit)),
        others.encode(**_opacity(0.8, lit)),
        not_exact.mark_point(size=size, strokeWidth=2, fill=CARD),
        year.transform_filter(EXACT_OUTCOME).mark_point(size=size, filled=True, **HALO),
    ]


def joints(base: alt.Chart, x: TimeAxis, y: alt.Y, lit: bool = False) -> Layers:
    """What is between figures that no line joins, from records with the fields of `records.joint`.

    A thin dotted line bridges years without a figure, a small sign stands where the basis changes.
    Neither is a figure, and each says what it is where it is pointed at. `y`: the height of `base`.
    """
    height, before = y.shorthand.split(":")[0], "datum.from"
    joint = base.transform_filter("isValid(datum.since)")
    if lit:
        before = "logarithmic ? log(datum.from) / LN10 : datum.from"
        joint = joint.transform_filter(IS_JOINT)
    joint = joint.transform_calculate(now=f"datum.{height}", before=before)
    bridge = joint.transform_filter("!datum.broken").transform_calculate(**{height: "datum.before"})
    sign = joint.transform_filter("datum.broken").transform_calculate(
        between="(datum.since + datum.start) / 2", **{height: "(datum.before + datum.now) / 2"}
    )
    said = {"tooltip": "Gap:N", "description": "Gap:N", **_opacity(0.8, lit)}
    of_gap = {"ariaRoleDescription": "gap"}  # which is no role of figures
    return [
        bridge.mark_rule(strokeWidth=1.5, strokeDash=[1.5, 3], **of_gap).encode(
            x=x("since"), x2="start", y2="now", **said
        ),
        sign.mark_point(shape=BREAK, size=90, strokeWidth=1.5, fill="transparent", **of_gap).encode(
            x=x("between"), **said
        ),
    ]


def _opacity(opacity: float, lit: bool) -> dict[str, Any]:
    """The encoding of an opacity; with `lit`, a fifth of it for all series but the one in focus."""
    full, faint = alt.value(opacity), alt.value(0.2 * opacity)
    lit_or_alone = "focus == '' || datum.series == focus"
    return {"opacity": alt.condition(lit_or_alone, full, faint) if lit else full}


def intervals(base: alt.Chart, x: TimeAxis) -> Layers:
    """Derived figures: an upright bar, and a line where their interval is longer than that.

    The chart has the parameter `logarithmic`; `y` is as high as `value`.
    """
    derived = base.transform_filter(IS_DERIVED)
    ends = {name: f"logarithmic ? log(datum.{name}) / LN10 : datum.{name}" for name in LOW_HIGH}
    y_low = alt.Y("low:Q", title=None, scale=alt.Scale(zero=False))
    whole = derived.transform_calculate(**ends).encode(x=x("begin"), y=y_low, y2="high")
    bar = derived.encode(x=x("begin"), tooltip=TOOLTIP, description="Description:N")
    return [
        whole.mark_rule(strokeWidth=1.5, aria=False).encode(**_opacity(1, True)),
        bar.mark_point(shape=UPRIGHT_BAR, size=110, strokeWidth=1.5, filled=False).encode(
            **_opacity(1, True)
        ),
    ]


def arrows(base: alt.Chart, x: TimeAxis) -> Layers:
    """The arrows of bounds, to be drawn beneath all marks, so that they cover none."""
    arrow = base.encode(x=x("middle"), tooltip=TOOLTIP)
    return [
        arrow.transform_filter(OPEN_UP).mark_text(aria=False, fontSize=17, dy=-17, text="↑"),
        arrow.transform_filter(OPEN_DOWN).mark_text(aria=False, fontSize=17, dy=17, text="↓"),
    ]


def texts(base: alt.Chart, x: TimeAxis, labels: Sequence[Labels]) -> Layers:
    """The figures written beside their marks, where a panel is not crowded."""
    label = base.encode(text="Label:N", color=alt.value(INK))
    once = label.transform_filter("datum.turn == 1")  # of points that coincide one is labelled
    few = once.transform_joinaggregate(crowd="count()", groupby=["panel"])
    few = few.transform_filter(f"datum.crowd <= {MOST_LABELS}")
    return [
        few.transform_filter(where).mark_text(aria=False, **side).encode(x=x(at))
        for where, at, side in labels
    ]


def plans(x: TimeAxis) -> Layers:
    """The five-year plans as named shading behind the marks of a panel.

    The chart has the parameters `first`, `last` (years) and `plans` (the names of `PLANS`).
    """
    once = alt.Chart().transform_aggregate(count="count()", groupby=["panel"])
    layers = []
    for number, (first, last, opacity) in enumerate(PLANS):
        area = once.transform_calculate(
            begin=f"max({first} - 0.5, first - 0.95)",
            finish=f"min({last} + 0.5, last + 0.95)",
            middle="(datum.begin + datum.finish) / 2",
            plan=f"plans[{number}]",
        )
        area = area.transform_filter(f"first <= {last} && last >= {first}")
        shade = area.mark_rect(color="#999999", opacity=opacity, aria=False)
        name = area.mark_text(color=SOFT, fontSize=10, aria=False)
        layers.append(shade.encode(x=x("begin"), x2="finish"))
        layers.append(name.encode(x=x("middle"), y=alt.value(-6), text="plan:N"))
    return layers


def extent(y: alt.Y) -> alt.Chart:
    """An invisible mark that keeps the fields `lowest` and `highest` of a panel on its axis."""
    once = alt.Chart().transform_aggregate(y="max(highest)", least="min(lowest)", groupby=["panel"])
    mark = once.mark_rule(opacity=0, aria=False, tooltip=None)
    return mark.encode(y=y, y2="least", x=alt.value(0))


def headroom(y: alt.Y, by: str) -> alt.Chart:
    """An invisible mark that leaves room for a label above the highest mark of each panel."""
    top = alt.Chart().transform_aggregate(top="max(value)", groupby=[by])
    top = top.transform_calculate(value="datum.top > 0 ? 1.2 * datum.top : datum.top")
    return top.mark_rule(opacity=0, aria=False, tooltip=None).encode(y=y, x=alt.value(0))


def required_growth(x: TimeAxis, y: alt.Y, colour: Any) -> Layers:
    """Required growth as dashed lines, each with its words at its middle."""
    path = alt.Chart().transform_filter("datum.status == 'pace'").encode(x=x("start"), y=y)
    line = path.mark_line(strokeDash=[5, 4], strokeWidth=1.5, aria=False)
    said = path.transform_filter("datum.Label != ''").encode(
        text="Label:N", description="Description:N", tooltip="Description:N"
    )
    return [
        line.encode(color=colour, detail="line:N"),
        said.mark_text(color=INK, align="left", dx=6, dy=14, fontSize=10),
    ]
