"""Charts that go with prose: printed figures, drawn once, without controls."""

import json

import altair as alt
import pandas as pd

from .. import labels
from ..i18n import WORDS, chosen, phrase, unit
from .bundled import FacetChart, LayerChart, VConcatChart, inline
from .frame import CARD, NO_WIDTH, either, frame, framed, named
from .marks import (
    IS_SPAN,
    IS_YEAR,
    LABELS_ABOVE,
    LABELS_BESIDE,
    LABELS_IN_NARROW_PANELS,
    LOW_HIGH,
    headroom,
    marks,
    with_ends,
)
from .records import JOINT, base_year, joint
from .style import (
    COLOURS,
    COLOURS_ON_DARK,
    DIGITS,
    HEADER,
    INK,
    LONE,
    SHAPES,
    TOOLTIP,
    YEARS,
    cells,
    status_shape,
    time_axis,
)

ROW_COLUMNS = ["indicator", "start", "end", "value", "status", "bound", "line", "panel", "Implied"]
SHOWN = {  # how a figure is drawn, by status
    "actual": "Filled circle: outcome.",
    "computed": "Open circle: computed.",
    "estimate": "Open square: expected outcome.",
    "target": "Open diamond: target; an arrow: ‘or more’, ‘or less’.",
}
BREAKS = "Dotted line: no figure in between. //: the basis of counting changes."
AT_RIGHT = alt.value(alt.ExprRef(expr="plot + 10"))  # of the plot
PLACES_HEIGHT, NAME_STEP = 280, 15  # of the plot of places, and from name to name, in pixels
COVERAGE_TOOLTIP = ["period", "figure", "source"]  # what a mark of the coverage says


def past_beside_promised(rows: pd.DataFrame, language: str | None = None) -> alt.FacetChart:
    """A small panel per indicator: its average annual rate, the rate of the last year, the target.

    `rows` as from `growth.past_beside_promised`, values in % a year.
    """
    language = chosen(language)
    x = time_axis(2014.6, 2022.2, values=[2016, 2018, 2020, 2021], labelOverlap=False)
    lowest, highest = rows["value"].min(), rows["value"].max()
    # with room for an arrow above the highest mark
    room = alt.Scale(domain=[min(0, 1.15 * lowest), max(0, 1.15 * highest)], nice=False)
    y = alt.Y(
        "value:Q",
        title=None,
        scale=room,
        axis=alt.Axis(tickCount=4, format=DIGITS[language]),
    )
    layers = marks(x, y, alt.value(LONE), LABELS_BESIDE)
    panel = alt.layer(*layers).properties(width=NO_WIDTH, height=130)
    title = _title(
        language,
        "Growth from 2016 to 2020, and the targets for 2021",
        "% a year. Bar: average annual growth rate 2016–2020. Filled circle: growth in 2020."
        " Open diamond: target for 2021;",
        "the arrow says ‘or more’. ‘At constant prices’ is in real terms, the rest nominal."
        " What is missing was not printed.",
    )
    chart = _facets(rows, panel, "Indicator", 2, language)
    return chart.properties(title=title, description=_described(title, rows, language))


def levels_to_targets(rows: pd.DataFrame, language: str | None = None) -> alt.FacetChart:
    """A panel per indicator: the outcome, the target, and the growth that leads there.

    `rows` as from `growth.implied_by_target`, values in the unit of each indicator.
    """
    language = chosen(language)
    x = time_axis(2019.4, 2026, values=[2020, 2025])
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=True),
        axis=alt.Axis(tickCount=5, format=DIGITS[language]),
    )
    base = alt.Chart()
    path = base.mark_line(color=INK, strokeDash=[5, 4])
    path = path.encode(x=x("start"), y=y, detail="Indicator:N")
    middle = base.transform_aggregate(start="mean(start)", value="mean(value)", groupby=["Implied"])
    rate = middle.mark_text(dy=30, color=INK).encode(x=x("start"), y=y, text="Implied:N")
    layers = [path, rate, *marks(x, y, alt.value(LONE), LABELS_ABOVE), headroom(y, "Panel")]
    panel = alt.layer(*layers).properties(width=NO_WIDTH, height=200)
    title = _title(
        language,
        "From the outcome of 2020 to the target for 2025",
        "Filled circle: outcome. Open diamond: target. Dashed: the growth that would lead there.",
    )
    rows = rows.assign(Implied=[labels.implied(row, language) for row in rows.itertuples()])
    chart = _facets(rows, panel, "Panel", 2, language).resolve_scale(y="independent")
    return chart.properties(title=title, description=_described(title, rows, language))


def small_multiples(
    rows: pd.DataFrame,
    title: str,
    columns: int = 2,
    axis: tuple[float, float] = (2014.3, 2026.2),
    language: str | None = None,
) -> alt.FacetChart:
    """A panel per indicator with its outcomes and targets, each in its own unit, from zero.

    `rows` of one place, of levels or rates, with `line` as from `growth.with_lines`; those of other
    years than `YEARS` are left out. `title`: what the chart says, in words. `columns`: panels in a
    row. `axis`: where the years begin and end on paper.
    """
    language = chosen(language)
    rows = rows[rows["start"].ge(YEARS[0]) & rows["end"].le(YEARS[1])]
    x = time_axis(*axis, values=[2015, 2020, 2025])
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=True),
        axis=alt.Axis(tickCount=4, format=DIGITS[language]),
    )
    layers = [*marks(x, y, alt.value(LONE), LABELS_IN_NARROW_PANELS), headroom(y, "Panel")]
    panel = alt.layer(*layers).properties(width=NO_WIDTH, height=150)
    heading = _title(
        language,
        title,
        "Filled circle: outcome. Open diamond: target; an arrow: ‘or more’, ‘or less’."
        " Bar: over a span of years.",
    )
    chart = _facets(rows.sort_values("indicator"), panel, "Panel", columns, language)
    chart = chart.resolve_scale(y="independent")
    return chart.properties(title=heading, description=_described(heading, rows, language))


def against_benchmarks(
    rows: pd.DataFrame, benchmarks: pd.DataFrame, title: str, language: str | None = None
) -> alt.LayerChart:
    """One indicator of one place against limits and guideline values that others set, in its unit.

    `rows` with `line` as from `growth.with_lines`, `benchmarks` as from `data.benchmarks`.
    """
    language = chosen(language)
    x = time_axis(2014.3, 2026.2)
    measured = unit(str(rows["unit"].iloc[0]), language)
    axis = alt.Axis(format=DIGITS[language])
    y = alt.Y("value:Q", title=measured, scale=alt.Scale(zero=True), axis=axis)
    colon = WORDS[language]["forms"]["colon"]
    benchmarks = _at_height(benchmarks, language)
    said = [f"{labels.name(row, language)}{colon}{row.value:g}" for row in benchmarks.itertuples()]
    layers = [
        *_limits(benchmarks, said, y, language),
        *marks(x, y, alt.value(LONE), LABELS_IN_NARROW_PANELS),
        headroom(y, "panel"),
    ]
    heading = _title(
        language,
        title,
        "Dotted lines: limits set by others. Filled circle: outcome."
        " Open diamond: target; the arrow says ‘or less’.",
    )
    text = _described(heading, rows, language, said)
    drawn = inline(_drawn(rows.assign(panel=""), language))
    chart = framed(LayerChart(layer=layers, data=drawn), _beside(said))
    return chart.properties(width=NO_WIDTH, height=280, title=heading, description=text)


def by_place(
    rows: pd.DataFrame, title: str, from_zero: bool = True, language: str | None = None
) -> alt.VConcatChart:
    """One indicator in several places, each in its colour; beneath, what its figures count.

    `rows` of single years, of one measure and unit, with `line` as from `growth.with_lines`: a line
    ends where the basis of counting changes. Where a row has such a basis, a row of dots beneath
    names that of each outcome. `title`: what the chart says, in words.
    """
    language = chosen(language)
    rows = rows[rows["start"].eq(rows["end"]) & rows["start"].between(*YEARS)]
    rows = rows.sort_values(["place", "start"], kind="stable")
    found = list(rows.itertuples())
    named = [labels.place(row, language) for row in found]
    colour = alt.Color("Place:N", scale=_colours(named, rows["place"]), legend=None)
    x = time_axis(rows["start"].min() - 0.6, rows["start"].max() + 0.6)
    drawn = _drawn(rows.assign(panel=""), language).drop(columns=["Indicator", "Label"])
    drawn = drawn.assign(
        Place=named,
        view=[row.measure for row in found],
        Counted=[labels.counted(row, language) for row in found],
        **_at_height(rows, language)[[each for each in LOW_HIGH if each in rows]],
    )
    if found[0].measure == "index":
        drawn = drawn.assign(base=base_year(found[0].unit))
    domain = _with_room(drawn, from_zero)
    axis = alt.Axis(format=DIGITS[language], tickCount=6)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=domain, nice=False), axis=axis)
    layers = [*marks(x, y, colour, [], size=80), *_ranges(drawn, x, y), _named(drawn, domain, y)]
    plot = alt.layer(*layers).encode(color=colour)
    head = alt.Title(labels.panel(found[0], language), anchor="start", fontSize=11, offset=8)
    views = [plot.properties(width=NO_WIDTH, height=PLACES_HEIGHT, title=head)]
    if any(labels.basis(row, language) for row in found):
        views.append(_counted(found, x, colour, language))
    shown = [phrase(SHOWN[each], language) for each in SHOWN if each in set(rows["status"])]
    heading = _title(language, title, BREAKS)
    heading.subtitle = [WORDS[language]["forms"]["space"].join(shown), heading.subtitle]
    beside = _beside(drawn["Counted"]) if len(views) > 1 else 140
    chart = framed(VConcatChart(data=inline(drawn), vconcat=views, spacing=14), beside)
    return chart.properties(title=heading, description=_described(heading, rows, language))


def _colours(named, places):
    """The scale from the places' names to their colours, one for each place of the table."""
    numbers = dict(zip(named, places.astype("category").cat.codes, strict=True))
    return alt.Scale(
        domain=list(numbers),
        range=[
            either(COLOURS[each % len(COLOURS)], COLOURS_ON_DARK[each % len(COLOURS)])
            for each in numbers.values()
        ],
    )


def _counted(rows, x, colour, language):
    """A row of dots for each place and basis of counting, one for each year with an outcome."""
    outcomes = [labels.counted(row, language) for row in rows if row.status == "actual"]
    order = list(dict.fromkeys(outcomes))
    y = alt.Y("Counted:N", title=None, sort=order, axis=None)
    outcomes = alt.Chart().transform_filter("datum.status == 'actual'").encode(y=y, color=colour)
    title = alt.Title(phrase("What each outcome counts", language), anchor="start", fontSize=11)
    dots = outcomes.mark_point(size=60, filled=True, opacity=1, aria=False)
    once = outcomes.transform_aggregate(groupby=["Counted", "Place"])
    names = once.mark_text(align="left", aria=False).encode(x=AT_RIGHT, text="Counted:N")
    rows = alt.layer(dots.encode(x=x("start"), tooltip=TOOLTIP), names)
    return rows.properties(width=NO_WIDTH, height=alt.Step(16), title=title)


def _with_room(drawn, from_zero):
    """The lowest and the highest value of an axis that leaves room around the marks."""
    known = drawn[["value", *({"low", "high"} & set(drawn))]]
    low, high = known.min().min(), known.max().max()
    room = 0.08 * (high - (min(low, 0) if from_zero else low) or 1)
    return [0 if from_zero and low >= 0 else low - room, max(high, 0) + room if high else room]


def _named(drawn, domain, y):
    """The name of each place at the right, at the height of its last outcome, clear of others."""
    outcomes = drawn[drawn["status"].ne("target")]
    last = outcomes.sort_values("start", kind="stable").drop_duplicates("Place", keep="last")
    last = last.sort_values("value", ascending=False, kind="stable")
    least = NAME_STEP * (domain[1] - domain[0]) / PLACES_HEIGHT  # between two names
    heights = []
    for number, value in enumerate(last["value"]):
        below = domain[0] + least * (len(last) - 1 - number)  # room for those beneath
        heights.append(max(below, min([value, *(each - least for each in heights[-1:])])))
    names = alt.Chart(inline(pd.DataFrame({"Place": last["Place"], "value": heights})))
    text = names.mark_text(align="left", fontSize=12, fontWeight="bold", aria=False)
    return text.encode(x=AT_RIGHT, y=y, text="Place:N")


def _ranges(drawn, x, y):
    """Upright lines from the low to the high end of computed figures, where there are any."""
    if "low" not in drawn or (drawn["high"] - drawn["low"]).max() <= 0:
        return []
    whole = with_ends(alt.Chart()).transform_calculate(value="datum.low")
    rule = whole.mark_rule(strokeWidth=1.5, aria=False)
    return [rule.encode(x=x("start"), y=y, y2="high", tooltip=TOOLTIP)]


def _beside(texts):
    """How many pixels the axis of a plot and the longest of the texts at its right need."""
    return 85 + 6 * max(map(cells, texts))


def _limits(benchmarks, said, y, language):
    """A dotted line across the panel for each benchmark, and what is `said` of it at the right."""
    limit, printed, set_by = (phrase(text, language) for text in ("Limit", "As printed", "Set by"))
    base = alt.Chart(inline(benchmarks.assign(**{limit: said}))).encode(y=y)
    tooltip = [
        f"{limit}:N",
        alt.Tooltip("as_printed:N", title=printed),
        alt.Tooltip("publisher:N", title=set_by),
    ]
    wide = {"x": alt.value(0), "x2": alt.value(alt.ExprRef(expr="plot"))}
    rule = base.mark_rule(color=INK, strokeDash=[2, 3]).encode(**wide)
    text = base.mark_text(align="left", dx=6, color=INK, aria=False)
    return [
        rule.encode(description=f"{limit}:N", tooltip=tooltip),
        text.encode(x=alt.value(alt.ExprRef(expr="plot")), text=f"{limit}:N"),
    ]


def coverage(rows: pd.DataFrame, language: str | None = None) -> alt.LayerChart:
    """Which years have a figure: one row of marks per indicator, in the order of the codebook.

    A filled circle is an outcome, a square an expected one, a diamond a target; a span has a bar.
    `rows` of the table.
    """
    language = chosen(language)
    order = list(dict.fromkeys(rows.sort_values("indicator")[f"name_{language}"]))
    y = alt.Y("Indicator:N", title=None, sort=order, axis=alt.Axis(labelLimit=340))
    drawn = _drawn(rows.query("start >= 2015 and end <= 2025"), language)
    drawn = drawn[["Indicator", "Tip", "start", "end", "status"]]
    headings = [WORDS[language]["tooltip"][key] for key in COVERAGE_TOOLTIP]
    drawn["Tip"] = [{heading: tip[heading] for heading in headings} for tip in drawn["Tip"]]
    base = with_ends(alt.Chart(inline(drawn)).encode(y=y, color=alt.value(LONE)))
    title = _title(
        language,
        "Which years have a published figure",
        "Bar: a figure over a span of years.",
        offset=8,
    )
    text = phrase("Which years have a published figure: {} indicators, {} figures.", language)
    chart = framed(LayerChart(layer=_coverage_marks(base, language)), beside=370)
    return chart.properties(
        width=NO_WIDTH,
        height=alt.Step(15),
        title=title,
        description=text.format(len(order), len(rows)),
    )


def _coverage_marks(base, language):
    """The bars and points of the coverage, without values."""
    x = time_axis(2014.6, 2025.6)
    statuses = json.dumps(
        {status: WORDS[language]["statuses"][status] for status in SHAPES}, ensure_ascii=False
    )
    legend = alt.Legend(title=None, orient="top", labelExpr=f"({statuses})[datum.value]")
    mark = base.encode(tooltip=TOOLTIP)
    span = mark.transform_filter(IS_SPAN).mark_rule(strokeWidth=4, opacity=0.35)
    point = mark.transform_filter(IS_YEAR).encode(x=x("start"), shape=status_shape(legend))
    not_outcome = point.transform_filter("datum.status != 'actual'")
    outcome = point.transform_filter("datum.status == 'actual'")
    return [
        span.encode(x=x("begin"), x2="finish"),
        not_outcome.mark_point(size=75, fill=CARD, strokeWidth=1.5, opacity=1),
        outcome.mark_point(size=45, filled=True, opacity=1),
    ]


def _title(language, text, *lines, offset=14):
    """The title of a chart and the lines beneath it, all of them phrases of `i18n`."""
    said = [phrase(line, language) for line in lines]
    subtitle = said if len(said) > 1 else said[0]
    return alt.Title(phrase(text, language), subtitle=subtitle, offset=offset, anchor="start")


def _facets(rows, panel, by, columns, language):
    """`panel` for each value of the column `by`, which is its heading, in the order of the rows."""
    data = _drawn(rows.assign(panel="", line=rows.get("line", 0)), language, panels=by == "Panel")
    header = HEADER.copy()
    header.labelFontSize, header.labelLimit = 12, alt.ExprRef(expr="plot")
    facet = alt.Facet(f"{by}:N", header=header, sort=list(dict.fromkeys(data[by])))
    chart = FacetChart(data=inline(data), spec=named(panel), facet=facet, columns=columns)
    chart.params = frame("floor(room / columns) - 80", columns=f"room < 640 ? 1 : {columns}")
    chart.align = "all"
    return chart.resolve_axis(x="independent", y="independent")  # else columns could not change


def _drawn(rows, language, panels=False):
    """The columns of rows that a chart needs, with the words of its tooltips."""
    joints = [joint(row, language) for row in rows.itertuples()]
    found = {  # None, which JSON has, where there is none
        name: pd.Series([each.get(name) for each in joints], rows.index, object)
        for name in (JOINT if any(joints) else [])
    }
    rows = labels.worded(_at_height(rows, language), language).assign(**found)
    kept = {*ROW_COLUMNS, *labels.COLUMNS, *JOINT} - ({"Panel"} if not panels else set())
    return rows[[name for name in rows if name in kept]]


def _at_height(rows, language):
    """Rows with their values as the panels of their units count them."""
    heights = {
        name: [
            labels.height(value, str(of), language)
            for value, of in zip(rows[name], rows["unit"], strict=True)
        ]
        for name in ("value", *LOW_HIGH)
        if name in rows
    }
    return rows.assign(**heights)


def _described(title, rows, language, *more):
    """The alternative text of a static chart: its title, every figure in it, and more lists."""
    lists = labels.worded(rows, language)["Description"], *more
    said = map(WORDS[language]["forms"]["semicolon"].join, lists)
    return labels.sentences(title.text, *said, language=language)
