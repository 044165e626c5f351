"""Kinds of questions: what is asked for, and how an answer is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from .. import i18n, labels
from .answer_tables import Tables
from .code_questions import Code
from .comparison import ALONE, SIZE, Judgement, folded, shown, tolerance
from .questions import NOT_THIS, Choice, Mistakes, Question, Slip, compared
from .typed_amounts import OF_WORDS, SIZES, Typed, read_amount, unit_apart
from .wording import said

__all__ = ["UNITS", "Choice", "Code", "Number", "Question", "Row", "RowKey", "Slip"]

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
class Number(Question):
    """A number, within a tolerance, and its unit.

    An amount is right in either way: 6001 in 100 million CNY, 600.1 in CNY billion, or typed with
    its scale, as 600.1 billion in CNY, or CNY 600.1 billion with no unit chosen. So is any other
    number that is typed with its unit, as 8.4 %.

    `mistakes`: functions of Tables for numbers that a known mistake gives, each with a reply.
    """

    unit: str
    within: float
    mistakes: Mistakes = ()

    @property
    def placeholder(self) -> str:
        """What kind of number is asked for."""
        return said("a number, within {:g}", self.within) if self.within else said("a whole number")

    @property
    def asks(self) -> str:
        return said("{}, and its unit" if self.within else "{} and its unit", self.placeholder)

    def answer_in_words(self, tables: Tables) -> str:
        number, unit = shown(self.answer(tables)), said(self.unit)
        return said("{} {}", number, unit) + tolerance(self.within)

    @property
    def _is_amount(self):
        return self.unit in SIZES and SIZES[self.unit].of in OF_WORDS.values()

    def slips(self, tables: Tables) -> list[Slip]:
        wrong = ((number(tables), reply) for number, reply in self.mistakes)
        return [
            Slip({"typed": f"{number:.6f}", "unit": self.unit}, shown(number), said(reply))
            for number, reply in wrong
        ]

    def judge(self, given: dict, tables: Tables) -> Judgement:
        text, named = unit_apart(given.get("typed") or "")
        typed, unit = read_amount(text), given.get("unit") or named
        if named not in ("", unit):
            return Judgement(None, said(TWO_UNITS, said(named), said(unit)))
        if typed.number is None:
            return Judgement(None, typed.fault)
        if (typed.of or typed.power is not None) and not self._is_amount:
            return Judgement(None, said(ALONE))
        if self._is_amount and (typed.of or unit in SIZES):
            return self._judge_amount(typed, unit, tables)
        judged = compared(typed.number, self, tables)
        if not judged.right and typed.power is None:
            return judged
        if not unit:
            return Judgement(None, said("Choose a unit, too."))
        if unit != self.unit:
            return Judgement(False, said(UNIT_SLIPS.get((self.unit, unit), OTHER_UNIT), said(unit)))
        return self._right(tables)

    def _judge_amount(self, typed: Typed, unit: str | None, tables: Tables) -> Judgement:
        """Judge an amount whose unit is typed or chosen; the word for a scale goes before both."""
        chosen, own = SIZES.get(unit), SIZES[self.unit]
        if typed.of not in ("", own.of):
            return Judgement(False, said(OTHER_UNIT, said(typed.of)))
        if unit and (chosen is None or chosen.of != own.of):
            return Judgement(False, said(OTHER_UNIT, said(unit)))
        power = typed.power if typed.power is not None else chosen.power if chosen else 0
        number = typed.number * 10.0 ** (power - own.power)
        judged = compared(number, self, tables)
        if judged.message == said(SIZE):
            read = labels.amount(f"{number:.8f}".rstrip("0").rstrip("."), self.unit)
            return Judgement(False, said(OTHER_SCALE, read))
        return judged if not judged.right else self._right(tables)


TWO_UNITS = "You typed {} and chose {}: which of them is it?"
OTHER_UNIT = (
    "The number fits, its unit does not: look again at what was measured, and whether it can be "
    "in {}."
)


UNIT_SLIPS = {  # by the right unit and the chosen one
    ("%", "percentage points"): (
        "The number fits, its unit does not: a change compared with the start is in %. Percentage "
        "points are the difference of two percentages."
    ),
}


OTHER_SCALE = (
    "The digits fit, the scale does not: your answer reads as {}. 万 is ten thousand, 亿 a hundred "
    "million, a billion a thousand million."
)


@dataclass(frozen=True, kw_only=True)
class Row(Question):
    """A row of a table.

    `among` gives the rows to choose from, `answer` those of them that are right, both as functions
    of Tables. `mistakes`: functions of Tables for rows that are likely to be chosen wrongly, each
    with a reply; to any other row, the reply says how it differs.
    """

    among: Callable[[Tables], pd.DataFrame]
    mistakes: Mistakes = ()

    @property
    def asks(self) -> str:
        return said("a row of the table")

    def rows(self, tables: Tables) -> dict[RowKey, str]:
        """The rows to choose from: what each says, its source, and when that was published."""
        return tables.once(
            ("rows", self.among, i18n.chosen()),
            lambda: {RowKey.of(row): _told(row) for row in self._sorted(tables)},
        )

    def searched(self, tables: Tables) -> dict[RowKey, str]:
        """By row, the text in which a search looks: what it says in both languages."""
        return {
            RowKey.of(row): folded(f"{labels.cited(row, 'en')} {labels.cited(row, 'zh')}")
            for row in self._sorted(tables)
        }

    def _sorted(self, tables):
        return self.among(tables).sort_values(ORDER, kind="stable").itertuples()

    def answer_in_words(self, tables: Tables) -> str:
        return said(" or ").join(labels.cited(row) for row in self.answer(tables).itertuples())

    def in_words(self, typed: Any, tables: Tables) -> str:
        return self.rows(tables).get(typed, "")

    def slips(self, tables: Tables) -> list[Slip]:
        return tables.once(
            ("slips", self.mistakes, i18n.chosen()),
            lambda: [
                Slip({"typed": RowKey.of(row)}, _told(row), said(NOT_THIS, said(reply)))
                for rows, reply in self.mistakes
                for row in rows(tables).itertuples()
            ],
        )

    def judge(self, given: dict, tables: Tables) -> Judgement:
        chosen = given.get("typed")
        if chosen not in self.rows(tables):
            return Judgement(None, said("Choose a row of the list."))
        wanted = [RowKey.of(row) for row in self.answer(tables).itertuples()]
        if chosen in wanted:
            return self._right(tables)
        for slip in self.slips(tables):
            if chosen == slip.given["typed"]:
                return Judgement(False, slip.reply)
        parts = zip(DIFFERENCES, chosen, wanted[0], strict=True)
        difference = next(told for told, one, other in parts if one != other)
        return Judgement(False, said(NOT_THIS, said(difference)))

    def restored(self, kept: Any, tables: Tables) -> RowKey | None:
        """The key that a file has kept, or None if it is that of no row to choose from.

        A file has a key as a list; older files have its parts joined with `|`.
        """
        keys = self.rows(tables)
        return next((key for key in keys if kept in (list(key), "|".join(key))), None)


DIFFERENCES = RowKey(  # what is said of a row that differs in this part first
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


def _told(row):
    """A row to choose from."""
    unknown = pd.isna(row.published)
    date = said("of unknown date") if unknown else said("published {:%Y-%m-%d}", row.published)
    return said("{} ({})", labels.cited(row), date)
