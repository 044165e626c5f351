"""From frames to Altair charts. Pure: no figure is computed here and nothing is displayed.

One grammar of marks for all charts. A year is a point, a span of years a bar across them; an outcome
is a circle, an expected outcome a square, a target a diamond. An exact outcome is filled, everything else
is open; a bound has an arrow in the direction in which it is open.
"""

from itertools import cycle, islice

import altair as alt

from . import labels
from . import renderer as _renderer  # noqa: F401  (registers and enables itself)

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#555555"]  # Okabe and Ito
SLOTS = 7 * len(COLOURS)  # so many chosen indicators have an entry in the legend
SHAPES = {"outcome": "circle", "target": "diamond", "expected outcome": "square"}
INK = "#333333"
YEARS = (2015, 2025)
YEAR = "datum.start == datum.end"
SPAN = "datum.start != datum.end"
EXACT_OUTCOME = "datum.status == 'actual' && datum.bound == 'exact'"
OPEN_UP = "indexof(['at_least', 'more_than'], datum.bound) >= 0"
OPEN_DOWN = "indexof(['at_most', 'less_than'], datum.bound) >= 0"
SIDES = [(1, "finish", {"align": "left", "dx": 11}), (0, "begin", {"align": "right", "dx": -11})]
ABOVE = [(1, "finish", {"dy": -15}), (0, "begin", {"dy": -15})]
GRAMMAR = [
    "Filled circle: outcome. Open diamond: target. Bar: average a year over its span, not a value of one year.",
    "Arrow up: ‘or more’; arrow down: ‘or less’. A year without a mark has no printed figure.",
]
KEYS = ["indicator", "start", "end", "value", "status", "bound", "panel", "view", "Implied"]


def past_beside_promised(rows):
    """A small panel per indicator: its average annual rate, the rate of the last year, the target.

    `rows` as from `growth.past_beside_promised`, values in % a year.
    """
    x = _years(scale=alt.Scale(domain=[2014.6, 2022.2], nice=False), axis=alt.Axis(values=[2016, 2018, 2020]))
    y = alt.Y("value:Q", title="% a year", scale=alt.Scale(domain=[0, 12]), axis=alt.Axis(tickCount=4))
    panel = alt.layer(*_marks(x, y, alt.value(COLOURS[0]))).properties(width=200, height=150)
    title = alt.Title(
        "What the years 2016–2020 brought, and what 2021 was to bring",
        subtitle=[
            "Bar: average annual growth rate 2016–2020. Filled circle: growth in 2020. Open diamond: target for 2021;",
            "the arrow says ‘or more’. GDP is in real terms, the others nominal. What is missing was not printed.",
        ],
        offset=14,
    )
    chart = _facets(rows, panel, "Indicator", columns=3).resolve_axis(x="independent")
    return chart.properties(title=title, description=_described(title, rows))


def levels_to_targets(rows):
    """A panel per indicator: the outcome, the target, and the growth that leads from one to the other.

    `rows` as from `growth.implied_by_target`, values in the unit of each indicator.
    """
    x = _years(scale=alt.Scale(domain=[2019.4, 2026], nice=False), axis=alt.Axis(values=[2020, 2025]))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
    base = alt.Chart()
    path = base.mark_line(color=INK, strokeDash=[5, 4]).encode(x=x("start"), y=y, detail="Indicator:N")
    middle = base.transform_aggregate(start="mean(start)", value="mean(value)", groupby=["Implied"])
    rate = middle.mark_text(dy=30, color=INK).encode(x=x("start"), y=y, text="Implied:N")
    panel = alt.layer(path, rate, *_marks(x, y, alt.value(COLOURS[0]), sides=ABOVE)).properties(width=300, height=200)
    title = alt.Title(
        "From the outcome of 2020 to the target for 2025",
        subtitle="Filled circle: outcome. Open diamond: target. Dashed: the growth that would lead there.",
        offset=14,
    )
    rows = rows.assign(Implied=[labels.implied(row) for row in rows.itertuples()])
    chart = _facets(rows, panel, "Panel", columns=2).resolve_scale(y="independent")
    return chart.properties(title=title, description=_described(title, rows))


def explorer(rows, state):
    """The figures of a view in a panel for each unit, over a shared time axis.

    `rows` as from `growth.views`; which of them are drawn is decided by the chart's own parameters, the
    `state` as from `choice`, so that another choice needs no new chart.
    """
    scale = alt.Scale(domainMin=alt.expr("first - 0.6"), domainMax=alt.expr("last + 0.9"), nice=False, zero=False)
    x = _years(scale=scale, axis=alt.Axis(tickMinStep=1))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, padding=25))
    legend = alt.Legend(
        title=None, orient="bottom", columns=2, labelLimit=330, symbolOpacity=1, symbolType="circle",
        values=alt.expr("slots"), labelExpr="names[datum.value]",
    )  # fmt: skip
    colours = alt.Scale(domain=list(range(SLOTS)), range=list(islice(cycle(COLOURS), SLOTS)))
    panel = alt.layer(*_marks(x, y, alt.Color("slot:O", scale=colours, legend=legend))).properties(width=640, height=260)
    chart = _facets(rows, panel, "panel", columns=1).resolve_scale(y="independent").resolve_axis(x="independent")
    chart.title = alt.Title("Shaoxing: growth, plans and outcomes", subtitle=GRAMMAR, offset=14)
    chart.autosize = alt.AutoSizeParams(type="pad", resize=True)
    chart.params = [alt.VariableParameter(name=name, value=value) for name, value in state.items()]
    chosen = "datum.view == view && datum.slot >= 0 && datum.start >= first && datum.end <= last"
    return chart.transform_calculate(slot="indexof(chosen, datum.indicator)").transform_filter(chosen)


def choice(names, chosen, years, view):
    """The parameters of an explorer's chart, by name.

    `names` maps slugs of indicators to the names in the legend. `chosen` holds slugs, the first for the first colour,
    None for a colour left free. A figure is drawn when it is of `view`, its indicator is chosen, and
    its whole period lies within `years` (first and last).
    """
    return {
        "chosen": list(chosen),
        "names": [names[slug] if slug else "" for slug in chosen],
        "slots": [slot for slot, slug in enumerate(chosen) if slug],
        "first": years[0],
        "last": years[1],
        "view": view,
    }


def _marks(x, y, colour, sides=SIDES):
    """The layers that draw printed figures: spans, open points, exact outcomes, labels, arrows.

    Figures that coincide are drawn around one another, the first innermost; the labels of one year stand
    to the right and to the left in turn, from the highest value down.
    """
    period = ["panel", "start", "end"]
    base = alt.Chart().encode(y=y, color=colour)
    base = base.transform_window(turn="row_number()", groupby=[*period, "value"])
    base = base.transform_window(place="row_number()", groupby=period, sort=[alt.SortField("value", order="descending")])
    return _shapes(base, x) + _words(base, x, sides)


def _shapes(base, x):
    """The marks of spans and of years, the outermost of those that coincide drawn first."""
    around = {"legend": None}
    size = alt.Size("turn:Q", scale=alt.Scale(type="threshold", domain=[2, 3], range=[110, 330, 700]), **around)
    width = alt.StrokeWidth("turn:Q", scale=alt.Scale(type="threshold", domain=[2, 3], range=[5, 11, 17]), **around)
    shape = alt.Shape("Status:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), **around)
    outer = alt.Order("turn:Q", sort="descending")
    mark = base.encode(tooltip=labels.TOOLTIP, description="Description:N", order=outer)
    year = mark.transform_filter(YEAR).encode(x=x("start"), shape=shape, size=size)
    return [
        mark.transform_filter(SPAN).mark_rule(opacity=0.55).encode(x=x("begin"), x2="finish", strokeWidth=width),
        year.transform_filter(f"!({EXACT_OUTCOME})").mark_point(strokeWidth=2, fill="white", opacity=1),
        year.transform_filter(EXACT_OUTCOME).mark_point(filled=True, opacity=1),
    ]


def _words(base, x, sides):
    """The figures beside their marks, and the arrows of bounds."""
    label = base.encode(text="Label:N", color=alt.value(INK))
    arrow = base.encode(x=x("middle"))
    beside = [
        label.transform_filter(f"datum.turn < 3 && datum.place % 2 == {turn}").mark_text(aria=False, **side).encode(x=x(end))
        for turn, end, side in sides
    ]
    return [
        *beside,
        arrow.transform_filter(OPEN_UP).mark_text(aria=False, fontSize=17, dy=-17, text="↑"),
        arrow.transform_filter(OPEN_DOWN).mark_text(aria=False, fontSize=17, dy=17, text="↓"),
    ]


def _years(scale, axis):
    """A function from a column to the shared time axis of a chart."""
    axis = axis.copy()
    axis.format, axis.grid = "d", False
    return lambda column: alt.X(f"{column}:Q", title=None, scale=scale, axis=axis)


def _facets(rows, panel, by, columns):
    header = alt.Header(title=None, labelAnchor="start", labelFontSize=13, labelFontWeight="bold", labelLimit=640)
    data = _drawn(rows.assign(panel=rows.get("panel", "")))
    facet = alt.Facet(f"{by}:N", header=header, sort=list(dict.fromkeys(data[by])))
    return alt.FacetChart(data=data, spec=panel, facet=facet, columns=columns)


def _drawn(rows):
    """The columns a chart needs, with the words of its tooltips and the ends of its bars."""
    rows = labels.worded(rows)
    rows = rows[[name for name in (*KEYS, *labels.COLUMNS) if name in rows]]
    overhang = 0.25 * (rows["start"] != rows["end"])
    ends = {"begin": rows["start"] - overhang, "finish": rows["end"] + overhang}
    return rows.assign(**ends, middle=(rows["start"] + rows["end"]) / 2)


def _described(title, rows):
    """The alternative text of a static chart: its title and every figure in it."""
    return f"{title.text}. {'; '.join(labels.worded(rows)['Description'])}."
