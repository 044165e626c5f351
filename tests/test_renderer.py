"""Pictures with Chinese in them, on a machine that has no Chinese font."""

import base64
import io
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from indicators import charts, explorers
from indicators.charts import renderer
from indicators.i18n import LANGUAGES
from PIL import Image

BARE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{}</dir></fontconfig>"""
DRAW = """
import sys
from indicators.charts import renderer
for number, word in enumerate(["绍兴绍兴", "兴绍兴绍"]):
    spec = {"data": {"values": [{}]}, "mark": "point", "title": word, "width": 40, "height": 20}
    open(f"{number}.png", "wb").write(renderer.picture(spec))
"""


def test_the_font_has_every_character_of_data_and_words_and_of_other_places():
    words = (ROOT / "notebooks/indicators/i18n").glob("*.py")
    files = [*(ROOT / "data").glob("*.csv"), *words]
    characters = set("".join(path.read_text(encoding="utf-8") for path in files)) - set("\n")
    missing = characters.union("杭州宁波温州嘉兴湖州金华衢州舟山台州丽水") - set(
        map(chr, TTFont(renderer.FONT).getBestCmap())
    )
    assert missing == set(), "run `make fonts`"


def test_a_picture_has_chinese_on_a_machine_without_chinese_fonts(tmp_path):
    (tmp_path / "fonts.conf").write_text(BARE.format(tmp_path))
    environment = os.environ | {
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "PYTHONPATH": str(ROOT / "notebooks"),
    }
    subprocess.run([sys.executable, "-c", DRAW], cwd=tmp_path, env=environment, check=True)
    one, other = (
        Image.open(tmp_path / f"{number}.png").convert("L").tobytes() for number in (0, 1)
    )
    assert one != other  # without the characters both are rows of equal boxes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_brings_the_part_of_the_font_that_it_needs(shaoxing, language):
    explorer = explorers.IndicatorExplorer(shaoxing, ["gdp"], view="levels", language=language)
    svg = renderer.drawing(explorer.chart.to_dict())
    (font,) = re.findall(
        r"@font-face\{font-family:'Noto Sans CJK SC';src:url\(data:font/otf;base64,([^)]*)\)\}", svg
    )
    brought = TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()
    assert (
        set(re.sub("<[^>]*>", "", svg.split("</style>")[1])) - {"\n"} <= set(map(chr, brought))
        and len(svg) < 100_000
    )
    assert (
        'font-family="Noto Sans CJK SC, sans-serif"' in svg
        and {"en": "Gross domestic product", "zh": "生产总值"}[language] in svg
    )


def test_a_small_picture_keeps_the_colours_of_its_series(shaoxing):
    chosen = ["gdp", "pm25", "urban_income", "rural_income"]
    explorer = explorers.IndicatorExplorer(shaoxing, chosen, view="levels")
    picture = Image.open(io.BytesIO(renderer.picture(explorer.chart.to_dict()))).convert("RGB")
    there = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in picture.getcolors(1 << 24)}
    assert [colour for colour in charts.COLOURS[: len(chosen)] if colour.lower() not in there] == []
