"""Altair charts as JupyterLab draws them by itself: offline, before anything runs.

JupyterLab brings a renderer for Vega-Lite 5 and none for 6, so a chart is sent as Vega-Lite 5, with
its description as text; where a program runs the notebook and writes it down (`make refresh`), also
with a PNG, for readers without JupyterLab: drawing it takes a second and 90 MB. Vega draws SVG:
each mark then has its own label for assistive technology. Chinese is drawn with a font that comes
with the bundle (`fonts/`: all characters of GB 2312, and those of the data), so that pictures are
right on a machine without Chinese fonts, too.
"""

import base64
import functools
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import altair as alt

from . import front_end

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
FONT = Path(__file__).with_name("fonts") / "NotoSansCJKsc-Subset.otf"
FAMILIES = "Noto Sans CJK SC, sans-serif"
_DARK = "luminance(background) < 0.4"  # not a parameter: a reader's charts have none of ours
_INK = {"expr": f"{_DARK} ? '#eeeeee' : '#222222'"}
_SOFT = {"expr": f"{_DARK} ? '#c8c8c8' : '#595959'"}  # of what explains
_LINES = {"expr": f"{_DARK} ? '#9a9a9a' : '#888888'"}
LOOK = {  # on a white card, or on the dark one of dark themes
    "view": {"stroke": None},
    "title": {"color": _INK, "subtitleColor": _SOFT},
    "axis": {
        "labelColor": _INK,
        "titleColor": _INK,
        "domainColor": _LINES,
        "tickColor": _LINES,
        "gridColor": {"expr": f"{_DARK} ? '#555555' : '#e2e2e2'"},
    },
    "axisY": {"minExtent": 48},  # panels beneath one another begin at one left edge
    "header": {"labelColor": _INK, "titleColor": _INK},
    "legend": {"labelColor": _INK, "titleColor": _INK},
}
PICTURES = "INDICATORS_PICTURES"  # the environment variable: 1 with each chart, 0 with none
HAS_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Log errors only (1): an empty layer is none. With the style sheet of Vega what holds a chart would
# be as wide as the chart, and not as the page.
EMBED_OPTIONS = {"renderer": "svg", "actions": False, "logLevel": 1, "defaultStyle": False}

Spec = dict[str, Any]


def bundle(spec: Spec) -> tuple[dict[str, Any], dict[str, Any]]:
    """The MIME bundle and metadata that show a Vega-Lite spec, as from `Chart.to_dict`."""
    spec = ready(spec)
    data = {MIME: spec, "text/plain": spec.get("description", "A chart.")}
    asked = os.environ.get(PICTURES)
    if asked == "1" or not (asked or front_end.attended()):
        data["image/png"] = picture(spec)
    elif front_end.in_dashboard():
        data["image/png"] = _blank()
    return data, {MIME: {"embed_options": EMBED_OPTIONS}}


@functools.cache
def _blank():
    """A PNG of a clear point, which nobody sees.

    Beside a chart without a picture JupyterLab's renderer makes one, and on Voilà's pages, which
    cannot keep it, says of that an error in place of the chart.
    """
    from PIL import Image

    png = io.BytesIO()
    Image.new("LA", (1, 1)).save(png, "PNG")
    return png.getvalue()


def drawing(spec: Spec) -> str:
    """The chart as the text of an SVG file.

    It contains the part of the font that it needs, and looks the same on every machine.
    """
    return with_font(svg(spec))


def with_font(text: str) -> str:
    """An SVG with the part of the bundle's font that it needs."""
    font = base64.b64encode(_part_of_font(text)).decode()
    face = f"font-family:'Noto Sans CJK SC';src:url(data:font/otf;base64,{font})"
    return text.replace(">", f"><style>@font-face{{{face}}}</style>", 1)


def svg(spec: Spec) -> str:
    """The chart as SVG, without the font that it names."""
    return _converter().vegalite_to_svg(ready(spec, anyway=True))


@functools.cache
def _converter():
    """The package that draws, with the bundle's font: only who wants a picture gives it memory."""
    import vl_convert

    vl_convert.register_font_directory(str(FONT.parent))
    return vl_convert


def _part_of_font(text):
    """The font with the characters of a text, as OpenType bytes."""
    from fontTools import subset  # takes time to import, and only a saved drawing needs it

    options = subset.Options(layout_features=[], notdef_outline=True)
    font, file = subset.load_font(FONT, options), io.BytesIO()
    chosen = subset.Subsetter(options)
    chosen.populate(text=text)
    chosen.subset(font)
    subset.save_font(font, file, options)
    return file.getvalue()


def picture(spec: Spec, scale: float = 1.25) -> bytes:
    """The chart as the bytes of a PNG, with a palette of 128 colours so that files stay small.

    `scale`: its size, in multiples of that in pixels.
    """
    return _small(_converter().vegalite_to_png(ready(spec), scale=scale))


def png_of(text: str, scale: float, dpi: float) -> bytes:
    """An SVG as such a PNG, which says how many dots are an inch."""
    return _small(_converter().svg_to_png(text, scale=scale), dpi=(dpi, dpi))


def _small(png, **told):
    from PIL import Image  # as the converter: where it is needed

    small = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(128)
    image.save(small, "PNG", optimize=True, **told)
    return small.getvalue()


def ready(spec: Spec, anyway: bool = False) -> Spec:
    """The spec as Vega-Lite 5, in colours that fit its background unless it has a theme or its own.

    It names a font that has Chinese if its title needs one, or `anyway`.
    """
    themed = "theme" in spec.get("usermeta", {}).get("embedOptions", {})
    title = json.dumps(spec.get("title", ""), ensure_ascii=False)
    font = {"font": FAMILIES} if anyway or HAS_CHINESE.search(title) else {}
    return spec | {
        "config": ({} if themed else LOOK) | font | spec.get("config", {}),
        "$schema": SCHEMA,
    }


alt.renderers.register("jupyterlab-vegalite5", bundle)
if alt.renderers.active == "default" and not alt.renderers.options:  # else a reader has chosen
    alt.renderers.enable("jupyterlab-vegalite5")
