// What JupyterLab saves of a notebook; live_chart.py puts it behind embedded_chart.js.
// A widget ends with its kernel, and a page that is told to show it then shows an error alone. So
// what stands beside it is saved: the chart of an explorer, the text of an exercise. The metadata
// name the widget, and a page that is loaded while the kernel lives shows it again.

const WIDGET = "application/vnd.jupyter.widget-view+json";
const CHART = "application/vnd.vegalite.v5+json";
const PICTURE = "image/png";
const INSTEAD = [CHART, "text/markdown"];
const NAME = "living"; // of the widget, in the metadata of an output

const savedForms = new WeakMap(); // that of each notebook, by its model

class SavedForm {
    pictures = new WeakMap(); // of saved charts, by output: for pages that draw no chart

    constructor({ model, sessionContext }) {
        this.notebook = model;
        this.session = sessionContext;
        const whole = model.toJSON.bind(model);
        model.toJSON = () => this.withoutWidgets(whole());
    }

    outputsOf(cell) {
        return Array.from({ length: cell.outputs?.length ?? 0 }, (_, at) => cell.outputs.get(at));
    }

    outputs() {
        return [...this.notebook.cells].flatMap((cell) => this.outputsOf(cell));
    }

    withoutWidgets(content) {
        const found = this.outputs();
        for (const { outputs } of content.cells)
            for (const output of outputs ?? []) {
                const drawn = this.pictures.get(found.shift());
                const { [WIDGET]: widget, ...data } = output.data ?? {};
                if (!widget || !INSTEAD.some((kind) => kind in data)) continue;
                output.data = drawn ? { ...data, [PICTURE]: data[PICTURE] || drawn } : data;
                output.metadata = { ...output.metadata, [NAME]: widget.model_id };
            }
        return content;
    }

    // Shows the widgets that are alive again, and tells the kernel which page has them now.
    revive(model) {
        const { notebook, session } = this,
            { dirty } = notebook,
            alive = (id) => id && model.widget_manager.has_model(id);
        const found = this.outputs().filter(({ metadata }) => alive(metadata[NAME]));
        for (const output of found) {
            const widget = { version_major: 2, version_minor: 0, model_id: output.metadata[NAME] };
            if (output.trusted) output.setData({ data: { [WIDGET]: widget, ...output.data } });
        }
        notebook.dirty = dirty;
        const shown = found.map(({ metadata }) => metadata[NAME]);
        if (shown.length) model.send({ shown, page: session.session?.kernel?.clientId });
    }

    async drawPictures() {
        for (const output of this.outputs()) {
            const { [WIDGET]: widget, [CHART]: spec, [PICTURE]: picture } = output.data ?? {};
            if (!widget || !spec || picture || this.pictures.has(output)) continue;
            this.pictures.set(output, ""); // at once: another chart may ask for it, too
            const options = { mode: "vega-lite", renderer: "canvas", actions: false, logLevel: 1 };
            const drawn = await vegaEmbed(document.createElement("div"), spec, options);
            const [, base64] = (await drawn.view.toImageURL("png", 1.25)).split(",");
            this.pictures.set(output, base64);
            drawn.finalize();
        }
    }
}

// That of the notebook in which a model lives; none outside of JupyterLab's notebooks.
function savedFormFor(model) {
    const context = model.widget_manager.context,
        notebook = context?.model;
    if (!notebook?.cells || !notebook.toJSON) return undefined;
    if (!savedForms.has(notebook)) {
        savedForms.set(notebook, new SavedForm(context));
        savedForms.get(notebook).revive(model);
    }
    return savedForms.get(notebook);
}
