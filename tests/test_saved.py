"""A notebook in the real JupyterLab that is saved, loaded anew, and opened another day."""

import contextlib
import os
import re
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT, copy_of_bundle
from expected import BESIDE, expected
from indicators.charts import renderer
from pages import CHART, GROWTH, INDICATORS, WIDGET, Explorer, Visit
from servers import Kernel, Lab, settled


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """A lab that may be stopped, and whose notebooks may be changed."""
    lab = Lab(copy_of_bundle(tmp_path_factory.mktemp("a student's folder")))
    yield lab
    lab.stop()


@pytest.fixture
def kernel():
    with contextlib.closing(Kernel()) as kernel:
        yield kernel


def saved(path):
    """The outputs of a notebook as it was saved."""
    cells = nbformat.read(path, 4).cells
    return [output.data for cell in cells for output in cell.get("outputs", ()) if "data" in output]


def test_a_notebook_saved_after_a_run_shows_its_choice_when_loaded_and_its_charts_when_opened_anew(
    student, browser, figures
):
    visit = Visit(browser, student, GROWTH)
    before = visit.untouched().marks
    visit.run_all()
    drawn = expected(figures, "growth rates", ["real_gdp"], **BESIDE | {"places": ["china"]})
    Explorer(visit).choose("places", "China")
    Explorer(visit).draws(drawn)
    Explorer(visit).caught_up()

    def pictured():
        visit.save()
        try:
            outputs = saved(student.folder / f"notebooks/{GROWTH}.ipynb")
        except nbformat.reader.NotJSONError:  # it is being written
            return None
        assert [data for data in outputs if WIDGET in data] == []  # of exercises neither
        return sum(bool(data["image/png"]) for data in outputs if CHART in data)

    settled(pictured, visit.charts())  # the page draws the picture when it has time
    visit.page.reload()
    visit.page.locator(f"{INDICATORS} .vega-embed svg").wait_for(state="attached")
    Explorer(visit).draws(drawn)
    visit.page.close()
    student.end_kernels()  # the server trusts what it has saved
    again = Visit(browser, student, GROWTH)
    assert [again.saved(number) for number in range(len(before))] == before
    again.page.wait_for_timeout(2500)  # JupyterLab gives up a widget after two seconds
    assert "Error displaying widget" not in again.page.content()
    again.page.close()
    assert visit.away() + visit.errors + again.away() + again.errors == []


@pytest.mark.slow
def test_a_notebook_that_a_program_runs_shows_charts_as_a_page_without_a_network(tmp_path):
    cells = [
        "from indicators import data, explorers, exercises\ntable = data.latest(data.load())",
        "explorers.NumbersExplorer(table, ['gdp'])",
        "explorers.IndicatorExplorer(table, ['gdp'])",
    ]
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])
    nbformat.write(notebook, tmp_path / "own.ipynb")
    convert = "-m", "nbconvert", "--log-level=ERROR", "--execute", "--to", "html", "own.ipynb"
    path = os.pathsep.join([str(ROOT / "notebooks"), os.environ["PYTHONPATH"]])
    usual = os.environ | {"PYTHONPATH": path, renderer.PICTURES: ""}
    subprocess.run([sys.executable, *convert], cwd=tmp_path, env=usual, check=True)
    page = (tmp_path / "own.html").read_text(encoding="utf-8")
    assert len(re.findall(r'<img[^>]+src="data:image/png;base64,iVBOR', page)) == 2
    assert '"model_id":' not in page  # no place for a widget, which would stay empty


def test_a_widget_is_shown_where_somebody_is_and_a_chart_to_everybody(kernel):
    made = "explorers.NumbersExplorer(data.latest(data.load()), ['gdp'])"
    ask = f"from indicators import data, explorers\nprint(list({made}._repr_mimebundle_()[0]))"
    attended, alone = kernel.run(ask, "a"), kernel.run(ask, "b", attended=False)
    assert WIDGET in attended and WIDGET not in alone and CHART in attended and CHART in alone
    voila = f"import os\nos.environ['VOILA_BASE_URL'] = '/'\n{ask}"
    assert WIDGET in kernel.run(voila, "c", attended=False)
