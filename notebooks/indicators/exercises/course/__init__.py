"""The questions at the end of the notebooks: three to be answered with widgets, one with code.

`COURSE` has them by notebook and number, as in `01-3`. `NOTEBOOKS` has the paths of the bundle's
notebooks, beside which a reader keeps hers. The text of a question stands in its notebook. Its
module here says how the answer is computed, what is replied to a wrong one, and which hints there
are. Each module has the questions of one notebook as `QUESTIONS`.
"""

from pathlib import Path

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

__all__ = ["COURSE", "NOTEBOOKS"]

BY_NOTEBOOK: dict[str, dict[str, Question]] = {
    "00-start-here": start_here.QUESTIONS,
    "01-how-fast-did-it-grow": how_fast.QUESTIONS,
    "02-did-the-air-and-water-get-better": air_and_water.QUESTIONS,
    "03-what-was-spent-on-livelihoods": livelihoods.QUESTIONS,
    "04-were-the-targets-met": targets_met.QUESTIONS,
    "05-where-does-each-number-come-from": number_sources.QUESTIONS,
    "06-explore-everything": everything.QUESTIONS,
    "07-bring-your-own-table": own_table.QUESTIONS,
}
NOTEBOOKS = [Path(__file__).parents[3] / f"{name}.ipynb" for name in BY_NOTEBOOK]
COURSE: dict[str, Question] = {
    name: question for asked in BY_NOTEBOOK.values() for name, question in asked.items()
}
