"""From frames to Altair charts. Pure: no figure is computed here and nothing is displayed.

One grammar of marks for all charts. A year is a point, a span of years a bar across them; an outcome
is a circle, an expected outcome a square, a target a diamond. An exact outcome is filled, everything else
is open; a bound has an arrow in the direction in which it is open.
"""

import json
import math
import textwrap
from functools import cache, partial

import altair as alt

from .. import labels
from ..i18n import WORDS, phrase, unit
from . import renderer as _renderer  # noqa: F401  (registers and enables itself)

COLOURS = [
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#E69F00",
    "#555555",
]  # Okabe and Ito
SHAPES = {"actual": "circle", "target": "diamond", "estimate": "square"}
INK = "#333333"
YEARS = (2015, 2025)
PLANS = [(2016, 2020, 0.10), (2021, 2025, 0.18)]
PANEL = (560, 260)  # width and height of an explorer's panel, in pixels
NAME_WIDTH = 34  # characters of a series' name on a line
RATES = [number / 2 for number in range(31)]  # assumed changes in % a year
VERDICTS = {
    "met": "circle",
    "missed": "cross",
    "within rounding": "square",
    "cannot be told": "triangle-up",
    "not yet known": "circle",
}
FIGURES = "datum.status != 'pace'"  # all but required growth
YEAR = "datum.start == datum.end"
SPAN = "datum.start != datum.end"
EXACT_OUTCOME = "datum.status == 'actual' && datum.bound == 'exact'"
OPEN_UP = "indexof(['at_least', 'more_than'], datum.bound) >= 0"
OPEN_DOWN = "indexof(['at_most', 'less_than'], datum.bound) >= 0"
RIGHT, LEFT, ABOVE = {"align": "left", "dx": 11}, {"align": "right", "dx": -11}, {"dy": -15}
BESIDE = {"align": "left", "dx": 9}
SPANS_LEFT = [
    ("datum.start == datum.end", "finish", RIGHT),
    ("datum.start != datum.end", "begin", LEFT),
]
ALL_ABOVE = [("true", "start", ABOVE)]
ROOMY = "datum.place == 1 && (length(datum.Label) < 5 || datum.start % 2 == 0)"  # long labels of neighbouring years go above and below
BOUNDED = f"({OPEN_UP} || {OPEN_DOWN})"
BARE = "(datum.bound == 'exact' || datum.bound == 'about')"  # without an arrow
OUTER = f"({BARE} && (datum.turn == 1 || datum.turn == datum.peers))"
BY_TURNS = [  # of the labels of a year the first is above and the last below, as no line runs there; the others, and those with an arrow, beside
    (f"{YEAR} && {BARE} && datum.turn == 1", "finish", {"dy": -14}),
    (f"{YEAR} && {BARE} && datum.turn > 1 && datum.turn == datum.peers", "finish", {"dy": 15}),
    (f"{YEAR} && !{OUTER} && datum.turn % 2 == 1", "finish", BESIDE | {"dy": -8}),
    (f"{YEAR} && !{OUTER} && datum.turn % 2 == 0", "finish", BESIDE | {"dy": 9}),
    (
        f"{SPAN} && datum.turn == 1 && datum.peers > 1",
        "finish",
        {"align": "right", "dy": -11},
    ),  # those of a span beneath its end
    (f"{SPAN} && !(datum.turn == 1 && datum.peers > 1)", "finish", {"align": "right", "dy": 13}),
]
SMALL = [
    (BOUNDED, "finish", RIGHT),
    (f"!{BOUNDED} && {ROOMY}", "middle", ABOVE),
    (f"!{BOUNDED} && !({ROOMY})", "middle", {"dy": 16}),
]
MOST_LABELS = 18  # a panel with more figures shows them on pointing only
KEYS = ["indicator", "start", "end", "value", "status", "bound", "line", "panel", "Implied"]
COVERED = ["period", "figure", "source"]  # what a mark of the coverage says
KEPT = "start end value status bound line".split()
DATASET = "figures"
CHOICE = (  # of all figures in the page, those that an explorer of indicators draws
    "datum.language == language && datum.view == viewed && indexof(slots, datum.series) >= 0 && (datum.drawn || vintages == 'all')"
    " && (datum.view != 'index' || datum.base == base) && datum.start >= first && datum.end <= last"
    " && {actual: actual, target: target, estimate: estimate, pace: pace}[datum.status]"
)
OF_THEME = "datum.language == language && datum.theme == theme"
OF_TARGETS = "datum.language == language && (theme == 'all' || datum.theme == theme) && (year == 'all' || datum.year == year)"
OF_PLACES = "indexof(slots, datum.series) >= 0"
DERIVED = {
    "naming": "length(places) == 1 && places[0] == home ? 0 : length(chosen) == 1 && length(places) > 1 ? 1 : 2",
    "apart": "arrangement == 'apart' && length(places) > 1",
}
OF_SEVERAL = {
    "apart": DERIVED["apart"],
    "alone": "apart || length(places) == 1",  # in each panel there is one place
    "foreign": "length(places) == 1 && places[0] == home ? 0 : 1",
}
PALETTE = f"{json.dumps(COLOURS)}[indexof(slots, datum.series) % {len(COLOURS)}]"
# Where the series are called by their places, the panel says what is measured.
TITLED = r"(naming == 1 ? replace(datum.Names[0], '\n', language == 'zh' ? '' : ' ') + (language == 'zh' ? '：' : ': ') : '') + datum.heading"
SHARED = 20  # panels of one unit share a scale unless the largest figure of one is more than so many times that of another
HEADER = alt.Header(
    title=None, labelAnchor="start", labelFontSize=13, labelFontWeight="bold", labelLimit=640
)
LOG_TICKS = [
    round(math.log10(step * 10.0**power), 6)
    for power in range(-3, 8)
    for step in (1, 1.5, 2, 3, 5, 7)
]
MANY = 1_000_000  # more than there are targets
SPARK = (176, 62)  # width and height of a panel of the overview, in pixels
TIP = alt.value(alt.expr("datum.Tip"))


def past_beside_promised(rows, language="en"):
    """A small panel per indicator: its average annual rate, the rate of the last year, the target.

    `rows` as from `growth.past_beside_promised`, values in % a year.
    """
    x = _years(
        scale=alt.Scale(domain=[2014.6, 2022.2], nice=False),
        axis=alt.Axis(values=[2016, 2018, 2020, 2021], labelOverlap=False),
    )
    y = alt.Y(
        "value:Q", title=phrase("% a year", language), scale=_room(rows), axis=alt.Axis(tickCount=4)
    )
    panel = alt.layer(*_marks(x, y, alt.value(COLOURS[0]), sides=SPANS_LEFT)).properties(
        width=300, height=130
    )
    title = alt.Title(
        phrase("What the years 2016–2020 brought, and what 2021 was to bring", language),
        subtitle=[
            phrase(
                "Bar: average annual growth rate 2016–2020. Filled circle: growth in 2020. Open diamond: target for 2021;",
                language,
            ),
            phrase(
                "the arrow says ‘or more’. ‘At constant prices’ is in real terms, the rest nominal. What is missing was not printed.",
                language,
            ),
        ],
        offset=14,
    )
    chart = _facets(rows, panel, "Indicator", 2, language).resolve_axis(x="independent")
    return chart.properties(title=title, description=_described(title, rows, language))


def levels_to_targets(rows, language="en"):
    """A panel per indicator: the outcome, the target, and the growth that leads from one to the other.

    `rows` as from `growth.implied_by_target`, values in the unit of each indicator.
    """
    x = _years(
        scale=alt.Scale(domain=[2019.4, 2026], nice=False), axis=alt.Axis(values=[2020, 2025])
    )
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
    base = alt.Chart()
    path = base.mark_line(color=INK, strokeDash=[5, 4]).encode(
        x=x("start"), y=y, detail="Indicator:N"
    )
    middle = base.transform_aggregate(start="mean(start)", value="mean(value)", groupby=["Implied"])
    rate = middle.mark_text(dy=30, color=INK).encode(x=x("start"), y=y, text="Implied:N")
    panel = alt.layer(path, rate, *_marks(x, y, alt.value(COLOURS[0]), sides=ALL_ABOVE)).properties(
        width=300, height=200
    )
    title = alt.Title(
        phrase("From the outcome of 2020 to the target for 2025", language),
        subtitle=phrase(
            "Filled circle: outcome. Open diamond: target. Dashed: the growth that would lead there.",
            language,
        ),
        offset=14,
    )
    rows = rows.assign(Implied=[labels.implied(row, language) for row in rows.itertuples()])
    chart = _facets(rows, panel, "Panel", 2, language).resolve_scale(y="independent")
    return chart.properties(title=title, description=_described(title, rows, language))


def figures(rows, language="en"):
    """The figures that a living chart draws, one dict each: what it is, where it stands, and the words for it.

    `rows` as from `growth.views`.
    """
    return [_figure(row, language) for row in rows.itertuples(index=False)]


def _figure(row, language):
    words = {
        "Label": labels.short(row),
        "Description": labels.sentence(row, language),
        "Tip": labels.tip(row, language),
        "language": language,
    }
    return {name: getattr(row, name) for name in KEPT} | {"key": row.row} | words


def in_views(rows, order, language="en"):
    """As `figures`, with what tells an explorer of indicators when a figure is drawn (`CHOICE`), in which panel, and under which name.

    `order`: for each row the place of its panel among the panels.
    """
    found = []
    for row, figure, place in zip(
        rows.itertuples(index=False), figures(rows, language), order, strict=True
    ):
        base = {"base": int(row.unit[7:11])} if row.view == "index" else {}
        when = {
            "series": row.series,
            "view": row.view,
            "drawn": bool(row.drawn),
            "order": place,
        } | base
        found.append(
            figure
            | when
            | {
                "heading": labels.panel(row, language),
                "where": labels.place(row, language),
                "Names": _named(row, language),
            }
        )
    return found


def _named(row, language):
    """The name of a row's series: where the place goes without saying, where only the place tells, and in full."""
    name, place = labels.name(row, language), labels.place(row, language)
    return [wrapped(text) for text in (name, place, labels.located(row, language))]


def required(path, of, language="en"):
    """The required growth to one target (rows of `growth.required_paths`, values in the unit drawn) as `in_views` gives figures.

    `of`: a figure of `in_views` in whose panel it is drawn.
    """
    middle = (path["year"].iloc[0] + path["year"].iloc[-1] + 1) // 2
    found = []
    for row in path.itertuples():
        label, said = labels.required(row, language) if row.year == middle else ("", "")
        drawn = {
            "start": row.year,
            "end": row.year,
            "value": row.value,
            "status": "pace",
            "bound": "exact",
            "line": row.path,
            "key": -2,
        }
        found.append(of | drawn | {"Label": label, "Description": said, "Tip": {}})
    return found


def explorer(drawn, state, heading=None):
    """The figures of a view in a panel for each unit (or each unit and place), over a shared time axis.

    `drawn` as from `in_views`; of them are drawn those that fit `state` (`CHOICE`): `language`, `viewed`, `slots` (the series; the place among
    them is the colour), `actual`, `target`, `estimate` and `pace` (whether they are drawn), `vintages`, `base`, `first` and `last` year. Beside
    these, `chosen` and `places` (how series are named), `home` (the place that goes without saying), `arrangement`, `logarithmic` (whether
    heights are logarithms), `focus` (the series that stands out, or empty), `pinned` (the key of the marked figure, or -1). `heading`: a title
    and lines beneath it, for a chart that stands alone.
    """
    plans = alt.VariableParameter(
        name="plans", expr=_of_language(lambda words: words["chart"]["plans"])
    )
    derived = [alt.VariableParameter(name=name, expr=expr) for name, expr in DERIVED.items()]
    steps = (
        alt.Chart()
        .transform_filter(CHOICE)
        .transform_calculate(
            panel=f"{TITLED} + (apart ? ' · ' + datum.where : '')",
            Name="datum.Names[naming]",
            colour=PALETTE,
            y="logarithmic ? log(datum.value) / LN10 : datum.value",
            size="datum.status == 'pace' ? 0 : abs(datum.value)",
        )
    )
    steps = _sharing(steps).transform_calculate(
        highest="datum.highest + 0.1 * (datum.highest - (logarithmic ? datum.lowest : min(0, datum.lowest)))",
        lowest="logarithmic ? datum.lowest : min(0, datum.lowest)",
    )
    return _living(drawn, _panel(), steps, state, [plans, *derived], heading, columns=1)


def _sharing(steps):
    """`steps` with the range (`highest`, `lowest`) of `y` in all panels of a heading, if they can share a scale."""
    steps = steps.transform_joinaggregate(top="max(size)", groupby=["panel"])
    steps = steps.transform_joinaggregate(most="max(top)", least="min(top)", groupby=["heading"])
    steps = steps.transform_calculate(
        together=f"apart && datum.most > {SHARED} * datum.least ? datum.panel : datum.heading"
    )
    return steps.transform_joinaggregate(highest="max(y)", lowest="min(y)", groupby=["together"])


def _living(drawn, panel, steps, state, params, heading, **facets):
    """A panel for each value of `panel`, for figures that come and go; `steps`, a chart whose transforms choose and place them."""
    facet = alt.Facet("panel:N", header=HEADER, sort=alt.EncodingSortField("order", op="min"))
    chart = alt.FacetChart(data=alt.NamedData(DATASET), spec=panel, facet=facet, **facets)
    chart.resolve = alt.Resolve(
        scale=alt.ScaleResolveMap(y="independent"), axis=alt.AxisResolveMap(x="independent")
    )
    return _alone(chart, drawn, steps, [*_params(state), *params], heading)


def _alone(chart, drawn, steps, params, heading):
    """The chart with its figures, steps and parameters; these are set, since each method of a chart copies all of it."""
    if heading:
        chart.title = _heading(heading)
    chart.autosize = alt.AutoSizeParams(type="pad", resize=True)
    chart.transform, chart.params, chart.datasets = steps.transform, params, {DATASET: drawn}
    return chart


def _of_language(pick):
    """An expression for the words that `pick` takes from the vocabulary of the chosen language."""
    return f"({json.dumps({language: pick(words) for language, words in WORDS.items()}, ensure_ascii=False)})[language]"


@cache
def _panel():
    """A panel of an explorer, without data; made once."""
    scale = alt.Scale(
        domainMin=alt.expr("first - 0.95"),
        domainMax=alt.expr("last + 0.95"),
        nice=False,
        zero=False,
    )
    x = _years(scale=scale, axis=alt.Axis(tickMinStep=1))
    axis = alt.Axis(
        labelExpr="format(logarithmic ? pow(10, datum.value) : datum.value, ',~r')",
        values=alt.ExprRef(f"logarithmic ? {json.dumps(LOG_TICKS)} : null"),
    )
    y = alt.Y("y:Q", title=None, scale=alt.Scale(zero=False))
    colour = alt.Color("colour:N", scale=None)
    marks = _marks(x, y, colour, where=FIGURES, lit=True)
    layers = [
        *_plans(x),
        _extent(alt.Y("y:Q", title=None, scale=alt.Scale(zero=False), axis=axis)),
        *_paths(x, y, colour),
        *marks,
        *_names(y),
    ]
    return alt.layer(*layers).properties(width=PANEL[0], height=PANEL[1])


def overview(drawn, state, heading=None):
    """One small panel for each number: its years, the figure of the chosen year, its target and verdict.

    `drawn` as from `figures`, each with its `theme`, `panel` (the heading), `order` (the place of the panel) and `Goal` (lines on the target);
    `state`: `language`, `theme`, `year`. Of several places each figure has its `series` (the place), `where` (its name), `heading` and `panels`
    (the heading, without and with the place), and `state` has `places`, `home`, `arrangement` and `slots`, as in `explorer`. `heading` as there.
    """
    several = "places" in state
    x = _years(
        scale=alt.Scale(domain=[2013.7, 2025.8], nice=False),
        axis=alt.Axis(values=[2015, 2020, 2025], ticks=False),
    )
    up = partial(
        alt.Y,
        title=None,
        scale=alt.Scale(zero=True),
        axis=alt.Axis(tickCount=2, format="~s", grid=False, minExtent=30),
    )
    y = up("value:Q")
    shown = "datum.start == year && datum.end == year && datum.status != 'target'"
    base = alt.Chart()
    ring = (
        base.transform_filter(shown)
        .mark_point(size=260, color=INK, strokeWidth=1.5, aria=False)
        .encode(x=x("start"), y=y)
    )
    rule = base.transform_aggregate(count="count()", groupby=["panel"]).transform_calculate(
        at="year"
    )
    rule = rule.mark_rule(color="#999999", aria=False).encode(x=x("at"))
    beside = {"align": "left", "aria": False, "color": INK}
    lone = base.transform_filter("alone") if several else base
    value = lone.transform_filter(shown).mark_text(fontSize=18, fontWeight="bold", **beside)
    none = lone.transform_calculate(hit=f"{shown} ? 1 : 0").transform_aggregate(
        hits="sum(hit)", groupby=["panel"]
    )
    none = (
        none.transform_filter("datum.hits == 0")
        .transform_calculate(text="replace(missing, '{}', year)")
        .mark_text(fontSize=12, **beside)
    )
    goal = lone.transform_aggregate(count="count()", groupby=["panel", "Goal"]).mark_text(
        lineBreak="\n", fontSize=11, baseline="top", **beside
    )
    texts = [
        value.encode(x=alt.value(SPARK[0] + 14), y=alt.value(8), text="Label:N"),
        none.encode(x=alt.value(SPARK[0] + 14), y=alt.value(8), text="text:N"),
        goal.encode(x=alt.value(SPARK[0] + 14), y=alt.value(24), text="Goal:N"),
    ]
    colour = alt.Color("colour:N", scale=None) if several else alt.value(COLOURS[0])
    marks = _shapes(_placed(base.encode(y=y, color=colour), ["panel", "start", "end"]), x, size=45)
    extent = [_extent(up("y:Q"))] if several else []
    panel = alt.layer(
        *extent, rule, *marks, ring, *texts, *(_of_places(shown, beside) if several else [])
    )
    panel = panel.properties(width=SPARK[0], height=SPARK[1])
    params = [
        alt.VariableParameter(
            name="missing", expr=_of_language(lambda words: words["said"]["no_figure"])
        )
    ]
    steps = alt.Chart().transform_filter(OF_THEME)
    if several:
        params += [alt.VariableParameter(name=name, expr=expr) for name, expr in OF_SEVERAL.items()]
        steps = steps.transform_filter(OF_PLACES).transform_calculate(
            panel="datum.panels[apart ? 1 : foreign && alone ? 1 : 0]",
            colour=PALETTE,
            slot="indexof(slots, datum.series)",
            y="datum.value",
            size="abs(datum.value)",
        )
        steps = _sharing(steps).transform_calculate(lowest="min(0, datum.lowest)")
    return _living(
        drawn, panel, steps, state, params, heading, columns=2, spacing={"row": 24, "column": 16}
    )


def _of_places(shown, beside):
    """The figure of the year of each place in a panel of several, one a line, with the colour of the place."""
    lines = alt.Chart().transform_filter("!alone").transform_calculate(hit=f"{shown} ? 1 : 0")
    lines = lines.transform_window(
        turn="row_number()",
        groupby=["panel", "slot"],
        sort=[alt.SortField("hit", order="descending")],
    )
    lines = lines.transform_filter("datum.turn == 1").transform_window(
        at="row_number()", groupby=["panel"], sort=[alt.SortField("slot")]
    )
    lines = lines.transform_calculate(
        said="datum.where + (language == 'zh' ? '：' : ': ') + (datum.hit ? datum.Label : replace(missing, '{}', year))"
    ).encode(y=alt.value(alt.expr("15 * datum.at - 9")))
    key = lines.mark_point(shape="square", size=60, filled=True, opacity=1, aria=False)
    return [
        key.encode(x=alt.value(SPARK[0] + 18), color=alt.Color("colour:N", scale=None)),
        lines.mark_text(fontSize=12, **beside).encode(x=alt.value(SPARK[0] + 27), text="said:N"),
    ]


def targets(judged, state, heading=None):
    """One row a target: where its outcome lies, where the city stood in 2020, and when it would be reached.

    `judged` as from `judgements`; `state`: `language`, `theme` and `year` (or `all`), `order` (`codebook` or `gap`), `rate` (% a year, of `RATES`).
    Of several places `judged` says so, and `state` has `places`, `home`, `arrangement` and `slots` as in `explorer`. `heading` as there.
    """
    several = "places" in state
    sort = alt.EncodingSortField("place", op="min")
    y = alt.Y(
        "Target:N",
        title=None,
        sort=sort,
        axis=alt.Axis(labelLimit=400, labelFontSize=10, ticks=False, domain=False),
    )
    base = alt.Chart().encode(y=y, tooltip=TIP)

    def x(column):
        return alt.X(f"{column}:Q", title=None, scale=alt.Scale(padding=15))

    shape = alt.Shape(
        "verdict:N",
        scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())),
        legend=None,
    )
    stood = base.transform_filter("isValid(datum.stood)").mark_point(
        size=80, fill="white", strokeWidth=1.5, color="#777777", opacity=1
    )
    known = base.transform_filter("isValid(datum.by)").mark_point(filled=True, size=110, opacity=1)
    colour = alt.Color("colour:N", scale=None) if several else alt.value(COLOURS[0])
    dots = [
        alt.Chart().mark_rule(color=INK).encode(x=alt.datum(0)),
        stood.encode(x=x("stood"), description="Stood:N"),
        known.encode(x=x("by"), shape=shape, color=colour, description="Verdict:N"),
    ]
    column = {"height": alt.Step(19)}
    heads = _of_language(lambda words: words["chart"]["target_heads"])
    titles = [
        alt.Title(
            alt.expr(f"replace({heads}[{number}], '{{}}', format(rate, '.1f'))"),
            anchor="start",
            fontSize=11,
        )
        for number in range(3)
    ]
    place = alt.layer(*dots).properties(width=190, title=titles[0], **column)
    words = base.mark_text(align="left", limit=430).encode(
        y=alt.Y("Target:N", axis=None, sort=sort), x=alt.value(0)
    )
    outcome = words.encode(text="Short:N").properties(width=175, title=titles[1], **column)
    when = words.encode(text="When:N").properties(width=85, title=titles[2], **column)
    chart = alt.HConcatChart(
        data=alt.NamedData(DATASET), hconcat=[place, outcome, when], spacing=12
    )
    chart.resolve = alt.Resolve(scale=alt.ScaleResolveMap(y="shared"))
    places = {
        "place": "order == 'gap' ? datum.by_gap : datum.by_codebook",
        "When": f"datum.Whens[round(rate / {RATES[1]})]",
    }
    steps, params = alt.Chart().transform_filter(OF_TARGETS), _params(state)
    if several:
        steps = steps.transform_filter(OF_PLACES)
        places["place"] = f"(apart ? {MANY} * datum.by_place : 0) + ({places['place']})"
        places |= {"Target": "datum.Targets[foreign]", "colour": PALETTE}
        params += [alt.VariableParameter(name=name, expr=expr) for name, expr in OF_SEVERAL.items()]
    return _alone(chart, judged, steps.transform_calculate(**places), params, heading)


def judgements(rows, language="en", places=()):
    """What the chart of targets draws of `rows` of `growth.with_latest`, in words and as numbers, one dict each.

    `by_codebook` and `by_gap` number them as they stand, and by how far the outcome (or else the baseline) is from the target; `Whens` says when
    the target would be reached at each of `RATES`. With `places` (all there are, in their order) each says of which it is: `series`, `by_place`
    (its number) and `Targets` (the name without and with the place).
    """
    words = WORDS[language]["verdicts"]
    far = rows["better_by"].astype(float).fillna(rows["baseline_by"].astype(float))
    by_gap = far.rank(method="first", na_option="bottom").astype(int)
    found = []
    for place, (row, gap) in enumerate(zip(rows.itertuples(), by_gap, strict=True)):
        known = (
            ""
            if row.outcome is None
            else f"{'*' * row.another_basis}: {labels.figure(row.outcome, language)}"
        )
        found.append(
            {
                "Target": labels.target(row, language),
                "Verdict": labels.verdict(row, language),
                "Short": words[row.verdict] + known,
                "Whens": [labels.when(row, rate, language) or words["none"] for rate in RATES],
                "Stood": labels.origin(row.baseline, language),
                "Tip": labels.aims(row, language),
                "verdict": row.verdict,
                "by": None if row.better_by != row.better_by else row.better_by,
                "stood": None if row.baseline_by != row.baseline_by else row.baseline_by,
                "theme": row.theme,
                "year": str(row.end),
                "language": language,
                "by_codebook": place,
                "by_gap": gap,
            }
            | (_of_place(row, language, places) if places else {})
        )
    return found


def _of_place(row, language, places):
    """What a judgement says of its place, where there are several."""
    named = labels.placed(labels.target(row, language), row, language)
    return {
        "series": row.place,
        "by_place": places.index(row.place),
        "Targets": [labels.target(row, language), named],
        "Verdict": f"{named}; {labels.verdict(row, language)}",
        "Stood": f"{named}; {labels.origin(row.baseline, language)}",
        "Tip": {WORDS[language]["tooltip"]["place"]: labels.place(row, language)}
        | labels.aims(row, language),
    }


def small_multiples(rows, title, columns=2, axis=(2014.3, 2026.2), language="en"):
    """A panel per indicator with its outcomes and targets, each in its own unit, from zero.

    `rows` of one place, of levels or rates, with `line` as from `growth.with_lines`; those of other years are left out.
    `title`: what the chart says, in words. `axis`: where the years begin and end on paper.
    """
    rows = rows[rows["start"].ge(YEARS[0]) & rows["end"].le(YEARS[1])]
    x = _years(
        scale=alt.Scale(domain=list(axis), nice=False), axis=alt.Axis(values=[2015, 2020, 2025])
    )
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4))
    panel = alt.layer(*_marks(x, y, alt.value(COLOURS[0]), sides=SMALL)).properties(
        width=300, height=150
    )
    marks = "Filled circle: outcome. Open diamond: target; an arrow: ‘or more’, ‘or less’. Bar: over a span of years."
    title = alt.Title(phrase(title, language), subtitle=phrase(marks, language), offset=14)
    chart = _facets(rows.sort_values("indicator"), panel, "Panel", columns, language)
    chart = chart.resolve_scale(y="independent").resolve_axis(x="independent")
    return chart.properties(title=title, description=_described(title, rows, language))


def against_benchmarks(rows, benchmarks, title, language="en"):
    """One indicator of one place against limits and guideline values that others set (`data.benchmarks`), in its unit."""
    x = _years(scale=alt.Scale(domain=[2014.3, 2026.2], nice=False), axis=alt.Axis(tickMinStep=1))
    y = alt.Y(
        "value:Q", title=unit(str(rows["unit"].iloc[0]), language), scale=alt.Scale(zero=True)
    )
    limit, printed, set_by = (phrase(text, language) for text in ("Limit", "As printed", "Set by"))
    said = [
        f"{labels.name(row, language)}{': ' if language == 'en' else '：'}{row.value:g}"
        for row in benchmarks.itertuples()
    ]
    limits = alt.Chart(benchmarks.assign(**{limit: said})).encode(y=y)
    rule = limits.mark_rule(color=INK, strokeDash=[2, 3]).encode(
        description=f"{limit}:N",
        tooltip=[
            f"{limit}:N",
            alt.Tooltip("as_printed:N", title=printed),
            alt.Tooltip("publisher:N", title=set_by),
        ],
    )
    words = limits.mark_text(align="left", dx=6, color=INK, aria=False).encode(
        x=alt.value(470), text=f"{limit}:N"
    )
    lines = "Dotted lines: limits set by others. Filled circle: outcome. Open diamond: target; the arrow says ‘or less’."
    title = alt.Title(phrase(title, language), subtitle=phrase(lines, language), offset=14)
    drawn = alt.layer(
        rule,
        words,
        *_marks(x, y, alt.value(COLOURS[0]), sides=SMALL),
        data=_drawn(rows.assign(panel=""), language),
    )
    return drawn.properties(
        width=470,
        height=280,
        title=title,
        description=f"{_described(title, rows, language)} {'; '.join(said)}.",
    )


def coverage(rows, language="en"):
    """Which years have a figure, for each indicator: filled circle an outcome, square an expected one, diamond a target.

    `rows` of the table; a span has a bar. One row of marks per indicator, in the order of the codebook.
    """
    x = _years(scale=alt.Scale(domain=[2014.6, 2025.6], nice=False), axis=alt.Axis(tickMinStep=1))
    order = list(dict.fromkeys(rows.sort_values("indicator")[f"name_{language}"]))
    y = alt.Y("Indicator:N", title=None, sort=order, axis=alt.Axis(labelLimit=340))
    drawn = _drawn(rows.query("start >= 2015 and end <= 2025"), language)[
        ["Indicator", "Tip", "start", "end", "status"]
    ]
    headings = [WORDS[language]["tooltip"][key] for key in COVERED]
    drawn["Tip"] = [{heading: tip[heading] for heading in headings} for tip in drawn["Tip"]]
    base = _ended(alt.Chart(drawn).encode(y=y, color=alt.value(COLOURS[0])))
    legend = alt.Legend(
        title=None,
        orient="top",
        labelExpr=f"({json.dumps(WORDS[language]['statuses'], ensure_ascii=False)})[datum.value]",
    )
    shape = alt.Shape(
        "status:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=legend
    )
    mark = base.encode(tooltip=TIP)
    points = mark.transform_filter(YEAR).encode(x=x("start"), shape=shape)
    layers = [
        mark.transform_filter(SPAN)
        .mark_rule(strokeWidth=4, opacity=0.35)
        .encode(x=x("begin"), x2="finish"),
        points.transform_filter("datum.status != 'actual'").mark_point(
            size=75, fill="white", strokeWidth=1.5, opacity=1
        ),
        points.transform_filter("datum.status == 'actual'").mark_point(
            size=45, filled=True, opacity=1
        ),
    ]
    title = alt.Title(
        phrase("Which years have a printed figure", language),
        subtitle=phrase("Bar: a figure over a span of years.", language),
        offset=8,
    )
    text = phrase("Which years have a printed figure: {} indicators, {} figures.", language).format(
        len(order), len(rows)
    )
    return alt.layer(*layers).properties(
        width=470, height=alt.Step(15), title=title, description=text
    )


def _heading(texts):
    """The title of a chart that stands alone, and what is to be read beneath it."""
    return alt.Title(
        lines(texts[0], 90),
        subtitle=texts[1:],
        offset=14,
        anchor="start",
        subtitleFontSize=10,
        subtitleColor="#555555",
    )


def _params(state):
    return [alt.VariableParameter(name=name, value=value) for name, value in state.items()]


def _marks(x, y, colour, sides=BY_TURNS, where=None, lit=False):
    """The layers that draw printed figures: lines, spans, open points, exact outcomes, labels, arrows.

    The labels of one year stand above and below their marks in turn, or at the right, from the highest value down, unless `sides` says otherwise.
    `where`: which rows are figures; with `lit`, the chart's parameters `focus` and `pinned` make a series or a figure stand out.
    """
    base = alt.Chart().encode(y=y, color=colour)
    base = _placed(base.transform_filter(where) if where else base, ["panel", "start", "end"])
    ring = base.transform_filter("datum.key == pinned").mark_point(
        size=380, strokeWidth=1.5, color=INK, filled=False, aria=False
    )
    return (
        _arrows(base, x)
        + _shapes(base, x, lit=lit)
        + _words(base, x, sides)
        + [ring.encode(x=x("middle"), color=alt.value(INK))] * lit
    )


def _placed(base, period):
    """`base` with points that coincide side by side within their year (`begin`, `middle`, `finish`) and numbered from the highest down (`place`)."""
    base = base.transform_window(turn="row_number()", groupby=[*period, "value"])
    base = base.transform_joinaggregate(same="count()", groupby=[*period, "value"])
    base = base.transform_window(
        place="row_number()", groupby=period, sort=[alt.SortField("value", order="descending")]
    )
    return _ended(
        base.transform_calculate(
            aside="(datum.turn - (datum.same + 1) / 2) * min(0.22, 0.8 / datum.same)"
        ),
        " + datum.aside",
    )


def _ended(base, aside=""):
    """`base` with where marks begin and end on the time axis, and their middle: the bar of a span reaches beyond its years."""
    overhang = "(datum.start == datum.end ? 0 : 0.25)"
    return base.transform_calculate(
        begin=f"datum.start - {overhang}{aside}",
        middle=f"(datum.start + datum.end) / 2{aside}",
        finish=f"datum.end + {overhang}{aside}",
    )


def _plans(x):
    """The five-year plans as named shading behind the marks of a panel."""
    once = alt.Chart().transform_aggregate(count="count()", groupby=["panel"])
    layers = []
    for number, (first, last, opacity) in enumerate(PLANS):
        area = once.transform_calculate(
            begin=f"{first} - 0.5",
            finish=f"min({last} + 0.5, last + 0.95)",
            middle="(max(datum.begin, first - 0.95) + datum.finish) / 2",
            plan=f"plans[{number}]",
        )
        area = area.transform_filter(f"first <= {last} && last >= {first}")
        layers.append(
            area.mark_rect(clip=True, color="#999999", opacity=opacity, aria=False).encode(
                x=x("begin"), x2="finish"
            )
        )
        layers.append(
            area.mark_text(color="#595959", fontSize=10, aria=False).encode(
                x=x("middle"), y=alt.value(-6), text="plan:N"
            )
        )
    return layers


def _extent(y):
    """What nobody sees: keeps zero, and the range of the panels that share a scale, on the axis."""
    once = alt.Chart().transform_aggregate(y="max(highest)", least="min(lowest)", groupby=["panel"])
    return once.mark_rule(opacity=0, aria=False, tooltip=None).encode(
        y=y, y2="least", x=alt.value(0)
    )


def _paths(x, y, colour):
    """The required pace as dashed lines, each with its words at its middle."""
    path = alt.Chart().transform_filter("datum.status == 'pace'").encode(x=x("start"), y=y)
    said = path.transform_filter("datum.Label != ''").encode(
        text="Label:N", description="Description:N", tooltip="Description:N"
    )
    return [
        path.mark_line(strokeDash=[5, 4], strokeWidth=1.5, aria=False).encode(
            color=colour, detail="line:N"
        ),
        said.mark_text(color=INK, align="right", dx=-6, dy=-10, fontSize=10),
    ]


def _names(y):
    """The name of each series at the right of its last figure, moved down where names would touch; the small square has its colour."""
    per_panel, pixel = ["panel"], f"(datum.highest - datum.lowest) / {PANEL[1]}"
    last = alt.Chart().transform_filter(FIGURES)
    last = last.transform_window(
        back="row_number()",
        groupby=["panel", "series"],
        sort=[alt.SortField("end", order="descending")],
    )
    last = last.transform_filter("datum.back == 1").transform_calculate(
        tall="13 * length(split(datum.Name, '\\n')) + 3", pixel=pixel
    )
    down = [alt.SortField("y", order="descending"), alt.SortField("series")]
    last = last.transform_window(depth="sum(tall)", groupby=per_panel, sort=down, frame=[None, 0])
    last = last.transform_calculate(lift="datum.y + (datum.depth - datum.tall) * datum.pixel")
    last = last.transform_window(kept="min(lift)", groupby=per_panel, sort=down, frame=[None, 0])
    last = last.transform_calculate(y="datum.kept - (datum.depth - datum.tall) * datum.pixel")
    key, text = (alt.value(alt.expr(f"child_width + {right}")) for right in (12, 20))
    return [
        last.mark_point(shape="square", size=60, filled=True, opacity=1, aria=False).encode(
            x=key, y=y, color=alt.Color("colour:N", scale=None)
        ),
        last.mark_text(
            align="left", baseline="middle", lineBreak="\n", color=INK, aria=False
        ).encode(x=text, y=y, text="Name:N"),
    ]


def _shapes(base, x, size=110, lit=False):
    """The lines, and the marks of spans and of years."""
    shape = alt.Shape(
        "status:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None
    )

    def shade(opacity):
        lit_or_alone = "focus == '' || datum.series == focus"
        return {
            "opacity": alt.condition(lit_or_alone, alt.value(opacity), alt.value(0.2 * opacity))
            if lit
            else alt.value(opacity)
        }

    mark = base.encode(tooltip=TIP, description="Description:N")
    span = mark.transform_filter(SPAN).encode(x=x("begin"), x2="finish")
    year = mark.transform_filter(YEAR).encode(x=x("begin"), shape=shape, **shade(1))
    line = base.transform_filter("datum.line > 0").encode(
        x=x("start"), detail=["line:N", "series:N"] if lit else "line:N", **shade(1)
    )
    return [
        line.mark_line(strokeWidth=1.5, aria=False),
        span.transform_filter("datum.status == 'actual'")
        .mark_rule(strokeWidth=5)
        .encode(**shade(0.55)),
        span.transform_filter("datum.status != 'actual'")
        .mark_rule(strokeWidth=5, strokeDash=[3, 4])
        .encode(**shade(0.8)),
        year.transform_filter(f"!({EXACT_OUTCOME})").mark_point(
            size=size, strokeWidth=2, fill="white"
        ),
        year.transform_filter(EXACT_OUTCOME).mark_point(size=size, filled=True),
    ]


def _arrows(base, x):
    """The arrows of bounds, beneath all marks, so that they cover none."""
    arrow = base.encode(x=x("middle"), tooltip=TIP)
    return [
        arrow.transform_filter(OPEN_UP).mark_text(aria=False, fontSize=17, dy=-17, text="↑"),
        arrow.transform_filter(OPEN_DOWN).mark_text(aria=False, fontSize=17, dy=17, text="↓"),
    ]


def _words(base, x, sides):
    """The figures beside their marks."""
    label = base.encode(text="Label:N", color=alt.value(INK))
    once = label.transform_filter("datum.turn == 1")  # of points that coincide one is labelled
    few = once.transform_joinaggregate(crowd="count()", groupby=["panel"]).transform_filter(
        f"datum.crowd <= {MOST_LABELS}"
    )
    if sides is BY_TURNS:
        year = ["panel", "start", "end"]
        few = few.transform_joinaggregate(peers="count()", groupby=year)
        few = few.transform_window(turn="row_number()", sort=[alt.SortField("place")], groupby=year)
    return [
        few.transform_filter(where).mark_text(aria=False, **side).encode(x=x(end))
        for where, end, side in sides
    ]


def _years(scale, axis):
    """A function from a column to the shared time axis of a chart."""
    axis = axis.copy()
    axis.format, axis.grid = "d", False
    return lambda column: alt.X(f"{column}:Q", title=None, scale=scale, axis=axis)


def _room(rows):
    """A scale from zero, or the lowest fall, with room for a label above the highest mark."""
    return alt.Scale(
        domain=[min(0, 1.15 * rows["value"].min()), 1.15 * rows["value"].max()], nice=False
    )


def _facets(rows, panel, by, columns, language="en"):
    """`panel` once for each value of the column `by`, with that value as its heading, in the order of the rows."""
    data = _drawn(rows.assign(panel="", line=rows.get("line", 0)), language, panels=by == "Panel")
    facet = alt.Facet(f"{by}:N", header=HEADER, sort=list(dict.fromkeys(data[by])))
    return alt.FacetChart(data=data, spec=panel, facet=facet, columns=columns)


def _drawn(rows, language="en", panels=False):
    """The columns a chart needs, with the words of its tooltips."""
    rows = labels.worded(rows, language)
    kept = {*KEYS, *labels.COLUMNS} - ({"Panel"} if not panels else set())
    return rows[[name for name in rows if name in kept]]


def wrapped(name):
    """A series' name on at most two lines."""
    return "\n".join(
        textwrap.wrap(
            name, NAME_WIDTH if name.isascii() else NAME_WIDTH // 2, max_lines=2, placeholder=" …"
        )
    )


def lines(text, width):
    """A text as lines of at most `width` characters."""
    return textwrap.wrap(text, width)


def cut(text, width):
    """A text of at most `width` characters; … stands for what is cut."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _described(title, rows, language="en"):
    """The alternative text of a static chart: its title and every figure in it."""
    return f"{title.text}. {'; '.join(labels.worded(rows, language)['Description'])}."
