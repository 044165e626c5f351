"""Files of text: read with what is wrong with them, and written whole or not at all."""

import errno
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .messages import Fault, Notice, of_file, shown

LONGEST_LINE = 1_000_000  # bytes
WAITS = 0.05, 0.1, 0.2, 0.4, 0.8  # seconds until a file that is open is tried again
HELD = 5, 32, 33  # the numbers by which Windows says that a file is open
BEGINNINGS = {
    b"PK\x03\x04": "a packed file; if it is a workbook, name it .xlsx",
    b"\xd0\xcf\x11\xe0": "a workbook of the kind .xls; open it in a spreadsheet, save it as .xlsx",
    b"PAR1": "Parquet; name it .parquet",
}
END_OF_DOS = "\x1a"
LEAST_COMMON = 0.9  # of the Chinese characters of a text, that are in the common set (GB 2312)
UTF8_CURE = (
    "save it as a workbook (.xlsx) and load that, "
    "or save it as UTF-8 without byte-order mark in an editor"
)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` once all is written.

    If that fails, what was there stays. Raises FileNotFoundError where there is no such folder, and
    PermissionError with a cure where Windows refuses.
    """
    if not path.parent.is_dir():
        problem = "there is no such folder; make it, or look at its name"
        raise FileNotFoundError(errno.ENOENT, problem, str(path.parent))
    half_done = path.with_name(f".{path.stem}-{uuid.uuid4().hex}{path.suffix}")
    try:
        yield half_done
        _put_in_place(half_done, path)
    finally:
        half_done.unlink(missing_ok=True)


def _put_in_place(half_done, path):
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

    A Notice among the faults says of a text how it was read. `ended`: whether its last line must
    have an end.
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
    for start, kind in BEGINNINGS.items():
        if raw.startswith(start):
            return "", [of_file(path.name, f"this is no text but {kind}")]
    text, faults = _decoded(path.name, raw)
    if text.endswith(END_OF_DOS):
        text, row = text.rstrip(END_OF_DOS), text.count("\n") + 1
        problem = "the text ends with the character Ctrl-Z, as in files of DOS; remove it"
        faults.append(Notice(path.name, row, None, problem))
    if ended and text.strip() and not text.endswith(("\n", "\r")):
        problem = "the last line has no end, so the file may be cut off"
        cure = "restore it, or end the line"
        faults.append(Notice(path.name, text.count("\n") + 1, None, f"{problem}; {cure}"))
    return text, faults


def _decoded(file, raw):
    """The text of bytes, and what keeps them from being UTF-8 (a Notice, if they are read)."""
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            found = "the text is UTF-16, not UTF-8 (it begins with a byte-order mark)"
            return raw.decode("utf-16"), [Notice(file, 1, None, f"{found}; {UTF8_CURE}")]
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _as_gb18030(file, raw, raw[: error.start].count(b"\n") + 1)
    if not text.startswith("\ufeff"):
        return text, []
    found = "the file begins with a byte-order mark, as spreadsheets write it"
    return text[1:], [Notice(file, 1, None, f"{found}; {UTF8_CURE}")]


def _as_gb18030(file, raw, row):
    """The text of bytes that are not UTF-8 from a row on, if they are certainly GB18030.

    Then most cannot be UTF-8, as in a file that is damaged, and nearly all of the characters are
    common ones, as they are not in a text of another language.
    """
    guess, text = "", ""
    try:
        text = raw.decode("gb18030")
        guess = " (it looks like GB18030, as spreadsheets save Chinese text{})"
    except UnicodeDecodeError:
        pass
    codes = [each.encode("gb18030") for each in text if "\u4e00" <= each <= "\u9fff"]
    common = sum(len(code) == 2 and min(code) > 0xA0 for code in codes)
    others = [each for each in raw.decode("utf-8", "replace") if each > "\x7f"]
    certain = codes and common >= LEAST_COMMON * len(codes)
    if certain and others.count("\ufffd") > len(others) / 2:
        sample = next(line for line in text.splitlines() if not line.isascii())
        first = next(cell for cell in sample.replace(";", ",").split(",") if not cell.isascii())
        problem = f"the text is not UTF-8{guess.format(f': {shown(first)}')}; {UTF8_CURE}"
        return text, [Notice(file, row, None, problem)]
    return "", [of_file(file, f"the text is not UTF-8{guess.format('')}; {UTF8_CURE}", row)]


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
