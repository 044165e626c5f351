"""Amounts in words and as heights: English moves the decimal point, Chinese says what was printed.

The point is moved exactly: no printed digit is lost or rounded, and none is added.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..i18n import WORDS, chosen, unit
from ..i18n.units import SCALES, UNITS, around, known

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ALONE = ("count", "index")  # how units begin that are not said beside their numbers


def amount(printed: str, of: str, language: str | None = None) -> str:
    """A number with its unit `of` in words, as `CNY 600.1 billion`, `6%` or `rank 31`; `6001亿元`.

    English says amounts of units such as 10,000 persons in the largest of thousand, million,
    billion and trillion that fits. Zeros left of the printed point may go, as in CNY 850 billion
    for 8500. A number that falls keeps its minus sign.
    """
    return amount_with_ends(printed, (), of, language)[0]


def amount_with_ends(
    printed: str, ends: Iterable[str], of: str, language: str | None = None
) -> list[str]:
    """An `amount`, then the ends of its range at the same scale, without their unit."""
    texts, power = [text.replace("-", "−") for text in (printed, *ends)], 0
    if chosen(language) == "en":
        own = known(of).power
        power = _fitting(texts, own)
        texts = moved(texts, own - power)
    return [_with_unit(texts[0], of, power, language), *texts[1:]]


def _with_unit(number: str, of: str, power: int, language: str | None) -> str:
    """A number at the scale of `power` with its unit; a sign stands before the currency."""
    if of == "%":
        return f"{number}%"
    if of.startswith(_ALONE):
        return number
    if of in ("rank", "ratio"):
        return WORDS[chosen(language)]["forms"][of].format(number)
    if of in UNITS and chosen(language) == "en":
        sign = number[: number[0] in "−+"]
        return sign + around(of, number.removeprefix(sign), power)
    said = unit(of, language)
    between = "" if of in UNITS else " × " if said[0].isdigit() else " "
    return number + between + said


def _fitting(texts: Sequence[str], own: int) -> int:
    """The power of the word at which texts of a unit with the power `own` are said.

    The largest of `SCALES` that fits the first number that is not zero.
    """
    numbers = map(Decimal, _NUMBER.findall("\n".join(texts)))
    size = next((number.adjusted() + own for number in numbers if number), 0)
    return next((power for power in SCALES if power <= size), 0) if own else 0


def moved(texts: Sequence[str], by: int, parted: bool = True) -> list[str]:
    """Texts whose numbers have their point moved `by` places to the right, thousands parted.

    Zeros at the end that stood left of every point are places, and go where all numbers have them.
    """
    numbers = _NUMBER.findall("\n".join(texts))
    written = [_written(number, by, parted) for number in numbers]
    if not any("." in number for number in numbers):
        fractions = [text.partition(".")[2] for text in written if "." in text]
        kept = max((len(digits.rstrip("0")) for digits in fractions), default=0)
        written = [_with_decimals(text, kept) for text in written]
    following = iter(written)
    return [_NUMBER.sub(lambda _: next(following), text) for text in texts]


def _written(number: str, by: int, parted: bool) -> str:
    """A number with its point moved; zero, which has no digits to move, as it is."""
    _, digits, exponent = Decimal(number).as_tuple()
    exact = Decimal((0, digits, exponent + by if any(digits) else exponent))
    return f"{exact:,f}" if parted else f"{exact:f}"


def _with_decimals(text: str, most: int) -> str:
    whole, point, digits = text.partition(".")
    return f"{whole}{point}{digits[:most]}".rstrip(".")


def in_panel(printed: str, of: str, language: str | None = None, parted: bool = True) -> str:
    """A printed number as the panel of its unit counts it, without the unit, as `600.1`."""
    printed = printed.replace("-", "−")
    return moved([printed], _step(of), parted)[0] if chosen(language) == "en" else printed


def height(number: float, of: str, language: str | None = None) -> float:
    """A number in the unit `of` as the panel of that unit counts it; NaN stays NaN."""
    return _times_ten(number, _step(of) if chosen(language) == "en" else 0)


def plain(number: float, of: str) -> float:
    """A number in the unit `of` in that unit without its power: 6001 (100 million CNY) in CNY."""
    return _times_ten(number, known(of).power)


def _step(of: str) -> int:
    """How many places the point moves from the codebook to the panels of English charts."""
    return known(of).power - known(of).panel


def _times_ten(number: float, power: int) -> float:
    """A number times ten to a power, as the float nearest to its digits."""
    return float(Decimal(repr(float(number))).scaleb(power))
