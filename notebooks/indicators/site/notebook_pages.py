"""The notebooks with their outputs as HTML in both languages, of which a page shows one."""

import ast
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
from IPython.display import Markdown
from markdown_it import MarkdownIt

from .. import exercises, explorers, i18n, labels
from ..i18n import LANGUAGES
from .bound_charts import bound_spec
from .site_words import WORDS_OF_SITE, block, in_each_language, inline

MARKDOWN = MarkdownIt("commonmark").enable("table")
ONLY_WITH_KERNEL = "jupyterlab"  # the tag of cells that are left out


@dataclass
class Chart:
    """A chart of a page: its Vega-Lite spec, and the HTML above and beneath it."""

    spec: dict[str, Any]
    above: str = ""
    beneath: str = ""


def notebook(path: Path) -> nbformat.NotebookNode:
    """A notebook as the site shows it, run anew in each language.

    Cells that only make sense beside a kernel are left out; each output is HTML in both languages.
    """
    made = nbformat.read(path, as_version=4)
    made.cells = [
        cell for cell in made.cells if ONLY_WITH_KERNEL not in cell.metadata.get("tags", [])
    ]
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    outputs = {}
    for language in LANGUAGES:
        with i18n.speaking(language):
            outputs[language] = [shown(value, language) for value in results(code)]
    for cell, *each in zip(code, *outputs.values(), strict=True):
        text = in_both(dict(zip(outputs, each, strict=True)))
        cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": text})]
        cell.metadata = nbformat.NotebookNode(tags=["hide-input"])
    heading = inline(dict(zip(LANGUAGES, titles(made), strict=True)))
    made.cells[0].source = f"# {heading}\n\n<div class='still'>{block(_note())}</div>"
    return made


def titles(notebook: nbformat.NotebookNode) -> tuple[str, str]:
    """The question of a notebook in English and Chinese, as its first cell has it."""
    english, chinese = notebook.cells[0].source.removeprefix("# ").split("\n\n")
    return english, chinese


def _note():
    """What a page without a kernel can do, and which language its prose has."""
    still, prose = in_each_language("still"), in_each_language("prose")
    return {
        language: "".join(f"<p>{text}</p>" for text in (still[language], prose[language]) if text)
        for language in LANGUAGES
    }


def results(cells: Iterable[nbformat.NotebookNode]) -> Iterator[Any]:
    """Run code cells in one scope; what each of them shows, as the value of its last line."""
    scope = {}
    for cell in cells:
        *steps, last = ast.parse(cell.source).body
        exec(compile(ast.Module(steps, []), "notebook", "exec"), scope)
        yield eval(compile(ast.Expression(last.value), "notebook", "eval"), scope)


def shown(value: Any, language: str) -> Chart | str:
    """What a page shows of a value in one language: a chart, Markdown or HTML."""
    if isinstance(value, explorers.Explorer):
        above, beneath = _about(value, language)
        return Chart(bound_spec(value, language), above, beneath)
    if isinstance(value, alt.TopLevelMixin):
        return Chart(bound_spec(value, language))
    if isinstance(value, exercises.Exercise):
        return value.asks
    return value.data if isinstance(value, Markdown) else f"<pre>{html.escape(repr(value))}</pre>"


def _about(explorer, language):
    """The HTML above and beneath the chart of an explorer.

    It says what is drawn, how to read it, and the figures as a table or in words.
    """
    words = WORDS_OF_SITE[language]
    first, *lines = explorer.text.splitlines()
    said = f"<p>{html.escape(first)}</p>"
    if isinstance(explorer, explorers.IndicatorExplorer):
        table = labels.listing(explorer.data, language, sortable=False)
        details = _details(words["as_table"], f"{said}<div class='wide'>{table}</div>")
        above = html.escape("; ".join(explorer.slots.values()))
        return above, f"{explorer.grammar.value}{explorer.sources.value}{details}"
    items = "".join(f"<li>{html.escape(line.removeprefix('- '))}</li>" for line in lines)
    details = _details(words["in_words"], f"{said}<ul>{items}</ul>")
    return "", f"{explorer.grammar.value}{details}"


def _details(summary, inside):
    return f"<details><summary>{summary}</summary>{inside}</details>"


def in_both(outputs: dict[str, Chart] | dict[str, str]) -> str:
    """The HTML of an output that is given by language."""
    if isinstance(outputs["en"], Chart):
        return _figure(outputs)
    if outputs["en"].startswith("<pre>"):
        return outputs["en"]
    return "".join(_in_both(*parts) for parts in _aligned(*outputs.values()))


def _figure(charts_by_language):
    specs = "".join(
        f'<script type="application/json" lang="{language}">{_json(chart.spec)}</script>'
        for language, chart in charts_by_language.items()
    )
    above = block({language: chart.above for language, chart in charts_by_language.items()})
    beneath = block({language: chart.beneath for language, chart in charts_by_language.items()})
    drawn = f'{specs}<div class="controls"></div><div class="drawn"></div>'
    return (
        f'<figure class="chart"><div class="above">{above}</div>{drawn}'
        f"<figcaption>{beneath}</figcaption></figure>"
    )


def _json(spec):
    """A spec as JSON that may stand in a page."""
    text = json.dumps(spec, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("</", "<\\/")


def _aligned(english, chinese):
    """Pieces of a text in both languages: lists and tables, and the prose between them."""
    pairs = zip(english.splitlines(), chinese.splitlines(), strict=True)
    for listed, lines in groupby(pairs, key=lambda pair: pair[0].startswith(("- ", "|"))):
        yield listed, *("\n".join(part) for part in zip(*lines, strict=True))


def _in_both(listed, english, chinese):
    """The HTML of a piece: lists and tables are figures, in both languages; prose is English."""
    if listed and english != chinese:
        return block({"en": MARKDOWN.render(english), "zh": MARKDOWN.render(_headed(chinese))})
    return MARKDOWN.render(english)


def _headed(lines):
    """A table in Markdown, its headings (which may be those of the notebook) in Chinese."""
    head, *rest = lines.split("\n")
    if head.startswith("|"):
        head = re.sub(r"[^|]+", lambda cell: f" {i18n.phrase(cell[0].strip(), 'zh')} ", head)
    return "\n".join([head, *rest])
