"""Search in English and Chinese: a Chinese text has no spaces, so it is found by its characters, two by two."""

import json
import re

from sphinx.search.en import SearchEnglish

CHINESE = "\u4e00-\u9fff"
PIECES = re.compile(f"[{CHINESE}]+|[^\\W{CHINESE}]+")
PAIRS = """
var splitQuery = (query) =>
  (query.match(/[CHINESE]+|[\\p{Letter}\\p{Number}_]+/gu) ?? []).flatMap((word) =>
    word.split(/([CHINESE]+)/u).filter(Boolean).flatMap((part) =>
      /[CHINESE]/u.test(part) && part.length > 1 ? Array.from({ length: part.length - 1 }, (_, at) => part.slice(at, at + 2)) : [part]));
""".replace("CHINESE", "\\u4e00-\\u9fff")


class SearchBoth(SearchEnglish):
    """English words by their stems, Chinese by single characters and pairs."""

    lang, language_name = "both", "English"
    js_splitter_code = PAIRS

    def split(self, text):
        """The words of a text."""
        return [word for piece in PIECES.findall(text) for word in _words(piece)]


def _words(piece):
    if not re.match(f"[{CHINESE}]", piece):
        return [piece]
    return [*piece, *(piece[at : at + 2] for at in range(len(piece) - 1))]


def name_alone(path):
    """Let the index of a site find headings by their name in one language: Sphinx asks for half of a heading at least."""
    before, after = "Search.setIndex(", ")"
    index = json.loads(path.read_text(encoding="utf-8").removeprefix(before).removesuffix(after))
    titles = {}
    for title, places in index["alltitles"].items():
        for (
            place
        ) in places:  # the number of a page, and the heading in it; none for the title of the page
            for name in (
                [title]
                if place[1] is None
                else re.split(f" (?=[^ ]*[{CHINESE}])", title, maxsplit=1)
            ):
                titles.setdefault(name, []).append(place)
    path.write_text(
        before
        + json.dumps(index | {"alltitles": titles}, ensure_ascii=False, separators=(",", ":"))
        + after,
        encoding="utf-8",
    )


def setup(app):
    """Make the language known to Sphinx."""
    app.add_search_language(SearchBoth)
    return {"parallel_read_safe": True}
