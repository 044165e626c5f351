"""What all charts look like: colours, shapes, sizes, the time axis, and where texts are broken."""

import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt

# The palette of Okabe and Ito, without its yellow, and grey
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#555555"]
# Of many parts beside one another: muted colours of Paul Tol, with two of Okabe and Ito
COLOURS_OF_PARTS = ["#332288", "#88CCEE", "#CC6677", "#117733", "#DDCC77", "#AA4499", "#44AA99"]
COLOURS_OF_PARTS += ["#999933", "#882255", "#E69F00", "#0072B2"]
REST = "#d9d9d9"  # what is left of a whole
INK = "#333333"
SHAPES = {"actual": "circle", "target": "diamond", "estimate": "square"}  # by status
VERDICTS = {  # shapes by verdict, in the order in which verdicts are counted
    "met": "circle",
    "missed": "cross",
    "within rounding": "square",
    "cannot be told": "triangle-up",
    "not yet known": "circle",
}
DIGITS = {"en": ",~r", "zh": "~r"}  # how numbers are written at an axis, by language
YEARS = (2015, 2025)  # the first and the last year of the charts
PANEL = (560, 260)  # width and height of an explorer's panel, in pixels
SPARKLINE = (176, 62)  # width and height of a panel of the overview, in pixels
NAME_WIDTH = 34  # characters of a series' name on a line
HEADER = alt.Header(
    title=None, labelAnchor="start", labelFontSize=13, labelFontWeight="bold", labelLimit=640
)
TOOLTIP = alt.value(alt.expr("datum.Tip"))


def time_axis(scale: alt.Scale, **axis: Any) -> Callable[[str], alt.X]:
    """A function from a column of years to the time axis that the layers of a chart share.

    `axis`: options of `alt.Axis`.
    """
    shared = alt.Axis(**axis, format="d", grid=False)
    return lambda column: alt.X(f"{column}:Q", title=None, scale=scale, axis=shared)


def between(first: float, last: float) -> alt.Scale:
    """A scale from `first` to `last`, not rounded outwards."""
    return alt.Scale(domain=[first, last], nice=False)


def status_shape(legend: alt.Legend | None = None) -> alt.Shape:
    """The shape of a mark by the status of its figure."""
    scale = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    return alt.Shape("status:N", scale=scale, legend=legend)


def colour_of_series() -> alt.Color:
    """The colour that a chart has computed in the field `colour`."""
    return alt.Color("colour:N", scale=None)


@cache
def wrapped(name: str) -> str:
    """A series' name on at most two lines; … stands for what does not fit."""
    width = NAME_WIDTH if name.isascii() else NAME_WIDTH // 2
    return "\n".join(textwrap.wrap(name, width, max_lines=2, placeholder=" …"))


def lines(text: str, width: int) -> list[str]:
    """A text as lines of at most `width` characters."""
    return textwrap.wrap(text, width)


def cut(text: str, width: int) -> str:
    """A text of at most `width` characters; … stands for what is cut."""
    return text if len(text) <= width else f"{text[: width - 1]}…"
