"""What all explorers share: a chart that answers in the page, and the kernel's part of it.

An explorer embeds one chart once and gives the page its figures in parts. The controls go straight
to the chart in the page; the kernel, told afterwards, sends the parts that are missing and what is
said in words. Where nothing has run, the saved chart of the first state stands in its place.
"""

import html
import threading
from abc import ABCMeta, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

import altair as alt
import ipywidgets as widgets
import pandas as pd

from .. import charts
from ..charts import front_end, renderer
from ..data import provenance, usable
from ..i18n import LANGUAGES, WORDS
from .cell_widgets import close_parts, instead_of_earlier, moved_to
from .controls import buttons, disable, rename, small_print, tell_slugs
from .frame import BESIDE, Frame
from .live_chart import Alone, LiveChart, filled_spec
from .page_rules import series_looks
from .places import ARRANGEMENTS, TableView, arrangement_list, offer_places, place_list, ranks
from .reload_notice import ReloadNotice
from .selection import PartKey, Selection, check_parts
from .turns import in_turn

CHOICES_KEPT = 200  # so much of what was made of earlier choices is kept
PARTS_AT_ONCE = 40  # are sent to a page that has nothing else to do


class AbstractWidget(type(widgets.VBox), ABCMeta):
    """The class of a widget class with hooks that its subclasses must give."""


class Explorer(widgets.VBox, metaclass=AbstractWidget):
    """A live chart with its controls and a line that says what is drawn, in two languages.

    Controls of all: `language`, `places`, `arrangement`. What is drawn: `data` (the rows), `chart`
    (an Altair chart), `text` (in words). When the files of the table have changed since they were
    loaded, a line says so (`notice`), with a button that loads them again. A subclass gives the
    hooks (what is abstract here), makes its controls, lays them out in `_controls` and `_more`,
    those of places by `_choice_of_places`, and then calls `_assemble`.
    """

    CHART: ClassVar[Callable[..., alt.TopLevelMixin]]  # of records, parameters and a heading
    SELECTION: ClassVar[type[Selection]]
    GRAMMAR: ClassVar[str] = "grammar"  # which words say how to read the marks
    LINES_BELOW: ClassVar[int] = 2  # the title of a saved chart: a key, and how it comes alive
    NEEDED: ClassVar[tuple[str, ...]] = ()  # columns of its table beside those of `load`
    ARRANGEMENT_WORDS: ClassVar[dict[str, str]] = {name: name for name in ARRANGEMENTS}

    @abstractmethod
    def _view_of(self, table: pd.DataFrame) -> TableView:
        """What the explorer keeps of a table."""

    @property
    @abstractmethod
    def selection(self) -> Selection:
        """What the controls say."""

    @property
    @abstractmethod
    def _linked(self) -> dict[str, widgets.Widget]:
        """The controls that the chart hears by itself, by their parameter; a range by two names."""

    @property
    @abstractmethod
    def _named(self) -> dict[widgets.Widget, str]:
        """The key of the word that each control is called by."""

    @abstractmethod
    def _controls(self) -> list[widgets.Widget]:
        """The controls that are always seen, in their order."""

    def _more(self) -> list[widgets.Widget]:
        """The controls that are used seldom."""
        return [self._explained(self.arrangement)] if self._table_view.several else []

    @abstractmethod
    def _make(self, keys: Iterable[PartKey]) -> dict[PartKey, list[dict]]:
        """The figures of these parts, as the chart draws them."""

    @abstractmethod
    def all_parts(self) -> Iterable[PartKey]:
        """The keys of all parts that a page may have."""

    @abstractmethod
    def _series(self) -> Iterable[str]:
        """The chosen series that have figures, in the order of the table."""

    @property
    @abstractmethod
    def data(self) -> pd.DataFrame:
        """The drawn rows."""

    @property
    @abstractmethod
    def _alone(self) -> Alone:
        """What the chart of the present choice draws where it stands alone."""

    @property
    @abstractmethod
    def text(self) -> str:
        """What is drawn, in words."""

    @abstractmethod
    def _title(self) -> str:
        """What is drawn, as the title of the chart."""

    @abstractmethod
    def _said(self) -> str:
        """The line that says how much is drawn."""

    @abstractmethod
    def _fit(self, before: TableView) -> list[str]:
        """Offer what the table has after it was loaded again; the names of what is gone."""

    def _told(self) -> str:
        """What is drawn, for a reader who sees no chart."""
        return self._said()

    def _name_choices(self) -> None:
        """Give the controls whose choices are words these words in the chosen language."""

    # --- making ---

    def __init__(self, table: pd.DataFrame, first: Selection):
        super().__init__(model_id=instead_of_earlier(self), _dom_classes=("explorer",))
        self._turn = threading.RLock()
        self._busy = False  # whether several controls are being set at once
        self._made: dict = {}  # what was made of earlier choices
        self.live, self._frame = None, None  # until its controls are made
        self._table = table = usable(table, self.NEEDED)
        origin = provenance.origin(table)
        self.notice = ReloadNotice(origin, self._load_again) if origin else None
        self._table_view = self._view_of(table)
        check_parts(first.state, self._table_view.allowed())
        self._first = replace(first, places=first.places or self._table_view.known(()))
        languages = [(name, key) for key, name in LANGUAGES.items()]
        self.language = buttons(languages, first.language).add_class("unlabelled")
        self.places = place_list(self._table_view.places, self._first.places)
        self.arrangement = arrangement_list(getattr(first, "arrangement", ARRANGEMENTS[0]))
        self.summary, self.grammar, self.hint = (widgets.HTML() for _ in range(3))
        self._boxes: dict[widgets.Widget, widgets.Box] = {}  # of controls and their reasons
        self._beneath: Sequence[widgets.Widget] = ()  # what stands beneath the chart

    def _assemble(self) -> None:
        """Put it all together."""
        self.live = LiveChart(
            type(self).CHART,
            self.SELECTION.expression(),
            self._params,
            linked=self._linked,
            kinds=self.SELECTION.kinds(),
            figures=self._make(self.selection.parts()),
            colours=len(charts.COLOURS),
            ranks=ranks(self._table),
            watched=self.notice is not None,
        )
        self._frame = Frame(self.live, self.summary, [self.grammar, self.hint])
        self._lay_out()
        for control in self._linked.values():
            control.observe(self._translate if control is self.language else self._redraw, "value")
        self.live.on_msg(lambda _, content, buffers: self.hear(content))
        self._translate()

    def close(self) -> None:
        """Let go of all controls and the chart, in the kernel and in the page."""
        close_parts(self)
        for held in list(vars(self).values()):  # also what is not shown, as the only place
            if isinstance(held, widgets.Widget):
                close_parts(held)
                held.close()
        super().close()
        if getattr(self, "live", None):  # else its making has failed
            self.live.figures = self.live.spec = {}
        self._made = self._table_view = None  # IPython keeps what a cell has shown

    def _lay_out(self) -> None:
        for control in self._linked.values():
            tell_slugs(control)
        self._frame.fill(self._controls(), self._more(), self._beneath)
        self.children = list(filter(None, [self.notice, self._frame]))

    def _choice_of_places(self) -> list[widgets.Widget]:
        """The list of places; none where there is one place."""
        return [self.places] if self._table_view.several else []

    def _explained(self, control: widgets.Widget) -> widgets.Box:
        """A control with the place where it is said why it is disabled."""
        if control not in self._boxes:
            self._boxes[control] = widgets.Box([control, widgets.HTML()]).add_class("explained")
        return self._boxes[control]

    # --- figures in the page ---

    @in_turn
    def hear(self, content: dict) -> None:
        """Give a view that is ready for more the next parts; it says which it has.

        Other views of the chart take them, too, but do not ask for more.
        """
        if "ready" in content:
            has = {tuple(key) for key in content["ready"]}
            known = dict.fromkeys([*self.selection.parts(), *self.live.figures, *self.all_parts()])
            if missing := [key for key in known if key not in has][:PARTS_AT_ONCE]:
                self.live.add(self._figures(missing), more=content.get("view", True))
        if "seen" in content:
            self._look()
        if "shown" in content:
            moved_to(content["page"], content["shown"])

    def _figures(self, keys: Iterable[PartKey]) -> dict[PartKey, list[dict]]:
        """The figures of these parts, made where the page does not have them."""
        new = self._make([key for key in keys if key not in self.live.figures])
        return {key: new[key] if key in new else self.live.figures[key] for key in keys}

    def _supply(self) -> None:
        """Send the page those parts for what is chosen that it does not have."""
        if missing := [key for key in self.selection.parts() if key not in self.live.figures]:
            self.live.add(self._make(missing))

    @property
    def records(self) -> list[dict]:
        """The figures of the parts that the choice needs, as the chart draws them."""
        return sum(self._figures(self.selection.parts()).values(), [])

    @property
    def living(self) -> alt.TopLevelMixin:
        """The chart with the figures of the chosen series as it stands in a page: its parameters
        choose among them."""
        return self._chart(self.records, self._params)

    @property
    def chart(self) -> alt.TopLevelMixin:
        """The chart of the present choice, which stands alone: the drawn figures and no others,
        with title, explanation and sources."""
        *drawn, description = self._alone
        chart = self._chart(*drawn)
        chart.description = description
        return chart

    def _chart(self, records, params, heading=None) -> alt.TopLevelMixin:
        """A chart of records; with a heading it stands alone."""
        return type(self).CHART(records, params, heading, chosen=self.SELECTION.expression())

    @property
    def _params(self) -> dict[str, Any]:
        """The parameters of the chart."""
        looks = series_looks(self._numbered(), [], len(charts.COLOURS))
        found = {"slots": list(self._series()), "looks": looks, "home": self._table_view.home}
        return self.selection.params | found

    def _numbered(self) -> dict[str, tuple[int, int]]:
        """The numbers of indicator and place of each series, from which its colour follows."""
        places = ranks(self._table)["place"]
        return {place: (places[place], places[place]) for place in self._series()}

    def _repr_mimebundle_(self, **kwargs):
        living = super()._repr_mimebundle_(**kwargs) if front_end.attended() else {}
        saved, metadata = {}, {}
        if not self.data.empty:
            key, start = self.words["keys"][self.GRAMMAR], self.words["start"]
            heading = [self._title(), key, *self._sources_in_short(), start]
            alone = self._alone._replace(heading=heading)
            spec = filled_spec(type(self).CHART, self.SELECTION.expression(), alone, BESIDE)
            saved, metadata = renderer.bundle(spec)
        return saved | living | {"text/plain": self.text}, metadata

    def _sources_in_short(self) -> list[str]:
        """The sources as a line of a saved chart."""
        return []

    # --- words ---

    @property
    def words(self) -> dict:
        """The words of the chosen language (see `i18n.WORDS`)."""
        return WORDS[self.language.value]

    @in_turn
    def _translate(self, change=None):
        """Give every control its name and choices in the chosen language."""
        self._supply()
        with self._at_once():
            self._name_all()
            if self.notice:
                self.notice.tell(self.words)
        self._redraw()

    def _name_all(self):
        words = self.words
        for control, key in self._named.items():
            control.description = words["controls"][key]
        self.grammar.value = small_print(words["forms"]["space"].join(self._grammar()))
        rename(self.places, self._table_view.places[f"place_{self.language.value}"])
        arrangements = self.ARRANGEMENT_WORDS.items()
        rename(self.arrangement, {name: words["choices"][key] for name, key in arrangements})
        self._name_choices()

    def _grammar(self) -> list[str]:
        """How to read the marks."""
        return self.words["chart"][self.GRAMMAR]

    def _at_home(self) -> bool:
        """Whether the place goes without saying."""
        return not self._table_view.several or self.places.value == (self._table_view.home,)

    @contextmanager
    def _at_once(self):
        """While several controls are set, neither the kernel nor the page draws."""
        busy, self._busy, self.live.held = self._busy, True, True
        try:
            yield
        finally:
            self._busy = self.live.held = busy

    @in_turn
    def _redraw(self, change=None):
        if self._busy:
            return
        self._supply()
        self.live.params = self._params
        self.summary.value, self.live.alt = html.escape(self._said()), self._told()
        self._frame.tell(self._title(), self.GRAMMAR, self.LINES_BELOW, self.words)
        for control, reason in self._reasons().items():
            disable(control, reason)
            if control in self._boxes:
                self._boxes[control].children[1].value = small_print(reason)
        if change and self.notice:
            self.notice.settle()
        self._look()

    def _reasons(self) -> dict[widgets.Widget, str]:
        """Why a control makes no sense for the choice; nothing where it does."""
        one = self._table_view.several and len(self.places.value) < 2
        return {self.arrangement: self.words["reasons"]["arrangement"] if one else ""}

    @in_turn
    def once(self, what: str, make: Callable[[], Any]) -> Any:
        """What `make` returns; made once for each choice, and kept for the latest of them."""
        key = what, self._key
        if key in self._made:
            return self._made[key]
        made = make()
        if key == (what, self._key):  # else a control has changed meanwhile: its turn comes next
            if len(self._made) >= CHOICES_KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[key] = made
        return made

    @property
    def _key(self) -> Any:
        """What the things depend on that are made once."""
        return self.selection

    # --- a table whose files have changed ---

    def _look(self) -> None:
        if self.notice:
            self.notice.look(self.words)

    @in_turn
    def _load_again(self, button=None):
        """Draw the same choice from the files as they are now.

        If they cannot be loaded, say why and leave all as it is.
        """
        try:
            table = provenance.reloaded(self._table)
            view = self._view_of(table)
        except (ValueError, LookupError, OSError) as error:
            self.notice.announce_faults(error, self.words)
            return
        masked = provenance.masked(self._table)
        self._table, before, self._table_view = table, self._table_view, view
        self._made.clear()
        with self._at_once():
            gone = self._fit(before) + self._fit_places(before)
            self._name_all()
            self.live.ranks = ranks(self._table)
            self.live.renew(self._params, self._make(self.selection.parts()))
            self._lay_out()
        self._redraw()
        self.notice.announce_loaded(provenance.origin(table), gone, self.words, masked)

    def _fit_places(self, before: TableView) -> list[str]:
        """Offer the places that the table has now; the names of the chosen ones that are gone."""
        had = self.places.value
        left = self._table_view.known(had)
        offer_places(self.places, self._table_view.places, left)
        language = self.language.value
        return [before.place_name(place, language) for place in had if place not in left]
