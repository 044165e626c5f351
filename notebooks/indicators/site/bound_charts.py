"""Charts that answer without a kernel: their parameters are bound to controls that Vega makes.

A parameter is a dict of Vega-Lite: a `name` with a `value` (and the control it is bound to) or with
an `expr`.
"""

import json
from typing import Any

import altair as alt

from .. import charts, explorers, growth
from ..charts import renderer
from ..explorers import (
    CompositionExplorer,
    Explorer,
    IndicatorExplorer,
    NumbersExplorer,
    TargetExplorer,
)
from ..i18n import WORDS
from .site_words import WORDS_OF_SITE

Params = list[dict[str, Any]]
Figures = list[dict[str, Any]]  # rows of a chart's data


def bound_spec(value: Explorer | alt.TopLevelMixin, language: str) -> dict[str, Any]:
    """The Vega-Lite spec of a chart or an explorer, with its controls in `language`.

    Raises TypeError for an explorer of a class without controls in `BOUND`.
    """
    if not isinstance(value, Explorer):
        return _with_choices(renderer.ready(value.to_dict(validate=False)), language)
    chart = value.living.properties(description=value.live.alt)
    spec = renderer.ready(chart.to_dict(validate=False))
    bind = next((bind for kind, bind in BOUND.items() if isinstance(value, kind)), None)
    if bind is None:
        raise TypeError(f"say in BOUND which controls of a page a {type(value).__name__} has")
    bound = bind(value, spec["datasets"][charts.DATASET], language)
    return _with_tooltips_in_words(spec | {"params": _merged(spec["params"], bound)})


def _merged(params, bound):
    """The parameters of a spec, those that are bound in place of its own."""
    merged = {param["name"]: param for param in params}
    for param in bound:
        own = dict(merged.get(param["name"], {}))
        if "expr" in param:
            own.pop("value", None)
        merged[param["name"]] = own | param
    return list(merged.values())


# --- controls ---


def _slider(name, label, first, last, value, step=1):
    bind = {"input": "range", "name": label, "min": first, "max": last, "step": step}
    return {"name": name, "value": value, "bind": bind}


def _tick(name, label, value=True):
    return {"name": name, "value": value, "bind": {"input": "checkbox", "name": label}}


def _choice(name, label, options, value):
    """A list of `options`, the name of each by its value."""
    labels = list(options.values())
    bind = {"input": "select", "name": label, "options": list(options), "labels": labels}
    return {"name": name, "value": value, "bind": bind}


def _years(first, last, language, chosen=None):
    """Two sliders; the lower one is the first year. `chosen`: their values, unless the ends."""
    words, (since, until) = WORDS_OF_SITE[language], chosen or (first, last)
    return [
        _slider("since", words["from"], first, last, since),
        _slider("until", words["to"], first, last, until),
        {"name": "first", "expr": "min(since, until)"},
        {"name": "last", "expr": "max(since, until)"},
    ]


def _statuses(figures, language, chosen=explorers.STATUSES):
    """A tick for each status that figures have, if they have several; a value for the others."""
    words, found = WORDS[language]["choices"], {figure["status"] for figure in figures}
    found &= set(explorers.STATUSES)
    return [
        _tick(status, words[status], status in chosen)
        if len(found) > 1 and status in found
        else {"name": status, "value": status in chosen}
        for status in explorers.STATUSES
    ]


def _series(names):
    """A tick for each of several series (names by key); one left out keeps its colour slot."""
    if len(names) < 2:
        return []
    ticks = [_tick(f"series_{number}", name) for number, name in enumerate(names.values())]
    kept = ", ".join(
        f"series_{number} ? {json.dumps(key)} : ''" for number, key in enumerate(names)
    )
    return [*ticks, {"name": "slots", "expr": f"[{kept}]"}]


def _arrangement(explorer, language):
    """How several places stand: over one another or apart."""
    if not explorer.places or len(explorer.places.value) < 2:
        return []
    words = WORDS[language]
    options = {name: words["choices"][name] for name in explorers.ARRANGEMENTS}
    label = words["controls"]["arrangement"]
    return [_choice("arrangement", label, options, explorer.arrangement.value)]


# --- the controls of each kind of explorer ---


def _of_indicators(explorer: IndicatorExplorer, figures: Figures, language: str) -> Params:
    state = explorer.state
    return [
        *_views(figures, language, state["view"]),
        *_years(*charts.YEARS, language, state["years"]),
        *_statuses(figures, language, state["statuses"]),
        *_pace_and_printings(figures, language, state),
        *_arrangement(explorer, language),
        *_series(explorer.slots),
    ]


def _views(figures, language, chosen):
    """A list of the views that have figures, if there are several."""
    found = {figure["view"] for figure in figures if figure["status"] != "pace"}
    if len(found) < 2:
        return []
    words = WORDS[language]
    options = {view: words["views"][view] for view in explorers.VIEWS if view in found}
    return [_choice("viewed", words["controls"]["view"], options, chosen)]


def _pace_and_printings(figures, language, state):
    """Ticks for the required pace and what is implied, and a list of printings, where there are
    such figures."""
    words, bound = WORDS[language], []
    if any(figure["status"] == "pace" for figure in figures):
        bound.append(_tick("pace", words["controls"]["pace"], state["pace"]))
    if any(figure["status"] in growth.DERIVED for figure in figures):
        bound.append(_tick("implied", words["controls"]["implied"], state["implied"]))
    if not all(figure["drawn"] for figure in figures):
        options = {"latest": words["choices"]["latest"], "all": words["choices"]["every"]}
        label = words["controls"]["vintages"]
        bound.append(_choice("vintages", label, options, state["vintages"]))
    return bound


def _of_numbers(explorer: NumbersExplorer, figures: Figures, language: str) -> Params:
    label = WORDS[language]["controls"]["year"]
    return [
        _slider("year", label, *charts.YEARS, explorer.year.value),
        *_arrangement(explorer, language),
    ]


def _of_targets(explorer: TargetExplorer, figures: Figures, language: str) -> Params:
    choices, controls = WORDS[language]["choices"], WORDS[language]["controls"]
    themes = {theme: name for name, theme in explorer.theme.options}
    years = {year: choices.get(year, year) for _, year in explorer.year.options}
    orders = {order: choices[order] for order in ("codebook", "gap")}
    first, second, *_, last = charts.WHAT_IF_RATES
    return [
        _choice("theme", controls["theme"], themes, explorer.theme.value),
        _choice("year", controls["target_year"], years, explorer.year.value),
        *(
            _choice(name, controls[name], explorer.names(name), getattr(explorer, name).value)
            for name in ("verdict", "report")
        ),
        _choice("order", controls["order"], orders, explorer.order.value),
        _slider("rate", controls["rate"], first, last, explorer.rate.value, second - first),
    ]


def _of_parts(explorer: CompositionExplorer, figures: Figures, language: str) -> Params:
    words, state = WORDS[language], explorer.state
    known = {figure["view"] for figure in figures}
    views = {name: said for name, said in words["composed_views"].items() if name in known}
    orders = {order: words["composed"][f"by_{order}"] for order in explorers.PART_ORDERS}
    return [
        _choice("viewed", words["controls"]["view"], views, state["view"]),
        *_years(*charts.YEARS, language, state["years"]),
        _slider("year", words["controls"]["framed"], *charts.YEARS, state["year"]),
        _choice("order", words["controls"]["order"], orders, state["order"]),
    ]


BOUND = {
    CompositionExplorer: _of_parts,
    IndicatorExplorer: _of_indicators,
    NumbersExplorer: _of_numbers,
    TargetExplorer: _of_targets,
}


# --- charts that are no explorers ---


def _with_choices(spec, language):
    """A spec of printed figures with years and statuses to choose.

    A chart of other rows, or one that leads from one figure to another, stays as it is.
    """
    rows = list(_printed(spec.get("datasets", {})))
    if not rows or any("Implied" in row for row in rows):
        return spec
    years = _years(min(row["start"] for row in rows), max(row["end"] for row in rows), language)
    statuses = [param for param in _statuses(rows, language) if "bind" in param]
    wanted = [{"filter": "datum.start >= first && datum.end <= last"}]
    if statuses:
        ticked = ", ".join(f"{param['name']}: {param['name']}" for param in statuses)
        wanted.append({"filter": f"{{{ticked}}}[datum.status]"})
    return spec | {
        "params": [*spec.get("params", []), *years, *statuses],
        "transform": [*wanted, *spec.get("transform", [])],
    }


def _printed(datasets):
    """The rows of a chart's data that are printed figures."""
    for rows in datasets.values():
        yield from (row for row in rows if {"start", "end", "status"} <= row.keys())


def _with_tooltips_in_words(part):
    """A spec (or a part of one) in which each row's own description is its tooltip."""
    if isinstance(part, list):
        return [_with_tooltips_in_words(each) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("tooltip") == {"field": "Description", "type": "nominal"}:
        part = part | {"tooltip": {"value": {"expr": "datum.Description"}}}
    return {
        key: each if key == "datasets" else _with_tooltips_in_words(each)
        for key, each in part.items()
    }
