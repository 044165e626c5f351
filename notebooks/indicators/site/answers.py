"""Charts that answer without a kernel: their parameters are bound to controls that Vega itself makes."""

import json

from .. import charts, explorers
from ..charts import renderer
from ..i18n import WORDS
from .words import WORDS_OF_SITE

KINDS = explorers.STATUSES


def answering(value, language):
    """The Vega-Lite spec (a dict) of a chart or an explorer, with its controls in `language`."""
    if not isinstance(value, explorers.Explorer):
        return _static(renderer.ready(value.to_dict(validate=False)), language)
    spec = renderer.ready(
        value.living.properties(description=value.live.alt).to_dict(validate=False)
    )
    figures = spec["datasets"][charts.DATASET]
    bound = next(bind for kind, bind in LIVING.items() if isinstance(value, kind))(
        value, figures, language
    )
    known = {param["name"]: param for param in spec["params"]}
    for param in bound:
        known[param["name"]] = {
            key: part
            for key, part in known.get(param["name"], {}).items()
            if key != "value" or "expr" not in param
        } | param
    return _told_alike(spec | {"params": list(known.values())})


def _slider(name, label, first, last, value, step=1):
    return {
        "name": name,
        "value": value,
        "bind": {"input": "range", "name": label, "min": first, "max": last, "step": step},
    }


def _tick(name, label, value=True):
    return {"name": name, "value": value, "bind": {"input": "checkbox", "name": label}}


def _choice(name, label, options, value):
    """A list of `options`, names by value."""
    return {
        "name": name,
        "value": value,
        "bind": {
            "input": "select",
            "name": label,
            "options": list(options),
            "labels": list(options.values()),
        },
    }


def _years(first, last, language, chosen=None):
    """Two sliders; whichever is lower is the first year. `chosen`: where they stand at first, unless at the ends."""
    words, (since, until) = WORDS_OF_SITE[language], chosen or (first, last)
    ends = [
        _slider("since", words["from"], first, last, since),
        _slider("until", words["to"], first, last, until),
    ]
    return [
        *ends,
        {"name": "first", "expr": "min(since, until)"},
        {"name": "last", "expr": "max(since, until)"},
    ]


def _kinds(figures, language, state=None):
    """A tick for each kind of figure, where there are several."""
    found = [kind for kind in KINDS if any(figure["status"] == kind for figure in figures)]
    values = {kind: (state or {}).get(kind, True) for kind in KINDS}
    return [
        _tick(kind, WORDS[language]["choices"][kind], values[kind])
        if len(found) > 1 and kind in found
        else {"name": kind, "value": values[kind]}
        for kind in KINDS
    ]


def _series(names):
    """A tick for each series, where there are several; who is left out keeps its colour."""
    if len(names) < 2:
        return []
    ticks = [_tick(f"series_{number}", name) for number, name in enumerate(names.values())]
    kept = ", ".join(
        f"series_{number} ? {json.dumps(slug)} : ''" for number, slug in enumerate(names)
    )
    return [*ticks, {"name": "slots", "expr": f"[{kept}]"}]


def _of_indicators(explorer, figures, language):
    words, state = WORDS[language], explorer.state
    views = [
        view
        for view in explorers.VIEWS
        if any(figure["view"] == view and figure["status"] != "pace" for figure in figures)
    ]
    bound = (
        [
            _choice(
                "viewed",
                words["controls"]["view"],
                {view: words["views"][view] for view in views},
                state["view"],
            )
        ]
        if len(views) > 1
        else []
    )
    bound += _years(*charts.YEARS, language, state["years"]) + _kinds(
        figures, language, {kind: kind in state["statuses"] for kind in KINDS}
    )
    if any(figure["status"] == "pace" for figure in figures):
        bound.append(_tick("pace", words["controls"]["pace"], state["pace"]))
    if not all(figure["drawn"] for figure in figures):
        printings = {"latest": words["choices"]["latest"], "all": words["choices"]["every"]}
        bound.append(
            _choice("vintages", words["controls"]["vintages"], printings, state["vintages"])
        )
    return bound + _arrangement(explorer, words["choices"]) + _series(explorer.slots)


def _arrangement(explorer, names):
    """How several places stand."""
    if not explorer.places or len(explorer.places.value) < 2:
        return []
    options = {name: names[name] for name in explorers.ARRANGEMENTS}
    return [
        _choice(
            "arrangement",
            explorer.words["controls"]["arrangement"],
            options,
            explorer.arrangement.value,
        )
    ]


def _of_numbers(explorer, figures, language):
    words = WORDS[language]
    return [
        _slider("year", words["controls"]["year"], *charts.YEARS, explorer.year.value),
        *_arrangement(explorer, words["choices"]),
    ]


def _of_targets(explorer, figures, language):
    words = WORDS[language]
    themes = {theme: name for name, theme in explorer.theme.options}
    years = {year: words["choices"].get(year, year) for year in ("2021", "2025", explorers.ALL)}
    orders = {order: words["choices"][order] for order in ("codebook", "gap")}
    rates = charts.RATES
    return [
        _choice("theme", words["controls"]["theme"], themes, explorer.theme.value),
        _choice("year", words["controls"]["target_year"], years, explorer.year.value),
        _choice("order", words["controls"]["order"], orders, explorer.order.value),
        _slider(
            "rate",
            words["controls"]["rate"],
            rates[0],
            rates[-1],
            explorer.rate.value,
            rates[1] - rates[0],
        ),
    ]


LIVING = {
    explorers.IndicatorExplorer: _of_indicators,
    explorers.NumbersExplorer: _of_numbers,
    explorers.TargetExplorer: _of_targets,
}


def _static(spec, language):
    """A chart of printed figures with years and kinds to choose; one that leads from one figure to another stays whole."""
    rows = [
        row
        for rows in spec["datasets"].values()
        for row in rows
        if {"start", "end", "status"} <= row.keys()
    ]
    if not rows or any("Implied" in row for row in rows):
        return spec
    years = _years(min(row["start"] for row in rows), max(row["end"] for row in rows), language)
    kinds = [param for param in _kinds(rows, language) if "bind" in param]
    wanted = [{"filter": "datum.start >= first && datum.end <= last"}]
    if kinds:
        wanted.append(
            {
                "filter": f"{{{', '.join(param['name'] + ': ' + param['name'] for param in kinds)}}}[datum.status]"
            }
        )
    return spec | {
        "params": [*spec.get("params", []), *years, *kinds],
        "transform": [*wanted, *spec.get("transform", [])],
    }


def _told_alike(part):
    """A spec whose tooltips have headings in words, or none."""
    if isinstance(part, list):
        return [_told_alike(each) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("tooltip") == {"field": "Description", "type": "nominal"}:
        part = part | {"tooltip": {"value": {"expr": "datum.Description"}}}
    return {key: each if key == "datasets" else _told_alike(each) for key, each in part.items()}
