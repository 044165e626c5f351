"""The places of a table, and the controls to choose among them."""

from collections.abc import Iterable, Sequence

import ipywidgets as widgets
import pandas as pd

from ..data import NO_THEMES
from ..i18n import LANGUAGES
from .tick_list import TickList

ARRANGEMENTS = ("overlay", "apart")
MOST_ROWS = 4  # of a list


def places_of(table: pd.DataFrame) -> pd.DataFrame:
    """The places of a table, a row each by its key, with their names (`place_en`, `place_zh`).

    In the order of the codebook; of a table whose places have no such order, as they first come.
    """
    known = table.drop_duplicates("place")
    known = known.sort_values("place") if known["place"].dtype == "category" else known
    return known.astype({"place": str}).set_index("place")


class TableView:
    """What an explorer keeps of a table; a subclass adds what it draws.

    `places` with their names (see `places_of`); `home`, the place that goes without saying, is that
    of the first row, or empty where there is no row. Raises ValueError for a theme that is called
    as another choice is.
    """

    def __init__(self, table: pd.DataFrame):
        if taken := [theme for theme in NO_THEMES if (table["theme"] == theme).any()]:
            raise ValueError(f"a theme cannot be called {taken[0]!r}; give it another key")
        self.places = places_of(table)
        self.home = str(table["place"].iloc[0]) if len(table) else ""

    @property
    def several(self) -> bool:
        """Whether there are places to choose among."""
        return len(self.places) > 1

    def known(self, places: Iterable[str]) -> tuple[str, ...]:
        """Those of some places that the table has; the home place where it has none of them."""
        left = tuple(place for place in places if place in self.places.index)
        return left or tuple(self.places.index[self.places.index == self.home])

    def place_name(self, place: str, language: str) -> str:
        """The name of a place."""
        return self.places.at[place, f"place_{language}"]

    def allowed(self) -> dict[str, Sequence]:
        """The choices that the table leaves for the parts of a selection, by their names."""
        places = list(self.places.index)
        return {"places": places, "arrangement": ARRANGEMENTS, "language": list(LANGUAGES)}


def ranks(table: pd.DataFrame) -> dict[str, dict[str, int]]:
    """The number of each place and indicator in the order of the codebook.

    Those that a table was narrowed by count, too: so no colour changes with the rows.
    """
    orders = {name: table[name].astype("category") for name in ("place", "indicator")}
    return {
        name: {slug: number for number, slug in enumerate(order.cat.categories)}
        for name, order in orders.items()
    }


def place_list(places: pd.DataFrame, chosen: tuple[str, ...]) -> TickList:
    """A list of places, of which several can be chosen."""
    rows = min(len(places), MOST_ROWS)
    known = list(places.index)
    return TickList(options=known, value=chosen, rows=rows)


def offer_places(control: TickList, places: pd.DataFrame, chosen: tuple[str, ...]) -> None:
    """Let a list offer other places, of which these are chosen."""
    control.options, control.rows = list(places.index), min(len(places), MOST_ROWS)
    control.value = chosen


def arrangement_list(chosen: str) -> widgets.Dropdown:
    """A list of the ways in which several places can be arranged."""
    return widgets.Dropdown(options=ARRANGEMENTS, value=chosen)
