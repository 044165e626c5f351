"""Altair charts as JupyterLab draws them by itself: offline, before anything runs.

JupyterLab brings a renderer for Vega-Lite 5 and none for 6, so a chart is sent as Vega-Lite 5, with a PNG
for readers without JupyterLab and its description as text. Vega draws SVG: each mark
then carries its own label for assistive technology.
"""

import io

import altair as alt
import vl_convert
from PIL import Image

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
EMBED_OPTIONS = {"renderer": "svg", "actions": False, "logLevel": 1}  # log errors only: an empty layer is none


def bundle(spec):
    """The MIME bundle and metadata that show a Vega-Lite spec (a dict, as from `Chart.to_dict`)."""
    spec = spec | {"$schema": SCHEMA}
    data = {MIME: spec, "image/png": picture(spec), "text/plain": spec.get("description", "A chart.")}
    return data, {MIME: {"embed_options": EMBED_OPTIONS}}


def drawing(spec):
    """The chart as the text of an SVG file."""
    return vl_convert.vegalite_to_svg(spec | {"$schema": SCHEMA})


def picture(spec):
    """The chart as PNG bytes, at one and a half times the size in pixels, with a palette so that notebooks stay small."""
    png = Image.open(io.BytesIO(vl_convert.vegalite_to_png(spec, scale=1.5))).convert("RGB")
    small = io.BytesIO()
    png.quantize(128).save(small, "PNG", optimize=True)
    return small.getvalue()


alt.renderers.register("jupyterlab-vegalite5", bundle)
alt.renderers.enable("jupyterlab-vegalite5")
