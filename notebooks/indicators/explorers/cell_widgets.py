"""Widgets of a cell that runs again close those of the earlier run, and take over their ids."""

from collections.abc import Container, Iterator

import ipywidgets as widgets
from IPython import get_ipython

from ..charts import front_end

# by page and cell: the run in which it made widgets, these, and the ids of those of the run before;
# each notebook in a browser is a page of its own, and a copy of a notebook has the same cells
_made = {}


def with_parts(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """A widget with all that it is made of."""
    for part in getattr(widget, "children", ()):
        yield from with_parts(part)
    yield from (
        part
        for part in (getattr(widget, "layout", None), getattr(widget, "style", None))
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
    asked = front_end.request()
    cell, run = asked.get("metadata", {}).get("cellId"), _run()
    if cell is None:
        return None
    key = asked["header"].get("session"), cell
    before, made, ids = _made.get(key, (run, [], []))
    if before != run:
        ids = [_id(each) for each in made]
        for each in made:
            each.close()
        made = []
    _made[key] = run, [*made, widget], ids
    return ids[len(made)] if len(made) < len(ids) else None


def moved_to(page: str, ids: Container[str]) -> None:
    """Say that a page has the widgets of these ids now: it was loaded anew."""
    for key, entry in list(_made.items()):
        _, made, _ = entry
        if any(_id(each) in ids for each in made):
            _made[page, key[1]] = _made.pop(key, entry)


def _run():
    return getattr(get_ipython(), "execution_count", None)


def _id(widget):
    """The id that the page knows a widget by; none of one that was never sent."""
    return widget.comm.comm_id if widget.comm else None
