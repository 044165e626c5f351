"""JupyterLab and the dashboard as make starts them, on a copy of the bundle."""

import contextlib
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
from bundle import ROOT
from jupyter_client.manager import start_new_kernel

TOKEN = "a-token-for-tests"
os.environ["no_proxy"] = os.environ["NO_PROXY"] = "*"  # whatever proxy a user has for the rest
ANSWER = 120  # seconds, a ceiling for whatever is waited for: the machine may be busy


def settled(read, wanted):
    """Wait until what is read is as wanted; fail with the difference if it never is."""
    deadline = time.monotonic() + ANSWER
    while (found := read()) != wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found == wanted, f"found {found}, not {wanted}"


class Lab:
    """JupyterLab as `make lab` starts it, on a copy of the bundle, with settings of its own."""

    target = "lab"

    def __init__(self, folder):
        self.folder, self.held = folder, socket.socket()  # so that nobody else gets the port
        self.held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.held.bind(("127.0.0.1", 0))
        self.port = self.held.getsockname()[1]
        self.start()

    def start(self):
        planned = subprocess.run(
            ["make", "-n", "-C", str(ROOT), self.target], capture_output=True, text=True, check=True
        ).stdout
        ((wanted, command),) = re.findall(
            r"^((?:\w+=\S+ )*)\S+ (-m jupyter.*)", planned.replace("\\\n", " "), re.MULTILINE
        )
        own = {
            f"JUPYTER_{kind}_DIR": str(self.folder / ".jupyter" / kind)
            for kind in ("CONFIG", "DATA", "RUNTIME")
        }
        own |= dict(setting.split("=") for setting in wanted.split())
        self.process = subprocess.Popen(
            [
                sys.executable,
                *shlex.split(command),
                "--no-browser",
                f"--ServerApp.port={self.port}",
            ],
            cwd=self.folder,
            env=os.environ | own | {"JUPYTER_TOKEN": TOKEN},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        settled(self.answers, True)

    def answers(self):
        """Whether the server answers yet. Raises RuntimeError once it has ended."""
        if self.process.poll() is not None:
            raise RuntimeError(f"the server ended with {self.process.returncode}")
        try:
            return urllib.request.urlopen(self.address("api")).status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def session(self, notebook):
        """What the server says of the session of a notebook that is open."""
        sessions = json.load(urllib.request.urlopen(self.address("api/sessions")))
        (found,) = [each for each in sessions if each["path"] == f"notebooks/{notebook}.ipynb"]
        return found

    def end_session(self, notebook):
        """End the kernel of a notebook, and its session."""
        self.delete(f"api/sessions/{self.session(notebook)['id']}")

    @contextlib.contextmanager
    def kernel_stopped(self, notebook):
        """While the kernel of a notebook gets no time to run."""
        number = self.session(notebook)["kernel"]["id"]
        (kernel,) = [each for each in kernels(self) if number in command(each)]
        kernel.suspend()
        try:
            yield
        finally:
            kernel.resume()

    def end_kernels(self):
        """End all kernels; the server and its pages go on."""
        for each in json.load(urllib.request.urlopen(self.address("api/kernels"))):
            self.delete(f"api/kernels/{each['id']}")

    def delete(self, path):
        urllib.request.urlopen(urllib.request.Request(self.address(path), method="DELETE"))

    def address(self, path):
        return f"http://127.0.0.1:{self.port}/{path}?token={TOKEN}"


class Dashboard(Lab):
    """Voilà as `make dashboard` starts it, on a copy of the bundle."""

    target = "dashboard"

    def kernels(self):
        """The numbers of the kernels that are alive."""
        return [
            each["id"] for each in json.load(urllib.request.urlopen(self.address("api/kernels")))
        ]


def kernels(lab):
    """The processes of the kernels of a lab."""
    return [each for each in family(lab) if "ipykernel_launcher" in command(each)]


def family(lab):
    """The processes of a server and of what it started, without those that have ended."""
    process = psutil.Process(lab.process.pid)
    return list(filter(command, (process, *process.children(recursive=True))))


def command(process):
    """The command of a process; nothing of one that has ended."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""


# --- a kernel without a server ---

COUNT = """
import gc, psutil, ipywidgets
gc.collect()
print(psutil.Process().memory_info().rss, len(ipywidgets.widgets.widget._instances))
"""


class Kernel:
    """A kernel in the folder of the notebooks that runs cells as JupyterLab sends them."""

    def __init__(self, folder=ROOT / "notebooks"):
        self.manager, self.client = start_new_kernel(
            startup_timeout=600, kernel_name="python3", cwd=folder
        )

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code, cell, fails=False, attended=True, page=None):
        """What a cell prints and shows as text.

        `attended`: whether somebody is there; `page`: which notebook of a browser it is run from.
        Raises AssertionError where it fails and should not, or the reverse.
        """
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": attended,
            "stop_on_error": True,
        }
        sent = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        sent["header"]["session"] = page or sent["header"]["session"]
        self.client.shell_channel.send(sent)
        said, failed = "", False
        while True:
            heard = self.client.get_iopub_msg(timeout=600)
            if heard["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            failed = failed or heard["msg_type"] == "error"
            assert fails or not failed, heard["content"]
            said += heard["content"].get("text", "") if heard["msg_type"] == "stream" else ""
            said += (
                heard["content"].get("data", {}).get("text/plain", "")
                if heard["msg_type"] == "execute_result"
                else ""
            )
            if heard["content"].get("execution_state") == "idle":
                assert failed == fails
                return said

    def counted(self):
        """Bytes of memory and how many widgets there are."""
        return tuple(map(int, self.run(COUNT, "count").split()))
