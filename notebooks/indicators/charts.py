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
PLANS = [("13th Five-Year Plan", 2016, 2020, 0.10), ("14th Five-Year Plan", 2021, 2025, 0.18)]
VERDICTS = {"met": "circle", "missed": "cross", "within rounding": "square", "cannot be told": "triangle-up", "not yet known": "circle"}
_STEPS = "ceil(log(datum.value / datum.latest) / log(1 + (datum.downward ? -1 : 1) * rate / 100) - 1e-9)"
WHEN = (
    "isValid(datum.met_in) ? 'met in ' + datum.met_in : !isValid(datum.latest) ? '–'"
    f" : rate == 0 || datum.latest_year + {_STEPS} > 2100 ? 'not by 2100' : '' + (datum.latest_year + {_STEPS})"
)
YEAR = "datum.start == datum.end"
SPAN = "datum.start != datum.end"
EXACT_OUTCOME = "datum.status == 'actual' && datum.bound == 'exact'"
OPEN_UP = "indexof(['at_least', 'more_than'], datum.bound) >= 0"
OPEN_DOWN = "indexof(['at_most', 'less_than'], datum.bound) >= 0"
RIGHT, LEFT, ABOVE = {"align": "left", "dx": 11}, {"align": "right", "dx": -11}, {"dy": -15}
BY_TURNS = [("datum.place % 2 == 1", "finish", RIGHT), ("datum.place % 2 == 0", "begin", LEFT)]
SPANS_LEFT = [("datum.start == datum.end", "finish", RIGHT), ("datum.start != datum.end", "begin", LEFT)]
ALL_ABOVE = [("true", "start", ABOVE)]
ROOMY = "datum.place == 1 && (length(datum.Label) < 5 || datum.start % 2 == 0)"  # long labels of neighbouring years go above and below
BOUNDED = f"({OPEN_UP} || {OPEN_DOWN})"
SMALL = [
    (BOUNDED, "finish", RIGHT),
    (f"!{BOUNDED} && {ROOMY}", "middle", ABOVE),
    (f"!{BOUNDED} && !({ROOMY})", "middle", {"dy": 16}),
]
MOST_LABELS = 18  # a panel with more figures shows them on pointing only
GRAMMAR = [
    "Circle: outcome, open where it is not exact. Diamond: target. Square: expected when printed. Bar: over a span of years, not of one year,",
    "dashed for a target. Arrow up: ‘or more’; arrow down: ‘or less’. (!): cannot be right as printed. A year without a mark has no figure;",
    "a line joins consecutive years counted on one basis, and breaks where the basis changes. Points that coincide stand side by side.",
]
ORIGINS = ["Target printed", "Outcome printed", "In 2020"]
JUDGED = alt.Legend(title=None, orient="bottom", values=["met", "missed", "within rounding"])
COVERED = ["Period", "Figure", "Status", "Source"]  # what a mark of the coverage says
KEYS = ["indicator", "start", "end", "value", "status", "bound", "line", "panel", "view", "series", "Implied"]


def past_beside_promised(rows):
    """A small panel per indicator: its average annual rate, the rate of the last year, the target.

    `rows` as from `growth.past_beside_promised`, values in % a year.
    """
    x = _years(scale=alt.Scale(domain=[2014.6, 2022.2], nice=False), axis=alt.Axis(values=[2016, 2018, 2020, 2021], labelOverlap=False))
    y = alt.Y("value:Q", title="% a year", scale=_room(rows), axis=alt.Axis(tickCount=4))
    panel = alt.layer(*_marks(x, y, alt.value(COLOURS[0]), sides=SPANS_LEFT)).properties(width=200, height=150)
    title = alt.Title(
        "What the years 2016–2020 brought, and what 2021 was to bring",
        subtitle=[
            "Bar: average annual growth rate 2016–2020. Filled circle: growth in 2020. Open diamond: target for 2021;",
            "the arrow says ‘or more’. ‘At constant prices’ is in real terms, the rest nominal. What is missing was not printed.",
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
    panel = alt.layer(path, rate, *_marks(x, y, alt.value(COLOURS[0]), sides=ALL_ABOVE)).properties(width=300, height=200)
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
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(labelExpr="format(datum.value, ',')"))
    legend = alt.Legend(
        title=None, orient="bottom", columns=2, labelLimit=330, symbolOpacity=1, symbolType="circle", symbolLimit=0,
        values=alt.expr("slots"), labelExpr="names[datum.value]",
    )  # fmt: skip
    colours = alt.Scale(domain=list(range(SLOTS)), range=list(islice(cycle(COLOURS), SLOTS)))
    panel = alt.layer(*_plans(x), *_marks(x, y, alt.Color("slot:O", scale=colours, legend=legend))).properties(width=640, height=260)
    chart = _facets(rows, panel, "panel", columns=1).resolve_scale(y="independent").resolve_axis(x="independent")
    chart.title = alt.Title("Plans and outcomes", subtitle=GRAMMAR, offset=14)
    chart.description = "The figures chosen with the controls above; each mark states its own."
    chart.autosize = alt.AutoSizeParams(type="pad", resize=True)
    chart.params = [alt.VariableParameter(name=name, value=value) for name, value in state.items()]
    chosen = "datum.view == view && indexof(statuses, datum.status) >= 0 && datum.slot >= 0 && datum.start >= first && datum.end <= last"
    return chart.transform_calculate(slot="indexof(chosen, datum.series)").transform_filter(chosen)


def targets(rows, state):
    """One row a target: where its outcome lies, where the city stood in 2020, and when it would be reached.

    `rows` as from `growth.with_latest`, values in % of the target; `state`: `theme`, `year` (or ‘all’), `order`
    (codebook or gap), `rate` (assumed change a year, in %).
    """
    sort = alt.SortField("place")
    y = alt.Y("Target:N", title=None, sort=sort, axis=alt.Axis(labelLimit=350, labelFontSize=10, ticks=False, domain=False))
    base = alt.Chart().encode(y=y, tooltip=["Target", "Verdict", *ORIGINS])

    def x(column):
        return alt.X(f"{column}:Q", title="% of the target; right is better", scale=alt.Scale(padding=15))

    shape = alt.Shape("verdict:N", scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())), legend=JUDGED)
    stood = base.transform_filter("isValid(datum.stood)").mark_point(size=80, fill="white", strokeWidth=1.5, color="#777777", opacity=1)
    known = base.transform_filter("isValid(datum.by)").mark_point(filled=True, size=110, opacity=1)
    dots = [
        alt.Chart().mark_rule(color=INK).encode(x=alt.datum(0)),
        stood.encode(x=x("stood"), description="In 2020:N"),
        known.encode(x=x("by"), shape=shape, color=alt.value(COLOURS[0]), description="Verdict:N"),
    ]
    column = {"height": alt.Step(19)}
    place = alt.layer(*dots).properties(width=160, title="Filled: outcome. Open: 2020", **column)
    words = base.mark_text(align="left", limit=430).encode(y=alt.Y("Target:N", axis=None, sort=sort), x=alt.value(0))
    outcome = words.encode(text="Verdict short:N").properties(width=165, title="Outcome", **column)
    pace = alt.Title(alt.expr("'At ' + format(rate, '.1f') + '% a year'"))
    when = words.encode(text="When:N").properties(width=85, title=pace, **column)
    chart = alt.HConcatChart(data=_judged(rows), hconcat=[place, outcome, when], spacing=12).resolve_scale(y="shared")
    subtitle = [
        "The line at 0 is the target. * the basis of 2020 is another, or not stated. – a what-if in % a year makes no sense, or",
        "no figure to start from.",
    ]
    chart.title = alt.Title("Targets and what came", subtitle=subtitle, offset=8, anchor="start")
    chart.description = "Targets, one a row, with outcome, verdict and the year in which each would be reached."
    chart.params = [alt.VariableParameter(name=name, value=value) for name, value in state.items()]
    chart.autosize = alt.AutoSizeParams(type="pad", resize=True)
    chart = chart.transform_filter("(theme == 'all' || datum.theme == theme) && (year == 'all' || datum.year == year)")
    gap = "isValid(datum.by) ? datum.by : isValid(datum.stood) ? datum.stood : 1e9"
    return chart.transform_calculate(place=f"order == 'gap' ? ({gap}) : datum.number", When=WHEN)


def small_multiples(rows, title, columns=2):
    """A panel per indicator with its outcomes and targets, each in its own unit, from zero.

    `rows` of one place, of levels or rates, with `line` as from `growth.with_lines`; those of other years are left out.
    `title`: what the chart says, in words.
    """
    rows = rows[rows["start"].ge(YEARS[0]) & rows["end"].le(YEARS[1])]
    x = _years(scale=alt.Scale(domain=[2014.3, 2026.2], nice=False), axis=alt.Axis(values=[2015, 2020, 2025]))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4))
    panel = alt.layer(*_marks(x, y, alt.value(COLOURS[0]), sides=SMALL)).properties(width=300, height=150)
    title = alt.Title(
        title, subtitle="Filled circle: outcome. Open diamond: target; an arrow: ‘or more’, ‘or less’. Bar: over a span of years.", offset=14
    )
    chart = _facets(rows.sort_values("indicator"), panel, "Panel", columns=columns).resolve_scale(y="independent").resolve_axis(x="independent")
    return chart.properties(title=title, description=_described(title, rows))


def against_benchmarks(rows, benchmarks, title):
    """One indicator of one place against limits and guideline values that others set (`data.benchmarks`), in its unit."""
    x = _years(scale=alt.Scale(domain=[2014.3, 2026.2], nice=False), axis=alt.Axis(tickMinStep=1))
    y = alt.Y("value:Q", title=str(rows["unit"].iloc[0]), scale=alt.Scale(zero=True))
    limits = alt.Chart(benchmarks.assign(Limit=[f"{row.name_en}: {row.value:g}" for row in benchmarks.itertuples()])).encode(y=y)
    rule = limits.mark_rule(color=INK, strokeDash=[2, 3]).encode(
        description="Limit:N", tooltip=["Limit:N", alt.Tooltip("as_printed:N", title="As printed"), alt.Tooltip("publisher:N", title="Set by")]
    )
    words = limits.mark_text(align="left", dx=6, color=INK, aria=False).encode(x=alt.value(470), text="Limit:N")
    title = alt.Title(
        title, subtitle="Dotted lines: limits set by others. Filled circle: outcome. Open diamond: target; the arrow says ‘or less’.", offset=14
    )
    drawn = alt.layer(rule, words, *_marks(x, y, alt.value(COLOURS[0]), sides=SMALL), data=_drawn(rows.assign(panel="")))
    return drawn.properties(width=470, height=280, title=title, description=f"{_described(title, rows)} {'; '.join(limits.data['Limit'])}.")


def coverage(rows):
    """Which years have a figure, for each indicator: filled circle an outcome, square an expected one, diamond a target.

    `rows` of the table; a span has a bar. One row of marks per indicator, in the order of the codebook.
    """
    x = _years(scale=alt.Scale(domain=[2014.6, 2025.6], nice=False), axis=alt.Axis(tickMinStep=1))
    order = list(dict.fromkeys(rows.sort_values("indicator")["name_en"]))
    y = alt.Y("Indicator:N", title=None, sort=order, axis=alt.Axis(labelLimit=340))
    drawn = _drawn(rows.query("start >= 2015 and end <= 2025"))[["Indicator", *COVERED, "start", "end", "status", "begin", "finish"]]
    base = alt.Chart(drawn).encode(y=y, color=alt.value(COLOURS[0]))
    shape = alt.Shape("Status:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=alt.Legend(title=None, orient="top"))
    mark = base.encode(tooltip=["Indicator", *COVERED])
    points = mark.transform_filter(YEAR).encode(x=x("start"), shape=shape)
    layers = [
        mark.transform_filter(SPAN).mark_rule(strokeWidth=4, opacity=0.35).encode(x=x("begin"), x2="finish"),
        points.transform_filter("datum.status != 'actual'").mark_point(size=75, fill="white", strokeWidth=1.5, opacity=1),
        points.transform_filter("datum.status == 'actual'").mark_point(size=45, filled=True, opacity=1),
    ]
    title = alt.Title("Which years have a printed figure", subtitle="Bar: a figure over a span of years.", offset=8)
    text = f"Which years have a printed figure: {len(order)} indicators, {len(rows)} figures."
    return alt.layer(*layers).properties(width=470, height=alt.Step(15), title=title, description=text)


def _judged(rows):
    """The columns that the chart of targets needs, in words and as numbers."""
    short = [
        row.verdict if row.outcome is None else f"{row.verdict}{'*' * row.another_basis}: {labels.figure(row.outcome)}" for row in rows.itertuples()
    ]
    columns = {
        "Target": [labels.target(row) for row in rows.itertuples()],
        "Verdict": [labels.verdict(row) for row in rows.itertuples()],
        "Verdict short": short,
        "Target printed": [f"{row.as_printed} — {row.title_en}, {labels.place_in_source(row)}" for row in rows.itertuples()],
        "Outcome printed": [labels.origin(row) for row in rows["outcome"]],
        "In 2020": [labels.origin(row) for row in rows["baseline"]],
        "number": range(len(rows)),
        "by": rows["better_by"],
        "stood": rows["baseline_by"],
        "year": rows["end"].astype("str"),
        "theme": rows["theme"].astype("str"),
        "downward": rows["bound"].isin(["at_most", "less_than"]) | rows["better"].eq("lower"),
    }
    return (
        rows[["verdict", "value", "latest", "latest_year", "met_in"]]
        .astype({"latest": float, "latest_year": float, "met_in": float})
        .assign(**columns)
    )


def choice(names, chosen, years, view, statuses=("actual", "target", "estimate")):
    """The parameters of an explorer's chart, by name.

    `names` maps series (see `growth.views`) to their names in the legend. `chosen` holds series, the first for the first
    colour, None for a colour left free. A figure is drawn when it is of `view`, its series is chosen, its status is among `statuses`, and
    its whole period lies within `years` (first and last).
    """
    return {
        "chosen": list(chosen),
        "names": [names[slug] if slug else "" for slug in chosen],
        "slots": [slot for slot, slug in enumerate(chosen) if slug],
        "first": years[0],
        "last": years[1],
        "view": view,
        "statuses": list(statuses),
    }


def _marks(x, y, colour, sides=BY_TURNS):
    """The layers that draw printed figures: lines, spans, open points, exact outcomes, labels, arrows.

    Points that coincide stand side by side within their year; the labels of one year stand to the right and to the
    left in turn, from the highest value down, unless `sides` says otherwise.
    """
    period = ["panel", "start", "end"]
    base = alt.Chart().encode(y=y, color=colour)
    base = base.transform_window(turn="row_number()", groupby=[*period, "value"])
    base = base.transform_joinaggregate(same="count()", groupby=[*period, "value"])
    base = base.transform_window(place="row_number()", groupby=period, sort=[alt.SortField("value", order="descending")])
    base = base.transform_calculate(
        aside="(datum.turn - (datum.same + 1) / 2) * min(0.22, 0.8 / datum.same)",
        begin="datum.begin + datum.aside", finish="datum.finish + datum.aside",
    )  # fmt: skip
    return _shapes(base, x) + _words(base, x, sides)


def _plans(x):
    """The five-year plans as named shading behind the marks of a panel."""
    once = alt.Chart().transform_aggregate(count="count()", groupby=["panel"])
    layers = []
    for name, first, last, opacity in PLANS:
        area = once.transform_calculate(
            begin=f"{first} - 0.5", finish=f"min({last} + 0.5, last + 0.9)", middle="(max(datum.begin, first - 0.6) + datum.finish) / 2"
        )
        area = area.transform_filter(f"first <= {last} && last >= {first}")
        layers.append(area.mark_rect(clip=True, color="#999999", opacity=opacity, aria=False).encode(x=x("begin"), x2="finish"))
        layers.append(area.mark_text(color="#595959", fontSize=10, aria=False, text=name).encode(x=x("middle"), y=alt.value(-6)))
    return layers


def _shapes(base, x):
    """The lines, and the marks of spans and of years."""
    shape = alt.Shape("Status:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None)
    mark = base.encode(tooltip=labels.TOOLTIP, description="Description:N")
    span = mark.transform_filter(SPAN).encode(x=x("begin"), x2="finish")
    year = mark.transform_filter(YEAR).encode(x=x("begin"), shape=shape)
    return [
        base.transform_filter("datum.line > 0").mark_line(strokeWidth=1.5, aria=False).encode(x=x("start"), detail="line:N"),
        span.transform_filter("datum.status == 'actual'").mark_rule(opacity=0.55, strokeWidth=5),
        span.transform_filter("datum.status != 'actual'").mark_rule(opacity=0.8, strokeWidth=5, strokeDash=[3, 4]),
        year.transform_filter(f"!({EXACT_OUTCOME})").mark_point(size=110, strokeWidth=2, fill="white", opacity=1),
        year.transform_filter(EXACT_OUTCOME).mark_point(size=110, filled=True, opacity=1),
    ]


def _words(base, x, sides):
    """The figures beside their marks, and the arrows of bounds."""
    label = base.encode(text="Label:N", color=alt.value(INK))
    arrow = base.encode(x=x("middle"))
    few = label.transform_joinaggregate(crowd="count()", groupby=["panel"]).transform_filter(f"datum.crowd <= {MOST_LABELS}")
    beside = [few.transform_filter(where).mark_text(aria=False, **side).encode(x=x(end)) for where, end, side in sides]
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


def _room(rows):
    """A scale from zero, or the lowest fall, with room for a label above the highest mark."""
    return alt.Scale(domain=[min(0, 1.15 * rows["value"].min()), 1.15 * rows["value"].max()], nice=False)


def _facets(rows, panel, by, columns):
    header = alt.Header(title=None, labelAnchor="start", labelFontSize=13, labelFontWeight="bold", labelLimit=640)
    data = _drawn(rows.assign(panel=rows.get("panel", ""), line=rows.get("line", 0)), panels=by == "Panel")
    facet = alt.Facet(f"{by}:N", header=header, sort=list(dict.fromkeys(data[by])))
    return alt.FacetChart(data=data, spec=panel, facet=facet, columns=columns)


def _drawn(rows, panels=False):
    """The columns a chart needs, with the words of its tooltips and the ends of its bars."""
    rows = labels.worded(rows)
    rows = rows[[name for name in (*KEYS, *labels.COLUMNS) if name in rows and (name != "Panel" or panels)]]
    overhang = 0.25 * (rows["start"] != rows["end"])
    ends = {"begin": rows["start"] - overhang, "finish": rows["end"] + overhang}
    return rows.assign(**ends, middle=(rows["start"] + rows["end"]) / 2)


def _described(title, rows):
    """The alternative text of a static chart: its title and every figure in it."""
    return f"{title.text}. {'; '.join(labels.worded(rows)['Description'])}."
