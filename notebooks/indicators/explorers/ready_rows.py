"""Rows of a table, made ready to be drawn for the indicators and places that are asked for."""

from collections.abc import Iterable, Sequence
from itertools import count, islice

import numpy as np
import pandas as pd

from .. import data, growth, labels
from ..growth.computed import RULES
from .selection import COMPUTED_VIEWS, FIRST_YEAR, LAST_YEAR, VIEWS

Pair = tuple[str, str]  # of an indicator and a place
COMPUTABLE = {rule.of for rule in RULES}  # indicators with figures that others give
RULED = {name for rule in RULES for name in (rule.of, rule.part, rule.whole)}


class ReadyRows:
    """The rows of a table and of its views, made ready for pairs of indicator and place.

    Beside those of the table there are those that it implies or gives (`growth.implied`,
    `growth.computed`), with `origins`, the rows that each comes from.

    `table`: its rows have labels in their order. `home`: the place that goes without saying. With
    `at_once`, from the second time on all pairs are made ready at once. `free`: labels for rows
    that the table does not have.
    """

    def __init__(self, table: pd.DataFrame, home: str, at_once: bool, free: count):
        self._table, self.home, self._at_once, self._free = table, home, at_once, free
        self._keys = [table[key].astype("category").cat for key in ("indicator", "place")]
        self._codes = [key.codes.to_numpy() for key in self._keys]
        self._ready: set[Pair] = set()
        self._marked = self._views = None  # rows of the table, and of its views, that are ready
        self._derived = None  # rows that they imply or give
        self._paths: dict[Pair, pd.DataFrame] = {}
        self._computed: dict[str, pd.DataFrame] = {}  # by place

    def pairs(self) -> list[Pair]:
        """Every indicator with every place for which it has figures, in codebook order."""
        slugs, places = (key.categories for key in self._keys)
        known = sorted(set(zip(*self._codes, strict=True)))
        return [(str(slugs[slug]), str(places[place])) for slug, place in known]

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
        self._prepare((slug, place) for slug in slugs for place in places)
        rows = self._marked
        return rows[rows["indicator"].isin(slugs) & rows["place"].isin(places)]

    def printings(self, key: int) -> pd.DataFrame:
        """The row with this label, if it is ready, and its other printings.

        With a row that is none of the table, those that it comes from.
        """
        if self._marked is None:
            return self._table.iloc[:0]
        if key in self._derived.index:
            row = self._derived.loc[[key]]
            return pd.concat([row, self._table.loc[list(row.at[key, "of"])]])
        rows = self._marked[self._marked.index == key]
        others = [other.Index for row in rows.itertuples() for other in row.others]
        return pd.concat([rows, self._marked.loc[others]])

    def printed(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with those that derived ones come from in their place."""
        derived = rows["status"].isin(labels.DERIVED)
        if not derived.any():
            return rows
        named = dict.fromkeys(label for of in rows.loc[derived, "of"] for label in of)
        return pd.concat([rows[~derived], self._table.loc[list(named)]])

    def paths(self, slug: str, place: str) -> pd.DataFrame:
        """The required growth of an indicator, as from `growth.required_paths`."""
        if (slug, place) not in self._paths:
            self._prepare([(slug, place)])
            missing = self._ready - self._paths.keys()
            table = self._marked[self._marked["drawn"]]
            pairs = pd.MultiIndex.from_frame(table[["indicator", "place"]])
            found = growth.required_paths(table[pairs.isin(missing)])
            self._paths |= dict.fromkeys(missing, found.iloc[:0])
            self._paths |= dict(iter(found.groupby(["indicator", "place"], observed=True)))
        return self._paths[slug, place]

    def _prepare(self, pairs: Iterable[Pair]) -> None:
        """Make the rows of these pairs ready, each once."""
        missing = [pair for pair in dict.fromkeys(pairs) if pair not in self._ready]
        if missing and self._ready and self._at_once:
            missing = [pair for pair in self.pairs() if pair not in self._ready]
        if self._marked is None:  # then there is something to make, also where nothing is chosen
            first = self._table[["indicator", "place"]].head(1).astype("str")
            missing = list(dict.fromkeys([*missing, *first.itertuples(index=False, name=None)]))
        elif not missing:
            return
        table = self._table.iloc[sorted(row for pair in missing for row in self._positions(*pair))]
        drawn = table.index.isin(data.latest(table).index)
        table = labels.with_others(table.assign(drawn=drawn, origins=[()] * len(table)))
        derived = self._labelled(self._derive(table, missing))
        views = [growth.views(table, home=self.home), self._in_views(derived)]
        if self._marked is not None:
            table = pd.concat([self._marked, table])
            derived = pd.concat([self._derived, derived])
            views = [self._views, *views]
        views = pd.concat(views, ignore_index=True)
        views = views[views["start"].ge(FIRST_YEAR) & views["end"].le(LAST_YEAR)]
        self._marked, self._derived, self._views = table, derived, _in_order(views)
        self._ready.update(missing)

    def _derive(self, table: pd.DataFrame, pairs: Iterable[Pair]) -> pd.DataFrame:
        """What the rows of these pairs imply, and what they give with others of their places."""
        pairs = set(pairs)
        places = {place for slug, place in pairs if slug in COMPUTABLE}
        if new := places - self._computed.keys():
            rows = self._table[
                self._table["place"].isin(new) & self._table["indicator"].isin(RULED)
            ]
            drawn = rows.index.isin(data.latest(rows).index)
            computed = growth.computed(rows.assign(drawn=drawn))
            self._computed |= {place: computed[computed["place"] == place] for place in new}
        found = [growth.implied(table)]
        for place in sorted(places):
            computed = self._computed[place]
            slugs = [slug for slug, where in pairs if where == place]
            found.append(computed[computed["indicator"].isin(slugs)])
        derived = pd.concat(found, ignore_index=True)
        return derived[derived["drawn"]]

    def _labelled(self, derived: pd.DataFrame) -> pd.DataFrame:
        """Derived rows with labels of their own and, as `origins`, what they come from."""
        named = list(dict.fromkeys(label for of in derived["of"] for label in of))
        rows = dict(zip(named, self._table.loc[named].itertuples(), strict=True))
        return derived.assign(
            origins=[tuple(rows[label] for label in of) for of in derived["of"]],
            others=[()] * len(derived),
        ).set_axis(list(islice(self._free, len(derived))))

    def _in_views(self, derived: pd.DataFrame) -> pd.DataFrame:
        """Derived rows in the view that each belongs to; none of levels is joined by a line."""
        views = {measure: view for view, measure in COMPUTED_VIEWS.items()}
        pairs = zip(derived["indicator"], derived["place"], strict=True)
        rows = derived.assign(
            row=derived.index,
            view=[views.get(measure, "levels") for measure in derived["measure"]],
            series=[growth.series_id(*pair, self.home) for pair in pairs],
            line=0,
            after=None,
        )
        of_views = rows["view"].ne("levels")
        return pd.concat([rows[~of_views], growth.with_lines(rows[of_views])])

    def _positions(self, slug: str, place: str) -> Sequence[int]:
        """Where in the table the rows of an indicator and a place stand."""
        wanted = [
            key.categories.get_indexer([name])[0]
            for key, name in zip(self._keys, (slug, place), strict=True)
        ]
        if -1 in wanted:
            return []
        return np.flatnonzero((self._codes[0] == wanted[0]) & (self._codes[1] == wanted[1]))


def _in_order(views: pd.DataFrame) -> pd.DataFrame:
    """Rows of views in the order in which `growth.views` gives them."""
    view = views["view"].map({name: order for order, name in enumerate(VIEWS)})
    return views.iloc[np.lexsort([views["row"], ~views["drawn"].astype(bool), view])]
