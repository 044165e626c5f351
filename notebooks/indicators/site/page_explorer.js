// An explorer of a page without a kernel.

const EMBED = { renderer: "svg", actions: false, logLevel: 1, ast: true }; // no code from text
const LONGEST_STEM = 64; // characters of the name of a file
const PICTURE_WIDTH = 760; // pixels of the page
const MOST_SOURCES = 3; // that a picture names

class PageExplorer extends LivePage {
    constructor(figure, number) {
        const about = JSON.parse(figure.querySelector("script").textContent),
            controls = about.controls.en.map((each) => new PageControl(each)),
            language = new Model({ value: "en" }),
            models = { language };
        for (const { about: each, model } of controls) models[each.names] = model;
        const linked = Object.keys(models).map((names) => [names, `IPY_MODEL_${names}`]);
        const model = new Model({
            ...about,
            figures: [],
            linked: Object.fromEntries(linked),
            controls: [],
            closed: {},
            embed_options: EMBED,
        });
        model.widget_manager = { get_model: async (names) => models[names] };
        super(model, figure.querySelector(".drawn"));
        model.send = ({ save }) => save !== undefined && this.save(save);
        Object.assign(this, { figure, number, about, controls, language });
        this.parts = about.figures && unpackedParts(about.figures);
    }

    get words() {
        return WORDS[this.language.get("value")];
    }

    part(name) {
        return this.figure.querySelector(`.${name}`);
    }

    control(name) {
        return this.controls.find((control) => control.name === name);
    }

    // --- in a language

    async speak(language) {
        const first = !this.language.listeners.size;
        if (!this.about.figures) await this.loadParts(language);
        this.language.values.value = language;
        this.showControls();
        this.showButtons();
        await (first ? this.attach() : this.link());
        while (this.updating) await new Promise((done) => setTimeout(done, 20));
    }

    // Takes the figures of a file to the others that all explorers share.
    async loadParts(name) {
        const packed = await load(name);
        this.parts = once("parts", () => new Map());
        once(name, () => unpackedParts(packed)).forEach((each, key) => this.parts.set(key, each));
    }

    showControls() {
        const about = this.about.controls[this.language.get("value")],
            { words } = this,
            often = [],
            seldom = [];
        for (const [at, control] of this.controls.entries()) {
            control.about = about[at];
            (about[at].seldom ? seldom : often).push(...control.show(words));
        }
        const reset = element("button", { type: "button" }, words.reset);
        reset.addEventListener("click", async () => {
            await this.choose([]);
            this.part("controls").focus();
        });
        const fold = element("details", {}, element("summary", {}, words.more));
        fold.open = this.part("controls").querySelector("details")?.open ?? false;
        fold.append(element("div", { className: "vega-bindings" }, ...seldom, reset));
        this.part("controls").tabIndex = -1;
        this.part("controls").replaceChildren(...often, fold);
    }

    showButtons() {
        const { words } = this;
        const saving = this.files().map(([kind]) =>
            element("button", { type: "button" }, fill(words.save, kind)),
        );
        const share = element("button", { type: "button", className: "share" }, words.share);
        const said = element("span", { role: "status" });
        said.dataset.said = words.copied;
        this.part("saving").replaceChildren(...saving, share, said);
    }

    // --- drawing

    // The keys of the figures that are needed, those of a series together.
    needed() {
        return neededParts(this.model.get("kinds"), this.chosenValues());
    }

    figuresOf = (keys) => keys.flatMap((key) => this.stock.figuresOf(key) ?? []);

    nextDrawing() {
        const missing = this.needed()
            .flat()
            .filter((key) => !this.stock.figuresOf(key));
        const bases = `bases-${this.language.get("value")}`,
            { base } = this.chosenValues();
        if (base !== this.usualBase && missing.length && !this.about.figures && !kept.has(bases)) {
            this.loadParts(bases).then(this.update);
            return undefined;
        }
        this.stock.add(missing.map((key) => [key, this.parts.get(JSON.stringify(key)) ?? []]));
        this.drawing = super.nextDrawing();
        this.model.values.alt = this.report();
        return this.drawing;
    }

    wantedOf(figures, values) {
        const indexof = (list, item) => list.indexOf(item);
        return figures.filter((datum) => CHOICES[this.about.kind](datum, indexof, values));
    }

    async draw() {
        await super.draw();
        this.el.setAttribute("aria-label", this.model.get("alt"));
        this.model.values.code = `${location.href.split("#")[0]}${address([this])}`;
        writeAddress();
    }

    // Says what is drawn; returns it in a line.
    report() {
        const title = this.title(),
            lines = this.about.kind === "IndicatorExplorer" ? [title, this.count()] : [];
        this.part("above").replaceChildren(...lines.map((text) => element("div", {}, text)));
        this.closeViews();
        return lines.join(". ") || title;
    }

    closeViews() {
        const known = new Set(this.needed().flatMap(this.figuresOf).map(({ view }) => view));
        for (const option of this.part("controls").querySelectorAll("[name=viewed] option"))
            option.disabled = !known.has(option.value) && !option.selected;
    }

    // The base year for which the figures come first, as the controls of indicators name it.
    get usualBase() {
        return this.about.params.base;
    }

    get drawnOnes() {
        return this.drawing.figures.filter(({ status }) => status !== "pace");
    }

    nameOf(control, value) {
        return this.control(control)?.about.options.find(([, each]) => each === value)?.[0] ?? "";
    }

    // The names of the chosen series of which figures are drawn, and of the others: those of the
    // indicator, the place, or both.
    seriesNames(indicators, places) {
        const drawn = new Set(this.drawing.figures),
            of = { drawn: [], missing: [] };
        for (const keys of this.needed()) {
            const [, indicator, place] = keys[0],
                names = [this.nameOf("indicators", indicator), this.nameOf("places", place)],
                isDrawn = this.figuresOf(keys).some((each) => drawn.has(each));
            of[isDrawn ? "drawn" : "missing"].push(
                names.filter((name, at) => name && [indicators, places][at]).join(this.words.comma),
            );
        }
        return of;
    }

    count() {
        const { words } = this,
            { length } = this.drawnOnes,
            { chosen, places } = this.chosenValues(),
            { missing } = this.seriesNames(true, places.length > 1);
        return [
            length === 1 ? words.one : fill(words.some, length),
            chosen.length ? "" : words.choose,
            missing.length ? fill(words.nothing, missing.join("; ")) : "",
        ].join("");
    }

    title() {
        if (this.about.kind !== "IndicatorExplorer") return this.heading();
        const { chosen, places, viewed, first, last } = this.chosenValues(),
            { words } = this,
            several = places.length > 1,
            { drawn } = this.seriesNames(chosen.length > 1 || !several, several);
        let said = drawn.join("; ");
        if (drawn.length && several && chosen.length === 1)
            said = `${this.nameOf("indicators", chosen[0])} (${said})`;
        const view = this.nameOf("view", viewed),
            where = several ? undefined : this.drawnOnes[0]?.where;
        return words.title
            .replace("{view}", view.charAt(0).toUpperCase() + view.slice(1))
            .replace("{where}", where ? words.comma + where : "")
            .replace("{first}", first)
            .replace("{last}", last)
            .replace("{names}", () => said);
    }

    // That of its section, in the language.
    heading() {
        const found = this.figure.closest("section").querySelector("h1, h2, h3").cloneNode(true);
        const other = this.language.get("value") === "zh" ? ".en" : ".zh";
        for (const each of found.querySelectorAll(`.headerlink, ${other}`)) each.remove();
        return found.textContent.trim();
    }

    // --- the address

    // What is chosen and differs from the usual, as names and texts.
    changes() {
        return this.controls
            .filter((control) => control.write() !== control.write(control.usual))
            .map((control) => [control.name, control.write()]);
    }

    // Takes what an address asks for: names and texts.
    take(asked, told) {
        for (const control of this.controls) control.model.values.value = control.usual;
        for (const [name, text] of asked) {
            if (this.control(name)) this.control(name).read(text, told);
            else told(name);
        }
    }

    choose(asked, told = () => {}) {
        this.take(asked, told);
        this.showControls();
        return this.link();
    }

    // --- saving

    // What can be saved: the name on the button, the MIME type, and what makes the content.
    files() {
        const lines = ["CSV", "text/csv", () => this.csv()];
        return [
            ...(this.about.figures ? [] : [lines]), // of the table that all pages share
            ["PNG", "image/png", () => this.picture((view) => asPng(view))],
            ["SVG", "image/svg+xml", () => this.picture((view) => view.toSVG())],
        ];
    }

    async save(number) {
        const [kind, type, make] = this.files()[number],
            content = await make();
        const name = `${this.stem()}.${kind.toLowerCase()}`;
        this.hear({ name, type, view: this.name }, [content]);
    }

    // How files are called: by the page, the explorer and what is chosen.
    stem() {
        const page = location.pathname.split("/").at(-1).replace(".html", ""),
            chosen = this.changes().map(([, text]) => text);
        return [page, this.number, ...chosen]
            .join("-")
            .replace(/[^A-Za-z0-9]+/g, "-")
            .slice(0, LONGEST_STEM);
    }

    async csv() {
        const [table, lines] = await load("lines"),
            wanted = this.drawnOnes.map(({ csv }) => csv);
        const numbers = [0, ...wanted.sort((one, other) => one - other)]; // the head is the first
        const text = (number) => lines[number].map((each) => table[each]).join(",");
        return `\ufeff${numbers.map((number) => `${text(number)}\r\n`).join("")}`;
    }

    // The chart as it stands, with title and sources, in the hands of `take`.
    async picture(take) {
        const { figures, values } = this.drawing,
            spec = structuredClone(this.model.get("spec")),
            held = element("div", { className: "unseen" });
        spec.datasets.figures = structuredClone(figures);
        for (const param of spec.params)
            if (param.name in values) param.value = values[param.name];
        if (values.tall) spec.spec.height = values.tall;
        spec.background = "white";
        const width = values.language === "zh" ? 60 : 115,
            small = { subtitleFontSize: 10, anchor: "start", offset: 14 };
        spec.title = { text: inLines(this.title(), 0.8 * width), ...small };
        spec.title.subtitle = this.small().flatMap((text) => inLines(text, 1.2 * width));
        held.style.width = `${PICTURE_WIDTH}px`;
        document.body.append(held);
        const { view, finalize } = await vegaEmbed(held, spec, structuredClone(EMBED));
        try {
            return await take(view);
        } finally {
            finalize();
            held.remove();
        }
    }

    // What is written beneath the title of a picture.
    small() {
        const { words } = this,
            named = this.drawing.figures.map(({ Tip }) => Tip?.[words.source]).filter(Boolean),
            [...sources] = new Set(named),
            more = sources.length - MOST_SOURCES;
        if (more > 0) sources.splice(MOST_SOURCES, more, fill(words.others, more));
        const read = this.figure.querySelector(`figcaption .${this.language.get("value")} > div`);
        const said = sources.length ? fill(words.sources, sources.join("; ")) : "";
        return [read?.textContent ?? "", said];
    }
}

async function asPng(view) {
    const canvas = await view.toCanvas(2);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const PIECES = /[\u3000-\u9fff\uff00-\uffef][，、。；：）]*|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g;

// A text in lines of at most so many characters, broken at spaces and between Chinese characters.
function inLines(text, width) {
    const lines = [""];
    for (const piece of text.match(PIECES) ?? []) {
        if (lines.at(-1).length + piece.trimEnd().length > width) lines.push("");
        lines[lines.length - 1] += piece;
    }
    return lines.map((line) => line.trim());
}
