"""What the living charts of explorers share: scales, panels, colours, parameters.

A living chart has all its records in one data set, and parameters that choose among them; a page
sets the parameters and nothing is asked of a kernel.
"""

import json
from collections.abc import Callable
from typing import Any

import altair as alt

from ..i18n import WORDS
from .bundled import FacetChart
from .frame import named
from .style import COLOURS, COLOURS_ON_DARK, DIGITS, HEADER, broken, cells

DATASET = "figures"
TITLE_WIDTH, WIDE_TITLE = 90, 76  # characters of a line, and of one with Chinese (two each)
# The colour of a record: that of its series in `looks`, by the number of the colour
COLOUR_NUMBER, DASH_NUMBER = (f"(looks[datum.series] || [0, 0])[{at}]" for at in (0, 1))
PALETTES = f"(dark ? {json.dumps(COLOURS_ON_DARK)} : {json.dumps(COLOURS)})"
PALETTE = f"{PALETTES}[{COLOUR_NUMBER} % {len(COLOURS)}]"
APART = "arrangement == 'apart' && length(places) > 1"
OF_SEVERAL_PLACES = {  # parameters that follow from others, as expressions
    "apart": APART,
    "alone": "apart || length(places) == 1",  # in each panel there is one place
    "foreign": "length(places) == 1 && places[0] == home ? 0 : 1",
}
# Panels of one unit share a scale, unless the largest figure of one is more than so many times
# that of another.
MOST_TIMES_ON_ONE_SCALE = 20


def parameters(state: dict[str, Any], **derived: str) -> list[alt.VariableParameter]:
    """The parameters of a chart: those with a value, and those computed by an expression."""
    given = [alt.VariableParameter(name=name, value=value) for name, value in state.items()]
    return given + [alt.VariableParameter(name=name, expr=expr) for name, expr in derived.items()]


def in_language(pick: Callable[[dict], Any]) -> str:
    """An expression for what `pick` takes from the words of the language chosen in the page."""
    picked = {language: pick(words) for language, words in WORDS.items()}
    return f"({json.dumps(picked, ensure_ascii=False)})[language]"


def in_digits(number: str) -> str:
    """An expression for a number in digits, as the language chosen in the page writes them."""
    return f"format({number}, ({json.dumps(DIGITS)})[language])"


def with_shared_scale(steps: alt.Chart) -> alt.Chart:
    """`steps` with the range (`lowest`, `highest`) of `y` in all panels that share a scale.

    These are the panels of one `heading`, or each `panel` alone where their sizes differ too much.
    """
    steps = steps.transform_joinaggregate(top="max(size)", groupby=["panel"])
    steps = steps.transform_joinaggregate(most="max(top)", least="min(top)", groupby=["heading"])
    too_far_apart = f"apart && datum.most > {MOST_TIMES_ON_ONE_SCALE} * datum.least"
    steps = steps.transform_calculate(together=f"{too_far_apart} ? datum.panel : datum.heading")
    return steps.transform_joinaggregate(highest="max(y)", lowest="min(y)", groupby=["together"])


def in_panels(panel: alt.LayerChart, **layout: Any) -> alt.FacetChart:
    """`panel` once for each value of the field `panel`, in the order of the field `order`.

    `layout`: options of `alt.FacetChart`. The data are to be given by `completed`.
    """
    facet = alt.Facet("panel:N", header=HEADER, sort=alt.EncodingSortField("order", op="min"))
    chart = FacetChart(data=alt.NamedData(DATASET), spec=named(panel), facet=facet, **layout)
    chart.resolve = alt.Resolve(
        scale=alt.ScaleResolveMap(y="independent"), axis=alt.AxisResolveMap(x="independent")
    )
    return chart


def completed(
    chart: alt.FacetChart | alt.HConcatChart,
    drawn: list[dict[str, Any]],
    steps: alt.Chart,
    params: list[alt.VariableParameter],
    heading: list[str] | None,
) -> alt.FacetChart | alt.HConcatChart:
    """`chart` with its records, the transforms of `steps`, parameters, and a title if it has one.

    They are set on the chart, since each method of a chart copies all of it.
    """
    if heading:
        chart.title = title(*heading)
    chart.transform, chart.params, chart.datasets = steps.transform, params, {DATASET: drawn}
    return chart


def titled(text: str) -> list[str]:
    """The title of a chart that stands alone, in lines."""
    return broken(text, WIDE_TITLE if cells(text) > len(text) else TITLE_WIDTH).split("\n")


def title(text: str, *below: str) -> alt.Title:
    """The title of a chart that stands alone, and what is to be read beneath it."""
    return alt.Title(
        titled(text),
        subtitle=list(below),
        offset=14,
        anchor="start",
        subtitleFontSize=10,
    )
