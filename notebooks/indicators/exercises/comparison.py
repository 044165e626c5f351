"""Numbers as people write them, and how a found number is compared with the wanted one."""

import math
import re
import unicodedata
from collections.abc import Iterable
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

from ..data.printed_numbers import lone_number
from .wording import listed, said

FACTORS = [10.0**power for power in (-4, -3, -2, -1, 1, 2, 3, 4)]  # mistakes of unit or per cent
ROUNDING = 1e-9  # of floating-point arithmetic
SHOWN_CHARACTERS = 40  # of what was typed, in a message


# a number whose thousands are parted by commas
_WITH_COMMAS = re.compile(r"\D?\s*[1-9１-９]\d{0,2}([,，]\d{3})+([.．]\d*)?")


ALONE = "Type one number, and nothing else but its unit; or choose the unit beside it."
POINT = (
    "Write a point before decimals, as in 2153.3; a comma stands between thousands only, as in "
    "2,153.3."
)
# Commas, and marks of Chinese writing, which may stand before decimals
_OTHER_POINT = re.compile(r"[,，]|\d\s*[。·点]\s*\d")


class Judgement(NamedTuple):
    """Whether an answer is right (None: there is nothing to judge yet), and what is said of it."""

    right: bool | None
    message: str


def folded(text: str) -> str:
    """A text for comparison: without capitals, full-width digits and letters made ordinary."""
    return unicodedata.normalize("NFKC", text).casefold()


def read_number(typed: str) -> tuple[float | None, str]:
    """The number that was typed and "", or None and what is wrong with it.

    Signs and digits may be typographic or full-width, and blanks or commas may part thousands; any
    other comma is refused, since it may stand before decimals, as 。 or 点 may.
    """
    if not typed.strip():
        return None, said("Type a number.")
    if _WITH_COMMAS.fullmatch(typed.strip()):
        typed = re.sub("[,，]", "", typed)
    number, rest = lone_number(re.sub(r"(?<!\d)(?=[.．]\d)", "0", typed))  # as in .5
    rest = rest.strip().removeprefix(".")
    if number and _OTHER_POINT.search(typed):
        return None, said(POINT)
    if number and not rest and re.fullmatch(r"\d+(\.\d+)?", number.digits):
        if math.isinf(found := float(number.value)):
            return None, said("The number is too large.")
        return found, ""
    if number and rest and not re.match(r"[\d.]", rest):
        return None, said(ALONE)
    return None, said("{!r} is not a number such as 7.2 or -3.", typed.strip()[:SHOWN_CHARACTERS])


def shown(number: float) -> str:
    """A number in words: thousands separated, up to four decimals."""
    text = f"{round(number, 4) + 0.0:,.4f}"  # zero has no sign
    return text.rstrip("0").rstrip(".").replace("-", "−")


def tolerance(within: float) -> str:
    """A tolerance in brackets, to follow a number; "" for none."""
    return said(" (within {:g})", within) if within else ""


def compare(
    found: float, wanted: float, within: float, mistakes: Iterable[tuple[float, str]] = ()
) -> Judgement:
    """Judge a number: right if it differs from `wanted` by `within` at most.

    `mistakes`: numbers that a known mistake gives, each with its message; one that is read off a
    chart may be a hundredth off, unless `within` is 0. The message to any other wrong number says
    what kind of difference it has; that to a right one is empty.
    """

    def near(number, target, most=within):
        return abs(number - target) <= most + ROUNDING

    if not math.isfinite(found):
        return Judgement(False, said(NOT_FINITE))
    if near(found, wanted):
        return Judgement(True, "")
    for wrong, message in mistakes:
        if near(found, wrong, within and max(within, abs(wrong) / 100)):
            return Judgement(False, message)
    if near(-found, wanted):
        return Judgement(False, said(SIGN))
    hundredth = abs(wanted) / 100
    if any(near(found * by, wanted, min(within * max(by, 1), hundredth)) for by in FACTORS):
        return Judgement(False, said(SIZE))
    if near(found, wanted, abs(wanted) / 20):
        asked = said("within {:g}", within) if within else said("right")
        return Judgement(False, said(CLOSE_TO_IT, asked))
    return Judgement(False, said("Not this one."))


NOT_FINITE = (
    "That is not a number: something that you computed with is missing, or you divided by zero."
)
SIGN = "The size fits, the sign does not: is it a rise or a fall, above or below?"
SIZE = (
    "The digits fit, the size does not: look at the unit, or at whether you have made per cent of "
    "it."
)
CLOSE_TO_IT = "Close, but not {}: take the printed figures, and round at the end only."


def by_year(numbers: Any) -> list[tuple[str, Any]]:
    """The years of a Series or a mapping, each with its number, as often as it stands there."""
    given = [
        (str(year), number)
        for year, number in numbers.items()
        if not (pd.api.types.is_scalar(number) and pd.isna(number))
    ]
    return sorted(given, key=lambda each: each[0])


def compare_years(
    found: object,
    wanted: pd.Series,
    within: float,
    mistakes: Iterable[tuple[pd.Series, str]] = (),
) -> Judgement:
    """Judge numbers by year, a Series or a mapping; the message names the years that differ.

    `mistakes`: the Series that a known mistake gives, each with its message.
    """
    if not isinstance(found, pd.Series | dict):
        kind = type(found).__name__
        asked = "answer is a {}, and a Series with a number for each year is asked for."
        return Judgement(False, said(asked, kind))

    def near(number, other):
        return isinstance(number, Real) and abs(number - other) <= within + ROUNDING

    given = by_year(found)
    for wrong, message in mistakes:
        others = by_year(wrong)
        if [year for year, _ in given] == [year for year, _ in others] and all(
            near(number, other) for (_, number), (_, other) in zip(given, others, strict=True)
        ):
            return Judgement(False, message)
    years, numbers = [year for year, _ in given], dict(given)
    differences = [
        said(problem, said(", ").join(dict.fromkeys(differing)))
        for problem, differing in (
            ("no number for {}", [year for year in wanted.index if year not in numbers]),
            ("one too many for {}", [year for year in years if year not in wanted.index]),
            ("more than one number for {}", [year for year in years if years.count(year) > 1]),
        )
        if differing
    ]
    if differences:
        return Judgement(False, said("The years differ: {}.", listed(differences)))
    wrong = [year for year, number in wanted.items() if not near(numbers[year], number)]
    return Judgement(not wrong, said("Not right for {}.", said(", ").join(wrong)))
