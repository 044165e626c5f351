"""Questions 00: how did the city fare?"""

from ..grading import Choice, Code, Number, Row
from .lookups import in_words, value, verdict_on, where


def _claim(tables):
    verdict = verdict_on(tables, "urbanisation_rate", "2025")
    return {"met": "yes", "missed": "no"}.get(verdict, "unknown")


def _share_of_targets(tables):
    return 100 * float((tables.city["status"] == "target").mean())


QUESTIONS = {
    "00-1": Number(
        answer=lambda t: value(t, "pm25", "2021") - value(t, "pm25", "2021", status="target"),
        because=lambda t: (
            f"The outcome was {in_words(t, 'pm25', '2021')}, the target "
            f"{in_words(t, 'pm25', '2021', status='target')}: less dust than the bound allows."
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
        ),
        hints=(
            "Choose PM2.5 alone in the last explorer, and the view “gap to target”.",
            "A gap is the outcome less the target: below zero means less dust.",
        ),
    ),
    "00-2": Row(
        answer=lambda t: where(t.city, indicator="gdp", period="2025", status="target"),
        because=lambda t: (
            "It was set in 2021, from a GDP of "
            f"{in_words(t, 'gdp', '2020', scope='after-census-4')} in 2020; the outcome, "
            f"{in_words(t, 'gdp', '2025')}, is another row of another source."
        ),
        among=lambda t: where(
            t.city, indicator=["gdp", "real_gdp"], period=["2020", "2021", "2024", "2025", "2027"]
        ),
        hints=(
            "GDP as an amount is a level; growth is another kind of figure.",
            "Open diamonds are targets. The status stands in brackets at the end of each row.",
        ),
    ),
    "00-3": Choice(
        answer=_claim,
        because=lambda t: (
            f"The target is {in_words(t, 'urbanisation_rate', '2025', 'share', 'target')}. The "
            f"verdict here is: {verdict_on(t, 'urbanisation_rate', '2025')}."
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
            "Find the urbanisation rate among the ten numbers, and the verdict beside it.",
            "“Not yet known” is a verdict, too.",
        ),
    ),
    "00-4": Code(
        answer=_share_of_targets,
        because=lambda t: (
            f"Of {len(t.city)} drawn figures {int((t.city['status'] == 'target').sum())} are "
            "targets: no public outcome was found for many of them."
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
        ),
        hints=(
            'table[table["status"] == "target"] has the rows of targets.',
            "len(…) counts rows; per cent of all is 100 * part / whole.",
        ),
    ),
}
