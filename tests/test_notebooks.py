"""The rules that every notebook keeps; nbval, beside these tests, checks its outputs."""

import re

import nbformat
import pytest
from conftest import EDITIONS, NOTEBOOKS, ROOT
from indicators import editions
from indicators.exercises.course import BY_NOTEBOOK

MOST_LINES = 12
WORDS_PER_LINE = 8
FORBIDDEN = {
    "a definition": r"^\s*(def|class|async def)\b|\blambda\b.*=|^\w+ = lambda",
    "a shell command or magic": r"^\s*[!%]",
    "the network": r"https?://|urllib|requests",
    "interact": r"\binteract(ive|_manual)?\b",
    "an output area": r"widgets\.Output\b",
    "a suppressed warning": r"warnings\.|simplefilter",
}


@pytest.fixture(params=EDITIONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def notebook(request):
    found = nbformat.read(request.param, as_version=4)
    first, head = code(found)[0], editions.LANGUAGE.format(request.param.parent.name)
    first.source = first.source.removeprefix(head)
    return found


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def lines(cells):
    return [line for cell in cells for line in cell.source.splitlines() if line.strip()]


def test_there_are_notebooks_and_their_names_are_numbered_questions():
    assert NOTEBOOKS
    assert [
        path.name
        for path in NOTEBOOKS
        if not re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*\.ipynb", path.name)
    ] == []


def test_cells_were_run_once_from_top_to_bottom(notebook):
    counts = [cell.execution_count for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_every_code_cell_shows_something_and_no_error(notebook):
    assert [cell.source for cell in code(notebook) if not cell.outputs] == []
    assert [
        cell.source
        for cell in code(notebook)
        for out in cell.outputs
        if out.output_type in ("error", "stream")
    ] == []


def test_a_code_cell_is_short(notebook):
    assert [cell.source for cell in code(notebook) if len(lines([cell])) > MOST_LINES] == []


def test_there_is_more_prose_than_code(notebook):
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    words = re.findall(r"[\u4e00-\u9fff]{1,2}|\w+", prose, re.ASCII)
    assert len(words) >= WORDS_PER_LINE * len(lines(code(notebook)))


def test_a_code_cell_keeps_to_calls(notebook):
    found = [
        (what, line)
        for what, pattern in FORBIDDEN.items()
        for line in lines(code(notebook))
        if re.search(pattern, line)
    ]
    assert found == []


def test_no_output_is_silenced_by_a_semicolon(notebook):
    assert [cell.source for cell in code(notebook) if cell.source.rstrip().endswith(";")] == []


def test_the_notebook_asks_a_question_and_ends_with_what_is_not_shown(notebook):
    first, last = notebook.cells[0], notebook.cells[-1]
    assert re.match(r"# .+[?？]", first.source)
    assert last.cell_type == "markdown"
    assert re.match("## (What is not shown|没有说到的)", last.source)


def test_nothing_is_saved_that_is_not_for_the_reader(notebook):
    text = nbformat.writes(notebook)
    assert "widgets" not in notebook.metadata
    assert not re.search(r"/(root|home|work|tmp|Users)/", text)
    assert len(text.encode()) < 800_000  # it opens at once, and GitHub shows it


def test_every_chart_and_exercise_can_be_seen_without_running_anything(notebook):
    for cell in code(notebook):
        for output in cell.outputs:
            kinds = set(output.get("data", {}))
            assert "application/vnd.jupyter.widget-view+json" not in kinds, (
                "it ends with its kernel"
            )
            if kinds and cell.id.startswith("ask-") or "application/vnd.vegalite.v5+json" in kinds:
                shown = (
                    {"text/markdown"}
                    if cell.id.startswith("ask-")
                    else {"application/vnd.vegalite.v5+json", "image/png"}
                )
                assert shown | {"text/plain"} <= kinds, cell.source


def test_the_readme_lists_the_notebooks_of_the_bundle_in_their_order():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\S+)\]\((\S+)\) \|", readme, re.MULTILINE)
    assert listed == [(path.name, path.relative_to(ROOT).as_posix()) for path in NOTEBOOKS]
    assert [path for path in NOTEBOOKS if not path.is_file()] == []


def test_the_questions_of_a_notebook_have_its_number():
    assert [
        (notebook, name)
        for notebook, asked in BY_NOTEBOOK.items()
        for name in asked
        if name[:2] != notebook[:2]
    ] == []
