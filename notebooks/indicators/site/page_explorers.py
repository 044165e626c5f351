"""Explorers that answer in a page without a kernel: by the page's part of the notebook's explorers.

A page draws as it does beside a kernel (`explorers/live_chart.js`), from figures that it brings, or
that a file beside it has. Its controls stand for those of the notebook, by the same names.
"""

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import vl_convert

from .. import explorers
from ..explorers import Explorer, live_chart
from ..explorers.tick_list import SCRIPT, TickList
from ..i18n import WORDS
from .page_figures import own_figures
from .site_words import WORDS_OF_SITE

SELDOM = {
    "base",
    "official",
    "vintages",
    "scaling",
    "arrangement",
    "pace",
    "implied",
    "order",
    *explorers.STATUSES,
}
PAGE_SCRIPTS = "page_figures.js", "page_inputs.js", "page_explorer.js", "page_address.js"
EXPORT = "export default"
DRAWN_KINDS = [
    explorers.CompositionExplorer,
    explorers.IndicatorExplorer,
    explorers.NumbersExplorer,
    explorers.TargetExplorer,
]

Described = dict[str, Any]


def described(explorer: Explorer) -> Described:
    """What a page needs to draw an explorer, in any language, as JSON."""
    live = explorer.live
    return {
        "kind": type(explorer).__name__,
        "spec": _with_tooltips_in_words(live.spec),
        "params": live.params,
        "kinds": live.kinds,
        "colours": live.colours,
        "ranks": live.ranks,
    } | own_figures(explorer)


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


def controls(explorer: Explorer) -> list[Described]:
    """The controls of a page, in the language of the explorer: those that have a choice."""
    found = []
    for names, widget in explorer.live.linked.items():
        kind, about = next((name, about) for of, name, about in CONTROLS if isinstance(widget, of))
        described = {"names": names, "kind": kind, "label": widget.description} | about(widget)
        if isinstance(explorer, explorers.TargetExplorer) and names in explorer.COUNTED:
            # a page cannot count anew what each choice would show
            described["options"] = [[name, key] for key, name in explorer.names(names).items()]
        if names != "language" and len(described.get("options", "..")) > 1:
            found.append(described | {"value": widget.value, "seldom": names in SELDOM})
    return found


def joined(about: Described, by_language: dict[str, list[Described]]) -> Described:
    """An explorer with its controls in each language.

    Where the page brings the figures of indicators, it has neither those of other base years nor
    the printings of official sources: such controls are left out.
    """
    own = about["kind"] == "IndicatorExplorer" and "figures" in about
    left_out = {"base", "official"} if own else {}
    return about | {
        "controls": {
            language: [control for control in found if control["names"] not in left_out]
            for language, found in by_language.items()
        }
    }


def _options(widget):
    options = [each if isinstance(each, tuple) else (str(each), each) for each in widget.options]
    return {"options": options}


def _list(widget):
    named = "rows", "groups", "found_by", "words"
    return _options(widget) | {name: getattr(widget, name) for name in named}


def _range(widget):
    return {name: getattr(widget, name) for name in ("min", "max", "step")}


CONTROLS: list[tuple[tuple[type, ...], str, Callable[[Any], Described]]] = [
    # the classes of widgets, what the page makes of them, and what it has to know of each
    ((widgets.Checkbox,), "tick", lambda _: {}),
    ((TickList,), "list", _list),
    ((widgets.IntRangeSlider,), "range", _range),
    ((widgets.IntSlider, widgets.FloatSlider), "slider", _range),
    ((widgets.Dropdown, widgets.ToggleButtons), "choice", _options),
]


def page_script() -> str:
    """The script of all pages with charts: Vega, what draws explorers, and its words."""
    live = [Path(live_chart.__file__).with_name(name) for name in live_chart.SCRIPTS]
    before = "\n".join(map(_text, live)).split(EXPORT)[0]
    source = "\n".join(
        [
            before,
            f"const renderTickList = (() => {{{SCRIPT.replace(EXPORT, 'return')}}})().render;",
            f"const WORDS = {json.dumps(_words(), ensure_ascii=False)};",
            f"const CHOICES = {{{','.join(map(_choice, DRAWN_KINDS))}}};",
            *(_text(Path(__file__).with_name(name)) for name in PAGE_SCRIPTS),
        ]
    )
    script = vl_convert.javascript_bundle(source, vl_version=live_chart.VEGA_LITE)
    return f"(() => {{{script}}})();"


def _text(path):
    return path.read_text(encoding="utf-8")


def _choice(kind):
    """Whether a figure is drawn, as JavaScript: a server may forbid code from text."""
    fields = inspect.signature(kind.SELECTION).parameters
    selection = kind.SELECTION(**({"chosen": ()} if "chosen" in fields else {}))
    names = ", ".join([*selection.params, "slots"])
    expression = kind.SELECTION.expression()
    return f"{kind.__name__}: (datum, indexof, {{ {names} }}) => {expression}"


def _words():
    """What explorers of a page say, by language."""
    return {
        language: WORDS_OF_SITE[language]["page"]
        | {name: WORDS_OF_SITE[language][name] for name in ("from", "to")}
        | {name: words["said"][name] for name in ("one", "some", "nothing", "choose", "sources")}
        | {name: words["controls"][name] for name in ("share", "save", "more", "search", "part")}
        | {
            "reset": words["controls"]["reset"],
            "others": words["said"]["more"],
            "source": words["tooltip"]["source"],
        }
        | {"title": words["chart"]["title"], "comma": words["forms"]["comma"]}
        for language, words in WORDS.items()
    }
