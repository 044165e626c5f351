"""Words of the table that several rules ask about."""

FACT = ("indicator", "place", "measure", "period", "status", "scope")  # what a figure speaks of
SERIES = ("indicator", "place", "measure")  # figures that can be compared with one another
KEY = ["indicator", "place", "measure", "period", "status", "bound", "scope", "source"]
RATES = ["growth_rate", "average_growth_rate"]
AMOUNTS = ("level", "cumulative", "share")  # measures that cannot be below zero
OF_SPANS = ("average_growth_rate", "cumulative")  # measures of several years together
RANGE_ENDS = ("at_least", "at_most")  # bounds that may say of one fact two things, its two ends
NUMBER = r"-?(?=[0-9.]{1,16}$)(0|[1-9][0-9]*)(\.[0-9]+)?"
FORMULA_MARKS = "=+-@＝＋－＠"  # a spreadsheet may run a text that begins with one of them
BEFORE_LINES = "; line "  # in a locator, between part and section of a text and its lines
NO_THEMES = ("all", "ten")  # keys of other choices in a list of themes


def lines_of(locator: str) -> tuple[str, str]:
    """Part and section that a locator names, if any, and its lines.

    ("part II, goal 6", "77") of "part II, goal 6; line 77"; ("", "19/20") of "19/20"; ("page", "")
    of "page".
    """
    where, _, lines = locator.rpartition(BEFORE_LINES)
    return (where, lines) if lines[:1].isdigit() else (locator, "")
