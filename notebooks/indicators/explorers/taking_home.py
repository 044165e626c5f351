"""Explorers whose figures can be listed beneath the chart, and saved."""

import html
from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import ipywidgets as widgets
import pandas as pd

from .. import labels
from ..data import provenance
from . import export
from .base import Explorer, in_turn
from .controls import line
from .export import DOWNLOADS


class FiguresToTake(Explorer):
    """An explorer with a table of what is drawn (`tabled`, `listing`), buttons that save it
    (`save`) and one that copies its code (`share`)."""

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
        """The same references for BibTeX."""
        return self._references(labels.bibliography)

    def _references(self, form: Callable[..., str]) -> str:
        tables = provenance.titles(provenance.origin(self._table))
        return form(self._cited(), self.language.value, tables=tables)

    @abstractmethod
    def code(self) -> str:
        """The Python that draws exactly this anew."""

    def _make_buttons(self, tabled: bool) -> None:
        """Make the controls that take home what is drawn, and what is written beneath it."""
        self._tabled = tabled
        self.tabled = widgets.Checkbox(value=tabled, indent=False, layout={"width": "auto"})
        self.reset, self.share = widgets.Button(), widgets.Button().add_class("share")
        self.save = {name: widgets.Button() for name in DOWNLOADS}
        self.sources, self.listing, self._copied = (widgets.HTML() for _ in range(3))
        buttons = [*self.save.values(), self.share, self._copied]
        self._saving = widgets.Box(buttons).add_class("saving")
        self.tabled.observe(self._list, "value")
        self.reset.on_click(self._start_again)

    @abstractmethod
    def _start_again(self, button=None) -> None:
        """Bring the first choice back."""

    def _name_choices(self):
        words = self.words["controls"]
        self.reset.tooltip = words["reset_tip"]
        for name, button in self.save.items():
            said = words["citation"] if name == "Citation" else name
            button.description = words["save"].format(said)
        copied = html.escape(words["copied"])
        self._copied.value = f"<span role='status' data-said='{copied}'></span>"

    @property
    def source_line(self) -> str:
        """The sources of what is drawn, in words; nothing where nothing is drawn."""
        titles = "; ".join(self._titles())
        return self.words["said"]["sources"].format(titles) if titles else ""

    def _sources_in_short(self):
        words, (first, *others) = self.words["said"], self._titles()
        named = [first, *([words["more"].format(len(others))] if others else [])]
        return [words["sources"].format("; ".join(named))]

    @in_turn
    def _redraw(self, change=None):
        if self._busy:
            return
        super()._redraw(change)
        self.sources.value, self.live.code = line(self.source_line), self.code()
        self._list()

    def hear(self, content: dict) -> None:
        super().hear(content)
        if "save" in content:
            self._save(content["save"], content["view"])

    @in_turn
    def write(self, path: str | Path) -> None:
        """Write what is drawn to a file: .csv, .png, .svg, or .txt and .bib for the citation.

        Raises ValueError for another ending of its name.
        """
        export.write(self, path)

    @in_turn
    def _save(self, number: int, view: str) -> None:
        export.download(self, number, view, provenance.origin(self._table))

    @in_turn
    def _list(self, change=None):
        """Put the table of what is drawn beneath the chart, if it is wanted."""
        if not self._busy:
            rows = self.data.sort_values(["indicator", "place", "start", "end"], kind="stable")
            listed = labels.listing(rows, self.language.value) if self.tabled.value else ""
            self.listing.value = listed
