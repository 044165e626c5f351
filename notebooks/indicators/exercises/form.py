"""The widgets of a question: controls to answer it, a check in place, and hints."""

import contextlib
import html
import time
from typing import Any

import ipywidgets as widgets
from IPython.display import display
from traitlets import TraitError

from .. import i18n
from ..charts import front_end
from ..explorers.cell_widgets import close_parts, instead_of_earlier
from ..explorers.page_controls import PageControls
from . import hand_in, storage
from .answer_tables import tables
from .code_cells import Stopped
from .comparison import folded
from .course import COURSE
from .grading import UNITS, Choice, Code, Number, Row
from .wording import said

BREADTH = {"width": "auto", "max_width": "900px"}
NAMED = {"description_width": "60px"}
LATE = 1.5  # seconds in which the page may send what was typed before the press of a button
MARKS = {True: "✓ ", False: "✗ ", None: ""}
REASON = (
    "Your reason, in two sentences: which figures, and what do they not say? It is kept with your "
    "answer; nobody checks it here."
)


class Exercise(widgets.VBox):
    """The form of one question.

    `controls`, by name: `typed`, `unit`, `reason`, as far as the question has them. Buttons:
    `check`, `hint`, `hand_in`. Texts (HTML): `message` about the answer, `hints`, `trouble` with
    what is kept, `handed_in`. To a question that asks for code, `answer` is what `code` gives.

    Shows as a widget. A reader without a kernel sees what is asked for, which is the same whatever
    has been typed.
    """

    def __init__(self, name: str, answer: Any = ..., code: str = ""):
        super().__init__(model_id=instead_of_earlier(self))
        self.name, self.question, self._answer, self._code = name, COURSE[name], answer, code
        self._kept, lost = storage.read(name)
        self._changed: dict[str, Any] = {}  # what of that is not in its file
        self._pressed = -LATE  # when the button was pressed last
        self._counted = False  # as an attempt, since then
        self.controls, rows = CONTROLS_OF[type(self.question)](self.question)
        if self.question.argument:
            self.controls["reason"] = _reason()
            rows.append(self.controls["reason"])
        self.check, self.hint = widgets.Button(description=said("Check")), widgets.Button()
        self.hand_in = widgets.Button(description=i18n.WORDS[i18n.chosen()]["exercises"]["hand_in"])
        self.message, self.hints, self.handed_in = (widgets.HTML() for _ in range(3))
        self.trouble = widgets.HTML(_line(lost and said("{} This answer begins anew.", lost)))
        buttons = [self.hint, self.hand_in]
        if not isinstance(self.question, Code):
            buttons.insert(0, self.check)
        texts = [self.message, self.hints, self.trouble, self.handed_in]
        self.children = [*rows, widgets.HBox(buttons), *texts, PageControls()]
        self.add_class("exercise")
        self._restore()
        self.check.on_click(lambda _: self._judge())
        for control in self.controls.values():
            control.on_msg(self._hear)
        self.hint.on_click(lambda _: self._give_hint())
        self.hand_in.on_click(lambda _: self._hand_in())

    def close(self) -> None:
        """Let go of all parts, in the kernel and in the page."""
        close_parts(self)
        super().close()

    @property
    def given(self) -> dict[str, Any]:
        """What is typed and chosen, by control."""
        return {key: control.value for key, control in self.controls.items()}

    def _restore(self):
        for key, control in self.controls.items():
            if key in self._kept:
                kept = self._kept[key]
                value = self.question.restored(kept, tables()) if key == "typed" else kept
                with contextlib.suppress(TraitError):  # the choice is not offered any more
                    control.value = value
            control.observe(lambda change, key=key: self._change(key, change["new"]), "value")
        self._show_hints()
        if isinstance(self.question, Code):
            self._judge()
        elif self._kept.get("checked"):
            self._show()

    def _change(self, key, value):
        if getattr(self.controls[key], "offering", False):
            return None
        if key == "reason":
            return self._keep(reason=value)
        late = time.monotonic() - self._pressed < LATE
        self._keep(**{key: value, "checked": late})
        if late:
            return self._judge_given()
        self.message.value = ""

    def _hear(self, control, content, buffers):
        """Enter in a line of text is a press of *Check*."""
        if content.get("event") == "submit":
            self._judge()

    def _judge(self):
        self._pressed, self._counted = time.monotonic(), False
        self._judge_given()

    def _judge_given(self):
        """Judge what is given, show and keep the verdict, and count it as an attempt if it is new.

        What comes late belongs to the attempt that has been counted.
        """
        judged = self._show()
        if self._answer is ... and isinstance(self.question, Code):
            return
        judged_answer = self._as_kept()
        attempts = self._kept.get("attempts")
        attempts = attempts if isinstance(attempts, int) else 0
        if judged.right is not None and judged_answer != self._kept.get("judged"):
            attempts, self._counted = attempts + (not self._counted), True
        verdict = {"right": judged.right, "attempts": attempts, "judged": judged_answer}
        about = {"version": self.question.version, "table": tables().digest, "checked": True}
        new = {**judged_answer, **verdict, **about}
        if any(self._kept.get(key, ...) != value for key, value in new.items()):
            self._keep(**new)

    def _as_kept(self):
        """The answer as JSON has it."""
        if isinstance(self.question, Code):
            return {"typed": self.question.kept(self._answer), "code": self._code}
        given = {key: value for key, value in self.given.items() if key != "reason"}
        return {key: list(it) if isinstance(it, tuple) else it for key, it in given.items()}

    def _show(self):
        given = self._answer if isinstance(self.question, Code) else self.given
        judged = self.question.judge(given, tables())
        self.message.value = _line(MARKS[judged.right] + judged.message, judged.right)
        return judged

    def _hand_in(self):
        self.handed_in.value = _line(hand_in.write())

    def _give_hint(self):
        self._keep(hints=self._shown_hints + 1)
        self._show_hints()

    @property
    def _shown_hints(self):
        shown = self._kept.get("hints")
        return min(max(shown, 0), len(self.question.hints)) if isinstance(shown, int) else 0

    def _show_hints(self):
        shown, hints = self._shown_hints, self.question.hints
        self.hint.disabled = shown == len(hints)
        more = said("Hint {} of {}", shown + 1, len(hints))
        self.hint.description = said("No more hints") if self.hint.disabled else more
        told = (said("Hint: {}", said(hint)) for hint in hints[:shown])
        self.hints.value = "".join(map(_line, told))

    def _keep(self, **new):
        self._kept |= new
        self._changed |= new
        self.trouble.value = _line(storage.write(self.name, self._kept, self._changed))

    @property
    def asks(self) -> str:
        """What is asked for, in Markdown; the same whatever has been typed."""
        return said("*Exercise {}.* Your answer: {}", self.name, self.question.asks)

    def _repr_mimebundle_(self, **kwargs):
        without_kernel = {"text/markdown": self.asks, "text/plain": self.asks.replace("*", "")}
        living = super()._repr_mimebundle_(**kwargs) if front_end.attended() else {}
        return living | without_kernel


def show_stopped(name: str, code: str, stopped: Stopped) -> bool:
    """Show the form of an exercise whose code has an error; False if it asks for no code."""
    if not isinstance(COURSE.get(name), Code):
        return False
    display(Exercise(name, stopped, code))
    return True


def _number_form(question):
    typed = widgets.Text(
        placeholder=question.placeholder,
        description=said("Answer"),
        style=NAMED,
        layout={"width": "260px"},
    )
    unit = widgets.Dropdown(
        options=[(said("choose a unit"), ""), *((said(unit), unit) for unit in UNITS)],
        description=said("in"),
        style={"description_width": "initial"},
        layout={"width": "200px"},
    )
    line = widgets.HBox([typed, unit], layout={"flex_flow": "row wrap"})
    return {"typed": typed, "unit": unit}, [line]


def _choice_form(question):
    typed = widgets.RadioButtons(
        options=[(said(sentence), name) for name, (sentence, _) in question.options.items()],
        value=None,
        layout={"width": "auto", "max_width": "100%"},
    )
    return {"typed": typed}, [typed]


class _Rows(widgets.Select):
    """A list whose choice stays while other rows are offered."""

    offering = False  # meanwhile another row may be chosen for a moment

    def offer(self, rows: list[tuple[str, Any]]) -> None:
        """Offer rows, with their names, of which the chosen one is one."""
        chosen, self.offering = self.value, True
        try:
            with self.hold_sync():  # list and choice together: one made in between is not undone
                self.options, self.value = rows, chosen
        finally:
            self.offering = False


def _row_form(question):
    rows, searched = question.rows(tables()), question.searched(tables())
    narrow = widgets.Text(
        placeholder=said("a part of a name, a year or a source"),
        description=said("Narrow"),
        style=NAMED,
        layout={"width": "420px", "max_width": "calc(100% - 4px)"},
    )
    typed = _Rows(
        options=[(text, key) for key, text in rows.items()],
        value=None,
        rows=8,
        description=said("Row"),
        style=NAMED,
        layout={"width": "auto", "max_width": "1100px"},
    )

    def narrowed(change):
        words, chosen = folded(change["new"]).split(), typed.value
        found = [key for key in rows if all(word in searched[key] for word in words)]
        typed.offer([(text, key) for key, text in rows.items() if key == chosen or key in found])

    narrow.observe(narrowed, "value")
    return {"typed": typed}, [narrow, typed]


def _reason():
    return widgets.Textarea(
        placeholder=said(REASON),
        description=said("Reason"),
        style=NAMED,
        layout=BREADTH | {"height": "70px"},
    )


# For each kind of question, a function that makes its controls, by name, and their lines.
CONTROLS_OF = {
    Number: _number_form,
    Choice: _choice_form,
    Row: _row_form,
    Code: lambda question: ({}, []),
}


def _line(text, right=None):
    """A text as a line that is read out when it comes; "" for no text."""
    weight = "" if right is None else ";font-weight:bold"
    style = f"line-height:1.4;white-space:pre-wrap{weight}"
    return f"<div role='status' style='{style}'>{html.escape(text)}</div>" if text else ""
