"""The Chinese beneath the messages about tables: what it says, when it is there, and that it is.

That every message has some is looked for by `conftest` wherever a test meets one, too.
"""

import ast
import pickle
import re
import warnings
from importlib.util import module_from_spec, spec_from_file_location

import check
import pytest
from conftest import ROOT
from indicators import data, i18n
from indicators.data.messages import Fault, Faults, Notice, TableNotice, both
from indicators.i18n.clauses import CLAUSES, PLACES
from indicators.i18n.messages import HOLE, in_chinese

LOST = Fault("sources.csv", None, None, "the file is missing from the folder 'data'; put it back")
LOST_TOO = "sources.csv：文件夹 'data' 中缺少这个文件；请放回原处"
NO_MESSAGES = {  # texts of data/ that no reader of a fault is shown
    "CNY a month",
    "CNY a year",
    "index, previous year = 100",
    "percentage points",
    "years of life",
    "Cannot be right as printed",
    "Shaoxing 2015–2025: plans and outcomes",
    "Figures as printed, each with its source",
    # of errors of the system, which it says in its own language
    "there is no such folder",
    "make it, or look at its name",
    "the file cannot be replaced",
    "close it where it is open, or allow yourself to change it, and try again",
    "the folder cannot be made",
    "choose another place",
}


@pytest.fixture(autouse=True)
def messages_have_chinese():
    """Here it is shown."""


@pytest.fixture
def unspoken(monkeypatch):
    """The room of words as it is where nobody has spoken, and the locale says nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    spec = spec_from_file_location(i18n.__name__, i18n.__file__)
    words = module_from_spec(spec)
    spec.loader.exec_module(words)
    return words


@pytest.fixture
def chinese():
    with i18n.speaking("zh"):
        yield


# --- that it is there ---


def pieces(text):
    """What stands between the holes, the words in quotation marks and the clauses of a text."""
    parts = re.split(r"\{[^{}]*\}|`[^`]*`|'\w+'|; ", text)
    return [part.strip(" :,(.") for part in parts]


def untold(code, known):
    """The pieces of the texts in code, but for docstrings, that no clause has."""
    tree = ast.parse(code)
    docstrings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    return [
        piece
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node not in docstrings
        for piece in pieces(node.value)
        if re.search("[a-z] [a-z]", piece) and piece not in known
    ]


KNOWN = "\n".join(piece for text in [*CLAUSES, *PLACES] for piece in pieces(text))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks/indicators/data").rglob("*.py")), ids=lambda path: path.stem
)
def test_every_text_of_data_is_in_a_clause(path):
    assert set(untold(path.read_text(encoding="utf-8"), KNOWN)) <= NO_MESSAGES


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('problem = "the row is empty; remove it"', []),
        ('problem = "the row is vacant; remove it"', ["the row is vacant"]),
        ('f"found {shown(cell)}, which {file} does not list"', []),
        ('f"found {shown(cell)}, which {file} does not have"', ["does not have"]),
        ('"""Words of a docstring."""', []),
    ],
)
def test_a_text_that_was_reworded_is_found(code, found):
    assert untold(code, KNOWN) == found


@pytest.mark.parametrize(("english", "chinese"), [*CLAUSES.items(), *PLACES.items()])
def test_the_chinese_has_the_holes_of_the_english(english, chinese):
    held = [f"<{number}>" for number in range(len(HOLE.findall(english)))]
    said = chinese.format(*held)
    assert all(said.count(each) == 1 for each in held) and not re.search("[{}]", said)
    assert re.search("[\u4e00-\u9fff]", chinese) or not re.search("[a-z]{3} ", chinese)


# --- when it is there ---


@pytest.mark.parametrize(
    ("locale", "spoken", "shown"),
    [
        ({}, None, False),
        ({}, "zh", True),
        ({"LANG": "zh_CN.UTF-8"}, None, True),
        ({"LANG": "zh"}, None, True),
        ({"LANG": "zh_CN.UTF-8"}, "en", False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, None, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, None, True),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, None, True),
        ({"LANG": "en_GB.UTF-8"}, "zh", True),
    ],
)
def test_chinese_stands_beneath_where_the_language_or_else_the_locale_asks_for_it(
    monkeypatch, unspoken, locale, spoken, shown
):
    for name, text in locale.items():
        monkeypatch.setenv(name, text)
    if spoken:
        unspoken.speak(spoken)
    assert unspoken.beneath(LOST.problem, LOST.where) == (LOST_TOO if shown else None)
    assert unspoken.chosen() == (spoken or "en")  # charts take no locale


def test_the_english_of_a_message_is_the_same_with_chinese_beneath():
    faults = [LOST, Fault("a.csv", 2, ("value", "unit"), "found 'x'; it must be unique")] * 60
    with i18n.speaking("en"):
        english = str(data.TableError(faults))
    with i18n.speaking("zh"):
        lines = str(data.TableError(faults)).splitlines()
    assert "\n".join(lines[::2]) == english
    assert lines[1::2][:3] == [
        "数据表没有载入：有 120 处错误。",
        f"   {LOST_TOO}",
        "   a.csv，第 2 行，value+unit 列：读到 'x'；不能重复",
    ]
    assert lines[-2:] == [
        " … and 20 more; all stand in .faults",
        " …… 还有 20 处；全部列在 .faults 中",
    ]


# --- what shows it ---


def test_an_error_in_a_notebook_and_a_list_of_faults_have_it_and_their_faults_do_not(chinese):
    error = data.TableError([LOST])
    assert error._render_traceback_()[0].endswith(LOST_TOO)
    assert repr(Faults([LOST])) == str(error)
    assert repr(Faults()) == "No fault was found.\n没有发现错误。"
    assert str(LOST) == f"sources.csv: {LOST.problem}" and error.faults == [LOST]
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_warning_has_it(folder, chinese):
    path = folder.parent / "own.csv"
    path.write_bytes((folder / "observations.csv").read_bytes().replace(b",", b";"))
    notice = Notice(
        "a.xlsx, sheet b", 3, "value", "the column is hidden, and was read as all others"
    )
    assert str(TableNotice([notice])).splitlines() == [
        "The table was read as it seems to be meant.",
        "数据表有不明确之处，已按最可能的本意读取。",
        f" - {notice}",
        "   a.xlsx 的工作表 b，第 3 行，value 列：这一列是隐藏的，已与其他列一样读取",
    ]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        data.faults(path)
    said = told[0].message
    assert "单元格之间用 ';' 分隔；请保存为逗号分隔的表格" in str(said)
    assert str(pickle.loads(pickle.dumps(said))) == str(said)


def test_an_error_of_a_value_has_it(chinese, table):
    with pytest.raises(ValueError, match="unknown place 'x'; choose .*\n没有 'x' 这个地区；请从"):
        data.load(place="x")
    with pytest.raises(ValueError, match="no column 'unit'; .*\n数据表没有 'unit' 列；请用"):
        data.usable(table.drop(columns="unit"))
    with pytest.raises(ValueError, match="\n有 [0-9]+ 个数值出现在不止一份数据表中，第一个是 gdp"):
        data.together(table, table)


def test_make_check_prints_it(folder, capsys, chinese):
    page = folder / "README.md"
    page.write_text(page.read_text("utf-8").replace("the nation (", "the nation (9"), "utf-8")
    assert check.main(folder) == 1
    english, first, fault, said = capsys.readouterr().out.splitlines()
    assert (english, first) == ("data/ has 1 fault:", "data/ 有 1 处错误：")
    assert re.search(r"README\.md, line [0-9]+: found 'the nation \(9[0-9]+\)'; write", fault)
    assert re.fullmatch(
        r"   data/README\.md，第 [0-9]+ 行：读到 'the nation \(9[0-9]+\)'；请写 [0-9]+", said
    )


# --- what cells hold, which is carried over ---


@pytest.mark.parametrize(
    "cell",
    [
        "{}",
        "{0} {said} {!r}",
        "100% %s %(x)d",
        "这一行是空的；请删去",
        "the row is empty; remove it",
        "'; \"; found 'x'",
        "a\nb\\",
        "(did you mean 5?)",
        "",
    ],
)
def test_what_a_cell_holds_is_carried_over_as_it_is(cell):
    said = in_chinese(f"found {cell!r}, with spaces around it; remove them")
    assert said == f"读到 {cell!r}，前后有空格；请删去"
    asked = in_chinese(
        f"found {cell!r}, which a.csv does not list (did you mean {cell}?); keep one"
    )
    assert asked == f"读到 {cell!r}，a.csv 中没有（是不是 {cell}？）；请只保留一列"
    printed = in_chinese(f"found '1'; as_printed has no such number ({cell}); look at it again")
    assert printed == f"读到 '1'；as_printed 中没有这个数（{cell}）；请再核对"


def test_a_message_without_chinese_stands_alone(chinese):
    assert both("the row is vacant; remove it") == "the row is vacant; remove it"
    assert both(Fault("a.csv", 1, None, "the row is vacant"), " - ") == (
        " - a.csv, row 1: the row is vacant"
    )


def test_reasons_that_the_system_gives_stay_in_its_language():
    cure = "close it in other programs, allow yourself to read it, or put a copy in its place"
    said = in_chinese(f"the file cannot be read (Permission denied); {cure}")
    assert said.startswith("文件无法读取（Permission denied）；请在其他程序中关闭它")
    known = "the file cannot be read as a workbook (it is a document of Numbers; in Numbers choose "
    known += "File > Export To > Excel); close it in other programs, or allow yourself to read it"
    assert in_chinese(known).startswith(
        "文件无法作为工作簿读取（这是 Numbers 文稿；请在 Numbers 中"
    )
