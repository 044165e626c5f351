"""Numbers as people type them: with their unit, a word for their scale and a currency, or plain."""

import re
from typing import NamedTuple

from .. import i18n
from ..i18n.units import UNITS, around
from .comparison import folded, read_number

SCALE_WORDS = {
    **{"thousand": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12},
    **{"千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "千亿": 11, "万亿": 12},
}
OF_WORDS = {  # what an amount is of
    **dict.fromkeys(("cny", "rmb", "yuan", "¥", "元", "人民币", "元人民币"), "CNY"),
    **dict.fromkeys(("usd", "us$", "$", "美元"), "USD"),
    **dict.fromkeys(("people", "persons", "人"), "people"),
}


UNIT_WORDS = {  # of units that are no amounts
    **dict.fromkeys(("%", "per cent", "percent"), "%"),
    **dict.fromkeys(("percentage points", "pp", "个百分点", "百分点"), "percentage points"),
    **dict.fromkeys(("µg/m³", "ug/m3", "微克/立方米", "微克每立方米"), "µg/m³"),
    **dict.fromkeys(("years", "year", "年", "个年份"), "years"),
}


class Size(NamedTuple):
    """What a unit counts, as `CNY`, and its power of ten."""

    of: str
    power: int


# By the name in the codebook, and by that at the scale of panels: 100 million CNY, CNY billion
SIZES = {name: Size(around(name, "", 0), unit.power) for name, unit in UNITS.items()}
SIZES |= {
    i18n.unit(name, "en"): Size(around(name, "", 0), unit.panel) for name, unit in UNITS.items()
}


class Typed(NamedTuple):
    """A number, the power of ten of the word behind it (or None), what it is of, and its fault."""

    number: float | None
    power: int | None = None
    of: str = ""
    fault: str = ""


def _one_of(words):
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_OF, _SCALE_WORD = _one_of(OF_WORDS), _one_of(SCALE_WORDS)
_WITH_UNIT = re.compile(rf"(?P<number>.*[\d.])\s*(?P<unit>{_one_of(map(folded, UNIT_WORDS))})")
_AMOUNT = re.compile(
    rf"(?P<sign>[-−–‑+]?)\s*(?P<before>{_OF})?\s*(?P<number>[-−–‑+]?\s*[\d.][\d.,\s]*?)"
    rf"\s*(?P<scale>{_SCALE_WORD})?\s*(?P<after>{_OF})?"
)


def _written(typed):
    """What was typed, for comparison: 负 is a minus, and a full stop at the end says nothing."""
    return re.sub("^负", "-", folded(typed).strip().removesuffix("。"))


def read_amount(typed: str) -> Typed:
    """What was typed, as `600.1 billion`, `CNY 600.1 billion`, `6001 亿元` or `6,001`."""
    found = _AMOUNT.fullmatch(_written(typed))
    named = {OF_WORDS[word] for word in found.group("before", "after") if word} if found else ()
    if not found or len(named) > 1:
        number, fault = read_number(typed)
        return Typed(number, fault=fault)
    number, fault = read_number(found["sign"] + found["number"])
    return Typed(number, SCALE_WORDS.get(found["scale"]), next(iter(named), ""), fault)


def unit_apart(typed: str) -> tuple[str, str]:
    """What was typed without its unit, and that unit by its name, or "": `-3 ug/m3`, `8.4 %`."""
    found = _WITH_UNIT.fullmatch(_written(typed))
    if not found:
        return typed, ""
    units = {folded(word): unit for word, unit in UNIT_WORDS.items()}
    return found["number"], units[found["unit"]]
