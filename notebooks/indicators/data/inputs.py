"""Where a table can come from: a data folder, or observations (a file, a Dask DataFrame) with the keys of a data folder.

Each kind of input has `name` (for messages), `files` (those that it is read from), `package` (the descriptor) and `read` (from the name
of a table and those of its columns to the Table, or None, and the faults of its shape). `large` inputs are those of which only the rows
of the chosen `place` are read.
"""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from .readers import dask, parquet, xlsx
from .tables import Fault, TableError, loosened, read_table, schema

KINDS = "give a data folder, a CSV file (.csv), a workbook (.xlsx), a Parquet file (.parquet) or a Dask DataFrame"


def opened(table, codebook, place=None):
    """The input that `table` is; a file's keys are those of the folder `codebook`. Raises TableError if there is no such thing.

    `place`: whose rows are read of a large table; of others all are.
    """
    beside = _path(codebook, "codebook", "give a data folder")
    if not beside.is_dir():
        raise TableError(
            [
                Fault(
                    _printable(beside),
                    None,
                    None,
                    "the codebook must be a data folder; look at the name",
                )
            ]
        )
    if dask.is_dask(table):
        return Partitions(table, beside, place)
    path = _path(table, "table", KINDS)
    found = "folder" if path.is_dir() else "file" if path.exists() else ""
    if not found and not path.is_symlink():
        problem = f"no such file or folder in {str(path.absolute().parent)!r}; look at the name, or make a table with data.template()"
        raise TableError([Fault(_printable(path), None, None, problem)])
    if found == "folder" and path.suffix.lower() not in (".csv", ".xlsx", ".parquet"):
        return Folder(path, place)
    if parquet.is_parquet(path):
        return ParquetFile(path, beside, place)
    if path.suffix.lower() == ".csv":
        return File(path, beside)
    if xlsx.is_workbook(path):
        return Workbook(path, beside)
    raise TableError(
        [Fault(_printable(path), None, None, f"a file of this kind cannot be loaded; {KINDS}")]
    )


def _path(given, what, cure):
    """The path that an argument gives. Raises TableError if it gives none."""
    try:
        if not str(given).strip():
            raise ValueError("the name is empty")
        path = Path(given).expanduser()
        path.exists()
        return path
    except (TypeError, ValueError, OSError, RuntimeError) as error:
        reason = (
            ""
            if isinstance(error, TypeError)
            else f" ({getattr(error, 'strerror', None) or error})"
        )
        problem = f"{type(given).__name__} is not a {what} that can be loaded{reason}; {cure}"
        raise TableError([Fault(f"the {what}", None, None, problem)]) from None


def _printable(path):
    return path.name if path.name.isprintable() else repr(path.name)


class Folder:
    """A folder with a descriptor and the files that it names."""

    def __init__(self, path, place=None):
        self.path, self.name, self.place = path, path.name, place

    @cached_property
    def package(self):
        package = schema(self.path)
        return {
            key: value
            for key, value in package.items()
            if key != "closed" or not parquet.is_parquet(self._path("observations", package))
        }

    @property
    def large(self):
        return parquet.is_parquet(self._path("observations", self.package))

    def _path(self, name, package):
        return self.path / next(
            resource["path"] for resource in package["resources"] if resource["name"] == name
        )

    @property
    def files(self):
        paths = [
            self._path(resource["name"], self.package) for resource in self.package["resources"]
        ]
        return [
            self.path / "datapackage.json",
            *(file for path in paths for file in self._files(path)),
        ]

    def _files(self, path):
        """The files of a table: of Parquet those that can have rows of the place."""
        return (
            [file for file, _ in parquet.found(path, self.place).files]
            if parquet.is_parquet(path)
            else [path]
        )

    def read(self, name, columns):
        path = self._path(name, self.package)
        return (
            parquet.read(path, columns, self.place)
            if parquet.is_parquet(path)
            else read_table(path, columns)
        )

    def places(self):
        """The keys of its places; None where they cannot be read, which `read` then says."""
        fields = next(
            resource["schema"]["fields"]
            for resource in self.package["resources"]
            if resource["name"] == "places"
        )
        table, faults = Folder.read(self, "places", [field["name"] for field in fields])
        return None if faults or table is None else table["place"].cells


class File(Folder):
    """A CSV file of observations; all other tables are those of a folder."""

    large = False

    def __init__(self, path, codebook, place=None):
        super().__init__(codebook, place)
        self.own, self.name = path, path.name

    @cached_property
    def package(self):
        try:
            return loosened(super().package)
        except RecursionError:
            raise TableError(
                [Fault("datapackage.json", None, None, "nested too deeply; restore the file")]
            ) from None

    @property
    def files(self):
        others = (
            resource["path"]
            for resource in self.package["resources"]
            if resource["name"] != "observations"
        )
        return [
            *self._files(self.own),
            self.path / "datapackage.json",
            *(self.path / path for path in others),
        ]

    def read(self, name, columns):
        return (
            read_table(self.own, columns) if name == "observations" else self._beside(name, columns)
        )

    def _beside(self, name, columns):
        """A table of the codebook, which messages call so."""
        table, faults = Folder.read(self, name, columns)
        return (
            replace(table, file=f"{table.file} of the codebook {self.path.name!r}")
            if table is not None
            else None
        ), faults


class ParquetFile(File):
    """Observations in Parquet, in a file or a folder of files; all other tables are those of a folder."""

    large = True

    def read(self, name, columns):
        return (
            parquet.read(self.own, columns, self.place)
            if name == "observations"
            else self._beside(name, columns)
        )


class Partitions(File):
    """A Dask DataFrame of observations, which `cluster` reads; all other tables are those of a folder."""

    large, files = True, ()

    def __init__(self, frame, codebook, place):
        super().__init__(Path("Dask DataFrame"), codebook, place)
        self.frame = frame

    def read(self, name, columns):
        return (None, []) if name == "observations" else self._beside(name, columns)


class Workbook(File):
    """A workbook with a sheet of observations; tables without a sheet are those of a folder."""

    @cached_property
    def sheets(self):
        return xlsx.chosen(
            self.own,
            xlsx.sheets(self.own),
            [resource["name"] for resource in self.package["resources"]],
        )

    def read(self, name, columns):
        if name not in self.sheets:
            return self._beside(name, columns)
        fields = next(
            resource["schema"]["fields"]
            for resource in self.package["resources"]
            if resource["name"] == name
        )
        return xlsx.read_sheet(
            self.own,
            self.sheets[name],
            columns,
            {field["name"] for field in fields if field["type"] == "date"},
        )
