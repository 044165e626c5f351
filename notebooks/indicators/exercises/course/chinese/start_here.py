"""The texts of the questions of `course/start_here.py` in Chinese."""

CHINESE: dict[str, str] = {
    "The outcome was {}, the target {}: less dust than the bound allows.": (
        "实际值是{}，目标是{}：颗粒物比上限所容许的还少。"
    ),
    "That is the outcome itself; the gap is what it differs by from the target.": (
        "这是实际值本身；题目问的是它与目标相差多少。"
    ),
    "That is the difference in % of the target; give it as dust in the air.": (
        "这是差额占目标的百分比；请用空气中颗粒物的浓度来表示。"
    ),
    "That is the target itself; subtract it from the outcome.": (
        "这是目标本身；请用实际值减去它。"
    ),
    "That is the change since 2020; the question asks for the distance to the target.": (
        "这是2020年以来的变化；题目问的是与目标的距离。"
    ),
    "That is the outcome of 2020 less the target for 2021: take the outcome of 2021.": (
        "这是2020年的实际值减去2021年的目标；请用2021年的实际值。"
    ),
    "Two figures are needed for the same year: what came, and what was asked for.": (
        "需要同一年的两个数值：实际达到多少，要求达到多少。"
    ),
    (
        "Choose PM2.5 alone in the last explorer, and the view “gap to target”: point at 2021."
    ): "在最后一幅交互图中只选PM2.5，选视图“与目标之差”，再指向2021年。",
    "A gap is the outcome less the target: with less dust than allowed, it is below zero.": (
        "差等于实际值减去目标：颗粒物比容许的少，差就小于零。"
    ),
    (
        "It was set in 2021, from a GDP of {} in 2020; the outcome, {}, is another row of "
        "another source."
    ): "这个目标定于2021年，依据的是2020年的生产总值{}；实际值{}是另一行，出自另一个来源。",
    "That is what GDP was in 2025, an outcome; a target says what it should be.": (
        "这是2025年生产总值的实际值；目标说的是应当达到多少。"
    ),
    "That is a target for 2027; the question asks for 2025.": (
        "这是2027年的目标；题目问的是2025年。"
    ),
    "That is a target for growth, in %; the question asks for GDP itself, an amount.": (
        "这是增长的目标，用%表示；题目问的是生产总值本身，是金额。"
    ),
    "That is by how much GDP grew in 2025; the question asks what it should be.": (
        "这是2025年生产总值的增速；题目问的是应当达到多少。"
    ),
    "What should be is a target: the status stands in brackets behind each figure.": (
        "“应当达到”就是目标：每个数值后面的括号里写着它的性质。"
    ),
    "GDP as an amount is a level; growth is another kind of figure.": (
        "生产总值的金额是水平值；增长是另一类数值。"
    ),
    "Narrow the list to “2025 target”, and take the row of Gross domestic product (GDP).": (
        "在“筛选”中输入“2025 目标”，再选指标名称是“生产总值”的那一行。"
    ),
    "The target is {}. The verdict here is: {}.": "目标是{}。这里的判断是：{}。",
    "The figures support it: the rate had risen for years.": (
        "数值支持这句话：城镇化率多年来一直在上升。"
    ),
    "A rate that rises is not an outcome: is there a filled mark at 2025?": (
        "比率在上升，并不等于有了实际值：2025年有实心标记吗？"
    ),
    "The figures refute it: the last figure is below the target.": (
        "数值否定这句话：最后一个数值低于目标。"
    ),
    "For which year is the last figure? An outcome counts for its own year only.": (
        "最后一个数值是哪一年的？一年的实际值只能说明当年。"
    ),
    "The figures support it: the figure for 2025 is 75%.": "数值支持这句话：2025年的数值是75%。",
    "That figure is the target: it says what was asked for, not what came.": (
        "这个数值是目标：它说的是要求达到多少，不是实际达到多少。"
    ),
    "The figures cannot tell: no outcome for 2025 was found.": (
        "数值判断不了：没有找到2025年的实际值。"
    ),
    "Look again: there is an outcome for 2025.": "再看一看：2025年有实际值。",
    (
        "The last published outcome is for an earlier year and on the basis of the census of "
        "2020; the target names no basis. Neither a rising line nor a shortfall of an "
        "earlier year is an outcome of 2025. An honest sentence says what was asked for, "
        "what is known for which year, and that no outcome was found."
    ): (
        "最近一个公布的实际值属于更早的年份，口径是2020年人口普查之后的口径；目标没有注明口径。"
        "线在上升，或者早些年份还差一截，都不是2025年的结果。实事求是的说法应当交代：要求达到"
        "多少，哪一年的情况是已知的，以及没有找到2025年的实际值。"
    ),
    "Find the urbanisation rate among the ten numbers: what is known for which year?": (
        "在十个数字中找到常住人口城镇化率：已知的是哪一年的情况？"
    ),
    "An open mark at 2025 is a target. Is there a filled one, an outcome, beside it?": (
        "2025年的空心标记是目标。旁边有没有实心标记，也就是实际值？"
    ),
    "Read the verdict beside the number: “not yet known” is a verdict, too.": (
        "读一读数字旁边的判断：“尚无结果”也是一种判断。"
    ),
    "Of {} drawn figures {} are targets: no public outcome was found for many of them.": (
        "图中画出的{}个数值中，有{}个是目标，其中许多没有找到公开的实际值。"
    ),
    "That is how many there are; the question asks for per cent of all rows.": (
        "这是目标的个数；题目问的是占全部行的百分之几。"
    ),
    "That is the share among the figures of all places and printings; take table.": (
        "这是在所有地区、所有版本的数值中所占的比重；请用table。"
    ),
    "That is a fraction; multiply it by 100 to get per cent.": "这是小数；乘以100才是百分数。",
    "That is the share of outcomes; the question asks for targets.": (
        "这是实际值所占的比重；题目问的是目标。"
    ),
    "That is targets in % of outcomes; divide by the number of all rows.": (
        "这是目标相当于实际值的百分之几；请除以全部行数。"
    ),
    "First take the rows that are targets, then count: part over whole.": (
        "先取出属于目标的行，再数一数：部分除以总数。"
    ),
    (
        'table["status"] == "target" is true for targets; table[…] takes the rows where it is.'
    ): 'table["status"] == "target"对目标成立；table[…]取出成立的行。',
    "len(…) counts rows: of the targets, and of table. Per cent is 100 * part / whole.": (
        "len(…)数行数：数目标的行数，也数table的行数。百分数是100 * 部分 / 总数。"
    ),
}
