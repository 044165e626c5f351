// The page's part of an explorer; live_chart.py puts it behind those that it needs. The chart is
// embedded once. Its figures come from the kernel in parts, the choice among them straight from the
// controls.

const MARKS = ["point", "rule mark", "bar"]
    .map((kind) => `[aria-roledescription='${kind}']`)
    .join();
const REACH = 30; // so many pixels from a mark count as pointing at it

function gap(low, at, high) {
    return Math.max(low - at, 0, at - high);
}

function nearestMark(svg, { clientX, clientY }) {
    let found,
        leastAway = REACH;
    for (const mark of svg?.querySelectorAll(MARKS) ?? []) {
        if (!mark.__data__?.tooltip) continue; // a line for orientation says nothing
        const box = mark.getBoundingClientRect();
        const away = Math.hypot(
            gap(box.left, clientX, box.right),
            gap(box.top, clientY, box.bottom),
        );
        if (away < leastAway) [found, leastAway] = [mark, away];
    }
    return found;
}

function sortTable(event) {
    const head = event.target.closest?.("th[aria-sort]");
    if (!head || (event.type === "keydown" && event.key !== "Enter")) return;
    const up = head.getAttribute("aria-sort") !== "ascending",
        body = head.closest("table").tBodies[0];
    const cell = (row) => row.cells[head.cellIndex];
    const text = (row) => cell(row).innerText,
        number = (row) => Number(cell(row).dataset.value);
    const numeric = head.hasAttribute("data-number");
    const compare = (a, b) => (numeric && number(a) - number(b)) || text(a).localeCompare(text(b));
    body.append(...[...body.rows].sort((a, b) => (up ? 1 : -1) * compare(a, b)));
    for (const other of head.parentNode.cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
}

// The state that a control has in the page.
function stateOf(control) {
    const told = ["value", "index"].map((name) => [name, control.get(name)]);
    return Object.fromEntries(told.filter(([, value]) => value !== undefined));
}

// What a control says: of a choice among named options, the slug, or those in their order.
function valueOfControl(control) {
    const slugs = control.get("slugs"),
        value = control.get("value");
    if (!slugs) return value;
    return Array.isArray(value)
        ? slugs.filter((slug) => value.includes(slug))
        : slugs[control.get("index")];
}

const idle = window.requestIdleCallback ?? setTimeout; // Safari has no such thing

function hideTooltip() {
    document.getElementById("vg-tooltip-element")?.classList.remove("visible");
}

// Vega puts it on the other side of the mouse where the window ends, and past the other end of it.
function keepTooltipInWindow() {
    const tooltip = document.getElementById("vg-tooltip-element");
    if (!tooltip?.classList.contains("visible")) return;
    const { left, top, width, height } = tooltip.getBoundingClientRect();
    tooltip.style.left = `${Math.max(0, Math.min(left, window.innerWidth - width))}px`;
    tooltip.style.top = `${Math.max(0, Math.min(top, window.innerHeight - height))}px`;
}

// What is registered as a listener is an arrow function: so it can be taken off again.
class LivePage {
    box; // the explorer around the chart, once it is in the page
    linkedControls = []; // names of parameters and the control that sets them
    drawnFigures = [];
    isWanted; // whether a figure is drawn, by the values of the parameters
    updateAsked = false;
    updating = false;
    nearMark; // the one that the mouse points at
    lastLook = 0;
    name = String(Math.random()); // tells this view from others of the same explorer

    constructor(model, el) {
        this.model = model;
        this.el = el;
        this.stock = new Stock(model.get("figures"));
        this.chart = new EmbeddedChart(model, el);
    }

    // --- the stock of figures

    tell(content) {
        try {
            this.model.send(content);
        } catch {
            // the kernel has gone; the page goes on with the figures that it has
        }
    }

    ask() {
        this.tell({ ready: this.stock.keys(), view: this.name });
    }

    forget() {
        this.stock.forget();
        this.chart.outdated = true;
        this.isWanted = undefined;
    }

    hear = (message, buffers) => {
        if (message.view && message.view !== this.name) return undefined;
        if (message.name) return saveFile(message, buffers);
        if (message.code) return copyText(message.code);
        if (message.forget) this.forget();
        this.stock.add(message.parts);
        this.el.dataset.parts = this.stock.size;
        const mayAsk = message.more === this.name || message.forget;
        return this.update().then(() => mayAsk && this.ask());
    };

    // --- the choice

    modelOf = (id) => this.model.widget_manager.get_model(id.slice("IPY_MODEL_".length));

    async findControls() {
        return Promise.all(
            Object.entries(this.model.get("linked")).map(async ([names, id]) => [
                names.split(" "),
                await this.modelOf(id),
            ]),
        );
    }

    unlink() {
        for (const [, control] of this.linkedControls)
            control.off("change:value change:index", this.update);
    }

    link = async () => {
        const found = await this.findControls();
        this.unlink();
        this.linkedControls = found;
        for (const [, control] of found) control.on("change:value change:index", this.update);
        this.isWanted = undefined;
        return this.update();
    };

    // The value of each parameter.
    chosenValues() {
        const values = { ...this.model.get("params") };
        delete values.focus; // the mouse alone sets it
        for (const [names, control] of this.linkedControls) {
            const value = valueOfControl(control);
            names.forEach((name, number) => {
                values[name] = names.length > 1 ? value[number] : value;
            });
        }
        return values;
    }

    wantedOf(figures, values) {
        this.isWanted ??= new Function(
            "datum",
            "indexof",
            ...Object.keys(values),
            `return ${this.model.get("choice")}`,
        );
        const indexof = (list, item) => list.indexOf(item),
            given = Object.values(values);
        return figures.filter((datum) => this.isWanted(datum, indexof, ...given));
    }

    // Parameters and figures that are to be drawn; nothing while the kernel still has a part of
    // them.
    nextDrawing() {
        const { model } = this,
            values = this.chosenValues();
        const needed = neededParts(model.get("kinds"), values),
            series = needed.map((keys) => keys.map((key) => this.stock.figuresOf(key)));
        if (series.flat().includes(undefined)) return undefined;
        const numbered = this.numbered(needed, series);
        values.slots = Object.keys(numbered);
        const figures = this.wantedOf(series.flat(2), values);
        if (values.scaling) {
            const heights = figures.map(({ value }) => value);
            values.logarithmic = isLogarithmic(values.scaling, values.viewed, heights);
            const sizes = figures
                .filter(({ status }) => status !== "pace")
                .map(({ heading, where, value }) => [heading, where, value]);
            if (standsApart(values.viewed, values.logarithmic, sizes)) values.arrangement = "apart";
            const apart = values.arrangement === "apart",
                panels = sizes.map(([heading, where]) => `${heading} ${apart ? where : ""}`);
            values.tall = panelHeight(new Set(panels).size);
        }
        const inPanels = values.scaling ? this.panels(series.flat(2), values) : [];
        const alone = values.arrangement === "apart";
        values.looks = seriesLooks(numbered, inPanels, model.get("colours"), alone);
        return { values, figures };
    }

    // The numbers of indicator (or else place) and place of each series that has figures.
    numbered(needed, series) {
        const [kind] = this.model.get("kinds"),
            ranks = this.model.get("ranks"),
            found = {};
        for (const [at, [key]] of needed.entries()) {
            const name = series[at].flat()[0]?.series,
                place = ranks.place[key[kind.indexOf("place")]];
            if (name === undefined) continue;
            found[name] = [ranks.indicator[key[kind.indexOf("indicator")]] ?? place, place];
        }
        return found;
    }

    // Series and panel of each figure that is drawn in any years.
    panels(figures, values) {
        const apart = values.arrangement === "apart",
            ever = { ...values, first: -Infinity, last: Infinity };
        return this.wantedOf(figures, ever)
            .filter(({ status }) => status !== "pace")
            .map(({ series, heading, where }) => [series, `${heading} ${apart ? where : ""}`]);
    }

    // --- drawing

    async draw() {
        const next = this.nextDrawing();
        if (!next) return;
        this.drawnFigures = next.figures;
        if (this.box) this.box.lang = next.values.language; // whoever reads it aloud must know
        this.el.style.display = next.figures.length ? "" : "none";
        if (next.figures.length) await this.drawChart(next.values);
        labelControls(this.box, this.model);
        tellWhatIsOpen(this.box);
    }

    async drawChart(values) {
        const { chart, stock } = this;
        if (chart.mustEmbed(values)) await chart.embed(stock.takeAll(), values);
        const inserted = chart.insert(stock.takeLate());
        if ([chart.setSignals(values), inserted].some(Boolean)) await chart.run();
        this.el.querySelector("svg")?.setAttribute("aria-label", this.model.get("alt"));
    }

    // Of changes that come while one is drawn, only the newest is drawn.
    update = async () => {
        this.updateAsked = true;
        if (this.updating) return;
        this.updating = true;
        try {
            while (this.updateAsked) {
                await null;
                this.updateAsked = false;
                if (!this.model.get("held")) await this.draw();
            }
        } finally {
            this.updating = false;
        }
    };

    // --- pointer and tooltips

    hover = (event) => {
        if (!event.isTrusted) return;
        const mark = nearestMark(event.target.closest?.("svg"), event),
            { clientX, clientY } = event;
        if (this.nearMark && this.nearMark !== mark) hideTooltip();
        if (mark && mark !== event.target)
            mark.dispatchEvent(
                new PointerEvent("pointermove", { bubbles: true, clientX, clientY }),
            );
        keepTooltipInWindow();
        this.nearMark = mark;
        this.chart.focus(mark?.__data__?.datum?.series ?? "");
    };

    leave = () => {
        if (this.nearMark) hideTooltip();
        this.nearMark = undefined;
        this.chart.focus("");
    };

    pin = (event) => {
        const key = nearestMark(event.target.closest?.("svg"), event)?.__data__?.datum?.key;
        if (key !== undefined && "pinned" in this.model.get("params")) this.tell({ pinned: key });
    };

    // Asks the kernel for what is drawn here; it may not have heard of the last change.
    async askFor(wish) {
        const controls = await Promise.all(this.model.get("controls").map(this.modelOf));
        this.tell({ ...wish, view: this.name, states: controls.map(stateOf) });
    }

    askForFile = ({ target }) => {
        const buttons = [...this.box.querySelectorAll(".saving button:not(.share)")],
            number = buttons.indexOf(target.closest?.("button"));
        if (number >= 0) this.askFor({ save: number });
    };

    copyCode = async ({ target }) => {
        const button = target.closest?.(".share");
        if (!button) return;
        const code = this.model.get("code");
        await copyText(code);
        this.askFor({ copied: code });
        const said = this.box.querySelector("[data-said]");
        said.textContent = said.dataset.said;
        setTimeout(() => (said.textContent = ""), 3000);
    };

    open = () => tellWhatIsOpen(this.box);

    // --- from the first sight of it to the last

    // Somebody looks at the explorer: a good time to see whether its files have changed.
    look = () => {
        const { model, lastLook } = this;
        if (!model.get("watched") || document.hidden || Date.now() - lastLook < 1000) return;
        this.lastLook = Date.now();
        this.tell({ seen: true });
    };

    modelListeners = [
        ["msg:custom", this.hear],
        ["change:params change:alt change:closed change:held", this.update],
        ["change:linked", this.link],
    ];

    lookListeners = [
        [window, "focus"],
        [document, "visibilitychange"],
    ];

    boxListeners = [
        ["click", sortTable],
        ["keydown", sortTable],
        ["pointermove", this.hover],
        ["pointerleave", this.leave],
        ["click", this.pin],
        ["click", this.askForFile],
        ["click", this.copyCode],
        ["click", this.open],
        ["pointerenter", this.look],
        ["focusin", this.look],
    ];

    themes = new MutationObserver(() => this.chart.fitTheme());

    start() {
        for (const [event, answer] of this.modelListeners) this.model.on(event, answer);
        for (const [target, event] of this.lookListeners) target.addEventListener(event, this.look);
        requestAnimationFrame(this.attach); // only then is `el` in the page
        this.endCare = lookAfterControls(this.el);
    }

    attach = async () => {
        this.box = this.el.closest(".widget-vbox");
        for (const [event, answer] of this.boxListeners) this.box?.addEventListener(event, answer);
        this.themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
        await this.link();
        this.ask();
        const saved = savedFormFor(this.model);
        if (saved) idle(() => saved.drawPictures());
    };

    stop() {
        const { model, box } = this;
        for (const [event, answer] of this.modelListeners) model.off(event, answer);
        for (const [target, event] of this.lookListeners)
            target.removeEventListener(event, this.look);
        for (const [event, answer] of this.boxListeners) box?.removeEventListener(event, answer);
        this.endCare();
        this.unlink();
        this.themes.disconnect();
        this.chart.embedded?.finalize();
    }
}

async function render({ model, el }) {
    const page = new LivePage(model, el);
    page.start();
    return () => page.stop();
}

function initialize({ model }) {
    savedFormFor(model);
}

export default { initialize, render };
