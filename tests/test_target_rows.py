"""The chart of targets: columns that fit, verdicts in colour, shape and word, bounds as bounds."""

import html
import re
from itertools import combinations

import pytest
import vl_convert
from indicators import explorers, growth, labels
from indicators.charts import renderer, style
from indicators.i18n import LANGUAGES, WORDS
from PIL import ImageFont

SIZE, LINE = 11, 12  # pixels of the texts and of their lines
# Of each text of an SVG: its anchor, its place, and its lines with their tags
TEXTS = re.compile(
    r'<text[^>]*text-anchor="(\w+)"[^>]*transform="translate\(([-\d.]+),([-\d.]+)\)"'
    r'[^>]*font-size="11px"[^>]*>(.*?)</text>'
)
TITLE = re.compile(r'<g class="mark-group role-title">.*?</g></g></g>')


@pytest.fixture(scope="module")
def judged(shaoxing):
    return growth.with_latest(shaoxing, growth.verdicts(shaoxing, range(2016, 2026)))


@pytest.fixture(scope="module")
def font():
    return ImageFont.truetype(str(renderer.FONT), SIZE)


def spec_of(explorer, pane=920, **more):
    """The chart of an explorer in a pane of some width."""
    spec = explorer.chart.to_dict(validate=False) | more
    params = [
        {"name": "pane", "value": pane} if param["name"] == "pane" else param
        for param in spec["params"]
    ]
    return spec | {"params": params}


def svg_of(explorer, pane=920, **more):
    spec = spec_of(explorer, pane, **more)
    return vl_convert.vegalite_to_svg(renderer.ready(spec, anyway=True))


def boxes(svg, font):
    """The boxes of all texts but the title: left, top, right, bottom, and what they say."""
    found = []
    for anchor, x, y, inner in TEXTS.findall(TITLE.sub("", svg)):
        lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", inner) or [inner]
        lines = [html.unescape(line) for line in lines]
        width = max(map(font.getlength, lines))
        left = float(x) - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        top = float(y) - SIZE + 2
        bottom = top + SIZE + LINE * (len(lines) - 1)
        found.append((left, top, left + width, bottom, " ".join(lines)))
    return found


def cross(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("pane", [580, 640, 940])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_or_crosses_another_or_the_edge(judged, font, language, pane):
    explorer = explorers.TargetExplorer(judged, year="all", verdict="all", language=language)
    svg = svg_of(explorer, pane)
    found = boxes(svg, font)
    told = {text.replace(" ", "") for *_, text in found}
    for row in explorer.data.itertuples():
        assert labels.target(row, language).replace(" ", "") in told
        assert labels.ruling(row, language).replace(" ", "") in told
    pairs = combinations(found, 2)
    assert [(one[4], other[4]) for one, other in pairs if cross(one, other)] == []
    assert [box for box in found if box[0] < 0 or box[2] > pane] == []
    marks = [x for said, x in points(svg) if said]
    assert max(right for left, _, right, *_ in found if left == 0) < min(marks) - 5


def points(svg):
    """The points of an SVG: what they say, and how far from the left they stand."""
    found = re.findall(r'<path(?: aria-label="([^"]*)")?[^>]*transform="translate\(([-\d.]+),', svg)
    return [(html.unescape(said), float(x)) for said, x in found]


def test_a_bound_is_shaded_where_it_is_met_and_an_exact_target_is_a_line_alone(judged):
    explorer = explorers.TargetExplorer(judged, verdict="all")
    bounds = explorer.data["bound"].isin(["at_least", "at_most", "more_than", "less_than"])
    assert 0 < bounds.sum() < len(bounds)
    svg = svg_of(explorer)
    shaded, lines = (
        re.findall(rf'mark-{kind} role-mark layer_{layer}_marks"[^>]*>(.*?)</g>', svg)[0]
        for kind, layer in (("rect", 1), ("rule", 3))
    )
    assert shaded.count("<path") == bounds.sum()
    assert lines.count("<line") == len(bounds)
    starts = {float(x) for x in re.findall(r'd="M([\d.]+),', shaded)}
    zero = {float(x) for x in re.findall(r"translate\(([\d.]+),", lines)}
    assert len(starts) == len(zero) == 1 and starts == zero


def test_what_is_known_comes_first_and_what_was_last_known_has_a_shape_of_its_own(judged):
    explorer = explorers.TargetExplorer(judged, verdict="all")
    stages = list(explorer.data["stage"])
    assert stages == sorted(stages) and set(stages) == {0, 1, 2}
    layers = [each for each in spec_of(explorer)["layer"] if isinstance(each["mark"], dict)]
    (last,) = [each for each in layers if each["mark"].get("shape") == "triangle-right"]
    assert last["mark"]["shape"] not in {shape for shape, *_ in style.VERDICTS.values()}
    svg = svg_of(explorer)
    for row in explorer.data.itertuples():
        found = row.last_known is not None and labels.last_known(row) in html.unescape(svg)
        assert found == (row.stage == 1)
    assert svg.count(">(!)<") == 1  # the share of exports
    explorer.verdict.value = "known"
    assert ">(!)<" not in svg_of(explorer) and set(explorer.data["stage"]) == {0, 1}


def test_a_what_if_is_said_only_where_a_target_that_is_shown_has_one(judged):
    growing = explorers.TargetExplorer(judged[judged["indicator"].eq("real_gdp")], year="all")
    svg = svg_of(growing)
    assert len(growing.data) > 1 and "reached in" not in svg and ">–<" not in svg
    every = svg_of(explorers.TargetExplorer(judged, year="all"))
    assert "reached in" in every and ">–<" in every


def test_targets_of_all_years_stand_by_year(judged):
    explorer = explorers.TargetExplorer(judged, year="all", verdict="all")
    assert explorer.data["end"].nunique() > 2
    for _, rows in explorer.data.groupby("stage"):
        assert rows["end"].is_monotonic_increasing


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_verdicts_differ_in_shape_and_can_be_read_on_light_and_dark():
    shapes, light, dark = zip(*style.VERDICTS.values(), strict=True)
    assert len(set(shapes)) == len(shapes)
    white, black = luminance("#ffffff"), luminance("#222222")
    assert [one for one in light if (white + 0.05) / (luminance(one) + 0.05) < 4.5] == []
    assert [one for one in dark if (luminance(one) + 0.05) / (black + 0.05) < 4.5] == []


def test_verdicts_have_their_colour_on_a_dark_page_too(judged):
    explorer = explorers.TargetExplorer(judged, year="all", verdict="all")
    for background, column in (("white", 1), ("#111111", 2)):
        svg = svg_of(explorer, background=background)
        wanted = {style.VERDICTS[verdict][column] for verdict in explorer.data["verdict"]}
        texts = re.findall(r'<text[^>]*aria-label="([^"]*)"[^>]*fill="(#[^"]*)"', svg)
        words = tuple(WORDS["en"]["verdicts"][verdict] for verdict in style.VERDICTS)
        verdicts = [(said, colour) for said, colour in texts if said.startswith(words)]
        assert {colour for said, colour in verdicts if not said.startswith("met in ")} == wanted


def test_the_chart_is_as_wide_as_the_pane(judged):
    for pane in (580, 640, 1600):
        svg = svg_of(explorers.TargetExplorer(judged), pane)
        assert pane - 20 <= float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1]) <= pane


def test_the_rows_of_the_first_state_fit_a_laptop_beside_the_controls(judged):
    svg = svg_of(explorers.TargetExplorer(judged), 680)
    bottoms = re.findall(r'mark-rule role-mark layer_0_marks"[^>]*>(.*?)</g>', svg)[0]
    last = max(float(y) for y in re.findall(r"translate\([\d.]+,([\d.]+)", bottoms))
    assert last < 500


def test_english_is_broken_between_words_and_chinese_before_no_closing_mark():
    assert style.broken("at most rank 30", 8) == "at most\nrank 30"
    assert style.broken("生产总值，2025", 8) == "生产总\n值，2025"
    assert style.broken("", 8) == ""
    assert style.broken("unbreakable", 4) == "unbreakable"
