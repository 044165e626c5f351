"""The controls of the explorer of indicators, its state, and what each control may choose."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import ipywidgets as widgets
import pandas as pd

from .. import data, labels
from .base import in_turn
from .controls import (
    FULL_WIDTH,
    HALF_WIDTH,
    WRAPPED,
    buttons,
    rename,
    small_print,
    tell_slugs,
)
from .export import DOWNLOADS
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

LIST_ROWS = 8
SINGLE = (
    "view",
    "base",
    "scale",
    "vintages",
    "pace",
    "official",
    "implied",
    "arrangement",
)  # controls of one value


class IndicatorControls(FiguresToTake):
    """An explorer with the controls of indicators; `IndicatorExplorer` draws what they say."""

    _table_view: IndicatorView

    def __init__(self, table: pd.DataFrame, first: IndicatorSelection, tabled: bool):
        super().__init__(table, first)
        self._first = replace(self._first, years=checked_years(first.years))
        self._slots = list(first.chosen)
        self._pinned, self._tabled = -1, tabled
        self._make_choices()
        self._make_ticks()
        self.tabled.observe(self._list, "value")
        self.reset.on_click(self._start_again)

    def _make_choices(self):
        first, half = self._first, HALF_WIDTH
        years = {"min": FIRST_YEAR, "max": LAST_YEAR}
        self.view = buttons(VIEWS, first.view, 112)
        self.view.style.button_width = "auto"  # of words of any length
        self.view.add_class("views")
        self.years = widgets.IntRangeSlider(**years, value=first.years, layout=FULL_WIDTH)
        self.language.layout.margin = "0 0 0 16px"
        self.search = widgets.Text(layout={"width": "330px"})
        self.theme = widgets.Dropdown(options=self._themes(), layout={"width": "226px"})
        self.indicators = TickList(
            options=first.chosen, value=first.chosen, rows=LIST_ROWS, layout=FULL_WIDTH
        )
        # the page narrows the list without the kernel
        self._searched = widgets.jsdlink((self.search, "value"), (self.indicators, "search"))
        self._grouped = widgets.jsdlink((self.theme, "index"), (self.indicators, "group"))
        self.vintages = widgets.Dropdown(options=VINTAGES, value=first.vintages, layout=half)
        self.base = widgets.Dropdown(options=YEAR_CHOICES, value=first.base, layout=half)
        self.scale = widgets.Dropdown(options=SCALES, value=first.scale, layout=half)

    def _make_ticks(self):
        first = self._first
        self.statuses = {
            slug: widgets.Checkbox(value=slug in first.statuses, indent=False) for slug in STATUSES
        }
        self.pace, self.implied, self.official, self.tabled = (
            widgets.Checkbox(value=ticked, indent=False)
            for ticked in (first.pace, first.implied, first.official, self._tabled)
        )
        for box in (*self.statuses.values(), self.pace, self.implied, self.official, self.tabled):
            box.layout.width = "auto"
        self.reset = widgets.Button(layout={"width": "90px"})
        self.save = {name: widgets.Button(layout={"width": "120px"}) for name in DOWNLOADS}
        self.pinned, self.sources, self.listing, self.hint = (widgets.HTML() for _ in range(4))
        saving = widgets.HBox(list(self.save.values()), layout=WRAPPED).add_class("saving")
        self._beneath = [self.pinned, self.sources, self.listing, saving]
        self._rows = [widgets.HBox(layout=WRAPPED) for _ in range(5)]
        self._ticks = widgets.HBox(
            [
                *(*self.statuses.values(), self.pace, self.implied),
                *(self.official, self.tabled, self.reset),
            ],
            layout=WRAPPED | {"align_items": "center", "margin": "0 0 0 90px"},
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
        names += " implied official reset language"
        named = {getattr(self, name): name for name in names.split()}
        return named | {self.tabled: "table"}

    def _controls(self):
        several = [self.places, self.arrangement] if self._table_view.several else []
        contents = [
            [self.view],
            [self.years, self.language],
            [self.search, self.theme],
            [self.indicators, *several[:1]],
            [*several[1:], self.vintages, self.base, self.scale],
        ]
        for row, controls in zip(self._rows, contents, strict=True):
            row.children = controls
        *rows, last = self._rows
        return [*rows, self.hint, last, self._ticks, self.reasons]

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
        words, choices = self.words, self.words["choices"]
        self.search.placeholder = words["controls"]["part"]
        self.reset.tooltip = words["controls"]["reset_tip"]
        self.hint.value = small_print(words["hint"])
        for name, button in self.save.items():
            said = words["controls"]["citation"] if name == "Citation" else name
            button.description = words["controls"]["save"].format(said)
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
            self.base: "" if view == "index" else reasons["base"],
            self.scale: log if on_levels else reasons["log_view"],
            **super()._reasons(),
            self.vintages: reasons["vintages"] if known["drawn"].all() else "",
            self.pace: pace if on_levels else reasons["pace_view"],
            self.implied: implied if view == "levels" else reasons["implied_view"],
            self.official: reasons["official"] if self._all_official() else "",
        }

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

    def _pairs(self) -> Iterable[tuple[str, str]]:
        """The chosen indicators, each with each chosen place."""
        return product(self.indicators.value, self.places.value)

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
