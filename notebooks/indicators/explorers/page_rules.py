"""Rules that the kernel and the page both follow; `page_rules.js` has the same in JavaScript.

The cases in `tests/page_rules.json` hold each to the other.
"""

from collections.abc import Mapping, Sequence

from ..charts import PANEL_HEIGHT


def series_looks(
    series: Mapping[str, Sequence[int]],
    drawn: Sequence[Sequence[str]],
    colours: int,
    apart: bool = False,
) -> dict[str, list[int]]:
    """The numbers of the colour and of the dash of each series, by name.

    They follow from what is chosen alone. Colour says the place, unless some panel has more
    indicators than there are places, or places stand `apart`; the dash says the other where both
    vary in a panel. `series`: for each the numbers of its indicator and of its place in the table;
    `drawn`: series and panel of each figure, which no place needs to keep its colour. Of those that
    would share one of `colours` the later takes the next free one.
    """
    panels: dict[str, list[str]] = {}
    for name, panel in drawn:
        panels.setdefault(panel, []).append(name)
    indicators = (len({series[name][0] for name in names}) for names in panels.values())
    places = 1 if apart else len({place for _, place in series.values()})
    told = 1 if 1 < places >= max([1, *indicators]) else 0  # by the colour
    free, colour = list(range(colours)), {}
    for number in sorted({numbers[told] for numbers in series.values()}):
        free = free or list(range(colours))
        wanted = number % colours
        colour[number] = min(free, key=lambda each: (each - wanted) % colours)
        free.remove(colour[number])
    looks = {name: [colour[numbers[told]], 0] for name, numbers in series.items()}
    for names in panels.values():
        others = sorted({series[name][1 - told] for name in names})
        for name in names:
            looks[name][1] = max(looks[name][1], others.index(series[name][1 - told]))
    return looks


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
