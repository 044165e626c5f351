"""A whole and its parts, a year at a time: amounts, shares, per resident, growth, and the rest.

What is printed stays as it is printed; what is computed from it is a row of its own, with its
range and the mark `computed`. A part that a year does not print is a row without a value.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, NamedTuple

import pandas as pd

from .figures import (
    Figure,
    average_growth,
    change,
    figure,
    ratio,
    share,
    times,
    total,
    year_on_year,
)

COMPOSED = ("amounts", "shares", "per resident", "growth")  # the views of a whole and its parts
POPULATION, PERSONS = "resident_population", "10,000 persons"
EACH = {"100 million CNY": ("CNY", 1e4), "100 million USD": ("USD", 1e4)}  # of 10,000 persons
COMPUTED_MEASURES = {
    "shares": "part_share",
    "per resident": "per_resident",
    "growth": "computed_growth",
}
DECIMALS = {"shares": 1, "per resident": 0, "growth": 1}  # of what is computed
OF_INDICATOR = ["indicator", "theme", "name_en", "name_zh", "price_basis", "better", "description"]
ADDED = ["view", "role", "part", "value", "low", "high", "printed", "decimals", "unit", "measure"]
ADDED += ["computed", "origins", "against", "size", "rate", "absent", "broken"]

Row = Any  # a row of a table, as a namedtuple
Rows = dict[str, Row]  # the row of each indicator in one year
Record = dict[str, Any]


class Part(NamedTuple):
    """The figure of a part, the row that it belongs to, and the rows that it is computed from."""

    row: Row
    figure: Figure
    origins: tuple[Row, ...] = ()


Made = dict[str, Part]  # by indicator; "" is the rest


class PartOverSpan(NamedTuple):
    """The average growth a year of a part between two of its amounts, and that of the whole."""

    first: Row
    last: Row
    rate: Figure
    of_whole: Figure
    against: str


def composition(table: pd.DataFrame, whole: str, parts: Sequence[str]) -> pd.DataFrame:
    """Every year of a whole with its parts, in each view of `COMPOSED`, for each place that has it.

    `table`: as from `data.latest`; `whole` and `parts`: slugs. Outcomes alone count, printed as a
    number, of parts those in the unit of the whole. A row has the columns of `table` and

    - `view`; `role`: `whole`, `part`, `missing` (a part without a figure) or `rest` (the whole
      less its parts); `part`: 0 for the whole, then the position of the part, the rest last;
    - `value` with its range (`low`, `high`), `unit`, `printed` (the digits), `computed` and
      `origins` (the rows that it is computed from);
    - `size` and `rate`: the amount and the growth of the year, in every view;
    - `against`: whether a growth rate is `higher`, `lower` or, within rounding, the `same` as that
      of the whole; `absent`: of a rest, the slugs of the parts that the year does not print;
      `broken`: whether the basis of counting is another than in the year before.

    Growth is the printed rate. In a year in which the whole has none, it is computed from two
    amounts counted on one basis: the two kinds never meet in one year.
    """
    names = [whole, *parts]
    rows = table[table["indicator"].isin([*names, POPULATION]) & table["status"].eq("actual")]
    rows = rows[rows["bound"].isin(["exact", "about"]) & rows["start"].eq(rows["end"])]
    found: list[Record] = []
    for _, of_place in rows.groupby("place", observed=True, sort=False):
        place = _Place(of_place, whole, parts)
        found += place.records() if place.ever else []
    return pd.DataFrame(found, columns=list(dict.fromkeys([*table.columns, *ADDED])))


def parts_over_span(rows: pd.DataFrame) -> list[PartOverSpan]:
    """Of each part the growth from its first to its last amount, beside that of the whole.

    `rows`: as from `composition`. A part that is counted on several bases has a course for each on
    which it has two amounts; one between years that count the whole on two bases has none.
    `against` is as in `composition`.
    """
    amounts = rows[rows["view"].eq("amounts")]
    wholes = {(row.place, row.start): row for row in amounts[amounts["part"].eq(0)].itertuples()}
    parts: dict[tuple, list[Row]] = {}
    for row in amounts[amounts["role"].eq("part")].sort_values("part", kind="stable").itertuples():
        parts.setdefault((row.place, row.part, _basis(row)), []).append(row)
    ends = ((group[0], group[-1]) for group in parts.values() if len(group) > 1)
    pairs = ((end, tuple(wholes[row.place, row.start] for row in end)) for end in ends)
    return [_over_span(*part, *whole) for part, whole in pairs if len(set(map(_basis, whole))) == 1]


def _over_span(first: Row, last: Row, *whole: Row) -> PartOverSpan:
    """The course of a part between two rows, beside the rows of the whole in the same years."""
    rate, of_whole = (
        average_growth(figure(start), figure(end), last.start - first.start)
        for start, end in ((first, last), whole)
    )
    return PartOverSpan(first, last, rate, of_whole, _set_against(rate, of_whole))


class _Place:
    """What one place has printed of a whole and its parts."""

    def __init__(self, rows: pd.DataFrame, whole: str, parts: Sequence[str]):
        self.whole, self.parts = whole, list(parts)
        is_population = rows["indicator"].eq(POPULATION)
        levels, rates = rows["measure"].eq("level"), rows["measure"].eq("growth_rate")
        of_whole = rows[levels & rows["indicator"].eq(whole)]
        self.bases = set(map(_basis, of_whole.itertuples()))
        self.levels = self._by_year(rows[levels & ~is_population])
        self.rates = self._by_year(rows[rates & ~is_population])
        known = [*self.levels.values(), *self.rates.values()]
        self.ever = {slug: row for of_year in known for slug, row in of_year.items()}
        self.ever.pop(whole, None)
        self.residents = _of_longest(rows[levels & is_population & rows["unit"].eq(PERSONS)])

    def _by_year(self, rows: pd.DataFrame) -> dict[int, Rows]:
        """The rows of each year in which the whole has one, counted on one basis."""
        bases = set(map(_basis, rows[rows["indicator"].eq(self.whole)].itertuples()))
        found = {
            int(year): self._of_one_basis(list(group.itertuples()), bases)
            for year, group in rows.groupby("start")
        }
        return {year: of_year for year, of_year in found.items() if of_year}

    def _of_one_basis(self, rows: list[Row], bases: set[str]) -> Rows:
        """The rows that make one whole: on the basis with the most parts that it can hold,
        of two such on the usual one.

        `bases` are those that the whole is counted on in some year. Any other is a part's own, and
        it is a part all the same.
        """
        choices = []
        for whole in (row for row in rows if row.indicator == self.whole):
            fitting = [row for row in rows if row.indicator in self.parts and _alike(row, whole)]
            own = [row for row in fitting if _basis(row) not in bases]
            same = [row for row in fitting if _basis(row) == _basis(whole)]
            parts = {str(row.indicator): row for row in [*own, *same]}
            merit = _holds(whole, parts), len(parts), not _basis(whole)
            choices.append((merit, {self.whole: whole} | parts))
        return max(choices, key=lambda choice: choice[0], default=(0, {}))[1]

    def records(self) -> list[Record]:
        """All rows of the place."""
        makers = {
            "amounts": self._amounts,
            "shares": self._shares,
            "per resident": self._per_resident,
            "growth": self._growth,
        }
        found = []
        for year in sorted({*self.levels, *self.rates}):
            rows = self.levels.get(year, {})
            known = self._amounts(year, rows), self._growth(year, rows)
            for view, make in makers.items():
                found += self._in_view(view, year, make(year, rows), known)
        return found

    def _in_view(self, view: str, year: int, made: Made, known: tuple[Made, Made]) -> list[Record]:
        """The rows of a year in a view: the whole, its parts in their order, and the rest."""
        if self.whole not in made:
            return []
        whole, records = made[self.whole], []
        absent = tuple(slug for slug in self.parts if slug in self.ever and slug not in known[0])
        for number, slug in enumerate([self.whole, *self.parts, ""]):
            if slug not in made and slug not in self.ever:
                continue
            part = made.get(slug)
            row = part.row if part else self._without_figure(slug, whole.row)
            role = "missing" if not part else _role(number, slug)
            size, rate = (each[slug].figure.value if slug in each else None for each in known)
            said = {"view": view, "role": role, "part": number, "size": size, "rate": rate}
            said |= {"start": year, "end": year, "period": str(year)}
            said["absent"] = absent if role == "rest" else ()
            said["broken"] = self._is_broken(slug, year)
            said["against"] = _against(part, whole) if view == "growth" else ""
            figures = _figure(view, role, part) if part else _no_figure(whole.figure.unit)
            records.append(row._asdict() | said | figures)
        return records

    def _without_figure(self, slug: str, whole: Row) -> Row:
        """A row for a part that the year does not print, with the source of the whole."""
        if not slug:
            return whole
        named = {name: getattr(self.ever[slug], name) for name in OF_INDICATOR}
        return whole._replace(**named, **dict.fromkeys(["scope_en", "scope_zh"], ""))

    def _is_broken(self, slug: str, year: int) -> bool:
        before, now = (self.levels.get(each, {}).get(slug) for each in (year - 1, year))
        return bool(before and now) and self._own_basis(before) != self._own_basis(now)

    def _own_basis(self, row: Row) -> str:
        """The basis of a row, but for a part that is counted as the whole is."""
        basis = _basis(row)
        return basis if row.indicator == self.whole or basis not in self.bases else ""

    # --- the views: of each part of a year its row and its figure ---

    def _amounts(self, year: int, rows: Rows) -> Made:
        if self.whole not in rows:
            return {}
        found = {slug: Part(row, figure(row)) for slug, row in rows.items()}
        printed = [part.figure for slug, part in found.items() if slug != self.whole]
        whole = found[self.whole].figure
        rest = change(reduce(total, printed), whole) if printed else whole
        if rest.low > 0:  # else nothing is left, rounding considered
            found[""] = Part(rows[self.whole], rest, tuple(rows.values()))
        return found

    def _shares(self, year: int, rows: Rows) -> Made:
        amounts = self._amounts(year, rows)
        found = {
            slug: Part(
                part.row,
                share(part.figure, amounts[self.whole].figure),
                part.origins or (part.row, rows[self.whole]),
            )
            for slug, part in amounts.items()
        }
        if not set(found) - {self.whole, ""}:
            return {}  # no part is printed: nothing is divided
        return found | {self.whole: found[self.whole]._replace(figure=Figure(100, 100, 100, "%"))}

    def _per_resident(self, year: int, rows: Rows) -> Made:
        residents = self.residents.get(year)
        unit, scale = EACH.get(str(rows[self.whole].unit) if rows else "", ("", 0))
        if residents is None or not unit:
            return {}
        return {
            slug: Part(
                part.row,
                times(ratio(part.figure, _as(part.figure, residents)), scale, unit),
                (*(part.origins or (part.row,)), residents),
            )
            for slug, part in self._amounts(year, rows).items()
        }

    def _growth(self, year: int, rows: Rows) -> Made:
        printed = self.rates.get(year, {})
        if self.whole in printed:
            return {slug: Part(row, figure(row)) for slug, row in printed.items()}
        before = self.levels.get(year - 1, {})
        pairs = {
            slug: (before[slug], row)
            for slug, row in rows.items()
            if slug in before and _basis(before[slug]) == _basis(row)
        }
        return {
            slug: Part(now, year_on_year(figure(earlier), figure(now)), (earlier, now))
            for slug, (earlier, now) in pairs.items()
            if earlier.value > 0 and now.value > 0
        }


def _as(amount: Figure, residents: Row) -> Figure:
    """A number of residents as a figure that an amount can be divided by."""
    return replace(figure(residents), unit=amount.unit, basis=amount.basis)


def _basis(row: Row) -> str:
    """The basis of counting of a row, empty for the usual one."""
    return row.scope if isinstance(row.scope, str) else ""


def _holds(whole: Row, parts: Rows) -> bool:
    """Whether parts are together no more than the whole, rounding considered; rates always are."""
    if whole.measure != "level" or not parts:
        return True
    return reduce(total, map(figure, parts.values())).low <= figure(whole).high


def _of_longest(rows: pd.DataFrame) -> dict[int, Row]:
    """The row of each year: of several bases of counting, on that with the most years."""
    counts = Counter(map(_basis, rows.itertuples()))
    ordered = sorted(rows.itertuples(), key=lambda row: counts[_basis(row)])
    return {int(row.start): row for row in ordered}


def _alike(one: Row, other: Row) -> bool:
    """Whether two rows are in one unit, in prices of one kind."""
    basis = [row.price_basis if isinstance(row.price_basis, str) else "" for row in (one, other)]
    return one.unit == other.unit and basis[0] == basis[1]


def _role(number: int, slug: str) -> str:
    return "rest" if not slug else "part" if number else "whole"


def _against(part: Part | None, whole: Part) -> str:
    """A growth rate set against that of the whole, rounding considered."""
    return "" if part is None or part is whole else _set_against(part.figure, whole.figure)


def _set_against(rate: Figure, of_whole: Figure) -> str:
    """`higher`, `lower` or, within rounding, the `same`."""
    return "higher" if rate.low > of_whole.high else "lower" if rate.high < of_whole.low else "same"


def _figure(view: str, role: str, part: Part) -> Record:
    """What a row has of its figure: as printed, or computed to the decimals of its view."""
    row, value, origins = part
    known = {"value": value.value, "low": value.low, "high": value.high, "unit": value.unit}
    known |= {"computed": bool(origins), "origins": origins, "decimals": int(row.decimals)}
    if not origins:
        return known
    decimals = DECIMALS.get(view, 0 if value.high - value.low > 1 else int(row.decimals))
    measure = "rest" if role == "rest" and view == "amounts" else COMPUTED_MEASURES[view]
    said = f"{round(value.value, decimals) + 0.0:.{decimals}f}"
    known |= {"measure": measure, "decimals": decimals, "printed": said, "bound": "exact"}
    named = " and ".join(f"{each.printed} {each.unit} ({each.period})" for each in origins)
    note = "The whole less its printed parts" if role == "rest" else f"From {named}"
    return known | {"status": "computed", "as_printed": "", "locator": "", "note": f"{note}."}


def _no_figure(unit: str) -> Record:
    """What a row has of a part that was not printed."""
    nothing = dict.fromkeys(["as_printed", "locator", "note", "printed"], "")
    known = {"value": None, "low": None, "high": None, "unit": unit}
    return nothing | known | {"computed": False, "origins": ()}
