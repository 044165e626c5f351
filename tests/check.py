"""`make check`: what is wrong with data/ after a change, where, and the cure, in seconds.

Beside the rules of every table stand here those that only the bundle's own must obey.
"""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
from fontTools.ttLib import TTFont
from indicators import data
from indicators.charts import renderer
from indicators.data.messages import Fault, listed
from indicators.data.printed_numbers import numbers

PAGE, NUMBER = "README.md", re.compile("[0-9]+")
SITE = r"copy on|translation on|[Mm]irror|\b[a-z0-9-]+\.(?:com|cn|net|org|cc|in)\b"  # of a copy
IN_WORDS, AS_INDEX = "Printed in words", "Printed as an index, previous year = 100"


def faults(folder=data.DATA):
    """All faults of the bundle's data in a folder: of its rows, then of what its page counts."""
    folder = Path(folder)
    try:
        tables, found = data.read(folder)
        domains = pd.read_csv(folder / "domains.csv", usecols=["domain"], dtype=str)
        page = (folder / PAGE).read_text(encoding="utf-8")
    except data.TableError as error:
        return error.faults
    except (OSError, ValueError) as error:
        return [Fault("README.md or domains.csv", None, None, f"{error}; restore the file")]
    if any(fault.column is None for fault in found):
        return found  # a row or a file cannot be read
    tables["domains"] = domains.set_axis(domains.index + 2)
    for rule in (astray, copied, worded, moved, unknown_to_the_font):
        found += rule(tables)
    return found + miscounted(tables, page)


def rows(tables, name, *columns):
    """The number of each row of a table in its file, and these of its cells."""
    return tables[name][[*columns]].itertuples(name=None)


def astray(tables):
    """Addresses on other sites than those of publishers and papers of record."""
    known = tuple(f".{domain}" for domain in tables["domains"]["domain"])
    cure = "add it there if it is that of who published this; the address of a copy goes to read_at"
    return [
        Fault(f"{name}.csv", row, "url", f"the site of {url!r} is not in domains.csv; {cure}")
        for name in ("sources", "benchmarks")
        for row, url in rows(tables, name, "url")
        if url and not f".{urlsplit(url).hostname}".endswith(known)
    ]


def copied(tables):
    """Texts about a source that name the site where a copy of it was read."""
    return [
        Fault("sources.csv", row, name, f"{named[0]!r} tells of a copy; only read_at does")
        for name in ("publisher", "title_en", "title_zh", "note")
        for row, text in rows(tables, "sources", name)
        if (named := re.search(SITE, text))
    ] + [
        Fault("sources.csv", row, "read_at", "has the address that url has; leave it empty")
        for row, read_at, url in rows(tables, "sources", "read_at", "url")
        if read_at == url != ""
    ]


def worded(tables):
    """Figures in digits whose note says that they were printed in words."""
    problem = f"{{!r}} has digits, so the note cannot begin with {IN_WORDS!r}; correct one of them"
    return [
        Fault("observations.csv", row, ("as_printed", "note"), problem.format(printed))
        for row, printed, note in rows(tables, "observations", "as_printed", "note")
        if note.startswith(IN_WORDS) and re.search("[0-9]", printed)
    ]


def moved(tables):
    """Values ‘stored in’ another unit that no power of ten makes of what was printed."""
    problem = "found {!r}, which is {!r} in no unit that differs by a power of ten; correct it"
    columns = ["value", "as_printed", "note"]
    return [
        Fault("observations.csv", row, "value", problem.format(value, printed))
        for row, value, printed, note in rows(tables, "observations", *columns)
        if "stored in" in note and not note.startswith(IN_WORDS)
        if not any(
            same(value, each.digits, note.startswith(AS_INDEX))
            for each in numbers(printed)
            if not each.of_a_date
        )
    ]


def same(value, printed, index):
    """Whether a value has the digits that were printed, or as an index is 100 less."""
    if index:
        return round(float(value) + 100 - float(printed), 9) == 0
    return value.replace(".", "").strip("-0") == printed.replace(".", "").strip("0")


def unknown_to_the_font(tables):
    """Characters that saved charts could not show."""
    known = set(map(chr, TTFont(renderer.FONT).getBestCmap())) | {"\n"}
    return [
        Fault(
            f"{name}.csv",
            row,
            column,
            f"the font of the charts lacks {''.join(sorted(lost))!r}; run `make fonts`",
        )
        for name, table in tables.items()
        for column in table
        for row, text in table[column].items()
        if isinstance(text, str) and (lost := set(text) - known)
    ]


def miscounted(tables, page):
    """Numbers in the page about the data that its files do not bear out."""
    found = []
    for right in counted(tables):
        words = r"\s+".join(map(re.escape, NUMBER.sub("N", right).split()))
        said = re.search(words.replace("N", NUMBER.pattern).replace("…", ".*"), page)
        if not said:
            found.append(Fault(f"data/{PAGE}", None, None, f"does not say {right!r}; say so"))
        elif NUMBER.findall(said[0]) != (true := NUMBER.findall(right)):
            line = page.count("\n", 0, said.start()) + 1
            problem = f"found {' '.join(said[0].split())!r}; write {' and '.join(true)}"
            found.append(Fault(f"data/{PAGE}, line {line}", None, None, problem))
    return found


def counted(tables):
    """What the page must say; … stands for words within a line."""
    sources, observations = tables["sources"].set_index("source"), tables["observations"]
    others = observations[observations["source"].ne("report-2021")]
    by_place, by_tier = others["place"].value_counts(), others["source"].map(sources["tier"])
    names = tables["places"].set_index("place")["name_en"].to_dict()
    names |= {"shaoxing": "about the city", "china": "the nation"}
    return [
        *(f"| `{name}.csv` | … | {len(table)} |" for name, table in tables.items()),
        f"{len(observations) - len(others)} figures are from the government work report",
        f"{len(others)} figures are from {others['source'].nunique()} other",
        *(f"{name} ({by_place.get(place, 0)})" for place, name in names.items()),
        f"{by_tier.eq('primary').sum()} stand on a government’s own site",
        f"{by_tier.eq('dataset').sum()} in a public compilation",
    ]


def main(folder=data.DATA):
    """Print what is found in a folder; the status to end with."""
    found = faults(folder)
    if found:
        print(listed(f"data/ has {len(found)} fault{'s' if len(found) > 1 else ''}:", found))
        return 1
    table = data.load(folder)
    print(f"OK: {len(table)} figures, each as its columns, source and printed words require")
    print("OK: the counts in data/README.md")
    print("Next: make refresh; read the notebooks again; make test")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
