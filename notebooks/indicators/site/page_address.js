// The address of a view: what differs from the usual, of each explorer by its number.

const AFTER_LINKS = /[.,;:!?)>]+$/; // what a text goes on with, and mail programs take along
const MOST_TOLD = 3; // things in an address that are not understood

const onPage = [];
const notUnderstood = [];

function address(some) {
    const found = new URLSearchParams();
    for (const each of some)
        for (const [name, text] of each.changes()) found.append(`${each.number}.${name}`, text);
    const lang = document.documentElement.lang;
    return `#${new URLSearchParams({ lang })}&${found}`.replaceAll("%2C", ",").replace(/&$/, "");
}

function writeAddress() {
    const next = address(onPage),
        usual = !next.includes("&"),
        asks = location.hash.includes("=");
    if (usual ? asks : next !== location.hash)
        history.replaceState(history.state, "", usual ? location.href.split("#")[0] : next);
}

// Lets each explorer take what the address asks for; returns the language, and the first of them.
function readAddress() {
    const hash = location.hash.slice(1).replaceAll("&amp;", "&").replace(AFTER_LINKS, ""),
        asked = hash.includes("=") ? [...new URLSearchParams(hash)] : [],
        by = new Map(onPage.map((explorer) => [String(explorer.number), []]));
    let language;
    notUnderstood.length = 0;
    for (const [key, text] of asked) {
        const [, number, name] = key.match(/^(\d+)\.(\w+)$/) ?? [];
        if (key === "lang" && Object.hasOwn(WORDS, text)) language = text;
        else if (by.has(number)) by.get(number).push([name, text]);
        else notUnderstood.push(`${key}=${text}`);
    }
    for (const explorer of onPage)
        explorer.take(by.get(String(explorer.number)), (what) =>
            notUnderstood.push(`${explorer.number}.${what}`),
        );
    return { language, first: onPage.find(({ number }) => by.get(String(number)).length) };
}

function tellAddress(language) {
    document.querySelector(".not-understood")?.remove();
    if (!notUnderstood.length) return;
    const told = notUnderstood.slice(0, MOST_TOLD).map((each) => each.slice(0, 60)),
        text = fill(WORDS[language].not_understood, told.join("; "));
    const line = element("p", { className: "not-understood", role: "alert" }, text);
    document.querySelector("h1").after(line);
}

async function speakAll(language) {
    tellAddress(language);
    for (const explorer of onPage) await explorer.speak(language);
}

// For site.js, which draws the charts that are no explorers.
window.vegaEmbed = vegaEmbed;

// For site.js: makes the explorers of the page; returns the language that the address asks for.
window.pageExplorers = {
    open() {
        for (const figure of document.querySelectorAll("figure.explorer"))
            if (!onPage.some((explorer) => explorer.figure === figure))
                onPage.push(new PageExplorer(figure, onPage.length + 1));
        const { language, first } = readAddress();
        this.first = first;
        return language;
    },
    async speak(language) {
        await speakAll(language);
        this.first?.figure.scrollIntoView();
        this.first = undefined;
    },
};
