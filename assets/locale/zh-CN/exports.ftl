# Reports and what leaves the program.
export-programme = 站点统计表
export-file = 一人一档
export-as-of = 截至{ $date }
export-children = 在档儿童{ $n }人
export-page-cut = 这张表太长，一页只放前 { $most } 行；全部的行在电子表格（XLSX）和 CSV 里。合计是全部的。
export-part = 部分
export-discreet-note = 隐去版：不写姓名、村名、类别和风险。人数很少的村，熟人仍可能猜到，请不要外传。
export-discreet-file-note = 隐去版：只写档案编号、日期和做了哪类工作，不写姓名、地址和建档原因。

export-by-category = 按类别
export-by-risk = 按风险和状态
export-by-status = 按状态
export-by-village = 按村（居）
export-by-worker = 按负责人
export-by-service = 近十二个月做了什么
export-by-need = 未满足的需求
export-needs-by-village = 各村未满足的需求
export-needs-note = 在办个案的档案里看得出需要、还没有给的。不到{ $few }人的只写「<{ $few }」；全站的数舍去尾数，免得推算出是谁。
export-at-least = 全站至少
export-need-n = 需求{ $n }
export-several-note = 一个孩子可能有几个类别，所以合计比人数多。
export-load-note = 有逾期的儿童：有任何一项逾期的孩子。后面四列是没做完的回访：儿童按谁负责算，回访按该谁去做算。
export-few-note = 有的量表前后都有的不到十人：人数太少，不下结论。
export-no-category = 未填类别
export-no-village = 未填村（居）
export-village-n = 村{ $n }
export-worker-n = 工作人员{ $n }
export-instrument-n = 量表{ $n }
export-everybody = 范围
export-children-all = 全部儿童
export-total = 合计
export-total-times = 合计（人次）
export-sum = 小计

export-col-children = 儿童
export-col-closed = 其中已结案
export-col-behind = 有逾期的儿童
export-col-overdue = 逾期回访
export-col-service = 工作
export-col-scored = 测过的儿童
export-col-scores = 次数
export-col-incomplete = 缺题
export-col-no-baseline = 缺开始
export-col-no-second = 缺后一次
export-col-least = 最小变化
export-col-quarter = 下四分位
export-col-three-quarters = 上四分位
export-col-most = 最大变化

export-summary = 概况
export-history = 修改记录
export-scores-note = 只有同一份量表、同一版本、同一个人填的两次才能比；几分的差别可能是碰巧。
export-col-number = 序号
export-col-field = 项目
export-col-value = 内容
export-col-age = 年龄
export-col-on = 日期
export-col-at = 时间
export-col-by = 谁
export-col-what = 做了什么
export-col-back = 撤回
export-col-grade = 轻重
export-col-said = 规则说
export-col-moment = 第几次
export-col-points = 得分
export-col-of = 满分
export-col-band = 分段
export-col-change = 比开始

export-due-mine = 我的到期事项
export-due-station = 全站到期事项

export-no-folder = 没有文件夹 { $path }。请先建好，或者换一个地方
export-not-written = { $path } 写不进去：{ $why }。看看文件夹能不能写、还有没有空间，再试一次
export-no-sheet = 做不成电子表格：{ $why }。改用 CSV
export-no-format = 日历只能导出 ICS，表格和档案只能导出 HTML、XLSX、CSV

export-title = 导出
export-what = 导出什么
export-this-file = 这个孩子的档案
export-format = 格式
export-html = 可打印的一页（HTML）
export-xlsx = 电子表格（XLSX）
export-csv = 文本表格（CSV）
export-ics = 日历（ICS）
export-discreet = 隐去姓名和原因
export-to = 放到
export-needs-folder = 写一个文件夹，例如 ~ 是自己的主目录
export-open-note = 导出的文件没有加密，谁拿到都能看，用完就删。导出会记入审计。
export-stick = 按{ $key }放到 U 盘：{ $path }
export-busy = 正在导出
export-done = 已存到 { $path }
export-done-more = 旁边还有{ $n }个文件，名字开头一样。

charts-title = 图表
charts-workers = 各人负责的儿童（# 在办，. 已结案）
charts-villages = 有逾期的村（# 有逾期的儿童）
charts-caseload = { $n }在办，{ $more }结案
charts-overdue = { $n }人，{ $more }项
charts-nothing-overdue = 没有逾期的事。

cli-export = 导出统计表、一个孩子的档案，或者到期日历
cli-export-examples =
    例子：
      tonghu export programme --format xlsx --to /media/usb
      tonghu export child
      tonghu export calendar --mine
    导出的文件没有加密，谁拿到都能看：用完就删。每次导出都记入审计。
cli-arg-format = 格式：html（可打印的一页）、xlsx 或 csv
cli-arg-to = 放到哪个文件夹；不写就是当前文件夹。已有的文件不会被覆盖
cli-export-programme = 全站的数字：类别、村、风险、负责人、服务、评估
cli-export-programme-discreet = 不写姓名、村名、类别和风险
cli-export-programme-examples =
    例子：
      tonghu export programme
      tonghu export programme --format csv --discreet
cli-export-child = 一个孩子的整份档案
cli-export-child-case = 档案编号，或者只对得上一个孩子的内容；不写或写 -，就在终端上问，或从标准输入读一行
cli-export-child-discreet = 只写档案编号、日期和做了哪类工作
cli-export-child-examples =
    例子：
      tonghu export child TH2026-000012
      tonghu export child --discreet
    用姓名时不写在命令里，等它来问：别人用 ps 看得到命令，命令历史也会留下。
cli-export-calendar = 没做完的回访，做成日历程序能读的文件（ICS）；没有姓名
cli-export-calendar-format = 日历只有 ics
cli-export-calendar-mine = 只要我的；不写就是全站的
cli-export-calendar-discreet = 只写「回访」和档案编号
cli-export-calendar-examples =
    例子：
      tonghu export calendar --mine
