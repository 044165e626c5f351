"""The picture of README.md, for light and for dark pages.

`python -m indicators.site.picture FOLDER` draws both.
"""

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from PIL import Image, PngImagePlugin

from .. import charts, data, growth
from ..charts import renderer
from ..data import files

CHOSEN = ["gdp", "pm25", "urban_income", "good_air_days"]
TITLE = "Shaoxing, 2015–2025: outcomes, and targets for 2025"
SUBTITLE = (
    "Filled circle: outcome; open circle: one that is not exact. Open diamond: target."
    " Arrow: ‘or more’, ‘or less’."
)
AXIS = 2013.9, 2026.5  # where the years begin and end
LOOKS = {"light": "#ffffff", "dark": "#0d1117"}  # the background of each
ORIGIN = "Origin"  # the entry of a picture's file that holds the hash of what it was drawn from


def rows() -> pd.DataFrame:
    """The latest printings of four numbers of the city, and their targets for 2025."""
    table = data.latest(data.load(place="shaoxing"))
    chosen = table[table["indicator"].isin(CHOSEN) & table["measure"].isin(["level", "share"])]
    return chosen[chosen["status"].ne("target") | chosen["end"].eq(2025)]


def spec() -> dict[str, Any]:
    """These numbers of the city, and their targets, as a Vega-Lite spec."""
    chart = charts.small_multiples(growth.with_lines(rows()), TITLE, axis=AXIS)
    chart.title.subtitle = SUBTITLE
    return chart.to_dict()


def origin(spec: dict[str, Any], look: str) -> str:
    """A hash of what a picture is drawn from, data and design; `look`: a name of `LOOKS`."""
    return hashlib.sha256(json.dumps([spec, LOOKS[look]], sort_keys=True).encode()).hexdigest()


def draw(folder: str | Path) -> None:
    """Write `picture-light.png` and `picture-dark.png` to a folder."""
    drawn = spec()
    for look, background in LOOKS.items():
        told = PngImagePlugin.PngInfo()
        told.add_text(ORIGIN, origin(drawn, look))
        picture = renderer.picture(drawn | {"background": background}, scale=1.5)
        image = Image.open(io.BytesIO(picture))
        with files.replacing(Path(folder).expanduser() / f"picture-{look}.png") as path:
            image.save(path, "PNG", optimize=True, pnginfo=told)


if __name__ == "__main__":
    draw(sys.argv[1])
