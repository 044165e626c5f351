"""Columns that were exchanged and rows whose cells were shifted.

One fault says so, in place of one for each cell.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from .columns import Table
from .descriptor import fits, foreign_keys
from .messages import Fault, of_file

MISFITTING = 0.8  # a share of its own cells above which a column is not taken for exchanged
FITTING = 0.95  # a share of the cells of one column that fit the other when they are exchanged
FAULTS_OF_SHIFTED = 3  # faults of a row that may have been shifted
TIMES_FILLED = 5  # an exchanged column has not so many times more filled cells than the other


def regrouped(
    faults: list[Fault], tables: dict[str, Table], package: dict
) -> tuple[list[Fault], set[str]]:
    """The faults, with one for each two exchanged columns and for each row that was shifted.

    Returns them and the names of the tables that have exchanged columns.
    """
    exchanged = set()
    for resource in package["resources"]:
        table = tables.get(resource["name"])
        if table is None:
            continue
        mine = [fault for fault in faults if fault.file == table.file and fault.columns]
        if not mine:
            continue
        allowed = _allowed(resource, tables)
        suspected = {name for fault in mine for name in fault.columns}
        pairs = list(_exchanged(table, allowed, suspected))
        for one, other in pairs:
            faults = [
                fault
                for fault in faults
                if fault.file != table.file or not {one, other} & set(fault.columns)
            ]
            where = f"the cells of {one} stand in {other}, and the other way round"
            problem = f"{where}; exchange the two columns"
            faults.append(Fault(table.file, 1, (one, other), problem))
        if pairs:
            exchanged.add(resource["name"])
        else:
            faults = _without_shifts(faults, mine, table, allowed)
    return faults, exchanged


def _allowed(resource, tables) -> dict[str, Callable[[str], bool]]:
    """For each column of a table a function that says whether a text may stand in it."""
    keys, allowed = foreign_keys(resource), {}
    for field in resource["schema"]["fields"]:
        fit, known = fits(field), None
        other, column = keys.get(field["name"], (None, None))
        if other in tables and other != resource["name"]:
            known = set(tables[other][column].values)
        required = field.get("constraints", {}).get("required")
        allowed[field["name"]] = lambda text, fit=fit, known=known, required=required: (
            (not known or text in known) and bool(fit(text)) if text else not required
        )
    return allowed


def _exchanged(table, allowed, suspected) -> Iterator[tuple[str, str]]:
    """Pairs of columns: most cells of the first do not fit, while those of each fit the other."""

    def share(column, name):
        return table[column].each(allowed[name]).mean() if table.rows else 1

    def like(other, one):
        return (
            share(other, one) > FITTING
            and share(one, other) > FITTING
            and TIMES_FILLED * filled[other] >= filled[one] > 0
        )

    filled = {name: table[name].each(bool).sum() for name in table.columns}
    taken = set()
    for one in [name for name in table.columns if name in suspected]:
        if one in taken or share(one, one) > MISFITTING:
            continue
        other = next((name for name in table.columns if name != one and like(name, one)), None)
        if other:
            taken |= {one, other}
            yield one, other


def _without_shifts(faults, mine, table, allowed):
    """The faults, with one for each row whose cells all fit when they are moved by one column."""
    counts = Counter(fault.row for fault in mine)
    several = {row for row, count in counts.items() if count >= FAULTS_OF_SHIFTED}
    shifted = {}
    for position, row in enumerate(table.rows) if several else ():
        if row not in several:
            continue
        cells = list(table.cells(position).values())
        moves = {"right": [*cells[1:], cells[0]], "left": [cells[-1], *cells[:-1]]}
        for direction, back in moves.items():
            if all(fit(text) for fit, text in zip(allowed.values(), back, strict=True)):
                where = f"the cells of this row stand one column too far to the {direction}"
                shifted[row] = f"{where}; move them back"
    faults = [fault for fault in faults if fault.file != table.file or fault.row not in shifted]
    return faults + [of_file(table.file, problem, row) for row, problem in shifted.items()]
