// The page's part of an explorer. `vegaEmbed` comes with the bundle (live.py).
// The chart is embedded once. Its figures come from the kernel in parts, the choice among them
// straight from the controls.

const MARKS = "[aria-roledescription='point'], [aria-roledescription='rule mark']";
const REACH = 30; // so many pixels from a mark count as pointing at it
// After so many draws the chart is embedded anew: Vega keeps something of every panel that it has
// drawn
const ANEW = 200;
// Vega's own grey has a contrast below 4.5
const READABLE = "#vg-tooltip-element.vg-tooltip table tr td.key { color: #595959 }";

function gap(low, at, high) {
    return Math.max(low - at, 0, at - high);
}

function nearest(svg, { clientX, clientY }) {
    let found,
        best = REACH;
    for (const mark of svg?.querySelectorAll(MARKS) ?? []) {
        if (!mark.__data__?.tooltip) continue; // a line for orientation says nothing
        const box = mark.getBoundingClientRect();
        const away = Math.hypot(
            gap(box.left, clientX, box.right),
            gap(box.top, clientY, box.bottom),
        );
        if (away < best) [found, best] = [mark, away];
    }
    return found;
}

// Plain keys stay in the control in which they are pressed and are not JupyterLab's own; those with
// Ctrl, ⌘ or Alt are.
function keep({ target, ctrlKey, metaKey, altKey }) {
    target.toggleAttribute?.("data-lm-suppress-shortcuts", !(ctrlKey || metaKey || altKey));
}

function sortTable(event) {
    const head = event.target.closest?.("th[aria-sort]");
    if (!head || (event.type === "keydown" && event.key !== "Enter")) return;
    const up = head.getAttribute("aria-sort") !== "ascending",
        body = head.closest("table").tBodies[0];
    const text = (row) => row.cells[head.cellIndex].innerText;
    const number = (row) =>
        parseFloat(
            text(row)
                .replace("−", "-")
                .match(/-?[0-9][0-9.]*/)?.[0],
        );
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

// What a control says: of a choice among named options, the slugs.
function said(control) {
    const slugs = control.get("slugs"),
        index = control.get("index");
    if (!slugs) return control.get("value");
    return Array.isArray(index)
        ? [...index].sort((a, b) => a - b).map((number) => slugs[number])
        : slugs[index];
}

// The buttons of the views that have nothing to show say why and cannot be pressed; sliders get the
// name of their control.
function label(box, model) {
    const closed = model.get("closed");
    for (const [number, button] of [...(box?.querySelectorAll(".views button") ?? [])].entries()) {
        button.disabled = number in closed && !button.classList.contains("mod-active");
        button.title = closed[number] ?? "";
    }
    for (const slider of box?.querySelectorAll(".widget-slider") ?? []) {
        const name = slider.querySelector(".widget-label").textContent,
            handles = slider.querySelectorAll(".noUi-handle");
        for (const [number, handle] of [...handles].entries())
            handle.setAttribute("aria-label", handles.length > 1 ? `${name} ${number + 1}` : name);
    }
}

async function render({ model, el }) {
    let embedded,
        view,
        wanted,
        width,
        near,
        box,
        asked = false,
        busy = false,
        drawn = [],
        late = [];
    let count = 0,
        slots = model.get("params").slots,
        linked = [],
        looked = 0,
        anew = false;
    const stock = new Map(),
        sent = new Map(); // the figures of each part, by its key (a list) as text
    const known = (key) => stock.get(JSON.stringify(key));
    const store = ([key, figures]) => stock.set(JSON.stringify(key), figures);
    model.get("figures").forEach(store);
    const controls = async () =>
        Promise.all(
            Object.entries(model.get("linked")).map(async ([names, id]) => [
                names.split(" "),
                await model.widget_manager.get_model(id.slice("IPY_MODEL_".length)),
            ]),
        );

    // The value of each parameter.
    const chosen = () => {
        const now = { ...model.get("params") };
        delete now.focus; // the mouse alone sets it
        for (const [names, control] of linked) {
            const value = said(control);
            names.forEach((name, number) => {
                now[name] = names.length > 1 ? value[number] : value;
            });
        }
        return now;
    };

    // Parameters and figures that are to be drawn; nothing while the kernel still has a part of
    // them.
    const drawing = () => {
        const now = chosen();
        const series = neededParts(model.get("kinds"), now).map((keys) => keys.map(known));
        if (series.flat().includes(undefined)) return undefined;
        const names = series
            .map((parts) => parts.flat()[0]?.series)
            .filter((name) => name !== undefined);
        now.slots = slots = colourSlots(slots, names, model.get("colours"));
        wanted ??= new Function(
            "datum",
            "indexof",
            ...Object.keys(now),
            `return ${model.get("choice")}`,
        );
        const indexof = (list, item) => list.indexOf(item);
        const rows = series
            .flat(2)
            .filter((datum) => wanted(datum, indexof, ...Object.values(now)));
        if (now.scaling)
            now.logarithmic = isLogarithmic(
                now.scaling,
                now.viewed,
                rows.map(({ value }) => value),
            );
        return { now, rows };
    };

    const resize = () => {
        const room = (box ?? el).clientWidth - model.get("beside");
        const best = Math.round(Math.min(Math.max(room, 380), 760) / 20) * 20;
        if (!model.get("beside") || room <= 0 || best === width) return false;
        view.signal("child_width", (width = best));
        return true;
    };

    const changed = (now) =>
        Object.entries(now).filter(([name, value]) => sent.get(name) !== JSON.stringify(value));
    const signals = (now) => {
        const values = changed(now);
        for (const [name, value] of values) {
            view.signal(name, value);
            sent.set(name, JSON.stringify(value));
        }
        return values.length > 0;
    };

    const run = async () => {
        count += 1;
        await view.runAsync();
        for (const group of el.querySelectorAll("g[role='graphics-symbol']"))
            group.setAttribute("role", "graphics-object"); // a group is no picture
    };

    const embed = async (now) => {
        const spec = structuredClone(model.get("spec"));
        late = [];
        anew = false;
        embedded?.finalize();
        spec.datasets.figures = structuredClone([...stock.values()].flat());
        for (const param of spec.params) if (param.name in now) param.value = now[param.name];
        embedded = await vegaEmbed(el, spec, structuredClone(model.get("embed_options")));
        view = embedded.view;
        width = undefined;
        count = 0;
        sent.clear();
        // Marks that have gone are forgotten; Vega would keep ten thousand of each layer
        view.cleanThreshold = 0;
    };

    const draw = async () => {
        const next = drawing();
        if (!next) return;
        drawn = next.rows;
        el.style.display = drawn.length ? "" : "none";
        if (drawn.length) {
            if (!view || anew || (count >= ANEW && changed(next.now).length)) await embed(next.now);
            const more = late.splice(0);
            // Once for each run: Vega keeps the last change only
            if (more.length) view.insert("figures", structuredClone(more));
            if ([signals(next.now), resize(), more.length].some(Boolean)) await run();
            el.querySelector("svg")?.setAttribute("aria-label", model.get("alt"));
        }
        label(box, model);
    };

    // Of changes that come while one is drawn, only the newest is drawn.
    const update = async () => {
        asked = true;
        if (busy) return;
        busy = true;
        try {
            while (asked) {
                await null;
                asked = false;
                if (!model.get("held")) await draw();
            }
        } finally {
            busy = false;
        }
    };
    const tell = (content) => {
        try {
            model.send(content);
        } catch {
            // the kernel has gone; the page goes on with the figures that it has
        }
    };
    const ask = () => tell({ ready: [...stock.keys()].map((key) => JSON.parse(key)) });
    const forget = () => {
        stock.clear();
        late = [];
        anew = true;
        wanted = undefined;
        slots = model.get("params").slots;
    };
    const link = async () => {
        const found = await controls();
        for (const [, control] of linked) control.off("change:value change:index", update);
        linked = found;
        for (const [, control] of linked) control.on("change:value change:index", update);
        wanted = undefined;
        return update();
    };
    // Somebody looks at the explorer: a good time to see whether its files have changed.
    const look = () => {
        if (!model.get("watched") || document.hidden || Date.now() - looked < 1000) return;
        looked = Date.now();
        tell({ seen: true });
    };
    const hear = (message, buffers) => {
        if (message.name) return save(message, buffers);
        if (message.forget) forget();
        for (const part of message.parts) {
            if (!known(part[0])) late.push(...part[1]);
            store(part);
        }
        el.dataset.parts = stock.size;
        return update().then(() => (message.more || message.forget) && ask());
    };

    const focus = (series) => {
        if (!view || !("focus" in model.get("params")) || view.signal("focus") === series) return;
        view.signal("focus", series);
        run();
    };
    const hide = () => document.getElementById("vg-tooltip-element")?.classList.remove("visible");
    const hover = (event) => {
        if (!event.isTrusted) return;
        const mark = nearest(event.target.closest?.("svg"), event),
            { clientX, clientY } = event;
        if (near && near !== mark) hide();
        if (mark && mark !== event.target)
            mark.dispatchEvent(
                new PointerEvent("pointermove", { bubbles: true, clientX, clientY }),
            );
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
        if (key !== undefined && "pinned" in model.get("params")) tell({ pinned: key });
    };

    model.on("msg:custom", hear);
    model.on("change:params change:alt change:closed change:held", update);
    model.on("change:linked", link);
    const seen = [
        [window, "focus"],
        [document, "visibilitychange"],
    ];
    for (const [target, event] of seen) target.addEventListener(event, look);
    const watch = new ResizeObserver(() =>
        requestAnimationFrame(() => view && drawn.length && resize() && run()),
    );
    const acts = [
        ["focusin", keep],
        ["keydown", keep],
        ["keyup", keep],
        ["click", sortTable],
        ["keydown", sortTable],
    ];
    acts.push(
        ["pointermove", hover],
        ["pointerleave", leave],
        ["click", pin],
        ["pointerenter", look],
        ["focusin", look],
    );
    const attach = async () => {
        box = el.closest(".widget-vbox");
        for (const [event, answer] of acts) box?.addEventListener(event, answer);
        if (box) watch.observe(box);
        await link();
        ask();
    };
    requestAnimationFrame(attach);
    if (!document.getElementById("live-tooltip"))
        document.head.append(
            Object.assign(document.createElement("style"), {
                id: "live-tooltip",
                textContent: READABLE,
            }),
        );
    return () => {
        model.off("msg:custom", hear);
        model.off("change:params change:alt change:closed change:held", update);
        model.off("change:linked", link);
        for (const [target, event] of seen) target.removeEventListener(event, look);
        for (const [event, answer] of acts) box?.removeEventListener(event, answer);
        for (const [, control] of linked) control.off("change:value change:index", update);
        watch.disconnect();
        embedded?.finalize();
    };
}

export default { render };
