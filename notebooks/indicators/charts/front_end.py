"""Whether somebody sits in front of what is shown, so that a widget can answer."""

import os
from typing import Any

from IPython import get_ipython


def request() -> dict[str, Any]:
    """The message to the kernel that is being answered; empty outside of a kernel."""
    shell = get_ipython()
    return shell.get_parent() if hasattr(shell, "get_parent") else {}


def attended() -> bool:
    """Whether somebody may use a widget that is shown now.

    Not where a program runs a notebook and writes it down (nbconvert, papermill, nbval): it tells
    the kernel that nobody will answer an `input()`. Voilà says the same, but has readers.
    """
    return request().get("content", {}).get("allow_stdin", True) or in_dashboard()


def in_dashboard() -> bool:
    """Whether Voilà shows the notebook."""
    return "VOILA_BASE_URL" in os.environ
