"""Large tables: one place read from Parquet, and a Dask DataFrame judged where its partitions are.

These tests have a call of their own (`make test`), with packages that the notebooks do without.
"""

import ast
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import national
import pandas as pd
import pytest
from conftest import LARGE, ROOT, blocks
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indicators import data
from indicators.data.readers import dask_tasks
from indicators.data.vocabulary import FACT

CSV = ROOT / "data" / "observations.csv"
NAMES = list(national.COLUMNS)
PLACES = 12


def same(one, other):
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def text():
    """The observations of the bundle as text."""
    return pd.read_csv(CSV, dtype=str, keep_default_na=False)


def said(*arguments, **keywords):
    """The faults for which a table is refused, as lines."""
    with pytest.raises(data.TableError) as refused:
        data.load(*arguments, **keywords)
    return list(map(str, refused.value.faults))


@pytest.mark.smoke
def test_the_lines_for_larger_tables_in_the_page_on_the_data_run(tmp_path, monkeypatch):
    import dask.dataframe

    monkeypatch.chdir(tmp_path)
    national.made("national", 2)
    ddf = dask.dataframe.read_parquet("national/observations.parquet").astype("string[pyarrow]")
    calls = ast.parse(blocks("data/README.md", "python")[-1]).body
    sizes = [len(eval(ast.unparse(call), {"data": data, "ddf": ddf})) for call in calls]
    assert sizes == [national.ROWS, national.ROWS]


# --- Parquet --------------------------------------------------------------------------------


def as_folder(folder, write):
    """A copy of the data folder whose observations are what `write` makes at a path."""
    shutil.copytree(ROOT / "data", folder)
    (folder / "observations.csv").unlink()
    described = folder / "datapackage.json"
    described.write_text(
        described.read_text(encoding="utf-8").replace(
            '"observations.csv"', '"observations.parquet"'
        ),
        encoding="utf-8",
    )
    write(folder / "observations.parquet")
    return folder


def by_place(path, frame=None):
    """Write observations in hive partitions by place."""
    for place, rows in (text() if frame is None else frame).groupby("place"):
        (path / f"place={place}").mkdir(parents=True)
        rows.drop(columns="place").to_parquet(
            path / f"place={place}" / "part-0.parquet", index=False
        )


def typed(kind):
    def write(path):
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {
            "dictionary": pa.dictionary(pa.int16(), pa.string()),
            "large dictionary": pa.dictionary(pa.int32(), pa.large_string()),
        }
        wanted = kinds[kind] if kind in kinds else getattr(pa, kind)()
        table = pa.table(
            {name: pa.array(cells.tolist(), pa.string()) for name, cells in text().items()}
        )
        pq.write_table(
            table.cast(pa.schema([(name, wanted) for name in NAMES])), path, row_group_size=100
        )

    return write


WRITTEN = {
    "text": lambda path: text().to_parquet(path, index=False),
    "large text": typed("large_string"),
    "views of text": typed("string_view"),
    "dictionaries": typed("dictionary"),
    "large dictionaries": typed("large dictionary"),
    "categoricals": lambda path: text().astype("category").to_parquet(path, index=False),
    "objects": lambda path: text().astype(object).to_parquet(path, index=False),
    "other order of columns": lambda path: text()[sorted(NAMES)].to_parquet(path, index=False),
    "no statistics": lambda path: text().to_parquet(path, index=False, write_statistics=False),
    "no dictionaries": lambda path: text().to_parquet(
        path, index=False, use_dictionary=False, row_group_size=50
    ),
    "empty cells as nothing": lambda path: text().replace("", None).to_parquet(path, index=False),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_the_table_from_parquet_is_that_from_csv(tmp_path, how):
    folder = as_folder(tmp_path / "data", WRITTEN[how])
    same(data.load(folder), data.load())
    for place in ("shaoxing", "china"):
        same(data.load(folder, place=place), data.load(place=place))
    same(data.load(folder / "observations.parquet", place="china"), data.load(place="china"))


def from_dask(path):
    import dask.dataframe

    dask.dataframe.from_pandas(text(), npartitions=3).to_parquet(path)


INDEXED = {
    "numbered by pandas": lambda path: text().to_parquet(path),
    "of rows that were taken": lambda path: text().set_index(text().index[::-1]).to_parquet(path),
    "named": lambda path: text().rename_axis("number").to_parquet(path, index=True),
    "a column of the table": lambda path: text().set_index("indicator").to_parquet(path),
    "several columns": lambda path: text().set_index(["place", "note"]).to_parquet(path),
    "of Dask": from_dask,
}


@pytest.mark.parametrize("how", INDEXED)
def test_an_index_is_left_out_where_the_file_says_that_it_is_one(tmp_path, how):
    folder = as_folder(tmp_path / "data", INDEXED[how])
    same(data.load(folder), data.load())
    same(data.load(folder, place="china"), data.load(place="china"))


def test_a_column_that_is_called_as_an_index_and_is_none_is_named(tmp_path):
    def write(path):
        text().assign(__index_level_0__="1").to_parquet(path, index=False)

    (fault,) = said(as_folder(tmp_path / "data", write))
    assert "column '__index_level_0__': the column is unknown" in fault


def several(path):
    """Write observations into files, the eleventh of which sorts as text before the second."""
    path.mkdir()
    size = -(-len(text()) // 12)
    for number in range(12):
        text().iloc[number * size : (number + 1) * size].to_parquet(
            path / f"part.{number}.parquet", index=False
        )
    (path / "_SUCCESS").touch()
    (path / ".hidden").touch()


def test_files_of_a_folder_are_read_in_the_order_of_their_numbers(tmp_path):
    same(data.load(as_folder(tmp_path / "data", several)), data.load())


def test_a_place_is_read_from_its_partition(tmp_path):
    folder = as_folder(tmp_path / "data", by_place)
    for place in ("shaoxing", "zhejiang", "china"):
        same(data.load(folder, place=place), data.load(place=place))
    assert len(data.load(folder)) == len(data.load())


def test_a_column_without_texts_and_a_place_without_figures_are_no_fault(tmp_path):
    folder = as_folder(
        tmp_path / "data",
        lambda path: by_place(path, text().query("place != 'china'").assign(scope=None)),
    )
    found = data.load(folder, place="zhejiang")
    assert found["scope"].isna().all()
    scope = ["scope", "scope_en", "scope_zh"]
    same(found.drop(columns=scope), data.load(place="zhejiang").drop(columns=scope))
    nothing = data.load(folder, place="china")
    assert len(nothing) == 0
    assert nothing.dtypes.equals(found.dtypes)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("national")
    return {
        kind: national.made(folder / kind, PLACES, kind == "partitions")
        for kind in ("file", "partitions")
    }


def test_the_large_table_is_the_same_in_one_file_and_in_partitions_and_as_csv(made, tmp_path):
    whole = data.load(made["file"])
    assert len(whole) == PLACES * national.ROWS
    same(data.load(made["partitions"]), whole)
    raw = whole.drop(columns="value").rename(columns={"printed": "value"})[NAMES].astype(str)
    raw.replace("nan", "").to_csv(tmp_path / "large.csv", index=False)
    same(data.load(tmp_path / "large.csv", codebook=made["file"]), whole)
    for folder in made.values():
        same(
            data.load(folder, place="p0007"),
            data.load(tmp_path / "large.csv", place="p0007", codebook=made["file"]),
        )


def test_only_the_rows_of_the_place_are_read(made, tmp_path):
    folder = Path(shutil.copytree(made["partitions"], tmp_path / "partitions"))
    (folder / "observations.parquet" / "place=p0003" / "part-0.parquet").write_bytes(b"broken")
    assert len(data.load(folder, place="p0004")) == national.ROWS
    assert said(folder, place="p0003")[0].startswith(
        "observations.parquet/place=p0003/part-0.parquet: this is no Parquet file that can be read"
    )
    folder = Path(shutil.copytree(made["file"], tmp_path / "file"))
    path = folder / "observations.parquet"
    path.write_bytes(
        b"PAR1" + bytes(1000) + path.read_bytes()[1004:]
    )  # in the first group of ten places
    assert len(data.load(folder, place="p0011")) == national.ROWS
    assert said(folder, place="p0003")[0].startswith(
        "observations.parquet: this is no Parquet file that can be read"
    )


def test_an_unknown_place_is_named_before_any_parquet_is_read(made, tmp_path):
    folder = Path(shutil.copytree(made["file"], tmp_path / "national"))
    (folder / "observations.parquet").write_bytes(b"broken")
    with pytest.raises(ValueError, match="unknown place 'hangzhou'; choose from: p0000, "):
        data.load(folder, place="hangzhou")


def test_columns_that_lose_what_was_printed_are_all_named(tmp_path):
    def write(path):
        frame = (
            text()
            .assign(value=text()["value"].astype(float), period=1, page=b"1")
            .drop(columns="note")
        )
        by_place(path, frame.assign(locator=pd.Timestamp("2021-02-02")))

    folder = as_folder(tmp_path / "data", write)
    found = said(folder, place="china")
    assert [re.search("column '?([a-z_]+)'?: (.*?)[,;(]", line).groups() for line in found] == [
        ("note", "the column is missing"),
        ("page", "the column is unknown "),
        ("period", "the column is of type int64"),
        ("value", "the column is of type double"),
        ("locator", "the column is of type timestamp[us]"),
    ]
    assert all(
        line.startswith("observations.parquet/place=china/part-0.parquet, column ")
        for line in found
    )
    assert len(said(folder)) == 15


def test_a_fault_is_named_by_file_and_by_row_from_one(tmp_path):
    frame = text()
    china = frame.index[frame["place"] == "china"]
    frame.loc[china[4], "value"] = "1,000"
    frame.loc[china[6], "unit"] = "ratio"
    frame = pd.concat([frame, frame.loc[[china[0]]]])
    folder = as_folder(tmp_path / "data", lambda path: by_place(path, frame))
    file = "observations.parquet/place=china/part-0.parquet"
    for place in ("china", None):
        found = said(folder, place=place)
        assert [line.partition(": ")[0] for line in found] == [
            f"{file}, row 5, column value",
            f"{file}, row {len(china) + 1}, column {'+'.join(data.KEY)}",
            f"{file}, row 7, column unit",
        ]
        assert f"which row 1 of {file} has already" in found[1]
    one = as_folder(
        tmp_path / "one", lambda path: frame.to_parquet(path, index=False, row_group_size=100)
    )
    assert said(one, place="china")[0].startswith(
        f"observations.parquet, row {china[4] + 1}, column value: found '1,000'"
    )


def cut_off(path):
    text().to_parquet(path, index=False)
    path.write_bytes(path.read_bytes()[:-2000])


def with_stray(path):
    several(path)
    (path / "notes.txt").touch()


def endless(path):
    path.mkdir()
    (path / "place=china").symlink_to(path)


def with_column_twice(path):
    (path / "place=china").mkdir(parents=True)
    text().to_parquet(path / "place=china" / "0.parquet", index=False)


def not_utf8(path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    cells = {name: pa.array(cells.tolist(), pa.string()) for name, cells in text().items()}
    odd = pa.array([b"\xff"] * len(text()), pa.binary())
    cells["note"] = pa.Array.from_buffers(pa.string(), len(odd), odd.buffers())
    pq.write_table(pa.table(cells), path)


UNREADABLE = ": this is no Parquet file that can be read"
BROKEN_FOLDERS = {
    "missing": (
        lambda path: None,
        ": the file is missing from the folder 'data'; put it back",
    ),
    "empty file": (lambda path: path.touch(), UNREADABLE),
    "cut off": (cut_off, UNREADABLE),
    "CSV": (lambda path: shutil.copy(CSV, path), UNREADABLE),
    "a stray file": (
        with_stray,
        "/notes.txt: a file that is not Parquet (.parquet) stands among",
    ),
    "no files": (lambda path: path.mkdir(), ": there is no Parquet file (.parquet) in this folder"),
    "no rows": (
        lambda path: text().iloc[:0].to_parquet(path, index=False),
        ": there are no rows",
    ),
    "folders without end": (endless, "/place=china/"),
    "a column in the folder and in the file": (
        with_column_twice,
        "/place=china/0.parquet, column place: the column stands there more",
    ),
    "no UTF-8": (not_utf8, UNREADABLE),
}


@pytest.mark.parametrize("how", BROKEN_FOLDERS)
@pytest.mark.parametrize("place", ["china", None])
def test_a_file_or_folder_that_cannot_be_read_is_named_with_the_cure(tmp_path, how, place):
    write, expected = BROKEN_FOLDERS[how]
    found = said(as_folder(tmp_path / "data", write), place=place)[0]
    assert found.startswith(f"observations.parquet{expected}")


def test_a_place_is_stamped_by_its_own_files(made, tmp_path):
    folder = Path(shutil.copytree(made["partitions"], tmp_path / "national"))
    origin = data.load(folder, place="p0004").attrs["provenance"]
    assert [Path(name).parent.name for name, *_ in origin.stamp if name.endswith("parquet")] == [
        "place=p0004"
    ]
    os.utime(folder / "observations.parquet" / "place=p0003" / "part-0.parquet", (1, 1))
    assert not origin.changed()
    os.utime(folder / "observations.parquet" / "place=p0004" / "part-0.parquet", (1, 1))
    assert origin.changed()
    same(origin.load(), data.load(folder, place="p0004"))


def test_limits_of_a_large_folder_are_read_without_its_observations(tmp_path):
    folder = as_folder(tmp_path / "data", lambda path: path.touch())
    same(data.benchmarks(folder), data.benchmarks())


@pytest.mark.parametrize("package", ["pyarrow", "dask"])
def test_without_its_package_a_large_table_is_refused_with_the_commands(made, monkeypatch, package):
    import dask.dataframe as dd

    table = {"pyarrow": made["file"], "dask": dd.from_pandas(text(), npartitions=2)}[package]
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.setitem(sys.modules, name, None)
    (found,) = said(table, place=None)
    assert package in found and "`make lab LARGE=1`" in found and "`conda install " in found


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8)),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["p0001", "p0011", None]),
)
def test_spoilt_bytes_of_parquet_are_refused_as_a_table_or_do_no_harm(
    made, tmp_path_factory, spoilt, place
):
    folder = tmp_path_factory.mktemp("spoilt") / "national"
    shutil.copytree(made["file"], folder)
    path = folder / "observations.parquet"
    for where, width, what in spoilt:
        raw = path.read_bytes()
        at = int(where * len(raw))
        path.write_bytes(raw[:at] + what + raw[at + width :])
    try:
        assert len(data.load(folder, place=place)) % national.ROWS == 0
    except data.TableError as error:
        assert error.faults and str(error)


# --- Dask -----------------------------------------------------------------------------------


def partitioned(frame, count=5):
    import dask.dataframe as dd

    return dd.from_pandas(frame.reset_index(drop=True), npartitions=count, sort=False)


@pytest.mark.smoke
def test_the_table_from_dask_is_that_from_csv():
    table = partitioned(text())
    assert table.npartitions == 5
    same(data.load(table), data.load())
    for place in ("shaoxing", "zhejiang", "china"):
        same(data.load(table, place=place), data.load(place=place))
    same(data.load(partitioned(text().astype("category"))), data.load())
    same(data.load(partitioned(text().replace("", None)[sorted(NAMES)])), data.load())


def test_a_large_table_is_the_same_from_dask(made):
    import dask.dataframe as dd

    table = dd.read_parquet(made["file"] / "observations.parquet", split_row_groups=1)
    assert table.npartitions > 1
    same(
        data.load(table, place="p0011", codebook=made["file"]),
        data.load(made["file"], place="p0011"),
    )
    same(data.load(table, codebook=made["file"]), data.load(made["file"]))
    with pytest.raises(ValueError, match="unknown place 'hangzhou'"):
        data.load(table, place="hangzhou", codebook=made["file"])


def test_partitions_without_rows_are_no_fault():
    table = partitioned(text(), 20)
    same(data.load(table[table["place"] == "china"]), data.load(place="china"))
    assert said(table[table["place"] == "hangzhou"]) == [
        "Dask DataFrame: there are no rows in its 20 partitions; look at how it is made"
    ]


def spoilt():
    """Observations with faults between rows that are far apart, and some within a row."""
    frame = text()
    level = frame.query(
        "measure == 'level' and unit == '100 million CNY' and place == 'shaoxing'"
    ).index[0]
    more = [
        frame.loc[[3]],
        frame.loc[[10]].assign(bound="at_most"),
        *(
            frame.loc[[level]].assign(
                period=str(year), source="report-2021", value=value, as_printed=f"总值 {value}"
            )
            for year, value in [(2030, "77"), (2031, "7700000")]
        ),
        frame.loc[[20]].assign(
            status="target", bound="at_least", period="2040", value="5", as_printed="总 5"
        ),
    ]
    frame = pd.concat([frame, *more], ignore_index=True)
    frame = pd.concat(
        [
            frame.iloc[:200],
            frame.iloc[[-1]].assign(bound="at_most", value="9", as_printed="总 9"),
            frame.iloc[200:],
        ],
        ignore_index=True,
    )
    frame.loc[500, "value"], frame.loc[101, "unit"], frame.loc[300, "source"] = (
        "x",
        "ratio",
        "nobody",
    )
    return frame


def located(fault, table):
    """A fault of the whole table as one of its partitions."""
    sizes = table.map_partitions(len).compute().tolist()
    row, part = fault.row - 1, 0
    while row > sizes[part]:
        row, part = row - sizes[part], part + 1
    return f"partition {part}", row


def test_faults_between_rows_are_found_across_partitions_as_in_one_file(tmp_path):
    frame = spoilt()
    frame.to_csv(tmp_path / "spoilt.csv", index=False)
    whole = data.faults(tmp_path / "spoilt.csv")
    assert {fault.column for fault in whole} >= {
        "bound",
        "value",
        "unit",
        "source",
        tuple(data.KEY),
    }
    for count in (1, 5, 40):
        table = partitioned(frame, count)
        found = data.faults(table)
        plain = [
            (
                fault.file,
                fault.row,
                fault.column,
                re.sub(r"row \d+( of partition \d+)?", "row", fault.problem),
            )
            for fault in found
        ]
        expected = [
            (*located(fault, table), fault.column, re.sub(r"row \d+", "row", fault.problem))
            for fault in whole
        ]
        assert sorted(plain) == sorted(expected)
    again = next(fault for fault in data.faults(partitioned(frame)) if "already" in fault.problem)
    assert "which row 4 of partition 0 has already" in again.problem and again.file == "partition 4"


def test_the_ends_of_a_range_may_lie_in_different_partitions_and_nothing_is_fetched(monkeypatch):
    frame = text()
    frame = pd.concat([frame[frame["bound"] != "at_most"], frame[frame["bound"] == "at_most"]])
    monkeypatch.setattr(dask_tasks.Tasks, "picked", lambda *_: pytest.fail("rows were fetched"))
    frame = frame[frame["measure"].isin(["growth_rate", "average_growth_rate"])]
    assert frame.duplicated([*FACT, "source"]).sum() > 1
    assert not data.faults(partitioned(frame, 30))


def test_columns_of_dask_that_are_no_text_are_all_named():
    frame = (
        text()
        .assign(
            value=text()["value"].astype(float),
            period=pd.Categorical([2020] * len(text())),
            page="1",
        )
        .drop(columns="note")
    )
    assert [
        re.search("column '?([a-z_]+)'?: (.*?)[,;(]", line).groups()
        for line in said(partitioned(frame))
    ] == [
        ("note", "the column is missing"),
        ("page", "the column is unknown "),
        ("period", "the column is of type int64"),
        ("value", "the column is of type float64"),
    ]


def test_a_number_among_texts_is_named_by_partition_and_row():
    import dask

    frame = text().astype(object)
    frame.loc[400, "value"] = 7.0
    with dask.config.set({"dataframe.convert-string": False}):
        table = partitioned(frame)
        rows = table.map_partitions(len).compute().tolist()
        (found,) = said(table)
    number = next(number for number in range(len(rows)) if sum(rows[: number + 1]) > 400)
    row = 401 - sum(rows[:number])
    assert found.startswith(
        f"partition {number}, row {row}, column value: found '7.0', of type float; "
        "write the column as text"
    )


def test_other_collections_of_dask_and_other_tables_are_refused():
    import dask.array
    import dask.bag

    for table in (
        partitioned(text())["value"],
        dask.array.zeros(3),
        dask.bag.from_sequence([1]),
        dask.delayed(1),
    ):
        assert said(table)[0].startswith(
            f"Dask DataFrame: this is a {type(table).__name__} of Dask; give a DataFrame of Dask"
        )
    assert "or a Dask DataFrame" in said(text())[0]


def test_partitions_that_cannot_be_computed_are_refused_as_a_table():
    def lost(frame):
        raise OSError("the disk is gone")

    table = partitioned(text())
    (found,) = said(table.map_partitions(lost, meta=table._meta))
    assert found.startswith(
        "Dask DataFrame: its partitions could not be computed (OSError: the disk is gone)"
    )


def test_a_table_of_dask_never_counts_as_changed():
    table = data.load(partitioned(text()), place="china")
    origin = table.attrs["provenance"]
    assert not origin.changed()
    same(origin.load(), table)
    assert len(data.together(table, data.load(partitioned(text()), place="zhejiang"))) > len(table)


WORKER = "import sys; from distributed.cli.dask_worker import main; main(sys.argv[1:])"


@pytest.fixture
def workers(tmp_path):
    """A client, the processes of its two workers, and what starts one more.

    Workers are in another folder, and without this package.
    """
    from distributed import Client, LocalCluster

    where = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(LARGE), str(ROOT / "tests" / "offline")])
    }
    with (
        LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as local,
        Client(local) as client,
    ):
        options = ["--nthreads=1", "--no-nanny", "--no-dashboard", "--host=127.0.0.1"]
        command = [sys.executable, "-c", WORKER, local.scheduler_address, *options]
        started = []

        def start():
            started.append(
                subprocess.Popen(command, cwd=tmp_path, env=where, stderr=subprocess.DEVNULL)
            )
            return started[-1]

        start(), start()
        client.wait_for_workers(2, timeout=600)
        yield client, started, start
        for worker in started:
            worker.kill()
            worker.wait()


def slowed(table, marks):
    """A table for each of whose partitions its worker adds a mark to a file.

    With four, a worker waits until one was killed.
    """

    def slow(frame, marks=str(marks)):
        import os
        import time

        mine = f"{marks}/{os.getpid()}"
        with open(mine, "a") as file:
            file.write(".")
        while os.path.getsize(mine) >= 4 and not os.path.exists(f"{marks}-killed"):
            time.sleep(0.01)
        return frame

    return table.map_partitions(slow, meta=table._meta)


def test_workers_need_nothing_of_this_bundle_and_one_may_die_half_way(workers, tmp_path):
    client, started, _ = workers

    for package, there in (("indicators", False), ("pandas", True)):
        found = client.run(importlib.util.find_spec, package).values()
        assert [spec is not None for spec in found] == [there, there]
    marks = tmp_path / "marks"
    marks.mkdir()
    table = slowed(partitioned(text(), 16), marks)

    def kill():
        while not (far := [mark for mark in marks.iterdir() if mark.stat().st_size >= 4]):
            time.sleep(0.01)
        os.kill(int(far[0].name), signal.SIGKILL)
        marks.with_name("marks-killed").touch()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    found = data.load(table)
    killer.join()
    assert len([worker for worker in started if worker.poll() is not None]) == 1
    same(found, data.load())
    assert sum(mark.stat().st_size for mark in marks.iterdir()) > 16  # what was lost was done again
    found = data.faults(partitioned(spoilt()))
    assert [str(fault) for fault in found if "already" in fault.problem]


def test_workers_that_come_later_and_a_second_table_find_the_package(workers, tmp_path):
    client, started, start = workers
    same(data.load(partitioned(text()), place="china"), data.load(place="china"))
    start()
    client.wait_for_workers(3, timeout=600)
    for worker in started[:2]:
        worker.kill()
        worker.wait()
    same(data.load(partitioned(text(), 3), place="zhejiang"), data.load(place="zhejiang"))
    plugins = client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.worker_plugins))
    assert len([name for name in plugins if name.startswith("indicators_")]) == 1


@pytest.mark.parametrize("scheduler", ["threads", "processes", "synchronous"])
def test_each_scheduler_of_dask_judges_a_table_alike(scheduler):
    import dask

    with dask.config.set(scheduler=scheduler, num_workers=2):
        same(data.load(partitioned(text())), data.load())


def test_a_scheduler_of_this_machine_is_used_beside_a_cluster(workers):
    import dask

    with dask.config.set(scheduler="threads"):
        same(data.load(partitioned(text()), place="china"), data.load(place="china"))
