"""What several tests share: the real table, a browser, and copies of the bundle to break."""

import contextlib
import os
import re
import runpy
import shutil
from pathlib import Path

import pandas as pd
import pytest
from bundle import EDITIONS, NOTEBOOKS, ROOT, blocks, commands, copy_of_bundle
from expected import FIRST, expected
from indicators import data, growth, i18n, labels
from indicators.i18n.messages import in_chinese
from pages import EVERYTHING, Desk, Explorer
from playwright.sync_api import Error, sync_playwright
from servers import Lab
from xdist.scheduler.loadscope import LoadScopeScheduling

__all__ = ["EDITIONS", "NOTEBOOKS", "ROOT", "blocks", "commands", "copy_of_bundle"]  # for all tests
OFFLINE = Path(__file__).with_name("offline")
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# Every name but this machine's is unknown to the browser, and it asks for nothing by itself.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

# No test reaches the network, and neither does a kernel or a server that a test starts.
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")])
)
os.environ["LC_ALL"] = "C.UTF-8"  # messages are English alone, whatever the locale of who tests
os.environ["INDICATORS_PICTURES"] = "0"  # a second each, and tests look at few of them
runpy.run_path(str(OFFLINE / "sitecustomize.py"))
REVIEW = ROOT / ".venv" / "review"  # what reviewers have beside the environment (`make review`)
# Optional packages: only the tests in large/ run with them, in a call of their own.
LARGE = ROOT / ".venv" / "large"
collect_ignore = ["large"]
PAGES = ROOT / ".pytest_cache" / "pages"  # what pages showed when a test failed
BROWSERS = []
SLOW = {"browser", "lab", "firefox", "kernel"}  # fixtures that take seconds


def scope(test):
    """What goes to one worker: a file, or all files that share the lab's open notebooks.

    So the cells of a notebook meet one kernel (nbval), and a page is opened once.
    """
    file = test.split("::")[0]
    return "lab" if Path(file).name.startswith("test_lab_") else file


class ByPage(LoadScopeScheduling):
    """Deals out tests by `scope`."""

    def _split_scope(self, nodeid):
        return scope(nodeid)


class FilesOfReaders:
    """Leaves alone what they keep in notebooks/: a copy, a script, a notebook that runs an hour."""

    @staticmethod
    def pytest_ignore_collect(collection_path):
        path = collection_path.resolve()
        of_readers = path.is_file() and ROOT / "notebooks" in path.parents
        return of_readers and path not in map(Path.resolve, EDITIONS) or None


def pytest_configure(config):
    # As a plugin it is heard for the folder notebooks/, too, which is not beneath this file.
    config.pluginmanager.register(FilesOfReaders)


def pytest_xdist_make_scheduler(config, log):
    return ByPage(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Count as slow what needs a server, a browser or a kernel, and what needs large tables."""
    for item in items:
        if item.path.parent.name == "large" or SLOW & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def messages_have_chinese(monkeypatch):
    """Each message that a test meets has its Chinese in i18n/clauses.py, though it is not shown."""
    said = {}
    monkeypatch.setattr(i18n, "beneath", lambda message, where=(): said.setdefault(message))
    yield
    assert [message for message in said if in_chinese(message) is None] == []


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
    return drawable(every)


def drawable(every):
    table = every.assign(drawn=every.index.isin(data.latest(every).index))
    return growth.views(labels.with_origins(growth.with_derived(table)), home="shaoxing")


@pytest.fixture(scope="session")
def browser():
    if BROWSER is None:
        missing = (
            "no Chromium on this machine: install the package chromium to run the browser tests"
        )
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        BROWSERS.append(browser)
        yield browser
        BROWSERS.remove(browser)
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed:
        photograph(BROWSERS, PAGES, item.name)
    return report


def photograph(browsers, folder, name):
    """Save what each open page of some browsers shows, as `name` with a number."""
    pages = [page for browser in browsers for context in browser.contexts for page in context.pages]
    short = re.sub(r"[^\w-]+", "-", name)[:120]
    for number, page in enumerate(pages):
        with contextlib.suppress(Error):  # it must not hide why the test failed
            page.screenshot(path=folder / f"{short}-{number}.png", timeout=5000)


@pytest.fixture
def folder(tmp_path):
    """A copy of the data folder that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture(scope="session")
def names(every):
    """Indicator to name, by language."""
    codebook = every.sort_values("indicator").drop_duplicates("indicator").set_index("indicator")
    return {"en": codebook["name_en"], "zh": codebook["name_zh"]}


@pytest.fixture(scope="session")
def themes(every):
    """Indicator to theme, in the order of the list: theme by theme."""
    codebook = every.sort_values("indicator").drop_duplicates("indicator").set_index("indicator")
    themes = codebook["theme"].astype(str)
    return themes.iloc[pd.factorize(themes)[0].argsort(kind="stable")]


@pytest.fixture(scope="session")
def where(every):
    """Place to name, by language."""
    places = every.drop_duplicates("place").set_index("place")
    return {"en": places["place_en"], "zh": places["place_zh"]}


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """One JupyterLab for all tests of a worker that neither stop it nor change its files."""
    lab = Lab(copy_of_bundle(tmp_path_factory.mktemp("a student's folder")))
    yield lab
    lab.stop()


@pytest.fixture(scope="session")
def desk(browser, lab):
    """The notebooks of the lab, open and run: what a test changes in one it sets back."""
    desk = Desk(browser, lab)
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def everything(desk, figures):
    """The explorer of everything, for all tests that change it."""
    explorer = Explorer(desk.visit(EVERYTHING)).watched()
    explorer.draws(expected(figures, **FIRST))
    # The first message of a control takes another way to the kernel than later ones,
    # and might be overtaken.
    explorer.reset()
    return explorer


@pytest.fixture
def explorer(everything, figures):
    """The explorer of everything in its first state."""
    yield everything
    everything.reset()
    everything.draws(expected(figures, **FIRST))


@pytest.fixture
def pick(explorer, names, where):
    """A function that chooses indicators, a view and places in the page."""

    def pick(chosen=None, view=None, places=None):
        if chosen is not None:
            explorer.choose("indicators", *names[explorer.language][chosen])
        if view:
            explorer.press("views", view)
        if places:
            explorer.choose("places", *where[explorer.language][list(places)])
        return explorer

    return pick
