"""A lecturer's pages: a lesson and a handout for each notebook, a list of them, and the key.

Run in `notebooks/`: `python -m indicators.exercises.lesson_pages course` writes all of them into
that folder, in both languages. A handout is one page of A4.
"""

import html
import json
import sys
from functools import partial
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
from .lesson_texts import HANDOUTS, Lesson
from .printed_pages import as_html, printable
from .wording import said

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
WORDS_OF_PAGES: dict[str, dict[str, str]] = {
    "en": {
        "title": "For the lecturer",
        "about": "A lesson of {} minutes for each notebook, a handout of one page of A4 in each "
        "language (print from the browser), and the [key to the exercises]({}). All numbers are "
        "computed from the table; make these pages anew when it has changed.",
        "lessons": "| lesson | | handout |",
        "all": "All lessons",
        "page": "This page",
        "solutions": "Key",
        "sheet": "Second sheet",
        "subtitle": "*Notebook {}, a lesson of {} minutes.*",
        "plan": "| minutes | what happens | view |",
        "exercises": "| exercise | level | minutes |",
        "alone": "Minutes are for one student alone. The answers, hints and replies are in the "
        "[key]({}).",
        "handout": "Handout",
        "key": "Key of the marks.",
        "unmarked": "A year without a mark has no figure.",
        "foot": "Figures as published; notebook {0} names the source of each when you point at its "
        "mark. More to do: exercises {0}-1 to {0}-4 there.",
    },
    "zh": {
        "title": "教师用页",
        "about": "每个笔记本一份{}分钟的教案，一页A4讲义（中、英文各一份，用浏览器打印），另有"
        "[练习答案]({})。所有数值都由数据表算出；数据表改动之后，请重新生成这些页面。"
        "教案中的“投影页面”用 `make dashboard LANG=zh` 打开。",
        "lessons": "| 课次 | | 讲义 |",
        "all": "全部教案",
        "page": "本页",
        "solutions": "练习答案",
        "sheet": "讲义第二页",
        "subtitle": "笔记本{}，一课时（{}分钟）。",
        "plan": "| 分钟 | 内容 | 画面 |",
        "exercises": "| 练习 | 类型 | 分钟 |",
        "alone": "所列分钟数按一名学生独立完成计。答案、提示和对错误的回应见[练习答案]({})。",
        "handout": "讲义",
        "key": "图例：",
        "unmarked": "没有标记的年份没有数值。",
        "foot": "数值均照公布时的原样；在笔记本{0}中指向图中的标记，即可看到来源。"
        "更多练习：该笔记本的练习{0}-1至{0}-4。",
    },
}
HEADINGS: dict[str, dict[str, str]] = {  # where a page has another than the text
    "en": {"Exercises": "Exercises in the notebook"},
    "zh": {
        "Aims": "教学目的",
        "Before the class": "课前准备",
        "Plan": "课堂安排",
        "Views": "投影画面",
        "Groups": "小组活动",
        "Answers and mistakes": "参考答案与常见错误",
        "Conclusion": "小结",
        "Reading": "延伸阅读",
        "Exercises": "笔记本中的练习",
    },
}
GLYPH = "<svg viewBox='-11 -6 22 12'>{}</svg>"
MINUTES = 45  # of a lesson


def titles(path: Path) -> dict[str, str]:
    """The question of a notebook, by language, as its first cell has it."""
    cell = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    lines = "".join(cell["source"]).removeprefix("# ").split("\n\n")
    return dict(zip(LANGUAGES, map(str.strip, lines), strict=True))


def lesson_page(lesson: Lesson, title: dict[str, str], language: str) -> str:
    """The page for the lecturer, in a language."""
    words, name = WORDS_OF_PAGES[language], lesson.name
    own = {"Plan": _timed, "Exercises": _exercises}
    hidden = {"Solution", *HANDOUTS.values()} - {HANDOUTS[language]}
    parts = [f"# {title[language]}\n\n{words['subtitle'].format(name[:2], MINUTES)}"]
    with i18n.speaking(language):
        for heading in (each for each in lesson.headings if each not in hidden):
            text = own[heading](lesson, words) if heading in own else lesson.section(heading)
            parts.append(f"## {HEADINGS[language].get(heading, heading)}\n\n{text}")
    text = as_html("\n\n".join(parts))
    return printable(title[language], f"{_links(name, language)}\n{text}", language)


def _links(name, language):
    """From a lesson to the list, its handouts, the key, and the lesson in the other language."""
    words, colon = WORDS_OF_PAGES[language], WORDS[language]["forms"]["colon"]
    key = f"{page_name('key', language)}#{name[:2]}"
    parts = [
        _link(page_name("index", language), words["all"]),
        f"{words['handout']}{colon}{_in_each(partial(handout_name, name))}",
        _link(key, words["solutions"]),
        f"{words['page']}{colon}{_in_each(partial(page_name, name), but=language)}",
    ]
    if name == target_sheet.LESSON:
        parts.insert(2, f"{words['sheet']}{colon}{_in_each(target_sheet.sheet_name)}")
    return f"<nav>{' · '.join(parts)}</nav>"


def _link(address, text):
    return f"<a href='{address}'>{text}</a>"


def _in_each(named, but=None):
    """Links to a page in each language but one, by the name of its file."""
    return " / ".join(
        f"<a href='{named(language)}' lang='{language}'>{called}</a>"
        for language, called in LANGUAGES.items()
        if language != but
    )


def _timed(lesson, words):
    """The plan with the minutes from the beginning, as 5–13."""
    rows = lesson.rows("Plan")
    ends = list(accumulate(int(row[0]) for row in rows))
    times = (f"{start}–{end}" for start, end in zip([0, *ends], ends, strict=False))
    lines = (f"| {time} | {' | '.join(row[1:])} |" for time, row in zip(times, rows, strict=True))
    return "\n".join([words["plan"], "|---|---|---|", *lines])


def _exercises(lesson, words):
    rows = [
        f"| {name} | {said(level)} | {minutes} |"
        for name, level, minutes in lesson.rows("Exercises")
    ]
    table = "\n".join([words["exercises"], "|---|---|---|", *rows])
    return f"{table}\n\n{words['alone'].format(page_name('key', i18n.chosen()))}"


def handout(lesson: Lesson, title: dict[str, str], language: str) -> str:
    """One page of A4 in a language: question, chart, key of its marks, three tasks."""
    words = WORDS_OF_PAGES[language]
    with i18n.speaking(language):
        drawn, tasks = lesson.view(), lesson.items(HANDOUTS[language])
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
    told = [f"{GLYPH.format(GLYPHS[name]) if name else ''}{html.escape(of)}" for name, of in marks]
    if not any(name for name, _ in marks):
        return " ".join(told)
    told.append(html.escape(WORDS_OF_PAGES[language]["unmarked"]))
    return "".join(f"<span>{each}</span> " for each in told)


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


def page_name(name: str, language: str) -> str:
    """The name of the file of a lesson, the list or the key."""
    return f"{name}{'' if language == 'en' else f'.{language}'}.html"


def handout_name(name: str, language: str) -> str:
    """The name of the file of a handout."""
    return f"{name}-handout{'' if language == 'en' else f'-{language}'}.html"


def _inline(text):
    return as_html(text).removeprefix("<p>").removesuffix("</p>")


def index(questions: dict[str, dict[str, str]], language: str) -> str:
    """The list of all pages in a language; `questions`: by notebook its question in each."""
    words = WORDS_OF_PAGES[language]
    rows = [
        f"| {name[:2]} | [{each[language]}]({page_name(name, language)}) "
        f"| {_in_each(partial(handout_name, name))} |"
        for name, each in questions.items()
    ]
    lines = [
        f"# {words['title']}",
        words["about"].format(MINUTES, page_name("key", language)),
        "\n".join([words["lessons"], "|---|---|---|", *rows]),
    ]
    links = f"<nav>{_in_each(partial(page_name, 'index'), but=language)}</nav>"
    text = as_html("\n\n".join(lines))
    return printable(words["title"], f"{links}\n{text}", language)


def pages(of: Tables) -> dict[str, str]:
    """All pages, by the name of their file."""
    questions = {name: titles(path) for name, path in zip(BY_NOTEBOOK, NOTEBOOKS, strict=True)}
    found = {page_name("index", language): index(questions, language) for language in LANGUAGES}
    found |= answer_key.pages()
    for name, title in questions.items():
        lesson = Lesson(name, of)
        for language in LANGUAGES:
            found[page_name(name, language)] = lesson_page(lesson, title, language)
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
    first = " or ".join(f"{target}/{page_name('index', language)}" for language in LANGUAGES)
    print(f"The lessons, handouts and the key were written: open {first}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
