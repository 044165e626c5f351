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
