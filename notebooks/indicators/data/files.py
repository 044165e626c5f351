"""Files of text: read with what is wrong with them, and written whole or not at all."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .messages import Fault, of_file

LONGEST_LINE = 1_000_000  # bytes
WAITS = 0.05, 0.1, 0.2, 0.4, 0.8  # seconds until a file that is open is tried again
HELD = 5, 32, 33  # the numbers by which Windows says that a file is open
UTF8_CURE = (
    "save it as a workbook (.xlsx) and load that, "
    "or save it as UTF-8 without byte-order mark in an editor"
)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` once all is written.

    If that fails, what was there stays. Raises PermissionError with a cure where Windows refuses.
    """
    half_done = path.with_name(f".{path.stem}-{uuid.uuid4().hex}{path.suffix}")
    try:
        yield half_done
        _replace(half_done, path)
    finally:
        half_done.unlink(missing_ok=True)


def _replace(half_done, path):
    """Windows replaces no open file: a scanner has it for a moment, a spreadsheet for long."""
    for wait in (*WAITS, 0):
        try:
            half_done.replace(path)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in HELD:
                raise
            number = error.errno
        time.sleep(wait)
    cure = "close it where it is open, or allow yourself to change it, and try again"
    raise PermissionError(number, f"the file cannot be replaced; {cure}", str(path))


def missing(path: Path, name: str) -> Fault:
    """The Fault of a file that is not there, under the name that messages give it."""
    folder = path.absolute().parent.name
    return of_file(name, f"the file is missing from the folder {folder!r}; put it back")


def read_text(path: Path, ended: bool = True) -> tuple[str, list[Fault]]:
    """The text of a file (empty if it cannot be read), and the fault that keeps it from being read.

    `ended`: whether its last line must have an end.
    """
    try:
        if path.exists() and not path.is_file():
            problem = "this is not a file that can be read; put the file in its place"
            return "", [of_file(path.name, problem)]
        if row := _overlong(path):
            problem = f"the line is longer than {LONGEST_LINE:,} characters, so this is no table"
            return "", [of_file(path.name, f"{problem}; restore the file", row)]
        raw = path.read_bytes()
    except FileNotFoundError:
        return "", [missing(path, path.name)]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        cure = "close it in other programs, allow yourself to read it, or put a copy in its place"
        return "", [of_file(path.name, f"the file cannot be read ({reason}); {cure}")]
    return _decoded(path.name, raw, ended)


def _decoded(file, raw, ended):
    """The text of bytes, and the fault that keeps them from being text of a whole file."""
    mark = None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        mark = "the text is UTF-16, not UTF-8 (it begins with a byte-order mark)"
    elif raw.startswith(b"\xef\xbb\xbf"):
        mark = "the file begins with a byte-order mark, as spreadsheets write it"
    if mark:
        return "", [of_file(file, f"{mark}; {UTF8_CURE}", row=1)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        return "", [of_file(file, f"the text is not UTF-8{_guess(raw)}; {UTF8_CURE}", row)]
    if ended and text.strip() and not text.endswith(("\n", "\r")):
        problem = (
            "the last line has no end, so the file may be cut off; restore it, or end the line"
        )
        return "", [of_file(file, problem, text.count("\n") + 1)]
    return text, []


def _overlong(path):
    """The row of the first line that is too long for a table, or None; no more is read."""
    row, length = 1, 0
    with path.open("rb") as file:
        while path.stat().st_size > LONGEST_LINE and (block := file.read(LONGEST_LINE)):
            first = block.find(b"\n")
            if length + (len(block) if first < 0 else first) > LONGEST_LINE:
                return row
            row += block.count(b"\n")
            length = length + len(block) if first < 0 else len(block) - block.rfind(b"\n") - 1
    return None


def _guess(raw):
    """A remark on bytes that could be GB18030."""
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return " (it looks like GB18030, as spreadsheets save Chinese text)"
