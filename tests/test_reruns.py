"""Cells that run again and again, in a kernel: one explorer is left of all that they made."""

import contextlib

import pytest
from servers import Kernel

RUNS = 30  # of one cell
FLAT = 1.2  # so much more memory after all runs than after a fifth of them


@pytest.fixture
def kernel():
    with contextlib.closing(Kernel()) as kernel:
        yield kernel


MADE = {
    "indicators": "explorers.IndicatorExplorer(every, ['urban_income'], view='levels')",
    "targets": "explorers.TargetExplorer(growth.with_latest(city, growth.verdicts(city)))",
    "numbers": "explorers.NumbersExplorer(city, ['gdp', 'pm25'])",
}


IMPORTS = """
from indicators import data, explorers, growth
every, city = data.load(), data.latest(data.load(place='shaoxing'))
"""


def test_a_cell_that_is_run_again_and_again_keeps_one_explorer_in_the_kernel(kernel):
    kernel.run(IMPORTS, "first")
    counts = {}
    for count in range(1, RUNS + 1):
        kernel.run(MADE["indicators"], "again")
        if count in (1, RUNS // 5, RUNS):
            counts[count] = kernel.counted()
    assert len({widgets for _, widgets in counts.values()}) == 1
    assert counts[RUNS][0] < FLAT * counts[RUNS // 5][0]


@pytest.mark.parametrize("name", MADE)
def test_an_explorer_takes_the_place_of_the_one_that_its_cell_made_before_even_if_one_fails_between(
    kernel, name
):
    kernel.run(f"{IMPORTS}made = {MADE[name]}", "first")  # with the script that all share
    seen = []
    for _ in range(2):
        kernel.run(f"made = {MADE[name]}", "again")
        seen.append((kernel.run("print(made.model_id)", "ask"), kernel.counted()[1]))
    assert seen[0] == seen[1]
    kernel.run("explorers.IndicatorExplorer(every, ['no such indicator'])", "again", fails=True)
    kernel.run(f"made = {MADE[name]}", "again")
    assert kernel.run("print(made.model_id)", "ask") == seen[0][0]


def test_explorers_of_two_cells_and_two_in_one_cell_all_stay(kernel):
    kernel.run(f"{IMPORTS}kept = [{MADE['indicators']}]", "first")
    counts = [kernel.counted()[1]]
    for cell, times in (("one", 1), ("other", 1), ("two", 2)):
        kernel.run(f"for _ in range({times}): kept.append({MADE['indicators']})", cell)
        counts.append(kernel.counted()[1])
    size = counts[1] - counts[0]
    assert [after - before for before, after in zip(counts, counts[1:], strict=False)] == [
        size,
        size,
        2 * size,
    ]


def test_a_run_closes_what_its_own_cell_made_in_its_own_notebook_only(kernel):
    kernel.run(f"{IMPORTS}kept = []", "first")

    def run(page):
        """Run the cell of a notebook; which of all that were made are alive."""
        kernel.run(f"kept.append({MADE['numbers']})", "same cell", page=page)
        return kernel.run("print([each.comm is not None for each in kept])", "ask").strip()

    assert run("notebook") == "[True]"
    assert run("copy of it on the same kernel") == "[True, True]"
    assert run("notebook") == "[False, True, True]"
    told = "{'shown': [kept[2].model_id], 'page': 'loaded anew'}"
    kernel.run(f"kept[2].hear({told})", "ask")  # as a page does that is loaded anew
    assert run("loaded anew") == "[False, True, False, True]"
    assert run("copy of it on the same kernel") == "[False, False, False, True, True]"
