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

VIEWS = ["growth rates", "levels", "index", "gap to target"]
FIRST_YEAR, LAST_YEAR = charts.YEARS
ALL = "all"
STATUSES = {"actual": "Outcomes", "target": "Targets", "estimate": "Expected outcomes"}


class Page(anywidget.AnyWidget):
    """What an explorer needs of the page that shows it; draws nothing itself.

    Plain keys that are pressed in a control of its box stay there and are not taken as JupyterLab's own shortcuts (those with
    Ctrl, ⌘ or Alt are, so that Ctrl+S still saves). The headings of a table sort it. Near a mark its tooltip shows; a click there
    sends the mark's description as `pinned`. `save` downloads a file.
    """

    _esm = """
    export default { render({ model, el }) {
        el.style.display = "none";
        const keep = ({ target, ctrlKey, metaKey, altKey }) =>
            target.toggleAttribute("data-lm-suppress-shortcuts", !(ctrlKey || metaKey || altKey));
        const number = (text) => parseFloat(text.replace("−", "-").match(/-?[0-9][0-9.]*/)?.[0]);
        const sort = (event) => {
            const head = event.target.closest("th[aria-sort]");
            if (!head || (event.type === "keydown" && event.key !== "Enter")) return;
            const up = head.getAttribute("aria-sort") !== "ascending", body = head.closest("table").tBodies[0];
            const text = (row) => row.cells[head.cellIndex].innerText;
            const numeric = ["Period", "Figure"].includes(head.innerText);
            const compare = (a, b) => (numeric && number(text(a)) - number(text(b))) || text(a).localeCompare(text(b));
            body.append(...[...body.rows].sort((a, b) => (up ? 1 : -1) * compare(a, b)));
            for (const other of head.parentNode.cells) other.setAttribute("aria-sort", "none");
            head.setAttribute("aria-sort", up ? "ascending" : "descending");
        };
        const gap = (low, at, high) => Math.max(low - at, 0, at - high);
        const nearest = ({ target, clientX, clientY }) => {
            const drawn = target.closest?.("svg")?.querySelectorAll("[aria-roledescription='point'], [aria-roledescription='rule mark']") ?? [];
            const away = (mark, box = mark.getBoundingClientRect()) =>
                Math.hypot(gap(box.left, clientX, box.right), gap(box.top, clientY, box.bottom));
            return [...drawn].map((mark) => [away(mark), mark]).sort(([a], [b]) => a - b).find(([distance]) => distance < 30)?.[1];
        };
        let near;
        const hide = () => document.getElementById("vg-tooltip-element")?.classList.remove("visible");
        const show = (mark, { clientX, clientY }) => mark.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX, clientY }));
        const hover = (event) => {
            if (!event.isTrusted) return;
            const mark = nearest(event);
            if (near && near !== mark) hide();
            if (mark && mark !== event.target) show(mark, event);
            near = mark;
        };
        const leave = () => {
            if (near) hide();
            near = undefined;
        };
        const pin = (event) => {
            const mark = nearest(event);
            if (mark) model.send({ pinned: mark.getAttribute("aria-label") });
        };
        const save = ({ name, type }, buffers) => {
            const link = document.createElement("a");
            link.href = URL.createObjectURL(new Blob(buffers, { type }));
            link.download = name;
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 60000);
        };
        model.on("msg:custom", save);
        requestAnimationFrame(() => {
            const box = el.closest(".widget-vbox");
            for (const event of ["focusin", "keydown", "keyup"]) box?.addEventListener(event, keep);
            for (const event of ["click", "keydown"]) box?.addEventListener(event, sort);
            box?.addEventListener("pointermove", hover);
            box?.addEventListener("pointerleave", leave);
            box?.addEventListener("click", pin);
        });
        return () => model.off("msg:custom", save);
    } };
    """

    def save(self, name, kind, content):
        """Let the browser download `content` (bytes) as the file `name` of MIME type `kind`."""
        self.send({"name": name, "type": kind}, [content])


class Explorer(widgets.VBox):
    """What all explorers share: one live chart, a line that says what is drawn, an output for every reader.

    A subclass makes its controls, gives `data` (the drawn rows), `chart` (an Altair chart of them), `text` (the same in
    words), `_state` (the chart's parameters), `_said` (the line), and then calls `_assemble`.
    """

    _busy = False  # whether several controls are being set at once
    _sending = False  # whether the present state is on its way to the page

    def _assemble(self, controls, everything, beneath=()):
        """Put controls, line, chart (of all rows that may be drawn: `everything`) and what is `beneath` together."""
        alt.JupyterChart.enable_offline()
        self.summary, self.page = widgets.HTML(), Page()
        self.picture = alt.JupyterChart(everything, embed_options=renderer.EMBED_OPTIONS)
        self.children = [*controls, self.summary, self.picture, *beneath, self.page]
        for control in controls:
            if not isinstance(control, (widgets.HTML, widgets.Box)):
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


class IndicatorExplorer(Explorer):
    """Figures of chosen indicators: growth rates, levels or an index, over chosen years.

    `table` as from `data.latest`. `chosen`, slugs of indicators; `years`, first and last year within 2015–2025; `view`, one of
    `VIEWS`; `places`, at first that of the first row; `statuses`, of `STATUSES`. Controls: `search` (narrows the list as you type, in
    English or Chinese) and `theme`, `indicators`, `years`, `view`, `places` (for a table of several), a box for each of the statuses, `reset`,
    `tabled` (the table beneath). What is drawn: `data` (the rows), `chart` (an Altair chart), `text` (in words), `citation`.
    `state` holds the choice and can be set; `code()` is the call that draws it anew.
    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    def __init__(self, table, chosen, years=charts.YEARS, view=VIEWS[0], places=(), statuses=tuple(STATUSES)):
        super().__init__()
        self._rows = growth.views(table)
        self._codebook = table.sort_values("indicator").drop_duplicates("indicator").astype({"indicator": str, "theme": str})
        self._codebook = self._codebook[self._codebook["indicator"].isin(set(self._rows["indicator"].astype("str")))]
        self._known = table.drop_duplicates("place").set_index("place")["place_en"].rename(index=str)
        chosen = tuple(dict.fromkeys([chosen] if isinstance(chosen, str) else chosen))
        first = {"chosen": chosen, "years": years, "view": view, "places": tuple(places) or (self._known.index[0],), "statuses": tuple(statuses)}
        self._first = self._checked(first)
        self._chosen = list(chosen)
        self._make_controls()
        self._assemble(self._controls(), charts.explorer(self._rows, self._state), [self.pinned, self.sources, self.listing, self._saving()])
        self.page.on_msg(lambda _, content, buffers: self._pin(content.get("pinned")))

    def _checked(self, state):
        """The state, complete and among the choices. Raises ValueError otherwise."""
        _check(state, ["chosen", "years", "view", "places", "statuses"], "part of a state")
        _check(state.get("places", ()), list(self._known.index), "place")
        _check(state.get("chosen", ()), list(self._codebook["indicator"]), "indicator")
        _check([state.get("view", VIEWS[0])], VIEWS, "view")
        _check(state.get("statuses", ()), list(STATUSES), "status")
        return state | ({"years": _checked_years(state["years"])} if "years" in state else {})

    def _make_controls(self):
        first, wide = self._first, {"width": "560px"}
        self.view = widgets.ToggleButtons(description="View", options=VIEWS, value=first["view"], style={"button_width": "130px"})
        self.years = widgets.IntRangeSlider(description="Years", min=FIRST_YEAR, max=LAST_YEAR, value=first["years"], layout=wide)
        self.search = widgets.Text(description="Search", placeholder="Part of a name, English or 中文", layout={"width": "330px"})
        themes = [ALL, *self._codebook["theme"].unique()]
        self.theme = widgets.Dropdown(description="Theme", options=[(labels.theme(name), name) for name in themes], layout={"width": "226px"})
        self.indicators = widgets.SelectMultiple(
            description="Indicators", options=self._options(first["chosen"]), value=first["chosen"], rows=8, layout=wide
        )  # fmt: skip
        options = [(name, slug) for slug, name in self._known.items()]
        self.places = widgets.SelectMultiple(description="Places", options=options, value=first["places"], rows=len(options), layout=wide)
        self.statuses = {slug: widgets.Checkbox(description=name, value=slug in first["statuses"], indent=False) for slug, name in STATUSES.items()}
        self.reset = widgets.Button(description="Reset", tooltip="Back to the first choice")
        self.tabled = widgets.Checkbox(description="Table of the drawn figures", value=False, indent=False)
        self.pinned, self.sources, self.listing = widgets.HTML(), widgets.HTML(), widgets.HTML()
        for box in (*self.statuses.values(), self.tabled):
            box.layout.width = "auto"
            box.observe(self._redraw, "value")
        for control in (self.search, self.theme):
            control.observe(self._narrow, "value")
        self.reset.on_click(self._start_again)

    def _controls(self):
        hint = widgets.HTML(
            "Ctrl-click (⌘-click) adds an indicator or takes one away; by keyboard, Shift with ↑ and ↓. A figure over a span of years is "
            "drawn when the whole span lies within the years. Point near a mark to read it; click to keep it beneath the chart."
        )
        several = [self.places] if len(self._known) > 1 else []
        switches = widgets.HBox([*self.statuses.values(), self.tabled, self.reset], layout={"align_items": "center", "margin": "0 0 0 90px"})
        return [self.view, self.years, widgets.HBox([self.search, self.theme]), self.indicators, hint, *several, switches]

    def _saving(self):
        """Buttons that let the browser download what is drawn."""
        makers = {
            "CSV": ("text/csv", lambda: labels.csv(self.data).encode("utf-8-sig")),
            "PNG": ("image/png", lambda: renderer.picture(self.chart.to_dict())),
            "SVG": ("image/svg+xml", lambda: renderer.drawing(self.chart.to_dict()).encode()),
            "Citation": ("text/plain", lambda: self.citation.encode()),
        }
        self.save = {name: widgets.Button(description=f"Save {name}", layout={"width": "120px"}) for name in makers}
        for name, (kind, make) in makers.items():
            ending = "txt" if name == "Citation" else name.lower()
            self.save[name].on_click(lambda _, ending=ending, kind=kind, make=make: self.page.save(f"shaoxing.{ending}", kind, make()))
        return widgets.HBox(list(self.save.values()))

    def _pin(self, said):
        """Keep the figure of the mark that says `said` beneath the chart, with its source, until another is clicked."""
        rows = self.data[[labels.sentence(row) == said for row in self.data.itertuples()]]
        self.pinned.value = "" if rows.empty else labels.listing(rows)

    def _options(self, chosen):
        """The indicators that the search and the theme leave, and those chosen, as (name, slug)."""
        word, theme = self.search.value.strip().lower(), self.theme.value
        rows = self._codebook
        found = (rows["name_en"] + " " + rows["name_zh"]).str.lower().str.contains(word, regex=False) & (rows["theme"].eq(theme) | (theme == ALL))
        rows = rows[found | rows["indicator"].isin(chosen)]
        return list(zip(rows["name_en"], rows["indicator"], strict=True))

    def _narrow(self, change=None):
        """Show the indicators that are searched for; what is chosen stays chosen."""
        self._busy = True
        self._offer(self.indicators.value)
        self._busy = False

    def _offer(self, chosen):
        """Fill the list anew; the page must never hear of a choice that its list does not have, so it is emptied first."""
        self.indicators.value = ()
        self.indicators.options = self._options(chosen)
        self.indicators.value = tuple(chosen)

    def _start_again(self, button=None):
        self.search.value, self.theme.value, self.tabled.value = "", ALL, False
        self.pinned.value = ""
        self.state = self._first

    @property
    def state(self):
        """The present choice, as the arguments of a new explorer: `chosen`, `years`, `view`, `places`, `statuses`."""
        chosen, view, places = self.indicators.value, self.view.value, self.places.value
        statuses = tuple(slug for slug, box in self.statuses.items() if box.value)
        return {"chosen": chosen, "years": tuple(self.years.value), "view": view, "places": places, "statuses": statuses}

    @state.setter
    def state(self, state):
        state = self.state | self._checked(dict(state))
        self._busy = True
        self._offer(state["chosen"])
        self.places.value = tuple(state["places"])
        self.years.value, self.view.value = state["years"], state["view"]
        for slug, box in self.statuses.items():
            box.value = slug in state["statuses"]
        self._busy = False
        self._redraw()

    def code(self):
        """The Python that draws exactly this anew, to be pasted into a cell below."""
        arguments = ", ".join(f"{name}={value!r}" for name, value in self.state.items())
        return f"from indicators import data, explorers\nexplorers.IndicatorExplorer(data.latest(data.load()), {arguments})"

    @property
    def citation(self):
        """The sources of the drawn figures, one a line, to be cited."""
        return "\n".join(labels.citations(self.data))

    @property
    def data(self):
        """The drawn figures: rows of the view whose indicator, place and status are chosen and whose period lies within the years."""
        rows, state = self._rows, self.state
        within = rows["start"].ge(state["years"][0]) & rows["end"].le(state["years"][1])
        chosen = rows["indicator"].isin(state["chosen"]) & rows["place"].isin(state["places"]) & rows["status"].isin(state["statuses"])
        return rows[rows["view"].eq(state["view"]) & chosen & within]

    @property
    def chart(self):
        """The chart of the present choice, with the drawn figures and no others."""
        return charts.explorer(self.data, self._state)

    @property
    def text(self):
        """The present choice and every drawn figure, in words."""
        first, last = self.years.value
        return _listed(f"Explorer: {self.view.value}, {first}–{last}. {self._said()}", self.data)

    @property
    def _state(self):
        return charts.choice(self._series(), self._chosen, self.years.value, self.view.value, self.state["statuses"])

    def _series(self):
        """The chosen series, in the order of indicators and places, with their names in the legend."""
        rows = self._rows[self._rows["indicator"].isin(self.indicators.value) & self._rows["place"].isin(self.places.value)]
        rows = rows.sort_values(["indicator", "place"]).drop_duplicates("series")
        alone = self.places.value == (self._known.index[0],)
        return {row.series: row.name_en if alone else f"{row.name_en}, {row.place_en}" for row in rows.itertuples()}

    def _said(self):
        """How many figures are drawn, and for which chosen series there is none."""
        drawn = set(self.data["series"])
        missing = [name for series, name in self._series().items() if series not in drawn]
        nothing = f" No figure in this view and these years for: {'; '.join(missing)}." if missing else ""
        colours = f" With more than {len(charts.COLOURS)} series the colours repeat." if len(self._series()) > len(charts.COLOURS) else ""
        asked = "" if self.indicators.value else " Choose an indicator from the list."
        asked += "" if self.state["statuses"] else " Tick outcomes, targets or expected outcomes."
        return f"{_counted(self.data, 'figure')} drawn.{asked}{nothing}{colours}"

    def _redraw(self, change=None):
        if self._busy:
            return
        self._chosen = _slots(self._chosen, self._series())
        super()._redraw(change)
        titles = "; ".join(dict.fromkeys(self.data["title_en"]))
        self.sources.value = f"<small>Sources: {html.escape(titles)}.</small>" if titles else ""
        self.listing.value = labels.listing(self.data) if self.tabled.value else ""


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
        self._rows = growth.views(table).query("view in ['growth rates', 'levels']").assign(line=0)
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
