"""The texts of the questions of `course/own_table.py` in Chinese."""

CHINESE: dict[str, str] = {
    "{}: {} ({})": "{}：{}（{}）",
    "{}.": "{}。",
    "{}. In these years, too, the three do not count the same cities and sites.": (
        "{}年。即使在这些年份，三个地区统计的城市和站点也不相同。"
    ),
    "Targets are counted, too: a diamond is no outcome.": "这里把目标也算了进去：菱形不是实际值。",
    "That counts the years in which at least one place has an outcome; all three must.": (
        "这里数的是至少有一个地区有实际值的年份；要三个地区都有。"
    ),
    "That counts the outcomes of the city; the two other places need one, too.": (
        "这里数的是本市的实际值；另外两个地区也要有。"
    ),
    "That is a year; the question asks how many there are.": "这是一个年份；题目问的是有几年。",
    "Choose “a panel for each place” as the layout of the first chart, and move the year.": (
        "第一幅图的“布局”选“每地一图”，再移动年份。"
    ),
    (
        "The line above the chart says how many numbers of each place have a figure; look at "
        "PM2.5 only."
    ): "图上方的一行字，说明每个地区有几个数字有数值；这里只看PM2.5。",
    "Start with the years of the city, which has the fewest; a diamond is a target.": (
        "从本市有数值的年份看起，本市的最少；菱形是目标。"
    ),
    "It says ‘at least’, so it is a bound. The target of the city is exact.": (
        "它写的是“至少”，所以是一个下限。本市的目标则是确数。"
    ),
    "That is the target of the city; the question asks for that of the province.": (
        "这是本市的目标；题目问的是浙江省的。"
    ),
    "That is a target of the province, but for 2027.": "这是浙江省的目标，但是2027年的。",
    "That is what came in 2025, an outcome; a target says what was asked for.": (
        "这是2025年的结果，即实际值；目标说的是要求达到多少。"
    ),
    "It is worded as ‘at least’, but it is an outcome, of an earlier year.": (
        "它写的也是“至少”，但它是实际值，而且是较早年份的。"
    ),
    "A target stands with its status in brackets; look for the name of the province.": (
        "是不是目标，括号里写着；再找“浙江”二字。"
    ),
    "Look at the panels of GDP per capita: which place has ‘≥’ beside its diamond at 2025?": (
        "看人均生产总值的小图：2025年，哪个地区的菱形旁边有“≥”？"
    ),
    "Narrow the list to “Zhejiang 2025 target”: it says ‘at least’.": (
        "在“筛选”中输入“浙江 2025 目标”：它写的是“至少”。"
    ),
    (
        "All three are outcomes on one basis, so both the order and the distances between them "
        "hold."
    ): "三个都是同一口径的实际值，所以先后次序和彼此的差距都成立。",
    "Point at the three marks: what do they say of status and basis?": (
        "指向三个标记：它们的性质和口径是怎么写的？"
    ),
    "One of the places cannot be ranked, because it has no mark at 2020.": (
        "有一个地区不能排名，因为它在2020年没有标记。"
    ),
    "Move the year to 2020 and read the line above the chart.": (
        "把年份移到2020年，读一读图上方的那行字。"
    ),
    "They cannot be ranked: figures on different bases can never be compared.": (
        "不能排名：口径不同的数值，从来不能相比。"
    ),
    (
        "A new basis changes a figure by a few per cent; compare that with the distances "
        "between the marks."
    ): "换了口径，数值只变动百分之几；请与标记之间的差距比一比。",
    (
        "All three have a mark, but one is an expected outcome, and not all say that they are "
        "on one basis: the order is safer than the distances."
    ): "三个地区都有标记，但有一个是预计值，而且并没有都注明是同一口径：先后次序比差距更可靠。",
    "Look again at the status and the basis of the three marks.": "再看一看三个标记的性质和口径。",
    (
        "The marks differ in two ways: some are outcomes and one is an expected outcome, and "
        "the residents were counted before the census of 2020 or on a basis that is not "
        "stated. The new census changed the number of residents of the city by only a few per "
        "cent (notebook 05), and the marks lie further apart than that, so the order is likely "
        "to hold. The distances are not exact. Give the order, name status and basis in a "
        "footnote, and look for figures on the basis of one census."
    ): (
        "三个标记有两点不同：有的是实际值，有一个是预计值；常住人口有的是2020年人口普查以前的口"
        "径，有的未注明口径。新的普查只使本市的常住人口数变动了百分之几（见笔记本05），标记之间"
        "的差距比这更大，所以先后次序很可能成立。差距则不精确。给出先后次序，在脚注中写明性质和"
        "口径，再去找按同一次普查统计的数值。"
    ),
    "A ranking needs a figure for each, of one kind and counted in one way.": (
        "要排名，每个地区都要有数值，而且性质相同、口径相同。"
    ),
    "Set the year of the first chart to 2020.": "把第一幅图的年份设为2020。",
    "Point at each of the three marks: what does the tooltip say after Status and Basis?": (
        "逐个指向三个标记：“性质”和“口径”后面写的是什么？"
    ),
    "The published ratio is {}: the two incomes agree with it within rounding.": (
        "公布的比值是{}，两项收入与它在舍入范围内一致。"
    ),
    "That is rural over urban income; the ratio is urban over rural.": (
        "这是农村收入除以城镇收入；要的是城镇收入除以农村收入。"
    ),
    "That is the difference in yuan; divide instead.": "这是以元为单位的差额；请改用除法。",
    "That is urban income over that of all residents; divide by rural income.": (
        "这是城镇收入除以全体居民收入；请除以农村收入。"
    ),
    "That is the ratio of the city; take the rows of mine.": "这是本市的比值；请取mine中的行。",
    "That is by how many per cent urban income is higher; the ratio is asked for.": (
        "这是城镇收入高出百分之几；题目问的是比值。"
    ),
    "A ratio is one number divided by another: find each in mine by its indicator.": (
        "比值是一个数除以另一个数：请按indicator在mine中找到这两个数。"
    ),
    'incomes = mine.set_index("indicator")["value"] has the numbers by indicator.': (
        'incomes = mine.set_index("indicator")["value"]按指标给出各个数。'
    ),
    'Divide incomes["urban_income"] by incomes["rural_income"].': (
        '用incomes["urban_income"]除以incomes["rural_income"]。'
    ),
}
