"""Answers handed in: what a student's file has, and the lecturer's table of a folder of them."""

import csv as csv_format
import io
import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT
from indicators import exercises, i18n
from indicators.exercises import COURSE, code_cells, collected, form, hand_in, storage
from indicators.exercises.grading import Code, Number
from IPython.core.interactiveshell import InteractiveShell

WORDS = i18n.WORDS["en"]["exercises"]


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    """A folder of its own for what is kept."""
    monkeypatch.setattr(storage, "ANSWERS", tmp_path / "answers")
    return storage.ANSWERS


@pytest.fixture
def handed_in(tmp_path):
    """The folder of the lecturer, empty."""
    folder = tmp_path / "handed in"
    folder.mkdir()
    return folder


def tables():
    return exercises.tables()


def checked(name, **values):
    """An exercise with these values in its controls, checked."""
    exercise = exercises.ask(name)
    for key, value in values.items():
        exercise.controls[key].value = value
    exercise.check.click()
    return exercise


def file_of(**answers):
    """A file as Hand in writes it, with these answers (`00_1` is 00-1)."""
    about = {"version": 1, "table": tables().digest, "checked": True}
    named = {name.replace("_", "-"): about | answer for name, answer in answers.items()}
    return {"format": hand_in.FORMAT, "version": hand_in.VERSION, "answers": named}


def put(folder, name, found):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def rows(folder):
    return collected.collect(folder, tables()).answers.to_dict("records")


RIGHT = {"typed": "-3", "unit": "µg/m³", "right": True, "attempts": 1}
WRONG = {"typed": "27", "unit": "µg/m³", "right": False, "attempts": 2, "hints": 1}


# --- what is kept and handed in ---


def test_attempts_are_answers_that_differ_and_were_judged(answers, monkeypatch):
    monkeypatch.setattr("indicators.exercises.form.LATE", 0)
    exercise = exercises.ask("00-1")
    for typed, unit, attempts in (
        ("", "", 0),
        ("-3", "", 0),  # a unit is asked for: nothing is judged yet
        ("27", "µg/m³", 1),
        ("27", "µg/m³", 1),
        ("-3", "µg/m³", 2),
    ):
        exercise.controls["typed"].value, exercise.controls["unit"].value = typed, unit
        exercise.check.click()
        kept = json.loads((answers / "00-1.json").read_text(encoding="utf-8"))
        assert kept["attempts"] == attempts, typed
    assert exercises.ask("00-1") and kept["right"] is True
    assert json.loads((answers / "00-1.json").read_text(encoding="utf-8")) == kept


def test_what_comes_late_is_no_attempt_of_its_own(answers):
    exercise = checked("00-1", typed="27", unit="µg/m³")
    exercise.controls["typed"].value = "-3"
    kept = json.loads((answers / "00-1.json").read_text(encoding="utf-8"))
    assert (kept["attempts"], kept["right"], kept["typed"]) == (1, True, "-3")


def test_code_is_kept_with_what_it_gives_and_a_second_run_changes_nothing(answers):
    assert not exercises.ask("00-4") or not (answers / "00-4.json").exists()
    right = COURSE["00-4"].answer(tables())
    for answer, attempts, kept_as in ((1.5, 1, 1.5), (right, 2, right), (right, 2, right)):
        exercises.ask("00-4", answer)
        kept = json.loads((answers / "00-4.json").read_text(encoding="utf-8"))
        assert (kept["attempts"], kept["typed"]) == (attempts, kept_as)
    assert "exercises.ask" in kept["code"], "the cell, here this file"
    exercises.ask("03-4", COURSE["03-4"].answer(tables()))
    kept = json.loads((answers / "03-4.json").read_text(encoding="utf-8"))
    assert kept["right"] is True and list(kept["typed"])[0] == "2016"
    exercises.ask("00-4", object())
    assert json.loads((answers / "00-4.json").read_text(encoding="utf-8"))["typed"] is None


def test_the_button_writes_one_file_with_all_answers_and_no_name(answers):
    exercise = exercises.ask("00-1")
    exercise.hand_in.click()
    assert WORDS["nothing_to_hand_in"] in exercise.handed_in.value
    assert not (answers / hand_in.HANDED_IN).exists()
    checked("00-1", typed="27", unit="µg/m³")
    exercises.ask("00-3").controls["reason"].value = "Because."
    exercises.ask("02-1").hint.click()  # a hint alone is no answer
    exercise.hand_in.click()
    assert "has 2 of the 32 answers" in exercise.handed_in.value
    found = json.loads((answers / hand_in.HANDED_IN).read_text(encoding="utf-8"))
    assert list(found["answers"]) == ["00-1", "00-3"]
    assert {key for kept in found["answers"].values() for key in kept} <= {
        *hand_in.ANSWER,
        *hand_in.CHECKED_AGAINST,
    }


def test_a_file_that_cannot_be_written_is_told(answers):
    checked("00-1", typed="27", unit="µg/m³")
    (answers / hand_in.HANDED_IN).mkdir()
    assert hand_in.write().startswith(f"answers/{hand_in.HANDED_IN} cannot be written")


def test_what_a_student_hands_in_is_read_with_the_same_verdicts(handed_in, answers):
    for name, question in COURSE.items():
        if isinstance(question, Code):
            exercises.ask(name, question.answer(tables()))
        elif isinstance(question, Number):
            checked(name, typed=f"{question.answer(tables()):.6f}", unit=question.unit)
        else:
            slip = question.slips(tables())[0]
            checked(name, typed=slip.given["typed"])
    hand_in.write()
    (answers / hand_in.HANDED_IN).replace(handed_in / "17.json")
    found = rows(handed_in)
    assert [row["exercise"] for row in found] == list(COURSE)
    assert {row["note"] for row in found} == {""} and {row["who"] for row in found} == {"17"}
    for row in found:
        free = isinstance(COURSE[row["exercise"]], Code | Number)
        assert row["there"] == row["here"] == (WORDS["right"] if free else WORDS["wrong"])
        assert row["answer"] and row["attempts"] == "1"


# --- the lecturer's table ---


def test_both_verdicts_stand_in_the_table_and_a_changed_one_is_noted(handed_in):
    put(handed_in, "a.json", file_of(**{"00_1": RIGHT}))
    put(handed_in, "b.json", file_of(**{"00_1": WRONG | {"right": True}}))
    put(handed_in, "c.json", file_of(**{"00_1": WRONG | {"right": True, "table": "another"}}))
    put(handed_in, "d.json", file_of(**{"00_1": WRONG | {"checked": False}}))
    said = {row["who"]: (row["there"], row["here"], row["note"]) for row in rows(handed_in)}
    assert said == {
        "a": ("right", "right", ""),
        "b": ("right", "wrong", WORDS["notes"]["altered"]),
        "c": ("right", "wrong", WORDS["notes"]["other_table"]),
        "d": ("not checked", "wrong", ""),
    }


def test_an_answer_to_an_earlier_version_of_an_exercise_is_not_judged_by_the_new_one(handed_in):
    assert COURSE["01-4"].version == 2
    earlier, now = {"typed": 5.4, "right": True}, COURSE["01-4"].answer(tables()).to_dict()
    put(handed_in, "earlier.json", file_of(**{"01_4": earlier}))
    put(handed_in, "now.json", file_of(**{"01_4": {"typed": now, "right": True, "version": 2}}))
    put(handed_in, "other.json", file_of(**{"09_9": RIGHT}))
    said = {row["who"]: (row["here"], row["note"]) for row in rows(handed_in)}
    assert said == {
        "earlier": ("not checked", WORDS["notes"]["older"]),
        "now": ("right", ""),
        "other": ("not checked", WORDS["notes"]["unknown"]),
    }


def test_code_whose_result_no_file_can_keep_is_not_taken_for_a_changed_verdict(handed_in, answers):
    right = COURSE["01-4"].answer(tables())
    for result in ("text", right.to_frame(), right.iloc[[0, 0]]):
        exercises.ask("01-4", result)
        hand_in.write()
        (answers / hand_in.HANDED_IN).replace(handed_in / "a.json")
        (row,) = rows(handed_in)
        assert (row["there"], row["here"]) == ("wrong", "not checked")
        assert row["note"] == WORDS["notes"]["no_value"] and row["code"]


def test_the_same_answers_in_two_files_are_noted_and_a_like_answer_is_not(handed_in):
    for name, answer in (("a", WRONG), ("b", RIGHT), ("c", WRONG)):
        put(handed_in, f"{name}.json", file_of(**{"00_1": answer}))
    assert [row["note"] for row in rows(handed_in)] == ["", "", "the same answers as in a"]


BAD = {
    "not.json": (b"hand-in", "is no JSON"),
    "cut.json": (b'{"format"', "is no JSON"),
    "bytes.json": (b"\xff\xfe\x00", "is no JSON"),
    "deep.json": (b"[" * 100_000, "is no JSON"),
    "list.json": (b"[1, 2]", "is no file of answers"),
    "essay.docx": (b"PK", "no .json file"),
    "single.json": (b'{"typed": "-3", "unit": "%"}', "the answer to one exercise only"),
    "large.json": (b" " * (collected.LARGEST + 1), "too large"),
    "later.json": (
        json.dumps({"format": hand_in.FORMAT, "version": 2, "answers": {}}).encode(),
        "written by another version of the bundle (file of version 2, here 1)",
    ),
    "odd.json": (
        json.dumps({"format": hand_in.FORMAT, "version": 1, "answers": {"00-1": 7}}).encode(),
        "is no file of answers",
    ),
    "empty.json": (
        json.dumps({"format": hand_in.FORMAT, "version": 1, "answers": {}}).encode(),
        "has no answers",
    ),
}


def test_one_bad_file_does_not_lose_the_others(handed_in):
    put(handed_in, "anna.json", file_of(**{"00_1": RIGHT}))
    marked = json.dumps(file_of(**{"00_1": WRONG})).encode("utf-8-sig")  # saved by an editor
    (handed_in / "berta.json").write_bytes(marked)
    put(handed_in, "._anna.json", {})
    for name, (content, _) in BAD.items():
        (handed_in / name).write_bytes(content)
    found = collected.collect(handed_in, tables())
    assert {name: BAD[name][1] in why and name in why for name, why in found.refused.items()} == {
        name: True for name in BAD
    }
    assert found.files == 2 and len(found.answers) == 2 + len(BAD)
    page = collected.page(found)
    assert all(why.split(":")[0] in page for why in found.refused.values())


def test_files_in_folders_of_their_own_are_told_apart(handed_in):
    for folder in ("Anna_17", "Berta_18"):  # as a course platform packs them
        put(handed_in, f"{folder}/hand-in.json", file_of(**{"00_1": RIGHT}))
    assert [row["who"] for row in rows(handed_in)] == ["Anna_17/hand-in", "Berta_18/hand-in"]


@pytest.mark.parametrize(
    "typed",
    [None, 7, True, [], {}, ["gdp"], {"2016": "x"}, {"a": [1]}, "9" * 5000, float("nan"), 10**400],
    ids=lambda typed: f"{str(typed)[:9]}",
)
def test_what_no_form_gives_breaks_nothing(typed, handed_in):
    kept = {"typed": typed, "unit": ["%"], "code": 7, "right": "yes", "attempts": {}, "version": 1}
    put(handed_in, "a.json", file_of(**dict.fromkeys(COURSE, kept)))
    found = rows(handed_in)
    assert [row["exercise"] for row in found if row["there"] == "?"] == list(COURSE)
    assert WORDS["right"] not in {row["here"] for row in found}


def read_csv(text):
    return list(csv_format.reader(io.StringIO(text)))


def test_no_spreadsheet_runs_a_cell_and_no_browser_a_mark(handed_in):
    evil = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1", "<script>x</script>"]
    for number, text in enumerate(evil):
        kept = {"typed": text, "reason": text, "code": text, "unit": text, "right": False}
        put(handed_in, f"{number}.json", file_of(**{"00_1": kept}))
    put(handed_in, "=cmd.json", file_of(**{"00_1": {"typed": "-3", "unit": ""}}))
    found = collected.collect(handed_in, tables())
    cells = [cell for row in read_csv(collected.csv(found.answers)) for cell in row]
    assert [cell for cell in cells if cell[:1] in {*"=+@＝\t\r"}] == []
    assert [cell for cell in cells if cell.startswith("-")] == ["-3"], "a number is no formula"
    assert "'=cmd" in cells and "'=1+1" in cells
    page = collected.page(found)
    assert "<script" not in page and "&lt;script&gt;x" in page


def test_code_that_was_handed_in_is_shown_and_never_run(handed_in, tmp_path):
    trace = tmp_path / "trace"
    code = f"open({str(trace)!r}, 'w')\nexercises.ask('00-4', answer)"
    put(handed_in, "a.json", file_of(**{"00_4": {"typed": 1.0, "code": code, "right": False}}))
    found = collected.collect(handed_in, tables())
    collected.page(found), collected.csv(found.answers)
    assert found.answers["code"].tolist() == [code] and not trace.exists()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_command_writes_both_kinds_of_table(language, handed_in, tmp_path, capsys):
    reason = "没有找到 \ud83d"
    put(handed_in, "a.json", file_of(**{"00_1": RIGHT | {"reason": reason}}))
    (handed_in / "b.json").write_text("{", encoding="utf-8")
    words = i18n.WORDS[language]["exercises"]
    for target in (tmp_path / "out.html", handed_in / "out.csv"):
        collected.main(str(handed_in), str(target), language)
        said = capsys.readouterr()
        assert said.out == words["read"].format(target, 1, 1) + "\n"
        assert said.err.startswith("b.json: ") and said.err.count("\n") == 1
    collected.main(str(handed_in), str(handed_in / "out.csv"), language)
    assert "out.csv" not in capsys.readouterr().err, "an earlier table is not read"
    raw = (handed_in / "out.csv").read_bytes()
    table = read_csv(raw.decode("utf-8-sig"))
    assert raw.startswith(b"\xef\xbb\xbf") and table[0] == list(words["headings"].values())
    unit = {"en": "µg/m³", "zh": "微克/立方米"}[language]
    assert table[1][:3] == ["a", "00-1", f"'-3 {unit}"]
    assert words["limits"] in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_a_folder_without_answers_is_told_and_nothing_is_written(handed_in, tmp_path):
    (handed_in / "essay.docx").write_bytes(b"PK")
    target = tmp_path / "out.html"
    for folder, out, said in (
        (handed_in, target, "has no files of answers"),
        (tmp_path / "none", target, "is no folder"),
        (handed_in, tmp_path / "out.xlsx", "name the table .csv or .html"),
    ):
        with pytest.raises(SystemExit, match=said):
            collected.main(str(folder), str(out))
    assert not target.exists()


def test_the_commands_of_make_are_those_of_the_modules():
    planned = subprocess.run(
        ["make", "-n", "answers", "collect", "FOLDER=a b", "OUT=t.csv", "LANG=zh"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.replace("\\\n", "")
    assert "-m indicators.exercises\n" in planned
    assert '-m indicators.exercises.collected "a b"' in planned
    assert '"t.csv" zh' in planned
    said = WORDS["no_folder"].format("no folder") + "\n"
    for module, code, error in (
        (["indicators.exercises"], 0, ""),
        (["indicators.exercises.collected", "no folder", "t.csv"], 1, said),
    ):
        run = subprocess.run(
            [sys.executable, "-m", *module],
            cwd=ROOT / "notebooks",
            env=os.environ | {"PYTHONPATH": str(ROOT / "notebooks")},
            capture_output=True,
            text=True,
        )
        assert (run.returncode, run.stderr) == (code, error)


# --- errors in a student's code ---


@pytest.fixture
def notebook(monkeypatch):
    """Runs a cell, and gives the forms that an error shows, and what is printed."""
    shell, shown = InteractiveShell(), []
    monkeypatch.setattr(code_cells, "get_ipython", lambda: shell)
    monkeypatch.setattr(form, "display", shown.append)
    code_cells.watch(form.show_stopped)
    shell.run_cell("from indicators import exercises\nimport pandas as pd\ntable = pd.DataFrame()")

    def run(cell):
        shown.clear()
        result = shell.run_cell(cell, store_history=True)
        return result.success, [each.message.value for each in shown]

    yield run
    InteractiveShell.clear_instance()


ASK = '\nexercises.ask("00-4", answer)'


@pytest.mark.parametrize(
    ("code", "line", "said"),
    [
        ('rows = table["statu"]\nanswer = 1', 1, ["KeyError: &#x27;statu&#x27;", "rows = table["]),
        ("answer = 1\nanswer = 1 / 0", 2, ["ZeroDivisionError: division by zero", "1 / 0"]),
        ("answer = (1", 1, ["SyntaxError", "answer = (1", "bracket"]),
        ("answer = tabel", 1, ["NameError", "Run All Above"]),
        ("answer = table.query('a b')", 1, ["SyntaxError", "table.query"]),
        ("answer = [\n 1,\n 1 + '',\n]", 3, ["TypeError", "1 + &#x27;&#x27;,"]),
        ("def f(): return 1 / 0\nanswer = f()", 1, ["ZeroDivisionError", "return 1 / 0"]),
        ("raise ValueError('<b>' + 'x' * 999)", 1, ["&lt;b&gt;xxx"]),
    ],
)
def test_an_error_shows_the_line_and_the_words_of_python_beside_the_hints(
    code, line, said, notebook, capsys, answers
):
    exercises.ask("00-4").hint.click()
    success, (told,) = notebook(code + ASK)
    assert not success and f"line {line} of" in told and all(part in told for part in said)
    assert "Traceback" not in capsys.readouterr().out + told and len(told) < 800
    assert COURSE["00-4"].hints[0][:20] in exercises.ask("00-4").hints.value
    kept = json.loads((answers / "00-4.json").read_text(encoding="utf-8"))
    assert (kept["typed"], kept["right"], kept["attempts"]) == (None, None, 0)
    assert kept["code"] == code + ASK


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("answer = (1", "SyntaxError"),
        ('1 / 0\nexercises.ask("00-1")', "ZeroDivisionError"),
        ('1 / 0\nexercises.ask("09-9", 1)', "ZeroDivisionError"),
        ('exercises.ask("00-9", 1)', "there is no exercise"),
    ],
)
def test_an_error_in_any_other_cell_is_shown_as_ever(cell, said, notebook, capsys):
    success, shown = notebook(cell)
    assert (success, shown) == (False, []) and said in capsys.readouterr().out
    assert notebook("2 + 2") == (True, [])
