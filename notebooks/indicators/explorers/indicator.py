"""The explorer of indicators: what its controls draw, say and save."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from .. import charts, i18n, labels
from ..data import provenance
from ..i18n import LANGUAGES
from . import export
from .base import in_turn
from .indicator_words import IndicatorWords
from .live_chart import Alone
from .page_rules import is_logarithmic, panel_height, series_looks, stands_apart
from .places import ranks
from .selection import VIEWS, IndicatorSelection, PartKey

USUAL = IndicatorSelection  # its fields have the values of a new explorer
EVER = (float("-inf"), float("inf"))  # all years
SOURCES_WIDTH = {"en": 150, "zh": 80}  # characters of a line


class IndicatorExplorer(IndicatorWords):
    """Figures of chosen indicators over some years, in one of several views.

    `table`: as from `data.load` (with `data.latest`, one printing of each figure). `chosen`: slugs
    of indicators. Views: growth rates, levels (with shares), index, share of all spending and per
    resident (both computed), gap to target, totals over spans. The rest of the state: `years`,
    first and last within 2015–2025; `view`; `places`, at first that of the first row; `statuses`
    (`actual`, `target`, `estimate`); `base`, the year of the index; `scale` (`linear`, `log`);
    `vintages` (`latest`, `all`); `arrangement` of places (`overlay`, `apart`); `pace`, whether the
    required pace of targets is drawn; `official`, whether only figures of a government's own
    documents and copies of them are; `implied`, whether levels that printed figures imply or give
    are, too (in an explorer that begins with levels); `title`, one of your own; `language`.

    There is a control of each name, and `search` (narrows the list as you type, in English or
    Chinese), `theme`, `tabled` (the table beneath), `reset`, `save`, `share` (buttons). A control
    that makes no sense for the choice is disabled, and beside it stands why. What is drawn: `data`
    (rows), `chart` (an Altair chart), `text` (in words), `citation`, `bibliography` (for BibLaTeX).
    `state` holds the choice and can be set; `code()` is the call that draws it anew.

    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    CHART = staticmethod(charts.explorer)
    SELECTION = IndicatorSelection

    def __init__(
        self,
        table: pd.DataFrame,
        chosen: str | Iterable[str],
        years: tuple[int, int] = USUAL.years,
        view: str = USUAL.view,
        places: str | Iterable[str] = USUAL.places,
        statuses: str | Iterable[str] = USUAL.statuses,
        base: int = USUAL.base,
        scale: str = USUAL.scale,
        vintages: str = USUAL.vintages,
        arrangement: str = USUAL.arrangement,
        pace: bool = USUAL.pace,
        language: str | None = None,
        tabled: bool = False,
        official: bool = USUAL.official,
        implied: bool | None = USUAL.implied,
        title: str = USUAL.title,
    ):
        first = IndicatorSelection(
            chosen,
            years,
            view,
            places,
            statuses,
            base,
            scale,
            vintages,
            arrangement,
            pace,
            i18n.chosen(language),
            official,
            implied,
            title,
        )
        super().__init__(table, first, tabled)
        self._assemble()

    # --- figures ---

    def _make(self, keys):
        return self._table_view.records(keys)

    def all_parts(self) -> list[PartKey]:
        return self._table_view.all_parts(dict.fromkeys([self.language.value, *LANGUAGES]))

    @property
    def _key(self):
        return replace(self.selection, years=charts.YEARS)

    @property
    def data(self) -> pd.DataFrame:
        """The drawn figures: rows of the view, as from `growth.views`."""
        rows, (first, last) = self._of_all_years(), self.years.value
        return rows[rows["start"].ge(first) & rows["end"].le(last)]

    def _of_all_years(self) -> pd.DataFrame:
        """The drawn figures, and those that other years would draw."""
        return self.once("rows", self._rows_of_view)

    def _rows_of_view(self):
        every = replace(self.selection, years=charts.YEARS)
        rows = every.rows(self._table_view.rows(every))
        panels = [labels.panel(row, every.language) for row in rows.itertuples()]
        return rows.assign(panel=pd.Series(panels, rows.index, dtype="str"))

    @property
    def _params(self):
        selection, values = self.selection, self.data["value"]
        logarithmic = is_logarithmic(selection.scale, selection.view, values)
        shared = super()._params
        home = shared.pop("home")
        if self._unasked():
            shared["arrangement"] = "apart"
        panel = ["panel", "place"] if shared["arrangement"] == "apart" else ["panel"]
        tall = panel_height(len(self.data.drop_duplicates(panel)))
        own = {"logarithmic": logarithmic, "home": home, "focus": "", "pinned": self._pinned}
        return shared | own | {"tall": tall, "looks": self._looks(shared["arrangement"] == "apart")}

    def _looks(self, apart: bool) -> dict[str, list[int]]:
        """The numbers of the colour and of the dash of each series."""
        panels = self.once("panels", self._panels_of_series)
        drawn = [(series, f"{panel} {place if apart else ''}") for series, panel, place in panels]
        return series_looks(self._numbered(), drawn, len(charts.COLOURS), apart)

    def _panels_of_series(self) -> list[tuple[str, str, str]]:
        """Series, panel and place of all that is drawn in any years."""
        every = replace(self.selection, years=EVER)
        rows = every.rows(self._table_view.rows(every))
        each = rows.drop_duplicates(["series", "measure", "unit"]).itertuples()
        return [(row.series, labels.panel(row, every.language), row.place) for row in each]

    def _numbered(self):
        of = ranks(self._table)
        return {
            series: (of["indicator"][row.indicator], of["place"][row.place])
            for series, row in self.once("rows of series", self._rows_of_series).items()
        }

    def _unasked(self) -> bool:
        """Whether places have panels of their own because they would lie flat in one."""
        rows, selection = self.data, self.selection
        if len(selection.places) < 2 or selection.arrangement == "apart":
            return False
        logarithmic = is_logarithmic(selection.scale, selection.view, rows["value"])
        sizes = rows[["panel", "place", "value"]].itertuples(index=False, name=None)
        return stands_apart(selection.view, logarithmic, list(sizes))

    @property
    def slots(self) -> dict[str, str]:
        """The drawn series with their names."""
        return self._series()

    def _series(self) -> dict[str, str]:
        """The chosen series that have figures, in the order of the table, with their names.

        The name is that of the indicator, of the place, or of both: what tells them apart.
        """
        return self.once("series", lambda: self._name_series(self.selection))

    def _name_series(self, selection):
        say = labels.located
        if selection.places == (self._table_view.home,):
            say = labels.name
        elif len(selection.chosen) == 1 and len(selection.places) > 1:
            say = labels.place
        rows = self.once("rows of series", self._rows_of_series)
        return {series: say(row, selection.language) for series, row in rows.items()}

    def _rows_of_series(self):
        """A row of each chosen series that has figures, in the order of the table."""
        rows = self._known().sort_values(["indicator", "place"]).drop_duplicates("series")
        return {row.series: row for row in rows.itertuples()}

    # --- the saved chart ---

    @property
    def _alone(self):
        heading, params = self._heading(), self._params | {"pinned": -1}
        said = heading[0] + self.words["forms"]["stop"] + self._told()
        return Alone(self._drawn_figures(), params, heading, said)

    def _drawn_figures(self) -> list[dict]:
        """The figures of the needed parts that are drawn, and the required growth."""
        figures, chosen = [], []
        for key, records in self._figures(self.selection.parts()).items():
            figures += records
            of = {"indicator": key.indicator, "place": key.place, "base": getattr(key, "base", 0)}
            chosen += [record | of for record in records]
        if not figures:
            return []
        return [figures[at] for at in self.selection.rows(pd.DataFrame(chosen)).index]

    def _heading(self) -> list[str]:
        """The title of a chart that is taken home, how to read it, and its sources."""
        lines = charts.lines(self.source_line, SOURCES_WIDTH[self.language.value])
        return [self._title(), *self._grammar(), *lines]

    @property
    def stem(self) -> str:
        return export.file_stem(self.state)

    def drawn_marks(self) -> list[tuple[str | None, str]]:
        words, figures = self.words["chart"]["marks"], self._drawn_figures()
        return [(name, words[name]) for name in charts.drawn_marks(figures, self.years.value[0])]

    def _in_key(self):
        looks, drawn = self._params["looks"], set(self.data["series"])
        return [(name, looks[each]) for each, name in self._series().items() if each in drawn]

    # --- sources ---

    def _cited(self) -> pd.DataFrame:
        return self._with_targets(self._ready.printed(self.data))

    def _with_targets(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Figures with those that they were set against: of a gap, the targets, too."""
        if self.view.value != "gap to target" or rows.empty:
            return rows
        known = self._ready.table(rows["indicator"].unique(), rows["place"].unique())
        keys = ["indicator", "place", "period"]
        same = pd.MultiIndex.from_frame(known[keys]).isin(pd.MultiIndex.from_frame(rows[keys]))
        return pd.concat([rows, known[same & known["status"].eq("target") & known["drawn"]]])

    def _titles(self) -> list[str]:
        rows, language = self._with_targets(self.data), self.language.value
        printed = (each for row in rows.itertuples() for each in row.origins or [row])
        return list(dict.fromkeys(labels.source(row, language) for row in printed))

    # --- words ---

    @property
    def text(self) -> str:
        (first, last), words, language = self.years.value, self.words, self.language.value
        form = words["forms"]
        view = f"{words['views'][self.view.value]}{form['comma']}{first}–{last}"
        head = words["said"]["explorer"].format(view) + form["space"] + self._said()
        rows = self.data.itertuples()
        return "\n".join([head, *(f"- {labels.cited(row, language)}" for row in rows)])

    def _told(self):
        told = labels.told(self.data, self.language.value)
        return self._said() + self.words["forms"]["space"] + told

    @in_turn
    def _redraw(self, change=None):
        if self._busy:
            return
        super()._redraw(change)
        self._tell_base_years()
        self._boxes[self.base].layout.display = None if self.view.value == "index" else "none"
        if self._pinned >= 0 and not self.data["row"].eq(self._pinned).any():
            self._unpin()  # its mark is gone
            self.live.params = self._params
        views = self.once("views", lambda: set(self._known()["view"])) or set(VIEWS)
        why = self.words["reasons"]["view"]
        self.live.closed = {
            str(position): why for position, name in enumerate(VIEWS) if name not in views
        }

    # --- a figure that is kept ---

    def hear(self, content: dict) -> None:
        super().hear(content)
        if "pinned" in content:
            self.pin(content["pinned"])

    @in_turn
    def pin(self, key: int) -> None:
        """Keep the figure with this key, with all its printings, beneath the chart, until another
        is clicked; its mark has a ring."""
        rows = self._ready.printings(key)
        if rows.empty:
            return
        self.pinned.value = labels.listing(self._with_targets(rows), self.language.value)
        self._pinned = int(key)
        self.live.params = self._params

    def _unpin(self):
        self.pinned.value, self._pinned = "", -1

    # --- taking home ---

    def code(self) -> str:
        """The Python that draws exactly this anew, to be pasted into a cell below.

        What a new explorer does by itself is left out. Of a table that was made by hand, or that
        was narrowed other than by place or theme, it says `table`.
        """
        origin = provenance.origin(self._table)
        home = origin.whole[0][0] if origin else self._table_view.home
        usual = IndicatorSelection((), view=self.view.value, places=(home,)).state
        usual |= {"view": USUAL.view}
        del usual["chosen"]
        return export.code(self.state, usual, None if provenance.masked(self._table) else origin)
