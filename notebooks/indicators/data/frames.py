"""Tables of text as one DataFrame: observations, and beside them what their keys point to."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd
from pandas.api.types import infer_dtype, is_datetime64_any_dtype, is_numeric_dtype

from .columns import TEXT, Column, Table
from .messages import both
from .vocabulary import KEY

NAMES = ("name_en", "name_zh")
OPTIONAL = (  # columns of text that may be empty
    *("note", "as_printed", "locator", "scope_en", "scope_zh", "description"),
    *("title_en", "title_zh", "publisher", "url", "source_note", "read_at"),
)
OF_TEXTS = (  # columns of text that must have a value
    *("indicator", "place", "measure", "period", "status", "bound", "unit", "source"),
    *("theme", "name_en", "name_zh", "place_en", "place_zh", "printed"),
)
OF_NUMBERS = ("value", "start", "end", "decimals")
MAY_LACK = ("scope", "price_basis", "better", "tier", "published")
LOAD_CURE = "load it with data.load, which keeps what was printed"


def filled(table: pd.DataFrame) -> pd.DataFrame:
    """A table, made by hand perhaps, with empty texts where optional columns have no value."""
    lacking = [name for name in OPTIONAL if name in table and table[name].isna().any()]
    if not lacking:
        return table
    texts = {name: table[name].astype(object).where(table[name].notna(), "") for name in lacking}
    return table.assign(**texts)


def usable(table: pd.DataFrame, needed: Iterable[str] = ()) -> pd.DataFrame:
    """A table as of `load`, `filled`, for what draws it or puts it together with others.

    `needed`: columns that it has beside those of `load`. Raises ValueError, naming the column and
    the cure, where it was made by hand in another way, as from a file that `pandas` has read.
    """
    if not isinstance(table, pd.DataFrame):
        raise ValueError(both(f"{type(table).__name__} is not a table; {LOAD_CURE}"))
    if not table.columns.is_unique:
        name = table.columns[table.columns.duplicated()][0]
        raise ValueError(both(f"the table has the column {name!r} more than once; keep one"))
    table = filled(table)
    for name in (*OF_TEXTS, *OF_NUMBERS, *OPTIONAL, *MAY_LACK, *needed):
        if name not in table:
            cure = LOAD_CURE if name not in needed else "make it with growth.with_latest"
            raise ValueError(both(f"the table has no column {name!r}; {cure}"))
    for name in (*OF_TEXTS, *OF_NUMBERS):
        column, kind = table[name], "texts" if name in OF_TEXTS else "numbers"
        if column.isna().any():
            raise ValueError(both(f"the column {name!r} lacks a value in some rows; {LOAD_CURE}"))
        if not (_is_text(column) if name in OF_TEXTS else is_numeric_dtype(column)):
            raise ValueError(both(f"the column {name!r} does not hold {kind}; {LOAD_CURE}"))
    if not is_datetime64_any_dtype(table["published"]):
        raise ValueError(both(f"the column 'published' does not hold dates; {LOAD_CURE}"))
    if np.isinf(table["value"]).any():
        raise ValueError(both(f"the column 'value' has figures without end; {LOAD_CURE}"))
    if (twice := table.duplicated(KEY)).any():
        first = ", ".join(map(str, table.loc[twice, KEY[:4]].iloc[0]))
        raise ValueError(both(f"figures stand in the table twice, first {first}; keep each once"))
    return table


def _is_text(column):
    """Whether a column, whose cells all have a value, holds nothing but texts."""
    cells = column.cat.categories if column.dtype == "category" else column
    return infer_dtype(cells, skipna=False) in ("string", "empty")


def framed(package: dict, tables: dict[str, Table], place: str | None = None) -> pd.DataFrame:
    """The DataFrame of `load`, of tables without a fault; of one place only, if it is given.

    Columns are taken out of `tables` as they are used, so that large ones leave memory.
    """
    columns = tables.pop("observations").columns
    if place is not None:
        rows = np.flatnonzero(columns["place"].among([place]))
        columns = {name: column.at(rows) for name, column in columns.items()}
    columns, categories = _joined(columns, tables), _categories(package, tables)
    period, printed, published = columns["period"], columns["value"], columns["published"]
    data = {}
    for name in list(columns):
        column = columns.pop(name)
        known = categories.get(name)
        data[name] = column.array() if known is None else _categorical(column, known)
    data["start"] = period.each(lambda span: int(span.split("/")[0]))
    data["end"] = period.each(lambda span: int(span.split("/")[-1]))
    data["printed"] = data["value"]
    data["decimals"] = printed.each(lambda value: len(value.partition(".")[2]))
    data["value"] = printed.each(float)
    data["published"] = _dates(published)
    return pd.DataFrame(data, copy=False)


def _joined(columns, tables):
    """Columns of observations and, beside them, those of the tables that their keys point to."""
    joined = dict(columns)
    for key, renamed in _headings(tables).items():
        table = tables[f"{key}s"]
        known = {text: row for row, text in enumerate(table[key].cells)}
        rows = columns[key].each(lambda text, known=known: known.get(text, -1))
        for name, heading in renamed.items():
            if heading in joined:
                raise ValueError(both(f"two tables have a column {heading!r}"))
            # -1, for no entry, points to the last text, the empty one
            joined[heading] = Column([*table[name].cells, ""], rows)
    return joined


def _headings(tables):
    """For each key, the columns of its table that are joined and the names that they get."""
    indicators = [
        name for name in tables["indicators"].columns if name not in ("indicator", "unit")
    ]
    sources = [name for name in tables["sources"].columns if name != "source"]
    return {
        "indicator": {name: name for name in indicators},
        "source": {name: name for name in sources} | {"note": "source_note"},
        "place": {name: name.replace("name", "place") for name in NAMES},
        "scope": {name: name.replace("name", "scope") for name in NAMES},
    }


def _categories(package, tables):
    """The allowed values of each column of keys or fixed values, in the order of the codebook."""
    categories = {}
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if "enum" in field.get("constraints", {}):
                categories.setdefault(field["name"], field["constraints"]["enum"])
    keys = ("indicator", "place", "scope", "source")
    return categories | {key: tables[f"{key}s"][key].cells for key in keys}


def _categorical(column, categories):
    """A column as a categorical; an empty cell is a missing value."""
    known = {text: code for code, text in enumerate(categories)}
    codes = [known.get(text, -1) for text in column.values]
    return pd.Categorical.from_codes(codes, dtype=category_dtype(tuple(categories))).take(
        column.codes
    )


@lru_cache(maxsize=32)
def category_dtype(categories: tuple[str, ...]) -> pd.CategoricalDtype:
    """The type of a column with these texts; the same object for the same texts."""
    return pd.CategoricalDtype(pd.array(categories, dtype=TEXT))


def _dates(column):
    """A column of dates; an empty cell is a missing value."""
    codes, used = pd.factorize(column.codes)
    dates = pd.to_datetime([column.values[code] for code in used], format="%Y-%m-%d")
    return dates.as_unit("us").take(codes)
