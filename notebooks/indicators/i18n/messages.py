"""What messages about tables say, in Chinese: found by the English, which stands above it."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from .clauses import CLAUSES, PLACES

HOLE = re.compile(r"(\{(?:!r|said)?\})")
_HELD = {  # what a hole in an English clause may hold
    "{}": "(.*?)",
    "{!r}": r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""",
    "{said}": "(.*?)",
}
_BETWEEN = "; "  # clauses


def in_chinese(message: str, where: Iterable[str] = ()) -> str | None:
    """A message in Chinese, after the parts that say where; None if it has a clause without any.

    What a hole of a clause holds is carried over as it is, whatever characters it has.
    """
    if (said := _said(message)) is None:
        return None
    parts = [_rendered(part, "places") or part for part in where]
    return f"{'，'.join(parts)}：{said}" if parts else said


@lru_cache(maxsize=1000)
def _said(text):
    """Clauses in Chinese, parted in the first way in which each has some."""
    for mark in re.finditer(_BETWEEN, text):
        first = _rendered(text[: mark.start()], "clauses")
        if first is not None and (others := _said(text[mark.end() :])) is not None:
            return f"{first}；{others}"
    return _rendered(text, "clauses")


def _rendered(text, kind):
    """A text in Chinese by the first form that it has, or None."""
    for form, holes, chinese in _forms(kind):
        if found := form.fullmatch(text):
            pairs = zip(holes, found.groups(), strict=True)
            held = [_said(words) if hole == "{said}" else words for hole, words in pairs]
            if None not in held:
                return chinese.format(*held)
    return None


@cache
def _forms(kind):
    """For each text of a table an expression that finds it, its holes, and the Chinese."""
    forms = []
    for english, chinese in {"clauses": CLAUSES, "places": PLACES}[kind].items():
        parts = HOLE.split(english)
        form = "".join(_HELD.get(part) or re.escape(part) for part in parts)
        forms.append((re.compile(form, re.DOTALL), parts[1::2], chinese))
    return forms
