"""Widgets of a cell that runs again close those of the earlier run, and take over their ids."""

from collections.abc import Iterator

import ipywidgets as widgets
from IPython import get_ipython

# by cell: the run in which it made widgets, these, and the ids of those of the run before
_made = {}


def with_parts(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """A widget with all that it is made of."""
    for part in getattr(widget, "children", ()):
        yield from with_parts(part)
    yield from (
        part
        for part in (widget.layout, getattr(widget, "style", None))
        if isinstance(part, widgets.Widget)
    )
    yield widget


def close_parts(widget: widgets.Widget) -> None:
    """Close all that a widget is made of, but not the widget itself."""
    for part in with_parts(widget):
        if part is not widget:
            part.close()


def instead_of_earlier(widget: widgets.Widget) -> str | None:
    """Close what an earlier run of the same cell has made; the id for the widget to take over.

    None for an id of its own. The output of the earlier run has gone, and would else be kept in the
    kernel and in the page. A notebook that was saved before the cell ran again names the earlier
    id: loaded anew, it shows the widget that is alive.
    """
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell, run = parent.get("metadata", {}).get("cellId"), getattr(shell, "execution_count", None)
    if cell is None:
        return None
    before, made, ids = _made.get(cell, (run, [], []))
    if before != run:
        ids = [each.comm.comm_id if each.comm else None for each in made]
        for each in made:
            each.close()
        made = []
    _made[cell] = run, [*made, widget], ids
    return ids[len(made)] if len(made) < len(ids) else None
