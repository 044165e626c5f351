"""The network is cut for all tests: here, in kernels and servers, and in the browser (`FLAGS`)."""

import socket
import subprocess
import sys
import urllib.request

import pytest
from conftest import ROOT
from jupyter_client.manager import run_kernel

AWAY = ["192.0.2.1", "2001:db8::1", "example.org"]  # addresses and a name kept for documentation
ASK = """
import asyncio, socket, urllib.request
from indicators import data
async def go():
    await asyncio.open_connection("example.org", 80)
refused = []
for ask in (
    lambda: socket.create_connection(("192.0.2.1", 80), 1),
    lambda: urllib.request.urlopen("http://example.org"),
    lambda: asyncio.run(go()),
):
    try:
        ask()
    except OSError as error:
        refused.append("the network is cut" in str(error))
print(refused, len(data.load()) > 0)
"""


@pytest.mark.parametrize("host", AWAY)
def test_a_test_reaches_no_other_machine(host):
    with pytest.raises(OSError, match=f"the network is cut in tests, and {host} was asked for"):
        socket.create_connection((host, 80), timeout=1)


def test_a_test_reaches_its_own_machine():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        socket.create_connection(server.getsockname(), timeout=60).close()
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=60).close()


def test_a_proxy_is_not_asked_for_what_is_on_this_machine(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:9")
    assert urllib.request.proxy_bypass("127.0.0.1")
    monkeypatch.delenv("no_proxy")
    monkeypatch.delenv("NO_PROXY")
    assert not urllib.request.proxy_bypass("127.0.0.1")


def test_a_program_that_a_test_starts_reaches_none_either_and_the_bundle_works():
    run = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT / "notebooks", capture_output=True, text=True
    )
    assert run.stdout == "[True, True, True] True\n", run.stderr


def test_a_kernel_reaches_none_either():
    with run_kernel(startup_timeout=600) as client:
        said = []
        code = "import urllib.request as ask\nask.urlopen('http://example.org')"
        client.execute_interactive(
            code,
            output_hook=lambda message: said.append(message["content"].get("evalue", "")),
            timeout=600,
        )
    assert any(
        "the network is cut in tests, and example.org was asked for" in text for text in said
    )
