// What the page hands over to be taken home; live_chart.py puts it before live_chart.js.

function saveFile({ name, type }, buffers) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(buffers, { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // without https, or where a page may not
        const area = document.body.appendChild(document.createElement("textarea"));
        area.value = text;
        const { activeElement } = document;
        area.select();
        document.execCommand("copy");
        area.remove();
        activeElement?.focus({ preventScroll: true });
    }
}
