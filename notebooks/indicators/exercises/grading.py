"""Kinds of questions: what is asked for, and how an answer is judged.

A right answer is computed from the tables when it is asked for. So it is written nowhere, and
stays right when the tables change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .. import labels
from .answer_tables import Tables
from .comparison import ALONE, SIZE, Judgement, compare, compare_years, folded, shown, tolerance
from .typed_amounts import OF_WORDS, SIZES, Typed, read_amount

UNITS = [
    "%",
    "percentage points",
    "index points",
    "CNY",
    "CNY thousand",
    "CNY billion",
    "10,000 CNY",
    "100 million CNY",
    "µg/m³",
    "people",
    "thousand people",
    "10,000 persons",
    "years",
    "figures",
    "targets",
]
ORDER = ["indicator", "place", "period", "source"]  # of rows to choose from

Mistakes = tuple[tuple[Callable[[Tables], float], str], ...]


class RowKey(NamedTuple):
    """What tells one row of a table from all others; a part without a value is ""."""

    indicator: str
    place: str
    measure: str
    period: str
    status: str
    bound: str
    scope: str
    source: str

    @classmethod
    def of(cls, row: Any) -> "RowKey":
        """The key of a row, as from `DataFrame.itertuples`."""
        parts = [getattr(row, column) for column in cls._fields]
        return cls(*("" if pd.isna(part) else str(part) for part in parts))


@dataclass(frozen=True, kw_only=True)
class Question:
    """What all kinds of questions share.

    `answer` and `because` are functions of Tables; `because` says in a sentence how the answer
    follows. `hints` are shown one by one. Where `argument` is not empty, a reason is asked for as
    well. It is kept, not judged, and `argument` is a model of it for the lecturer's key.
    """

    answer: Callable[[Tables], Any]
    because: Callable[[Tables], str]
    hints: tuple[str, ...]
    argument: str = ""

    @property
    def asks(self) -> str:
        """What is asked for, in Markdown."""
        raise NotImplementedError

    def answer_in_words(self, tables: Tables) -> str:
        """The right answer in words."""
        raise NotImplementedError

    def judge(self, given: Any, tables: Tables) -> Judgement:
        """Judge what was given, by control (`{"typed": …}`); of Code, an object."""
        raise NotImplementedError

    def restored(self, kept: Any, tables: Tables) -> Any:
        """The value of the control `typed` for what a file has kept of it."""
        return kept

    def _right(self, tables):
        return Judgement(True, f"Right. {self.because(tables)}")


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number, within a tolerance, and its unit.

    An amount is right in either way: 6001 in 100 million CNY, 600.1 in CNY billion, or typed with
    its scale, as 600.1 billion in CNY, or CNY 600.1 billion with no unit chosen.

    `mistakes`: functions of Tables for numbers that a known mistake gives, each with a reply.
    """

    unit: str
    within: float
    mistakes: Mistakes = ()

    @property
    def placeholder(self) -> str:
        """What kind of number is asked for."""
        return f"a number, within {self.within:g}" if self.within else "a whole number"

    @property
    def asks(self) -> str:
        return f"{self.placeholder}{',' if self.within else ''} and its unit"

    def answer_in_words(self, tables: Tables) -> str:
        return f"{shown(self.answer(tables))} {self.unit}{tolerance(self.within)}"

    @property
    def _is_amount(self):
        return self.unit in SIZES and SIZES[self.unit].of in OF_WORDS.values()

    def judge(self, given: dict, tables: Tables) -> Judgement:
        typed, unit = read_amount(given.get("typed") or ""), given.get("unit")
        if typed.number is None:
            return Judgement(None, typed.fault)
        if (typed.of or typed.power is not None) and not self._is_amount:
            return Judgement(None, ALONE)
        if self._is_amount and (typed.of or unit in SIZES):
            return self._judge_amount(typed, unit, tables)
        judged = _compared(typed.number, self, tables)
        if not judged.right and typed.power is None:
            return judged
        if not unit:
            return Judgement(None, "Choose a unit, too.")
        if unit != self.unit:
            return Judgement(False, _OTHER_UNIT.format(unit))
        return self._right(tables)

    def _judge_amount(self, typed: Typed, unit: str | None, tables: Tables) -> Judgement:
        """Judge an amount whose unit is typed or chosen; the word for a scale goes before both."""
        chosen, own = SIZES.get(unit), SIZES[self.unit]
        if typed.of not in ("", own.of):
            return Judgement(False, _OTHER_UNIT.format(typed.of))
        if unit and (chosen is None or chosen.of != own.of):
            return Judgement(False, _OTHER_UNIT.format(unit))
        power = typed.power if typed.power is not None else chosen.power if chosen else 0
        number = typed.number * 10.0 ** (power - own.power)
        judged = _compared(number, self, tables)
        if judged.message == SIZE:
            said = labels.amount(f"{number:.8f}".rstrip("0").rstrip("."), self.unit, "en")
            return Judgement(False, _OTHER_SCALE.format(said))
        return judged if not judged.right else self._right(tables)


_OTHER_UNIT = (
    "The number fits, its unit does not: look again at what was measured, and whether it can be "
    "in {}."
)


_OTHER_SCALE = (
    "The digits fit, the scale does not: your answer reads as {}. 万 is ten thousand, 亿 a hundred "
    "million, a billion a thousand million."
)


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of several sentences.

    `options`: by the name of each, its sentence, and the reply if it is chosen wrongly. `answer`
    gives the name of the right one.
    """

    options: dict[str, tuple[str, str]]

    @property
    def asks(self) -> str:
        sentences = [f"- {sentence}" for sentence, _ in self.options.values()]
        return "\n".join(["one of these:\n", *sentences])

    def answer_in_words(self, tables: Tables) -> str:
        return self.options[self.answer(tables)][0]

    def judge(self, given: dict, tables: Tables) -> Judgement:
        chosen = given.get("typed")
        if chosen not in self.options:
            return Judgement(None, "Choose one of the sentences.")
        if chosen == self.answer(tables):
            return self._right(tables)
        return Judgement(False, f"Not this one. {self.options[chosen][1]}")


@dataclass(frozen=True, kw_only=True)
class Row(Question):
    """A row of a table.

    `among` gives the rows to choose from, `answer` those of them that are right, both as functions
    of Tables.
    """

    among: Callable[[Tables], pd.DataFrame]

    @property
    def asks(self) -> str:
        return "a row of the table"

    def rows(self, tables: Tables) -> dict[RowKey, str]:
        """The rows to choose from: what each says, and when its source was published."""
        return {
            RowKey.of(row): f"{labels.cited(row, 'en')}{_published(row)}"
            for row in self._sorted(tables)
        }

    def searched(self, tables: Tables) -> dict[RowKey, str]:
        """By row, the text in which a search looks: what it says in both languages."""
        return {
            RowKey.of(row): folded(f"{labels.cited(row, 'en')} {labels.cited(row, 'zh')}")
            for row in self._sorted(tables)
        }

    def _sorted(self, tables):
        return self.among(tables).sort_values(ORDER, kind="stable").itertuples()

    def answer_in_words(self, tables: Tables) -> str:
        return " or ".join(labels.cited(row, "en") for row in self.answer(tables).itertuples())

    def judge(self, given: dict, tables: Tables) -> Judgement:
        chosen = given.get("typed")
        if chosen not in self.rows(tables):
            return Judgement(None, "Choose a row of the list.")
        wanted = [RowKey.of(row) for row in self.answer(tables).itertuples()]
        if chosen in wanted:
            return self._right(tables)
        parts = zip(_DIFFERENCES, chosen, wanted[0], strict=True)
        difference = next(said for said, one, other in parts if one != other)
        return Judgement(False, f"Not this one. {difference}")

    def restored(self, kept: Any, tables: Tables) -> RowKey | None:
        """The key that a file has kept, or None if it is that of no row to choose from.

        A file has a key as a list; older files have its parts joined with `|`.
        """
        keys = self.rows(tables)
        return next((key for key in keys if kept in (list(key), "|".join(key))), None)


_DIFFERENCES = RowKey(  # what is said of a row that differs in this part first
    indicator="It is a figure of another indicator.",
    place="It is a figure of another place.",
    measure=(
        "It is another kind of figure: compare level, growth rate, average, total, change and "
        "share."
    ),
    period="It is for another year.",
    status="Look at what it is: an outcome, an expected outcome or a target.",
    bound="Look at how the number was printed: exactly, or as a bound.",
    scope="It is counted on another basis.",
    source="It was printed in another source, or at another time.",
)


@dataclass(frozen=True, kw_only=True)
class Code(Question):
    """What two lines of code compute: a number within a tolerance, or a Series by year.

    `mistakes`: as for Number; not for a Series.
    """

    within: float
    mistakes: Mistakes = ()

    @property
    def asks(self) -> str:
        return "two lines of your own in place of `...`"

    def answer_in_words(self, tables: Tables) -> str:
        wanted = self.answer(tables)
        if not isinstance(wanted, pd.Series):
            return f"{shown(wanted)}{tolerance(self.within)}"
        return "; ".join(f"{year}: {shown(number)}" for year, number in wanted.items())

    def judge(self, found: Any, tables: Tables) -> Judgement:
        """Judge an object of Python; `...` stands for no answer yet."""
        if found is ...:
            return Judgement(None, "Put two lines of your own in place of ... and run the cell.")
        wanted = self.answer(tables)
        if isinstance(wanted, pd.Series):
            judged = compare_years(found, wanted, self.within)
        elif _is_number(found):
            judged = _compared(float(found), self, tables)
        else:
            kind = type(found).__name__
            judged = Judgement(False, f"answer is a {kind}, and a single number is asked for.")
        return self._right(tables) if judged.right else judged


def _is_number(found):
    is_scalar = isinstance(found, Real | np.generic)
    return is_scalar and not isinstance(found, bool | np.bool_ | np.str_)


def _compared(found, question, tables):
    mistakes = ((wrong(tables), reply) for wrong, reply in question.mistakes)
    return compare(found, question.answer(tables), question.within, mistakes)


def _published(row):
    return "" if pd.isna(row.published) else f" (published {row.published:%Y-%m-%d})"
