"""The explorer of a whole and its parts in the real JupyterLab: every control, read and reached."""

import pandas as pd
import pytest
from budget import PARTS, WHOLE, budget
from indicators import data, growth, labels
from page_checks import CLIPPED, HEIGHTS, faint, faults
from pages import TIP, Own, settled

CELLS = f"""
import sys
sys.path.insert(0, {str(__file__).rpartition("/")[0]!r})
import pandas as pd
from budget import PARTS, WHOLE, budget
from indicators import data, explorers
nation = budget(data.load())
near = nation.assign(place="zhejiang", place_en="Zhejiang", place_zh="浙江")
both = pd.concat([nation, near], ignore_index=True)
---
explorers.CompositionExplorer(both, WHOLE, PARTS)
"""
BARS = "[aria-roledescription='bar']"
TEXTS = "label, button, option, input, .widget-html-content *, .widget-readout"


@pytest.fixture
def visit(browser, lab):
    visit = Own(browser, lab, "composition", CELLS)
    yield visit
    visit.page.close()


def figures(view="amounts", year=2021, years=(2015, 2025), language="en"):
    """What the bars are to say: those of the columns (in growth, of the cells) and of the year."""
    table = data.load()
    rows = labels.with_rest_named(growth.composition(budget(table), WHOLE, PARTS))
    rows = rows[rows["view"].eq(view) & rows["role"].ne("missing")]
    rows = rows if view == "growth" else rows[rows["role"].ne("whole")]
    shown = pd.concat([rows[rows["start"].between(*years)], rows[rows["start"].eq(year)]])
    return sorted(labels.part_sentence(row, language) for row in shown.itertuples())


def test_every_control_answers_and_all_can_be_read_and_reached(visit):
    explorer = visit.explorer()
    words = explorer.words

    def bars(expected):
        said = explorer.chart.locator(BARS)
        settled(
            lambda: sorted(
                filter(None, said.evaluate_all("bars => bars.map(bar => bar.ariaLabel)"))
            ),
            expected,
        )

    def highest():
        """The part that stands highest."""
        found = explorer.chart.locator("text").evaluate_all(HEIGHTS)
        return min((y, text) for text, y in found if text in ("Schools", "Pensions"))[1]

    bars(figures())
    settled(lambda: faults(visit.page) + explorer.box.evaluate(CLIPPED), [])
    for view in growth.COMPOSED:
        explorer.press("composed_views", view)
        bars(figures(view))
    explorer.handle("framed").press("ArrowLeft")
    bars(figures("growth", 2020))
    explorer.handle("years", 2).press("Home")
    explorer.press("composed_views", "amounts")
    bars(figures("amounts", 2020, (2015, 2015)))
    explorer.handle("years", 2).press("End")
    bars(figures("amounts", 2020))
    for order, first in (("by_growth", "Pensions"), ("by_size", "Schools")):
        explorer.choose("order", words["composed"][order])
        settled(highest, first)
    explorer.choose("places", "China", "Zhejiang")
    settled(lambda: explorer.headings()[:2], ["China 2020", "China, amounts, CNY billion"])
    explorer.choose("places", "China")
    explorer.control("table").check()
    settled(lambda: len(explorer.rows()) > 10, True)
    explorer.speak("zh")
    bars(figures("amounts", 2020, language="zh"))
    explorer.speak("en")
    for kind in ("CSV", "Citation", "SVG", "PNG"):
        assert explorer.download(kind)
    explorer.chart.locator(BARS).first.hover()
    assert "Public spending" in visit.page.locator(TIP).inner_text()
    visit.theme("Dark")
    texts = explorer.chart.locator("text"), explorer.box.locator(TEXTS)
    try:
        settled(lambda: sum(map(faint, texts), []), [])
    finally:
        visit.theme("Light")
    explorer.reset()
    bars(figures())
    assert visit.errors == [] and visit.away() == []
