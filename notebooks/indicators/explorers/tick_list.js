// The page's part of a list with ticks; tick_list.py has its traits. The keys stay with the list as
// a whole, which names the row that they are at: so nothing loses them when rows come and go.

const STEPS = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: 7,
    PageUp: -7,
    Home: -Infinity,
    End: Infinity,
};
const FILLED_BY = ["options", "groups", "found_by", "words"];
const SHOWN_BY = ["value", "group", "description", "disabled", "rows"];

function make(kind, attributes, ...children) {
    const element = document.createElement(kind);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
}

// Full-width letters, digits and brackets, and capitals, are as good as others.
const plain = (text) => text.normalize("NFKC").toLowerCase();

class TickListView {
    name = `ticks-${Math.random()}`; // tells the rows from those of other lists and views
    label = make("label", { class: "widget-label" });
    list = make("div", { role: "listbox", "aria-multiselectable": true });
    nothing = make("div", { class: "nothing", role: "status" });
    pane = make("div", { class: "ticks" }, this.list, this.nothing);

    constructor(model, el) {
        this.model = model;
        el.classList.add("tick-list", "widget-inline-hbox");
        el.append(this.label, this.pane);
        this.label.addEventListener("click", () => this.list.focus());
        this.list.addEventListener("click", this.click);
        this.list.addEventListener("keydown", this.press);
        this.list.addEventListener("focus", this.enter);
    }

    // --- what is shown

    makeGroup(number, heading, rows) {
        const id = `${this.name}-group-${number}`;
        const attributes = heading ? { role: "group", "aria-labelledby": id } : { role: "none" };
        const head = make("div", { id, class: "heading", role: "presentation" }, heading);
        head.hidden = !heading;
        return make("div", attributes, head, ...rows);
    }

    makeRow(kind, [name, slug], number) {
        const id = `${this.name}-${kind}-${number}`;
        const row = make("div", { id, role: "option" }, make("span", {}, name));
        row.slug = slug;
        return row;
    }

    makeRows(kind) {
        const options = this.model.get("options");
        return new Map(
            options.map((option, number) => [option[1], this.makeRow(kind, option, number)]),
        );
    }

    fill = () => {
        const { model } = this,
            groups = model.get("groups"),
            texts = model.get("found_by"),
            words = model.get("words");
        this.rows = this.makeRows("row");
        this.chosenRows = groups.length ? this.makeRows("chosen") : new Map();
        for (const [slug, row] of this.rows)
            row.text = plain(texts[slug] ?? row.textContent);
        this.chosen = this.makeGroup(0, words.chosen, []);
        this.chosen.classList.add("chosen");
        this.groups = (groups.length ? groups : [["", [...this.rows.keys()]]]).map(
            ([heading, slugs], number) =>
                this.makeGroup(number + 1, heading, slugs.map((slug) => this.rows.get(slug) ?? "")),
        );
        this.list.replaceChildren(this.chosen, ...this.groups);
        this.show();
    };

    show = () => {
        const { model, list, chosen, groups } = this,
            value = model.get("value"),
            only = model.get("group"),
            words = plain(model.get("search")).split(/\s+/);
        for (const [slug, row] of this.rows) {
            row.setAttribute("aria-selected", value.includes(slug));
            row.hidden = !words.every((word) => row.text.includes(word));
        }
        const picked = value.map((slug) => this.chosenRows.get(slug)).filter(Boolean);
        for (const row of picked) row.setAttribute("aria-selected", true);
        chosen.replaceChildren(chosen.firstChild, ...picked);
        chosen.hidden = !picked.length;
        for (const [number, group] of groups.entries())
            group.hidden =
                (only && only !== number + 1) ||
                !group.querySelector("[role=option]:not([hidden])");
        this.nothing.textContent = groups.every(({ hidden }) => hidden)
            ? model.get("words").nothing
            : "";
        this.label.textContent = list.ariaLabel = model.get("description");
        list.setAttribute("aria-disabled", model.get("disabled"));
        list.tabIndex = model.get("disabled") ? -1 : 0;
        this.pane.style.setProperty("--rows", model.get("rows"));
        this.activate(this.active());
    };

    // What is found begins where the chosen ones end.
    find = () => {
        this.show();
        this.pane.scrollTop = this.model.get("search") ? this.chosen.offsetHeight : 0;
    };

    // --- the row that the keys are at

    shownRows() {
        const rows = [...this.list.querySelectorAll("[role=option]")];
        return rows.filter((row) => !row.closest("[hidden]"));
    }

    active() {
        const row = document.getElementById(this.list.getAttribute("aria-activedescendant"));
        return row?.closest("[hidden]") ? undefined : row;
    }

    activate(row) {
        this.list.querySelector("[data-active]")?.removeAttribute("data-active");
        row?.setAttribute("data-active", "");
        if (row) this.list.setAttribute("aria-activedescendant", row.id);
        else this.list.removeAttribute("aria-activedescendant");
    }

    goTo(row) {
        this.activate(row);
        row?.scrollIntoView({ block: "nearest" });
    }

    goToNumber(number) {
        const rows = this.shownRows();
        this.goTo(rows[Math.max(0, Math.min(number, rows.length - 1))]);
    }

    goToLetter(letter) {
        const rows = this.shownRows(),
            after = rows.indexOf(this.active()) + 1;
        this.goTo(
            [...rows.slice(after), ...rows.slice(0, after)].find(({ textContent }) =>
                textContent.toLowerCase().startsWith(letter.toLowerCase()),
            ) ?? this.active(),
        );
    }

    // --- what a reader does

    // The row stays where it is in sight while others come and go above it.
    toggle(row) {
        const { model, pane } = this,
            value = model.get("value"),
            number = [...this.chosen.children].indexOf(row) - 1,
            above = row.offsetTop - pane.scrollTop;
        if (model.get("disabled")) return;
        const others = value.filter((slug) => slug !== row.slug);
        model.set("value", others.length < value.length ? others : [...value, row.slug]);
        model.save_changes();
        if (row.isConnected) pane.scrollTop = row.offsetTop - above;
        else this.goToNumber(number);
    }

    click = ({ target, detail }) => {
        const row = target.closest("[role=option]");
        // of a double click among the chosen ones, the second would take away the next
        if (!row || (detail > 1 && this.chosen.contains(row))) return;
        this.activate(row);
        this.toggle(row);
    };

    press = (event) => {
        const { key, ctrlKey, metaKey, altKey } = event,
            active = this.active();
        if (ctrlKey || metaKey || altKey) return;
        if (key in STEPS) this.goToNumber(this.shownRows().indexOf(active) + STEPS[key]);
        else if (key === " " && active) this.toggle(active);
        else if (key !== " " && key.length === 1) this.goToLetter(key);
        else return;
        event.preventDefault();
    };

    enter = () => {
        if (!this.active() && this.list.matches(":focus-visible")) this.goToNumber(0);
    };
}

function render({ model, el }) {
    const view = new TickListView(model, el);
    const listeners = [
        [FILLED_BY, view.fill],
        [SHOWN_BY, view.show],
        [["search"], view.find],
    ].map(([traits, answer]) => [traits.map((trait) => `change:${trait}`).join(" "), answer]);
    for (const [events, answer] of listeners) model.on(events, answer);
    view.fill();
    return () => {
        for (const [events, answer] of listeners) model.off(events, answer);
    };
}

export default { render };
