// The page's part of an explorer. `vegaEmbed` comes with the bundle (live.py).
// The chart is embedded once; its figures and parameters come from the kernel, and the years straight from their slider.

const MARKS = "[aria-roledescription='point'], [aria-roledescription='rule mark']";
const REACH = 30; // so many pixels from a mark count as pointing at it
const READABLE = "#vg-tooltip-element.vg-tooltip table tr td.key { color: #595959 }"; // Vega's own grey has a contrast below 4.5

function gap(low, at, high) {
    return Math.max(low - at, 0, at - high);
}

function nearest(svg, { clientX, clientY }) {
    let found, best = REACH;
    for (const mark of svg?.querySelectorAll(MARKS) ?? []) {
        if (!mark.__data__?.tooltip) continue; // a line for orientation says nothing
        const box = mark.getBoundingClientRect();
        const away = Math.hypot(gap(box.left, clientX, box.right), gap(box.top, clientY, box.bottom));
        if (away < best) [found, best] = [mark, away];
    }
    return found;
}

// Plain keys stay in the control in which they are pressed and are not JupyterLab's own; those with Ctrl, ⌘ or Alt are.
function keep({ target, ctrlKey, metaKey, altKey }) {
    target.toggleAttribute?.("data-lm-suppress-shortcuts", !(ctrlKey || metaKey || altKey));
}

function sortTable(event) {
    const head = event.target.closest?.("th[aria-sort]");
    if (!head || (event.type === "keydown" && event.key !== "Enter")) return;
    const up = head.getAttribute("aria-sort") !== "ascending", body = head.closest("table").tBodies[0];
    const text = (row) => row.cells[head.cellIndex].innerText;
    const number = (row) => parseFloat(text(row).replace("−", "-").match(/-?[0-9][0-9.]*/)?.[0]);
    const numeric = head.hasAttribute("data-number");
    const compare = (a, b) => (numeric && number(a) - number(b)) || text(a).localeCompare(text(b));
    body.append(...[...body.rows].sort((a, b) => (up ? 1 : -1) * compare(a, b)));
    for (const other of head.parentNode.cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
}

function save({ name, type }, buffers) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(buffers, { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The buttons of the views that have nothing to show say why and cannot be pressed; sliders get the name of their control.
function label(box, model) {
    const closed = model.get("closed");
    for (const [number, button] of [...(box?.querySelectorAll(".views button") ?? [])].entries()) {
        button.disabled = number in closed && !button.classList.contains("mod-active");
        button.title = closed[number] ?? "";
    }
    for (const slider of box?.querySelectorAll(".widget-slider") ?? []) {
        const name = slider.querySelector(".widget-label").textContent, handles = slider.querySelectorAll(".noUi-handle");
        for (const [number, handle] of [...handles].entries()) handle.setAttribute("aria-label", handles.length > 1 ? `${name} ${number + 1}` : name);
    }
}

async function render({ model, el }) {
    let embedded, view, drawn, width, asked = false, busy = false, near, box;
    const slider = model.get("slider") ? await model.widget_manager.get_model(model.get("slider").slice("IPY_MODEL_".length)) : null;
    const years = () => Object.fromEntries([slider?.get("value") ?? []].flat().map((year, number) => [model.get("linked")[number], year]));
    const signals = (values) => Object.entries(values).forEach(([name, value]) => view.signal(name, value));

    const resize = () => {
        const room = (box ?? el).clientWidth - model.get("beside");
        const wanted = Math.round(Math.min(Math.max(room, 380), 760) / 20) * 20;
        if (!model.get("beside") || room <= 0 || wanted === width) return false;
        view.signal("child_width", (width = wanted));
        return true;
    };

    const embed = async () => {
        embedded?.finalize();
        const spec = structuredClone(model.get("spec")), [name] = Object.keys(spec.datasets);
        spec.datasets[name] = drawn = model.get("figures");
        embedded = await vegaEmbed(el, spec, structuredClone(model.get("embed_options")));
        view = embedded.view;
        view.figures = name;
        width = undefined;
        await draw();
    };

    const draw = async () => {
        if (drawn !== model.get("figures")) {
            drawn = model.get("figures");
            view.change(view.figures, view.changeset().remove(() => true).insert(structuredClone(drawn)));
        }
        signals({ ...model.get("params"), ...years() });
        resize();
        await view.runAsync();
        const svg = el.querySelector("svg");
        svg?.setAttribute("aria-label", model.get("alt"));
        label(box, model);
    };

    // Several changes of one message are drawn at once; of those that come while one is drawn, only the newest.
    const update = async () => {
        asked = true;
        if (busy) return;
        busy = true;
        try {
            while (asked) {
                await null;
                asked = false;
                if (!model.get("figures").length) label(box, model);
                else await (embedded ? draw() : embed());
            }
        } finally {
            busy = false;
        }
    };
    const fresh = () => {
        embedded?.finalize();
        embedded = undefined;
        return update();
    };
    const slide = () => {
        const { first, last } = years();
        if (!view || !(first ? drawn.some(({ start, end }) => start >= first && end <= last) : drawn.length)) return; // no panel: nothing to lay out
        signals(years());
        view.runAsync();
    };

    const focus = (series) => {
        if (!view || !("focus" in model.get("params")) || view.signal("focus") === series) return;
        view.signal("focus", series).runAsync();
    };
    const hide = () => document.getElementById("vg-tooltip-element")?.classList.remove("visible");
    const hover = (event) => {
        if (!event.isTrusted) return;
        const mark = nearest(event.target.closest?.("svg"), event), { clientX, clientY } = event;
        if (near && near !== mark) hide();
        if (mark && mark !== event.target) mark.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX, clientY }));
        near = mark;
        focus(mark?.__data__?.datum?.series ?? "");
    };
    const leave = () => {
        if (near) hide();
        near = undefined;
        focus("");
    };
    const pin = (event) => {
        const key = nearest(event.target.closest?.("svg"), event)?.__data__?.datum?.key;
        if (key !== undefined && "pinned" in model.get("params")) model.send({ pinned: key });
    };

    const heard = [["change:figures", update], ["change:params", update], ["change:closed", update], ["change:spec", fresh], ["msg:custom", save]];
    for (const [event, answer] of heard) model.on(event, answer);
    slider?.on("change:value", slide);
    const watch = new ResizeObserver(() => requestAnimationFrame(() => view && drawn.length && resize() && view.runAsync()));
    const acts = [["focusin", keep], ["keydown", keep], ["keyup", keep], ["click", sortTable], ["keydown", sortTable]];
    acts.push(["pointermove", hover], ["pointerleave", leave], ["click", pin]);
    const attach = () => {
        box = el.closest(".widget-vbox");
        for (const [event, answer] of acts) box?.addEventListener(event, answer);
        if (box) watch.observe(box);
        return update();
    };
    requestAnimationFrame(attach);
    if (!document.getElementById("live-tooltip")) document.head.append(Object.assign(document.createElement("style"), { id: "live-tooltip", textContent: READABLE }));
    return () => {
        for (const [event, answer] of heard) model.off(event, answer);
        slider?.off("change:value", slide);
        watch.disconnect();
        embedded?.finalize();
    };
}

export default { render };
