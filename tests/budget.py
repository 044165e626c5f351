"""A made-up budget of the nation with its parts, for tests: rows in the form of the table."""

import pandas as pd

WHOLE, PARTS = "spent", ["schools", "pensions", "roads", "culture"]
UNITS = {"level": "100 million CNY", "growth_rate": "%"}
# Indicator, measure, year, as printed, and a scope
PRINTED = [
    *[("spent", "level", year, text) for year, text in enumerate(["1000", "1100", "1210"], 2019)],
    *[("schools", "level", year, text) for year, text in enumerate(["300", "330.0", "350"], 2019)],
    *[("pensions", "level", year, text) for year, text in enumerate(["200", "260", "270"], 2019)],
    ("roads", "level", 2019, "100"),
    ("roads", "level", 2021, "90"),
    ("culture", "level", 2019, "40", "without-tourism"),
    ("culture", "level", 2020, "50"),
    ("culture", "level", 2021, "51"),
    ("spent", "growth_rate", 2020, "10"),
    ("schools", "growth_rate", 2020, "10.2"),
    ("pensions", "growth_rate", 2020, "25"),
    ("culture", "growth_rate", 2020, "-2"),
    ("resident_population", "level", 2020, "500"),
]


def budget(table: pd.DataFrame, place: str = "china") -> pd.DataFrame:
    """The rows of `PRINTED` in the columns of a table of `data.load`."""
    like = table[table["place"].eq(place) & table["measure"].eq("level")].iloc[0].to_dict()
    like |= {"bound": "exact", "status": "actual", "as_printed": "", "note": "First account."}
    rows = [like | _row(*printed) for printed in PRINTED]
    return pd.DataFrame(rows, columns=table.columns)


def _row(slug, measure, year, text, scope=None):
    unit = "10,000 persons" if slug == "resident_population" else UNITS[measure]
    words = {"name_en": f"Public spending: {slug}", "name_zh": slug, "unit": unit}
    if slug == WHOLE:
        words["name_en"] = "All spending"
    when = {"period": str(year), "start": year, "end": year}
    figure = {"value": float(text), "printed": text, "decimals": len(text.partition(".")[2])}
    basis = {"scope": scope, "scope_en": scope or "", "scope_zh": scope or ""}
    return words | when | figure | basis | {"indicator": slug, "measure": measure}
