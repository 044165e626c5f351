"""The words of forms, judgements and the lecturer's key in Chinese."""

CHINESE: dict[str, str] = {
    # marks and forms of what is put together
    "; ": "；",
    ", ": "、",
    " or ": "，或",
    "{}: {}": "{}：{}",
    "{} {}": "{}{}",
    "{} ({})": "{}（{}）",
    "{}, {} min": "{}，{}分钟",
    "{}, {} minutes": "{}，{}分钟",
    # the form
    "Check": "检查",
    "Answer": "答案",
    "in": "单位",
    "choose a unit": "选择单位",
    "Row": "行",
    "Narrow": "筛选",
    "a part of a name, a year or a source": "名称的一部分、年份或来源",
    "Reason": "理由",
    (
        "Your reason, in two sentences: which figures, and what do they not say? It is kept with "
        "your answer; nobody checks it here."
    ): "用两句话说明理由：依据哪些数值？这些数值没有说明什么？理由与答案一起保存，这里不作检查。",
    "Hint {} of {}": "提示 {}/{}",
    "Hint: {}": "提示：{}",
    "No more hints": "没有更多提示",
    "*Exercise {}.* Your answer: {}": "*练习 {}*，你的答案：{}",
    "{} This answer begins anew.": "{}这道题的答案从头开始。",
    "answers/{} could not be read ({}); it was set aside as answers/{}.": (
        "answers/{} 无法读取（{}），已改名保存为 answers/{}。"
    ),
    (
        "Your answer is not kept: answers/{}.json cannot be written ({}). Save it elsewhere before "
        "you close the notebook."
    ): "答案没有保存：无法写入 answers/{}.json（{}）。关闭笔记本之前，请另存到别处。",
    # what is asked for
    "a number, within {:g}": "一个数，误差不超过{:g}",
    "a whole number": "一个整数",
    "{}, and its unit": "{}，以及单位",
    "{} and its unit": "{}，以及单位",
    "one of these:": "从下列各项中选一项：",
    "a row of the table": "数据表中的一行",
    "two lines of your own in place of `...`": "用自己写的两行代码代替`...`",
    # units
    "percentage points": "个百分点",
    "index points": "点（指数）",
    "CNY": "元",
    "USD": "美元",
    "CNY thousand": "千元",
    "CNY billion": "十亿元",
    "10,000 CNY": "万元",
    "100 million CNY": "亿元",
    "µg/m³": "微克/立方米",
    "people": "人",
    "thousand people": "千人",
    "10,000 persons": "万人",
    "years": "个年份",
    "figures": "个数值",
    "targets": "个目标",
    # judgements
    "Right. {}": "正确。{}",
    "Not this one.": "不对。",
    "Not this one. {}": "不对。{}",
    "Choose one of the sentences.": "请选择一项。",
    "Choose a row of the list.": "请在列表中选择一行。",
    "Choose a unit, too.": "还要选择单位。",
    "Type a number.": "请输入一个数。",
    "Type one number, and nothing else but its unit; or choose the unit beside it.": (
        "只输入一个数，除单位外不写别的字；单位也可以在旁边选择。"
    ),
    (
        "Write a point before decimals, as in 2153.3; a comma stands between thousands only, as in "
        "2,153.3."
    ): "小数点用“.”，如2153.3；逗号只用作千位分隔，如2,153.3。",
    "The number is too large.": "这个数太大了。",
    "{!r} is not a number such as 7.2 or -3.": "“{}”不是7.2、-3这样的数：请只用阿拉伯数字。",
    " (within {:g})": "（误差不超过{:g}）",
    "within {:g}": "误差超过{:g}",
    "right": "还不准确",
    "Close, but not {}: take the printed figures, and round at the end only.": (
        "接近了，但{}：请用公布的数值计算，到最后再四舍五入。"
    ),
    (
        "That is not a number: something that you computed with is missing, or you divided by zero."
    ): "这不是一个数：计算所用的数有缺失，或者除数是零。",
    "The size fits, the sign does not: is it a rise or a fall, above or below?": (
        "大小对，正负号不对：是上升还是下降，是高于还是低于？"
    ),
    (
        "The digits fit, the size does not: look at the unit, or at whether you have made per cent "
        "of it."
    ): "数字对，大小不对：请看单位，或者看是否已经换算成百分数。",
    "You typed {} and chose {}: which of them is it?": (
        "你输入的单位是“{}”，选择的是“{}”：究竟是哪一个？"
    ),
    (
        "The number fits, its unit does not: look again at what was measured, and whether it can "
        "be in {}."
    ): "数对，单位不对：再看一看衡量的是什么，能不能用“{}”作单位。",
    (
        "The number fits, its unit does not: a change compared with the start is in %. Percentage "
        "points are the difference of two percentages."
    ): "数对，单位不对：与起点相比的变化用%表示；百分点是两个百分数之差。",
    (
        "The digits fit, the scale does not: your answer reads as {}. 万 is ten thousand, 亿 a "
        "hundred million, a billion a thousand million."
    ): "数字对，数量级不对：你的答案读作{}。亿是万的一万倍；“十亿元”是亿元的十倍。",
    "It is a figure of another indicator.": "这是另一个指标的数值。",
    "It is a figure of another place.": "这是另一个地区的数值。",
    (
        "It is another kind of figure: compare level, growth rate, average, total, change and "
        "share."
    ): "这是另一类数值：请区分水平值、增长率、平均、累计、变化和比重。",
    "It is for another year.": "这是另一年的数值。",
    "Look at what it is: an outcome, an expected outcome or a target.": (
        "看清它的性质：是实际值、预计值，还是目标。"
    ),
    "Look at how the number was printed: exactly, or as a bound.": (
        "看清原文怎样给出这个数：是确数，还是上下限。"
    ),
    "It is counted on another basis.": "它的统计口径不同。",
    "It was printed in another source, or at another time.": "它出自另一个来源，或公布于另一时间。",
    "of unknown date": "公布日期不详",
    "published {:%Y-%m-%d}": "{:%Y-%m-%d}公布",
    "Put two lines of your own in place of ... and run the cell.": (
        "用自己写的两行代码代替 ...，然后运行单元格。"
    ),
    "answer is a {}, and a single number is asked for.": "answer的类型是{}，而这里要的是一个数。",
    "answer is a {}, and a Series with a number for each year is asked for.": (
        "answer的类型是{}，而这里要的是每年一个数的Series。"
    ),
    "The years differ: {}.": "年份不符：{}。",
    "no number for {}": "缺少{}年",
    "one too many for {}": "多出{}年",
    "more than one number for {}": "{}年的数不止一个",
    "Not right for {}.": "{}年的数不对。",
    # the lecturer's key
    "Key to the exercises": "练习答案",
    (
        "For the lecturer. The answers are computed from the table as it is now; make this page "
        "anew when the table has changed. The checks in the notebooks help students to learn by "
        "themselves; whoever reads the code can find every answer, so they are no examination."
    ): (
        "供教师使用。答案由当前的数据表算出；数据表改动之后，请重新生成本页。笔记本中的检查是为了帮助学生自学；"
        "阅读程序代码即可找到所有答案，所以这不是考试。"
    ),
    "| notebook | exercise |": "| 笔记本 | 练习 |",
    "reads a chart": "读图",
    "computes": "计算",
    "argues": "论证",
    "writes code": "写代码",
    "Exercise {}": "练习 {}",
    "**Answer:** {}": "**答案：** {}",
    "**Lines that give it:**": "**参考代码：**",
    "**A model argument:** {}": "**参考论证：** {}",
    "What is said to known mistakes:": "对常见错误的回应：",
    "Hints:": "提示：",
    # places
    "Shaoxing": "绍兴",
    "Zhejiang": "浙江",
    "China": "中国",
}
