"""The regression net itself: a changed value, encoding or bound is noticed, its cell is named."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT, copy_of_bundle

NOTEBOOK = "notebooks/01-how-fast-did-it-grow.ipynb"
CHANGES = {
    "one value": (
        "data/observations.csv",
        ',exact,2.9,%,,report-2021,"part I, paragraph 10; line 41",一般公共预算收入增长2.9%',
        "2.9",
        "2.8",
        {8, 9},
    ),
    "one encoding": (
        "notebooks/indicators/charts/style.py",
        '"target": "diamond"',
        "diamond",
        "circle",
        {1, 3, 8, 10},
    ),
    "one bound": (
        "data/observations.csv",
        "real_gdp,shaoxing,growth_rate,2021,target,at_least,7,%,,shaoxing-key-work-2021",
        "at_least",
        "exact",
        {8, 9},
    ),
}


def run_nbval(folder):
    """Run the notebook of a copy under strict nbval; return the numbers of the cells that fail.

    The cells that a change does not reach pass, so a copy by itself changes nothing.
    """
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(ROOT / "pyproject.toml"),
        "--rootdir",
        str(folder),
        "-n0",
        "-p",
        "no:cacheprovider",
    ]
    run = subprocess.run(
        [*command, str(folder / NOTEBOOK)], cwd=folder, capture_output=True, text=True
    )
    failed = {
        int(number) for number in re.findall(r"^FAILED .*::Cell (\d+)", run.stdout, re.MULTILINE)
    }
    return run, failed


@pytest.mark.parametrize(
    "change",
    [
        "one value",
        pytest.param("one encoding", marks=pytest.mark.slow),
        pytest.param("one bound", marks=pytest.mark.slow),
    ],
)
def test_nbval_notices_and_names_the_cell(tmp_path, change):
    file, line, old, new, cells = CHANGES[change]
    path = copy_of_bundle(tmp_path) / file
    text = path.read_text(encoding="utf-8")
    assert text.count(line) == 1
    path.write_text(text.replace(line, line.replace(old, new)), encoding="utf-8")
    run, failed = run_nbval(tmp_path)
    assert run.returncode == 1 and failed == cells, run.stdout[-3000:]
