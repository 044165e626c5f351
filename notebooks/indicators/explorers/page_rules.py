"""Rules that the kernel and the page both follow; `page_rules.js` has the same in JavaScript.

The cases in `tests/page_rules.json` hold each to the other.
"""

from collections.abc import Mapping, Sequence

from ..charts import PANEL_HEIGHT


def colour_slots(
    before: Sequence[str | None], now: Sequence[str], colours: int
) -> list[str | None]:
    """The series by slot, which is the number of their colour; None where a slot is free.

    A series that stays keeps its slot, and so its colour; one that comes takes the first free
    slot, as does one that had to share a colour. `colours`: how many there are.
    """
    slots = [name if name in now and slot < colours else None for slot, name in enumerate(before)]
    for name in now:
        if name not in slots:
            free = slots.index(None) if None in slots else len(slots)
            slots[free : free + 1] = [name]
    while slots and slots[-1] is None:
        slots.pop()
    return slots


def is_logarithmic(scale: str, view: str, values: Sequence[float]) -> bool:
    """Whether heights are logarithms.

    Only where it is asked for, of levels and indices, and of figures above zero alone.
    """
    on_levels = view in ("levels", "index")
    return scale == "log" and on_levels and len(values) > 0 and all(value > 0 for value in values)


def stands_apart(view: str, logarithmic: bool, sizes: Sequence[tuple[str, str, float]]) -> bool:
    """Whether places would lie flat in one panel, so that each needs its own.

    `sizes`: panel, place and value of each figure. Only amounts do, on a scale that is not one of
    logarithms: where the largest of one place is more than 20 times that of another.
    """
    if logarithmic or view not in ("levels", "totals"):
        return False
    largest: dict[str, dict[str, float]] = {}
    for panel, place, value in sizes:
        of_panel = largest.setdefault(panel, {})
        of_panel[place] = max(abs(value), of_panel.get(place, 0))
    tops = [list(of_panel.values()) for of_panel in largest.values()]
    return any(max(of_places) > 20 * min(of_places) for of_places in tops)


def panel_height(panels: int) -> int:
    """The height of each of so many panels in pixels: two or three fit a laptop's screen."""
    return PANEL_HEIGHT if panels < 2 else max(110, 430 // panels - 50)


def needed_parts(
    kinds: Sequence[Sequence[str]], params: Mapping[str, object]
) -> list[list[list[object]]]:
    """The keys of the parts of the figures that a choice needs.

    `kinds`: for each kind of part the names that make its key, of `indicator`, `place` and the
    parameters in `params`, which has the indicators as `chosen` and the places as `places`.
    Returns for each chosen indicator and place the key of every kind.
    """
    by_indicator = any("indicator" in kind for kind in kinds)
    indicators = dict.fromkeys(params["chosen"]) if by_indicator else [None]
    return [
        [[{**params, "indicator": slug, "place": place}[name] for name in kind] for kind in kinds]
        for slug in indicators
        for place in dict.fromkeys(params["places"])
    ]
