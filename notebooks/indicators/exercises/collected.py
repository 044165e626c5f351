"""The answers that students have handed in, as one table for the lecturer.

Run in `notebooks/`: `python -m indicators.exercises.collected FOLDER answers.html` (or `.csv`).
Each answer is checked again; code is shown and never run.
"""

import hashlib
import html
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .. import i18n, labels
from ..data.files import replacing
from .answer_tables import Tables, tables
from .course import COURSE
from .grading import Code
from .hand_in import FORMAT, HANDED_IN, VERSION
from .wording import said

ANSWER_COLUMNS = [
    "who",
    "exercise",
    "answer",
    "code",
    "reason",
    "there",
    "here",
    "attempts",
    "hints",
]
LARGEST = 5_000_000  # bytes of a file of answers
WHOLE_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
  body {{ font: 15px/1.4 sans-serif; margin: 1.5em; max-width: 100em }}
  table {{ border-collapse: collapse; margin: 1em 0 }}
  th, td {{ border: 1px solid #bbb; padding: 0.25em 0.5em; text-align: left;
    vertical-align: top; white-space: pre-wrap; overflow-wrap: break-word }}
  th {{ background: #eee; position: sticky; top: 0 }}
  table:last-of-type td:nth-child(3), table:last-of-type td:nth-child(4) {{ min-width: 18em }}
  table:last-of-type td:nth-child(4) {{ font-family: monospace }}
  table:last-of-type td:nth-child(5) {{ min-width: 12em }}
  table:last-of-type td:nth-child(-n + 2) {{ white-space: nowrap }}
  @media print {{ body {{ margin: 0 }} tr {{ break-inside: avoid }} }}
</style>
<h1>{title}</h1>
{body}
<p>{limits}</p>
</html>
"""


class _Refused(Exception):
    """Why a file is not read, and the cure."""


class Collected(NamedTuple):
    """The answers as texts, a row each (a refused file has one with a note), and how many files."""

    answers: pd.DataFrame
    refused: dict[str, str]  # by file, why
    files: int


def collect(
    folder: Path, tables: Tables, language: str | None = None, besides: Path | None = None
) -> Collected:
    """The answers of all files in a folder and in the folders within it, in the order of names.

    `who` is the path of a file in it, without `.json`. `besides` is a file that is not read: an
    earlier table. Raises FileNotFoundError where there is no
    such folder or no file of answers in it.
    """
    words = i18n.WORDS[i18n.chosen(language)]["exercises"]
    if not folder.is_dir():
        raise FileNotFoundError(words["no_folder"].format(folder))
    inside = sorted(path for path in folder.rglob("*") if path.is_file())
    paths = [
        path
        for path in inside
        if not _is_hidden(path.relative_to(folder)) and path.resolve() != besides
    ]
    if not any(_is_json(path) for path in paths):
        raise FileNotFoundError(words["no_files"].format(folder))
    rows, refused, seen = [], {}, {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        who = name.removesuffix(path.suffix)
        try:
            answers = _read(path, words["refused"])
        except _Refused as why:
            refused[name] = f"{name}: {why}"
            rows.append({"who": who, "note": str(why)})
            continue
        digest = hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()
        same = words["notes"]["same"].format(seen[digest]) if digest in seen else ""
        seen.setdefault(digest, who)
        with i18n.speaking(i18n.chosen(language)):
            rows += [{"who": who} | _row(*each, same, tables, words) for each in answers.items()]
    frame = pd.DataFrame(rows, columns=[*ANSWER_COLUMNS, "note"]).fillna("")
    return Collected(frame, refused, len(paths) - len(refused))


def csv(answers: pd.DataFrame, language: str | None = None) -> str:
    """The table as CSV text, in which no spreadsheet takes an answer for a formula."""
    headings = i18n.WORDS[i18n.chosen(language)]["exercises"]["headings"]
    return answers.map(labels.harmless).rename(columns=headings).to_csv(index=False)


def page(found: Collected, language: str | None = None) -> str:
    """The tables as a page of HTML: by file, by exercise, and all answers."""
    words = i18n.WORDS[i18n.chosen(language)]["exercises"]
    answers = found.answers[found.answers["exercise"].ne("")]
    parts = [f"<p>{html.escape(line)}</p>" for line in found.refused.values()]
    for column, headings in (("who", words["by_file"]), ("exercise", words["by_exercise"])):
        parts.append(_table(headings, _counts(answers, column, words)))
    headings = [words["headings"][column] for column in answers]
    parts.append(_table(headings, answers.itertuples(index=False)))
    return WHOLE_PAGE.format(
        language=i18n.chosen(language),
        title=html.escape(words["collected"]),
        body="\n".join(parts),
        limits=html.escape(words["limits"]),
    )


def _is_hidden(path):
    return any(part.startswith((".", "__")) for part in path.parts)


def _is_json(path):
    return path.suffix.lower() == ".json"


def _read(path: Path, refused: dict[str, str]) -> dict[str, dict]:
    """The answers of a file, by exercise. Raises _Refused."""
    if not _is_json(path):
        raise _Refused(refused["kind"])
    try:
        if path.stat().st_size > LARGEST:
            raise _Refused(refused["large"])
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _Refused(refused["unreadable"].format(error.strerror)) from error
    except (ValueError, RecursionError) as error:
        raise _Refused(refused["json"].format(error)) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        single = isinstance(found, dict) and not {"typed", "reason", "hints"}.isdisjoint(found)
        raise _Refused(refused["single"].format(HANDED_IN) if single else refused["other"])
    if found.get("version") != VERSION:
        raise _Refused(refused["version"].format(found.get("version"), VERSION))
    answers = found.get("answers")
    if not isinstance(answers, dict) or not all(isinstance(it, dict) for it in answers.values()):
        raise _Refused(refused["other"])
    if not answers:
        raise _Refused(refused["empty"])
    return answers


def _row(name, kept, same, tables, words):
    """What the table says of an answer."""
    verdicts = {True: words["right"], False: words["wrong"], None: words["unchecked"]}
    there = kept.get("right") if kept.get("checked") is True else None
    here, told, remark = _checked_again(name, kept, there, tables, words["notes"])
    return {
        "exercise": _text(name),
        "answer": told,
        "code": _text(kept.get("code")),
        "reason": _text(kept.get("reason")),
        "there": verdicts[there] if isinstance(there, bool | None) else "?",
        "here": verdicts[here],
        "attempts": _text(kept.get("attempts")),
        "hints": _text(kept.get("hints")),
        "note": "; ".join(filter(None, [remark, same])),
    }


def _checked_again(name, kept, there, tables, notes):
    """The verdict here, the answer in words, and what is noted, for an answer and its verdict."""
    question, typed = COURSE.get(name), kept.get("typed")
    if question is None:
        return None, _text(typed), notes["unknown"]
    if kept.get("version", 1) != question.version:
        return None, _text(typed), notes["older"]
    answer, unit = question.restored(typed, tables), _text(kept.get("unit"))
    if answer is None:
        of_code = isinstance(question, Code) and typed is None
        note = notes["no_value" if of_code else "unreadable"]
        return None, _text(typed), "" if typed is None and there is None else note
    given = answer if isinstance(question, Code) else {"typed": answer, "unit": unit}
    # many give the same answer: each is judged once
    key = ("verdict", name, json.dumps(given))
    here = tables.once(key, lambda: question.judge(given, tables).right)
    told = " ".join(filter(None, [question.in_words(answer, tables), said(unit)]))
    if there is None or there is here:
        return here, told, ""
    return here, told, notes["altered" if kept.get("table") == tables.digest else "other_table"]


def _text(value: Any) -> str:
    """A value of JSON as a text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _counts(answers, column, words):
    """For each file, or each exercise: how many answers, right, wrong, not checked here."""
    for name, rows in answers.groupby(column, sort=True):
        verdicts = rows["here"].value_counts()
        kinds = (words["right"], words["wrong"], words["unchecked"])
        yield [name, len(rows), *(verdicts.get(kind, 0) for kind in kinds)]


def _table(headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    def line(cells, tag):
        return "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in cells)

    body = "\n".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
    return f"<table>\n<tr>{line(headings, 'th')}</tr>\n{body}\n</table>"


def main(folder: str, target: str, language: str = "en") -> None:
    """Write the table of a folder's answers to a file, and say what was not read."""
    words = i18n.WORDS[language]["exercises"]
    path = Path(target).expanduser().resolve()
    if path.suffix not in (".csv", ".html"):
        sys.exit(words["no_target"].format(target))
    try:
        found = collect(Path(folder).expanduser(), tables(), language, besides=path)
        is_csv = path.suffix == ".csv"
        text = csv(found.answers, language) if is_csv else page(found, language)
        with replacing(path) as half_done:
            # with a mark by which Excel knows UTF-8; a half of a character has no place there
            half_done.write_bytes(text.encode("utf-8-sig" if is_csv else "utf-8", "replace"))
    except OSError as error:
        sys.exit(str(error))
    for line in found.refused.values():
        print(line, file=sys.stderr)
    answers = int(found.answers["exercise"].ne("").sum())
    print(words["read"].format(target, answers, found.files))


if __name__ == "__main__":
    main(*sys.argv[1:])
