"""What everyone must be able to read and reach in a page."""

import re

from axe_playwright_python.sync_playwright import Axe

CONTRAST = 4.5  # of text with what is behind it, as WCAG 2 asks (AA)
# What each text says, and its contrast with what is behind it.
CONTRASTS = r"""(texts) => {
    const after = Node.DOCUMENT_POSITION_FOLLOWING;
    const numbers = (colour) => colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    const over = ([r, g, b, a = 1], under, faded = 1) =>
        [r, g, b].map((part, index) => a * faded * part + (1 - a * faded) * under[index]);
    const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const light = (colour) => colour.map((part) => linear(part / 255))
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const boxed = (node) => [node, getComputedStyle(node), node.getBoundingClientRect()];
    const filled = (svg) => [...svg.querySelectorAll("path")].map(boxed)
        .filter(([, style]) => style.fill !== "none");
    const shapes = new Map();
    const behind = (node) => {
        const chain = [];
        for (let each = node; each; each = each.parentElement) chain.unshift(each);
        let ground = [255, 255, 255];
        for (const each of chain)
            ground = over(numbers(getComputedStyle(each).backgroundColor), ground);
        const svg = node.closest("svg");
        if (!svg) return ground;
        if (!shapes.has(svg)) shapes.set(svg, filled(svg));
        const box = node.getBoundingClientRect();
        const x = box.x + box.width / 2, y = box.y + box.height / 2;
        const within = ({ left, right, top, bottom }) =>
            left < x && x < right && top < y && y < bottom;
        for (const [shape, style, area] of shapes.get(svg))
            if (shape.compareDocumentPosition(node) & after && within(area))
                ground = over(numbers(style.fill), ground, style.opacity * style.fillOpacity);
        return ground;
    };
    const contrast = (node) => {
        const style = getComputedStyle(node), ground = behind(node);
        const colour = numbers(node.closest("svg") ? style.fill : style.color);
        const pair = [over(colour, ground, style.opacity), ground].map(light);
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    };
    const own = (node) => [...node.childNodes]
        .some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    const said = (node) => node.textContent.trim().slice(0, 40);
    return texts
        .filter((node) => node.checkVisibility() && (own(node) || node.querySelector("tspan")))
        .map((node) => [said(node), Math.round(100 * contrast(node)) / 100]);
}"""
# What a notebook shows; the rest is JupyterLab's own.
SHOWN = {"include": [[".jp-OutputArea"], [".jp-MarkdownOutput"]]}
# The controls that reach beyond their box, and texts that reach beyond their control.
CLIPPED = """box => {
    const room = box.getBoundingClientRect();
    const kinds = "select, input, button, label, .ticks, .widget-readout, .noUi-target";
    const cut = ({left, right}) => left < room.left - 1 || right > room.right + 1;
    const full = ".widget-readout, .widget-radio-box label, [role=option]";
    const over = ({scrollWidth, clientWidth, scrollHeight, clientHeight}) =>
        scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
    return [...box.querySelectorAll(kinds)]
        .filter((each) => each.checkVisibility() && cut(each.getBoundingClientRect()))
        .concat([...box.querySelectorAll(full)].filter(over))
        .map((each) => each.textContent.slice(0, 30));
}"""
# What each mark or text says, and how far down its middle is.
HEIGHTS = """found => found
    .map(each => [each.ariaLabel ?? each.textContent, each.getBoundingClientRect()])
    .map(([text, box]) => [text, box.y + box.height / 2])"""


def faint(texts):
    """The texts (a locator) with too little contrast with what is behind them."""
    found = texts.evaluate_all(CONTRASTS)
    assert found
    return [
        (text, contrast) for text, contrast in found if contrast < CONTRAST and text not in "↑↓"
    ]


def faults(page, shown=SHOWN):
    """What axe-core calls serious or critical in what a notebook shows, or else in a whole page.

    In a chart that JupyterLab draws by itself, Vega calls the group of marks of a kind a picture
    even where it is empty: that one says nothing to anybody. A page, besides, needs a heading.
    """
    found = (
        Axe()
        .run(page, context=shown, options={"resultTypes": ["violations"], "preload": False})
        .response["violations"]
    )
    found = [
        (rule["id"], node["html"])
        for rule in found
        if rule["impact"] in ("serious", "critical") or rule["id"] == "page-has-heading-one"
        for node in rule["nodes"]
    ]
    empty = r"<g class=\"mark-[^>]*></g>" if shown else "(?!)"
    return [
        (rule, html)
        for rule, html in found
        if not (rule == "svg-img-alt" and re.fullmatch(empty, html))
    ]
