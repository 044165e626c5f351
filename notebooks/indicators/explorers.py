"""Explorers: charts that answer to widgets. Each is a VBox with named controls.

An explorer draws one chart once; its controls set the chart's parameters, so that a change
travels as a few values and nothing is embedded again. When a notebook is opened and nothing has run,
the saved chart of the first state is shown in its place.
"""

import altair as alt
import ipywidgets as widgets

from . import charts, growth, labels, renderer

VIEWS = ["growth rates", "levels", "index"]
FIRST_YEAR, LAST_YEAR = charts.YEARS


class GrowthExplorer(widgets.VBox):
    """Figures of chosen indicators: growth rates, levels or an index, over chosen years.

    `table` as from `data.load` (only rows of one place); `chosen`, slugs of indicators; `years`, first and
    last year within 2015–2025; `view`, one of `VIEWS`. Controls: `indicators`, `years`,
    `view`. What is drawn: `data` (the rows), `chart` (an Altair chart), `text` (in words).
    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    def __init__(self, table, chosen, years=charts.YEARS, view=VIEWS[0]):
        self._rows = growth.views(table)
        self._chosen = list(chosen)
        self._names = self._rows.sort_values("indicator").drop_duplicates("indicator").set_index("indicator")["name_en"]
        _check(chosen, list(self._names.index), "indicator")
        _check([view], VIEWS, "view")
        _check(years, range(FIRST_YEAR, LAST_YEAR + 1), "year")
        self.indicators = widgets.SelectMultiple(
            description="Indicators", options=[(name, slug) for slug, name in self._names.items()],
            value=list(chosen), rows=8, layout={"width": "560px"},
        )  # fmt: skip
        self.years = widgets.IntRangeSlider(description="Years", min=FIRST_YEAR, max=LAST_YEAR, value=years, layout={"width": "560px"})
        self.view = widgets.ToggleButtons(description="View", options=VIEWS, value=view, style={"button_width": "130px"})
        self.summary = widgets.HTML()
        alt.JupyterChart.enable_offline()
        self.picture = alt.JupyterChart(charts.explorer(self._rows, self._state), embed_options=renderer.EMBED_OPTIONS)
        hint = widgets.HTML("Ctrl-click (⌘-click) adds an indicator or takes one away.")
        super().__init__([self.view, self.years, self.indicators, hint, self.summary, self.picture])
        for control in (self.indicators, self.years, self.view):
            control.observe(self._redraw, "value")
        self._redraw()

    @property
    def data(self):
        """The drawn figures: the rows of the view whose indicator is chosen and whose period lies within the years."""
        rows, (first, last) = self._rows, self.years.value
        within = rows["start"].ge(first) & rows["end"].le(last)
        return rows[rows["view"].eq(self.view.value) & rows["indicator"].isin(self.indicators.value) & within]

    @property
    def chart(self):
        """The chart of the present choice, with the drawn figures and no others."""
        return charts.explorer(self.data, self._state)

    @property
    def _state(self):
        return charts.choice(self._names, self._chosen, self.years.value, self.view.value)

    @property
    def text(self):
        """The present choice and every drawn figure, in words."""
        first, last = self.years.value
        figures = [f"- {labels.cited(row)}" for row in self.data.itertuples()]
        return "\n".join([f"Growth explorer: {self.view.value}, {first}–{last}. {self._said()}", *figures])

    def _said(self):
        """How many figures are drawn, and for which chosen indicators there is none."""
        drawn = set(self.data["indicator"])
        missing = [self._names[slug] for slug in self.indicators.value if slug not in drawn]
        said = f"{len(self.data)} figure{'s' if len(self.data) != 1 else ''} drawn."
        return f"{said} No figure in this view and these years for: {'; '.join(missing)}." if missing else said

    def _redraw(self, change=None):
        self._chosen = _slots(self._chosen, self.indicators.value)
        self.summary.value = self._said()
        self.picture.layout.display = "none" if self.data.empty else None
        if not self.data.empty:  # Vega cannot lay out a chart without panels
            with self.picture.hold_sync():
                for name, value in self._state.items():
                    setattr(self.picture.params, name, value)

    def _repr_mimebundle_(self, **kwargs):
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = ({}, {}) if self.data.empty else renderer.bundle(self.chart.to_dict())
        return data | live | {"text/plain": self.text}, metadata


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


def _check(found, allowed, name):
    unknown = [value for value in found if value not in allowed]
    if unknown:
        raise ValueError(f"unknown {name} {unknown[0]!r}; choose from: {', '.join(map(str, allowed))}")
