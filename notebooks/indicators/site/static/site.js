// The page's part of the site: the language of all that has two, and the charts. `CHINESE` comes
// with words.js, `vegaEmbed` and `pageExplorers` with vega.js, where there are charts.
(() => {
    const ENGLISH = Object.fromEntries(Object.entries(CHINESE).map((pair) => pair.toReversed()));
    const SAID = ["aria-label", "title", "placeholder"];
    const OF_PAGES = "pre, script, style, .drawn, .en, .zh"; // what Sphinx and its theme do not say
    const PIECES = "h1, h2, h3, p, li, tr, figure, summary"; // of a page, each a place in it
    const TAKES = ["wheel", "touchmove", "pointerdown", "keydown"]; // a reader who may scroll
    const drawn = new Map();
    let taken = 0; // how often a reader did so

    function remembered() {
        try {
            return localStorage.getItem("language");
        } catch {
            return null; // no store for pages of a file
        }
    }

    function remember(language) {
        try {
            localStorage.setItem("language", language);
        } catch {
            // then it holds for this page only
        }
    }

    // For Vega a group of marks is a picture, which has no name.
    function nameNoGroups(figure) {
        for (const group of figure.querySelectorAll("g[role='graphics-symbol']"))
            if (!group.ariaLabel) group.setAttribute("role", "graphics-object");
    }

    // The chart in a language; what was chosen in the one before stays chosen.
    async function draw(figure, language) {
        const spec = JSON.parse(figure.querySelector(`script[lang=${language}]`).textContent),
            before = drawn.get(figure);
        for (const param of spec.params ?? [])
            if (before && param.bind) param.value = before.view.signal(param.name);
        figure.style.minHeight = `${figure.offsetHeight}px`; // what is beneath stays where it is
        before?.finalize();
        figure.querySelector(".controls").replaceChildren();
        const options = {
            renderer: "svg",
            ast: true, // no code is made from text: a server may forbid that (unsafe-eval)
            actions: false,
            logLevel: 1,
            bind: figure.querySelector(".controls"),
        };
        const chart = await vegaEmbed(figure.querySelector(".drawn"), spec, options);
        drawn.set(figure, chart);
        nameNoGroups(figure);
        figure.querySelector(".controls").oninput = () =>
            chart.view.runAfter(() => nameNoGroups(figure)); // panels may have come back
        figure.style.minHeight = "";
    }

    // A click in the legend does what the tick of that name does.
    function click({ target }) {
        const entry =
            target.closest?.(".role-legend-symbol, .role-legend-label") &&
            target.__data__.datum.value;
        if (entry) target.closest(".chart").querySelector(`.controls [name="${entry}"]`)?.click();
    }

    // What Sphinx and its theme say, in a language.
    function speakOfItself(language) {
        const words = language === "zh" ? CHINESE : ENGLISH,
            inWords = (text) => (Object.hasOwn(words, text) ? words[text] : text),
            refused = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(OF_PAGES);
        const walk = document.createTreeWalker(
            document,
            NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
            (node) => (refused(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
        );
        while (walk.nextNode()) {
            const node = walk.currentNode;
            if (node.nodeType === Node.TEXT_NODE)
                node.data = node.data.replace(/\S(.*\S)?/s, inWords);
            else
                for (const name of SAID.filter((each) => node.hasAttribute(each)))
                    node.setAttribute(name, inWords(node.getAttribute(name)));
        }
        for (const fold of document.querySelectorAll(".toctree-checkbox"))
            fold.ariaLabel = fold.previousElementSibling.querySelector(`.${language}`).textContent;
        Documentation.TRANSLATIONS = language === "zh" ? CHINESE : {};
    }

    // The piece of the page at the top of the window, and where.
    function place() {
        const pieces = [...document.querySelectorAll(`article :is(${PIECES})`)],
            edge = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0,
            below = (each) => each.getBoundingClientRect().bottom > edge && each.checkVisibility(),
            piece = pieces.find(below);
        return { piece, edge, box: piece?.getBoundingClientRect() };
    }

    // That piece, or what says the same in the other language.
    function like(piece, language) {
        const block = piece.closest(".en, .zh"),
            other = language === "zh" ? block?.nextElementSibling : block?.previousElementSibling;
        if (!other?.matches(`.${language}`)) return piece;
        const at = [...block.querySelectorAll(PIECES)].indexOf(piece);
        return other.querySelectorAll(PIECES)[at] ?? other;
    }

    // Scrolls to a place that was left in another language.
    function returnTo({ piece, edge, box }, language) {
        const found = piece && like(piece, language);
        if (!scrollY || !found?.checkVisibility()) return;
        const { top, height } = found.getBoundingClientRect(),
            share = Math.min(0, (box.top - edge) / box.height), // of what is above the window
            wanted = share < 0 ? edge + share * height : box.top;
        scrollBy({ top: top - wanted, behavior: "instant" });
    }

    // An address of a row of a table means that row in the language.
    function namedRow(language) {
        const name = location.hash.replace(/-(en|zh)$/, `-${language}`);
        if (name !== location.hash && document.getElementById(name.slice(1)))
            location.replace(name);
    }

    async function speak(language) {
        const left = document.documentElement.dataset.ready && place(),
            takenBefore = taken,
            title = document.querySelector(`h1 .${language}`);
        document.documentElement.lang = language;
        for (const button of document.querySelectorAll("[data-language]"))
            button.setAttribute("aria-pressed", button.dataset.language === language);
        speakOfItself(language);
        if (title) document.title = title.textContent;
        namedRow(language);
        if (left) returnTo(left, language);
        for (const figure of document.querySelectorAll("figure.chart:not(.explorer)"))
            await draw(figure, language);
        await window.pageExplorers?.speak(language);
        if (left && taken === takenBefore) returnTo(left, language); // charts may be less high
        document.documentElement.dataset.ready = language;
        window.searchAgain?.();
    }

    document.addEventListener("DOMContentLoaded", () => {
        document.addEventListener("click", click);
        for (const each of document.querySelectorAll(".caption[role=heading]")) each.ariaLevel = 2;
        for (const kind of TAKES) addEventListener(kind, () => (taken += 1), { passive: true });
        for (const button of document.querySelectorAll("[data-language]")) {
            button.addEventListener("click", () => {
                remember(button.dataset.language);
                speak(button.dataset.language);
            });
        }
        const usual = navigator.language.startsWith("zh") ? "zh" : "en",
            open = () => speak(window.pageExplorers?.open() ?? remembered() ?? usual);
        // another address of this page, which a reader has pasted
        addEventListener("hashchange", () => location.hash.includes("=") && open());
        open();
    });
})();
