"""What a source printed beside what the row says of it."""

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd

from .columns import Table, combined

PRINTED = re.compile(r"(?<![0-9.,])[0-9]+(?:[.,][0-9]+)*(?![0-9])(?!(?<=20[0-9]{2})年)")
THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
FELL = re.compile(
    r"降|减|负|跌|缩|"
    r"\b(fell|fall|declin|decreas|drop|down|reduc|lower|minus|negative|less)",
    re.IGNORECASE,
)
MINUS = re.compile(r"(?<![0-9A-Za-z.])[-−–][0-9]")
LIMITED = re.compile("以内|以下|左右|突破|超过")
AVERAGE = re.compile("年均增")
IN_OTHER_WORDS = ("Printed in words", "stored in")  # in a note


def not_as_printed(table: Table) -> np.ndarray:
    """Which values do not stand in what was printed, unless the note says why."""
    value, printed = table["value"], table["as_printed"]
    pairs = combined([value, printed])
    here = ~table["note"].each(lambda note: any(words in note for words in IN_OTHER_WORDS))
    figures = [text.lstrip("-") for text in value.values]
    numbers = list(map(_numbers, printed.values))
    asked = ((pair, *divmod(pair, len(numbers))) for pair in pd.unique(pairs[here]).tolist())
    wrong = [pair for pair, figure, text in asked if figures[figure] not in numbers[text]]
    return here & pd.Index(pairs).isin(wrong)


def _numbers(text):
    """The numbers in a text, without separators of thousands; a year is none."""
    text = text.replace("…", " ")
    text = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    return [
        re.sub(",(?=[0-9]{3})", "", number) if THOUSANDS.fullmatch(number) else number
        for number in PRINTED.findall(text)
    ]


def says(table: Table, found: Callable[[str], object], rows: np.ndarray) -> np.ndarray:
    """In which of these rows something is found in what was printed."""
    values, codes = table["as_printed"].values, table["as_printed"].codes
    truth = np.zeros(len(values), bool)
    for code in np.unique(codes[rows]):
        truth[code] = bool(found(values[code]))
    return rows & truth[codes]


def of_other_sign(table: Table, value: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Which rates are below zero where no word says so, or above where a minus was printed."""
    fell, minus = says(table, FELL.search, rate), says(table, MINUS.search, rate)
    return rate & np.where(value < 0, ~(fell | minus), minus & ~fell & (value > 0))
