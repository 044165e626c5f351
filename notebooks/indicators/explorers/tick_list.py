"""A list with ticks, of which several can be chosen without a second key."""

from pathlib import Path

import anywidget
import traitlets

from .controls import slugs

SCRIPT, STYLE = (
    Path(__file__).with_suffix(ending).read_text(encoding="utf-8") for ending in (".js", ".css")
)


class TickList(anywidget.AnyWidget):
    """A list of which several can be chosen by mouse, touch or keys: a press ticks or unticks.

    `options`: values, or pairs of name and value; `value`: the chosen ones, in the order in which
    they were chosen; `description`: what the list is called; `rows`: so many are in sight.

    With `groups`, pairs of a heading and the values beneath it, the chosen ones stand first, too,
    under `words["chosen"]`. The page narrows the list by itself, and what is chosen stays: to
    values whose text in `found_by` (else their name) has every word of `search`, and to the group
    of the number `group`, from 1; 0 for all. If none is left, it says `words["nothing"]`.

    Raises TraitError for a value that is not among the options.
    """

    _css = STYLE
    _esm = SCRIPT
    options = traitlets.Any(()).tag(sync=True)
    value = traitlets.Tuple().tag(sync=True)
    description = traitlets.Unicode().tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)
    rows = traitlets.Int(5).tag(sync=True)
    groups = traitlets.List().tag(sync=True)
    group = traitlets.Int(0).tag(sync=True)
    search = traitlets.Unicode().tag(sync=True)
    found_by = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict({"chosen": "", "nothing": ""}).tag(sync=True)

    @traitlets.validate("options")
    def _as_pairs(self, proposal):
        given = proposal["value"]
        return tuple(each if isinstance(each, tuple) else (str(each), each) for each in given)

    @traitlets.validate("value")
    def _among_the_options(self, proposal):
        known, value = slugs(self), proposal["value"]
        if unknown := [each for each in value if each not in known]:
            raise traitlets.TraitError(f"{unknown[0]!r} is not among the options")
        return tuple(dict.fromkeys(value))

    @traitlets.observe("options")
    def _let_go(self, change):
        """Choose no longer what is no longer offered."""
        known = slugs(self)
        self.value = tuple(each for each in self.value if each in known)
