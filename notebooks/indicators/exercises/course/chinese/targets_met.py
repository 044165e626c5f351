"""The texts of the questions of `course/targets_met.py` in Chinese."""

CHINESE: dict[str, str] = {
    "It leads from {} in 2020 to {} in 2025. It is arithmetic, not a forecast.": (
        "按这个增速，2020年的{}到2025年正好是{}。这是算术，不是预测。"
    ),
    (
        "At that position the slider first says 2025, but it moves in steps of half a point: "
        "compute the rate itself, from the levels of 2020 and 2025."
    ): (
        "滑块到了这一格，年份才变成2025；但滑块每格是半个百分点：请用2020年和2025年的水平，算出"
        "增速本身。"
    ),
    (
        "At that position the slider last says 2026, and it moves in steps of half a point: "
        "compute the rate itself, from the levels of 2020 and 2025."
    ): (
        "滑块在这一格，年份还是2026，再高一格就不是了；但滑块每格是半个百分点：请用2020年和2025"
        "年的水平，算出增速本身。"
    ),
    (
        "That is a fifth of the total growth. Growth compounds: take the fifth root of the "
        "ratio instead."
    ): "这是总增长的五分之一。增长是逐年累乘的：应当把比值开五次方。",
    "That is the growth over all five years, not the growth rate of one year.": (
        "这是整整五年的增长，不是一年的增速。"
    ),
    (
        "That starts from the level of 2021, which is counted on another basis: its residents "
        "are those of the new census."
    ): "这是从2021年的水平算起的，而2021年的口径不同：常住人口是新普查的口径。",
    (
        "Move the slider “If it moved by” until the mark of GDP per capita says 2025 and no "
        "longer 2026."
    ): "移动滑块“假设每年变化（%）”，直到人均生产总值的标记显示2025，不再是2026。",
    (
        "The exact rate lies between two positions of the slider: compute it. The level of "
        "2020 is in the tooltip."
    ): "准确的增速在滑块的两格之间：请算出来。2020年的水平，指向标记就能读到。",
    "There are five steps: (target / level of 2020) to the power of 1/5, less 1, in %.": (
        "一共五步：（目标 ÷ 2020年的水平）的1/5次方，减1，以%表示。"
    ),
    (
        "Its outcome is counted on another basis than the level from which the target was set, "
        "so a part of the difference may be due to counting, not to growth."
    ): (
        "它的实际值与制定目标时所依据的水平口径不同，所以两者之差，可能有一部分来自统计口径，而"
        "不是增长。"
    ),
    "It was met, but a growth rate is compared with the year before, on one basis.": (
        "它达到了，但增速是与上一年相比，两年口径相同。"
    ),
    "Later levels of it are on another basis, but no outcome for 2025 is known.": (
        "它后来的水平值口径不同，但2025年的实际值还不知道。"
    ),
    "It was reached before 2025, but no outcome for 2025 itself is known.": (
        "它在2025年之前就达到了，但2025年本身的实际值还不知道。"
    ),
    "It may be near its target, but no outcome for 2025 is known.": (
        "它可能已经接近目标，但2025年的实际值还不知道。"
    ),
    "First see which targets for 2025 have an outcome at all: most have none.": (
        "先看2025年的目标中，究竟哪些有实际值：大多数没有。"
    ),
    (
        "Choose the year 2025. Point at a mark: the verdict says where the basis is another or "
        "not stated."
    ): "“目标年份”选2025，再指向标记：口径不同或未注明的，判断里会写明。",
    "Look only at the targets that were met, and read the basis of each outcome.": (
        "只看已经达到的目标，读一读每个实际值的口径。"
    ),
    (
        "Of {} targets, {} have a published outcome, and {} of these were met. For {}, no "
        "outcome was found."
    ): "{}个目标中，{}个有公布的结果，其中{}个达到。另外{}个没有找到结果。",
    "None: a share among those that can be judged is all that anyone can give.": (
        "没有理由反对：无论是谁，能给出的也只是在可以评判的目标中所占的比重。"
    ),
    "Count how many can be judged, and ask who chose to publish these outcomes.": (
        "数一数可以评判的有多少个，再问一问：公布这些结果，是谁选的？"
    ),
    (
        "Outcomes were published for only a few of the targets, and those who publish them may "
        "prefer good news."
    ): "只有少数目标公布了结果，而公布结果的人可能更愿意报喜。",
    "Count again how many targets have an outcome.": "再数一数，有结果的目标有多少个。",
    "Rounding: most of these verdicts are within rounding.": (
        "四舍五入：这些判断大多是在舍入范围内达到。"
    ),
    "Which verdicts say ‘within rounding’?": "哪些判断写的是“舍入范围内达到”？",
    "Bounds: a target of ‘at least’ cannot be met exactly, so it cannot be met.": (
        "上下限：写“至少”的目标不可能恰好达到，所以不可能达到。"
    ),
    "A target of ‘at least’ is met by that number or more.": (
        "写“至少”的目标，等于或高于这个数就是达到。"
    ),
    (
        "The sentence is true, but it misleads: it counts only the targets with a known "
        "outcome, and which outcomes are known is not a matter of chance. A target without a "
        "published outcome may have been missed, postponed or only counted elsewhere. A fair "
        "sentence gives all three numbers (met, missed, not yet known) and says that the last "
        "is the largest."
    ): (
        "这句话没有错，却会误导：它只数了结果已知的目标，而哪些结果已知，并非出于偶然。没有公布"
        "结果的目标，可能没有达到，可能推迟了，也可能只是在别处统计。公允的说法要把三个数都写出"
        "来（达到、未达到、尚无结果），并说明最后一个最大。"
    ),
    "What would a newspaper count, and what would it leave out?": "报纸会数什么，又会略去什么？",
    "The list Verdict counts the targets of the chosen year by their verdict.": (
        "“判断”列表按判断列出所选年份的目标各有几个。"
    ),
    "Choose all years: how many are ‘not yet known’, of how many in all?": (
        "选全部年份：“尚无结果”的有多少个，一共有多少个？"
    ),
    "{} of {}: this share of the targets cannot be judged from the outcomes that were found.": (
        "{1}个中有{0}个：就已找到的实际值来说，这部分目标无从评判。"
    ),
    "That is the share of the targets whose outcome is known.": "这是结果已知的目标所占的比重。",
    "That is how many there are; the question asks for a share in per cent.": (
        "这是个数；题目问的是占百分之几。"
    ),
    "That is a fraction; multiply it by 100 to get per cent.": "这是小数；乘以100才是百分数。",
    "First take the rows with this verdict, then count: part over whole.": (
        "先取出判断为“尚无结果”的行，再计数：部分除以整体。"
    ),
    'targets["verdict"] == "not yet known" is true for them; targets[…] takes such rows.': (
        'targets["verdict"] == "not yet known"对这些行成立；targets[…]取出这样的行。'
    ),
    "len(…) counts rows: of these, and of targets. Per cent is 100 * part / whole.": (
        "len(…)数行数：这些行的，还有targets的。百分数是100 * 部分 / 整体。"
    ),
}
