"""The units of the codebook in words: one table for both languages."""

from typing import NamedTuple

SCALES = {12: "trillion", 9: "billion", 6: "million", 3: "thousand", 0: ""}  # by power of ten


class Unit(NamedTuple):
    """A unit in words: its Chinese name, and what English says before and after a number.

    `one` is what it says after the number 1, and `alone` without a number, if that differs.
    One unit is ten to the `power`; in English the panels of charts count in ten to the `panel`.
    """

    chinese: str
    before: str = ""
    after: str = ""
    power: int = 0
    panel: int = 0
    one: str = ""
    alone: str = ""


UNITS = {
    "100 million CNY": Unit("亿元", before="CNY", power=8, panel=9),
    "10,000 CNY": Unit("万元", before="CNY", power=4, panel=3),
    "CNY": Unit("元", before="CNY"),
    "CNY a month": Unit("元/月", before="CNY", after="a month"),
    "CNY a year": Unit("元/年", before="CNY", after="a year"),
    "CNY an hour": Unit("元/小时", before="CNY", after="an hour"),
    "100 million USD": Unit("亿美元", before="USD", power=8, panel=9),
    "10,000 USD": Unit("万美元", before="USD", power=4, panel=3),
    "USD": Unit("美元", before="USD"),  # of what is computed per resident
    "10,000 persons": Unit("万人", after="people", power=4, panel=3),
    "persons": Unit("人", after="people", one="person"),
    "per 1,000 persons": Unit("个/千人", after="per 1,000 people"),
    "years": Unit("年", after="years", one="year"),
    "years of life": Unit("岁", after="years", one="year", alone="years of life"),
    "days": Unit("天", after="days", one="day"),
    "minutes": Unit("分钟", after="minutes", one="minute"),
    "10,000 mu": Unit("万亩", after="mu", power=4, panel=3),
    "10,000 head": Unit("万头", after="head", power=4, panel=3),
    "10,000 tonnes": Unit("万吨", after="tonnes", power=4, panel=3),
    "10,000 codes": Unit("万个", after="codes", power=4, panel=3),
    "100 million pieces": Unit("亿件", after="pieces", power=8, panel=6),
    "100 million m³": Unit("亿立方米", after="m³", power=8, panel=6),
    "m³": Unit("立方米", after="m³"),
    "km²": Unit("平方公里", after="km²"),
    "mm": Unit("毫米", after="mm"),
    "dB": Unit("分贝", after="dB"),
    "µg/m³": Unit("微克/立方米", after="µg/m³"),
    "tonnes of standard coal per 10,000 CNY": Unit(
        "吨标准煤/万元", after="tonnes of standard coal per CNY 10,000"
    ),
    "tonnes of CO2 per 10,000 CNY": Unit("吨二氧化碳/万元", after="tonnes of CO2 per CNY 10,000"),
    "%": Unit("%", after="%"),
    "percentage points": Unit("个百分点", after="percentage points", one="percentage point"),
    "points": Unit("分", after="points", one="point"),
    "count": Unit("个", after="count"),  # this and the next are said in ways of their own
    "rank": Unit("位次", after="rank"),
    "ratio": Unit("比值", after="ratio"),
    "index, previous year = 100": Unit("指数，上年=100", after="index, previous year = 100"),
}


def known(name: str) -> Unit:
    """The unit of this name; one that is not in the vocabulary keeps its name."""
    return UNITS.get(name) or Unit(name, after=name)


def around(name: str, number: str, power: int) -> str:
    """A number with what English says around it at a scale, as `CNY 600.1 billion`.

    Without a number, the name of the unit at that scale, as `thousand people`.
    """
    unit = known(name)
    after = unit.one if unit.one and power == 0 and number == "1" else unit.after
    after = unit.alone if unit.alone and not number else after
    return " ".join(filter(None, [unit.before, number, SCALES[power], after]))
