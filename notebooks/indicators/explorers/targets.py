"""The explorer of targets: each beside its outcome, and when it would be reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import ipywidgets as widgets
import numpy as np
import pandas as pd

from .. import charts, data, growth, i18n, labels
from ..data import provenance, usable
from ..i18n import LANGUAGES
from .base import Explorer
from .controls import buttons, offer, rename, small_print
from .live_chart import Alone
from .places import ARRANGEMENTS, TableView
from .selection import ALL, KNOWN, ORDERS, TARGET_YEARS, TargetSelection, TargetsKey
from .turns import in_turn

VERDICT_CHOICES = (KNOWN, *charts.VERDICTS, ALL)
CHOSEN_BY = ["theme", "end", "verdict", "known", "source", "place"]  # what a choice asks for
TITLE_LENGTH = 60  # characters of a report's title in a list


class TargetsView(TableView):
    """Targets of a table (as from `growth.with_latest`) and what the chart draws of them.

    They stand by year; the same target of several places stands together. `printings`:
    the table of which they were made, in which official sources have their own newest and best.
    """

    def __init__(self, targets: pd.DataFrame, printings: pd.DataFrame | None = None):
        super().__init__(targets)
        self.targets = self._in_order(targets)
        self.themes = list(targets["theme"].astype("str").unique())
        self.printings = printings
        self._judged: dict[tuple[str, bool], list[dict]] = {}

    def _in_order(self, targets: pd.DataFrame) -> pd.DataFrame:
        """The targets with what `charts.judgements` asks for, and whether anything is `known`."""
        same = ["indicator", "measure", "period"]
        same = targets.groupby(same, observed=True, sort=False).ngroup()
        without = targets["outcome"].isna().to_numpy(int)
        stage = without + targets["last_known"].isna().to_numpy(int) * without
        far = [targets[f"{which}_by"].astype(float) for which in ("better", "last", "baseline")]
        far = far[0].fillna(far[1]).fillna(far[2])
        found = targets.assign(same=same, stage=stage, known=stage < 2, far=far)
        return found.iloc[np.lexsort([self.rank(targets), same, targets["end"]])]

    @cached_property
    def official(self) -> pd.DataFrame:
        """The targets that official sources print, judged by what these print."""
        of_them = self.printings["place"].isin(self.places.index)
        of_them &= self.printings["theme"].isin(self.themes)
        table = data.latest(data.official(self.printings[of_them]))
        years = self.targets["end"].unique()
        return self._in_order(growth.with_latest(table, growth.verdicts(table, years)))

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The sources of targets by their keys, the newest first."""
        rows = [self.targets]
        if self.printings is not None:
            rows.append(self.printings[self.printings["status"].eq("target")])
        names = ["source", "title_en", "title_zh", "published"]
        found = pd.concat([each[names] for each in rows]).drop_duplicates("source")
        found = found.sort_values("published", ascending=False, kind="stable")
        return found.astype({"source": str}).set_index("source")

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
        own |= {"verdict": VERDICT_CHOICES, "report": [ALL, *self.reports.index]}
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
    or all), `verdict` (`known`: with an outcome or a last known figure; one of `charts.VERDICTS`;
    or all), `report` (a source of targets, or all), `order` (of the codebook, with what is known
    first, or by gap), `rate` (the assumed change a year, in %, of the
    last known level), `language`, `places` (at first that of the first row), `arrangement`
    (`overlay`: the same target of each place together, `apart`: place by place) and `official`
    (whether targets and outcomes are those of official sources only, for which `printings`, the
    table as from `data.load`, must be given).

    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    CHART = staticmethod(charts.targets)
    SELECTION = TargetSelection
    GRAMMAR = "target_grammar"
    NEEDED = ("verdict", "last_known", "latest", "latest_year", "met_in")
    ARRANGEMENT_WORDS = dict(zip(ARRANGEMENTS, ("mixed", "grouped"), strict=True))
    COUNTED = ("places", "verdict", "report")  # controls whose choices say how much each would show
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
        verdict: str = TargetSelection.verdict,
        report: str = TargetSelection.report,
    ):
        chosen = {"theme": theme, "year": year, "verdict": verdict, "report": report}
        chosen |= {"places": places, "arrangement": arrangement, "official": official}
        first = TargetSelection(language=i18n.chosen(language), **chosen)
        if official and printings is None:
            raise ValueError("official=True needs printings: the table as from data.load")
        self._printings = None if printings is None else usable(printings)
        super().__init__(targets, first)
        lowest, step, *_, highest = charts.WHAT_IF_RATES
        rates = {"min": lowest, "max": highest, "step": step}
        self.theme = widgets.Dropdown(options=[ALL, *self._table_view.themes], value=theme)
        years = self._table_view.years
        self.year = buttons(years, year)
        self.verdict = widgets.Dropdown(options=VERDICT_CHOICES, value=verdict)
        self.report = widgets.Dropdown(options=[*{ALL: 0, report: 0}], value=report)
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
        names = "language theme year verdict report order rate places arrangement official"
        return {name: getattr(self, name) for name in names.split()}

    @property
    def _named(self):
        return {control: name for name, control in self._linked.items()} | {
            self.year: "target_year"
        }

    def _controls(self):
        chosen = [self.year, self.verdict, self.theme, *self._choice_of_places()]
        return [*chosen, self.report, self.rate, self.language]

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

    def names(self, control: str) -> dict[str, str]:
        """The names of what `verdict`, `report` or `places` offers, by key.

        Reports are those with targets for the chosen places, and the one that is chosen.
        """
        view, language, words = self._table_view, self.language.value, self.words["choices"]
        if control == "places":
            return {place: view.place_name(place, language) for place in view.places.index}
        if control == "verdict":
            verdicts = self.words["verdicts"]
            return {each: words.get(each) or verdicts[each] for each in VERDICT_CHOICES}
        rows = view.of(self.official.value)
        among = {self.report.value, *rows.loc[rows["place"].isin(self.places.value), "source"]}
        reports = view.reports[view.reports.index.isin(among)].itertuples()
        return {ALL: words["all"]} | {row.Index: self._report(row) for row in reports}

    def _report(self, row) -> str:
        """A report by its year and title, as `2021: Government work report 2021`."""
        title = charts.cut(labels.title(row, self.language.value), TITLE_LENGTH)
        dated = pd.notna(row.published)
        return f"{row.published.year}{self.words['forms']['colon']}{title}" if dated else title

    def _counts(self, control: str) -> Mapping[str, int]:
        """How many targets each choice of a control would draw, the other controls as they are."""
        return self.once(f"counts of {control}", lambda: self._count(control))

    def _count(self, control: str) -> Mapping[str, int]:
        view = self._table_view
        every = tuple(view.places.index) if control == "places" else ALL
        targets = view.of(self.official.value)[CHOSEN_BY]
        rows = replace(self.selection, **{control: every}).rows(targets)
        column = {"report": "source", "places": "place"}.get(control, control)
        found = rows[column].astype("str").value_counts().to_dict()
        return {ALL: len(rows), KNOWN: int(rows["known"].sum())} | found

    def _counted_names(self, control: str) -> dict[str, str]:
        """The names of what a control offers with their counts; reports that draw nothing last."""
        names, counts = self.names(control), self._counts(control)
        form = self.words["forms"]["with"]
        said = {key: form.format(name, counts.get(key, 0)) for key, name in names.items()}
        if control == "report":
            said = dict(
                sorted(said.items(), key=lambda pair: pair[0] != ALL and pair[0] not in counts)
            )
        return said

    @in_turn
    def _redraw(self, change=None):
        choosing_none = (self.rate, self.order, self.arrangement)
        if not (self._busy or change and change.owner in choosing_none):
            with self._at_once():
                for name in self.COUNTED:
                    offer(getattr(self, name), self._counted_names(name))
        super()._redraw(change)

    def _fit(self, before):
        lost, view = [], self._table_view
        reports = [ALL, *view.reports.index]
        offered = ((self.theme, [ALL, *view.themes]), (self.year, view.years))
        for control, options in (*offered, (self.report, reports)):
            value, control.options = control.value, options
            control.value = value if value in options else ALL
            lost += [] if control.value == value else [self.words["themes"].get(value, value)]
        return lost

    # --- what is drawn ---

    @property
    def data(self) -> pd.DataFrame:
        """The targets shown, in their order: of the codebook, or of the gap.

        In the order of the codebook what is known comes first. The gap is how far the outcome is
        from the target, or else what was last known, or the figure from which it was set.
        """
        rows = self.selection.rows(self._table_view.of(self.official.value))
        apart = self.arrangement.value == "apart" and len(self.places.value) > 1
        first = rows["stage"] if apart else rows.groupby("same")["stage"].transform("min")
        by = rows["far"] if self.order.value == "gap" else first  # what is missing comes last
        rows = rows.iloc[np.argsort(by.to_numpy(), kind="stable")]
        if apart:
            rows = rows.iloc[np.argsort(self._table_view.rank(rows), kind="stable")]
        return rows

    def drawn_marks(self) -> list[tuple[None, str]]:
        """The key of the marks that are drawn, as `charts.Said` takes it."""
        words = self.words["chart"]["target_marks"]
        return [(None, words[name]) for name in charts.drawn_in_rows(self._alone.figures)]

    def _title(self):
        return self.words["chart"]["targets"]

    @property
    def _alone(self):
        title = self._title()
        judged = self._table_view.judgements(self.data, self.language.value, self.official.value)
        heading = [title, *self._grammar()]
        said = title + self.words["forms"]["stop"] + self._said()
        return Alone(judged, self._params, heading, said)

    @property
    def text(self) -> str:
        language, rate, form = self.language.value, self.rate.value, self.words["forms"]
        lines = [
            f"- {self._name(row)}{form['colon']}{labels.verdict(row, language)}{form['semicolon']}"
            f"{labels.reached(row, rate, language)}"
            for row in self.data.itertuples()
        ]
        said, year = self.words["said"], self.year.value
        years = said["targets_of_all"] if year == ALL else said["targets_for"].format(year)
        head = years + form["space"] + self._said()
        return "\n".join([head, *lines])

    def _name(self, row) -> str:
        """A target in one line, with its place unless that goes without saying."""
        language = self.language.value
        said = labels.target(row, language)
        return said if self._at_home() else labels.placed(said, row, language)

    def _said(self):
        return self.once("said", self._say)

    def _say(self):
        said, rows = self.words["said"], self.data
        if self._at_home():
            return self._counted(rows) + self._folded()
        if not self.places.value:
            return said["choose_place"]
        by_place = self.words["forms"]["space"].join(
            said["targets_in"].format(
                self._table_view.place_name(place, self.language.value),
                self._counted(rows[rows["place"].eq(place)]),
            )
            for place in self.places.value
        )
        return by_place + self._folded()

    def _folded(self) -> str:
        """How many targets without an outcome are not drawn, where what is known is."""
        if self.verdict.value != KNOWN:
            return ""
        counts, said = self._counts("verdict"), self.words["said"]
        more = counts[ALL] - counts[KNOWN]
        return said["one_folded"] if more == 1 else said["folded"].format(more) if more else ""

    def _counted(self, rows: pd.DataFrame) -> str:
        """How many targets there are, and how many have each verdict."""
        said, verdicts = self.words["said"], self.words["verdicts"]
        if rows.empty:
            return said["no_target"]
        counts = rows["verdict"].value_counts()
        head = said["one_target"] if len(rows) == 1 else said["targets"].format(len(rows))
        known = [
            said["of_verdict"].format(counts[name], verdicts[name])
            for name in charts.VERDICTS
            if name in counts
        ]
        return said["counted"].format(head, self.words["forms"]["comma"].join(known))
