"""The texts of the questions of `course/how_fast.py` in Chinese."""

CHINESE: dict[str, str] = {
    (
        "It grew by {}, against an average of {}: nothing in the average tells of such a year."
    ): "这一年增长{}，而年均增长率是{}：从平均数里看不出有这样的一年。",
    "Its mark lies above the bar of the average, but another lies further above it.": (
        "它的标记在平均数横条的上方，但另一个标记高出更多。"
    ),
    "Compare its mark with the bar of the average once more.": (
        "请再把它的标记与平均数的横条比一比。"
    ),
    "Its mark lies a little below the bar of the average; two others are further off.": (
        "它的标记略低于平均数的横条；另有两个标记离得更远。"
    ),
    (
        "It is the lowest of the four. But the question is about the distance from the "
        "average, upward or downward, and another is further above it."
    ): "它是四年中最低的。但题目问的是与平均数的距离，向上向下都算；另一个标记在上方离得更远。",
    (
        "Choose Shaoxing and General public budget revenue alone, and the view “growth rates”."
    ): "只选绍兴，只选一般公共预算收入，视图选“增长率”。",
    "The bar across the years 2016–2020 is the average annual growth rate.": (
        "横跨2016–2020年的横条就是年均增长率。"
    ),
    (
        "Measure from each filled circle to the bar, upward and downward: which distance is "
        "the longest?"
    ): "量一量每个实心圆到横条的距离，向上向下都算：哪一个最远？",
    "From {} to {} in five years. The report gives {}: the two agree.": (
        "五年间由{}增加到{}。报告给出的是{}：两者一致。"
    ),
    (
        "That is a fifth of the total growth. Growth compounds: take the fifth root of the "
        "ratio instead."
    ): "这是总增长的五分之一。增长是逐年累乘的：应当把比值开五次方。",
    "That is the growth over all five years, not of a year.": "这是五年合计的增长，不是一年的。",
    "From the end of 2015 to the end of 2020 there are five steps, not six.": (
        "从2015年末到2020年末是五步，不是六步。"
    ),
    "From the end of 2015 to the end of 2020 there are five steps, not four.": (
        "从2015年末到2020年末是五步，不是四步。"
    ),
    "Growth compounds: a fifth of the total growth is too much.": (
        "增长是逐年累乘的：总增长的五分之一偏大。"
    ),
    "The view “levels” has the amounts of 2015 and 2020; point at the marks, and divide.": (
        "视图“水平值”里有2015年和2020年的金额；指向标记读出，再相除。"
    ),
    "There are five steps: (end / start) to the power of 1/5, less 1, in per cent.": (
        "一共五步：（终值 / 初值）的1/5次方，减1，化为百分数。"
    ),
    "Growth was {} in 2021, after {} in 2020; over the two years the average was {}.": (
        "2021年增长{}，此前的2020年增长{}；两年年均增长{}。"
    ),
    "Yes, and it shows that the economy grew by 7% or more in every year since 2019.": (
        "支持，而且说明2019年以来每年的经济增长都在7%或以上。"
    ),
    "Look at the mark of 2020, and at the bar over 2020 and 2021.": (
        "看一看2020年的标记，以及横跨2020年和2021年的横条。"
    ),
    (
        "Yes; but the year before was low, and over the two years together growth was below "
        "7% a year."
    ): "支持；但前一年基数低，两年合起来年均增长不到7%。",
    "Compare the outcome of 2021 with the target once more.": (
        "请再把2021年的实际值与目标比一比。"
    ),
    "No: over the two years together growth was below 7% a year.": (
        "不支持：两年合起来年均增长不到7%。"
    ),
    "The target was for 2021 alone; an average over two years does not judge it.": (
        "目标只针对2021年；不能用两年平均来判断它。"
    ),
    "It cannot be said, for the target is nominal and the outcome is real.": (
        "无法判断，因为目标是名义增速，实际值是扣除价格因素的增速。"
    ),
    "Both are rates of GDP at constant prices: look at the name of the indicator.": (
        "两者都是可比价生产总值的增速：看一看指标的名称。"
    ),
    (
        "The target was met: it was for one year, and the published rate of that year is "
        "above it. But a growth rate compares with the year before, and that was the year of "
        "the epidemic. The published average over both years is the fairer measure of speed, "
        "and lies below the target of 2021. A target that looks ambitious after a bad year "
        "may only ask for a return to the path."
    ): (
        "目标达到了：它只针对一年，而这一年公布的增速高于它。但增长率是与上一年相比，而上一年"
        "是疫情之年。衡量快慢，公布的两年年均增长率更公允，它低于2021年的目标。坏年景之后，看"
        "起来很高的目标，要求的可能只是回到原来的轨道。"
    ),
    "Choose Shaoxing and GDP at constant prices alone, and the view “growth rates”.": (
        "只选绍兴，只选生产总值（可比价），视图选“增长率”。"
    ),
    "Compare the mark of 2021 with the target for 2021, then look at the year before.": (
        "先把2021年的标记与2021年的目标相比，再看前一年。"
    ),
    "One of the bars is an average over 2020 and 2021: is it above 7% a year or below?": (
        "有一条横条是2020年和2021年的年均增长率：它高于7%还是低于7%？"
    ),
    (
        "The rates go from {:g}% to {:g}%, so the slowest year is {:.1f} percentage points "
        "below the fastest. A target is no outcome, and an average belongs to no single year."
    ): (
        "增速最低{:g}%，最高{:g}%，所以最慢的一年比最快的一年低{:.1f}个百分点。目标不是实际值，"
        "年均增长率也不属于任何一年。"
    ),
    "Targets are among your rates, so some years stand twice: take outcomes only.": (
        "你的增速里混有目标，所以有的年份出现两次：只取实际值。"
    ),
    "Averages over several years are among your rates: take growth rates only.": (
        "你的增速里混有多年的年均增长率：只取单个年份的增长率。"
    ),
    "All rates are in it, targets and averages, too: take outcomes of single years.": (
        "所有增速都在里面，目标和年均增长率也在：只取单个年份的实际值。"
    ),
    "Those are the targets, not the outcomes.": "这些是目标，不是实际值。",
    "Those are the rates themselves; subtract each from the highest of them.": (
        "这些是增速本身；请用其中最高的减去每一个。"
    ),
    "The sign is the other way: the highest rate less the rate of each year.": (
        "正负号反了：应当用最高的增速减去各年的增速。"
    ),
    "That is how far each year is above the slowest; the fastest is asked for.": (
        "这是各年比最慢的一年高多少；题目要的是与最快的一年相比。"
    ),
    "That is in % of the highest rate; the question asks for percentage points.": (
        "这是占最高增速的百分比；题目要的是百分点。"
    ),
    "Which rows of economy are outcomes of single years? Look at measure and status.": (
        "economy中哪些行是单个年份的实际值？看一看measure和status。"
    ),
    (
        "economy.query(\"indicator == 'real_gdp' and …\") takes rows; with and, measure is "
        "'growth_rate' and status is 'actual'. .set_index(\"period\")[\"value\"] makes rates of "
        "them."
    ): (
        "economy.query(\"indicator == 'real_gdp' and …\")取出若干行；在and后面写明measure是'gro"
        'wth_rate\'，status是\'actual\'。再用.set_index("period")["value"]得到各年的增速，称为rates。'
    ),
    "rates.max() is the highest rate; a Series can be subtracted from a number.": (
        "rates.max()是最高的增速；可以用一个数减去一个Series。"
    ),
}
