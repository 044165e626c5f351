"""The texts of the questions of `course/air_and_water.py` in Chinese."""

CHINESE: dict[str, str] = {
    "From {} to {}.": "由{}降至{}。",
    "That is the change in µg/m³; the question asks for per cent of the level of 2015.": (
        "这是以微克/立方米计的变化；题目问的是相当于2015年水平的百分之几。"
    ),
    "That is by how many per cent 2015 lies above 2020; the base is 2015.": (
        "这是2015年比2020年高百分之几；基数应当是2015年。"
    ),
    (
        "That is what was left in % of 2015, or the fall without its minus: the change is "
        "that less 100."
    ): "这是剩下的相当于2015年的百分之几，或者是下降幅度却没有负号：变化等于剩下的百分比减100。",
    "The question is about per cent of the level of 2015, not about µg/m³.": (
        "题目问的是相当于2015年水平的百分之几，不是多少微克/立方米。"
    ),
    "The view “index” with the base year 2015 sets the level of 2015 to 100.": (
        "选视图“指数”，把基年定为2015，2015年的水平就是100。"
    ),
    "Read the index of 2020 and subtract 100; a fall has a minus before it.": (
        "读出2020年的指数，减去100；下降要带负号。"
    ),
    (
        "It counts the national monitoring sites; other figures of PM2.5 are for the whole "
        "city, or their sources do not say what they count."
    ): "它统计的是国控站点；PM2.5的其他数值，统计的是全市，或者来源没有说明统计的是什么。",
    "That is a change over several years; an annual mean is asked for.": (
        "这是几年间的变化；要找的是年均浓度。"
    ),
    "That is the target for the year; an outcome is asked for.": (
        "这是当年的目标；要找的是实际值。"
    ),
    "That one is counted over the whole city: its basis says so.": (
        "这个数值统计的是全市：口径里写明了。"
    ),
    "That is from the same source, but it counts days with good air, not dust.": (
        "它出自同一来源，但统计的是空气质量优良天数，不是颗粒物。"
    ),
    "What a figure counts is its basis.": "一个数值统计的是什么，就是它的口径。",
    "Tick “Table” and read the column Basis, or point at the marks of PM2.5.": (
        "勾选“表格”，读“口径”一列；或者指向PM2.5的标记。"
    ),
    "Read the basis of the filled circles of 2018 and of 2021: it is one of them.": (
        "读一读2018年和2021年两个实心圆的口径：答案是其中之一。"
    ),
    "The outcome of 2020 was {} already; the target for 2025 is {}.": (
        "2020年的实际值已经是{}；2025年的目标是{}。"
    ),
    "Yes: to keep within the bound, the city had to have less dust than ever before.": (
        "是：要不超过这个上限，颗粒物必须比以往任何时候都少。"
    ),
    "Which level was reached in the year before the target was set?": (
        "制定目标的前一年，已经达到什么水平？"
    ),
    "Yes: it lies below the national limit for places where people live and work.": (
        "是：它低于人们居住和工作的地方的国家限值。"
    ),
    (
        "That is true, and so was the level of 2020: keeping the law is no step from where "
        "the city stood."
    ): "这话不错，但2020年的水平也低于限值：守法并不意味着比原来的水平前进一步。",
    (
        "No: only a target at the guideline value of the World Health Organization can be "
        "called ambitious."
    ): "不是：只有以世界卫生组织的准则值为目标，才称得上雄心勃勃。",
    (
        "A guideline is a recommendation for health; how ambitious a target is depends on "
        "where one starts, too."
    ): "准则值是从健康出发的建议；目标是否雄心勃勃，还要看起点在哪里。",
    "No: it allows more dust than there was in the year before the target was set.": (
        "不是：它所容许的颗粒物，比制定目标前一年的还多。"
    ),
    "Compare the outcome of 2020 with the target once more.": (
        "请再把2020年的实际值与目标比一比。"
    ),
    (
        "A bound above the last outcome only asks the city not to fall far back. In its "
        "favour: 2020 was the year of the epidemic, with less traffic and less industry, "
        "weather changes from year to year, and to hold a level is a promise, too. To call "
        "it ambitious one needs a reason that the level of 2020 could not be held. That it "
        "lies below a legal limit, or above a guideline, is another question."
    ): (
        "上限高于最近的实际值，只是要求不要倒退太多。也可以为它辩护：2020年是疫情之年，车少了，"
        "工业生产也少了；天气年年不同；守住已有的水平也是一种承诺。要说它雄心勃勃，就得有理由"
        "认为2020年的水平守不住。至于它低于法定限值，或者高于准则值，那是另一个问题。"
    ),
    "A target can be judged by where the city stood when it was set.": (
        "评价一个目标，可以看制定时所处的水平。"
    ),
    "Find the filled circle of 2020 and the diamond of 2025, and their arrow.": (
        "找到2020年的实心圆和2025年的菱形，以及菱形上的箭头。"
    ),
    (
        "“At most” allows all up to it: does the target allow more dust than 2020 had, or less?"
    ): "“至多”容许它以下的一切数值：目标所容许的颗粒物，比2020年的多还是少？",
    (
        "{} in 2023 against a guideline of {:g}: within the law, far from what is "
        "recommended for health."
    ): "2023年是{}，而准则值是{:g}：没有超过法定限值，但离健康所要求的建议水平还很远。",
    (
        "That is the distance from the national limit of class 2; take the row of the "
        "guideline of 2021."
    ): "这是与国家二级限值的距离；请用2021年准则值那一行。",
    (
        "That is the distance from the national limit of class 1; take the row of the "
        "guideline of 2021."
    ): "这是与国家一级限值的距离；请用2021年准则值那一行。",
    "That is for 2021; the question asks for 2023.": "这是2021年的；题目问的是2023年。",
    "That is the level itself; subtract the guideline from it.": "这是浓度本身；请减去准则值。",
    "Show the limits in a cell first: which of the rows is the guideline?": (
        "先在单元格里显示各个限值：哪一行是准则值？"
    ),
    'growth.the(table, "pm25", "2023").value is the level of 2023.': (
        'growth.the(table, "pm25", "2023").value是2023年的浓度。'
    ),
    (
        'data.benchmarks().set_index("benchmark")["value"] has the lines by name; that of '
        "the guideline is who-2021. Subtract it from the level."
    ): (
        'data.benchmarks().set_index("benchmark")["value"]按名称给出各个限值，准则值的名称是w'
        "ho-2021。用浓度减去它。"
    ),
}
