"""Explorers in the kernel: what the controls do to the data, the chart and the text."""

import pytest
from indicators import data, explorers, growth, labels, renderer

CHOSEN = ["gdp_per_capita", "real_gdp", "retail_sales"]
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def explorer(economy):
    return explorers.IndicatorExplorer(economy, CHOSEN)


def drawn(explorer):
    return sorted(explorer.data[["indicator", "period", "status", "printed"]].itertuples(index=False, name=None))


def expected(table, chosen, measures, first=2015, last=2025):
    """What is to be drawn, found row by row in the table."""
    return sorted(
        (row.indicator, row.period, row.status, row.printed)
        for row in table.itertuples()
        if row.indicator in chosen and row.measure in measures and first <= row.start and row.end <= last
    )


def params(explorer):
    return {param["name"]: param["value"] for param in explorer.chart.to_dict()["params"]}


def test_the_first_state_draws_the_chosen_growth_rates(explorer, economy):
    assert drawn(explorer) == expected(economy, CHOSEN, growth.RATES) != []


def test_every_control_changes_the_data_the_chart_and_its_parameters(explorer, economy):
    explorer.view.value = "levels"
    assert drawn(explorer) == expected(economy, CHOSEN, growth.LEVELS)
    explorer.years.value = (2017, 2021)
    assert drawn(explorer) == expected(economy, CHOSEN, growth.LEVELS, 2017, 2021)
    explorer.indicators.value = ("gdp",)
    assert drawn(explorer) == expected(economy, ["gdp"], growth.LEVELS, 2017, 2021) != []
    state = params(explorer)
    assert state == {key: getattr(explorer.picture.params, key) for key in state}
    assert (state["view"], state["first"], state["last"]) == ("levels", 2017, 2021)
    assert [slug for slug in state["chosen"] if slug] == ["gdp"]


def test_a_span_is_drawn_only_when_all_of_it_lies_within_the_years(explorer):
    explorer.years.value = (2017, 2025)
    periods = set(explorer.data["period"])
    assert "2016/2020" not in periods and "2021/2025" in periods


def test_a_total_over_a_span_has_a_panel_of_its_own(shaoxing):
    views = growth.views(shaoxing).query("view == 'growth rates'")
    totals = views[views["measure"].eq("growth_rate") & views["start"].ne(views["end"])]
    assert len(totals) >= 3 and set(totals["panel"]) == {"Total growth over the span, %"}
    assert set(views.drop(totals.index)["panel"]) == {"Growth rate, % a year"}


def test_a_choice_without_figures_is_said(explorer):
    assert "No figure in this view and these years for: GDP per capita." in explorer.summary.value
    explorer.indicators.value = ()
    assert explorer.summary.value == "0 figures drawn. Choose an indicator from the list."
    assert explorer.picture.layout.display == "none"
    assert set(explorer._repr_mimebundle_()[0]) == {WIDGET, "text/plain"}
    explorer.indicators.value = ("exports",)
    assert explorer.picture.layout.display is None and explorer.picture.params.chosen == ["exports"]


def test_a_first_state_without_figures_can_be_left(economy):
    explorer = explorers.IndicatorExplorer(economy, ["gdp_per_capita"])
    assert explorer.data.empty
    explorer.picture._params = dict(explorer.picture._params) | {"view": "index"}  # a page that answers meanwhile
    explorer.view.value = "levels"
    assert not explorer.data.empty and explorer.picture.params.view == "levels"


def test_the_state_can_be_set_and_read_and_makes_the_same_explorer(explorer, everywhere):
    wanted = {"chosen": ("exports",), "years": (2016, 2022), "view": "levels", "places": ("shaoxing",), "statuses": ("actual",)}
    explorer.state = wanted
    assert explorer.state == wanted and set(explorer.data["status"]) == {"actual"}
    assert drawn(explorers.IndicatorExplorer(everywhere, **explorer.state)) == drawn(explorer) != []
    with pytest.raises(ValueError, match=r"unknown view 'level' \(did you mean levels\?\)"):
        explorer.state = {"view": "level"}
    assert explorer.state == wanted
    with pytest.raises(ValueError, match="unknown part of a state 'year'"):
        explorer.state = {"year": (2015, 2020)}


def test_the_code_draws_the_same_anew(explorer):
    explorer.state = {"chosen": ["exports", "gdp"], "view": "index"}
    names = {}
    head, call = explorer.code().splitlines()
    exec(head, names)
    assert drawn(eval(call, names)) == drawn(explorer) != []


def test_reset_brings_the_first_choice_back(explorer, economy):
    explorer.search.value = "no such indicator"
    explorer.state = {"chosen": ["exports"], "view": "levels", "years": (2018, 2019), "statuses": []}
    assert "Tick outcomes, targets or expected outcomes." in explorer.summary.value
    explorer.reset.click()
    assert drawn(explorer) == expected(economy, CHOSEN, growth.RATES) and explorer.search.value == ""


def test_a_search_narrows_the_list_and_keeps_the_choice(explorer):
    explorer.search.value = "数字"
    slugs = [slug for _, slug in explorer.indicators.options]
    assert "digital_core_value_added" in slugs and set(CHOSEN) <= set(slugs) and "exports" not in slugs
    assert set(explorer.indicators.value) == set(CHOSEN)


def test_what_is_saved_has_every_drawn_figure_with_its_source(explorer, economy):
    lines = labels.csv(explorer.data).splitlines()
    assert len(lines) == len(explorer.data) + 1
    assert all(row.title_en in explorer.citation and row.url in explorer.citation for row in explorer.data.itertuples())
    evil = explorer.data.head(1).assign(note="=HYPERLINK(1)")
    assert ",'=HYPERLINK(1)," in labels.csv(evil)


def test_more_indicators_than_colours_are_said(explorer):
    explorer.indicators.value = tuple(slug for _, slug in explorer.indicators.options[:8])
    assert "the colours repeat" in explorer.summary.value


def test_an_indicator_that_stays_keeps_its_colour(explorer):
    explorer.indicators.value = ("real_gdp", "retail_sales")
    assert explorer.picture.params.chosen == [None, "real_gdp", "retail_sales"]
    explorer.indicators.value = ("real_gdp", "retail_sales", "exports")
    assert explorer.picture.params.chosen == ["exports", "real_gdp", "retail_sales"]
    assert explorer.picture.params.names[0] == "Exports of goods"


def test_a_change_embeds_no_new_chart(explorer):
    before = explorer.picture.spec
    explorer.view.value = "index"
    explorer.years.value = (2018, 2025)
    assert explorer.picture.spec is before


def test_a_page_loaded_anew_gets_the_present_state(explorer):
    first = dict(explorer.picture._params)
    explorer.view.value = "levels"
    explorer.picture._params = first  # what a new page sends when it has drawn the chart's first state
    assert explorer.picture.params.view == "levels" == explorer.picture._params["view"]


def test_the_output_holds_live_chart_saved_chart_picture_and_text(explorer):
    bundle, _ = explorer._repr_mimebundle_()
    assert set(bundle) == {WIDGET, renderer.MIME, "image/png", "text/plain"}
    lines = bundle["text/plain"].splitlines()
    assert lines[0].startswith(f"Explorer: growth rates, 2015–2025. {len(explorer.data)} figures drawn.")
    assert lines[1:] == [f"- {labels.cited(row)}" for row in explorer.data.itertuples()]
    assert any("GDP at constant prices, 2021: at least 7% (growth on the year before, target); " in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"chosen": ["gpd"]}, r"unknown indicator 'gpd' \(did you mean gdp\?\); choose from: gdp, "),
        ({"chosen": ["gdp"], "view": "rates"}, "unknown view 'rates'.*; choose from: growth rates, levels, index"),
        ({"chosen": ["gdp"], "years": (2010, 2025)}, r"found years \(2010, 2025\); allowed are two years from 2015 to 2025"),
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


@pytest.fixture
def everywhere(table):
    return data.latest(table[table["theme"] == "growth"])


def test_other_places_are_shown_only_on_request_and_named(everywhere, economy):
    explorer = explorers.IndicatorExplorer(everywhere, ["real_gdp"])
    assert drawn(explorer) == expected(economy, ["real_gdp"], growth.RATES)
    explorer.places.value = ("shaoxing", "china")
    assert drawn(explorer) == expected(everywhere[everywhere["place"] != "zhejiang"], ["real_gdp"], growth.RATES)
    assert explorer.picture.params.chosen == ["real_gdp", "real_gdp@china"]
    assert explorer.picture.params.names == ["GDP at constant prices, Shaoxing", "GDP at constant prices, China"]
    assert "- China, GDP at constant prices, 2020: 2.3%" in explorer.text
    explorer.places.value = ("zhejiang",)
    assert set(explorer.data["place"]) == {"zhejiang"}


def test_a_place_can_be_asked_for_in_the_call_and_an_unknown_one_is_named(everywhere):
    explorer = explorers.IndicatorExplorer(everywhere, ["exports"], places=["shaoxing", "zhejiang"])
    assert explorer.places.value == ("shaoxing", "zhejiang")
    with pytest.raises(ValueError, match=r"unknown place 'zhejang' \(did you mean zhejiang\?\)"):
        explorers.IndicatorExplorer(everywhere, ["exports"], places=["zhejang"])


def test_functions_for_one_place_refuse_several(everywhere):
    for function in (growth.verdicts, growth.implied_by_target, growth.past_beside_promised):
        with pytest.raises(ValueError, match="figures of several places: china, shaoxing, zhejiang; choose one"):
            function(everywhere)


# --- targets and vintages ------------------------------------------------------------------


@pytest.fixture
def targets(shaoxing):
    return explorers.TargetExplorer(growth.with_latest(shaoxing, growth.verdicts(shaoxing)))


def test_targets_are_filtered_by_year_and_theme(targets):
    assert set(targets.data["end"]) == {2025}
    targets.year.value, targets.theme.value = "2021", "environment"
    assert set(targets.data["end"]) == {2021} and set(targets.data["theme"].astype("str")) == {"environment"}
    targets.year.value = targets.theme.value = "all"
    assert len(targets.data) == len(targets._targets)


def test_the_what_if_tells_the_year_of_the_table(targets):
    targets.rate.value = 8.0
    head = next(row for row in targets.data.itertuples() if row.indicator == "gdp_per_capita")
    year = growth.year_reached(head.latest, head.value, 8.0, int(head.latest_year))
    assert f"GDP per capita, 2025: 15 × 10,000 CNY: not yet known; at 8.0% a year: {year}" in targets.text


def test_the_line_above_the_targets_counts_the_verdicts(targets):
    counts = targets.data["verdict"].value_counts()
    assert targets.summary.value == f"{len(targets.data)} targets: " + ", ".join(f"{counts[name]} {name}" for name in ("met", "not yet known")) + "."


def test_every_vintage_of_an_indicator_is_listed_with_its_source(table):
    every = table[table["place"] == "shaoxing"]
    explorer = explorers.VintageExplorer(every, "gdp")
    rows = every[every["indicator"] == "gdp"]
    assert explorer.listing.value.count("<tr>") == len(rows) + 1
    assert {"5964 × 100 million CNY", "6001 × 100 million CNY"} <= set(labels.worded(explorer.data)["Figure"])
    explorer.indicator.value, explorer.view.value = "real_gdp", "growth rates"
    assert explorer.listing.value.count("<tr>") == (every["indicator"] == "real_gdp").sum() + 1
    assert set(explorer.data["indicator"]) == {"real_gdp"}


def test_text_from_the_table_cannot_become_markup(table):
    every = table[(table["place"] == "shaoxing") & (table["indicator"] == "gdp")].copy()
    every["note"] = "<script>alert(1)</script>"
    every["name_en"] = "<b>GDP</b>"
    every["url"] = "https://example.org/'><script>"
    explorer = explorers.VintageExplorer(every, "gdp")
    assert "<script>" not in explorer.listing.value and "&lt;script&gt;" in explorer.listing.value
    assert "<b>" not in explorers.IndicatorExplorer(every, ["gdp"]).summary.value
