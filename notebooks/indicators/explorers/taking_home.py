"""Explorers whose figures can be listed beneath the chart, and saved."""

import html
from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import ipywidgets as widgets
import pandas as pd

from .. import charts, labels
from ..data import provenance
from . import export
from .base import Explorer, in_turn
from .controls import disable, line, rename
from .export import DOWNLOADS, PICTURED_FOR


class FiguresToTake(Explorer):
    """An explorer with a table of what is drawn (`tabled`, `listing`), buttons that save it
    (`save`) and one that copies its code (`share`).

    `title` is a title of one's own, of the page and of all that is saved; `size` that of pictures.
    """

    LINES_BELOW: ClassVar[int] = 3  # and the sources

    @abstractmethod
    def _titles(self) -> list[str]:
        """The titles of all sources of what is drawn, once each."""

    @abstractmethod
    def _cited(self) -> pd.DataFrame:
        """The printed figures that what is drawn rests on."""

    @property
    def citation(self) -> str:
        """The sources of what is drawn, as references (see `labels.citations`)."""
        return self._references(labels.citations)

    @property
    def bibliography(self) -> str:
        """The same references for BibLaTeX."""
        return self._references(labels.bibliography)

    def _references(self, form: Callable[..., str]) -> str:
        tables = provenance.titles(provenance.origin(self._table))
        return form(self._cited(), self.language.value, tables=tables)

    @abstractmethod
    def code(self) -> str:
        """The Python that draws exactly this anew."""

    @property
    @abstractmethod
    def stem(self) -> str:
        """How files of what is drawn are named."""

    @abstractmethod
    def _plain_title(self) -> str:
        """What is drawn, as the title of a chart that has no other."""

    @abstractmethod
    def drawn_marks(self) -> list[tuple[str | None, str]]:
        """The key of the marks that are drawn, as `charts.Said` takes it."""

    def _in_key(self) -> list[tuple[str, list[int]]]:
        """The drawn series, as `charts.Said` takes them."""
        return []

    def _make_buttons(self, tabled: bool) -> None:
        """Make the controls that take home what is drawn, and what is written beneath it."""
        self.title = widgets.Text(value=self._first.title)
        self.size = widgets.Dropdown(options=PICTURED_FOR)  # none is None, which no list can choose
        self.title.observe(self._redraw, "value")
        self._tabled = tabled
        self.tabled = widgets.Checkbox(value=tabled, indent=False, layout={"width": "auto"})
        self.reset, self.share = widgets.Button(), widgets.Button().add_class("share")
        self.save = {name: widgets.Button() for name in DOWNLOADS}
        self.sources, self.listing, self._copied = (widgets.HTML() for _ in range(3))
        buttons = [*self.save.values(), self.share, self._copied]
        self._saving = widgets.Box(buttons).add_class("saving")
        self.tabled.observe(self._list, "value")
        self.reset.on_click(self._start_again)

    def _assemble(self) -> None:
        super()._assemble()
        self.live.controls = [*self._linked.values(), self.title, self.size]

    def _of_taking(self) -> list[widgets.Widget]:
        """The controls of what is beneath the chart, and of what is saved."""
        return [self.tabled, self.title, self.size, self.reset]

    @abstractmethod
    def _start_again(self, button=None) -> None:
        """Bring the first choice back."""

    def _name_choices(self):
        words = self.words["controls"]
        self.reset.tooltip = words["reset_tip"]
        for name, button in self.save.items():
            said = words["citation"] if name == "Citation" else name
            button.description = words["save"].format(said)
        self.title.placeholder = words["own"]
        sizes = self.words["choices"]
        rename(self.size, {each: sizes[each] for each in PICTURED_FOR})
        copied = html.escape(words["copied"])
        self._copied.value = f"<span role='status' data-said='{copied}'></span>"

    @property
    def source_line(self) -> str:
        """The sources of what is drawn, in words; nothing where nothing is drawn."""
        titles = self._parted(self._titles())
        return self.words["said"]["sources"].format(titles) if titles else ""

    def _parted(self, texts: list[str]) -> str:
        """Texts as one list."""
        return self.words["forms"]["semicolon"].join(texts)

    def _title(self):
        return " ".join(self.title.value.split()) or self._plain_title()

    @in_turn
    def picture(self, title: str | None = None, size: str | None = None) -> charts.Picture:
        """What is drawn as a picture: the title above, the key and the sources beneath it.

        `title`, `size` (of `export.PICTURED_FOR`): others than those that are chosen.
        """
        spec = self.chart.to_dict(validate=False)
        del spec["title"]
        title = " ".join(title.split()) if title else self._title()
        key = [*self.drawn_marks(), *((None, each) for each in self._noted())]
        said = charts.Said(title, self._in_key(), key, self._sources_in_lengths())
        size = size or self.size.value
        return charts.picture(spec, said, None if size == "screen" else size)

    def _noted(self) -> list[str]:
        """What is to be known of a picture beside its key."""
        return []

    def _sources_in_lengths(self) -> list[str]:
        """The line of sources and credit, from that of all sources to that of one."""
        words, titles = self.words["said"], self._titles()
        names = provenance.titles(provenance.origin(self._table))
        between = "" if self.language.value == "zh" else " "
        credit = between.join(
            words["credit"].format(words["bundle"])
            if name == provenance.BUNDLE_TITLE
            else words["of_table"].format(name)
            for name in names
            if name != provenance.BY_HAND
        )
        said = []
        for left in range(max(1, len(titles))):
            kept = titles[: len(titles) - left] + [words["more"].format(left)] * (left > 0)
            of_them = words["sources"].format(self._parted(kept)) + between if titles else ""
            said.append(of_them + credit)
        return said

    def _sources_in_short(self):
        words, (first, *others) = self.words["said"], self._titles()
        named = [first, *([words["more"].format(len(others))] if others else [])]
        return [words["sources"].format(self._parted(named))]

    @in_turn
    def _redraw(self, change=None):
        if self._busy:
            return
        super()._redraw(change)
        self.sources.value, self.live.code = line(self.source_line), self.code()
        empty = self.words["reasons"]["empty"] if self.data.empty else ""
        for button in self.save.values():
            disable(button, empty)
        self._list()

    def hear(self, content: dict) -> None:
        super().hear(content)
        if "save" in content or "copied" in content:
            self._take(**content)

    @in_turn
    def write(self, path: str | Path, title: str | None = None, size: str | None = None) -> None:
        """Write what is drawn to a file: .csv, .png, .svg, or .txt and .bib for the citation.

        Of a picture, `title` stands in place of its own, and `size`, in place of the chosen one, is
        `screen`, `column` (of a page, 88 mm wide) or `slide` (16:9). Raises ValueError for another
        ending of its name, another size, or where nothing is drawn.
        """
        export.write(self, path, title, size)

    @in_turn
    def _take(self, view, states, save=None, copied=None):
        """Give a view what is drawn there: the file that it asks for, or the code if it has copied
        that of an earlier choice. Its controls may have changed, and the message be on its way."""
        for control, state in zip(self.live.controls, states, strict=True):
            control.set_state(state)
        if copied not in (None, self.live.code):
            self.live.send({"code": self.live.code, "view": view})
        if save is not None and not self.data.empty:
            export.download(self, save, view)

    @in_turn
    def _list(self, change=None):
        """Put the table of what is drawn beneath the chart, if it is wanted."""
        if not self._busy:
            rows = self.data.sort_values(["indicator", "place", "start", "end"], kind="stable")
            listed = labels.listing(rows, self.language.value) if self.tabled.value else ""
            self.listing.value = listed
