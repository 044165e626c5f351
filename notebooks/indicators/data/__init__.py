"""From the files of a data folder to one checked, tidy DataFrame."""

from .descriptor import DATA, TABLES, schema
from .frames import filled, usable
from .loading import benchmarks, faults, load, read
from .messages import Fault, TableError, TableNotice, nearest
from .provenance import Origin, recorded
from .templates import template
from .vintages import OFFICIAL, latest, official, together
from .vocabulary import (
    AMOUNTS,
    BEFORE_LINES,
    FORMULA_MARKS,
    KEY,
    NO_THEMES,
    RANGE_ENDS,
    RATES,
    lines_of,
)

__all__ = [
    "AMOUNTS",
    "BEFORE_LINES",
    "DATA",
    "FORMULA_MARKS",
    "Fault",
    "KEY",
    "NO_THEMES",
    "OFFICIAL",
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
    "lines_of",
    "load",
    "nearest",
    "official",
    "read",
    "recorded",
    "schema",
    "template",
    "together",
    "usable",
]
