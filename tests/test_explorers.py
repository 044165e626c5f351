"""Explorers in the kernel: what the controls do to the data, the chart and the text."""

import csv
import gc
import html
import itertools
import json
import re
import threading
from xml.etree import ElementTree

import pandas as pd
import pytest
import vl_convert
from indicators import charts, checks, data, explorers, growth, labels
from indicators.charts import frame, indicator_panels, renderer
from indicators.explorers import indicator_view, live_chart
from indicators.explorers.cell_widgets import with_parts
from indicators.explorers.export import DOWNLOADS
from indicators.explorers.selection import VIEWS, IndicatorSelection
from indicators.explorers.tick_list import TickList
from indicators.i18n import LANGUAGES, WORDS
from ipywidgets import HTML
from ipywidgets.widgets.widget import _instances
from traitlets import TraitError

SVG = "{http://www.w3.org/2000/svg}"
CHOSEN = ["gdp_per_capita", "real_gdp", "retail_sales"]
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def explorer(economy):
    return explorers.IndicatorExplorer(economy, CHOSEN)


@pytest.fixture
def everywhere(table):
    return data.latest(table[table["theme"] == "growth"])


def drawn(explorer):
    return sorted(
        explorer.data[["indicator", "period", "status", "printed"]].itertuples(
            index=False, name=None
        )
    )


def expected(table, chosen, measures, first=2015, last=2025):
    """What is to be drawn, found row by row in the table."""
    return sorted(
        (row.indicator, row.period, row.status, row.printed)
        for row in table.itertuples()
        if row.indicator in chosen
        and row.measure in measures
        and first <= row.start
        and row.end <= last
    )


def figures(explorer):
    """The figures that the saved chart carries."""
    return explorer.chart.to_dict()["datasets"]["figures"]


def shown(explorer):
    """The words of each figure that is drawn; the page has them, too."""
    sent = {
        figure["Description"]
        for key in explorer.selection.parts()
        for figure in explorer.live.figures[key]
    }
    drawn = sorted(
        figure["Description"] for figure in figures(explorer) if figure["status"] != "pace"
    )
    assert set(drawn) <= sent
    return drawn


def panels(explorer):
    """By the heading of each panel drawn: the labels of its value axis, and the series' colours."""
    image = ElementTree.fromstring(
        vl_convert.vegalite_to_svg(explorer.chart.to_dict(), vl_version="5.8")
    )
    found = {}
    named_by_place = len(explorer.indicators.value) == 1 < len(explorer.places.value)
    plot = frame.USUAL_PANE - (150 if named_by_place else indicator_panels.AXIS_AND_NAMES)
    for cell in image.iterfind(".//*[@class='mark-group role-scope cell']/"):
        heading = cell.find(f".//*[@class='mark-text role-title-text']/{SVG}text").text
        *_, axis = [
            [text.text for text in labels.iter(f"{SVG}text")]
            for labels in cell.iterfind(".//*[@class='mark-text role-axis-label']")
        ]
        names = [
            " ".join(text.itertext())
            for text in cell.iter(f"{SVG}text")
            if text.get("text-anchor") == "start" and _x(text) > plot
        ]
        pieces = [line.get("stroke") for line in cell.iter(f"{SVG}line") if _x(line) > plot]
        found[heading] = axis, dict(zip(names, pieces, strict=True))
    return found


def _x(element):
    place = re.match(r"translate\(([\d.]+),", element.get("transform", ""))
    return float(place[1]) if place else 0


def test_an_explorer_gives_every_hook_or_cannot_be_made(economy):
    class Unfinished(explorers.Explorer):
        """Gives nothing."""

    with pytest.raises(TypeError, match="abstract.*_linked.*selection"):
        Unfinished(economy, IndicatorSelection(("gdp",)))
    assert not explorers.IndicatorExplorer(economy, ["gdp"]).data.empty


def test_an_explorer_that_is_closed_leaves_no_widget_behind(economy):
    for remade in (
        lambda: explorers.IndicatorExplorer(economy, ["gdp"]),
        lambda: explorers.NumbersExplorer(economy, ["gdp"]),
    ):
        remade().close()
        gc.collect()
        before = len(_instances)
        remade().close()
        gc.collect()
        assert len(_instances) == before


def test_the_first_state_draws_the_chosen_growth_rates(explorer, economy):
    assert drawn(explorer) == expected(economy, CHOSEN, growth.RATES) != []


def test_every_control_changes_the_data_the_chart_and_its_parameters(explorer, economy):
    explorer.view.value = "levels"
    assert drawn(explorer) == expected(economy, CHOSEN, growth.LEVELS)
    explorer.years.value = (2017, 2021)
    assert drawn(explorer) == expected(economy, CHOSEN, growth.LEVELS, 2017, 2021)
    explorer.indicators.value = ("gdp",)
    assert drawn(explorer) == expected(economy, ["gdp"], growth.LEVELS, 2017, 2021) != []
    assert shown(explorer) == sorted(map(labels.sentence, explorer.data.itertuples()))
    params = {
        param["name"]: param["value"]
        for param in explorer.chart.to_dict()["params"]
        if "value" in param
    }
    assert params.pop("beside") == 0  # no controls stand beside a chart that is taken home
    assert params.pop("keyed") is False
    assert params == {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in explorer.live.params.items()
    }
    assert (params["first"], params["last"], params["viewed"], params["slots"]) == (
        2017,
        2021,
        "levels",
        ["gdp"],
    )


def test_a_span_is_drawn_only_when_all_of_it_lies_within_the_years(explorer):
    explorer.years.value = (2017, 2025)
    periods = set(explorer.data["period"])
    assert "2016/2020" not in periods and "2021/2025" in periods


def test_a_total_over_a_span_has_a_panel_of_its_own(shaoxing):
    views = growth.views(shaoxing).query("view == 'growth rates'")
    totals = views[views["measure"].eq("growth_rate") & views["start"].ne(views["end"])]
    assert len(totals) >= 3 and set(map(labels.panel, totals.itertuples())) == {
        "Total change over the span, %"
    }
    assert set(map(labels.panel, views.drop(totals.index).itertuples())) == {
        "Growth rate, % a year"
    }


def test_a_choice_without_figures_is_said(explorer):
    assert "No figure in this view and these years for: GDP per capita." in explorer.summary.value
    explorer.indicators.value = ()
    assert explorer.summary.value == "0 figures drawn. Choose an indicator from the list."
    assert set(explorer._repr_mimebundle_()[0]) == {WIDGET, "text/plain"}
    explorer.indicators.value = ("exports",)
    assert {figure["series"] for figure in figures(explorer)} == {"exports"}
    explorer.years.value = (2015, 2015)
    assert explorer.data.empty and explorer.summary.value.startswith("0 figures drawn. No figure")


def test_a_first_state_without_figures_can_be_left(economy):
    explorer = explorers.IndicatorExplorer(economy, ["gdp_per_capita"])
    assert explorer.data.empty
    explorer.view.value = "levels"
    assert shown(explorer) == sorted(map(labels.sentence, explorer.data.itertuples())) != []


ELSEWHERE = {
    "title": "Mine",
    "chosen": ("gdp",),
    "years": (2016, 2022),
    "view": "index",
    "places": ("shaoxing", "china"),
    "statuses": ("actual",),
    "base": 2021,
    "scale": "log",
    "vintages": "all",
    "arrangement": "apart",
    "pace": True,
    "language": "zh",
    "official": True,
    "implied": True,
}


def test_the_state_can_be_set_and_read_and_makes_the_same_explorer(everywhere):
    explorer = explorers.IndicatorExplorer(everywhere, CHOSEN)
    assert set(explorer.state) == set(ELSEWHERE) and not any(
        explorer.state[part] == value for part, value in ELSEWHERE.items()
    )
    explorer.state = ELSEWHERE
    assert explorer.state == ELSEWHERE and set(explorer.data["status"]) == {"actual"}
    again = explorers.IndicatorExplorer(everywhere, **explorer.state)
    assert again.state == ELSEWHERE and shown(again) == shown(explorer) != []
    with pytest.raises(ValueError, match=r"unknown view 'level' \(did you mean levels\?\)"):
        explorer.state = {"view": "level"}
    assert explorer.state == ELSEWHERE
    with pytest.raises(ValueError, match="unknown part of a state 'year'"):
        explorer.state = {"year": (2015, 2020)}


@pytest.mark.parametrize("state", [{"chosen": ["exports", "gdp"], "view": "index"}, ELSEWHERE])
def test_the_code_draws_the_same_anew(everywhere, state):
    explorer = explorers.IndicatorExplorer(everywhere, CHOSEN)
    explorer.state = state
    names = {}
    head, call = explorer.code().splitlines()
    exec(head, names)
    again = eval(call, names)
    assert again.state == explorer.state and shown(again) == shown(explorer) != []
    assert "years" not in explorer.code() or "years" in state


def test_reset_brings_the_first_choice_back(explorer, economy):
    explorer.search.value = "no such indicator"
    explorer.state = {
        "chosen": ["exports"],
        "view": "levels",
        "years": (2018, 2019),
        "statuses": [],
    }
    assert "Tick outcomes, targets or expected outcomes." in explorer.summary.value
    explorer.reset.click()
    assert (
        drawn(explorer) == expected(economy, CHOSEN, growth.RATES) and explorer.search.value == ""
    )


def test_reset_brings_the_table_back_as_it_was_at_first(economy):
    for tabled in (True, False):
        explorer = explorers.IndicatorExplorer(economy, CHOSEN, tabled=tabled)
        explorer.tabled.value = not tabled
        explorer.reset.click()
        assert explorer.tabled.value == tabled and bool(explorer.listing.value) == tabled


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_every_indicator_beneath_its_theme_and_what_it_is_found_by(table, language):
    explorer = explorers.IndicatorExplorer(table, CHOSEN, language=language)
    explorer.search.value = "数字"  # the page narrows the list
    listed, themes = explorer.indicators, WORDS[language]["themes"]
    rows = table.drop_duplicates("indicator").set_index("indicator")
    assert {slug: name for name, slug in listed.options} == dict(rows[f"name_{language}"])
    beneath = {slug: heading for heading, slugs in listed.groups for slug in slugs}
    assert beneath == {slug: themes[theme] for slug, theme in rows["theme"].items()}
    found_by = rows["name_en"].astype(str) + " " + rows["name_zh"].astype(str)
    assert listed.found_by == dict(found_by) and listed.value == tuple(CHOSEN)
    shown = [heading for heading, _ in listed.groups]
    assert shown == [name for name, _ in explorer.theme.options[1:]]


def test_a_list_with_ticks_offers_what_it_is_told_and_refuses_the_rest():
    listed = TickList(options=["a", "b", "c"], value=("c", "a"))
    assert listed.options == (("a", "a"), ("b", "b"), ("c", "c")) and listed.value == ("c", "a")
    listed.options = [("A", "a"), ("B", "b"), ("D", "d")]
    assert listed.value == ("a",)
    listed.value = ["d", "a"]
    with pytest.raises(TraitError, match="'c' is not among the options"):
        listed.value = ("a", "c")
    with pytest.raises(TraitError, match="'a' is not among the options"):
        TickList(value=("a",))
    assert listed.value == ("d", "a")


def asked(explorer, view="a view", **others):
    """What comes with a wish: the states of the controls, of which `others` have another."""
    names = [*explorer.live.linked, "title", "size"]
    states = {
        name: {key: control.get_state()[key] for key in ("value", "index") if key in control.keys}
        for name, control in zip(names, explorer.live.controls, strict=True)
    }
    return {"view": view, "states": list((states | others).values())}


def test_what_is_taken_home_is_what_the_page_shows_though_the_kernel_has_not_heard(
    explorer, monkeypatch
):
    sent, files, code = [], [], explorer.live.code
    monkeypatch.setattr(explorer.live, "send", lambda content, buffers=None: sent.append(content))
    monkeypatch.setattr(explorer.live, "save", lambda *file: files.append(file))
    explorer.hear({"copied": code} | asked(explorer))
    assert sent == []  # it has copied what is drawn
    ahead = {"first last": {"value": [2016, 2020]}, "viewed": {"index": VIEWS.index("levels")}}
    ahead |= {"title": {"value": "My own"}}
    explorer.hear({"copied": code} | asked(explorer, **ahead))
    explorer.hear({"save": list(DOWNLOADS).index("CSV")} | asked(explorer))
    assert sent == [{"code": explorer.code(), "view": "a view"}] and "2016, 2020" in explorer.code()
    assert explorer.view.value == "levels" and "My own" in explorer.code()
    [(_, _, content, _)] = files
    saved = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert len(saved) == len(explorer.data) > 0
    assert {row["period"] for row in saved} <= set("2016 2017 2018 2019 2020".split())


def test_a_file_is_sent_to_the_view_that_asked_for_it(explorer, monkeypatch):
    sent = []
    monkeypatch.setattr(explorer.live, "send", lambda content, buffers: sent.append(content))
    for number in range(len(DOWNLOADS)):
        explorer.hear({"save": number} | asked(explorer, view=f"view {number}"))
    assert sent == [
        {"name": f"{explorer.stem}{ending}", "type": kind, "view": f"view {number}"}
        for number, (kind, ending, _) in enumerate(DOWNLOADS.values())
    ]
    assert list(explorer.save) == list(DOWNLOADS)


def test_what_is_saved_has_every_drawn_figure_with_its_source(explorer, economy):
    lines = labels.csv(explorer.data).splitlines()
    assert len(lines) == len(explorer.data) + 1
    assert all(
        row.title_en.removesuffix(" (data file)") in explorer.citation
        and row.url in explorer.citation
        for row in explorer.data.itertuples()
    )
    evil = explorer.data.head(1).assign(note="=HYPERLINK(1)")
    assert ",'=HYPERLINK(1)," in labels.csv(evil)


def test_more_indicators_than_colours_are_said(explorer):
    explorer.indicators.value = tuple(slug for _, slug in explorer.indicators.options[:8])
    assert "the colours repeat" in explorer.summary.value


def test_colours_follow_from_what_is_chosen_and_not_from_earlier_clicks(table):
    """So a view that is pasted from its code looks as the one that was clicked together."""
    chosen, places = ("urban_income", "rural_income", "gdp"), ("shaoxing", "zhejiang", "china")
    found = []
    for order in itertools.permutations(chosen):
        made = explorers.IndicatorExplorer(table, order[:1], view="index", base=2015)
        for now in (order, order[1:], order[:1], order[:2], chosen):
            made.indicators.value = now
            made.places.value = places[len(now) - 1 :]
        made.places.value, made.view.value = places[1:], "levels"
        made.indicators.value, made.view.value = order[::-1], "index"
        made.indicators.value = chosen
        new = eval(made.code().splitlines()[-1], {"data": data, "explorers": explorers})
        assert new.live.params == made.live.params
        assert _drawn_alike(new) == _drawn_alike(made)
        found.append(made.live.params["looks"])
    assert found == found[:1] * 6 and len(set(map(tuple, found[0].values()))) == 6


def _drawn_alike(explorer):
    """The chart of an explorer, without its tooltips and the numbers of its rows and lines."""
    spec = explorer.chart.to_dict(validate=False)
    for figure in spec["datasets"]["figures"]:
        figure |= {"key": 0, "line": figure["line"] > 0, "Tip": {}}
    return spec


def test_colour_says_the_place_where_no_panel_has_more_indicators(table):
    pair = ["urban_income", "rural_income"]
    made = explorers.IndicatorExplorer(table, pair, view="index", places=["shaoxing", "china"])

    def colours_and_dashes():
        return [
            {name: look[at] for name, look in made.live.params["looks"].items()} for at in (0, 1)
        ]

    colours, dashes = colours_and_dashes()
    assert colours["urban_income"] == colours["rural_income"] != colours["rural_income@china"]
    assert dashes["urban_income"] == dashes["urban_income@china"] != dashes["rural_income@china"]
    made.indicators.value = (*pair, "gdp_per_capita")
    colours, dashes = colours_and_dashes()
    assert colours["urban_income"] == colours["urban_income@china"] != colours["rural_income"]
    assert dashes["urban_income"] == dashes["rural_income"] != dashes["rural_income@china"]
    made.arrangement.value = "apart"
    assert set(colours_and_dashes()[1].values()) == {0}


def test_a_change_sends_no_new_chart(explorer):
    before = explorer.live.spec
    for name, value in {
        "view": "index",
        "years": (2018, 2025),
        "base": 2015,
        "scale": "log",
        "language": "zh",
    }.items():
        getattr(explorer, name).value = value
        assert shown(explorer) == sorted(
            labels.sentence(row, explorer.language.value) for row in explorer.data.itertuples()
        )
    assert explorer.live.spec is before


def parts_of(slug, place="shaoxing"):
    """The keys of the parts of an indicator in English."""
    return [("en", slug, place, False), ("en", slug, place, 2020, False)]


def sent_by(explorer, monkeypatch):
    """The parts of the figures that are sent from now on."""
    sent = []
    monkeypatch.setattr(
        explorer.live,
        "send",
        lambda message: sent.append({tuple(key): figures for key, figures in message["parts"]}),
    )
    return sent


def test_a_part_of_the_figures_is_sent_once_and_a_choice_among_them_sends_none(
    explorer, monkeypatch
):
    sent = sent_by(explorer, monkeypatch)
    explorer.indicators.value = ("real_gdp", "exports")
    assert [list(parts) for parts in sent] == [parts_of("exports")]
    for name, value in {
        "view": "levels",
        "years": (2018, 2020),
        "scale": "log",
        "pace": True,
        "vintages": "all",
    }.items():
        getattr(explorer, name).value = value
    explorer.indicators.value = ("exports",)
    explorer.statuses["target"].value = False
    assert len(sent) == 1


@pytest.mark.parametrize("which", ["explorer", "targets", "numbers"])
def test_a_page_that_is_ready_gets_all_parts_in_both_languages_and_then_nothing_more(
    request, monkeypatch, which
):
    explorer = request.getfixturevalue(which)
    sent, first = sent_by(explorer, monkeypatch), set(explorer.live.figures)

    def filled(have):
        """All that a view gets that has these parts, and then asks for more until there is none."""
        before = len(sent)
        while (
            explorer.hear({"ready": sorted(map(list, have), key=str)}) is None
            and len(sent) > before
        ):
            have, before = have | set(sent[-1]), len(sent)
        return have

    assert filled(first) == set(explorer.all_parts()) == set(explorer.live.figures)
    keys = [key for parts in sent for key in parts]
    assert len(keys) == len(set(keys)) and not first & set(keys)
    assert all(
        figure["language"] == key[0]
        for parts in sent
        for key, figures in parts.items()
        for figure in figures
    )
    explorer.language.value = "zh"
    assert [key for parts in sent for key in parts] == keys
    assert filled(set()) == set(explorer.live.figures)  # a second view, which has nothing


def test_of_a_large_table_only_what_is_chosen_is_sent(economy, monkeypatch):
    monkeypatch.setattr(indicator_view, "WHOLE_AT_ONCE", 10)
    explorer = explorers.IndicatorExplorer(economy, CHOSEN)
    assert (
        list(explorer.live.figures) == [key for slug in CHOSEN for key in parts_of(slug)]
        and explorer.all_parts() == []
    )
    sent = sent_by(explorer, monkeypatch)
    explorer.indicators.value = ("exports",)
    assert [list(parts) for parts in sent] == [parts_of("exports")]
    assert shown(explorer) == sorted(map(labels.sentence, explorer.data.itertuples())) != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_output_holds_the_very_chart_that_can_be_asked_for(shaoxing, language):
    judged = growth.with_latest(shaoxing, growth.verdicts(shaoxing))
    made = [
        explorers.IndicatorExplorer(shaoxing, CHOSEN, language=language),
        explorers.IndicatorExplorer(shaoxing, ["gdp"], (2018, 2024), "levels", scale="log"),
        explorers.NumbersExplorer(shaoxing, ["gdp", "pm25"], 2021, language=language),
        explorers.TargetExplorer(judged, theme="environment", year="all", language=language),
    ]
    for each in made:
        shown = each._repr_mimebundle_()[0][renderer.MIME]
        asked = renderer.ready(each.chart.to_dict())  # a valid one
        below, start = shown["title"]["subtitle"], WORDS[each.language.value]["start"]
        assert below[-1] == start and start not in asked["title"]["subtitle"]  # nor in a file
        for param in shown["params"]:
            param |= {"value": 0} if param["name"] == "beside" else {}
        shown["title"] = asked["title"]
        assert json.dumps(shown, sort_keys=True) == json.dumps(asked, sort_keys=True)


def test_the_output_holds_live_chart_saved_chart_and_text(explorer):
    bundle, _ = explorer._repr_mimebundle_()
    assert set(bundle) == {WIDGET, renderer.MIME, "text/plain"}
    lines = bundle["text/plain"].splitlines()
    assert lines[0].startswith(
        f"Explorer: growth rates, 2015–2025. {len(explorer.data)} figures drawn."
    )
    assert lines[1:] == [f"- {labels.cited(row)}" for row in explorer.data.itertuples()]
    assert any(
        "GDP at constant prices, 2021: at least 7% (growth on the year before, target); " in line
        for line in lines
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"chosen": ["gpd"]},
            r"unknown indicator 'gpd' \(did you mean gdp\?\); choose from: gdp, ",
        ),
        (
            {"chosen": ["gdp"], "view": "rates"},
            "unknown view 'rates'.*; choose from: growth rates, levels, index",
        ),
        (
            {"chosen": ["gdp"], "years": (2010, 2025)},
            r"found years \(2010, 2025\); allowed are two years from 2015 to 2025",
        ),
        ({"chosen": ["gdp"], "years": (2025, 2015)}, "the first not after the last"),
        ({"chosen": ["gdp"], "years": 2020}, "found years 2020; allowed are two years"),
    ],
)
def test_an_unknown_argument_is_named_with_the_choices(economy, arguments, message):
    with pytest.raises(ValueError, match=message):
        explorers.IndicatorExplorer(economy, **arguments)


def test_one_slug_twice_or_alone_or_from_a_generator_is_chosen_once(economy):
    for chosen in ("gdp", ["gdp", "gdp"], (slug for slug in ["gdp"])):
        assert explorers.IndicatorExplorer(economy, chosen).indicators.value == ("gdp",)


def test_other_places_are_shown_only_on_request_and_named(everywhere, economy):
    explorer = explorers.IndicatorExplorer(everywhere, ["real_gdp"])
    assert drawn(explorer) == expected(economy, ["real_gdp"], growth.RATES)
    explorer.places.value = ("shaoxing", "china")
    assert drawn(explorer) == expected(
        everywhere[everywhere["place"] != "zhejiang"], ["real_gdp"], growth.RATES
    )
    assert {name for _, series in panels(explorer).values() for name in series} == {
        "Shaoxing",
        "China",
    }
    assert "- China, GDP at constant prices, 2020: 2.3%" in explorer.text
    explorer.places.value = ("zhejiang",)
    assert set(explorer.data["place"]) == {"zhejiang"}


def test_a_place_can_be_asked_for_in_the_call_and_an_unknown_one_is_named(everywhere):
    explorer = explorers.IndicatorExplorer(everywhere, ["exports"], places=["shaoxing", "zhejiang"])
    assert explorer.places.value == ("shaoxing", "zhejiang")
    with pytest.raises(ValueError, match=r"unknown place 'zhejang' \(did you mean zhejiang\?\)"):
        explorers.IndicatorExplorer(everywhere, ["exports"], places=["zhejang"])


def test_functions_for_one_place_refuse_several(everywhere):
    for function in (growth.implied_by_target, growth.past_beside_promised):
        with pytest.raises(
            ValueError, match="figures of several places: china, .*shaoxing, .*zhejiang; choose one"
        ):
            function(everywhere)


# --- targets and vintages -----------------------------------------------------------------


@pytest.fixture
def targets(shaoxing):
    judged = growth.with_latest(shaoxing, growth.verdicts(shaoxing))
    return explorers.TargetExplorer(judged, verdict="all")


def test_targets_are_filtered_by_year_and_theme(targets, shaoxing):
    assert set(targets.data["end"]) == {2025}
    targets.year.value, targets.theme.value = "2021", "environment"
    assert set(targets.data["end"]) == {2021} and set(targets.data["theme"].astype("str")) == {
        "environment"
    }
    targets.year.value = targets.theme.value = "all"
    assert len(targets.data) == len(growth.verdicts(shaoxing))


def test_the_what_if_tells_the_year_of_the_table(targets):
    targets.rate.value = 8.0
    head = next(row for row in targets.data.itertuples() if row.indicator == "gdp_per_capita")
    year = growth.year_reached(head.latest, head.value, 8.0, int(head.latest_year))
    said = f"{labels.verdict(head)}; at 8.0% a year it would be reached: {year}"
    assert f"GDP per capita, 2025: CNY 150 thousand: {said}" in targets.text


def test_the_years_to_choose_are_those_of_the_plans_and_those_that_have_targets(table, targets):
    assert [slug for _, slug in targets.year.options] == ["2021", "2025", "all"]
    newest = data.latest(table)
    judged = growth.with_latest(newest, growth.verdicts(newest, (2018, 2020)))
    explorer = explorers.TargetExplorer(judged, year="2020", places=["shaoxing", "china"])
    assert [slug for _, slug in explorer.year.options] == ["2018", "2020", "2021", "2025", "all"]
    assert set(explorer.data["end"]) == {2020} and "missed" in explorer.text
    explorer.year.value = "2021"
    assert explorer.data.empty


def counts_of(control):
    """The number behind each choice of a control, by key."""
    return {key: int(re.search(r"[(（](\d+)[)）]$", name)[1]) for name, key in control.options}


def test_what_is_known_is_drawn_first_and_the_rest_is_counted_and_reachable(targets):
    every = targets.data
    targets.verdict.value = "known"
    assert 0 < len(targets.data) < len(every) and targets.data["known"].all()
    more = len(every) - len(targets.data)
    assert f"{more} more targets have no published outcome" in targets.summary.value
    counts = counts_of(targets.verdict)
    assert (counts["all"], counts["known"]) == (len(every), len(targets.data))
    for verdict in set(every["verdict"]):
        targets.verdict.value = verdict
        assert len(targets.data) == counts[verdict] == every["verdict"].eq(verdict).sum()
        assert "more target" not in targets.summary.value
    targets.verdict.value, targets.language.value = "known", "zh"
    assert f"另有{more}个目标没有公布的结果" in targets.summary.value
    assert counts_of(targets.verdict) == counts


def test_targets_are_filtered_by_report_with_counts_that_follow_the_other_choices(table):
    newest = data.latest(table)
    judged = growth.with_latest(newest, growth.verdicts(newest, range(2016, 2026)))
    explorer = explorers.TargetExplorer(judged, year="all", verdict="all", report="report-2021")
    assert set(explorer.data["source"].astype(str)) == {"report-2021"}
    for verdict in ("met", "not yet known", "all"):
        explorer.verdict.value, explorer.report.value = verdict, "report-2021"
        counts = counts_of(explorer.report)
        assert counts["report-2021"] == len(explorer.data)
        explorer.report.value = "all"
        assert counts["all"] == len(explorer.data) == sum(counts.values()) - counts["all"]
    places = counts_of(explorer.places)
    explorer.places.value = ("china",)
    assert places["china"] == len(explorer.data) and "report-2021" not in explorer.names("report")
    assert set(explorer.report.slugs) == set(explorer.names("report"))


def test_a_verdict_or_a_report_that_is_not_there_is_named(targets, shaoxing):
    judged = growth.with_latest(shaoxing, growth.verdicts(shaoxing))
    with pytest.raises(ValueError, match="unknown verdict 'mised' .did you mean missed"):
        explorers.TargetExplorer(judged, verdict="mised")
    with pytest.raises(ValueError, match="unknown report 'report-2012'.*report-2021"):
        explorers.TargetExplorer(judged, report="report-2012")


def test_the_line_above_the_targets_counts_the_verdicts(targets):
    counts = targets.data["verdict"].value_counts()
    assert (
        targets.summary.value
        == f"{len(targets.data)} targets: "
        + ", ".join(f"{counts[name]} {name}" for name in ("met", "not yet known"))
        + "."
    )


# --- controls that came later: base, scale, printings, places apart, required pace, languag


@pytest.fixture
def whole(table):
    return explorers.IndicatorExplorer(table, ["gdp"], view="levels")


def test_all_printings_are_drawn_on_request_and_listed_with_their_sources(whole, table):
    every = table.query(
        "indicator == 'gdp' and place == 'shaoxing' and measure == 'level'"
        " and start >= 2015 and end <= 2025"
    )
    assert len(whole.data) < len(every)
    whole.vintages.value, whole.tabled.value = "all", True
    assert shown(whole) == sorted(map(labels.sentence, every.itertuples()))
    assert whole.listing.value.count("<tr>") == len(every) + 1
    assert {"CNY 596.4 billion", "CNY 600.1 billion"} <= set(
        map(labels.figure, whole.data.itertuples())
    )


def test_the_base_year_is_the_hundred_of_the_index(whole):
    whole.view.value, whole.base.value = "index", 2024
    assert set(whole.data.query("period == '2024'")["printed"]) == {"100.0"}
    assert set(panels(whole)) == {"Index (computed), 2024 = 100"}
    assert shown(whole) == sorted(labels.sentence(row) for row in whole.data.itertuples()) != []


def test_heights_are_logarithms_only_where_all_figures_are_above_zero(whole):
    whole.scale.value = "log"
    ((axis, _),) = panels(whole).values()
    assert axis[0] != "0" and whole.live.params["logarithmic"]
    whole.view.value = "growth rates"
    assert (
        all(axis[0] == "0" for axis, _ in panels(whole).values())
        and not whole.live.params["logarithmic"]
        and whole.scale.disabled
    )
    whole.indicators.value, whole.view.value = ("household_waste_landfilled",), "levels"
    assert whole.scale.disabled and "figures that are zero or less" in whole.scale.tooltip


def test_places_apart_have_a_panel_each_and_share_a_scale_unless_one_would_be_flat(whole):
    whole.places.value, whole.arrangement.value = ("shaoxing", "china"), "apart"
    made = panels(whole)
    (city, _), (china, _) = (
        made[f"Gross domestic product (GDP): Level, CNY billion · {place}"]
        for place in ("Shaoxing", "China")
    )
    assert len(made) == 2 and city != china  # China's GDP is more than a hundred times the city's
    whole.indicators.value, whole.view.value = ("real_gdp",), "growth rates"
    made = panels(whole)
    assert list(made) == [
        f"GDP at constant prices: Growth rate, % a year · {place}"
        for place in ("Shaoxing", "China")
    ]
    assert len({str(axis) for axis, _ in made.values()}) == 1


def test_the_required_pace_is_a_line_of_its_own_and_no_figure(whole, table):
    before = shown(whole)
    whole.pace.value = True
    paths = [row for row in figures(whole) if row["status"] == "pace"]
    assert [row["start"] for row in paths] == list(range(2020, 2026)) and shown(whole) == before
    assert [row["Label"] for row in paths if row["Label"]] == ["7.2% a year required"]
    whole.view.value = "index"
    level, target = (
        growth.the(data.latest(table), "gdp", year, "level", status, scope=scope).value
        for year, status, scope in (
            ("2020", "actual", checks.REPORTED),
            ("2025", "target", None),
        )
    )
    paths = [row for row in figures(whole) if row["status"] == "pace"]
    assert paths[0]["value"] == pytest.approx(100) and paths[-1]["value"] == pytest.approx(
        100 * target / level
    )
    whole.base.value = 2015  # counted on another basis than the outcome of 2020
    assert not [row for row in figures(whole) if row["status"] == "pace"] and whole.pace.disabled


def test_a_place_that_would_lie_flat_beside_another_has_a_panel_of_its_own_unasked(whole):
    whole.places.value = ("shaoxing", "china")
    assert whole.arrangement.value == "overlay" and len(panels(whole)) == 2
    assert WORDS["en"]["said"]["apart"] in whole.summary.value
    whole.scale.value = "log"
    assert len(panels(whole)) == 1 and WORDS["en"]["said"]["apart"] not in whole.summary.value
    whole.scale.value, whole.places.value = "linear", ("shaoxing", "zhejiang")
    assert len(panels(whole)) == 1  # about 10 times as large


def test_the_code_of_the_choice_is_in_the_page_to_be_shared(whole):
    whole.places.value = ("china",)
    assert whole.live.code == whole.code() and "china" in whole.live.code


def test_a_control_that_makes_no_sense_is_disabled_and_says_why(whole):
    def closed():
        controls = {
            "scale": whole.scale,
            "arrangement": whole.arrangement,
            "vintages": whole.vintages,
            "pace": whole.pace,
        }
        texts = (part for part in with_parts(whole) if isinstance(part, HTML))
        said = html.unescape(" ".join(part.value for part in texts))
        assert all(
            bool(control.tooltip) == control.disabled and (control.tooltip or "") in said
            for control in controls.values()
        )
        return {name for name, control in controls.items() if control.disabled}

    assert closed() == {
        "arrangement"
    }  # of GDP there are several printings, but one place is chosen and no index
    whole.view.value = "index"
    assert closed() == {"arrangement"}
    whole.view.value, whole.places.value = "growth rates", ("shaoxing", "zhejiang")
    assert closed() == {"scale", "pace"}
    whole.places.value, whole.view.value, whole.indicators.value = (
        ("shaoxing",),
        "levels",
        ("lifts_added",),
    )
    assert "pace" in closed()


def test_the_views_without_a_figure_are_closed(whole, shaoxing):
    views = growth.views(growth.with_derived(shaoxing.assign(drawn=True)))
    for slug in ("gdp", "real_gdp", "livelihood_spending", "pm25"):
        whole.indicators.value = (slug,)
        known = set(views.loc[views["indicator"] == slug, "view"])
        assert {explorers.VIEWS[int(number)] for number in whole.live.closed} == set(
            explorers.VIEWS
        ) - known
    whole.indicators.value = ()
    assert whole.live.closed == {}


def test_one_printing_of_each_figure_leaves_no_choice_of_printings(explorer):
    assert explorer.vintages.disabled and "has only one" in explorer.vintages.tooltip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_follows_the_language(whole, table, language):
    whole.state = {"language": language, "vintages": "all"}
    whole.tabled.value = True
    words = WORDS[language]
    assert (
        whole.years.description == words["controls"]["years"]
        and whole.hint.value.count(words["hint"][:10]) == 1
    )
    assert [name for name, _ in whole.view.options] == list(
        words["views"].values()
    ) and whole.view.value == "levels"
    assert shown(whole) == sorted(labels.sentence(row, language) for row in whole.data.itertuples())
    assert all(set(figure["Tip"]) <= set(words["tooltip"].values()) for figure in figures(whole))
    by_series = whole.data.sort_values(["indicator", "place", "start", "end"], kind="stable")
    assert whole.listing.value == labels.listing(by_series, language)
    assert whole.text.startswith(words["said"]["explorer"].split("{}")[0])
    places = table.drop_duplicates("place").sort_values("place")
    assert [name for name, _ in whole.places.options] == list(places[f"place_{language}"])
    assert labels.name(next(whole.data.itertuples()), language) in whole.live.alt


def test_a_pinned_figure_is_listed_with_every_other_printing(whole):
    row = growth.the(whole.data, "gdp", "2020", "level", scope="revised-2020")
    whole.pin(row.row)
    assert whole.live.params["pinned"] == row.row and whole.pinned.value.count("<tr>") == 2 + len(
        row.others
    )
    assert (
        all(html.escape(other.title_en) in whole.pinned.value for other in row.others)
        and row.others
    )
    whole.language.value = "zh"
    assert labels.figure(row, "zh") in html.unescape(whole.pinned.value)
    whole.pin(10**6)  # a mark that stands for no figure
    assert whole.live.params["pinned"] == row.row
    whole.reset.click()
    assert whole.pinned.value == "" and whole.live.params["pinned"] == -1
    whole.pin(row.row)
    whole.indicators.value = ("gdp", "pm25")
    assert whole.live.params["pinned"] == row.row
    whole.indicators.value = ("pm25",)  # its mark goes, and so does what is said of it
    assert whole.pinned.value == "" and whole.live.params["pinned"] == -1


def test_the_words_for_a_reader_who_sees_no_chart_tell_its_shape(whole):
    rows = whole.data.query("start == end and status == 'actual'").sort_values("value")
    assert (
        f"lowest {labels.figure(rows.iloc[0])} in {rows.iloc[0]['period']}, "
        f"highest {labels.figure(rows.iloc[-1])}" in whole.live.alt
    )


# --- two threads: JupyterLab may send the changes of controls to several threads of a kerne


def test_of_two_changes_at_once_the_last_one_is_drawn(explorer):
    begun, go_on, said = threading.Event(), threading.Event(), explorer._said

    def slow():
        made = said()
        if threading.current_thread() is first:
            begun.set()
            go_on.wait(5)
        return made

    explorer._said = slow
    first = threading.Thread(target=setattr, args=(explorer.view, "value", "levels"))
    second = threading.Thread(target=setattr, args=(explorer.statuses["actual"], "value", False))
    first.start()
    assert begun.wait(5)
    second.start()
    second.join(0.5)  # ends by itself only if it did not wait for the first
    go_on.set()
    for thread in (first, second):
        thread.join(10)
    assert shown(explorer) == sorted(map(labels.sentence, explorer.data.itertuples())) != []
    assert set(explorer.data["status"]) == {"target"}


def test_what_was_made_while_a_control_changed_is_not_kept_for_the_earlier_choice(explorer):
    def change_meanwhile():
        explorer._busy = True
        explorer.view.value = "levels"
        explorer._busy = False
        return explorer.view.value

    assert explorer.once("test", change_meanwhile) == "levels"
    explorer.view.value = "growth rates"
    assert explorer.once("test", lambda: explorer.view.value) == "growth rates"


# --- what is made once --------------------------------------------------------------------


def test_what_takes_long_to_make_is_kept_and_made_again_where_nothing_can_be_kept(
    tmp_path, monkeypatch
):
    made = []

    def make():
        made.append(len(made))
        return f"made {len(made)}"

    monkeypatch.setattr(live_chart, "__file__", str(tmp_path / "live.py"))
    assert [live_chart.kept_text("script", [of], make) for of in ("a", "a", "b", "a")] == [
        "made 1",
        "made 1",
        "made 2",
        "made 1",
    ]
    (tmp_path / "a file").touch()
    monkeypatch.setattr(live_chart, "__file__", str(tmp_path / "a file" / "live.py"))
    assert [live_chart.kept_text("script", ["a"], make) for _ in range(2)] == ["made 3", "made 4"]


def test_the_kept_chart_is_the_chart_that_the_code_makes(whole, numbers, targets):
    for explorer, chart in (
        (whole, charts.explorer),
        (numbers, charts.overview),
        (targets, charts.targets),
    ):
        params, choice = dict.fromkeys(explorer.live.params, ""), explorer.SELECTION.expression()
        made = chart([], params, chosen=choice).to_dict()
        assert explorer.live.spec == renderer.ready(made)  # in colours that follow the theme


# --- a few numbers ------------------------------------------------------------------------


@pytest.fixture
def numbers(shaoxing):
    return explorers.NumbersExplorer(shaoxing, ["gdp", "pm25", "urban_income"])


def test_the_numbers_stand_with_the_figure_of_the_year_and_their_targets(numbers, shaoxing):
    for year in (2020, 2016):
        numbers.year.value = year
        lines = numbers.text.splitlines()[1:]
        known = shaoxing.query(
            "measure == 'level' and status != 'target' and period == @period",
            local_dict={"period": str(year)},
        )
        for slug, line in zip(("gdp", "pm25", "urban_income"), lines, strict=True):
            found = list(known[known["indicator"] == slug].itertuples())
            assert (labels.figure(found[0]) if found else f"no figure for {year}") in line
    met = "target 2025: CNY 850 billion: met (CNY 893.2 billion), but counted on another basis"
    assert met in lines[0] and "no target" in lines[2]


def test_a_theme_shows_its_best_known_numbers_and_the_year_needs_no_kernel(numbers, shaoxing):
    before, first = numbers.live.spec, numbers.text
    numbers.theme.value = "environment"
    themes = shaoxing.drop_duplicates("indicator").set_index("indicator")["theme"]
    assert (
        set(numbers.data["indicator"].map(themes)) == {"environment"}
        and numbers.data["indicator"].nunique() <= 10
    )
    parts = set(numbers.live.figures)
    numbers.year.value = 2021
    assert (
        set(numbers.live.figures) == parts and numbers.live.spec is before and numbers.text != first
    )
    numbers.language.value = "zh"
    made = numbers.live.figures
    assert "2021" in numbers.summary.value
    headings = {
        language: {figure["heading"] for figure in made[language, "environment", "shaoxing"]}
        for language in LANGUAGES
    }
    assert headings["zh"].isdisjoint(headings["en"]) and all(headings.values())


def test_a_number_that_is_not_there_is_named(shaoxing):
    with pytest.raises(ValueError, match="unknown indicator 'pm2'.*did you mean pm25"):
        explorers.NumbersExplorer(shaoxing, ["pm2"])
    with pytest.raises(ValueError, match="unknown year 2030"):
        explorers.NumbersExplorer(shaoxing, ["pm25"], year=2030)


def test_the_targets_speak_both_languages(targets):
    targets.language.value = "zh"
    assert "18个目标" in targets.summary.value and "尚无结果" in targets.text
    assert all(labels.target(row, "zh") in targets.text for row in targets.data.itertuples())
    assert [figure["Tip"]["目标"] for figure in figures(targets)] == [
        labels.target(row, "zh") for row in targets.data.itertuples()
    ]
    assert {figure["Tip"]["目标"] for figure in figures(targets)} <= {
        figure["Tip"]["目标"] for figure in targets.live.figures["zh", "shaoxing", False]
    }


def test_text_from_the_table_cannot_become_markup(table):
    every = table[(table["place"] == "shaoxing") & (table["indicator"] == "gdp")].copy()
    every["note"] = "<script>alert(1)</script>"
    every["name_en"] = "<b>GDP</b>"
    every["url"] = "https://example.org/'><script>"
    explorer = explorers.IndicatorExplorer(every, ["gdp"], view="levels", tabled=True)
    assert "<script>" not in explorer.listing.value and "&lt;script&gt;" in explorer.listing.value
    assert "<b>" not in explorers.IndicatorExplorer(every, ["gdp"]).summary.value


def test_what_is_drawn_is_written_to_a_file_by_the_end_of_its_name(table, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    explorer = explorers.IndicatorExplorer(
        table, ["urban_income", "rural_income"], view="index", base=2015, language="zh"
    )
    for name in ("incomes.csv", "incomes.png", "incomes.svg", "incomes.txt"):
        explorer.write(f"~/{name}")
    svg = (tmp_path / "incomes.svg").read_text(encoding="utf-8")
    assert (
        "指数，绍兴，2015–2025年：城镇常住居民人均可支配收入" in svg
        and "指数（计算值），2015年=100" in svg
        and "@font-face" in svg
    )
    lines = list(
        csv.DictReader((tmp_path / "incomes.csv").read_text(encoding="utf-8-sig").splitlines())
    )
    slugs = [line["indicator"] for line in lines]
    assert slugs == sorted(slugs, reverse=True) and len(set(slugs)) == 2
    for slug in set(slugs):
        years = [line["period"] for line in lines if line["indicator"] == slug]
        assert years == sorted(years) and len(years) > 4
    assert {line["computed"] for line in lines} == {"computed"} and "100.0" in {
        line["figure"] for line in lines
    }
    assert (tmp_path / "incomes.png").read_bytes().startswith(b"\x89PNG")
    assert "浙江统计年鉴" in (tmp_path / "incomes.txt").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="allowed are .csv, .png, .svg, .txt, .bib"):
        explorer.write(tmp_path / "incomes.pdf")
    explorer.write(tmp_path / "INCOMES.TXT")
    assert (tmp_path / "INCOMES.TXT").read_bytes() == (tmp_path / "incomes.txt").read_bytes()
    with pytest.raises(FileNotFoundError, match="no such folder; make it, .*nodir'$"):
        explorer.write(tmp_path / "nodir" / "incomes.csv")


def test_an_index_without_its_base_says_what_it_needs(table):
    explorer = explorers.IndicatorExplorer(table, ["urban_income"], view="index", base=2025)
    assert (
        " An index needs an outcome in its base year, 2025: choose another base year."
        in explorer.text
    )
    explorer.places.value = ("shaoxing", "china")
    assert (
        "No figure for Shaoxing: no outcome in the base year, 2025, or in these years."
        in explorer.text
    )
    assert "An index needs" not in explorer.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ("2017: all 4 series", "2016: 3 of 4 series", "2022: has a figure", "2024: no figu"),
        ),
        (
            "zh",
            ("2017：全部4个系列", "2016：3个系列（共4个）", "2022：有数值", "2024：无数值"),
        ),
    ],
)
def test_a_base_year_says_how_many_series_have_a_figure_to_be_the_hundred(table, language, said):
    def names():
        return {year: name for name, year in explorer.base.options}

    explorer = explorers.IndicatorExplorer(
        table,
        ["urban_income", "rural_income"],
        view="index",
        places=["shaoxing", "china"],
        language=language,
    )
    assert (names()[2017], names()[2016]) == said[:2]
    for year, name in names().items():
        explorer.base.value = year
        assert explorer.base.value == year and names()[year] == name
        drawn = explorer.data["series"].nunique()
        assert (drawn == 4) == (name == WORDS[language]["base_years"]["all"].format(year, 4))
    explorer.indicators.value, explorer.places.value = ("urban_income",), ("shaoxing",)
    assert names()[2022] == said[2] and names()[2024].startswith(said[3])
    assert explorer.base.value == 2025  # stays, though it has none
    explorer.indicators.value = ()
    assert set(names().values()) == set(map(str, names()))


def test_a_bound_or_a_target_is_no_figure_that_an_index_can_be_set_against(shaoxing):
    level = shaoxing.loc[[growth.the(shaoxing, "urban_income", "2020", "level").Index]]
    assert len(growth.index_bases(level)) == 1
    for other in ({"bound": "about"}, {"status": "target"}, {"value": 0.0}, {"unit": "rank"}):
        assert growth.index_bases(level.assign(**other)).empty


def test_a_place_without_a_figure_is_named_with_the_reason(table):
    explorer = explorers.IndicatorExplorer(
        table, ["lifts_added"], view="levels", places=["shaoxing", "zhejiang", "china"]
    )
    none = " No figure for Zhejiang and China: the table has none of what is chosen."
    assert html.unescape(explorer.summary.value) == f"1 figure drawn.{none}"
    explorer.language.value = "zh"
    assert explorer.summary.value == "共画出1个数值。浙江、中国没有数值：表中没有所选指标。"
    explorer.language.value, explorer.indicators.value = "en", ("lifts_added", "pm25")
    assert "No figure for" not in explorer.summary.value  # each has one of the two
    assert "Lifts added to existing buildings, Zhejiang; " in explorer.summary.value
    explorer.places.value = ("zhejiang",)
    assert "No figure for" not in explorer.summary.value  # the one place needs no naming


def test_a_gap_names_the_source_of_the_target_beside_that_of_the_outcome(table):
    explorer = explorers.IndicatorExplorer(table, ["pm25"], view="gap to target")
    for said in (explorer.sources.value, explorer.citation, str(explorer.chart.to_dict()["title"])):
        assert (
            "Government work report 2021" in said
            and "Fourth batch of clean-air demonstration areas" in said
        )


def test_a_kept_gap_shows_outcome_and_target_each_with_its_source(table):
    explorer = explorers.IndicatorExplorer(table, ["pm25"], view="gap to target")
    explorer.pin(explorer.data["row"].iloc[0])
    assert (
        "Government work report 2021" in explorer.pinned.value
        and "Fourth batch of clean-air" in explorer.pinned.value
    )


# --- official sources, and what no source prints ------------------------------------------


def test_official_sources_choose_their_own_newest_and_best_printing(table):
    levels = table.query(
        "place == 'shaoxing' and indicator == 'rural_income' and measure == 'level'"
        " and status == 'actual'"
    )
    official = levels[levels["period"] == "2017"]
    reported = official.assign(source="zhejiang-income-ranking-2022", tier="press")
    bound = pd.concat([levels.drop(official.index), official.assign(bound="at_least"), reported])
    explorer = explorers.IndicatorExplorer(
        bound.reset_index(drop=True), ["rural_income"], view="levels", implied=False
    )

    def of_the_year():
        rows = explorer.data[explorer.data["period"] == "2017"]
        return list(zip(rows["tier"], rows["bound"], strict=True))

    assert of_the_year() == [("press", "exact")], "a number goes before a bound"
    explorer.official.value = True
    assert of_the_year() == [("copy", "at_least")]
    assert set(explorer.data["tier"].astype("str")) <= set(data.OFFICIAL)


def test_official_sources_alone_cannot_be_asked_for_where_there_are_no_others(table):
    explorer = explorers.IndicatorExplorer(data.official(table), ["gdp"])
    assert explorer.official.disabled and "from official sources" in explorer.official.tooltip
    assert not explorers.IndicatorExplorer(table, ["gdp"]).official.disabled


def test_a_mark_that_rests_on_a_dataset_says_so(table):
    rows = table[table["tier"] == "dataset"]
    slug = str(rows[rows["place"] == "shaoxing"]["indicator"].iloc[0])
    explorer = explorers.IndicatorExplorer(table, [slug], view="levels", vintages="all")
    of_datasets = explorer.data[explorer.data["tier"] == "dataset"]
    assert len(of_datasets) and "(dataset)" in explorer.sources.value
    assert all(labels.tip(row)["Source"].endswith(" (dataset)") for row in of_datasets.itertuples())
    others = explorer.data[~explorer.data["tier"].isin(["dataset"])]
    assert not any("(dataset)" in labels.source(row) for row in others.itertuples())


def test_what_is_implied_is_drawn_in_levels_and_never_joined_to_an_outcome(table):
    explorer = explorers.IndicatorExplorer(table, ["urban_income", "urban_rural_income_ratio"])
    assert not explorer.implied.value and "only in levels" in explorer.implied.tooltip
    explorer.state = {"view": "levels"}
    derived = explorer.data[explorer.data["status"].isin(growth.DERIVED)]
    assert set(derived["status"]) == set(growth.DERIVED) and (derived["line"] == 0).all()
    assert "implied" not in explorer.code() and not explorer.implied.disabled
    lines = list(csv.DictReader(labels.csv(explorer.data).splitlines()))
    for line in lines:
        marked = line["status"] in growth.DERIVED
        assert bool(line["computed"]) == bool(line["low"]) == bool(line["high"]) == marked
        assert not marked or float(line["low"]) <= float(line["high"])
    explorer.implied.value = False
    assert not set(explorer.data["status"]) & set(growth.DERIVED)
    assert "implied=False" in explorer.code()


def test_a_kept_figure_that_is_implied_stands_beside_those_it_comes_from(table):
    explorer = explorers.IndicatorExplorer(table, ["rural_income"], view="levels")
    row = next(row for row in explorer.data.itertuples() if row.status == "implied")
    explorer.pin(int(row.row))
    said = html.unescape(explorer.pinned.value)
    assert all(labels.figure(each) in said for each in (row, *row.origins))
    assert all(each.title_en in explorer.citation for each in row.origins)


def test_what_has_no_figure_at_all_in_a_place_is_said_with_the_place(table):
    explorer = explorers.IndicatorExplorer(
        table, ["schools_built", "gdp"], view="levels", places=["shaoxing", "zhejiang", "china"]
    )
    said = "no figure of this kind for: {0}, Zhejiang; {0}, China."
    name = table.query("indicator == 'schools_built'")["name_en"].iloc[0]
    assert said.format(name) in html.unescape(explorer.summary.value)
    slugs = list(table[table["place"] == "shaoxing"]["indicator"].astype("str").unique())
    explorer.state = {"chosen": slugs, "places": ("china",)}
    assert " more." in explorer.summary.value and len(explorer.summary.value) < 20_000


def test_targets_are_judged_by_official_sources_alone_if_asked(table):
    every = data.latest(table)
    judged = growth.with_latest(every, growth.verdicts(every))
    explorer = explorers.TargetExplorer(
        judged, year="all", places=["shaoxing", "china"], printings=table, verdict="all"
    )
    before = len(explorer.data)
    explorer.official.value = True
    tiers = {
        str(each.tier) for row in explorer.data.itertuples() for each in (row, row.outcome) if each
    }
    assert 0 < len(explorer.data) < before and tiers == set(data.OFFICIAL)
    assert len(figures(explorer)) == len(explorer.records) == len(explorer.data)
    assert (
        explorers.TargetExplorer(judged).official not in explorers.TargetExplorer(judged).children
    )
    with pytest.raises(ValueError, match="needs printings"):
        explorers.TargetExplorer(judged, official=True)
