"""What is wrong with a table, in words: faults, the error that lists them, and texts in them."""

import difflib
import inspect
import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from .. import i18n

SHOWN_FAULTS = 100
REPEATED_CHARACTERS = 60  # of a cell, in a message


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: where it stands, what was found, what is allowed.

    `row` counts as a spreadsheet does (the header is row 1); None where the whole file is meant.
    `column`: a name, or a tuple of several. `cell`: its name in a sheet of a workbook, as in `G12`.
    """

    file: str
    row: int | None
    column: str | tuple[str, ...] | None
    problem: str
    cell: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that the fault is in; none where the whole row is meant."""
        if isinstance(self.column, tuple):
            return self.column
        return () if self.column is None else (self.column,)

    @property
    def where(self) -> list[str]:
        """File, row or cell, and columns, in words."""
        where = [self.file]
        where += [f"cell {self.cell}"] if self.cell else [f"row {self.row}"] if self.row else []
        return where + ([f"column {'+'.join(self.columns)}"] if self.columns else [])

    def __str__(self):
        return f"{', '.join(self.where)}: {self.problem}"


@dataclass(frozen=True)
class Notice(Fault):
    """What a file leaves open, and was read as it seems to be meant.

    A table is loaded with it, and a `TableNotice` says so; in a table that must be as the bundle
    writes it (its descriptor says `closed`) it is a fault.
    """


class TableNotice(UserWarning):
    """How a table was read where its files leave that open; `notices` holds every Notice."""

    def __init__(self, notices: Iterable[Notice]):
        self.notices = list(notices)
        super().__init__(listed("The table was read as it seems to be meant.", self.notices))

    def __reduce__(self):
        return type(self), (self.notices,)


def tell(notices: Iterable[Notice]) -> None:
    """Warn of notices, if there are any, at the line that called this package; each time anew."""
    if not (notices := list(notices)):
        return
    frame, package = inspect.currentframe(), __name__.partition(".")[0]
    while frame.f_back and frame.f_globals["__name__"].partition(".")[0] == package:
        frame = frame.f_back
    warnings.warn_explicit(
        TableNotice(notices), TableNotice, frame.f_code.co_filename, frame.f_lineno
    )


class TableError(ValueError):
    """A table that cannot be trusted; `faults` holds every Fault, the message lists them."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = list(faults)
        count = f"{len(self.faults)} fault{'s' if len(self.faults) > 1 else ''}"
        said = listed(f"The table was not loaded: {count}.", self.faults[:SHOWN_FAULTS])
        if len(self.faults) > SHOWN_FAULTS:
            more = f"… and {len(self.faults) - SHOWN_FAULTS} more; all stand in .faults"
            said += f"\n{both(more, ' ')}"
        super().__init__(said)

    def __reduce__(self):
        return type(self), (self.faults,)

    def _render_traceback_(self):
        """What a notebook shows: the faults, not the inside of this package."""
        return [f"{type(self).__name__}: {self}"]


class Faults(list):
    """A list of Fault that a notebook shows line by line."""

    def __repr__(self):
        return str(TableError(self)) if self else both("No fault was found.")


def listed(head: str, faults: Iterable[Fault]) -> str:
    """A line, and one for each fault; beneath each the same in Chinese, where that is asked for."""
    return "\n".join([both(head), *(both(fault, " - ") for fault in faults)])


def both(said: str | Fault, mark: str = "") -> str:
    """A message behind a mark, and on a line beneath the same in Chinese where it is asked for."""
    parts = (said.problem, said.where) if isinstance(said, Fault) else (said,)
    chinese = i18n.beneath(*parts)
    return f"{mark}{said}" + (f"\n{' ' * len(mark)}{chinese}" if chinese else "")


def of_file(file: str, problem: str, row: int | None = None) -> Fault:
    """A Fault of a file as a whole, or of one of its rows."""
    return Fault(file, row, None, problem)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of each run of numbers that follow one another."""
    found = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [(first, last) for first, last in found]


def empty_rows(file: str, numbers: Iterable[int], kind: type[Fault] = Fault) -> list[Fault]:
    """A Fault (or another `kind`) for each run of rows without any text."""
    several = "the rows to {} are empty; remove them, or what stands beneath them"
    one = "the row is empty; remove it"
    return [
        kind(file, first, None, one if first == last else several.format(last))
        for first, last in runs(numbers)
    ]


def shown(cell: str) -> str:
    """A cell as a message shows it: quoted, escaped, and not too long."""
    return repr(cut(cell))


def cut(cell: str) -> str:
    """A cell as a sentence repeats it: not too long."""
    return cell if len(cell) <= REPEATED_CHARACTERS else f"{cell[:REPEATED_CHARACTERS]}…"


def nearest(word: str, words: Iterable[str]) -> str:
    """A question, in brackets, whether the most similar of some words was meant; or nothing."""
    matches = difflib.get_close_matches
    near = matches(word, words, n=1) or matches(word.lower(), words, n=1)
    if not near:
        return ""
    alike = unicodedata.normalize("NFKC", near[0]) == unicodedata.normalize("NFKC", word)
    copy = ", which only looks the same: copy it" if alike else ""
    return f" (did you mean {near[0][:REPEATED_CHARACTERS]}{copy}?)"
