// Search in the language of the page. What Sphinx finds has names, and pieces of text, in both.
document.addEventListener("DOMContentLoaded", () => {
    if (typeof Search === "undefined") return; // on other pages
    const CONTEXT = 120; // characters before and after what is found
    const NO_TEXT = ".headerlink, script, style, summary, .still, .cell_input";
    const WIDE = /[．０-９Ａ-Ｚａ-ｚ]/g;
    const LANGUAGES = ["en", "zh"]; // in the order in which the index names things
    const asks = Search.query,
        finds = Search._performSearch,
        findsPages = Search.performTermsSearch;
    let found = [],
        asked;

    const language = () => document.documentElement.lang;
    const number = () => LANGUAGES.indexOf(language());

    // A page of a file may not read the others for pieces of their text.
    if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

    const heading = document.createElement("h1");
    heading.textContent = language() === "zh" ? CHINESE.Search : "Search"; // for site.js to turn
    document.getElementById("search-results").before(heading);

    Search.query = (query) => {
        asked = query.trim().replace(WIDE, (each) => each.normalize("NFKC"));
        asks(asked);
    };

    // What is found, by its names in the language, each once: the best comes last.
    Search._performSearch = (...query) => {
        const { docnames, names } = Search._index,
            known = new Map();
        const addressed = (each) => `${each[0]}${each[2]}`;
        const named = ([page, title, anchor, ...rest]) => {
            const own = names[docnames.indexOf(page)],
                both = own[anchor && anchor.slice(1)],
                path = both && (anchor ? [own[""], both] : [both]);
            const name = path?.map((each) => each[number()]).join(" > ");
            return [page, name ?? title, anchor, ...rest];
        };
        for (const each of finds(...query).reverse().map(named))
            if (!known.has(addressed(each))) known.set(addressed(each), each);
        found = [...known.values()].reverse();
        return found;
    };

    // Pages with all words. Of words some of which have two characters, as most have in Chinese,
    // Sphinx asks for as many as are longer.
    Search.performTermsSearch = (terms, excluded) => {
        const ofEach = [...terms].map((each) => findsPages(new Set([each]), excluded)),
            same = (page) => (other) => other[0] === page[0];
        return (ofEach[0] ?? [])
            .filter((page) => ofEach.every((pages) => pages.some(same(page))))
            .map((page) => ofEach.flatMap((pages) => pages.filter(same(page))))
            .map((all) => all.sort((one, other) => other[4] - one[4])[0]); // by its best word
    };

    // A number finds, as a whole, the figures that have it as their own or as a year; what else was
    // asked for is among their words. Sphinx looks for the objects of a program here.
    Search.performObjectSearch = (term, terms) => {
        const { docnames, filenames, figures } = Search._index;
        const has = ({ numbers, told }) =>
            numbers.includes(term) &&
            [...terms].every(
                (word) => numbers.includes(word) || told.join().toLowerCase().includes(word),
            );
        return figures
            .filter(has)
            .map(({ page, row, numbers, told, source }) => [
                docnames[page],
                told[number()],
                `#${row}-${language()}`,
                source[number()],
                numbers[0] === term ? 30 : 20, // before what is found by words
                filenames[page],
                SearchResultKind.object,
            ]);
    };

    // A piece of a page around what was asked for; where the language does not have it, it is in
    // the other, and says so.
    Search.makeSearchSummary = (html, terms, anchor) => {
        const page = new DOMParser().parseFromString(html, "text/html"),
            part = page.getElementById(anchor.slice(1)) ?? page.querySelector("[role=main]"),
            words = [asked.toLowerCase(), ...terms],
            inOrder = [language(), ...LANGUAGES.filter((each) => each !== language())];
        const pieces = inOrder.map((each) => {
            const text = textOf(part, each),
                places = words.map((word) => text.toLowerCase().indexOf(word));
            return { text, language: each, at: places.find((at) => at >= 0) };
        });
        return shown(pieces.find(({ at }) => at !== undefined) ?? { ...pieces[0], at: 0 });
    };

    function textOf(part, language) {
        const own = part.cloneNode(true),
            other = LANGUAGES.find((each) => each !== language);
        own.querySelector("h1, h2, h3")?.remove(); // what is found is called so
        for (const each of own.querySelectorAll(`${NO_TEXT}, .${other}`)) each.remove();
        return own.textContent.replace(/\s+/g, " ").trim();
    }

    function shown({ text, at, language }) {
        const made = document.createElement("p"),
            { lang } = document.documentElement,
            name = document.querySelector(`[data-language=${language}]`).textContent,
            [first, last] = [Math.max(0, at - CONTEXT), at + CONTEXT];
        made.className = "context";
        made.lang = language;
        made.textContent = [
            language === lang ? "" : `${name}${lang === "zh" ? "：" : ": "}`,
            first ? "…" : "",
            text.slice(first, last),
            last < text.length ? "…" : "",
        ].join("");
        return made;
    }

    Documentation.ngettext = (_one, _some, count) =>
        Documentation.gettext(count === 1 ? "One result." : "${resultCount} results.");

    // For site.js: what was asked for, in a language that was chosen since.
    window.searchAgain = () => {
        if (asked === undefined) return;
        found.length = 0; // what is still to be shown
        document.getElementById("search-results").replaceChildren();
        Search.performSearch(asked);
    };

    // What is found opens where it stands in the page, in browsers that know how.
    document.addEventListener("click", ({ target }) => {
        const link = target.closest?.("#search-results a");
        if (link && !link.hash)
            link.href += `#:~:text=${encodeURIComponent(asked).replaceAll("-", "%2D")}`;
    });
});
