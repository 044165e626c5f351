"""A second browser: the explorer of everything in Firefox, told what to do over WebDriver BiDi."""

import contextlib
import itertools
import json
import os
import re
import shutil
import subprocess
import threading
import time

import pytest
from conftest import copy_of_bundle
from expected import FIRST, expected
from pages import DRAWN, EVERYTHING, HAS_RUN, TURN, WAIT, WATCH_RUNS
from servers import Lab, settled
from websockets.sync.client import connect

pytestmark = pytest.mark.smoke  # each test goes on where the one before it stopped
FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
# It asks for nothing by itself; what a page asks of another machine is heard by the test.
OFF = [
    "app.normandy",
    "browser.safebrowsing.update",
    "network.captive-portal-service",
    "network.connectivity-service",
    "toolkit.telemetry",
]
QUIET = [
    *(f'user_pref("{part}.enabled", false);' for part in OFF),
    'user_pref("services.settings.server", "data:,");',
]
BOX = "document.querySelector('.widget-vbox:has(.views)')"
MARKS = f"[...{BOX}?.querySelectorAll({json.dumps(DRAWN)}) ?? []].map(mark => mark.ariaLabel)"
SAVED_MARKS = (
    "document.querySelectorAll(\".jp-Notebook .vega-embed [aria-roledescription='point']\").length"
)
APP = '{"LabApp": {"expose_app_in_browser": true}}'  # so that a test can say Run All
IDLE = "document.querySelector(\".jp-Notebook-ExecutionIndicator[data-status='idle']\") !== null"
AT_REST = (
    "[...document.querySelectorAll('.jp-InputPrompt')]"
    ".every(({ textContent }) => !textContent.includes('*'))"
)
HEIGHT = 1200  # pixels of the window
LEFT = "\ue012"  # the key ArrowLeft, as WebDriver numbers keys


class Firefox:
    """A page in Firefox, with every address it asked for and every error it reported."""

    def __init__(self, profile):
        (profile / "user.js").write_text("\n".join(QUIET))
        command = [FIREFOX, "--headless", "--remote-debugging-port=0", "--profile", str(profile)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        listening = next(
            filter(
                None,
                (re.search(r"BiDi listening on (ws://\S+)", line) for line in self.process.stderr),
            )
        )
        # What it says later is read, too: else it would wait once the pipe is full.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.closing, self.numbers = contextlib.ExitStack(), itertools.count(1)
        patient = {"open_timeout": WAIT / 1000, "ping_interval": None}  # it may be busy
        session = connect(f"{listening[1]}/session", max_size=None, **patient)
        self.socket = self.closing.enter_context(session)
        self.asked, self.errors = [], []
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.page = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method, **params):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=WAIT / 1000))
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]
            self._hear(message["method"], message["params"])

    def _hear(self, event, params):
        if event == "network.beforeRequestSent":
            self.asked.append(params["request"]["url"])
        elif params["level"] == "error":
            self.errors.append(params["text"])

    def read(self, script):
        """The value of an expression in the page."""
        found = self.call(
            "script.evaluate",
            expression=f"JSON.stringify({script})",
            target={"context": self.page},
            awaitPromise=True,
        )
        assert found["type"] == "success", found
        return json.loads(found["result"].get("value", "null"))

    def wait_a_turn(self):
        """Let the page draw twice, and hear what it has reported meanwhile."""
        self.read(f"({TURN})()")

    def act(self, kind, *actions):
        self.call(
            "input.performActions",
            context=self.page,
            actions=[{"type": kind, "id": kind, "actions": list(actions)}],
        )

    def click(self, element):
        """Click where an element (an expression) stands, once it stands still in sight.

        JupyterLab scrolls by itself while cells run.
        """
        before, at = None, (0, -1)
        while at != before or not 0 < at[1] < HEIGHT:
            self.read(f"void {element}.scrollIntoView({{block: 'center'}})")
            self.wait_a_turn()
            before, at = at, self.middle(element)
        move = {"type": "pointerMove", "x": round(at[0]), "y": round(at[1])}
        self.act(
            "pointer",
            move,
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        )

    def middle(self, element):
        middle = "({x, y, width, height}) => [x + width / 2, y + height / 2]"
        return self.read(f"({middle})({element}.getBoundingClientRect())")

    def press(self, text):
        """Press one of several buttons until it is pressed: the page may scroll meanwhile."""
        named = f"button => button.textContent.trim() === {json.dumps(text)}"
        button = f"[...{BOX}.querySelectorAll('button')].find({named})"

        def pressed():
            if not self.read(f"{button}.classList.contains('mod-active')"):
                self.click(button)
            return self.read(f"{button}.classList.contains('mod-active')")

        settled(pressed, True)

    def key(self, value):
        self.act("key", {"type": "keyDown", "value": value}, {"type": "keyUp", "value": value})

    def stop(self):
        self.closing.close()
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    if FIREFOX is None:
        missing = "no Firefox on this machine: install the package firefox-esr to run this test"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    folder = copy_of_bundle(tmp_path_factory.mktemp("a student's folder"))
    settings = folder / ".jupyter" / "CONFIG" / "jupyter_server_config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(APP)
    lab = Lab(folder)
    yield lab
    lab.stop()


@pytest.fixture(scope="module")
def firefox(lab, tmp_path_factory):
    firefox = Firefox(tmp_path_factory.mktemp("profile"))
    firefox.call(
        "browsingContext.setViewport",
        context=firefox.page,
        viewport={"width": 1400, "height": HEIGHT},
    )
    firefox.call(
        "browsingContext.navigate",
        context=firefox.page,
        url=lab.address(f"lab/tree/notebooks/{EVERYTHING}.ipynb") + "&reset",
        wait="complete",
    )
    yield firefox
    firefox.stop()


def test_the_saved_chart_is_drawn_and_run_all_makes_it_answer(firefox, figures):
    settled(
        lambda: firefox.read(f"{IDLE} && window.jupyterapp !== undefined && {SAVED_MARKS} > 0"),
        True,
    )
    firefox.read(f"({WATCH_RUNS})()")

    def drawn():
        """Whether the explorer lives; while a kernel connects, JupyterLab may forget a Run All."""
        if not firefox.read(HAS_RUN):
            firefox.read("void jupyterapp.commands.execute('notebook:run-all-cells')")
            time.sleep(1)
        return bool(firefox.read(MARKS))

    settled(drawn, True)
    settled(lambda: firefox.read(f"{IDLE} && {AT_REST}"), True)  # a second run makes all anew
    settled(lambda: sorted(firefox.read(MARKS)), expected(figures, **FIRST))


def test_controls_change_what_is_drawn_in_both_languages(firefox, figures):
    firefox.press("index")
    settled(lambda: sorted(firefox.read(MARKS)), expected(figures, "index", FIRST["chosen"]))
    firefox.read(f"{BOX}.querySelectorAll('.noUi-handle')[1].focus()")
    firefox.key(LEFT)
    settled(
        lambda: sorted(firefox.read(MARKS)),
        expected(figures, "index", FIRST["chosen"], years=(2015, 2024)),
    )
    firefox.press("中文")
    settled(
        lambda: sorted(firefox.read(MARKS)),
        expected(figures, "index", FIRST["chosen"], "zh", years=(2015, 2024)),
    )


def test_nothing_left_this_machine_and_no_error_was_reported(firefox, lab):
    firefox.wait_a_turn()
    own = (f"http://127.0.0.1:{lab.port}/", f"ws://127.0.0.1:{lab.port}/", "data:", "blob:")
    # While a kernel starts a connection may fail; it is tried again.
    kernels = f"ws://127.0.0.1:{lab.port}/api/kernels/"
    errors = [error for error in firefox.errors if kernels not in error]
    assert (
        firefox.asked and [url for url in firefox.asked if not url.startswith(own)] + errors == []
    )
