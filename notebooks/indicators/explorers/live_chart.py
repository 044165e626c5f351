"""The living chart of an explorer: embedded once in the page, which then chooses by itself.

JupyterChart of Altair embeds a chart anew to change its figures, and adds a listener each time.
Here the page is given the figures in parts, and a control sets its parameter of the chart in the
page itself: no choice among figures that are there waits for the kernel.
"""

import contextlib
import functools
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import altair as alt
import anywidget
import ipywidgets as widgets
import traitlets

from ..charts import interactive, renderer
from ..data.files import replacing
from .page_controls import STYLE

VEGA_LITE = "5.8"  # the oldest version at hand; JupyterLab draws saved charts with 5.6
SCRIPTS = (
    "page_rules.js",
    "page_controls.js",
    "embedded_chart.js",
    "saved_form.js",
    "taking_home.js",
    "live_chart.js",
)
LOADER = Path(__file__).with_name("shared_script.js")
FRAME = Path(__file__).with_name("explorer_frame.css").read_text(encoding="utf-8")
ROOMS = "charts", "i18n"  # what a chart without figures is made of

Parts = Mapping[tuple, list[dict]]  # records by the key of their part


def kept_text(name: str, made_of: Iterable[str], make: Callable[[], str]) -> str:
    """The text that `make` returns, made once for what it is made of.

    It is kept beside the compiled modules, where that folder can be written; of kernels that start
    at once one makes it, and the others wait.
    """
    key = hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:16]
    kept = Path(__file__).with_name("__pycache__") / f"{name}-{key}"
    with contextlib.suppress(OSError):
        return kept.read_text(encoding="utf-8")
    with _alone():
        with contextlib.suppress(OSError):
            return kept.read_text(encoding="utf-8")
        text = make()
        with contextlib.suppress(OSError):
            kept.parent.mkdir(exist_ok=True)
            with replacing(kept) as half_done:
                half_done.write_text(text, encoding="utf-8", newline="\n")
    return text


@contextlib.contextmanager
def _alone():
    """While it lasts, no other kernel of this folder is here; but for Windows, and where nothing
    can be kept, so that waiting would be in vain."""
    folder = Path(__file__).parent
    with contextlib.ExitStack() as held:
        if os.access(folder, os.W_OK):
            with contextlib.suppress(ImportError, OSError):
                import fcntl

                opened = os.open(folder, os.O_RDONLY)
                held.callback(os.close, opened)
                fcntl.flock(opened, fcntl.LOCK_EX)  # until it is closed
        yield


@functools.cache
def page_script() -> str:
    """The page's part with Vega, Vega-Lite and Vega-Embed in one text: no network is needed.

    Making it takes more than a second.
    """
    source = "\n".join(map(_text, map(Path(__file__).with_name, SCRIPTS)))

    def make():
        import vl_convert  # else nothing of it is needed

        return vl_convert.javascript_bundle(source, vl_version=VEGA_LITE)

    return kept_text("live_chart.js", [version("vl-convert-python"), VEGA_LITE, source], make)


@functools.cache
def empty_spec(chart: Callable, choice: str, *params: str) -> str:
    """The spec, as JSON, of a living chart (a function of `charts`) without figures.

    `choice`: which figures are drawn. Its parameters, of these names, get their values in the page.
    """
    rooms = Path(__file__).parents[1]
    sources = [_text(path) for room in ROOMS for path in sorted(rooms.glob(f"{room}/*.py"))]

    def make():
        return json.dumps(
            chart([], dict.fromkeys(params, ""), chosen=choice).to_dict(validate=False)
        )

    made_of = [alt.__version__, choice, *params, *sources]
    return kept_text(f"{chart.__name__}.json", made_of, make)


class Alone(NamedTuple):
    """What a chart of `charts` draws where it stands alone, without a page that answers."""

    figures: list[dict[str, Any]]
    params: dict[str, Any]
    heading: list[str]
    description: str


def filled_spec(chart: Callable, choice: str, alone: Alone, beside: int = 0) -> dict[str, Any]:
    """The spec of the chart that `chart` makes of these, which takes ten times as long.

    `beside`: pixels that it leaves free at its right in a wide pane.
    """
    spec = json.loads(empty_spec(chart, choice, *alone.params))
    values = alone.params | {"beside": beside}
    spec["params"] = [
        param | {"value": values[param["name"]]} if param["name"] in values else param
        for param in spec["params"]
    ]
    if "tall" in alone.params:
        spec["spec"]["height"] = alone.params["tall"]
    spec["title"] = interactive.title(*alone.heading).to_dict(validate=False)
    spec["datasets"] = {interactive.DATASET: alone.figures}
    return spec | {"description": alone.description}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _as_pairs(parts: Parts, widget: Any = None) -> list:
    """Parts as they travel to the page: a key is a list in JSON, which has no other typed key."""
    return [[list(key), records] for key, records in parts.items()]


class Script(widgets.Widget):
    """A text that a kernel sends to its pages once, for all widgets that name it."""

    text = traitlets.Unicode().tag(sync=True)


class LiveChart(anywidget.AnyWidget):
    """A chart that answers in the page: `chart`, a function of figures and parameters.

    `figures`: records by the key of their part; `kinds`: the names that make the key of each kind
    of part; `linked`: controls by the parameter that they set (two names for a range); `choice`:
    the expression that is true of a drawn record. `held`: while it is true, nothing is drawn.
    `closed`: why the button of a view, by its position, has nothing to show. `alt`: the text for a
    reader who sees no chart; `code`: what the button *Share* copies. `watched`: the page tells when
    somebody looks at it.

    `colours`: so many there are; `ranks`: the numbers of places and indicators, from which those
    of series follow.

    Headings of a table sort it; a click near a mark sends its key as `pinned`; `ready`, with the
    keys of the parts that it has, is sent by a view that could take more. `save`, the number of a
    button in the box of the class `saving`, asks for a file for the view of the name `view`;
    `copied` is the code that it has copied. With both come the `states` of `controls`, those that
    what is taken home follows from.
    """

    _css = STYLE + FRAME
    _esm = LOADER.read_text(encoding="utf-8")
    _shared: ClassVar[Script | None] = None  # the page's part of all living charts
    script = traitlets.Instance(Script).tag(sync=True, **widgets.widget_serialization)
    spec = traitlets.Dict().tag(sync=True)
    embed_options = traitlets.Dict(renderer.EMBED_OPTIONS).tag(sync=True)
    figures = traitlets.Dict().tag(sync=True, to_json=_as_pairs)
    kinds = traitlets.List().tag(sync=True)
    params = traitlets.Dict().tag(sync=True)
    linked = traitlets.Dict().tag(sync=True, **widgets.widget_serialization)
    controls = traitlets.List().tag(sync=True, **widgets.widget_serialization)
    choice = traitlets.Unicode().tag(sync=True)
    held = traitlets.Bool(False).tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    closed = traitlets.Dict().tag(sync=True)
    colours = traitlets.Int(0).tag(sync=True)
    ranks = traitlets.Dict().tag(sync=True)
    watched = traitlets.Bool(False).tag(sync=True)

    def __init__(self, chart: Callable, choice: str, params: dict[str, Any], **traits: Any):
        if LiveChart._shared is None or LiveChart._shared.comm is None:  # none yet, or closed
            LiveChart._shared = Script(text=page_script())
        spec = renderer.ready(json.loads(empty_spec(chart, choice, *params)))
        traits |= {"spec": spec, "choice": choice, "params": params}
        super().__init__(script=LiveChart._shared, **traits)

    def renew(self, params: dict[str, Any], figures: Parts) -> None:
        """Let the page forget all figures and draw others."""
        with self.hold_sync():
            self.params, self.figures = params, figures
        self.send({"forget": True, "parts": _as_pairs(figures)})

    def add(self, parts: Parts, more: bool | str = False) -> None:
        """Give the page these parts, too. The view that `more` names may ask for the next ones."""
        self.figures.update(parts)
        self.send({"parts": _as_pairs(parts), "more": more})

    def save(self, name: str, kind: str, content: bytes, view: str) -> None:
        """Let the page download `content` as the file `name` of MIME type `kind`.

        `view`: the name of the view, of all in all pages, that has asked for it.
        """
        self.send({"name": name, "type": kind, "view": view}, [content])
