"""From the files of a data folder to one checked, tidy DataFrame."""

from .loading import (
    DATA,
    KEY,
    TABLES,
    Fault,
    Origin,
    TableError,
    benchmarks,
    extent,
    faults,
    latest,
    load,
    part,
    read,
    schema,
    template,
    together,
)

__all__ = [
    "DATA",
    "KEY",
    "TABLES",
    "Fault",
    "Origin",
    "TableError",
    "benchmarks",
    "extent",
    "faults",
    "latest",
    "load",
    "part",
    "read",
    "schema",
    "template",
    "together",
]
