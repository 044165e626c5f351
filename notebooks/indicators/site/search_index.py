"""Search in English and Chinese.

A Chinese text has no spaces, so it is found by its characters and pairs of characters.
"""

import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

CHINESE = "\u4e00-\u9fff"
PIECES = re.compile(f"[{CHINESE}]+|[^\\W{CHINESE}]+")
SPLIT_QUERY = """
var splitQuery = (query) =>
  (query.match(/[CHINESE]+|[\\p{Letter}\\p{Number}_]+/gu) ?? []).flatMap((word) =>
    word.split(/([CHINESE]+)/u).filter(Boolean).flatMap((part) =>
      /[CHINESE]/u.test(part) && part.length > 1 ? \
Array.from({ length: part.length - 1 }, (_, at) => part.slice(at, at + 2)) : [part]));
""".replace("CHINESE", "\\u4e00-\\u9fff")
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
        return [piece]
    return [*piece, *(piece[at : at + 2] for at in range(len(piece) - 1))]


def index_names(path: Path) -> None:
    """Let the index of a site (`searchindex.js`) find headings by their name in one language.

    Sphinx would ask for half of a heading at least.
    """
    text = path.read_text(encoding="utf-8").removeprefix(BEFORE).removesuffix(AFTER)
    index, titles = json.loads(text), {}
    for title, positions in index["alltitles"].items():
        for page, heading in positions:  # no heading: the title of the page
            for name in [title] if heading is None else _names(title):
                titles.setdefault(name, []).append([page, heading])
    index["alltitles"] = titles
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"{BEFORE}{text}{AFTER}", encoding="utf-8", newline="\n")


def _names(title):
    """A heading as its English and its Chinese name."""
    return re.split(f" (?=[^ ]*[{CHINESE}])", title, maxsplit=1)


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the language known to Sphinx."""
    app.add_search_language(SearchBoth)
    return {"parallel_read_safe": True}
