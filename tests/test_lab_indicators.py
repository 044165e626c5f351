"""The explorer of indicators in the real JupyterLab: its controls, and what they draw."""

import re
from itertools import combinations

import pytest
from conftest import drawable
from expected import CHOSEN, FIRST, alone, expected, sentences, shown, topic
from indicators import charts, data, explorers, growth, labels
from indicators.exercises.comparison import folded
from indicators.i18n import WORDS
from pages import EVERYTHING, marks, settled


@pytest.mark.parametrize(
    "chosen",
    [
        *(FIRST["chosen"], CHOSEN, ["livelihood_spending", "basic_pension"], ["real_gdp"], []),
        ["general_public_budget_expenditure", "livelihood_spending"],
    ],
)
def test_a_view_draws_what_the_table_says_and_views_without_a_figure_are_closed_with_the_reason(
    pick, figures, chosen
):
    explorer = pick(chosen)
    rows = {view: expected(figures, view, chosen) for view in explorers.VIEWS}
    known = set(
        figures[figures["indicator"].isin(chosen) & figures["place"].eq("shaoxing")]["view"]
    ) or set(explorers.VIEWS)
    for view in filter(rows.get, explorers.VIEWS):
        explorer.press("views", view)
        explorer.draws(rows[view])
    reasons = {
        name: "" if name in known else explorer.words["reasons"]["view"] for name in explorers.VIEWS
    }
    settled(
        explorer.views,
        [[explorer.words["views"][name], bool(reason), reason] for name, reason in reasons.items()],
    )


def test_together_the_choices_of_this_file_show_every_view(figures):
    """The test above would say nothing of a view for which it has no figure."""
    chosen = [*FIRST["chosen"], *CHOSEN, "livelihood_spending", "general_public_budget_expenditure"]
    assert [view for view in explorers.VIEWS if not expected(figures, view, chosen)] == []


def test_the_years_are_narrowed_by_keyboard(pick, figures):
    explorer = pick(CHOSEN, "growth rates")
    first, last = explorer.handle("years", 1), explorer.handle("years", 2)
    for _ in range(2021, 2025):
        last.press("ArrowLeft")
    explorer.draws(expected(figures, "growth rates", CHOSEN, years=(2015, 2021)))
    for _ in range(2015, 2020):
        first.press("ArrowRight")
    explorer.draws(expected(figures, "growth rates", CHOSEN, years=(2020, 2021)))
    axis = set(explorer.texts("[aria-label^='X-axis'] text"))
    assert axis == {"2020", "2021"}
    first.press("Home")
    last.press("End")
    explorer.draws(expected(figures, "growth rates", CHOSEN))


@pytest.mark.parametrize(
    "words",
    [
        "存款",
        "DIGITAL",
        "gdp",
        "income urban",
        "收入 城镇",
        "ＰＭ２．５",
        "(可比价)",
        "no such indicator",
    ],
)
def test_the_search_finds_chinese_and_english_and_keeps_what_is_chosen(
    explorer, names, themes, words
):
    explorer.control("search").fill(words)
    found = [
        slug
        for slug in themes.index
        if all(
            word in folded(f"{names['en'][slug]} {names['zh'][slug]}")
            for word in folded(words).split()
        )
        or slug in FIRST["chosen"]
    ]
    settled(lambda: explorer.options("indicators"), list(names["en"][found]))
    nothing = explorer.box.get_by_text(explorer.words["list"]["nothing"])
    assert nothing.is_visible() == (words == "no such indicator")
    assert explorer.state() != explorer.first
    assert sorted(explorer.ticked("indicators")) == sorted(names["en"][FIRST["chosen"]])


def test_a_theme_leaves_its_indicators_and_what_is_chosen(explorer, names, themes):
    for theme in themes.unique():
        explorer.choose("theme", explorer.words["themes"][theme])
        found = [slug for slug in themes.index if themes[slug] == theme or slug in FIRST["chosen"]]
        settled(lambda found=found: explorer.options("indicators"), list(names["en"][found]))
    assert sorted(explorer.options("theme")) == sorted(
        explorer.words["themes"][theme] for theme in ["all", *themes.unique()]
    )


def test_indicators_are_chosen_and_taken_away(pick, figures):
    for chosen in (["retail_sales"], ["total_fiscal_revenue", "exports"], []):
        explorer = pick(chosen)
        explorer.draws(expected(figures, "levels", chosen))
    explorer.says("choose")


def touch(page, box):
    """Touch the page within a box with a finger."""
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    at = {"x": box["x"] + 20, "y": box["y"] + box["height"] / 2}
    for kind, points in (("touchStart", [at]), ("touchEnd", [])):
        tools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    tools.send("Emulation.setTouchEmulationEnabled", {"enabled": False})


def test_a_row_ticks_by_mouse_or_touch_and_stays_where_it_is(pick, figures, names):
    explorer = pick([])
    explorer.draws([])
    explorer.caught_up()
    box, called = explorer.control("indicators"), names["en"]
    row, other = (
        box.get_by_role("option", name=called[slug], exact=True).last for slug in ("pm25", "gdp")
    )
    for element in (row, other):
        element.scroll_into_view_if_needed()
        before = element.bounding_box()
        assert before["height"] >= 28
        element.click() if element is row else touch(explorer.page, before)
        settled(lambda element=element: element.get_attribute("aria-selected"), "true")
        explorer.caught_up()  # what the kernel says to it changes nothing
        assert element.bounding_box() == before
    explorer.draws(expected(figures, "levels", ["gdp", "pm25"]))
    picked = box.locator(".chosen [role=option]")
    assert picked.all_inner_texts() == list(called[["pm25", "gdp"]])
    picked.first.dblclick()  # the second press meets the row that has come up
    assert picked.all_inner_texts() == [called["gdp"]]
    explorer.draws(expected(figures, "levels", ["gdp"]))
    box.press("Home")
    assert explorer.page.evaluate("document.activeElement.ariaLabel") == "Indicators"


def test_a_panel_that_comes_back_has_no_label_of_a_figure_that_went(pick, figures):
    """Vega shows a group of such a panel again as it was, with the texts that it had."""
    went, others, came = (
        "emerging_industries_share",
        ["integrated_circuit_output", "policy_benefits", "incentive_funds", "relending_rank"]
        + ["consumption_vouchers", "retail_sales_growth_rank", "projects_over_10bn"],
        "mayor_projects_landed",
    )
    labelled = {}
    for added in (went, *others, came):
        chosen = ["gdp_per_capita", "urban_income", added]
        explorer = pick(chosen)
        explorer.draws(expected(figures, "levels", chosen))
        explorer.caught_up()
        labelled[added] = explorer.texts(".role-mark text")
    assert "50" in labelled[went] and "50" not in labelled[came] and "≥ 75" in labelled[came]


@pytest.mark.parametrize(
    ("places", "chosen", "flat"),
    [
        (["shaoxing", "china"], ["urban_income"], False),
        (["shaoxing", "zhejiang", "china"], ["urban_income", "pm25"], False),
        (["shaoxing", "zhejiang", "china"], ["gdp", "pm25"], True),
    ],
)
def test_several_places_are_laid_over_unless_one_would_lie_flat_or_have_a_panel_each(
    pick, figures, places, chosen, flat
):
    explorer = pick(chosen, places=places)
    rows = shown(figures, "levels", chosen, places)
    explorer.draws(sentences(rows))
    panels = {
        (topic(row) if len(chosen) == 1 else labels.panel(row), labels.place(row))
        for row in rows.itertuples()
    }
    apart = sorted(f"{panel} · {place}" for panel, place in panels)
    together = apart if flat else sorted({panel for panel, _ in panels})
    settled(explorer.headings, together)
    if flat:
        explorer.says("apart")
    explorer.choose("arrangement", explorer.words["choices"]["apart"])
    settled(explorer.headings, apart)
    explorer.draws(sentences(rows))
    explorer.choose("arrangement", explorer.words["choices"]["overlay"])
    settled(explorer.headings, together)


def test_all_printings_or_the_newest_of_the_best_source_are_drawn(pick, figures):
    explorer = pick(["gdp", "life_expectancy"])
    for choice, printings in (("latest", "newest"), ("every", "all"), ("latest", "newest")):
        explorer.choose("vintages", explorer.words["choices"][choice])
        explorer.draws(expected(figures, "levels", ["gdp", "life_expectancy"], printings=printings))
    assert len(expected(figures, "levels", ["gdp"], printings="all")) > len(
        expected(figures, "levels", ["gdp"])
    )


def test_an_index_is_set_against_the_chosen_base_year(pick, figures):
    explorer = pick(view="index")
    levels = figures[figures["view"] == "levels"]
    for year in range(charts.YEARS[0], charts.YEARS[1] + 1):
        explorer.control("base").select_option(index=year - charts.YEARS[0])
        indexed = growth.index_to_base(levels, year).assign(view="index")
        explorer.draws(expected(indexed, "index", FIRST["chosen"]))


def test_outcomes_targets_and_expected_outcomes_are_ticked_on_and_off(pick, figures):
    explorer = pick(CHOSEN, "growth rates")
    assert set(shown(figures, "growth rates", CHOSEN)["status"]) == set(explorers.STATUSES)
    for number in range(len(explorers.STATUSES), -1, -1):
        for statuses in combinations(explorers.STATUSES, number):
            for status in explorers.STATUSES:
                explorer.control(status).set_checked(status in statuses)
            explorer.draws(expected(figures, "growth rates", CHOSEN, statuses=statuses))
    explorer.says("tick")


def test_what_is_implied_and_official_sources_alone_are_ticked_on_and_off(pick, every):
    chosen, places = ["urban_income", "urban_rural_income_ratio"], ["shaoxing", "zhejiang"]
    explorer = pick(chosen, "levels", places)
    for official in (False, True):
        explorer.control("official").set_checked(official)
        figures = drawable(data.official(every) if official else every)
        for implied in (False, True):
            explorer.control("implied").set_checked(implied)
            asked = {"places": places, "implied": implied}
            explorer.draws(expected(figures, "levels", chosen, **asked))
    assert set(growth.DERIVED) < set(shown(figures, "levels", chosen, places)["status"])
    pick(["rural_income"], places=["shaoxing"])
    rows = shown(figures, "levels", ["rural_income"])
    explorer.draws(sentences(rows))
    row = next(row for row in rows.itertuples() if row.status == "implied")
    tip = explorer.tip(row)
    assert tip["Computed from"] == labels.computed_from(row) and "Source" not in tip
    explorer.leave()


def test_reset_brings_everything_back_to_the_first_choice(pick, figures, where):
    explorer = pick(["real_gdp"], "growth rates", ["shaoxing", "china"])
    explorer.control("search").fill("income")
    explorer.choose("theme", explorer.words["themes"]["environment"])
    explorer.choose("arrangement", explorer.words["choices"]["apart"])
    explorer.choose("vintages", explorer.words["choices"]["every"])
    for key in ("actual", "table"):
        explorer.control(key).set_checked(key == "table")
    explorer.handle("years", 1).press("ArrowRight")
    explorer.speak("zh")
    explorer.draws(
        expected(
            figures,
            "growth rates",
            ["real_gdp"],
            "zh",
            places=["shaoxing", "china"],
            years=(2016, 2025),
            statuses=["target", "estimate"],
            printings="all",
        )
    )
    explorer.reset()
    explorer.draws(expected(figures, **FIRST))
    settled(explorer.rows, [])


def names_of_controls(words):
    """What controls, their choices and the table of an explorer of indicators are called."""
    other = "save citation year target_year framed order rate verdict report".split()
    other += ["reset_tip", "again", "copied"]
    named = {said for key, said in words["controls"].items() if key not in other}
    named |= {words["controls"]["save"].format(words["controls"]["citation"])}
    named |= {*words["themes"].values(), *words["views"].values()}
    choices = [*explorers.STATUSES, *explorers.ARRANGEMENTS, *explorers.SCALES, "latest", "every"]
    named |= {words["choices"][key] for key in choices}
    headings = words["listing"].items()
    return named | {said for key, said in headings if key not in ("sort", "unknown", "copied")}


def test_in_chinese_everything_is_chinese_and_back_in_english_everything_is_english(pick, figures):
    explorer = pick(["gdp"], "levels", ["shaoxing", "china"])
    explorer.control("table").check()
    row = next(row for row in alone(shown(figures, "levels", ["gdp"])) if row.others)
    settled(lambda: len(explorer.rows()) > 0, True)
    english = explorer.written()
    for language in ("zh", "en"):
        explorer.speak(language)
        rows = shown(figures, "levels", ["gdp"], ["shaoxing", "china"])
        explorer.draws(sentences(rows, language))
        settled(
            lambda: sorted(cells[2] for cells in explorer.rows()),
            sorted(labels.figure(each, explorer.language) for each in rows.itertuples()),
        )
        explorer.caught_up()
        wanted = names_of_controls(WORDS[language]) | {
            f"{topic(each, language)} · {labels.place(each, language)}"
            for each in rows.itertuples()
        }
        settled(lambda wanted=wanted: wanted - explorer.written(), set())
        if language == "zh":
            left = english & explorer.written()
            assert [text for text in left if re.search("[a-z]{2}", text)] == ["English"]
        assert explorer.tip(row) == labels.tip(row, language)
        explorer.leave()


def why(figures, paths, view, chosen, places):
    """For each control that may be disabled the key of the reason, or nothing if it makes sense."""
    on_levels, rows = view in ("levels", "index"), shown(figures, view, chosen, places)
    mine = figures[figures["indicator"].isin(chosen) & figures["place"].isin(places)]
    return {
        "scale": "log_view" if not on_levels else "log_zero" if (rows["value"] <= 0).any() else "",
        "arrangement": "" if len(places) > 1 else "arrangement",
        "vintages": "vintages" if mine["drawn"].all() else "",
        "pace": "pace_view"
        if not on_levels
        else ""
        if paths["indicator"].isin(chosen).any()
        else "pace_none",
        "implied": "implied_view"
        if view != "levels"
        else ""
        if rows["status"].isin(growth.DERIVED).any()
        else "implied_none",
        "official": "official" if mine["tier"].isin(data.OFFICIAL).all() else "",
    }


@pytest.mark.parametrize(
    ("view", "chosen", "places"),
    [
        *((view, ["gdp", "pm25", "livelihood_spending"], ["shaoxing"]) for view in explorers.VIEWS),
        ("levels", ["covid_deaths"], ["shaoxing"]),
        ("levels", ["pm25"], ["shaoxing", "china"]),
        ("index", ["gdp"], ["zhejiang", "shaoxing"]),
    ],
)
def test_a_control_is_disabled_exactly_when_it_makes_no_sense_and_the_reason_stands_beneath(
    pick, figures, shaoxing, view, chosen, places
):
    explorer = pick(chosen, view, places)
    explorer.draws(expected(figures, view, chosen, places=places))
    reasons = why(figures, growth.required_paths(shaoxing), view, chosen, places)
    disabled = lambda: {key: explorer.control(key).is_disabled() for key in reasons}  # noqa: E731
    settled(disabled, {key: bool(reason) for key, reason in reasons.items()})

    def said():
        text = explorer.box.inner_text()
        return {key for key, reason in explorer.words["reasons"].items() if reason in text}

    settled(said, set(filter(None, reasons.values())))


def test_changes_in_quick_succession_end_with_what_the_controls_say(pick, figures):
    """In the real page; that two threads do not mix is held in test_explorers.py."""
    for _ in range(5):
        explorer = pick([])
        for view in explorers.VIEWS:
            explorer.press("views", view)
        for status in explorers.STATUSES:
            explorer.control(status).uncheck()
        for status in explorers.STATUSES[1:]:
            explorer.control(status).check()
        pick(CHOSEN, "growth rates")
        explorer.draws(expected(figures, "growth rates", CHOSEN, statuses=explorers.STATUSES[1:]))
        explorer.control("actual").check()
        explorer.draws(expected(figures, "growth rates", CHOSEN))


def test_a_choice_is_drawn_while_the_kernel_cannot_answer(pick, figures, lab, where, table):
    parts = set(explorers.IndicatorExplorer(table, FIRST["chosen"]).all_parts())
    explorer = pick()
    settled(
        lambda: int(explorer.box.locator("[data-parts]").get_attribute("data-parts")) >= len(parts),
        True,
    )
    with lab.kernel_stopped(EVERYTHING):
        for view, chosen, places in [
            ("index", ["gdp", "exports"], ["shaoxing"]),
            ("levels", ["gdp", "pm25"], ["shaoxing", "china"]),
        ]:
            pick(chosen, view, places)
            explorer.draws(expected(figures, view, chosen, places=places))
        explorer.control("target").uncheck()
        explorer.draws(
            expected(figures, view, chosen, places=places, statuses=["actual", "estimate"])
        )
        explorer.handle("years", 1).press("ArrowRight")
        explorer.button("中文").click()
        explorer.draws(
            expected(
                figures,
                view,
                chosen,
                "zh",
                places=places,
                statuses=["actual", "estimate"],
                years=(2016, 2025),
            )
        )
    explorer.language = "zh"
    settled(lambda: explorer.words["controls"]["language"] in explorer.written(), True)


def test_a_second_view_of_an_explorer_draws_the_same(pick, figures, desk):
    chosen = ["gdp", "exports", "pm25"]
    explorer = pick(chosen, "index")
    explorer.draws(expected(figures, "index", chosen))
    page = desk.visit(EVERYTHING).page
    explorer.box.locator(".widget-html").first.click(button="right")
    page.get_by_text("Create New View for Cell Output", exact=True).click()
    try:
        second = page.locator(".jp-LinkedOutputView .widget-vbox:has(.views)")
        settled(lambda: marks(second), expected(figures, "index", chosen))
    finally:
        page.locator(".lm-TabBar-tab:has-text('Output View') .lm-TabBar-tabCloseIcon").click()
        settled(explorer.box.count, 1)
