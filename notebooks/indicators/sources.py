"""Check a report's text against the table: `python -m indicators.sources REPORT.txt SOURCE`.

The folder `notebooks` must be on the PYTHONPATH. Every row of the source must stand where its
locator says, as printed; and every number of the text in digits must be accounted for: claimed by a
row, or listed in `omissions.csv` with the reason why it is no figure. Prints what is wrong and ends
with status 1; status 2 if the text cannot be read or is not that report. With `--rows` it prints
all numbers that are not accounted for yet as rows to fill in: for `observations.csv` where they are
figures, and for `omissions.csv` where they are none.
"""

import argparse
import csv
import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from itertools import accumulate
from pathlib import Path

import pandas as pd

from . import data
from .data import BEFORE_LINES, lines_of, nearest
from .data.printed_numbers import closed, is_formula, numbers

SOURCE = "report-2021"
CLAUSE = re.compile(
    r"(?:[^，。；：、！？,;:!?\n]|"
    r"(?<=[0-9])(?<![0-9]{4})[,，](?=[0-9]{3}(?![0-9]))|(?<=[0-9]):(?=[0-9]))+"
)
DATE = re.compile(
    r"(?:20[0-9]{2}年(?:[0-9]{1,2}月)?|[0-9]{1,2}月)(?:[0-9]{1,2}日)?"
    r"(?:(?![-+] ?[0-9])[^0-9，。；：、！？,;!?\n]){0,4}|"  # the words after it, but no sign
    r"20[0-9]{2}(?:[-/][0-9]{1,2}){2}(?: [0-9:]+)?"
)
LINES = re.compile("[0-9]+(?:/[0-9]+)*")
# Headings of a Chinese report: of a part, of its sections, of the goals of a list.
NUMERALS, ROMAN = "一二三四五六七八九", ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
PART, SECTION = re.compile(f"([{NUMERALS}])、"), re.compile(f"[（(]([{NUMERALS}])[）)]")
GOAL = re.compile("([1-9])[.．、] *[^0-9 ]")
CLOSING, STOPS = "各位代表", "。！：？"  # how the last paragraph of a part begins; how one ends
# Shorter lines, by a share of the usual length, are headings, or the last of a paragraph.
FULL_LINE = 0.75
# With more than this share of so many rows not found, the text is taken for another report.
SHARE_LOST, FEWEST_ROWS = 0.5, 4
AROUND = 8  # characters that are shown on either side of a number

Lines = dict[int, str]  # by number, from 1
Position = tuple[int, int]  # line and column of a character


class ReportError(ValueError):
    """A text that cannot be checked; the message says why and what to do."""


def read_report(path: Path | str) -> Lines:
    """The lines of a report's text, `closed`. Raises ReportError."""
    try:
        raw = Path(path).expanduser().read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReportError(f"{path}: the file cannot be read ({reason})") from None
    if raw.startswith(b"%PDF"):
        cure = f"get its text first, with pdftotext -layout {path} report.txt"
        raise ReportError(f"{path}: this is a PDF; {cure}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"the text is not UTF-8 (byte {error.start}); save it as UTF-8"
        raise ReportError(f"{path}: {problem}") from None
    if not text.strip():
        cure = "have it recognised first, for example with ocrmypdf"
        raise ReportError(f"{path}: there is no text, as in a PDF of scanned pages; {cure}")
    return {number: closed(line) for number, line in enumerate(text.split("\n"), start=1)}


def positions(lines: Lines, locator: str, printed: str) -> list[Position] | None:
    """The positions of the characters of `printed`, whose pieces (between …) stand in order.

    None if they are not there. Of several stretches, the shortest that holds all pieces is taken.
    A `locator` such as 19/20 joins its lines; it may begin with part and section.
    """
    where = [
        (number, column)
        for number in map(int, lines_of(locator)[1].split("/"))
        for column in range(len(lines.get(number, "")))
    ]
    text = "".join(lines[number][column] for number, column in where)
    pieces = [f"({re.escape(closed(piece))})" for piece in printed.split("…")]
    stretches = re.finditer(f"(?=({'.*?'.join(pieces)}))", text)
    found = min(stretches, key=lambda match: len(match[1]), default=None)
    if found is None:
        return None
    spans = [slice(*found.span(group)) for group in range(2, len(pieces) + 2)]
    return [position for span in spans for position in where[span]]


def sections(lines: Lines) -> dict[int, str]:
    """Part and section of each line of a report that has them, by its Chinese headings.

    As `part II, goal 6`; in a part without sections, and before its first, `part I, paragraph 2`.
    """
    part, section, paragraph, ended, found = "", "", 0, True, {}
    for number, line in lines.items():
        text = line.strip()
        if heading := PART.match(text):
            part, section = f"part {ROMAN[NUMERALS.index(heading[1])]}", ""
            paragraph, ended = 0, True
        elif text and part:
            section = _section(text, section)
            paragraph += ended
            ended = text[-1] in STOPS
            found[number] = f"{part}, {section or f'paragraph {paragraph}'}"
    return found


def _section(text, before):
    """The section that begins with a line, or else that `before` it."""
    if heading := SECTION.match(text):
        return f"section {NUMERALS.index(heading[1]) + 1}"
    if heading := GOAL.match(text):
        return f"goal {heading[1]}"
    return "closing" if before and text.startswith(CLOSING) else before


def misplaced(lines: Lines, table: pd.DataFrame, file: str) -> list[str]:
    """A text for each row whose locator names another part or section than that of its line."""
    known, found = sections(lines), []
    for row, locator in table["locator"].items():
        where, joined = lines_of(locator)
        there = known.get(int(joined.split("/")[0]), "")
        if where and where != there:
            cure = f"write {there}{BEFORE_LINES}{joined}" if there else f"write {joined}"
            found.append(f"{file}, row {row}: line {joined} is not in {where}; {cure}")
    return found


def claims(lines: Lines, table: pd.DataFrame, file: str, column: str) -> tuple[set, list[str]]:
    """The positions that the rows of a table claim, and a text for each row whose words are astray.

    `file`: what messages call the table; `column`: that of its words.
    """
    claimed, astray = set(), []
    for row, cells in table.to_dict("index").items():
        found = positions(lines, cells["locator"], cells[column])
        claimed |= set(found or ())
        if found is None:
            astray.append(f"{file}, row {row}{_astray(lines, cells, column)}")
    return claimed, astray


def _astray(text, cells, column):
    """Say that a row is not where it says, and where its words are."""
    key = ("indicator", "measure", "period", "status")
    named = " ".join(cells[name] for name in key if name in cells)
    there = [str(number) for number in text if positions(text, str(number), cells[column])]
    where, lines = lines_of(cells["locator"])
    cure = f"copy its words from the text into {column}, with … for those left out"
    if there:
        cure = f"write {' or '.join(there[:3])} as its {'line' if where else 'locator'}"
    problem = f"line {lines} does not have {cells[column]!r}; {cure}"
    return f"{': ' if named else ''}{named}: {problem}"


def find(report: Path | str, source: str = SOURCE, table: Path | str = data.DATA) -> pd.DataFrame:
    """Each figure of a source, and the line where a copy of its text prints it; 0 where none does.

    The copy may break its lines in another way than the locators say: of several lines with the
    same words, that of the part and section of the locator is meant. Raises ReportError.
    """
    lines, rows, _, faults = _opened(report, source, table)
    if faults:
        raise data.TableError(faults)
    known, found = sections(lines), []
    for locator, printed in zip(rows["locator"], rows["as_printed"], strict=True):
        section = [number for number in lines if known.get(number) == lines_of(locator)[0]]
        found.append(_line_with(lines, section, printed) or _line_with(lines, lines, printed))
    told = ["indicator", "measure", "period", "status", "value", "locator", "as_printed"]
    return rows[told].assign(line=found)


def _line_with(lines, among, printed):
    """The first of some lines that has these words, or where they begin; 0 if it is none."""
    one = next((number for number in among if positions(lines, str(number), printed)), 0)
    joined = "/".join(map(str, among))
    return one or (positions(lines, joined, printed) or [(0, 0)])[0][0] if joined else 0


def problems(
    lines: Lines, rows: pd.DataFrame, omissions: pd.DataFrame, source: str = SOURCE
) -> list[str]:
    """What is wrong between a report, the rows of its source and the omissions.

    Raises ReportError where the text is another report.
    """
    by_page = rows[~by_line(rows)]
    if len(by_page):
        located = f"{len(by_page)} figures of {source} are located by {by_page['locator'].iloc[0]}"
        raise ReportError(f"{located}; write the line of this text as the locator of each")
    claimed, astray = claims(lines, rows, "observations.csv", "as_printed")
    if len(rows) >= FEWEST_ROWS and len(astray) > SHARE_LOST * len(rows):
        why = "it is another report, or its lines are broken in another way"
        raise ReportError(f"most rows of {source} are not in this text: {why}; first {astray[0]}")
    omitted, also_astray = claims(lines, omissions, "omissions.csv", "text")
    unclaimed = _unclaimed(lines, claimed | omitted)
    astray += misplaced(lines, rows, "observations.csv")
    return [*astray, *also_astray, *(_unexplained(*found) for found in unclaimed)]


def by_line(table: pd.DataFrame) -> pd.Series:
    """For each row of a table whether its locator names lines."""
    return table["locator"].map(lambda text: bool(LINES.fullmatch(lines_of(text)[1]))).astype(bool)


def _unclaimed(lines, claimed):
    """The numbers in digits of which a character is not claimed, each with its line."""
    for number, line in lines.items():
        for found in numbers(line, spaced=False):
            if any((number, column) not in claimed for column in range(found.start, found.end)):
                yield number, line, found


def _unexplained(number, line, found):
    """Say that a number is not accounted for."""
    around = line[max(0, found.start - AROUND) : found.end + AROUND]
    printed = line[found.start : found.end]
    problem = f"the number {printed} is neither a figure nor an omission (…{around}…)"
    cure = "add its row to observations.csv, or its words to omissions.csv"
    return f"line {number}: {problem}; {cure}"


def to_fill_in(lines: Lines, claimed: set[Position], source: str) -> tuple[list[dict], list[dict]]:
    """The numbers of a text that nothing claims: rows for observations.csv and for omissions.csv.

    Dates are left out of the first.
    """
    observations, omissions = [], {}
    for locator, clause, where in clauses(lines):
        said = {"source": source, "locator": locator}
        found = numbers(clause, spaced=False)
        left = [each for each in found if not claimed.issuperset(where[each.start : each.end])]
        spans = [(date, range(*date.span())) for date in DATE.finditer(clause)]
        dates = [date for date, span in spans if any(each.end - 1 in span for each in left)]
        figures = [each for each in left if not any(each.end - 1 in span for _, span in spans)]
        words = clause  # no cell may begin as a formula, as - 1 - does
        while is_formula(words):
            words = words[1:].lstrip()
        observations += [said | {"value": each.value, "as_printed": words} for each in figures]
        omitted = [(date[0], "date") for date in dates] + [(words, "")] * bool(figures)
        for text, reason in omitted:
            omissions.setdefault((locator, text), said | {"text": text, "reason": reason})
    return observations, list(omissions.values())


def clauses(lines: Lines) -> Iterator[tuple[str, str, list[Position]]]:
    """All clauses of a text: the locator, the words, and the position of each character.

    A full line goes on in the next.
    """
    full, where, text = FULL_LINE * usual_length(lines), [], ""
    for number, line in lines.items():
        ended = line if len(line) >= full else line + "\n"
        text += ended
        where += [(number, column) for column in range(len(ended))]
    for clause in CLAUSE.finditer(text):
        within = where[slice(*clause.span())]
        numbers = dict.fromkeys(number for number, _ in within)
        yield "/".join(map(str, numbers)), clause[0], within


def usual_length(lines: Lines) -> int:
    """The length of the line in which the middle character stands, the lines taken by length.

    Neither a few lines that were never wrapped nor many short ones change it.
    """
    lengths = sorted(map(len, lines.values()))
    return lengths[bisect_left(list(accumulate(lengths)), sum(lengths) / 2)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the report named on the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m indicators.sources", description="Check a report's text against the table."
    )
    parser.add_argument("report", help="the text of the report, UTF-8")
    known = f"its key in sources.csv (default: {SOURCE})"
    parser.add_argument("source", nargs="?", default=SOURCE, help=known)
    rows = "print the numbers that are not accounted for as rows to fill in"
    parser.add_argument("--rows", action="store_true", help=rows)
    folder = "the data folder (default: that of the bundle)"
    parser.add_argument("--data", default=data.DATA, help=folder)
    chosen = parser.parse_args(arguments)
    try:
        return _listed(chosen) if chosen.rows else _checked(chosen)
    except (ReportError, data.TableError) as error:
        print(error, file=sys.stderr)
        return 2


def _opened(report, source, folder):
    """The lines of the text, the rows of its source, its omissions, and the faults of the table.

    Raises ReportError.
    """
    tables, faults = data.read(folder)
    if {"observations", "omissions", "sources"} - set(tables):
        raise data.TableError(faults)
    known = tables["sources"]["source"].tolist()
    if source not in known:
        found = f"sources.csv does not list {source!r}{nearest(source, known)}"
        raise ReportError(f"{found}; add a row there, or look at the key")
    rows, omissions = (
        tables[name][tables[name]["source"] == source] for name in ("observations", "omissions")
    )
    return read_report(report), rows, omissions, faults


def _checked(chosen):
    """Print what is wrong with a report, or that nothing is; the exit status."""
    lines, rows, omissions, faults = _opened(chosen.report, chosen.source, chosen.data)
    if faults:
        raise data.TableError(faults)
    found = problems(lines, rows, omissions, chosen.source)
    if not found:
        well = f"{len(rows)} figures stand where they should"
        print(f"{well}, and every number of the text is accounted for.")
    for problem in found:
        print(f"{chosen.report}, {problem}" if problem.startswith("line") else problem)
    return 1 if found else 0


def _listed(chosen):
    """Print the numbers of a report that are not accounted for, as rows; the exit status."""
    if isinstance(sys.stdout, TextIOWrapper):  # a file that a shell makes is UTF-8 on every system
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    lines, rows, omissions, _ = _opened(chosen.report, chosen.source, chosen.data)
    claimed = set()
    for table, file, column in ((rows, "", "as_printed"), (omissions, "", "text")):
        located = table[by_line(table)]
        claimed |= claims(lines, located, file, column)[0]
    left = to_fill_in(lines, claimed, chosen.source)
    for table, missing in zip((rows, omissions), left, strict=True):
        writer = csv.DictWriter(sys.stdout, table.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(missing)
    return 0


if __name__ == "__main__":
    sys.exit(main())
