"""Explorers: charts that answer to widgets. Each is a VBox with named controls.

An explorer embeds one chart once and gives the page its figures in parts; the controls go straight to the chart in the page, and the kernel, told
afterwards, sends the parts that are missing and what is said in words. When a notebook is opened and nothing has run, the saved chart of the
first state is shown in its place.
"""

import html
import threading
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

import ipywidgets as widgets
import numpy as np
import pandas as pd
import traitlets

from .. import charts, data, growth, labels
from ..charts import renderer
from ..data import reload
from ..data.tables import nearest
from ..i18n import LANGUAGES, WORDS
from . import live_chart
from .cell_widgets import close_parts, instead_of_earlier

VIEWS = ["growth rates", "levels", "index", "gap to target", "totals"]
FIRST_YEAR, LAST_YEAR = charts.YEARS
ALL = "all"
STATUSES = ("actual", "target", "estimate")
ARRANGEMENTS, VINTAGES, SCALES = ("overlay", "apart"), ("latest", "all"), ("linear", "log")
BUTTONS = {"description_width": "80px"}
WIDE, ROW = (
    {"width": "560px", "max_width": "calc(100% - 4px)"},
    {"width": "auto", "display": "flex", "flex_flow": "row nowrap"},
)
WRAP = {"flex_flow": "row wrap"}
SMALL = 5000  # rows; the figures of a larger table are made ready when they are chosen
KEPT = 200  # so much of what was made of earlier choices is kept
FAULTS = 10  # so many faults are shown
HEADED, HEADED_APART = 62, 54  # so many characters are above a panel of the numbers
PARTS = 40  # so many parts are sent at once to a page that has nothing else to do


def _in_turn(change):
    """A method of an explorer during which no other thread can change it: a kernel may hear of two controls on two threads at once."""

    @wraps(change)
    def alone(self, *args):
        with self._turn:
            return change(self, *args)

    return alone


class Explorer(widgets.VBox):
    """What all explorers share: a live chart, a line that says what is drawn, a language, an output for every reader.

    A subclass gives `_of` (what it keeps of a table), makes its controls and gives `_controls` (these, in their order), `_linked` (those that the
    chart hears by itself, by the name of its parameter; two names for a range), `_parts` (which names make the key of a part of the figures),
    `_choice` (which figures are drawn, as an expression), `_needed` (the keys of the parts for what is chosen), `_rest` (of those that the page
    may have, too), `_make` (the parts of these keys), `data` (the drawn rows), `chart` (an Altair chart of them), `text` (the same in words),
    `_said` (the line), `_named` (what each control is called), `_fit` (sets the controls after the table has been loaded again, and names what
    could no longer be chosen), and then calls `_assemble`.

    When the files of the table have changed since they were loaded, a line says so (`notice`), with a button that loads them again.
    """

    _busy = False  # whether several controls are being set at once
    _grammar = "grammar"  # which words say how to read the marks

    _news, _beneath = (
        None,
        (),
    )  # what the notice says, as a function of the words; what stands beneath the chart

    live = None

    def __init__(self, table, language="en"):
        super().__init__(model_id=instead_of_earlier(self))
        _check([language], list(LANGUAGES), "language")
        self._table, self.notice = (
            table,
            widgets.HBox(layout={"flex_flow": "column"}) if reload.origin(table) else None,
        )
        self.__dict__.update(self._of(table))
        languages = [(name, key) for key, name in LANGUAGES.items()]
        self.language = widgets.ToggleButtons(
            options=languages, value=language, style=BUTTONS | {"button_width": "70px"}, layout=ROW
        )
        self.summary, self.grammar = widgets.HTML(), widgets.HTML()
        self._turn = threading.RLock()
        self._made = {}  # what was made of earlier choices

    def _assemble(self, chart, **traits):
        """Put controls, line, chart (a function of figures and parameters) and what is beneath together."""
        self._chart = chart
        traits |= {"figures": self._make(self._needed()), "watched": self.notice is not None}
        self.live = live_chart.Live(
            chart,
            self._params,
            linked=self._linked,
            parts=self._parts,
            choice=self._choice,
            **traits,
        )
        self._lay_out()
        self.language.observe(self._translate, "value")
        self.live.on_msg(lambda _, content, buffers: self._hear(content))
        self._translate()

    def close(self):
        """Let go of all controls and the chart, in the kernel and in the page."""
        close_parts(self)
        super().close()
        if self.live:  # else its making has failed
            self.live.figures = self.live.spec = {}
        self._made = self._figures = None  # IPython keeps what a cell has shown

    def _lay_out(self):
        for control in self._linked.values():
            _tell_slugs(control)
        head = [self.notice] if self.notice else []
        self.children = [
            *head,
            *self._controls(),
            self.summary,
            self.live,
            self.grammar,
            *self._beneath,
        ]

    def _watch(self, *controls):
        for control in controls:
            control.observe(self._redraw, "value")

    @_in_turn
    def _hear(self, content):
        """Give a view that is ready for more the next parts that it may need; it says which it has."""
        if "ready" in content:
            known = dict.fromkeys([*self._needed(), *self.live.figures, *self._rest()])
            missing = [key for key in known if key not in set(content["ready"])][:PARTS]
            new = [key for key in missing if key not in self.live.figures]
            if missing:
                self.live.add(
                    {key: self.live.figures.get(key) for key in missing} | self._make(new),
                    more=True,
                )
        if "seen" in content:
            self._look()

    def _supply(self, keys):
        """Send the page those parts that it does not have."""
        missing = [key for key in keys if key not in self.live.figures]
        if missing:
            self.live.add(self._make(missing))

    @_in_turn
    def _translate(self, change=None):
        """Give every control its name and choices in the chosen language."""
        self._supply(self._needed())
        with self._at_once():
            self._name_all()
            self._tell()
        self._redraw()

    def _name_all(self):
        words = self.words["controls"]
        for control, key in self._named.items():
            control.description = words[key]
        self.grammar.value = _small(" ".join(self.words["chart"][self._grammar]))
        self._choices()

    @contextmanager
    def _at_once(self):
        """While several controls are set, neither the kernel nor the page draws."""
        busy, self._busy, self.live.held = self._busy, True, True
        try:
            yield
        finally:
            self._busy = self.live.held = busy

    def _choices(self):
        """Give the controls whose choices are words these words in the chosen language."""

    @property
    def words(self):
        """The words of the chosen language (see `words.WORDS`)."""
        return WORDS[self.language.value]

    @property
    def _params(self):
        """The parameters of the chart: what the linked controls say."""
        values = {}
        for names, control in self._linked.items():
            values |= (
                dict(zip(names.split(), control.value, strict=True))
                if " " in names
                else {names: control.value}
            )
        return values

    @_in_turn
    def _redraw(self, change=None):
        if self._busy:
            return
        self._supply(self._needed())
        self.live.params = self._params
        self.summary.value, self.live.alt = html.escape(self._said()), self._told()
        if change and self._news and not self._stale:
            self._news, self.notice.children[0].value = None, ""
        self._look()

    # --- a table whose files have changed ---

    def _look(self):
        """Say so, once, when the files have changed since they were loaded."""
        if self.notice and not self._stale and reload.origin(self._table).changed():
            self._stale, name = True, reload.name(reload.origin(self._table))
            self._announce(lambda words: html.escape(words["said"]["changed"].format(name)))

    _stale = False

    def _announce(self, news):
        self._news = news
        self._tell()

    def _tell(self):
        """Show the news in the chosen language, with the button if there is something to load."""
        if not self._news:
            return
        if not self.notice.children:
            self.notice.children = (
                widgets.HTML(),
                widgets.Button(layout={"width": "auto", "align_self": "flex-start"}),
            )
            self.notice.children[1].on_click(self._load_again)
        line, button = self.notice.children
        line.value = f"<div role='status' class='changed' style='line-height:1.4;font-weight:bold'>{self._news(self.words)}</div>"
        button.description, button.layout.display = (
            self.words["controls"]["again"],
            "" if self._stale else "none",
        )

    @_in_turn
    def _load_again(self, button=None):
        """Draw the same choice from the files as they are now; when they cannot be loaded, say why and leave all as it is."""
        try:
            table = reload.again(self._table)
            new = self._of(table)
        except (ValueError, LookupError, OSError) as error:
            name, faults = (
                reload.name(reload.origin(self._table)),
                getattr(error, "faults", None) or [error],
            )
            self._announce(lambda words: _faults(words["said"], name, faults))
            return
        self._table, self._stale, was = table, False, {key: self.__dict__[key] for key in new}
        self.__dict__.update(new)
        self._made.clear()
        with self._at_once():
            gone = self._fit(**was)
            self._name_all()
            self.live.know(
                self._chart,
                self._params,
                self._linked,
                self._parts,
                self._choice,
                self._make(self._needed()),
            )
            self._lay_out()
        self._redraw()
        self._announce(lambda words: html.escape(_loaded(words["said"], gone)))

    def _shown(self):
        """The figures of the parts that are needed."""
        made = (
            self._make([key for key in self._needed() if key not in self.live.figures])
            | self.live.figures
        )
        return [figure for key in self._needed() for figure in made[key]]

    @property
    def living(self):
        """The chart with all figures of the chosen series, as it stands in a page: its parameters choose among them."""
        return self._chart(self._shown(), self._params)

    def _repr_mimebundle_(self, **kwargs):
        living = super()._repr_mimebundle_(**kwargs)
        saved, metadata = (
            ({}, {}) if self.data.empty else renderer.bundle(self.chart.to_dict(validate=False))
        )
        return saved | living | {"text/plain": self.text}, metadata

    @_in_turn
    def _once(self, what, make):
        """What `make` returns; made once for each choice, and kept for the latest of them."""
        key = (what, *self._key)
        if key in self._made:
            return self._made[key]
        made = make()
        if key == (
            what,
            *self._key,
        ):  # else a control has changed meanwhile: its own turn to draw comes next
            if len(self._made) >= KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[key] = made
        return made

    def _told(self):
        return self._said()


class IndicatorExplorer(Explorer):
    """Figures of chosen indicators: growth rates, levels, an index, gaps to targets, totals over spans, over chosen years.

    `table` as from `data.load` (with `data.latest`, one printing of each figure). `chosen`, slugs of indicators. The rest of the state:
    `years`, first and last within 2015–2025; `view`, of `VIEWS`; `places`, at first that of the first row; `statuses`, of `STATUSES`; `base`,
    the year of the index; `scale`, of `SCALES`; `vintages`, of `VINTAGES`; `arrangement` of several places, of `ARRANGEMENTS`; `pace`, whether
    the required pace of targets is drawn; `language`, `en` or `zh`. There is a control of each name, and `search` (narrows the list as you
    type, in English or Chinese), `theme`, `tabled` (the table beneath), `reset`, `save` (buttons). A control that makes no sense for the
    choice is disabled, and `reasons` says why. What is drawn: `data` (the rows), `chart` (an Altair chart), `text` (in words), `citation`.
    `state` holds the choice and can be set; `code()` is the call that draws it anew.
    Raises ValueError, naming what is allowed, when an argument is not among the choices.
    """

    def __init__(
        self,
        table,
        chosen,
        years=charts.YEARS,
        view=VIEWS[0],
        places=(),
        statuses=STATUSES,
        base=growth.BASE_YEAR,
        scale="linear",
        vintages="latest",
        arrangement="overlay",
        pace=False,
        language="en",
        tabled=False,
    ):
        super().__init__(table, language)
        chosen = tuple(dict.fromkeys([chosen] if isinstance(chosen, str) else chosen))
        self._first = {
            "chosen": chosen,
            "years": years,
            "view": view,
            "places": tuple(places) or (self._home,),
            "statuses": tuple(statuses),
            "base": base,
            "scale": scale,
            "vintages": vintages,
            "arrangement": arrangement,
            "pace": pace,
            "language": language,
        }
        self._first = self._checked(self._first)
        self._chosen = list(chosen)
        self._tabled = tabled
        self._make_controls(tabled)
        self._chosen = _slots(self._chosen, self._series())
        self._beneath = [
            self.pinned,
            self.sources,
            self.listing,
            widgets.HBox(list(self.save.values()), layout=WRAP),
        ]
        self._assemble(charts.explorer, beside=330, colours=len(charts.COLOURS))

    def _of(self, table):
        figures = _Figures(table)
        codebook = (
            table.drop_duplicates("indicator")
            .sort_values("indicator")
            .astype({"indicator": str, "theme": str})
        )
        return {
            "_figures": figures,
            "_home": figures.home,
            "_codebook": codebook,
            "_known": _places(table),
        }

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
            **self.statuses,
        }

    _parts, _choice = [["language", "series"], ["language", "series", "base"]], charts.CHOICE

    def _needed(self):
        language, base = self.language.value, self.base.value
        return [
            key
            for name in self._pairs()
            for key in (f"{language}|{name}", f"{language}|{name}|{base}")
        ]

    def _rest(self):
        if not self._figures.small:
            return []
        known, present = self._figures.series, self.language.value
        return [
            key
            for language in (present, *LANGUAGES)
            for name in known
            for key in (f"{language}|{name}", f"{language}|{name}|{growth.BASE_YEAR}")
        ]

    def _make(self, keys):
        return self._figures.parts(keys)

    def _pairs(self):
        """The series of every chosen indicator in every chosen place, whether or not there are figures."""
        return [
            _series_of(slug, place, self._home)
            for slug in self.indicators.value
            for place in self.places.value
        ]

    def _hear(self, content):
        super()._hear(content)
        if "pinned" in content:
            self._pin(content["pinned"])

    # --- controls ---

    def _checked(self, state):
        """The state, complete and among the choices. Raises ValueError otherwise."""
        allowed = {
            "places": list(self._known.index),
            "chosen": list(self._codebook["indicator"]),
            "statuses": STATUSES,
            "view": VIEWS,
            "scale": SCALES,
            "vintages": VINTAGES,
            "arrangement": ARRANGEMENTS,
            "base": list(range(FIRST_YEAR, LAST_YEAR + 1)),
            "pace": (True, False),
            "language": list(LANGUAGES),
        }
        names = {"places": "place", "chosen": "indicator", "statuses": "status"}
        _check(state, [*allowed, "years"], "part of a state")
        for part, choices in allowed.items():
            found = state.get(part, ())
            _check(
                found if part in names else [found] * (part in state),
                choices,
                names.get(part, part),
            )
        return state | ({"years": _checked_years(state["years"])} if "years" in state else {})

    def _make_controls(self, tabled):
        first, small = self._first, {"width": "278px"}
        self.view = widgets.ToggleButtons(
            options=VIEWS,
            value=first["view"],
            style=BUTTONS | {"button_width": "112px"},
            layout=ROW,
        )
        self.view.add_class("views")
        self.language.layout.margin = "0 0 0 16px"
        self.years = widgets.IntRangeSlider(
            min=FIRST_YEAR, max=LAST_YEAR, value=first["years"], layout=WIDE
        )
        self.search = widgets.Text(layout={"width": "330px"})
        self.theme = widgets.Dropdown(
            options=[ALL, *self._codebook["theme"].unique()], layout={"width": "226px"}
        )
        self.indicators = widgets.SelectMultiple(
            options=list(first["chosen"]), value=first["chosen"], rows=8, layout=WIDE
        )
        self.places = widgets.SelectMultiple(
            options=list(self._known.index),
            value=first["places"],
            rows=min(len(self._known), 8),
            layout=small,
        )
        self.statuses = {
            slug: widgets.Checkbox(value=slug in first["statuses"], indent=False)
            for slug in STATUSES
        }
        self.arrangement = widgets.Dropdown(
            options=ARRANGEMENTS, value=first["arrangement"], layout=small
        )
        self.vintages = widgets.Dropdown(options=VINTAGES, value=first["vintages"], layout=small)
        self.base = widgets.Dropdown(
            options=range(FIRST_YEAR, LAST_YEAR + 1), value=first["base"], layout=small
        )
        self.scale = widgets.Dropdown(options=SCALES, value=first["scale"], layout=small)
        self.pace = widgets.Checkbox(value=first["pace"], indent=False)
        self.tabled = widgets.Checkbox(value=tabled, indent=False)
        self.reset = widgets.Button(layout={"width": "90px"})
        self.save = {name: widgets.Button(layout={"width": "120px"}) for name in SAVED}
        self.pinned, self.sources, self.listing, self.reasons, self.hint = (
            widgets.HTML() for _ in range(5)
        )
        for box in (*self.statuses.values(), self.pace, self.tabled):
            box.layout.width = "auto"
        self._named = {
            self.view: "view",
            self.years: "years",
            self.search: "search",
            self.theme: "theme",
            self.indicators: "indicators",
            self.places: "places",
            self.arrangement: "arrangement",
            self.vintages: "vintages",
            self.base: "base",
            self.scale: "scale",
            self.pace: "pace",
            self.tabled: "table",
            self.reset: "reset",
            self.language: "language",
        }
        self._watch(
            self.view,
            self.years,
            self.indicators,
            self.places,
            self.arrangement,
            self.vintages,
            self.base,
            self.scale,
            self.pace,
        )
        self._watch(self.tabled, *self.statuses.values())
        for control in (self.search, self.theme):
            control.observe(self._narrow, "value")
        self.reset.on_click(self._start_again)
        for name, button in self.save.items():
            button.on_click(lambda _, name=name: self._save(name))
        self._arrange()

    def _arrange(self):
        """The controls in their rows."""
        ticks = widgets.HBox(
            [*self.statuses.values(), self.pace, self.tabled, self.reset],
            layout=WRAP | {"align_items": "center", "margin": "0 0 0 90px"},
        )
        rows = [[self.view], [self.years, self.language], [self.search, self.theme], [], []]
        self._rows = [widgets.HBox(row, layout=WRAP) for row in rows]
        self._arranged = [*self._rows[:4], self.hint, self._rows[4], ticks, self.reasons]

    def _controls(self):
        several = len(self._known) > 1
        self._rows[3].children = [self.indicators, *[self.places] * several]
        self._rows[4].children = [
            *[self.arrangement] * several,
            self.vintages,
            self.base,
            self.scale,
        ]
        return self._arranged

    def _fit(self, _codebook, _known, **was):
        """Offer what the table has now, and keep of the choice what is still there; the names of the rest."""
        had, theme, language = self.state, self.theme.value, self.language.value
        self._first, left = self._left(self._first), self._left(had)
        self.indicators.options, self.places.options = list(left["chosen"]), list(self._known.index)
        self.places.rows = min(len(self._known), 8)
        self.indicators.value, self.places.value = left["chosen"], left["places"]
        self.theme.options = [ALL, *self._codebook["theme"].unique()]
        self.theme.value = theme if theme in self.theme.options else ALL
        self._unpin()
        self._chosen = _slots(self._chosen, self._series())
        named = {
            "chosen": _codebook.set_index("indicator")[f"name_{language}"],
            "places": _known[f"place_{language}"],
        }
        return [
            names[key]
            for part, names in named.items()
            for key in had[part]
            if key not in left[part]
        ]

    def _left(self, state):
        """Of a state what there still is to choose."""
        chosen = tuple(slug for slug in state["chosen"] if slug in set(self._codebook["indicator"]))
        return state | {
            "chosen": chosen,
            "places": tuple(place for place in state["places"] if place in self._known.index)
            or (self._home,),
        }

    def _choices(self):
        words, choices = self.words, self.words["choices"]
        self.search.placeholder, self.reset.tooltip = (
            words["controls"]["part"],
            words["controls"]["reset_tip"],
        )
        self.hint.value = _small(words["hint"])
        for name, button in self.save.items():
            button.description = words["controls"]["save"].format(
                words["controls"]["citation"] if name == "Citation" else name
            )
        for slug, box in self.statuses.items():
            box.description = choices[slug]
        _rename(self.view, words["views"])
        _rename(self.theme, words["themes"])
        _rename(self.arrangement, choices)
        _rename(self.scale, choices)
        _rename(self.vintages, {"latest": choices["latest"], "all": choices["every"]})
        _rename(self.places, self._known["place_en" if self.language.value == "en" else "place_zh"])
        self._offer(self.indicators.value)
        self._pin(self._pinned)

    def _options(self, chosen):
        """The indicators that the search and the theme leave, and those chosen, as (name, slug)."""
        words, theme = self.search.value.lower().split(), self.theme.value
        rows = self._codebook
        names = (rows["name_en"] + " " + rows["name_zh"]).str.lower()
        found = rows["theme"].eq(theme) | (theme == ALL)
        for word in words:
            found &= names.str.contains(word, regex=False)
        rows = rows[found | rows["indicator"].isin(chosen)]
        return list(
            zip(
                rows["name_en" if self.language.value == "en" else "name_zh"],
                rows["indicator"],
                strict=True,
            )
        )

    @_in_turn
    def _narrow(self, change=None):
        """Show the indicators that are searched for; what is chosen stays chosen."""
        busy, self._busy = self._busy, True
        self._offer(self.indicators.value)
        self._busy = busy

    def _offer(self, chosen):
        """Fill the list anew; list and choice reach the page together."""
        options = self._options(chosen)
        with self.indicators.hold_sync():
            if list(self.indicators.options) != options:
                self.indicators.options = options
            self.indicators.value = tuple(chosen)
            _tell_slugs(self.indicators)

    @_in_turn
    def _start_again(self, button=None):
        with self._at_once():
            self.search.value, self.theme.value, self.tabled.value = "", ALL, self._tabled
            self._unpin()
            self.state = self._first
        self._redraw()

    # --- state ---

    @property
    def state(self):
        """The present choice, as the arguments of a new explorer."""
        return {
            "chosen": self.indicators.value,
            "years": tuple(self.years.value),
            "view": self.view.value,
            "places": self.places.value,
            "statuses": tuple(slug for slug, box in self.statuses.items() if box.value),
            "base": self.base.value,
            "scale": self.scale.value,
            "vintages": self.vintages.value,
            "arrangement": self.arrangement.value,
            "pace": self.pace.value,
            "language": self.language.value,
        }

    @state.setter
    @_in_turn
    def state(self, state):
        state = self.state | self._checked(dict(state))
        with self._at_once():
            self.language.value = state["language"]
            self._offer(state["chosen"])
            self.places.value, self.years.value = tuple(state["places"]), state["years"]
            for name, control in self._singles().items():
                control.value = state[name]
            for slug, box in self.statuses.items():
                box.value = slug in state["statuses"]
            self._supply(self._needed())
        self._redraw()

    def _singles(self):
        """The controls of those parts of the state that have one value."""
        return {
            name: getattr(self, name)
            for name in ("view", "base", "scale", "vintages", "pace", "arrangement")
        }

    def code(self):
        """The Python that draws exactly this anew, to be pasted into a cell below; what a new explorer does by itself is left out.

        Of a table that was made by hand it says `table`.
        """
        origin = reload.origin(self._table)
        home = self._table.attrs["whole"]["place"][0] if origin else self._home
        usual = {
            "years": charts.YEARS,
            "view": VIEWS[0],
            "places": (home,),
            "statuses": STATUSES,
            "base": growth.BASE_YEAR,
            "scale": "linear",
            "vintages": "latest",
            "arrangement": "overlay",
            "pace": False,
            "language": "en",
        }
        arguments = "".join(
            f", {name}={value!r}"
            for name, value in self.state.items()
            if name not in usual or usual[name] != value
        )
        return f"from indicators import data, explorers\nexplorers.IndicatorExplorer({reload.call(origin)}{arguments})"

    # --- what is drawn ---

    @property
    def data(self):
        """The drawn figures: rows of the view whose indicator, place and status are chosen and whose period lies within the years."""
        rows = self._of_all_years()
        first, last = self.years.value
        return rows[rows["start"].ge(first) & rows["end"].le(last)]

    @property
    def _key(self):
        return tuple(value for name, value in self.state.items() if name != "years") + tuple(
            self._chosen
        )

    def _of_all_years(self):
        """The drawn figures, and those that other years would draw."""
        return self._once("rows", self._draw)

    def _draw(self):
        state, rows = self.state, self._mine()
        if state["view"] == "index":
            rows = self._figures.index(rows, state["base"])
        rows = rows[
            rows["view"].eq(state["view"])
            & rows["status"].isin(state["statuses"])
            & (rows["drawn"] | (state["vintages"] == "all"))
        ]
        return rows.assign(
            panel=pd.Series(
                [labels.panel(row, self.language.value) for row in rows.itertuples()],
                rows.index,
                dtype="str",
            )
        )

    @property
    def _params(self):
        own = {
            "slots": list(self._chosen),
            "logarithmic": self._logarithmic(),
            "home": self._home,
            "focus": "",
            "pinned": self._pinned,
        }
        return super()._params | own

    _pinned = -1

    def _logarithmic(self):
        """Whether heights are logarithms, as is asked for; not for rates, gaps and totals, nor where a figure is not above zero."""
        values = self.data["value"]
        return (
            self.scale.value == "log"
            and self.view.value in ("levels", "index")
            and bool((values > 0).all())
            and len(values) > 0
        )

    @property
    def chart(self):
        """The chart of the present choice, with the drawn figures and no others, its title and its sources."""
        chart = charts.explorer(
            [figure for figure in self._shown() if self._wants(figure)],
            self._params | {"pinned": -1},
            self._heading(),
        )
        return chart.properties(description=f"{self._heading()[0]}. {self._told()}")

    def _wants(self, figure):
        """Whether a figure of the parts is drawn, as `charts.CHOICE` says."""
        (first, last), status = self.years.value, figure["status"]
        kept = self.pace.value if status == "pace" else self.statuses[status].value
        kept = (
            kept
            and figure["view"] == self.view.value
            and (figure["drawn"] or self.vintages.value == "all")
        )
        return kept and first <= figure["start"] and figure["end"] <= last

    def _heading(self):
        """The title of a saved chart, how to read it, and its sources."""
        words, (first, last) = self.words, self.years.value
        names = "; ".join(self._series().values())
        if (
            len(self.indicators.value) == 1 < len(self.places.value) and not self.data.empty
        ):  # else the names say what is measured
            names = f"{labels.name(self.data.iloc[0], self.language.value)} ({names})"
        view, comma = (
            words["views"][self.view.value].capitalize(),
            ", " if self.language.value == "en" else "，",
        )
        where = (
            ""
            if len(self.places.value) != 1 or self.data.empty
            else comma + labels.place(self.data.iloc[0], self.language.value)
        )
        sources = "; ".join(self._titles())
        wide = 150 if self.language.value == "en" else 80
        return [
            words["chart"]["title"].format(
                view=view, where=where, first=first, last=last, names=names
            ),
            *words["chart"]["grammar"],
            *charts.lines(words["said"]["sources"].format(sources), wide),
        ]

    def _cited(self, rows):
        """Printed figures with those that they were set against: of a gap, the targets, too."""
        if self.view.value != "gap to target" or rows.empty:
            return rows
        known = self._figures.table(rows["indicator"].unique(), rows["place"].unique())
        keys = ["indicator", "place", "period"]
        same = pd.MultiIndex.from_frame(known[keys]).isin(pd.MultiIndex.from_frame(rows[keys]))
        return pd.concat([rows, known[same & known["status"].eq("target") & known["drawn"]]])

    def _titles(self):
        """The titles of all sources of what is drawn, once each."""
        return list(
            dict.fromkeys(
                labels.title(row, self.language.value)
                for row in self._cited(self.data).itertuples()
            )
        )

    @property
    def citation(self):
        """The sources of the drawn figures, one a line, to be cited."""
        return "\n".join(
            labels.citations(
                self._cited(self.data),
                self.language.value,
                table=reload.title(reload.origin(self._table)),
            )
        )

    @property
    def text(self):
        """The present choice and every drawn figure, in words."""
        (first, last), words = self.years.value, self.words
        head = words["said"]["explorer"].format(
            f"{words['views'][self.view.value]}, {first}–{last}"
        )
        return _listed(f"{head} {self._said()}", self.data, self.language.value)

    @property
    def slots(self):
        """The drawn series with their names, in the order of their colours."""
        names = self._series()
        return {slug: names[slug] for slug in self._chosen if slug in names}

    def _series(self):
        """The chosen series, in the order of indicators and places, with their names: the place only where several are chosen."""
        return self._once("series", self._name_series)

    def _name_series(self):
        rows = self._mine().sort_values(["indicator", "place"]).drop_duplicates("series")
        alone, one = self.places.value == (self._home,), len(self.indicators.value) == 1
        language = self.language.value

        def named(row):
            name, place = labels.name(row, language), labels.place(row, language)
            return (
                name
                if alone
                else place
                if one and len(self.places.value) > 1
                else f"{name}{', ' if language == 'en' else '，'}{place}"
            )

        return {row.series: named(row) for row in rows.itertuples()}

    def _mine(self):
        """All figures of the chosen indicators and places."""
        return self._figures.views(self.indicators.value, self.places.value)

    def _said(self):
        """How many figures are drawn, and for which chosen series there is none."""
        rows, series, said = self.data, self._series(), self.words["said"]
        drawn = set(rows["series"])
        missing = [name for slug, name in series.items() if slug not in drawn]
        parts = [said["one"] if len(rows) == 1 else said["some"].format(len(rows))]
        parts += [] if self.indicators.value else [said["choose"]]
        parts += [] if self.state["statuses"] else [said["tick"]]
        parts += [said["nothing"].format("; ".join(missing))] if missing else []
        parts += (
            [said["no_base"].format(self.base.value)]
            if missing and self.view.value == "index"
            else []
        )
        parts += (
            [said["colours"].format(len(charts.COLOURS))]
            if len(series) > len(charts.COLOURS)
            else []
        )
        return "".join(parts)

    def _told(self):
        return f"{self._said()} {labels.told(self.data, self.language.value)}"

    @_in_turn
    def _redraw(self, change=None):
        if self._busy:
            return
        self._chosen = _slots(self._chosen, self._series())
        super()._redraw(change)
        self._close()
        rows, language = self.data, self.language.value
        titles = "; ".join(self._titles())
        self.sources.value = _small(self.words["said"]["sources"].format(titles)) if titles else ""
        self.listing.value = labels.listing(rows, language) if self.tabled.value else ""

    def _close(self):
        """Disable the controls that make no sense for the choice, and say why."""
        reasons, view, rows = self.words["reasons"], self.view.value, self._of_all_years()
        on_levels = view in ("levels", "index")
        why = {
            self.base: "" if view == "index" else reasons["base"],
            self.scale: reasons["log_view"]
            if not on_levels
            else ""
            if (rows["value"] > 0).all()
            else reasons["log_zero"],
            self.arrangement: ""
            if len(self.places.value) > 1 or len(self._known) == 1
            else reasons["arrangement"],
            self.vintages: "" if not self._mine()["drawn"].all() else reasons["vintages"],
            self.pace: reasons["pace_view"]
            if not on_levels
            else ""
            if self._has_paths()
            else reasons["pace_none"],
        }
        for control, reason in why.items():
            control.disabled = bool(reason)
            control.tooltip = reason or None
        said = " ".join(filter(None, why.values()))
        self.reasons.value = _small(said) if said else ""
        known = self._once("views", lambda: set(self._mine()["view"])) or set(VIEWS)
        self.live.closed = {
            str(number): reasons["view"] for number, name in enumerate(VIEWS) if name not in known
        }

    def _has_paths(self):
        return any(
            figure["status"] == "pace" and figure["view"] == self.view.value
            for figure in self._shown()
        )

    @_in_turn
    def _pin(self, key):
        """Keep the figure with this key beneath the chart, with every printing of it, until another is clicked; its mark has a ring."""
        rows = self._figures.printings(key)
        if rows.empty:
            return
        self.pinned.value = labels.listing(self._cited(rows), self.language.value)
        self._pinned = int(key)
        self.live.params = self._params

    def _unpin(self):
        self.pinned.value, self._pinned = "", -1

    @_in_turn
    def write(self, path):
        """Write what is drawn to a file: its name ends in .csv, .png, .svg, or .txt for the citation. Raises ValueError for another."""
        path = Path(path)
        kinds = {f".{_ending(kind)}": make for kind, (_, make) in SAVED.items()}
        if path.suffix not in kinds:
            raise ValueError(f"{path} ends in {path.suffix!r}; allowed are {', '.join(kinds)}")
        path.write_bytes(kinds[path.suffix](self))

    def _save(self, kind):
        """Let the browser download what is drawn."""
        mime, make = SAVED[kind]
        self.live.save(
            f"{reload.stem(reload.origin(self._table))}.{_ending(kind)}", mime, make(self)
        )


def _ending(kind):
    """How the name of a file of this kind ends."""
    return "txt" if kind == "Citation" else kind.lower()


class _Figures:
    """The figures of a table as an explorer draws them, made for the indicators and places that are asked for; of a small table, from the second
    time on, for all at once."""

    def __init__(self, table):
        self._all, self._marked, self._views = table, None, None
        self._first = tuple(str(table[key].iloc[0]) for key in ("indicator", "place"))
        self.home, self.small = self._first[1], len(table) <= SMALL
        self._keys = [table[key].astype("category").cat for key in ("indicator", "place")]
        self._codes = [key.codes.to_numpy() for key in self._keys]
        self._units = sorted(
            {"percentage points", *table.drop_duplicates(["indicator", "measure"])["unit"]}
        )
        self._done, self._paths = set(), {}

    @property
    def series(self):
        """Every series of the table, in the order of the codebook."""
        return [_series_of(slug, place, self.home) for slug, place in self._pairs()]

    def _pairs(self):
        """Every indicator with every place for which it has figures, in the order of the codebook."""
        slugs, places = (key.categories for key in self._keys)
        return [
            (slugs[slug], places[place])
            for slug, place in sorted(set(zip(*self._codes, strict=True)))
        ]

    def _rows(self, slug, place):
        """Where in the table the rows of an indicator and a place stand."""
        wanted = [
            key.categories.get_indexer([name])[0]
            for key, name in zip(self._keys, (slug, place), strict=True)
        ]
        return (
            []
            if -1 in wanted
            else np.flatnonzero((self._codes[0] == wanted[0]) & (self._codes[1] == wanted[1]))
        )

    def _prepare(self, slugs, places):
        missing = [
            pair for slug in slugs for place in places if (pair := (slug, place)) not in self._done
        ]
        if missing and self._done and self.small:
            missing = [pair for pair in self._pairs() if pair not in self._done]
        if not self._done and self._first not in missing:
            missing.append(
                self._first
            )  # so that there is something to make, also where nothing is chosen
        if missing:
            table = self._all.iloc[sorted(row for pair in missing for row in self._rows(*pair))]
            table = labels.with_others(
                table.assign(drawn=table.index.isin(data.latest(table).index))
            )
            views = growth.views(table, home=self.home)
            views = views[views["start"].ge(FIRST_YEAR) & views["end"].le(LAST_YEAR)]
            if self._done:
                table, views = (
                    pd.concat([self._marked, table]),
                    pd.concat([self._views, views], ignore_index=True),
                )
            self._marked, self._views = table, views
            self._done.update(missing)

    def table(self, slugs, places):
        """Rows of the table of these indicators and places, with `drawn` and `others`."""
        self._prepare(slugs, places)
        return _of(self._marked, slugs, places)

    def printings(self, key):
        """The row of the table with this label, among those made ready, and every other printing of its figure."""
        rows = self._marked[self._marked.index == key]
        return pd.concat(
            [
                rows,
                self._marked.loc[
                    [other.Index for row in rows.itertuples() for other in row.others]
                ],
            ]
        )

    def views(self, slugs, places):
        """Their views, as from `growth.views`, within the years."""
        self._prepare(slugs, places)
        return _of(self._views, slugs, places)

    def index(self, views, base):
        """Of views the index with another base."""
        if base == growth.BASE_YEAR:
            return views[views["view"] == "index"]
        return growth.with_lines(
            growth.index_to_base(views[views["view"] == "levels"], base).assign(view="index")
        )

    def parts(self, keys):
        """The figures of each key, `language|series` (all but the index) or `language|series|base` (the index), as `charts.in_views` gives them."""
        found, groups = {key: [] for key in keys}, {}
        for key in keys:
            language, series, *base = key.split("|")
            groups.setdefault((language, *base), {})[series] = key
        for (language, *base), named in groups.items():
            slugs, places = zip(*(_pair_of(series, self.home) for series in named), strict=True)
            rows = self.views(slugs, places)
            rows = rows[rows["series"].isin(named)]
            rows = self.index(rows, int(base[0])) if base else rows[rows["view"] != "index"]
            for figure in charts.in_views(rows, self._order(rows), language):
                found[named[figure["series"]]].append(figure)
            for series, key in named.items():
                found[key] += self._required(series, found[key], language, *base)
        return found

    def _order(self, rows):
        """Where the panel of each row stands among those of its view: by measure, unit and place."""
        measures, places = (
            [*growth.LEVELS, *growth.RATES, *growth.TOTALS],
            list(rows["place"].cat.categories),
        )
        codes = [
            (
                measures.index(row.measure) if row.measure in measures else 0,
                self._units.index(row.unit) if row.unit in self._units else 0,
                row.place,
            )
            for row in rows[["measure", "unit", "place"]].itertuples(index=False)
        ]
        return [
            (measure * len(self._units) + unit) * len(places) + places.index(place)
            for measure, unit, place in codes
        ]

    def _required(self, series, figures, language, base=None):
        """The required growth that is drawn beside these figures of a series: of levels, or of the index with this base."""
        of = next(
            (
                figure
                for figure in figures
                if figure["drawn"] and figure["view"] == ("index" if base else "levels")
            ),
            None,
        )
        if of is None:
            return []
        slug, place = _pair_of(series, self.home)
        found = []
        for _, path in self.paths(slug, place).groupby("path"):
            level = self._level(slug, place, base, path["base"].iloc[0].scope) if base else 100
            found += (
                charts.required(path.assign(value=100 * path["value"] / level), of, language)
                if level
                else []
            )
        return found

    def _level(self, slug, place, year, scope):
        """The outcome of a year, counted on this basis, against which an index is set; None where there is none."""
        rows = self.table([slug], [place])
        rows = rows[
            rows["drawn"]
            & rows["measure"].eq("level")
            & rows["period"].eq(year)
            & rows["status"].eq("actual")
            & rows["bound"].eq("exact")
        ]
        return next((row.value for row in rows.itertuples() if str(row.scope) == str(scope)), None)

    def paths(self, slug, place):
        """The required growth of an indicator, as from `growth.required_paths`."""
        if (slug, place) not in self._paths:
            table = self.table([slug], [place])
            self._paths[slug, place] = growth.required_paths(table[table["drawn"]])
        return self._paths[slug, place]


def _of(rows, slugs, places):
    return rows[rows["indicator"].isin(slugs) & rows["place"].isin(places)]


def _series_of(slug, place, home):
    return slug if place == home else f"{slug}@{place}"


def _pair_of(series, home):
    slug, _, place = series.partition("@")
    return slug, place or home


SAVED = {
    "CSV": ("text/csv", lambda explorer: labels.csv(explorer.data).encode("utf-8-sig")),
    "PNG": ("image/png", lambda explorer: renderer.picture(explorer.chart.to_dict(), scale=2)),
    "SVG": ("image/svg+xml", lambda explorer: renderer.drawing(explorer.chart.to_dict()).encode()),
    "Citation": ("text/plain", lambda explorer: explorer.citation.encode()),
}


class _OfPlaces(Explorer):
    """An explorer that offers a choice of places when its table has several; with one it has no such controls."""

    places = arrangement = None
    _colours = ()  # the places in the order of their colours

    def _offer_places(self, places, arrangement):
        """Check the choice of places and make their controls."""
        _check(places, list(self._known.index), "place")
        _check([arrangement], list(ARRANGEMENTS), "arrangement")
        if self._several:
            small = {"width": "278px"}
            several = {"options": list(self._known.index), "rows": min(len(self._known), 8)}
            self.places = widgets.SelectMultiple(
                value=tuple(places) or (self._home,), layout=small, **several
            )
            self.arrangement = widgets.Dropdown(
                options=ARRANGEMENTS, value=arrangement, layout=small
            )
            self.reasons = widgets.HTML()
            self._placing = widgets.HBox([self.places, self.arrangement, self.reasons], layout=WRAP)
            self._named |= {self.places: "places", self.arrangement: "arrangement"}
            self._watch(self.places, self.arrangement)

    @property
    def _several(self):
        return len(self._known) > 1

    @property
    def _picked(self):
        """The chosen places, as the table orders them."""
        return self.places.value if self.places else tuple(self._known.index)

    def _with_places(self, linked):
        return (
            linked | {"places": self.places, "arrangement": self.arrangement}
            if self.places
            else linked
        )

    def _keys(self, *names):
        """The key of the part of each chosen place; with one place there is one part."""
        return (
            ["|".join([*names, place]) for place in self._picked]
            if self.places
            else ["|".join(names)]
        )

    def _all_keys(self, *names):
        places = self._known.index if self.places else [None]
        return ["|".join(filter(None, [*names, place])) for place in places]

    @property
    def _params(self):
        own = {"slots": list(self._colours), "home": self._home} if self.places else {}
        return super()._params | own

    def _where(self, place):
        """The name of a place in the chosen language."""
        return self._known.at[place, f"place_{self.language.value}"]

    def _apart(self):
        return (
            bool(self.places) and self.arrangement.value == "apart" and len(self.places.value) > 1
        )

    def _name_places(self, arrangements):
        """Give the controls of places their words."""
        if self.places:
            _rename(self.places, self._known[f"place_{self.language.value}"])
            _rename(self.arrangement, arrangements)

    @_in_turn
    def _redraw(self, change=None):
        if self._busy:
            return
        if self.places:
            known = [
                key.rpartition("|")[2]
                for key, figures in self._make(self._keys(*self._first_names())).items()
                if figures
            ]
            self._colours = _slots(self._colours, known)
            reason = "" if len(self.places.value) > 1 else self.words["reasons"]["arrangement"]
            self.arrangement.disabled, self.arrangement.tooltip = bool(reason), reason or None
            self.reasons.value = _small(reason) if reason else ""
        super()._redraw(change)

    def _fit(self, _known, **was):
        """Offer the places that the table has now, and keep of the choice those that are still there; the names of the rest."""
        language, had = (
            self.language.value,
            self.places.value if self.places else tuple(_known.index),
        )
        left = tuple(place for place in had if place in self._known.index) or (self._home,)
        if self.places:
            self.places.options, self.places.rows = (
                list(self._known.index),
                min(len(self._known), 8),
            )
            self.places.value = left
            self._placing.layout.display = "" if self._several else "none"
        else:
            self._offer_places(left, ARRANGEMENTS[0])
        return [_known.at[place, f"place_{language}"] for place in had if place not in left]


class TargetExplorer(_OfPlaces):
    """Targets beside their outcomes, one row a target, and when each would be reached.

    `targets` as from `growth.with_latest`. Controls: `theme` (one, or all), `year` (2021, 2025, or all), `order` (of the
    codebook, or by gap), `rate` (the assumed change a year, in %, of the last known level), `language`; with targets of several places also
    `places`, at first that of the first row, and `arrangement` (`overlay`: the same target of each place together, `apart`: place by place).
    """

    _grammar = "target_grammar"

    def __init__(
        self, targets, theme=ALL, year="2025", language="en", places=(), arrangement="overlay"
    ):
        super().__init__(targets, language)
        themes = [ALL, *self._themes]
        _check([theme], themes, "theme")
        _check([year], ["2021", "2025", ALL], "year")
        self.theme = widgets.Dropdown(options=themes, value=theme)
        self.year = widgets.ToggleButtons(
            options=["2021", "2025", ALL],
            value=year,
            style=BUTTONS | {"button_width": "80px"},
            layout=ROW,
        )
        self.order = widgets.ToggleButtons(
            options=["codebook", "gap"], style=BUTTONS | {"button_width": "110px"}, layout=ROW
        )
        rates = {"min": charts.RATES[0], "max": charts.RATES[-1], "step": charts.RATES[1]}
        self.rate = widgets.FloatSlider(
            value=5,
            **rates,
            readout_format=".1f",
            style={"description_width": "initial"},
            layout=WIDE,
        )
        self.hint = widgets.HTML()
        self._named = {
            self.language: "language",
            self.theme: "theme",
            self.year: "target_year",
            self.order: "order",
            self.rate: "rate",
        }
        self._watch(self.theme, self.year, self.order, self.rate)
        self._offer_places(tuple(places), arrangement)
        self._assemble(charts.targets, **({"colours": len(charts.COLOURS)} if self.places else {}))

    def _of(self, targets):
        known, several = _places(targets), targets["place"].nunique() > 1
        if several:  # the same target of each place together, where the first of them stands
            same = targets.groupby(
                ["indicator", "measure", "period"], observed=True, sort=False
            ).ngroup()
            targets = targets.iloc[
                np.lexsort([known.index.get_indexer(targets["place"].astype(str)), same])
            ]
        return {
            "_targets": targets,
            "_known": known,
            "_home": str(targets["place"].iloc[0]) if len(targets) else "",
            "_themes": list(targets["theme"].astype("str").unique()),
        }

    def _fit(self, _themes, **was):
        theme = self.theme.value
        self.theme.options = [ALL, *self._themes]
        self.theme.value = theme if theme in self.theme.options else ALL
        return [
            *super()._fit(**was),
            *([] if self.theme.value == theme else [self.words["themes"].get(theme, theme)]),
        ]

    def _controls(self):
        return [
            self.language,
            self.theme,
            *([self._placing] if self.places else []),
            self.year,
            self.order,
            self.rate,
            self.hint,
        ]

    @property
    def _linked(self):
        return self._with_places(
            {
                "language": self.language,
                "theme": self.theme,
                "year": self.year,
                "order": self.order,
                "rate": self.rate,
            }
        )

    @property
    def _parts(self):
        return [["language", "series"] if self.places else ["language"]]

    @property
    def _choice(self):
        return f"{charts.OF_TARGETS} && {charts.OF_PLACES}" if self.places else charts.OF_TARGETS

    def _first_names(self):
        return [self.language.value]

    def _needed(self):
        return self._keys(self.language.value)

    def _rest(self):
        return [key for language in LANGUAGES for key in self._all_keys(language)]

    def _make(self, keys):
        found = {}
        for key in keys:
            language, _, place = key.partition("|")
            judged = self._once_in(language)
            found[key] = (
                [figure for figure in judged if figure["series"] == place] if place else judged
            )
        return found

    def _once_in(self, language):
        """What the chart draws of all targets in a language."""
        if ("judged", language) not in self._made:
            self._made["judged", language] = charts.judgements(
                self._targets, language, list(self._known.index) if self.places else ()
            )
        return self._made["judged", language]

    def _choices(self):
        choices = self.words["choices"]
        _rename(self.theme, self.words["themes"])
        for control in (self.year, self.order):
            _rename(control, choices)
        self._name_places({"overlay": choices["mixed"], "apart": choices["grouped"]})
        self.hint.value = _small(self.words["target_hint"])

    @property
    def data(self):
        """The targets shown, in their order: that of the codebook, or by how far the outcome (or else 2020) is from the target."""
        rows, theme, year = self._targets, self.theme.value, self.year.value
        rows = rows[
            (rows["theme"].eq(theme) | (theme == ALL))
            & (rows["end"].astype("str").eq(year) | (year == ALL))
        ]
        rows = rows[rows["place"].isin(self._picked)] if self.places else rows
        if self.order.value == "gap":
            gap = rows["better_by"].astype(float).fillna(rows["baseline_by"].astype(float))
            rows = rows.loc[gap.sort_values(kind="stable", na_position="last").index]
        if self._apart():
            rows = rows.iloc[
                np.argsort(self._known.index.get_indexer(rows["place"].astype(str)), kind="stable")
            ]
        return rows

    @property
    def _key(self):
        placed = (self._picked, self.arrangement.value) if self.places else ()
        return (
            self.theme.value,
            self.year.value,
            self.order.value,
            self.rate.value,
            self.language.value,
            *placed,
        )

    @property
    def chart(self):
        """The chart of the targets shown."""
        words = self.words["chart"]
        judged = charts.judgements(
            self.data, self.language.value, list(self._known.index) if self.places else ()
        )
        chart = charts.targets(judged, self._params, [words["targets"], *words["target_grammar"]])
        return chart.properties(description=f"{words['targets']}. {self._said()}")

    @property
    def text(self):
        """Every target shown, with its outcome and verdict, in words."""
        language = self.language.value
        lines = [
            f"- {self._target(row, language)}: {labels.verdict(row, language)}; {labels.reached(row, self.rate.value, language)}"
            for row in self.data.itertuples()
        ]
        year = self.words["choices"].get(self.year.value, self.year.value)
        return "\n".join(
            [f"{self.words['said']['targets_for'].format(year)} {self._said()}", *lines]
        )

    def _target(self, row, language):
        """A target in one line; with its place unless that goes without saying."""
        said = labels.target(row, language)
        return (
            labels.placed(said, row, language)
            if self.places and self._picked != (self._home,)
            else said
        )

    def _said(self):
        said = self.words["said"]
        if not self._picked:
            return said["choose_place"]
        if not self.places or self._picked == (self._home,):
            return self._counted(self.data)
        known = {place: self.data[self.data["place"].eq(place)] for place in self._picked}
        return " ".join(
            said["targets_in"].format(self._where(place), self._counted(rows))
            for place, rows in known.items()
        )

    def _counted(self, rows):
        """How many targets there are, and how many have each verdict."""
        said, verdicts = self.words["said"], self.words["verdicts"]
        if rows.empty:
            return said["no_target"]
        counts = rows["verdict"].value_counts()
        head = said["one_target"] if len(rows) == 1 else said["targets"].format(len(rows))
        return (
            f"{head}: "
            + ", ".join(
                f"{counts[name]} {verdicts[name]}" for name in charts.VERDICTS if name in counts
            )
            + "."
        )


class NumbersExplorer(_OfPlaces):
    """A few numbers at a glance: each with its years, the figure of a year, its targets and their verdicts.

    `table` as from `data.latest`; `chosen`, the slugs of the numbers to start with. Controls: `year`, `theme` (`ten` for the chosen
    numbers, or the ten of a theme with figures for most years), `language`; with several places also `places`, at first that of the first row,
    and `arrangement` (`overlay`: a panel a number, with a colour for each place; `apart`: a panel for each number and place).
    """

    _grammar = "numbers_grammar"

    def __init__(
        self, table, chosen, year=2020, theme="ten", language="en", places=(), arrangement="overlay"
    ):
        self._ten = [chosen] if isinstance(chosen, str) else list(chosen)
        super().__init__(table, language)
        _check(self._ten, self._slugs, "indicator")
        _check([theme], list(self._sets), "theme")
        _check([year], list(range(FIRST_YEAR, LAST_YEAR + 1)), "year")
        self.year = widgets.IntSlider(min=FIRST_YEAR, max=LAST_YEAR, value=year, layout=WIDE)
        self.theme = widgets.Dropdown(options=list(self._sets), value=theme)
        self._named = {self.language: "language", self.year: "year", self.theme: "theme"}
        self._watch(self.year, self.theme)
        self._offer_places(tuple(places), arrangement)
        self._assemble(charts.overview, **({"colours": len(charts.COLOURS)} if self.places else {}))

    def _of(self, table):
        rows = growth.views(table)
        rows = rows[
            rows["view"].eq("levels") & rows["start"].ge(FIRST_YEAR) & rows["end"].le(LAST_YEAR)
        ]
        slugs = list(rows["indicator"].astype("str").unique())
        counts = (
            rows.groupby("indicator", observed=True)["period"]
            .nunique()
            .sort_values(ascending=False, kind="stable")
        )
        themes = rows.drop_duplicates("indicator").set_index("indicator")["theme"].astype("str")
        best = {
            name: list(counts.index[counts.index.map(themes) == name][:10])
            for name in themes.unique()
        }
        return {
            "_rows": rows,
            "_slugs": slugs,
            "_known": _places(table),
            "_home": str(table["place"].iloc[0]),
            "_sets": {"ten": list(self._ten)} | best,
            "_verdicts": growth.verdicts(table),
        }

    def _fit(self, _rows, **was):
        theme, language = self.theme.value, self.language.value
        gone = [slug for slug in self._ten if slug not in self._slugs]
        self._ten = self._sets["ten"] = [slug for slug in self._ten if slug not in gone]
        self.theme.options = list(self._sets)
        self.theme.value = theme if theme in self._sets else "ten"
        names = _rows.drop_duplicates("indicator").set_index("indicator")[f"name_{language}"]
        lost = [] if self.theme.value == theme else [self.words["themes"].get(theme, theme)]
        return [*(names.get(slug, slug) for slug in gone), *lost, *super()._fit(**was)]

    def _controls(self):
        return [self.language, self.year, self.theme, *([self._placing] if self.places else [])]

    @property
    def _linked(self):
        return self._with_places(
            {"language": self.language, "theme": self.theme, "year": self.year}
        )

    @property
    def _parts(self):
        return [["language", "theme", "series"] if self.places else ["language", "theme"]]

    @property
    def _choice(self):
        return f"{charts.OF_THEME} && {charts.OF_PLACES}" if self.places else charts.OF_THEME

    def _first_names(self):
        return [self.language.value, self.theme.value]

    def _needed(self):
        return self._keys(self.language.value, self.theme.value)

    def _rest(self):
        if len(self._rows) > SMALL:
            return []
        return [
            key
            for language in (self.language.value, *LANGUAGES)
            for theme in self._sets
            for key in self._all_keys(language, theme)
        ]

    def _make(self, keys):
        return {key: self._theme(*key.split("|")) for key in keys}

    def _choices(self):
        _rename(self.theme, {"ten": self.words["choices"]["ten"]} | self.words["themes"])
        self._name_places(self.words["choices"])

    @property
    def _key(self):
        return self.theme.value, self.language.value, self._picked

    @property
    def data(self):
        """The figures shown, of all years."""
        return self._once("data", lambda: self._of_theme(self.theme.value, self._picked))

    def _of_theme(self, theme, places):
        order = {slug: number for number, slug in enumerate(self._sets[theme])}
        rows = self._rows[self._rows["indicator"].isin(order)]
        rows = rows[rows["place"].isin(places)] if self.places else rows
        return rows.assign(order=[order[slug] for slug in rows["indicator"]])

    def _theme(self, language, theme, place=None):
        """The figures of a theme, and of one place where there are several, for the chart."""
        rows = self._of_theme(theme, [place])
        goals = {
            key: self._goal(*key, language)
            for key in set(zip(rows["indicator"], rows["place"], strict=True))
        }
        found = []
        for row, figure in zip(rows.itertuples(), charts.figures(rows, language), strict=True):
            headed = labels.headed(row, language)
            own = {
                "theme": theme,
                "order": row.order,
                "panel": charts.cut(headed, HEADED),
                "Goal": goals[row.indicator, row.place],
            }
            found.append(figure | own | (self._in_place(row, headed, language) if place else {}))
        return found

    def _in_place(self, row, headed, language):
        """What a figure says of its place, where there are several."""
        where, places = charts.cut(labels.place(row, language), 24), list(self._known.index)
        apart = f"{charts.cut(headed, HEADED_APART - len(where))} · {where}"
        numbered = {
            "order": row.order * len(places) + places.index(row.place),
            "series": str(row.place),
            "where": where,
        }
        return numbered | {
            "heading": charts.cut(headed, HEADED),
            "panels": [charts.cut(headed, HEADED), apart],
        }

    def _goal(self, slug, place, language):
        """The targets of a number in a place and their verdicts, each on its lines."""
        targets = self._verdicts
        targets = targets[
            targets["indicator"].eq(slug)
            & targets["place"].eq(place)
            & targets["measure"].isin(growth.LEVELS)
        ]
        said, verdicts = WORDS[language]["said"], WORDS[language]["verdicts"]
        lines = [
            f"{said['target_short'].format(labels.span(row.period), labels.short(row))}\n{verdicts[row.verdict]}{'*' * row.another_basis}"
            + (f"; {verdicts['when_set']}" if row.met_when_set else "")
            for row in targets.sort_values("end").itertuples()
        ]
        return "\n".join(lines) or said["no_goal"]

    @property
    def chart(self):
        """The chart of the numbers."""
        words = self.words["chart"]
        heading = [words["numbers"].format(self.year.value), *words["numbers_grammar"]]
        chart = charts.overview(self._shown(), self._params, heading)
        return chart.properties(
            description=f"{self._said()} {'; '.join(labels.worded(self.data, self.language.value)['Description'])}."
        )

    @property
    def text(self):
        """The numbers, each with the figure of the year and its targets."""
        lines, language, said = [], self.language.value, self.words["said"]
        for (_, place), rows in self._groups():
            row = next(rows.itertuples())
            shown = self._of_year(rows)
            value = (
                labels.figure(shown, language)
                if shown
                else said["no_figure"].format(self.year.value)
            )
            name = (
                labels.name(row, language)
                if self._unnamed()
                else labels.placed(labels.name(row, language), row, language)
            )
            lines.append(
                f"- {name}: {value}; {self._goal(row.indicator, place, language).replace(chr(10), ', ')}"
            )
        return "\n".join([self._said(), *lines])

    def _groups(self):
        """The figures of each number and place."""
        return self.data.assign(place=self.data["place"].astype(str)).groupby(["order", "place"])

    def _unnamed(self):
        """Whether the place goes without saying."""
        return not self.places or self._picked == (self._home,)

    def _of_year(self, rows):
        year = self.year.value
        return next(
            (
                row
                for row in rows.itertuples()
                if row.status != "target" and row.start == row.end == year
            ),
            None,
        )

    def _said(self):
        if not self._picked:
            return self.words["said"]["choose_place"]
        found = {place: [] for place in self._picked}
        for (_, place), rows in self._groups():
            found[place].append(self._of_year(rows) is not None)
        counted = {
            place: self.words["said"]["drawn_year"].format(sum(known), len(known), self.year.value)
            for place, known in found.items()
        }
        if self._unnamed():
            return "".join(counted.values())
        return " ".join(
            self.words["said"]["in_place"].format(self._where(place), said)
            for place, said in counted.items()
        )


def _places(table):
    """The places of a table with their names, in the order of the codebook; of targets, as they first come."""
    known = table.drop_duplicates("place")
    known = known.sort_values("place") if known["place"].dtype == "category" else known
    return known.astype({"place": str}).set_index("place")


def _faults(said, name, faults):
    """What is wrong with the files, as HTML; every text escaped."""
    items = "".join(f"<li>{html.escape(str(fault))}</li>" for fault in faults[:FAULTS])
    more = (
        html.escape(said["more_faults"].format(len(faults) - FAULTS))
        if len(faults) > FAULTS
        else ""
    )
    style = "font-weight:normal;margin:4px 0;padding-left:20px;overflow-wrap:anywhere"
    return f"{html.escape(said['faulty'].format(name))}<ul style='{style}'>{items}</ul>{more}"


def _loaded(said, gone):
    """That the files have been loaded again, and what was chosen and is no longer there."""
    return " ".join([said["loaded"], *([said["gone"].format("; ".join(gone))] if gone else [])])


def _small(text):
    """A text as small print, escaped."""
    return f"<div style='font-size:smaller;line-height:1.4'>{html.escape(text)}</div>"


def _rename(control, names):
    """Give the choices of a control, which stay the same, the names that `names` has for them."""
    value = control.value
    options = [(str(names.get(slug, slug)), slug) for slug in _slugs(control)]
    if list(control.options) != options:
        with control.hold_sync():  # else the page would hear of no choice in between
            control.options = options
            control.value = value


def _slugs(control):
    return [option[1] if isinstance(option, tuple) else option for option in control.options]


def _tell_slugs(control):
    """Tell the page, which knows of a choice only its name and number, what the choices of a control are."""
    if not hasattr(control, "options"):
        return
    if not control.has_trait("slugs"):
        control.add_traits(slugs=traitlets.List().tag(sync=True))
    control.slugs = _slugs(control)


def _listed(title, rows, language="en"):
    return "\n".join([title, *(f"- {labels.cited(row, language)}" for row in rows.itertuples())])


def _slots(before, now):
    """Who stays keeps its place, and so its colour; who comes takes the first free one, as does who had to share a colour."""
    slots = [
        slug if slug in now and place < len(charts.COLOURS) else None
        for place, slug in enumerate(before)
    ]
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
        hint = nearest(str(unknown[0]), list(map(str, allowed)))
        raise ValueError(
            f"unknown {name} {unknown[0]!r}{hint}; choose from: {', '.join(map(str, allowed))}"
        )
