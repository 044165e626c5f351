"""A table as the explorer of indicators sees it: the rows of each view, and the records to draw."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import count, groupby, product

import pandas as pd

from .. import charts, data, growth
from .places import TableView
from .ready_rows import ReadyRows
from .selection import (
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
        self._names = self.codebook.set_index("indicator")
        self.is_small = len(table) <= WHOLE_AT_ONCE
        places = table["place"].astype("category").cat.categories
        self._places = {place: order for order, place in enumerate(places)}
        named = table.drop_duplicates(["indicator", "measure"])["unit"]
        self._units = sorted({"percentage points", *named})

    @cached_property
    def whole(self) -> ReadyRows:
        """The rows of the table."""
        return self._ready(self._table, 0)

    @cached_property
    def official(self) -> ReadyRows:
        """The rows that a government's own document printed, or a copy of one."""
        return self._ready(data.official(self._table), 1)

    def _ready(self, table: pd.DataFrame, number: int) -> ReadyRows:
        """Rows of the table, made ready; `number` tells their own labels from those of others."""
        free = count(self._table.index.max() + 1 + number, 2) if len(self._table) else count()
        return ReadyRows(table, self.home, self.is_small, free)

    def of(self, official: bool) -> ReadyRows:
        """The rows of official sources only, or all."""
        return self.official if official else self.whole

    def indicator_name(self, slug: str, language: str) -> str:
        """The name of an indicator."""
        return self._names.at[slug, f"name_{language}"]

    def allowed(self) -> dict[str, Sequence]:
        return super().allowed() | {
            "chosen": list(self.codebook["indicator"]),
            "statuses": STATUSES,
            "view": VIEWS,
            "scale": SCALES,
            "vintages": VINTAGES,
            "base": YEAR_CHOICES,
            "pace": (True, False),
            "official": (True, False),
            "implied": (True, False),
        }

    def rows(self, selection: IndicatorSelection) -> pd.DataFrame:
        """The rows of all views (see `growth.views`) of the chosen indicators and places.

        The index has the chosen base year, as `base`.
        """
        pairs = product(selection.chosen, selection.places)
        rows = self.of(selection.official).views(pairs)
        if selection.view == "index":
            return self._index(rows, selection.base)
        return rows.assign(base=growth.BASE_YEAR)

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
        """The keys of all parts in these languages; of a large table, none.

        Those of official sources only are made when they are asked for, as other base years are.
        """
        if not self.is_small:
            return []
        return [
            key
            for language in languages
            for pair in self.whole.pairs()
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
        for (language, base, official), group in groupby(sorted(found, key=_in_common), _in_common):
            group = list(group)
            by_series = {growth.series_id(*key[1:3], self.home): key for key in group}
            rows = self.of(official).views([(key.indicator, key.place) for key in group])
            rows = self._index(rows, base) if base else rows[rows["view"] != "index"]
            for record in charts.in_views(rows, self._panel_order(rows), language):
                key = by_series[record["series"]]
                own = {"official": official, "depth": self._places[key.place]}
                found[key].append(record | own)
            for key in group:
                found[key] += self._required(key, found[key], base)
        return found

    def _panel_order(self, rows: pd.DataFrame) -> list[int]:
        """Where the panel of each row stands among those of its view: by measure, unit, place."""
        measures = {measure: order for order, measure in enumerate(MEASURES)}
        units = {unit: order for order, unit in enumerate(self._units)}
        return [
            (measures.get(measure, 0) * len(units) + units.get(unit, 0)) * len(self._places)
            + self._places[place]
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
        for _, path in self.of(key.official).paths(key.indicator, key.place).groupby("path"):
            level = self._level(key, path["base"].iloc[0].scope) if base else 100
            if level:
                path = path.assign(value=100 * path["value"] / level)
                found += charts.required(path, beside, key.language)
        return found

    def _level(self, key: IndexKey, scope: str) -> float | None:
        """The outcome of the base year, counted on this basis; None where there is none."""
        rows = self.of(key.official).table([key.indicator], [key.place])
        exact = (
            rows["measure"].eq("level") & rows["status"].eq("actual") & rows["bound"].eq("exact")
        )
        rows = rows[exact & rows["drawn"] & rows["period"].eq(str(key.base))]
        return next((row.value for row in rows.itertuples() if str(row.scope) == str(scope)), None)


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    """A table with a number for each row, its own or a new one, in their order."""
    index = table.index
    numbered = pd.api.types.is_integer_dtype(index) and index.is_unique
    return table if numbered and index.is_monotonic_increasing else table.reset_index(drop=True)


def _in_common(key: FiguresKey | IndexKey) -> tuple[str, int, bool]:
    """Language, base year (0 for all but the index) and sources of a key."""
    return key.language, getattr(key, "base", 0), key.official
