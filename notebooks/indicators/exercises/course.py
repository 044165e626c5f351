"""The questions at the end of the notebooks: three that need the widgets, and one that needs two lines of code.

`COURSE` has them by notebook and number, as in `01-3`. The question itself stands in the notebook; here is how its answer is computed, what is said
to a wrong one, and what helps.
"""

import math

from .. import data, labels
from ..growth import the
from .grading import Choice, Code, Number, Row


def _value(tables, indicator, period, measure="level", status="actual", place="shaoxing"):
    """The number of the one drawn figure with these keys."""
    return float(the(tables.drawn, indicator, period, measure, status, place).value)


def _say(tables, indicator, period, measure="level", status="actual", place="shaoxing"):
    """The one drawn figure with these keys, in words."""
    return labels.figure(the(tables.drawn, indicator, period, measure, status, place))


def _rows(frame, **keys):
    """The rows of a frame with these values."""
    for column, value in keys.items():
        frame = frame[frame[column].isin([value] if isinstance(value, str) else value)]
    return frame


def _verdict(tables, indicator, period):
    """The verdict on the one target of an indicator for a period."""
    return _rows(tables.targets, indicator=indicator, period=period)["verdict"].iloc[0]


def _average(start, end, years):
    return 100 * ((end / start) ** (1 / years) - 1)


# --- 00: how did the city fare? ------------------------------------------------------------------


def _claim(tables):
    verdict = _verdict(tables, "urbanisation_rate", "2025")
    return {"met": "yes", "missed": "no"}.get(verdict, "unknown")


def _share_of_targets(tables):
    return 100 * float((tables.city["status"] == "target").mean())


_START = {
    "00-1": Number(
        answer=lambda t: _value(t, "pm25", "2021") - _value(t, "pm25", "2021", status="target"),
        because=lambda t: (
            f"{_say(t, 'pm25', '2021')} came, {_say(t, 'pm25', '2021', status='target')} was asked for: less dust than the bound allows."
        ),
        unit="µg/m³",
        within=0.05,
        mistakes=(
            (
                lambda t: _value(t, "pm25", "2021"),
                "That is the outcome itself; the gap is what it differs by from the target.",
            ),
            (
                lambda t: (
                    100
                    * (_value(t, "pm25", "2021") / _value(t, "pm25", "2021", status="target") - 1)
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
        answer=lambda t: _rows(t.city, indicator="gdp", period="2025", status="target"),
        because=lambda t: (
            f"It was set in 2021, from {_say(t, 'gdp', '2020')} in 2020; the outcome, {_say(t, 'gdp', '2025')}, is another row of another source."
        ),
        among=lambda t: _rows(
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
            f"The target is {_say(t, 'urbanisation_rate', '2025', 'share', 'target')}. The verdict here is: "
            f"{_verdict(t, 'urbanisation_rate', '2025')}."
        ),
        options={
            "yes": (
                "The figures support it: the rate was on its way for years.",
                "A path that rises is not an outcome: is there a filled mark at 2025?",
            ),
            "no": (
                "The figures refute it: the last figure is below the target.",
                "The last figure is for which year? An outcome counts for its own year only.",
            ),
            "unknown": (
                "The figures cannot tell: no outcome for 2025 was found.",
                "Look again: there is an outcome for 2025.",
            ),
        },
        argument=(
            "The last printed outcome is for an earlier year and on the basis of the census of 2020; the target names no basis. Neither a rising line"
            " nor a shortfall of an earlier year is an outcome of 2025. An honest sentence says what was asked for, what is known for which year, and"
            " that no outcome was found."
        ),
        hints=(
            "Find the panel of the urbanisation rate, and the verdict beside it.",
            "“Not yet known” is a verdict, too.",
        ),
    ),
    "00-4": Code(
        answer=_share_of_targets,
        because=lambda t: (
            f"Of {len(t.city)} drawn figures {int((t.city['status'] == 'target').sum())} are targets: many of them never got an outcome in public."
        ),
        within=0.1,
        mistakes=(
            (
                lambda t: float((t.city["status"] == "target").sum()),
                "That is how many; the question asks for per cent of all rows.",
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

# --- 01: how fast did it grow? -------------------------------------------------------------------

_REVENUE = "general_public_budget_revenue"


def _furthest(tables):
    average = _value(tables, _REVENUE, "2016/2020", "average_growth_rate")
    return max(
        ("2017", "2018", "2019", "2020"),
        key=lambda year: abs(_value(tables, _REVENUE, year, "growth_rate") - average),
    )


def _rebound(tables):
    target = the(tables.city, "real_gdp", "2021", "growth_rate", "target")
    both = _value(tables, "real_gdp", "2020/2021", "average_growth_rate")
    met = _value(tables, "real_gdp", "2021", "growth_rate") >= target.value
    return "rebound" if met and both < target.value else "twice" if met else "missed"


def _real_rates(tables):
    return _rows(tables.city, indicator="real_gdp", measure="growth_rate", status="actual")["value"]


_GROWTH = {
    "01-1": Choice(
        answer=_furthest,
        because=lambda t: (
            f"It grew by {_say(t, _REVENUE, _furthest(t), 'growth_rate')}, against an average of "
            f"{_say(t, _REVENUE, '2016/2020', 'average_growth_rate')}: nothing in the average tells of such a year."
        ),
        options={
            year: (
                year,
                "Compare its mark with the bar of the average: another year stands further away.",
            )
            for year in ("2017", "2018", "2019", "2020")
        },
        hints=(
            "Choose General public budget revenue alone, and the view “growth rates”.",
            "The bar across the years is the average annual growth rate. Which filled circle is furthest from it?",
        ),
    ),
    "01-2": Number(
        answer=lambda t: _average(_value(t, _REVENUE, "2015"), _value(t, _REVENUE, "2020"), 5),
        because=lambda t: (
            f"From {_say(t, _REVENUE, '2015')} to {_say(t, _REVENUE, '2020')} in five years. The report prints "
            f"{_say(t, _REVENUE, '2016/2020', 'average_growth_rate')}: the two agree."
        ),
        unit="%",
        within=0.1,
        mistakes=(
            (
                lambda t: 100 * (_value(t, _REVENUE, "2020") / _value(t, _REVENUE, "2015") - 1) / 5,
                "That is a fifth of the total growth. Growth compounds: take the fifth root of the ratio instead.",
            ),
            (
                lambda t: 100 * (_value(t, _REVENUE, "2020") / _value(t, _REVENUE, "2015") - 1),
                "That is the growth over all five years, not of a year.",
            ),
            (
                lambda t: _average(_value(t, _REVENUE, "2015"), _value(t, _REVENUE, "2020"), 6),
                "From the end of 2015 to the end of 2020 there are five steps, not six.",
            ),
            (
                lambda t: _average(_value(t, _REVENUE, "2015"), _value(t, _REVENUE, "2020"), 4),
                "From the end of 2015 to the end of 2020 there are five steps, not four.",
            ),
        ),
        hints=(
            "The view “levels” has the amounts of 2015 and 2020; point at the marks.",
            "Average annual growth rate: (end / start) to the power of 1/5, less 1, in per cent.",
        ),
    ),
    "01-3": Choice(
        answer=_rebound,
        because=lambda t: (
            f"{_say(t, 'real_gdp', '2021', 'growth_rate')} in 2021 came after {_say(t, 'real_gdp', '2020', 'growth_rate')} in 2020; over the "
            f"two years the average was {_say(t, 'real_gdp', '2020/2021', 'average_growth_rate')}."
        ),
        options={
            "twice": (
                "Yes, and it shows that the economy grew by 7 % or more in every year since 2019.",
                "Look at the mark of 2020, and at the bar over 2020 and 2021.",
            ),
            "rebound": (
                "Yes; but the year before was low, and over the two years together growth was below 7 % a year.",
                "Compare the outcome of 2021 with the target once more.",
            ),
            "missed": (
                "No: over the two years together growth was below 7 % a year.",
                "The target was for 2021 alone; an average over two years does not judge it.",
            ),
            "nominal": (
                "It cannot be said, for the target is nominal and the outcome is real.",
                "Both are rates of GDP at constant prices: look at the name of the indicator.",
            ),
        },
        argument=(
            "The target was met: it was for one year, and the printed rate of that year is above it. But a growth rate compares with the year before,"
            " and that year was the one of the epidemic. The printed average over both years is the fairer measure of speed, and lies below the"
            " target of 2021. A target that looks ambitious after a bad year may only ask for a return to the path."
        ),
        hints=(
            "Choose GDP at constant prices alone, and the view “growth rates”.",
            "One of the bars is an average over 2020 and 2021.",
        ),
    ),
    "01-4": Code(
        answer=lambda t: float(_real_rates(t).max() - _real_rates(t).min()),
        because=lambda t: (
            f"The rates go from {_real_rates(t).min():g}% to {_real_rates(t).max():g}%. A difference of two rates is in percentage points."
        ),
        within=0.05,
        mistakes=(
            (lambda t: float(_real_rates(t).max()), "That is the highest rate itself."),
            (
                lambda t: 100 * float(_real_rates(t).max() / _real_rates(t).min() - 1),
                "That is one rate in % of the other; the question asks for the distance in percentage points.",
            ),
            (
                lambda t: float(_real_rates(t).std()),
                "That is the standard deviation; the question asks for highest less lowest.",
            ),
        ),
        hints=(
            "economy.query(\"indicator == 'real_gdp' and measure == 'growth_rate' and status == 'actual'\") has the rows.",
            "Their column value has the numbers; .max() and .min() find two of them.",
        ),
    ),
}

# --- 02: did the air and the water get better? ---------------------------------------------------


def _ambition(tables):
    target, before = (
        the(tables.city, "pm25", "2025", status="target"),
        _value(tables, "pm25", "2020"),
    )
    return "looser" if before <= target.value else "tighter"


def _benchmark(name):
    return float(data.benchmarks().set_index("benchmark")["value"][name])


def _above(tables, year="2023", benchmark="who-2021"):
    return _value(tables, "pm25", year) - _benchmark(benchmark)


_ENVIRONMENT = {
    "02-1": Number(
        answer=lambda t: 100 * (_value(t, "pm25", "2020") / _value(t, "pm25", "2015") - 1),
        because=lambda t: f"From {_say(t, 'pm25', '2015')} to {_say(t, 'pm25', '2020')}.",
        unit="%",
        within=0.5,
        mistakes=(
            (
                lambda t: _value(t, "pm25", "2020") - _value(t, "pm25", "2015"),
                "That is the change in µg/m³; the question asks for per cent of the level of 2015.",
            ),
            (
                lambda t: 100 * (_value(t, "pm25", "2015") / _value(t, "pm25", "2020") - 1),
                "That is by how many per cent 2015 lies above 2020; the base is 2015.",
            ),
            (
                lambda t: 100 * _value(t, "pm25", "2020") / _value(t, "pm25", "2015"),
                "That is what was left in % of 2015, or the fall without its minus: the change is that less 100.",
            ),
        ),
        hints=(
            "The view “index” with the base year 2015 sets the level of 2015 to 100.",
            "A fall has a minus before it.",
        ),
    ),
    "02-2": Row(
        answer=lambda t: _rows(t.city, indicator="pm25", measure="level", scope="national-sites"),
        because=lambda t: (
            "It counts the national monitoring sites; other figures of PM2.5 are for the whole city, or their sources do not say what they count."
        ),
        among=lambda t: _rows(t.city, indicator=["pm25", "good_air_days"]),
        hints=(
            "Tick “Table” and read the column Basis.",
            "Point at a mark of PM2.5: the tooltip names the basis where the source does.",
        ),
    ),
    "02-3": Choice(
        answer=_ambition,
        because=lambda t: (
            f"2020 had brought {_say(t, 'pm25', '2020')} already, and {_say(t, 'pm25', '2025', status='target')} was asked for."
        ),
        options={
            "tighter": (
                "Yes: to keep the bound the city had to reach less dust than it ever had.",
                "Which level was reached in the year before the target was set?",
            ),
            "law": (
                "Yes: it lies below the national limit for places where people live and work.",
                "That is true, and so was the level of 2020: keeping the law is no step from where the city stood.",
            ),
            "health": (
                "No: only a target at the guideline value of the World Health Organization can be called ambitious.",
                "A guideline is a recommendation for health; how ambitious a target is depends on where one starts, too.",
            ),
            "looser": (
                "No: it allows more dust than the year before the target was set had brought.",
                "Compare the outcome of 2020 with the target once more.",
            ),
        },
        argument=(
            "A bound above the last outcome asks for nothing more than not to fall far back. In its favour: 2020 was the year of the epidemic, with"
            " less traffic and less industry, weather changes from year to year, and a promise to hold a level is a promise. To call it ambitious one"
            " needs a reason that the level of 2020 could not be held. That it lies below a legal limit, or above a guideline, is another question."
        ),
        hints=(
            "Find the filled circle of 2020 and the diamond of 2025, and their arrow.",
            "“At most” allows all up to it: does the target allow more dust than 2020 had, or less?",
        ),
    ),
    "02-4": Code(
        answer=_above,
        because=lambda t: (
            f"{_say(t, 'pm25', '2023')} in 2023 against a guideline of {_benchmark('who-2021'):g}: within the law, far from what is "
            f"recommended for health."
        ),
        within=0.05,
        mistakes=(
            (
                lambda t: _above(t, "2023", "national-class-2"),
                "That is the distance from the national limit of class 2; take the row of the guideline of 2021.",
            ),
            (
                lambda t: _above(t, "2023", "national-class-1"),
                "That is the distance from the national limit of class 1; take the row of the guideline of 2021.",
            ),
            (lambda t: _above(t, "2021"), "That is for 2021; the question asks for 2023."),
            (
                lambda t: _value(t, "pm25", "2023"),
                "That is the level itself; take the guideline from it.",
            ),
        ),
        hints=(
            'data.benchmarks().set_index("benchmark")["value"] has the lines by name; that of the guideline is who-2021.',
            'growth.the(table, "pm25", "2023").value is the level of 2023.',
        ),
    ),
}

# --- 03: what was spent on livelihoods? ----------------------------------------------------------


def _grown(tables, indicator):
    return 100 * _value(tables, indicator, "2022") / _value(tables, indicator, "2015")


def _distance(tables, year):
    return _value(tables, "urban_income", year) - _value(tables, "rural_income", year)


def _closing(tables):
    ratio = _value(tables, "urban_rural_income_ratio", "2020") < _value(
        tables, "urban_rural_income_ratio", "2019"
    )
    money = _distance(tables, "2020") < _distance(tables, "2019")
    return {
        (True, True): "both",
        (True, False): "ratio",
        (False, True): "money",
        (False, False): "neither",
    }[ratio, money]


def _distances(tables):
    incomes = _rows(
        tables.city, indicator=["urban_income", "rural_income"], measure="level", status="actual"
    )
    wide = incomes.astype({"period": str, "indicator": str}).pivot(
        index="period", columns="indicator", values="value"
    )
    return (wide["urban_income"] - wide["rural_income"]).dropna()


_LIVELIHOOD = {
    "03-1": Number(
        answer=lambda t: _grown(t, "rural_income") - _grown(t, "urban_income"),
        because=lambda t: (
            f"With 2015 = 100, 2022 is {_grown(t, 'rural_income'):.1f} in the countryside and {_grown(t, 'urban_income'):.1f} in town."
        ),
        unit="index points",
        within=0.2,
        mistakes=(
            (
                lambda t: (_grown(t, "rural_income") / _grown(t, "urban_income") - 1) * 100,
                "That is one index in % of the other; take one from the other.",
            ),
            (
                lambda t: (
                    100 * _value(t, "rural_income", "2022") / _value(t, "rural_income", "2020")
                    - 100 * _value(t, "urban_income", "2022") / _value(t, "urban_income", "2020")
                ),
                "That is with 2020 = 100; set the base year to 2015.",
            ),
        ),
        hints=(
            "Choose the view “index” and set “Base year” to 2015.",
            "Take the index of the town from that of the countryside, both for 2022.",
        ),
    ),
    "03-2": Row(
        answer=lambda t: _rows(
            t.city, indicator="minimum_living_allowance_monthly", scope="from-november"
        ),
        because=lambda t: (
            "Two amounts were in force in 2024; each has its own row, and its basis says in which months."
        ),
        among=lambda t: _rows(
            t.city,
            indicator=[
                "minimum_living_allowance",
                "minimum_living_allowance_monthly",
                "basic_pension",
            ],
        ),
        hints=(
            "Search for 最低生活 or allowance, choose the monthly standard, and tick the table.",
            "The column Basis says which months of 2024 each amount was for.",
        ),
    ),
    "03-3": Choice(
        answer=_closing,
        because=lambda t: (
            f"The ratio went from {_say(t, 'urban_rural_income_ratio', '2019')} to {_say(t, 'urban_rural_income_ratio', '2020')}; the "
            f"distance from {_distance(t, '2019'):,.0f} CNY to {_distance(t, '2020'):,.0f} CNY."
        ),
        options={
            "both": (
                "The countryside caught up: the ratio fell and the distance in yuan shrank.",
                "Take the two incomes of 2019 from each other, and those of 2020.",
            ),
            "ratio": (
                "The ratio fell, but the distance in yuan grew: both may be said, and only together are they fair.",
                "Look at both once more, the ratio and the distance in yuan.",
            ),
            "money": (
                "The distance in yuan shrank, but the ratio rose.",
                "Choose the ratio itself: which of the two years has the higher one?",
            ),
            "neither": (
                "The countryside fell back: the ratio and the distance in yuan both grew.",
                "Choose the ratio itself: which of the two years has the higher one?",
            ),
        },
        argument=(
            "A target that is set as a ratio can be met while the distance in money grows: the lower income needs only the faster rate. Ratio and"
            " distance answer different questions, equality of chances to buy and equality of amounts. Prices differ between town and countryside,"
            " and both figures are averages. A fair sentence gives both, and says which of them the target is about."
        ),
        hints=(
            "The view “levels” has both incomes of both years: take one from the other.",
            "Search for ratio, and choose it: its panel has its own unit.",
        ),
    ),
    "03-4": Code(
        answer=_distances,
        because=lambda t: (
            f"It grew in every printed year, from {_distances(t).iloc[0]:,.0f} CNY in {_distances(t).index[0]} to {_distances(t).iloc[-1]:,.0f} CNY"
            f" in {_distances(t).index[-1]}."
            if _distances(t).is_monotonic_increasing
            else "It did not grow in every printed year."
        ),
        within=0.5,
        hints=(
            (
                'incomes = table[table["measure"] == "level"].astype({"indicator": str}).pivot_table(index="period", columns="indicator",'
                ' values="value", observed=True) has a column for each indicator.'
            ),
            'Take incomes["rural_income"] from incomes["urban_income"].',
        ),
    ),
}

# --- 04: were the targets met? -------------------------------------------------------------------


def _needed(tables):
    """The even growth that leads from the last level of GDP per capita on the basis of 2020 to its target for 2025."""
    row = _rows(tables.targets, indicator="gdp_per_capita", period="2025").iloc[0]
    return _average(float(row["latest"]), float(row["value"]), 2025 - int(row["latest_year"]))


def _factor(tables):
    return _value(tables, "gdp_per_capita", "2025", status="target") / _value(
        tables, "gdp_per_capita", "2020"
    )


def _known(tables):
    return _rows(tables.targets, verdict=["met", "missed", "within rounding"])


def _unknown(tables):
    return _rows(tables.targets, verdict="not yet known")


def _objection(tables):
    return "few" if len(_known(tables)) < len(_unknown(tables)) else "none"


_TARGETS = {
    "04-1": Number(
        answer=_needed,
        because=lambda t: (
            f"It leads from {_say(t, 'gdp_per_capita', '2020')} in 2020 to {_say(t, 'gdp_per_capita', '2025', status='target')} in 2025. It "
            f"is arithmetic, not a forecast."
        ),
        unit="%",
        within=0.15,
        mistakes=(
            (
                lambda t: math.ceil(2 * _needed(t)) / 2,
                "There the slider says 2025 first, but it moves in steps of half a point: compute the rate itself, from the levels of 2020 and 2025.",
            ),
            (
                lambda t: math.floor(2 * _needed(t)) / 2,
                "There the slider says 2026 last, and it moves in steps of half a point: compute the rate itself, from the levels of 2020 and 2025.",
            ),
            (
                lambda t: 100 * (_factor(t) - 1) / 5,
                "That is a fifth of the total growth. Growth compounds: take the fifth root of the ratio instead.",
            ),
            (
                lambda t: 100 * (_factor(t) - 1),
                "That is the growth over all five years, not of a year.",
            ),
            (
                lambda t: _average(
                    _value(t, "gdp_per_capita", "2021"),
                    _value(t, "gdp_per_capita", "2025", status="target"),
                    4,
                ),
                "That starts from the level of 2021, which is counted on another basis: with the residents of the new census.",
            ),
        ),
        hints=(
            "Move the slider “If it moved by” until the mark of GDP per capita says 2025 and no longer 2026.",
            "Between two positions of the slider, compute: the level of 2020 stands in the tooltip.",
        ),
    ),
    "04-2": Row(
        answer=lambda t: t.targets[
            t.targets["verdict"].eq("met")
            & t.targets["another_basis"].eq(True)
            & t.targets["period"].eq("2025")
        ],
        because=lambda t: (
            "Its outcome is counted on another basis than the level from which the target was set, so a part of the distance may be counting, "
            "not growth."
        ),
        among=lambda t: t.targets[t.targets["end"] == 2025],
        hints=(
            "Choose the year 2025. An asterisk after a verdict says that the basis is another, or not stated.",
            "“Met” with an asterisk: point at the mark and read the basis of the outcome.",
        ),
    ),
    "04-3": Choice(
        answer=_objection,
        because=lambda t: (
            f"{len(_known(t))} of {len(t.targets)} targets have a printed outcome, and {len(_unknown(t))} have none that was found."
        ),
        options={
            "none": (
                "None: a share among those that can be judged is all that anyone can give.",
                "Count how many can be judged, and ask who chose to print them.",
            ),
            "few": (
                "Outcomes are printed for a few of the targets only, and those who print them may prefer good news.",
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
            "The sentence is true and misleads: it counts among the targets whose outcome is known, and knowing is not chance. What was not printed"
            " may have been missed, postponed, or just counted elsewhere. A fair sentence gives all three numbers, met, missed and not known, and"
            " says that the last is the largest."
        ),
        hints=(
            "The line above the chart counts the targets of the chosen year by their verdict.",
            "Change the year, and add up: how many are ‘not yet known’?",
        ),
    ),
    "04-4": Code(
        answer=lambda t: 100 * len(_unknown(t)) / len(t.targets),
        because=lambda t: (
            f"{len(_unknown(t))} of {len(t.targets)}: most of what was announced cannot be judged from what was printed and found."
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

# --- 05: where does each number come from? -------------------------------------------------------


def _printings(tables):
    """All printings of the GDP of 2020."""
    return _rows(
        tables.every,
        indicator="gdp",
        place="shaoxing",
        measure="level",
        period="2020",
        status="actual",
    )


def _revised(tables):
    rows = _printings(tables)
    return rows[rows["published"] == rows["published"].max()]


def _revision(tables):
    drawn = _value(tables, "gdp", "2020")
    return 100 * (float(_revised(tables)["value"].iloc[0]) / drawn - 1)


def _division(tables):
    one, other = the(tables.city, "gdp", "2020"), the(tables.city, "gdp", "2021")
    return "basis" if one.scope != other.scope else "nominal"


def _press(tables):
    return _rows(tables.every, place="shaoxing", tier="press")["source"]


_SOURCES = {
    "05-1": Row(
        answer=_revised,
        because=lambda t: (
            "It was published years after the first account. Charts draw the figure of the better kind of source, and keep this one a click away."
        ),
        among=lambda t: _rows(
            t.every,
            indicator="gdp",
            place="shaoxing",
            measure="level",
            period=["2017", "2020", "2021"],
        ),
        hints=(
            "Set “Printings” to all, and look at the marks of 2020.",
            "The table beneath has a column with the source and its date: which printing of 2020 is the newest?",
        ),
    ),
    "05-2": Number(
        answer=_revision,
        because=lambda t: (
            f"{_say(t, 'gdp', '2020')} was printed first, and {labels.figure(next(_revised(t).itertuples()))} in the newest source."
        ),
        unit="%",
        within=0.05,
        mistakes=(
            (
                lambda t: float(_revised(t)["value"].iloc[0]) - _value(t, "gdp", "2020"),
                "That is the difference in 100 million CNY; the question asks for per cent of the first account.",
            ),
        ),
        hints=(
            "Take the first account from the newest printing, and divide by the first account.",
            "The newest printing is lower: the answer has a minus.",
        ),
    ),
    "05-3": Choice(
        answer=_division,
        because=lambda t: (
            f"{_say(t, 'gdp', '2020')} and {_say(t, 'gdp', '2021')} are counted on different bases. The printed growth, in real terms, is "
            f"{_say(t, 'real_gdp', '2021', 'growth_rate')}."
        ),
        options={
            "real": (
                "Yes: it gives the real growth of the year.",
                "Both are amounts in prices of their own year: what would have to be taken out first?",
            ),
            "nominal": (
                "Yes: it gives the nominal growth of the year.",
                "Point at both marks and read their basis.",
            ),
            "inflation": (
                "Yes, if the rise of consumer prices is taken off afterwards.",
                "GDP has prices of its own, and the two amounts have another fault, too: read their basis.",
            ),
            "basis": (
                "No: the two are counted on different bases, and the result is nobody's growth rate.",
                "Read the basis of both once more.",
            ),
        },
        argument=(
            "The level of 2021 was published with a revised 2020 behind it; the first account of 2020 was not. The quotient mixes growth with the"
            " revision. Had both been on one basis, it would still be nominal. Quote the printed real rate for growth, and for levels the source and"
            " its date. In a footnote: which printing, published when."
        ),
        hints=(
            "Choose the view “levels”: is there a line between the marks of 2020 and 2021?",
            "Point at both marks and compare what the tooltip says after Basis.",
        ),
    ),
    "05-4": Code(
        answer=lambda t: float(_press(t).nunique()),
        because=lambda t: (
            f"{_press(t).nunique()} of {_rows(t.every, place='shaoxing')['source'].nunique()} documents and pages about the city are press; "
            f"charts draw them only where nothing better was found."
        ),
        within=0,
        mistakes=(
            (
                lambda t: float(len(_press(t))),
                "That is how many figures they print; each source counts once.",
            ),
            (
                lambda t: float(_rows(t.every, tier="press")["source"].nunique()),
                "That is for all places; take every as this page has loaded it, for the city.",
            ),
        ),
        hints=(
            'every[every["tier"] == "press"] has the rows.',
            ".nunique() of the column source counts each source once.",
        ),
    ),
}

# --- 06: what else would you like to know? -------------------------------------------------------

_PLACES = {"shaoxing": "Shaoxing", "zhejiang": "Zhejiang", "china": "China"}


def _most_equal(tables):
    return min(
        _PLACES, key=lambda place: _value(tables, "urban_rural_income_ratio", "2020", place=place)
    )


def _population(tables):
    rows = _rows(tables.city, indicator="resident_population", measure="level", status="actual")
    return rows[rows["start"] > 2021]


def _next_target(tables):
    start, target = _value(tables, "gdp", "2025"), the(tables.city, "gdp", "2027", status="target")
    return _average(start, float(target.value), 2)


def _slower(tables):
    return (
        "slower"
        if _next_target(tables) < _value(tables, "gdp", "2025", "growth_rate")
        else "faster"
    )


def _everywhere(tables):
    return tables.every.groupby("indicator", observed=True)["place"].nunique()


_EVERYTHING = {
    "06-1": Choice(
        answer=_most_equal,
        because=lambda t: (
            "; ".join(
                f"{name}: {_say(t, 'urban_rural_income_ratio', '2020', place=place)}"
                for place, name in _PLACES.items()
            )
            + "."
        ),
        options={
            place: (name, "A lower ratio is more equal: compare the three marks of 2020.")
            for place, name in _PLACES.items()
        },
        hints=(
            "Search for ratio, choose it alone, and choose all three under “Places”.",
            "The ratio is income in town over income in the countryside.",
        ),
    ),
    "06-2": Number(
        answer=lambda t: float(len(_population(t))),
        because=lambda t: f"They are for {', '.join(_population(t)['period'].astype(str))}.",
        unit="years",
        within=0,
        mistakes=(
            (
                lambda t: float(
                    len(_rows(t.city, indicator="resident_population", measure="level"))
                ),
                "That counts all years with an outcome; the question is about those after 2021.",
            ),
        ),
        hints=(
            "Search for population, choose the residents alone, and the view “levels”.",
            "Set the first of the “Years” to 2022: how many years have a filled or an open circle?",
        ),
    ),
    "06-3": Choice(
        answer=_slower,
        because=lambda t: (
            f"From {_say(t, 'gdp', '2025')} in 2025, {_say(t, 'gdp', '2027', status='target')} in 2027 needs {_next_target(t):.1f}% a year; "
            f"the printed nominal growth of 2025 is {_say(t, 'gdp', '2025', 'growth_rate')}."
        ),
        options={
            "slower": (
                "It asks for less growth a year than 2025 had brought.",
                "Compute the even growth from the outcome of 2025 to the target, and compare it with the printed nominal growth.",
            ),
            "faster": (
                "It asks for more growth a year than 2025 had brought.",
                "The distance is covered in two years, not in one: what is the average?",
            ),
            "real": (
                "It cannot be compared, for the growth of 2025 is real and the target is an amount.",
                "For GDP at prices of the year a nominal rate is printed, too.",
            ),
        },
        argument=(
            "Levels give a nominal rate, and a nominal rate of 2025 is printed: these two may be compared. The target then asks for a little less"
            " than the last year. But prices decide, too: when they fall, the same nominal growth needs more real growth. The target is ‘at least’,"
            " so more would meet it as well; and its basis is not named, while 2025 is counted after an economic census."
        ),
        hints=(
            "Search for GDP, choose Gross domestic product (GDP), “levels” for the amounts and “growth rates” for the rate.",
            "From 2025 to 2027 there are two years: take the square root of the ratio.",
        ),
    ),
    "06-4": Code(
        answer=lambda t: float((_everywhere(t) == 3).sum()),
        because=lambda t: (
            f"Of {len(_everywhere(t))} indicators {int((_everywhere(t) == 3).sum())} can be compared in all three places, for some year at least."
        ),
        within=0,
        mistakes=(
            (
                lambda t: float((_everywhere(t) > 1).sum()),
                "That counts those with two places, too.",
            ),
            (lambda t: float(len(_everywhere(t))), "That counts all indicators."),
        ),
        hints=(
            'every.groupby("indicator", observed=True)["place"].nunique() counts the places of each indicator.',
            "(… == 3).sum() counts those that have three.",
        ),
    ),
}

# --- 07: how do I bring my own table? ------------------------------------------------------------


def _years_in_all(tables):
    """The years for which all three places have an outcome of PM2.5."""
    rows = _rows(tables.drawn, indicator="pm25", measure="level", status="actual")
    return set.intersection(
        *(set(_rows(rows, place=place)["period"].astype(str)) for place in _PLACES)
    )


def _ranking(tables):
    rows = _rows(
        tables.drawn,
        indicator="gdp_per_capita",
        measure="level",
        period="2020",
        status=["actual", "estimate"],
    )
    return "all" if set(rows["place"]) == set(_PLACES) else "gap"


_OWN = {
    "07-1": Number(
        answer=lambda t: float(len(_years_in_all(t))),
        because=lambda t: (
            f"{', '.join(sorted(_years_in_all(t)))}; and even then the three do not count the same cities and sites."
        ),
        unit="years",
        within=0,
        hints=(
            "Choose “a panel for each place” as the layout of the last chart, and move the year.",
            "The line above the chart says for how many numbers each place has a figure; look at PM2.5 only.",
        ),
    ),
    "07-2": Row(
        answer=lambda t: _rows(
            t.drawn, indicator="gdp_per_capita", place="zhejiang", period="2025", status="target"
        ),
        because=lambda t: "It is printed as ‘at least’: a bound, where the city prints a number.",
        among=lambda t: _rows(
            t.drawn, indicator="gdp_per_capita", period=["2020", "2021", "2024", "2025", "2027"]
        ),
        hints=(
            "Look at the panels of GDP per capita: which place has ‘≥’ beside its diamond at 2025?",
            "China has outcomes only; the city prints an exact target.",
        ),
    ),
    "07-3": Choice(
        answer=_ranking,
        because=lambda t: (
            "Shaoxing has an outcome for 2020 and China one that was only expected; Zhejiang has none in this table."
            if _ranking(t) == "gap"
            else "All three have a figure for 2020."
        ),
        options={
            "last": (
                "Zhejiang comes last, for it has no mark at 2020.",
                "No mark means that no figure was found, not that it is zero.",
            ),
            "between": (
                "Zhejiang lies between the two: its line of the years before and after shows it.",
                "Between two marks no figure is printed; the line is not drawn for that reason.",
            ),
            "gap": (
                "Two places have a mark for 2020, one of them an expected outcome; for Zhejiang no figure was found, and nothing is said of it.",
                "Look again: all three have a figure for 2020.",
            ),
            "all": (
                "All three can be ranked: each has a figure for 2020.",
                "Move the year to 2020 and read the line above the chart.",
            ),
        },
        argument=(
            "A gap is not a zero, and a value between two printed ones is a guess. The province surely had a GDP per capita in 2020; this table only"
            " does not have it, so the honest course is to find and enter it with its source, as this page shows. Even then the marks differ: an"
            " outcome, one that was only expected, and bases from before and after the census of population."
        ),
        hints=(
            "Set the year of the last chart to 2020.",
            "Read what the line above the chart says of each place.",
        ),
    ),
    "07-4": Code(
        answer=lambda t: (
            _value(t, "urban_income", "2020", place="zhejiang")
            / _value(t, "rural_income", "2020", place="zhejiang")
        ),
        because=lambda t: (
            f"The province prints {_say(t, 'urban_rural_income_ratio', '2020', place='zhejiang')}: what you typed agrees with it within rounding."
        ),
        within=0.005,
        mistakes=(
            (
                lambda t: (
                    _value(t, "rural_income", "2020", place="zhejiang")
                    / _value(t, "urban_income", "2020", place="zhejiang")
                ),
                "That is the countryside over the town; the ratio is the other way round.",
            ),
            (
                lambda t: (
                    _value(t, "urban_income", "2020", place="zhejiang")
                    - _value(t, "rural_income", "2020", place="zhejiang")
                ),
                "That is the distance in yuan; divide instead.",
            ),
        ),
        hints=(
            'incomes = mine.set_index("indicator")["value"] has the numbers by indicator.',
            'Divide incomes["urban_income"] by incomes["rural_income"].',
        ),
    ),
}

COURSE = _START | _GROWTH | _ENVIRONMENT | _LIVELIHOOD | _TARGETS | _SOURCES | _EVERYTHING | _OWN
