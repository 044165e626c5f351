// The page's part of the site: the language of all that has two, and the charts. `vegaEmbed` and
// `pageExplorers` come with vega.js, where there are charts.
(() => {
    const CHROME = {
        // what the theme says by itself
        ".next-page .context span": ["Next", "下一页"],
        ".prev-page .context span": ["Previous", "上一页"],
        ".toc-title": ["On this page", "本页内容"],
        ".back-to-top span": ["Back to top", "回到顶部"],
    };
    const NAMES = {
        ".sidebar-search": ["placeholder", "Search", "搜索"],
        ".controls": ["aria-label", "What the chart shows", "图表内容"],
    };
    const drawn = new Map();

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

    // The chart in a language; what was chosen in the one before stays chosen.
    async function draw(figure, language) {
        const spec = JSON.parse(figure.querySelector(`script[lang=${language}]`).textContent),
            before = drawn.get(figure);
        for (const param of spec.params ?? [])
            if (before && param.bind) param.value = before.view.signal(param.name);
        before?.finalize();
        figure.querySelector(".controls").replaceChildren();
        const options = {
            renderer: "svg",
            ast: true, // no code is made from text: a server may forbid that (unsafe-eval)
            actions: false,
            logLevel: 1,
            bind: figure.querySelector(".controls"),
        };
        drawn.set(figure, await vegaEmbed(figure.querySelector(".drawn"), spec, options));
    }

    // A click in the legend does what the tick of that name does.
    function click({ target }) {
        const entry =
            target.closest?.(".role-legend-symbol, .role-legend-label") &&
            target.__data__.datum.value;
        if (entry) target.closest(".chart").querySelector(`.controls [name="${entry}"]`)?.click();
    }

    async function speak(language) {
        const number = language === "zh" ? 1 : 0,
            title = document.querySelector(`h1 .${language}`);
        document.documentElement.lang = language;
        for (const button of document.querySelectorAll("[data-language]"))
            button.setAttribute("aria-pressed", button.dataset.language === language);
        for (const [where, texts] of Object.entries(CHROME))
            for (const each of document.querySelectorAll(where)) each.textContent = texts[number];
        for (const [where, [name, ...texts]] of Object.entries(NAMES)) {
            for (const each of document.querySelectorAll(where))
                each.setAttribute(name, texts[number]);
        }
        if (title) document.title = title.textContent;
        for (const figure of document.querySelectorAll("figure.chart:not(.explorer)"))
            await draw(figure, language);
        await window.pageExplorers?.speak(language);
        document.documentElement.dataset.ready = language;
    }

    // A search shows pieces of the pages, which a page of a file may not read.
    if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

    // A number finds, as a whole, the figures that have it as their own or as a year; what else was
    // asked for is among their words. Sphinx looks for the objects of a program here.
    function figuresWith(term, terms) {
        const { docnames, filenames, figures } = Search._index,
            { lang } = document.documentElement,
            number = lang === "zh" ? 1 : 0;
        const has = ({ numbers, told }) =>
            numbers.includes(term) &&
            [...terms].every(
                (word) => numbers.includes(word) || told.join().toLowerCase().includes(word),
            );
        return figures
            .filter(has)
            .map(({ page, row, numbers, told, source }) => [
                docnames[page],
                told[number],
                `#${row}-${lang}`,
                source[number],
                numbers[0] === term ? 30 : 20, // before what is found by words
                filenames[page],
                SearchResultKind.object,
            ]);
    }

    // What is found opens where it stands in the page, in browsers that know how.
    document.addEventListener("click", ({ target }) => {
        const link = target.closest?.("#search-results a"),
            asked = new URLSearchParams(location.search).get("q");
        if (link && !link.hash)
            link.href += `#:~:text=${encodeURIComponent(asked).replaceAll("-", "%2D")}`;
    });

    document.addEventListener("DOMContentLoaded", () => {
        document.addEventListener("click", click);
        if (typeof Search !== "undefined") Search.performObjectSearch = figuresWith;
        document.querySelector("article").lang = "en"; // prose is
        for (const each of document.querySelectorAll(".zh")) each.lang = "zh";
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
