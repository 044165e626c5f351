"""Explorers: charts that answer to widgets. Each is a VBox with named controls.

An explorer draws one chart once; its controls set the chart's parameters, so that a change
travels as a few values and nothing is embedded again. When a notebook is opened and nothing has run,
the saved chart of the first state is shown in its place.
"""

import difflib
import html

import altair as alt
import anywidget
import ipywidgets as widgets

from . import charts, growth, labels, renderer

VIEWS = ["growth rates", "levels", "index"]
FIRST_YEAR, LAST_YEAR = charts.YEARS
ALL = "all"


class KeysStayHere(anywidget.AnyWidget):
    """Keeps plain keys that are pressed in a control of its box from being taken as JupyterLab's own shortcuts.

    Keys with Ctrl, ⌘ or Alt stay JupyterLab's, so that Ctrl+S still saves.
    """

    _esm = """
    export default { render({ el }) {
        el.style.display = "none";
        const keep = ({ target, ctrlKey, metaKey, altKey }) =>
            target.toggleAttribute("data-lm-suppress-shortcuts", !(ctrlKey || metaKey || altKey));
        requestAnimationFrame(() => {
            for (const event of ["focusin", "keydown", "keyup"]) el.closest(".widget-vbox")?.addEventListener(event, keep);
        });
    } };
    """


class Explorer(widgets.VBox):
    """What all explorers share: one live chart, a line that says what is drawn, an output for every reader.

    A subclass makes its controls, gives `data` (the drawn rows), `chart` (an Altair chart of them), `text` (the same in
    words), `_state` (the chart's parameters), `_said` (the line), and then calls `_assemble`.
    """

    _sending = False  # whether the present state is on its way to the page

    def _assemble(self, controls, everything, beneath=()):
        """Put controls, line, chart (of all rows that may be drawn: `everything`) and what is `beneath` together."""
        alt.JupyterChart.enable_offline()
        self.summary = widgets.HTML()
        self.picture = alt.JupyterChart(everything, embed_options=renderer.EMBED_OPTIONS)
        self.children = [*controls, self.summary, self.picture, *beneath, KeysStayHere()]
        for control in controls:
            if not isinstance(control, widgets.HTML):
                control.observe(self._redraw, "value")
        self._redraw()
        self.picture.observe(self._restore, "_params")

    def _redraw(self, change=None):
        self.summary.value = html.escape(self._said())
        self.picture.layout.display = "none" if self.data.empty else None
        if not self.data.empty:  # Vega cannot lay out a chart without panels
            self._sending = True
            with self.picture.hold_sync():
                for name, value in self._state.items():
                    setattr(self.picture.params, name, value)
            self._sending = False

    def _restore(self, change):
        """A page that is loaded anew starts with the chart's first state: bring it to the present one."""
        if not self._sending and change.new != self._state and not self.data.empty:
            self._redraw()

    def _repr_mimebundle_(self, **kwargs):
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = ({}, {}) if self.data.empty else renderer.bundle(self.chart.to_dict())
        return data | live | {"text/plain": self.text}, metadata


class GrowthExplorer(Explorer):
    """Figures of chosen indicators: growth rates, levels or an index, over chosen years.

    `table` as from `data.latest`; of several places, that of its first row is shown until others are asked for. `chosen`,
    slugs of indicators; `years`, first and last year within 2015–2025; `view`, one of `VIEWS`; `places`, more places to show.
    Controls: `indicators`, `years`, `view` and, for a table of several places, `places`. What is drawn: `data` (the rows),
    `chart` (an Altair chart), `text` (in words).
    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    def __init__(self, table, chosen, years=charts.YEARS, view=VIEWS[0], places=()):
        super().__init__()
        self._rows = growth.views(table)
        self._names = _names(self._rows[self._rows["series"].eq(self._rows["indicator"].astype("str"))])
        known = table.drop_duplicates("place").set_index("place")["place_en"].rename(index=str)
        _check(places, list(known.index), "place")
        self._chosen = list(dict.fromkeys([chosen] if isinstance(chosen, str) else chosen))
        _check(self._chosen, list(self._names.index), "indicator")
        _check([view], VIEWS, "view")
        years = _checked_years(years)
        self.view = widgets.ToggleButtons(description="View", options=VIEWS, value=view, style={"button_width": "130px"})
        self.years = widgets.IntRangeSlider(description="Years", min=FIRST_YEAR, max=LAST_YEAR, value=years, layout={"width": "560px"})
        self.indicators = widgets.SelectMultiple(
            description="Indicators", options=[(name, slug) for slug, name in self._names.items()],
            value=self._chosen, rows=8, layout={"width": "560px"},
        )  # fmt: skip
        self.places = widgets.SelectMultiple(
            description="Places", options=[(name, slug) for slug, name in known.items()],
            value=list(dict.fromkeys([known.index[0], *places])), rows=len(known), layout={"width": "560px"},
        )  # fmt: skip
        hint = widgets.HTML(
            "Ctrl-click (⌘-click) adds an indicator or takes one away; by keyboard, Shift with ↑ and ↓. A figure over a span of years is "
            "drawn when the whole span lies within the years."
        )
        several = [self.places] if len(known) > 1 else []
        self._assemble([self.view, self.years, self.indicators, *several, hint], charts.explorer(self._rows, self._state))

    @property
    def data(self):
        """The drawn figures: the rows of the view whose indicator is chosen and whose period lies within the years."""
        rows, (first, last) = self._rows, self.years.value
        within = rows["start"].ge(first) & rows["end"].le(last)
        chosen = rows["indicator"].isin(self.indicators.value) & rows["place"].isin(self.places.value)
        return rows[rows["view"].eq(self.view.value) & chosen & within]

    @property
    def chart(self):
        """The chart of the present choice, with the drawn figures and no others."""
        return charts.explorer(self.data, self._state)

    @property
    def text(self):
        """The present choice and every drawn figure, in words."""
        first, last = self.years.value
        return _listed(f"Growth explorer: {self.view.value}, {first}–{last}. {self._said()}", self.data)

    @property
    def _state(self):
        return charts.choice(self._series(), self._chosen, self.years.value, self.view.value)

    def _series(self):
        """The chosen series, in the order of indicators and places, with their names in the legend."""
        rows = self._rows[self._rows["indicator"].isin(self.indicators.value) & self._rows["place"].isin(self.places.value)]
        rows = rows.sort_values(["indicator", "place"]).drop_duplicates("series")
        alone = self.places.value == (self.places.options[0][1],)
        return {row.series: row.name_en if alone else f"{row.name_en}, {row.place_en}" for row in rows.itertuples()}

    def _said(self):
        """How many figures are drawn, and for which chosen series there is none."""
        drawn = set(self.data["series"])
        missing = [name for series, name in self._series().items() if series not in drawn]
        nothing = f" No figure in this view and these years for: {'; '.join(missing)}." if missing else ""
        colours = f" With more than {len(charts.COLOURS)} series the colours repeat." if len(self._series()) > len(charts.COLOURS) else ""
        asked = "" if self.indicators.value else " Choose an indicator from the list."
        return f"{_counted(self.data, 'figure')} drawn.{asked}{nothing}{colours}"

    def _redraw(self, change=None):
        self._chosen = _slots(self._chosen, self._series())
        super()._redraw(change)


class TargetExplorer(Explorer):
    """Targets beside their outcomes, one row a target, and when each would be reached.

    `targets` as from `growth.with_latest`. Controls: `theme` (one, or all), `year` (2021, 2025, or all), `order` (of the
    codebook, or by gap), `rate` (the assumed change a year, in %, of the last known level).
    """

    def __init__(self, targets, theme=ALL, year="2025"):
        super().__init__()
        self._targets = targets
        themes = [ALL, *targets["theme"].astype("str").unique()]
        _check([theme], themes, "theme")
        _check([year], ["2021", "2025", ALL], "year")
        self.theme = widgets.Dropdown(description="Theme", options=[(labels.theme(name), name) for name in themes], value=theme)
        self.year = widgets.ToggleButtons(description="Target for", options=["2021", "2025", ALL], value=year, style={"button_width": "80px"})
        self.order = widgets.ToggleButtons(description="Order", options=["codebook", "gap"], style={"button_width": "110px"})
        self.rate = widgets.FloatSlider(
            description="If it moved by (% a year)", min=0, max=15, step=0.5, value=5, readout_format=".1f",
            style={"description_width": "initial"}, layout={"width": "560px"},
        )  # fmt: skip
        hint = widgets.HTML("The what-if starts from the last known level and moves towards the target.")
        self._assemble([self.theme, self.year, self.order, self.rate, hint], charts.targets(targets, self._state))

    @property
    def data(self):
        """The targets shown."""
        rows, theme, year = self._targets, self.theme.value, self.year.value
        return rows[(rows["theme"].eq(theme) | (theme == ALL)) & (rows["end"].astype("str").eq(year) | (year == ALL))]

    @property
    def chart(self):
        """The chart of the targets shown."""
        return charts.targets(self.data, self._state)

    @property
    def text(self):
        """Every target shown, with its outcome and verdict, in words."""
        lines = [f"- {labels.target(row)}: {labels.verdict(row)}; {labels.reached(row, self.rate.value)}" for row in self.data.itertuples()]
        return "\n".join([f"Targets for {self.year.value}. {self._said()}", *lines])

    @property
    def _state(self):
        return {"theme": self.theme.value, "year": self.year.value, "order": self.order.value, "rate": self.rate.value}

    def _said(self):
        if self.data.empty:
            return "No target for this year in this theme: choose another."
        counts = self.data["verdict"].value_counts()
        return f"{_counted(self.data, 'target')}: " + ", ".join(f"{counts[name]} {name}" for name in charts.VERDICTS if name in counts) + "."


class VintageExplorer(Explorer):
    """Every printing of one indicator: where each number comes from.

    `table` as from `data.load` (one place, all vintages). Controls: `indicator` (a slug, by name), `view` (growth rates or levels).
    Beneath the chart, `listing` is a table of all its figures as printed, with source, place and note.
    """

    def __init__(self, table, indicator, view="levels"):
        super().__init__()
        self._rows = growth.views(table).query("view != 'index'").assign(line=0)
        self._table, self._names = table, _names(table)
        _check([indicator], list(self._names.index), "indicator")
        _check([view], VIEWS[:2], "view")
        options = [(name, slug) for slug, name in self._names.items()]
        self.indicator = widgets.Dropdown(description="Indicator", options=options, value=indicator, layout={"width": "560px"})
        self.view = widgets.ToggleButtons(description="View", options=VIEWS[:2], value=view, style={"button_width": "130px"})
        self.listing = widgets.HTML()
        self._assemble([self.indicator, self.view], charts.explorer(self._rows, self._state), [self.listing])

    @property
    def data(self):
        """The drawn figures: all vintages of the indicator in this view."""
        rows = self._rows
        return rows[
            rows["indicator"].eq(self.indicator.value) & rows["view"].eq(self.view.value) & rows["start"].ge(FIRST_YEAR) & rows["end"].le(LAST_YEAR)
        ]

    @property
    def vintages(self):
        """Every row of the table for the indicator, whatever its measure."""
        return self._table[self._table["indicator"] == self.indicator.value].sort_values(["measure", "start", "status", "published"])

    @property
    def chart(self):
        """The chart of the vintages."""
        return charts.explorer(self.data, self._state)

    @property
    def text(self):
        """Every vintage in words, with its source."""
        return _listed(f"{self._names[self.indicator.value]}: {self._said()}", self.vintages)

    @property
    def _state(self):
        return charts.choice(self._names, [self.indicator.value], charts.YEARS, self.view.value)

    def _said(self):
        sources = self.vintages["source"].nunique()
        other = " Choose the other view, or read the table." if self.data.empty else ""
        known = f"{_counted(self.vintages, 'figure')} from {sources} source{'s' if sources != 1 else ''}"
        return f"{known}; {len(self.data)} of them drawn in this view.{other}"

    def _redraw(self, change=None):
        super()._redraw(change)
        self.listing.value = labels.listing(self.vintages)


def _names(rows):
    """Slug to name of every indicator in `rows`, in the order of the codebook."""
    return rows.sort_values("indicator").drop_duplicates("indicator").set_index("indicator")["name_en"].rename(index=str)


def _counted(rows, noun):
    return f"{len(rows)} {noun}{'s' if len(rows) != 1 else ''}"


def _listed(title, rows):
    return "\n".join([title, *(f"- {labels.cited(row)}" for row in rows.itertuples())])


def _slots(before, now):
    """Who stays keeps its place, and so its colour; who comes takes the first free one."""
    slots = [slug if slug in now else None for slug in before]
    for slug in now:
        if slug not in slots:
            free = slots.index(None) if None in slots else len(slots)
            slots[free : free + 1] = [slug]
    while slots and slots[-1] is None:
        slots.pop()
    return slots


def _checked_years(years):
    """First and last year as a tuple. Raises ValueError unless they are two years of the range, in order."""
    allowed = f"two years from {FIRST_YEAR} to {LAST_YEAR}, the first not after the last"
    try:
        first, last = years
        if not FIRST_YEAR <= first <= last <= LAST_YEAR:
            raise ValueError
    except (TypeError, ValueError):
        raise ValueError(f"found years {years!r}; allowed are {allowed}") from None
    return first, last


def _check(found, allowed, name):
    unknown = [value for value in found if value not in allowed]
    if unknown:
        near = difflib.get_close_matches(str(unknown[0]), list(map(str, allowed)), n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise ValueError(f"unknown {name} {unknown[0]!r}{hint}; choose from: {', '.join(map(str, allowed))}")
