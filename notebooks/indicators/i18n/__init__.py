"""The words of charts and explorers in English (`en`) and Chinese (`zh`), and the current language.

`WORDS[language][group][key]` has names of kinds, units, headings and controls; both languages have
the same groups and keys. Names of indicators, places and sources stand in the data.

Messages about tables are English, so that they can be searched for and quoted, and have the same in
Chinese beneath where that is asked for (`beneath`).
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .chinese import CHINESE
from .english import ENGLISH
from .messages import in_chinese
from .phrases import PHRASES
from .units import UNITS, around

__all__ = ["LANGUAGES", "WORDS", "beneath", "chosen", "phrase", "speak", "speaking", "unit"]

LANGUAGES = {"en": "English", "zh": "中文"}
WORDS = {
    "en": ENGLISH | {"units": {name: around(name, "", of.panel) for name, of in UNITS.items()}},
    "zh": CHINESE | {"units": {name: of.chinese for name, of in UNITS.items()}},
}
_PHRASES = {"en": {}, "zh": PHRASES}

_current: ContextVar[str | None] = ContextVar("language", default=None)
_usual: str | None = None  # where nobody has spoken


def speak(language: str) -> None:
    """Make a language the usual one, for all of this kernel.

    Raises ValueError for a language that is not in `LANGUAGES`.
    """
    global _usual
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is no language here; allowed are {', '.join(LANGUAGES)}")
    _usual = language


def chosen(language: str | None = None) -> str:
    """The language that is given, or else the current one: that of `speaking`, or of `speak`."""
    return language or _current.get() or _usual or "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """While it lasts, `language` is the current one: of all words for which none is given.

    Other threads keep their own current language.
    """
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def beneath(message: str, where: Iterable[str] = ()) -> str | None:
    """What stands beneath an English message: the same in Chinese, if that is asked for and known.

    It is asked for by the current language or, where nobody has spoken, by the locale. `where`: the
    parts of a place, as in a Fault.
    """
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    language = _current.get() or _usual or locale[:2]
    return in_chinese(message, where) if language == "zh" else None


def unit(name: str, language: str | None = None) -> str:
    """A unit of the codebook in words, at the scale of its panels, as `CNY billion` or 亿元.

    One that is not in the vocabulary keeps its name.
    An index with its base, `index, 2020 = 100`, is said without the word, as `2020 = 100`.
    """
    words = WORDS[chosen(language)]
    if name.startswith("index, ") and name not in UNITS:
        return name.removeprefix("index, ").replace(" = ", words["forms"]["equals"])
    return words["units"].get(name, name)


def phrase(text: str, language: str | None = None) -> str:
    """An English text that is said in one place only; one without a translation stays as it is."""
    return _PHRASES[chosen(language)].get(text, text)
