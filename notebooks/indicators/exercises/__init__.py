"""Exercises: a question of the course with what is needed to answer it, a check in place, and hints.

What is typed is kept in `answers/` beside the notebooks, a file for each exercise, so that it is there again after a re-run, a restart or a day.
"""

import contextlib
import html
import json
import time
from pathlib import Path

import ipywidgets as widgets
from traitlets import TraitError

from .. import data
from ..data import reload
from ..data.files import replacing
from ..data.tables import nearest
from ..explorers.cell_widgets import close_parts, instead_of_earlier
from .course import COURSE
from .grading import UNITS, Choice, Code, Number, Row, Tables, plain

ANSWERS = Path(__file__).parents[2] / "answers"
WIDE, LABEL = {"width": "auto", "max_width": "900px"}, {"description_width": "60px"}
LATE = 1.5  # seconds: the page may send what was typed last after the press of the button that followed
MARKS = {True: "✓ ", False: "✗ ", None: ""}


def ask(name, answer=...):
    """The exercise of that name, as in `01-3`; one that asks for code judges `answer`. Raises LookupError for a name that is not in the course."""
    if name not in COURSE:
        raise LookupError(
            f"there is no exercise {name!r}{nearest(str(name), list(COURSE))}; they are {', '.join(COURSE)}"
        )
    return Exercise(name, answer)


class Exercise(widgets.VBox):
    """The form of one question: `controls` (`typed`, `unit`, `reason`), buttons (`check`, `hint`) and texts (`said`, `helped`, `trouble`).

    Shows as a widget; for a reader without a kernel, as what is asked for, which is the same whatever has been typed.
    """

    def __init__(self, name, answer=...):
        super().__init__(model_id=instead_of_earlier(self))
        self.name, self.question, self._answer = name, COURSE[name], answer
        self._kept, lost = _read(name)
        self.controls, rows = FORMS[type(self.question)](self.question)
        if self.question.argument:
            self.controls["reason"] = widgets.Textarea(
                placeholder=REASON,
                description="Reason",
                style=LABEL,
                layout=WIDE | {"height": "70px"},
            )
            rows.append(self.controls["reason"])
        self.check, self.hint = widgets.Button(description="Check"), widgets.Button()
        self.said, self.helped, self.trouble = (
            widgets.HTML(),
            widgets.HTML(),
            widgets.HTML(_line(lost)),
        )
        buttons = [self.hint] if isinstance(self.question, Code) else [self.check, self.hint]
        self.children = [*rows, widgets.HBox(buttons), self.said, self.helped, self.trouble]
        self.add_class("exercise")
        self._restore()
        self.check.on_click(lambda _: self._judge())
        self.hint.on_click(lambda _: self._help())

    def close(self):
        """Let go of all parts, in the kernel and in the page."""
        close_parts(self)
        super().close()

    @property
    def given(self):
        """What is typed and chosen, by control."""
        return {key: control.value for key, control in self.controls.items()}

    def _restore(self):
        for key, control in self.controls.items():
            with contextlib.suppress(TraitError):  # a choice that there is no more
                control.value = self._kept.get(key, control.value)
            control.observe(lambda change, key=key: self._change(key, change["new"]), "value")
        self._show_hints()
        if isinstance(self.question, Code) or self._kept.get("checked"):
            self._show()

    def _change(self, key, value):
        if key == "reason":
            return self._keep(reason=value)
        late = time.monotonic() - self._pressed < LATE
        self._keep(**{key: value, "checked": late})
        if late:
            return self._show()
        self.said.value = ""

    def _judge(self):
        self._pressed = time.monotonic()
        self._keep(checked=True)
        self._show()

    _pressed = -LATE  # when the button was pressed

    def _show(self):
        given = self._answer if isinstance(self.question, Code) else self.given
        judgement = self.question.judge(given, tables())
        self.said.value = _line(MARKS[judgement.right] + judgement.said, judgement.right)

    def _help(self):
        self._keep(hints=self._shown_hints + 1)
        self._show_hints()

    @property
    def _shown_hints(self):
        shown = self._kept.get("hints")
        return min(max(shown, 0), len(self.question.hints)) if isinstance(shown, int) else 0

    def _show_hints(self):
        shown, hints = self._shown_hints, self.question.hints
        self.hint.disabled = shown == len(hints)
        self.hint.description = (
            "No more hints" if self.hint.disabled else f"Hint {shown + 1} of {len(hints)}"
        )
        self.helped.value = "".join(_line(f"Hint: {hint}") for hint in hints[:shown])

    def _keep(self, **new):
        self._kept |= new
        self.trouble.value = _line(_write(self.name, self._kept))

    @property
    def asks(self):
        """What is asked for, in Markdown, for a reader without a kernel; the same whatever has been typed."""
        return f"*Exercise {self.name}.* Your answer: {self.question.asks}"

    def _repr_mimebundle_(self, **kwargs):
        return super()._repr_mimebundle_(**kwargs) | {
            "text/markdown": self.asks,
            "text/plain": self.asks.replace("*", ""),
        }


REASON = "Your reason, in two sentences: which figures, and what do they not say? It is kept with your answer; nobody checks it here."


def _number_form(question):
    typed = widgets.Text(
        placeholder=question.typed.rstrip(","),
        description="Answer",
        style=LABEL,
        layout={"width": "260px"},
    )
    units = [("choose a unit", ""), *((unit, unit) for unit in UNITS)]
    unit = widgets.Dropdown(
        options=units,
        description="in",
        style={"description_width": "24px"},
        layout={"width": "200px"},
    )
    return {"typed": typed, "unit": unit}, [
        widgets.HBox([typed, unit], layout={"flex_flow": "row wrap"})
    ]


def _choice_form(question):
    options = [(sentence, name) for name, (sentence, _) in question.options.items()]
    typed = widgets.RadioButtons(
        options=options, value=None, layout={"width": "auto", "max_width": "100%"}
    )
    return {"typed": typed}, [typed]


def _row_form(question):
    rows, searched = question.rows(tables()), question.searched(tables())
    narrow = widgets.Text(
        placeholder="a part of a name, a year or a source",
        description="Narrow",
        style=LABEL,
        layout={"width": "420px"},
    )
    options = [(text, key) for key, text in rows.items()]
    typed = widgets.Select(
        options=options,
        value=None,
        rows=8,
        description="Row",
        style=LABEL,
        layout={"width": "auto", "max_width": "1100px"},
    )

    def narrowed(change):
        words = plain(change["new"]).split()
        chosen = typed.value
        kept = [
            (text, key)
            for key, text in rows.items()
            if key == chosen or all(word in searched[key] for word in words)
        ]
        with typed.hold_trait_notifications():
            typed.options = kept
            typed.value = chosen

    narrow.observe(narrowed, "value")
    return {"typed": typed}, [narrow, typed]


FORMS = {
    Number: _number_form,
    Choice: _choice_form,
    Row: _row_form,
    Code: lambda question: ({}, []),
}


def tables():
    """What answers are computed from: the table of the bundle as its files are now; as they were, while they have a fault."""
    if not _kept_tables or reload.origin(_kept_tables[0].every).changed():
        with contextlib.suppress(ValueError, OSError) if _kept_tables else contextlib.nullcontext():
            _kept_tables[:] = [Tables(data.load())]
    return _kept_tables[0]


_kept_tables = []


def _line(text, right=None):
    """A text as a line that is read out when it comes; none for no text."""
    weight = "" if right is None else ";font-weight:bold"
    return (
        f"<div role='status' style='line-height:1.4{weight}'>{html.escape(text)}</div>"
        if text
        else ""
    )


def _read(name):
    """What was kept of an exercise, and what to say if it cannot be read; then the file is set aside."""
    kept = ANSWERS / f"{name}.json"
    try:
        found = json.loads(kept.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError("not a JSON object")
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError) as error:
        aside = kept.with_suffix(".unreadable.json")
        with contextlib.suppress(OSError):
            kept.replace(aside)
        return (
            {},
            f"answers/{kept.name} could not be read ({error}); it was set aside as answers/{aside.name}, and this answer begins anew.",
        )
    return found, ""


def _write(name, kept):
    """Keep what was typed; what to say if that is not possible."""
    try:
        ANSWERS.mkdir(exist_ok=True)
        with replacing(ANSWERS / f"{name}.json") as half_done:
            half_done.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        return f"Your answer is not kept: answers/{name}.json cannot be written ({error.strerror}). Save it elsewhere before you close the notebook."
    return ""
