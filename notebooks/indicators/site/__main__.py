"""`python -m indicators.site FOLDER` writes the site into a folder."""

import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from sphinx.application import Sphinx

from ..exercises.course import NOTEBOOKS
from ..explorers import tick_list
from ..i18n import LANGUAGES
from . import (
    cells,
    data_pages,
    folder,
    home,
    notebook_pages,
    page_explorers,
    page_figures,
    search_index,
    site_words,
)

STATIC = Path(__file__).with_name("static")
SITE_TITLE = "Shaoxing 2015–2025"  # in Chinese: `site_words.CHINESE`
SWITCH = "".join(
    f'<button type="button" data-language="{language}" lang="{language}">{name}</button>'
    for language, name in LANGUAGES.items()
)
SETTINGS = {
    "project": SITE_TITLE,
    "html_title": SITE_TITLE,
    "extensions": ["myst_nb", "indicators.site.search_index"],
    "root_doc": "index",
    "html_theme": "furo",
    "html_theme_options": {
        "announcement": '<span class="languages" role="group" aria-label="Language">'
        f"{SWITCH}</span>"
    },
    "html_favicon": str(STATIC / "icon.svg"),
    "html_css_files": ["tick_list.css", "site.css"],
    "html_js_files": ["words.js", "site.js", "search.js"],
    "html_search_language": "both",
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_use_index": False,
    "html_show_copyright": False,
    "myst_enable_extensions": ["attrs_inline"],
    # JupyterLab takes headings of any level, and code of any language, too.
    "suppress_warnings": ["myst.header", "misc.highlighting_failure"],
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},
    "nb_code_prompt_show": "Python",
    "nb_code_prompt_hide": "Python",
}
PICTURE_ENDINGS = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"}
WRITTEN = "scripts"  # the folder of what is written for pages
FILES_LEFT_OUT = [".buildinfo", "objects.inv"]  # what only other sites of Sphinx read


def write_sources(target: Path) -> None:
    """Write all that Sphinx makes the pages of into a folder.

    Raises CellError for a cell that cannot be shown.
    """
    for path in NOTEBOOKS:
        nbformat.write(notebook_pages.notebook(path), target / path.name)
    _copy_pictures(NOTEBOOKS[0].parent, target)
    pages = data_pages.pages() | {"index": home.page([path.stem for path in NOTEBOOKS])}
    for name, text in pages.items():
        (target / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    _write_scripts(target / WRITTEN)


def _write_scripts(folder):
    """Write what pages load: words, what draws charts, and the figures that explorers share."""
    folder.mkdir()
    scripts = {"vega.js": page_explorers.page_script(), "tick_list.css": tick_list.STYLE}
    scripts["words.js"] = f"const CHINESE = {json.dumps(site_words.CHINESE, ensure_ascii=False)};\n"
    for name, content in page_figures.shared_files().items():
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        scripts[f"figures-{name}.js"] = f"sharedFigures['{name}'] = {text};\n"
    for name, text in scripts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _copy_pictures(origin, target):
    """Copy what the text of a notebook may show."""
    for path in (path for path in origin.rglob("*.*") if path.suffix.lower() in PICTURE_ENDINGS):
        copy = target / path.relative_to(origin)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def _with_charts(app, page, template, context, doctree):
    """Vega only where there is a chart to draw."""
    if 'class="chart' in context.get("body", ""):
        app.add_js_file("vega.js", priority=400)


def build(target: Path) -> None:
    """Write the site into the folder `target`, in place of an earlier site there.

    Raises CellError for a cell that cannot be shown, FolderError for files of others that would be
    written over; exits with a message if Sphinx finds a fault in the pages.
    """
    found = [f"{path.stem}.html" for path in NOTEBOOKS]
    folder.check(target, ["index.html", *found])  # before it takes its time
    with tempfile.TemporaryDirectory() as temporary:
        source, made = Path(temporary, "source"), Path(temporary, "site")
        source.mkdir()
        write_sources(source)
        warnings = io.StringIO()
        paths = {"html_static_path": [str(STATIC), str(source / WRITTEN)]}
        app = Sphinx(
            source,
            None,
            made,
            Path(temporary, "doctrees"),
            "html",
            SETTINGS | paths,
            status=None,
            warning=warnings,
            warningiserror=True,
        )
        app.connect("html-page-context", _with_charts)
        app.build()
        if app.statuscode:
            sys.exit(f"{cells.named(warnings.getvalue(), source)}{cells.CURE}")
        search_index.complete(made / "searchindex.js", data_pages.found_by_number())
        for name in FILES_LEFT_OUT:
            (made / name).unlink()
        shutil.rmtree(made / "_sources")
        (made / ".nojekyll").touch()  # GitHub Pages would else leave _static/ out
        folder.put(made, target)


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]).expanduser())
    except (cells.CellError, folder.FolderError) as error:
        sys.exit(str(error))
