"""A large table made up to measure with: places by 300 indicators by 11 years.

It is a data folder whose observations are Parquet. `python tests/national.py FOLDER PLACES
[partitioned]` (with `notebooks` and pyarrow on the path) makes the same table each time: one file
sorted by place, or one file for each place in hive partitions. It is written place by place, so
memory stays small whatever the size.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
from indicators import data
from indicators.data.descriptor import columns, loosened, resource, schema

INDICATORS, YEARS = 300, range(2015, 2026)
ROWS = INDICATORS * len(YEARS)  # of a place
GROUP = 10  # places in a row group of the one file
WHOLE = {"count", "rank", "persons"}  # units of whole numbers
START = {
    "%": (5, 40),
    "index, previous year = 100": (80, 90),
    "years": (40, 80),
    "years of life": (40, 80),
    "days": (60, 150),
    "ratio": (1, 5),
}  # others: 20 to 400
COLUMNS = columns(resource(schema(), "observations"))


def made(folder, places, partitioned=False):
    """Write the table of so many places into a new folder, and return it."""
    import pyarrow.parquet

    folder = Path(folder)
    folder.mkdir(parents=True)
    indicators = codebook(folder, places)
    target = folder / "observations.parquet"
    options = {"write_page_checksum": True, "compression": "zstd"}
    if partitioned:
        for number in range(places):
            table = of_place(number, indicators).drop_columns("place")
            path = target / f"place={key(number)}"
            path.mkdir(parents=True)
            pyarrow.parquet.write_table(table, path / "part-0.parquet", **options)
        return folder
    with pyarrow.parquet.ParquetWriter(target, of_place(0, indicators).schema, **options) as writer:
        for first in range(0, places, GROUP):
            numbers = range(first, min(first + GROUP, places))
            writer.write_table(
                pyarrow.concat_tables(
                    [of_place(number, indicators) for number in numbers]
                ).unify_dictionaries(),
                ROWS * GROUP,
            )
    return folder


def key(number):
    return f"p{number:04}"


def codebook(folder, places):
    """Write all tables but the observations, and return the rows of `indicators.csv`.

    These are the rows of the bundle, several times over.
    """
    named = {"name": "national", "title": "National", "description": "Made up."}
    package = loosened(schema()) | named
    resource(package, "observations")["path"] = "observations.parquet"
    described = json.dumps(package, ensure_ascii=False)
    (folder / "datapackage.json").write_text(described, encoding="utf-8")
    known = data.read()[0]["indicators"]
    printed = known[known["price_basis"] != "real"].to_numpy(object).tolist()
    turns = (divmod(number, len(printed)) for number in range(INDICATORS))
    indicators = [again(printed[at], times) for times, at in turns]
    rows = {
        "indicators": indicators,
        "places": [place(number) for number in range(places)],
        "sources": [yearbook(year) for year in YEARS],
    }
    for each in package["resources"][1:]:
        with (folder / f"{each['name']}.csv").open("w", encoding="utf-8", newline="") as file:
            table = [columns(each), *rows.get(each["name"], [])]
            csv.writer(file, lineterminator="\n").writerows(table)
    return indicators


def place(number):
    return [key(number), f"Place {number}", f"地{number}", "", 100_000 + number]


def yearbook(year):
    names = f"Yearbook {year}", f"{year}年统计年鉴", "National Bureau of Statistics"
    return [source(year), *names, f"{year + 1}-06-30", "", "primary", "", ""]


def again(row, times):
    """The row of an indicator with other names."""
    slug, theme, name, chinese, *others = row
    return (
        [f"{slug}_{times}", theme, f"{name} ({times})", f"{chinese}（{times}）", *others]
        if times
        else list(row)
    )


def source(year):
    return f"yearbook-{year}"


def of_place(number, indicators):
    """The observations of a place, as a pyarrow Table of text."""
    import pyarrow

    values = np.array(
        [
            text
            for row, figures in zip(indicators, of_indicators(number, indicators), strict=True)
            for text in texts(row[4], figures)
        ]
    )
    of_rows = np.repeat(np.arange(len(indicators)), len(YEARS))
    of_years = np.tile(np.arange(len(YEARS)), len(indicators))
    printed = [
        f"{indicators[at][3]} {text}"
        for at, text in zip(of_rows.tolist(), values.tolist(), strict=True)
    ]

    def kept(texts, codes=None):
        codes = np.zeros(ROWS) if codes is None else codes
        return pyarrow.DictionaryArray.from_arrays(
            pyarrow.array(codes.astype(np.int32)), pyarrow.array(texts, "string")
        )

    cells = {
        "indicator": kept([row[0] for row in indicators], of_rows),
        "place": kept([key(number)]),
        "measure": kept(["share" if row[4] == "%" else "level" for row in indicators], of_rows),
        "period": kept([str(year) for year in YEARS], of_years),
        "status": kept(["actual"]),
        "bound": kept(["exact"]),
        "value": pyarrow.array(values.tolist(), "string"),
        "unit": kept([row[4] for row in indicators], of_rows),
        "scope": kept([""]),
        "source": kept([source(year) for year in YEARS], of_years),
        "locator": kept(["page"]),
        "as_printed": pyarrow.array(printed, "string"),
        "note": kept([""]),
    }
    return pyarrow.table({name: cells[name] for name in COLUMNS})


def of_indicators(number, indicators):
    """For each indicator its figures by year.

    They start in a range that its unit allows, and grow by some per cent a year.
    """
    chance = np.random.default_rng(number)
    low, high = np.array([START.get(row[4], (20, 400)) for row in indicators]).T
    growth = chance.uniform(0, 0.08, (len(indicators), 1))
    wobble = chance.uniform(0.98, 1.02, (len(indicators), len(YEARS)))
    return chance.uniform(low, high)[:, None] * (1 + growth) ** np.arange(len(YEARS)) * wobble


def texts(unit, figures):
    return [f"{figure:.{0 if unit in WHOLE else 2}f}" for figure in figures]


if __name__ == "__main__":
    made(sys.argv[1], int(sys.argv[2]), "partitioned" in sys.argv[3:])
