"""Pictures to take home: their titles, keys, sources and sizes, and the names of files."""

import io
import json
import re
from xml.etree import ElementTree

import pytest
from boxes import offenders
from indicators import charts, data, explorers, growth
from indicators.data import provenance
from indicators.explorers.export import file_stem
from indicators.i18n import LANGUAGES, WORDS
from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"
PAIR, PLACES = ("urban_income", "rural_income"), ("shaoxing", "china")
ALL_SIZES = [None, *charts.PICTURE_SIZES]


@pytest.fixture(scope="module")
def essay(table):
    """The chart of an essay: incomes of city and nation, 2015 = 100."""
    state = {"view": "index", "base": 2015, "places": PLACES, "language": "zh"}
    return explorers.IndicatorExplorer(table, PAIR, **state)


def written(svg):
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("size", ALL_SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_picture_crosses_anything_and_none_is_cut(table, language, size):
    state = {"view": "index", "base": 2015, "places": PLACES, "language": language}
    picture = explorers.IndicatorExplorer(table, PAIR, **state).picture(size=size)
    assert offenders(picture.svg) == []
    assert not any("…" in text for text in written(picture.svg))


def test_a_picture_is_wrapped_to_its_plot_with_title_key_sources_and_licence(essay, tmp_path):
    essay.write(tmp_path / "a.svg")
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    texts, words = written(svg), WORDS["zh"]
    names = "城镇常住居民人均可支配收入；农村常住居民人均可支配收入"
    assert texts[0] == f"指数，绍兴、中国，2015–2025年：{names}"
    assert words["chart"]["marks"]["outcome"] in texts
    assert not {words["chart"]["marks"][name] for name in ("target", "span", "up")} & set(texts)
    assert "CC BY 4.0" in texts[-1]
    width = float(re.search(r'width="([\d.]+)"', svg)[1])
    assert 700 < width < 960
    essay.write(tmp_path / "b.svg")
    assert (tmp_path / "b.svg").read_text(encoding="utf-8") == svg  # whenever it is drawn
    package = json.loads((provenance.DATA / "datapackage.json").read_text("utf-8"))
    assert [each["name"] for each in package["licenses"]] == ["CC-BY-4.0"]


def test_a_column_is_as_wide_as_one_on_paper_and_a_slide_as_a_screen(essay, tmp_path):
    sizes = {}
    for size in charts.PICTURE_SIZES:
        essay.write(tmp_path / f"{size}.png", size=size)
        essay.write(tmp_path / f"{size}.svg", size=size)
        image = Image.open(io.BytesIO((tmp_path / f"{size}.png").read_bytes()))
        sizes[size] = image.size, image.info["dpi"][0]
    (column, dpi), (slide, _) = sizes["column"], sizes["slide"]
    assert 8.5 <= column[0] / dpi * 2.54 <= 9 and slide == (1920, 1080)
    root = ElementTree.fromstring((tmp_path / "column.svg").read_text(encoding="utf-8"))
    assert root.get("width") == "88mm"
    fonts = {
        float(text.get("font-size").removesuffix("px"))
        for text in root.iter(f"{SVG}text")
        if "".join(text.itertext()).strip()
    }
    assert min(fonts) >= 10  # 7.5 points on paper
    for said in ("Column", "poster", ""):
        with pytest.raises(ValueError, match="unknown size .*column, slide"):
            essay.write(tmp_path / "a.png", size=said)
    assert not (tmp_path / "a.png").exists()


def test_a_title_of_ones_own_is_in_page_pictures_state_and_code(table, tmp_path):
    made = explorers.IndicatorExplorer(table, ["gdp"])
    plain = made.chart.title.text
    made.title.value = "  Growth <b> & “more”  "
    said = "Growth <b> & “more”"
    assert made.chart.title.text == [said] and made.state["title"] == made.title.value
    assert "title='  Growth" in made.code()
    made.write(tmp_path / "own.svg")
    made.write(tmp_path / "other.svg", title="Another\none")
    assert written((tmp_path / "own.svg").read_text("utf-8"))[0] == said
    assert written((tmp_path / "other.svg").read_text("utf-8"))[0] == "Another one"
    made.state = {"title": ""}
    assert made.chart.title.text == plain and "title" not in made.code()


def test_a_key_names_the_marks_that_are_drawn_and_no_others(table):
    def named(**state):
        said = written(explorers.IndicatorExplorer(table, **state).picture().svg)
        return {name for name, word in WORDS["en"]["chart"]["marks"].items() if word in said}

    assert named(chosen=["good_air_days"], view="levels", statuses=["target"]) <= {
        *("target", "aimed span", "up", "derived", "gap", "break", "wrong")
    }
    everything = named(chosen=["real_gdp", "exports", "retail_sales"])
    assert {"outcome", "estimate", "target", "span", "aimed span", "up"} <= everything
    assert "pace" in named(chosen=["gdp"], view="levels", pace=True)
    assert "pace" not in named(chosen=["gdp"], view="levels")
    assert named(chosen=[]) == set()
    for language in LANGUAGES:
        assert everything <= set(WORDS[language]["chart"]["marks"])


def test_at_the_base_year_of_an_index_nothing_is_spread_sideways(essay):
    drawn = ElementTree.fromstring(essay.picture().svg)
    marks = [
        mark for mark in drawn.iter(f"{SVG}path") if "2015：100.0" in mark.get("aria-label", "")
    ]
    at_base = {mark.get("transform") for mark in marks}
    assert len(marks) == 4
    assert len(at_base) == 1


@pytest.mark.parametrize(
    ("state", "stem"),
    [
        ({"chosen": PAIR, "view": "index", "base": 2015}, "income-index-2015-shaoxing-china"),
        ({"chosen": ["gdp"], "places": ["china"]}, "gdp-growth-rates-china"),
        (
            {"chosen": ["gdp", "pm25"], "years": (2020, 2025)},
            "gdp-pm25-levels-shaoxing-china-2020-2025",
        ),
        ({"chosen": list("abcde"), "places": list("wxyz")}, "5-indicators-levels-4-places"),
        ({"chosen": ["水质"], "places": ["../绍兴"], "years": (2020, 2020)}, "levels-2020"),
        ({"chosen": [], "places": []}, "levels"),
    ],
)
def test_a_file_is_named_by_its_view(state, stem):
    usual = {"view": "growth rates" if stem.startswith("gdp-g") else "levels", "places": PLACES}
    state = usual | {"years": charts.YEARS} | state
    found = file_stem(state)
    assert found == stem and found.isascii() and len(found) <= 80
    assert len(file_stem(state | {"chosen": ["indicator_of_a_very_long_name" * 4]})) <= 80


def test_what_is_saved_of_parts_of_a_whole_has_its_key_and_name(table, tmp_path):
    whole, parts = "general_public_budget_expenditure", growth.SPENDING[:10]
    made = data.latest(table), whole, parts
    parts = explorers.CompositionExplorer(*made, places=["china"], title="Mine")
    assert parts.stem == "general-public-budget-expenditure-amounts-china"
    for size in ALL_SIZES:
        picture = parts.picture(size=size)
        assert written(picture.svg)[0] == "Mine"
        assert picture.width / picture.height == pytest.approx(16 / 9, 0.01) or size != "slide"
    assert "title='Mine'" in parts.code()


def of_incomes(table, language="en", **state):
    state = {"view": "index", "base": 2015, "places": PLACES} | state
    return explorers.IndicatorExplorer(table, PAIR, language=language, **state)


def test_the_first_place_is_drawn_last(table):
    svg = of_incomes(table, places=("china", "shaoxing")).picture().svg
    home, nation = charts.COLOURS[0], charts.COLOURS[2]
    lines = re.findall(r'stroke="(#\w+)" stroke-width="1.5" stroke-dash', svg)
    points = re.findall(r'fill="(#\w+)" stroke="#?\w+" stroke-width="1"', svg)
    for drawn in (lines, points):
        found = [colour for colour in drawn if colour in (home, nation)]
        assert found == sorted(found, key=[nation, home].index) and len(set(found)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_names_what_is_drawn_and_says_what_is_not(table, language):
    here, there, nation = {
        "en": ("Shaoxing", "Zhejiang", "China"),
        "zh": ("绍兴", "浙江", "中国"),
    }[language]
    explorer = of_incomes(table, language, base=2024, places=("shaoxing", "zhejiang", "china"))
    title, *texts = written(explorer.picture().svg)
    assert nation in title and here not in title and there not in title
    said = [text for text in texts if "2024" in text and here in text]
    assert said
    assert WORDS[language]["said"]["nominal"] in texts
    looks = explorer.live.params["looks"]
    explorer.base.value = 2015
    again = explorer.live.params["looks"]
    assert {name: colour for name, (colour, _) in again.items()} == {
        name: colour for name, (colour, _) in looks.items()
    }


def test_growth_and_real_amounts_are_not_called_nominal(table):
    nominal = WORDS["en"]["said"]["nominal"]
    rates = of_incomes(table, view="growth rates")
    real = explorers.IndicatorExplorer(table, ["real_gdp"], view="index")
    for explorer in (rates, real):
        assert not [text for text in written(explorer.picture().svg) if nominal[:-1] in text]


def test_what_ends_before_the_others_is_said_shortly(table):
    explorer = of_incomes(table)
    assert " Only to 2022: Shaoxing." in explorer.summary.value
    explorer.years.value = (2015, 2022)
    assert "Only to" not in explorer.summary.value


def test_a_size_can_be_chosen_and_left_again_and_files_have_it(table, tmp_path):
    explorer = of_incomes(table)
    explorer.size.value = "slide"
    explorer.write(tmp_path / "slide.png")
    explorer.write(tmp_path / "screen.png", size="screen")
    explorer.size.index = 0
    assert explorer.size.value == "screen" and explorer.size.index == 0
    explorer.write(tmp_path / "again.png")
    assert Image.open(tmp_path / "slide.png").size == (1920, 1080)
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "screen.png").read_bytes()


def test_an_empty_chart_is_not_saved(table, tmp_path):
    explorer = of_incomes(table)
    assert not any(button.disabled for button in explorer.save.values())
    explorer.base.value, explorer.places.value = 2016, ("zhejiang",)
    explorer.years.value = (2016, 2016)
    explorer.statuses["actual"].value = False
    reason = WORDS["en"]["reasons"]["empty"]
    assert explorer.data.empty
    assert all(each.disabled and each.tooltip == reason for each in explorer.save.values())
    for ending in ("png", "csv", "txt"):
        with pytest.raises(ValueError, match="nothing is drawn"):
            explorer.write(tmp_path / f"a.{ending}")
    assert not list(tmp_path.iterdir())


def seen_in(explorer):
    """The controls that stand beside the view buttons, in their order."""
    boxes = [explorer]
    for box in boxes:
        if explorer.view in box.children:
            return list(box.children)
        boxes += [each for each in box.children if hasattr(each, "children")]
    raise AssertionError


def test_the_base_year_is_in_sight_where_it_counts(table):
    explorer = of_incomes(table)
    seen = seen_in(explorer)
    beneath_views = seen[seen.index(explorer.view) + 1]
    assert explorer.base in beneath_views.children and beneath_views.layout.display is None
    explorer.view.value = "levels"
    assert beneath_views.layout.display == "none"
