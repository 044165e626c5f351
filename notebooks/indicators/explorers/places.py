"""The places of a table, and the controls to choose among them."""

import ipywidgets as widgets
import pandas as pd

from .controls import HALF_WIDTH

ARRANGEMENTS = ("overlay", "apart")
MOST_ROWS = 8  # of a list


def places_of(table: pd.DataFrame) -> pd.DataFrame:
    """The places of a table, a row each by its key, with their names (`place_en`, `place_zh`).

    In the order of the codebook; of a table whose places have no such order, as they first come.
    """
    known = table.drop_duplicates("place")
    known = known.sort_values("place") if known["place"].dtype == "category" else known
    return known.astype({"place": str}).set_index("place")


def place_list(places: pd.DataFrame, chosen: tuple[str, ...]) -> widgets.SelectMultiple:
    """A list of places, of which several can be chosen."""
    rows = min(len(places), MOST_ROWS)
    known = list(places.index)
    return widgets.SelectMultiple(options=known, value=chosen, rows=rows, layout=HALF_WIDTH)


def offer_places(
    control: widgets.SelectMultiple, places: pd.DataFrame, chosen: tuple[str, ...]
) -> None:
    """Let a list offer other places, of which these are chosen."""
    control.options, control.rows = list(places.index), min(len(places), MOST_ROWS)
    control.value = chosen


def arrangement_list(chosen: str) -> widgets.Dropdown:
    """A list of the ways in which several places can be arranged."""
    return widgets.Dropdown(options=ARRANGEMENTS, value=chosen, layout=HALF_WIDTH)
