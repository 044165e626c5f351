"""Editions of the notebooks in other languages, each held cell by cell to the English one.

An edition is a folder beside the English notebooks, named by its language, with the same notebooks.
A cell has the id of the English cell that it renders, and one with words has the `hash_of` that
cell in its metadata, under `renders`. Run in `notebooks/`, `python -m indicators.editions` lists
what is to be translated again; `python -m indicators.editions zh/00-start-here.ipynb cell-03` says
that a cell is translated.
"""

import argparse
import ast
import hashlib
import itertools
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat

from .exercises.course import BY_NOTEBOOK
from .i18n import LANGUAGES

BESIDE_PACKAGE = Path(__file__).parents[1]
LANGUAGE = 'from indicators import i18n\n\ni18n.speak("{}")\n'  # at the top of the first code cell
RENDERS = "renders"
OTHERS = [each for each in LANGUAGES if each != "en"]  # the languages of the other editions
_FIGURE = re.compile(r"(?<![A-Za-z0-9_.])\d[\d.,]*\s*(?:%|亿|万|元|倍|个百分点)")

Notebook = nbformat.NotebookNode


def hash_of(cell: Notebook) -> str:
    """What tells whether the text of a cell is another than it was."""
    return hashlib.sha256(cell.source.strip().encode()).hexdigest()[:12]


def faults(english: Notebook, edition: Notebook, language: str) -> Iterator[str]:
    """What of an edition is not as in the English notebook, each beginning with the cell's id.

    Cells that are missing, added, moved or of another kind; words whose English has changed since;
    code that differs in more than its words; figures with a unit that prose states by itself.
    """
    wanted, found = ({cell.id: cell for cell in each.cells} for each in (english, edition))
    yield from (f"{name}: is missing" for name in wanted if name not in found)
    yield from (f"{name}: is not in the English notebook" for name in found if name not in wanted)
    both = [name for name in wanted if name in found]
    order = [name for name in found if name in wanted]
    yield from (f"{now}: is moved" for name, now in zip(both, order, strict=True) if name != now)
    first = next((cell.id for cell in english.cells if cell.cell_type == "code"), None)
    for name in both:
        head = LANGUAGE.format(language) if name == first else ""
        yield from (f"{name}: {fault}" for fault in _faults(wanted[name], found[name], head))


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
    if source != english.source and cell.metadata.get(RENDERS) != hash_of(english):
        yield "the English has changed since it was translated"
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
    """All faults of all editions, each with its notebook; of missing notebooks, too."""
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
    return found


def mark_translated(name: str, cells: Sequence[str] | None) -> list[str]:
    """Say that cells of the edition `name`, as `zh/00-start-here.ipynb`, render the English ones.

    None for all that have other words than these. Returns the ids of those that were marked. Raises
    ValueError for a notebook of no edition, and for a cell that is not in both notebooks.
    """
    others = [f"{each}.ipynb" for each in names() if "/" in each]
    if name not in others:
        raise ValueError(f"{name} is no notebook of an edition; choose from: {', '.join(others)}")
    path = BESIDE_PACKAGE / name
    edition, english = (
        nbformat.read(each, as_version=4) for each in (path, BESIDE_PACKAGE / path.name)
    )
    here, there = ({cell.id: cell for cell in each.cells} for each in (edition, english))
    both = [each for each in here if each in there]
    if unknown := set(cells or ()) - set(both):
        raise ValueError(f"{name} has no cell {min(unknown)}; choose from: {', '.join(both)}")
    if cells is None:
        cells = [each for each in both if here[each].source != there[each].source]
    for each in cells:
        here[each].metadata[RENDERS] = hash_of(there[each])
    nbformat.write(edition, path)
    return list(cells)


def main(given: Sequence[str] | None = None) -> int:
    """List what is to be translated again, once cells are marked; 1 if there is any, or 0."""
    read = argparse.ArgumentParser(
        "python -m indicators.editions",
        description="List what of other editions is to be translated again.",
    )
    read.add_argument("notebook", nargs="?", help="of which cells are marked as translated")
    read.add_argument("cells", nargs="*", help="their ids")
    read.add_argument("--all", action="store_true", help="mark all its cells")
    asked = read.parse_args(given)
    if asked.notebook:
        if asked.all == bool(asked.cells):
            read.error("name the cells that are translated, or say --all")
        try:
            marked = mark_translated(asked.notebook, None if asked.all else asked.cells)
        except ValueError as error:
            read.error(str(error))
        print(f"Marked as translated: {', '.join(marked)}.")
    left = to_translate()
    print("\n".join(left) or "Nothing is to be translated again.")
    return int(bool(left))


if __name__ == "__main__":
    sys.exit(main())
