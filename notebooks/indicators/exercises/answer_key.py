"""The lecturer's key to the exercises, as one page for a browser or a printer.

For each exercise: level and minutes, its answer, how that follows, what is replied to known
mistakes, the hints, a model argument, and the lines of code where these are asked for.
Run in `notebooks/`: `python -m indicators.exercises.answer_key key.html`.
"""

import json
import re
import sys
from pathlib import Path

from ..data.files import replacing
from .answer_tables import tables
from .comparison import tolerance
from .course import BY_NOTEBOOK, COURSE, NOTEBOOKS
from .grading import Code
from .lesson_texts import Lesson, answer_said, plain
from .printed_pages import as_html, printable

KEY_STYLE = """
  h3 { margin-bottom: 0 }
  @media print { h2:not(:first-of-type) { break-before: page } }
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
    lessons = [Lesson(name, tables()) for name in BY_NOTEBOOK]
    effort = {name: each for lesson in lessons for name, *each in lesson.rows("Exercises")}
    solutions = {f"{each.name[:2]}-4": each.code("Solution")[0] for each in lessons}
    parts = [HEAD, _contents(effort)]
    for title, asked in questions().items():
        number = next(iter(asked))[:2]
        parts.append(f"## {title}\n\n<a id='{number}'></a>")
        parts += [_entry(name, text, effort, solutions) for name, text in asked.items()]
    return printable("Key to the exercises", as_html("\n\n".join(parts)), style=KEY_STYLE)


def _contents(effort):
    """A table of contents with links, level and minutes of each exercise."""
    lines = []
    for title, asked in questions().items():
        links = (f"[{name}](#{name}) {', '.join(effort[name])} min" for name in asked)
        lines.append(f"| [{title}](#{next(iter(asked))[:2]}) | {'<br>'.join(links)} |")
    return "\n".join(["| notebook | exercise |", "|---|---|", *lines])


def _entry(name, text, effort, solutions):
    question = COURSE[name]
    level, minutes = effort[name]
    accepted = tolerance(getattr(question, "within", 0))
    entry = [
        f"### Exercise {name}\n\n<a id='{name}'></a>*{level}, {minutes} minutes*",
        text,
        f"**Answer:** {plain(answer_said(name, tables()))}{accepted}",
        plain(question.because(tables())),
    ]
    if isinstance(question, Code):
        entry.append(f"**Lines that give it:**\n\n```python\n{solutions[name]}\n```")
    if question.argument:
        entry.append(f"**A model argument:** {plain(question.argument)}")
    replies = _replies(question)
    if replies:
        entry.append("What is said to known mistakes:\n\n" + "\n".join(replies))
    entry.append("Hints:\n\n" + "\n".join(f"1. {plain(hint)}" for hint in question.hints))
    return "\n\n".join(entry)


def _replies(question):
    return [f"- {plain(slip.said)} → {plain(slip.reply)}" for slip in question.slips(tables())]


def main(target: str) -> None:
    """Write the key to a file."""
    path = Path(target).expanduser().resolve()
    with replacing(path) as half_done:
        half_done.write_text(page(), encoding="utf-8", newline="\n")
    print(f"The key was written to {target}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
