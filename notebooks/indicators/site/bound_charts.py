"""Charts of printed figures with years and kinds to choose, by controls that Vega makes.

A parameter is a dict of Vega-Lite: a `name` with a `value` (and the control it is bound to) or with
an `expr`.
"""

from typing import Any

import altair as alt

from .. import explorers
from ..charts import renderer
from ..i18n import WORDS
from .site_words import WORDS_OF_SITE


def bound_spec(chart: alt.TopLevelMixin, language: str) -> dict[str, Any]:
    """The Vega-Lite spec of a chart with its controls, if it has any, in `language`.

    A chart of printed figures has years and statuses to choose; one of other rows, or one that
    leads from one figure to another, stays as it is.
    """
    spec = renderer.ready(chart.to_dict(validate=False))
    rows = list(_printed(spec.get("datasets", {})))
    if not rows or any("Implied" in row for row in rows):
        return spec
    years = _years(min(row["start"] for row in rows), max(row["end"] for row in rows), language)
    statuses = _statuses(rows, language)
    wanted = [{"filter": "datum.start >= first && datum.end <= last"}]
    if statuses:
        ticked = ", ".join(f"{param['name']}: {param['name']}" for param in statuses)
        wanted.append({"filter": f"{{{ticked}}}[datum.status]"})
    return spec | {
        "params": [*spec.get("params", []), *years, *statuses],
        "transform": [*wanted, *spec.get("transform", [])],
    }


# --- controls ---


def _slider(name, label, first, last, value):
    bind = {"input": "range", "name": label, "min": first, "max": last, "step": 1}
    return {"name": name, "value": value, "bind": bind}


def _tick(name, label):
    return {"name": name, "value": True, "bind": {"input": "checkbox", "name": label}}


def _years(first, last, language):
    """Two sliders; the lower one is the first year."""
    words = WORDS_OF_SITE[language]
    return [
        _slider("since", words["from"], first, last, first),
        _slider("until", words["to"], first, last, last),
        {"name": "first", "expr": "min(since, until)"},
        {"name": "last", "expr": "max(since, until)"},
    ]


def _statuses(figures, language):
    """A tick for each status that figures have, if they have several."""
    found = {figure["status"] for figure in figures} & {*explorers.STATUSES}
    choices = WORDS[language]["choices"]
    ticks = [_tick(name, choices[name]) for name in explorers.STATUSES if name in found]
    return ticks if len(found) > 1 else []


def _printed(datasets):
    """The rows of a chart's data that are printed figures."""
    for rows in datasets.values():
        yield from (row for row in rows if {"start", "end", "status"} <= row.keys())
