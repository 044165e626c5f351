"""A lecturer's pages: plans that add up, lines that run, computed numbers, handouts of one page."""

import ast
import html
import re
import shutil
import subprocess
from functools import cache
from itertools import chain, pairwise, product

import altair as alt
import pandas as pd
import pytest
from conftest import NOTEBOOKS, ROOT
from indicators import editions, exercises, i18n, labels
from indicators.exercises import COURSE, answer_key, lesson_pages, lesson_texts, target_sheet
from indicators.exercises.course import BY_NOTEBOOK
from indicators.exercises.lesson_texts import (
    FOLDER,
    HANDOUTS,
    SECTIONS,
    Lesson,
    Section,
    answer_said,
    rounded,
)
from indicators.explorers import Explorer
from indicators.i18n import LANGUAGES, WORDS
from test_exercises import LINES

NAMES = list(BY_NOTEBOOK)
LEVELS = {"reads a chart", "computes", "argues", "writes code"}
TYPED = re.compile(
    r"(?<!PM)\d\.\d|\d\s*(%|µg|billion|million|thousand|微克|个百分点|[亿万元倍])"
    r"|(CNY|about|least|most) \d|约\s*\d"
)
SCREEN = {"en": r"^Screen of the dashboard: \*(.+?)\*", "zh": r"^投影页面：“(.+?)”"}
TASK = {"en": r"tasks? ([\d and]+)", "zh": r"讲义((?:、?第\d题)+)"}
# Latin words of Chinese pages beside those of code: names, and what is written so everywhere.
LATIN = {"PM", "GDP", "GB", "A", "B", "C", "English", "JupyterLab"}
in_each = pytest.mark.parametrize(("name", "language"), [*product(NAMES, LANGUAGES)])


@pytest.fixture(scope="module")
def lessons():
    return {name: Lesson(name, exercises.tables()) for name in NAMES}


@pytest.fixture(scope="module")
def pages():
    return lesson_pages.pages(exercises.tables())


@pytest.fixture(autouse=True)
def spoken(request):
    """The language of a test that has one."""
    asked = getattr(request.node, "callspec", None)
    with i18n.speaking(asked.params.get("language", "en") if asked else "en"):
        yield


@in_each
def test_a_lesson_is_planned_to_the_minute_and_shows_the_views_its_plan_names(
    name, language, lessons
):
    lesson = lessons[name]
    assert lesson.headings == SECTIONS
    minutes, _, shown = zip(*lesson.rows("Plan"), strict=True)
    assert sum(map(int, minutes)) == lesson_pages.MINUTES
    views = re.findall(r"^### ([A-Z])\. ", lesson.section("Views"), re.MULTILINE)
    assert len(views) == len(lesson.code("Views"))
    assert {text[0] for text in shown} - {"n", "无"} <= set(views)
    assert [each for each, *_ in lesson.rows("Exercises")] == [
        each for each in COURSE if each.startswith(name[:2])
    ]
    assert {level for _, level, _ in lesson.rows("Exercises")} <= LEVELS


def headings(path, language="en"):
    """The headings of a notebook in a language."""
    cells = editions.edition(path, language).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    return re.findall(r"^##? (.+)", "\n".join(texts), re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_screens_that_a_lesson_names_are_in_the_dashboard(path, language, lessons):
    lesson = lessons[path.stem]
    named = re.findall(SCREEN[language], lesson.section("Views"), re.MULTILINE)
    assert len(named) == len(lesson.code("Views"))
    assert set(named) <= set(headings(path, language))


@cache
def names_in_chinese():
    """What notebooks and controls are called: the Chinese names by the English one."""
    found = {}
    for path in NOTEBOOKS:
        for one, other in zip(headings(path), headings(path, "zh"), strict=True):
            found.setdefault(one, set()).add(other)
    for group in ("controls", "choices", "views", "composed_views", "verdicts", "statuses"):
        for key, one in WORDS["en"][group].items():
            found.setdefault(one, set()).add(WORDS["zh"][group][key])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_chinese_lesson_calls_screens_and_controls_as_the_chinese_edition_does(name):
    known, (english, chinese) = names_in_chinese(), editions.rendered_sections(name, "zh")
    missing = [
        (heading, named)
        for heading, section in english.items()
        for named in re.findall(r"(?<!\*)\*([^*{}\n]+)\*(?!\*)", section.text)
        if known.get(named)
        if not any(f"“{each}”" in chinese[heading].text for each in known[named])
    ]
    assert missing == []


@in_each
def test_the_lines_of_a_lesson_run_once_the_first_cell_has_run(name, language, lessons):
    for number in range(len(lessons[name].code("Views"))):
        shown = lessons[name].view(number)
        assert isinstance(shown, Explorer | alt.TopLevelMixin | pd.DataFrame)


@in_each
def test_the_numbers_of_a_lesson_are_computed(name, language):
    text = "\n".join(section.text for section in lesson_texts.sections(name, language).values())
    for computed in (r"\{[^}]+\}", r"(?s)```python.+?```", r"(?m)^\|.+$", r"<http.+?>"):
        text = re.sub(computed, "", text)
    assert text and [line for line in text.splitlines() if TYPED.search(line)] == []
    assert TYPED.search("it grew by 3.3%") and TYPED.search("约为 6 亿元") and TYPED.search("约6")
    assert not TYPED.search("约在2020年") and not TYPED.search("00-1至00-3，讲义第1题")


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


@in_each
def test_what_to_read_has_publisher_and_address(name, language, lessons):
    items = [line for line in lessons[name].section("Reading").splitlines() if line]
    assert len(items) >= 3
    assert [item for item in items if not re.match(r"- .+(: |：).+<https?://\S+>", item)] == []


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


@in_each
def test_a_plan_has_every_task_of_the_handout_and_the_exercises(name, language, lessons):
    plan = lessons[name].section("Plan")
    tasks = chain(*(re.findall(r"\d", said) for said in re.findall(TASK[language], plan)))
    assert set(tasks) == {"1", "2", "3"}
    assert all(f"{name[:2]}-{number}" in plan for number in (1, 3, 4))


@pytest.mark.parametrize("language", LANGUAGES)
def test_handouts_are_in_the_language_they_say(language, lessons):
    for lesson in lessons.values():
        tasks = lesson.items(HANDOUTS[language])
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
    assert wanted == set(pages) and len(pages) == (2 * len(NAMES) + 3) * len(LANGUAGES)


@in_each
def test_a_page_is_in_its_language_and_leads_to_the_same_page_in_the_other(name, language, pages):
    for kind in (name, "index"):
        page = pages[lesson_pages.page_name(kind, language)]
        (other,) = set(LANGUAGES) - {language}
        assert f'<html lang="{language}">' in page
        assert f"href='{lesson_pages.page_name(kind, other)}' lang='{other}'" in page


@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_no_english_is_left_on_a_chinese_page_but_names_and_code(name, pages):
    shown = pages[lesson_pages.page_name(name, "zh")].partition("</style>")[2]
    shown = re.sub(r'<(pre|code)>.+?</\1>|<a href="http.+?</a>|<[^>]+>', "", shown, flags=re.DOTALL)
    shown = re.sub("延伸阅读.+笔记本中的练习", "", html.unescape(shown), flags=re.DOTALL)
    assert sorted(set(re.findall(r"[A-Za-z]+", shown)) - LATIN) == []


# --- the Chinese lessons, held to the English ones ---

ENGLISH = {
    "Plan": "| minutes | what happens |\n|---|---|\n| 5 | A guess about {pm25 2015}. |",
    "Views": """### A. Dust\n\n```python\ncharts.by_place(dust, "Dust")\n```""",
    "Reading": "- {source report-2021}: the targets.\n- UN: Principles. <https://unstats.un.org/>",
}
CHINESE = {
    "Plan": "| 分钟 | 内容 |\n|---|---|\n| 5 | 猜一猜{pm25 2015}这个数。 |",
    "Views": """### A. 细颗粒物\n\n```python\ncharts.by_place(dust, "细颗粒物")\n```""",
    "Reading": "- {source report-2021}（目标）\n- 联合国：《原则》。<https://unstats.un.org/>",
}


def faults(english, chinese):
    """The faults of texts that were translated from those of `ENGLISH`."""
    known = {heading: editions.hash_of(text) for heading, text in ENGLISH.items()}
    return [
        *editions.lesson_faults(
            {heading: Section("a.md", text, "") for heading, text in english.items()},
            {each: Section("zh/a.md", text, known.get(each, "")) for each, text in chinese.items()},
        )
    ]


def test_a_lesson_whose_words_alone_differ_has_no_faults():
    assert faults(ENGLISH, CHINESE) == []


@pytest.mark.parametrize(
    ("heading", "old", "new", "said"),
    [
        ("Plan", "{pm25 2015}", "{pm25 2016}", "its fields differ"),
        ("Plan", "{pm25 2015}", "", "its fields differ"),
        ("Plan", "| 5 |", "| 6 |", "its minutes differ"),
        ("Plan", "这个数", "，即56亿元", "states 56亿 that no field computes"),
        ("Views", "### A", "### B", "its views differ"),
        ("Views", "dust", "rain", "its code differs in more than its words"),
        ("Views", "python", "", "its code differs in more than its words"),
        ("Reading", "un.org", "un.com", "its addresses differ"),
    ],
)
def test_a_lesson_that_says_or_shows_something_else_is_told_with_its_section(
    heading, old, new, said
):
    changed = CHINESE | {heading: CHINESE[heading].replace(old, new)}
    assert faults(ENGLISH, changed) == [f"{heading}: {said}"]


def test_sections_whose_english_has_changed_or_that_are_missing_added_or_moved_are_told():
    now = ENGLISH | {"Views": ENGLISH["Views"].replace("A. Dust", "A. Fine dust")}
    assert faults(now, CHINESE) == ["Views: the English has changed since it was translated"]
    without = {each: text for each, text in CHINESE.items() if each != "Views"}
    assert faults(ENGLISH, without) == ["Views: is missing"]
    assert faults(ENGLISH, CHINESE | {"More": ""}) == ["More: is not in the English lesson"]
    assert "Plan: is moved" in faults(ENGLISH, dict(reversed(CHINESE.items())))


def test_a_section_that_was_translated_again_is_said_to_be_in_the_file_where_it_stands(
    tmp_path, monkeypatch, capsys
):
    folder, name = tmp_path / "lessons", NAMES[0]
    shutil.copytree(FOLDER, folder)
    monkeypatch.setattr(lesson_texts, "FOLDER", folder)
    monkeypatch.setattr(editions, "BY_NOTEBOOK", [name])
    path, chinese = folder / f"{name}.md", folder / "zh" / f"{name}.md"
    before = path.read_text(encoding="utf-8")
    for old, new in (("## Groups\n", "## Groups\n\nNow."), ("## Handout\n", "## Handout\n\nNow.")):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert editions.to_translate() == [
        f"lessons/zh/{name}.md, section Groups: {editions.CHANGED}",
        f"lessons/{name}.md, section 讲义: {editions.CHANGED}",
    ]
    assert editions.main([f"lessons/zh/{name}.md", "Groups"]) == 1
    assert editions.main([f"lessons/zh/{name}.md", "讲义"]) == 0
    assert capsys.readouterr().out.endswith("Nothing is to be translated again.\n")
    changed = path.read_text(encoding="utf-8").replace("\n\nNow.", "\n")
    differing = [
        one for one, two in zip(*map(str.splitlines, (before, changed)), strict=True) if one != two
    ]
    assert len(differing) == 1 and differing[0].startswith("<!-- renders ")
    chinese.unlink()
    assert f"lessons/zh/{name}.md, section Plan: is missing" in editions.to_translate()
    with pytest.raises(SystemExit):
        editions.main([f"lessons/zh/{name}.md", "Groups"])
    assert "has no section Groups" in capsys.readouterr().err


# --- on paper ---


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
        lessons = [lesson_pages.page_name(*each) for each in product(NAMES, LANGUAGES)]
        assert [name for name in lessons if not 2 <= printed[name] <= 4] == []
        page.emulate_media(media="print")
        page.set_content(pages["key.html"])
        tops = page.evaluate(
            "[...document.querySelectorAll('h1, table, h2')].map(it => it.offsetTop)"
        )
        assert all(one < other for one, other in pairwise(tops[:3])) and tops[2] < 1100
    finally:
        page.close()
