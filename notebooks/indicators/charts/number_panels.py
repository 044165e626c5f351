"""The chart of an explorer of numbers: a card for each, with the figure of a chosen year."""

from functools import cache
from typing import Any

import altair as alt

from .frame import NO_WIDTH, either, frame
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
from .marks import extent, joints, shapes, side_by_side
from .style import INK, SOFT, YEARS, colour_of_series, time_axis

OF_CHOSEN_YEAR = "datum.start == year && datum.end == year && datum.status != 'target'"
NO_FIGURE = "replace(missing, '{}', year)"
CARDS_IN_A_ROW = "room < 640 ? 1 : room < 1300 ? 2 : 3"
GUTTER = 16  # pixels between cards
LEFT, RIGHT = 62, 14  # pixels of a card on either side of its plot
CARD_PLOT = f"floor((room - 12 - {GUTTER} * (columns - 1)) / columns) - {LEFT + RIGHT + 4}"
INNER = f"(plot + {LEFT + RIGHT - 20})"  # pixels of a card that its texts may take
PLOT_HEIGHT = 100  # pixels
HEAD_LINE, LINE, FIGURE, PLACE = 19, 16, 34, 19  # pixels down to the next line of each kind of text
AT_LEFT = {"align": "left", "baseline": "top", "aria": False, "x": 10 - LEFT}
# The fields with texts in lines; never those that they come from, which a new width wraps anew
IN_LINES = ["Head", "Change", "Goals"]
# A wide letter, and a Chinese character, as parts of the size of the font
WIDTHS = "(language == 'zh' ? 1 : 0.54)"


def overview(
    drawn: list[dict[str, Any]],
    state: dict[str, Any],
    heading: list[str] | None = None,
    *,
    chosen: str,
) -> alt.FacetChart:
    """A card for each number: the figure of the chosen year, its years, targets and verdicts.

    `drawn`: records as from `figures`, each with its `theme`, `order` (the rank of the card),
    `series` (the place), `where` (its name), `heading` and `panels` (the heading, without and with
    the place); a figure of a year also has `Large` and `Below` (what is said of it), and the first
    of each number and place has `Goal` (lines on its targets). `state`: `language`, `theme`,
    `year`, and `places`, `home`, `arrangement` and `slots` as in `explorer`. `chosen` and `heading`
    as there.
    """
    no_figure = in_language(lambda words: words["said"]["no_figure"])
    params = frame(CARD_PLOT, CARDS_IN_A_ROW)
    params += parameters(state, missing=no_figure, **OF_SEVERAL_PLACES)
    cards = in_panels(_card(), columns=2, spacing=GUTTER)
    # A card writes its own heading
    cards.facet["header"] = alt.Header(labelExpr="''", labelPadding=0, title=None)
    return completed(cards, drawn, _steps(chosen), params, heading)


def _steps(chosen):
    """A chart whose transforms choose records, and compute what the marks of a card need.

    All cards have the lines of that with most: `head`, `said` and `foot` are the heights of the
    blocks of text, in pixels, and `above` that of all above the plot.
    """
    steps = alt.Chart().transform_filter(chosen)
    steps = steps.transform_calculate(
        panel="datum.panels[apart ? 1 : foreign && alone ? 1 : 0]",
        colour=PALETTE,
        slot="indexof(slots, datum.series)",
        y="datum.value",
        size="abs(datum.value)",
    )
    steps = steps.transform_calculate(
        Head=_wrapped("datum.panel", 16),
        Change=_wrapped("datum.Below", 12),
        Goals=_wrapped("datum.Goal", 12),
    )
    most = {f"most{name}": f"length(split(datum.{name}, '\\n'))" for name in IN_LINES}
    steps = steps.transform_calculate(**most)
    steps = steps.transform_joinaggregate(**{name: f"max({name})" for name in most})
    steps = steps.transform_calculate(
        head=f"{HEAD_LINE} * datum.mostHead + 12",
        said=f"alone ? {FIGURE} + {LINE} * datum.mostChange : {PLACE} * length(places)",
        foot=f"alone ? 34 + {LINE} * datum.mostGoals : 30",
    )
    steps = steps.transform_calculate(above="datum.head + datum.said + 16")
    return with_shared_scale(steps).transform_calculate(lowest="min(0, datum.lowest)")


def _wrapped(text, size):
    """An expression for a text in lines that fit a card, written in a font of `size` pixels."""
    width = f"max(8, floor({INNER} / ({size} * {WIDTHS})))"
    # Chinese has no spaces: a line ends before no digit, letter or closing sign
    end = "(language == 'zh' ? '(?![0-9.,%A-Za-z，。；：）])\\\\s*' : '(?:\\\\s+|$)')"
    lines = f"regexp('(.{{1,' + {width} + '}})' + {end}, 'g')"
    return f"trim(replace({text} || '', {lines}, '$1\\n'))"


@cache
def _card():
    """A card of the overview, without data; made once."""
    first, last = YEARS
    x = time_axis(first - 0.6, last + 0.6, values=[2015, 2020, 2025], labelFontSize=11)
    axis = {"tickCount": 3, "labelFontSize": 11, "minExtent": 0, "labelPadding": 6}
    height = {
        "scale": alt.Scale(zero=True),
        "axis": alt.Axis(labelExpr=in_digits("datum.value"), grid=True, ticks=False, **axis),
    }
    y = alt.Y("value:Q", title=None, **height)
    base = alt.Chart()
    figures = side_by_side(base.encode(y=y, color=colour_of_series()))
    ring = base.transform_filter(OF_CHOSEN_YEAR)
    ring = ring.mark_point(size=320, color=INK, strokeWidth=1.5, aria=False)
    once = base.transform_aggregate(
        **{name: f"max({name})" for name in ("above", "foot", "head", "said", "year")},
        groupby=["panel", "Head"],
    )
    layers = [
        _border(once),
        extent(alt.Y("y:Q", title=None, **height)),
        *joints(figures, x, y),
        *shapes(figures, x, size=70),
        ring.encode(x=x("start"), y=y),
        _text(once, "Head", "8 - datum.above", HEAD_LINE, fontSize=14, fontWeight="bold"),
        *_said_of_one(base.transform_filter("alone")),
        *_said_of_places(),
    ]
    return alt.layer(*layers).properties(width=NO_WIDTH, height=PLOT_HEIGHT)


def _border(once):
    """The edge of a card."""
    edge = once.mark_rect(
        fillOpacity=0, stroke=either("#d0d0d0", "#666666"), cornerRadius=3, aria=False, tooltip=None
    )
    right = alt.value(alt.expr(f"plot + {RIGHT}"))
    bottom = alt.value(alt.expr(f"{PLOT_HEIGHT} + datum.foot"))
    return edge.encode(
        x=alt.value(-LEFT), x2=right, y=alt.value(alt.expr("-datum.above")), y2=bottom
    )


def _text(base, field, down, step=LINE, **look):
    """A text of a card, in lines; `down`: how far below the top of the plot, as an expression."""
    look = {"fontSize": 12, "color": INK, "lineHeight": step, "lineBreak": "\n"} | look
    text = base.mark_text(**AT_LEFT | look, limit=alt.expr(f"{INNER} + 8"))
    return text.encode(y=alt.value(alt.expr(down)), text=f"{field}:N")


def _said_of_one(base):
    """On a card of one place: the figure of the year, if any, what is said of it, the targets."""
    shown = base.transform_filter(OF_CHOSEN_YEAR).transform_window(
        turn="row_number()", groupby=["panel"]
    )
    shown = shown.transform_filter("datum.turn == 1")  # of several bases, the first
    none = base.transform_calculate(hit=f"{OF_CHOSEN_YEAR} ? 1 : 0").transform_aggregate(
        hits="sum(hit)", above="max(above)", head="max(head)", groupby=["panel"]
    )
    none = none.transform_filter("datum.hits == 0").transform_calculate(text=NO_FIGURE)
    # As large as fits: bold characters are a quarter wider
    large = alt.expr(f"clamp({INNER} / (length(datum.Large) * 1.25 * {WIDTHS}), 15, 26)")
    down = "datum.head - datum.above"
    goal = base.transform_filter("datum.Goals != ''")
    return [
        _text(shown, "Large", down, fontSize=large, fontWeight="bold"),
        _text(shown, "Change", f"{down} + {FIGURE}", color=SOFT),
        _text(none, "text", f"{down} + 6", fontSize=16, color=SOFT),
        _text(goal, "Goals", f"{PLOT_HEIGHT} + 26", color=SOFT),
    ]


def _said_of_places():
    """On a card of several places: a line for each, with its colour and figure."""
    base = alt.Chart().transform_filter("!alone")
    base = base.transform_calculate(hit=f"{OF_CHOSEN_YEAR} ? 1 : 0")
    hits_first = [alt.SortField("hit", order="descending")]
    base = base.transform_window(turn="row_number()", groupby=["panel", "slot"], sort=hits_first)
    base = base.transform_filter("datum.turn == 1").transform_window(
        at="row_number()", groupby=["panel"], sort=[alt.SortField("slot")]
    )
    figure = f"(datum.hit ? datum.Large : {NO_FIGURE})"
    base = base.transform_calculate(
        said=f"datum.where + (language == 'zh' ? '：' : ': ') + {figure}"
    )
    down = f"datum.head - datum.above + {PLACE} * (datum.at - 1)"
    key = base.mark_point(shape="square", size=70, filled=True, opacity=1, aria=False)
    at = {"x": alt.value(16 - LEFT), "y": alt.value(alt.expr(f"{down} + 7"))}
    return [
        key.encode(**at, color=colour_of_series()),
        _text(base, "said", down, fontSize=13, x=26 - LEFT),
    ]
