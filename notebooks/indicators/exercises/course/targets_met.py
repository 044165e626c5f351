"""Questions 04: were the targets met?"""

import math

from ..grading import Choice, Code, Number, Row
from .lookups import average_growth, in_words, value, where


def _needed(tables):
    """The growth rate (% a year) that leads GDP per capita to its target for 2025.

    It starts from the last level that is counted on the basis of 2020.
    """
    row = where(tables.targets, indicator="gdp_per_capita", period="2025").iloc[0]
    return average_growth(float(row["latest"]), float(row["value"]), 2025 - int(row["latest_year"]))


def _factor(tables):
    return value(tables, "gdp_per_capita", "2025", status="target") / value(
        tables, "gdp_per_capita", "2020"
    )


def _known(tables):
    return where(tables.targets, verdict=["met", "missed", "within rounding", "cannot be told"])


def _unknown(tables):
    return where(tables.targets, verdict="not yet known")


def _objection(tables):
    return "few" if len(_known(tables)) < len(_unknown(tables)) else "none"


QUESTIONS = {
    "04-1": Number(
        answer=_needed,
        because=lambda t: (
            f"It leads from {in_words(t, 'gdp_per_capita', '2020')} in 2020 to "
            f"{in_words(t, 'gdp_per_capita', '2025', status='target')} in 2025. It is arithmetic, "
            "not a forecast."
        ),
        unit="%",
        within=0.15,
        mistakes=(
            (
                lambda t: math.ceil(2 * _needed(t)) / 2,
                (
                    "There the slider says 2025 first, but it moves in steps of half a point: "
                    "compute the rate itself, from the levels of 2020 and 2025."
                ),
            ),
            (
                lambda t: math.floor(2 * _needed(t)) / 2,
                (
                    "There the slider says 2026 last, and it moves in steps of half a point: "
                    "compute the rate itself, from the levels of 2020 and 2025."
                ),
            ),
            (
                lambda t: 100 * (_factor(t) - 1) / 5,
                (
                    "That is a fifth of the total growth. Growth compounds: take the fifth root of "
                    "the ratio instead."
                ),
            ),
            (
                lambda t: 100 * (_factor(t) - 1),
                "That is the growth over all five years, not of a year.",
            ),
            (
                lambda t: average_growth(
                    value(t, "gdp_per_capita", "2021"),
                    value(t, "gdp_per_capita", "2025", status="target"),
                    4,
                ),
                (
                    "That starts from the level of 2021, which is counted on another basis: with "
                    "the residents of the new census."
                ),
            ),
        ),
        hints=(
            (
                "Move the slider “If it moved by” until the mark of GDP per capita says 2025 and "
                "no longer 2026."
            ),
            (
                "Between two positions of the slider, compute: the level of 2020 stands in the "
                "tooltip."
            ),
        ),
    ),
    "04-2": Row(
        answer=lambda t: t.targets[
            t.targets["verdict"].eq("met")
            & t.targets["another_basis"].eq(True)
            & t.targets["period"].eq("2025")
        ],
        because=lambda t: (
            "Its outcome is counted on another basis than the level from which the target was set, "
            "so a part of the distance may be counting, not growth."
        ),
        among=lambda t: t.targets[t.targets["end"] == 2025],
        hints=(
            (
                "Choose the year 2025. An asterisk after a verdict says that the basis is another, "
                "or not stated."
            ),
            "“Met” with an asterisk: point at the mark and read the basis of the outcome.",
        ),
    ),
    "04-3": Choice(
        answer=_objection,
        because=lambda t: (
            f"Of {len(t.targets)} targets {len(_known(t))} have a printed outcome, by which "
            f"{len(where(t.targets, verdict='met'))} were met, and {len(_unknown(t))} have none "
            "that was found."
        ),
        options={
            "none": (
                "None: a share among those that can be judged is all that anyone can give.",
                "Count how many can be judged, and ask who chose to print them.",
            ),
            "few": (
                (
                    "Outcomes are printed for a few of the targets only, and those who print them "
                    "may prefer good news."
                ),
                "Count again how many targets have an outcome.",
            ),
            "rounding": (
                "Rounding: most of these verdicts lie within it.",
                "Which verdicts say ‘within rounding’?",
            ),
            "bound": (
                "Bounds: a target of ‘at least’ cannot be met exactly, and so not at all.",
                "‘At least’ is met by as much or more.",
            ),
        },
        argument=(
            "The sentence is true and misleads: it counts among the targets whose outcome is "
            "known, and knowing is not chance. What was not printed may have been missed, "
            "postponed, or just counted elsewhere. A fair sentence gives all three numbers, met, "
            "missed and not known, and says that the last is the largest."
        ),
        hints=(
            "The line above the chart counts the targets of the chosen year by their verdict.",
            "Choose all years: how many are ‘not yet known’?",
        ),
    ),
    "04-4": Code(
        answer=lambda t: 100 * len(_unknown(t)) / len(t.targets),
        because=lambda t: (
            f"{len(_unknown(t))} of {len(t.targets)}: most of what was announced cannot be judged "
            "from what was printed and found."
        ),
        within=0.1,
        mistakes=(
            (
                lambda t: 100 * len(_known(t)) / len(t.targets),
                "That is the share of those that are known.",
            ),
            (
                lambda t: float(len(_unknown(t))),
                "That is how many; the question asks for per cent.",
            ),
            (
                lambda t: len(_unknown(t)) / len(t.targets),
                "That is the part of 1; make per cent of it.",
            ),
        ),
        hints=(
            'targets[targets["verdict"] == "not yet known"] has their rows.',
            "len(…) counts rows; per cent of all is 100 * part / whole.",
        ),
    ),
}
