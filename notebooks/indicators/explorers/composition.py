"""The explorer of a whole and its parts: amounts, shares, per resident and growth by year."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import ipywidgets as widgets
import pandas as pd

from .. import charts, growth, i18n, labels
from ..data import provenance
from ..i18n import LANGUAGES
from . import export
from .base import in_turn
from .controls import buttons, rename, small_print
from .live_chart import Alone
from .places import TableView
from .selection import (
    FIRST_YEAR,
    LAST_YEAR,
    PART_ORDERS,
    YEAR_CHOICES,
    CompositionSelection,
    PartsKey,
    check,
    check_parts,
    checked_years,
    names,
)
from .taking_home import FiguresToTake

SOURCES_WIDTH = {"en": 150, "zh": 80}  # characters of a line


class CompositionView(TableView):
    """The rows of `growth.composition` of a table; only places that have some can be chosen.

    Raises ValueError for a whole that the table does not have, and where no place has it with one
    of its parts.
    """

    def __init__(self, table: pd.DataFrame, whole: str, parts: Sequence[str]):
        self.slugs = list(table["indicator"].astype("str").unique())
        check([whole], self.slugs, "indicator")
        rows = growth.composition(table, whole, parts)
        rows = rows[rows["start"].between(FIRST_YEAR, LAST_YEAR)]
        if not rows["role"].eq("part").any():
            check(parts, self.slugs, "indicator")
            raise ValueError(f"no place has figures of {whole!r} and one of its parts")
        super().__init__(table[table["place"].isin(rows["place"].unique())])
        self.rows = labels.with_rest_named(rows)
        self.whole = next(self.rows[self.rows["part"].eq(0)].itertuples())
        self._records: dict[PartsKey, list[dict]] = {}

    def allowed(self) -> dict[str, Sequence]:
        own = {"view": growth.COMPOSED, "order": PART_ORDERS, "year": YEAR_CHOICES}
        return super().allowed() | own

    def latest_year(self, places: Iterable[str]) -> int:
        """The last year with a figure of a part in some places."""
        rows = self.rows[self.rows["place"].isin(list(places)) & self.rows["role"].eq("part")]
        return int(rows["start"].max())

    def records(self, key: PartsKey) -> list[dict]:
        """What the chart draws of a place, in all views."""
        if key not in self._records:
            rows = self.rows[self.rows["place"].eq(key.place)]
            self._records[key] = charts.composed(rows, key.language)
        return self._records[key]


class CompositionExplorer(FiguresToTake):
    """The parts of a whole over the years in one or more places, and their order in one year.

    `table`: as from `data.latest`; `whole` and `parts`: slugs of indicators. Controls: `view`
    (`amounts`, `shares` of the total, `per resident`, `growth`), `years` (first and last), `year`
    (the one that stands out; at first the last with figures), `order` (`size` or `growth` in that
    year), `places` (at first that of the first row that has figures), `language`, `tabled` (the
    table beneath), `reset` and `save` (buttons). What is drawn: `data` (rows, see
    `growth.composition`), `chart`, `text`, `citation`, `bibliography` (for BibLaTeX). `state` holds
    the choice and can be set; `code()` is the call that draws it anew.

    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    CHART = staticmethod(charts.composition)
    SELECTION = CompositionSelection
    GRAMMAR = "composed"
    _table_view: CompositionView

    def __init__(
        self,
        table: pd.DataFrame,
        whole: str,
        parts: str | Iterable[str],
        view: str = CompositionSelection.view,
        years: tuple[int, int] = CompositionSelection.years,
        year: int | None = None,
        order: str = CompositionSelection.order,
        places: str | Iterable[str] = (),
        language: str | None = None,
        tabled: bool = False,
        title: str = CompositionSelection.title,
    ):
        self._whole, self._parts = whole, names(parts)
        years, usual = checked_years(years), CompositionSelection.year
        language = i18n.chosen(language)
        first = CompositionSelection(language, view, years, year or usual, order, places, title)
        super().__init__(table, first)
        check(self._parts, self._table_view.slugs, "indicator")
        if year is None:
            latest = self._table_view.latest_year(self._first.places)
            self._first = replace(self._first, year=latest)
        self._make_controls()
        self._make_buttons(tabled)
        self.notes = widgets.HTML()
        self._beneath = [self.notes, self.sources, self._saving, self.listing]
        self._assemble()

    def _make_controls(self):
        first, span = self._first, {"min": FIRST_YEAR, "max": LAST_YEAR}
        views = buttons(list(growth.COMPOSED), first.view)
        self.view = views.add_class("views").add_class("unlabelled")
        self.years = widgets.IntRangeSlider(**span, value=first.years)
        self.year = widgets.IntSlider(**span, value=first.year)
        self.order = widgets.Dropdown(options=PART_ORDERS, value=first.order)

    # --- what an explorer asks for ---

    def _view_of(self, table):
        return CompositionView(table, self._whole, self._parts)

    @property
    def selection(self) -> CompositionSelection:
        chosen = {name: getattr(self, name).value for name in CompositionSelection().state}
        return CompositionSelection(**chosen | {"years": tuple(self.years.value)})

    @property
    def _linked(self):
        return {
            "language": self.language,
            "viewed": self.view,
            "first last": self.years,
            "year": self.year,
            "order": self.order,
            "places": self.places,
        }

    @property
    def _named(self):
        named = {
            getattr(self, name): name for name in [*CompositionSelection().state, "reset", "size"]
        }
        return named | {self.tabled: "table", self.year: "framed", self.share: "share"}

    def _controls(self):
        chosen = [self.view, *self._choice_of_places(), self.years, self.year]
        return [*chosen, self.order, self.language]

    def _more(self):
        return self._of_taking()

    def _make(self, keys):
        return {key: self._table_view.records(key) for key in keys}

    def all_parts(self) -> list[PartsKey]:
        places = self._table_view.places.index
        return [PartsKey(language, place) for language in LANGUAGES for place in places]

    def _series(self):
        return [place for place in self._table_view.places.index if place in self.places.value]

    def _name_choices(self):
        super()._name_choices()
        words = self.words
        rename(self.view, words["composed_views"])
        orders = (words["composed"][f"by_{order}"] for order in PART_ORDERS)
        rename(self.order, dict(zip(PART_ORDERS, orders, strict=True)))

    def _grammar(self):
        return self.words["composed"]["grammar"]

    def _reasons(self):
        return {}

    def _fit(self, before):
        self._first = replace(self._first, places=self._table_view.known(self._first.places))
        gone = [slug for slug in self._parts if slug not in self._table_view.slugs]
        self._parts = tuple(slug for slug in self._parts if slug not in gone)
        named = before.rows.drop_duplicates("indicator").set_index("indicator")
        return [named[f"name_{self.language.value}"].get(slug, slug) for slug in gone]

    # --- what is drawn ---

    @property
    def data(self) -> pd.DataFrame:
        """The drawn figures, without the parts that were not printed."""
        rows = self._rows()
        return rows[rows["role"].ne("missing")]

    def _rows(self) -> pd.DataFrame:
        return self.once("rows", lambda: self.selection.rows(self._table_view.rows))

    @property
    def _alone(self):
        heading = self._heading()
        figures = self._rows()
        records = charts.composed(figures, self.language.value)
        said = heading[0] + self.words["forms"]["stop"] + self._told()
        return Alone(records, self._params, heading, said)

    def _heading(self) -> list[str]:
        """The title of a chart that is taken home, how to read it, what is said of its bases, and
        its sources."""
        below = charts.lines(
            " ".join([*self._notes(), self.source_line]), SOURCES_WIDTH[self.language.value]
        )
        return [self._title(), *self._grammar(), *below]

    @property
    def stem(self) -> str:
        return export.file_stem(self.state, [self._whole])

    def drawn_marks(self) -> list[tuple[str | None, str]]:
        words, rows = self.words["composed"], self._rows()
        if self.view.value == "growth":
            return [(None, line) for line in words["growth_grammar"]]
        found = {
            "columns": True,
            "rest": rows["role"].eq("rest").any(),
            "broken": rows["broken"].any(),
        }
        return [(None, words["marks"][name]) for name, there in found.items() if there]

    def _plain_title(self):
        words, language, (first, last) = self.words, self.language.value, self.years.value
        where = "" if len(self.places.value) != 1 else self._names_of_places()
        return words["composed"]["title"].format(
            whole=labels.name(self._table_view.whole, language),
            view=words["composed_views"][self.view.value],
            where=words["forms"]["comma"] + where if where else "",
            first=first,
            last=last,
        )

    def _names_of_places(self) -> str:
        comma = self.words["forms"]["comma"]
        known = self._table_view.place_name
        return comma.join(known(place, self.language.value) for place in self.places.value)

    def _notes(self) -> list[str]:
        """On which bases the whole is counted, which parts change theirs, and a common caveat."""
        words, form, language = self.words["composed"], self.words["forms"], self.language.value
        rows = self.data[self.data["start"].between(*self.years.value)]
        bases = [labels.basis(row, language) for row in rows[rows["part"].eq(0)].itertuples()]
        bases = list(dict.fromkeys(filter(None, bases)))
        said = [words["basis"].format(form["semicolon"].join(bases))] if bases else []
        amounts = rows[rows["view"].ne("growth")]  # growth is said to be on one basis
        basis = {(row.place, row.part, row.start): row for row in amounts.itertuples()}
        for (place, part, year), row in basis.items():
            before = basis.get((place, part, year - 1))
            if row.broken and before and row.role != "rest":
                now, then = (
                    labels.basis(each, language) or words["usual"] for each in (row, before)
                )
                name = labels.name(row, language)
                said.append(words["changed"].format(name=name, year=year, now=now, before=then))
        return [*said, *self._caveats()]

    def _caveats(self) -> list[str]:
        """The notes (their first sentences) that most of the printed parts have."""
        rows = self._table_view.rows
        rows = rows[
            rows["place"].isin(self.places.value) & rows["start"].between(*self.years.value)
        ]
        printed = rows[rows["role"].eq("part") & ~rows["computed"].astype(bool)]
        notes = [note.split(". ")[0].rstrip(".") for note in printed["note"]]
        common = [note for note, count in Counter(notes).items() if note and 2 * count > len(notes)]
        return [self.words["composed"]["caveat"].format(note) for note in common]

    def _titles(self) -> list[str]:
        drawn, language = self.data.itertuples(), self.language.value
        printed = (each for row in drawn for each in row.origins or (row,))
        return list(dict.fromkeys(labels.source(row, language) for row in printed))

    def _cited(self) -> pd.DataFrame:
        rows = self.data
        printed = (each for row in rows.itertuples() for each in row.origins or (row,))
        return pd.DataFrame([each._asdict() for each in printed]).reindex(columns=rows.columns)

    # --- words ---

    @property
    def text(self) -> str:
        rows = self._rows()
        of_year = rows[rows["start"].eq(self.year.value)]
        language = self.language.value
        said = [f"- {labels.part_sentence(row, language)}" for row in of_year.itertuples()]
        return "\n".join([self._said(), *said])

    def _told(self):
        of_year = self.data[self.data["start"].eq(self.year.value)]
        language, form = self.language.value, self.words["forms"]
        said = (labels.part_sentence(row, language) for row in of_year.itertuples())
        told = labels.sentences(form["semicolon"].join(said), language=language)
        return self._said() + form["space"] + told

    def _said(self):
        if not self.places.value:
            return self.words["said"]["choose_place"]
        said = [self._said_of(place) for place in self.places.value]
        several, form = self._table_view.several, self.words["said"]["in_place"]
        named = (
            self._table_view.place_name(place, self.language.value) for place in self.places.value
        )
        joined = zip(named, said, strict=True)
        return self.words["forms"]["space"].join(
            form.format(*each) if several else each[1] for each in joined
        )

    def _said_of(self, place: str) -> str:
        """How much is drawn of a place, and what the year that stands out does not print."""
        words, language = self.words["composed"], self.language.value
        rows = self._rows()
        rows = rows[rows["place"].eq(place)]
        if rows.empty:
            return words["none"]
        year, parts = self.year.value, rows[rows["part"].gt(0) & rows["role"].ne("rest")]
        years = rows["start"].nunique()
        said = words["drawn_one" if years == 1 else "drawn"].format(
            whole=labels.name(self._table_view.whole, language),
            years=years,
            parts=parts["indicator"].nunique(),
        )
        if not rows["start"].eq(year).any():
            return said + words["no_year"].format(year)
        now = parts[parts["start"].eq(year)]
        missing = now[now["role"].eq("missing")]
        known = len(now) - len(missing)
        said += words["of_year"].format(year=year, known=known, parts=len(now))
        lacking = [labels.name(row, language) for row in missing.itertuples()]
        comma = self.words["forms"]["comma"]
        return said + (words["absent"].format(comma.join(lacking)) if lacking else "")

    @in_turn
    def _redraw(self, change=None):
        if self._busy:
            return
        super()._redraw(change)
        self.notes.value = small_print(self.words["forms"]["space"].join(self._notes()))
        of_places = self._table_view.rows
        known = set(of_places.loc[of_places["place"].isin(self.places.value), "view"])
        why = self.words["composed"]["view"]
        self.live.closed = {
            str(number): why for number, view in enumerate(growth.COMPOSED) if view not in known
        }

    # --- state, and taking home ---

    @property
    def state(self) -> dict:
        """The present choice, as the arguments of a new explorer beside `whole` and `parts`."""
        return self.selection.state

    @state.setter
    @in_turn
    def state(self, state: dict) -> None:
        """Choose the parts of a state; raises ValueError where one is not among the choices."""
        now = self.state
        check(state, list(now), "part of a state")
        asked = CompositionSelection(**now | dict(state))
        check_parts(asked.state, self._table_view.allowed())
        asked = replace(asked, years=checked_years(asked.years))
        with self._at_once():
            for name, value in asked.state.items():
                getattr(self, name).value = value
        self._translate()

    @in_turn
    def _start_again(self, button=None):
        self.tabled.value = self._tabled
        self.state = self._first.state

    def code(self) -> str:
        """The Python that draws exactly this anew, to be pasted into a cell below."""
        origin = provenance.origin(self._table)
        home = self._table_view.known(())
        usual = CompositionSelection(places=home, year=self._table_view.latest_year(home)).state
        state = {"whole": self._whole, "parts": list(self._parts)} | self.state
        origin = None if provenance.masked(self._table) else origin
        return export.code(state, usual, origin, type(self).__name__)
