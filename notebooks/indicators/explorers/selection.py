"""What is chosen in an explorer, as one frozen value.

From a selection come the rows to draw (`rows`, for pandas), the expression by which the page draws
the same (`expression`, for Vega), the keys of the parts of the figures that this needs (`parts`)
and the state of the explorer (`state`). Each rule of a choice stands here once, as a `Clause` with
its two readings; tests hold them to each other on random selections and tables.
"""

from abc import ABC
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, NamedTuple

import pandas as pd

from .. import charts, growth
from ..data import nearest
from ..i18n import chosen
from .page_rules import needed_parts

ALL, KNOWN = "all", "known"
FIRST_YEAR, LAST_YEAR = charts.YEARS
YEAR_CHOICES = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
COMPUTED_VIEWS = {"share of all spending": "share_of_spending", "per resident": "per_resident"}
VIEWS = ["growth rates", "levels", "index", *COMPUTED_VIEWS, "gap to target", "totals"]
STATUSES = ("actual", "target", "estimate")
VINTAGES, SCALES = ("latest", "all"), ("linear", "log")
TARGET_YEARS, ORDERS = ("2021", "2025", ALL), ("codebook", "gap")
PART_ORDERS = ("size", "growth")
SINGULAR = {"places": "place", "chosen": "indicator", "statuses": "status"}  # as messages say


class Clause(NamedTuple):
    """One rule of a choice: an expression of Vega on `datum`, and the same for rows of a frame.

    `rows` is None for what a frame has of one kind only: its language, and its sources.
    """

    page: str
    rows: Callable[[Any, pd.DataFrame], pd.Series] | None = None


class FiguresKey(NamedTuple):
    """The key of all figures of an indicator in a place, but for its index.

    `official`: of official sources only, which choose their own newest and best printings.
    """

    language: str
    indicator: str
    place: str
    official: bool = False


class IndexKey(NamedTuple):
    """The key of the index of an indicator in a place, `base` = 100."""

    language: str
    indicator: str
    place: str
    base: int
    official: bool = False


class ThemeKey(NamedTuple):
    """The key of the numbers of a theme in a place."""

    language: str
    theme: str
    place: str


class TargetsKey(NamedTuple):
    """The key of the targets of a place, of official sources only or of all."""

    language: str
    place: str
    official: bool = False


class PartsKey(NamedTuple):
    """The key of all views of a whole and its parts in a place."""

    language: str
    place: str


PartKey = FiguresKey | IndexKey | ThemeKey | TargetsKey | PartsKey


@dataclass(frozen=True)
class Selection(ABC):
    """What all selections share. A subclass names its fields, with what a new explorer chooses."""

    CLAUSES: ClassVar[tuple[Clause, ...]]
    PARTS: ClassVar[tuple[type[PartKey], ...]]

    def __post_init__(self):
        for each in fields(self):  # lists and generators become tuples; what stands twice, once
            if each.name in SINGULAR:
                object.__setattr__(self, each.name, names(getattr(self, each.name)))

    @property
    def state(self) -> dict[str, Any]:
        """The selection by the names of its parts, as an explorer takes them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def params(self) -> dict[str, Any]:
        """The values of the parameters of the chart, by name."""
        return self.state

    @classmethod
    def expression(cls) -> str:
        """The expression of Vega that is true of a drawn `datum`, given the parameters."""
        return " && ".join(clause.page for clause in cls.CLAUSES)

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame that are drawn."""
        drawn = pd.Series(True, frame.index)
        for clause in self.CLAUSES:
            if clause.rows:
                drawn &= clause.rows(self, frame)
        return frame[drawn]

    @classmethod
    def kinds(cls) -> list[list[str]]:
        """The names that make the key of each kind of part."""
        return [list(kind._fields) for kind in cls.PARTS]

    def parts(self) -> list[PartKey]:
        """The keys of the parts of the figures that are needed."""
        needed = needed_parts(self.kinds(), self.params)
        return [kind(*key) for keys in needed for kind, key in zip(self.PARTS, keys, strict=True)]


def names(given: str | Iterable[str]) -> tuple[str, ...]:
    """One name or several as a tuple in which each stands once."""
    return tuple(dict.fromkeys([given] if isinstance(given, str) else given))


_IN_LANGUAGE = Clause("datum.language == language")
_OF_SOURCES = Clause("datum.official == official")
_IN_SLOTS = Clause(
    "indexof(slots, datum.series) >= 0",
    lambda choice, rows: rows["place"].isin(choice.places),
)


@dataclass(frozen=True)
class IndicatorSelection(Selection):
    """Indicators in places, over some years, in one view."""

    chosen: tuple[str, ...]
    years: tuple[int, int] = charts.YEARS
    view: str = VIEWS[0]
    places: tuple[str, ...] = ()
    statuses: tuple[str, ...] = STATUSES
    base: int = growth.BASE_YEAR
    scale: str = "linear"
    vintages: str = "latest"
    arrangement: str = "overlay"
    pace: bool = False
    language: str = field(default_factory=chosen)
    official: bool = False
    implied: bool | None = None  # None: of levels only
    title: str = ""  # of one's own

    PARTS = (FiguresKey, IndexKey)
    CLAUSES = (
        _IN_LANGUAGE,
        _OF_SOURCES,
        Clause("datum.view == viewed", lambda choice, rows: rows["view"].eq(choice.view)),
        Clause(
            _IN_SLOTS.page,
            lambda choice, rows: (
                rows["indicator"].isin(choice.chosen) & rows["place"].isin(choice.places)
            ),
        ),
        Clause(
            "(datum.drawn || vintages == 'all')",
            lambda choice, rows: rows["drawn"] | (choice.vintages == "all"),
        ),
        Clause(
            "(datum.view != 'index' || datum.base == base)",
            lambda choice, rows: rows["view"].ne("index") | rows["base"].eq(choice.base),
        ),
        Clause("datum.start >= first", lambda choice, rows: rows["start"].ge(choice.years[0])),
        Clause("datum.end <= last", lambda choice, rows: rows["end"].le(choice.years[1])),
        Clause(
            "{actual: actual, target: target, estimate: estimate, pace: pace, implied: implied,"
            " computed: implied || datum.view != 'levels'}[datum.status]",
            lambda choice, rows: (
                rows["status"].isin(choice.drawn_statuses)
                | rows["status"].eq("computed") & rows["view"].ne("levels")
            ),
        ),
    )

    def __post_init__(self):
        super().__post_init__()
        if self.implied is None:
            object.__setattr__(self, "implied", self.view == "levels")

    @property
    def drawn_statuses(self) -> tuple[str, ...]:
        """The kinds of figures that are ticked, also those that are no printed figures."""
        pace, implied = ["pace"] * self.pace, ["implied", "computed"] * self.implied
        return (*self.statuses, *pace, *implied)

    @property
    def params(self) -> dict[str, Any]:
        first, last = self.years
        return {
            "language": self.language,
            "viewed": self.view,
            "first": first,
            "last": last,
            "chosen": self.chosen,
            "places": self.places,
            "vintages": self.vintages,
            "base": self.base,
            "scaling": self.scale,
            "arrangement": self.arrangement,
            "pace": self.pace,
            "official": self.official,
            "implied": self.implied,
        } | {status: status in self.statuses for status in STATUSES}


@dataclass(frozen=True)
class NumbersSelection(Selection):
    """The numbers of a theme in places, with one year that stands out."""

    language: str = field(default_factory=chosen)
    theme: str = "ten"
    year: int = 2020
    places: tuple[str, ...] = ()
    arrangement: str = "overlay"

    PARTS = (ThemeKey,)
    CLAUSES = (
        _IN_LANGUAGE,
        Clause("datum.theme == theme", lambda choice, rows: rows["shown_in"].eq(choice.theme)),
        _IN_SLOTS,
    )


@dataclass(frozen=True)
class TargetSelection(Selection):
    """The targets of places for a year, of one theme or all, with the rate of a what-if.

    `verdict`: one of `charts.VERDICTS`, `all`, or `known`: with an outcome or a last known figure.
    """

    language: str = field(default_factory=chosen)
    theme: str = ALL
    year: str = "2025"
    order: str = "codebook"
    rate: float = 5.0
    places: tuple[str, ...] = ()
    arrangement: str = "overlay"
    official: bool = False
    verdict: str = KNOWN
    report: str = ALL

    PARTS = (TargetsKey,)
    CLAUSES = (
        _IN_LANGUAGE,
        _OF_SOURCES,
        Clause(
            "(theme == 'all' || datum.theme == theme)",
            lambda choice, rows: rows["theme"].eq(choice.theme) | (choice.theme == ALL),
        ),
        Clause(
            "(year == 'all' || datum.year == year)",
            lambda choice, rows: rows["end"].astype("str").eq(choice.year) | (choice.year == ALL),
        ),
        Clause(
            "(verdict == 'all' || datum.verdict == verdict || verdict == 'known' && datum.known)",
            lambda choice, rows: (
                rows["verdict"].eq(choice.verdict)
                | (choice.verdict == ALL)
                | (choice.verdict == KNOWN) & rows["known"]
            ),
        ),
        Clause(
            "(report == 'all' || datum.report == report)",
            lambda choice, rows: rows["source"].eq(choice.report) | (choice.report == ALL),
        ),
        _IN_SLOTS,
    )


@dataclass(frozen=True)
class CompositionSelection(Selection):
    """A whole and its parts in places, over some years, with one year that stands out."""

    language: str = field(default_factory=chosen)
    view: str = growth.COMPOSED[0]
    years: tuple[int, int] = charts.YEARS
    year: int = 2020
    order: str = "size"
    places: tuple[str, ...] = ()
    title: str = ""

    PARTS = (PartsKey,)
    CLAUSES = (
        _IN_LANGUAGE,
        Clause("datum.view == viewed", lambda choice, rows: rows["view"].eq(choice.view)),
        Clause(
            "(datum.start == year || datum.start >= first && datum.start <= last)",
            lambda choice, rows: (
                rows["start"].eq(choice.year) | rows["start"].between(*choice.years)
            ),
        ),
        _IN_SLOTS,
    )

    @property
    def params(self) -> dict[str, Any]:
        first, last = self.years
        return {
            "language": self.language,
            "viewed": self.view,
            "first": first,
            "last": last,
            "year": self.year,
            "order": self.order,
            "places": self.places,
        }


def check(found: Iterable, allowed: Sequence, name: str) -> None:
    """Raise ValueError, naming the choices, where something is not among those allowed."""
    unknown = [value for value in found if value not in allowed]
    if unknown:
        hint = nearest(str(unknown[0]), list(map(str, allowed)))
        choices = ", ".join(map(str, allowed))
        raise ValueError(f"unknown {name} {unknown[0]!r}{hint}; choose from: {choices}")


def check_parts(state: Mapping[str, Any], allowed: Mapping[str, Sequence]) -> None:
    """Raise ValueError, naming the choices, where a part of a state is not among those allowed.

    `allowed`: for each part its choices; the parts of a state have the names of a selection.
    """
    for part, choices in allowed.items():
        if part in state:
            found = state[part] if part in SINGULAR else [state[part]]
            check(found, choices, SINGULAR.get(part, part))


def checked_years(years: Sequence[int]) -> tuple[int, int]:
    """First and last year. Raises ValueError unless they are two years of the range, in order."""
    try:
        first, last = years
        if not FIRST_YEAR <= first <= last <= LAST_YEAR:
            raise ValueError
    except (TypeError, ValueError):
        allowed = f"two years from {FIRST_YEAR} to {LAST_YEAR}, the first not after the last"
        raise ValueError(f"found years {years!r}; allowed are {allowed}") from None
    return first, last
