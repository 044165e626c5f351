"""The chart of an explorer of targets: a row for each, with its outcome and when it is reached."""

from typing import Any

import altair as alt

from .bundled import HConcatChart
from .interactive import (
    DATASET,
    OF_SEVERAL_PLACES,
    PALETTE,
    completed,
    in_language,
    parameters,
)
from .marks import RANK
from .records import WHAT_IF_RATES
from .style import INK, TOOLTIP, VERDICTS, colour_of_series

MOST_TARGETS = 1_000_000  # more than there are of any place
ROW_HEIGHT = 19  # pixels


def targets(
    judged: list[dict[str, Any]],
    state: dict[str, Any],
    heading: list[str] | None = None,
    *,
    chosen: str,
) -> alt.HConcatChart:
    """One row a target: where its outcome lies, where the city stood in 2020, when it is reached.

    `judged`: records as from `judgements`. `state`: `language`, `theme` and `year` (or `all`),
    `order` (`codebook` or `gap`), `rate` (% a year, of `WHAT_IF_RATES`), and `places`, `home`,
    `arrangement` and `slots` as in `explorer`. `chosen` and `heading` as there.
    """
    params = parameters(state, **OF_SEVERAL_PLACES)
    heads = in_language(lambda words: words["chart"]["target_heads"])
    widths = [190, 175, 85]
    columns = [_distances(), _texts("Short:N"), _texts("When:N")]
    for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
        head = alt.expr(f"replace({heads}[{number}], '{{}}', format(rate, '.1f'))")
        title = alt.Title(head, anchor="start", fontSize=11)
        columns[number] = column.properties(width=width, height=alt.Step(ROW_HEIGHT), title=title)
    chart = HConcatChart(data=alt.NamedData(DATASET), hconcat=columns, spacing=12)
    chart.resolve = alt.Resolve(scale=alt.ScaleResolveMap(y="shared"))
    return completed(chart, judged, _steps(chosen), params, heading)


def _steps(chosen):
    """A chart whose transforms choose records, rank them, and tell when each target is reached."""
    steps = alt.Chart().transform_filter(chosen)
    rank = "order == 'gap' ? datum.by_gap : datum.by_codebook"
    when = f"datum.Whens[round(rate / {WHAT_IF_RATES[1]})]"
    rank = f"(apart ? {MOST_TARGETS} * datum.by_place : 0) + ({rank})"
    return steps.transform_calculate(
        **{RANK: rank}, When=when, Target="datum.Targets[foreign]", colour=PALETTE
    )


def _y(**options):
    return alt.Y("Target:N", sort=alt.EncodingSortField(RANK, op="min"), **options)


def _distances():
    """How far outcome and baseline are from the target, which is the line at zero."""
    axis = alt.Axis(labelLimit=400, labelFontSize=10, ticks=False, domain=False)
    base = alt.Chart().encode(y=_y(axis=axis, title=None), tooltip=TOOLTIP)
    scale = alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values()))
    shape = alt.Shape("verdict:N", scale=scale, legend=None)
    baseline = base.transform_filter("isValid(datum.stood)").mark_point(
        size=80, fill="white", strokeWidth=1.5, color="#777777", opacity=1
    )
    outcome = base.transform_filter("isValid(datum.by)")
    outcome = outcome.mark_point(filled=True, size=110, opacity=1)

    def x(column):
        apart = alt.Axis(labelSeparation=6)
        return alt.X(f"{column}:Q", title=None, scale=alt.Scale(padding=15), axis=apart)

    return alt.layer(
        alt.Chart().mark_rule(color=INK).encode(x=alt.datum(0)),
        baseline.encode(x=x("stood"), description="Stood:N"),
        outcome.encode(x=x("by"), shape=shape, color=colour_of_series(), description="Verdict:N"),
    )


def _texts(field):
    """A column of texts, one beside each target."""
    base = alt.Chart().encode(y=_y(axis=None), tooltip=TOOLTIP, x=alt.value(0), text=field)
    return base.mark_text(align="left", limit=430)
