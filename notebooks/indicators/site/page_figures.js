// The figures of a page without a kernel, and what its scripts share; page_explorers.py puts the
// scripts of this folder behind the page's part of the notebook's explorers, which draws.

window.sharedFigures = {}; // what the files of figures hold, by name
const FOLDER = document.currentScript.src.replace(/[^/]*$/, "");

function element(kind, attributes, ...children) {
    const made = Object.assign(document.createElement(kind), attributes);
    made.append(...children);
    return made;
}

function fill(text, ...values) {
    return values.reduce((filled, value) => filled.replace("{}", () => value), text);
}

function unpackedTable(table) {
    const made = [];
    for (const each of table) {
        const [names, ...values] = each?.r ?? [];
        const pairs = () => made[names].map((name, at) => [name, made[values[at]]]);
        made.push(each?.r ? Object.fromEntries(pairs()) : each);
    }
    return made;
}

// Figures by the keys of their parts, as text.
function unpackedParts([table, parts]) {
    const values = unpackedTable(table);
    const figures = (numbers) => numbers.map((number) => values[number]);
    return new Map(parts.map(([key, numbers]) => [JSON.stringify(key), figures(numbers)]));
}

const kept = new Map(); // what was made once, by name

function once(name, make) {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name);
}

// A script and no request, which a page of a file may not make.
function load(name) {
    const loads = (done, fail) =>
        document.head.append(
            element("script", { src: `${FOLDER}figures-${name}.js`, onload: done, onerror: fail }),
        );
    return once(`file ${name}`, () => new Promise(loads)).then(() => sharedFigures[name]);
}
