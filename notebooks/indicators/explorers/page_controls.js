// What the page does for the controls in a box of the bundle; live_chart.py and page_controls.py
// put it into the page.

const KEYS = ["focusin", "keydown", "keyup"];

// Plain keys stay in the control in which they are pressed and are not JupyterLab's own; those with
// Ctrl, ⌘ or Alt are.
function guardKeys({ target, ctrlKey, metaKey, altKey }) {
    target.toggleAttribute?.("data-lm-suppress-shortcuts", !(ctrlKey || metaKey || altKey));
}

// Safari leaves the keys with the notebook when a button is pressed with the mouse.
function takeFocus({ target }) {
    target.closest?.("button, input")?.focus({ preventScroll: true });
}

// Looks after the controls in the box around `el`, from when it is in the page; returns what ends
// that. The class is that of page_controls.css.
function lookAfterControls(el) {
    let box;
    requestAnimationFrame(() => {
        box = el.closest(".widget-vbox");
        box?.classList.add("page-controls");
        for (const event of KEYS) box?.addEventListener(event, guardKeys);
        box?.addEventListener("click", takeFocus);
    });
    return () => {
        for (const event of KEYS) box?.removeEventListener(event, guardKeys);
        box?.removeEventListener("click", takeFocus);
    };
}

// The buttons of the views that have nothing to show say why and cannot be pressed; sliders get the
// name of their control.
function labelControls(box, model) {
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

// Whether what the buttons open is open, for a reader who does not see it.
function tellWhatIsOpen(box) {
    for (const opener of box?.querySelectorAll(".opener") ?? [])
        opener.setAttribute("aria-expanded", opener.classList.contains("mod-active"));
}
