"""A notebook in the real JupyterLab that is saved, loaded anew, and opened another day."""

import pytest
from conftest import copy_of_bundle
from expected import CHOSEN, expected
from pages import GROWTH, INDICATORS, Explorer, Visit
from servers import Lab


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """A lab that may be stopped, and whose notebooks may be changed."""
    lab = Lab(copy_of_bundle(tmp_path_factory.mktemp("a student's folder")))
    yield lab
    lab.stop()


def test_a_notebook_saved_after_a_run_shows_its_choice_when_loaded_and_its_charts_when_opened_anew(
    student, browser, figures
):
    visit = Visit(browser, student, GROWTH)
    before = visit.untouched().marks
    visit.run_all()
    Explorer(visit).press("views", "levels")
    Explorer(visit).draws(expected(figures, "levels", CHOSEN))
    visit.save()
    visit.page.reload()
    visit.page.locator(f"{INDICATORS} .vega-embed svg").wait_for(state="attached")
    Explorer(visit).draws(expected(figures, "levels", CHOSEN))
    visit.page.close()
    student.stop()
    student.start()
    again = Visit(browser, student, GROWTH)
    assert [again.saved(number) for number in range(len(before))] == before
    assert "Error displaying widget" not in again.page.content()
    again.page.close()
    assert visit.away() + visit.errors + again.away() + again.errors == []
