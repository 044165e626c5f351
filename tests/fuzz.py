"""Tables spoilt by chance: `load` refuses them with its own error, or loads what can be drawn.

`python tests/fuzz.py MINUTES` (with `notebooks` on the path) goes on for so long and prints how
many were refused and loaded.
"""

import csv
import io
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from broken import FORMULAS, HIDDEN, NUMBERS, PERIODS, SCRIPTS, rows_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from indicators import data, explorers, growth, labels

DATA = Path(__file__).resolve().parents[1] / "data"
RAW = {path.name: path.read_bytes() for path in DATA.iterdir() if path.suffix in (".csv", ".json")}
ROWS = {name: rows_of(DATA / name) for name in RAW if name.endswith(".csv")}
PACKAGE = json.loads(RAW["datapackage.json"])
CELLS = sorted({cell for rows in ROWS.values() for row in rows for cell in row if len(cell) < 40})
ODD = [
    *(text for texts, _ in NUMBERS.values() for text in texts),
    *PERIODS,
    *HIDDEN.values(),
    *FORMULAS,
    *SCRIPTS,
    "",
    " ",
    "{}",
    "{0}",
    "%s",
    "\\",
    '"',
    "'",
]
TEXTS = st.one_of(
    st.sampled_from(CELLS),
    st.sampled_from(ODD),
    st.text(max_size=12),
    st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,4})?", fullmatch=True),
)
PLACES = st.integers(0, 10**6)
FILES = st.sampled_from(["observations.csv"] * 3 + [name for name in ROWS])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXTS, part, max_size=3),
    max_leaves=4,
)
SPOILT = st.one_of(
    st.tuples(st.just("cell"), FILES, PLACES, PLACES, TEXTS),
    st.tuples(st.just("cell"), FILES, PLACES, PLACES, TEXTS),
    st.tuples(
        st.just("row"),
        FILES,
        PLACES,
        PLACES,
        st.sampled_from(["again", "away", "moved", "cut", "longer", "empty"]),
    ),
    st.tuples(
        st.just("column"), FILES, PLACES, PLACES, st.sampled_from(["away", "exchanged", "again"])
    ),
    st.tuples(
        st.just("bytes"),
        st.sampled_from(list(RAW)),
        PLACES,
        st.integers(0, 20),
        st.binary(max_size=12),
    ),
    st.tuples(
        st.just("descriptor"),
        st.just("datapackage.json"),
        st.lists(PLACES, min_size=1, max_size=8),
        PLACES,
        VALUES,
    ),
)


def spoil(folder, kind, file, one, other, what):
    path = folder / file
    if kind == "bytes":
        raw = path.read_bytes()
        at = one % (len(raw) + 1)
        path.write_bytes(raw[:at] + what + raw[at + other :])
    elif kind == "descriptor":
        package = json.loads(json.dumps(PACKAGE))
        exchange(package, one, what)
        path.write_text(json.dumps(package), encoding="utf-8", errors="replace")
    else:
        rows = list(
            csv.reader(
                io.StringIO(
                    path.read_text(encoding="utf-8", errors="replace").replace("\0", ""), newline=""
                )
            )
        )
        if rows:
            {"cell": spoil_cell, "row": spoil_row, "column": spoil_column}[kind](
                rows, one, other, what
            )
        with path.open("w", encoding="utf-8", errors="replace", newline="") as target:
            csv.writer(target, lineterminator="\n").writerows(rows)


def exchange(node, path, what):
    """Put something else somewhere into nested lists and dicts."""
    while isinstance(node, dict | list) and node:
        key = list(node)[path[0] % len(node)] if isinstance(node, dict) else path[0] % len(node)
        if len(path) == 1 or not isinstance(node[key], dict | list):
            node[key] = what
            return
        node, path = node[key], path[1:]


def spoil_cell(rows, row, column, text):
    cells = rows[row % len(rows)]
    if cells:
        cells[column % len(cells)] = text


def spoil_row(rows, one, other, what):
    one, other = one % len(rows), other % len(rows)
    row = rows[one]
    if what in ("moved", "away"):
        del rows[one]
    if what in ("moved", "again"):
        rows.insert(other, row)
    if what == "cut":
        del row[-1:]
    elif what == "longer":
        row.append("x")
    elif what == "empty":
        row[:] = [""] * len(row)


def spoil_column(rows, one, other, what):
    for row in rows:
        if not row:
            continue
        first, second = one % len(row), other % len(row)
        if what == "away":
            del row[first]
        elif what == "again":
            row.insert(second, row[first])
        else:
            row[first], row[second] = row[second], row[first]


def outcome(folder, wholly):
    """`refused` or `loaded`; what is loaded is drawn, with explorers if `wholly`.

    Any error but the table's own comes out.
    """
    try:
        table = data.load(folder)
    except data.TableError as error:
        assert error.faults and str(error) and all(fault.problem for fault in error.faults)
        return "refused"
    newest = data.latest(table)
    views = growth.views(newest)
    assert len(views) and len(labels.with_others(table)) == len(table)
    for place in newest["place"].unique() if wholly else ():
        growth.verdicts(newest[newest["place"] == place])
    if wholly:
        explorer = explorers.IndicatorExplorer(table, [str(table["indicator"].iloc[0])])
        assert explorer.text and explorer.chart.to_dict(validate=False)
        explorer.close_all()
    return "loaded"


def tried(spoilt, counts, wholly=False):
    with tempfile.TemporaryDirectory(
        dir=next((shm for shm in ("/dev/shm",) if Path(shm).is_dir()), None)
    ) as place:
        folder = Path(place) / "data"
        folder.mkdir()
        for name, raw in RAW.items():
            (folder / name).write_bytes(raw)
        for how in spoilt:
            spoil(folder, *how)
        counts[outcome(folder, wholly)] += 1


def main(minutes):
    counts, end = Counter(), time.monotonic() + 60 * minutes

    @settings(
        max_examples=1000,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(SPOILT, min_size=1, max_size=4))
    def fuzz(spoilt):
        if time.monotonic() < end:
            tried(spoilt, counts, wholly=True)

    while time.monotonic() < end:
        fuzz()
        print(f"{(end - time.monotonic()) / 60:.1f} minutes left: {dict(counts)}", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]))
