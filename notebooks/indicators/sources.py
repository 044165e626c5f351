"""Check a report's text against the table: `python -m indicators.sources REPORT.txt`, run in the folder `notebooks`.

Every row of the report must stand where its locator says, as printed, with its number; and every number of the text must
be accounted for: claimed by a row, or listed in `data/omissions.csv` with the reason why it is no figure. Prints what is
wrong and ends with status 1; status 2 if the text cannot be read or is not that report.
"""

import argparse
import re
import sys
from pathlib import Path

from . import data

SOURCE = "report-2021"
DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
OTHER_REPORT = 0.5  # with more than this share of rows not found, the text is taken for another report


class ReportError(ValueError):
    """A text that cannot be checked; the message says why and what to do."""


def read_report(path):
    """The lines of a report's text, by number (from 1), without white space. Raises ReportError."""
    try:
        text = Path(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReportError(f"{path}: the text is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: the file cannot be read ({getattr(error, 'strerror', None) or error})") from None
    return {number: re.sub(r"\s+", "", line) for number, line in enumerate(text.split("\n"), start=1)}


def spans(lines, locator, printed):
    """Where the pieces of `printed` (between …) stand, in order: (line, start, end) of each, or None if one is missing.

    Of several places, the shortest stretch that holds all pieces is taken.
    """
    numbers = [int(number) for number in locator.split("/")]
    text = "".join(lines.get(number, "") for number in numbers)
    pieces = [re.escape(re.sub(r"\s+", "", piece)) for piece in printed.split("…")]
    pattern = "(?=(" + ".*?".join(f"({piece})" for piece in pieces) + "))"
    found = min(re.finditer(pattern, text), key=lambda match: len(match[1]), default=None)
    if found is None:
        return None
    first = len(lines.get(numbers[0], ""))
    places = []
    for group in range(2, len(pieces) + 2):
        start, end = found.span(group)
        places.append((numbers[0], start, end) if start < first else (numbers[-1], start - first, end - first))
    return places


def problems(lines, rows, omissions):
    """What is wrong between a report (lines by number), its rows of the table, and the list of omissions."""
    found, claimed = [], []
    for row in rows.itertuples():
        name = f"{row.indicator} {row.measure} {row.period} {row.status}"
        places = spans(lines, row.locator, row.as_printed)
        if places is None:
            found.append(f"{name}: line {row.locator} does not have {row.as_printed!r}")
        claimed += places or []
        in_words = "Printed in words" in row.note
        if not in_words and row.printed.lstrip("-") not in DIGITS.findall(row.as_printed):
            found.append(f"{name}: the number {row.printed} is not in {row.as_printed!r}")
    for row in omissions.itertuples():
        places = spans(lines, row.locator, row.text)
        if places is None:
            found.append(f"omissions.csv: line {row.locator} does not have {row.text!r}")
        claimed += places or []
    if len(rows) and sum("does not have" in problem for problem in found) > OTHER_REPORT * len(rows):
        raise ReportError(f"most rows of {SOURCE} are not in this text: it is another report, or its lines are broken in another way")
    return found + unaccounted(lines, claimed)


def unaccounted(lines, claimed):
    """Every number of the text that no row and no omission claims, with what stands around it."""
    left = []
    for number, line in lines.items():
        for digits in DIGITS.finditer(line):
            if not any(at == number and start <= digits.start() and digits.end() <= end for at, start, end in claimed):
                around = line[max(0, digits.start() - 8) : digits.end() + 8]
                left.append(f"line {number}: the number {digits[0]} is neither a figure nor an omission (…{around}…)")
    return left


def main(arguments=None):
    """Check the report named on the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m indicators.sources", description="Check a report's text against the table.")
    parser.add_argument("report", help=f"the text of the report ({SOURCE}), UTF-8")
    parser.add_argument("--data", default=data.DATA, help="the data folder (default: that of the bundle)")
    chosen = parser.parse_args(arguments)
    try:
        table = data.load(chosen.data)
        rows = table[table["source"] == SOURCE]
        omissions, _ = data.read(Path(chosen.data))
        omissions = omissions["omissions"].query("source == @SOURCE")
        lines = read_report(chosen.report)
        found = problems(lines, rows, omissions)
    except (ReportError, data.TableError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(found) or f"{len(rows)} figures stand where they should, and every number of the text is accounted for.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
