"""A form whose controls keep the keys that are pressed in them, as those of explorers do."""

from pathlib import Path

import anywidget

SCRIPT = Path(__file__).with_suffix(".js")


class KeyGuard(anywidget.AnyWidget):
    """Shows nothing: a child of the box whose controls it guards from JupyterLab's shortcuts."""

    _esm = SCRIPT.read_text(encoding="utf-8") + (
        "export default { render: ({ el }) => (el.hidden = true, guardAround(el)) };"
    )
