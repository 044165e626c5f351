"""Search in English and Chinese.

A Chinese text has no spaces, so it is found by its characters and pairs of characters. A number is
one word. That it finds its figure, and that all is told in one language, is the part of
`static/search.js`.
"""

import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

CHINESE = "\u4e00-\u9fff"
# A number is one word with its point, as 1.33 is; a comma may stand between its thousands.
NUMBER_GOES_ON = "(?:\\.[0-9]+|,[0-9]{3}(?![0-9]))*"
PIECES = re.compile(f"[{CHINESE}]+|[^\\W{CHINESE}]+{NUMBER_GOES_ON}")
SPLIT_QUERY = """
var splitQuery = (query) =>
  (query.normalize("NFKC").match(/[CHINESE]+|[\\p{Letter}\\p{Number}_]+NUMBER_GOES_ON/gu) ?? [])
    .flatMap((word) => word.split(/([CHINESE]+)/u).filter(Boolean)).flatMap((part) =>
      /[CHINESE]/u.test(part) && part.length > 1 ? \
Array.from({ length: part.length - 1 }, (_, at) => part.slice(at, at + 2)) : \
[part.replaceAll(",", "")]);
""".replace("CHINESE", "\\u4e00-\\u9fff").replace("NUMBER_GOES_ON", NUMBER_GOES_ON)
BEFORE, AFTER = "Search.setIndex(", ")"  # what stands around the JSON of an index


class SearchBoth(SearchEnglish):
    """English words by their stems, Chinese by single characters and pairs."""

    lang, language_name = "both", "English"
    js_splitter_code = SPLIT_QUERY

    def split(self, text: str) -> list[str]:
        """The words of a text."""
        return [word for piece in PIECES.findall(text) for word in _words(piece)]


def _words(piece):
    if not re.match(f"[{CHINESE}]", piece):
        return [piece.replace(",", "")]
    return [*piece, *(piece[at : at + 2] for at in range(len(piece) - 1))]


def complete(path: Path, figures: list[dict[str, Any]]) -> None:
    """Let the index of a site (`searchindex.js`) find figures, and headings in one language.

    Sphinx would ask for half of a heading at least, and drop numbers. `names`, for each page, has
    its own name and those of its headings, by their ids, in each language. `figures`: as from
    `data_pages.found_by_number`.
    """
    text = path.read_text(encoding="utf-8").removeprefix(BEFORE).removesuffix(AFTER)
    index, titles = json.loads(text), {}
    names = [{"": _names(title)} for title in index["titles"]]
    for title, positions in index["alltitles"].items():
        for page, heading in positions:  # no heading: the title of the page, or a caption there
            if heading is not None:
                names[page][heading] = _names(title)
            for name in dict.fromkeys(_names(title)):
                titles.setdefault(name, []).append([page, heading])
    pages = {name: number for number, name in enumerate(index["docnames"])}
    figures = [figure | {"page": pages[figure["page"]]} for figure in figures]
    index |= {"alltitles": titles, "names": names, "figures": figures}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"{BEFORE}{text}{AFTER}", encoding="utf-8", newline="\n")


def _names(title):
    """A heading as its English and its Chinese name."""
    english, *chinese = re.split(f" (?=[^ ]*[{CHINESE}])", title, maxsplit=1)
    return [english, *(chinese or [english])]


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the language known to Sphinx."""
    app.add_search_language(SearchBoth)
    return {"parallel_read_safe": True}
