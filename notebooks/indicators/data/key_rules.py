"""What holds between tables: a key points to a row that is there."""

from .columns import Table
from .descriptor import foreign_keys, resource
from .messages import Fault, nearest, shown

MOST_COMPARED = 20_000  # pairs of texts and known keys; to compare more would take too long


def key_faults(tables: dict[str, Table], package: dict, known_faults: list[Fault]) -> list[Fault]:
    """All cells that point to a row that another table does not have.

    Keys to a table of which rows or the key itself have faults are not judged.
    """
    faults, broken = [], {(fault.file, fault.column) for fault in known_faults}
    for described in package["resources"]:
        for name, (other, column) in foreign_keys(described).items():
            if not {described["name"], other} <= set(tables):
                continue
            table, file = tables[described["name"]], tables[other].file
            if {(file, None), (file, column)} & broken:
                continue
            known = tables[other][column].values
            unknown = set(table[name].values) - {*known, ""}
            faults += table.faults_of(name, unknown, _saying(file, known, unknown))
    return faults


def _saying(file, known, unknown):
    """A function that says of an unknown key what is wrong, with what may have been meant."""
    compared = max(1, MOST_COMPARED // max(1, len(known)))
    hinted = set(sorted(unknown)[:compared])

    def problem(cell):
        near = nearest(cell, known) if cell in hinted else ""
        cure = "add a row there, or look at the key"
        return f"found {shown(cell)}, which {file} does not list{near}; {cure}"

    return problem


def unused(tables: dict[str, Table], package: dict) -> list[Fault]:
    """All entries of the other tables that no observation uses: observations may have been lost."""
    faults, used = [], tables["observations"]
    for name, (other, _) in foreign_keys(resource(package, "observations")).items():
        table = tables[other]
        lost = set(table[name].values) - set(used[name].values)
        problem = f"no row of {used.file} uses {{}}; restore its rows, or remove the entry"
        faults += table.faults_of(name, lost, lambda cell, said=problem: said.format(shown(cell)))
    return faults
