"""A grid of years: what is printed, what printed figures imply, and what is missing."""

import json

import altair as alt
import pandas as pd

from .. import growth, labels
from ..i18n import WORDS, chosen, phrase
from .bundled import LayerChart, inline
from .frame import NO_WIDTH, either, framed
from .style import COLOURS, COLOURS_ON_DARK, LONE, TOOLTIP

GREY = either("#767676", "#a0a0a0")
KINDS_IN_WORDS = dict(
    zip(growth.COVERAGE, ["published", "implied by published figures", "nothing"], strict=True)
)
BAR, DOT = "M-0.25,-1L0.25,-1L0.25,1L-0.25,1Z", "M-0.2,-0.2L0.2,-0.2L0.2,0.2L-0.2,0.2Z"
SHAPE_OF_KIND = {"printed": "circle", "implied": BAR, "nothing": DOT}


def coverage_grid(rows: pd.DataFrame, language: str | None = None) -> alt.LayerChart:
    """A row of marks per series: a circle for a printed outcome, a bar for an implied one, a dot.

    `rows` as from `growth.coverage`. The sums stand above the grid.
    """
    language = chosen(language)
    order = list(dict.fromkeys(rows[f"name_{language}"]))
    drawn = pd.DataFrame(
        {
            "year": rows["year"],
            "kind": rows["kind"],
            "Tip": [_tip(row, language) for row in rows.itertuples()],
        }
    )
    kinds = rows["kind"].value_counts()
    sums = phrase("{} published, {} implied, {} nothing", language).format(
        *(kinds.get(kind, 0) for kind in growth.COVERAGE)
    )
    title = phrase("What is published, what is implied and what is missing", language)
    by_series = rows.groupby(f"name_{language}", sort=False)
    said = (_said(name, group, language) for name, group in by_series)
    chart = framed(LayerChart(layer=[_marks(order, language)], data=inline(drawn)), beside=370)
    return chart.properties(
        width=NO_WIDTH,
        height=alt.Step(17),
        title=alt.Title(title, subtitle=sums, offset=8, anchor="start"),
        description=labels.sentences(title, sums, *said, language=language),
    )


def _marks(order, language):
    """The marks of the grid, whose shapes tell the kinds apart, with a legend above."""
    words = {kind: phrase(word, language) for kind, word in KINDS_IN_WORDS.items()}
    legend = alt.Legend(
        title=None,
        orient="top",
        labelExpr=f"({json.dumps(words, ensure_ascii=False)})[datum.value]",
    )
    kinds, colours = list(SHAPE_OF_KIND), [LONE, either(COLOURS[1], COLOURS_ON_DARK[1]), GREY]
    scale = alt.Scale(range=[0, alt.ExprRef(expr="plot")])
    x = alt.X("year:O", title=None, scale=scale, axis=alt.Axis(labelAngle=0, orient="top"))
    name = f"Tip.{WORDS[language]['tooltip']['indicator']}"
    y = alt.Y(f"{name}:N", title=None, sort=order, axis=alt.Axis(labelLimit=340, grid=True))
    return (
        alt.Chart()
        .mark_point(filled=True, opacity=1, size=90)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=list(SHAPE_OF_KIND.values())),
                legend=legend,
            ),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=legend),
            tooltip=TOOLTIP,
        )
    )


def _tip(row, language):
    """What a tooltip says of a cell: the series, the year and, of a figure, what a row says."""
    words = WORDS[language]["tooltip"]
    if row.figure is not None:
        tip = labels.tip(row.figure, language)
        headings = [
            words[key] for key in ("indicator", "period", "figure", "status", "source", "note")
        ]
        return {heading: tip[heading] for heading in headings if heading in tip}
    name = getattr(row, f"name_{language}")
    figure = phrase("nothing", language)
    return {words["indicator"]: name, words["period"]: str(row.year), words["figure"]: figure}


def _said(name, group, language):
    """The years of a series by what they have, in words."""
    form = WORDS[language]["forms"]
    years = {kind: group.loc[group["kind"].eq(kind), "year"] for kind in SHAPE_OF_KIND}
    parts = [
        phrase(word, language) + form["space"] + form["listed"].join(map(str, years[kind]))
        for kind, word in KINDS_IN_WORDS.items()
        if len(years[kind])
    ]
    return name + form["colon"] + form["semicolon"].join(parts)
