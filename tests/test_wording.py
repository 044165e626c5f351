"""The exercises in Chinese: each text has its Chinese, and answers mean the same in both."""

import ast
import html
import importlib
import re
import string

import pytest
from conftest import ROOT
from indicators import data, exercises, i18n
from indicators.exercises import COURSE, answer_key, grading, storage
from indicators.exercises.answer_tables import Tables
from indicators.exercises.course import BY_NOTEBOOK
from indicators.exercises.course.chinese import CHINESE, MODULES
from indicators.exercises.grading import UNITS, Choice, Code, Number, Row, RowKey
from indicators.exercises.lesson_texts import Lesson
from indicators.exercises.typed_amounts import OF_WORDS
from indicators.exercises.wording import said

PACKAGE = ROOT / "notebooks/indicators/exercises"
SOURCES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted([*PACKAGE.glob("*.py"), *PACKAGE.glob("course/*.py")])
}
NAMES = {"PM2", "GDP", "Python", "Series", "AQI", "answers", "json"}  # that stay as they are


@pytest.fixture
def tables():
    return exercises.tables()


@pytest.fixture
def chinese():
    with i18n.speaking("zh"):
        yield


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    """A folder of its own for what is kept."""
    monkeypatch.setattr(storage, "ANSWERS", tmp_path / "answers")


# --- the texts ---


def of_question(question):
    """The texts of a question, but for those of its `because`."""
    yield from (text for pair in getattr(question, "options", {}).values() for text in pair)
    yield from (reply for _, reply in getattr(question, "mistakes", ()))
    yield from question.hints
    yield question.argument


def of_code(path, tree):
    """The texts that stand in calls of `said`, themselves or as a constant of the module."""
    name = ".".join(path.relative_to(ROOT / "notebooks").with_suffix("").parts)
    module = importlib.import_module(name.removesuffix(".__init__"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    for call in (node for node in calls if ast.unparse(node.func) == "said"):
        first = call.args[0]
        for each in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
            text = each.value if isinstance(each, ast.Constant) else None
            text = getattr(module, each.id, None) if isinstance(each, ast.Name) else text
            if isinstance(text, str):
                yield text


def wanted():
    """All English texts that need Chinese ones: those with letters, and marks between texts."""
    found = [text for question in COURSE.values() for text in of_question(question)]
    found += [text for path, tree in SOURCES.items() for text in of_code(path, tree)]
    found += [*UNITS, *OF_WORDS.values(), *grading.DIFFERENCES, *grading.UNIT_SLIPS.values()]
    lessons = (Lesson(name, exercises.tables()) for name in BY_NOTEBOOK)
    found += [level for lesson in lessons for _, level, _ in lesson.rows("Exercises")]
    return {text for text in found if re.search("[A-Za-z]|[;,:(]", text)}


def test_every_text_of_the_exercises_has_its_chinese():
    assert sorted(wanted() - set(CHINESE)) == []


def test_no_chinese_stands_without_its_english():
    constants = {
        node.value
        for tree in SOURCES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(CHINESE) - wanted() - constants) == []


def test_a_text_has_one_chinese():
    differing = [
        (english, module.__name__)
        for module in MODULES
        for english, told in module.CHINESE.items()
        if told != CHINESE[english]
    ]
    assert differing == []


def test_the_chinese_has_the_same_values_in_its_braces():
    def fields(text):
        parsed = [each for each in string.Formatter().parse(text) if each[1] is not None]
        numbered = ((name or str(at), form) for at, (_, name, form, _) in enumerate(parsed))
        return sorted(numbered)

    assert [text for text, told in CHINESE.items() if fields(text) != fields(told)] == []


def test_the_chinese_states_no_number_that_the_english_does_not():
    def numbers(text):
        return set(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"\{[^}]*\}", "", text)))

    assert [text for text, told in CHINESE.items() if numbers(told) - numbers(text)] == []


def latin(text):
    """The words of Latin letters in a text, but for what stands in braces."""
    return set(re.findall(r"[A-Za-z]\w*", re.sub(r"\{[^}]*\}|<[^>]+>", "", text), re.ASCII))


def code_words(tables):
    """The names of code and table: of what notebooks and solutions define and call, and of keys."""
    columns = ["indicator", "measure", "status", "tier", "source", "scope"]
    slugs = {str(each) for column in columns for each in tables.every[column].unique()}
    slugs |= {*tables.every, *data.benchmarks()["benchmark"], *tables.targets}
    lessons = [Lesson(name, tables) for name in BY_NOTEBOOK]
    codes = [code for lesson in lessons for code in lesson.code("Solution")]
    code = [*slugs, *codes, "table economy nation every mine targets and True rates"]
    return set(re.findall(r"\w+", " ".join(code), re.ASCII))


def test_no_english_stands_in_the_chinese_but_names_and_code(tables):
    stay = code_words(tables) | NAMES
    left = {text: words for text, told in CHINESE.items() if (words := latin(told) - stay)}
    assert left == {}


def test_a_text_without_chinese_and_one_with_braces_of_its_own_stay(chinese):
    assert said("no such text") == "no such text" and said("{} of {}", 1, 2) == "1 of 2"
    assert said("a set {1, 2}") == "a set {1, 2}"
    assert said("years") == "个年份" and said("years", language="en") == "years"


# --- questions ---


def right(question, tables):
    """The right answer, as a form gives it to be judged."""
    found = question.answer(tables)
    if isinstance(question, Code):
        return found
    if isinstance(question, Row):
        return {"typed": RowKey.of(next(found.itertuples()))}
    return (
        {"typed": f"{found:.9f}", "unit": question.unit}
        if isinstance(question, Number)
        else {"typed": found}
    )


@pytest.mark.parametrize("name", COURSE)
def test_an_answer_is_judged_alike_in_both_languages(name, tables):
    question = COURSE[name]
    for given in [right(question, tables), *(slip.given for slip in question.slips(tables))]:
        english = question.judge(given, tables)
        with i18n.speaking("zh"):
            chinese = question.judge(given, tables)
        assert english.right is chinese.right
        assert sorted(latin(chinese.message) - code_words(tables) - NAMES) == []


@pytest.mark.parametrize("name", COURSE)
def test_each_slip_gets_its_own_reply_in_chinese(name, tables, chinese):
    slips = COURSE[name].slips(tables)
    judged = [COURSE[name].judge(slip.given, tables) for slip in slips]
    assert judged == [(False, slip.reply) for slip in slips]
    assert len({slip.reply for slip in slips}) >= 3


@pytest.mark.parametrize(
    ("typed", "unit", "judged"),
    [
        *(
            (typed, "", True)
            for typed in (
                "6001亿元",
                "６００１亿元",
                "6,001 亿元",
                "人民币6001亿",
                "6001亿元人民币",
            )
        ),
        *(
            (typed, "", True)
            for typed in ("600.1十亿元", "6.001千亿元", "60010000万元", "0.6001万亿元")
        ),
        *(("６００１", "100 million CNY", True), ("6001亿", "CNY", True)),
        *(("6001万元", "", False), ("600.1亿元", "", False), ("6001亿美元", "", False)),
        *(("6001亿人", "", False), ("6001％", "", False), ("－6001亿元", "", False)),
        *(("6001", "", None), ("亿元", "", None), ("6001亿亿元", "", None)),
    ],
)
def test_amounts_are_read_in_chinese_units(typed, unit, judged, tables, chinese):
    question = Number(
        answer=lambda _: 6001.0,
        because=lambda _: "",
        hints=(),
        unit="100 million CNY",
        within=5,
    )
    assert question.judge({"typed": typed, "unit": unit}, tables).right is judged


@pytest.mark.parametrize(
    ("name", "typed", "unit", "judged"),
    [
        *(("00-1", typed, "", True) for typed in ("−3 微克/立方米", "－３微克／立方米", "-3μg/m³")),
        *(("00-1", "−3", "µg/m³", True), ("00-1", "3微克/立方米", "", False)),
        *(("00-1", "−3", "", None), ("00-1", "−3微克", "", None), ("00-1", "-3%", "µg/m³", None)),
        *(("01-2", typed, "", True) for typed in ("8.4％", "８.４％", "８．４%")),
        *(("01-2", "8.4个百分点", "", False), ("01-2", "8.4百分点", "", False)),
        *(
            ("02-1", "负50％。", "", True),
            ("02-1", "－50%", "", True),
            ("02-1", "下降50%", "", None),
        ),
        *(("01-2", "8,4%", "", None), ("01-2", "八点四%", "", None)),
        *(("06-2", "3年", "", True), ("06-2", "３个年份", "", True), ("06-2", "4年", "", False)),
    ],
)
def test_other_numbers_are_read_in_chinese_units(name, typed, unit, judged, tables, chinese):
    assert COURSE[name].judge({"typed": typed, "unit": unit}, tables).right is judged


# --- forms ---


def labelled(exercise):
    """All that a form shows beside its rows to choose from: names, choices, hints, messages."""
    controls = [exercise.check, exercise.hint, exercise.hand_in, *exercise.controls.values()]
    for control in controls:
        yield control.description
        yield getattr(control, "placeholder", "")
    if isinstance(exercise.question, Number | Choice):
        yield from (label for control in controls for label, _ in getattr(control, "options", ()))
    yield from (exercise.message.value, exercise.hints.value, exercise.trouble.value)


@pytest.mark.parametrize("name", COURSE)
def test_a_form_is_in_chinese_whole(name, tables, chinese):
    exercise = exercises.ask(name)
    for _ in exercise.question.hints:
        exercise.hint.click()
    exercise.check.click()
    told = [*labelled(exercise), exercise.asks]
    words = {word for text in told for word in latin(html.unescape(text or ""))}
    assert sorted(words - code_words(tables) - NAMES) == []
    assert exercise.asks.startswith(f"*练习 {name}*，你的答案：")


def test_an_answer_of_one_language_is_there_in_the_other(tables):
    with i18n.speaking("zh"):
        exercise = exercises.ask("02-1")
        exercise.controls["typed"].value = "−50"
        exercise.controls["unit"].label = "%"
        exercise.check.click()
        assert "✓ 正确。" in exercise.message.value
    again = exercises.ask("02-1")
    assert again.given == {"typed": "−50", "unit": "%"} and "✓ Right." in again.message.value
    again.controls["unit"].value = "µg/m³"
    again.check.click()
    with i18n.speaking("zh"):
        exercise = exercises.ask("02-1")
        assert exercise.controls["unit"].label == "微克/立方米" and "✗ " in exercise.message.value


def test_a_chosen_row_and_sentence_are_there_in_the_other_language(tables):
    for name in ("02-2", "02-3"):
        exercise = exercises.ask(name)
        exercise.controls["typed"].value = right(COURSE[name], tables)["typed"]
        exercise.check.click()
        with i18n.speaking("zh"):
            again = exercises.ask(name)
            assert again.given["typed"] == exercise.given["typed"]
            assert "✓ 正确。" in again.message.value


# --- the key ---


def test_the_key_is_in_both_languages(tables):
    english, chinese = answer_key.pages("to/key.html").items()
    assert (english[0], chinese[0]) == ("to/key.html", "to/key.zh.html")
    assert '<html lang="en">' in english[1] and '<html lang="zh">' in chinese[1]
    plain = html.unescape(re.sub("<[^>]+>", "", chinese[1])).replace("\\", "")
    texts = [text for question in COURSE.values() for text in (*question.hints, question.argument)]
    assert [text for text in texts if CHINESE.get(text, "") not in plain] == []
    for page in (english[1], chinese[1]):
        assert set(re.findall("id='(\\d\\d-\\d)'", page)) == set(COURSE)


def test_rows_and_slips_are_told_in_the_language_that_is_spoken_now():
    table, question = Tables(data.load()), COURSE["02-2"]
    english = question.rows(table), question.slips(table)
    with i18n.speaking("zh"):
        assert list(question.rows(table)) == list(english[0])
        assert question.rows(table) != english[0] and question.slips(table) != english[1]
