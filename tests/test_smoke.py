"""One slow test of a kind that `make test` runs, where no other test is short enough."""

import pytest
from conftest import copy_of_bundle
from expected import expected
from pages import AIR, Explorer, Show
from servers import Dashboard


@pytest.mark.smoke
def test_a_notebook_in_the_dashboard_is_alive_without_its_code(browser, tmp_path, figures):
    dashboard = Dashboard(copy_of_bundle(tmp_path))
    try:
        show = Show(browser, dashboard, AIR).ready()
        explorer = Explorer(show)
        explorer.draws(expected(figures, "levels", ["pm25"]))
        explorer.press("views", "index")
        explorer.draws(expected(figures, "index", ["pm25"]))
        assert "import " not in show.text() and show.away() + show.errors == []
        show.page.close()
    finally:
        dashboard.stop()
