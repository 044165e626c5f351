"""The explorer of a few numbers: each with its years, the figure of one year, and its targets."""

from collections.abc import Iterable, Sequence

import ipywidgets as widgets
import pandas as pd

from .. import charts, growth, i18n, labels
from ..i18n import LANGUAGES, WORDS
from .base import Explorer
from .controls import rename
from .live_chart import Alone
from .places import TableView
from .selection import FIRST_YEAR, LAST_YEAR, YEAR_CHOICES, NumbersSelection, ThemeKey, check, names

TEN = 10  # numbers of a theme
ALL_AT_ONCE = 5000  # rows; of a larger table only what is chosen goes to the page
PLACE_WIDTH = 24  # characters of a place's name


class NumbersView(TableView):
    """The numbers of a table by theme: those asked for (`ten`), and the best known of each.

    `rows`: the numbers of each theme (`shown_in`) in their order (`order`), with all their years.
    """

    def __init__(self, table: pd.DataFrame, chosen: tuple[str, ...]):
        super().__init__(table)
        rows = growth.views(table)
        within = rows["start"].ge(FIRST_YEAR) & rows["end"].le(LAST_YEAR)
        levels = rows[rows["view"].eq("levels") & within]
        self.slugs = list(levels["indicator"].astype("str").unique())
        self.themes = {"ten": [slug for slug in chosen if slug in self.slugs]}
        self.themes |= _best_known(levels)
        self.rows = pd.concat([_shown_in(levels, *theme) for theme in self.themes.items()])
        self.is_small = len(levels) <= ALL_AT_ONCE
        targets = growth.verdicts(table, YEAR_CHOICES)
        aimed = targets["measure"].isin(growth.LEVELS) & targets["start"].ge(FIRST_YEAR)
        targets = targets[aimed]
        self._targets = targets.sort_values("end", kind="stable")
        self._goals = self._targets.groupby(["indicator", "place"], observed=True).indices

    def allowed(self) -> dict[str, Sequence]:
        return super().allowed() | {"theme": list(self.themes), "year": YEAR_CHOICES}

    def all_parts(self, languages: Iterable[str]) -> list[ThemeKey]:
        """The keys of all parts in these languages; of a large table, none."""
        if not self.is_small:
            return []
        return [
            ThemeKey(language, theme, place)
            for language in languages
            for theme in self.themes
            for place in self.places.index
        ]

    def records(self, key: ThemeKey) -> list[dict]:
        """The figures of a theme in a place, as the chart draws them."""
        rows = self.rows[self.rows["shown_in"].eq(key.theme) & self.rows["place"].eq(key.place)]
        first = ~rows["indicator"].duplicated()
        since = growth.since_first(rows.itertuples())
        figures = charts.figures(rows, key.language)
        return [
            figure
            | {"theme": key.theme}
            | self._panel(row, key.language)
            | self._said(row, moved, is_first, key.language)
            for row, moved, is_first, figure in zip(
                rows.itertuples(), since, first, figures, strict=True
            )
        ]

    def _said(self, row, since, is_first: bool, language: str) -> dict:
        """What a card says of the figure of a year, and the first figure's of its targets."""
        said = {}
        if row.start == row.end and row.status != "target":
            said["Large"] = labels.large(row, language)
            said["Below"] = labels.below(row, since, language)
        if is_first:
            said["Goal"] = "\n".join(self.goals(row.indicator, row.place, language))
        return said

    def _panel(self, row, language: str) -> dict:
        """In which panel a figure stands, and the headings of that, without and with the place."""
        headed, where = labels.headed(row, language), labels.place(row, language)
        where, places = charts.cut(where, PLACE_WIDTH), list(self.places.index)
        return {
            "heading": headed,
            "panels": [headed, f"{headed} · {where}"],
            "order": row.order * len(places) + places.index(row.place),
            "series": str(row.place),
            "where": where,
        }

    def goals(self, slug: str, place: str, language: str) -> list[str]:
        """The latest targets of a number in a place and their verdicts, each in one line."""
        rows = self._targets.iloc[self._goals.get((slug, place), [])]
        return labels.goals(list(rows.itertuples()), language)


def _best_known(levels: pd.DataFrame) -> dict[str, list[str]]:
    """For each theme the indicators with figures for most periods."""
    counts = levels.groupby("indicator", observed=True)["period"].nunique()
    counts = counts.sort_values(ascending=False, kind="stable")
    themes = levels.drop_duplicates("indicator").set_index("indicator")["theme"].astype("str")
    of_theme = counts.index.map(themes)
    return {name: list(counts.index[of_theme == name][:TEN]) for name in themes.unique()}


def _shown_in(levels: pd.DataFrame, theme: str, slugs: list[str]) -> pd.DataFrame:
    order = {slug: position for position, slug in enumerate(slugs)}
    rows = levels[levels["indicator"].isin(order)]
    positions = [order[slug] for slug in rows["indicator"]]
    return rows.assign(shown_in=theme, order=positions)


class NumbersExplorer(Explorer):
    """A few numbers at a glance: each with its years, the figure of a year, its targets' verdicts.

    `table`: as from `data.latest`; `chosen`: the slugs of the numbers to start with. Controls:
    `year`, `theme` (`ten` for the chosen numbers, or the ten of a theme with figures for most
    years), `language`, `places` (at first that of the first row) and `arrangement` (`overlay`: a
    panel a number, with a colour for each place; `apart`: a panel for each number and place).

    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    CHART = staticmethod(charts.overview)
    SELECTION = NumbersSelection
    GRAMMAR = "numbers_grammar"
    _table_view: NumbersView

    def __init__(
        self,
        table: pd.DataFrame,
        chosen: str | Iterable[str],
        year: int = NumbersSelection.year,
        theme: str = NumbersSelection.theme,
        language: str | None = None,
        places: str | Iterable[str] = (),
        arrangement: str = NumbersSelection.arrangement,
    ):
        self._ten = names(chosen)
        super().__init__(
            table, NumbersSelection(i18n.chosen(language), theme, year, places, arrangement)
        )
        check(self._ten, self._table_view.slugs, "indicator")
        self.year = widgets.IntSlider(min=FIRST_YEAR, max=LAST_YEAR, value=year)
        self.theme = widgets.Dropdown(options=list(self._table_view.themes), value=theme)
        self._assemble()

    # --- what an explorer asks for ---

    def _view_of(self, table):
        return NumbersView(table, self._ten)

    @property
    def selection(self) -> NumbersSelection:
        return NumbersSelection(**{name: control.value for name, control in self._linked.items()})

    @property
    def _linked(self):
        names = "language theme year places arrangement".split()
        return {name: getattr(self, name) for name in names}

    @property
    def _named(self):
        return {control: name for name, control in self._linked.items()}

    def _controls(self):
        places = self._choice_of_places()
        return [self.language, self.year, self.theme, *places]

    def _make(self, keys):
        return {key: self._table_view.records(key) for key in keys}

    def all_parts(self) -> list[ThemeKey]:
        return self._table_view.all_parts(dict.fromkeys([self.language.value, *LANGUAGES]))

    def _series(self):
        shown = set(self.data["place"])
        return [place for place in self._table_view.places.index if place in shown]

    def _name_choices(self):
        rename(self.theme, {"ten": self.words["choices"]["ten"]} | self.words["themes"])

    def _fit(self, before):
        theme, language = self.theme.value, self.language.value
        self.theme.options = list(self._table_view.themes)
        self.theme.value = theme if theme in self.theme.options else "ten"
        lost = [] if self.theme.value == theme else [self.words["themes"].get(theme, theme)]
        gone = [slug for slug in self._ten if slug not in self._table_view.slugs]
        self._ten = tuple(slug for slug in self._ten if slug not in gone)
        called = before.rows.drop_duplicates("indicator").set_index("indicator")
        return [*(called[f"name_{language}"].get(slug, slug) for slug in gone), *lost]

    # --- what is drawn ---

    @property
    def data(self) -> pd.DataFrame:
        """The figures shown, of all years."""
        return self.once("data", lambda: self.selection.rows(self._table_view.rows))

    def _title(self):
        return self.words["chart"]["numbers"].format(self.year.value)

    @property
    def _alone(self):
        heading = [self._title(), *self._grammar()]
        language, form = self.language.value, self.words["forms"]
        figures = form["semicolon"].join(labels.worded(self.data, language)["Description"])
        told = labels.sentences(figures, language=language)
        return Alone(self.records, self._params, heading, self._said() + form["space"] + told)

    @property
    def text(self) -> str:
        return "\n".join([self._said(), *(self._in_words(*number) for number in self._numbers())])

    def _in_words(self, row, shown, since) -> str:
        """A number with the figure of the year and its targets, in one line."""
        language, said = self.language.value, self.words["said"]
        missing = said["no_figure"].format(self.year.value)
        form = WORDS[language]["forms"]
        value = missing
        if shown:
            known = labels.large(shown, language), labels.below(shown, since, language)
            value = form["with"].format(*known)
        name = labels.name(row, language)
        name = name if self._at_home() else labels.placed(name, row, language)
        goals = self._table_view.goals(row.indicator, row.place, language)
        return f"- {name}{form['colon']}{form['semicolon'].join([value, *goals])}"

    def _numbers(self) -> list[tuple]:
        """Of each number and place, in their order, a row, that of the chosen year, and its change.

        The second is the outcome, or the expected one; None where there is none.
        """
        return self.once("numbers", self._find_numbers)

    def _find_numbers(self):
        year, found = self.year.value, {}
        rows = list(self.data.astype({"place": str}).itertuples())
        for row, since in zip(rows, growth.since_first(rows), strict=True):
            number = row.order, row.place
            known = found.setdefault(number, (row, None, None))
            if known[1] is None and row.status != "target" and row.start == row.end == year:
                found[number] = known[0], row, since
        return [found[number] for number in sorted(found)]

    def _said(self):
        said, year = self.words["said"], self.year.value
        if not self.places.value and self._table_view.several:
            return said["choose_place"]
        found = {place: [] for place in self.places.value}
        for row, shown, _ in self._numbers():
            found[row.place].append(shown is not None)
        counted = {
            place: said["drawn_year"].format(sum(known), len(known), year)
            for place, known in found.items()
        }
        if self._at_home():
            return "".join(counted.values())
        names = {
            place: self._table_view.place_name(place, self.language.value) for place in counted
        }
        return self.words["forms"]["space"].join(
            said["in_place"].format(names[each], counted[each]) for each in counted
        )
