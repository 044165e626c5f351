"""Files that are edited while a notebook is open: a line says so, a button loads them again."""

import csv
import gc
import html
import shutil

import pandas as pd
import pytest
from conftest import ROOT, copy_of_bundle
from indicators import data, explorers, growth, labels
from indicators.data import provenance
from indicators.explorers.cell_widgets import with_parts
from indicators.i18n import LANGUAGES, WORDS
from ipywidgets.widgets.widget import _instances
from pages import Own
from servers import Lab, settled

EVIL = "<img src=x onerror='window.__ran=1'><script>window.__ran=1</script>"


@pytest.fixture
def mine(folder):
    """A copy of the data folder, loaded."""
    return data.load(folder)


@pytest.fixture
def own(folder):
    """A file of observations, whose rows may go while their keys stay."""
    return shutil.copy(folder / "observations.csv", folder.parent / "own.csv")


def edit(folder, change, file="observations.csv"):
    """Change the rows (dicts) of a file."""
    path = folder / file
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    names = list(rows[0])
    rows = change(rows) or rows
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def grow(rows):
    """The GDP of 2020 as printed in another way."""
    for row in rows:
        if (row["indicator"], row["place"], row["period"], row["measure"], row["status"]) == (
            "gdp",
            "shaoxing",
            "2020",
            "level",
            "actual",
        ):
            row["value"], row["as_printed"] = "7777", "7777亿元"


def spoil(rows):
    for row in rows[:12]:
        row["unit"] = EVIL


def without(slug):
    return lambda rows: [row for row in rows if row["indicator"] != slug]


def city(rows):
    return [row for row in rows if row["place"] == "shaoxing"]


def seen(explorer):
    explorer.hear({"seen": True})
    return explorer.notice.children[0].value if explorer.notice.children else ""


def again(explorer):
    """Press the button; what the line says then."""
    explorer.notice.children[1].click()
    return html.unescape(explorer.notice.children[0].value)


def made(table, which):
    newest = data.latest(table)
    if which == "indicators":
        return explorers.IndicatorExplorer(table, ["gdp", "exports"], view="levels")
    if which == "numbers":
        return explorers.NumbersExplorer(newest, ["gdp", "pm25"])
    return explorers.TargetExplorer(growth.with_latest(newest, growth.verdicts(newest)))


# --- in the kernel ------------------------------------------------------------------------


def test_what_is_made_of_a_table_knows_where_it_came_from(mine):
    newest = data.latest(mine)
    targets = growth.verdicts(newest)
    derived = {
        "latest": newest,
        "with_others": labels.with_others(mine),
        "views": growth.views(newest),
        "verdicts": targets,
        "with_latest": growth.with_latest(newest, targets),
        "masked": mine[mine["theme"] == "growth"],
        "index": growth.index_to_base(newest),
    }
    assert [
        name
        for name, frame in derived.items()
        if provenance.origin(frame).origins != (provenance.origin(mine),)
    ] == []
    assert not mine.attrs["provenance"].changed()


@pytest.mark.parametrize("which", ["indicators", "numbers", "targets"])
def test_a_change_of_the_files_is_said_once_and_nothing_else_changes(mine, folder, which):
    explorer = made(mine, which)
    before = explorer.text, explorer.live.figures
    assert seen(explorer) == "" and explorer.notice.children == ()
    edit(folder, grow)
    assert "The files of data have changed since they were loaded." in seen(explorer)
    assert (explorer.text, explorer.live.figures) == before
    line, button = explorer.notice.children
    assert (
        "role='status'" in line.value
        and button.description == "Load again"
        and button.layout.display == ""
    )
    explorer.language.value = "zh"
    assert (
        WORDS["zh"]["said"]["changed"].format("data") in line.value
        and button.description == "重新载入"
    )


def test_a_control_that_changes_notices_it_too(mine, folder):
    explorer = made(mine, "numbers")
    edit(folder, grow)
    explorer.year.value = 2019
    assert "have changed" in explorer.notice.children[0].value


@pytest.mark.parametrize("which", ["indicators", "numbers", "targets"])
def test_loaded_again_an_explorer_is_as_one_that_is_made_anew(mine, folder, which, monkeypatch):
    explorer, sent = made(mine, which), []
    edit(folder, grow)
    seen(explorer)
    monkeypatch.setattr(explorer.live, "send", lambda message: sent.append(message))
    assert (
        again(explorer).endswith(">Loaded again.</div>")
        and explorer.notice.children[1].layout.display == "none"
    )
    new = made(data.load(folder), which)
    assert (
        explorer.text == new.text
        and explorer.chart.to_dict() == new.chart.to_dict()
        and explorer.summary.value == new.summary.value
    )
    assert explorer.live.figures == new.live.figures and explorer.live.params == new.live.params
    assert [message for message in sent if message.get("forget")] == [
        {"forget": True, "parts": [[list(key), each] for key, each in new.live.figures.items()]}
    ]
    assert which == "targets" or "777.7" in explorer.text
    assert seen(explorer).endswith(">Loaded again.</div>")
    explorer.language.value = "zh"
    assert "已重新载入" in explorer.notice.children[0].value


def test_the_state_is_kept_and_what_has_gone_is_dropped_and_said(mine, own):
    explorer = made(data.load(own), "indicators")
    state = {
        "chosen": ["gdp", "exports"],
        "places": ["china", "shaoxing"],
        "years": (2016, 2024),
        "language": "zh",
        "scale": "log",
        "view": "levels",
    }
    explorer.state = state
    explorer.theme.value = "opening"
    before = explorer.state
    edit(own.parent, without("exports"), own.name)
    seen(explorer)
    name = mine.loc[mine["indicator"] == "exports", "name_zh"].iloc[0]
    assert f"表中已没有：{name}。" in again(explorer)
    assert explorer.state == before | {"chosen": ("gdp",)}
    assert explorer.theme.value == "opening"
    explorer.theme.value = "all"
    assert "exports" not in [slug for _, slug in explorer.indicators.options]
    assert explorer.notice.children[0].value != ""
    explorer.reset.click()
    assert explorer.indicators.value == ("gdp",)
    explorer.view.value = "index"
    assert explorer.notice.children[0].value == ""


def test_the_part_of_the_table_that_was_shown_is_kept(mine, folder, own):
    for part in (
        mine,
        mine[mine["theme"] == "growth"],
        data.latest(mine[mine["place"] == "china"]),
        data.load(folder, place="zhejiang"),
    ):
        new = provenance.reloaded(part)
        pd.testing.assert_frame_equal(new, part)
        new_origin, old_origin = provenance.origin(new), provenance.origin(part)
        assert new_origin.whole == old_origin.whole
        assert [each.stamp for each in new_origin.origins] == [
            each.stamp for each in old_origin.origins
        ]
    newest = data.latest(mine)
    targets = growth.with_latest(newest, growth.verdicts(newest))
    for part in (
        targets,
        targets[targets["place"] == "china"],
        targets[targets["theme"] == "growth"],
    ):
        assert provenance.reloaded(part)["verdict"].tolist() == part["verdict"].tolist()
    table = data.load(own)
    edit(own.parent, lambda rows: [row for row in rows if row["place"] != "china"], own.name)
    with pytest.raises(ValueError, match="no such rows"):
        provenance.reloaded(table[table["place"] == "china"])


def test_tables_that_stand_together_are_loaded_again_with_the_same_parts(mine, folder, tmp_path):
    one, other = data.load(), shutil.copytree(folder, tmp_path / "other")
    both = data.together(
        one[one["place"] == "shaoxing"], (there := data.load(other))[there["place"] == "china"]
    )
    pd.testing.assert_frame_equal(provenance.reloaded(both), both)
    assert provenance.name(both.attrs["provenance"]) == "data + other"
    explorer = explorers.IndicatorExplorer(both, ["gdp"], view="levels")
    tables = provenance.titles(provenance.origin(both))
    assert tables == ["Shaoxing 2015–2025: plans and outcomes", "other"]
    assert "\nother [Data set]. (n.d.).\n" in explorer.citation
    assert provenance.call(provenance.origin(both)) == "table"  # no call of `load` makes its parts
    parts = data.load(place="shaoxing"), data.load(other, place="china")
    made = f"data.together(data.load(place='shaoxing'), data.load({str(other)!r}, place='china'))"
    assert provenance.call(provenance.origin(data.together(*parts))) == made
    pd.testing.assert_frame_equal(eval(made), data.together(*parts))


@pytest.mark.parametrize("which", ["numbers", "targets"])
def test_a_place_that_comes_can_be_chosen_and_one_that_goes_cannot(own, which):
    every = own.read_text()
    edit(own.parent, city, own.name)
    explorer = made(data.load(own), which)
    assert explorer.places not in with_parts(explorer)
    own.write_text(every)
    seen(explorer)
    again(explorer)
    assert {slug for _, slug in explorer.places.options} == {
        "shaoxing",
        "zhejiang",
        "china",
    } and explorer.places.value == ("shaoxing",)
    assert explorer.places.description == "Places" and explorer.places in with_parts(explorer)
    assert (
        set(explorer.live.linked) >= {"places", "arrangement"} and "places" in explorer.live.params
    )
    explorer.places.value = ("shaoxing", "china")
    assert "China" in explorer.summary.value
    edit(own.parent, city, own.name)
    seen(explorer)
    assert "No longer in the table: China." in again(explorer)
    assert explorer.places.value == ("shaoxing",) and "China" not in explorer.summary.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_with_faults_are_told_and_the_chart_stays(mine, folder, language):
    explorer = made(mine, "indicators")
    explorer.language.value = language
    before = explorer.text, explorer.live.figures
    edit(folder, spoil)
    seen(explorer)
    again(explorer)
    said, button = explorer.notice.children[0].value, explorer.notice.children[1]
    with pytest.raises(data.TableError) as error:
        data.load(folder)
    faults = error.value.faults
    assert (
        said.count("<li>") == 10
        and html.escape(str(faults[0])) in said
        and "observations.csv, row 2, column unit" in said
    )
    assert html.escape(WORDS[language]["said"]["more_faults"].format(len(faults) - 10)) in said
    assert "<script>" not in said and "<img" not in said
    assert (explorer.text, explorer.live.figures) == before and button.layout.display == ""
    shutil.copy(ROOT / "data" / "observations.csv", folder)
    assert again(explorer).endswith((">Loaded again.</div>", ">已重新载入。</div>"))


def test_files_that_have_gone_are_told(mine, folder):
    explorer = made(mine, "numbers")
    shutil.rmtree(folder)
    assert "have changed" in seen(explorer) and "no such file or folder" in again(explorer)
    assert "600.1" in explorer.text


def test_a_table_made_by_hand_has_none_of_this(mine, folder):
    by_hand = pd.DataFrame(mine.to_dict("list")).astype(dict(mine.dtypes))
    explorer = made(by_hand, "indicators")
    edit(folder, grow)
    assert explorer.notice is None and not explorer.live.watched
    explorer.hear({"seen": True})
    explorer.view.value = "index"
    assert explorer.code().endswith(
        "IndicatorExplorer(table, chosen=('gdp', 'exports'), view='index', implied=True)"
    )


def test_loading_again_leaves_no_widget_behind(mine, folder):
    explorer = made(mine, "indicators")
    edit(folder, grow)
    seen(explorer)
    again(explorer)
    gc.collect()
    before = len(_instances)
    for _ in range(3):
        (folder / "observations.csv").touch()
        seen(explorer)
        again(explorer)
    gc.collect()
    assert len(_instances) == before


def test_the_code_loads_the_table_that_was_loaded(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    shutil.copytree(folder, "my-folder")
    explorer = explorers.IndicatorExplorer(data.load("my-folder"), ["gdp"])
    assert (
        explorer.code().splitlines()[1]
        == "explorers.IndicatorExplorer(data.load('my-folder'), chosen=('gdp',))"
    )
    shutil.copy("my-folder/observations.csv", "own.csv")
    table = data.load("own.csv", place="china", codebook="my-folder")
    explorer = explorers.IndicatorExplorer(table, ["gdp"], view="levels")
    made = "data.load('own.csv', place='china', codebook='my-folder')"
    call = f"explorers.IndicatorExplorer({made}, chosen=('gdp',), view='levels')"
    assert explorer.code().splitlines()[1] == call
    assert eval(call, {"data": data, "explorers": explorers}).state == explorer.state
    china = explorers.IndicatorExplorer(data.load()[lambda rows: rows["place"] == "china"], ["gdp"])
    assert (
        china.code().splitlines()[1]
        == "explorers.IndicatorExplorer(data.load(), chosen=('gdp',), places=('china',))"
    )


def test_a_table_that_is_no_file_is_called_table():
    origin = data.Origin(object(), "china", data.DATA, ())
    assert (provenance.name(origin), provenance.call(origin)) == (
        "table",
        "data.load(table, place='china')",
    )


def test_a_download_is_named_for_its_view(monkeypatch):
    explorer, names = made(data.load(), "indicators"), []
    monkeypatch.setattr(explorer.live, "save", lambda name, *rest: names.append(name))
    states = [{} for _ in explorer.live.controls]
    explorer.hear({"save": 0, "view": "of a page", "states": states})
    assert names == [f"{explorer.stem}.csv"]


# --- in the page --------------------------------------------------------------------------

CELLS = """
from indicators import data, explorers, growth
table = data.load()
---
explorers.IndicatorExplorer(table, ["gdp"], view="levels")
---
explorers.NumbersExplorer(data.latest(table), ["gdp"])
"""


@pytest.fixture(scope="module")
def visit(browser, tmp_path_factory):
    lab = Lab(copy_of_bundle(tmp_path_factory.mktemp("fresh")))
    visit = Own(browser, lab, "fresh", CELLS)
    yield visit
    ran = visit.page.evaluate("window.__ran")
    visit.page.close()
    lab.stop()
    assert visit.errors == [] and ran is None


def test_in_the_page_a_change_is_noticed_on_pointing_and_one_click_draws_the_new_figure(visit):
    folder, page = visit.lab.folder / "data", visit.page
    found = [visit.explorer(0), visit.explorer(1)]
    found[0].caught_up()
    old = [explorer.marks() for explorer in found]
    edit(folder, grow)
    for explorer, before in zip(found, old, strict=True):
        explorer.caught_up()
        page.mouse.move(2, 2)
        page.wait_for_timeout(1100)  # the page asks once a second at most
        explorer.chart.hover()
        explorer.box.get_by_role("status").get_by_text(
            "have changed since they were loaded"
        ).wait_for()
        assert explorer.marks() == before
        explorer.button("Load again").click()

        def loaded(explorer=explorer):
            new = explorer.marks()
            gone = [mark for mark in new if "600.1" in mark and "2020" in mark]
            return len(new), any("777.7" in mark for mark in new), gone

        settled(loaded, (len(before), True, []))
        explorer.box.get_by_text("Loaded again.").wait_for()
        settled(explorer.chart.count, 1)


def test_in_the_page_files_with_faults_are_told_and_leave_the_chart_as_it_is(visit):
    folder, page, explorer = visit.lab.folder / "data", visit.page, visit.explorer(0)
    explorer.speak("zh")
    settled(lambda: any("亿元" in mark for mark in explorer.marks()), True)
    edit(folder, spoil)
    before = explorer.marks()
    page.wait_for_timeout(1100)  # as above
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    explorer.button("重新载入").click()
    explorer.box.locator(".changed li").nth(9).wait_for()
    assert (
        "observations.csv, row 2, column unit"
        in explorer.box.locator(".changed li").first.inner_text()
    )
    assert explorer.box.locator(".changed img, .changed script").count() == 0
    assert explorer.marks() == before and explorer.button("重新载入").is_visible()
    shutil.copy(ROOT / "data" / "observations.csv", folder)
    explorer.button("重新载入").click()
    settled(lambda: any("6001" in mark for mark in explorer.marks()), True)
