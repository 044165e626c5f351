"""The lessons: a text a notebook (`lessons/*.md`), whose numbers are computed when it is read.

Another language has a folder of its own (`lessons/zh/`), with the same headings as keys. Beneath
each stands the hash of the English section that it renders: `editions` holds the two together.

A text in braces stands for words that the table gives. `{pm25 2015}` is a figure: measure (`level`
unless it is named), place, status and basis of counting may follow in any order, as in
`{real_gdp 2022 growth_rate china target}`. `FIELDS` has the others: `{verdict real_gdp 2020}`,
`{targets shaoxing 2025 met}`.
"""

import ast
import html
import json
import re
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .. import charts, data, growth, labels
from ..i18n import LANGUAGES, WORDS, chosen
from .answer_tables import Tables
from .course import COURSE, NOTEBOOKS
from .course.lookups import average_growth, where
from .grading import Code, Number
from .wording import listed, said

FOLDER = Path(__file__).with_name("lessons")
SECTIONS = [  # the headings of each text, in their order
    *("Aims", "Before the class", "Plan", "Views", "Handout", "讲义", "Groups"),
    *("Answers and mistakes", "Conclusion", "Reading", "Exercises", "Solution"),
]
HANDOUTS = {"en": "Handout", "zh": "讲义"}  # by language, the heading of the tasks for students
ONCE = (*HANDOUTS.values(), "Exercises", "Solution")  # that stand in the English file alone
FIELD = re.compile(r"\{(\w[^{}\n]*)\}")
CODE = re.compile(r"```python\n(.+?)\n```", re.DOTALL)
_HEAD = re.compile(r"^## (.+)\n(?:<!-- renders (\w*) -->\n)?", re.MULTILINE)
LESSON_YEARS = range(2015, 2028)  # for which targets are judged
BY_WORD = {name.replace(" ", "-"): name for name in charts.VERDICTS}  # as a field has them
CONDITIONS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {  # on targets, by word
    "known": lambda rows: rows["outcome"].notna(),
    "late": lambda rows: rows["published"].dt.year > rows["end"],
    "early": lambda rows: ~(rows["published"].dt.year > rows["end"]),
    "loose": lambda rows: rows["met_when_set"].eq(True),  # already met when it was set
    "firm": lambda rows: ~rows["met_when_set"].eq(True),
}
Row = Any  # a row of a table as a namedtuple


class Section(NamedTuple):
    """A section of a text as it is written."""

    file: str  # which it stands in, as `lessons/zh/00-start-here.md`
    text: str
    renders: str  # the hash of the section that it renders; of an English one, nothing


def sections(name: str, language: str = "en") -> dict[str, Section]:
    """The sections of a text in a language, by heading; none where there is no such text."""
    path = (FOLDER if language == "en" else FOLDER / language) / f"{name}.md"
    if not path.is_file():
        return {}
    file = path.relative_to(FOLDER.parent).as_posix()
    parts = _HEAD.split(path.read_text(encoding="utf-8"))[1:]
    return {
        heading: Section(file, text.strip(), renders or "")
        for heading, renders, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    }


def note_renders(file: str, heading: str, renders: str) -> None:
    """Write into the file of a section the hash of the one that it renders."""
    path = FOLDER.parent / file
    written = path.read_text(encoding="utf-8")
    head = next(each for each in _HEAD.finditer(written) if each[1] == heading)
    noted = f"## {heading}\n<!-- renders {renders} -->\n"
    changed = written[: head.start()] + noted + written[head.end() :]
    path.write_text(changed, encoding="utf-8", newline="\n")


class Lesson:
    """The text of one notebook in the current language, with numbers from `tables`.

    `name`: that of the notebook, without its ending. A section that a language does not have stays
    in English. Raises ValueError, which names file and field, for a field that the table cannot
    fill.
    """

    def __init__(self, name: str, tables: Tables):
        self.name, self._tables = name, tables
        self._sections = {each: sections(name) | sections(name, each) for each in LANGUAGES}

    @property
    def headings(self) -> list[str]:
        """The headings of the text, in its order."""
        return list(self._sections[chosen()])

    def section(self, heading: str) -> str:
        """The text of a section in Markdown, with its fields filled in."""
        written = self._sections[chosen()][heading]
        return self.filled(written.text, written.file)

    def filled(self, text: str, file: str = "") -> str:
        """A text whose fields are filled in; `file`: where it stands, if not in the lesson's."""
        file = file or f"lessons/{self.name}.md"
        return FIELD.sub(lambda field: self._filled(field, file), text)

    def items(self, heading: str) -> list[str]:
        """The numbered items of a section."""
        return re.findall(r"^\d\. (.+)", self.section(heading), re.MULTILINE)

    def rows(self, heading: str) -> list[list[str]]:
        """The cells of the table in a section, row by row, without its head."""
        lines = [line for line in self.section(heading).splitlines() if line.startswith("|")]
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]

    def code(self, heading: str) -> list[str]:
        """The blocks of Python in a section."""
        return CODE.findall(self._sections[chosen()][heading].text)

    def view(self, number: int = 0) -> Any:
        """What a block of code in `Views` shows; that of the first is the chart of the handout."""
        *steps, last = ast.parse(self.code("Views")[number]).body
        names = dict(self._names)
        exec(compile(ast.Module(steps, []), self.name, "exec"), names)
        return eval(compile(ast.Expression(last.value), self.name, "eval"), names)

    @cached_property
    def _names(self):
        """What the first cell of code of the notebook defines, which a reader has run before."""
        path = next(path for path in NOTEBOOKS if path.stem == self.name)
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        first = next(cell for cell in cells if cell["cell_type"] == "code")
        names: dict[str, Any] = {}
        exec("".join(first["source"]), names)
        return names

    def _filled(self, field, file):
        name, *words = field[1].split()
        fill = FIELDS.get(name, partial(_figure, indicator=name))
        try:
            text = str(fill(self, *words))
            return text if name in LINKED else plain(text)
        except (LookupError, TypeError, ValueError) as error:
            raise ValueError(f"{file}, {field[0]}: {error}") from None

    @cached_property
    def judged(self) -> pd.DataFrame:
        """The targets of all places, as from `growth.with_latest`."""
        drawn = self._tables.drawn
        return growth.with_latest(drawn, growth.verdicts(drawn, LESSON_YEARS))

    @property
    def tables(self) -> Tables:
        """The tables that the numbers are from."""
        return self._tables


def plain(text: str) -> str:
    """A text that Markdown leaves as it is."""
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", html.escape(text, quote=False))


def rounded(number: float, within: float) -> str:
    """A number as a person says it: as few decimals as keep it `within` the tolerance."""
    decimals = next((n for n in range(4) if 0.5 * 10**-n <= within * (1 + 1e-9)), 4)
    digits = f"{number:,.{decimals}f}"
    return (digits.rstrip("0").rstrip(".") if decimals else digits).replace("-", "−")


def answer_said(name: str, tables: Tables) -> str:
    """The right answer to an exercise as a person says it: its numbers rounded."""
    question = COURSE[name]
    if not isinstance(question, Number | Code):
        return question.answer_in_words(tables)
    wanted = question.answer(tables)
    if isinstance(wanted, pd.Series):
        numbers = {year: rounded(number, question.within) for year, number in wanted.items()}
        return listed(said("{}: {}", *each) for each in numbers.items())
    number = rounded(wanted, question.within)
    return said("{} {}", number, said(question.unit)) if isinstance(question, Number) else number


# --- fields ---


def _row(lesson, indicator, period, *words):
    """The one figure that the words of a field name; `every` after them: one that is not drawn."""
    table = lesson.tables.every if "every" in words else lesson.tables.drawn
    named = {word: kind for kind in ("measure", "status", "place") for word in set(table[kind])}
    keys = {named.get(word, "scope"): word for word in words if word != "every"}
    return growth.the(table, indicator, period, **keys)


def _figure(lesson, *words, indicator):
    return labels.figure(_row(lesson, indicator, *words))


def _target(lesson, indicator, year, place="shaoxing"):
    """The first target of a place for a year, as a row of its verdicts."""
    rows = where(lesson.judged, indicator=indicator, period=year, place=place)
    if rows.empty:
        raise LookupError(f"no target of {place} for {indicator} in {year}")
    return next(rows.itertuples())


def _targets_with(lesson, place, *words):
    """The targets of a place for 2016 to 2025 with a year, a verdict (`not-yet-known`) or more."""
    rows = lesson.judged[lesson.judged["end"].between(2016, 2025)]
    rows = where(rows, place=place)
    for word in words:
        if word.isdigit():
            rows = rows[rows["end"].eq(int(word))]
        elif word in CONDITIONS:
            rows = rows[CONDITIONS[word](rows)]
        else:
            rows = where(rows, verdict=BY_WORD[word])
    return rows


def _targets(lesson, *words):
    return len(_targets_with(lesson, *words))


def _aims(lesson, *words):
    return listed(map(labels.target, _targets_with(lesson, *words).itertuples()))


def _values(lesson, *names):
    """The values of several figures, each a period or an indicator, as in `pm25:2015:china`."""
    return [float(_row(lesson, *name.split(":")).value) for name in names]


def _ratio(lesson, one, other):
    first, second = _values(lesson, one, other)
    return f"{first / second:.2f}"


def _rise(lesson, start, end):
    first, last = _values(lesson, start, end)
    return f"{100 * (last / first - 1):.0f}%".replace("-", "−")


def _pace(lesson, start, end, years):
    return f"{average_growth(*_values(lesson, start, end), int(years)):.1f}%"


def _part(lesson, indicator, year):
    """The part of the nation's budget that a purpose has."""
    part, whole = _values(
        lesson, f"{indicator}:{year}:china", f"general_public_budget_expenditure:{year}:china"
    )
    return f"{100 * part / whole:.1f}%"


def _apart(lesson, one, other):
    first, second = _values(lesson, one, other)
    return f"{abs(first - second):.4g}"


def _decade(lesson, place):
    course = growth.course(lesson.tables.drawn, "real_gdp", "shaoxing", place, base=2015)
    return f"{labels.ranged(course.other, 0)}"


def _grown(lesson):
    course = growth.course(lesson.tables.drawn, "real_gdp", "shaoxing", "china", base=2015)
    return f"{labels.ranged(course.growth, 0)}"


def _slowest(lesson, place, best=False):
    """The year of a place in which the economy grew least, or most, with its rate."""
    rates = where(lesson.tables.drawn, indicator="real_gdp", place=place, status="actual")
    rates = where(rates, measure="growth_rate").sort_values("value", kind="stable")
    row = list(rates.itertuples())[-1 if best else 0]
    words = WORDS[chosen()]
    return words["forms"]["with"].format(
        words["card"]["year"].format(row.period), labels.figure(row)
    )


def _limit(lesson, benchmark):
    row = data.benchmarks().set_index("benchmark").loc[benchmark]
    return labels.amount(f"{row.value:g}", row.unit)


def _count(lesson, of, place, tier=""):
    """How many figures, sources or indicators there are of a place (or `everywhere`)."""
    rows = lesson.tables.every
    rows = rows if place == "everywhere" else where(rows, place=place)
    rows = where(rows, tier=tier) if tier else rows
    return len(rows) if of == "figures" else rows[of.removesuffix("s")].nunique()


def _share_of(lesson, of, place, tier):
    return f"{100 * _count(lesson, of, place, tier) / _count(lesson, of, place):.0f}%"


def _document(lesson, key):
    """A source by its title and date, as in Government work report 2021 (2021-02-02)."""
    row, *_ = where(lesson.tables.every, source=key).itertuples()
    return _dated(_title(row), row)


def _title(row):
    """The title of a source, in 《》 where that is usual."""
    title = labels.title(row).translate(str.maketrans("《》", "〈〉"))
    return title if title.isascii() else WORDS[chosen()]["cited"]["titled"].format(title)


def _dated(said, row):
    if pd.isna(row.published):
        return said
    return WORDS[chosen()]["forms"]["with"].format(said, f"{row.published:%Y-%m-%d}")


def _source(lesson, key):
    rows = where(lesson.tables.every, source=key)
    if rows.empty or not rows["url"].iloc[0]:
        raise LookupError(f"data/sources.csv has no source {key!r} with an address")
    row = next(rows.itertuples())
    form = WORDS[chosen()]["forms"]
    who, title = row.publisher, ", ".join(dict.fromkeys([row.title_en, row.title_zh]))
    if chosen() != "en":  # in its own language alone
        who, title = form["listed"].join(labels.publishers(who)[0]), _title(row)
    return _linked(who + form["colon"] + _dated(title, row), row.url)


def _linked(said, url):
    return plain(said) + WORDS[chosen()]["forms"]["stop"] + f"<{url}>"


def _benchmark_source(lesson, key):
    row = data.benchmarks().set_index("benchmark").loc[key]
    return _linked(f"{row.publisher}: {row.name_en}" if chosen() == "en" else row.name_zh, row.url)


def _answer(lesson, name):
    return answer_said(name, lesson.tables)


def _because(lesson, name):
    return COURSE[name].because(lesson.tables)


FIELDS: dict[str, Callable[..., Any]] = {
    "verdict": lambda lesson, *words: labels.verdict(_target(lesson, *words)),
    "aim": lambda lesson, *words: labels.target(_target(lesson, *words)),
    "targets": _targets,
    "aims": _aims,
    "document": _document,
    "ratio": _ratio,
    "rise": _rise,
    "part": _part,
    "pace": _pace,
    "apart": _apart,
    "decade": _decade,
    "grown": _grown,
    "slowest": _slowest,
    "fastest": partial(_slowest, best=True),
    "limit": _limit,
    "count": _count,
    "share_of": _share_of,
    "source": _source,
    "benchmark": _benchmark_source,
    "answer": _answer,
    "because": _because,
}
LINKED = {"source", "benchmark"}  # fields that give Markdown with an address
