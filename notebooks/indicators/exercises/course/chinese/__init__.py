"""The texts of the exercises in Chinese, by the English ones.

`forms` has the words of forms, judgements and the key; each other module those of the questions in
the module of `course` with its name. A text that several questions share may stand in one of them.
"""

from . import (
    air_and_water,
    everything,
    forms,
    how_fast,
    livelihoods,
    number_sources,
    own_table,
    start_here,
    targets_met,
)

__all__ = ["CHINESE", "MODULES"]

MODULES = [
    *(forms, start_here, how_fast, air_and_water, livelihoods),
    *(targets_met, number_sources, everything, own_table),
]
CHINESE: dict[str, str] = {
    english: chinese for module in MODULES for english, chinese in module.CHINESE.items()
}
