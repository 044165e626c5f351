"""Places side by side: a few numbers, and targets, in the kernel and in the real page."""

import re

import pytest
import vl_convert
from indicators import charts, data, explorers, growth, labels
from indicators.explorers.cell_widgets import with_parts
from indicators.i18n import LANGUAGES, WORDS
from page_checks import CLIPPED, HEIGHTS
from pages import Own
from servers import settled

NUMBERS = ["gdp", "urban_income", "pm25"]
HOME, TWO, THREE = ("shaoxing",), ("shaoxing", "china"), ("shaoxing", "zhejiang", "china")
CELLS = f"""
from indicators import data, explorers, growth
every = data.load()
table = data.latest(every)
judged = growth.with_latest(table, growth.verdicts(table))
---
explorers.NumbersExplorer(table, {NUMBERS})
---
explorers.TargetExplorer(judged, year="all", verdict="all", printings=every)
"""


@pytest.fixture(scope="module")
def newest():
    return data.latest(data.load())


@pytest.fixture(scope="module")
def judged(newest):
    return growth.with_latest(newest, growth.verdicts(newest))


@pytest.fixture
def numbers(newest):
    return explorers.NumbersExplorer(newest, NUMBERS)


@pytest.fixture
def targets(judged):
    return explorers.TargetExplorer(judged, year="all", verdict="all")


def levels(newest, places, language="en"):
    """The marks of the numbers, in words."""
    rows = newest[
        newest["indicator"].isin(NUMBERS)
        & newest["place"].isin(places)
        & newest["measure"].isin(growth.LEVELS)
    ]
    rows = rows[rows["start"].ge(charts.YEARS[0]) & rows["end"].le(charts.YEARS[1])]
    return sorted(labels.sentence(row, language) for row in rows.itertuples())


def compared(judged, places, language="en"):
    """The marks of the targets that have one: outcomes and where the places stood, in words."""
    found = []
    for row in judged[judged["place"].isin(places)].itertuples():
        named = labels.placed(labels.target(row, language), row, language)
        named += WORDS[language]["forms"]["semicolon"]
        if row.better_by == row.better_by:
            found.append(named + labels.verdict(row, language))
        if row.baseline_by == row.baseline_by:
            found.append(named + labels.origin(row.baseline, language))
        if row.last_by == row.last_by:
            found.append(named + labels.last_known(row, language))
    return sorted(found)


def texts(explorer):
    """All texts of the saved chart."""
    return re.findall(
        r"<text[^>]*>([^<]+)</text>",
        vl_convert.vegalite_to_svg(explorer.chart.to_dict(), vl_version="5.8"),
    )


# --- verdicts of several places -----------------------------------------------------------


def test_a_target_is_judged_by_the_outcome_of_its_own_place_alone(newest, judged):
    for place in THREE:
        alone = newest[newest["place"] == place]
        alone = growth.with_latest(alone, growth.verdicts(alone)).astype({"place": str})
        among = judged[judged["place"] == place].astype({"place": str})
        assert len(alone) == len(among) > 0
        for name in (
            "indicator",
            "period",
            "verdict",
            "better_by",
            "baseline_by",
            "pace",
            "latest",
            "latest_year",
            "met_in",
        ):
            assert alone[name].astype(str).tolist() == among[name].astype(str).tolist(), (
                place,
                name,
            )
        assert all(row.outcome is None or row.outcome.place == place for row in among.itertuples())


def test_a_table_without_targets_has_no_verdicts_and_its_numbers_are_shown(newest):
    without = newest[newest["status"] != "target"]
    assert growth.verdicts(without).empty and "verdict" in growth.verdicts(without)
    assert "no target" in explorers.NumbersExplorer(without, NUMBERS).text


# --- a few numbers ------------------------------------------------------------------------


def test_with_one_place_there_is_nothing_to_choose(shaoxing, newest):
    made = explorers.NumbersExplorer(shaoxing, NUMBERS)
    targets = explorers.TargetExplorer(growth.with_latest(shaoxing, growth.verdicts(shaoxing)))
    several = explorers.NumbersExplorer(newest, NUMBERS)
    found = [explorer.places in with_parts(explorer) for explorer in (made, targets, several)]
    assert found == [False, False, True]


def test_at_first_the_place_of_the_first_row_is_shown(newest, numbers, shaoxing):
    assert numbers.places.value == HOME
    assert numbers.text == explorers.NumbersExplorer(shaoxing, NUMBERS).text
    elsewhere = newest[newest["place"] != "shaoxing"]
    assert explorers.NumbersExplorer(elsewhere, ["gdp"]).places.value == (
        elsewhere["place"].iloc[0],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_several_places_stand_in_one_panel_with_their_names(
    numbers, newest, language
):
    numbers.language.value, numbers.places.value = language, TWO
    said = texts(numbers)
    outcomes = newest[newest["status"].eq("actual") & newest["period"].eq("2020")]
    outcomes = outcomes[outcomes["measure"].eq("level")]
    shown = [
        next(outcomes[outcomes["indicator"].eq(slug) & outcomes["place"].eq(place)].itertuples())
        for slug in NUMBERS
        for place in TWO
    ]  # of two bases, the first
    form = WORDS[language]["said"]["in_place"]
    lines = {form.format(labels.place(row, language), labels.large(row, language)) for row in shown}
    assert lines <= set(said) and labels.large(shown[0], language) not in said
    assert sorted(figure["Description"] for figure in numbers.records) == levels(
        newest, TWO, language
    )
    names = [
        labels.place(growth.the(newest, "pm25", "2020", place=place), language) for place in TWO
    ]
    assert all(
        f"{name}{'：' if language == 'zh' else ': '}3" in numbers.summary.value for name in names
    )


def test_apart_each_number_and_place_has_a_panel_of_its_own(numbers, newest):
    numbers.places.value, numbers.arrangement.value = TWO, "apart"
    said = texts(numbers)
    records = sorted(numbers.records, key=lambda figure: figure["order"])
    assert list(dict.fromkeys(figure["panels"][1] for figure in records)) == [
        f"{labels.headed(row)} · {place}"
        for row in newest.drop_duplicates("indicator")
        .set_index("indicator", drop=False)
        .loc[NUMBERS]
        .itertuples()
        for place in ("Shaoxing", "China")
    ]
    assert (
        {"CNY 600.1 billion", "CNY 101.5986 trillion", *labels.goals([])} <= set(said)
        and "CNY 596.4 billion" not in said
        and "no figure" not in " ".join(said)
    )
    goals = [figure["Goal"] for figure in numbers.records if "Goal" in figure]
    assert len(goals) == len(NUMBERS) * len(TWO)
    assert {goal.split(": ")[0] for goal in goals} == {"target 2025", *labels.goals([])}


def test_a_place_elsewhere_is_named_when_it_stands_alone(numbers):
    numbers.places.value = ("china",)
    assert numbers.summary.value.startswith("China: 3 of 3") and any(
        text.endswith(" · China") for text in texts(numbers)
    )
    assert "- China, Gross domestic product (GDP): CNY 101.5986 trillion" in numbers.text
    numbers.places.value = ()
    assert numbers.summary.value == "Choose a place from the list." and numbers.data.empty
    assert "text/plain" in numbers._repr_mimebundle_()[0]


def test_a_place_that_stays_keeps_its_colour(numbers):
    numbers.places.value = THREE
    before = dict(numbers.live.params["looks"])
    numbers.places.value = ("zhejiang", "china")
    after = numbers.live.params["looks"]
    assert after == {place: before[place] for place in ("zhejiang", "china")}
    assert len(set(map(tuple, before.values()))) == 3


def test_an_unknown_place_is_named_with_the_choices(newest, judged, shaoxing):
    with pytest.raises(
        ValueError,
        match=r"unknown place 'chna' \(did you mean china\?\); choose from: shaoxing, zhejiang",
    ):
        explorers.NumbersExplorer(newest, NUMBERS, places=["chna"])
    with pytest.raises(ValueError, match="unknown place 'chna'"):
        explorers.TargetExplorer(judged, places=["chna"])
    with pytest.raises(ValueError, match="unknown place 'china'; choose from: shaoxing"):
        explorers.NumbersExplorer(shaoxing, NUMBERS, places=["china"])
    with pytest.raises(ValueError, match="unknown arrangement 'over'"):
        explorers.TargetExplorer(judged, arrangement="over")


# --- targets ------------------------------------------------------------------------------


def test_the_same_target_of_several_places_stands_together_or_each_place_by_itself(targets):
    targets.places.value = THREE
    first = {}  # of each target: whether any place knows something of it
    for figure in targets.records:
        first[figure["same"]] = min(figure["stage"], first.get(figure["same"], 2))
    records = sorted(targets.records, key=lambda each: (first[each["same"]], each["by_codebook"]))
    names = [figure["Targets"][1][0].replace("\n", " ") for figure in records]
    gdp = [
        number for number, name in enumerate(names) if "Gross domestic product (GDP), 2025" in name
    ]
    assert [names[number].split(",")[0] for number in gdp] == ["Shaoxing", "Zhejiang"] and gdp[
        1
    ] == gdp[0] + 1
    assert [line[2:].split(":")[0] for line in targets.text.splitlines()[1:]] == [
        name.split(":")[0] for name in names
    ]
    targets.arrangement.value = "apart"
    places = list(targets.data["place"].astype(str))
    assert places == sorted(places, key=THREE.index) and len(set(places)) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_targets_of_each_place_are_counted_by_verdict(targets, judged, language):
    targets.places.value, targets.language.value = TWO, language
    named = targets.names("places")
    words, form = WORDS[language]["verdicts"], WORDS[language]["said"]["of_verdict"]
    for place, said in zip(TWO, re.split(r"\. |。(?=.)", targets.summary.value), strict=True):
        counts = judged[judged["place"] == place]["verdict"].value_counts()
        assert all(form.format(count, words[verdict]) in said for verdict, count in counts.items())
        assert said.startswith(named[place])
    assert targets.live.alt == targets.summary.value


def test_targets_of_places_are_marked_by_name_in_order_of_the_gap_too(targets, judged):
    targets.places.value, targets.order.value = THREE, "gap"
    svg = vl_convert.vegalite_to_svg(targets.chart.to_dict(), vl_version="5.8")
    assert svg.count('aria-roledescription="point"') == len(compared(judged, THREE))
    assert targets.data["far"].dropna().is_monotonic_increasing


# --- in the page --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visit(browser, lab):
    visit = Own(browser, lab, "places", CELLS)
    yield visit
    assert visit.errors == []
    visit.page.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", [0, 1])
def test_in_the_page_two_places_are_drawn_and_named_together_and_apart(
    visit, newest, judged, which, language
):
    explorer = visit.explorer(which)
    explorer.speak(language)
    explorer.caught_up()  # it gives the controls their names anew, with the choice that it knows
    names = [
        labels.place(growth.the(newest, "pm25", "2020", place=place), language) for place in TWO
    ]
    drawn = [levels(newest, TWO, language), compared(judged, TWO, language)][which]
    explorer.choose("places", *names)
    explorer.draws(drawn)
    choices = explorer.words["choices"]
    together, apart = (
        (choices["overlay"], choices["apart"])
        if which == 0
        else (choices["mixed"], choices["grouped"])
    )
    explorer.caught_up()
    before = ordered(explorer)
    explorer.choose("arrangement", apart)
    settled(lambda: ordered(explorer) != before, True)
    explorer.draws(drawn)
    if which == 0:
        assert [
            re.split(r"\s*·\s*", text)[1] for text in explorer.texts("text[font-size='14px']")
        ] == names * len(NUMBERS)
    else:
        places = [
            text.split("，" if language == "zh" else ", ")[0]
            for text in ordered(explorer)
            if text.startswith(tuple(names))
        ]
        assert places == sorted(places, key=names.index) and set(places) == set(names)
    settled(lambda: explorer.box.evaluate(CLIPPED) + explorer.box.evaluate(BEYOND), [])
    explorer.choose("arrangement", together)
    settled(lambda: ordered(explorer), before)
    settled(lambda: explorer.box.evaluate(BEYOND), [])
    explorer.choose("places", names[0])
    explorer.caught_up()
    explorer.speak("en")
    explorer.caught_up()


def test_in_the_page_targets_are_judged_by_official_sources_alone_on_request(visit, judged):
    table = data.latest(data.official(data.load()))
    official = growth.with_latest(table, growth.verdicts(table))
    explorer = visit.explorer(1)
    for place in ("Zhejiang", "Shaoxing"):
        explorer.choose("places", place)
        for rows, ticked in ((official, True), (judged, False)):
            explorer.control("official").set_checked(ticked)
            explorer.draws(compared(rows, (place.lower(),)))


def ordered(explorer):
    """The headings and the texts of a chart, from the top down."""
    found = explorer.chart.locator(".role-title-text text, .role-mark text").evaluate_all(HEIGHTS)
    return [text for text, _ in sorted(found, key=lambda each: round(each[1]))]


# Texts of a chart that reach beyond it.
BEYOND = """box => { const edge = box.getBoundingClientRect().right;
    const beyond = (text) => text.getBoundingClientRect().right > edge;
    return [...box.querySelectorAll("svg text")].filter(beyond).map((text) => text.textContent);
}"""


def test_the_choice_of_places_reaches_the_chart_without_the_kernel(visit, newest):
    explorer = visit.explorer()
    explorer.caught_up()
    settled(
        lambda: int(explorer.box.locator("[data-parts]").get_attribute("data-parts")) >= 2 * 3, True
    )
    with visit.lab.kernel_stopped("places"):
        explorer.choose("places", "Zhejiang", "China")
        explorer.draws(levels(newest, ("zhejiang", "china")))
    explorer.caught_up()
    explorer.box.get_by_text("Zhejiang: 3 of 3").wait_for()
    explorer.choose("places", "Shaoxing")
    explorer.draws(levels(newest, HOME))
