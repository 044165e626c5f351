"""Exercises: the questions at the end of the notebooks, with a form, a check and hints."""

import inspect
from typing import Any

from ..data import nearest
from .answer_tables import Tables, tables
from .code_cells import source_of, watch
from .course import COURSE
from .form import Exercise, show_stopped

__all__ = ["COURSE", "Exercise", "Tables", "ask", "tables"]


def ask(name: str, answer: Any = ...) -> Exercise:
    """The form of the exercise of that name, as in `01-3`.

    A question that asks for code judges `answer`. Raises LookupError for a name that is not in the
    course.
    """
    if name not in COURSE:
        near, known = nearest(str(name), list(COURSE)), ", ".join(COURSE)
        raise LookupError(f"there is no exercise {name!r}{near}; they are {known}")
    asked_in = inspect.currentframe().f_back
    return Exercise(name, answer, source_of(asked_in) if answer is not ... else "")


watch(show_stopped)
