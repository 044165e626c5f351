"""The texts of the questions of `course/everything.py` in Chinese."""

CHINESE: dict[str, str] = {
    "Shaoxing: {}; Zhejiang: {}; China: {}.": "绍兴为{}，浙江为{}，中国为{}。",
    "Compare its ratio of 2020 with the two others.": "把它2020年的比值与另外两个比一比。",
    "Its ratio lies between the two others: a lower one is more equal.": (
        "它的比值在另外两个之间：比值越低，越均衡。"
    ),
    "Its ratio is the highest, so the distance between town and country is the widest.": (
        "它的比值最高，所以城乡之间的差距最大。"
    ),
    "It cannot be told, because the incomes themselves differ between the places": (
        "无法判断，因为各地的收入本身就不同"
    ),
    "A ratio compares town and country within one place, so the level does not matter.": (
        "比值是在一个地区之内比较城镇与农村，所以收入的高低不影响它。"
    ),
    "Search for ratio, choose it alone, and choose all three under “Places”.": (
        "搜索“倍差”，只选这个指标，并在“地区”中选上三个地区。"
    ),
    "The ratio is urban income over rural income: equal incomes have a ratio of 1.": (
        "比值是城镇收入除以农村收入：两者相等，比值就是1。"
    ),
    "Point at the three marks of 2020: which is the closest to 1?": (
        "指向2020年的三个标记：哪一个最接近1？"
    ),
    "They are for {}.": "这些年份是：{}。",
    "That counts all years with an outcome; the question is about those after 2021.": (
        "这里数的是所有有实际值的年份；题目问的是2021年以后的。"
    ),
    (
        "Is one too many among them? 2021 does not count, nor does a year without a published "
        "outcome."
    ): "是不是多算了一个？2021年不算，没有公布实际值的年份也不算。",
    "That is the last year; the question asks how many years there are.": (
        "这是最后一年；题目问的是有几个年份。"
    ),
    "One is missing: an outcome printed as ‘about’ is published, too.": (
        "少了一个：原文写“约”的实际值，也是公布的。"
    ),
    "Search for population, choose the residents alone, and the view “levels”.": (
        "搜索“常住人口”，只选“常住人口”，视图选“水平值”。"
    ),
    "Set the first of the “Years” to 2022, for 2021 itself does not count.": (
        "把“年份”的起点设为2022，因为2021年本身不算。"
    ),
    "How many years have a filled or an open circle? Open means ‘about’, and counts.": (
        "有几个年份有实心圆或空心圆？空心圆表示“约”，也算。"
    ),
    (
        "From {} in 2025, {} in 2027 needs {:.1f}% a year; the published nominal growth of "
        "2025 is {}."
    ): "2025年的实际值是{}，2027年的目标是{}，每年要增长{:.1f}%；公布的2025年名义增速是{}。",
    "It asks for less growth a year than in 2025.": "它要求的年均增速低于2025年的增速。",
    (
        "Compute the constant growth rate from the outcome of 2025 to the target, and compare "
        "it with the published nominal growth rate."
    ): "请计算从2025年的实际值匀速增长到目标的增速，再与公布的名义增速比较。",
    "It asks for more growth a year than in 2025.": "它要求的年均增速高于2025年的增速。",
    "There are two years from 2025 to 2027, not one: what is the average?": (
        "从2025年到2027年是两年，不是一年：平均每年是多少？"
    ),
    "It cannot be compared, because the growth of 2025 is real and the target is an amount.": (
        "无法比较，因为2025年的增速扣除了价格因素，目标却是一个金额。"
    ),
    "A nominal growth rate was published, too: that of GDP at the prices of each year.": (
        "名义增速也公布了：就是按各年价格计算的生产总值的增速。"
    ),
    "It asks for more, because the whole step to 2027 is larger than that of 2025.": (
        "它要求的增速更高，因为到2027年的整个增幅比2025年的大。"
    ),
    "The whole step takes two years: compare growth a year with growth a year.": (
        "整个增幅要用两年：请用年均增速与一年的增速比较。"
    ),
    (
        "Two levels give a nominal growth rate, and a nominal rate was published for 2025: "
        "these two can be compared. The target then asks for a little less than the growth of "
        "2025. But prices matter, too: when they fall, the same nominal growth needs more real "
        "growth. The target is ‘at least’, so a higher GDP would also meet it. And its basis "
        "is not named, while GDP of 2025 is counted on the basis of an economic census."
    ): (
        "两个水平值得出的是名义增速，2025年的名义增速也公布了：这两个可以比较。这样看，目标要求"
        "的增长比2025年的略慢。不过价格也有影响：价格下降时，同样的名义增长就需要更快的实际增长"
        "（扣除价格因素）。目标写的是“至少”，所以生产总值再高一些也算达到。另外，目标没有写明口"
        "径，而2025年的生产总值是按一次经济普查的口径统计的。"
    ),
    "Two levels give a growth rate: from which year to which, and over how many steps?": (
        "两个水平值得出一个增速：从哪一年到哪一年，分几步？"
    ),
    (
        "Search for GDP, choose Gross domestic product (GDP), “levels” for the amounts and "
        "“growth rates” for the rate."
    ): "搜索“生产总值”，选“生产总值”；看金额用视图“水平值”，看增速用“增长率”。",
    "From 2025 to 2027 there are two years: take the square root of the ratio.": (
        "从2025年到2027年是两年：对两者之比开平方。"
    ),
    (
        "Of {} indicators, {} have a figure for each of the three places, though not always "
        "for the same year."
    ): "{}个指标中，有{}个在三个地区都有数值，不过不一定是同一年的。",
    "That also counts the indicators with two places.": "这里把有两个地区的指标也算了进去。",
    "That counts all indicators, also those with one place or two.": (
        "这里数的是所有指标，只有一个或两个地区的也在内。"
    ),
    "Those have two places; the question asks for all three.": (
        "这些指标有两个地区；题目问的是三个地区都有的。"
    ),
    "Those have one place only; the question asks for all three.": (
        "这些指标只有一个地区；题目问的是三个地区都有的。"
    ),
    "That is a share in per cent; the question asks how many there are.": (
        "这是百分之几；题目问的是有多少个。"
    ),
    "First find out for each indicator how many places it has.": "先求出每个指标有几个地区。",
    (
        'every.groupby("indicator", observed=True)["place"] has the places of each indicator; '
        ".nunique() counts those that differ."
    ): (
        'every.groupby("indicator", observed=True)["place"]是每个指标的地区；.nunique()数出其'
        "中不同的有几个。"
    ),
    "Compare these numbers with 3: (… == 3).sum() counts where that is true.": (
        "把这些数与3比较：(… == 3).sum()数出等于3的有几个。"
    ),
}
