"""What several tests share: the real table, a browser, and copies of the bundle to break."""

import os
import runpy
import shutil
from pathlib import Path

import pytest
from indicators import data, growth, labels
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OFFLINE = Path(__file__).with_name("offline")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Every name but this machine's is unknown to the browser, and it asks for nothing by itself.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip

# No test reaches the network, and neither does a kernel or a server that a test starts.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
runpy.run_path(str(OFFLINE / "sitecustomize.py"))


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


@pytest.fixture(scope="session")
def every():
    """All printings of everything."""
    return labels.with_others(data.load())


@pytest.fixture(scope="session")
def figures(every):
    """All that can be drawn; `drawn` is whether it is the newest printing of the best source."""
    return growth.views(every.assign(drawn=every.index.isin(data.latest(every).index)))


@pytest.fixture(scope="module")
def browser():
    if BROWSER is None:
        missing = "no Chromium on this machine: install the package chromium to run the browser tests"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


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
