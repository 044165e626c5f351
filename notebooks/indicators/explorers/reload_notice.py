"""The line that says that files have changed, with a button that loads them again."""

import html
from collections.abc import Callable

import ipywidgets as widgets

from ..data import provenance
from ..data.provenance import Provenance

MOST_FAULTS = 10  # that are shown
News = Callable[[dict], str]  # from the words of a language to HTML


class ReloadNotice(widgets.HBox):
    """Empty until there is news.

    `origin`: where the table was loaded from; `load_again`: what the button does.
    """

    def __init__(self, origin: Provenance, load_again: Callable):
        super().__init__(layout={"flex_flow": "column"})
        self.origin, self.stale = origin, False
        self._load_again, self._news = load_again, None

    def look(self, words: dict) -> None:
        """Say so, once, when the files have changed since they were loaded."""
        if not self.stale and self.origin.changed():
            self.stale, name = True, provenance.name(self.origin)
            self.announce(lambda words: html.escape(words["said"]["changed"].format(name)), words)

    def announce(self, news: News, words: dict) -> None:
        """Show news until there are others, or until they are settled."""
        self._news = news
        self.tell(words)

    def announce_faults(self, error: Exception, words: dict) -> None:
        """Show why the files cannot be loaded."""
        name, faults = provenance.name(self.origin), getattr(error, "faults", None) or [error]
        self.announce(lambda words: _faults(words["said"], name, faults), words)

    def announce_loaded(
        self, origin: Provenance, gone: list[str], words: dict, masked: bool = False
    ) -> None:
        """Show that the files were loaded again, and the names of what was chosen and is gone.

        `masked`: see `provenance.masked`.
        """
        self.origin, self.stale = origin, False
        self.announce(lambda words: html.escape(_loaded(words["said"], gone, masked)), words)

    def settle(self) -> None:
        """Take the news away, unless there is still something to load."""
        if self._news and not self.stale:
            self._news, self.children[0].value = None, ""

    def tell(self, words: dict) -> None:
        """Show the news in a language, with the button if there is something to load."""
        if not self._news:
            return
        if not self.children:
            button = widgets.Button(layout={"width": "auto", "align_self": "flex-start"})
            button.on_click(self._load_again)
            self.children = widgets.HTML(), button
        line, button = self.children
        style = "line-height:1.4;font-weight:bold"
        news = self._news(words)
        line.value = f"<div role='status' class='changed' style='{style}'>{news}</div>"
        button.description = words["controls"]["again"]
        button.layout.display = "" if self.stale else "none"


def _faults(said, name, faults):
    """What is wrong with the files, as HTML; every text escaped."""
    items = "".join(f"<li>{html.escape(str(fault))}</li>" for fault in faults[:MOST_FAULTS])
    rest = len(faults) - MOST_FAULTS
    more = html.escape(said["more_faults"].format(rest)) if rest > 0 else ""
    style = "font-weight:normal;margin:4px 0;padding-left:20px;overflow-wrap:anywhere"
    return f"{html.escape(said['faulty'].format(name))}<ul style='{style}'>{items}</ul>{more}"


def _loaded(said, gone, masked):
    lost = [said["gone"].format("; ".join(gone))] if gone else []
    return " ".join([said["loaded"], *lost, *([said["unmasked"]] if masked else [])])
