"""`python -m indicators.site FOLDER` writes the site into a folder."""

import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
import vl_convert
from sphinx.application import Sphinx

from ..exercises.course import NOTEBOOKS
from ..explorers import live_chart
from ..i18n import LANGUAGES
from . import data_pages, notebook_pages, search_index
from .site_words import block, in_each_language, inline

STATIC = Path(__file__).with_name("static")
SITE_TITLE = "Shaoxing 绍兴 2015–2025"
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
        "announcement": '<span class="languages" role="group" aria-label="Language 语言">'
        f"{SWITCH}</span>"
    },
    "html_favicon": str(STATIC / "icon.svg"),
    "html_css_files": ["site.css"],
    "html_js_files": ["site.js"],
    "html_search_language": "both",
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_use_index": False,
    "html_show_copyright": False,
    "myst_enable_extensions": ["attrs_inline"],
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},
    "nb_code_prompt_show": "Python",
    "nb_code_prompt_hide": "Python",
}
FILES_LEFT_OUT = [".buildinfo", "objects.inv"]  # what only other sites of Sphinx read


def write_sources(folder: Path) -> None:
    """Write all that Sphinx makes the pages of into a folder."""
    for path in NOTEBOOKS:
        nbformat.write(notebook_pages.notebook(path), folder / path.name)
    pages = data_pages.pages() | {"index": _home([path.stem for path in NOTEBOOKS])}
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    script = vl_convert.javascript_bundle(
        "window.vegaEmbed = vegaEmbed;", vl_version=live_chart.VEGA_LITE
    )
    (folder / "vega").mkdir()
    whole = f"(() => {{{script}}})();"
    (folder / "vega" / "vega.js").write_text(whole, encoding="utf-8", newline="\n")


def _home(notebooks):
    def tree(caption, names):
        return f"```{{toctree}}\n:caption: {caption}\n:maxdepth: 1\n\n{chr(10).join(names)}\n```"

    parts = [
        f"# {inline(in_each_language('bundle'))}",
        block(in_each_language("home")),
        tree("Questions · 问题", notebooks),
        tree("Figures · 数据", ["figures", "codebook", "sources"]),
    ]
    return "\n\n".join(parts) + "\n"


def _with_charts(app, page, template, context, doctree):
    """Vega only where there is a chart to draw."""
    if 'class="chart"' in context.get("body", ""):
        app.add_js_file("vega.js", priority=400)


def build(target: Path) -> None:
    """Write the site into the folder `target`, in place of an earlier site there.

    Exits with a message if Sphinx finds a fault in the pages.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "source"), Path(folder, "site")
        source.mkdir()
        write_sources(source)
        paths = {"html_static_path": [str(STATIC), str(source / "vega")]}
        app = Sphinx(
            source,
            None,
            made,
            Path(folder, "doctrees"),
            "html",
            SETTINGS | paths,
            status=None,
            warningiserror=True,
        )
        app.connect("html-page-context", _with_charts)
        app.build()
        if app.statuscode:
            sys.exit("The pages have faults, named above.")
        search_index.index_names(made / "searchindex.js")
        for name in FILES_LEFT_OUT:
            (made / name).unlink()
        if (target / "searchindex.js").exists():
            shutil.rmtree(target)
        shutil.copytree(made, target, ignore=shutil.ignore_patterns("_sources"))


if __name__ == "__main__":
    build(Path(sys.argv[1]))
