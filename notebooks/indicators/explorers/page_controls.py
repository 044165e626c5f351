"""What the page does for the controls of a form, as for those of explorers: their keys and looks.

The controls keep the keys that are pressed in them, which are else JupyterLab's shortcuts, and can
be read in narrow windows and in every theme.
"""

from pathlib import Path

import anywidget

SCRIPT, STYLE = (
    Path(__file__).with_suffix(ending).read_text(encoding="utf-8") for ending in (".js", ".css")
)


class PageControls(anywidget.AnyWidget):
    """Shows nothing: a child of the box whose controls the page is to look after."""

    _css = STYLE
    _esm = f"""{SCRIPT}
        const render = ({{ el }}) => {{
            el.hidden = true;
            return lookAfterControls(el);
        }};
        export default {{ render }};"""
