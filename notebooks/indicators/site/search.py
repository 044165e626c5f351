"""Search in English and Chinese: a Chinese text has no spaces, so it is found by its characters, two by two."""

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


def setup(app):
    """Make the language known to Sphinx."""
    app.add_search_language(SearchBoth)
    return {"parallel_read_safe": True}
