"""Kinds of questions: what is asked for, and how an answer is judged.

Every right answer is computed from the table when it is asked for, so it is written nowhere and stays right when the table changes.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from numbers import Real
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import data, growth, labels

IDENTITY = [
    "indicator",
    "place",
    "measure",
    "period",
    "status",
    "bound",
    "scope",
    "source",
]  # the key of a row
UNITS = [
    "%",
    "percentage points",
    "index points",
    "CNY",
    "10,000 CNY",
    "100 million CNY",
    "µg/m³",
    "10,000 persons",
    "years",
    "figures",
    "targets",
]
FACTORS = [10.0**power for power in (-4, -3, -2, -1, 1, 2, 3, 4)]


class Judgement(NamedTuple):
    """Whether an answer is right (None: there is nothing to judge yet), and what is said about it."""

    right: bool | None
    said: str


class Tables:
    """What answers are computed from: `every` printed figure (as from `data.load`), the `drawn` ones, those of the `city`, its judged `targets`."""

    def __init__(self, every):
        self.every = every

    @cached_property
    def drawn(self):
        return data.latest(self.every)

    @cached_property
    def city(self):
        return self.drawn[self.drawn["place"] == "shaoxing"]

    @cached_property
    def targets(self):
        return growth.with_latest(self.city, growth.verdicts(self.city))


@dataclass(frozen=True, kw_only=True)
class Question:
    """What all kinds share. `answer` and `because` are functions of `Tables`; `because` says in a sentence how the answer follows.

    `hints` are shown one by one. With `argument`, a model for the lecturer's key, a reason is asked for as well, kept, and not judged.
    """

    answer: Callable
    because: Callable
    hints: tuple
    argument: str = ""

    def _right(self, tables):
        return Judgement(True, f"Right. {self.because(tables)}")


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number `within` a tolerance and its `unit`. `mistakes`: functions of `Tables` for numbers that a known mistake gives, each with a reply."""

    unit: str
    within: float
    mistakes: tuple = ()

    @property
    def asks(self):
        return f"{self.typed} and its unit"

    @property
    def typed(self):
        return f"a number, within {self.within:g}," if self.within else "a whole number"

    def told(self, tables):
        """The right answer in words."""
        return f"{_shown(self.answer(tables))} {self.unit}{_tolerance(self.within)}"

    def judge(self, given, tables):
        """Judge `{"typed": text, "unit": unit}`."""
        number, fault = _number(given.get("typed") or "")
        if fault:
            return Judgement(None, fault)
        judged = _compared(
            number,
            self.answer(tables),
            self.within,
            [(wrong(tables), said) for wrong, said in self.mistakes],
        )
        if not judged.right:
            return judged
        if not given.get("unit"):
            return Judgement(None, "Choose a unit, too.")
        if given["unit"] != self.unit:
            return Judgement(
                False,
                f"The number fits, its unit does not: look again at what was measured, and whether it can be in {given['unit']}.",
            )
        return self._right(tables)


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of several sentences. `options`: a name for each, with the sentence and the reply if it is chosen wrongly; `answer` gives the name."""

    options: dict

    @property
    def asks(self):
        return "one of these:\n\n" + "\n".join(
            f"- {sentence}" for sentence, _ in self.options.values()
        )

    def told(self, tables):
        """The right answer in words."""
        return self.options[self.answer(tables)][0]

    def judge(self, given, tables):
        """Judge `{"typed": name of an option}`."""
        chosen = given.get("typed")
        if chosen not in self.options:
            return Judgement(None, "Choose one of the sentences.")
        return (
            self._right(tables)
            if chosen == self.answer(tables)
            else Judgement(False, f"Not this one. {self.options[chosen][1]}")
        )


@dataclass(frozen=True, kw_only=True)
class Row(Question):
    """A row of the table. `among`: the rows to choose from, as a function of `Tables`; `answer` gives those of them that are right."""

    among: Callable

    @property
    def asks(self):
        return "a row of the table"

    def rows(self, tables):
        """The rows to choose from: what each says, and when its source was published, by its key as one text."""
        return {
            identity(row): f"{labels.cited(row)}{_published(row)}" for row in self._sorted(tables)
        }

    def searched(self, tables):
        """What a search among the rows looks at, in both languages, by the key of the row."""
        return {
            identity(row): plain(f"{labels.cited(row)} {labels.cited(row, 'zh')}")
            for row in self._sorted(tables)
        }

    def _sorted(self, tables):
        return (
            self.among(tables)
            .sort_values(["indicator", "place", "period", "source"], kind="stable")
            .itertuples()
        )

    def told(self, tables):
        """The right answer in words."""
        return " or ".join(labels.cited(row) for row in self.answer(tables).itertuples())

    def judge(self, given, tables):
        """Judge `{"typed": key of a row}`."""
        chosen = given.get("typed")
        if chosen not in self.rows(tables):
            return Judgement(None, "Choose a row of the list.")
        wanted = [identity(row) for row in self.answer(tables).itertuples()]
        if chosen in wanted:
            return self._right(tables)
        apart = next(
            column
            for column, *both in zip(IDENTITY, chosen.split("|"), wanted[0].split("|"), strict=True)
            if both[0] != both[1]
        )
        return Judgement(False, f"Not this one. {OTHER[apart]}")


OTHER = {
    "indicator": "It is a figure of another indicator.",
    "place": "It is a figure of another place.",
    "measure": "It is another kind of figure: compare level, growth rate, average, total, change and share.",
    "period": "It is for another year.",
    "status": "Look at what it is: an outcome, an expected outcome or a target.",
    "bound": "Look at how the number was printed: exactly, or as a bound.",
    "scope": "It is counted on another basis.",
    "source": "It was printed in another source, or at another time.",
}


@dataclass(frozen=True, kw_only=True)
class Code(Question):
    """What two lines of code compute: a number `within` a tolerance, or a Series of numbers by year."""

    within: float
    mistakes: tuple = ()

    @property
    def asks(self):
        return "two lines of your own in place of `...`"

    def told(self, tables):
        """The right answer in words."""
        wanted = self.answer(tables)
        if not isinstance(wanted, pd.Series):
            return f"{_shown(wanted)}{_tolerance(self.within)}"
        return "; ".join(f"{year}: {_shown(number)}" for year, number in wanted.items())

    def judge(self, found, tables):
        """Judge an object of Python; `...` stands for no answer yet."""
        if found is ...:
            return Judgement(None, "Put two lines of your own in place of ... and run the cell.")
        wanted = self.answer(tables)
        if isinstance(wanted, pd.Series):
            judged = _series(found, wanted, self.within)
        elif isinstance(found, Real | np.generic) and not isinstance(
            found, bool | np.bool_ | np.str_
        ):
            judged = _compared(
                float(found),
                wanted,
                self.within,
                [(wrong(tables), said) for wrong, said in self.mistakes],
            )
        else:
            judged = Judgement(
                False, f"answer is a {type(found).__name__}, and a single number is asked for."
            )
        return self._right(tables) if judged.right else judged


def identity(row):
    """The key of a row as one text."""
    return "|".join(
        "" if pd.isna(getattr(row, column)) else str(getattr(row, column)) for column in IDENTITY
    )


def plain(text):
    """A text as it is compared: without capitals, and with the digits and letters of a Western keyboard."""
    return unicodedata.normalize("NFKC", text).casefold()


def _published(row):
    return "" if row.published != row.published else f" (published {row.published:%Y-%m-%d})"


def _number(typed):
    """The number that was typed, and what is wrong with it, if anything."""
    text = unicodedata.normalize("NFKC", typed).replace("−", "-").replace("–", "-").strip()
    if not text:
        return None, "Type a number."
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text):
        return float(text), None
    if re.fullmatch(r"[+-]?\d+(,\d+)+(\.\d*)?", text):
        return (
            None,
            "Write the number without a comma: 2153.3 has a point before its decimals and no separator of thousands.",
        )
    if re.match(r"[+-]?[\d.]+\s*[^\d\s.,]", text):
        return None, "Type the number alone; its unit is chosen beside it."
    return None, f"{typed.strip()[:40]!r} is not a number such as 7.2 or -3."


def _shown(number):
    """A number with up to four digits after the point."""
    return f"{number:,.4f}".rstrip("0").rstrip(".").replace("-", "−")


def _tolerance(within):
    return f" (within {within:g})" if within else ""


def _compared(found, wanted, within, mistakes):
    """Judge a number; without a match among the known mistakes, say what kind of difference it has."""

    def near(number, target, tolerance=within):
        return abs(number - target) <= tolerance + 1e-9

    if not math.isfinite(found):
        return Judgement(
            False,
            "That is not a number: something that you computed with is missing, or you divided by zero.",
        )
    if near(found, wanted):
        return Judgement(True, "")
    for wrong, said in mistakes:
        if near(found, wrong):
            return Judgement(False, said)
    if near(-found, wanted):
        return Judgement(
            False, "The size fits, the sign does not: is it a rise or a fall, above or below?"
        )
    if any(
        near(found * factor, wanted, min(within * max(factor, 1), abs(wanted) / 100))
        for factor in FACTORS
    ):
        return Judgement(
            False,
            "The digits fit, the size does not: look at the unit, or at whether you have made per cent of it.",
        )
    if near(found, wanted, abs(wanted) / 20):
        return Judgement(
            False,
            f"Close, but not {f'within {within:g}' if within else 'right'}: take the printed figures, and round at the end only.",
        )
    return Judgement(False, "Not this one.")


def _series(found, wanted, within):
    """Judge numbers by year: a Series or a mapping."""
    if not isinstance(found, pd.Series | dict):
        return Judgement(
            False,
            f"answer is a {type(found).__name__}, and a Series with a number for each year is asked for.",
        )
    given = {str(year): number for year, number in dict(found).items() if pd.notna(number)}
    missing, more = (
        [year for year in wanted.index if year not in given],
        [year for year in given if year not in wanted.index],
    )
    if missing or more:
        said = [f"no number for {', '.join(missing)}"] * bool(missing) + [
            f"one too many for {', '.join(more)}"
        ] * bool(more)
        return Judgement(False, f"The years differ: {'; '.join(said)}.")
    wrong = [
        year
        for year, number in wanted.items()
        if not (isinstance(given[year], Real) and abs(given[year] - number) <= within + 1e-9)
    ]
    return Judgement(not wrong, f"Not right for {', '.join(wrong)}.")
