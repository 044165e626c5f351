"""The names of series at the right of a panel, none of which touches another."""

import altair as alt

from .marks import IS_PRINTED, Layers
from .style import INK, colour_of_series, dash_of_series

NAME_LIMIT = 300  # pixels of a series' name


def series_names(y: alt.Y) -> Layers:
    """The name of each series at the right of its last figure, beside a piece of its line.

    With the parameter `keyed` they stand elsewhere.
    """
    last = _apart(_last_of_series().transform_filter("!keyed"))
    key, end, beside = (alt.value(alt.expr(f"plot + {right}")) for right in (4, 24, 29))
    piece = last.mark_rule(strokeWidth=3, aria=False, tooltip=None)
    text = {"align": "left", "baseline": "middle", "lineBreak": "\n", "limit": NAME_LIMIT}
    name = last.mark_text(**text, color=INK, aria=False)
    return [
        piece.encode(x=key, x2=end, y=y, color=colour_of_series(), strokeDash=dash_of_series()),
        name.encode(x=beside, y=y, text="Name:N"),
    ]


def _last_of_series() -> alt.Chart:
    """The last figure of each series in each panel."""
    last = alt.Chart().transform_filter(IS_PRINTED)
    from_latest = [alt.SortField("end", order="descending")]
    last = last.transform_window(back="row_number()", groupby=["panel", "series"], sort=from_latest)
    return last.transform_filter("datum.back == 1")


def _apart(names: alt.Chart) -> alt.Chart:
    """`names` (records with `y`) moved down where they would touch the name above.

    In pixels from the top, a name starts at least where all names above it end (`depth`). None is
    beneath the panel, whose axis would be longer then: where there is no room for them all
    (`total`), each is on one line, and in the end they stand closer.
    """
    panel = ["panel"]
    tall = "13 * length(split(datum.Name, '\\n')) + 3"
    names = names.transform_calculate(tall=tall)
    names = names.transform_joinaggregate(total="sum(tall)", groupby=panel)
    one_line = "replace(datum.Name, '\\n', datum.language == 'zh' ? '' : ' ')"
    names = names.transform_calculate(Name=f"datum.total > tall ? {one_line} : datum.Name")
    names = names.transform_calculate(tall=tall)
    names = names.transform_joinaggregate(total="sum(tall)", groupby=panel)
    names = names.transform_calculate(
        pixel="(datum.highest - datum.lowest) / max(tall, datum.total)"
    )
    down = [alt.SortField("y", order="descending"), alt.SortField("series")]
    names = names.transform_window(depth="sum(tall)", groupby=panel, sort=down, frame=[None, 0])
    names = names.transform_calculate(lift="datum.y + (datum.depth - datum.tall) * datum.pixel")
    names = names.transform_window(kept="min(lift)", groupby=panel, sort=down, frame=[None, 0])
    spaced = "datum.kept - (datum.depth - datum.tall) * datum.pixel"
    least = "datum.lowest + (datum.total - datum.depth) * datum.pixel"
    return names.transform_calculate(y=f"max({spaced}, {least})")
