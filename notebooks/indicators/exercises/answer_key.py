"""The lecturer's key to the exercises, as one page for a browser or a printer.

For each exercise: its answer, how that follows, what is replied to known mistakes, the hints, and
a model argument. Run in `notebooks/`: `python -m indicators.exercises.answer_key key.html`.
"""

import html
import json
import re
import sys
from pathlib import Path

from nbconvert.filters import markdown2html

from ..data.files import replacing
from .answer_tables import tables
from .course import COURSE, NOTEBOOKS
from .grading import Choice

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Key to the exercises</title>
<style>
  body {{ font: 16px/1.5 sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em }}
  h3 {{ margin-bottom: 0 }}
  .anchor-link {{ display: none }}
  @media print {{ h2 {{ break-before: page }} h3 {{ break-after: avoid }} }}
</style>
{}
</html>
"""
HEAD = """# Key to the exercises

For the lecturer. The answers are computed from the table as it is now; make this page anew when \
the table has changed. The checks in the notebooks
help students to learn by themselves; whoever reads the code can find every answer, so they are no \
examination."""


def questions() -> dict[str, dict[str, str]]:
    """The text of each question in the notebooks, in Markdown, by notebook (its title) and name."""
    found = {}
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        asked = re.findall(r"^\*\*Exercise (\d\d-\d)\.\*\* (.+)", "\n\n".join(texts), re.MULTILINE)
        if asked:
            found[texts[0].splitlines()[0].removeprefix("# ")] = dict(asked)
    return found


def page() -> str:
    """The key as a page of HTML."""
    parts = [HEAD]
    for title, asked in questions().items():
        parts += [f"## {title}", *(_entry(name, text) for name, text in asked.items())]
    return PAGE.format(markdown2html("\n\n".join(parts)))


def _entry(name, text):
    question = COURSE[name]
    entry = [
        f"### Exercise {name}",
        text,
        f"**Answer:** {_plain(question.answer_in_words(tables()))}",
        _plain(question.because(tables())),
    ]
    if question.argument:
        entry.append(f"**A model argument:** {_plain(question.argument)}")
    replies = _replies(question)
    if replies:
        entry.append("What is said to known mistakes:\n\n" + "\n".join(replies))
    entry.append("Hints:\n\n" + "\n".join(f"1. {_plain(hint)}" for hint in question.hints))
    return "\n\n".join(entry)


def _replies(question):
    if isinstance(question, Choice):
        right = question.answer(tables())
        wrong = dict(option for name, option in question.options.items() if name != right)
    else:
        wrong = {
            f"{number(tables()):.4g}": reply for number, reply in getattr(question, "mistakes", ())
        }
    return [f"- {_plain(given)} → {_plain(reply)}" for given, reply in wrong.items()]


def _plain(text):
    """A text that Markdown leaves as it is."""
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", html.escape(text, quote=False))


def main(target: str) -> None:
    """Write the key to a file."""
    path = Path(target).expanduser().resolve()
    with replacing(path) as half_done:
        half_done.write_text(page(), encoding="utf-8", newline="\n")
    print(f"The key was written to {target}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
