"""Where a table can come from: a data folder, or a file of observations with the keys of a data folder.

Each kind of input has `name` (for messages), `files` (those that it is read from), `package` (the descriptor) and `read` (from the name
of a table and those of its columns to the Table, or None, and the faults of its shape).
"""

from functools import cached_property
from pathlib import Path

from . import workbook
from .tables import Fault, TableError, loosened, read_table, schema

KINDS = "give a data folder, a CSV file (.csv) or a workbook (.xlsx)"


def opened(table, codebook):
    """The input that `table` is; a file's keys are those of the folder `codebook`. Raises TableError if there is no such thing."""
    path, beside = _path(table, "table", KINDS), _path(codebook, "codebook", "give a data folder")
    if not beside.is_dir():
        raise TableError([Fault(_printable(beside), None, None, "the codebook must be a data folder; look at the name")])
    found = "folder" if path.is_dir() else "file" if path.exists() else ""
    if not found and not path.is_symlink():
        problem = f"no such file or folder in {str(path.absolute().parent)!r}; look at the name, or make a table with data.template()"
        raise TableError([Fault(_printable(path), None, None, problem)])
    if found == "folder" and path.suffix.lower() not in (".csv", ".xlsx"):
        return Folder(path)
    if path.suffix.lower() == ".csv":
        return File(path, beside)
    if workbook.is_workbook(path):
        return Workbook(path, beside)
    raise TableError([Fault(_printable(path), None, None, f"a file of this kind cannot be loaded; {KINDS}")])


def _path(given, what, cure):
    """The path that an argument gives. Raises TableError if it gives none."""
    try:
        if not str(given).strip():
            raise ValueError("the name is empty")
        path = Path(given).expanduser()
        path.exists()
        return path
    except (TypeError, ValueError, OSError, RuntimeError) as error:
        reason = "" if isinstance(error, TypeError) else f" ({getattr(error, 'strerror', None) or error})"
        problem = f"{type(given).__name__} is not a {what} that can be loaded{reason}; {cure}"
        raise TableError([Fault(f"the {what}", None, None, problem)]) from None


def _printable(path):
    return path.name if path.name.isprintable() else repr(path.name)


class Folder:
    """A folder with a descriptor and the files that it names."""

    def __init__(self, path):
        self.path, self.name = path, path.name

    @cached_property
    def package(self):
        return schema(self.path)

    @property
    def files(self):
        return [self.path / "datapackage.json", *(self.path / resource["path"] for resource in self.package["resources"])]

    def read(self, name, columns):
        return read_table(self.path / f"{name}.csv", columns)


class File(Folder):
    """A CSV file of observations; all other tables are those of a folder."""

    def __init__(self, path, codebook):
        super().__init__(codebook)
        self.own, self.name = path, path.name

    @cached_property
    def package(self):
        return loosened(super().package)

    @property
    def files(self):
        return [self.own, *(file for file in super().files if file.name != "observations.csv")]

    def read(self, name, columns):
        return read_table(self.own, columns) if name == "observations" else super().read(name, columns)


class Workbook(File):
    """A workbook with a sheet of observations; tables without a sheet are those of a folder."""

    @cached_property
    def sheets(self):
        return workbook.chosen(self.own, workbook.sheets(self.own), [resource["name"] for resource in self.package["resources"]])

    def read(self, name, columns):
        if name not in self.sheets:
            return Folder.read(self, name, columns)
        fields = next(resource["schema"]["fields"] for resource in self.package["resources"] if resource["name"] == name)
        return workbook.read_sheet(self.own, self.sheets[name], columns, {field["name"] for field in fields if field["type"] == "date"})
