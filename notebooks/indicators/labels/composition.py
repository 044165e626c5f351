"""What is said of a whole and its parts: rows of `growth.composition`."""

import os
from collections.abc import Iterable

import pandas as pd

from .. import growth
from ..i18n import LANGUAGES, WORDS, chosen
from .marks import tip
from .rows import Row, basis, figure, forms, name, place, ranged, sentence, short, span


def with_rest_named(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `growth.composition` in which the rest has a name of its own, and `absent` has names.

    `absent_en` and `absent_zh`: the names of the parts that a year does not print.
    """
    named, is_rest = (
        rows.drop_duplicates("indicator").set_index("indicator"),
        rows["role"].eq("rest"),
    )
    columns = {}
    for language in LANGUAGES:
        known, rest = named[f"name_{language}"], WORDS[language]["composed"]["rest"]
        comma = forms(language)["comma"]
        columns[f"name_{language}"] = rows[f"name_{language}"].astype("object").mask(is_rest, rest)
        columns[f"absent_{language}"] = [
            comma.join(known[slug] for slug in slugs) for slugs in rows["absent"]
        ]
    return rows.assign(**columns)


def part_names(rows: pd.DataFrame, language: str | None = None) -> dict[int, str]:
    """The names in a chart, by `part`: without the words before a colon that all parts share."""
    words = WORDS[chosen(language)]["composed"]
    first = rows.drop_duplicates("part")
    named = {row.part: name(row, language) for row in first.itertuples() if row.role != "rest"}
    parts = [text for part, text in named.items() if part]
    shared = os.path.commonprefix(parts).rpartition(": ") if len(parts) > 1 else ("", "", "")
    cut = len(shared[0] + shared[1])
    short = {part: text[cut:][:1].upper() + text[cut:][1:] for part, text in named.items() if part}
    rest = {row.part: words["rest_short"] for row in first.itertuples() if row.role == "rest"}
    return named | short | rest


def part_label(row: Row, language: str | None = None) -> str:
    """The figure of a row beside its bar, or that it was not printed; the unit stands above."""
    words = WORDS[chosen(language)]["composed"]
    if row.role == "missing":
        return words["not_printed"]
    said = short(row, language).replace(" ", "")
    return f"({said})" if row.measure == "computed_growth" else said


def part_sentence(row: Row, language: str | None = None) -> str:
    """All of a row in one line, for a reader who sees no chart."""
    form, words = forms(language), WORDS[chosen(language)]["composed"]
    if row.role == "missing":
        what = name(row, language) + form["comma"] + span(row.period)
        return what + form["colon"] + words["not_printed"]
    absent = getattr(row, f"absent_{chosen(language)}")
    without = f"{form['semicolon']}{words['without']}{form['colon']}{absent}" if absent else ""
    beside = form["semicolon"] + words[row.against] if row.against else ""
    return sentence(row, language) + without + beside


def parts_over_span(
    found: Iterable[growth.PartOverSpan], language: str | None = None
) -> pd.DataFrame:
    """The growth of parts beside that of their whole, as from `growth.parts_over_span`, in words.

    Columns: Part (with its basis), Years, First amount, Last amount, A year on average (with its
    range), The total in these years (likewise), Compared with the total.
    """
    found, words = list(found), WORDS[chosen(language)]["composed"]
    named = part_names(pd.DataFrame([each.first for each in found]), language)
    return pd.DataFrame(
        [
            {
                "Part": _on_basis(named[each.first.part], basis(each.last, language), language),
                "Years": span(f"{each.first.period}/{each.last.period}"),
                "First amount": figure(each.first, language),
                "Last amount": figure(each.last, language),
                "A year on average": ranged(each.rate, 2, language),
                "The total in these years": ranged(each.of_whole, 2, language),
                "Compared with the total": words[each.against],
            }
            for each in found
        ]
    )


def _on_basis(named: str, of: str, language: str | None) -> str:
    return forms(language)["with"].format(named, of) if of else named


def part_tip(row: Row, language: str | None = None) -> dict[str, str]:
    """What a tooltip says of a row, by heading; a computed figure comes with its range."""
    language = chosen(language)
    words, headings = WORDS[language]["composed"], WORDS[language]["tooltip"]
    if row.role == "missing":
        return {
            headings["indicator"]: name(row, language),
            headings["place"]: place(row, language),
            headings["period"]: span(row.period),
            headings["figure"]: words["not_printed"],
        }
    said = tip(row, language)
    if row.computed:
        computed = growth.Figure(row.value, row.low, row.high, row.unit)
        about = ranged(computed, row.decimals, language)
        said[headings["figure"]] = forms(language)["computed"].format(about, "")
        if row.role == "rest":  # what it is computed from is a long list
            said.pop(headings["origins"], None)
    absent = getattr(row, f"absent_{language}")
    beside = words[row.against] if row.against else ""
    own = {words["without"]: absent, words["against"]: beside}
    return said | {heading: text for heading, text in own.items() if text}
