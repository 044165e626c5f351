"""What several tests share: the real table, and copies of the bundle to break."""

import shutil
from pathlib import Path

import pytest
from indicators import data

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="session")
def table():
    return data.load()


@pytest.fixture(scope="session")
def shaoxing(table):
    """The drawn vintages of the city, as the notebooks use them."""
    return data.latest(table[table["place"] == "shaoxing"])


@pytest.fixture(scope="session")
def economy(shaoxing):
    return shaoxing[shaoxing["theme"] == "growth"]


@pytest.fixture
def folder(tmp_path):
    """A copy of the data folder that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def copy_of_bundle(target):
    """Copy data and notebooks, as a student has them, to `target`."""
    for part in ("data", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / part, target / part, ignore=ignored)
    return target
