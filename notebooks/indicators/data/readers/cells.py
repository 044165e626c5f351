"""What a cell of a spreadsheet shows: its text as it is seen, its number as its format has it.

A format has one section, or one each for numbers above zero, below it and zero, as
`#,##0.0_);[Red](#,##0.0);"-"`. Formats of accounts place and colour a number: that changes nothing.
"""

import re
from typing import Any, NamedTuple

from ..messages import shown

MOST_EXACT = 1e15  # whole numbers up to here are kept exactly
TOKEN = re.compile(r'("[^"]*"|\\.)|\[([^\]]*)\]|(;)|[_*].|(.)', re.DOTALL)
RED = re.compile("red", re.IGNORECASE)
UNSEEN = re.compile(r"black|blue|cyan|green|magenta|yellow|color ?\d+|\$-\w+", re.IGNORECASE)
RAISED = {
    "superscript": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "subscript": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
PLAIN = re.compile(r"(-|\(?) *(?:(general|@)|[#,]*([#0])(?:\.(0+))?) *(\)?)", re.IGNORECASE)


class Cell(NamedTuple):
    """A cell: what it keeps, its type as openpyxl names it, and its format (None if it has none).

    `formula`: that which gives the value; `saved`: whether its value was saved.
    """

    value: Any = None
    kind: str = "n"
    form: str | None = "General"
    formula: str = ""
    saved: bool = True


def seen_text(value: str | list) -> str:
    """A text, or the parts of one, as it is seen: digits that stand higher or lower stay so.

    Raises ValueError where digits are struck out.
    """
    if isinstance(value, str):
        return value
    text = ""
    for part in value:
        font = getattr(part, "font", None)
        if font is not None and font.strike and any(map(str.isdigit, str(part))):
            raise ValueError(f"found {shown(str(part))}, struck out; delete what does not hold")
        text += str(part).translate(RAISED.get(font.vertAlign, {}) if font is not None else {})
    return text


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
    return str(int(amount)) if whole else repr(amount)


def _sections(form):
    """The sections of a format: what is seen of each, with ? for other words, and if it is red."""
    sections = [["", False]]
    for literal, bracket, end, plain in TOKEN.findall(form):
        if end:
            sections.append(["", False])
        elif RED.fullmatch(bracket):
            sections[-1][1] = True
        elif bracket:
            sections[-1][0] += "" if UNSEEN.fullmatch(bracket) else "?"
        elif literal:
            text = literal.strip('"').removeprefix("\\")
            sections[-1][0] += "?" if text.strip(" -()") else text
        else:
            sections[-1][0] += plain
    return sections
