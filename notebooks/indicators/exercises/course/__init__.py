"""The questions at the end of the notebooks: three to be answered with widgets, one with code.

`COURSE` has them by notebook and number, as in `01-3`. The text of a question stands in its
notebook. Its module here says how the answer is computed, what is replied to a wrong one, and
which hints there are. Each module has the questions of one notebook as `QUESTIONS`.
"""

from ..grading import Question
from . import (
    air_and_water,
    everything,
    how_fast,
    livelihoods,
    number_sources,
    own_table,
    start_here,
    targets_met,
)

__all__ = ["COURSE"]

COURSE: dict[str, Question] = (
    start_here.QUESTIONS
    | how_fast.QUESTIONS
    | air_and_water.QUESTIONS
    | livelihoods.QUESTIONS
    | targets_met.QUESTIONS
    | number_sources.QUESTIONS
    | everything.QUESTIONS
    | own_table.QUESTIONS
)
