"""The exercises: right and wrong answers, what is kept, the lecturer's key, and the real page."""

import ast
import contextlib
import json
import re
import subprocess
import sys
from decimal import Decimal

import nbformat
import numpy as np
import pandas as pd
import pytest
from conftest import NOTEBOOKS, ROOT, copy_of_bundle
from indicators import data, exercises, growth
from indicators.exercises import COURSE, Tables, answer_key, comparison, form, storage
from indicators.exercises.answer_tables import CurrentTables
from indicators.exercises.grading import UNITS, Choice, Code, Number, Row, RowKey
from indicators.exercises.lesson_texts import answer_said
from indicators.explorers import IndicatorExplorer, NumbersExplorer
from pages import START, Visit
from servers import Lab, settled

# Worked by hand from what the charts show: a number with its unit, or a part of what to choose.
RIGHT = {
    "00-1": ("−3", "µg/m³"),
    "00-2": "2025: CNY 850 billion",
    "00-3": "cannot tell",
    "01-1": "2018",
    "01-2": ("8.4", "%"),
    "01-3": "but the year before was low",
    "02-1": ("-50", "%"),
    "02-2": "2021: 27",
    "02-3": "allows more dust",
    "03-1": ("61.9", "%"),
    "03-2": "interest on debt",
    "03-3": "counted in the same way",
    "04-1": ("5.3", "%"),
    "04-2": "2025: CNY 850 billion",
    "04-3": "may prefer good news",
    "05-1": "596.4",
    "05-2": ("-0.6", "%"),
    "05-3": "is the nominal growth",
    "06-1": "Shaoxing",
    "06-2": ("3", "years"),
    "06-3": "less growth",
    "07-1": ("2", "years"),
    "07-2": "at least CNY 130",
    "07-3": "the order is safer",
}
LINES = {
    "00-4": [
        'targets = table[table["status"] == "target"]',
        "answer = 100 * len(targets) / len(table)",
    ],
    "01-4": [
        "rates = economy.query(\"indicator == 'real_gdp' and measure == 'growth_rate'\"",
        "                      \" and status == 'actual'\").set_index('period')['value']",
        "answer = rates.max() - rates",
    ],
    "02-4": [
        'lines = data.benchmarks().set_index("benchmark")["value"]',
        'answer = growth.the(table, "pm25", "2023").value - lines["who-2021"]',
    ],
    "03-4": [
        'amounts = nation[nation["measure"] == "level"]'
        '.pivot_table(index="period", columns="indicator", values="value", observed=True)',
        'answer = 100 * amounts["social_security_spending"]'
        ' / amounts["general_public_budget_expenditure"]',
    ],
    "04-4": [
        'unknown = targets[targets["verdict"] == "not yet known"]',
        "answer = 100 * len(unknown) / len(targets)",
    ],
    "05-4": ['press = every[every["tier"] == "press"]', 'answer = press["source"].nunique()'],
    "06-4": [
        'places = every.groupby("indicator", observed=True)["place"].nunique()',
        "answer = (places == 3).sum()",
    ],
    "07-4": [
        'incomes = mine.set_index("indicator")["value"]',
        'answer = incomes["urban_income"] / incomes["rural_income"]',
    ],
}
WIDGETS = [name for name in COURSE if name in RIGHT]


def of_kind(kind):
    return [name for name, question in COURSE.items() if isinstance(question, kind)]


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    """A folder of its own for what is kept."""
    monkeypatch.setattr(storage, "ANSWERS", tmp_path / "answers")
    return storage.ANSWERS


@pytest.fixture
def tables():
    return exercises.tables()


def chosen(question, text, tables):
    """The name of the one choice in which a text stands."""
    offered = (
        question.rows(tables)
        if isinstance(question, Row)
        else {name: sentence for name, (sentence, _) in question.options.items()}
    )
    (name,) = [name for name, said in offered.items() if text in said]
    return name


def given(name, tables):
    """The right answer as it is typed or chosen."""
    right = RIGHT[name]
    if isinstance(right, tuple):
        return {"typed": right[0], "unit": right[1]}
    return {"typed": chosen(COURSE[name], right, tables)}


def answered(name, **values):
    """An exercise with these values in its controls, checked."""
    exercise = exercises.ask(name)
    for key_of, value in values.items():
        exercise.controls[key_of].value = value
    exercise.check.click()
    return exercise


# --- the course ---


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_three_questions_for_widgets_and_one_for_code_before_its_end(path):
    cells = nbformat.read(path, 4).cells
    names = [f"{path.stem[:2]}-{number}" for number in range(1, 5)]
    last = cells[-9:-1]
    assert [
        re.match(r"(?s).*\*\*Exercise (\d\d-\d)\.\*\*", cell.source)[1] for cell in last[::2]
    ] == names
    assert [cell.source for cell in last[1::2]] == [
        f'exercises.ask("{name}")' for name in names[:3]
    ] + [f'answer = ...\nexercises.ask("{names[3]}", answer)']
    assert [type(COURSE[name]) is Code for name in names] == [False, False, False, True]
    assert sum(bool(COURSE[name].argument) for name in names) == 1, (
        "one question argues about a target or a claim"
    )


def test_the_course_has_no_question_without_a_notebook():
    assert [*RIGHT, *LINES] and sorted([*RIGHT, *LINES]) == sorted(COURSE) == sorted(
        name for asked in answer_key.questions().values() for name in asked
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_gives_nothing_away(path, tables):
    text = json.dumps(
        [
            cell
            for cell in nbformat.read(path, 4).cells
            if cell.id.startswith(("exercise-", "ask-"))
        ],
        ensure_ascii=False,
    )
    secrets = [
        said
        for name in COURSE
        if name.startswith(path.stem[:2])
        for said in [COURSE[name].because(tables), *COURSE[name].hints, COURSE[name].argument]
    ]
    assert [said for said in secrets if said and said in text] == []


# What questions say, its figure as printed, and the keys of that (see `growth.the`).
NAMED = {
    "00-3": ("three of four people", "75"),
    "01-3": ("at least 7%", "7"),
    "02-3": ("at most 30 µg/m³", "30"),
    "03-3": ("77.2% of spending", "77.2"),
    "06-3": ("at least one trillion yuan", "10000"),
    "07-4": ("the published 1.96", "1.96"),
}
KEYS = {
    "00-3": ("urbanisation_rate", "2025", "share", "target"),
    "01-3": ("real_gdp", "2021", "growth_rate", "target"),
    "02-3": ("pm25", "2025", "level", "target"),
    "03-3": ("livelihood_spending_share", "2016/2020", "share", "actual"),
    "06-3": ("gdp", "2027", "level", "target"),
    "07-4": ("urban_rural_income_ratio", "2020", "level", "actual", "zhejiang"),
}


def test_the_figures_that_questions_name_are_those_of_the_table(tables):
    texts = {
        name: text for asked in answer_key.questions().values() for name, text in asked.items()
    }
    printed = {name: growth.the(tables.drawn, *keys).printed for name, keys in KEYS.items()}
    assert printed == {name: figure for name, (_, figure) in NAMED.items()}
    assert [name for name, (said, _) in NAMED.items() if said not in texts[name]] == []


def test_every_exercise_has_three_hints_a_nudge_a_step_and_nearly_all():
    assert {
        name: len(question.hints) for name, question in COURSE.items() if len(question.hints) != 3
    } == {}


@pytest.mark.parametrize("name", LINES)
def test_the_first_hint_to_code_gives_no_code_of_the_answer(name):
    """Names of tables and columns it may give: no call, comparison or operation."""
    first = COURSE[name].hints[0]
    written = {part for line in LINES[name] for part in re.findall(r"\.\w+\(|\[.*?\]|==", line)}
    assert [part for part in sorted(written) if part in first] == []


# --- right and wrong ---


@pytest.mark.parametrize("name", WIDGETS)
def test_the_right_answer_is_right(name, tables):
    exercise = answered(name, **given(name, tables))
    assert "✓ Right. " in exercise.message.value and COURSE[name].because(tables).split("’")[0][
        :20
    ] in exercise.message.value.replace("&#x27;", "'")


@pytest.mark.parametrize("name", [*of_kind(Number)])
def test_a_number_with_another_unit_is_wrong(name, tables):
    number, unit = RIGHT[name]
    others = [other for other in UNITS if other != unit]
    assert [
        other
        for other in others
        if COURSE[name].judge({"typed": number, "unit": other}, tables).right is not False
    ] == []
    assert COURSE[name].judge({"typed": number, "unit": ""}, tables) == (
        None,
        "Choose a unit, too.",
    )


@pytest.mark.parametrize("name", COURSE)
def test_three_likely_slips_or_more_get_a_reply_each_of_its_own(name, tables):
    slips = COURSE[name].slips(tables)
    judged = [COURSE[name].judge(slip.given, tables) for slip in slips]
    assert judged == [(False, slip.reply) for slip in slips]
    assert len({slip.reply for slip in slips}) >= 3
    assert [slip for slip in slips if not slip.said or len(slip.reply) < 30] == []


@pytest.mark.parametrize("name", [*of_kind(Number)])
def test_a_slip_read_off_a_chart_gets_the_same_reply_and_a_right_answer_none(name, tables):
    question, near = COURSE[name], 1.004
    replies = {slip.reply for slip in question.slips(tables)}
    for slip in question.slips(tables) if question.within else []:
        typed = str(near * float(slip.given["typed"]))
        assert question.judge(slip.given | {"typed": typed}, tables).message in replies
    for off in (0, question.within * 0.99, -question.within * 0.99):
        typed = f"{question.answer(tables) + off:.9f}"
        assert question.judge({"typed": typed, "unit": question.unit}, tables).right is True


def test_spending_per_resident_in_yuan_is_told_in_any_scale(tables):
    for typed, unit in (("5115", "CNY"), ("5.1", "CNY thousand"), ("0.51", "10,000 CNY")):
        told = COURSE["03-1"].judge({"typed": typed, "unit": unit}, tables)
        assert told.right is False and "for each resident in yuan" in told.message
    for typed, unit in (("292.6", "100 million CNY"), ("29.3", "CNY billion")):
        told = COURSE["03-1"].judge({"typed": typed, "unit": unit}, tables)
        assert told.right is False and "rise of the whole amount" in told.message


def test_only_outcomes_of_single_years_count_in_01_4(tables):
    rates = tables.city[tables.city["indicator"].eq("real_gdp")]
    outcomes = rates[rates["measure"].eq("growth_rate") & rates["status"].eq("actual")]
    for rows, right in (
        (outcomes, True),
        (rates, False),
        (rates[rates["measure"].eq("growth_rate")], False),
        (rates[rates["status"].eq("actual")], False),
        (rates[rates["status"].eq("target")], False),
        (outcomes.iloc[1:], False),
    ):
        values = rows.set_index("period")["value"]
        assert COURSE["01-4"].judge(values.max() - values, tables).right is right


@pytest.mark.parametrize("name", [*of_kind(Choice)])
def test_every_other_sentence_is_wrong_and_told_why(name, tables):
    question, right = COURSE[name], given(name, tables)["typed"]
    judged = {
        option: question.judge({"typed": option}, tables)
        for option in question.options
        if option != right
    }
    assert judged == {
        option: (False, f"Not this one. {question.options[option][1]}") for option in judged
    }


@pytest.mark.parametrize("name", [*of_kind(Row)])
def test_every_other_row_is_wrong_and_told_how_it_differs(name, tables):
    question, right = COURSE[name], given(name, tables)["typed"]
    judged = {
        row: question.judge({"typed": row}, tables) for row in question.rows(tables) if row != right
    }
    assert (
        len(judged) >= 6
        and [row for row, (wrong, said) in judged.items() if wrong is not False or len(said) < 30]
        == []
    )


def test_a_zero_is_shown_without_a_sign():
    assert [comparison.shown(each) for each in (-0.00001, -0.5, 2021)] == ["0", "−0.5", "2,021"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-3.0", "Right"),
        ("−3", "Right"),
        ("－３．０", "Right"),
        (" -3 ", "Right"),
        ("– 3", "Right"),
        ("‑3.", "Right"),
        ("-.3", "the size does not"),
        ("3", "the sign does not"),
        ("-30", "the size does not"),
        ("-2.9", "Close, but not within 0.05"),
        ("12", "Not this one."),
        ("", "Type a number."),
        ("-3 µg/m³", "Right"),
        ("−3ug/m3", "Right"),
        ("-3 微克/立方米", "Right"),
        ("-3 %", "which of them is it?"),
        ("-3 kg", "one number, and nothing else"),
        ("-3,0", "a comma stands between thousands only"),
        ("2,153.3", "Not this one."),
        ("-3，0", "a comma stands between thousands only"),
        ("2 153.3", "Not this one."),
        ("- -3", "not a number such as"),
        ("-3-3", "one number, and nothing else"),
        ("2022、2023", "one number, and nothing else"),
        ("-3。0", "Write a point before decimals"),
        ("-3点0", "Write a point before decimals"),
        ("-3 微克每立方米", "Right"),
        ("-3.0.1", "not a number such as"),
        ("three", "not a number such as"),
        ("<b>3</b>", "not a number such as"),
        ("nan", "not a number such as"),
        ("1e400", "not a number such as"),
        ("9" * 400, "too large"),
        ("9" * 300, "Not this one."),
    ],
)
def test_what_is_typed_is_read_as_people_write_numbers(typed, said, tables):
    exercise = answered("00-1", typed=typed, unit="µg/m³")
    assert said in exercise.message.value and "<b>" not in exercise.message.value


AMOUNT = Number(
    answer=lambda _: 6001.0,
    because=lambda _: "It was printed.",
    hints=(),
    unit="100 million CNY",
    within=5,
)


@pytest.mark.parametrize(
    ("typed", "unit", "right"),
    [
        *((typed, "100 million CNY", True) for typed in ("6001", "6,001", "６００１", "6001亿元")),
        *(("600.1", "CNY billion", True), ("600.1 billion", "CNY", True)),
        *(("CNY 600.1 billion", "", True), ("600.1bn yuan", "", True), ("6001 亿元", "", True)),
        *(("CNY 600.1 billion", "100 million CNY", True), ("0.6 trillion", "CNY", True)),
        *(("600100 million", "CNY billion", True), ("¥0.6001万亿", "", True)),
        *(("600.1", "100 million CNY", False), ("6001", "CNY billion", False)),
        *(("CNY 60.01 billion", "", False), ("6001 billion", "CNY", False)),
        *(("-CNY 600.1 billion", "", False), ("USD 600.1 billion", "", False)),
        *(("600.1 billion", "10,000 persons", False), ("CNY 600.1 billion", "%", False)),
        *(("600.1 billion", "", None), ("6001", "", None), ("600,1 billion", "CNY", None)),
        *(("600.1k", "CNY billion", None), ("", "CNY", None), ("CNY", "CNY", None)),
    ],
)
def test_an_amount_is_right_as_printed_and_in_words(typed, unit, right, tables):
    assert AMOUNT.judge({"typed": typed, "unit": unit}, tables).right is right


def test_an_amount_ten_times_off_is_told_how_it_was_read(tables):
    for typed, unit, said in (
        ("600.1", "100 million CNY", "CNY 60.01 billion"),
        ("6001 billion", "CNY", "CNY 6.001 trillion"),
    ):
        told = AMOUNT.judge({"typed": typed, "unit": unit}, tables).message
        assert "the scale does not" in told and said in told
    told = COURSE["00-1"].judge({"typed": "-3 billion"}, tables).message
    assert "one number, and nothing else" in told


@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_chosen_is_neither_right_nor_wrong(name, tables):
    exercise = answered(name)
    assert (
        exercise.message.value
        and "✓" not in exercise.message.value
        and "✗" not in exercise.message.value
    )


def without_output(source):
    """The code of a cell without its last line, if that only shows something."""
    steps = ast.parse(source).body
    shown = isinstance(steps[-1], ast.Expr)
    return compile(ast.Module(steps[:-1] if shown else steps, []), "cell", "exec")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_two_lines_in_the_notebook_are_enough(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    name, names = f"{path.stem[:2]}-4", {}
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code" and not cell.id.startswith("ask-"):
            exec(without_output(cell.source), names)
    exec("\n".join(LINES[name]), names)
    assert COURSE[name].judge(names["answer"], exercises.tables()).right is True
    assert "✓ Right. " in exercises.ask(name, names["answer"]).message.value


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (..., "Put two lines of your own"),
        (pd.Series([1.0]), "answer is a Series"),
        ("24", "answer is a str"),
        (None, "answer is a NoneType"),
        (True, "answer is a bool"),
        (float("nan"), "not a number"),
        (float("inf"), "not a number"),
        (pd.NA, "answer is a NAType"),
        (lambda right: -right, "the sign does not"),
        (lambda right: right * 10, "the size does not"),
        (lambda right: right / 100, "That is a fraction"),
        (lambda right: Decimal(str(right)), "Right"),
        (lambda right: growth.Figure(right, right, right, "%"), "Right"),
        (np.datetime64("2020"), "not a number"),
    ],
)
def test_a_wrong_object_is_told_from_a_wrong_number(answer, said, tables):
    found = answer(COURSE["00-4"].answer(tables)) if callable(answer) else answer
    assert said in exercises.ask("00-4", found).message.value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda right: right.drop("2019"), "no number for 2019"),
        (lambda right: pd.concat([right, pd.Series({"2030": 1.0})]), "one too many for 2030"),
        (lambda right: pd.concat([right, right.tail(1)]), "more than one number for 2025"),
        (lambda right: right.to_dict() | {"2020": [1]}, "Not right for 2020"),
        (lambda right: right / 100, "Those are fractions"),
        (lambda right: -right, "Not right for 2016, 2017"),
        (lambda right: right.replace(right["2020"], 0), "Not right for 2020."),
        (lambda right: right.to_frame(), "answer is a DataFrame"),
        (lambda right: right.astype(str), "Not right for 2016"),
        (lambda right: list(right), "answer is a list"),
    ],
)
def test_numbers_by_year_are_judged_year_by_year(change, said, tables):
    assert said in exercises.ask("03-4", change(COURSE["03-4"].answer(tables))).message.value
    assert COURSE["03-4"].judge(dict(COURSE["03-4"].answer(tables)), tables).right is True


def test_the_widgets_show_what_the_numbers_need(tables):
    budget, spent = "general_public_budget_revenue", "general_public_budget_expenditure"
    indicators = [budget, spent, "resident_population", "pm25"]
    explorer = IndicatorExplorer(tables.every[tables.every["indicator"].isin(indicators)], ["pm25"])
    first = explorer.state

    def drawn(*chosen, **state):
        explorer.state = first | {"chosen": list(chosen)} | state
        rows = explorer.data.astype({"indicator": str, "period": str})
        return rows.set_index(["indicator", "period"])["value"]

    each = drawn(spent, view="per resident")[spent]
    revenue = drawn(budget, view="levels")[budget]
    residents = drawn("resident_population", view="levels", years=(2022, 2025), statuses=["actual"])
    pm25 = tables.drawn[tables.drawn["indicator"].eq("pm25")]
    numbers, texts = NumbersExplorer(pm25, ["pm25"], places=["shaoxing", "zhejiang", "china"]), []
    for year in range(2015, 2026):
        numbers.year.value = year
        texts.append(numbers.text)
    found = {
        "00-1": drawn("pm25", view="gap to target")["pm25", "2021"],
        "01-2": 100 * ((revenue["2020"] / revenue["2015"]) ** 0.2 - 1),
        "02-1": drawn("pm25", view="index", base=2015)["pm25", "2020"] - 100,
        "03-1": 100 * (each["2021"] / each["2015"] - 1),
        "06-2": len(residents),
        "07-1": sum("no figure" not in text for text in texts),
    }
    assert {
        name: number
        for name, number in found.items()
        if abs(number - COURSE[name].answer(tables)) > COURSE[name].within
    } == {}


def test_an_unknown_exercise_is_told_with_the_known_ones():
    with pytest.raises(
        LookupError, match=r"there is no exercise '01-9' \(did you mean 01-\d\?\); they are 00-1, "
    ):
        exercises.ask("01-9")


def test_answers_are_those_of_the_files_as_they_are_now(folder):
    current, path = CurrentTables(lambda: data.load(folder)), folder / "observations.csv"
    before = COURSE["00-4"].answer(current())
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("pm25,shaoxing,level,2025,target", "pm25,shaoxing,level,2025,estimate"),
        encoding="utf-8",
    )
    after = COURSE["00-4"].answer(current())
    assert after < before
    path.write_text("nothing of this is a table\n", encoding="utf-8")
    assert COURSE["00-4"].answer(current()) == after, "the last sound table stays"
    with pytest.raises(data.TableError):
        CurrentTables(lambda: data.load(folder))()


# --- marks that other strings are joined with ---


def test_a_theme_with_a_bar_in_its_name_works_in_an_exercise(folder):
    descriptor, codebook = folder / "datapackage.json", folder / "indicators.csv"
    for path, old, new in (
        (descriptor, '"environment"', '"environment", "air|water"'),
        (codebook, "pm25,environment", "pm25,air|water"),
    ):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    tables, question = Tables(data.load(folder)), COURSE["02-2"]
    assert "air|water" in set(tables.city["theme"])
    right = chosen(question, RIGHT["02-2"], tables)
    assert question.judge({"typed": right}, tables).right
    others = [row for row in question.rows(tables) if row != right]
    assert {question.judge({"typed": row}, tables).right for row in others} == {False}


@pytest.mark.parametrize("mark", ["air|water", "a@b", "ordinary"])
@pytest.mark.parametrize("column", ["source", "scope", "place"])
def test_a_row_is_told_from_another_whatever_its_texts_have(column, mark, tables):
    rows = tables.city[tables.city["indicator"].eq("pm25")].head(2).astype({column: object})
    rows["published"] = rows["published"].iloc[0]
    rows = pd.concat([rows.head(1)] * 2, ignore_index=True).assign(**{column: [mark, f"{mark}|"]})
    question = Row(
        answer=lambda t: t.every.tail(1),
        because=lambda t: "It is.",
        among=lambda t: t.every,
        hints=(),
    )
    wrong, right = question.rows(Tables(rows))
    assert (getattr(wrong, column), getattr(right, column)) == (mark, f"{mark}|")
    judged = [question.judge({"typed": key}, Tables(rows)) for key in (wrong, right)]
    assert [each.right for each in judged] == [False, True]
    said = {"source": "another source", "scope": "another basis", "place": "another place"}
    assert said[column] in judged[0].message


@pytest.mark.parametrize("name", of_kind(Row))
def test_rows_to_choose_from_say_their_source_and_its_date(name, tables):
    question = COURSE[name]
    rows = {RowKey.of(row): row for row in question.among(tables).itertuples()}
    for key, said in question.rows(tables).items():
        date = rows[key].published
        dated = "of unknown date" if pd.isna(date) else f"published {date:%Y-%m-%d}"
        assert rows[key].title_en in said and said.endswith(f" ({dated})")


@pytest.mark.parametrize(
    ("typed", "rows"),
    [("8500", 1), ("８５００", 1), ("目标 8500", 1), ("8932 实际", 1), ("nothing like it", 0)],
)
def test_the_list_of_rows_is_narrowed_in_both_languages(typed, rows):
    exercise = exercises.ask("00-2")
    exercise.children[0].value = typed
    assert len(exercise.controls["typed"].options) == rows


def test_enter_in_an_answer_judges_it_and_other_messages_do_not(answers):
    exercise = exercises.ask("00-1")
    exercise.controls["typed"].value, exercise.controls["unit"].value = "-3", "µg/m³"
    for event, said in (("focus", False), ("submit", True)):
        sent = {"method": "custom", "content": {"event": event}}
        exercise.controls["typed"]._handle_msg({"content": {"data": sent}, "buffers": []})
        assert ("✓ Right." in exercise.message.value) == said


def test_the_chosen_row_stays_while_the_list_is_narrowed(answers, monkeypatch):
    exercise, sent = exercises.ask("00-2"), []
    narrow, row = exercise.children[0], exercise.controls["typed"]
    row.index = last = len(row.options) - 1
    chosen = row.value
    exercise.check.click()
    judged, kept = exercise.message.value, (answers / "00-2.json").read_text(encoding="utf-8")
    said = lambda key: {key} if isinstance(key, str) else set(key)  # noqa: E731
    monkeypatch.setattr(row, "send_state", lambda key: sent.append(said(key)))
    for typed in ("8500", "nothing like it", ""):
        narrow.value = typed
        assert row.value == chosen
    assert row.index == last and exercise.message.value == judged
    assert (answers / "00-2.json").read_text(encoding="utf-8") == kept
    # a row that is chosen between two messages would be undone by the second
    assert len(sent) == 3 and sent[-1] >= {"_options_labels", "index"}


# --- what is kept ---


@pytest.mark.parametrize("form_of", [list, "|".join], ids=["a list", "older: joined with a bar"])
def test_a_kept_row_is_chosen_again(form_of, answers, tables):
    right = chosen(COURSE["00-2"], RIGHT["00-2"], tables)
    answers.mkdir()
    kept = {"typed": form_of(right), "checked": True}
    (answers / "00-2.json").write_text(json.dumps(kept), encoding="utf-8")
    exercise = exercises.ask("00-2")
    assert exercise.given == {"typed": right} and "✓ Right. " in exercise.message.value


@pytest.mark.parametrize("kept", [["gdp", "atlantis"], "gdp|atlantis", "", [], 7, None, {}, [[]]])
def test_a_kept_row_that_is_not_offered_is_left_out(kept, answers):
    answers.mkdir()
    (answers / "00-2.json").write_text(json.dumps({"typed": kept}), encoding="utf-8")
    exercise = exercises.ask("00-2")
    assert (exercise.given, exercise.trouble.value) == ({"typed": None}, "")


def test_a_row_is_kept_as_a_list(answers, tables):
    answered("00-2", **given("00-2", tables))
    kept = json.loads((answers / "00-2.json").read_text(encoding="utf-8"))["typed"]
    assert kept == list(chosen(COURSE["00-2"], RIGHT["00-2"], tables)) and len(kept) == len(
        RowKey._fields
    )


@pytest.mark.parametrize("name", WIDGETS)
def test_what_was_typed_and_checked_is_there_again(name, tables):
    first = answered(name, **given(name, tables))
    if "reason" in first.controls:
        first.controls["reason"].value = "因为 “no outcome” was found.\nThat is all."
    first.hint.click()
    second = exercises.ask(name)
    assert (second.given, second.message.value, second.hints.value) == (
        first.given,
        first.message.value,
        first.hints.value,
    )


def test_a_changed_answer_is_not_judged_until_it_is_checked(tables, monkeypatch):
    monkeypatch.setattr(form, "LATE", 0)
    exercise = answered("00-1", **given("00-1", tables))
    exercise.controls["typed"].value = "4"
    assert exercise.message.value == "" == exercises.ask("00-1").message.value


def test_what_the_page_sends_late_is_judged_as_typed_before_the_button_was_pressed():
    exercise = answered("00-1", typed="3", unit="µg/m³")
    exercise.controls["typed"].value = "-3"
    assert (
        "✓ Right." in exercise.message.value
        and exercises.ask("00-1").message.value == exercise.message.value
    )


def test_hints_come_one_by_one_and_end():
    exercise = exercises.ask("00-1")
    seen = []
    for _ in range(3):
        seen.append((exercise.hint.description, exercise.hints.value.count("Hint: ")))
        exercise.hint.click()
    assert [*seen, (exercise.hint.description, exercise.hints.value.count("Hint: "))] == [
        ("Hint 1 of 3", 0),
        ("Hint 2 of 3", 1),
        ("Hint 3 of 3", 2),
        ("No more hints", 3),
    ]
    assert exercise.hint.disabled


@pytest.mark.parametrize("name", COURSE)
def test_the_saved_output_is_the_same_whatever_was_typed(name, tables):
    before = exercises.ask(name)._repr_mimebundle_()
    if name in RIGHT:
        answered(name, **given(name, tables)).hint.click()
    after = exercises.ask(name)._repr_mimebundle_()
    assert {kind: after[kind] for kind in ("text/plain", "text/markdown")} == {
        kind: before[kind] for kind in ("text/plain", "text/markdown")
    }


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b'"text"'])
def test_a_file_that_cannot_be_read_is_set_aside_and_told(content, answers):
    answers.mkdir()
    (answers / "00-1.json").write_bytes(content)
    exercise = exercises.ask("00-1")
    assert (
        "answers/00-1.json could not be read" in exercise.trouble.value
        and "begins anew" in exercise.trouble.value
    )
    assert (answers / "00-1.unreadable.json").read_bytes() == content and exercise.given == {
        "typed": "",
        "unit": "",
    }


def test_each_file_that_cannot_be_read_is_set_aside_beside_the_earlier_ones(answers):
    answers.mkdir()
    names = ["00-1.unreadable.json", "00-1.unreadable-2.json", "00-1.unreadable-3.json"]
    for content, name in zip((b"1", b"2", b"3"), names, strict=True):
        (answers / "00-1.json").write_bytes(content)
        assert f"answers/{name}" in exercises.ask("00-1").trouble.value
    assert [(answers / name).read_bytes() for name in names] == [b"1", b"2", b"3"]


def test_two_forms_of_an_exercise_keep_what_was_typed_in_either(answers):
    here, there = exercises.ask("00-3"), exercises.ask("00-3")  # as in two kernels
    first, _, third, _ = COURSE["00-3"].options
    here.controls["typed"].value = first
    there.controls["reason"].value = "No outcome was found."
    there.hint.click()
    again = exercises.ask("00-3")
    assert again.given == {"typed": first, "reason": "No outcome was found."}
    assert "Hint: " in again.hints.value
    there.controls["typed"].value = third  # of two answers to one question the later one stays
    here.controls["reason"].value = "Because."
    assert exercises.ask("00-3").given == {"typed": third, "reason": "Because."}


def test_what_could_not_be_written_is_written_with_the_next_change(answers):
    answers.write_text("a file in its place")
    exercise = answered("00-3", reason="Because.")
    assert "not kept" in exercise.trouble.value
    answers.unlink()
    exercise.hint.click()
    assert exercise.trouble.value == "" and exercises.ask("00-3").given["reason"] == "Because."


def test_a_file_that_breaks_while_its_form_is_open_is_set_aside_and_the_answer_kept(answers):
    exercise = answered("00-3", reason="Because.")
    (answers / "00-3.json").write_bytes(b"{")
    exercise.hint.click()
    assert "answers/00-3.unreadable.json" in exercise.trouble.value
    assert "begins anew" not in exercise.trouble.value
    assert exercises.ask("00-3").given["reason"] == "Because."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("half \ud83d of it", "half ? of it"),
        ("\udc00", "?"),
        ("whole \U0001f600 绍兴 \x00", "whole \U0001f600 绍兴 \x00"),
    ],
)
def test_half_a_character_does_not_keep_the_rest_from_being_kept(typed, kept, answers):
    answered("00-3", reason=typed)
    assert exercises.ask("00-3").given["reason"] == kept
    (answers / "00-3.json").write_text(json.dumps({"reason": typed}), encoding="utf-8")
    assert exercises.ask("00-3").given["reason"] == kept


@pytest.mark.parametrize("typed", ["\ud83d", "\ud83d" * 50, "3\udc00"])
def test_half_a_character_is_judged_in_words_that_can_be_sent(typed):
    exercise = answered("00-1", typed=typed, unit="µg/m³")
    assert exercise.message.value.encode() and "✓" not in exercise.message.value
    exercise = exercises.ask("00-2")
    exercise.children[0].value = typed
    assert exercise.controls["typed"].options == ()


@pytest.mark.parametrize(
    "kept",
    [
        {"typed": 7, "unit": "stone"},
        {"typed": None},
        {"hints": "many"},
        {"hints": 99, "checked": "yes"},
        {"else": 1},
    ],
)
def test_kept_values_that_make_no_sense_are_left_out(kept, answers):
    answers.mkdir()
    (answers / "00-1.json").write_text(json.dumps(kept), encoding="utf-8")
    assert exercises.ask("00-1").given == {"typed": "", "unit": ""}


def test_a_folder_that_cannot_be_written_is_told(answers):
    answers.write_text("a file in its place")
    exercise = answered("00-1", typed="-3", unit="µg/m³")
    assert (
        "Right" in exercise.message.value
        and "Your answer is not kept: answers/00-1.json cannot be written" in exercise.trouble.value
    )


def test_what_students_type_is_not_put_under_version_control():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"notebooks/answers/", "key.html", "key.zh.html"} <= set(ignored)


# --- the lecturer's key ---


def test_the_key_has_every_question_answer_and_argument(tmp_path, tables):
    planned = subprocess.run(
        ["make", "-n", "key"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "-m indicators.exercises.answer_key key.html" in planned
    target = tmp_path / "key.html"
    run = subprocess.run(
        [sys.executable, "-m", "indicators.exercises.answer_key", str(target)],
        cwd=ROOT / "notebooks",
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "The key was written to key.html and key.zh.html.\n"
    assert '<html lang="zh">' in (tmp_path / "key.zh.html").read_text(encoding="utf-8")
    page = re.sub(r"<[^>]+>", "", target.read_text(encoding="utf-8"))
    plain = (
        page.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&quot;", '"')
    )
    wanted = [
        said
        for name in COURSE
        for said in (
            f"Exercise {name}",
            answer_said(name, tables),
            COURSE[name].argument,
            *COURSE[name].hints,
        )
    ]
    assert [said for said in wanted if said not in plain] == []
    assert "http" not in re.sub(r"xmlns\S*", "", target.read_text(encoding="utf-8")), (
        "the page asks for nothing elsewhere"
    )


# --- in the page ---

FORM = """box => [box.innerText, ...[...box.querySelectorAll("input, select, textarea")].map(
    ({type, checked, selectedOptions, value}) => type === "radio" ? checked
        : selectedOptions ? [...selectedOptions].map(({label}) => label) : value)]"""
UNNAMED = """boxes => boxes
    .flatMap(box => [...box.querySelectorAll("input, select, textarea")])
    .filter(control => !control.labels?.length && !control.ariaLabel)
    .map(control => control.outerHTML)"""


class Student:
    """Somebody who does the exercises of the first notebook in JupyterLab."""

    def __init__(self, browser, folder):
        self.folder, self.lab = copy_of_bundle(folder), Lab(folder)
        self.visit = Visit(browser, self.lab, START).run_all()
        self.page = self.visit.page

    def exercise(self, number):
        self.page.locator(".exercise").nth(3).wait_for(state="attached")
        return self.page.locator(".exercise").nth(number - 1)

    @contextlib.contextmanager
    def made_anew(self):
        """Wait until all four forms have been made again."""
        self.page.locator(".exercise").evaluate_all(
            "boxes => boxes.forEach(box => box.classList.add('earlier'))"
        )
        yield
        settled(
            lambda: (self.page.locator(".exercise").count(), self.page.locator(".earlier").count()),
            (4, 0),
        )

    def says(self, number, text):
        settled(lambda: text in self.exercise(number).inner_text(), True)

    def state(self):
        """What all controls and texts of the exercises say, without those of the code."""
        return [self.exercise(number).evaluate(FORM) for number in (1, 2, 3)]


@pytest.fixture(scope="module")
def student(browser, tmp_path_factory):
    student = Student(browser, tmp_path_factory.mktemp("a student's home"))
    yield student
    student.page.close()
    student.lab.stop()
    assert student.visit.errors == [] and student.visit.away() == []


def test_answers_are_judged_in_the_page(student):
    one, two, three = (student.exercise(number) for number in (1, 2, 3))
    one.get_by_label("Answer", exact=True).fill("3")
    one.get_by_label("in", exact=True).select_option("µg/m³")
    one.get_by_role("button", name="Check").click()
    student.says(1, "✗ The size fits, the sign does not")
    one.get_by_label("Answer", exact=True).fill("-3")
    one.get_by_label("Answer", exact=True).press("Enter")
    student.says(1, "✓ Right.")
    two.get_by_label("Narrow", exact=True).fill("Target 8500")
    settled(lambda: two.locator("option").count(), 1)
    two.get_by_label("Row", exact=True).select_option(index=0)
    two.get_by_role("button", name="Check").click()
    student.says(2, "✓ Right.")
    two.get_by_label("Narrow", exact=True).fill("")  # only helps to look, and is not kept
    settled(lambda: two.locator("option").count(), len(COURSE["00-2"].rows(exercises.tables())))
    three.get_by_label("The figures cannot tell").check()
    three.get_by_label("Reason", exact=True).fill("No outcome was found. 没有找到。")
    three.get_by_role("button", name="Check").click()
    student.says(3, "✓ Right.")
    three.get_by_role("button", name="Hint 1 of 3").click()
    student.says(3, "Hint: ")


def test_what_was_typed_survives_a_run_of_all_cells_and_a_new_kernel(student):
    before = student.state()
    with student.made_anew():
        student.page.get_by_text("Run", exact=True).first.click()
        student.page.get_by_text("Run All Cells", exact=True).click()
    settled(student.state, before)
    with student.made_anew():
        student.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        student.page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
        student.page.get_by_role("button", name="Confirm Kernel Restart").click()
    settled(student.state, before)
    kept = {path.name for path in (student.folder / "notebooks" / "answers").iterdir()}
    assert kept == {"00-1.json", "00-2.json", "00-3.json"}


def test_two_lines_typed_into_the_cell_are_judged_and_an_error_keeps_the_form(student):
    student.exercise(4).get_by_role("button", name="Hint 1 of 3").click()
    student.says(4, "Hint: ")
    prompt = student.page.locator(".jp-CodeCell .jp-InputPrompt").last
    first, last = LINES["00-4"]
    for line, said in (
        (first.replace("status", "statu"), "KeyError: 'statu'"),
        (first, "✓ Right."),
    ):
        student.page.locator(".jp-CodeCell:has(.exercise) .cm-content").last.click()
        student.page.keyboard.press("Control+a")
        student.page.keyboard.insert_text("\n".join([line, last, 'exercises.ask("00-4", answer)']))
        student.page.keyboard.press("Control+Enter")
        student.says(4, said)
        student.says(4, "Hint: ")
        assert "Traceback" not in student.page.locator(".jp-CodeCell").last.inner_text()
        # a run that is asked for before an error has been told is not begun
        settled(lambda: bool(re.search(r"\d", prompt.inner_text())), True)


def test_the_forms_are_labelled_for_all_who_use_them(student):
    unnamed = student.page.locator(".exercise").evaluate_all(UNNAMED)
    assert unnamed == []
    wide = student.page.locator(".exercise").evaluate_all(
        "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1).length"
    )
    assert wide == 0
