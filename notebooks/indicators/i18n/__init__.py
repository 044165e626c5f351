"""The words of charts and explorers in English (`en`) and Chinese (`zh`): names of kinds, units, headings and controls.

`WORDS[language][group][key]`; both languages have the same groups and keys. Facts have their names in `data/`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LANGUAGES = {"en": "English", "zh": "中文"}

_EN = {
    "bounds": {
        "exact": "",
        "at_least": "at least ",
        "at_most": "at most ",
        "more_than": "more than ",
        "less_than": "less than ",
        "about": "about ",
    },
    "statuses": {"actual": "outcome", "target": "target", "estimate": "expected outcome"},
    "measures": {
        "level": "level",
        "growth_rate": "growth on the year before",
        "average_growth_rate": "average annual growth rate",
        "cumulative": "total over the span",
        "change": "change over the span",
        "share": "share",
        "index": "index",
        "gap": "outcome less target",
        "total_growth": "total growth over the span",
    },
    "panels": {
        "growth rates": "Growth rate, % a year",
        "total_growth": "Total growth over the span, %",
        "level": "Level, {unit}",
        "share": "Share, {unit}",
        "index": "Index (computed), {unit}",
        "gap": "Outcome less target, {unit}",
        "cumulative": "Total over the span, {unit}",
        "change": "Change over the span, {unit}",
    },
    "tooltip": {
        "indicator": "Indicator",
        "place": "Place",
        "other_name": "In Chinese",
        "period": "Period",
        "figure": "Figure",
        "kind": "Kind",
        "status": "Status",
        "basis": "Basis",
        "source": "Source",
        "locator": "Place in source",
        "as_printed": "As printed",
        "others": "Also printed",
        "note": "Note",
    },
    "listing": {
        "indicator": "Indicator",
        "period": "Period",
        "figure": "Figure",
        "kind": "Kind",
        "basis": "Basis",
        "as_printed": "As printed",
        "source": "Source",
        "note": "Note",
        "sort": "Sort",
        "unknown": "date unknown",
    },
    "tiers": {"primary": "primary", "copy": "copy", "press": "press"},
    "themes": {
        "all": "All themes",
        "growth": "Growth",
        "environment": "Environment",
        "livelihood": "Livelihood",
        "innovation": "Innovation",
        "urban_rural": "Urban and rural",
        "culture": "Culture",
        "opening": "Opening",
        "governance": "Governance",
    },
    "views": {
        "growth rates": "growth rates",
        "levels": "levels",
        "index": "index",
        "gap to target": "gap to target",
        "totals": "totals",
    },
    "verdicts": {
        "met": "met",
        "missed": "missed",
        "within rounding": "within rounding",
        "cannot be told": "cannot be told",
        "not yet known": "not yet known",
        "outcome": "outcome {}",
        "difference": "difference {}",
        "when_set": "already met when it was set",
        "basis": "the basis of 2020 is another, or not stated",
        "yearly": " more than the year before",
        "average": " a year on average",
        "pace": "{} a year",
        "met_in": "met in {}",
        "never": "not by 2100",
        "no_what_if": "no what-if",
        "at_rate": "at {}% a year: {}",
        "none": "–",
    },
    "controls": {
        "view": "View",
        "years": "Years",
        "search": "Search",
        "part": "Part of a name, English or 中文",
        "theme": "Theme",
        "indicators": "Indicators",
        "places": "Places",
        "arrangement": "Layout",
        "vintages": "Printings",
        "base": "Base year",
        "scale": "Scale",
        "language": "Language",
        "pace": "Required pace",
        "table": "Table",
        "reset": "Reset",
        "reset_tip": "Back to the first choice",
        "save": "Save {}",
        "citation": "Citation",
        "year": "Year",
        "target_year": "Target for",
        "order": "Order",
        "rate": "If it moved by (% a year)",
        "again": "Load again",
    },
    "choices": {
        "actual": "Outcomes",
        "target": "Targets",
        "estimate": "Expected outcomes",
        "overlay": "places in one panel",
        "apart": "a panel for each place",
        "latest": "newest, best source",
        "every": "all",
        "linear": "linear",
        "log": "logarithmic",
        "codebook": "codebook",
        "gap": "gap",
        "all": "all",
        "ten": "Ten numbers of the city",
        "mixed": "by target",
        "grouped": "by place",
    },
    "said": {
        "one": "1 figure drawn.",
        "some": "{} figures drawn.",
        "choose": " Choose an indicator from the list.",
        "tick": " Tick outcomes, targets or expected outcomes.",
        "nothing": " No figure in this view and these years for: {}.",
        "no_base": " An index needs an outcome of its base year, {}: try another.",
        "colours": " With more than {} series the colours repeat.",
        "sources": "Sources: {}.",
        "explorer": "Explorer: {}.",
        "one_target": "1 target",
        "targets": "{} targets",
        "no_target": "No target for this year in this theme: choose another.",
        "targets_for": "Targets for {}.",
        "also": "{} ({})",
        "needs": "{} a year needed",
        "path": "{}: required pace, {} a year on average from {} in {} to the target of {} for {} (computed)",
        "retrieved": "Retrieved from “{}” on {}.",
        "no_figure": "no figure for {}",
        "drawn_year": "{} of {} numbers have a figure for {}.",
        "target_short": "target {}: {}",
        "no_goal": "no target",
        "choose_place": "Choose a place from the list.",
        "in_place": "{}: {}",
        "targets_in": "{}, {}",
        "changed": "The files of {} have changed since they were loaded. The chart shows them as they were.",
        "faulty": "The files of {} could not be loaded again. The chart shows them as they were when they were loaded.",
        "more_faults": "… and {} more.",
        "loaded": "Loaded again.",
        "gone": "No longer in the table: {}.",
    },
    "reasons": {
        "base": "Base year: only an index has one.",
        "log_view": "Logarithmic scale: not for rates, gaps and totals, which may be zero or fall.",
        "log_zero": "Logarithmic scale: not for figures of zero or below.",
        "arrangement": "Layout: choose two places or more.",
        "vintages": "Printings: of each chosen figure there is one only.",
        "pace_view": "Required pace: only for levels and the index.",
        "pace_none": "Required pace: no chosen indicator has a target level with an outcome of 2020 that is still short of it.",
        "view": "no chosen indicator has a figure here",
    },
    "chart": {
        "title": "{view}{where}, {first}–{last}: {names}",
        "plans": ["13th Five-Year Plan", "14th Five-Year Plan"],
        "targets": "Targets and what came",
        "target_heads": [
            "Filled: outcome. Open: 2020. % of the target, of rates in percentage points; right is better",
            "Outcome",
            "At {}% a year",
        ],
        "in": " in {}",
        "from_to": "outcomes from {} to {}",
        "only": "outcome {}",
        "extremes": ", lowest {}, highest {}",
        "aims": "target {}",
        "span": "over {}: {}",
    },
}

_ZH = {
    "bounds": {
        "exact": "",
        "at_least": "至少 ",
        "at_most": "至多 ",
        "more_than": "超过 ",
        "less_than": "低于 ",
        "about": "约 ",
    },
    "statuses": {"actual": "实际", "target": "目标", "estimate": "预计"},
    "measures": {
        "level": "水平值",
        "growth_rate": "比上年增长",
        "average_growth_rate": "年均增长率",
        "cumulative": "时期累计",
        "change": "时期变化",
        "share": "比重",
        "index": "指数",
        "gap": "实际减目标",
        "total_growth": "时期总增长",
    },
    "panels": {
        "growth rates": "年增长率，%",
        "total_growth": "时期总增长，%",
        "level": "水平值，{unit}",
        "share": "比重，{unit}",
        "index": "指数（计算值），{unit}",
        "gap": "实际减目标，{unit}",
        "cumulative": "时期累计，{unit}",
        "change": "时期变化，{unit}",
    },
    "tooltip": {
        "indicator": "指标",
        "place": "地区",
        "other_name": "英文名",
        "period": "时期",
        "figure": "数值",
        "kind": "类型",
        "status": "性质",
        "basis": "口径",
        "source": "来源",
        "locator": "出处位置",
        "as_printed": "原文",
        "others": "其他来源",
        "note": "备注（英文）",
    },
    "listing": {
        "indicator": "指标",
        "period": "时期",
        "figure": "数值",
        "kind": "类型",
        "basis": "口径",
        "as_printed": "原文",
        "source": "来源",
        "note": "备注（英文）",
        "sort": "排序",
        "unknown": "日期不详",
    },
    "tiers": {"primary": "原始文件", "copy": "副本", "press": "报道"},
    "themes": {
        "all": "全部主题",
        "growth": "经济增长",
        "environment": "生态环境",
        "livelihood": "民生",
        "innovation": "科技创新",
        "urban_rural": "城乡",
        "culture": "文化",
        "opening": "对外开放",
        "governance": "治理",
    },
    "views": {
        "growth rates": "增长率",
        "levels": "水平值",
        "index": "指数",
        "gap to target": "与目标之差",
        "totals": "累计与变化",
    },
    "verdicts": {
        "met": "达到",
        "missed": "未达到",
        "within rounding": "舍入范围内",
        "cannot be told": "无法判断",
        "not yet known": "尚无结果",
        "outcome": "实际 {}",
        "difference": "相差 {}",
        "when_set": "制定时已达到",
        "basis": "2020年口径不同或未说明",
        "yearly": "（比上年增长）",
        "average": "（年均）",
        "pace": "年均 {}",
        "met_in": "{}年达到",
        "never": "2100年前达不到",
        "no_what_if": "无法推算",
        "at_rate": "按每年 {}%：{}",
        "none": "–",
    },
    "controls": {
        "view": "视图",
        "years": "年份",
        "search": "搜索",
        "part": "名称的一部分，中文或 English",
        "theme": "主题",
        "indicators": "指标",
        "places": "地区",
        "arrangement": "布局",
        "vintages": "版本",
        "base": "基年",
        "scale": "坐标",
        "language": "语言",
        "pace": "所需增速",
        "table": "表格",
        "reset": "重置",
        "reset_tip": "回到最初的选择",
        "save": "保存 {}",
        "citation": "引文",
        "year": "年份",
        "target_year": "目标年份",
        "order": "排序",
        "rate": "假设每年变化（%）",
        "again": "重新载入",
    },
    "choices": {
        "actual": "实际",
        "target": "目标",
        "estimate": "预计",
        "overlay": "各地同图",
        "apart": "每地一图",
        "latest": "最佳来源的最新数值",
        "every": "全部",
        "linear": "线性",
        "log": "对数",
        "codebook": "指标表",
        "gap": "差距",
        "all": "全部",
        "ten": "城市十个数字",
        "mixed": "按目标",
        "grouped": "按地区",
    },
    "said": {
        "one": "共画出 1 个数值。",
        "some": "共画出 {} 个数值。",
        "choose": "请从列表中选择指标。",
        "tick": "请勾选实际、目标或预计。",
        "nothing": "此视图和年份内没有数值：{}。",
        "no_base": "指数需要基年 {} 的实际值：请另选基年。",
        "colours": "超过 {} 个系列时颜色会重复。",
        "sources": "来源：{}。",
        "explorer": "探索：{}。",
        "one_target": "1 个目标",
        "targets": "{} 个目标",
        "no_target": "该主题在这一年没有目标，请另选。",
        "targets_for": "{} 年目标。",
        "also": "{}（{}）",
        "needs": "每年需 {}",
        "path": "{}：所需增速，年均 {}，从 {}（{}年）到目标 {}（{}年）（计算值）",
        "retrieved": "取自“{}”，{}。",
        "no_figure": "{}年无数值",
        "drawn_year": "{} 个（共 {} 个）数字有 {} 年的数值。",
        "target_short": "{}年目标：{}",
        "no_goal": "无目标",
        "choose_place": "请从列表中选择地区。",
        "in_place": "{}：{}",
        "targets_in": "{}，{}",
        "changed": "{} 的文件在载入之后已有改动。图中仍是载入时的内容。",
        "faulty": "{} 的文件无法重新载入。图中仍是载入时的内容。",
        "more_faults": "……另有 {} 处。",
        "loaded": "已重新载入。",
        "gone": "表中已没有：{}。",
    },
    "reasons": {
        "base": "基年：仅用于指数。",
        "log_view": "对数坐标：增长率、差距和累计可能为零或下降，不适用。",
        "log_zero": "对数坐标：数值为零或负数时不适用。",
        "arrangement": "布局：请选择两个或更多地区。",
        "vintages": "版本：所选数值各只有一个来源。",
        "pace_view": "所需增速：仅用于水平值和指数。",
        "pace_none": "所需增速：所选指标没有尚未达到的水平目标及 2020 年实际值。",
        "view": "所选指标在此没有数值",
    },
    "chart": {
        "title": "{view}{where}，{first}–{last}年：{names}",
        "plans": ["“十三五”规划", "“十四五”规划"],
        "targets": "目标与结果",
        "target_heads": [
            "实心：实际。空心：2020年。与目标相差%（增速：百分点），右侧更好",
            "实际",
            "按每年 {}%",
        ],
        "in": "（{}年）",
        "from_to": "实际从{}到{}",
        "only": "实际{}",
        "extremes": "，最低{}，最高{}",
        "aims": "目标{}",
        "span": "{}：{}",
    },
}

_EN["hint"] = (
    "Ctrl-click (⌘-click) adds an indicator or takes one away; by keyboard, Shift with ↑ and ↓. A figure over a span of years is "
    "drawn when the whole span lies within the years. Point near a mark to read it; click to keep it beneath the chart."
)
_ZH["hint"] = (
    "按住 Ctrl（⌘）点击可增减指标；用键盘时按 Shift 加 ↑↓。跨年数值只有整个时期都在所选年份内才画出。指向标记附近可读数值，点击可将其留在图下。"
)
_EN["target_hint"] = (
    "The what-if starts from the last level known on the basis of 2020, even where an outcome on another basis came, and moves towards the target."
)
_ZH["target_hint"] = (
    "推算从与2020年同一口径的最近已知水平值出发（即使已有其他口径的结果），朝目标方向变化。"
)
_EN["aims"] = ["Target", "Verdict", "Target printed", "Outcome printed", "In 2020"]
_ZH["aims"] = ["目标", "判断", "目标原文", "实际原文", "2020年"]
_EN["chart"]["grammar"] = [
    "Circle: outcome, open where it is not exact. Diamond: target. Square: expected when printed. Bar: over a span of years, not of one year,",
    "dashed for a target. Arrow up: ‘or more’; arrow down: ‘or less’. (!): cannot be right as printed. A year without a mark has no figure;",
    "a line joins consecutive years counted on one basis, and breaks where the basis changes. Points that coincide stand side by side.",
]
_ZH["chart"]["grammar"] = [
    "圆：实际，空心表示不是确数。菱形：目标。方形：发布时的预计。横条：多年时期的数值，不属于某一年，目标为虚线。",
    "向上箭头：“以上”；向下箭头：“以内”。(!)：原文有误。没有标记的年份没有数值；",
    "连线只连接口径相同的相邻年份，口径改变处断开。重合的点并排显示。",
]
_EN["chart"]["numbers"], _ZH["chart"]["numbers"] = "The numbers of {}", "{}年的数字"
_EN["chart"]["numbers_grammar"] = [
    "Filled circle: outcome; open circle: not exact; square: expected when printed; diamond: target; bar: over a span of years. The ring marks the",
    "figure of the year, which is printed beside the panel. * the basis of 2020 is another, or not stated.",
]
_ZH["chart"]["numbers_grammar"] = [
    "实心圆：实际；空心圆：不是确数；方形：发布时的预计；菱形：目标；横条：多年时期的数值。圆环标出该年的数值，数值写在图旁。",
    "* 2020年口径不同或未说明。",
]
_EN["chart"]["target_grammar"] = [
    "The line at 0 is the target. * the basis of 2020 is another, or not stated. – a what-if in % a year makes no sense, or",
    "no figure to start from.",
]
_ZH["chart"]["target_grammar"] = [
    "零线为目标。* 2020年口径不同或未说明。– 无法按每年百分比推算，或没有起点数值。"
]

_UNITS = {
    "100 million CNY": "亿元",
    "10,000 CNY": "万元",
    "CNY": "元",
    "CNY a month": "元/月",
    "CNY a year": "元/年",
    "10,000 persons": "万人",
    "persons": "人",
    "years": "年",
    "minutes": "分钟",
    "100 million USD": "亿美元",
    "10,000 USD": "万美元",
    "days": "天",
    "10,000 mu": "万亩",
    "km²": "平方公里",
    "percentage points": "个百分点",
    "10,000 head": "万头",
    "10,000 tonnes": "万吨",
    "10,000 codes": "万个",
    "100 million pieces": "亿件",
    "points": "分",
    "count": "个",
    "rank": "位次",
    "ratio": "比值",
    "µg/m³": "微克/立方米",
    "%": "%",
    "index, previous year = 100": "指数，上年=100",
}

WORDS = {"en": _EN | {"units": {unit: unit for unit in _UNITS}}, "zh": _ZH | {"units": _UNITS}}


_current: ContextVar[str] = ContextVar("language", default="en")


def chosen(language: str | None = None) -> str:
    """The language that is given, or else the current one: English, unless `speaking` says otherwise."""
    return language or _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """While it lasts, `language` is the current one: that of every word for which none is given."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def unit(name, language=None):
    """A unit of the codebook in `language`; one that has no other name (an index with its base) keeps its own."""
    if name.startswith("index, ") and name not in _UNITS:
        base = name.removeprefix("index, ")
        return base if chosen(language) == "en" else base.replace(" = ", "年=")
    return WORDS[chosen(language)]["units"].get(name, name)


# What is said in one place only: the English text, and the same in Chinese.
_PHRASES = {
    "What the years 2016–2020 brought, and what 2021 was to bring": "2016–2020年的结果与2021年的目标",
    "Bar: average annual growth rate 2016–2020. Filled circle: growth in 2020. Open diamond: target for 2021;": "横条：2016–2020年年均增长率。实心圆：2020年增长率。空心菱形：2021年目标；",
    "the arrow says ‘or more’. ‘At constant prices’ is in real terms, the rest nominal. What is missing was not printed.": "箭头表示“以上”。“不变价”为实际增长，其余为名义增长。没有标记的，原文没有数字。",
    "% a year": "每年，%",
    "From the outcome of 2020 to the target for 2025": "从2020年的结果到2025年的目标",
    "Filled circle: outcome. Open diamond: target. Dashed: the growth that would lead there.": "实心圆：实际。空心菱形：目标。虚线：达到目标所需的增长。",
    "Filled circle: outcome. Open diamond: target; an arrow: ‘or more’, ‘or less’. Bar: over a span of years.": "实心圆：实际。空心菱形：目标；箭头：“以上”“以内”。横条：多年时期。",
    "Dotted lines: limits set by others. Filled circle: outcome. Open diamond: target; the arrow says ‘or less’.": "点线：他方规定的限值。实心圆：实际。空心菱形：目标；箭头表示“以内”。",
    "Limit": "限值",
    "As printed": "原文",
    "Set by": "制定者",
    "Which years have a printed figure": "哪些年份有数值",
    "Bar: a figure over a span of years.": "横条：多年时期的数值。",
    "Which years have a printed figure: {} indicators, {} figures.": "哪些年份有数值：{} 个指标，{} 个数值。",
    "{} a year{}": "年均 {}{}",
    ", nominal": "，名义",
    ", real": "，实际",
    # the titles of charts, and the headings of tables, that notebooks name
    "Fine dust in the air of Shaoxing: below the national limit, far above the health guideline": "绍兴的细颗粒物：低于国家限值，远高于健康指导值",
    "Good air and good water: shares, in per cent": "空气与水的优良比例，%",
    "Incomes, standards and the share of spending": "收入、标准与支出比重",
    "Target": "目标",
    "In 2020": "2020年",
    "Required pace": "所需增速",
    # what figures say about one another
    "Check": "检验",
    "Computed": "计算值",
    "Printed": "原文",
    "Agrees": "是否一致",
    "within rounding": "舍入范围内一致",
    "does not": "不一致",
    " (by definition)": "（定义）",
    "Fact": "事实",
    "Value": "数值",
    "How": "算法",
    "Already in 2020": "2020年已有",
    "Figure": "数值",
    "Why": "原因（英文）",
    "{}, {} ({})": "{}，{}（{}）",
    "Urban over rural income, 2019": "城乡收入之比，2019",
    "Urban over rural income, 2020": "城乡收入之比，2020",
    "Urban income: growth 2019 to 2020": "城镇收入：2019至2020年增长",
    "Rural income: growth 2019 to 2020": "农村收入：2019至2020年增长",
    "General public budget revenue: growth 2016 to 2017": "一般公共预算收入：2016至2017年增长",
    "General public budget revenue: growth 2020 to 2021": "一般公共预算收入：2020至2021年增长",
    "Total fiscal revenue: growth 2020 to 2021": "财政总收入：2020至2021年增长",
    "GDP, nominal: growth 2024 to 2025": "生产总值（名义）：2024至2025年增长",
    "Total fiscal revenue: average growth 2016–2020": "财政总收入：2016–2020年均增长",
    "General public budget revenue: average growth 2016–2020": "一般公共预算收入：2016–2020年均增长",
    "Livelihood spending as a share of the budget, 2021": "民生支出占预算支出比重，2021",
    "The three industries together, 2015": "三次产业合计，2015",
    "Shares of the three industries together, 2017": "三次产业比重合计，2017",
    "Twelve monthly living allowances, 2020": "十二个月最低生活保障，2020",
    "GDP over GDP per capita against the residents counted, 2020": "生产总值除以人均生产总值与常住人口，2020",
    "Exports as a share of the nation's, 2020": "出口占全国比重，2020",
    "Residents in 2020, implied": "2020年常住人口（推算）",
    "Residents in 2025, implied by the targets": "2025年常住人口（由目标推算）",
    "Growth of residents a year, implied": "常住人口年均增长（推算）",
    "Fiscal spending 2016–2020": "2016–2020年财政支出",
    "Fiscal spending a year": "年均财政支出",
    "Livelihood spending a year": "年均民生支出",
    "GDP, real: average growth 2016–2019": "生产总值（实际）：2016–2019年均增长",
    "General public budget revenue: average growth 2016–2019": "一般公共预算收入：2016–2019年均增长",
    "Fixed-asset investment: average growth 2016–2019": "固定资产投资：2016–2019年均增长",
    "Built-up area in 2015": "2015年建成区面积",
    "GDP ÷ GDP per capita": "生产总值 ÷ 人均生产总值",
    "the same, of the targets": "同上，按目标",
    "from the two above": "由上面两项",
    "livelihood spending ÷ its share": "民生支出 ÷ 其比重",
    "a fifth of it": "其五分之一",
    "a fifth of the five years": "五年总额的五分之一",
    "the five-year average without its last year": "五年均值去掉最后一年",
    "that of 2020 less its growth since": "2020年值减其间增长",
}


def phrase(text, language=None):
    """A text that is said in one place only, in `language`; one that has no Chinese stays as it is."""
    return text if chosen(language) == "en" else _PHRASES.get(text, text)
