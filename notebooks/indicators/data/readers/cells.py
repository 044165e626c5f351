"""What a cell of a spreadsheet shows: its text as it is seen, its number as its format has it.

A format has one section, or one each for numbers above zero, below it and zero, as
`#,##0.0_);[Red](#,##0.0);"-"`. Formats of accounts place and colour a number: that changes nothing.
"""

import re
import unicodedata
from typing import Any, NamedTuple

from ..messages import shown

MOST_EXACT = 1e15  # whole numbers up to here are kept exactly
YUAN = r'(?:"[¥￥]"|\\?[¥￥]|\[\$[¥￥][^\]]*\]) *(?=\*)'  # far from the figure, as in accounts
TOKEN = re.compile(YUAN + r'|("[^"]*"|\\.)|\[([^\]]*)\]|(;)|[_*].|(.)', re.DOTALL)
OTHER = "…"  # stands for words in a format
RED = re.compile("red", re.IGNORECASE)
UNSEEN = re.compile(r"black|blue|cyan|green|magenta|yellow|color ?\d+|\$-\w+", re.IGNORECASE)
RAISED = {
    "superscript": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "subscript": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
PLAIN = re.compile(r"(-|\(?) *(?:(general|@)|[#,?]*([#0])(?:\.(0+))?) *(\)?)", re.IGNORECASE)


class Cell(NamedTuple):
    """A cell: what it keeps, its type as openpyxl names it, and its format (None if it has none).

    `formula`: that which gives the value; `saved`: whether its value was saved.
    """

    value: Any = None
    kind: str = "n"
    form: str | None = "General"
    formula: str = ""
    saved: bool = True
    font: Any = None


def seen_text(value: str | list, font: Any = None) -> str:
    """A text, or the parts of one, as it is seen: digits that stand higher or lower stay so.

    `font`: that of the cell, if it strikes out, raises or lowers its text; parts may have their
    own. Raises ValueError where all is struck out, or digits are.
    """
    if isinstance(value, str) and font is None:
        return _decoded(value)
    text = ""
    for part in [value] if isinstance(value, str) else value:
        own, seen = getattr(part, "font", font), _decoded(str(part))
        if own is not None and own.strike and (own is font or any(map(str.isdigit, seen))):
            raise ValueError(f"found {shown(seen)}, struck out; delete what does not hold")
        if own is not None and own.vertAlign in RAISED:
            seen = "".join(map(_narrow, seen)).translate(RAISED[own.vertAlign])
        text += seen
    return text


def _narrow(character):
    """A digit or a sign in its usual width; any other character as it is."""
    usual = unicodedata.normalize("NFKC", character)
    return usual if character.isdecimal() or usual in ("+", "-", "−") else character


def _decoded(text):
    """A text without the escapes by which a workbook keeps some characters, as `_x000D_`."""
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    return unescape(text)


def shown_number(value: int | float, form: str) -> str | None:
    """A number as text, with as many decimals as its format shows; None if it shows another."""
    sections = _sections(form)
    own = value < 0 and len(sections) > 1
    section, red = sections[1 if own else 2 if not value and len(sections) > 2 else 0]
    found = PLAIN.fullmatch(section.strip())
    if not found or (found[1] == "(") != bool(found[5]) or found[3] == "#" and abs(value) < 1:
        return None
    if own != bool(found[1] or own and red):
        return None
    amount = abs(value)
    text = _general(amount) if found[2] else f"{amount:.{len(found[4] or '')}f}"
    return f"-{text}" if value < 0 else text


def _general(amount):
    whole = amount == int(amount) and amount < MOST_EXACT
    return str(int(amount)) if whole else format(amount, ".15g")  # what a spreadsheet keeps


def _sections(form):
    """The sections of a format: what is seen of each, OTHER for words, and if it is red."""
    sections = [["", False]]
    for literal, bracket, end, plain in TOKEN.findall(form):
        if end:
            sections.append(["", False])
        elif RED.fullmatch(bracket):
            sections[-1][1] = True
        elif bracket:
            sections[-1][0] += "" if UNSEEN.fullmatch(bracket) else OTHER
        elif literal:
            text = literal.strip('"').removeprefix("\\")
            sections[-1][0] += OTHER if text.strip(" -()") else text
        else:
            sections[-1][0] += plain
    return sections
