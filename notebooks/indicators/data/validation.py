"""All faults of a table: rules for fields, keys and rows, in that order.

The rules for fields and keys stand in `data/datapackage.json` (a Data Package with a Table Schema
for each file); what no Table Schema can say stands in `row_rules`.
"""

from collections.abc import Callable

import numpy as np

from .columns import Table
from .descriptor import columns
from .field_rules import ALLOWED_IS, field_faults
from .key_rules import key_faults, unused
from .messages import Fault, of_file
from .row_rules import row_faults
from .swapped_columns import regrouped

MAY_BE_EMPTY = {"scopes", "omissions", "benchmarks"}


def checked(package: dict, read: Callable) -> tuple[dict[str, Table], list[Fault]]:
    """The tables that a descriptor names, and all faults found.

    `read`: from the name of a table and those of its columns to what a reader returns, its Table
    or None and the faults of its shape. A table whose header is wrong is left out; a row of the
    wrong shape too, and what such rows or the rules between tables would say comes to light when
    they are mended.
    """
    tables, faults = {}, []
    for resource in package["resources"]:
        table, found = read(resource["name"], columns(resource))
        if table is not None:
            found = found or _no_rows(table, resource["name"], package)
            found += field_faults(table, resource["schema"])
            tables[resource["name"]] = table
        faults += found
    unknown = key_faults(tables, package, faults)
    said = {(fault.file, fault.row, fault.column) for fault in unknown}
    faults = [
        fault
        for fault in faults
        if (fault.file, fault.row, fault.column) not in said or ALLOWED_IS not in fault.problem
    ] + unknown
    faults, exchanged = regrouped(faults, tables, package)
    if {"observations", "indicators", "sources"} <= set(tables) and not exchanged:
        faults += row_faults(*_sound(tables, faults))
    if not faults and package.get("closed"):
        faults = unused(tables, package)
    return tables, faults


def _no_rows(table, name, package):
    """The fault of a table that has no rows though it must have some."""
    if table.rows or table.part or name in MAY_BE_EMPTY and not package.get("closed"):
        return []
    problem = "there are no rows beneath the header; fill in at least one, or restore them"
    return [of_file(table.file, problem)]


def _sound(tables, faults):
    """Observations, codebook and sources without the rows that have faults.

    Observations that point to such rows are left out, too.
    """

    def mended(name):
        wrong = {fault.row for fault in faults if fault.file == tables[name].file}
        return tables[name].without(wrong)

    observations, codebook, sources = map(mended, ("observations", "indicators", "sources"))
    if not observations.rows:
        return observations, codebook, sources
    known = observations["indicator"].among(codebook["indicator"].cells)
    known &= observations["source"].among(sources["source"].cells)
    lost = {observations.rows[position] for position in np.flatnonzero(~known)}
    return observations.without(lost), codebook, sources
