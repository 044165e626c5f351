"""The Chinese edition in the real JupyterLab: before anything is run, and after Run All."""

import pytest
from bundle import NOTEBOOKS
from indicators.i18n import WORDS
from page_checks import faults
from pages import Explorer
from servers import settled

NAMES = [f"zh/{path.stem}" for path in NOTEBOOKS]
SMOKE = pytest.param(NAMES[0], marks=pytest.mark.smoke)


@pytest.mark.parametrize("name", [SMOKE, *NAMES[1:]])
def test_a_notebook_comes_to_life_in_chinese_with_the_marks_that_it_was_saved_with(desk, name):
    visit = desk.visit(name)
    assert visit.before.marks and "绍兴" in visit.before.prose
    for number in range(visit.living()):
        explorer = Explorer(visit, f":nth-match(.widget-vbox:has(.vega-embed), {number + 1})")
        explorer.language = "zh"
        more = WORDS["zh"]["controls"]["more"]
        assert explorer.box.locator(".more > .opener", has_text=more).count() == 1
        settled(lambda explorer=explorer: explorer.marks() in visit.before.marks, True)
    checks = visit.page.locator(".exercise").get_by_role("button", name="检查")
    settled(checks.count, 3)  # code is checked when it runs
    settled(lambda: faults(visit.page), [])
    assert visit.away() + visit.errors == []
