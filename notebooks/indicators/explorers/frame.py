"""How an explorer is laid out: title, controls, chart, and what stands beneath it.

Where there is room the controls stand to the right of all that (see `page_controls.css`); in a
narrow pane they are above the chart, behind a button.
"""

import html
from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from .. import charts

BESIDE = 260  # pixels of the controls and the gap before them, as in explorer_frame.css
SPACE = 12  # pixels above, within and beneath the lines of a title, as there
TITLE_LINE, SMALL_LINE = 15, 12  # heights in pixels, those of the title of a saved chart


class Fold(widgets.Box):
    """What is shown when its button (`opener`) is pressed; nothing remembers whether it is."""

    def __init__(self, kind: str, contents: Sequence[widgets.Widget] = ()):
        self.opener = widgets.ToggleButton().add_class("opener")
        self.contents = widgets.Box(contents).add_class("contents")
        super().__init__([self.opener, self.contents])
        self.add_class("fold").add_class(kind)


class Frame(widgets.Box):
    """Title, controls, chart and what is beneath, in the order in which they are read.

    `more`: the fold of the controls that are used seldom; `reading`: that of the explanation.
    """

    def __init__(self, chart: widgets.Widget, summary: widgets.HTML, reading: Sequence):
        self.title = widgets.HTML()
        self.more, self.reading = Fold("more"), Fold("reading", reading)
        self.controls = Fold("controls")
        self.beneath = widgets.Box().add_class("beneath")
        self.head = widgets.Box([self.title, summary]).add_class("head")
        drawn = widgets.Box([chart]).add_class("drawn")
        super().__init__([self.head, self.controls, drawn, self.beneath])
        self.add_class("frame")

    def fill(self, main: Sequence, more: Sequence, beneath: Sequence) -> None:
        """Put controls and what stands beneath the chart in their places."""
        self.more.contents.children = more
        self.more.layout.display = None if more else "none"
        self.controls.contents.children = [*main, self.more]
        self.beneath.children = [*beneath, self.reading]

    def tell(self, title: str, grammar: str, lines_below: int, words: dict[str, Any]) -> None:
        """Say what is drawn, and name what can be opened.

        The head is as high as that of the saved chart, with `lines_below` beneath its title: so the
        chart stays where it was when it comes alive.
        """
        said, keys = html.escape(title), html.escape(words["keys"][grammar])
        self.title.value = f"<div class='title'>{said}</div><div>{keys}</div>"
        height = TITLE_LINE * len(charts.titled(title)) + SMALL_LINE * lines_below
        self.head.layout.min_height = f"{height + SPACE}px"
        for fold, name in ((self.more, "more"), (self.controls, "open"), (self.reading, "read")):
            fold.opener.description = words["controls"][name]
