"""What all kinds of questions share, and the kind with sentences to choose from.

A right answer is computed from the tables when it is asked for. So it is written nowhere, and
stays right when the tables change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from .answer_tables import Tables
from .comparison import Judgement, compare
from .wording import said

LONGEST = 1000  # of an answer that is typed, in characters
NOT_THIS = "Not this one. {}"

Mistakes = tuple[tuple[Callable[[Tables], Any], str], ...]


class Slip(NamedTuple):
    """A likely wrong answer: as it is given to `Question.judge`, in words, and what is replied."""

    given: Any
    said: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What all kinds of questions share.

    `answer` and `because` are functions of Tables; `because` says in a sentence how the answer
    follows. `hints` are shown one by one: a nudge, a step, nearly all. Where `argument` is not
    empty, a reason is asked for as well. It is kept, not judged, and `argument` is a model of it
    for the lecturer's key. `version` is raised when another answer becomes the right one, so that
    earlier answers are not judged by it.
    """

    answer: Callable[[Tables], Any]
    because: Callable[[Tables], str]
    hints: tuple[str, ...]
    argument: str = ""
    version: int = 1

    @property
    def asks(self) -> str:
        """What is asked for, in Markdown."""
        raise NotImplementedError

    def answer_in_words(self, tables: Tables) -> str:
        """The right answer in words."""
        raise NotImplementedError

    def judge(self, given: Any, tables: Tables) -> Judgement:
        """Judge what was given, by control (`{"typed": …}`); of Code, an object."""
        raise NotImplementedError

    def restored(self, kept: Any, tables: Tables) -> Any:
        """The value of the control `typed` for what a file has kept of it, or None."""
        return kept if isinstance(kept, str) and len(kept) <= LONGEST else None

    def in_words(self, typed: Any, tables: Tables) -> str:
        """What was typed or chosen, as a reader sees it; "" for nothing."""
        return typed or ""

    def slips(self, tables: Tables) -> list[Slip]:
        """The likely wrong answers, each with its reply."""
        raise NotImplementedError

    def _right(self, tables):
        return Judgement(True, said("Right. {}", self.because(tables)))


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of several sentences.

    `options`: by the name of each, its sentence, and the reply if it is chosen wrongly. `answer`
    gives the name of the right one.
    """

    options: dict[str, tuple[str, str]]

    @property
    def asks(self) -> str:
        sentences = [f"- {said(sentence)}" for sentence, _ in self.options.values()]
        return "\n".join([said("one of these:") + "\n", *sentences])

    def answer_in_words(self, tables: Tables) -> str:
        return said(self.options[self.answer(tables)][0])

    def in_words(self, typed: Any, tables: Tables) -> str:
        return said(self.options[typed][0]) if typed in self.options else typed or ""

    def slips(self, tables: Tables) -> list[Slip]:
        right = self.answer(tables)
        return [
            Slip({"typed": name}, said(sentence), said(NOT_THIS, said(reply)))
            for name, (sentence, reply) in self.options.items()
            if name != right
        ]

    def judge(self, given: dict, tables: Tables) -> Judgement:
        chosen = given.get("typed")
        if chosen not in self.options:
            return Judgement(None, said("Choose one of the sentences."))
        if chosen == self.answer(tables):
            return self._right(tables)
        return Judgement(False, said(NOT_THIS, said(self.options[chosen][1])))


def compared(found: float, question: Any, tables: Tables) -> Judgement:
    """Judge a number by the answer, the tolerance and the mistakes of a question."""
    mistakes = ((wrong(tables), said(reply)) for wrong, reply in question.mistakes)
    return compare(found, question.answer(tables), question.within, mistakes)
