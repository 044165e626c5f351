"""The explorers of a few numbers and of targets in the real JupyterLab."""

import pandas as pd
import pytest
from expected import expected, shown
from indicators import charts, data, growth, labels
from indicators.i18n import WORDS
from pages import OTHERS, START, TARGETS, Explorer, settled

TEN = [
    "gdp",
    "gdp_per_capita",
    "general_public_budget_revenue",
    "resident_population",
    "pm25",
    "good_air_days",
]  # of the explorer of a few numbers
TEN += ["urban_income", "rural_income", "urban_rural_income_ratio", "urbanisation_rate"]
PANELS = """cells => {
    const kinds = [
        "text[font-size='14px']",
        "text[font-size='16px'], text[font-weight='bold']:not([font-size='14px'])",
        "text[font-size='12px']"];
    const lines = (text) =>
        [...text.querySelectorAll("tspan")].map(line => line.textContent).join(" ");
    return cells.map(cell => kinds.map(
        kind => [...cell.querySelectorAll(kind)].map(text => lines(text) || text.textContent)));
}"""


@pytest.fixture(scope="module")
def numbers(desk):
    return Explorer(desk.visit(START), OTHERS).watched()


def panels(explorer):
    """What each card says: its heading, the figure, and the small texts on change and targets."""
    cells = explorer.chart.locator(".cell > g").evaluate_all(PANELS)
    return {"".join(heading): ("".join(figures), small) for heading, figures, small in cells}


def values(explorer):
    return {heading: value for heading, (value, _) in panels(explorer).items()}


def of_year(figures, year, chosen, language):
    """The heading of each number and its figure of a year, as the table says."""
    rows = shown(figures, "levels", chosen)
    found = {
        labels.headed(row, language): WORDS[language]["said"]["no_figure"].format(year)
        for row in rows.itertuples()
    }
    printed = rows["status"].isin(["actual", "estimate"])
    known = rows[printed & rows["start"].eq(year) & rows["end"].eq(year)][::-1]  # the first is said
    return found | {
        labels.headed(row, language): labels.large(row, language) for row in known.itertuples()
    }


def test_the_year_slider_sets_the_figures_of_the_cards(numbers, figures):
    handle = numbers.handle("year")
    handle.press("Home")
    for year in range(charts.YEARS[0], charts.YEARS[1] + 1):
        settled(lambda: values(numbers), of_year(figures, year, TEN, "en"))
        handle.press("ArrowRight")


def test_beside_each_number_stand_its_targets_with_their_verdicts(numbers, shaoxing):
    verdicts = growth.verdicts(shaoxing, range(2015, 2026))
    aims = verdicts[verdicts["indicator"].isin(TEN) & verdicts["measure"].isin(growth.LEVELS)]
    aims = aims.sort_values("end", kind="stable")
    goals = {heading: small[-1] for heading, (_, small) in panels(numbers).items()}
    wanted = {heading: " ".join(labels.goals([])) for heading in goals}
    wanted |= {
        labels.headed(rows.iloc[0]): " ".join(labels.goals(list(rows.itertuples())))
        for _, rows in aims.groupby("indicator", observed=True)
    }
    assert goals == wanted


def test_the_theme_and_the_language_choose_the_numbers_and_their_words(numbers, figures, every):
    themes = every.drop_duplicates("indicator").set_index("indicator")["theme"].astype(str)
    year = int(numbers.handle("year").get_attribute("aria-valuenow").split(".")[0])
    for language in ("zh", "en"):
        numbers.speak(language)
        for theme in ("environment", "livelihood"):
            numbers.choose("theme", numbers.words["themes"][theme])
            all_of_theme = of_year(figures, year, themes.index[themes == theme], language)

            def others(known=all_of_theme):
                found = values(numbers)
                return found.items() - known.items(), 2 < len(found) <= 10

            settled(others, (set(), True))
        numbers.choose("theme", numbers.words["choices"]["ten"])
        settled(lambda: values(numbers), of_year(figures, year, TEN, language))
        wanted = {numbers.words["controls"][key] for key in ("language", "year", "theme")} | {
            numbers.words["choices"]["ten"]
        }
        settled(lambda wanted=wanted: wanted - numbers.written(), set())


@pytest.fixture(scope="module")
def aims(desk):
    explorer = Explorer(desk.visit(TARGETS), OTHERS).watched()
    explorer.choose("verdict", explorer.words["choices"]["all"])
    explorer.button("2025").click()
    return explorer


@pytest.fixture(scope="module")
def promised(every):
    table = data.latest(every[every["place"] == "shaoxing"])
    return growth.with_latest(table, growth.verdicts(table, range(2016, 2026)))


def lines(explorer):
    """The rows of the chart from the top: the target, the verdict, when it would be reached."""
    marks = explorer.chart.locator(".mark-text.role-mark").evaluate_all(
        """marks => marks.map(mark => [...mark.querySelectorAll("text")].map(
            text => [text.getBoundingClientRect(), text.getAttribute("aria-label")])
            .map(([box, said]) => [box.y + box.height / 2, said]))"""
    )
    columns = [["".join(said.split()) for _, said in sorted(texts)] for texts in marks[:3]]
    return list(zip(*columns, strict=False))


def promises(
    promised, year="2025", theme="all", order="codebook", rate=5.0, language="en", known=False
):
    """What `lines` are to be, as the table says."""
    words = WORDS[language]["verdicts"]
    rows = promised[promised["end"].astype(str).eq(year) | (year == "all")]
    rows = rows[rows["theme"].eq(theme) | (theme == "all")]
    rows = rows[rows["outcome"].notna() | rows["last_known"].notna()] if known else rows
    rows = rows.sort_values("end", kind="stable")
    by = rows["outcome"].isna() * (1 + rows["last_known"].isna())  # what is known comes first
    if order == "gap":
        by, *others = (pd.to_numeric(rows[f"{of}_by"]) for of in ("better", "last", "baseline"))
        for other in others:
            by = by.fillna(other)
    rows = rows.loc[by.sort_values(kind="stable").index]

    whens = [labels.when(row, rate, language) for row in rows.itertuples()]
    none = words["none"] if any(whens) else ""  # what none of them has is not said
    return [
        tuple(
            said.replace(" ", "")
            for said in (labels.target(row, language), labels.ruling(row, language), when or none)
        )
        for row, when in zip(rows.itertuples(), whens, strict=True)
    ]


def told(promised, year="2025", language="en"):
    """The descriptions of the marks of all themes, as the table says."""
    rows = promised[promised["end"].astype(str) == year]
    outcomes, baselines, last = (
        rows[rows[f"{by}_by"].notna()] for by in ("better", "baseline", "last")
    )
    known = [(row, labels.verdict(row, language)) for row in outcomes.itertuples()]
    known += [(row, labels.origin(row.baseline, language)) for row in baselines.itertuples()]
    known += [(row, labels.last_known(row, language)) for row in last.itertuples()]
    mark = WORDS[language]["forms"]["semicolon"]
    return sorted(
        f"{labels.placed(labels.target(row, language), row, language)}{mark}{said}"
        for row, said in known
    )


def test_the_targets_answer_to_year_theme_order_and_rate(aims, promised):
    settled(lambda: lines(aims), promises(promised))
    aims.draws(told(promised))
    for year in ("2021", "all", "2025"):
        aims.button(aims.words["choices"].get(year, year)).click()
        settled(lambda year=year: lines(aims), promises(promised, year))
    for theme in promised[promised["end"] == 2025]["theme"].astype(str).unique():
        aims.choose("theme", aims.words["themes"][theme])
        settled(lambda theme=theme: lines(aims), promises(promised, theme=theme))
    aims.choose("theme", aims.words["themes"]["all"])
    aims.choose("verdict", aims.words["choices"]["known"])
    settled(lambda: lines(aims), promises(promised, known=True))
    aims.choose("verdict", aims.words["choices"]["all"])
    aims.press("choices", "gap")
    settled(lambda: lines(aims), promises(promised, order="gap"))
    for _ in range(6):
        aims.handle("rate").press("ArrowRight")
    settled(lambda: lines(aims), promises(promised, order="gap", rate=8.0))
    assert promises(promised, rate=8.0) != promises(promised)
    heading = aims.words["chart"]["target_heads"][2].format("8.0")
    assert heading.replace("\n", "") in aims.texts()


def test_the_targets_speak_chinese_and_english(aims, promised):
    for language in ("zh", "en"):
        aims.speak(language)
        settled(
            lambda language=language: lines(aims),
            promises(promised, order="gap", rate=8.0, language=language),
        )
        settled(aims.marks, told(promised, language=language))
        wanted = {
            aims.words["controls"][key]
            for key in ("language", "theme", "target_year", "order", "rate", "verdict", "report")
        }
        wanted |= {aims.words["choices"][key] for key in ("codebook", "gap", "all")} | set(
            aims.words["chart"]["target_heads"][:2]
        )
        settled(lambda wanted=wanted: wanted - aims.written() - set(aims.texts()), set())


def test_a_chart_is_embedded_once_for_very_many_changes(pick, numbers, aims, figures):
    explorer = pick()
    seen = {each: each.watched() and 0 for each in (explorer, numbers, aims)}

    def count(each):
        if each.embedded_anew():
            seen[each] += 1
            each.watched()

    for chosen in (["urban_income"], [], ["pm25", "gdp"]):
        pick(chosen)
        explorer.draws(expected(figures, "levels", chosen))
        count(explorer)
    for each in (explorer, numbers, aims):
        for language in ("zh", "en"):
            each.speak(language)
            settled(lambda each=each: each.words["controls"]["language"] in each.written(), True)
            each.choose("theme", each.words["themes"]["livelihood"])
            count(each)
    for view in ("growth rates", "index", "levels"):
        explorer.press("views", view)
        explorer.draws(expected(figures, view, ["pm25", "gdp"]))
        count(explorer)
    assert max(seen.values()) <= 1  # the two hundredth draw may have been among these
