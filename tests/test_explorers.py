"""Explorers in the kernel: what the controls do to the data, the chart and the text."""

import pytest
from indicators import explorers, renderer

CHOSEN = ["gdp", "real_gdp", "retail_sales"]


@pytest.fixture
def explorer(economy):
    return explorers.GrowthExplorer(economy, CHOSEN)


def drawn(explorer):
    return set(explorer.data[["indicator", "period", "status"]].itertuples(index=False, name=None))


def test_the_first_state_draws_the_chosen_growth_rates(explorer):
    assert drawn(explorer) == {
        ("real_gdp", "2016/2020", "actual"), ("real_gdp", "2020", "actual"), ("real_gdp", "2021", "target"),
        ("retail_sales", "2016/2020", "actual"), ("retail_sales", "2021/2025", "target"), ("retail_sales", "2021", "target"),
    }  # fmt: skip


def test_every_control_changes_the_data_the_chart_and_its_parameters(explorer):
    explorer.view.value = "levels"
    assert drawn(explorer) == {("gdp", "2020", "actual"), ("gdp", "2025", "target")}
    explorer.years.value = (2015, 2021)
    assert drawn(explorer) == {("gdp", "2020", "actual")}
    explorer.indicators.value = ("gdp_per_capita",)
    assert drawn(explorer) == {("gdp_per_capita", "2020", "actual")}
    params = {param["name"]: param["value"] for param in explorer.chart.to_dict()["params"]}
    assert params == {key: getattr(explorer.picture.params, key) for key in params}
    assert (params["view"], params["first"], params["last"]) == ("levels", 2015, 2021)
    assert [slug for slug in params["chosen"] if slug] == ["gdp_per_capita"]


def test_a_span_is_drawn_only_when_all_of_it_lies_within_the_years(explorer):
    explorer.years.value = (2017, 2025)
    assert ("retail_sales", "2016/2020", "actual") not in drawn(explorer)
    assert ("retail_sales", "2021/2025", "target") in drawn(explorer)


def test_a_choice_without_figures_is_said(explorer):
    assert "No figure in this view and these years for: Gross domestic product (GDP)." in explorer.summary.value
    explorer.indicators.value = ()
    assert explorer.summary.value == "0 figures drawn."
    assert explorer.picture.layout.display == "none"
    assert set(explorer._repr_mimebundle_()[0]) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    explorer.indicators.value = ("exports",)
    assert explorer.picture.layout.display is None and explorer.picture.params.chosen == ["exports"]


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


def test_the_output_holds_live_chart_saved_chart_picture_and_text(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", renderer.MIME, "image/png", "text/plain"}
    lines = data["text/plain"].splitlines()
    assert lines[0].startswith("Growth explorer: growth rates, 2015–2025. 6 figures drawn.")
    assert len(lines) == 7
    promised = "- GDP at constant prices, 2021: at least 7% (growth on the year before, target)"
    assert f"{promised}; Government work report 2021, line 87 of the text" in lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"chosen": ["gpd"]}, "unknown indicator 'gpd'; choose from: gdp, "),
        ({"chosen": ["gdp"], "view": "rates"}, "unknown view 'rates'; choose from: growth rates, levels, index"),
        ({"chosen": ["gdp"], "years": (2010, 2025)}, "unknown year 2010; choose from: 2015"),
    ],
)
def test_an_unknown_argument_is_named_with_the_choices(economy, arguments, message):
    with pytest.raises(ValueError, match=message):
        explorers.GrowthExplorer(economy, **arguments)
