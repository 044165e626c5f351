"""The words of the site beside those of charts and explorers, in English and Chinese."""

import re

from ..i18n import LANGUAGES, WORDS

WORDS_OF_SITE = {
    "en": {
        "from": "From",
        "to": "To",
        "page": {  # what explorers of a page say
            "copied": "Copied: the address of this view.",
            "not_understood": "Not understood in the address, and drawn as usual: {}.",
        },
        "in_words": "In words, as the chart opens",
        "as_table": "As a table, as the chart opens",
        "still": "A page without a kernel: its charts draw what you choose, and the address keeps "
        "it. Code, tables of your own and checked answers to exercises need the notebook, which "
        "make lab opens.",
        "bundle": WORDS["en"]["said"]["bundle"],
        "decade": [
            "From 2015 to {last} the economy of Shaoxing, a city of <b>{people}</b>, grew by about "
            "<b>{grown}%</b>, price changes taken out; in 2025 it grew by <b>{newest}</b>.",
            "It grew least in {slow}, by <b>{least}</b>, and most in {fast}, by <b>{most}</b>.",
            "Fine dust in the air (PM2.5) went from <b>{pm25_first}</b> in 2015 to "
            "<b>{pm25_last}</b> in 2023, and days with good air from <b>{good_air_days_first}</b> "
            "of the year in 2015 to <b>{good_air_days_last}</b> in 2020.",
            "Income per person went from <b>{urban_income_first}</b> in 2015 to "
            "<b>{urban_income_last}</b> in 2022 in town, and from <b>{rural_income_first}</b> to "
            "<b>{rural_income_last}</b> in the countryside, price changes included.",
            "So income in town was <b>{before}</b> times that in the countryside in 2015, and "
            "<b>{after}</b> times in 2022.",
        ],
        "decade_title": "Shaoxing, 2015–2025: outcomes, and targets for 2025",
        "home": "Every figure is one that was printed, and every mark in a chart says where: point "
        "at it. Choose a question, or look a figure up.",
        "codebook": "Codebook: all indicators",
        "figures": "All figures",
        "sources": "All sources",
        "figures_of": "Figures: {}",
        "of": "{} figures of {} indicators, each as it was printed, with its source and place in "
        "it.",
        "codebook_head": [
            "Indicator",
            "In Chinese",
            "Unit of the level",
            "Prices",
            "Better",
            "Figures",
            "What is counted",
        ],
        "sources_head": ["Title", "Publisher", "Published", "Tier", "Address", "Figures", "Note"],
        "codebook_said": "{} indicators by theme. What has no unit is a count; "
        "‘prices’ says whether price changes are still in an amount (nominal) or taken out (real).",
        "sources_said": "{} documents and pages. A primary source is a government's own document "
        "on its own site, a copy is a public copy of one, press is a report about one, and a "
        "dataset is a public compilation. Where a copy was read is told as text.",
        "limits": "Limits and guideline values that others set",
        "limits_head": ["Limit", "Indicator", "Value", "Set by", "As printed"],
        "prices": {"nominal": "nominal", "real": "real", "": ""},
        "better": {"higher": "higher", "lower": "lower", "": ""},
    },
    "zh": {
        "from": "起始年",
        "to": "终止年",
        "page": {
            "copied": "已复制此视图的网址。",
            "not_understood": "网址中有无法识别的内容，已按默认显示：{}。",
        },
        "in_words": "文字说明（图表初始状态）",
        "as_table": "表格（图表初始状态）",
        "still": "本页不需要内核：图按你的选择绘制，选择保存在网址中。"
        "要运行代码、使用自己的数据表、检查练习答案，请用 make lab 打开笔记本。",
        "bundle": WORDS["zh"]["said"]["bundle"],
        "decade": [
            "扣除价格因素，绍兴（常住人口<b>{people}</b>）的经济从2015年到{last}年累计增长约<b>{grown}%</b>；"
            "2025年比上年增长<b>{newest}</b>。",
            "增速最低的是{slow}年，为<b>{least}</b>；最高的是{fast}年，为<b>{most}</b>。",
            "PM2.5平均浓度由2015年的<b>{pm25_first}</b>变为2023年的<b>{pm25_last}</b>；"
            "空气质量优良天数比例由2015年的<b>{good_air_days_first}</b>"
            "变为2020年的<b>{good_air_days_last}</b>。",
            "2015年到2022年，城镇居民人均可支配收入由<b>{urban_income_first}</b>变为"
            "<b>{urban_income_last}</b>，农村居民由<b>{rural_income_first}</b>变为"
            "<b>{rural_income_last}</b>（未扣除价格因素）。",
            "因此，2015年城镇居民收入是农村居民的<b>{before}</b>倍，2022年是<b>{after}</b>倍。",
        ],
        "decade_title": "绍兴，2015–2025：实际结果和2025年目标",
        "home": "每个数值都是公布过的，图中每个标记都注明出处，指向标记即可查看。"
        "请选择一个问题，或查找数值。",
        "codebook": "指标表：全部指标",
        "figures": "全部数据",
        "sources": "全部来源",
        "figures_of": "数据：{}",
        "of": "共 {} 个数值、{} 个指标，均按原文，并注明来源及位置。",
        "codebook_head": ["指标", "英文名", "水平值单位", "价格", "方向", "数值数", "说明（英文）"],
        "sources_head": ["标题", "发布者", "发布日期", "等级", "网址", "数值数", "备注（英文）"],
        "codebook_said": "共 {} 个指标，按主题排列。没有单位的是个数；"
        "“价格”说明金额是否含价格变动（现价）或已扣除（不变价）。",
        "sources_said": "共 {} 份文件和网页。原始文件是政府自己网站上的文件，"
        "副本是其公开转载，报道是媒体的有关报道，数据汇编是公开的统计汇编。读自副本的，副本地址以文字列出。",
        "limits": "其他机构规定的限值和准则值",
        "limits_head": ["限值", "指标", "数值", "制定者", "原文"],
        "prices": {"nominal": "现价", "real": "不变价", "": ""},
        "better": {"higher": "越高越好", "lower": "越低越好", "": ""},
    },
}

# What Sphinx and its theme say by themselves, and the names that the site gives them, in Chinese.
CHINESE = {
    "Shaoxing 2015–2025": "绍兴2015–2025年",
    "Search - Shaoxing 2015–2025": "搜索 - 绍兴2015–2025年",
    "Language": "语言",
    "Questions": "问题",
    "Figures": "数据",
    "Skip to content": "跳到正文",
    "Toggle site navigation sidebar": "打开或关闭导航栏",
    "Toggle table of contents sidebar": "打开或关闭本页目录",
    "Toggle Light / Dark / Auto color theme": "切换浅色、深色或自动配色",
    "Light mode": "浅色",
    "Dark mode": "深色",
    "Auto light/dark, in light mode": "自动配色，现为浅色",
    "Auto light/dark, in dark mode": "自动配色，现为深色",
    "Menu": "菜单",
    "Contents": "目录",
    "Expand": "展开",
    "On this page": "本页内容",
    "Link to this heading": "本标题的链接",
    "Toggle hidden content": "显示或隐藏代码",
    "What the chart shows": "图表内容",
    "Home": "首页",
    "Next": "下一页",
    "Previous": "上一页",
    "Back to top": "回到顶部",
    "Made with": "制作工具：",
    "and": "和",
    "'s": "的",
    "Search": "搜索",
    "Searching": "正在搜索",
    "Search Results": "搜索结果",
    "One result.": "找到1条结果。",
    "${resultCount} results.": "找到${resultCount}条结果。",
    "Your search did not match any documents. Please make sure that all words are spelled "
    "correctly and that you've selected enough categories.": "没有找到。请检查写法，或换一个词。",
    "Hide Search Matches": "不再标出搜索词",
}
AS_THEY_ARE = {"English", "中文", "Sphinx", "Furo", "@pradyunsg", "Python", "¶"}  # in any language

# What notebooks say of JupyterLab's controls, and what the site says in its place.
WORDED_ANEW = {
    "Three questions need the widgets above, and one needs two lines of code. ": (
        "Answer them with the charts above. "
    ),
    "The first three questions need the charts above, and the last needs two lines of code. ": (
        "Answer them with the charts above. "
    ),
    "Choose or type an answer and press *Check*; hints come one by one. ": "",
    "What you type is kept beside the notebooks, in the folder `answers`.": (
        "The notebook checks the answers and gives hints."
    ),
    "Choose or type an answer and press *Check*. Hints appear one at a time. ": "",
    "Your answers are kept beside the notebooks, in the folder `answers`.": (
        "The notebook checks the answers and gives hints."
    ),
    "Narrow the list as you like, and choose the row.": "Search this site for it.",
    "Move *Years*, search for another number, or click a mark to keep its source beneath the "
    "chart.": "Move *From* and *To*, search for another number, or point at a mark to read its "
    "source.",
    "Move the *Year*: each card": "Move *Year*: each card",
    "tick *Table* under *More* and read the column *Basis*": "point at the marks and read *Basis*",
    "and the sources as references: APA and GB/T 7714 as text, or BibLaTeX.": (
        "and press *Share*: the address that it copies draws this view again."
    ),
    " A control that makes no sense for your choice is grey, and says why.": "",
    "- *Theme* shortens the list of indicators. What is chosen stays in the list.\n": "",
    "*Base year*, beneath the views when the view is *index*, is the year that counts 100.": (
        "*Base year*, under *More*, is the year that counts 100 in the view *index*."
    ),
    "*Title* replaces the title of the chart. *Picture for* sets the size of what *Save PNG* and "
    "*Save SVG* give: a screen, a column of a page or a slide.": (
        "*Save PNG* and *Save SVG* give the chart as a picture, with its title and sources."
    ),
    "This page works in a temporary folder": "The notebook works in a temporary folder",
    "this page makes a small table": "the notebook makes a small table",
    "Leave this page open and change": "Leave the notebook open and change",
    "三道题要用上面的交互图，一道题要写两行代码。": "请用上面的图作答。",
    "前三道题要用上面的图，最后一道要写两行代码。": "请用上面的图作答。",
    "选择或输入答案，然后点“检查”；提示可以逐条查看。": "",
    "输入的内容保存在`notebooks/answers`文件夹里。": "笔记本会检查答案，并给出提示。",
    "拖动“年份”，搜索别的指标，或点击一个标记，把它的来源留在图下。": (
        "改变“起始年”和“终止年”，搜索别的指标，或指向一个标记，看它的来源。"
    ),
    "再保存引文：文本中有APA和GB/T 7714两种格式，另有BibLaTeX文件（.bib）。": (
        "再点“分享”：复制的网址会重新画出这个视图。"
    ),
    "对当前选择没有意义的控件呈灰色，并说明原因。": "",
    "- “主题”缩短指标列表，已选的指标仍留在列表中。\n": "",
    "“基年”在视图选“指数”时出现在视图按钮下方，是指数为100的年份。": (
        "“基年”在“更多”中，是视图“指数”中指数为100的年份。"
    ),
    "“标题”可以换成自己的标题。“图片用途”决定“保存PNG”和“保存SVG”所得图片的尺寸："
    "屏幕、文章栏宽或幻灯片。": "“保存PNG”和“保存SVG”把图存为图片，带有标题和来源。",
    "在“更多”中勾选“表格”，读“口径”一列": "指向标记，看“口径”一项",
    "可以用“筛选”缩小列表，再选出这一行。": "请在本站搜索这一行。",
    "本页使用临时文件夹": "笔记本使用临时文件夹",
    "本页会做一份小数据表": "笔记本会做一份小数据表",
    "让本页开着": "让笔记本开着",
    "回到本页时": "回到笔记本时",
}
ONLY_IN_NOTEBOOKS = [
    "*Check*",
    "folder `answers`",
    "*Table*",
    "widgets above",
    "*Years*",
    "*Picture for*",
    "Run All",
    "BibLaTeX",
    "“检查”",
    "`notebooks/answers`",
    "“表格”",
    "“图片用途”",
    "上面的交互图",
]


def for_site(text: str) -> str:
    """The text of a notebook in the wording of the site."""
    for said, anew in WORDED_ANEW.items():
        text = text.replace(said, anew)
    return text


def in_each_language(key: str, *values: object) -> dict[str, str]:
    """The words of a key by language, with these values in their gaps."""
    return {language: WORDS_OF_SITE[language][key].format(*values) for language in LANGUAGES}


def inline(texts: dict[str, str]) -> str:
    """Texts by language as Markdown, of which the page shows one."""
    return " ".join(f"[{text}]{{.{language}}}" for language, text in texts.items() if text)


def block(texts: dict[str, str]) -> str:
    """Texts by language (HTML) as one HTML, of which the page shows one."""
    return "".join(
        f'<div class="{language}" lang="{language}">{_apart(text)}</div>'
        for language, text in texts.items()
        if text
    )


def _apart(text):
    """HTML in which a search that drops the tags still tells cells and items apart."""
    return re.sub("(</(?:td|th|li|p)>)", r"\1 ", text)
