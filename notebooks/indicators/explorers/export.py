"""What is drawn, as files: figures, pictures and citations; and the code that draws it anew."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from .. import charts, labels
from ..charts import Picture
from ..data import provenance
from ..data.files import replacing
from ..data.provenance import Provenance
from .live_chart import LiveChart
from .selection import FIRST_YEAR, LAST_YEAR, check

PICTURED_FOR = ("screen", *charts.PICTURE_SIZES)  # what a picture is for
LONGEST_STEM, MOST_SLUGS = 64, 3  # characters of a file's name; indicators or places named in it


class Drawn(Protocol):
    """What can be saved: rows (as from `growth.views`), their picture and their sources."""

    data: pd.DataFrame
    citation: str
    bibliography: str
    live: LiveChart
    stem: str

    def picture(self, title: str | None, size: str | None) -> Picture:
        """What is drawn, with a title and for a use of `PICTURED_FOR`, or the chosen ones."""


DOWNLOADS: dict[str, tuple[str, str, Callable[..., bytes]]] = {
    # by the name on the button: MIME type, ending of the file, content (of a title and a size)
    "CSV": ("text/csv", ".csv", lambda it, *_: labels.csv(it.data).encode("utf-8-sig")),
    "PNG": ("image/png", ".png", lambda it, *look: it.picture(*look).png),
    "SVG": ("image/svg+xml", ".svg", lambda it, *look: it.picture(*look).svg.encode()),
    "Citation": ("text/plain", ".txt", lambda it, *_: it.citation.encode()),
    "BibLaTeX (.bib)": ("application/x-bibtex", ".bib", lambda it, *_: it.bibliography.encode()),
}


def write(
    explorer: Drawn, path: str | Path, title: str | None = None, size: str | None = None
) -> None:
    """Write what is drawn to a file; the ending of its name says in which form.

    Raises ValueError for another ending than those of `DOWNLOADS`, for a size that is not one of
    `PICTURED_FOR`, and where nothing is drawn; FileNotFoundError where there is no such folder.
    """
    path = Path(path).expanduser()
    contents = {ending: content for _, ending, content in DOWNLOADS.values()}
    if path.suffix.lower() not in contents:
        allowed = ", ".join(contents)
        raise ValueError(f"{path} ends in {path.suffix!r}; allowed are {allowed}")
    check([size], [None, *PICTURED_FOR], "size")
    if explorer.data.empty:
        raise ValueError(f"{path} is not written: nothing is drawn; choose what has a figure")
    with replacing(path) as half_done:
        half_done.write_bytes(contents[path.suffix.lower()](explorer, title, size))


def download(explorer: Drawn, number: int, view: str) -> None:
    """Let a view save what is drawn, in the form of the button of this number."""
    mime, ending, content = list(DOWNLOADS.values())[number]
    explorer.live.save(f"{explorer.stem}{ending}", mime, content(explorer, None, None), view)


def file_stem(state: Mapping[str, Any], chosen: Sequence[str] = ()) -> str:
    """How files of a view are named, as `income-index-2015-shaoxing-china`; ASCII and short.

    `state`: as that of an explorer; `chosen`: the indicators, where the state has none. Of several
    indicators the words that all have, else their names, or how many there are.
    """
    slugs = list(state.get("chosen", chosen))
    words = [slug.split("_") for slug in slugs]
    shared = [word for word in words[0] if all(word in each for each in words)] if words else []
    view = f"index-{state['base']}" if state["view"] == "index" else state["view"]
    years = tuple(state["years"])
    span = [] if years == (FIRST_YEAR, LAST_YEAR) else list(dict.fromkeys(map(str, years)))
    parts = [*(shared or _few(slugs, "indicators")), view, *_few(state["places"], "places"), *span]
    stem = re.sub("[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
    return stem if len(stem) <= LONGEST_STEM else stem[:LONGEST_STEM].rpartition("-")[0]


def _few(slugs, kind):
    """Some slugs, or how many they are of a kind."""
    return list(slugs) if len(slugs) <= MOST_SLUGS else [f"{len(slugs)}-{kind}"]


def code(
    state: dict, usual: dict, origin: Provenance | None, kind: str = "IndicatorExplorer"
) -> str:
    """The Python that draws a state anew; what is `usual` for a new explorer is left out."""
    arguments = "".join(
        f", {name}={value!r}"
        for name, value in state.items()
        if name not in usual or usual[name] != value or (name, value) == ("language", "zh")
    )
    call = f"explorers.{kind}({provenance.call(origin)}{arguments})"
    return f"from indicators import data, explorers\n{call}"
