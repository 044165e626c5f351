"""The cells of a notebook, run as its kernel runs them, and what each of them shows."""

import contextlib
import html
import io
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from markdown_it import MarkdownIt
from traitlets.config import Config

Cells = dict[int, nbformat.NotebookNode]

MARKDOWN = MarkdownIt("commonmark").enable("table")
MAY_FAIL = "raises-exception"  # the tag of a cell whose error is part of what it shows
CURE = (
    "Mend the cell (Run > Restart Kernel and Run All Cells shows it), or let its tag jupyterlab "
    "leave it out; then make the site again."
)
# Nothing of the user's own settings is taken, and nothing is kept.
SHELL_SETTINGS = Config(InteractiveShell={"colors": "nocolor"}, HistoryManager={"enabled": False})
FOR_TERMINALS = re.compile("\x1b\\[[0-9;]*m|\r(?=\n)")


class CellError(Exception):
    """What a page cannot show: notebook, cell, what is wrong, and what to do."""

    def __init__(self, path: Path, number: int, wrong: str):
        super().__init__(f"notebooks/{path.name}, cell {number}: {wrong.rstrip('.: ')}. {CURE}")


class _Printed(str):
    """What a cell has printed."""


class _Values(DisplayFormatter):
    """Shows a value in the way of the page at once: it may change later."""

    def format(self, obj, include=None, exclude=None):
        self.parent.shown.append(self.parent.show(obj))
        return {}, {}


class _Bundles(DisplayPublisher):
    """Shows what comes without a value."""

    def publish(self, data, metadata=None, **kwargs):
        self.parent.shown.append(as_html(data))


class _LastValue(DisplayHook):
    """Writes no number before a value."""

    def write_output_prompt(self):
        pass

    def finish_displayhook(self):
        pass


class _Shell(InteractiveShell):
    """IPython as in a kernel, without its messages."""

    displayhook_class, display_pub_class = _LastValue, _Bundles

    def init_display_formatter(self):
        self.shown, self.show = [], None
        self.display_formatter = _Values(parent=self)

    def enable_gui(self, gui=None):
        pass


class _Stream(io.StringIO):
    """Keeps what is printed in its place among what is shown."""

    def __init__(self, shown):
        super().__init__()
        self.shown = shown

    def write(self, text):
        before = self.shown.pop() if self.shown and isinstance(self.shown[-1], _Printed) else ""
        self.shown.append(_Printed(before + text))
        return len(text)


@contextlib.contextmanager
def _shell(folder):
    """A fresh IPython in a folder, which waits for no input."""
    with tempfile.TemporaryDirectory() as settings, contextlib.chdir(folder):
        shell = _Shell.instance(config=SHELL_SETTINGS, ipython_dir=settings)
        keyboard, sys.stdin = sys.stdin, io.StringIO()
        try:
            yield shell
        finally:
            sys.stdin = keyboard
            shell.restore_sys_module_state()
            _Shell.clear_instance()


def outputs(path: Path, cells: Cells, show: Callable[[Any], Any]) -> Iterator[list[Any]]:
    """What each of some cells of the notebook `path` shows, run from the first to the last.

    Values are as `show` has them, all else is HTML. `cells`: code cells by their number. Raises
    CellError for a cell that fails.
    """
    with _shell(path.parent) as shell:
        for number, cell in cells.items():
            shell.show, shell.shown = show, []
            stream = _Stream(shell.shown)
            with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
                run = shell.run_cell(cell.source, store_history=True)
            error = run.error_before_exec or run.error_in_exec
            if error and MAY_FAIL not in cell.metadata.get("tags", []):
                raise CellError(path, number, f"{type(error).__name__}: {error}") from error
            yield [_pre(each) if isinstance(each, _Printed) else each for each in shell.shown]


def named(warnings: str, folder: Path) -> str:
    """What Sphinx says of the notebooks in a folder, each place as notebook and cell.

    MyST-NB counts 10,000 lines a cell.
    """
    place = rf"{re.escape(str(folder))}/(\S+\.ipynb):([0-9]+)"
    return re.sub(
        place,
        lambda found: f"notebooks/{found[1]}, cell {int(found[2]) // 10000}",
        FOR_TERMINALS.sub("", warnings),
    )


def as_html(bundle: Mapping[str, Any]) -> str:
    """The HTML of a MIME bundle, as IPython makes them, in the first of its forms."""
    for kind, html_of in HTML_OF.items():
        if kind in bundle:
            return html_of(bundle[kind])
    return ""


def _pre(text):
    return f"<pre>{html.escape(FOR_TERMINALS.sub('', text))}</pre>"


def _picture(kind):
    return lambda data: f"<img alt='' src='data:{kind};base64,{data.strip()}'>"


HTML_OF = {
    "text/html": str,
    "text/markdown": MARKDOWN.render,
    "image/svg+xml": str,
    "image/png": _picture("image/png"),
    "image/jpeg": _picture("image/jpeg"),
    "text/plain": _pre,
}
