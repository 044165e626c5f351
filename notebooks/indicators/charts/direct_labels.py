"""Figures written beside their marks in an explorer: each touches nothing, or is left out.

A label has a usual side, by the rank of its figure in its year. Where it would touch a mark, a
line, an arrow, an edge of the panel or the label of a later figure there, it stands on the first
side that is free; where none is, it is left out, and told on pointing. The page computes all that,
which alone knows what is drawn, and how wide. Positions are pixels from the upper left corner of a
panel, whose chart has the parameters `plot`, `tall`, `first`, `last`, and whose figures have the
ends of its axis (`highest`, `lowest`).
"""

from typing import NamedTuple

import altair as alt

from .marks import (
    IS_JOINT,
    IS_PRINTED,
    IS_SPAN,
    IS_YEAR,
    MOST_LABELS,
    OPEN_DOWN,
    OPEN_UP,
    RANK,
    TimeAxis,
    side_by_side,
)
from .style import INK


class Side(NamedTuple):
    """Where a label stands, from the end of its mark in pixels."""

    align: str
    dx: int
    dy: int


ABOVE, BELOW, UPPER_RIGHT, LOWER_RIGHT, _, LOWER_LEFT, OVER_SPAN, UNDER_SPAN = range(8)
SIDES = [  # in the order in which they are tried
    Side("center", 0, -14),
    Side("center", 0, 15),
    Side("left", 9, -8),
    Side("left", 9, 9),
    Side("right", -9, -8),
    Side("right", -9, 9),
    Side("right", 0, -11),
    Side("right", 0, 13),
]
# Of the labels of a year the first is above and the last below, as no line runs there; the others
# are beside their marks. Of a span they are at its end.
_VALLEY = (  # between two higher figures, whose lines come from above
    "(datum.peers == 1 && isValid(datum.before) && isValid(datum.next)"
    " && datum.value < min(datum.before, datum.next))"
)
_USUAL = (
    f"{IS_SPAN} ? (datum.turn == 1 && datum.peers > 1 ? {OVER_SPAN} : {UNDER_SPAN})"
    f" : datum.turn == 1 && !{_VALLEY} ? {ABOVE} : datum.turn == datum.peers ? {BELOW}"
    f" : datum.turn % 2 == 1 ? {UPPER_RIGHT} : {LOWER_RIGHT}"
)
HALF_LABEL = 6  # pixels, as are the half of a mark, of an arrow and of the sign of a break
HALF_MARK, HALF_SPAN, HALF_ARROW, HALF_SIGN = 6, 3, 7, 6


def direct_labels(x: TimeAxis, y: alt.Y) -> list[alt.Chart]:
    """The layer of labels; `x`, `y`: the time axis and the height of marks."""
    figures = side_by_side(alt.Chart().transform_filter(IS_PRINTED))
    labels = _in_turn(_thinned(_labelled(_as_obstacles(figures))))
    labels = _without_those_that_touch(_on_free_sides(labels))
    sides = zip(Side._fields, zip(*SIDES, strict=True), strict=True)
    look = {name: alt.ExprRef(_of_side(values)) for name, values in sides}
    text = labels.mark_text(aria=False, **look)
    # With a key a text is moved where it is drawn already, though its row is a new one
    return [text.encode(x=x("finish"), y=y, text="Label:N", color=alt.value(INK), key="number:O")]


# --- figures as obstacles


def _across(year):
    return f"({year} - first + 0.95) * plot / (last - first + 1.9)"


def _down(y):
    return f"(datum.highest - {y}) * tall / (datum.highest - datum.lowest)"


def _as_obstacles(figures: alt.Chart) -> alt.Chart:
    """With the positions of marks and arrows, of the lines that end at them, of signs of breaks.

    `number`: their order in the panel, the latest first.
    """
    latest = [alt.SortField("end", order="descending"), alt.SortField(RANK)]
    figures = figures.transform_window(number="row_number()", groupby=["panel"], sort=latest)
    figures = figures.transform_window(
        tail="lag(start)",
        tail_y="lag(y)",
        sort=[alt.SortField("start")],
        groupby=["panel", "series", "line"],
    )
    from_y = "(logarithmic ? log(datum.from) / LN10 : datum.from)"
    joined = f"({IS_JOINT})"
    figures = figures.transform_calculate(
        left=_across("datum.begin") + f" - ({IS_YEAR} ? {HALF_MARK} : 0)",
        at=_across("datum.finish"),
        right=_across("datum.finish") + f" + ({IS_YEAR} ? {HALF_MARK} : 0)",
        half=f"{IS_YEAR} ? {HALF_MARK} : {HALF_SPAN}",
        down=_down("datum.y"),
        arrow=f"{OPEN_UP} ? -17 : {OPEN_DOWN} ? 17 : 0",
        arrow_at=_across("datum.middle"),
        in_line="datum.line > 0 && isValid(datum.tail)",
        bridged=f"{joined} && !datum.broken",
        sign_at=f"{joined} && datum.broken ? {_across('(datum.since + datum.start) / 2')} : -99",
        sign_down=_down(f"({from_y} + datum.y) / 2"),
    )
    figures = figures.transform_calculate(
        tail="datum.in_line ? datum.tail : datum.bridged ? datum.since : datum.start",
        tail_y=f"datum.in_line ? datum.tail_y : datum.bridged ? {from_y} : datum.y",
        head_at=_across("datum.start"),
    )
    figures = figures.transform_calculate(
        tail_at=_across("datum.tail"), tail_down=_down("datum.tail_y")
    )
    slope = "(datum.down - datum.tail_down) / max(1, datum.head_at - datum.tail_at)"
    figures = figures.transform_calculate(slope=slope)
    return figures.transform_joinaggregate(figures="values(number)", groupby=["panel"])


# --- labels, and their usual sides


def _labelled(figures: alt.Chart) -> alt.Chart:
    """Figures with a label; of points that coincide one, and none in a crowded panel."""
    labels = figures.transform_filter("datum.Label != '' && datum.turn == 1")
    labels = labels.transform_joinaggregate(crowd="count()", groupby=["panel"])
    return labels.transform_filter(f"datum.crowd <= {MOST_LABELS}")


def _thinned(labels: alt.Chart) -> alt.Chart:
    """Without the labels of yearly outcomes that would touch those beside them in their series.

    The newest keeps its label.
    """
    of_years = f"{IS_YEAR} && datum.status == 'actual'"
    series = ["panel", "series", "yearly"]
    labels = labels.transform_calculate(yearly=of_years, room="7 * length(datum.Label) + 5")
    labels = labels.transform_joinaggregate(newest="max(start)", widest="max(room)", groupby=series)
    labels = labels.transform_window(
        sooner="lag(start)",
        later="lead(start)",
        sort=[alt.SortField("start")],
        groupby=series,
    )
    every = "ceil(datum.widest * (last - first + 1.9) / plot)"  # in so many years there is room
    labels = labels.transform_calculate(every=every)
    alone = "datum.start - datum.sooner >= datum.every && datum.later - datum.start >= datum.every"
    in_turn = "(datum.newest - datum.start) % datum.every == 0"
    return labels.transform_filter(f"!datum.yearly || {in_turn} || {alone}")


def _in_turn(labels: alt.Chart) -> alt.Chart:
    """With the usual side of each (`usual`), and its width."""
    period = ["panel", "start", "end"]
    labels = labels.transform_joinaggregate(peers="count()", groupby=period)
    labels = labels.transform_window(
        turn="row_number()", sort=[alt.SortField(RANK)], groupby=period
    )
    labels = labels.transform_window(
        before="lag(value)",
        next="lead(value)",
        sort=[alt.SortField("start")],
        groupby=["panel", "series"],
    )
    return labels.transform_calculate(usual=_USUAL, wide="6.2 * length(datum.Label) + 4")


# --- sides that are free

Box = tuple[str, str, str, str]  # expressions for the left, right, upper and lower edge
_SHARES = {"left": 0, "center": 0.5, "right": 1}  # of a label that is left of where it stands
_EDGES = ("left", "right", "top", "bottom")


def _box(share, dx, dy) -> Box:
    """The box of a label, from expressions for its side."""
    left = f"(datum.own.at + {dx} - {share} * datum.own.wide)"
    down = f"(datum.own.down + {dy})"
    return left, f"{left} + datum.own.wide", f"{down} - {HALF_LABEL}", f"{down} + {HALF_LABEL}"


_SIDES = [_box(_SHARES[align], dx, dy) for align, dx, dy in SIDES]
_ITSELF = "datum.other.number == datum.number"


def _of_side(values):
    return f"{list(values)}[datum.side]"


def _each(labels: alt.Chart) -> alt.Chart:
    """A row of few fields for each label, `own`, with `labels`, those of the panel."""
    labels = labels.transform_aggregate(labels="values(number)", groupby=["panel"])
    return labels.transform_flatten(["labels"], ["own"])


def _on_free_sides(labels: alt.Chart) -> alt.Chart:
    """Labels on their usual side where no figure is, or else on the first such side."""
    labels = _each(labels).transform_calculate(
        number="datum.own.number", side="datum.own.usual", figures="datum.own.figures"
    )
    labels = labels.transform_flatten(["figures"], ["other"])
    labels = labels.transform_filter(f"{_ITSELF} || !({_FAR})")
    met = ", ".join(f"{_meets_figure(box)} ? 1 : 0" for box in _SIDES)
    labels = labels.transform_calculate(met=f"[{met}]")
    each = {f"taken{side}": f"max(met[{side}])" for side, _ in enumerate(_SIDES)}
    labels = labels.transform_joinaggregate(**each, groupby=["panel", "number"])
    labels = labels.transform_filter(_ITSELF).transform_calculate(
        taken=f"[{', '.join(f'datum.{name}' for name in each)}]"
    )
    labels = labels.transform_calculate(
        # The label of a lower figure stays on the lower sides: above are those of the others
        side="!datum.taken[datum.side] ? datum.side"
        f" : datum.side == {BELOW} && !datum.taken[{LOWER_RIGHT}] ? {LOWER_RIGHT}"
        f" : datum.side == {BELOW} && !datum.taken[{LOWER_LEFT}] ? {LOWER_LEFT}"
        " : indexof(datum.taken, 0)"
    )
    labels = labels.transform_filter("datum.side >= 0")
    share = _of_side(_SHARES[side.align] for side in SIDES)
    box = _box(share, *(_of_side(each) for each in list(zip(*SIDES, strict=True))[1:]))
    return labels.transform_calculate(**dict(zip(_EDGES, box, strict=True)))


def _without_those_that_touch(labels: alt.Chart) -> alt.Chart:
    """Without the labels that touch that of a later figure, with what is drawn of the others."""
    labels = _each(labels).transform_flatten(["labels"], ["other"])
    own, other = (tuple(f"datum.{of}.{edge}" for edge in _EDGES) for of in ("own", "other"))
    is_later = "datum.other.number < datum.own.number"
    labels = labels.transform_filter(
        f"datum.other.number == datum.own.number || {is_later} && {_touch(own, other)}"
    )
    labels = labels.transform_calculate(
        number="datum.own.number", rival="datum.other.number", side="datum.own.side"
    )
    labels = labels.transform_joinaggregate(latest="min(rival)", groupby=["panel", "number"])
    labels = labels.transform_filter("datum.latest == datum.number")
    return labels.transform_calculate(
        finish="datum.own.own.finish", y="datum.own.own.y", Label="datum.own.own.Label"
    )


def _touch(one: Box, other: Box) -> str:
    (left, right, top, bottom), (from_left, to_right, from_top, to_bottom) = one, other
    return (
        f"({left} < {to_right} && {right} > {from_left}"
        f" && {top} < {to_bottom} && {bottom} > {from_top})"
    )


def _around(at, down, half) -> Box:
    return f"{at} - {half}", f"{at} + {half}", f"{down} - {half}", f"{down} + {half}"


_FAR = (  # whether a figure and its line are too far aside to be met
    "datum.other.tail_at - 20 > datum.own.at + datum.own.wide"
    " || datum.other.right + 20 < datum.own.at - datum.own.wide"
)


def _meets_figure(box: Box) -> str:
    """Whether a box touches mark, arrow, line or sign of `datum.other`, or leaves the panel."""
    left, right, top, bottom = box
    other = "datum.other"
    mark = (f"{other}.left", f"{other}.right", f"{other}.down - {other}.half")
    mark += (f"{other}.down + {other}.half",)
    arrow = _around(f"{other}.arrow_at", f"({other}.down + {other}.arrow)", HALF_ARROW)
    sign = _around(f"{other}.sign_at", f"{other}.sign_down", HALF_SIGN)
    begin, end = f"max({left}, {other}.tail_at)", f"min({right}, {other}.head_at)"
    from_y, to_y = (
        f"({other}.tail_down + {other}.slope * ({at} - {other}.tail_at))" for at in (begin, end)
    )
    cut = f"({begin} < {end} && min({from_y}, {to_y}) < {bottom} && max({from_y}, {to_y}) > {top})"
    outside = f"({left} < 2 || {right} > plot || {top} < -2 || {bottom} > tall - 1)"
    return (
        f"({outside} || {_touch(box, mark)} || {other}.arrow && {_touch(box, arrow)}"
        f" || {_touch(box, sign)} || {cut})"
    )
