"""What all charts look like: colours, shapes, sizes, the time axis, and where texts are broken."""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt

from .frame import either

# The palette of Okabe and Ito, without its yellow, and grey; the same hues on a dark background
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#555555"]
COLOURS_ON_DARK = ["#66B2E6", "#FF8C42", "#3DCCA3", "#E5A3C8", "#A6D8F7", "#FFC24D", "#BFBFBF"]
# Of many parts beside one another: muted colours of Paul Tol, with two of Okabe and Ito
COLOURS_OF_PARTS = ["#332288", "#88CCEE", "#CC6677", "#117733", "#DDCC77", "#AA4499", "#44AA99"]
COLOURS_OF_PARTS += ["#999933", "#882255", "#E69F00", "#0072B2"]
COLOURS_OF_PARTS_ON_DARK = ["#9C8CFF", "#88CCEE", "#E8909B", "#5FBF73", "#E6DC8C", "#D98AD9"]
COLOURS_OF_PARTS_ON_DARK += ["#7FD6C6", "#C9C95C", "#D17A9B", "#FFC24D", "#66B2E6"]
DASHES = [[1, 0], [9, 3], [9, 3, 2, 3], [3, 2]]  # of the lines of series that share a colour
REST = either("#d9d9d9", "#a6a6a6")  # what is left of a whole; dark signs can be read on it
INK = either("#333333", "#eeeeee")
LONE = either(COLOURS[0], COLOURS_ON_DARK[0])  # the colour of the only one
SOFT = either("#595959", "#c8c8c8")  # of what explains
SHAPES = {"actual": "circle", "target": "diamond", "estimate": "square"}  # by status
VERDICTS = {  # shape, colour and colour on dark by verdict, in the order in which they are counted
    "met": ("circle", "#00735C", "#3DCCA3"),
    "missed": ("cross", "#B34700", "#FF8C42"),
    "within rounding": ("square", "#7A5A00", "#FFC24D"),
    "cannot be told": ("triangle-up", "#595959", "#C8C8C8"),
    "not yet known": ("M-1,-0.25L1,-0.25L1,0.25L-1,0.25Z", "#595959", "#C8C8C8"),
}
DIGITS = {"en": ",~r", "zh": "~r"}  # how numbers are written at an axis, by language
YEARS = (2015, 2025)  # the first and the last year of the charts
PANEL_HEIGHT = 260  # of an explorer's panel, in pixels
# Characters of a line in the columns of an explorer of targets, in a wide, a narrow and a very
# narrow pane, and of the column of the what-if
COLUMN_WIDTHS = {"target": (64, 46, 34), "ruling": (37, 27, 22)}
WHEN_WIDTH = 13
NAME_WIDTH = 28  # characters of a series' name on a line
# What stays together when a text is broken into lines: a Chinese character or a word, with the
# marks that open before it and close after it; a year with its 年
_PIECES = re.compile(
    r"[（“]*[\u2e80-\u9fff][，。、：；）”]*"
    r"|[（“]*[^\s\u2e80-\u9fff（“]+(?:(?<=\d)年[，。、：；）”]*)?\s*|\s+|."
)
HEADER = alt.Header(
    title=None, labelAnchor="start", labelFontSize=13, labelFontWeight="bold", labelLimit=640
)
TOOLTIP = alt.value(alt.expr("datum.Tip"))


def time_axis(
    first: float | alt.ExprRef, last: float | alt.ExprRef, **axis: Any
) -> Callable[[str], alt.X]:
    """A function from a column of years to the time axis that the layers of a chart share.

    It is as long as the parameter `plot` of the chart says. `first` and `last`: the years at its
    ends; `axis`: options of `alt.Axis`.
    """
    wide = alt.ExprRef(expr="plot")
    scale = alt.Scale(domainMin=first, domainMax=last, rangeMax=wide, nice=False, zero=False)
    ticks = {} if "values" in axis else {"tickCount": alt.ExprRef(expr="plot / 48")}
    shared = alt.Axis(**ticks | axis, format="d", grid=False, tickMinStep=1)
    return lambda column: alt.X(f"{column}:Q", title=None, scale=scale, axis=shared)


def status_shape(legend: alt.Legend | None = None) -> alt.Shape:
    """The shape of a mark by the status of its figure."""
    scale = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    return alt.Shape("status:N", scale=scale, legend=legend)


def dash_of_series() -> alt.StrokeDash:
    """The dash whose number a chart has computed in the field `dash`."""
    scale = alt.Scale(domain=list(range(len(DASHES))), range=DASHES)
    return alt.StrokeDash("dash:O", scale=scale, legend=None)


def colour_of_series() -> alt.Color:
    """The colour that a chart has computed in the field `colour`."""
    return alt.Color("colour:N", scale=None)


@cache
def wrapped(name: str, most: int = 2) -> str:
    """A series' name on at most so many lines; … stands for what does not fit."""
    found = broken(name, NAME_WIDTH).split("\n")
    return "\n".join(found[:most]) + (" …" if found[most:] else "")


def lines(text: str, width: int) -> list[str]:
    """A text as lines of at most `width` characters."""
    return textwrap.wrap(text, width)


def broken(text: str, width: float, measure: Callable[[str], float] | None = None) -> str:
    """A text broken into lines of at most `width` characters, of which one of Chinese is two.

    With `measure`, from a text to its width, that is what counts. English is broken between words,
    Chinese anywhere but before a mark that closes; none is cut.
    """
    found = [""]
    for piece in _PIECES.findall(text):
        if found[-1] and (measure or cells)((found[-1] + piece).rstrip()) > width:
            found.append("")
        found[-1] += piece
    return "\n".join(line.rstrip() for line in found)


def cells(text: str) -> int:
    """The width of a text in characters, of which one of Chinese is two."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "FW") for sign in text)


def cut(text: str, width: int) -> str:
    """A text of at most `width` characters; … stands for what is cut."""
    return text if len(text) <= width else f"{text[: width - 1]}…"
