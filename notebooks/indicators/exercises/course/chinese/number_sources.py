"""The texts of the questions of `course/number_sources.py` in Chinese."""

CHINESE: dict[str, str] = {
    (
        "It was published years after the first account and belongs to the series that has "
        "been revised since. That is another basis, so charts draw both."
    ): "它在初步核算数之后几年才公布，属于此后修订过的系列。那是另一个口径，所以图中两个都画。",
    "That is the first account, published weeks after the year was over.": (
        "这是初步核算数，那一年结束后几个星期就公布了。"
    ),
    "That repeats the first account a day later; a figure came years after it.": (
        "这是一天之后对初步核算数的重复；另有一个数值是几年以后公布的。"
    ),
    "It may be new, but its date is not known; take one whose date is.": (
        "它也许是新的，但日期不详；请选一个日期已知的。"
    ),
    "That is the GDP of 2021; the question is about 2020.": (
        "这是2021年的生产总值；题目问的是2020年。"
    ),
    "A figure for 2020 can be published years after 2020.": (
        "2020年的数值，可以在2020年过去几年之后才公布。"
    ),
    "Set “Versions” to all, and look at the marks of 2020.": "把“版本”设为“全部”，看2020年的标记。",
    (
        "The table beneath has a column with the source and its date: which figure for 2020 is "
        "the newest?"
    ): "图下的数据表有一列写明来源和日期：2020年的哪个数值最新？",
    "{} was published first, and {} in the newest source.": "最先公布的是{}，最新的来源中是{}。",
    (
        "That is the difference in 100 million CNY (亿元); the question asks for per cent of "
        "the first account."
    ): "这是以亿元为单位的差额；题目问的是与初步核算数相差百分之几。",
    (
        "That is the difference in billions of CNY; the question asks for per cent of the "
        "first account."
    ): "这是以十亿元为单位的差额；题目问的是与初步核算数相差百分之几。",
    "That is the newest figure in % of the first account: the difference is that less 100.": (
        "这是最新数值相当于初步核算数的百分之几：减去100，才是相差的百分数。"
    ),
    "That is a fraction; multiply it by 100 to get per cent.": "这是小数；乘以100才是百分数。",
    "That is GDP of 2021 over the first account of 2020; both figures are for 2020.": (
        "这是2021年的生产总值除以2020年的初步核算数；要比较的两个数值都是2020年的。"
    ),
    "Compare two figures for one year: which of them was there first is the base.": (
        "比较同一年的两个数值：先公布的那个是基数。"
    ),
    "Subtract the first account from the newest figure, and divide by the first account.": (
        "用最新数值减去初步核算数，再除以初步核算数。"
    ),
    "In per cent that is less than one; the newest figure is lower, so it has a minus.": (
        "结果不到百分之一；最新数值较低，所以带负号。"
    ),
    (
        "{} and {} are of one series: {:.1f}%, at the prices of each year. Over the first "
        "account it would be {:.1f}%. The published growth, in real terms, is {}."
    ): (
        "{}和{}属于同一个系列：按各年价格计算，增长{:.1f}%。如果除以初步核算数，就是{:.1f}%。公"
        "布的可比价增速是{}。"
    ),
    "By the first account, because it is from a government’s own document.": (
        "除以初步核算数，因为它出自政府自己的文件。"
    ),
    "A better source does not help if it counts in another way: read the basis.": (
        "来源再好，口径不同也没有用：请读一读口径。"
    ),
    "By either, because the two differ by less than one per cent.": (
        "除以哪一个都行，因为两者相差不到百分之一。"
    ),
    "Divide by both: how far apart are the two growth rates?": (
        "两个都除一次：得到的两个增速相差多少？"
    ),
    "By the revised figure; the quotient is the nominal growth of the year.": (
        "除以修订数；所得的商是这一年的名义增长。"
    ),
    "Read the basis of the three figures again.": "再读一读三个数值的口径。",
    "By the revised figure; the quotient is the real growth of the year.": (
        "除以修订数；所得的商是这一年扣除价格因素的增长。"
    ),
    (
        "Both are amounts at the prices of their own year: compare the quotient with the "
        "published real growth rate of 2021."
    ): "两个都是按当年价格计算的金额：把所得的商与公布的2021年可比价增速比一比。",
    (
        "A common basis matters more than the better source. Over the first account, the "
        "quotient mixes growth with the revision, which is small beside GDP but large beside "
        "its growth. On one basis the quotient is nominal: it includes the change of prices, "
        "and the published real growth rate is lower. For growth, quote the published real "
        "rate. If you quote a rate that you computed, say so, and give both levels, their "
        "sources and their basis. One doubt remains: the revised figure for 2020 was published "
        "by the press and by a compilation, not by the city."
    ): (
        "口径一致，比来源更好更要紧。除以初步核算数，所得的商就把增长和修订混在了一起；这项修订"
        "与生产总值相比很小，与它的增长相比却很大。在同一口径上，所得的商是名义的：其中含有价格"
        "变动，而公布的可比价增速要低一些。要说增长，就引用公布的可比价增速。如果引用自己算出的"
        "增速，就要说明是自己算的，并给出两个水平值、它们的来源和口径。还有一点存疑：2020年的修"
        "订数是由媒体和一份数据汇编公布的，不是由本市公布的。"
    ),
    "Growth is a comparison: both figures must be counted in the same way.": (
        "增长是一种比较：两个数值必须按同样的口径统计。"
    ),
    "Read the column Basis of the table: which figure for 2020 has the basis of 2021?": (
        "读数据表的“口径”列：2020年的哪个数值与2021年的口径相同？"
    ),
    "Both are amounts at the prices of their own year: what does the quotient include?": (
        "两个都是按当年价格计算的金额：所得的商里含有什么？"
    ),
    (
        "{} of {} documents and pages about the city are press; charts draw them only where "
        "neither a government’s own document nor a copy of one was found."
    ): (
        "关于本市的{1}份文件和网页中，有{0}份是媒体报道；只有在既没有找到政府自己的文件、也没有"
        "找到其副本时，图中才画媒体报道的数值。"
    ),
    "That is the number of figures in them; each source counts once.": (
        "这是媒体报道中数值的个数；每个来源只算一次。"
    ),
    "That is for all places; use `every` as this page loaded it, for the city only.": (
        "这是所有地区的；请用本页载入的`every`，其中只有本市的。"
    ),
    "That counts the sources of all kinds; take those that are press.": (
        "这里数的是所有种类的来源；请只取媒体报道。"
    ),
    "That counts only sources whose figures charts draw; take every, not the drawn.": (
        "这里只数了图中画有其数值的来源；请用every，不要用画出的那些。"
    ),
    "Copies of documents are among them; a copy is not press.": (
        "其中有文件的副本；副本不是媒体报道。"
    ),
    "A source stands in as many rows as it has figures; each is to be counted once.": (
        "一个来源有几个数值，就占几行；每个来源只应数一次。"
    ),
    'every[every["tier"] == "press"] has the rows of the press.': (
        'every[every["tier"] == "press"]是媒体报道的行。'
    ),
    "Take their column source; .nunique() counts what is different in it.": (
        "取这些行的source列；.nunique()数出其中不同的有几个。"
    ),
}
