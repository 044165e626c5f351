"""The lecturer's key to the exercises, as one page a language for a browser or a printer.

For each exercise: level and minutes, its answer, how that follows, what is replied to known
mistakes, the hints, a model argument, and the lines of code where these are asked for.
Run in `notebooks/`: `python -m indicators.exercises.answer_key key.html` writes key.html, and
key.zh.html beside it.
"""

import json
import re
import sys
from pathlib import Path

from .. import i18n
from ..data.files import replacing
from .answer_tables import tables
from .comparison import tolerance
from .course import BY_NOTEBOOK, COURSE, NOTEBOOKS
from .grading import Code
from .lesson_texts import Lesson, answer_said, plain
from .printed_pages import as_html, printable
from .wording import said

KEY_STYLE = """
  h3 { margin-bottom: 0 }
  @media print { h2:not(:first-of-type) { break-before: page } }
"""
KEY_TITLE = "Key to the exercises"
HEAD = (
    "For the lecturer. The answers are computed from the table as it is now; make this page anew "
    "when the table has changed. The checks in the notebooks help students to learn by themselves; "
    "whoever reads the code can find every answer, so they are no examination."
)


def questions() -> dict[str, dict[str, str]]:
    """The text of each question in the notebooks, in Markdown, by notebook (its title) and name.

    In the current language, for each notebook that has an edition in it.
    """
    found = {}
    for path in NOTEBOOKS:
        edition = path.parent / i18n.chosen() / path.name
        path = edition if edition.is_file() else path
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        asked = re.findall(r"^\*\*\D+ (\d\d-\d)\.\*\* (.+)", "\n\n".join(texts), re.MULTILINE)
        if asked:
            found[texts[0].splitlines()[0].removeprefix("# ")] = dict(asked)
    return found


def page() -> str:
    """The key as a page of HTML, in the current language."""
    lessons = [Lesson(name, tables()) for name in BY_NOTEBOOK]
    effort = {name: each for lesson in lessons for name, *each in lesson.rows("Exercises")}
    solutions = {f"{each.name[:2]}-4": each.code("Solution")[0] for each in lessons}
    parts = [f"# {said(KEY_TITLE)}", said(HEAD), _contents(effort)]
    for title, asked in questions().items():
        number = next(iter(asked))[:2]
        parts.append(f"## {title}\n\n<a id='{number}'></a>")
        parts += [_entry(name, text, effort, solutions) for name, text in asked.items()]
    body = as_html("\n\n".join(parts))
    return printable(said(KEY_TITLE), body, i18n.chosen(), KEY_STYLE)


def _contents(effort):
    """A table of contents with links, level and minutes of each exercise."""
    lines = []
    for title, asked in questions().items():
        links = (
            f"[{name}](#{name}) {said('{}, {} min', said(level), minutes)}"
            for name, (level, minutes) in ((name, effort[name]) for name in asked)
        )
        lines.append(f"| [{title}](#{next(iter(asked))[:2]}) | {'<br>'.join(links)} |")
    return "\n".join([said("| notebook | exercise |"), "|---|---|", *lines])


def _entry(name, text, effort, solutions):
    question = COURSE[name]
    level, minutes = effort[name]
    accepted = tolerance(getattr(question, "within", 0))
    entry = [
        f"### {said('Exercise {}', name)}",
        f"<a id='{name}'></a>*{said('{}, {} minutes', said(level), minutes)}*",
        text,
        said("**Answer:** {}", plain(answer_said(name, tables())) + accepted),
        plain(question.because(tables())),
    ]
    if isinstance(question, Code):
        entry += [said("**Lines that give it:**"), f"```python\n{solutions[name]}\n```"]
    if question.argument:
        entry.append(said("**A model argument:** {}", plain(said(question.argument))))
    replies = _replies(question)
    if replies:
        entry += [said("What is said to known mistakes:"), "\n".join(replies)]
    hints = [f"1. {plain(said(hint))}" for hint in question.hints]
    entry += [said("Hints:"), "\n".join(hints)]
    return "\n\n".join(entry)


def _replies(question):
    return [f"- {plain(slip.said)} → {plain(slip.reply)}" for slip in question.slips(tables())]


def pages(name: str = "key.html") -> dict[str, str]:
    """The key in each language, by the name of its file."""
    found = {}
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            ending = "" if language == "en" else f".{language}"
            found[str(Path(name).with_suffix(ending + Path(name).suffix))] = page()
    return found


def main(target: str) -> None:
    """Write the key to a file in English, and in other languages beside it."""
    path = Path(target).expanduser().resolve()
    written = pages(path.name)
    for name, text in written.items():
        with replacing(path.with_name(name)) as half_done:
            half_done.write_text(text, encoding="utf-8", newline="\n")
    print(f"The key was written to {' and '.join(written)}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
