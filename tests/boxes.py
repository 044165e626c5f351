"""Where a drawing of a chart has its texts, marks and lines, as boxes read from its SVG."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from functools import cache

from indicators.charts import renderer
from PIL import ImageFont

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")
TOUCH = 1.5  # pixels by which boxes may be in one another
SEEN = 0.15  # the least opacity of what is seen


@dataclass(frozen=True)
class Box:
    """A text, mark, line or axis with its edges in pixels, and the points of a line's course."""

    kind: str
    said: str
    left: float
    top: float
    right: float
    bottom: float
    course: tuple[tuple[float, float], ...] = ()

    def crosses(self, other):
        """Whether two boxes overlap by more than a touch; of a line its course counts."""
        if other.course:
            pairs = zip(other.course, other.course[1:], strict=False)
            return any(self._cut_by(*one, *two) for one, two in pairs)
        return (
            self.left + TOUCH < other.right
            and other.left + TOUCH < self.right
            and self.top + TOUCH < other.bottom
            and other.top + TOUCH < self.bottom
        )

    def _cut_by(self, x1, y1, x2, y2):
        """Whether a straight line goes through the box (Liang and Barsky)."""
        low, high = 0.0, 1.0
        for start, step, least, most in (
            (x1, x2 - x1, self.left + TOUCH, self.right - TOUCH),
            (y1, y2 - y1, self.top + TOUCH, self.bottom - TOUCH),
        ):
            if step == 0:
                if not least <= start <= most:
                    return False
                continue
            one, two = sorted(((least - start) / step, (most - start) / step))
            low, high = max(low, one), min(high, two)
        return low < high


@cache
def _font(size):
    return ImageFont.truetype(renderer.FONT, size)


def boxes_of(spec):
    """The boxes of what is seen of a chart or an SVG, and the size of its picture."""
    root = ElementTree.fromstring(spec if isinstance(spec, str) else renderer.svg(spec))
    size = tuple(map(float, root.get("viewBox").split()[2:]))
    return list(_boxes(root, 0.0, 0.0, "")), size


def _boxes(node, x, y, role):
    if node.get("display") == "none" or float(node.get("opacity", 1)) < SEEN:
        return
    for right, down in re.findall(r"translate\(([-\d.e]+),([-\d.e]+)\)", node.get("transform", "")):
        x, y = x + float(right), y + float(down)
    found = re.search(r"role-([\w-]+)", node.get("class", ""))
    role = found[1] if found else role
    tag = node.tag.removeprefix(SVG)
    if tag == "text":
        yield from _text(node, x, y)
    elif tag == "line" and role in ("mark", "axis-domain"):
        course = ((x, y), (x + float(node.get("x2", 0)), y + float(node.get("y2", 0))))
        if role == "mark" or course[0] != course[1]:
            yield _line(role, course, node)
    elif tag == "path" and role == "mark" and _seen(node):
        numbers = list(map(float, NUMBER.findall(node.get("d", ""))))
        if "h" in node.get("d", ""):  # a rectangle: its corner, its width and its height
            left, top, wide, tall = numbers[:4]
            numbers = [left, top, left + wide, top, left + wide, top + tall, left, top + tall]
            numbers += numbers[:2]
        course = tuple((x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=False))
        if node.get("aria-roledescription") in ("point", "gap") or "A" in node.get("d", ""):
            yield _mark(node, numbers, x, y)
        elif node.get("fill") in (None, "none") and course:
            yield _line("mark", course, node)
    for child in node:
        yield from _boxes(child, x, y, role)


def _seen(node):
    drawn = [node.get(name) for name in ("fill", "stroke")]
    return "background" not in node.get("class", "") and any(
        colour not in (None, "none", "transparent") for colour in drawn
    )


def _line(role, course, node):
    xs, ys = zip(*course, strict=True)
    said = f"{role} {node.get('aria-label') or ''}".strip()
    return Box("line", said, min(xs), min(ys), max(xs), max(ys), course)


def _mark(node, numbers, x, y):
    """A point: as wide as the largest number of its outline."""
    reach = max(map(abs, numbers), default=0)
    return Box("mark", node.get("aria-label") or "", x - reach, y - reach, x + reach, y + reach)


def _text(node, x, y):
    """A box for each line of a text."""
    size = float(node.get("font-size", "11px").removesuffix("px"))
    spans = [child for child in node if child.tag == f"{SVG}tspan"]
    bold = 1.06 if node.get("font-weight") == "bold" else 1.0
    at = y
    for line in spans or [node]:
        said = line.text or ""
        at += float(line.get("dy", 0))
        if not said.strip():
            continue
        wide = _font(size).getlength(said) * bold
        left = x - {"middle": wide / 2, "end": wide}.get(node.get("text-anchor"), 0)
        if "rotate(-90)" in node.get("transform", ""):
            down = y - (left - x)
            yield Box("text", said, x - 0.75 * size, down - wide, x + 0.12 * size, down)
        else:
            yield Box("text", said, left, at - 0.75 * size, left + wide, at + 0.12 * size)


def offenders(spec):
    """What crosses what in a chart, in words."""
    boxes, (width, height) = boxes_of(spec)
    texts = [box for box in boxes if box.kind == "text"]
    arrows = {"↑", "↓"}
    found = []
    for number, text in enumerate(texts):
        if text.left < -TOUCH or text.top < -TOUCH or text.right > width + TOUCH:
            found.append(f"{text.said!r} crosses the edge of the picture")
        elif text.bottom > height + TOUCH:
            found.append(f"{text.said!r} crosses the edge of the picture")
        others = [*texts[number + 1 :], *(box for box in boxes if box.kind != "text")]
        for other in others:
            of_arrow = text.said in arrows and other.kind != "text"
            if not of_arrow and text.crosses(other):
                found.append(f"{text.said!r} crosses {other.kind} {other.said!r}")
    return found
