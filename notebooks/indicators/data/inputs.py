"""Where a table can come from: a data folder, or observations with the keys of a data folder.

Observations are a file or a Dask DataFrame.
"""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from .columns import Table
from .descriptor import FILE, MAY_BE_MISSING, columns, loosened, resource, schema
from .messages import Fault, Notice, TableError, of_file
from .readers import csv, dask, parquet, xlsx

KINDS = (
    "give a data folder, a CSV file (.csv), a workbook (.xlsx), a Parquet file (.parquet) "
    "or a Dask DataFrame"
)

OTHER_FORMS = {
    ".xls": "a workbook of Excel 97–2003",
    ".xlsb": "a binary workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".numbers": "a document of Numbers",
    ".et": "a workbook of WPS",
    ".tsv": "a text with tabs",
    ".txt": "a text",
}
LOCKS = ("~$", ".~lock.")  # how Excel, WPS and LibreOffice name them
OF_FOLDERS = (".csv", ".xlsx", ".parquet", ".numbers")  # kinds of which a folder may be no data
SAVE_AS = "open it in a spreadsheet and save it as .xlsx (in Numbers: File > Export To > Excel)"
NAME_AS = "if it is a table of cells with commas, semicolons or tabs, name it .csv"


class Input:
    """A folder with a descriptor and the files that it names.

    `name` is for messages; `place`: of a large table only its rows are read. `notices` has what was
    read as it seems to be meant.
    """

    def __init__(self, path: Path, place: str | None = None):
        self.path, self.name, self.place, self.notices = path, path.name, place, []

    @cached_property
    def package(self) -> dict:
        """The descriptor of the folder. Raises TableError as `schema` does."""
        package = schema(self.path)
        if parquet.is_parquet(self._path("observations", package)):
            package.pop("closed", None)  # a large table need not use every key
        return package

    @property
    def large(self) -> bool:
        """Whether only the rows of the chosen place are read."""
        return parquet.is_parquet(self._path("observations", self.package))

    @property
    def files(self) -> list[Path]:
        """The files that it is read from."""
        paths = [self._path(each["name"], self.package) for each in self.package["resources"]]
        return [self.path / FILE, *(file for path in paths for file in self._files(path))]

    def read(self, name: str, names: list[str]) -> tuple[Table | None, list[Fault]]:
        """The Table of a name with these columns, or None, and the faults of its shape."""
        table, faults = self._table(name, names)
        if table is None and not self.package.get("closed"):
            table, faults = self._without(name, names, faults)
        notices = [fault for fault in faults if isinstance(fault, Notice)]
        if notices and self.package.get("closed"):
            return None, notices
        self.notices += notices
        return table, [fault for fault in faults if fault not in notices]

    def _without(self, name, names, faults):
        """As `_table`, of a table whose header is wrong, but not if columns may be missing."""
        needed = [column for column in names if column not in MAY_BE_MISSING]
        if needed != names:
            table, found = self._table(name, needed)
            if table is not None:
                return table.with_empty(MAY_BE_MISSING), found
            faults = min(faults, found, key=len)
        return None, faults

    def places(self) -> list[str] | None:
        """The keys of its places; None where they cannot be read, which `read` then says."""
        names = columns(resource(self.package, "places"))
        table, faults = Input._table(self, "places", names)
        return None if faults or table is None else table["place"].cells

    def _table(self, name, names):
        """The Table of a name, or None, and what is wrong with its shape or to be said of it."""
        return self._read_file(self._path(name, self.package), names)

    def _path(self, name, package):
        return self.path / resource(package, name)["path"]

    def _files(self, path):
        """The files of a table: of Parquet those that can have rows of the place."""
        if parquet.is_parquet(path):
            return [file for file, _ in parquet.found(path, self.place).files]
        return [path]

    def _read_file(self, path, names):
        if parquet.is_parquet(path):
            return parquet.read(path, names, self.place)
        return csv.read(path, names)


class Observations(Input):
    """A file of observations; all other tables are those of a folder, the codebook."""

    def __init__(self, path: Path, codebook: Path, place: str | None = None):
        super().__init__(codebook, place)
        self.own, self.name = path, path.name

    @cached_property
    def package(self) -> dict:
        """The descriptor of the codebook, loosened. Raises TableError as `schema` does."""
        try:
            return loosened(super().package)
        except RecursionError:
            raise TableError([of_file(FILE, "nested too deeply; restore the file")]) from None

    @property
    def large(self) -> bool:
        """Whether only the rows of the chosen place are read."""
        return parquet.is_parquet(self.own)

    @property
    def files(self) -> list[Path]:
        """The files that it is read from."""
        resources = self.package["resources"]
        others = [each["path"] for each in resources if each["name"] != "observations"]
        return [*self._files(self.own), self.path / FILE, *(self.path / path for path in others)]

    def _table(self, name, names):
        if name == "observations":
            return self._read_file(self.own, names)
        return self._beside(name, names)

    def _beside(self, name, names):
        """A table of the codebook, which messages say."""
        table, faults = Input._table(self, name, names)
        if table is not None:
            table = replace(table, file=f"{table.file} of the codebook {self.path.name!r}")
        return table, faults


class Partitions(Observations):
    """A Dask DataFrame of observations, which the reader `dask` reads."""

    large, files = True, ()

    def __init__(self, frame, codebook: Path, place: str | None):
        super().__init__(Path(dask.NAME), codebook, place)
        self.frame = frame

    def _table(self, name, names):
        return (None, []) if name == "observations" else self._beside(name, names)


class Workbook(Observations):
    """A workbook with a sheet of observations; tables without a sheet are those of the codebook."""

    @cached_property
    def chosen(self) -> tuple[dict, list[Notice]]:
        """The sheets that are tables, by name, and what is said of others; raises as `chosen`."""
        names = [each["name"] for each in self.package["resources"]]
        return xlsx.chosen(self.own, xlsx.sheets(self.own), names)

    def _table(self, name, names):
        sheets, notices = self.chosen
        if name not in sheets:
            return self._beside(name, names)
        fields = resource(self.package, name)["schema"]["fields"]
        kinds = {field["name"]: field["type"] for field in fields if field["name"] in names}
        table, faults = xlsx.read_sheet(self.own, sheets[name], kinds)
        return table, faults + (notices if name == "observations" else [])


def opened(table: object, codebook: object, place: str | None = None) -> Input:
    """The input that `table` is; the keys of a file are those of the folder `codebook`.

    `place`: of a large table only the rows of this place are read; of others all are. Raises
    TableError if there is no such thing.
    """
    beside = _path(codebook, "codebook", "give a data folder")
    if not beside.is_dir():
        problem = "the codebook must be a data folder; look at the name"
        raise TableError([of_file(_printable(beside), problem)])
    if dask.is_dask(table):
        return Partitions(table, beside, place)
    path = _path(table, "table", KINDS)
    if not path.exists() and not path.is_symlink():
        where = f"no such file or folder in {str(path.absolute().parent)!r}"
        cure = "look at the name, or make a table with data.template()"
        raise TableError([of_file(_printable(path), f"{where}; {cure}")])
    if path.name.startswith(LOCKS):
        problem = "this is the mark that a program leaves beside a file that it has open"
        raise TableError([of_file(_printable(path), f"{problem}; load the file itself")])
    kind = path.suffix.lower()
    if path.is_dir() and ((path / FILE).exists() or kind not in OF_FOLDERS):
        return Input(path, place)
    if kind in (".csv", ".parquet"):
        return Observations(path, beside, place)
    if xlsx.is_workbook(path):
        return Workbook(path, beside)
    problem = f"a file of this kind cannot be loaded; {KINDS}"
    if kind in OTHER_FORMS:
        cure = NAME_AS if kind in (".tsv", ".txt") else SAVE_AS
        problem = f"this is {OTHER_FORMS[kind]}, which cannot be loaded; {cure}"
    raise TableError([of_file(_printable(path), problem)])


def ending(path: Path) -> str:
    """The ending that names the kind of a table file; none of a folder, whatever dots it has."""
    kinds = (".csv", ".parquet", ".xlsx", ".xlsm", *OTHER_FORMS)
    return path.suffix if path.suffix.lower() in kinds else ""


def _path(given, what, cure):
    """The path that an argument gives. Raises TableError if it gives none."""
    try:
        if not str(given).strip():
            raise ValueError("the name is empty")
        path = Path(given).expanduser()
        path.exists()
        return path
    except (TypeError, ValueError, OSError, RuntimeError) as error:
        reason = f" ({getattr(error, 'strerror', None) or error})"
        reason = "" if isinstance(error, TypeError) else reason
        problem = f"{type(given).__name__} is not a {what} that can be loaded{reason}; {cure}"
        raise TableError([of_file(f"the {what}", problem)]) from None


def _printable(path):
    return path.name if path.name.isprintable() else repr(path.name)
