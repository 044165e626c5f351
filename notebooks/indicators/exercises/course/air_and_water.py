"""Questions 02: did the air and the water get better?"""

from ...growth import looser, the
from ..grading import Choice, Code, Number, Row
from ..wording import said
from .lookups import in_words, value, where


def _ambition(tables):
    target = the(tables.city, "pm25", "2025", status="target")
    return "looser" if looser(target, the(tables.drawn, "pm25", "2020")) else "tighter"


def _benchmark(tables, name):
    return float(tables.benchmarks.set_index("benchmark")["value"][name])


def _above(tables, year="2023", benchmark="who-2021"):
    return value(tables, "pm25", year) - _benchmark(tables, benchmark)


QUESTIONS = {
    "02-1": Number(
        answer=lambda t: 100 * (value(t, "pm25", "2020") / value(t, "pm25", "2015") - 1),
        because=lambda t: said(
            "From {} to {}.", in_words(t, "pm25", "2015"), in_words(t, "pm25", "2020")
        ),
        unit="%",
        within=0.5,
        mistakes=(
            (
                lambda t: value(t, "pm25", "2020") - value(t, "pm25", "2015"),
                "That is the change in µg/m³; the question asks for per cent of the level of 2015.",
            ),
            (
                lambda t: 100 * (value(t, "pm25", "2015") / value(t, "pm25", "2020") - 1),
                "That is by how many per cent 2015 lies above 2020; the base is 2015.",
            ),
            (
                lambda t: 100 * value(t, "pm25", "2020") / value(t, "pm25", "2015"),
                (
                    "That is what was left in % of 2015, or the fall without its minus: the change "
                    "is that less 100."
                ),
            ),
        ),
        hints=(
            "The question is about per cent of the level of 2015, not about µg/m³.",
            "The view “index” with the base year 2015 sets the level of 2015 to 100.",
            "Read the index of 2020 and subtract 100; a fall has a minus before it.",
        ),
    ),
    "02-2": Row(
        answer=lambda t: where(t.city, indicator="pm25", measure="level", scope="national-sites"),
        because=lambda t: said(
            "It counts the national monitoring sites; other figures of PM2.5 are for the whole "
            "city, or their sources do not say what they count."
        ),
        among=lambda t: where(t.city, indicator=["pm25", "good_air_days"]),
        mistakes=(
            (
                lambda t: where(
                    t.city, indicator="pm25", measure="growth_rate", period="2016/2021"
                ),
                "That is a change over several years; an annual mean is asked for.",
            ),
            (
                lambda t: where(t.city, indicator="pm25", period="2021", status="target"),
                "That is the target for the year; an outcome is asked for.",
            ),
            (
                lambda t: where(t.city, indicator="pm25", measure="level", scope="whole-city"),
                "That one is counted over the whole city: its basis says so.",
            ),
            (
                lambda t: where(t.city, indicator="good_air_days", period="2021", status="actual"),
                "That is from the same source, but it counts days with good air, not dust.",
            ),
        ),
        hints=(
            "What a figure counts is its basis.",
            "Tick “Table” and read the column Basis, or point at the marks of PM2.5.",
            "Read the basis of the filled circles of 2018 and of 2021: it is one of them.",
        ),
    ),
    "02-3": Choice(
        answer=_ambition,
        because=lambda t: said(
            "The outcome of 2020 was {} already; the target for 2025 is {}.",
            in_words(t, "pm25", "2020"),
            in_words(t, "pm25", "2025", status="target"),
        ),
        options={
            "tighter": (
                "Yes: to keep within the bound, the city had to have less dust than ever before.",
                "Which level was reached in the year before the target was set?",
            ),
            "law": (
                "Yes: it lies below the national limit for places where people live and work.",
                (
                    "That is true, and so was the level of 2020: keeping the law is no step from "
                    "where the city stood."
                ),
            ),
            "health": (
                (
                    "No: only a target at the guideline value of the World Health Organization can "
                    "be called ambitious."
                ),
                (
                    "A guideline is a recommendation for health; how ambitious a target is depends "
                    "on where one starts, too."
                ),
            ),
            "looser": (
                "No: it allows more dust than there was in the year before the target was set.",
                "Compare the outcome of 2020 with the target once more.",
            ),
        },
        argument=(
            "A bound above the last outcome only asks the city not to fall far back. In its "
            "favour: 2020 was the year of the epidemic, with less traffic and less industry, "
            "weather changes from year to year, and to hold a level is a promise, too. To "
            "call it ambitious one needs a reason that the level of 2020 could not be held. That "
            "it lies below a legal limit, or above a guideline, is another question."
        ),
        hints=(
            "A target can be judged by where the city stood when it was set.",
            "Find the filled circle of 2020 and the diamond of 2025, and their arrow.",
            (
                "“At most” allows all up to it: does the target allow more dust than 2020 had, or "
                "less?"
            ),
        ),
    ),
    "02-4": Code(
        answer=_above,
        because=lambda t: said(
            "{} in 2023 against a guideline of {:g}: within the law, far from what is recommended "
            "for health.",
            in_words(t, "pm25", "2023"),
            _benchmark(t, "who-2021"),
        ),
        within=0.05,
        mistakes=(
            (
                lambda t: _above(t, "2023", "national-class-2"),
                (
                    "That is the distance from the national limit of class 2; take the row of the "
                    "guideline of 2021."
                ),
            ),
            (
                lambda t: _above(t, "2023", "national-class-1"),
                (
                    "That is the distance from the national limit of class 1; take the row of the "
                    "guideline of 2021."
                ),
            ),
            (lambda t: _above(t, "2021"), "That is for 2021; the question asks for 2023."),
            (
                lambda t: value(t, "pm25", "2023"),
                "That is the level itself; subtract the guideline from it.",
            ),
        ),
        hints=(
            "Show the limits in a cell first: which of the rows is the guideline?",
            'growth.the(table, "pm25", "2023").value is the level of 2023.',
            (
                'data.benchmarks().set_index("benchmark")["value"] has the lines by name; that of '
                "the guideline is who-2021. Subtract it from the level."
            ),
        ),
    ),
}
