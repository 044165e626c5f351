"""Exercises: the questions at the end of the notebooks, with a form, a check and hints."""

from typing import Any

from ..data import nearest
from .answer_tables import Tables, tables
from .course import COURSE
from .form import Exercise

__all__ = ["COURSE", "Exercise", "Tables", "ask", "tables"]


def ask(name: str, answer: Any = ...) -> Exercise:
    """The form of the exercise of that name, as in `01-3`.

    A question that asks for code judges `answer`. Raises LookupError for a name that is not in the
    course.
    """
    if name not in COURSE:
        near, known = nearest(str(name), list(COURSE)), ", ".join(COURSE)
        raise LookupError(f"there is no exercise {name!r}{near}; they are {known}")
    return Exercise(name, answer)
