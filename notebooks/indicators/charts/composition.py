"""The chart of a whole and its parts: a column a year, and the parts of one year as bars.

Both stand in rows of one order from top to bottom, which ties a part of a column to its bar; in
the view of growth the columns are a table of rates instead. A panel is a place.
"""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from .. import labels
from ..i18n import WORDS, phrase, unit
from ..i18n import chosen as current
from .bundled import FacetChart, HConcatChart, or_none
from .frame import CARD, NO_WIDTH, either, frame, named
from .interactive import DATASET, completed, in_digits, in_language, parameters
from .style import (
    COLOURS_OF_PARTS,
    COLOURS_OF_PARTS_ON_DARK,
    HEADER,
    INK,
    REST,
    TOOLTIP,
    time_axis,
    wrapped,
)

HEIGHT, BARS_WIDTH = 336, 130  # of a panel, in pixels
FIGURE_AT = BARS_WIDTH + 68
BESIDE_COLUMNS = 270  # pixels for the axis and the names
BESIDE_BOTH = BESIDE_COLUMNS + FIGURE_AT + 24
STACKED = "viewed != 'growth'"
IN_YEARS = "datum.start >= first && datum.start <= last"
OF_YEAR = "datum.start == year"
# Where a total is wider than a column, every second year has one; that of the framed year does not
# fit into its frame.
COLUMN = "(plot / (last - first + 1.2))"  # width, in pixels
HAS_ROOM = (
    f"6.2 * datum.widest < {COLUMN} || (datum.start != year"
    f" && (datum.start - year) % max(2, ceil(6.8 * datum.widest / {COLUMN})) == 0)"
)
IS_SHARE = "(datum.role == 'part' || datum.role == 'rest')"
TINTS = {
    "higher": either("#cfe3f3", "#1f4d6e"),
    "lower": either("#fadcc9", "#6e3a1c"),
    "same": either("#ececec", "#4a4a4a"),
    "": either("#ececec", "#4a4a4a"),
}
POINTERS = {"higher": "triangle-up", "lower": "triangle-down"}  # beside the growth of the whole
QUIET = {"aria": False, "tooltip": None}


def composed(rows: pd.DataFrame, language: str | None = None) -> list[dict[str, Any]]:
    """A record for each row of `growth.composition`, named by `labels.with_rest_named`."""
    language = current(language)
    short = labels.part_names(rows, language)
    return [_record(row, short[row.part], language) for row in rows.itertuples(index=False)]


def _record(row, name, language):
    words = WORDS[language]["composed"]
    label = labels.part_label(row, language)
    return {
        "start": row.start,
        "value": or_none(row.value and labels.height(row.value, row.unit, language)),
        "size": or_none(row.size),
        "rate": or_none(row.rate),
        "view": row.view,
        "role": row.role,
        "part": row.part,
        "rest": _is_rest(row),
        "broken": bool(row.broken),
        "partial": bool(row.absent),
        "against": row.against,
        "name": wrapped(name),
        "Label": label,
        "Description": labels.part_sentence(row, language),
        "Tip": labels.part_tip(row, language),
        "heading": labels.placed(
            words[row.view].format(unit=unit(row.unit, language)), row, language
        ),
        "where": labels.place(row, language),
        "series": str(row.place),
        "language": language,
    }


def _is_rest(row):
    return row.role == "rest"


def composition(
    drawn: list[dict[str, Any]],
    state: dict[str, Any],
    heading: list[str] | None = None,
    *,
    chosen: str,
) -> alt.HConcatChart:
    """A whole and its parts: columns over the years, and bars of one year, for each place.

    `drawn`: records as from `composed`. `state`: `language`, `viewed` (of `growth.COMPOSED`),
    `first`, `last`, `year`, `order` (`size` or `growth`), `places`, `home` and `slots` as in
    `explorer`. `chosen` and `heading` as there.
    """
    columns, bars = _facets(_columns(), "heading"), _facets(_bars(), "of_year")
    chart = HConcatChart(data=alt.NamedData(DATASET), hconcat=[columns, bars], spacing=8)
    missing = in_language(lambda words: words["said"]["no_figure"])
    params = frame(f"max(room - {BESIDE_BOTH}, 240)") + parameters(state, missing=missing)
    return completed(chart, drawn, _steps(chosen), params, heading)


def parts_over_years(
    rows: pd.DataFrame, title: str, view: str = "amounts", language: str | None = None
) -> alt.FacetChart:
    """The parts of a whole in one place, a column a year, in the order of the framed year.

    That is the last year with a part; growth stands in the order of its growth.

    `rows`: as from `growth.composition`; `title`: what the chart says, in words; `view`: one of
    `growth.COMPOSED`. Raises ValueError for rows of several places and for rows without that view.
    """
    language = current(language)
    rows = labels.with_rest_named(rows[rows["view"].eq(view)])
    places = list(rows["place"].astype("str").unique())
    if len(places) != 1:
        raise ValueError(f"rows of one place are needed in the view {view!r}, found: {places}")
    first, last = int(rows["start"].min()), int(rows["start"].max())
    year = int(rows.loc[rows["role"].eq("part"), "start"].max())
    state = {"language": language, "viewed": view, "first": first, "last": last, "year": year}
    state |= {"order": "growth" if view == "growth" else "size", "places": places}
    grammar = ["growth_grammar"] if view == "growth" else ["static_grammar"]
    grammar += ["rest_grammar"] if view != "growth" and rows["role"].eq("rest").any() else []
    words = [line for name in grammar for line in WORDS[language]["composed"][name]]
    chart = _facets(_columns(), "heading")
    chart.data = alt.NamedData(DATASET)
    heading = [phrase(title, language), *words]
    params = frame(f"max(room - {BESIDE_COLUMNS}, 240)") + parameters(state)
    chart = completed(chart, composed(rows, language), _steps("true"), params, heading)
    figures = (labels.part_sentence(row, language) for row in rows.itertuples())
    said = WORDS[language]["forms"]["semicolon"].join(figures)
    chart.description = labels.sentences(heading[0], said, language=language)
    return chart


def _facets(panel, by):
    facet = alt.Facet(f"{by}:N", header=HEADER, sort=alt.EncodingSortField("at", op="min"))
    chart = FacetChart(spec=named(panel, by), facet=facet, columns=1, spacing=24)
    chart.resolve = alt.Resolve(
        scale=alt.ScaleResolveMap(y="independent", x="independent"),
        axis=alt.AxisResolveMap(x="independent"),
    )
    return chart


def _steps(wanted):
    """A chart whose transforms choose records, put the parts in order and stack them.

    `row` is the row of a part from the top, `rows` how many there are in its panel.
    """
    steps = alt.Chart().transform_filter(wanted)
    steps = steps.transform_calculate(
        at="indexof(places, datum.series)",
        of_year="datum.where + ' ' + year",
        weight="datum.part == 0 ? 1e30 : datum.rest ? -1e30"
        f" : {OF_YEAR} && isValid(order == 'growth' ? datum.rate : datum.size)"
        " ? (order == 'growth' ? datum.rate : datum.size) : -1e20",
        tall=f"{STACKED} && {IS_SHARE} && isValid(datum.value) ? datum.value : 0",
        colour=f"datum.part == 0 ? {INK.expr} : datum.rest ? {REST.expr}"
        f" : (dark ? {COLOURS_OF_PARTS_ON_DARK} : {COLOURS_OF_PARTS})"
        f"[(datum.part - 1) % {len(COLOURS_OF_PARTS)}]",
    )
    panel, part = ["series"], ["series", "part"]
    steps = steps.transform_joinaggregate(weight="max(weight)", groupby=part)
    down = [alt.SortField("weight", order="descending"), alt.SortField("part")]
    steps = steps.transform_window(rank="dense_rank()", sort=down, groupby=panel)
    steps = steps.transform_joinaggregate(rows="max(rank)", groupby=panel)
    up = [alt.SortField("rank", order="descending")]
    steps = steps.transform_window(
        top="sum(tall)", sort=up, groupby=[*panel, "start"], frame=[None, 0]
    )
    steps = steps.transform_joinaggregate(most="max(top)", groupby=panel)
    return steps.transform_calculate(
        row="datum.rank - 0.5",
        bottom="datum.top - datum.tall",
        highest=f"{STACKED} ? 1.1 * datum.most : datum.rows",
        begin="datum.start - 0.41",
        finish="datum.start + 0.41",
        middle="(datum.top + datum.bottom) / 2",
        line="datum.highest * (1 - datum.row / datum.rows)",
    )


def _y(field, **options):
    return alt.Y(f"{field}:Q", title=None, scale=alt.Scale(nice=False, zero=True), **options)


def _colour():
    return alt.Color("colour:N", scale=None)


@cache
def _columns():
    """The years of a place, without data; made once."""
    first, last = alt.expr("first - 0.6"), alt.expr("last + 0.6")
    x = time_axis(first, last)
    axis = alt.Axis(
        labelExpr=f"{STACKED} ? {in_digits('datum.value')} : ''",
        tickCount=5,
        minExtent=44,
        grid=False,
        ticks=False,
        domain=False,
    )
    base = alt.Chart().transform_filter(IN_YEARS)
    once = alt.Chart().transform_aggregate(highest="max(highest)", groupby=["series"])
    room = once.transform_calculate(zero="0").mark_rule(opacity=0, **QUIET)
    layers = [
        room.encode(y=_y("highest", axis=axis), y2="zero", x=alt.value(0)),
        *_ring(once, x),  # beneath what can be pointed at
        *_stacks(base.transform_filter(STACKED), x),
        *_rates(base.transform_filter(f"!({STACKED}) && isValid(datum.value)"), x),
        *_names(x),
    ]
    return alt.layer(*layers).properties(width=NO_WIDTH, height=HEIGHT)


def _stacks(base, x):
    """Columns of the parts; above each the whole."""
    part = base.transform_filter("datum.tall > 0")
    column = part.mark_bar(stroke=CARD, strokeWidth=0.7)
    broken = base.transform_filter(
        "datum.broken && (datum.tall > 0 || datum.part == 0)"
    ).mark_point(shape="triangle-right", filled=True, size=65, opacity=1, color=INK, **QUIET)
    partial = part.transform_filter("datum.partial").mark_text(
        text="*", fontSize=15, dy=4, color="#333333", **QUIET
    )
    whole = base.transform_filter("datum.part == 0 && viewed != 'shares'")
    whole = whole.encode(x=x("start"), y=_y("top"))
    whole = whole.transform_calculate(letters="length(datum.Label)")
    whole = whole.transform_joinaggregate(widest="max(letters)", groupby=["series"])
    above = {"baseline": "bottom", "fontSize": 10, "color": INK, **QUIET}
    return [
        column.encode(
            x=x("begin"),
            x2="finish",
            y=_y("bottom"),
            y2="top",
            color=_colour(),
            tooltip=TOOLTIP,
            description="Description:N",
        ),
        broken.encode(x=x("begin"), y=_y("middle")),
        partial.encode(x=x("start"), y=_y("middle")),
        whole.transform_filter(HAS_ROOM).mark_text(dy=-3, **above).encode(text="Label:N"),
    ]


def _rates(base, x):
    """A table of growth rates, each tinted by how it stands beside that of the whole."""
    base = base.transform_calculate(
        under="datum.highest - datum.rank + 0.06",
        over="datum.highest - datum.rank + 0.94",
        begin="datum.start - 0.47",
        finish="datum.start + 0.47",
    )
    tint = alt.Color(
        "against:N", scale=alt.Scale(domain=list(TINTS), range=list(TINTS.values())), legend=None
    )
    cell = base.mark_bar().encode(
        x=x("begin"),
        x2="finish",
        y=_y("under"),
        y2="over",
        color=tint,
        tooltip=TOOLTIP,
        description="Description:N",
    )
    base = base.transform_calculate(left="datum.start - 0.4", right="datum.start + 0.44")
    text = base.mark_text(align="right", fontSize=9, color=INK, aria=False, tooltip=None)
    return [
        cell,
        _pointers(base).encode(x=x("left"), y=_y("line")),
        text.encode(x=x("right"), y=_y("line"), text="Label:N"),
    ]


def _pointers(base):
    """Triangles that point up where a part grew faster than the whole, down where slower."""
    scale = alt.Scale(domain=list(POINTERS), range=list(POINTERS.values()))
    shape = alt.Shape("against:N", scale=scale, legend=None)
    marked = base.transform_filter("datum.against == 'higher' || datum.against == 'lower'")
    return marked.mark_point(filled=True, size=28, opacity=1, color=INK, **QUIET).encode(
        shape=shape
    )


def _ring(once, x):
    """A frame around the chosen year."""
    ring = once.transform_filter("first <= year && year <= last")
    ring = ring.transform_calculate(begin="year - 0.48", finish="year + 0.48", zero="0")
    frame = ring.mark_bar(filled=False, stroke=INK, strokeWidth=1.3, **QUIET)
    return [frame.encode(x=x("begin"), x2="finish", y=_y("zero"), y2="highest")]


def _names(x):
    """The names of the rows at the right, with lines from the last column."""
    every = alt.Chart().transform_window(
        back="row_number()",
        groupby=["series", "part"],
        sort=[alt.SortField("start", order="descending")],
    )
    one = every.transform_filter("datum.back == 1")
    last = alt.Chart().transform_filter(f"{IN_YEARS} && {STACKED}")
    last = last.transform_joinaggregate(latest="max(start)", groupby=["series"])
    last = last.transform_filter("datum.start == datum.latest && datum.tall > 0")
    edge, key, name = (alt.value(alt.ExprRef(expr=f"plot + {right}")) for right in (28, 35, 44))
    lines = "(length(split(datum.name, '\\n')) - 1)"
    text = one.transform_calculate(line=f"datum.line + {lines} * datum.highest * 7 / {HEIGHT}")
    text = text.mark_text(
        align="left", baseline="middle", lineBreak="\n", color=INK, fontSize=11, aria=False
    )
    square = one.transform_filter(f"datum.part > 0 && {STACKED}").mark_point(
        shape="square", size=70, filled=True, opacity=1, aria=False
    )
    return [
        last.mark_rule(color="#999999", strokeWidth=0.8, **QUIET).encode(
            x=x("finish"), x2=edge, y=_y("middle"), y2="line"
        ),
        square.encode(x=key, y=_y("line"), color=_colour()),
        text.encode(x=name, y=_y("line"), text="name:N"),
    ]


@cache
def _bars():
    """The parts of the chosen year, without data; made once."""
    shown = (
        alt.Chart()
        .transform_filter(OF_YEAR)
        .transform_calculate(
            half=f"min(0.36, 9 * datum.rows / {HEIGHT})",
            under="datum.rows - datum.row - datum.half",
            over="datum.rows - datum.row + datum.half",
            line="datum.rows - datum.row",
            zero="0",
        )
    )
    axis = alt.Axis(tickCount=2, grid=False, labelExpr=in_digits("datum.value"))
    x = alt.X("value:Q", title=None, axis=axis)
    y = alt.Y("under:Q", axis=None, scale=alt.Scale(nice=False, zero=True))
    line = alt.Y("line:Q", axis=None, scale=alt.Scale(nice=False, zero=True))
    bar = shown.transform_filter(f"isValid(datum.value) && (datum.part > 0 || !({STACKED}))")
    total = shown.transform_filter(f"datum.part == 0 && !({STACKED})")
    once = alt.Chart().transform_aggregate(rows="max(rows)", groupby=["series"])
    room = once.transform_calculate(zero="0").mark_rule(opacity=0, **QUIET)
    text = shown.mark_text(align="right", color=INK, fontSize=11, aria=False)
    return alt.layer(
        room.encode(y=alt.Y("rows:Q", axis=None), y2="zero", x=alt.value(0)),
        bar.mark_bar().encode(
            x=x,
            x2="zero",
            y=y,
            y2="over",
            color=_colour(),
            tooltip=TOOLTIP,
            description="Description:N",
        ),
        total.mark_rule(strokeDash=[4, 3], color=INK, **QUIET).encode(x=x),
        _pointers(bar).encode(x=alt.value(BARS_WIDTH + 9), y=line),
        text.encode(x=alt.value(FIGURE_AT), y=line, text="Label:N", tooltip=TOOLTIP),
        *_no_figure(),
    ).properties(width=BARS_WIDTH, height=HEIGHT)


def _no_figure():
    """That a place has no figure for the chosen year."""
    hit = alt.Chart().transform_calculate(hit=f"{OF_YEAR} ? 1 : 0")
    none = hit.transform_aggregate(hits="sum(hit)", groupby=["series"])
    none = none.transform_filter("datum.hits == 0")
    none = none.transform_calculate(text="replace(missing, '{}', year)")
    text = none.mark_text(align="left", color=INK, fontSize=12, aria=False)
    return [text.encode(x=alt.value(8), y=alt.value(20), text="text:N")]
