"""What a source printed beside what the row says of it."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from .columns import Table, combined
from .printed_numbers import MINUS, Number, numbers, simple_number

FELL = re.compile(
    r"降|减|负|跌|缩|回落|收窄|下滑|下调|走低|低于|[低少]\s*[0-9]|[↓▼]|"
    r"下挫|下行|滑坡|衰退|贬值|回调|走弱|下浮|逆增长|"
    r"\b(fell|fall|declin|decreas|drop|down|reduc|lower|minus|negative|less|contract(ed|ing|ion))|"
    r"△\s*\d|^\s*[(（]\s*\d[^()（），。]*[)）]\s*$|^\s*[-–—]\s+\d",  # in some tables; or a list
    re.IGNORECASE,
)
# The last such word before a number says which way it went, unless the number is where it went to.
DIRECTION = re.compile(
    r"(?:(?:[降跌减]幅\w{0,4}?(?:收窄|缩小|回落|扩大)|止跌|扭亏|由负转正|"
    r"增减|升降|涨跌)|"  # this or that way
    r"(?P<fell>负增长|逆增长|下降|降低|降幅|减少|减幅|下跌|跌幅|下滑|下调|回落|收窄|缩[小短减]|萎缩|削减|压减|"
    r"走低|下挫|下行(?!压力)|滑坡|衰退|贬值|回调|走弱|下浮|"
    r"[降跌减低少负缩↓▼](?=\s*$)|"
    r"\b(?:fell|fall\w*|declin\w*|decreas\w*|dropp?\w*|shr[aiu]nk\w*|contract(?:ed|ing|ion)))|"
    r"(?P<rose>增(?!加值|速|幅|量)|升(?!级|学)|提高|涨(?!幅)|上调|扩大|↑|▲|"
    r"\b(?:rose|ris(?:e|es|en|ing)|gr[eo]w\w*|increas\w*|gain\w*|climb\w*)))"
    r"(?!\s*(?:[至到为]|to\b))",
    re.IGNORECASE,
)
_CLAUSE = re.compile("[，。；、,;]")
_AND = re.compile(rf"\s*(?:[{MINUS}~～至到、和及与]|以及)\s*")  # more with the same word
_NAME = re.compile(r"[A-Za-z第图表]$")  # before a number that is part of a name, as PM2.5
_YEAR = re.compile("20[0-9]{2}")
LIMITED = re.compile("以内|(?<!岁)以下|左右|突破|超过")  # 3岁以下 is an age in a name
AVERAGE = re.compile("年均增")
IN_OTHER_WORDS = ("Printed in words", "stored in")  # in a note


def not_as_printed(table: Table, amount: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which values do not stand in what was printed, and which stand there with another sign.

    A note may say why the digits are others. An `amount` cannot fall, so that no word says whether
    it did, but a minus at its digits is a minus.
    """
    value, printed = table["value"], table["as_printed"]
    texts, pairs = printed.values, combined([value, printed])
    simple, signed = list(map(simple_number, texts)), set(pairs[~amount].tolist())
    missing, of_other_sign, minus = [], [], []
    for pair in pd.unique(pairs).tolist():
        at, code = divmod(pair, len(texts))
        figure, text = value.values[at], texts[code]
        if figure == simple[code] and not (pair in signed and FELL.search(text)):
            continue
        there = [each for each in numbers(text) if not each.of_a_date]
        same = [each for each in there if each.digits == figure.lstrip("-")]
        if not same:
            missing.append(pair)
        if pair in signed and not _agrees(figure, text, same or there):
            of_other_sign.append(pair)
        if same and same[0].sign and figure[0] != "-" and _minus(text, same):
            minus.append(pair)
    here = ~table["note"].each(lambda note: any(words in note for words in IN_OTHER_WORDS))
    absent = here & _among(pairs, missing)
    return absent, np.where(amount, _among(pairs, minus), _among(pairs, of_other_sign)) & ~absent


def _among(pairs, some):
    return pd.Index(pairs).isin(some) if some else np.zeros(len(pairs), bool)


def _minus(text: str, printed: list[Number]) -> bool:
    """Whether a minus stands right before the digits of each of these numbers."""
    return all(each.sign == "-" and not text[each.start + 1].isspace() for each in printed)


def _agrees(figure: str, text: str, printed: list[Number]) -> bool:
    """Whether a figure may have its sign: one of these numbers has it, by a sign or by words."""
    if not figure.strip("-0."):
        return True
    sign = "-" if figure.startswith("-") else "+"
    signs = [may for each, may in _signs(text) if each in printed]
    return sign in "".join(signs or ["+-" if FELL.search(text) else "+"])


def _signs(text: str) -> Iterator[tuple[Number, str]]:
    """Each number of a text with the signs that it may have, by its sign or by the words before it.

    A word counts within its clause and for the next number, or for numbers that `_AND` joins; if
    one stands elsewhere only, the sign is open.
    """
    fell, end, said = bool(FELL.search(text)), 0, ""
    for number in numbers(text):
        before = text[end : number.start]
        if not (said and _AND.fullmatch(before)):
            words = [word.lastgroup for word in DIRECTION.finditer(_CLAUSE.split(before)[-1])]
            said = {"fell": "-", "rose": "+"}.get(words[-1], "+-") if words else "+-"
        yield number, number.sign or (said if fell else "+")
        year = number.of_a_date or (number.unit.isascii() and _YEAR.fullmatch(number.digits))
        if not (year or _NAME.search(text[: number.start])):
            end = number.close  # its words are used up


def says(table: Table, found: Callable[[str], object], rows: np.ndarray) -> np.ndarray:
    """In which of these rows something is found in what was printed."""
    values, codes = table["as_printed"].values, table["as_printed"].codes
    truth = np.zeros(len(values), bool)
    for code in np.unique(codes[rows]):
        truth[code] = bool(found(values[code]))
    return rows & truth[codes]
