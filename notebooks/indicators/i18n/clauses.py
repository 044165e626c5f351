"""The clauses of messages about tables, English to Chinese.

Holes of the English: `{}` any text, `{!r}` a text in quotation marks, `{said}` clauses that stand
here, too. The Chinese has the same holes in the same order, or their numbers. The first clause that
fits is taken. Between clauses stands `; `.
"""

PLACES = {
    "{}, sheet {}": "{} 的工作表 {}",
    "{} of the codebook {!r}": "codebook 文件夹 {1} 的 {0}",
    "{}, line {}": "{}，第 {} 行",
    "partition {}": "分区 {}",
    "the table": "数据表",
    "the codebook": "codebook",
    "README.md or domains.csv": "README.md 或 domains.csv",
    "cell {}": "{} 单元格",
    "row {}": "第 {} 行",
    "column {}": "{} 列",
}

CLAUSES = {
    # --- around faults ---
    "The table was not loaded: {} fault.": "数据表没有载入：有 {} 处错误。",
    "The table was not loaded: {} faults.": "数据表没有载入：有 {} 处错误。",
    "The table was read as it seems to be meant.": "数据表有不明确之处，已按最可能的本意读取。",
    "… and {} more": "…… 还有 {} 处",
    "all stand in .faults": "全部列在 .faults 中",
    "No fault was found.": "没有发现错误。",
    "data/ has {} fault:": "data/ 有 {} 处错误：",
    "data/ has {} faults:": "data/ 有 {} 处错误：",
    "{said} (did you mean {}, which only looks the same: copy it?)": (
        "{}（是不是 {}？两者只是看起来一样，请复制后者）"
    ),
    "{said} (did you mean {}?)": "{}（是不是 {}？）",
    # --- what is given ---
    "the codebook must be a data folder": "codebook 必须是一个数据文件夹",
    "look at the name": "请检查名称",
    "no such file or folder in {!r}": "{} 中没有这个文件或文件夹",
    "look at the name, or make a table with data.template()": (
        "请检查名称，或用 data.template() 生成一份数据表"
    ),
    "this is the mark that a program leaves beside a file that it has open": (
        "这是程序打开文件时在旁边留下的标记"
    ),
    "load the file itself": "请载入文件本身",
    "a file of this kind cannot be loaded": "不能载入这种文件",
    "give a data folder": "请给出一个数据文件夹",
    "give a data folder, a CSV file (.csv), a workbook (.xlsx), a Parquet file (.parquet) "
    "or a Dask DataFrame": (
        "请给出数据文件夹、CSV 文件（.csv）、工作簿（.xlsx）、Parquet 文件（.parquet）"
        "或 Dask DataFrame"
    ),
    "this is {said}, which cannot be loaded": "这是{}，不能载入",
    "a workbook of Excel 97–2003": " Excel 97–2003 工作簿",
    "a binary workbook": "二进制工作簿",
    "an OpenDocument spreadsheet": " OpenDocument 电子表格",
    "a document of Numbers": " Numbers 文稿",
    "a workbook of WPS": " WPS 工作簿",
    "a text with tabs": "用制表符分隔的文本",
    "a text": "文本文件",
    "open it in a spreadsheet and save it as .xlsx (in Numbers: File > Export To > Excel)": (
        "请用电子表格软件打开，另存为 .xlsx（Numbers：文件 > 导出为 > Excel）"
    ),
    "if it is a table of cells with commas, semicolons or tabs, name it .csv": (
        "如果是用逗号、分号或制表符分隔的表格，请把扩展名改为 .csv"
    ),
    "{} is not a table that can be loaded ({said})": "{} 不是可以载入的数据表（{}）",
    "{} is not a table that can be loaded ({})": "{} 不是可以载入的数据表（{}）",
    "{} is not a table that can be loaded": "{} 不是可以载入的数据表",
    "{} is not a codebook that can be loaded ({said})": "{} 不能用作 codebook（{}）",
    "{} is not a codebook that can be loaded ({})": "{} 不能用作 codebook（{}）",
    "{} is not a codebook that can be loaded": "{} 不能用作 codebook",
    "the name is empty": "名称是空的",
    "unknown place {}": "没有 {} 这个地区",
    "choose from: {}": "请从中选择：{}",
    "the table has {} others": "数据表中有另外 {} 个地区",
    # --- files ---
    "the file is missing from the folder {!r}": "文件夹 {} 中缺少这个文件",
    "put it back": "请放回原处",
    "this is not a file that can be read": "这不是可以读取的文件",
    "put the file in its place": "请换成正确的文件",
    "the line is longer than {} characters, so this is no table": (
        "这一行超过 {} 个字符，因此不是数据表"
    ),
    "restore the file": "请恢复原文件",
    "the file cannot be read ({})": "文件无法读取（{}）",
    "close it in other programs, allow yourself to read it, or put a copy in its place": (
        "请在其他程序中关闭它、给自己读取权限，或换成一个副本"
    ),
    "this is no text but a packed file": "这不是文本，而是压缩文件",
    "if it is a workbook, name it .xlsx": "如果是工作簿，请把扩展名改为 .xlsx",
    "this is no text but a workbook of the kind .xls": "这不是文本，而是 .xls 工作簿",
    "open it in a spreadsheet, save it as .xlsx": "请用电子表格软件打开，另存为 .xlsx",
    "this is no text but Parquet": "这不是文本，而是 Parquet",
    "name it .parquet": "请把扩展名改为 .parquet",
    "the text ends with the character Ctrl-Z, as in files of DOS": (
        "文本以 Ctrl-Z 字符结尾，像 DOS 的文件"
    ),
    "the last line has no end, so the file may be cut off": ("最后一行没有换行符，文件可能被截断"),
    "restore it, or end the line": "请恢复原文件，或在行末换行",
    "the text is UTF-16, not UTF-8 (it begins with a byte-order mark)": (
        "文本是 UTF-16，不是 UTF-8（开头有字节顺序标记）"
    ),
    "the file begins with a byte-order mark, as spreadsheets write it": (
        "文件开头有字节顺序标记（BOM），像电子表格软件保存的那样"
    ),
    "the text is not UTF-8 (it looks like GB18030, as spreadsheets save Chinese text: {!r})": (
        "文本不是 UTF-8（像是 GB18030，即电子表格软件保存中文的编码：{}）"
    ),
    "the text is not UTF-8 (it looks like GB18030, as spreadsheets save Chinese text)": (
        "文本不是 UTF-8（像是 GB18030，即电子表格软件保存中文的编码）"
    ),
    "the text is not UTF-8": "文本不是 UTF-8",
    "save it as a workbook (.xlsx) and load that, "
    "or save it as UTF-8 without byte-order mark in an editor": (
        "请另存为工作簿（.xlsx）再载入，或在编辑器中另存为无 BOM 的 UTF-8"
    ),
    # --- the descriptor ---
    "nested too deeply": "嵌套过深",
    "not JSON: {}": "不是 JSON：{}",
    "not a description that this bundle can read ({said})": "不是这套笔记本能读懂的描述（{}）",
    "not a description that this bundle can read ({})": "不是这套笔记本能读懂的描述（{}）",
    "ValueError: {said}": "{}",
    "TypeError: {said}": "{}",
    "its resources must be {}, each in a file of its name (observations.parquet may replace "
    "the .csv)": ("resources 必须是 {}，各在同名的文件中（observations.parquet 可以代替 .csv）"),
    "a theme cannot be called {!r}": "主题不能叫做 {}",
    "give it another key": "请换一个键",
    "column {} of {} must be described as data.template() does": (
        "{1} 的 {0} 列必须与 data.template() 生成的描述相同"
    ),
    "columns of {} must be described as data.template() does": (
        "{} 的各列必须与 data.template() 生成的描述相同"
    ),
    "keys of {} must be described as data.template() does": (
        "{} 的键必须与 data.template() 生成的描述相同"
    ),
    "missing values of {} must be described as data.template() does": (
        "{} 的缺失值必须与 data.template() 生成的描述相同"
    ),
    "the list of {} must be a list of texts": "{} 的取值清单必须由文本组成",
    # --- headers and shape ---
    "the file is empty": "文件是空的",
    "the sheet is empty": "工作表是空的",
    "its first row must be: {}": "第一行必须是：{}",
    "there are no rows beneath the header": "表头下面没有任何一行",
    "fill in at least one, or restore them": "请至少填写一行，或恢复原有的行",
    "the header stands in row {}": "表头在第 {} 行",
    "delete what is above it": "请删去它上面的内容",
    "the cells are separated by {!r}": "单元格之间用 {} 分隔",
    "save the table with commas, or as a workbook (.xlsx)": (
        "请保存为逗号分隔的表格，或工作簿（.xlsx）"
    ),
    "the column is missing": "缺少这一列",
    "the column is unknown": "列名未知",
    "expected: {}": "应为：{}",
    "the column stands there more than once": "这一列出现了不止一次",
    "keep one": "请只保留一列",
    "the columns stand in another order": "各列的次序不对",
    "the first column is called {!r}, as the index that pandas writes": (
        "第一列叫做 {}，像是 pandas 写出的索引"
    ),
    "the first column has no name, as the index that pandas writes": (
        "第一列没有名称，像是 pandas 写出的索引"
    ),
    "unknown columns without a name stand beside the table": "数据表旁边有没有名称的列",
    "not CSV from here on ({})": "从这里起不是 CSV（{}）",
    "look for an unbalanced quotation mark or a cell that is far too long": (
        "请查找不成对的引号，或过长的单元格"
    ),
    "{} cells where {} are expected": "有 {} 个单元格，应有 {} 个",
    "look for a comma or quotation mark too many or missing": "请查找多余或缺少的逗号、引号",
    "look for a figure in the wrong column": "请查找填错列的数值",
    "a cell stands beside the table, in a column without a name": (
        "数据表旁边有一个单元格，所在的列没有名称"
    ),
    "every second row is empty, as where a program ends each line twice": (
        "每隔一行就有一个空行，像是程序每行换行两次"
    ),
    "save it from a spreadsheet, or remove these rows": (
        "请用电子表格软件重新保存，或删去这些空行"
    ),
    "the row is empty": "这一行是空的",
    "the rows to {} are empty": "从这一行到第 {} 行都是空的",
    "remove it": "请删去",
    "remove them": "请删去",
    "remove them, or what stands beneath them": "请删去这些行，或删去下面的内容",
    "the cells of {} stand in {}, and the other way round": "{} 与 {} 两列的内容互换了",
    "exchange the two columns": "请把两列换回来",
    "the cells of this row stand one column too far to the right": "这一行的单元格都右移了一列",
    "the cells of this row stand one column too far to the left": "这一行的单元格都左移了一列",
    "move them back": "请移回原处",
    # --- a cell by itself ---
    "the cell is empty": "单元格是空的",
    "a value is required": "必须填写",
    "found {!r}": "读到 {}",
    "found {!r}, with spaces around it": "读到 {}，前后有空格",
    "found {!r}, with an invisible or broken character": "读到 {}，其中有看不见或损坏的字符",
    "type it anew": "请重新输入",
    "found {!r}, which has markup of web pages in it": "读到 {}，其中有网页标记",
    "write it as plain text": "请写成纯文本",
    "found {!r}, which a spreadsheet would run as a formula": (
        "读到 {}，电子表格软件会把它当作公式执行"
    ),
    "begin with a word": "请以文字开头",
    "found {!r}, with a quotation mark that has no partner": "读到 {}，其中的引号不成对",
    "close it, or write ” or ″": "请补上另一个，或改用 ” 或 ″",
    "found {!r} a second time": "{} 第二次出现",
    "it must be unique": "不能重复",
    "found {!r}, of type {}": "读到 {}，类型是 {}",
    "write the column as text, as printed": "请把这一列写成文本，与原文一致",
    "allowed is one of {}": "应为下列之一：{}",
    "a new one is added to the lists in datapackage.json": (
        "新的值要先加进 datapackage.json 的清单"
    ),
    "allowed is a number such as 12, 7.0 or -95.8, of at most 15 digits, without separators "
    "or units": "应为数字，如 12、7.0、-95.8，最多 15 位，不带分隔符和单位",
    "allowed is a year (2020) or a span of years (2016/2020), from 2000 to 2099": (
        "应为年份（2020）或时期（2016/2020），从 2000 到 2099 年"
    ),
    "allowed is a date such as 2021-02-02": "应为日期，如 2021-02-02",
    "allowed is a text with Chinese characters": "应为含有汉字的文本",
    "allowed is an address that begins with http:// or https://": (
        "应为以 http:// 或 https:// 开头的网址"
    ),
    "allowed is a key of small letters and digits, joined by _ (as in urban_income)": (
        "应为由小写字母和数字组成、用 _ 连接的键（如 urban_income）"
    ),
    "allowed is a key of small letters and digits, joined by - (as in report-2021)": (
        "应为由小写字母和数字组成、用 - 连接的键（如 report-2021）"
    ),
    "allowed is a code of six digits": "应为六位数字代码",
    "allowed is the number of a line, or of lines joined by / (as in 155/157)": (
        "应为行号，或用 / 连接的几个行号（如 155/157）"
    ),
    "allowed is a text of the form {}": "应为符合 {} 的文本",
    # --- keys ---
    "found {}, which row {} of partition {} has already": "读到 {0}，分区 {2} 的第 {1} 行已有",
    "found {}, which row {} of {} has already": "读到 {0}，{2} 的第 {1} 行已有",
    "found {}, which row {} has already": "读到 {}，第 {} 行已有",
    "a key stands once": "键不能重复",
    "found {!r}, which {} of the codebook {!r} does not list": (
        "读到 {0}，codebook 文件夹 {2} 的 {1} 中没有"
    ),
    "found {!r}, which {}, sheet {} does not list": "读到 {}，{} 的工作表 {} 中没有",
    "found {!r}, which {} does not list": "读到 {}，{} 中没有",
    "add a row there, or look at the key": "请在那里加一行，或检查这个键",
    "no row of {} uses {!r}": "{} 没有任何一行用到 {}",
    "restore its rows, or remove the entry": "请恢复用到它的行，或删去这一项",
    # --- a row ---
    "a span must end after it begins": "时期的末年必须晚于始年",
    "a value of measure {} needs a span such as 2016/2020": (
        "measure 为 {} 的数值要有时期，如 2016/2020"
    ),
    "a level belongs to one year (a total over a span is cumulative)": (
        "水平值只属于一年（整个时期的合计是 cumulative）"
    ),
    "an outcome of a year well after {} was published": "实际值的年份远在 {} 公布之后",
    "look at the year and the status": "请检查年份和 status",
    "{} is a share (unit % in indicators.csv): the measure must be share": (
        "{} 是比重（在 indicators.csv 中单位为 %）：measure 必须是 share"
    ),
    "a share, but {} is not a share (unit % in indicators.csv)": (
        "写的是比重，但 {} 不是比重（在 indicators.csv 中单位不是 %）"
    ),
    "{} is at constant prices: only its rates of growth are printed": (
        "{} 按可比价计算：原文只公布增速"
    ),
    "another row says the same with another bound": "另一行内容相同，但 bound 不同",
    "only the two ends of a range may stand together": "只有同一区间的两端可以并列",
    "a {} cannot be below zero": "{} 不能小于零",
    "a share cannot be above 100": "比重不能大于 100",
    "a {} is a whole number": "{} 必须是整数",
    "a fall of more than 100 % would leave less than nothing": "降幅超过 100 %，结果就小于零了",
    "no {} of {} can be like this": "{1} 的单位为 {0} 时，不可能是这个数",
    "ten times more or less than other figures of {} in {}": (
        "与 {1} 的 {0} 的其他数值相差十倍以上"
    ),
    "look at it again": "请再核对",
    "if it was printed so, begin the note with ‘Unusual but as printed’": (
        "如果原文就是这样，note 请以 ‘Unusual but as printed’ 开头"
    ),
    "as_printed has no such number ({})": "as_printed 中没有这个数（{}）",
    "write both as printed, or say in the note that it was ‘Printed in words’, "
    "or is ‘stored in’ another unit": (
        "请把两者都照原文写，或在 note 中注明 ‘Printed in words’（原文用文字）"
        "或 ‘stored in’（换了单位）"
    ),
    "as_printed says that it has another sign ({})": "as_printed 中正负号相反（{}）",
    "as_printed says that it is a bound, or about ({})": "as_printed 说这是上下限或约数（{}）",
    "as_printed says that it is an average ({})": "as_printed 说这是年均值（{}）",
    "other figures of {} are located in another way, by line or by page": (
        "{} 的其他数值用另一种方式标明位置（行号或页）"
    ),
    "look at the row": "请检查这一行",
    "for a {} of {} the codebook allows {!r}": "按指标表，{1} 的 {0} 应以 {2} 为单位",
    # --- workbooks ---
    "the file cannot be read as a workbook ({said})": "文件无法作为工作簿读取（{}）",
    "the file cannot be read as a workbook ({})": "文件无法作为工作簿读取（{}）",
    "open it in a spreadsheet and save it as .xlsx, without a password": (
        "请用电子表格软件打开，另存为 .xlsx，不设密码"
    ),
    "close it in other programs, or allow yourself to read it": (
        "请在其他程序中关闭它，或给自己读取权限"
    ),
    "it is cut off or damaged: put a whole copy in its place": (
        "文件被截断或已损坏：请换成完整的副本"
    ),
    "it is far too large": "文件过大",
    "it is protected by a password, or of the kind .xls": "文件有密码保护，或是 .xls 格式",
    "it is a web page that was named .xlsx": "这是扩展名被改为 .xlsx 的网页",
    "it is a text, perhaps CSV: if so, name it .csv": (
        "这是文本，也许是 CSV：如果是，请把扩展名改为 .csv"
    ),
    "it is a binary workbook, of the kind .xlsb": "这是 .xlsb 二进制工作簿",
    "it is an OpenDocument spreadsheet, of the kind .ods": "这是 .ods 格式的 OpenDocument 电子表格",
    "it is a document of Numbers": "这是 Numbers 文稿",
    "in Numbers choose File > Export To > Excel": "请在 Numbers 中选择“文件 > 导出为 > Excel”",
    "it is a document of Word or PowerPoint that was named .xlsx": (
        "这是扩展名被改为 .xlsx 的 Word 或 PowerPoint 文件"
    ),
    "it is a packed file (zip) of another kind, that was named .xlsx": (
        "这是扩展名被改为 .xlsx 的其他压缩文件（zip）"
    ),
    "no table has this name": "没有叫这个名称的表",
    "rename the sheet": "请给工作表改名",
    "no sheet is named observations (there are: {})": "没有名为 observations 的工作表（现有：{}）",
    "the sheet observations is hidden, others are seen: {}": (
        "工作表 observations 是隐藏的，看得见的是：{}"
    ),
    "rename the one that has the figures": "请把有数值的工作表改名为 observations",
    "the sheet is no table, and was not read": "这个工作表不是数据表，没有读取",
    "copy its figures to observations if it has some": "如果其中有数值，请复制到 observations",
    "the sheet is hidden, and was read as the table of its name": (
        "工作表是隐藏的，已作为同名的表读取"
    ),
    "show it, or delete it": "请取消隐藏，或删去",
    "the sheet is hidden, and was not read (in its place, the sheet {})": (
        "工作表是隐藏的，没有读取（代替它的是工作表 {}）"
    ),
    "the sheet is hidden, and was not read": "工作表是隐藏的，没有读取",
    "show it if it has figures, or delete it": "如果其中有数值，请取消隐藏，否则请删去",
    "the sheet cannot be read ({said})": "工作表无法读取（{}）",
    "the sheet cannot be read ({})": "工作表无法读取（{}）",
    "open it in a spreadsheet and save it anew": "请用电子表格软件打开，重新保存",
    "row {} is beyond the last of a sheet": "第 {} 行超出了工作表的最后一行",
    "row {} stands there twice, or not in its place": "第 {} 行出现了两次，或不在应有的位置",
    "cell {} stands there twice, or not in its place": "{} 单元格出现了两次，或不在应有的位置",
    "the row is hidden, and was read as all others": "这一行是隐藏的，已与其他行一样读取",
    "the rows to {} are hidden, and were read as all others": (
        "从这一行到第 {} 行是隐藏的，已与其他行一样读取"
    ),
    "the column is hidden, and was read as all others": "这一列是隐藏的，已与其他列一样读取",
    "show what is hidden, or delete it": "请取消隐藏，或删去",
    "the cells {} are merged, and were read as if each row had their text": (
        "单元格 {} 是合并的，已按每一行都有其中的文字读取"
    ),
    "write it in each": "请在每一行都写上",
    "the row is struck out": "整行都有删除线",
    "delete it, or take the line away": "请删去这一行，或去掉删除线",
    "found {!r}, struck out": "读到 {}，有删除线",
    "delete what does not hold": "请删去作废的内容",
    "the cell cannot be read ({said})": "单元格无法读取（{}）",
    "the cell cannot be read ({})": "单元格无法读取（{}）",
    "its style is missing": "缺少单元格样式",
    "found the formula {!r} and {} more, and read what it gave when it was saved": (
        "读到公式 {}，另有 {} 个公式，采用的是保存时的计算结果"
    ),
    "found the formula {!r}, and read what it gave when it was saved": (
        "读到公式 {}，采用的是保存时的计算结果"
    ),
    "found the formula {!r}": "读到公式 {}",
    "found {!r}, an error of the spreadsheet": "读到 {}，这是电子表格的错误值",
    "write the figure itself": "请直接填写数值",
    "found {}, of which the spreadsheet has made a logical value": (
        "读到 {}，电子表格软件已把它变成逻辑值"
    ),
    "found {}, of which the spreadsheet has made a date or a time": (
        "读到 {}，电子表格软件已把它变成日期或时间"
    ),
    "found {}, shown as a percentage": "读到 {}，显示为百分数",
    "found {}, shown in the format {!r}": "读到 {}，显示格式是 {}",
    "found {}, shown as {}": "读到 {}，显示为 {}",
    "format the cell as text and type what was printed": ("请把单元格设为文本格式，照原文输入"),
    "format the cell as text and type what was printed, without the sign": (
        "请把单元格设为文本格式，照原文输入，不带百分号"
    ),
    # --- Parquet and Dask ---
    "Parquet is read with the package pyarrow, which is not there ({})": (
        "读取 Parquet 要用软件包 pyarrow，这里没有（{}）"
    ),
    "it is read with the package dask, which is not there ({})": (
        "读取它要用软件包 dask，这里没有（{}）"
    ),
    "leave JupyterLab and start it with `make lab LARGE=1`, or with conda: `{}`": (
        "请退出 JupyterLab，用 `make lab LARGE=1` 启动；用 conda 则是 `{}`"
    ),
    "this is no Parquet file that can be read ({!r})": "这不是可以读取的 Parquet 文件（{}）",
    "write it anew, put a copy in its place, or allow yourself to read it": (
        "请重新写出、换成一个副本，或给自己读取权限"
    ),
    "there is no Parquet file (.parquet) in this folder": (
        "这个文件夹里没有 Parquet 文件（.parquet）"
    ),
    "folders lie too deep in one another": "文件夹嵌套过深",
    "there are no rows": "没有任何一行",
    "write the table there anew": "请在那里重新写出数据表",
    "a file that is not Parquet (.parquet) stands among those that are": (
        "在 Parquet 文件中间有一个不是 Parquet（.parquet）的文件"
    ),
    "move it away": "请移走",
    "the column is of type {}, which loses what was printed (7.0 is not 7)": (
        "这一列的类型是 {}，会失去原文的写法（7.0 不同于 7）"
    ),
    "write it as text (string)": "请写成文本（string）",
    "read it as text (dtype=str)": "请按文本读取（dtype=str）",
    "this is a {} of Dask": "这是 Dask 的 {}",
    "give a DataFrame of Dask, as dask.dataframe.read_parquet() makes it": (
        "请给出 Dask 的 DataFrame，如 dask.dataframe.read_parquet() 所生成的"
    ),
    "there are no rows in its {} partitions": "它的 {} 个分区中没有任何一行",
    "look at how it is made": "请检查它是怎样生成的",
    "its partitions could not be computed ({}: {})": "它的分区无法计算（{}：{}）",
    "look at how it is made, then load it again": "请检查它是怎样生成的，然后重新载入",
    "{} more faults": "还有 {} 处错误",
    "mend those that are listed first": "请先改正已列出的",
    # --- tables that were made by hand, or put together, and those to fill in ---
    "{} is not a table": "{} 不是数据表",
    "load it with data.load, which keeps what was printed": (
        "请用 data.load 载入，它保留原文的写法"
    ),
    "the table has the column {!r} more than once": "数据表中 {} 列不止一个",
    "the table has no column {!r}": "数据表没有 {} 列",
    "make it with growth.with_latest": "请用 growth.with_latest 生成",
    "the column {!r} lacks a value in some rows": "{} 列有的行没有值",
    "the column {!r} does not hold texts": "{} 列的内容不是文本",
    "the column {!r} does not hold numbers": "{} 列的内容不是数字",
    "the column {!r} does not hold dates": "{} 列的内容不是日期",
    "the column {!r} has figures without end": "{} 列中有无穷大的数",
    "figures stand in the table twice, first {}": "数据表中有重复的数值，第一个是 {}",
    "keep each once": "请各只保留一个",
    "two tables have a column {!r}": "两份表都有 {} 列",
    "The files have no such rows any more.": "文件中已没有这些行。",
    "give at least one table": "请至少给出一份数据表",
    "{} figures stand in more than one table, first {}": (
        "有 {} 个数值出现在不止一份数据表中，第一个是 {}"
    ),
    "leave them out of one, as in load(…, place=…)": (
        "请在其中一份中略去它们，如 load(…, place=…)"
    ),
    "{!r} has the {} {} in one table and {} in another": (
        "{} 的 {} 在一份数据表中是 {}，在另一份中是 {}"
    ),
    "give it another key, or the same": "请换一个键，或使两者一致",
    "a table to fill in is a folder or a workbook (.xlsx); found {}": (
        "待填的数据表应为文件夹或工作簿（.xlsx）；给出的是 {}"
    ),
    "a new place needs a key of small letters, name_en and name_zh; found {}": (
        "新的地区要有小写字母的键、name_en 和 name_zh；给出的是 {}"
    ),
    "unknown parent {!r}": "没有 {} 这个上级地区",
    "found code {!r}": "给出的代码是 {}",
    "it has six digits (GB/T 2260), or is left out": "应为六位数字（GB/T 2260），或不填",
    "{} was there already and does not list {!r}": "{} 原来就有，其中没有 {}",
    "add this row to its places: {}": "请在它的 places 中加上这一行：{}",
    # --- make check ---
    "[Errno {}; restore the file": "[Errno {}；请恢复原文件",
    "the site of {!r} is not in domains.csv": "{} 的网站不在 domains.csv 中",
    "add it there if it is that of who published this": "如果是公布者的网站，请加进去",
    "the address of a copy goes to read_at": "副本的网址写进 read_at",
    "{!r} tells of a copy": "{} 指的是副本",
    "only read_at does": "副本只写进 read_at",
    "has the address that url has": "与 url 的网址相同",
    "leave it empty": "请留空",
    "{!r} has digits, so the note cannot begin with {!r}": "{} 中有数字，所以 note 不能以 {} 开头",
    "correct one of them": "请改正其中一个",
    "found {!r}, which is {!r} in no unit that differs by a power of ten": (
        "读到 {}，与 {} 的数字不符（单位只能相差 10 的整数次方）"
    ),
    "correct it": "请改正",
    "the font of the charts lacks {!r}": "图的字体中没有 {}",
    "run `make fonts`": "请运行 `make fonts`",
    "does not say {!r}": "没有写明 {}",
    "say so": "请写上",
    "found {!r}; write {} and {}": "读到 {}；请写 {} 和 {}",
    "found {!r}; write {}": "读到 {}；请写 {}",
}
