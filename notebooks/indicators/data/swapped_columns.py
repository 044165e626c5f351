"""Columns that were exchanged and rows whose cells were shifted: one fault that says so, in place of one for each cell."""

from collections import Counter

from .tables import Fault, fits

MOST, NEARLY_ALL = 0.8, 0.95  # of the cells of a column
SEVERAL = 3  # faults of a row
SOME = 5  # an exchanged column has not so many times more filled cells than the other


def regrouped(faults, tables, package):
    """The faults, with one in place of the many that two exchanged columns or the shifted cells of a row make; and the names of the tables that
    have exchanged columns."""
    moved = set()
    for resource in package["resources"]:
        table = tables.get(resource["name"])
        mine = [
            fault
            for fault in faults
            if table is not None and fault.file == table.file and fault.column
        ]
        if not mine:
            continue
        allowed = _allowed(resource, tables)
        for one, other in _exchanged(table, allowed, {fault.column for fault in mine}):
            problem = f"the cells of {one} stand in {other}, and the other way round; exchange the two columns"
            faults = [
                fault
                for fault in faults
                if fault.file != table.file
                or not {one, other} & set((fault.column or "").split("+"))
            ]
            faults.append(Fault(table.file, 1, f"{one}+{other}", problem))
            moved.add(resource["name"])
        if resource["name"] not in moved:
            faults = _without_shifts(faults, mine, table, allowed)
    return faults, moved


def _allowed(resource, tables):
    """For each column of a table a function that says whether a text may stand in it."""
    keys = {key["fields"][0]: key["reference"] for key in resource["schema"].get("foreignKeys", [])}
    allowed = {}
    for field in resource["schema"]["fields"]:
        fit, known = fits(field), None
        if (other := tables.get(keys.get(field["name"], {}).get("resource"))) is not None:
            known = set(other[field["name"]].values)
        required = field.get("constraints", {}).get("required")
        allowed[field["name"]] = lambda text, fit=fit, known=known, required=required: (
            (not known or text in known) and bool(fit(text)) if text else not required
        )
    return allowed


def _exchanged(table, allowed, suspected):
    """Pairs of columns, one of which most cells do not fit, while the cells of each fit the other."""

    def share(column, name):
        return table[column].each(allowed[name]).mean() if table.rows else 1

    def like(other, one):
        return (
            share(other, one) > NEARLY_ALL
            and share(one, other) > NEARLY_ALL
            and SOME * filled[other] >= filled[one] > 0
        )

    filled = {name: table[name].each(bool).sum() for name in table.columns}
    taken = set()
    for one in [name for name in table.columns if name in suspected]:
        if one in taken or share(one, one) > MOST:
            continue
        other = next((name for name in table.columns if name != one and like(name, one)), None)
        if other:
            taken |= {one, other}
            yield one, other


def _without_shifts(faults, mine, table, allowed):
    """The faults, with one for each row whose cells all fit when they are moved by one column."""
    counts = Counter(fault.row for fault in mine)
    places = (
        {row: at for at, row in enumerate(table.rows)} if max(counts.values()) >= SEVERAL else {}
    )
    shifted = {}
    for row in (row for row, count in counts.items() if count >= SEVERAL and row in places):
        cells = list(table.cells(places[row]).values())
        for direction, back in (
            ("right", [*cells[1:], cells[0]]),
            ("left", [cells[-1], *cells[:-1]]),
        ):
            if all(fit(text) for fit, text in zip(allowed.values(), back, strict=True)):
                shifted[row] = (
                    f"the cells of this row stand one column too far to the {direction}; move them back"
                )
    faults = [fault for fault in faults if fault.file != table.file or fault.row not in shifted]
    return faults + [Fault(table.file, row, None, problem) for row, problem in shifted.items()]
