"""What controls share: their looks, and choices that have a name in each language."""

import html
from collections.abc import Mapping

import ipywidgets as widgets
import traitlets


def buttons(options: list, value: object) -> widgets.ToggleButtons:
    """Buttons of which one is pressed."""
    return widgets.ToggleButtons(options=options, value=value, style={"button_width": "auto"})


def small_print(text: str) -> str:
    """A text as small print in HTML, escaped; nothing for no text."""
    style = "font-size:smaller;line-height:1.4"
    return f"<div style='{style}'>{html.escape(text)}</div>" if text else ""


def line(text: str) -> str:
    """A text in HTML, of which one line is seen until it is opened; nothing for no text."""
    return text and f"<details><summary>{html.escape(text)}</summary></details>"


def slugs(control: widgets.Widget) -> list:
    """The values that a control offers, without their names."""
    return [option[1] if isinstance(option, tuple) else option for option in control.options]


def rename(control: widgets.Widget, names: Mapping) -> None:
    """Give the choices of a control, which stay the same, the names that `names` has for them."""
    offer(control, {slug: names.get(slug, slug) for slug in slugs(control)})


def offer(control: widgets.Widget, names: Mapping) -> None:
    """Let a control offer choices, with their names; what is chosen must be among them."""
    value, options = control.value, [(str(name), slug) for slug, name in names.items()]
    if list(control.options) != options:
        with control.hold_sync():  # else the page would hear of no choice in between
            control.options = options
            control.value = value
            if control.has_trait("slugs"):
                tell_slugs(control)


def tell_slugs(control: widgets.Widget) -> None:
    """Tell the page the values of a control's choices; it knows only their names and positions."""
    if not hasattr(control, "options"):
        return
    if not control.has_trait("slugs"):
        control.add_traits(slugs=traitlets.List().tag(sync=True))
    control.slugs = slugs(control)


def disable(control: widgets.Widget, reason: str) -> None:
    """Disable a control for a reason, which its tooltip then says, or enable it without one."""
    control.disabled, control.tooltip = bool(reason), reason or None
