"""A lecturer's pages: plans that add up, lines that run, computed numbers, handouts of one page."""

import ast
import html
import re
import subprocess
from itertools import pairwise

import altair as alt
import nbformat
import pandas as pd
import pytest
from conftest import NOTEBOOKS, ROOT
from indicators import exercises, i18n, labels
from indicators.exercises import COURSE, answer_key, lesson_pages, target_sheet
from indicators.exercises.course import BY_NOTEBOOK
from indicators.exercises.lesson_texts import (
    FOLDER,
    SECTIONS,
    Lesson,
    answer_said,
    rounded,
)
from indicators.explorers import Explorer
from indicators.i18n import LANGUAGES
from test_exercises import LINES

NAMES = list(BY_NOTEBOOK)
LEVELS = {"reads a chart", "computes", "argues", "writes code"}
TYPED = re.compile(
    r"(?<!PM)\d\.\d|\d\s*(%|µg|billion|million|thousand|亿|万|元)|(CNY|about|least|most) \d"
)


@pytest.fixture(scope="module")
def lessons():
    return {name: Lesson(name, exercises.tables()) for name in NAMES}


@pytest.fixture(scope="module")
def pages():
    return lesson_pages.pages(exercises.tables())


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_is_planned_to_the_minute_and_shows_the_views_that_its_plan_names(name, lessons):
    lesson = lessons[name]
    assert lesson.headings == SECTIONS
    minutes, _, shown = zip(*lesson.rows("Plan"), strict=True)
    assert sum(map(int, minutes)) == lesson_pages.MINUTES
    views = re.findall(r"^### ([A-Z])\. ", lesson.section("Views"), re.MULTILINE)
    assert len(views) == len(lesson.code("Views"))
    assert {text[0] for text in shown} - {"n"} <= set(views)
    assert [each for each, *_ in lesson.rows("Exercises")] == [
        each for each in COURSE if each.startswith(name[:2])
    ]
    assert {level for _, level, _ in lesson.rows("Exercises")} <= LEVELS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_screens_that_a_lesson_names_are_in_the_dashboard(path, lessons):
    texts = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
    headings = set(re.findall(r"^##? (.+)", "\n".join(texts), re.MULTILINE))
    named = re.findall(
        r"^Screen of the dashboard: \*(.+?)\*", lessons[path.stem].section("Views"), 8
    )
    assert len(named) == len(lessons[path.stem].code("Views"))
    assert set(named) <= headings


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_of_a_lesson_run_once_the_first_cell_has_run(name, lessons):
    for number in range(len(lessons[name].code("Views"))):
        shown = lessons[name].view(number)
        assert isinstance(shown, Explorer | alt.TopLevelMixin | pd.DataFrame)


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_of_a_lesson_are_computed(name):
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    for computed in (r"\{[^}]+\}", r"(?s)```python.+?```", r"(?m)^\|.+$", r"<http.+?>"):
        text = re.sub(computed, "", text)
    assert [line for line in text.splitlines() if TYPED.search(line)] == []
    assert TYPED.search("it grew by 3.3%") and TYPED.search("约为 6 亿元")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("pm25 2014", "pm25"),
        ("source nobody", "no source 'nobody'"),
        ("verdict pm25 1999", "no target"),
    ],
)
def test_a_field_that_cannot_be_filled_is_told_with_its_file(field, said, lessons):
    with pytest.raises(ValueError, match=rf"lessons/{NAMES[0]}\.md, {{{field}}}: .*{said}"):
        lessons[NAMES[0]].filled(f"- knows {{{field}}}")


@pytest.mark.parametrize("name", NAMES)
def test_what_to_read_has_publisher_and_address(name, lessons):
    items = [line for line in lessons[name].section("Reading").splitlines() if line]
    assert len(items) >= 3
    assert [item for item in items if not re.match(r"- .+: .+<https?://\S+>", item)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_solution_of_a_lesson_is_that_which_is_tried_in_its_notebook(name, lessons):
    (solution,) = lessons[name].code("Solution")
    tried = "\n".join(LINES[f"{name[:2]}-4"])
    assert ast.dump(ast.parse(solution)) == ast.dump(ast.parse(tried))


def test_the_lesson_on_targets_has_one_of_the_city_that_was_plainly_missed(lessons):
    lesson = lessons["04-were-the-targets-met"]
    drawn = lesson.view().data.set_index(["place", "period"])["verdict"]
    assert drawn["shaoxing", "2020"] == drawn["china", "2022"] == "missed"
    assert sum(drawn == "missed") == 2 and "met" in set(drawn["shaoxing"]), "as the handout says"
    aim = lesson.judged.query("indicator == 'real_gdp' and place == 'shaoxing' and end == 2020")
    (row,) = aim.itertuples()
    assert row.gap_high < -1 and {row.tier, row.outcome.tier} == {"primary"}
    assert "missed (3.3%" in lesson.section("Answers and mistakes")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_handout_has_question_chart_key_and_three_tasks_and_asks_nobody(name, language, pages):
    page = pages[lesson_pages.handout_name(name, language)]
    chart, key = page.split("<p class='key'>")
    assert chart.count("<svg") == 1 and key.count("<li>") == 3
    assert f'<html lang="{language}">' in page
    assert not re.search(r"https?://", re.sub(r"xmlns\S*", "", page))
    asked = lesson_pages.titles(next(path for path in NOTEBOOKS if path.stem == name))
    assert all(text in page for text in asked.values())


@pytest.mark.parametrize(
    ("name", "drawn", "not_drawn"),
    [
        ("04-were-the-targets-met", ["Filled circle", "Cross", "Shaded"], ["(!)", "Open circle"]),
        ("00-start-here", ["outcome", "target", "or less"], ["or more", "required pace"]),
    ],
)
def test_the_key_of_a_handout_has_the_marks_of_its_chart_alone(name, drawn, not_drawn, pages):
    key = re.search(r"<p class='key'>(.*?)</p>", pages[lesson_pages.handout_name(name, "en")])[1]
    assert [words for words in drawn if words not in key] == []
    assert [words for words in not_drawn if words in key] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_sheet_has_every_target_of_the_city_for_its_year(language, lessons, pages):
    page = pages[target_sheet.sheet_name(language)]
    judged = lessons[target_sheet.LESSON].judged
    of_city = judged[judged["place"].eq("shaoxing") & judged["end"].eq(target_sheet.YEAR)]
    assert page.count("<tr>") == 1 + len(of_city) and f'<html lang="{language}">' in page
    with i18n.speaking(language):
        said = [labels.target(row) for row in of_city.itertuples()]
    assert [text for text in said if html.escape(text, quote=False) not in page] == []


def test_the_views_of_a_lesson_on_targets_show_what_it_counts(lessons):
    lesson = lessons["04-were-the-targets-met"]
    shown = lesson.view(1).data
    assert lesson.filled("{targets shaoxing 2025}") == str(len(shown))
    known = str(shown["outcome"].notna().sum())
    assert known == lesson.filled("{targets shaoxing 2025 known}") != str(len(shown))
    counts = lesson.view(2)
    for place, verdict in (("china", "cannot be told"), ("zhejiang", "not yet known")):
        word = verdict.replace(" ", "-")
        assert lesson.filled(f"{{targets {place} {word}}}") == str(counts.loc[place, verdict])
    late, early = (lesson.filled(f"{{targets shaoxing {word}}}") for word in ("late", "early"))
    assert int(late) + int(early) == int(lesson.filled("{targets shaoxing}"))
    with pytest.raises(ValueError, match="nearly-met"):
        lesson.filled("{targets shaoxing nearly-met}")


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_has_every_task_of_the_handout_and_the_exercises(name, lessons):
    plan = lessons[name].section("Plan")
    tasks = {number for said in re.findall(r"tasks? ([\d and]+)", plan) for number in said.split()}
    assert tasks - {"and"} == {"1", "2", "3"}
    assert all(f"{name[:2]}-{number}" in plan for number in (1, 3, 4))


def test_handouts_are_in_the_language_they_say(lessons):
    texts = {"en": "Handout", "zh": "讲义"}
    for lesson in lessons.values():
        for language, heading in texts.items():
            with i18n.speaking(language):
                tasks = lesson.items(heading)
            assert len(tasks) == 3
            assert all(("。" in task or "？" in task) is (language == "zh") for task in tasks)


@pytest.mark.parametrize(
    ("number", "within", "said"),
    [
        (8.4123, 0.1, "8.4"),
        (61.87, 0.5, "62"),
        (-0.6166, 0.05, "−0.6"),
        (1.9637, 0.005, "1.96"),
        (178, 0, "178"),
        (5.27, 0.15, "5.3"),
        (3, 0.05, "3"),
    ],
)
def test_an_answer_is_rounded_as_people_say_it_and_stays_right(number, within, said):
    assert rounded(number, within) == said
    assert abs(float(said.replace("−", "-")) - number) <= within


def test_the_key_has_contents_level_minutes_and_the_code_solutions(lessons, pages):
    key = pages["key.html"]
    assert re.findall(r'href="#(\d\d-\d)"', key) == list(COURSE)
    assert set(re.findall(r"id='(\d\d-\d)'", key)) == set(COURSE)
    assert len(re.findall(r"<em>[a-z ]+, \d+ minutes</em>", key)) == len(COURSE)
    plain = re.sub(r"<[^>]+>", "", key)
    for name in COURSE:
        assert answer_said(name, exercises.tables()) in plain.replace("&quot;", '"')
    assert key.count("Lines that give it") == len(NAMES)
    assert key == answer_key.page()


def test_one_command_writes_all_pages_and_none_is_put_under_version_control():
    planned = subprocess.run(
        ["make", "-n", "course"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "-m indicators.exercises.lesson_pages course" in planned
    assert "/course/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_every_link_of_the_pages_leads_to_one_of_them(pages):
    wanted = {
        link
        for page in pages.values()
        for link in re.findall(r"href=[\"']([^\"'#]+)", page)
        if not link.startswith("http")
    }
    assert wanted <= set(pages) and len(pages) == 3 + 3 * len(NAMES) + len(LANGUAGES)


def number_of_pages(pdf):
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_each_handout_prints_on_one_page_of_a4_and_no_first_page_is_empty(browser, pages):
    page = browser.new_page()
    try:
        printed = {}
        for name, text in pages.items():
            page.set_content(text)
            printed[name] = number_of_pages(page.pdf(format="A4", prefer_css_page_size=True))
        handouts = {name for name in printed if "-handout" in name}
        assert {name: printed[name] for name in handouts} == dict.fromkeys(handouts, 1)
        assert all(2 <= printed[f"{name}.html"] <= 4 for name in NAMES)
        page.emulate_media(media="print")
        page.set_content(pages["key.html"])
        tops = page.evaluate(
            "[...document.querySelectorAll('h1, table, h2')].map(it => it.offsetTop)"
        )
        assert all(one < other for one, other in pairwise(tops[:3])) and tops[2] < 1100
    finally:
        page.close()
