"""What is said of the marks of a chart: panels, labels, tooltips, and the chart as a whole."""

from collections import defaultdict

import pandas as pd

from .. import growth
from ..i18n import WORDS, chosen
from .rows import (
    DERIVED,
    HOME,
    Row,
    basis,
    computed_from,
    copied,
    figure,
    forms,
    headed,
    kind,
    name,
    place,
    place_in_source,
    sentence,
    short,
    source,
    span,
    status,
)


def with_others(table: pd.DataFrame) -> pd.DataFrame:
    """`table` (all vintages) with `others`: the other rows that print the same fact, oldest first.

    `others` is a tuple of namedtuples. Expected outcomes count beside outcomes, targets beside
    targets; what is derived is printed nowhere.
    """
    derived = table["status"].isin(growth.DERIVED)
    facts = table[["indicator", "place", "measure", "period", "scope"]].assign(
        promised=table["status"].eq("target")
    )
    facts = facts[~derived]
    twice = table[~derived].assign(promised=facts["promised"])[facts.duplicated(keep=False)]
    twice = twice.sort_values("published")
    rows = {row.Index: row for row in twice.itertuples()}
    groups = twice.groupby(list(facts), observed=True, dropna=False).groups.values()
    others = {
        one: tuple(rows[other] for other in group if other != one)
        for group in groups
        for one in group
    }
    return table.assign(others=[others.get(one, ()) for one in table.index])


def with_origins(table: pd.DataFrame) -> pd.DataFrame:
    """`table` (of `growth.with_derived`) with `origins`: the rows that each derived one comes from.

    `origins` is a tuple of namedtuples, empty for printed rows.
    """
    of = [each if isinstance(each, tuple) else () for each in table["of"]]
    used = list(dict.fromkeys(label for each in of for label in each))
    rows = dict(zip(used, table.loc[used].itertuples(), strict=True))
    return table.assign(
        origins=pd.Series([tuple(map(rows.get, each)) for each in of], table.index, object)
    )


def tip(row: Row, language: str | None = None) -> dict[str, str]:
    """What a tooltip says of a row, by heading, in the order of reading, without what is empty.

    Other printings are named where the row has `others` (as from `with_others`), and what it was
    computed from, in the language, where it has `origins` (as from `with_origins`).
    """
    language = chosen(language)
    words, form = WORDS[language], forms(language)
    also = [
        words["said"]["also"].format(figure(other, language), source(other, language))
        for other in getattr(row, "others", ())
    ]
    derived, sources = row.status in DERIVED, [source(row, language), *copied(row, language)]
    texts = {
        "indicator": name(row, language),
        "place": place(row, language),
        "other_name": name(row, "zh" if language == "en" else "en"),
        "period": span(row.period),
        "figure": figure(row, language),
        "kind": kind(row, language),
        "status": status(row, language),
        "basis": basis(row, language),
        "source": "" if derived else form["comma"].join(sources),
        "locator": "" if derived else place_in_source(row, language),
        "as_printed": row.as_printed,
        "others": form["semicolon"].join(dict.fromkeys(also)),
        "origins": (origins := computed_from(row, language)),
        "note": "" if origins else row.note,
    }
    return {heading: texts[key] for key, heading in words["tooltip"].items() if texts[key]}


def told(rows: pd.DataFrame, language: str | None = None) -> str:
    """What a chart of `rows` (of `growth.views`, with `panel`) says, in words.

    For each series in each panel its outcomes, spans and targets.
    """
    groups = defaultdict(list)
    for row in rows.itertuples():
        groups[row.panel, row.series].append(row)
    return forms(language)["stop"].join(_told(group, language) for group in groups.values())


def _told(group: list[Row], language: str | None) -> str:
    """What a chart says of one series."""
    form, words = forms(language), WORDS[chosen(language)]["chart"]
    yearly = [row for row in group if row.status == "actual" and row.start == row.end]
    said = [_course(yearly, language)] if yearly else []
    said += [
        words["span"].format(
            span(row.period), figure(row, language) + form["comma"] + status(row, language)
        )
        for row in group
        if row.status != "actual" or row.start != row.end
    ]
    where = "" if group[0].place == HOME else form["comma"] + place(group[0], language)
    return name(group[0], language) + where + form["colon"] + form["semicolon"].join(said)


def _course(yearly: list[Row], language: str | None) -> str:
    """The first and the last, the lowest and the highest outcome, each with its year."""
    words = WORDS[chosen(language)]["chart"]

    def at(row: Row) -> str:
        return figure(row, language) + words["in"].format(span(row.period))

    if len(yearly) == 1:
        return words["only"].format(at(yearly[0]))
    by_year = sorted(yearly, key=lambda row: row.start)
    low, high = (pick(by_year, key=lambda row: row.value) for pick in (min, max))
    ends = words["from_to"].format(at(by_year[0]), at(by_year[-1]))
    return ends + words["extremes"].format(at(low), at(high))


def between(row: Row, language: str | None = None) -> str:
    """What is said of the years before a figure that has an `after`, as from `growth.with_lines`.

    That there is no figure in between; or from which basis of counting to which it changes.
    """
    words, before = WORDS[chosen(language)], row.after
    if not changes_basis(row):
        years = span("/".join(map(str, sorted({before.start + 1, row.start - 1}))))
        return words["chart"]["bridge"].format(years)
    bases = (basis(each, language) or words["said"]["no_basis"] for each in (before, row))
    return words["chart"]["break"].format(before.start, row.start, *bases)


def changes_basis(row: Row) -> bool:
    """Whether a figure with an `after` is counted on another basis than that."""
    return str(row.scope) != str(row.after.scope)


COLUMNS = {
    "Indicator": name,
    "Panel": headed,
    "Label": short,
    "Description": sentence,
    "Tip": tip,
}


def worded(table: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """`table` with the columns of `COLUMNS`: words for its panels, labels and tooltips."""
    rows = list(table.itertuples(index=False))
    return table.assign(
        **{column: [word(row, language) for row in rows] for column, word in COLUMNS.items()}
    )
