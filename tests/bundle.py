"""The bundle that is tested: where it is, its notebooks, its pages' commands, and copies of it."""

import re
import shutil
from pathlib import Path

from indicators import editions
from indicators.exercises.course import NOTEBOOKS
from markdown_it import MarkdownIt

__all__ = ["EDITIONS", "NOTEBOOKS", "ROOT"]

ROOT = Path(__file__).resolve().parents[1]
EDITIONS = [ROOT / f"notebooks/{name}.ipynb" for name in editions.names()]  # in all languages


def blocks(page, language):
    """The blocks of code in a page (a path from the top) that are in a language."""
    tokens = MarkdownIt().parse((ROOT / page).read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info == language]


def commands(page):
    """The commands that a page names, without what it says about them."""
    lines = [
        line for block in blocks(page, "sh") for line in block.replace("\\\n  ", "").splitlines()
    ]
    return [re.split(r"\s{2,}#", line)[0] for line in lines if not line.startswith("#")]


def copy_of_bundle(target):
    """Copy data and notebooks, as a student has them, to `target`; none of a reader's own."""
    for part in ("data", "notebooks/indicators"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / part, target / part, ignore=ignored)
    for path in [*EDITIONS, *(ROOT / "notebooks/zh").glob("*.py")]:
        (target / path.relative_to(ROOT)).parent.mkdir(exist_ok=True)
        shutil.copy(path, target / path.relative_to(ROOT))
    return target
