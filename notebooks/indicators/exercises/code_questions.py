"""Questions that two lines of code answer."""

import math
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from ..growth import Figure
from .answer_tables import Tables
from .code_cells import Stopped
from .comparison import Judgement, by_year, compare_years, shown, tolerance
from .questions import Mistakes, Question, Slip, compared
from .wording import listed, said


@dataclass(frozen=True, kw_only=True)
class Code(Question):
    """What two lines of code compute: a number within a tolerance, or a Series by year.

    A number may be any of Python, pandas or `growth`. `mistakes`: as for Number, or Series.
    """

    within: float
    mistakes: Mistakes = ()

    @property
    def asks(self) -> str:
        return said("two lines of your own in place of `...`")

    def answer_in_words(self, tables: Tables) -> str:
        wanted = self.answer(tables)
        within = "" if isinstance(wanted, pd.Series) else tolerance(self.within)
        return f"{_told(wanted)}{within}"

    def slips(self, tables: Tables) -> list[Slip]:
        wrong = ((found(tables), reply) for found, reply in self.mistakes)
        return [Slip(found, _told(found), said(reply)) for found, reply in wrong]

    def judge(self, found: Any, tables: Tables) -> Judgement:
        """Judge an object of Python; `...` stands for no answer yet, Stopped for an error."""
        if found is ...:
            return Judgement(
                None, said("Put two lines of your own in place of ... and run the cell.")
            )
        if isinstance(found, Stopped):
            return Judgement(None, found.message)
        wanted = self.answer(tables)
        number = _number(found)
        if isinstance(wanted, pd.Series):
            wrong = ((mistake(tables), said(reply)) for mistake, reply in self.mistakes)
            judged = compare_years(found, wanted, self.within, wrong)
        elif number is not None:
            judged = compared(number, self, tables)
        else:
            kind = type(found).__name__
            asked = "answer is a {}, and a single number is asked for."
            judged = Judgement(False, said(asked, kind))
        return self._right(tables) if judged.right else judged

    def kept(self, found: Any) -> float | dict[str, float] | None:
        """What JSON can keep of an object: a number, or numbers by year; else None."""
        if isinstance(found, pd.Series | dict):
            numbers = {year: _number(number) for year, number in by_year(found)}
            whole = len(numbers) == len(by_year(found)) and all(map(_is_finite, numbers.values()))
            return numbers if whole else None
        number = _number(found)
        return number if _is_finite(number) else None

    def restored(self, kept: Any, tables: Tables) -> Any:
        """The object that a file has kept, or None if it is neither a number nor some by year."""
        return self.kept(kept)

    def in_words(self, typed: Any, tables: Tables) -> str:
        return "" if typed is None else _told(typed)


def _number(found):
    """An object as a float, or None if it is no number."""
    if isinstance(found, Figure):
        return float(found.value)
    is_scalar = isinstance(found, Real | np.generic | Decimal)
    if not is_scalar or isinstance(found, bool | np.bool_ | np.str_):
        return None
    try:
        return float(found)
    except (OverflowError, TypeError, ValueError):
        return math.inf


def _is_finite(number):
    return number is not None and math.isfinite(number)


def _told(found):
    """A number, or numbers by year, in words."""
    if isinstance(found, pd.Series | dict):
        return listed(said("{}: {}", year, shown(number)) for year, number in by_year(found))
    return shown(found)
