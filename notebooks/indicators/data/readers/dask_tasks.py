"""What is asked of the workers of Dask, and how the code for it comes to them."""

import hashlib
import pickle
import tempfile
import zipfile
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import numpy as np

MOST_BUCKETS = 32  # in which hashes of rows are compared
ROOM = Path(__file__).parents[1]  # the folder of what a worker does, in words of i18n
WORKER = "readers.dask_worker"


class Tasks:
    """Tasks on the partitions of a table, for `dask.compute`."""

    def __init__(
        self, source: Any, tables: dict, names: list, key: list, partitions: int, rows: bool
    ):
        import dask

        self.names, self.buckets = names, min(MOST_BUCKETS, partitions)
        context = {
            "package": source.package,
            "names": names,
            "key": key,
            "place": source.place,
            "rows": rows,
            "buckets": self.buckets,
            "tables": {name: _plain(table) for name, table in tables.items()},
        }
        self.context = dask.delayed(pickle.dumps(context))
        self.worker = f"{_package()}.{WORKER}"

    def _task(self, action, *arguments):
        """What a function of the worker returns."""
        import dask

        function = dask.delayed(resolve_name, pure=True)(f"{self.worker}:{action}")
        return function(self.context, *arguments, pure=False)

    def judged(self, partitions: list) -> tuple[list, list]:
        """For each partition its faults and chosen rows; for each bucket what is suspicious."""
        reports = [self._task("judged", each, number) for number, each in enumerate(partitions)]
        suspects = [
            self._task("suspects", [report[1 + bucket] for report in reports])
            for bucket in range(self.buckets)
        ]
        return [report[0] for report in reports], suspects

    def picked(self, partition: Any, rows: list[int], series: list[int]) -> Any:
        """The rows at these positions of a partition, and those of these series (hashes)."""
        return self._task("picked", partition, np.array(rows, np.intp), np.array(series, np.uint64))


def _plain(table):
    """A Table as texts and codes, which do not depend on the version of a worker's package."""
    columns = {name: (list(each.values), each.codes) for name, each in table.columns.items()}
    return table.file, table.rows, columns


def _package():
    """The name of the package `data` where tasks run: this one, or a copy sent to a cluster.

    The name of a copy has a hash in it, so that it hides no other version that a worker has.
    """
    from dask.base import get_scheduler

    client = getattr(get_scheduler(), "__self__", None)
    if not hasattr(client, "register_plugin"):
        return __package__.rpartition(".")[0]
    from distributed.diagnostics.plugin import UploadFile

    files = sorted(file for room in (ROOM, ROOM.parent / "i18n") for file in room.rglob("*.py"))
    texts = {file.relative_to(ROOM.parent).as_posix(): file.read_bytes() for file in files}
    package = f"indicators_{hashlib.sha256(repr(texts).encode()).hexdigest()[:12]}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{package}.zip")
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(f"{package}/__init__.py", "")
            for name, text in texts.items():
                packed.writestr(f"{package}/{name}", text)
        plugin = UploadFile(path)
    plugin.idempotent = True  # a cluster that has this copy is not sent it again
    client.register_plugin(plugin, name=package)  # workers that come later get it, too
    return f"{package}.{ROOM.name}"
