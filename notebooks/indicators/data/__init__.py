"""From the files of a data folder to one checked, tidy DataFrame."""

from .descriptor import DATA, TABLES, schema
from .frames import filled, usable
from .loading import benchmarks, faults, load, read
from .messages import Fault, TableError, TableNotice, nearest
from .provenance import Origin, recorded
from .templates import template
from .vintages import latest, together
from .vocabulary import AMOUNTS, FORMULA_MARKS, KEY, NO_THEMES, RANGE_ENDS, RATES

__all__ = [
    "AMOUNTS",
    "DATA",
    "FORMULA_MARKS",
    "Fault",
    "KEY",
    "NO_THEMES",
    "Origin",
    "RANGE_ENDS",
    "RATES",
    "TABLES",
    "TableError",
    "TableNotice",
    "benchmarks",
    "faults",
    "filled",
    "latest",
    "load",
    "nearest",
    "read",
    "recorded",
    "schema",
    "template",
    "together",
    "usable",
]
