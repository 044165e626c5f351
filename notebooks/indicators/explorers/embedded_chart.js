// The figures that the page has, and the chart that draws them. `vegaEmbed` comes with the bundle
// (live_chart.py).

// After so many draws the chart is embedded anew: Vega keeps something of every panel that it has
// drawn
const ANEW = 200;

class Stock {
    figuresByKey = new Map(); // the figures of each part, by its key (a list) as text
    lateFigures = []; // those that came since the last draw

    constructor(parts) {
        for (const part of parts) this.store(part);
    }

    get size() {
        return this.figuresByKey.size;
    }

    keys() {
        return [...this.figuresByKey.keys()].map((key) => JSON.parse(key));
    }

    figuresOf(key) {
        return this.figuresByKey.get(JSON.stringify(key));
    }

    store([key, figures]) {
        this.figuresByKey.set(JSON.stringify(key), figures);
    }

    add(parts) {
        for (const part of parts) {
            if (!this.figuresOf(part[0])) this.lateFigures.push(...part[1]);
            this.store(part);
        }
    }

    takeLate() {
        return this.lateFigures.splice(0);
    }

    takeAll() {
        this.lateFigures = [];
        return [...this.figuresByKey.values()].flat();
    }

    forget() {
        this.figuresByKey.clear();
        this.lateFigures = [];
    }
}

// The card of a chart is as JupyterLab's renderer makes it; colours follow from it.
function backgroundOfPage() {
    return document.body.dataset.jpThemeLight === "false" ? "#333" : "white";
}

class EmbeddedChart {
    embedded; // what Vega-Embed returned
    drawCount = 0; // since it was embedded
    sentValues = new Map(); // the values that the signals have, as text
    outdated = false; // whether it holds figures that are to be forgotten

    constructor(model, el) {
        this.model = model;
        this.el = el;
    }

    get view() {
        return this.embedded?.view;
    }

    mustEmbed(values) {
        const worn = () => this.drawCount >= ANEW && this.changed(values).length > 0;
        return !this.view || this.outdated || worn();
    }

    async embed(figures, values) {
        const { model } = this,
            spec = structuredClone(model.get("spec"));
        this.outdated = false; // at once: it may be outdated again while it is embedded
        this.embedded?.finalize();
        spec.datasets.figures = structuredClone(figures);
        for (const param of spec.params)
            if (param.name in values) param.value = values[param.name];
        if (values.tall) spec.spec.height = values.tall;
        spec.background = backgroundOfPage();
        this.embedded = await vegaEmbed(this.el, spec, structuredClone(model.get("embed_options")));
        this.drawCount = 0;
        this.sentValues.clear();
        // Marks that have gone are forgotten; Vega would keep ten thousand of each layer
        this.view.cleanThreshold = 0;
    }

    insert(figures) {
        // Once for each run: Vega keeps the last change only
        if (figures.length) this.view.insert("figures", structuredClone(figures));
        return figures.length > 0;
    }

    changed(values) {
        return Object.entries(values).filter(
            ([name, value]) => this.sentValues.get(name) !== JSON.stringify(value),
        );
    }

    setSignals(values) {
        const changed = this.changed(values);
        for (const [name, value] of changed) {
            this.view.signal(name, value);
            if (name === "tall") this.view.signal("child_height", value);
            this.sentValues.set(name, JSON.stringify(value));
        }
        return changed.length > 0;
    }

    fitTheme() {
        if (this.view?.background() === backgroundOfPage()) return;
        this.view?.background(backgroundOfPage());
        if (this.view) this.run();
    }

    // Vega shows the group of a panel that comes back as it was when it went: texts of figures that
    // are drawn no more are still in it.
    removeGone() {
        for (const drawn of this.el.querySelectorAll(".role-mark > *")) {
            if (!drawn.__data__?.exit) continue;
            drawn.__data__._svg = null; // so that it is drawn anew if its figure comes back
            drawn.remove();
        }
    }

    async run() {
        this.drawCount += 1;
        await this.view.runAsync();
        this.removeGone();
        for (const group of this.el.querySelectorAll("g[role='graphics-symbol']"))
            group.setAttribute("role", "graphics-object"); // a group is no picture
    }

    focus(series) {
        const { view } = this;
        if (!view || !("focus" in this.model.get("params")) || view.signal("focus") === series)
            return;
        view.signal("focus", series);
        this.run();
    }
}
