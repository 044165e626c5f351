"""The chart of an explorer of targets: a row for each, with its outcome and when it is reached.

The columns are those of a table, and as wide as the pane leaves: the target, how far from it the
outcome is, the verdict with the outcome, and a what-if. A row is as high as its longest text; so
the places of rows are pixels, and the height of the chart is that of its rows.
"""

import json
from collections.abc import Iterable
from typing import Any

import altair as alt

from .bundled import LayerChart
from .frame import CARD, NO_WIDTH, either, frame
from .interactive import (
    DATASET,
    OF_SEVERAL_PLACES,
    completed,
    in_language,
    parameters,
)
from .marks import NO_ARROW, RANK
from .records import WHAT_IF_RATES
from .style import COLUMN_WIDTHS, INK, LONE, SOFT, TOOLTIP, VERDICTS, colour_of_series

MOST_TARGETS = 1_000_000  # more than there are of any place
WIDE, NARROW = 860, 700  # pixels of a pane: most targets need one line, or two
CHARACTER = 5.6  # pixels of a character, in a wide font
LEFT_TEXT = {"align": "left", "baseline": "middle", "fontSize": 11}
BAND = {"opacity": alt.ExprRef("dark ? 0.4 : 0.2"), "stroke": CARD, "strokeWidth": 3}
ROW_LINE, MARGIN = 12, 4.5  # pixels of a line of text, and what a row has beside its lines
GAP = 14  # pixels between columns
EDGES = 12  # pixels around a chart
MARK = 16  # pixels for the mark before a verdict
WHEN = 92  # pixels of the column of the what-if
ROW_MARKS = ["line", *VERDICTS, "stood", "last", "computed", "bound", "wrong"]  # as a key has them
# The texts of a row, and where they begin
TEXTS = {"Name": "0", "Judged": f"rulings + {MARK}", "When": "whens"}


def _pixels(column: str, more: int = GAP) -> str:
    """An expression for the width of a column, with what stands between it and the next."""
    return f"{[round(CHARACTER * width) + more for width in COLUMN_WIDTHS[column]]}[narrow]"


_VERDICTS = _pixels("ruling", GAP + MARK)
_TAKEN = f"begin + {_VERDICTS} + {WHEN + GAP + EDGES}"
BEGINS = {  # where they begin, as expressions; that of the distances has the length `plot`
    "begin": _pixels("target"),
    "rulings": f"begin + plot + {GAP}",
    "whens": f"rulings + {_VERDICTS}",
}


def targets(
    judged: list[dict[str, Any]],
    state: dict[str, Any],
    heading: list[str] | None = None,
    *,
    chosen: str,
) -> alt.LayerChart:
    """One row a target: where its outcome lies, where the city stood in 2020, when it is reached.

    `judged`: records as from `judgements`. `state`: `language`, `theme` and `year` (or `all`),
    `order` (`codebook` or `gap`), `rate` (% a year, of `WHAT_IF_RATES`), `verdict` and `report`,
    and `places`, `home`, `arrangement` and `slots` as in `explorer`. `chosen` and `heading` as
    there.
    """
    heads = in_language(lambda words: words["chart"]["target_heads"])
    computed = (
        {"heads": heads, "narrow": f"(room < {WIDE}) + (room < {NARROW})"}
        | BEGINS
        | OF_SEVERAL_PLACES
    )
    params = frame(f"max(room - ({_TAKEN}), 60)") + parameters(state, **computed)
    layers = [*_rows(), *_distances(), *_texts(), *_heads(), *_doubts()]
    chart = LayerChart(data=alt.NamedData(DATASET), layer=layers, width=NO_WIDTH, height=NO_WIDTH)
    return completed(chart, judged, _steps(chosen), params, heading)


def drawn_in_rows(judged: Iterable[dict[str, Any]]) -> list[str]:
    """The names of the marks of records as from `judgements`, in the order of a key."""
    found = {"line"}
    for each in judged:
        drawn = {
            each["verdict"]: each["by"] is not None,
            "stood": each["stood"] is not None,
            "last": each["last"] is not None,
            "computed": each["last"] is not None and each["derived"],
            "bound": each["bound"] not in ("exact", "about"),
            "wrong": each["doubt"],
        }
        found |= {name for name, is_drawn in drawn.items() if is_drawn}
    return [name for name in ROW_MARKS if name in found]


def _steps(chosen):
    """A chart whose transforms choose records, rank them, and find their place and their texts.

    What is known comes first; the same target of several places stands together. A what-if is said
    only where one of the chosen targets has one.
    """
    rank = f"{MOST_TARGETS} * (apart ? datum.stage : datum.first) + datum.by_codebook"
    rank = f"order == 'gap' ? datum.by_gap : {rank}"
    rank = f"(apart ? {10 * MOST_TARGETS} * datum.by_place : 0) + ({rank})"
    lines = map(_lines, TEXTS)
    steps = alt.Chart().transform_filter(chosen)
    steps = steps.transform_joinaggregate(first="min(stage)", groupby=["same"])
    steps = steps.transform_joinaggregate(whatifs="max(whatif)")
    steps = steps.transform_calculate(
        **{RANK: rank},
        When=f"datum.whatifs ? datum.Whens[round(rate / {WHAT_IF_RATES[1]})] : ''",
        Name="datum.Targets[foreign][narrow]",
        Judged="datum.Ruling[narrow]",
        colour=_COLOURS,
    )
    steps = steps.transform_calculate(tall=f"{ROW_LINE} * max({', '.join(lines)}) + {MARGIN}")
    steps = steps.transform_window(
        bottom="sum(tall)", sort=[alt.SortField(RANK)], frame=[None, 0], ignorePeers=True
    )
    steps = steps.transform_calculate(
        top="datum.bottom - datum.tall", middle="datum.bottom - datum.tall / 2"
    )
    first = {f"{text}At": f"datum.middle - {ROW_LINE / 2} * ({_lines(text)} - 1)" for text in TEXTS}
    return steps.transform_calculate(**first)


def _lines(text: str) -> str:
    """An expression for the number of lines of a text."""
    return f"length(split(datum.{text}, '\\n'))"


_COLOURS = "(dark ? {} : {})[datum.verdict]".format(
    *(json.dumps({name: look[of] for name, look in VERDICTS.items()}) for of in (2, 1))
)


def _down(column: str) -> alt.Y:
    """A place from the top down, in pixels."""
    pixels = alt.Scale(domain=[0, 1000], range=[0, 1000], nice=False, zero=False)
    return alt.Y(f"{column}:Q", scale=pixels, axis=None)


def _at(expression: str) -> Any:
    """A place from the left, in pixels."""
    return alt.value(alt.expr(expression))


def _across(column: str) -> alt.X:
    """How much better than the target a figure is, on the axis above the rows."""
    ends = {"rangeMin": alt.ExprRef("begin"), "rangeMax": alt.ExprRef("begin + plot")}
    signed = "(datum.value > 0 ? '+' : '') + datum.label"
    axis = alt.Axis(
        orient="top",
        labelExpr=signed,
        labelFontSize=11,
        labelSeparation=6,
        tickCount=alt.ExprRef("plot / 50"),
        grid=False,
        domain=False,
    )
    scale = alt.Scale(**ends, padding=12, zero=True)
    return alt.X(f"{column}:Q", scale=scale, axis=axis, title=None)


def _rows():
    """A thin line beneath each row."""
    rule = alt.Chart().mark_rule(color=either("#dddddd", "#3a3a3a"), aria=False)
    return [rule.encode(x=_at("0"), x2=_at(f"room - {EDGES}"), y=_down("bottom"))]


def _distances():
    """How far outcome, baseline and what was last known are from the target.

    A target is the line at zero, and a bound all beyond it, where it is met.
    """
    base, middle, row = alt.Chart().encode(tooltip=TOOLTIP), _down("middle"), _down("top")
    bound = alt.Chart().transform_filter(f"!{NO_ARROW}")
    beyond = bound.mark_rect(color=LONE, aria=False, **BAND)
    edge = bound.mark_rule(color=LONE, strokeWidth=5, aria=False)
    line = alt.Chart().mark_rule(color=INK, strokeWidth=1.5, aria=False)
    baseline = base.transform_filter("isValid(datum.stood)").mark_point(
        size=70, fill=CARD, strokeWidth=1.5, color=SOFT, opacity=1
    )
    outcome = base.transform_filter("isValid(datum.by)")
    outcome = outcome.mark_point(filled=True, size=110, opacity=1)
    key = alt.Chart().mark_point(filled=True, size=70, opacity=1, aria=False)
    shapes = alt.Scale(domain=list(VERDICTS), range=[shape for shape, *_ in VERDICTS.values()])
    look = {"shape": alt.Shape("verdict:N", scale=shapes, legend=None), "color": colour_of_series()}
    target = {"x": alt.datum(0), "y": row, "y2": "bottom"}
    return [
        beyond.encode(**target, x2=_at("begin + plot")),
        edge.encode(**target),
        line.encode(**target),
        baseline.encode(x=_across("stood"), y=middle, description="Stood:N"),
        *_last_known(base, middle),
        outcome.encode(x=_across("by"), y=middle, description="Verdict:N", **look),
        key.encode(x=_at("rulings + 5"), y=middle, **look),
    ]


def _last_known(base, middle):
    """A triangle where a series was last known to be, of what is derived open and with its range.

    It is no outcome, so it has no colour of a verdict.
    """
    known = base.transform_filter("isValid(datum.last)")
    derived = alt.Chart().transform_filter("datum.derived && isValid(datum.last)")
    ends = derived.mark_bar(color=INK, height=9, size=3, aria=False)
    mark = known.mark_point(shape="triangle-right", size=80, color=INK, strokeWidth=1.5, opacity=1)
    fill = alt.condition("datum.derived", alt.value(CARD), alt.value(INK))
    return [
        ends.encode(x=_across("low"), x2="high:Q", y=middle),
        mark.encode(x=_across("last"), y=middle, description="Last:N", fill=fill),
    ]


def _doubts():
    """A sign beside the mark of a target of which a figure is doubted."""
    doubted = alt.Chart().transform_filter("datum.doubt")
    doubted = doubted.transform_calculate(at="isValid(datum.by) ? datum.by : datum.stood || 0")
    sign = doubted.mark_text(**LEFT_TEXT, color=INK, dx=7, text="(!)", aria=False)
    return [sign.encode(x=_across("at"), y=_down("middle"))]


def _texts():
    """The texts of each row."""
    base = alt.Chart().encode(tooltip=TOOLTIP)
    base = base.mark_text(lineBreak="\n", lineHeight=ROW_LINE, color=INK, **LEFT_TEXT)
    found = {
        text: base.encode(x=_at(x), y=_down(f"{text}At"), text=f"{text}:N", description=f"{text}:N")
        for text, x in TEXTS.items()
    }
    found["Judged"] = found["Judged"].encode(color=colour_of_series())
    return list(found.values())


def _heads():
    """Above each column its heading, and above the axis what it measures."""
    first = alt.Chart().transform_filter("datum.top == 0")
    style = LEFT_TEXT | {
        "baseline": "bottom",
        "lineHeight": ROW_LINE,
        "lineBreak": "\n",
        "color": INK,
    }
    found = []
    for number, x in enumerate(["0", "rulings", "whens"]):
        said = f"replace(heads[{number}], '{{}}', format(rate, '.1f'))"
        above = f"-6 - {ROW_LINE} * (length(split({said}, '\\n')) - 1)"
        text = first.transform_filter("datum.whatifs") if x == "whens" else first
        text = text.mark_text(**style | {"fontWeight": "bold"})
        found.append(text.encode(x=_at(x), y=_at(above), text=_at(said)))
    text = first.mark_text(**style | {"align": "center", "baseline": "bottom"})
    place = {"x": _at("begin + plot / 2"), "y": alt.value(-22 - ROW_LINE)}
    return [*found, text.encode(**place, text=_at("heads[3]"))]
