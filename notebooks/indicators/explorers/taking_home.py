"""Explorers whose figures can be listed beneath the chart, and saved."""

from pathlib import Path

from .. import labels
from ..data import provenance
from . import export
from .base import Explorer, in_turn


class FiguresToTake(Explorer):
    """An explorer with a table of what is drawn (`tabled`, `listing`) and buttons that save it."""

    def hear(self, content: dict) -> None:
        super().hear(content)
        if "save" in content:
            self._save(content["save"], content["view"])

    @in_turn
    def write(self, path: str | Path) -> None:
        """Write what is drawn to a file: .csv, .png, .svg, or .txt for the citation.

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
            listed = self.tabled.value
            self.listing.value = labels.listing(self.data, self.language.value) if listed else ""
