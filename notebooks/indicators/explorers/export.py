"""What is drawn, as files: figures, pictures and citations; and the code that draws it anew."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import altair as alt
import pandas as pd

from .. import labels
from ..charts import renderer
from ..data import provenance
from ..data.files import replacing
from ..data.provenance import Provenance
from .live_chart import LiveChart

PICTURE_SCALE = 2  # pixels of a picture per pixel of the page


class Drawn(Protocol):
    """What can be saved: rows (as from `growth.views`), their chart and their sources."""

    data: pd.DataFrame
    chart: alt.TopLevelMixin
    citation: str
    bibliography: str
    live: LiveChart


DOWNLOADS: dict[str, tuple[str, str, Callable[[Drawn], bytes]]] = {
    # by the name on the button: MIME type, ending of the file, content
    "CSV": ("text/csv", ".csv", lambda it: labels.csv(it.data).encode("utf-8-sig")),
    "PNG": ("image/png", ".png", lambda it: renderer.picture(it.chart.to_dict(), PICTURE_SCALE)),
    "SVG": ("image/svg+xml", ".svg", lambda it: renderer.drawing(it.chart.to_dict()).encode()),
    "Citation": ("text/plain", ".txt", lambda it: it.citation.encode()),
    "BibTeX": ("application/x-bibtex", ".bib", lambda it: it.bibliography.encode()),
}


def write(explorer: Drawn, path: str | Path) -> None:
    """Write what is drawn to a file; the ending of its name says in which form.

    Raises ValueError for another ending than those of `DOWNLOADS`, FileNotFoundError where there is
    no such folder.
    """
    path = Path(path).expanduser()
    contents = {ending: content for _, ending, content in DOWNLOADS.values()}
    if path.suffix.lower() not in contents:
        allowed = ", ".join(contents)
        raise ValueError(f"{path} ends in {path.suffix!r}; allowed are {allowed}")
    with replacing(path) as half_done:
        half_done.write_bytes(contents[path.suffix.lower()](explorer))


def download(explorer: Drawn, number: int, view: str, origin: Provenance | None) -> None:
    """Let a view save what is drawn, in the form of the button of this number."""
    mime, ending, content = list(DOWNLOADS.values())[number]
    explorer.live.save(f"{provenance.stem(origin)}{ending}", mime, content(explorer), view)


def code(
    state: dict, usual: dict, origin: Provenance | None, kind: str = "IndicatorExplorer"
) -> str:
    """The Python that draws a state anew; what is `usual` for a new explorer is left out."""
    arguments = "".join(
        f", {name}={value!r}"
        for name, value in state.items()
        if name not in usual or usual[name] != value
    )
    call = f"explorers.{kind}({provenance.call(origin)}{arguments})"
    return f"from indicators import data, explorers\n{call}"
