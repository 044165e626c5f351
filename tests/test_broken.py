"""What `load` says of nine hundred broken tables, each the real one with one known fault."""

import shutil

import pytest
from broken import ALL
from conftest import ROOT
from indicators import data

UNTOLD = [
    "column shifted by a row: scope"
]  # each scope is one that is known, and nothing else in a row tells which it must be
KINDS = list(dict.fromkeys(broken.kind for broken in ALL))


def told(broken, folder):
    """What is wrong with what is said of a broken table, or nothing."""
    shutil.copytree(ROOT / "data", folder)
    broken.spoil(folder)
    try:
        data.load(folder)
    except data.TableError as error:
        return broken.judged(error.faults)
    return "no fault was told"


@pytest.mark.parametrize("kind", KINDS)
def test_one_fault_is_told_where_it_stands_with_its_cure_and_nothing_else(tmp_path, kind):
    wrong = {
        f"{kind}: {broken.name}": told(broken, tmp_path / str(number))
        for number, broken in enumerate(ALL)
        if broken.kind == kind
    }
    assert {name: said for name, said in wrong.items() if said and name not in UNTOLD} == {}


def test_there_are_at_least_a_hundred_and_fifty_broken_tables_of_every_kind():
    assert len(ALL) >= 150 and len({(broken.kind, broken.name) for broken in ALL}) == len(ALL)
    assert {f"{broken.kind}: {broken.name}" for broken in ALL} >= set(UNTOLD)


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"])
def test_the_line_ends_of_other_systems_change_nothing(folder, table, ends):
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", ends))
    assert data.load(folder).equals(table)
