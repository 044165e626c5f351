"""The frame of all charts: plots as wide as the pane leaves, and colours that fit its background.

A spec has no words for either, but Vega has: `pane` is the width of what holds the chart, in steps
of 20 pixels, looked up again when the window or a side bar changes; `plot` is the width of a plot,
which every time axis of the chart takes as its length; `dark` is whether the background is dark,
as that of JupyterLab's dark themes is. Where a chart is drawn without a page, as in a saved
picture, the pane is `USUAL_PANE` wide, and the background is white unless the spec has another.
"""

from typing import Any

import altair as alt

USUAL_PANE = 920  # pixels
_WIDTH = "containerSize()[0]"
_PANE = f"clamp(20 * floor(({_WIDTH} >= 300 ? {_WIDTH} : {USUAL_PANE}) / 20), 340, 1600)"
PAPER = 680  # width of the pane on a printed page
FOLLOWS_PANE = {  # the signal of Vega that the parameter `pane` is
    "init": _PANE,
    "on": [
        {"events": {"source": "window", "type": "beforeprint"}, "update": str(PAPER)},
        {
            "events": [
                {"source": "window", "type": "resize"},
                {"source": "window", "type": "afterprint"},
                {"type": "timer", "throttle": 300},
            ],
            "update": f"{_WIDTH} >= 300 ? {_PANE} : pane",
        },
    ],
}
NO_WIDTH = 1  # of a view whose plot is as wide as `plot`


def frame(plot: str, columns: str = "") -> list[alt.VariableParameter]:
    """The parameters of a chart: `dark`, and `plot` as an expression of `room` (and `columns`).

    `room` is the width of the pane, in a wide pane less the pixels `beside`, which the saved chart
    of an explorer leaves to the controls. `columns`: an expression for the number of panels in a
    row, where that changes with the room.
    """
    params = {"pane": _PANE, "dark": "luminance(background) < 0.4"}
    params |= {"room": "pane - (pane >= 900 ? beside : 0)"}
    params |= {"columns": columns} if columns else {}
    params |= {"plot": plot}
    found = [alt.VariableParameter(name=name, expr=expr) for name, expr in params.items()]
    return [alt.VariableParameter(name="beside", value=0), *found]


def framed(chart: alt.TopLevelMixin, beside: int) -> alt.TopLevelMixin:
    """`chart` with a plot as wide as the pane but for so many pixels beside it."""
    chart.params = frame(f"max(room - {beside}, 240)")
    return chart


def named(view: alt.LayerChart, name: str = "plot") -> alt.LayerChart:
    """`view` with a name, without which Altair cannot put its chart beside a reader's."""
    view.layer[0].name = f"{name}_0"
    return view


def following(spec: dict[str, Any]) -> dict[str, Any]:
    """A spec whose `pane` follows the page, which the schema of Vega-Lite has no words for."""
    if not any(param["name"] == "pane" for param in spec.get("params", [])):
        return spec
    params = [
        {"name": "pane"} | FOLLOWS_PANE if param["name"] == "pane" else param
        for param in spec["params"]
    ]
    names = {param["name"] for param in params}
    columns = {"columns": {"signal": "columns"}} if "columns" in names else {}
    grows = {"autosize": {"type": "pad", "resize": True}}  # and shrinks, with its plots
    return spec | {"params": params} | grows | columns


CARD = alt.ExprRef(expr="background")  # the fill of open marks


def either(light: str, dark: str) -> alt.ExprRef:
    """One colour on a light background, another on a dark one."""
    return alt.ExprRef(expr=f"dark ? '{dark}' : '{light}'")
