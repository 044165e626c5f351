"""The controls of the explorer of indicators, its state, and what each control may choose."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import ipywidgets as widgets
import pandas as pd

from .. import data, growth, labels
from .base import in_turn
from .controls import buttons, rename, small_print, tell_slugs
from .indicator_view import IndicatorView
from .ready_rows import ReadyRows
from .selection import (
    ALL,
    FIRST_YEAR,
    LAST_YEAR,
    SCALES,
    STATUSES,
    VIEWS,
    VINTAGES,
    YEAR_CHOICES,
    IndicatorSelection,
    check,
    check_parts,
    checked_years,
)
from .taking_home import FiguresToTake
from .tick_list import TickList

LIST_ROWS = 7
SINGLE = (
    "view",
    "base",
    "scale",
    "vintages",
    "pace",
    "official",
    "implied",
    "arrangement",
    "title",
)  # controls of one value


class IndicatorControls(FiguresToTake):
    """An explorer with the controls of indicators; `IndicatorExplorer` draws what they say."""

    _table_view: IndicatorView

    def __init__(self, table: pd.DataFrame, first: IndicatorSelection, tabled: bool):
        super().__init__(table, first)
        self._first = replace(self._first, years=checked_years(first.years))
        self._pinned = -1
        self._make_choices()
        self._make_ticks()
        self._make_buttons(tabled)
        self.pinned = widgets.HTML()
        self._beneath = [self.pinned, self.sources, self._saving, self.listing]

    def _make_choices(self):
        first = self._first
        years = {"min": FIRST_YEAR, "max": LAST_YEAR}
        self.view = buttons(VIEWS, first.view).add_class("views").add_class("unlabelled")
        self.years = widgets.IntRangeSlider(**years, value=first.years)
        self.search = widgets.Text().add_class("unlabelled")
        self.theme = widgets.Dropdown(options=self._themes())
        self.indicators = TickList(
            options=first.chosen, value=first.chosen, rows=LIST_ROWS
        ).add_class("unlabelled")
        # the page narrows the list without the kernel
        self._searched = widgets.jsdlink((self.search, "value"), (self.indicators, "search"))
        self._grouped = widgets.jsdlink((self.theme, "index"), (self.indicators, "group"))
        self.vintages = widgets.Dropdown(options=VINTAGES, value=first.vintages)
        self.base = widgets.Dropdown(options=YEAR_CHOICES, value=first.base)
        self.scale = widgets.Dropdown(options=SCALES, value=first.scale)

    def _make_ticks(self):
        first = self._first
        self.statuses = {
            slug: widgets.Checkbox(value=slug in first.statuses, indent=False) for slug in STATUSES
        }
        self.pace, self.implied, self.official = (
            widgets.Checkbox(value=ticked, indent=False)
            for ticked in (first.pace, first.implied, first.official)
        )

    def _themes(self) -> list[str]:
        return [ALL, *self._table_view.codebook["theme"].unique()]

    # --- what an explorer asks for ---

    def _view_of(self, table):
        return IndicatorView(table)

    @property
    def _linked(self):
        return {
            "language": self.language,
            "viewed": self.view,
            "first last": self.years,
            "chosen": self.indicators,
            "places": self.places,
            "vintages": self.vintages,
            "base": self.base,
            "scaling": self.scale,
            "arrangement": self.arrangement,
            "pace": self.pace,
            "implied": self.implied,
            "official": self.official,
        } | self.statuses

    @property
    def _named(self):
        names = "view years search theme indicators places arrangement vintages base scale pace"
        names += " implied official reset language title size"
        named = {getattr(self, name): name for name in names.split()}
        return named | {self.tabled: "table", self.share: "share"}

    def _controls(self):
        seen = [self.view, self._explained(self.base)]
        chosen = [*seen, self.search, self.indicators, *self._choice_of_places()]
        return [*chosen, self.years, self.language]

    def _more(self):
        explained = (self.vintages, self.scale, self.pace, self.implied, self.official)
        reasoned = [*super()._more(), *map(self._explained, explained)]
        return [self.theme, *self.statuses.values(), *reasoned, *self._of_taking()]

    def _fit(self, before):
        had, theme = self.selection, self.theme.value
        known = set(self._table_view.codebook["indicator"])

        def left(selection):
            chosen = tuple(slug for slug in selection.chosen if slug in known)
            return replace(
                selection, chosen=chosen, places=self._table_view.known(selection.places)
            )

        self._first, chosen = left(self._first), left(had).chosen
        self.indicators.value = chosen
        self.theme.options = self._themes()
        self.theme.value = theme if theme in self.theme.options else ALL
        self._unpin()
        names = before.codebook.set_index("indicator")[f"name_{self.language.value}"]
        return [names[slug] for slug in had.chosen if slug not in chosen]

    def _name_choices(self):
        super()._name_choices()
        words, choices = self.words, self.words["choices"]
        self.search.placeholder = words["controls"]["part"]
        self.hint.value = small_print(words["hint"])
        for slug, box in self.statuses.items():
            box.description = choices[slug]
        rename(self.view, words["views"])
        rename(self.theme, words["themes"])
        rename(self.scale, choices)
        rename(self.vintages, {"latest": choices["latest"], "all": choices["every"]})
        self._offer()
        self.pin(self._pinned)

    def _reasons(self):
        reasons, view, rows = self.words["reasons"], self.view.value, self._of_all_years()
        on_levels = view in ("levels", "index")
        log = "" if (rows["value"] > 0).all() else reasons["log_zero"]
        pace = "" if self._has_required_growth() else reasons["pace_none"]
        known = self._known()
        derived = known["status"].isin(labels.DERIVED) & known["view"].eq("levels")
        implied = "" if derived.any() else reasons["implied_none"]
        return {
            self.scale: log if on_levels else reasons["log_view"],
            **super()._reasons(),
            self.vintages: reasons["vintages"] if known["drawn"].all() else "",
            self.pace: pace if on_levels else reasons["pace_view"],
            self.implied: implied if view == "levels" else reasons["implied_view"],
            self.official: reasons["official"] if self._all_official() else "",
        }

    def _base_years(self) -> dict[int, str]:
        """The base years, and of how many of the drawn series each has a figure to be the 100."""
        rows, of, words = self._known(), len(self._series()), self.words["base_years"]
        printings = rows["drawn"] | (self.vintages.value == "all")
        bases = growth.index_bases(rows[rows["view"].eq("levels") & printings])
        counts = bases.groupby("start")["series"].nunique()
        names = {}
        for year in YEAR_CHOICES:
            having = counts.get(year, 0)
            key = "none" if not having else "some" if having < of else "all" if of > 1 else "one"
            names[year] = words[key].format(year, having, of) if of else str(year)
        return names

    def _tell_base_years(self) -> None:
        names = self.once("base years", self._base_years)
        if list(self.base.options) != [(name, year) for year, name in names.items()]:
            with self._at_once():
                rename(self.base, names)

    def _has_required_growth(self) -> bool:
        return any(
            figure["status"] == "pace" and figure["view"] == self.view.value
            for figure in self.records
        )

    def _all_official(self) -> bool:
        """Whether no chosen figure would be left out of official sources."""
        known = self._table_view.whole.views(self._pairs())
        return known["tier"].isin(data.OFFICIAL).all()

    @property
    def _ready(self) -> ReadyRows:
        """The rows of the sources that are asked for."""
        return self._table_view.of(self.official.value)

    def _known(self) -> pd.DataFrame:
        """The rows of all views of the chosen indicators and places."""
        return self.once("known", lambda: self._ready.views(self._pairs()))

    def _pairs(self, places: Iterable[str] | None = None) -> Iterable[tuple[str, str]]:
        """The chosen indicators, each with each chosen place, or with these."""
        return product(self.indicators.value, self.places.value if places is None else places)

    # --- the list of indicators ---

    def _offer(self):
        """Fill the list, in which the chosen ones stay as they are."""
        rows, shown = self._table_view.codebook, f"name_{self.language.value}"
        named = rows.set_index("indicator")
        found_by = (named["name_en"] + " " + named["name_zh"]).to_dict()
        with self.indicators.hold_sync():
            self.indicators.words, self.indicators.found_by = self.words["list"], found_by
            self.indicators.groups = [
                [
                    self.words["themes"].get(theme, theme),
                    list(named.index[named["theme"].eq(theme)]),
                ]
                for theme in self._themes()[1:]
            ]
            self.indicators.options = list(zip(named[shown], named.index, strict=True))
            tell_slugs(self.indicators)

    @in_turn
    def _start_again(self, button=None):
        with self._at_once():
            self.search.value, self.theme.value, self.tabled.value = "", ALL, self._tabled
            self._unpin()
            self.state = self._first.state
        self._redraw()

    # --- state ---

    @property
    def selection(self) -> IndicatorSelection:
        """The present choice."""
        return IndicatorSelection(
            chosen=self.indicators.value,
            years=tuple(self.years.value),
            places=self.places.value,
            statuses=tuple(slug for slug, box in self.statuses.items() if box.value),
            language=self.language.value,
            **{name: getattr(self, name).value for name in SINGLE},
        )

    @property
    def state(self) -> dict:
        """The present choice, as the arguments of a new explorer."""
        return self.selection.state

    @state.setter
    @in_turn
    def state(self, state: dict) -> None:
        """Choose the parts of a state; raises ValueError where one is not among the choices."""
        selection = self._asked(state)
        with self._at_once():
            self.language.value = selection.language
            self.indicators.value = selection.chosen
            self.places.value, self.years.value = selection.places, selection.years
            for name in SINGLE:
                getattr(self, name).value = getattr(selection, name)
            for slug, box in self.statuses.items():
                box.value = slug in selection.statuses
            self._supply()
        self._redraw()

    def _asked(self, state) -> IndicatorSelection:
        """The present choice with the parts of a state. Raises ValueError for no choice.

        With a view comes what is usual in it, as in a new explorer.
        """
        state, now = dict(state), self.state
        check(state, list(now), "part of a state")
        usual = {"implied": None} if "view" in state else {}
        selection = IndicatorSelection(**now | usual | state)
        check_parts(selection.state, self._table_view.allowed())
        return replace(selection, years=checked_years(selection.years))
