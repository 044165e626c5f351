"""Questions 00: how did the city fare?"""

from ..grading import Choice, Code, Number, Row
from ..wording import said
from .lookups import in_words, value, verdict_in_words, verdict_on, where


def _claim(tables):
    verdict = verdict_on(tables, "urbanisation_rate", "2025")
    return {"met": "yes", "missed": "no"}.get(verdict, "unknown")


def _share_of_targets(tables):
    return 100 * float((tables.city["status"] == "target").mean())


QUESTIONS = {
    "00-1": Number(
        answer=lambda t: value(t, "pm25", "2021") - value(t, "pm25", "2021", status="target"),
        because=lambda t: said(
            "The outcome was {}, the target {}: less dust than the bound allows.",
            in_words(t, "pm25", "2021"),
            in_words(t, "pm25", "2021", status="target"),
        ),
        unit="µg/m³",
        within=0.05,
        mistakes=(
            (
                lambda t: value(t, "pm25", "2021"),
                "That is the outcome itself; the gap is what it differs by from the target.",
            ),
            (
                lambda t: (
                    100 * (value(t, "pm25", "2021") / value(t, "pm25", "2021", status="target") - 1)
                ),
                "That is the difference in % of the target; give it as dust in the air.",
            ),
            (
                lambda t: value(t, "pm25", "2021", status="target"),
                "That is the target itself; subtract it from the outcome.",
            ),
            (
                lambda t: value(t, "pm25", "2021") - value(t, "pm25", "2020"),
                "That is the change since 2020; the question asks for the distance to the target.",
            ),
            (
                lambda t: value(t, "pm25", "2020") - value(t, "pm25", "2021", status="target"),
                "That is the outcome of 2020 less the target for 2021: take the outcome of 2021.",
            ),
        ),
        hints=(
            "Two figures are needed for the same year: what came, and what was asked for.",
            "Choose PM2.5 alone in the last explorer, and the view “gap to target”: point at 2021.",
            "A gap is the outcome less the target: with less dust than allowed, it is below zero.",
        ),
    ),
    "00-2": Row(
        answer=lambda t: where(t.city, indicator="gdp", period="2025", status="target"),
        because=lambda t: said(
            "It was set in 2021, from a GDP of {} in 2020; the outcome, {}, is another row of "
            "another source.",
            in_words(t, "gdp", "2020", scope="after-census-4"),
            in_words(t, "gdp", "2025"),
        ),
        among=lambda t: where(
            t.city, indicator=["gdp", "real_gdp"], period=["2020", "2021", "2024", "2025", "2027"]
        ),
        mistakes=(
            (
                lambda t: where(
                    t.city, indicator="gdp", period="2025", measure="level", status="actual"
                ),
                "That is what GDP was in 2025, an outcome; a target says what it should be.",
            ),
            (
                lambda t: where(t.city, indicator="gdp", period="2027", status="target"),
                "That is a target for 2027; the question asks for 2025.",
            ),
            (
                lambda t: where(t.city, indicator="real_gdp", period="2025", status="target"),
                "That is a target for growth, in %; the question asks for GDP itself, an amount.",
            ),
            (
                lambda t: where(t.city, indicator="gdp", period="2025", measure="growth_rate"),
                "That is by how much GDP grew in 2025; the question asks what it should be.",
            ),
        ),
        hints=(
            "What should be is a target: the status stands in brackets behind each figure.",
            "GDP as an amount is a level; growth is another kind of figure.",
            "Narrow the list to “2025 target”, and take the row of Gross domestic product (GDP).",
        ),
    ),
    "00-3": Choice(
        answer=_claim,
        because=lambda t: said(
            "The target is {}. The verdict here is: {}.",
            in_words(t, "urbanisation_rate", "2025", "share", "target"),
            verdict_in_words(t, "urbanisation_rate", "2025"),
        ),
        options={
            "yes": (
                "The figures support it: the rate had risen for years.",
                "A rate that rises is not an outcome: is there a filled mark at 2025?",
            ),
            "no": (
                "The figures refute it: the last figure is below the target.",
                "For which year is the last figure? An outcome counts for its own year only.",
            ),
            "target": (
                "The figures support it: the figure for 2025 is 75%.",
                "That figure is the target: it says what was asked for, not what came.",
            ),
            "unknown": (
                "The figures cannot tell: no outcome for 2025 was found.",
                "Look again: there is an outcome for 2025.",
            ),
        },
        argument=(
            "The last published outcome is for an earlier year and on the basis of the census of "
            "2020; the target names no basis. Neither a rising line nor a shortfall of an earlier "
            "year is an outcome of 2025. An honest sentence says what was asked for, what is known "
            "for which year, and that no outcome was found."
        ),
        hints=(
            "Find the urbanisation rate among the ten numbers: what is known for which year?",
            "An open mark at 2025 is a target. Is there a filled one, an outcome, beside it?",
            "Read the verdict beside the number: “not yet known” is a verdict, too.",
        ),
    ),
    "00-4": Code(
        answer=_share_of_targets,
        because=lambda t: said(
            "Of {} drawn figures {} are targets: no public outcome was found for many of them.",
            len(t.city),
            int((t.city["status"] == "target").sum()),
        ),
        within=0.1,
        mistakes=(
            (
                lambda t: float((t.city["status"] == "target").sum()),
                "That is how many there are; the question asks for per cent of all rows.",
            ),
            (
                lambda t: 100 * float((t.every["status"] == "target").mean()),
                "That is the share among the figures of all places and printings; take table.",
            ),
            (
                lambda t: _share_of_targets(t) / 100,
                "That is a fraction; multiply it by 100 to get per cent.",
            ),
            (
                lambda t: 100 * float((t.city["status"] == "actual").mean()),
                "That is the share of outcomes; the question asks for targets.",
            ),
            (
                lambda t: (
                    100
                    * float((t.city["status"] == "target").sum())
                    / float((t.city["status"] == "actual").sum())
                ),
                "That is targets in % of outcomes; divide by the number of all rows.",
            ),
        ),
        hints=(
            "First take the rows that are targets, then count: part over whole.",
            'table["status"] == "target" is true for targets; table[…] takes the rows where it is.',
            "len(…) counts rows: of the targets, and of table. Per cent is 100 * part / whole.",
        ),
    ),
}
