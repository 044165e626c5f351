"""The words of questions, forms and judgements, in the current language.

They are written in English where they are asked or answered; `course/chinese/` has each of them in
Chinese. What is kept of an answer is the same in all languages.
"""

from collections.abc import Iterable
from typing import Any

from .. import i18n
from .course.chinese import CHINESE

_IN = {"en": {}, "zh": CHINESE}


def said(text: str, *values: Any, language: str | None = None) -> str:
    """An English text in a language, with values in its braces; one without Chinese stays."""
    found = _IN[i18n.chosen(language)].get(text, text)
    return found.format(*values) if values else found


def listed(items: Iterable[str]) -> str:
    """Items as a list in one line, with marks between them that are not in them: `2019; 2020`."""
    return said("; ").join(items)
