"""Editions of notebooks and lessons in other languages, each held part by part to the English one.

An edition is a folder beside the English notebooks, named by its language, with the same notebooks.
A cell has the id of the English cell that it renders, and one with words has the `hash_of` that
cell in its metadata, under `renders`. So have the sections of a lesson, in a line of their own.
Run in `notebooks/`, `python -m indicators.editions` lists what is to be translated again;
`python -m indicators.editions zh/00-start-here.ipynb cell-03` says that a cell is translated, and
`lessons/zh/00-start-here.md Plan` behind it, that a section is.
"""

import argparse
import ast
import hashlib
import itertools
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import nbformat

from .exercises.course import BY_NOTEBOOK
from .exercises.lesson_texts import CODE, FIELD, HANDOUTS, ONCE, Section, note_renders, sections
from .i18n import LANGUAGES

BESIDE_PACKAGE = Path(__file__).parents[1]
LANGUAGE = 'from indicators import i18n\n\ni18n.speak("{}")\n'  # at the top of the first code cell
RENDERS = "renders"
CHANGED = "the English has changed since it was translated"
OTHERS = [each for each in LANGUAGES if each != "en"]  # the languages of the other editions
_ALIKE = {  # what a section has alike in all languages, the first two in any order
    "fields": (FIELD, sorted),
    "addresses": (re.compile(r"<(https?://[^>]+)>"), sorted),
    "minutes": (re.compile(r"^\| (\d+) \|", re.MULTILINE), list),
    "views": (re.compile(r"^### ([A-Z])\. ", re.MULTILINE), list),
}
_FIGURE = re.compile(r"(?<![A-Za-z0-9_.])\d[\d.,]*\s*(?:%|亿|万|元|倍|个百分点)")

Notebook = nbformat.NotebookNode


def hash_of(text: str) -> str:
    """What tells whether the text of a cell or a section is another than it was."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:12]


def faults(english: Notebook, edition: Notebook, language: str) -> Iterator[str]:
    """What of an edition is not as in the English notebook, each beginning with the cell's id.

    Cells that are missing, added, moved or of another kind; words whose English has changed since;
    code that differs in more than its words; figures with a unit that prose states by itself.
    """
    wanted, found = ({cell.id: cell for cell in each.cells} for each in (english, edition))
    yield from _misplaced(wanted, found, "notebook")
    first = next((cell.id for cell in english.cells if cell.cell_type == "code"), None)
    for name in (name for name in wanted if name in found):
        head = LANGUAGE.format(language) if name == first else ""
        yield from (f"{name}: {fault}" for fault in _faults(wanted[name], found[name], head))


def _misplaced(wanted, found, of):
    yield from (f"{name}: is missing" for name in wanted if name not in found)
    yield from (f"{name}: is not in the English {of}" for name in found if name not in wanted)
    both = [name for name in wanted if name in found]
    order = [name for name in found if name in wanted]
    yield from (f"{now}: is moved" for name, now in zip(both, order, strict=True) if name != now)


def _faults(english, cell, head):
    if cell.cell_type != english.cell_type:
        yield f"is {cell.cell_type}, not {english.cell_type}"
        return
    if not cell.source.startswith(head):
        yield f"does not begin with {head!r}"
        return
    source = cell.source.removeprefix(head)
    if cell.cell_type == "code":
        if not _same_code(english.source, source):
            yield "its code differs in more than its words"
    elif typed := [each for each in _FIGURE.findall(source) if each not in english.source]:
        yield f"states {typed[0]} that no cell computes"
    if source != english.source and cell.metadata.get(RENDERS) != hash_of(english.source):
        yield CHANGED
    if cell.cell_type == "markdown" and source == english.source:
        yield "is not translated"


def _same_code(english, other):
    """Whether code differs in its words only."""
    (tree, said, inserted), (tree_too, said_too, inserted_too) = map(_parts, (english, other))
    if (tree, inserted, len(said)) != (tree_too, inserted_too, len(said_too)):
        return False
    return all(one == two or not two.isascii() for one, two in zip(said, said_too, strict=True))


def _parts(source):
    """Code without its strings; these; and, in any order, what its f-strings insert."""
    tree = ast.parse(source)
    inserted = []
    for node in reversed([*ast.walk(tree)]):  # those within others first
        if isinstance(node, ast.JoinedStr):
            for value in (each for each in node.values if isinstance(each, ast.FormattedValue)):
                for text in filter(_is_text, ast.walk(value)):
                    text.value = text.value if re.search(r"[a-z0-9]", text.value, re.I) else ""
                inserted.append(ast.dump(value))
            node.values = []
    said = [node for node in ast.walk(tree) if _is_text(node)]
    strings = [node.value for node in said]
    for node in said:
        node.value = ""
    return ast.dump(tree), strings, sorted(inserted)


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def lesson_faults(english: Mapping[str, Section], edition: Mapping[str, Section]) -> Iterator[str]:
    """What of a lesson's sections is not as in the English ones, each beginning with its heading.

    Sections that are missing, added or moved; whose English has changed since; with other fields,
    addresses, minutes or views, or code that differs in more than its words.
    """
    yield from _misplaced(english, edition, "lesson")
    for heading in (each for each in english if each in edition):
        one, other = english[heading], edition[heading]
        for what, (form, ordered) in _ALIKE.items():
            if ordered(form.findall(one.text)) != ordered(form.findall(other.text)):
                yield f"{heading}: its {what} differ"
        codes = [CODE.findall(each.text) for each in (one, other)]
        if len(codes[0]) != len(codes[1]) or not all(map(_same_code, *codes)):
            yield f"{heading}: its code differs in more than its words"
        if typed := [each for each in _FIGURE.findall(other.text) if each not in one.text]:
            yield f"{heading}: states {typed[0]} that no field computes"
        if other.renders != hash_of(one.text):
            yield f"{heading}: {CHANGED}"


def rendered_sections(name: str, language: str) -> tuple[dict[str, Section], dict[str, Section]]:
    """The sections of an English lesson that are to be rendered, and those that render them.

    The tasks of the handout stand in the English file in each language.
    """
    english, other = sections(name), sections(name, language)
    handout = HANDOUTS[language]
    wanted = {heading: each for heading, each in english.items() if heading not in ONCE}
    given = {handout: english[handout]} if handout in english else {}
    return wanted | {handout: english[HANDOUTS["en"]]}, other | given


def edition(path: Path, language: str) -> Notebook:
    """A notebook in a language, without the lines that set it; in English where it has no other."""
    other = path.parent / language / path.name
    found = nbformat.read(other if language in OTHERS and other.is_file() else path, as_version=4)
    for cell in found.cells:
        cell.source = cell.source.removeprefix(LANGUAGE.format(language))
    return found


def names() -> list[str]:
    """All notebooks of all editions, each as its path in `notebooks/` without its ending."""
    return [
        f"{folder}{name}"
        for folder in ("", *(f"{each}/" for each in OTHERS))
        for name in BY_NOTEBOOK
    ]


def to_translate() -> list[str]:
    """All faults of all editions, each with its file; of missing notebooks, too."""
    found = []
    for language, name in itertools.product(OTHERS, BY_NOTEBOOK):
        file = f"{language}/{name}.ipynb"
        if not (BESIDE_PACKAGE / file).is_file():
            found.append(f"{file} is missing")
            continue
        read = (
            nbformat.read(BESIDE_PACKAGE / each, as_version=4) for each in (f"{name}.ipynb", file)
        )
        found += [f"{file}, cell {fault}" for fault in faults(*read, language)]
    for file, (language, name) in _lessons().items():
        english, other = rendered_sections(name, language)
        for fault in lesson_faults(english, other):
            heading = fault.partition(":")[0]
            where = other[heading].file if heading in other else file
            found.append(f"{where}, section {fault}")
    return found


def _lessons():
    """Language and name of each lesson that renders an English one, by its file."""
    every = itertools.product(OTHERS, BY_NOTEBOOK)
    return {f"lessons/{language}/{name}.md": (language, name) for language, name in every}


def mark_translated(name: str, parts: Sequence[str] | None) -> list[str]:
    """Say that parts of the file `name` render the English ones.

    Cells of a notebook, as `zh/00-start-here.ipynb`, or sections of a lesson, as
    `lessons/zh/00-start-here.md`. None for all that have other words than these. Returns those that
    were marked. Raises ValueError for a file of no edition, and for a part that is not in both.
    """
    others = [*(f"{each}.ipynb" for each in names() if "/" in each), *_lessons()]
    if name not in others:
        raise ValueError(f"{name} is no file of an edition; choose from: {', '.join(others)}")
    return _mark_sections(name, parts) if name in _lessons() else _mark_cells(name, parts)


def _mark_cells(name, cells):
    path = BESIDE_PACKAGE / name
    edition, english = (
        nbformat.read(each, as_version=4) for each in (path, BESIDE_PACKAGE / path.name)
    )
    here, there = ({cell.id: cell for cell in each.cells} for each in (edition, english))
    both = [each for each in here if each in there]
    _check(cells, both, f"{name} has no cell")
    if cells is None:
        cells = [each for each in both if here[each].source != there[each].source]
    for each in cells:
        here[each].metadata[RENDERS] = hash_of(there[each].source)
    nbformat.write(edition, path)
    return list(cells)


def _mark_sections(name, headings):
    language, lesson = _lessons()[name]
    english, other = rendered_sections(lesson, language)
    both = [each for each in english if each in other]
    _check(headings, both, f"{name} has no section")
    marked = both if headings is None else list(headings)
    for each in marked:
        note_renders(other[each].file, each, hash_of(english[each].text))
    return marked


def _check(given, known, trouble):
    if unknown := set(given or ()) - set(known):
        raise ValueError(f"{trouble} {min(unknown)}; choose from: {', '.join(known)}")


def main(given: Sequence[str] | None = None) -> int:
    """List what is to be translated again, once parts are marked; 1 if there is any, or 0."""
    read = argparse.ArgumentParser(
        "python -m indicators.editions",
        description="List what of other editions is to be translated again.",
    )
    read.add_argument("file", nargs="?", help="of which parts are marked as translated")
    read.add_argument("parts", nargs="*", help="ids of cells, or headings of a lesson’s sections")
    read.add_argument("--all", action="store_true", help="mark all its parts")
    asked = read.parse_args(given)
    if asked.file:
        if asked.all == bool(asked.parts):
            read.error("name the parts that are translated, or say --all")
        try:
            marked = mark_translated(asked.file, None if asked.all else asked.parts)
        except ValueError as error:
            read.error(str(error))
        print(f"Marked as translated: {', '.join(marked)}.")
    left = to_translate()
    print("\n".join(left) or "Nothing is to be translated again.")
    return int(bool(left))


if __name__ == "__main__":
    sys.exit(main())
