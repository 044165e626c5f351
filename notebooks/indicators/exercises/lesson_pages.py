"""A lecturer's pages: a lesson and a handout for each notebook, a list of them, and the key.

Run in `notebooks/`: `python -m indicators.exercises.lesson_pages course` writes all of them into
that folder. The handouts are in both languages, one page of A4 each.
"""

import html
import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

from .. import i18n
from ..charts import YEARS, drawn_marks, renderer
from ..charts.frame import PAPER
from ..charts.saved_picture import GLYPHS
from ..data.files import replacing
from ..i18n import LANGUAGES, WORDS
from . import answer_key, target_sheet
from .answer_tables import Tables, tables
from .course import BY_NOTEBOOK, NOTEBOOKS
from .lesson_texts import Lesson
from .printed_pages import as_html, printable

HANDOUT_STYLE = """
  body { max-width: 180mm; height: 266mm; display: flex; flex-direction: column; font-size: 14px;
    line-height: 1.4; margin: 1em auto }
  h1 { font-size: 22px; line-height: 1.2; margin: 0 0 2mm } h1 + p { margin: 0 0 3mm }
  h2 { font-size: 14px; margin: 0 0 1mm }
  svg { width: 100%; height: auto; max-height: 108mm }
  .key svg { width: 22px; height: 12px; vertical-align: -2px }
  .key span { margin-right: 0.9em }
  .key, footer { font-size: 11px; line-height: 1.35; color: #444; margin: 2mm 0 0 }
  ol { flex: 1; display: flex; flex-direction: column; margin: 3mm 0 0; padding-left: 1.5em }
  li { flex: 1; margin-bottom: 2mm; border-bottom: 1px dotted #888 }
  @media print { body { font-size: 10.5pt; margin: 0 } }
"""
WORDS_OF_PAGES = {
    "en": {
        "handout": "Handout",
        "key": "Key of the marks.",
        "unmarked": "A year without a mark has no figure.",
        "foot": "Figures as published; notebook {0} names the source of each when you point at its "
        "mark. More to do: exercises {0}-1 to {0}-4 there.",
    },
    "zh": {
        "handout": "讲义",
        "key": "图例：",
        "unmarked": "没有标记的年份没有数值。",
        "foot": "数值均照公布时的原样；在笔记本{0}中指向图中的标记，即可看到来源。"
        "更多练习：该笔记本的练习{0}-1至{0}-4。",
    },
}
GLYPH = "<svg viewBox='-11 -6 22 12'>{}</svg>"
NOT_ON_LESSON = ("Solution", "讲义")
MINUTES = 45  # of a lesson


def titles(path: Path) -> dict[str, str]:
    """The question of a notebook, by language, as its first cell has it."""
    cell = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    lines = "".join(cell["source"]).removeprefix("# ").split("\n\n")
    return dict(zip(LANGUAGES, map(str.strip, lines), strict=True))


def lesson_page(lesson: Lesson, title: str) -> str:
    """The page for the lecturer, in English."""
    number = lesson.name[:2]
    links = ", ".join(
        f"<a href='{handout_name(lesson.name, language)}'>handout, {name}</a>"
        for language, name in LANGUAGES.items()
    )
    if lesson.name == target_sheet.LESSON:
        links += ", second sheet: " + ", ".join(
            f"<a href='{target_sheet.sheet_name(language)}'>{name}</a>"
            for language, name in LANGUAGES.items()
        )
    nav = f"<nav><a href='index.html'>All lessons</a>: {links}, <a href='key.html#{number}'>key</a>"
    parts = [f"# {title}\n\n*Notebook {number}, a lesson of {MINUTES} minutes.*"]
    for heading in lesson.headings:
        if heading == "Plan":
            parts.append(f"## Plan\n\n{_timed(lesson)}")
        elif heading == "Exercises":
            parts.append(f"## Exercises in the notebook\n\n{_exercises(lesson)}")
        elif heading not in NOT_ON_LESSON:
            parts.append(f"## {heading}\n\n{lesson.section(heading)}")
    text = as_html("\n\n".join(parts))
    return printable(title, f"{nav}</nav>\n{text}")


def _timed(lesson):
    """The plan with the minutes from the beginning, as 5–13."""
    rows = lesson.rows("Plan")
    ends = list(accumulate(int(row[0]) for row in rows))
    times = (f"{start}–{end}" for start, end in zip([0, *ends], ends, strict=False))
    lines = (f"| {time} | {' | '.join(row[1:])} |" for time, row in zip(times, rows, strict=True))
    return "\n".join(["| minutes | what happens | view |", "|---|---|---|", *lines])


def _exercises(lesson):
    return (
        f"{lesson.section('Exercises')}\n\nMinutes are for one student alone. The answers, hints "
        "and replies are in the [key](key.html)."
    )


def handout(lesson: Lesson, title: dict[str, str], language: str) -> str:
    """One page of A4 in a language: question, chart, key of its marks, three tasks."""
    words, section = WORDS_OF_PAGES[language], {"en": "Handout", "zh": "讲义"}[language]
    with i18n.speaking(language):
        drawn, tasks = lesson.view(), lesson.items(section)
        picture, key = _picture(drawn), _key(drawn, language)
    other = next(text for code, text in title.items() if code != language)
    items = "".join(f"<li>{_inline(task)}</li>" for task in tasks)
    body = (
        f"<h1>{html.escape(title[language])}</h1><p>{html.escape(other)}</p>{picture}"
        f"<p class='key'><b>{words['key']}</b> {key}</p><ol>{items}</ol>"
        f"<footer>{words['foot'].format(lesson.name[:2])}</footer>"
    )
    return printable(f"{title[language]} · {words['handout']}", body, language, HANDOUT_STYLE)


def _picture(drawn):
    """The chart of an explorer, or a chart, as SVG as wide as a printed page, without its title."""
    spec = getattr(drawn, "chart", drawn).to_dict(validate=False)
    spec.pop("title", None)
    spec["params"] = [
        {"name": "pane", "value": PAPER} if param["name"] == "pane" else param
        for param in spec["params"]
    ]
    return renderer.drawing(spec)


def _key(drawn, language):
    """The marks of a chart that it has, each with what it means."""
    marks = _marks_of(drawn, WORDS[language]["chart"]["marks"])
    said = [f"{GLYPH.format(GLYPHS[name]) if name else ''}{html.escape(of)}" for name, of in marks]
    if not any(name for name, _ in marks):
        return " ".join(said)
    said.append(html.escape(WORDS_OF_PAGES[language]["unmarked"]))
    return "".join(f"<span>{each}</span> " for each in said)


def _marks_of(drawn, words):
    """The key of an explorer, or of a chart by its records."""
    if hasattr(drawn, "drawn_marks"):
        return drawn.drawn_marks()
    sets = drawn.to_dict(validate=False)["datasets"].values()
    of_coverage = {"status": "actual", "bound": "exact", "Label": ""}  # its legend has the rest
    records = [
        record if "bound" in record else record | of_coverage
        for records in sets
        for record in records
        if "status" in record
    ]
    return [(name, words[name]) for name in drawn_marks(records, YEARS[0])]


def handout_name(name: str, language: str) -> str:
    """The name of the file of a handout."""
    return f"{name}-handout{'' if language == 'en' else f'-{language}'}.html"


def _inline(text):
    return as_html(text).removeprefix("<p>").removesuffix("</p>")


def index(questions: dict[str, dict[str, str]]) -> str:
    """The list of all pages; `questions`: by notebook its question in each language."""
    lines = [
        "# For the lecturer",
        "A lesson of 45 minutes for each notebook, a handout of one page of A4 in English and in "
        "Chinese (print from the browser), and the key to the exercises in [English](key.html) and "
        "in [Chinese](key.zh.html). All numbers are computed from the table; make these pages anew "
        "when it has changed.",
        "| lesson | | handout |\n|---|---|---|\n"
        + "\n".join(
            f"| {name[:2]} | [{each['en']}]({name}.html) | "
            + ", ".join(f"[{said}]({handout_name(name, code)})" for code, said in LANGUAGES.items())
            + " |"
            for name, each in questions.items()
        ),
    ]
    return printable("For the lecturer", as_html("\n\n".join(lines)))


def pages(of: Tables) -> dict[str, str]:
    """All pages, by the name of their file."""
    questions = {name: titles(path) for name, path in zip(BY_NOTEBOOK, NOTEBOOKS, strict=True)}
    found = {"index.html": index(questions), **answer_key.pages()}
    for name, title in questions.items():
        lesson = Lesson(name, of)
        found[f"{name}.html"] = lesson_page(lesson, title["en"])
        for language in LANGUAGES:
            found[handout_name(name, language)] = handout(lesson, title, language)
        if name == target_sheet.LESSON:
            found |= target_sheet.pages(lesson.judged)
    return found


def main(target: str) -> None:
    """Write all pages to a folder, beside what is another's there."""
    folder = Path(target).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, Any] = pages(tables())
    for name, page in written.items():
        with replacing(folder / name) as half_done:
            half_done.write_text(page, encoding="utf-8", newline="\n")
    print(f"The lessons, handouts and the key were written: open {target}/index.html.")


if __name__ == "__main__":
    main(*sys.argv[1:])
