"""A table as the explorer of indicators sees it: the rows of each view, and the records to draw."""

from collections.abc import Iterable, Sequence
from itertools import groupby, product

import numpy as np
import pandas as pd

from .. import charts, data, growth, labels
from .places import TableView
from .selection import (
    FIRST_YEAR,
    LAST_YEAR,
    SCALES,
    STATUSES,
    VIEWS,
    VINTAGES,
    YEAR_CHOICES,
    FiguresKey,
    IndexKey,
    IndicatorSelection,
)

WHOLE_AT_ONCE = 5000  # rows; the figures of a larger table are made ready when they are chosen
MEASURES = [*growth.LEVELS, *growth.RATES, *growth.TOTALS]  # in the order of their panels

Pair = tuple[str, str]  # of an indicator and a place


class IndicatorView(TableView):
    """The figures of a table, made ready for the indicators and places that are asked for.

    Of a table with at most `WHOLE_AT_ONCE` rows, from the second time on, all at once.
    """

    def __init__(self, table: pd.DataFrame):
        super().__init__(table)
        table = self._table = _labelled(table)
        self.codebook = (
            table.drop_duplicates("indicator")
            .sort_values("indicator")
            .astype({"indicator": str, "theme": str})
        )
        self.is_small = len(table) <= WHOLE_AT_ONCE
        self._keys = [table[key].astype("category").cat for key in ("indicator", "place")]
        self._codes = [key.codes.to_numpy() for key in self._keys]
        named = table.drop_duplicates(["indicator", "measure"])["unit"]
        self._units = sorted({"percentage points", *named})
        self._ready: set[Pair] = set()
        self._marked = self._views = None  # rows of the table, and of its views, that are ready
        self._paths: dict[Pair, pd.DataFrame] = {}

    def allowed(self) -> dict[str, Sequence]:
        return super().allowed() | {
            "chosen": list(self.codebook["indicator"]),
            "statuses": STATUSES,
            "view": VIEWS,
            "scale": SCALES,
            "vintages": VINTAGES,
            "base": YEAR_CHOICES,
            "pace": (True, False),
        }

    def pairs(self) -> list[Pair]:
        """Every indicator with every place for which it has figures, in codebook order."""
        slugs, places = (key.categories for key in self._keys)
        known = sorted(set(zip(*self._codes, strict=True)))
        return [(str(slugs[slug]), str(places[place])) for slug, place in known]

    def rows(self, selection: IndicatorSelection) -> pd.DataFrame:
        """The rows of all views (see `growth.views`) of the chosen indicators and places.

        The index has the chosen base year, as `base`.
        """
        rows = self.views(product(selection.chosen, selection.places))
        if selection.view == "index":
            return self._index(rows, selection.base)
        return rows.assign(base=growth.BASE_YEAR)

    def views(self, pairs: Iterable[Pair]) -> pd.DataFrame:
        """The rows of all views of these pairs of indicator and place, within the years."""
        pairs = list(pairs)
        self._prepare(pairs)
        ids = {growth.series_id(slug, place, self.home) for slug, place in pairs}
        return self._views[self._views["series"].isin(ids)]

    def table(self, slugs: Iterable[str], places: Iterable[str]) -> pd.DataFrame:
        """Rows of the table of these indicators and places.

        With `drawn` (whether `data.latest` chooses the row) and `others` (its other printings).
        """
        slugs, places = list(slugs), list(places)
        self._prepare(product(slugs, places))
        rows = self._marked
        return rows[rows["indicator"].isin(slugs) & rows["place"].isin(places)]

    def printings(self, key: int) -> pd.DataFrame:
        """The row of the table with this label, if it is ready, and its other printings."""
        if self._marked is None:
            return self._table.iloc[:0]
        rows = self._marked[self._marked.index == key]
        others = [other.Index for row in rows.itertuples() for other in row.others]
        return pd.concat([rows, self._marked.loc[others]])

    def _prepare(self, pairs: Iterable[Pair]) -> None:
        """Make the rows of these pairs ready, each once."""
        missing = [pair for pair in dict.fromkeys(pairs) if pair not in self._ready]
        if missing and self._ready and self.is_small:
            missing = [pair for pair in self.pairs() if pair not in self._ready]
        if self._marked is None:  # then there is something to make, also where nothing is chosen
            first = self._table[["indicator", "place"]].head(1).astype("str")
            missing = list(dict.fromkeys([*missing, *first.itertuples(index=False, name=None)]))
        elif not missing:
            return
        table = self._table.iloc[sorted(row for pair in missing for row in self._positions(*pair))]
        drawn = table.index.isin(data.latest(table).index)
        table = labels.with_others(table.assign(drawn=drawn))
        views = growth.views(table, home=self.home)
        views = views[views["start"].ge(FIRST_YEAR) & views["end"].le(LAST_YEAR)]
        if self._marked is not None:
            table = pd.concat([self._marked, table])
            views = _in_order(pd.concat([self._views, views], ignore_index=True))
        self._marked, self._views = table, views
        self._ready.update(missing)

    def _positions(self, slug: str, place: str) -> Sequence[int]:
        """Where in the table the rows of an indicator and a place stand."""
        wanted = [
            key.categories.get_indexer([name])[0]
            for key, name in zip(self._keys, (slug, place), strict=True)
        ]
        if -1 in wanted:
            return []
        return np.flatnonzero((self._codes[0] == wanted[0]) & (self._codes[1] == wanted[1]))

    def _index(self, views: pd.DataFrame, base: int) -> pd.DataFrame:
        """The index of views, with this base year."""
        if base == growth.BASE_YEAR:
            rows = views[views["view"] == "index"]
        else:
            levels = views[views["view"] == "levels"]
            rows = growth.with_lines(growth.index_to_base(levels, base).assign(view="index"))
        return rows.assign(base=base)

    # --- records ---

    def all_parts(self, languages: Iterable[str]) -> list[FiguresKey | IndexKey]:
        """The keys of all parts in these languages; of a large table, none."""
        if not self.is_small:
            return []
        return [
            key
            for language in languages
            for pair in self.pairs()
            for key in (
                FiguresKey(language, *pair),
                IndexKey(language, *pair, growth.BASE_YEAR),
            )
        ]

    def records(
        self, keys: Iterable[FiguresKey | IndexKey]
    ) -> dict[FiguresKey | IndexKey, list[dict]]:
        """The figures of each key as `charts.in_views` gives them, with the required pace."""
        found = {key: [] for key in keys}
        for (language, base), group in groupby(sorted(found, key=_in_common), _in_common):
            group = list(group)
            by_series = {growth.series_id(*key[1:3], self.home): key for key in group}
            rows = self.views([(key.indicator, key.place) for key in group])
            rows = self._index(rows, base) if base else rows[rows["view"] != "index"]
            for record in charts.in_views(rows, self._panel_order(rows), language):
                found[by_series[record["series"]]].append(record)
            for key in group:
                found[key] += self._required(key, found[key], base)
        return found

    def _panel_order(self, rows: pd.DataFrame) -> list[int]:
        """Where the panel of each row stands among those of its view: by measure, unit, place."""
        places = {place: order for order, place in enumerate(self._keys[1].categories)}
        measures = {measure: order for order, measure in enumerate(MEASURES)}
        units = {unit: order for order, unit in enumerate(self._units)}
        return [
            (measures.get(measure, 0) * len(units) + units.get(unit, 0)) * len(places)
            + places[place]
            for measure, unit, place in zip(
                rows["measure"], rows["unit"], rows["place"], strict=True
            )
        ]

    def _required(self, key: FiguresKey | IndexKey, records: list[dict], base: int) -> list[dict]:
        """The required growth beside the records of a key: of levels, or of the index."""
        view = "index" if base else "levels"
        beside = next(
            (record for record in records if record["drawn"] and record["view"] == view), None
        )
        if beside is None:
            return []
        found = []
        for _, path in self._paths_of(key.indicator, key.place).groupby("path"):
            level = self._level(key, path["base"].iloc[0].scope) if base else 100
            if level:
                path = path.assign(value=100 * path["value"] / level)
                found += charts.required(path, beside, key.language)
        return found

    def _level(self, key: IndexKey, scope: str) -> float | None:
        """The outcome of the base year, counted on this basis; None where there is none."""
        rows = self.table([key.indicator], [key.place])
        exact = (
            rows["measure"].eq("level") & rows["status"].eq("actual") & rows["bound"].eq("exact")
        )
        rows = rows[exact & rows["drawn"] & rows["period"].eq(str(key.base))]
        return next((row.value for row in rows.itertuples() if str(row.scope) == str(scope)), None)

    def _paths_of(self, slug: str, place: str) -> pd.DataFrame:
        """The required growth of an indicator, as from `growth.required_paths`."""
        if (slug, place) not in self._paths:
            table = self.table([slug], [place])
            self._paths[slug, place] = growth.required_paths(table[table["drawn"]])
        return self._paths[slug, place]


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    """A table with a number for each row, its own or a new one, in their order."""
    index = table.index
    numbered = pd.api.types.is_integer_dtype(index) and index.is_unique
    return table if numbered and index.is_monotonic_increasing else table.reset_index(drop=True)


def _in_order(views: pd.DataFrame) -> pd.DataFrame:
    """Rows of views in the order in which `growth.views` gives them."""
    view = views["view"].map({name: order for order, name in enumerate(VIEWS)})
    return views.iloc[np.lexsort([views["row"], ~views["drawn"].astype(bool), view])]


def _in_common(key: FiguresKey | IndexKey) -> tuple[str, int]:
    """Language and base year of a key; 0 for all but the index."""
    return key.language, getattr(key, "base", 0)
