"""Questions 04: were the targets met?"""

import math

from ..grading import Choice, Code, Number, Row
from ..wording import said
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


def _for_2025(tables, **keys):
    return where(tables.targets[tables.targets["end"] == 2025], **keys)


def _known(tables):
    return where(tables.targets, verdict=["met", "missed", "within rounding", "cannot be told"])


def _unknown(tables):
    return where(tables.targets, verdict="not yet known")


def _objection(tables):
    return "few" if len(_known(tables)) < len(_unknown(tables)) else "none"


QUESTIONS = {
    "04-1": Number(
        answer=_needed,
        because=lambda t: said(
            "It leads from {} in 2020 to {} in 2025. It is arithmetic, not a forecast.",
            in_words(t, "gdp_per_capita", "2020"),
            in_words(t, "gdp_per_capita", "2025", status="target"),
        ),
        unit="%",
        within=0.15,
        mistakes=(
            (
                lambda t: math.ceil(2 * _needed(t)) / 2,
                (
                    "At that position the slider first says 2025, but it moves in steps of half "
                    "a point: compute the rate itself, from the levels of 2020 and 2025."
                ),
            ),
            (
                lambda t: math.floor(2 * _needed(t)) / 2,
                (
                    "At that position the slider last says 2026, and it moves in steps of half "
                    "a point: compute the rate itself, from the levels of 2020 and 2025."
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
                "That is the growth over all five years, not the growth rate of one year.",
            ),
            (
                lambda t: average_growth(
                    value(t, "gdp_per_capita", "2021"),
                    value(t, "gdp_per_capita", "2025", status="target"),
                    4,
                ),
                (
                    "That starts from the level of 2021, which is counted on another basis: its "
                    "residents are those of the new census."
                ),
            ),
        ),
        hints=(
            (
                "Move the slider “If it moved by” until the mark of GDP per capita says 2025 and "
                "no longer 2026."
            ),
            (
                "The exact rate lies between two positions of the slider: compute it. The level of "
                "2020 is in the tooltip."
            ),
            "There are five steps: (target / level of 2020) to the power of 1/5, less 1, in %.",
        ),
    ),
    "04-2": Row(
        answer=lambda t: t.targets[
            t.targets["verdict"].eq("met")
            & t.targets["another_basis"].eq(True)
            & t.targets["period"].eq("2025")
        ],
        because=lambda t: said(
            "Its outcome is counted on another basis than the level from which the target was set, "
            "so a part of the difference may be due to counting, not to growth."
        ),
        among=lambda t: t.targets[t.targets["end"] == 2025],
        mistakes=(
            (
                lambda t: _for_2025(t, indicator="real_gdp"),
                "It was met, but a growth rate is compared with the year before, on one basis.",
            ),
            (
                lambda t: _for_2025(t, indicator="gdp_per_capita"),
                "Later levels of it are on another basis, but no outcome for 2025 is known.",
            ),
            (
                lambda t: _for_2025(t, indicator=["pm25", "good_air_days"]),
                "It was reached before 2025, but no outcome for 2025 itself is known.",
            ),
            (
                lambda t: _for_2025(t, indicator=["urbanisation_rate", "urban_rural_income_ratio"]),
                "It may be near its target, but no outcome for 2025 is known.",
            ),
        ),
        hints=(
            "First see which targets for 2025 have an outcome at all: most have none.",
            (
                "Choose the year 2025. Point at a mark: the verdict says where the basis is "
                "another or not stated."
            ),
            "Look only at the targets that were met, and read the basis of each outcome.",
        ),
    ),
    "04-3": Choice(
        answer=_objection,
        because=lambda t: said(
            "Of {} targets, {} have a published outcome, and {} of these were met. For {}, no "
            "outcome was found.",
            len(t.targets),
            len(_known(t)),
            len(where(t.targets, verdict="met")),
            len(_unknown(t)),
        ),
        options={
            "none": (
                "None: a share among those that can be judged is all that anyone can give.",
                "Count how many can be judged, and ask who chose to publish these outcomes.",
            ),
            "few": (
                (
                    "Outcomes were published for only a few of the targets, and those who publish "
                    "them may prefer good news."
                ),
                "Count again how many targets have an outcome.",
            ),
            "rounding": (
                "Rounding: most of these verdicts are within rounding.",
                "Which verdicts say ‘within rounding’?",
            ),
            "bound": (
                "Bounds: a target of ‘at least’ cannot be met exactly, so it cannot be met.",
                "A target of ‘at least’ is met by that number or more.",
            ),
        },
        argument=(
            "The sentence is true, but it misleads: it counts only the targets with a known "
            "outcome, and which outcomes are known is not a matter of chance. A target without a "
            "published outcome may have been missed, postponed or only counted elsewhere. A fair "
            "sentence gives all three numbers (met, missed, not yet known) and says that the last "
            "is the largest."
        ),
        hints=(
            "What would a newspaper count, and what would it leave out?",
            "The list Verdict counts the targets of the chosen year by their verdict.",
            "Choose all years: how many are ‘not yet known’, of how many in all?",
        ),
    ),
    "04-4": Code(
        answer=lambda t: 100 * len(_unknown(t)) / len(t.targets),
        because=lambda t: said(
            "{} of {}: this share of the targets cannot be judged from the outcomes that were "
            "found.",
            len(_unknown(t)),
            len(t.targets),
        ),
        within=0.1,
        mistakes=(
            (
                lambda t: 100 * len(_known(t)) / len(t.targets),
                "That is the share of the targets whose outcome is known.",
            ),
            (
                lambda t: float(len(_unknown(t))),
                "That is how many there are; the question asks for a share in per cent.",
            ),
            (
                lambda t: len(_unknown(t)) / len(t.targets),
                "That is a fraction; multiply it by 100 to get per cent.",
            ),
        ),
        hints=(
            "First take the rows with this verdict, then count: part over whole.",
            'targets["verdict"] == "not yet known" is true for them; targets[…] takes such rows.',
            "len(…) counts rows: of these, and of targets. Per cent is 100 * part / whole.",
        ),
    ),
}
