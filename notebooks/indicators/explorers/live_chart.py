"""The living chart of an explorer: embedded once in the page, which then chooses by itself.

JupyterChart of Altair would embed a chart anew to change its figures, and adds a listener each time. Here the page is given the figures in
parts, and a control sets its parameter of the chart in the page itself: no choice among figures that are there waits for the kernel.
"""

import contextlib
import functools
import hashlib
import json
from pathlib import Path

import altair as alt
import anywidget
import ipywidgets as widgets
import traitlets
import vl_convert

from ..charts import renderer
from ..data.files import replacing

VEGA_LITE = "5.8"  # the oldest version at hand; JupyterLab draws saved charts with 5.6


def _kept(name, made_of, make):
    """The text that `make` returns, made once for what it is made of and kept beside the compiled modules, where that folder can be written."""
    key = hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:16]
    kept = Path(__file__).with_name("__pycache__") / f"{name}-{key}"
    with contextlib.suppress(OSError):
        return kept.read_text(encoding="utf-8")
    text = make()
    with contextlib.suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        with replacing(kept) as half_done:
            half_done.write_text(text, encoding="utf-8")
    return text


def _source(name):
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _sources(room):
    """The texts of the modules of a room of the package."""
    return [
        path.read_text(encoding="utf-8")
        for path in sorted(Path(__file__).parents[1].glob(f"{room}/*.py"))
    ]


@functools.cache
def _script():
    """The page's part with Vega, Vega-Lite and Vega-Embed in one text, so that no network is needed; making it takes more than a second."""
    source = _source("live_chart.js")
    return _kept(
        "live.js",
        [vl_convert.__version__, VEGA_LITE, source],
        lambda: vl_convert.javascript_bundle(source, vl_version=VEGA_LITE),
    )


@functools.cache
def _spec(chart, *params):
    """The spec of a living chart (a function of `charts`) without figures; its parameters get their values in the page."""
    made_of = [alt.__version__, *params, *_sources("charts"), *_sources("i18n")]
    return _kept(
        f"{chart.__name__}.json",
        made_of,
        lambda: json.dumps(chart([], dict.fromkeys(params, "")).to_dict(validate=False)),
    )


class Live(anywidget.AnyWidget):
    """A chart that answers in the page: `chart`, a function of figures and parameters.

    `figures`: lists of records by the key of their part; `parts`: for each kind of part, the names of the parameters whose values
    make its key (`series` stands for each chosen indicator in each chosen place). `params`: parameter to value; `linked`: names of
    parameters to the control that sets them in the page (two names for a range; a control with `slugs` sets the slugs of its choice).
    `choice`: which figures are drawn, as an expression of parameters and `datum`. `held`: nothing is drawn while several controls are
    being set. `alt` says in words what is drawn.

    New `figures` take the place of all that the page has. With `watched`, the page sends `seen` when it is looked at.

    `beside`: pixels that the chart needs beside its panels; if not 0, the panels are as wide as the page allows. `closed`: the numbers of
    the buttons of a control of class `views` that cannot be pressed, each with the reason. Plain keys pressed in a control of its box stay
    there; headings of a table sort it; a click near a mark sends its key as `pinned`; `ready`, with the keys of the parts that it has, is
    sent by a view that could take more. `colours`: so many series have one of their own.
    """

    spec = traitlets.Dict().tag(sync=True)
    embed_options = traitlets.Dict(renderer.EMBED_OPTIONS).tag(sync=True)
    figures = traitlets.Dict().tag(sync=True)
    parts = traitlets.List().tag(sync=True)
    params = traitlets.Dict().tag(sync=True)
    linked = traitlets.Dict().tag(sync=True, **widgets.widget_serialization)
    choice = traitlets.Unicode().tag(sync=True)
    held = traitlets.Bool(False).tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    closed = traitlets.Dict().tag(sync=True)
    beside = traitlets.Int(0).tag(sync=True)
    colours = traitlets.Int(0).tag(sync=True)
    watched = traitlets.Bool(False).tag(sync=True)

    def __init__(self, chart, params, **traits):
        Live._esm = _script()
        super().__init__(spec=json.loads(_spec(chart, *params)), params=params, **traits)

    def know(self, chart, params, linked, parts, choice, figures):
        """Let the page forget all figures and draw others, perhaps with other controls."""
        with self.hold_sync():
            self.spec, self.params, self.linked = json.loads(_spec(chart, *params)), params, linked
            self.parts, self.choice, self.figures = parts, choice, figures
        self.send({"forget": True, "parts": figures})

    def add(self, parts, more=False):
        """Give the page these parts, too. With `more` it may ask for the next ones."""
        self.figures.update(parts)
        self.send({"parts": parts, "more": more})

    def save(self, name, kind, content):
        """Let the browser download `content` (bytes) as the file `name` of MIME type `kind`."""
        self.send({"name": name, "type": kind}, [content])
