"""How charts are shown: whatever a reader has set, and with Chinese where there is no such font."""

import base64
import io
import json
import os
import re
import subprocess
import sys
from contextlib import ExitStack

import altair as alt
import nbformat
import pandas as pd
import pytest
from conftest import NOTEBOOKS, ROOT
from fontTools.ttLib import TTFont
from indicators import charts, data, explorers, growth
from indicators.charts import renderer
from indicators.i18n import LANGUAGES
from PIL import Image, ImageChops

BARE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{}</dir></fontconfig>"""
DRAW = """
import sys
from indicators.charts import renderer
for number, word in enumerate(["绍兴绍兴", "兴绍兴绍"]):
    spec = {"data": {"values": [{}]}, "mark": "point", "title": word, "width": 40, "height": 20}
    open(f"{number}.png", "wb").write(renderer.picture(spec))
"""


CHOOSE = """
import importlib
import altair
from indicators.charts import renderer
print(altair.renderers.active)
for chosen, options in ("png", {}), ("default", {"embed_options": {"actions": False}}):
    altair.renderers.enable(chosen, **options)
    importlib.reload(renderer)
    print(altair.renderers.active)
"""
DRAW_DUST = """
import hashlib, json, warnings
import pandas
warnings.simplefilter("ignore")
for option, value in {}.items():
    pandas.set_option(option, value)
from indicators import data, explorers
table = data.latest(data.load(place="shaoxing"))
spec = explorers.IndicatorExplorer(table, ["pm25"], view="levels").chart.to_dict(validate=False)
print(hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest())
"""
OPTIONS = {"future.infer_string": False, "mode.string_storage": "python", "display.precision": 1}
# What a reader has chosen for charts of her own
CHOICES = {
    "data in files, another window": lambda: (
        alt.data_transformers.enable("json"),
        alt.renderers.enable("browser"),
    ),
    "few rows, pictures, a theme": lambda: (
        alt.data_transformers.enable("default", max_rows=1),
        alt.renderers.enable("png"),
        alt.theme.enable("dark"),
    ),
    "transforms ahead, a theme of her own": lambda: (
        alt.data_transformers.enable("vegafusion"),
        alt.theme.enable("large letters"),
    ),
}
LARGE = {"config": {"axis": {"labelFontSize": 40}}, "padding": 50}


@pytest.fixture(scope="module")
def bundled(every, shaoxing):
    """Charts of each function of `charts`."""
    economy = shaoxing[shaoxing["theme"] == "growth"]
    dust = growth.with_lines(shaoxing.query("indicator == 'pm25' and measure == 'level'"))
    targets = growth.with_latest(shaoxing, growth.verdicts(shaoxing))
    return [
        charts.past_beside_promised(growth.past_beside_promised(economy)),
        charts.levels_to_targets(growth.implied_by_target(economy)),
        charts.small_multiples(dust, "Dust"),
        charts.against_benchmarks(dust, data.benchmarks(), "Dust"),
        charts.coverage(dust),
        explorers.IndicatorExplorer(every, ["gdp"], view="levels").chart,
        explorers.NumbersExplorer(shaoxing, ["gdp"]).chart,
        explorers.TargetExplorer(targets).chart,
    ]


@pytest.fixture(scope="module")
def hers():
    return alt.Chart(pd.DataFrame({"x": [1, 2], "y": [3, 4]})).mark_point().encode(x="x", y="y")


def shown(chart):
    """The MIME bundle of a chart, without metadata."""
    made = chart._repr_mimebundle_(None, None)
    return made[0] if isinstance(made, tuple) else made


@pytest.mark.parametrize("choose", CHOICES.values(), ids=CHOICES)
def test_charts_of_the_bundle_take_no_choice_of_a_reader_as_theirs(bundled, choose, monkeypatch):
    monkeypatch.setattr(renderer, "picture", lambda *_: b"")
    alt.theme.register("large letters", enable=False)(lambda: LARGE)
    before = [shown(chart) for chart in bundled]
    with ExitStack() as chosen:
        for choice in choose():
            chosen.enter_context(choice)
        assert [shown(chart) for chart in bundled] == before
    assert all(renderer.MIME in data for data in before)


def test_a_chart_of_the_bundle_that_was_changed_is_one_still(bundled, monkeypatch):
    monkeypatch.setattr(renderer, "picture", lambda *_: b"")
    with alt.data_transformers.enable("default", max_rows=1), alt.renderers.enable("svg"):
        for chart in bundled:
            data = shown(chart.properties(title="Mine").configure_axis(labelFontSize=20))
            assert data[renderer.MIME]["title"] == "Mine"
            assert data[renderer.MIME]["config"]["axis"] == {"labelFontSize": 20}
            assert data[renderer.MIME]["config"]["view"] == {"stroke": None}


def test_a_chart_of_a_readers_own_has_what_she_chose(hers, bundled, monkeypatch):
    monkeypatch.setattr(renderer, "picture", lambda *_: b"")
    with alt.renderers.enable("svg"):
        assert set(shown(hers)) == {"image/svg+xml"}
        assert set(shown(hers | bundled[0])) == {"image/svg+xml"}  # a part of hers is hers
    with alt.theme.enable("dark"):
        assert "title" not in shown(hers)[renderer.MIME]["config"]
    with alt.data_transformers.enable("default", max_rows=1), pytest.raises(alt.MaxRowsError):
        hers.to_dict()


def test_charts_are_the_same_whatever_a_reader_has_set_for_pandas():
    environment = os.environ | {"PYTHONPATH": str(ROOT / "notebooks")}
    plain, otherwise = (
        subprocess.run(
            [sys.executable, "-c", DRAW_DUST.replace("{}", repr(options), 1)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for options in ({}, OPTIONS)
    )
    assert otherwise == plain != ""


def test_the_renderer_of_the_bundle_takes_the_place_of_none_that_a_reader_chose():
    environment = os.environ | {"PYTHONPATH": str(ROOT / "notebooks")}
    run = [sys.executable, "-c", CHOOSE]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
    # that of Altair, which asks a network for its script, is replaced where it was not chosen
    assert done.stdout.split() == ["jupyterlab-vegalite5", "png", "default"]


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
    colours = {charts.COLOURS[look[0]] for look in explorer.live.params["looks"].values()}
    assert len(colours) == len(chosen)
    assert [colour for colour in colours if colour.lower() not in there] == []


# --- the pictures that notebooks keep ---


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_saved_picture_is_that_of_the_saved_chart_and_of_no_other(path):
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    charts_saved = [shown for shown in outputs if renderer.MIME in shown]
    assert charts_saved
    for shown in charts_saved:
        spec, saved = shown[renderer.MIME], base64.b64decode(shown["image/png"])
        assert same(saved, renderer.picture(spec)), "run `make refresh`"
    title = re.sub(r'("text": \[?")\w', r"\1X", json.dumps(spec["title"]))  # one letter
    assert not same(saved, renderer.picture(spec | {"title": json.loads(title)}))


def same(one, other):
    """Whether two PNGs look the same, whatever becomes of an edge on another machine."""
    one, other = (Image.open(io.BytesIO(png)).convert("RGB") for png in (one, other))
    most = max(high for _, high in ImageChops.difference(one, other).getextrema())
    return one.size == other.size and most < 64
