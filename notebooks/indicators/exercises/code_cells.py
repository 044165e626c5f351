"""Cells with code of a student: their text, and what stops them.

An error in the two lines of an exercise does not take its form away: the form says which line
Python stopped at, and what Python says. Errors in all other cells are shown as ever.
"""

import linecache
import re
import traceback
from collections.abc import Callable
from types import FrameType
from typing import NamedTuple

from IPython import get_ipython

from .. import i18n

MOST_SAID = 300  # of what Python says, in characters
_ASKS = re.compile(r"""\bask\(\s*["']([\w-]+)["']""")


class Stopped(NamedTuple):
    """Where Python stopped in a cell: the number of its line, the line, and what Python says."""

    line: int
    text: str
    said: str
    kind: str  # the name of the error

    @property
    def message(self) -> str:
        """What a student reads: her line, the words of Python, and what may help."""
        words = i18n.WORDS[i18n.chosen()]["exercises"]
        told = words["stopped"].format(self.line, self.text.strip(), self.said)
        return "\n".join(filter(None, [told, words["errors"].get(self.kind, "")]))


def source_of(frame: FrameType | None) -> str:
    """The text of the cell that a frame runs; "" where it is not known."""
    return "".join(linecache.getlines(frame.f_code.co_filename)).strip() if frame else ""


def watch(show: Callable[[str, str, Stopped], bool]) -> None:
    """From now on, errors in cells that ask for an exercise are given to `show`.

    It gets the name of the exercise, the text of the cell, and where Python stopped; if it gives
    False, the error is shown as any other. Outside of a notebook nothing is watched.
    """
    shell = get_ipython()
    if shell is None:
        return

    def handle(shell, kind, error, trace, tb_offset=None):
        in_cell = [each for each in traceback.walk_tb(trace) if each[0].f_globals is shell.user_ns]
        found = _stopped(error, in_cell)
        asked = found and _ASKS.search(found[0])
        if not (asked and not _asking(trace) and show(asked[1], *found)):
            shell.showtraceback(
                (kind, error, trace), tb_offset=tb_offset, running_compiled_code=bool(in_cell)
            )

    shell.set_custom_exc((Exception,), handle)


def _stopped(error, in_cell):
    """The text of the cell, and where Python stopped in it; None where that is not known."""
    if in_cell:
        path = in_cell[0][0].f_code.co_filename
        line = [at for frame, at in in_cell if frame.f_code.co_filename == path][-1]
    elif isinstance(error, SyntaxError) and error.filename:
        path, line = error.filename, error.lineno or 1
    else:
        return None
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    kind = type(error).__name__
    lines = linecache.getlines(path)
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return "".join(lines).strip(), Stopped(line, text, f"{kind}: {said[:MOST_SAID]}", kind)


def _asking(trace):
    """Whether it is the form of the exercise, and not what stands before it, that failed."""
    frames = (frame for frame, _ in traceback.walk_tb(trace))
    return any(frame.f_globals.get("__name__") == __package__ for frame in frames)
