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
NO_THEMES = ("all", "ten")  # keys of other choices in a list of themes
