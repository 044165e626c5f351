"""The texts of the questions of `course/livelihoods.py` in Chinese."""

CHINESE: dict[str, str] = {
    (
        "The amount rose by {:.1f}%, the residents by {:.1f}%, so spending per resident rose "
        "by {:.1f}%. A city that grows must spend more to give each resident the same."
    ): (
        "金额增加{:.1f}%，常住人口增加{:.1f}%，所以人均支出增加{:.1f}%。人口增加的城市，要让"
        "每个人得到的不变，就得多花钱。"
    ),
    "That is the rise of the amount; the residents grew, too.": (
        "这是总金额的增幅；常住人口也增加了。"
    ),
    "Divide one factor by the other; growth rates cannot be subtracted.": (
        "应当用一个倍数除以另一个倍数；增长率不能直接相减。"
    ),
    (
        "That is the rise for each resident in yuan; the question asks for a comparison of "
        "two rises, so give it in % of 2015."
    ): "这是人均增加了多少钱；题目要比较两个增幅，请用相当于2015年的百分之几来表示。",
    "That is the rise of the whole amount in yuan: take it per resident, in % of 2015.": (
        "这是总金额增加了多少钱；请按人均计算，用相当于2015年的百分之几来表示。"
    ),
    "That is a sixth of the rise; the question asks for the rise over all the years.": (
        "这是增幅的六分之一；题目问的是各年合计的增幅。"
    ),
    "That is the growth of one year; the question asks for the rise over all of them.": (
        "这是平均一年的增长；题目问的是各年合计的增幅。"
    ),
    "That is the end in % of the start: the rise is that less 100.": (
        "这是终值相当于初值的百分之几；增幅等于它减100。"
    ),
    "When residents grow in number, an amount for each of them grows less than the whole.": (
        "常住人口增加时，人均金额的增长慢于总金额。"
    ),
    "Choose “General public budget expenditure” in Shaoxing and the view “per resident”.": (
        "在绍兴选“一般公共预算支出”，视图选“人均”。"
    ),
    (
        "Each mark is a short range. Take the middle of those of 2015 and 2021, divide, and "
        "say by how many per cent it rose."
    ): "每个标记是一个很窄的区间。取2015年和2021年区间的中点，相除，再说增加了百分之几。",
    (
        "It rose by {:.1f}%, the whole budget by {:.1f}%. {} rose by the most yuan, but by "
        "{:.1f}% only."
    ): "它增加了{:.1f}%，全部预算支出增加了{:.1f}%。{}增加的金额最多，但只增加了{:.1f}%。",
    (
        "It rose by the most yuan, and is large; per cent of its own start, another grew more."
    ): "它增加的金额最多，规模也大；但按相对于自身起点的百分比，另一项增长更快。",
    "It was the largest in 2020; the question asks for growth, not for size.": (
        "它在2020年金额最大；题目问的是增长，不是大小。"
    ),
    "It comes near, but one purpose grew still faster: compute both.": (
        "很接近，但另一项用途增长更快：把两项都算一算。"
    ),
    "It is the smallest. A small part can grow fast, but this one is not it.": (
        "它的金额最小。小的部分可以增长得快，但不是这一项。"
    ),
    "By percentage: compare each amount with its own start, not with the others.": (
        "按百分比：把每个金额与它自己的起点相比，而不是与别的金额相比。"
    ),
    (
        "A purpose that grows faster than the budget has a larger share at the end: compare "
        "the shares of 2020 and 2025."
    ): "增长快于全部预算支出的用途，到最后比重会更大：比较2020年和2025年的比重。",
    (
        "Divide the share of 2025 by that of 2020, for those that gained; the highest "
        "quotient is asked for, and it may belong to a small part."
    ): "对比重上升的各项，用2025年的比重除以2020年的；商最大的就是答案，它可能是一个小的部分。",
    (
        "A fifth of the five years is {}, and 2021 had {}, or {}. Another source has {} and "
        "{} for that year: the line around livelihoods is not one line."
    ): (
        "五年总额的五分之一是{}；2021年是{}，占{}。另一个来源给出的当年数值是{}和{}：哪些算作"
        "民生，界线不止一条。"
    ),
    "The city spent less on livelihoods in 2021 than in an average year before.": (
        "2021年的民生支出比此前平均每年的少。"
    ),
    "Set the amount of 2021 beside a fifth of the five years.": (
        "把2021年的金额与五年总额的五分之一放在一起看。"
    ),
    "Money was moved from livelihoods to other purposes in 2021.": (
        "2021年，钱从民生挪到了其他用途。"
    ),
    "Which purpose of the city gained? No amount of another purpose was published.": (
        "市里哪一项用途增加了？其他用途的金额并没有公布。"
    ),
    (
        "The amount was higher than in an average year before and the share lower, and "
        "nothing tells whether both years were counted in the same way."
    ): "金额高于此前平均每年的，比重则较低，而这些年份是否按同样的口径统计，无从知道。",
    "Compare the amounts, a year with a year, and then the shares.": (
        "先比较金额，一年对一年；再比较比重。"
    ),
    "The share did not fall: it was higher in 2021 than before.": (
        "比重没有下降：2021年比此前高。"
    ),
    "Compare the two shares of the communiqué and of the report.": (
        "比较统计公报和政府工作报告中的两个比重。"
    ),
    (
        "A share of 77.2% hides what is in it: who counts what as livelihoods, how the money "
        "is divided among schools, pensions and roads, and which year of the five had more. "
        "It hides the amount, which can rise while the share falls, and the number of "
        "residents among whom it is divided. As a target a share is easy to remember and "
        "protects such spending when a budget shrinks. But it is met by a wider line without "
        "a yuan more, and it says nothing of services. A fair sentence gives amount, share "
        "and line."
    ): (
        "77.2%这样的比重掩盖了它的内容：谁把哪些支出算作民生，钱在学校、养老金和道路之间怎样"
        "分配，五年中哪一年多一些。它还掩盖了金额（比重下降时金额也可能增加），以及分享这笔钱"
        "的人数。作为目标，比重容易记，预算紧缩时也能保护这类支出。但是，只要把民生的界线划得"
        "宽一些，不多花一元钱也能达到；服务怎样，它什么也没有说。公允的说法应当同时给出金额、"
        "比重和界线。"
    ),
    "A share and an amount are two questions: answer each.": "比重和金额是两个问题，要分别回答。",
    "A total over five years is not one year: divide it by five first.": (
        "五年的总额不是一年的数：先除以五。"
    ),
    "Look at the table of the two amounts for one year: what do they agree on?": (
        "看一看同一年两个金额的表：它们在哪一点上一致？"
    ),
    "It went from {:.1f}% in {} to {:.1f}% in {}.": "由{1}年的{0:.1f}%变为{3}年的{2:.1f}%。",
    "Those are fractions; multiply by 100 to get per cent.": "这些是小数；乘以100才是百分数。",
    "That is all spending in % of the part: divide the other way round.": (
        "这是全部支出相当于该部分的百分之几：除反了。"
    ),
    "Those are the amounts themselves; divide them by all spending of the same year.": (
        "这些是金额本身；请除以同一年的全部支出。"
    ),
    "That is the share of the ten purposes together, which are not all spending.": (
        "这是占十项用途合计的比重，而十项用途并不是全部支出。"
    ),
    "That is the change of the share since the first year; give the share itself.": (
        "这是比重相对于第一年的变化；请给出比重本身。"
    ),
    "Two amounts of one year are to be divided, and nation has each in a row of its own.": (
        "要把同一年的两个金额相除，而在nation中它们各占一行。"
    ),
    (
        "Of the rows whose measure is level, pivot_table can put the indicators side by "
        "side, one row a period (observed=True leaves out what is not there)."
    ): (
        "在measure为level的行中，pivot_table可以把各指标并排放置，每个时期一行（observed=True"
        "会略去没有的）。"
    ),
    (
        "The columns are social_security_spending and general_public_budget_expenditure; a "
        "share in % is 100 times their quotient."
    ): (
        "要用的列是social_security_spending和general_public_budget_expenditure；比重（%）等于"
        "两者之商乘以100。"
    ),
}
