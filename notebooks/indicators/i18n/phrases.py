"""What is said in one place only: the English text, and the same in Chinese."""

PHRASES = {
    "Growth from 2016 to 2020, and the targets for 2021": "2016–2020年的增长与2021年的目标",
    (
        "% a year. Bar: average annual growth rate 2016–2020. Filled circle: growth in 2020. Open "
        "diamond: target for 2021;"
    ): "年增长率，%。横条：2016–2020年年均增长率。实心圆：2020年增长率。空心菱形：2021年目标；",
    (
        "the arrow says ‘or more’. ‘At constant prices’ is in real terms, the rest nominal. "
        "What is missing was not printed."
    ): "箭头表示“以上”。“可比价”为实际增长，其余为名义增长。没有标记的，原文没有数字。",
    "From the outcome of 2020 to the target for 2025": "从2020年的实际值到2025年的目标",
    "Filled circle: outcome. Open diamond: target. Dashed: the growth that would lead there.": (
        "实心圆：实际。空心菱形：目标。虚线：达到目标所需的增长。"
    ),
    (
        "Filled circle: outcome. Open diamond: target; an arrow: ‘or more’, ‘or less’. Bar: "
        "over a span of years."
    ): "实心圆：实际。空心菱形：目标；箭头：“以上”“以内”。横条：多年时期。",
    (
        "Dotted lines: limits set by others. Filled circle: outcome. Open diamond: target; "
        "the arrow says ‘or less’."
    ): "点线：其他机构规定的限值。实心圆：实际。空心菱形：目标；箭头表示“以内”。",
    "Filled circle: outcome.": "实心圆：实际。",
    "Open circle: computed.": "空心圆：计算值。",
    "Open square: expected outcome.": "空心方形：预计。",
    "Open diamond: target; an arrow: ‘or more’, ‘or less’.": (
        "空心菱形：目标；箭头：“以上”“以内”。"
    ),
    "Dotted line: no figure in between. //: the basis of counting changes.": (
        "点线：其间没有数值。//：统计口径改变。"
    ),
    "What each outcome counts": "各实际值的统计口径",
    "Limit": "限值",
    "As printed": "原文",
    "In the text read here": "在制表所用文本中的位置",
    "In your copy": "在你的副本中的行号",
    "Set by": "制定者",
    "Which years have a published figure": "哪些年份有公布的数值",
    "Bar: a figure over a span of years.": "横条：多年时期的数值。",
    "Which years have a published figure: {} indicators, {} figures.": (
        "哪些年份有公布的数值：{}个指标，{}个数值。"
    ),
    "{} a year{}": "年均{}{}",
    ", nominal": "，名义",
    ", real": "，实际",
    # the titles of charts, and the headings of tables, that notebooks name
    "The economy at constant prices, 2015 = 100: city, province and nation": (
        "按不变价计算的经济总量，2015年=100：市、省与全国"
    ),
    "Value added of the three sectors, each year": "三次产业每年的增加值",
    "Share of each sector in GDP": "三次产业占生产总值的比重",
    "Fine dust in Shaoxing: above the national limit in 2015 and 2018, within it in each later "
    "figure": "绍兴的细颗粒物：2015年和2018年高于国家限值，此后各数值均在限值以内",
    "Fine dust in the air: city, province and nation": "细颗粒物：市、省与全国",
    "Days with good air: city, province and nation": "空气质量优良天数比例：市、省与全国",
    "Surface water of class III or better: city, province and nation": (
        "地表水Ⅲ类及以上比例：市、省与全国"
    ),
    "Energy use per unit of GDP: change on the year before, province and nation": (
        "单位GDP能耗比上年变化：省与全国"
    ),
    "Incomes, standards, work and life expectancy in Shaoxing": (
        "绍兴的收入、标准、就业与预期寿命"
    ),
    "Target": "目标",
    "In 2020": "2020年",
    "Required pace": "所需增速",
    # what figures say about one another
    "Check": "检验",
    "Computed": "计算值",
    "Published": "公布值",
    "Agrees": "是否一致",
    "within rounding": "舍入范围内一致",
    "no": "不一致",
    " (by definition)": "（定义）",
    "Fact": "事实",
    "Value": "数值",
    "How": "算法",
    "Already reached": "此前已达到",
    "Figure": "数值",
    "Why": "原因（英文）",
    "{}, {} ({})": "{}，{}（{}）",
    "{} ({})": "{}（{}）",
    "{} ({:+.2%})": "{}（{:+.2%}）",
    "; ": "；",
    ", ": "，",
    "Urban-rural income ratio, 2019": "城乡收入之比，2019",
    "Urban-rural income ratio, 2020": "城乡收入之比，2020",
    "Urban income: growth 2019 to 2020": "城镇收入：2019至2020年增长",
    "Rural income: growth 2019 to 2020": "农村收入：2019至2020年增长",
    "General public budget revenue: growth 2016 to 2017": "一般公共预算收入：2016至2017年增长",
    "General public budget revenue: growth 2020 to 2021": "一般公共预算收入：2020至2021年增长",
    "Total fiscal revenue: growth 2020 to 2021": "财政总收入：2020至2021年增长",
    "GDP, nominal: growth 2024 to 2025": "生产总值（名义）：2024至2025年增长",
    "Total fiscal revenue: average growth 2016–2020": "财政总收入：2016–2020年年均增长",
    "General public budget revenue: average growth 2016–2020": (
        "一般公共预算收入：2016–2020年年均增长"
    ),
    "Livelihood spending: share of the budget, 2021": "民生支出：占预算支出比重，2021",
    "GDP: sum of the three industries, 2015": "生产总值：三次产业合计，2015",
    "Shares of the three industries: sum, 2017": "三次产业比重：合计，2017",
    "Minimum living allowance: twelve months, 2020": "最低生活保障：十二个月，2020",
    "Residents: GDP ÷ GDP per capita, 2020": "常住人口：生产总值 ÷ 人均生产总值，2020",
    "Exports: share of the nation, 2020": "出口：占全国比重，2020",
    "Residents in 2020, implied": "2020年常住人口（推算）",
    "Residents in 2025, implied by the targets": "2025年常住人口（由目标推算）",
    "Growth of residents a year, implied": "常住人口年均增长（推算）",
    "Fiscal spending 2016–2020": "2016–2020年财政支出",
    "Fiscal spending a year": "年均财政支出",
    "Livelihood spending a year": "年均民生支出",
    "GDP, real: average growth 2016–2019": "生产总值（可比价）：2016–2019年年均增长",
    "General public budget revenue: average growth 2016–2019": (
        "一般公共预算收入：2016–2019年年均增长"
    ),
    "Fixed-asset investment: average growth 2016–2019": "固定资产投资：2016–2019年年均增长",
    "Built-up area in 2015": "2015年建成区面积",
    "GDP ÷ GDP per capita": "生产总值 ÷ 人均生产总值",
    "the same, of the targets": "同上，按目标",
    "from the two above": "由上面两项",
    "livelihood spending ÷ its share": "民生支出 ÷ 其比重",
    "a fifth of it": "其五分之一",
    "a fifth of the five years": "五年总额的五分之一",
    "the five-year average without its last year": "五年均值去掉最后一年",
    "that of 2020 less its growth since": "2020年值减其间增长",
    "Share of all spending, 2021": "占全部支出比重，2021",
    "All spending, 2021": "全部支出，2021",
    "Livelihood spending, 2020": "民生支出，2020",
    "Share of all spending, 2020": "占全部支出比重，2020",
    "Share of all spending, 2016–2019": "占全部支出比重，2016–2019",
    "that of 2021 before its growth": "2021年值除去当年增长",
    "both before their growth": "两者各除去当年增长",
    "the five years without 2020": "五年去掉2020年",
    "Part": "用途",
    "Years": "年份",
    "First amount": "首年金额",
    "Last amount": "末年金额",
    "A year on average": "年均增长",
    "The total in these years": "同期总额年均增长",
    "Compared with the total": "与总额相比",
    "Indicator": "指标",
    "Year": "年份",
    "Place": "地区",
    "Verdict": "判断",
    "Implied": "推算值",
    "Difference": "相差",
    "Reason": "原因（英文）",
    (
        "Of {} years of {} series, {} have a published outcome, {} have only a figure that "
        "published figures imply, and {} have nothing."
    ): (
        "{1}个系列合计{0}个年份，其中{2}个有公布的实际值，另有{3}个可由公布的数值推算，"
        "{4}个没有数值。"
    ),
    "What is published, what is implied and what is missing": "公布的、可推算的与缺少的",
    "published": "公布",
    "implied by published figures": "由公布的数值推算",
    "nothing": "没有数值",
    "{} published, {} implied, {} nothing": "公布{}个，推算{}个，没有数值{}个",
}
