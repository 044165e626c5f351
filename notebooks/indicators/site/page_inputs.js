// The controls of a page without a kernel, in place of the notebook's: how they look, and how what
// they say is written in an address.

const NAMES = { "first last": "years", viewed: "view", chosen: "indicators", scaling: "scale" };

// What the page's part of a widget asks of its model.
class Model {
    listeners = new Map();

    constructor(values) {
        this.values = values;
    }

    get(name) {
        return this.values[name];
    }

    set(name, value) {
        if (JSON.stringify(this.values[name]) === JSON.stringify(value)) return;
        this.values[name] = value;
        for (const answer of this.listeners.get(`change:${name}`) ?? []) answer();
    }

    on(events, answer) {
        for (const event of events.split(" "))
            this.listeners.set(event, [...(this.listeners.get(event) ?? []), answer]);
    }

    off(events, answer) {
        for (const event of events.split(" "))
            this.listeners.set(
                event,
                (this.listeners.get(event) ?? []).filter((each) => each !== answer),
            );
    }

    save_changes() {}
    send() {}
}

function named(label, input, ...more) {
    const name = element("span", { className: "vega-bind-name" }, label);
    return element("div", { className: "vega-bind" }, element("label", {}, name, input, ...more));
}

function slider(name, { min, max, step }, value, choose) {
    const number = element("output", {}, String(value));
    const input = element("input", { type: "range", name, min, max, step, value });
    input.addEventListener("input", () => {
        number.textContent = input.value;
        choose(input.valueAsNumber);
    });
    return [input, number];
}

// By the kind of a control: how it looks, and how its value is written in an address and read
// there; what cannot be read gives undefined.
const CONTROLS = {
    tick: {
        show({ about, value, choose }) {
            const input = element("input", { type: "checkbox", checked: value, name: about.names });
            input.addEventListener("change", () => choose(input.checked));
            return [named(about.label, input)];
        },
        write: (value) => (value ? "yes" : "no"),
        read: (text) => ({ yes: true, no: false })[text],
    },
    choice: {
        show({ about, value, choose }) {
            const options = about.options.map(([text, each]) =>
                element("option", { selected: each === value, value: each }, text),
            );
            const input = element("select", { name: about.names }, ...options);
            input.addEventListener("change", () => choose(about.options[input.selectedIndex][1]));
            return [named(about.label, input)];
        },
        write: String,
        read: (text, { options }) => options.find(([, each]) => `${each}` === text)?.[1],
    },
    slider: {
        show: ({ about, value, choose }) => [
            named(about.label, ...slider(about.names, about, value, choose)),
        ],
        write: String,
        read: (text, about) => readNumber(text, about),
    },
    range: {
        show({ about, value, choose, words }) {
            const ends = [...value];
            const end = (number) =>
                slider(about.names.split(" ")[number], about, ends[number], (chosen) => {
                    ends[number] = chosen;
                    choose([Math.min(...ends), Math.max(...ends)]);
                });
            return [named(words.from, ...end(0)), named(words.to, ...end(1))];
        },
        write: (value) => value.join("-"),
        read(text, about) {
            const ends = text.split("-").map((end) => readNumber(end, about));
            return ends.length === 2 && ends[0] <= ends[1] ? ends : undefined;
        },
    },
    list: {
        show({ about, model, words }) {
            const list = element("div", {}),
                listed = element("div", { className: "listed" });
            model.values = { ...model.values, ...about, value: model.get("value") };
            Object.assign(model.values, { description: about.label, search: "", group: 0 });
            model.listeners.clear();
            const search = element("input", { type: "search", placeholder: words.part });
            search.addEventListener("input", () => model.set("search", search.value));
            renderTickList({ model, el: list });
            if (about.groups.length) listed.append(named(words.search, search));
            listed.append(list);
            return [listed];
        },
        write: (value) => value.join(","),
        read(text, { options }, told) {
            const wanted = text.split(",").filter(Boolean),
                known = wanted.filter((each) => options.some(([, value]) => value === each));
            told(wanted.filter((each) => !known.includes(each)));
            return known.length || !wanted.length ? [...new Set(known)] : null;
        },
    },
};

function readNumber(text, { min, max, step }) {
    const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return number >= min && number <= max && Number.isInteger((number - min) / step)
        ? number
        : undefined;
}

class PageControl {
    constructor(about) {
        this.usual = about.value;
        this.kind = CONTROLS[about.kind];
        this.name = NAMES[about.names] ?? about.names;
        const slugs = about.kind === "list" && about.options.map(([, value]) => value);
        this.model = new Model({ value: about.value, slugs, disabled: false });
        this.about = about;
    }

    get value() {
        return this.model.get("value");
    }

    // Its elements, in the words of `about`.
    show(words) {
        const { about, value, model } = this,
            choose = (chosen) => model.set("value", chosen);
        return this.kind.show({ about, value, model, words, choose });
    }

    write(value = this.value) {
        return this.kind.write(value);
    }

    // Takes the value that an address asks for; tells what it does not understand.
    read(text, told) {
        const parts = (unknown) => unknown.forEach((each) => told(`${this.name}=${each}`)),
            value = this.kind.read(text, this.about, parts);
        if (value === undefined) told(`${this.name}=${text}`);
        this.model.values.value = value ?? this.usual;
    }
}
