"""Numbers as sources print them: where each stands, its sign, its digits, and what follows it.

    number  = [sign] digits {mark} [unit] {mark}      -2.6%   6001①亿元   1 085.6 万   ４．４％
    sign    = + or - or a dash that stands for it     － ﹣ ‐ ‑ – — − ⁻
    digits  = 6001 | 6,001 | 6 001, then perhaps .5   groups of three by , or ' or one blank
    mark    = of a footnote, which is no digit        ² ① ⑴ * † [1] (1) 注1
    unit    = % ‰ 个百分点 亿元 万人 µg/m³ …              the unit or counter that follows

- Full-width characters are what they look like; every number is given in plain ones.
- A dash after a number is that of a range if both ends have one unit, or the first has none, as in
  6%-6.5% and 1-6月, but not in 2020年-2.6%; nor is it before a share after a label (图1-2.6%).
- A hyphen or dash after a Latin letter is one (COVID-19), unless per cent follow (CPI-2.6%); a
  minus is none. After the same dash it is punctuation (——), but for the second end of a range that
  begins below zero; at the head of a text, with a blank behind it, that of a list. It is no sign
  then, nor is a plus after a word (商店+10分钟).
- A common blank joins groups only where a word or unit follows, not %, and no third number stands
  beside, nor a label before: numbers side by side stay two, and three of three digits stay three.
  Thin and no-break blanks do join.
- A point with a blank beside it (4. 4%), as texts of PDFs have it, is a decimal point before % and
  words, but not after a year, nor after the number of a list at the head of a text or sentence,
  if no per cent or myriads follow.
- A number whose separators do not fit (1,11 or 3.0.1) or that has a power of ten (6.0e3) keeps
  them, so that it equals no value. The year, month and day of 2020/12/31 are those of a date.
"""

import re
from typing import NamedTuple

from .vocabulary import FORMULA_MARKS, NUMBER

MINUS = "-－﹣‐‑‒–—―−⁻₋˗﹘⁃➖"
_THIN = "\u00a0"  # stands for every blank that is made to stand within a number
_FOLDED = str.maketrans(
    "０１２３４５６７８９．﹒％﹪＋﹢［］〔〕【】（）﹙﹚＊" + MINUS + "\u3000\u2009\u202f\u2007\t",
    "0123456789..%%++[][][]()()*" + "-" * len(MINUS) + " " + _THIN * 3 + " ",
)
_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_UNFOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLDED)))}ー]")
_LONG_VOWEL = re.compile("(?<![ァ-ヺ])ー(?=[0-9０-９])")  # which some type for a dash
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
_POWER = r"[23](?!\.?[0-9])"  # of a metre, as in m3
_LETTERS = rf"[A-Za-zµμ°℃㎡](?:[A-Za-zµμ²³°㎡/]|(?<=m){_POWER})*"
_UNIT = re.compile(
    rf"{_MARKS}(?:{_BLANK}?(?P<unit>[%‰]|个?百分点|微克/立方米|"
    rf"[十百千万亿]*(?:{_COUNTERS})(?:/(?:{_COUNTERS}))?|[十百千万亿]+|{_LETTERS}))?{_MARKS}"
)
_WORD = r"[%‰°℃µμ\u3400-\u9fff]"
_TIMES = (  # a power of ten
    rf"(?:[eE][-+]?[0-9]+|{_BLANK}?[×xX*·]{_BLANK}?10(?:\^-?[0-9]+|-?[²³¹⁰-⁹]+))"
)
_ENDED = rf"(?![.,]?\d|{_TIMES})"  # so ends a number of which nothing is left over
_BROKEN = rf"{_BLANK}?\.{_BLANK}[0-9]+{_ENDED}(?={_MARKS}{_BLANK}?{_WORD}|$)"
_DECIMALS = rf"(?:{_BLANK}?\.[0-9]+{_ENDED}|{_BROKEN}|{_ENDED})"
_LABELS = "[第图表前A-Za-z]"
_ONE = rf"(?:(?<!{_LABELS})(?<!{_LABELS}\ )|(?=[0-9]+\ 0))(?![0-9]{{3}}\ [1-9][0-9]{{2}}\ [1-9])"
_WITH_BLANKS = rf"""
    | [1-9][0-9]{{0,2}}(?:{_THIN}[0-9]{{3}})+{_DECIMALS}
    | (?<!\d\ ){_ONE}[1-9][0-9]{{0,2}}(?:\ [0-9]{{3}})+{_DECIMALS}(?={_BLANK}?[^\s\d.,+%‰-]|-)
    | [0-9]{{1,3}}[,，]{_BLANK}0[0-9]{{2}}{_DECIMALS}
    | [0-9]+{_BLANK}\.[0-9]+{_ENDED}
    | (?!(?:19|20)[0-9]{{2}}[ .{_THIN}])(?:
        [0-9]{{3,}}{_BROKEN}
        | (?<![。；;])(?<![。；;]\ )[0-9]+{_BROKEN}(?={_BLANK}?(?:[%‰万亿]|个?百分点))
        | (?<!^)(?<![。；;：:])(?<![。；;：:]\ )[0-9]+{_BROKEN})
"""


def _tokens(decimals, with_blanks):
    """What finds numbers and marks; only numbers have a group, `joined` if by separators."""
    return re.compile(
        rf"""(?=[0-9(\[注])(?:
            {_SQUARE} | {_ROUND}(?={_BLANK}*[-+]?{_BLANK}*[0-9]) | ^{_BLANK}*(?:{_ROUND} | {_NOTE})
          | (?<![\d.])(?<!\d,)(?!(?:(?<=m)(?<![A-Za-z]m)|(?<=km)){_POWER})(?:
                (?P<joined>[0-9]{{1,3}}(?:[,，'’][0-9]{{3}})+{decimals} {with_blanks})
              | (?P<plain>[0-9]+(?:[.,][0-9]+)*{_TIMES}?)
            )
        )""",
        re.VERBOSE,
    ).search


_NEXT_APART = _tokens(rf"(?:\.[0-9]+)?{_ENDED}", "")
_NEXT = _tokens(_DECIMALS, _WITH_BLANKS)
_HYPHENED = {"-": re.compile("[A-Za-z]"), "+": re.compile(r"\w")}  # what is before no sign
_NO_HYPHEN = "－﹣−"
_SHARE = re.compile("[%‰]|个?百分点")
# Before a number that is no end of a range, as in 图1, =100, PM2.5, SO2, G20.
_LABEL = re.compile(r"(?:[图表=＝]|(?<![A-Za-z])(?:PM|[SNC]O|[A-Z]))\s*$")
_SCALE = "十百千万亿"
_SIGNED = r"[-+－＋]\s*(?:[0-9]{1,3}(?:[,，\s][0-9]{3})+|[0-9]+)(?:[.．][0-9]+)?"
_FIGURE_FIRST = re.compile(
    rf"{_SIGNED}(?:\[[0-9]{{1,2}}\])?\s*(?:[%％‰]|pct\b|pp\b)?\s*"
    rf"(?:$|[(（,]?\s*[^\x00-\x7f\d\s＋－＊／＾＆＝＜＞（]|(?<=[%％])[-－–—~～][0-9.]+[%％]$)"
)
_SEPARATORS = re.compile(rf"[,，'’\s{_THIN}]")
_PARTED = re.compile(r"\s+(?:[.,．，]|[(（﹙]?\s*注?)\s*\d")
_RANGE = re.compile(r"\ ?[-~～至到]\ ?")
_OF_A_DATE = re.compile("20[0-9]{2}年|(?:1[0-2]|0?[1-9])月|(?:3[01]|[012]?[0-9])日")
_DATE = re.compile(
    r"(20[0-9]{2})(?P<part>[-/])(1[0-2]|0?[1-9])(?P=part)"
    r"(3[01]|[12][0-9]|0?[1-9])(?![0-9%]|\.[0-9])"
)
_SIMPLE = re.compile(
    r"{0}*(?<!m)([0-9]+(?:\.[0-9]+)?)(?![\ \u00a0]?[年月日]){0}*".format(
        rf"[^\d.,，+(\[注*†‡※ー{_RAISED}{re.escape(''.join(map(chr, _FOLDED)))}]"
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
        """Whether it is the year, month or day of a date, as 2020 in 2020年."""
        return self.unit[:1] in ("年", "月", "日") and bool(
            _OF_A_DATE.match(self.digits + self.unit)
        )


def numbers(text: str, spaced: bool = True) -> list[Number]:
    """Every number of a text, in order, the years of dates too, the marks of footnotes not.

    `spaced`: whether a blank may stand within a number; not in a text that is `closed`.
    """
    folded = _folded(text)
    found, at, close, next_token = [], 0, 0, _NEXT if spaced else _NEXT_APART
    while token := next_token(folded, at):
        (start, at), kind = token.span(), token.lastgroup
        if not kind:
            continue
        if date := _DATE.match(folded, start):
            spans = zip(map(date.span, (1, 3, 4)), "年月日", strict=True)
            found += [Number(i, j, j, "", folded[i:j], unit) for (i, j), unit in spans]
            at = close = date.end()
            continue
        digits = token[0] if kind == "plain" else _SEPARATORS.sub("", token[0])
        follows = _UNIT.match(folded, at)
        unit, last = follows["unit"] or "", found[-1] if found else None
        signed = _start(text, folded, start, at, unit, last)
        sign = folded[signed] if signed < start else ""
        if last and not last.unit and _RANGE.fullmatch(folded, close, signed):
            found[-1] = last._replace(unit=unit)  # said once, at its end
        at = close = follows.end()
        found.append(Number(signed, token.end(), close, sign, digits, unit))
    return found


def _folded(text):
    """A text of the same length, in which each sign, digit, mark and blank has one form."""
    if not _UNFOLDED.search(text):
        return text
    return _LONG_VOWEL.sub("-", text).translate(_FOLDED)


def _start(text, folded, start, end, unit, last):
    """Where a number that ends at `end` starts: at its sign, if it has one, or at `start`.

    `unit`: that of the number; `last`: the number before it, or None.
    """
    close = last.close if last else 0
    at = len(folded[:start].rstrip(" " + _THIN)) - 1
    if at < close or folded[at] not in "+-":
        return start
    blank, counter = at < start - 1, folded[close:at].strip()
    ranged = last and (blank or close == at) and _one_range(folded, last, unit)
    if last and counter:  # perhaps one that is not listed, as in 3箱-4箱
        ranged = len(counter) <= _LONGEST_COUNTER and folded[end:].lstrip().startswith(counter)
    hyphen = at and text[at] not in _NO_HYPHEN and not (folded[at] == "-" and _SHARE.match(unit))
    hyphen = hyphen and _HYPHENED[folded[at]].match(text, at - 1)
    second = last and last.sign == "-" and close == at - 1 and text[at] != "—"  # -6.5%--2.6%
    doubled = at and text[at - 1] == text[at] and not second
    listed = blank and text[at] in "-–—⁃" or folded[end:].strip() == "-"  # or a page number
    listed = listed and not folded[:at].strip()
    return start if ranged or hyphen or doubled or listed else at


def _one_range(folded, last, unit):
    """Whether a number with this unit may be the second end of a range that begins with `last`."""
    share, counted = _SHARE.match(unit), last.unit.lstrip(_SCALE)
    if not last.unit:
        return not (share and _LABEL.search(folded[: last.start]))
    if not unit:
        return _SHARE.match(last.unit)  # 6%-6.5
    dates = {last.unit[0], unit[0]} <= set("年月日")  # 2020年12月-2021年2月
    # or 6亿-7亿元, 9000万元-1亿元, 3个-5个百分点
    return dates or (unit.lstrip(_SCALE).startswith(counted) if counted else not share)


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
    parts, end, found = "", 0, numbers(text)
    starts = [number.start for number in found[1:]] + [len(text)]
    for number, after in zip(found, starts, strict=False):
        parts += _gap(text, end, number.start)
        printed = "".join(_folded(text[number.start : number.end]).split())
        end = number.end
        follows = _gap(text, end, after) + "。" * (after < len(text))
        for blanks in ("", " ", "  "):  # as few as leave it the same number
            start, trial = len(parts + blanks), parts + blanks + printed + follows
            if any(
                each.start == start and each[3:5] == number[3:5]
                for each in numbers(trial, spaced=False)
            ):
                break
        parts += blanks + printed
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
