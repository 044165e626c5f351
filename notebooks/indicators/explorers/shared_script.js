// What each living chart brings to the page: the way to the script that all of them share, which is
// large (Vega is in it), so that it travels and is read once. live_chart.py has the script.

async function sharedScript({ get, widget_manager }) {
    const shared = await widget_manager.get_model(get("script").slice("IPY_MODEL_".length)),
        text = shared.get("text");
    const known = (globalThis.sharedScripts ??= new Map());
    if (!known.has(text)) {
        const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
        known.set(
            text,
            import(url).finally(() => URL.revokeObjectURL(url)),
        );
    }
    return (await known.get(text)).default;
}

export default {
    initialize({ model }) {
        // It is not waited for: a model that is not ready after two seconds is given up
        sharedScript(model).then((script) => script.initialize({ model }));
    },
    async render(context) {
        return (await sharedScript(context.model)).render(context);
    },
};
