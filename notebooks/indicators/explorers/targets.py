"""The explorer of targets: each beside its outcome, and when it would be reached."""

from collections.abc import Iterable, Sequence

import ipywidgets as widgets
import numpy as np
import pandas as pd

from .. import charts, i18n, labels
from ..i18n import LANGUAGES
from .base import Explorer
from .controls import FULL_WIDTH, buttons, rename, small_print
from .live_chart import Alone
from .places import ARRANGEMENTS, TableView
from .selection import ALL, ORDERS, TARGET_YEARS, TargetSelection, TargetsKey


class TargetsView(TableView):
    """Targets of a table (as from `growth.with_latest`) and what the chart draws of them.

    The same target of several places stands together, where the first of them stands.
    """

    def __init__(self, targets: pd.DataFrame):
        super().__init__(targets)
        same = ["indicator", "measure", "period"]
        together = targets.groupby(same, observed=True, sort=False).ngroup()
        self.targets = targets.iloc[np.lexsort([self.rank(targets), together])]
        self.themes = list(targets["theme"].astype("str").unique())
        self._judged: dict[str, list[dict]] = {}

    def rank(self, rows: pd.DataFrame) -> np.ndarray:
        """Where the place of each row stands among the places."""
        return self.places.index.get_indexer(rows["place"].astype(str))

    def allowed(self) -> dict[str, Sequence]:
        themes = [ALL, *self.themes]
        return super().allowed() | {"theme": themes, "year": TARGET_YEARS, "order": ORDERS}

    def records(self, key: TargetsKey) -> list[dict]:
        """What the chart draws of the targets of a place."""
        if key.language not in self._judged:
            self._judged[key.language] = self.judgements(self.targets, key.language)
        return [record for record in self._judged[key.language] if record["series"] == key.place]

    def judgements(self, rows: pd.DataFrame, language: str) -> list[dict]:
        """What the chart draws of some targets, in a language."""
        return charts.judgements(rows, list(self.places.index), language)


class TargetExplorer(Explorer):
    """Targets beside their outcomes, one row a target, and when each would be reached.

    `targets`: as from `growth.with_latest`. Controls: `theme` (one, or all), `year` (2021, 2025, or
    all), `order` (of the codebook, or by gap), `rate` (the assumed change a year, in %, of the last
    known level), `language`, `places` (at first that of the first row) and `arrangement`
    (`overlay`: the same target of each place together, `apart`: place by place).

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
    ):
        first = TargetSelection(
            language=i18n.chosen(language),
            theme=theme,
            year=year,
            places=places,
            arrangement=arrangement,
        )
        super().__init__(targets, first)
        rates = {
            "min": charts.WHAT_IF_RATES[0],
            "max": charts.WHAT_IF_RATES[-1],
            "step": charts.WHAT_IF_RATES[1],
        }
        self.theme = widgets.Dropdown(options=[ALL, *self._table_view.themes], value=theme)
        self.year = buttons(TARGET_YEARS, year, 80)
        self.order = buttons(ORDERS, first.order, 110)
        self.rate = widgets.FloatSlider(
            value=first.rate,
            **rates,
            readout_format=".1f",
            style={"description_width": "initial"},
            layout=FULL_WIDTH,
        )
        self.hint = widgets.HTML()
        self._assemble()

    # --- what an explorer asks for ---

    def _view_of(self, table):
        return TargetsView(table)

    @property
    def selection(self) -> TargetSelection:
        return TargetSelection(**{name: control.value for name, control in self._linked.items()})

    @property
    def _linked(self):
        names = "language theme year order rate places arrangement".split()
        return {name: getattr(self, name) for name in names}

    @property
    def _named(self):
        return {control: name for name, control in self._linked.items()} | {
            self.year: "target_year"
        }

    def _controls(self):
        places = self._choice_of_places()
        return [self.language, self.theme, *places, self.year, self.order, self.rate, self.hint]

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
        theme = self.theme.value
        self.theme.options = [ALL, *self._table_view.themes]
        self.theme.value = theme if theme in self.theme.options else ALL
        return [] if self.theme.value == theme else [self.words["themes"].get(theme, theme)]

    # --- what is drawn ---

    @property
    def data(self) -> pd.DataFrame:
        """The targets shown, in their order: of the codebook, or of the gap.

        The gap is how far the outcome, or else that of 2020, is from the target.
        """
        rows = self.selection.rows(self._table_view.targets)
        if self.order.value == "gap":
            far = rows["better_by"].astype(float).fillna(rows["baseline_by"].astype(float))
            rows = rows.iloc[
                np.argsort(far.to_numpy(), kind="stable")
            ]  # what is missing comes last
        if self.arrangement.value == "apart" and len(self.places.value) > 1:
            rows = rows.iloc[np.argsort(self._table_view.rank(rows), kind="stable")]
        return rows

    @property
    def _alone(self):
        words = self.words["chart"]
        judged = self._table_view.judgements(self.data, self.language.value)
        heading = [words["targets"], *words["target_grammar"]]
        return Alone(judged, self._params, heading, f"{words['targets']}. {self._said()}")

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
