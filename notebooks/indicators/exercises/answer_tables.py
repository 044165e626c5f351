"""The tables that right answers are computed from."""

import contextlib
import hashlib
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any

import pandas as pd

from .. import data, growth
from ..data import provenance

IDENTIFYING = [
    *("indicator", "place", "measure", "period", "status", "bound", "scope", "source"),
    *("printed", "unit", "tier"),
]


class Tables:
    """One loaded table, and the parts of it that questions use; each part is made once.

    `every`: all printed figures, as from `data.load`.
    """

    def __init__(self, every: pd.DataFrame):
        self.every = every
        self._found: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], Any]) -> Any:
        """What `find` gives, which is called once for a key."""
        if key not in self._found:
            self._found[key] = find()
        return self._found[key]

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The printing of each figure that charts draw."""
        return data.latest(self.every)

    @cached_property
    def city(self) -> pd.DataFrame:
        """The drawn figures of Shaoxing."""
        return self.drawn[self.drawn["place"] == "shaoxing"]

    @cached_property
    def targets(self) -> pd.DataFrame:
        """The targets of Shaoxing for 2016 to 2025, as from `growth.with_latest`."""
        return growth.with_latest(self.city, growth.verdicts(self.city, range(2016, 2026)))

    @cached_property
    def benchmarks(self) -> pd.DataFrame:
        """The limits set by others, as from `data.benchmarks`."""
        return data.benchmarks()

    @cached_property
    def digest(self) -> str:
        """The same for two tables only if their figures are the same."""
        told = self.every[[*IDENTIFYING, "published"]].astype(str).to_csv(index=False)
        return hashlib.sha256(told.encode()).hexdigest()[:12]


class CurrentTables:
    """Called, gives the Tables of the files as they are now.

    `load` reads the files. While they have a fault, the last sound table is given; if there is
    none yet, the call raises as `load` does.
    """

    def __init__(self, load: Callable[[], pd.DataFrame]):
        self._load, self._sound = load, None

    def __call__(self) -> Tables:
        if self._sound is None:
            self._sound = Tables(self._load())
        elif provenance.origin(self._sound.every).changed():
            with contextlib.suppress(ValueError, OSError):
                self._sound = Tables(self._load())
        return self._sound


tables = CurrentTables(data.load)  # those of the bundle
