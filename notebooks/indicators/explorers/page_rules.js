// Rules that the page and the kernel both follow: page_rules.py has the same in Python, and tests
// hold each to the other.

// The numbers of the colour and of the dash of each series: colour says the place, unless some
// panel has more indicators than there are places, or these stand apart; the dash says the other
// where both vary in one.
function seriesLooks(series, drawn, colours, apart = false) {
    const panels = new Map();
    for (const [name, panel] of drawn) panels.set(panel, [...(panels.get(panel) ?? []), name]);
    const once = (values) => [...new Set(values)].sort((a, b) => a - b),
        numbersIn = (names, of) => once(names.map((name) => series[name][of]));
    const indicators = [...panels.values()].map((names) => numbersIn(names, 0).length),
        places = apart ? 1 : numbersIn(Object.keys(series), 1).length;
    const told = places > 1 && places >= Math.max(1, ...indicators) ? 1 : 0,
        colour = new Map();
    let free = [];
    for (const number of numbersIn(Object.keys(series), told)) {
        if (!free.length) free = Array.from({ length: colours }, (_, each) => each);
        const away = (each) => (each - (number % colours) + colours) % colours;
        colour.set(
            number,
            free.reduce((a, b) => (away(b) < away(a) ? b : a)),
        );
        free = free.filter((each) => each !== colour.get(number));
    }
    const looks = Object.fromEntries(
        Object.entries(series).map(([name, numbers]) => [name, [colour.get(numbers[told]), 0]]),
    );
    for (const names of panels.values()) {
        const others = numbersIn(names, 1 - told);
        for (const name of names)
            looks[name][1] = Math.max(looks[name][1], others.indexOf(series[name][1 - told]));
    }
    return looks;
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
