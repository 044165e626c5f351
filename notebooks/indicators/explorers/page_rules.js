// Rules that the page and the kernel both follow: page_rules.py has the same in Python, and tests
// hold each to the other.

// A series that stays keeps its slot, and so its colour; one that comes takes the first free slot,
// as does one that had to share a colour.
function colourSlots(before, now, colours) {
    const slots = before.map((name, slot) => (now.includes(name) && slot < colours ? name : null));
    for (const name of now.filter((each) => !slots.includes(each))) {
        const free = slots.indexOf(null);
        slots[free < 0 ? slots.length : free] = name;
    }
    while (slots.length && slots.at(-1) === null) slots.pop();
    return slots;
}

// Whether heights are logarithms: only where it is asked for, of levels and indices, and of figures
// above zero alone.
function isLogarithmic(scale, view, values) {
    return (
        scale === "log" &&
        ["levels", "index"].includes(view) &&
        values.length > 0 &&
        values.every((value) => value > 0)
    );
}

// Whether places would lie flat in one panel: of amounts, on a scale that is not one of logarithms,
// the largest of one place is more than 20 times that of another.
function standsApart(view, logarithmic, sizes) {
    if (logarithmic || !["levels", "totals"].includes(view)) return false;
    const largest = {};
    for (const [panel, place, value] of sizes) {
        const ofPanel = (largest[panel] ??= {});
        ofPanel[place] = Math.max(Math.abs(value), ofPanel[place] ?? 0);
    }
    return Object.values(largest).some((ofPanel) => {
        const tops = Object.values(ofPanel);
        return Math.max(...tops) > 20 * Math.min(...tops);
    });
}

// The height of each of so many panels in pixels: two or three fit a laptop's screen.
function panelHeight(panels) {
    return panels < 2 ? 260 : Math.max(110, Math.floor(430 / panels) - 50);
}

// The keys of the parts of the figures that a choice needs: for each chosen indicator and place one
// of every kind.
function neededParts(kinds, params) {
    const once = (values) => [...new Set(values)];
    const indicators = kinds.some((kind) => kind.includes("indicator"))
        ? once(params.chosen)
        : [null];
    return indicators.flatMap((indicator) =>
        once(params.places).map((place) => {
            const values = { ...params, indicator, place };
            return kinds.map((kind) => kind.map((name) => values[name]));
        }),
    );
}
