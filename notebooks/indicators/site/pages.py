"""The notebooks as notebooks whose outputs are HTML in both languages."""

import ast
import html
import inspect
import json
import re
import types
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

import altair as alt
import nbformat
from IPython.display import Markdown
from markdown_it import MarkdownIt

from .. import charts, checks, exercises, explorers, i18n, labels
from ..i18n import LANGUAGES
from .answers import answering
from .words import WORDS_OF_SITE, block, inline, said

MARKDOWN = MarkdownIt("commonmark").enable("table")
LEFT_OUT = "jupyterlab"  # the tag of cells that only make sense beside a kernel


@contextmanager
def speaking(language):
    """While it lasts, functions that speak English unless told otherwise speak `language`."""
    found = [
        each for module in (charts, checks, explorers, labels, i18n) for each in _functions(module)
    ]
    before = [each.__defaults__ for each in found]
    for each in found:
        names = each.__code__.co_varnames[: each.__code__.co_argcount][-len(each.__defaults__) :]
        each.__defaults__ = tuple(
            language if name == "language" else value
            for name, value in zip(names, each.__defaults__, strict=True)
        )
    try:
        yield
    finally:
        for each, defaults in zip(found, before, strict=True):
            each.__defaults__ = defaults


def _functions(owner):
    """The functions of a module and of its classes that have defaults."""
    for each in vars(owner).values():
        if inspect.isclass(each) and each.__module__ == owner.__name__:
            yield from _functions(each)
        elif (
            isinstance(each, types.FunctionType)
            and each.__defaults__
            and each.__module__.startswith("indicators.")
        ):
            yield each


def results(cells):
    """What each code cell shows, as the value of its last line."""
    scope = {}
    for cell in cells:
        *steps, last = ast.parse(cell.source).body
        exec(compile(ast.Module(steps, []), "notebook", "exec"), scope)
        yield eval(compile(ast.Expression(last.value), "notebook", "eval"), scope)


def shown(value, language):
    """What a value looks like in the page: Markdown, HTML, or a chart as a spec with the HTML above and beneath it."""
    if isinstance(value, explorers.Explorer):
        return Chart(answering(value, language), *_about(value, language))
    if isinstance(value, alt.TopLevelMixin):
        return Chart(answering(value, language))
    if isinstance(value, exercises.Exercise):
        return value.asks
    return value.data if isinstance(value, Markdown) else f"<pre>{html.escape(repr(value))}</pre>"


@dataclass
class Chart:
    """A chart of the page: its Vega-Lite spec, and the HTML above and beneath it."""

    spec: dict
    above: str = ""
    beneath: str = ""


def _about(explorer, language):
    """What stands above and beneath the chart of an explorer: what is drawn, how to read it, and the figures in words."""
    words = WORDS_OF_SITE[language]
    first, *lines = explorer.text.splitlines()
    if isinstance(explorer, explorers.IndicatorExplorer):
        above = "; ".join(explorer.slots.values())
        opened = f"<p>{html.escape(first)}</p><div class='wide'>{labels.listing(explorer.data, language, sortable=False)}</div>"
        return html.escape(
            above
        ), f"{explorer.grammar.value}{explorer.sources.value}{_details(words['as_table'], opened)}"
    items = "".join(f"<li>{html.escape(line.removeprefix('- '))}</li>" for line in lines)
    return (
        "",
        f"{explorer.grammar.value}{_details(words['in_words'], f'<p>{html.escape(first)}</p><ul>{items}</ul>')}",
    )


def _details(summary, inside):
    return f"<details><summary>{summary}</summary>{inside}</details>"


def in_both(outputs):
    """The HTML of an output, given by language; the page shows one."""
    if isinstance(outputs["en"], Chart):
        return _figure(outputs)
    if outputs["en"].startswith("<pre>"):
        return outputs["en"]
    return "".join(_in_both(*parts) for parts in _aligned(*outputs.values()))


def _figure(outputs):
    specs = "".join(
        f'<script type="application/json" lang="{language}">{_json(chart.spec)}</script>'
        for language, chart in outputs.items()
    )
    above, beneath = (
        block({language: getattr(chart, part) for language, chart in outputs.items()})
        for part in ("above", "beneath")
    )
    inside = f'<div class="above">{above}</div>{specs}<div class="controls"></div><div class="drawn"></div>'
    return f'<figure class="chart">{inside}<figcaption>{beneath}</figcaption></figure>'


def _json(spec):
    """A spec as JSON that may stand in a page."""
    return json.dumps(spec, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace(
        "</", "<\\/"
    )


def _aligned(english, chinese):
    """Pieces of a text in both languages: lists and tables, and the prose between them."""
    pairs = zip(english.splitlines(), chinese.splitlines(), strict=True)
    for listed, lines in groupby(pairs, key=lambda pair: pair[0].startswith(("- ", "|"))):
        yield listed, *("\n".join(part) for part in zip(*lines, strict=True))


def _in_both(listed, english, chinese):
    """Lists and tables are figures in words, and have both languages; prose is English."""
    if listed and english != chinese:
        return block({"en": MARKDOWN.render(english), "zh": MARKDOWN.render(_headed(chinese))})
    return MARKDOWN.render(english)


def _headed(lines):
    """A table whose headings a notebook names, with these in Chinese."""
    first, *rest = lines.split("\n")
    return "\n".join(
        [
            re.sub(r"[^|]+", lambda cell: f" {i18n.phrase(cell[0].strip(), 'zh')} ", first)
            if first.startswith("|")
            else first,
            *rest,
        ]
    )


def notebook(path):
    """The notebook of a path as the site shows it: without the cells that need a kernel, each output as HTML in both languages."""
    made = nbformat.read(path, as_version=4)
    made.cells = [cell for cell in made.cells if LEFT_OUT not in cell.metadata.get("tags", [])]
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    outputs = {}
    for language in LANGUAGES:
        with speaking(language):
            outputs[language] = [shown(value, language) for value in results(code)]
    for cell, *each in zip(code, *outputs.values(), strict=True):
        text = in_both(dict(zip(outputs, each, strict=True)))
        cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": text})]
        cell.metadata = nbformat.NotebookNode(tags=["hide-input"])
    made.cells[
        0
    ].source = f"# {inline(dict(zip(LANGUAGES, title(made), strict=True)))}\n\n<div class='still'>{block(_note())}</div>"
    return made


def _note():
    """What a page without a kernel can do, and which language it speaks."""
    still, prose = said("still"), said("prose")
    return {
        language: f"<p>{still[language]}</p>"
        + (f"<p>{prose[language]}</p>" if prose[language] else "")
        for language in LANGUAGES
    }


def title(notebook):
    """The question of a notebook in English and Chinese, as its first cell has it."""
    english, chinese = notebook.cells[0].source.removeprefix("# ").split("\n\n")
    return english, chinese
