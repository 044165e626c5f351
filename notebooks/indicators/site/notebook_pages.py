"""The notebooks with their outputs as HTML in both languages, of which a page shows one."""

import html
import json
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
from IPython.core.formatters import DisplayFormatter
from IPython.display import Markdown

from .. import editions, exercises, explorers, i18n, labels
from ..i18n import LANGUAGES
from . import cells, page_explorers
from .bound_charts import bound_spec
from .site_words import WORDS_OF_SITE, block, for_site, in_each_language, inline

FORMATTER = DisplayFormatter()  # of values that the site has no own way to show
PYTHON = {"name": "python", "pygments_lexer": "ipython3"}
SHELF = '<div class="controls" role="group" aria-label="What the chart shows"></div>'
ONLY_WITH_KERNEL = "jupyterlab"  # the tag of cells that are left out


@dataclass
class Chart:
    """A chart of a page: its Vega-Lite spec, and the HTML above and beneath it."""

    spec: dict[str, Any]
    above: str = ""
    beneath: str = ""


@dataclass
class Living:
    """An explorer of a page: what the page draws it from, its controls, and the HTML beneath it."""

    described: dict[str, Any]
    controls: list[dict[str, Any]]
    beneath: str


def notebook(path: Path) -> nbformat.NotebookNode:
    """A notebook as the site shows it, each of its editions run anew.

    Cells that only make sense beside a kernel are left out; prose and outputs are in both
    languages. Raises CellError for a cell that cannot be shown.
    """
    read = {language: editions.edition(path, language) for language in LANGUAGES}
    made = read["en"]
    made.metadata.language_info = PYTHON  # which other programs leave out
    for each in read.values():
        each.cells = [_kept(cell) for cell in each.cells]
    code, outputs = {}, {}
    heading = _heading(path, made.cells[0])
    for language, each in read.items():
        code = {at: cell for at, cell in enumerate(each.cells, 1) if cell.cell_type == "code"}
        with i18n.speaking(language):
            show = partial(shown, language=language)
            outputs[language] = list(cells.outputs(path, code, show))
    code = {at: cell for at, cell in enumerate(made.cells, 1) if cell.cell_type == "code"}
    for of_each in zip(*(each.cells for each in read.values()), strict=True):
        if of_each[0].cell_type == "markdown":
            texts = {name: cell.source for name, cell in zip(read, of_each, strict=True)}
            of_each[0].source = _prose(texts)
    for (number, cell), *each in zip(code.items(), *outputs.values(), strict=True):
        cell.outputs = [
            nbformat.v4.new_output("display_data", {"text/html": text})
            for text in _texts(path, number, *each)
        ]
        cell.metadata = nbformat.NotebookNode(tags=["hide-input"])
    made.cells[0].source = f"# {heading}\n\n<div class='still'>{block(_note())}</div>"
    return made


def _kept(cell):
    """A cell in the words of the site, with its pictures in its text.

    One that is left out is empty, so that the others keep their numbers.
    """
    if not cell.source.strip() or ONLY_WITH_KERNEL in cell.metadata.get("tags", []):
        return nbformat.v4.new_markdown_cell()
    for name, bundle in cell.pop("attachments", {}).items():
        ((kind, picture),) = bundle.items()
        cell.source = cell.source.replace(f"attachment:{name}", f"data:{kind};base64,{picture}")
    if cell.cell_type == "markdown":
        cell.source = for_site(cell.source)
    return cell


def _prose(texts):
    """Markdown by language as one, of which the page shows one; headings stay headings."""
    if len({*texts.values()}) == 1:
        return texts["en"]
    # in turn what stands between headings, and a heading
    parts = [re.split("(?m)^(#+ .+)$", text) for text in texts.values()]
    pieces = [dict(zip(texts, each, strict=True)) for each in zip(*parts, strict=True)]
    made = []
    for number, piece in enumerate(pieces):
        if number % 2:
            level, _ = piece["en"].split(" ", 1)
            made.append(f"{level} {inline({name: _words(text) for name, text in piece.items()})}")
        else:
            made += [_within(name, text) for name, text in piece.items() if text.strip()]
    return "\n\n".join(made)


def _words(heading):
    return heading.lstrip("# ")


def _within(language, text):
    return f'<div class="{language}" lang="{language}">\n\n{text.strip()}\n\n</div>'


def _heading(path, cell):
    """The question of a notebook in both languages, as its first cell has it."""
    questions = cell.source.removeprefix("# ").split("\n\n")
    if cell.cell_type != "markdown" or len(questions) != len(LANGUAGES):
        wrong = "the first cell is to hold the question, in English and then in Chinese"
        raise cells.CellError(path, 1, wrong)
    return inline(dict(zip(LANGUAGES, questions, strict=True)))


def _texts(path, number, *each):
    """The HTML of what a cell shows, from what it shows in each language."""
    try:
        pairs = list(zip(*each, strict=True))
        return [in_both(dict(zip(LANGUAGES, pair, strict=True))) for pair in pairs]
    except ValueError:
        wrong = "it shows one thing in English and another in Chinese"
        raise cells.CellError(path, number, wrong) from None


def _note():
    """What a page without a kernel can do."""
    return {language: f"<p>{text}</p>" for language, text in in_each_language("still").items()}


def shown(value: Any, language: str) -> Chart | Living | Markdown | str:
    """What a page shows of a value in one language: a chart, an explorer, Markdown or HTML."""
    if isinstance(value, explorers.Explorer):
        described = page_explorers.described(value) if language == "en" else {}
        return Living(described, page_explorers.controls(value), _about(value, language))
    if isinstance(value, alt.TopLevelMixin):
        return Chart(bound_spec(value, language))
    if isinstance(value, exercises.Exercise):
        return Markdown(value.asks)
    return value if isinstance(value, Markdown) else cells.as_html(FORMATTER.format(value)[0])


def _about(explorer, language):
    """The HTML beneath the chart of an explorer: how to read it, and the figures that it draws at
    first as a table or in words."""
    words = WORDS_OF_SITE[language]
    first, *lines = explorer.text.splitlines()
    said = f"<p>{html.escape(first)}</p>"
    if isinstance(explorer, explorers.IndicatorExplorer):
        table = labels.listing(explorer.data, language, sortable=False)
        details = _details(words["as_table"], f"{said}<div class='wide'>{table}</div>")
        return f"{explorer.grammar.value}{details}"
    items = "".join(f"<li>{html.escape(line.removeprefix('- '))}</li>" for line in lines)
    details = _details(words["in_words"], f"{said}<ul>{items}</ul>")
    return f"{explorer.grammar.value}{details}"


def _details(summary, inside):
    return f"<details><summary>{summary}</summary>{inside}</details>"


def in_both(outputs: dict[str, Any]) -> str:
    """The HTML of an output that is given by language.

    Raises ValueError if it is of another kind in one of them.
    """
    (kind,) = {type(output) for output in outputs.values()}
    if kind is Chart:
        return _figure(outputs)
    if kind is Living:
        return _living(outputs)
    if kind is Markdown:
        outputs = {name: cells.MARKDOWN.render(text.data) for name, text in outputs.items()}
    return outputs["en"] if len({*outputs.values()}) == 1 else block(outputs)


def _figure(charts_by_language):
    specs = "".join(
        f'<script type="application/json" lang="{language}">{_json(chart.spec)}</script>'
        for language, chart in charts_by_language.items()
    )
    above = block({language: chart.above for language, chart in charts_by_language.items()})
    beneath = block({language: chart.beneath for language, chart in charts_by_language.items()})
    drawn = f'{specs}{SHELF}<div class="drawn"></div>'
    return (
        f'<figure class="chart"><div class="above">{above}</div>{drawn}'
        f"<figcaption>{beneath}</figcaption></figure>"
    )


def _living(explorers_by_language):
    controls = {language: each.controls for language, each in explorers_by_language.items()}
    about = page_explorers.joined(explorers_by_language["en"].described, controls)
    beneath = {language: each.beneath for language, each in explorers_by_language.items()}
    return (
        '<figure class="chart explorer widget-vbox"><div class="above"></div>'
        f'<script type="application/json">{_json(about)}</script>'
        f'{SHELF}<div class="drawn"></div><div class="saving"></div>'
        f"<figcaption>{block(beneath)}</figcaption></figure>"
    )


def _json(spec):
    """A spec as JSON that may stand in a page."""
    text = json.dumps(spec, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("</", "<\\/")
