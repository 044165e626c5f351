"""The real JupyterLab in a real browser: notebooks before anything is run, and after Run All."""

import re

import pytest
from bundle import NOTEBOOKS
from expected import BESIDE, FIRST, expected, sentences
from indicators import data, growth, labels
from pages import AIR, EVERYTHING, GROWTH, LIVELIHOOD, MINE, SOURCES, START, Explorer
from servers import settled


@pytest.mark.smoke
def test_every_chart_is_there_before_anything_is_run(desk, figures, shaoxing):
    economy = shaoxing[shaoxing["theme"] == "growth"]
    before = desk.visit(GROWTH).before.marks
    assert before[0] == expected(figures, "growth rates", ["real_gdp"], **BESIDE)
    assert before[-2:] == [
        sentences(growth.past_beside_promised(economy)),
        sentences(growth.implied_by_target(economy)),
    ]
    assert len(before) == 6 and before[1]  # the two between are columns


@pytest.mark.smoke
def test_the_first_answer_is_there_before_anything_is_run(desk, table):
    decade = growth.course(data.latest(table), "real_gdp", "shaoxing", "china", base=2015)
    answer = f"the economy of Shaoxing grew by {labels.ranged(decade.growth, 0)}, price changes"
    assert answer in desk.visit(GROWTH).before.prose


@pytest.mark.smoke
def test_saved_numbers_of_cells_are_no_run_and_run_all_is_one(desk):
    visit = desk.visit(GROWTH)
    assert re.search(r"\[\d+\]", " ".join(visit.before.prompts))
    assert (visit.before.has_run, visit.ran) == (False, True)


@pytest.mark.parametrize(
    ("notebook", "view", "chosen", "more"),
    [
        (START, "levels", ["urban_income", "rural_income"], {}),
        pytest.param(GROWTH, "growth rates", ["real_gdp"], BESIDE, marks=pytest.mark.smoke),
        (AIR, "levels", ["pm25"], {}),
        (SOURCES, "levels", ["gdp"], {"printings": "all"}),
        (EVERYTHING, FIRST["view"], FIRST["chosen"], {}),
    ],
)
def test_an_explorer_opens_drawn_and_run_all_brings_it_to_life_with_the_same_marks(
    desk, figures, where, notebook, view, chosen, more
):
    visit = desk.visit(notebook)
    marks = expected(figures, view, chosen, **more)
    assert marks in visit.before.marks
    explorer = Explorer(visit)
    explorer.draws(marks)
    if explorer.control("places").count():
        explorer.choose("places", where["en"]["china"])
        explorer.draws(expected(figures, view, chosen, **more | {"places": ["china"]}))
        explorer.reset()
        explorer.draws(marks)


def test_spending_opens_drawn_beside_the_budget_and_can_be_divided_by_residents(desk, figures):
    visit, places = desk.visit(LIVELIHOOD), ["shaoxing", "china"]
    spent = [
        f"{purpose}_spending" for purpose in "livelihood education social_security health".split()
    ]
    marks = expected(figures, "levels", spent, places=places)
    assert marks in visit.before.marks
    explorer = Explorer(visit, ":nth-match(.widget-vbox:has(.vega-embed), 2)")
    explorer.draws(marks)
    explorer.press("views", "per resident")
    explorer.draws(expected(figures, "per resident", spent, places=places))
    explorer.reset()
    explorer.draws(marks)


def test_a_table_of_ones_own_is_drawn_beside_the_bundles(desk, figures):
    visit = desk.visit(MINE)
    told = visit.page.locator(".jp-OutputArea-output pre")
    settled(told.get_by_text("row 3, column value: found '31,930'").count, 1)
    explorer = Explorer(visit)
    one = (
        "Zhejiang, Disposable income per capita, urban residents, 2020: CNY 62,699 (level, outcome)"
    )
    explorer.draws(sorted([*expected(figures, "levels", ["urban_income"]), one]))
    explorer.choose("places", "Zhejiang")
    explorer.draws([one])


def test_in_no_notebook_anything_left_this_machine_or_an_error_was_reported(desk):
    visits = {path.stem: desk.visit(path.stem) for path in NOTEBOOKS}
    assert [name for name, visit in visits.items() if not visit.asked] == []
    assert {
        name: visit.away() + visit.errors
        for name, visit in visits.items()
        if visit.away() + visit.errors
    } == {}
