"""Numbers as sources print them: where each stands, its sign, its digits, and what follows it.

    number  = [sign] digits {mark} [unit] {mark}      -2.6%   6001①亿元   1 085.6 万   ４．４％
    sign    = + or - or a dash that stands for it     － ﹣ ‐ ‑ – — −
    digits  = 6001 | 6,001 | 6 001, then perhaps .5   groups of three by a comma or one blank
    mark    = of a footnote, which is no digit        ² ① ⑴ * † [1] (1) 注1
    unit    = % ‰ 个百分点 亿元 万人 µg/m³ …              the unit or counter that follows

- Full-width characters are what they look like; every number is given in plain ones.
- A dash after a number or its unit is that of a range (6%-6.5%), after a Latin letter a hyphen
  (COVID-19), after the same dash punctuation (——); at the head of a text, with a blank behind it,
  that of a list. It is no sign then, nor is a plus after a word (商店+10分钟).
- A common blank joins groups only where a word or unit follows, not %, and no third number stands
  beside: numbers side by side stay two. Thin and no-break blanks are made to join.
- A point with a blank beside it (4. 4%), as texts of PDFs have it, is a decimal point before % and
  words, but not after a year, nor after the number of a list at the head of a text or sentence.
- A number whose separators do not fit (1,11 or 3.0.1) keeps them, so that it equals no value.
"""

import re
from typing import NamedTuple

from .vocabulary import FORMULA_MARKS, NUMBER

MINUS = "-－﹣‐‑‒–—―−"
_THIN = "\u00a0"  # stands for every blank that is made to stand within a number
_FOLDED = str.maketrans(
    "０１２３４５６７８９．﹒％﹪＋﹢［］〔〕【】（）﹙﹚＊" + MINUS + "\u3000\u2009\u202f\u2007\t",
    "0123456789..%%++[][][]()()*" + "-" * len(MINUS) + " " + _THIN * 3 + " ",
)
_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_UNFOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLDED)))}]")
_BLANK = rf"[\ {_THIN}]"
_SQUARE = rf"\[{_BLANK}*注?{_BLANK}*[0-9]{{1,2}}{_BLANK}*\]"
_ROUND = rf"\({_BLANK}*注?{_BLANK}*(?:1[0-9]|[1-9]){_BLANK}*\)"  # (30) may be a figure
_NOTE = r"注[0-9]{1,2}(?!\s*[.,]?\s*\d)"
_RAISED = "²³¹⁰-⁹₀-₉①-⒛⓪-⓿❶-➓㉑-㉟㊱-㊿"
_MARKS = rf"(?:[{_RAISED}]+\)?|[*†‡※]|{_SQUARE}|{_ROUND}|{_NOTE})*"
_COUNTERS = (
    "美元|欧元|港元|日元|元|人次|人|户|家|个月|个|项|位|名|所|座|条|件|台|辆|头|只|吨|公斤|千克|"
    "平方公里|公里|平方米|立方米|米|亩|公顷|千瓦时|度|天|年|月|日|岁|分钟|小时|倍|分|次|张|例|床|篇|种|处"
)
_LONGEST_COUNTER = 4
_LETTERS = r"[A-Za-zµμ°℃㎡][A-Za-zµμ²³°㎡/]*"
_UNIT = re.compile(
    rf"{_MARKS}(?:{_BLANK}?(?P<unit>[%‰]|个?百分点|微克/立方米|"
    rf"[十百千万亿]*(?:{_COUNTERS})(?:/(?:{_COUNTERS}))?|[十百千万亿]+|{_LETTERS}))?{_MARKS}"
)
_WORD = r"[%‰°℃µμ\u3400-\u9fff]"
_ENDED = r"(?![.,]?\d)"  # so ends a number of which nothing is left over
_BROKEN = rf"{_BLANK}?\.{_BLANK}[0-9]+{_ENDED}(?={_MARKS}{_BLANK}?{_WORD}|$)"
_DECIMALS = rf"(?:{_BLANK}?\.[0-9]+{_ENDED}|{_BROKEN}|{_ENDED})"
_WITH_BLANKS = rf"""
    | [1-9][0-9]{{0,2}}(?:{_THIN}[0-9]{{3}})+{_DECIMALS}
    | (?<!\d\ )[1-9][0-9]{{0,2}}(?:\ [0-9]{{3}})+{_DECIMALS}(?={_BLANK}?[^\s\d.,+%‰-]|-)
    | [0-9]+{_BLANK}\.[0-9]+{_ENDED}
    | (?<!^)(?<![。；;：:])(?<![。；;：:]\ )(?!(?:19|20)[0-9]{{2}}[ .])[0-9]+{_BROKEN}
"""


def _tokens(decimals, with_blanks):
    """What finds numbers and marks; only numbers have a group, `joined` if by separators."""
    return re.compile(
        rf"""(?=[0-9(\[注])(?:
            {_SQUARE} | {_ROUND}(?={_BLANK}*[-+]?{_BLANK}*[0-9]) | ^{_BLANK}*(?:{_ROUND} | {_NOTE})
          | (?<![\d.])(?<!\d,)(?:
                (?P<joined>[0-9]{{1,3}}(?:[,，][0-9]{{3}})+{decimals} {with_blanks})
              | (?P<plain>[0-9]+(?:[.,][0-9]+)*)
            )
        )""",
        re.VERBOSE,
    ).search


_NEXT_APART = _tokens(rf"(?:\.[0-9]+)?{_ENDED}", "")
_NEXT = _tokens(_DECIMALS, _WITH_BLANKS)
_HYPHENED = {"-": re.compile("[A-Za-z]"), "+": re.compile(r"\w")}  # what is before no sign
_FIGURE_FIRST = re.compile(
    r"[-+－＋][0-9０-９]+(?:[.．][0-9０-９]+)?[%％‰]?\s*(?:$|[^\x00-\x7f\d＋－＊／＾＆＝＜＞（])"
)
_SEPARATORS = re.compile(rf"[,，\s{_THIN}]")
_PARTED = re.compile(r"\s+(?:[.,．，]|[(（﹙]?\s*注?)\s*\d")
_RANGE = re.compile(r"\ ?[-~～至到]\ ?")
_OF_A_DATE = re.compile("20[0-9]{2}年|(?:1[0-2]|[1-9])月")
_SIMPLE = re.compile(
    r"{0}*([0-9]+(?:\.[0-9]+)?)(?!\ ?[年月]){0}*".format(
        rf"[^\d.,，+(\[注*†‡※{_RAISED}{re.escape(''.join(map(chr, _FOLDED)))}]"
    )
)


class Number(NamedTuple):
    """A printed number: its place in the text, its sign, its plain digits, and its unit.

    It stands from `start`, with its sign, to `end`; `close` is the end of its marks and unit.
    """

    start: int
    end: int
    close: int
    sign: str
    digits: str
    unit: str

    @property
    def value(self) -> str:
        """The number as the column `value` has it: a fall is negative, a rise has no sign."""
        return self.digits if self.sign == "+" else self.sign + self.digits

    @property
    def of_a_date(self) -> bool:
        """Whether it is the year or month of a date, as 2020 in 2020年."""
        return self.unit[:1] in ("年", "月") and bool(_OF_A_DATE.match(self.digits + self.unit))


def numbers(text: str, spaced: bool = True) -> list[Number]:
    """Every number of a text, in order, the years of dates too, the marks of footnotes not.

    `spaced`: whether a blank may stand within a number; not in a text that is `closed`.
    """
    folded = text.translate(_FOLDED) if _UNFOLDED.search(text) else text
    found, at, close, next_token = [], 0, 0, _NEXT if spaced else _NEXT_APART
    while token := next_token(folded, at):
        (start, at), kind = token.span(), token.lastgroup
        if not kind:
            continue
        digits = token[0] if kind == "plain" else _SEPARATORS.sub("", token[0])
        follows = _UNIT.match(folded, at)
        signed = _start(text, folded, start, at, close)
        sign = folded[signed] if signed < start else ""
        if found and not found[-1].unit and _RANGE.fullmatch(folded, close, start):
            found[-1] = found[-1]._replace(unit=follows["unit"] or "")  # said once, at its end
        close = follows.end()
        found.append(Number(signed, at, close, sign, digits, follows["unit"] or ""))
        at = close
    return found


def _start(text, folded, start, end, close):
    """Where a number starts: at its sign, if it has one; `close`: where the one before ends."""
    at = start - 2 if start and folded[start - 1] in (" ", _THIN) else start - 1
    if at < close or folded[at] not in "+-":
        return start
    blank, counter = at < start - 1, folded[close:at].strip()
    ranged = close and (blank or close == at)
    if close and counter:  # perhaps one that is not listed, as in 3箱-4箱
        ranged = len(counter) <= _LONGEST_COUNTER and folded[end:].lstrip().startswith(counter)
    hyphen = at and (_HYPHENED[folded[at]].match(text, at - 1) or text[at - 1] == text[at])
    listed = blank and text[at] in "-–—" or folded[end:].strip() == "-"  # or a page number
    listed = listed and not folded[:at].strip()
    return start if ranged or hyphen or listed else at


def simple_number(text: str) -> str:
    """The digits of the one number of a text without any sign, mark or date, or "".

    It is quick, and `numbers` says the same.
    """
    simple = _SIMPLE.fullmatch(text)
    return simple[1] if simple else ""


def closed(text: str) -> str:
    """A text without white space, but for what keeps numbers from running together or a sign.

    Its numbers stand in plain characters, without blanks: they are the same, read not `spaced`.
    """
    parts, end = "", 0
    for number in numbers(text):
        parts += _gap(text, end, number.start)
        printed = "".join(text[number.start : number.end].translate(_FOLDED).split())
        for blanks in ("", " ", "  "):  # as few as leave it the same number
            *_, last = [number, *numbers(parts + blanks + printed, spaced=False)]
            if last.start == len(parts + blanks) and last[3:5] == number[3:5]:
                break
        parts, end = parts + blanks + printed, number.end
    return parts + _gap(text, end, len(text))


def _gap(text, start, end):
    """What stands between two numbers, without white space, but for one that parts them."""
    parted = " " * bool(start and _PARTED.match(text, start))
    return parted + "".join(text[start:end].split()).translate(_NARROW)


def lone_number(text: str) -> tuple[Number | None, str]:
    """The number that a cell or field begins with, or None, and what follows its digits.

    Where one number is asked for, a blank joins its groups and may follow its sign.
    """
    text = re.sub(rf"^([{MINUS}+＋])\s+", r"\1", text.strip()).replace(" ", _THIN)
    first = next(iter(numbers(text)), None)
    return (first, text[first.end :]) if first and not first.start else (None, text)


def plain_number(text: str) -> str:
    """The plain form of a text that is one number, as -2.6 of `－2.6％`, or "" if it is none.

    Per cent and the marks of a footnote may follow it, but no other unit.
    """
    number, rest = lone_number(text)
    alone = number and number.unit in ("", "%", "‰") and number.close == number.end + len(rest)
    return number.value if alone and re.fullmatch(NUMBER, number.value) else ""


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may run a text as a formula.

    It runs no number with its sign, alone or with words behind it, as in -2.6%的增速.
    """
    return bool(text) and text[0] in FORMULA_MARKS and not _FIGURE_FIRST.match(text)
