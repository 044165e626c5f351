"""The editions in other languages render the English notebooks, cell by cell."""

import nbformat
import pytest
from indicators import editions, i18n
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

HEAD = editions.LANGUAGE.format("zh")
ENGLISH = {
    "a": new_markdown_cell("# How fast did it grow?"),
    "b": new_code_cell('none = "no year"\nMarkdown(f"""GDP was {say("gdp")} in {year}.""")'),
    "c": new_code_cell('explorers.IndicatorExplorer(table, ["gdp"])'),
    "d": new_markdown_cell("The plan of 2016 names it."),
}
CHINESE = {
    "a": new_markdown_cell("# 增长有多快？"),
    "b": new_code_cell(HEAD + 'none = "没有"\nMarkdown(f"""{year}年生产总值为{say("gdp")}。""")'),
    "c": new_code_cell('explorers.IndicatorExplorer(table, ["gdp"])'),
    "d": new_markdown_cell("2016年的规划提到了它。"),
}


def notebook(cells, **changed):
    """A notebook of these cells, some of them with another source; of None, without the cell."""
    made = []
    for name, cell in cells.items():
        source = changed.get(name, cell.source)
        if source is not None:
            made.append(nbformat.from_dict(cell | {"id": name, "source": source}))
    return new_notebook(cells=made)


def rendered(english, chinese):
    """The Chinese notebook with the hashes of the English cells."""
    for cell in chinese.cells:
        of = next((each for each in english.cells if each.id == cell.id), None)
        if of:
            cell.metadata[editions.RENDERS] = editions.hash_of(of.source)
    return chinese


def found(english, chinese):
    return list(editions.faults(english, chinese, "zh"))


def test_a_rendering_whose_words_alone_differ_has_no_faults():
    english = notebook(ENGLISH)
    assert found(english, rendered(english, notebook(CHINESE))) == []


@pytest.mark.parametrize(
    ("cell", "source", "told"),
    [
        ("a", None, "a: is missing"),
        ("c", 'explorers.IndicatorExplorer(table, ["pm25"])', "c: its code differs"),
        ("c", "explorers.IndicatorExplorer(table)", "c: its code differs"),
        ("b", CHINESE["b"].source.replace("{year}", "{now}"), "b: its code differs"),
        ("b", CHINESE["b"].source.replace('say("gdp")', 'say("pm25")'), "b: its code differs"),
        ("b", CHINESE["b"].source.replace("{year}", "{year}{f'在{where}'}"), "b: its code differs"),
        ("b", CHINESE["b"].source.removeprefix(HEAD), "b: does not begin with"),
        ("d", "2016年的规划提到了它，增长7.5%。", "d: states 7.5% that no cell computes"),
        ("d", ENGLISH["d"].source, "d: is not translated"),
    ],
)
def test_a_rendering_that_says_or_does_something_else_is_told(cell, source, told):
    english = notebook(ENGLISH)
    faults = found(english, rendered(english, notebook(CHINESE, **{cell: source})))
    assert len(faults) == 1 and faults[0].startswith(told)


def test_an_english_cell_that_has_changed_since_is_told_with_its_name():
    chinese = rendered(notebook(ENGLISH), notebook(CHINESE))
    now = notebook(ENGLISH, d="The plan of 2016 names it first.")
    assert found(now, chinese) == ["d: the English has changed since it was translated"]


def test_cells_that_were_moved_added_or_are_of_another_kind_are_told():
    english = notebook(ENGLISH)
    swapped = rendered(english, notebook(dict(reversed(CHINESE.items()))))
    assert "a: is moved" in found(english, swapped)
    more = rendered(english, notebook(CHINESE | {"e": new_markdown_cell("补充。")}))
    assert found(english, more) == ["e: is not in the English notebook"]
    other = rendered(english, notebook(CHINESE | {"c": new_markdown_cell("图。")}))
    assert found(english, other) == ["c: is markdown, not code"]


def test_the_editions_render_the_notebooks_as_they_are_now():
    assert editions.to_translate() == []


def test_a_cell_that_was_translated_again_can_be_said_to_be(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(editions, "BESIDE_PACKAGE", tmp_path)
    name = "00-start-here.ipynb"
    (tmp_path / "zh").mkdir()
    nbformat.write(notebook(ENGLISH), tmp_path / name)
    nbformat.write(notebook(CHINESE), tmp_path / "zh" / name)
    assert sum(name in each for each in editions.to_translate()) == 3
    assert editions.main([f"zh/{name}", "a"]) == 1
    assert capsys.readouterr().out.startswith("Marked as translated: a.\n")
    assert sum(name in each for each in editions.to_translate() if "changed" in each) == 2
    before = [path.read_bytes() for path in sorted(tmp_path.rglob("*.ipynb"))]
    for asked, cure in (
        ([f"zh/{name}"], "name the parts that are translated, or say --all"),
        ([name, "a"], f"{name} is no file of an edition; choose from: zh/{name}"),
        ([f"zh/{name}", "z"], f"zh/{name} has no cell z; choose from: "),
    ):
        with pytest.raises(SystemExit):
            editions.main(asked)
        assert cure in capsys.readouterr().err
    assert before == [path.read_bytes() for path in sorted(tmp_path.rglob("*.ipynb"))]
    editions.main([f"zh/{name}", "--all"])
    assert not any("changed" in each for each in editions.to_translate())


def test_the_usual_language_can_be_chosen_once():
    try:
        i18n.speak("zh")
        assert i18n.chosen() == "zh" and i18n.chosen("en") == "en"
        with i18n.speaking("en"):
            assert i18n.chosen() == "en"
        with pytest.raises(ValueError, match="allowed are en, zh"):
            i18n.speak("fr")
    finally:
        i18n.speak("en")
