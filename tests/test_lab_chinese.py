"""The Chinese edition in the real JupyterLab: before anything is run, and after Run All."""

import pytest
from bundle import NOTEBOOKS
from indicators.i18n import WORDS
from page_checks import faults
from pages import Explorer, Visit
from servers import settled

NAMES = [f"zh/{path.stem}" for path in NOTEBOOKS]
SMOKE = pytest.param(NAMES[0], marks=pytest.mark.smoke)


@pytest.fixture
def visit(browser, lab, request):
    """The page of a notebook, which nothing else uses: it and its kernel end with the test."""
    visit = Visit(browser, lab, request.param)
    yield visit
    visit.page.close()
    lab.end_session(request.param)


@pytest.mark.parametrize("visit", [SMOKE, *NAMES[1:]], indirect=True)
def test_a_notebook_comes_to_life_in_chinese_with_the_marks_that_it_was_saved_with(visit):
    before = visit.untouched()
    visit.run_all()
    assert before.marks and "绍兴" in before.prose
    for number in range(visit.living()):
        explorer = Explorer(visit, f":nth-match(.widget-vbox:has(.vega-embed), {number + 1})")
        explorer.language = "zh"
        more = WORDS["zh"]["controls"]["more"]
        assert explorer.box.locator(".more > .opener", has_text=more).count() == 1
        settled(lambda explorer=explorer: explorer.marks() in before.marks, True)
    checks = visit.page.locator(".exercise").get_by_role("button", name="检查")
    settled(checks.count, 3)  # code is checked when it runs
    settled(lambda: faults(visit.page), [])
    assert visit.away() + visit.errors == []
