"""A chart as a picture to take home: a title above it, beneath it the key of its marks and sources.

The drawing is that of the chart; what is around it is wrapped to its width. Sizes: as the chart is
(`None`), `column` (for a column of a printed page, in millimetres) and `slide` (16:9, large type).
"""

import html
import io
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from . import renderer
from .marks import BREAK, UPRIGHT_BAR
from .records import Record
from .style import COLOURS, DASHES, broken

PICTURE_SIZES = ("column", "slide")
PRINTED_WIDTH = 88  # mm
PER_MM, DPI = 96 / 25.4, 300  # pixels of a drawing, and dots of a printed picture
SLIDE = 16 / 9, 640, 800, 960, 1280  # width by height; widths in pixels, of which the first fits
PANEL_HEAD = "mark-text role-title-text"  # the class of what each panel has one of
EDGE, BETWEEN = 8, 10  # pixels around the picture, and between its parts
TITLE_SIZE, SMALL = 15, 10  # font sizes
USUAL_SCALE, SLIDE_SCALE = 2, 1920  # pixels of a PNG: by pixel of the drawing; across a slide
MOST_LINES = {None: 99, "column": 4, "slide": 2}  # of sources
PAPER_INK, PAPER_SOFT = "#222222", "#595959"
FEWEST, BESIDE_PLOT = 70, 62  # pixels of a panel's height; of the axis and the edges of a column
FAMILY = f'font-family="{renderer.FAMILIES}"'
KEY_WIDTH = 26  # pixels of a mark in the key
_OF_YEAR = {"outcome", "inexact", "estimate", "target"}


class Said(NamedTuple):
    """What stands around a chart.

    `series`: names with the numbers of their colour and dash, for a picture without room beside the
    chart. `marks`: words of the key with the name of the mark (as from `drawn_marks`), or None.
    `sources`: the line of sources, from the longest to the shortest wording.
    """

    title: str
    series: Sequence[tuple[str, Sequence[int]]]
    marks: Sequence[tuple[str | None, str]]
    sources: Sequence[str]


class Picture(NamedTuple):
    """The contents of an SVG, its width and height in pixels, and its size."""

    inside: str
    width: float
    height: float
    size: str | None

    @property
    def svg(self) -> str:
        """The text of an SVG file, with the part of the font that it needs."""
        return renderer.with_font(self._whole(PER_MM if self.size == "column" else 0))

    @property
    def png(self) -> bytes:
        """A PNG, which a page of text shows in its size."""
        scale = USUAL_SCALE
        if self.size:
            dots = PRINTED_WIDTH * DPI / 25.4 if self.size == "column" else SLIDE_SCALE
            scale = dots / self.width
        dpi = DPI if self.size == "column" else 96 * scale
        return renderer.png_of(self._whole(), scale, dpi)

    def _whole(self, per_mm=0):
        """The SVG; with `per_mm` it is as wide as a column."""
        width, height = self.width, self.height
        shown = (f'width="{width:g}" height="{height:g}"',)
        if per_mm:
            shown = (f'width="{PRINTED_WIDTH}mm" height="{PRINTED_WIDTH * height / width:.2f}mm"',)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'version="1.1" {shown[0]} viewBox="0 0 {width:g} {height:g}">'
            f'<rect width="{width:g}" height="{height:g}" fill="white"/>{self.inside}</svg>'
        )


def drawn_marks(figures: Iterable[Record], first: int) -> list[str]:
    """The names of the marks of records as from `in_views`, in the order of a key.

    `first`: the first year drawn, before which no gap begins.
    """
    found = {name for each in figures for name in _marks_of(each, first)}
    return [name for name in GLYPHS if name in found]


def _marks_of(figure, first):
    status, bound = figure["status"], figure["bound"]
    if status == "pace":
        return ["pace"]
    if status in ("implied", "computed"):
        kind = "derived"
    elif figure["start"] != figure["end"]:
        kind = "span" if status == "actual" else "aimed span"
    else:
        kind = "inexact" if status == "actual" and bound != "exact" else status
        kind = "outcome" if kind == "actual" else kind
    ends = {"at_least": "up", "more_than": "up", "at_most": "down", "less_than": "down"}
    found = [kind, *([ends[bound]] if bound in ends else [])]
    if figure.get("since") is not None and figure["since"] >= first:
        found.append("break" if figure["broken"] else "gap")
    return [*found, *(["wrong"] if "(!)" in figure["Label"] else [])]


def _point(outline, filled=False):
    fill = PAPER_INK if filled else "white"
    return f'<path d="{outline}" fill="{fill}" stroke="{PAPER_INK}" stroke-width="1.5"/>'


def _line(look):
    return f'<path d="M-10,0H10" fill="none" stroke="{PAPER_INK}" {look}/>'


def _arrow(down):
    """An arrow of the key, up (-1) or down (1)."""
    return (
        f'<path d="M0,{-6 * down}V{6 * down}M-3.5,{2 * down}L0,{6 * down}L3.5,{2 * down}" '
        f'fill="none" stroke="{PAPER_INK}" stroke-width="1.3"/>'
    )


_CIRCLE = "M4,0A4,4,0,1,1,-4,0A4,4,0,1,1,4,0Z"
GLYPHS = {  # how each mark is drawn in the key, around its middle
    "outcome": _point(_CIRCLE, filled=True),
    "inexact": _point(_CIRCLE),
    "estimate": _point("M-4,-4H4V4H-4Z"),
    "target": _point("M0,-5.5L5.5,0L0,5.5L-5.5,0Z"),
    "span": _line('stroke-width="5" stroke-opacity="0.55"'),
    "aimed span": _line('stroke-width="5" stroke-dasharray="3,4" stroke-opacity="0.8"'),
    "derived": f'<path d="{UPRIGHT_BAR}" transform="scale(5)" fill="none" stroke="{PAPER_INK}" '
    'stroke-width="0.3"/>',
    "up": _arrow(-1),
    "down": _arrow(1),
    "pace": _line('stroke-width="1.5" stroke-dasharray="5,4"'),
    "gap": _line('stroke-width="1.5" stroke-dasharray="1.5,3"'),
    "break": f'<path d="{BREAK}" transform="scale(5)" fill="none" stroke="{PAPER_INK}" '
    'stroke-width="0.3"/>',
    "wrong": f'<text {FAMILY} font-size="{SMALL}px" fill="{PAPER_INK}" text-anchor="middle" '
    'transform="translate(0,4)">(!)</text>',
}


def picture(spec: dict[str, Any], said: Said, size: str | None = None) -> Picture:
    """The picture of a chart, whose spec has no title, with what is said around it.

    Raises ValueError for a size that is not one of `PICTURE_SIZES`.
    """
    if size is not None and size not in PICTURE_SIZES:
        raise ValueError(f"unknown size {size!r}; choose from: {', '.join(PICTURE_SIZES)}, None")
    if size != "slide":
        inner, wide, tall = _drawn(_fitted(spec, size))
        width = wide + 2 * EDGE
        if size == "column":
            width = max(width, PRINTED_WIDTH * PER_MM)
        inside, height = _around(inner, tall, said, width, size)
        return Picture(inside, round(width, 2), round(height, 2), size)
    return _slide(spec, said)


def _slide(spec, said):
    """A slide: panels as high as the texts leave room, on a larger sheet where that is little."""
    ratio, *widths = SLIDE
    for width in widths:
        height, room = width / ratio, width - 2 * EDGE
        fitted = _with(spec, {"pane": room})
        inner, wide, tall = _drawn(fitted)
        if wide > room:
            fitted = _with(spec, {"pane": 2 * room - wide})
            inner, wide, tall = _drawn(fitted)
        _, needed = _around(inner, tall, said, width, "slide")
        high = _values(spec).get("tall", 0) + (height - needed) / max(1, inner.count(PANEL_HEAD))
        if "tall" in _values(spec) and high >= FEWEST and wide <= room + 1:
            fitted = _with(fitted, {"tall": int(high)})
            fitted |= {"spec": spec["spec"] | {"height": int(high)}}
            inner, wide, tall = _drawn(fitted)
            break
        if needed <= height and wide <= room:
            break
    width = max(width, wide + 2 * EDGE)
    inside, needed = _around(inner, tall, said, width, "slide")
    width = round(max(width, needed * ratio))
    return Picture(inside, width, round(width / ratio, 2), "slide")


def _values(spec):
    return {param["name"]: param.get("value") for param in spec["params"]}


def _with(spec, values):
    """A spec whose parameters have these values in place of their own value or expression."""
    params = [
        {"name": each["name"], "value": values[each["name"]]} if each["name"] in values else each
        for each in spec["params"]
    ]
    return spec | {"params": params}


def _fitted(spec, size):
    """The spec with its plot as wide as a column, if it can be; names then stand above it."""
    if size != "column":
        return spec
    if "keyed" not in _values(spec):
        return _with(spec, {"pane": int(PRINTED_WIDTH * PER_MM)})  # as narrow as it can be
    return _with(
        spec, {"keyed": True, "plot": int(PRINTED_WIDTH * PER_MM) - 2 * EDGE - BESIDE_PLOT}
    )


def _drawn(spec):
    """The drawing of a spec without its outer element, and its width and height."""
    text = renderer.svg(spec)
    head, inside = re.fullmatch(r"(<svg[^>]*>)(.*)</svg>", text, re.DOTALL).groups()
    wide, tall = (float(re.search(rf'{name}="([\d.]+)"', head)[1]) for name in ("width", "height"))
    return inside, wide, tall


def _around(inner, tall, said, width, size):
    """The inside of a picture with the texts around a drawing, and the height that it takes."""
    room, parts, down = width - 2 * EDGE, [], EDGE
    lines = broken(said.title, room, _measure(TITLE_SIZE, 1.06)).split("\n") if said.title else []
    for line in lines:
        down += TITLE_SIZE + 4
        parts.append(_text(line, EDGE, down - 4, TITLE_SIZE, PAPER_INK, bold=True))
    down += BETWEEN if lines else 0
    if size == "column":
        for name, look in said.series:
            parts.append(_piece(look, EDGE, down + 6))
            for line in broken(name, room - 30, _measure(SMALL + 1)).split("\n"):
                down += SMALL + 5
                parts.append(_text(line, EDGE + 28, down - 5, SMALL + 1, PAPER_INK))
        down += BETWEEN if said.series else 0
    parts.append(f'<g transform="translate({EDGE},{down:g})">{inner}</g>')
    down += tall + BETWEEN
    key, down = _key(said.marks, room, down)
    below = [
        broken(text, room, _measure(SMALL)).split("\n") for text in said.sources if text.strip()
    ]
    fitting = [lines for lines in below if len(lines) <= MOST_LINES[size]]
    parts += key
    for line in (fitting or below[-1:] or [[]])[0]:
        down += SMALL + 4
        parts.append(_text(line, EDGE, down - 4, SMALL, PAPER_SOFT))
    return "".join(parts), down + EDGE


def _key(marks, room, down):
    """The marks of the key with their words, in lines that fit, and where they end."""
    parts, left = [], 0.0
    measure = _measure(SMALL)
    for name, words in marks:
        before = KEY_WIDTH if name else 0
        for number, line in enumerate(broken(words, room - before, measure).split("\n")):
            wide = before + measure(line) + 14
            if left and (left + wide - 14 > room or number):
                down, left = down + SMALL + 5, 0.0
            if name and not number:
                at = f"translate({EDGE + left + 11:g},{down + 6:g})"
                parts.append(f'<g transform="{at}">{GLYPHS[name]}</g>')
            parts.append(_text(line, EDGE + left + before, down + SMALL, SMALL, PAPER_SOFT))
            left += wide
    return parts, down + (SMALL + 9 if marks else 0)


def _piece(look, x, y):
    """A piece of the line of a series."""
    colour, dash = look
    dashes = ",".join(map(str, DASHES[dash % len(DASHES)])) if dash else "none"
    stroke = COLOURS[colour % len(COLOURS)]
    return (
        f'<path d="M0,0H20" transform="translate({x},{y:g})" fill="none" stroke="{stroke}" '
        f'stroke-width="3" stroke-dasharray="{dashes}"/>'
    )


def _text(line, x, y, size, colour, bold=False):
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text transform="translate({x:g},{y:g})" {FAMILY} '
        f'font-size="{size}px" fill="{colour}"{weight}>{html.escape(line)}</text>'
    )


@cache
def _measure(size, wider=1.0):
    """A function from a text to its width in pixels, in the font of the bundle."""
    from PIL import ImageFont  # where a picture is drawn

    font = ImageFont.truetype(io.BytesIO(renderer.FONT.read_bytes()), 100)
    return lambda text: font.getlength(text) * size * wider / 100
