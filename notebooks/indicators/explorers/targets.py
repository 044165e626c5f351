"""The explorer of targets: each beside its outcome, and when it would be reached."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import ipywidgets as widgets
import numpy as np
import pandas as pd

from .. import charts, data, growth, i18n, labels
from ..data import provenance, usable
from ..i18n import LANGUAGES
from .base import Explorer
from .controls import buttons, rename, small_print
from .live_chart import Alone
from .places import ARRANGEMENTS, TableView
from .selection import ALL, ORDERS, TARGET_YEARS, TargetSelection, TargetsKey


class TargetsView(TableView):
    """Targets of a table (as from `growth.with_latest`) and what the chart draws of them.

    The same target of several places stands together, where the first of them stands. `printings`:
    the table of which they were made, in which official sources have their own newest and best.
    """

    def __init__(self, targets: pd.DataFrame, printings: pd.DataFrame | None = None):
        super().__init__(targets)
        self.targets = self._in_order(targets)
        self.themes = list(targets["theme"].astype("str").unique())
        self.printings = printings
        self._judged: dict[tuple[str, bool], list[dict]] = {}

    def _in_order(self, targets: pd.DataFrame) -> pd.DataFrame:
        same = ["indicator", "measure", "period"]
        together = targets.groupby(same, observed=True, sort=False).ngroup()
        return targets.iloc[np.lexsort([self.rank(targets), together])]

    @cached_property
    def official(self) -> pd.DataFrame:
        """The targets that official sources print, judged by what these print."""
        of_them = self.printings["place"].isin(self.places.index)
        of_them &= self.printings["theme"].isin(self.themes)
        table = data.latest(data.official(self.printings[of_them]))
        years = self.targets["end"].unique()
        return self._in_order(growth.with_latest(table, growth.verdicts(table, years)))

    def of(self, official: bool) -> pd.DataFrame:
        """The targets of official sources only, or all."""
        return self.official if official else self.targets

    @property
    def years(self) -> list[str]:
        """The years to choose from: those of the plans, others that have targets, and all."""
        return sorted({*TARGET_YEARS, *self.targets["end"].astype("str")})

    def rank(self, rows: pd.DataFrame) -> np.ndarray:
        """Where the place of each row stands among the places."""
        return self.places.index.get_indexer(rows["place"].astype(str))

    def allowed(self) -> dict[str, Sequence]:
        themes = [ALL, *self.themes]
        own = {"theme": themes, "year": self.years, "order": ORDERS, "official": (True, False)}
        return super().allowed() | own

    def records(self, key: TargetsKey) -> list[dict]:
        """What the chart draws of the targets of a place."""
        judged = key.language, key.official
        if judged not in self._judged:
            self._judged[judged] = self.judgements(self.of(key.official), *judged)
        return [record for record in self._judged[judged] if record["series"] == key.place]

    def judgements(self, rows: pd.DataFrame, language: str, official: bool = False) -> list[dict]:
        """What the chart draws of some targets, all or those of official sources, in a language."""
        found = charts.judgements(rows, list(self.places.index), language)
        return [record | {"official": official} for record in found]


class TargetExplorer(Explorer):
    """Targets beside their outcomes, one row a target, and when each would be reached.

    `targets`: as from `growth.with_latest`. Controls: `theme` (one, or all), `year` (with targets,
    or all), `order` (of the codebook, or by gap), `rate` (the assumed change a year, in %, of the
    last known level), `language`, `places` (at first that of the first row), `arrangement`
    (`overlay`: the same target of each place together, `apart`: place by place) and `official`
    (whether targets and outcomes are those of official sources only, for which `printings`, the
    table as from `data.load`, must be given).

    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    CHART = staticmethod(charts.targets)
    SELECTION = TargetSelection
    GRAMMAR = "target_grammar"
    NEEDED = ("verdict", "latest", "latest_year", "met_in")
    ARRANGEMENT_WORDS = dict(zip(ARRANGEMENTS, ("mixed", "grouped"), strict=True))
    _table_view: TargetsView

    def __init__(
        self,
        targets: pd.DataFrame,
        theme: str = TargetSelection.theme,
        year: str = TargetSelection.year,
        language: str | None = None,
        places: str | Iterable[str] = (),
        arrangement: str = TargetSelection.arrangement,
        official: bool = TargetSelection.official,
        printings: pd.DataFrame | None = None,
    ):
        first = TargetSelection(
            language=i18n.chosen(language),
            theme=theme,
            year=year,
            places=places,
            arrangement=arrangement,
            official=official,
        )
        if official and printings is None:
            raise ValueError("official=True needs printings: the table as from data.load")
        self._printings = None if printings is None else usable(printings)
        super().__init__(targets, first)
        lowest, step, *_, highest = charts.WHAT_IF_RATES
        rates = {"min": lowest, "max": highest, "step": step}
        self.theme = widgets.Dropdown(options=[ALL, *self._table_view.themes], value=theme)
        years = self._table_view.years
        self.year = buttons(years, year)
        self.order = buttons(ORDERS, first.order)
        self.rate = widgets.FloatSlider(
            value=first.rate,
            **rates,
            readout_format=".1f",
            style={"description_width": "initial"},
        )
        self.official = widgets.Checkbox(value=official, indent=False, layout={"width": "auto"})
        self._assemble()

    # --- what an explorer asks for ---

    def _view_of(self, table):
        printings = self._printings
        if table is not self._table and printings is not None and provenance.origin(printings):
            printings = provenance.reloaded(printings)
        self._printings = printings
        return TargetsView(table, printings)

    @property
    def selection(self) -> TargetSelection:
        return TargetSelection(**{name: control.value for name, control in self._linked.items()})

    @property
    def _linked(self):
        names = "language theme year order rate places arrangement official".split()
        return {name: getattr(self, name) for name in names}

    @property
    def _named(self):
        return {control: name for name, control in self._linked.items()} | {
            self.year: "target_year"
        }

    def _controls(self):
        return [self.year, self.theme, *self._choice_of_places(), self.rate, self.language]

    def _more(self):
        ticks = [] if self._printings is None else [self.official]
        return [*super()._more(), self.order, *ticks]

    def _make(self, keys):
        return {key: self._table_view.records(key) for key in keys}

    def all_parts(self) -> list[TargetsKey]:
        return [
            TargetsKey(language, place)
            for language in LANGUAGES
            for place in self._table_view.places.index
        ]

    def _series(self):
        chosen = self._make(self.selection.parts())
        series = {key.place for key, records in chosen.items() if records}
        return [place for place in self._table_view.places.index if place in series]

    def _name_choices(self):
        rename(self.theme, self.words["themes"])
        for control in (self.year, self.order):
            rename(control, self.words["choices"])
        self.hint.value = small_print(self.words["target_hint"])

    def _fit(self, before):
        lost, view = [], self._table_view
        for control, options in ((self.theme, [ALL, *view.themes]), (self.year, view.years)):
            value, control.options = control.value, options
            control.value = value if value in options else ALL
            lost += [] if control.value == value else [self.words["themes"].get(value, value)]
        return lost

    # --- what is drawn ---

    @property
    def data(self) -> pd.DataFrame:
        """The targets shown, in their order: of the codebook, or of the gap.

        The gap is how far the outcome, or else that of 2020, is from the target.
        """
        rows = self.selection.rows(self._table_view.of(self.official.value))
        if self.order.value == "gap":
            far = rows["better_by"].astype(float).fillna(rows["baseline_by"].astype(float))
            rows = rows.iloc[
                np.argsort(far.to_numpy(), kind="stable")
            ]  # what is missing comes last
        if self.arrangement.value == "apart" and len(self.places.value) > 1:
            rows = rows.iloc[np.argsort(self._table_view.rank(rows), kind="stable")]
        return rows

    def _title(self):
        return self.words["chart"]["targets"]

    @property
    def _alone(self):
        title = self._title()
        judged = self._table_view.judgements(self.data, self.language.value, self.official.value)
        heading = [title, *self._grammar()]
        return Alone(judged, self._params, heading, f"{title}. {self._said()}")

    @property
    def text(self) -> str:
        language, rate = self.language.value, self.rate.value
        lines = [
            f"- {self._name(row)}: {labels.verdict(row, language)}; "
            f"{labels.reached(row, rate, language)}"
            for row in self.data.itertuples()
        ]
        year = self.words["choices"].get(self.year.value, self.year.value)
        head = f"{self.words['said']['targets_for'].format(year)} {self._said()}"
        return "\n".join([head, *lines])

    def _name(self, row) -> str:
        """A target in one line, with its place unless that goes without saying."""
        language = self.language.value
        said = labels.target(row, language)
        return said if self._at_home() else labels.placed(said, row, language)

    def _said(self):
        said, rows = self.words["said"], self.data
        if self._at_home():
            return self._counted(rows)
        if not self.places.value:
            return said["choose_place"]
        return " ".join(
            said["targets_in"].format(
                self._table_view.place_name(place, self.language.value),
                self._counted(rows[rows["place"].eq(place)]),
            )
            for place in self.places.value
        )

    def _counted(self, rows: pd.DataFrame) -> str:
        """How many targets there are, and how many have each verdict."""
        said, verdicts = self.words["said"], self.words["verdicts"]
        if rows.empty:
            return said["no_target"]
        counts = rows["verdict"].value_counts()
        head = said["one_target"] if len(rows) == 1 else said["targets"].format(len(rows))
        known = [f"{counts[name]} {verdicts[name]}" for name in charts.VERDICTS if name in counts]
        return f"{head}: {', '.join(known)}."
