# 查找、个案、命令、帮助、系统状况、备份、日历
col-name = 姓名
col-sex-age = 年龄
col-guardian = 监护人
col-village = 村居
col-risk = 风险
col-due = 下次回访
col-found = 找到的依据
col-on = 日期
col-sentence = 记录
col-worker = 负责人
col-categories = 类别
col-status = 状态
col-last-contact = 上次联系
col-case-no = 编号
sex-short-m = 男
sex-short-f = 女
category-short-left-behind = 留守
category-short-prisoner = 服刑子女
category-short-unattended = 事实无人
category-short-orphan = 孤儿
category-short-poverty = 困难
category-short-disability = 残病
category-short-guardianship = 监护
category-short-street = 流浪
category-short-institution = 机构
category-short-foster = 寄养
category-short-migrant = 流动

search-busy = 正在查找，请稍候
search-title = 查找
search-prompt = 查找：
search-prompt-visit = 给谁记走访：
search-prompt-follow-up = 给谁约回访：
search-prompt-note = 给谁写笔记：
search-prompt-pick = 谁来了：
search-children = 儿童
search-notes = 记录
search-switch = 切换
search-count = { $n } 人
search-count-more = 前 { $n } 人，再多输几个字
search-count-others = { $children } 人，其他 { $others } 条
search-count-notes = { $n } 条
search-hint =
    姓名：汉字、拼音、首字母都行，例如 王小明、wangxm、wxm；写成同音字也能找到。
    监护人、村居、学校：例如 李秀英、石门。
    号码：身份证或电话的几位数字、生日、个案编号。
    用空格隔开可以合起来找，例如 wxm 石门。
    志愿者、寄养家庭、机构、基地、捐赠方、活动按名称找，手册按标题找。
search-hint-notes = 在走访记录、笔记和个案经过里找句子，例如 发烧、转学。几个词用空格隔开。
search-none = 没有找到这样的儿童。换个写法，或者少输几个字试试。
search-none-notes = 记录里没有这样的句子。
search-try-notes = 到走访记录和笔记里找
search-try-children = 按姓名和号码找儿童
search-register = 登记为新的儿童

cases-title = 个案
cases-order = 按{ $order }排列
cases-only = 只看：{ $what }
cases-clear = { $key } 全部显示
cases-none = 没有符合条件的儿童。按 Esc 全部显示，按 f 改筛选。
sort-due = 下次回访
sort-name = 姓名
sort-risk = 风险
sort-age = 年龄
sort-village = 村居
sort-last-contact = 最久没联系
filter-title = 筛选
filter-category = 类别
filter-risk = 风险
filter-status = 状态
filter-worker = 负责人
filter-due = 回访
filter-village = 村居
filter-overdue = 逾期
filter-all = 全部
filter-village-hint = 输入村居名称
filter-hint = 左右选择，上下换行，回车应用，Esc 取消

palette-title = 全部命令
palette-prompt = 命令：
palette-none = 没有这样的命令

calendar-title = 选日期

health-title = 系统状况
health-good = 正常
health-look = 留意
health-bad = 有问题
health-all-good = 一切正常。
health-some-look = 有需要留意的地方，见下。
health-some-bad = 有问题要处理，见下。

toast-backed-up = 备份好了：{ $path }（{ $records } 条）
work-done = { $what }完成了
work-failed = { $what }没有完成：{ $why }
work-still-harmed = 仍有文件损坏，请看「系统状况」

help-title = 帮助
help-find-title = 找孩子
help-find = 任何时候按 / 或 F3，输入姓名、首字母或几位号码，回车打开档案。
help-visit-title = 记走访
help-visit = 选中或打开孩子后按 F6，写好按 Ctrl-S 保存；下次回访会按规则自动排好。写到一半断电也不会丢，下次接着写。
help-due-title = 到期的事
help-due = F4 回到今日。d 完成，m 改期（要写原因），a 没联系上，h 交给同事，w 看依据。逾期的事会一直留着，直到办完或改期。
help-signs-title = 符号
help-signs =
    >  光标所在的一行
    ~  还有字没有显示完
    !  逾期已久，站长也会看到
    {"*"}  日历上的今天；列表里已选中的
help-typing-title = 中文输入法
help-typing = 开着输入法时，用 F1 到 F12 和方向键；F2 可以按名称查找并执行所有命令。
help-safe-title = 保护隐私
help-safe = F11 遮住姓名和号码，F12 锁屏。离开座位请锁屏。
layer-global = 任何地方
layer-today = 今日
layer-cases = 个案名册
layer-list = 列表
layer-file = 档案
layer-follow-up = 档案里的回访
layer-search = 查找
layer-manual = 手册的一页
layer-rules = 一条规则
layer-form = 表单
layer-restore = 从备份恢复
layer-question = 登录和起步
layer-health = 系统状况
layer-calendar = 日历
layer-dialog = 提问
layer-text = 输入一行
layer-notes = 输入多行
