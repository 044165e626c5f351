"""What several tests share: the real table, a browser, and copies of the bundle to break."""

import contextlib
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest
from indicators import data, growth, labels
from markdown_it import MarkdownIt
from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))  # and none of a reader
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
runpy.run_path(str(OFFLINE / "sitecustomize.py"))
REVIEW = ROOT / ".venv" / "review"  # what reviewers have beside the environment (`make review`)
LARGE = (
    ROOT / ".venv" / "large"
)  # optional packages: all tests but these run without them, as the notebooks do
PAGES = ROOT / ".pytest_cache" / "pages"  # what pages showed when a test failed
BROWSERS = []
REPORTS = "REPORTS_OF_TESTS"  # names the file to which the other process writes


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item):
    """Run the tests of large tables together in another process, and report each as if it had run here."""
    if item.path.name != "test_scale.py" or REPORTS in os.environ:
        return None
    reports, output = _elsewhere(item.session)
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    ended = pytest.TestReport(
        item.nodeid,
        item.location,
        {},
        "failed",
        f"the other process ended early:\n{output}",
        "call",
    )
    for report in reports.get(item.nodeid, [ended]):
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@lru_cache
def _elsewhere(session):
    """The reports of the tests of large tables that are asked for, by test, and the last of what the process printed."""
    asked = [item.nodeid for item in session.items if item.path.name == "test_scale.py"]
    with tempfile.NamedTemporaryFile() as file:
        found = os.environ | {
            REPORTS: file.name,
            "PYTHONPATH": os.pathsep.join([str(LARGE), os.environ["PYTHONPATH"]]),
        }
        command = [sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", *asked]
        run = subprocess.run(
            command,
            cwd=ROOT,
            env=found,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        reports = {}
        for line in file.read().decode().splitlines():
            report = session.config.hook.pytest_report_from_serializable(
                config=session.config, data=json.loads(line)
            )
            reports.setdefault(report.nodeid, []).append(report)
    return reports, run.stdout[-5000:]


class Reporting:
    """Writes reports of tests for the process that asked for them."""

    def __init__(self, config):
        self.config = config

    def pytest_runtest_logreport(self, report):
        told = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        with open(os.environ[REPORTS], "a", encoding="utf-8") as file:
            file.write(json.dumps(told) + "\n")


def pytest_configure(config):
    if REPORTS in os.environ:
        config.pluginmanager.register(Reporting(config))


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
        with contextlib.suppress(
            Error
        ):  # a page that does not answer must not hide why the test failed
            page.screenshot(path=folder / f"{short}-{number}.png", timeout=5000)


@pytest.fixture
def folder(tmp_path):
    """A copy of the data folder that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def blocks(page, language):
    """The blocks of code in a page (a path from the top) that are in a language."""
    tokens = MarkdownIt().parse((ROOT / page).read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info == language]


def commands(page):
    """The commands that a page names, without what it says about them."""
    lines = [
        line for block in blocks(page, "sh") for line in block.replace("\\\n  ", "").splitlines()
    ]
    return [re.split(r"\s{2,}#", line)[0] for line in lines]


def copy_of_bundle(target):
    """Copy data and notebooks, as a student has them, to `target`."""
    for part in ("data", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / part, target / part, ignore=ignored)
    return target
