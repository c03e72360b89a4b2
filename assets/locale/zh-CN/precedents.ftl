# 案例：结了案、去掉身份的个案；给别的站、从别的站来
layer-precedents = 案例
layer-review = 审阅案例

precedents-title = 案例
precedents-like = 最像的案例 - { $name }
precedent-title = 案例
precedent-none = 还没有案例。打开一份已结案的档案，按 F2 选「做成案例」；或按 m 取入别的站的案例。
precedent-none-fits = 没有符合的案例。
precedent-narrow = 筛选
precedent-col-child = 什么样的孩子
precedent-col-outcome = 结果
precedent-col-alike = 相同之处
precedent-col-from = 来自
precedent-waits = 待审：{ $name }
precedent-waits-help = 同事已逐行看过，等督导员审定。按回车打开。
precedent-from-here = 本站，{ $by }审定，{ $on }
precedent-from-other = 别的站，{ $on }取入
precedent-of = 孩子
precedent-parents = 父母的情形
precedent-lives = 和谁住
precedent-risk = 风险
precedent-tried = 做过
precedent-goals = 目标
precedent-scores = 量表
precedent-outcome = 结果
precedent-parent = 父母：{ $circumstance }
precedent-referred = 转介{ $to }
precedent-scored = { $domain }从{ $first }到{ $last }
precedent-month = 第{ $n }个月
precedent-withdraw-title = 收回这个案例？
precedent-withdraw-text = 这里不再能看到它。已经给了别的站的，收不回来。
precedent-withdraw-yes = 收回
precedent-withdraw-no = 不收回
precedent-withdrawn = 已收回

choice-age-band-0-2 = 0至2岁
choice-age-band-3-5 = 3至5岁
choice-age-band-6-8 = 6至8岁
choice-age-band-9-11 = 9至11岁
choice-age-band-12-14 = 12至14岁
choice-age-band-15-17 = 15至17岁
choice-age-band-18-up = 满18岁
choice-case-length-under-3 = 不到3个月
choice-case-length-from-3 = 3至6个月
choice-case-length-from-6 = 6至12个月
choice-case-length-from-12 = 一到两年
choice-case-length-from-24 = 两年以上
choice-times-once = 1次
choice-times-few = 2至5次
choice-times-some = 6至20次
choice-times-many = 20次以上
choice-tried-visit = 走访
choice-tried-call = 电话
choice-tried-session = 陪伴
choice-tried-conference = 会商
choice-tried-family-contact = 亲情联系
choice-tried-goal = 目标
choice-goal-end-reached = 达成
choice-goal-end-dropped = 放弃
choice-goal-end-open = 未完成
choice-line-source-reason = 来由
choice-line-source-finding = 发现
choice-line-source-assessment = 评估
choice-line-source-plan = 计划
choice-line-source-goal = 目标
choice-line-source-visit = 走访
choice-line-source-note = 记事
choice-line-source-session = 陪伴
choice-line-source-family-contact = 亲情联系
choice-line-source-conference = 会商
choice-line-source-referral = 转介
choice-line-source-placement = 安置
choice-line-source-review = 复评
choice-line-source-closure = 结案
choice-line-source-follow-up = 回访
choice-line-tells-happened = 经过
choice-line-tells-helped = 有用
choice-line-tells-did-not = 没有用

tells-child = 孩子的名字
tells-family = 家人的名字
tells-other-child = 别的孩子或监护人的名字
tells-worker = 工作人员
tells-volunteer = 志愿者
tells-foster-family = 寄养家庭
tells-person = 某个人
tells-place = 地名
tells-school = 学校或班级
tells-agency = 单位名称
tells-detail = 本站自定的一项
tells-phone = 电话
tells-id-number = 证件号
tells-number = 号码
tells-date = 日期
tells-age = 年龄

review-title = 做成案例 - { $name }
review-no-lines = 这个个案没有文字可讲。
review-counts = 留下 { $kept } 行，没看 { $unread } 行。没留下的不会出去
review-few = 档案里这样的孩子只有 { $n } 名，邻居一猜就中：再写粗一层，或者不做
review-is-proposed = 同事已经提请审定；有字样的行是要留下的
review-col-fate = 去留
review-col-month = 时间
review-col-source = 来源
review-col-text = 出去的话
review-dropped = 去掉
review-written = 原文
review-replaced = 已换掉
review-still = 还能认出
review-goes-out = 出去的话
review-edit = 改写这一行，回车保存，Esc 不改
review-identifies = 这一行还能认出是谁（{ $what }：{ $word }），还没有审定。按 e 改写，或按 x 去掉
review-released = 已审定，在案例里能看到
review-proposed = 已提请审定，等督导员
review-leave-title = 不做完就离开？
review-leave-text = 留下和去掉的还没有送出，离开就没有了。
review-leave-yes = 离开
review-leave-no = 接着做

precedent-fault-not-closed = 没有已结的个案：结案以后才能做成案例
precedent-fault-other-case = 个案在这期间变了，还没有审定。退出再打开
precedent-fault-nothing = 一行也没有留下，还没有审定。至少留下一行
precedent-fault-twice = 这个个案已经做成案例。要重做，先在案例里收回
precedent-fault-identifies = 留下的第 { $line } 行还能认出是谁（{ $what }），还没有审定
precedent-fault-too-long = 留下的第 { $line } 行超过 { $most } 字，还没有审定。按 e 改短
precedent-fault-too-many = 最多留下 { $most } 行，还没有审定。去掉几行
precedent-fault-no-table = 本站的 practice/precedents.toml 有错，什么也不放出。到系统状况里看是哪一行
precedent-fault-empty = 本站还没有审定过的案例，没有写文件
precedent-flaw-code = 有一个 { $list } 代码本程序不认识
precedent-flaw-too-much = 内容太多或太长
precedent-flaw-characters = 有不该有的字符
precedent-flaw-shape = 读不成案例
precedent-flaw-identifies = 第 { $line } 行有日期、号码或称呼，能认出是谁

handout-precedents-out = 交出案例
handout-precedents-out-why = 本站审定的全部案例写进一个文件，给别的站。里面没有站名、人名和日子，也没有是谁审定的。
handout-precedents-in = 取入案例
handout-precedents-in-why = 读别的站交来的案例文件。先看里面有几个新的，再按一次回车才取入。
handout-path = 文件
handout-busy = 正在读写。
handout-again = 再按一次回车取入；按 Esc 不取。
handout-not-ours = 这不是本程序的文件
handout-other-kind = 这是本程序的文件，但不是这一种
handout-newer = 文件是更新版本的程序写的（格式 { $version }）。先更新本程序
handout-damaged = 文件在路上被截断或改动过。请对方重新发一份
handout-too-large = 文件超过 { $most } MiB，不读
handout-shape = 文件第 { $line } 行不合格式，什么也没有取入
handout-exists = 已有同名文件，没有覆盖。换个名字
handout-missing = 没有这个文件
handout-io = 文件读写不成：{ $why }
precedents-given = 已写出 { $n } 个案例：{ $path }
precedents-taken = 已取入 { $n } 个案例
precedents-look = 新的 { $new } 个，已有的 { $known } 个，不能用的 { $flawed } 个
precedents-look-flawed = 第 { $n } 个：{ $flaw }

handout-template-out = 交出模板
handout-template-out-why = 本站的表单、规则、手册和服务目录的种类写进一个文件，给别的站照着办。里面没有孩子、没有电话；文件里写到的人名和地名先找出来。
handout-template-in = 取入模板
handout-template-in-why = 读别的站的模板。先看会改什么，再按一次回车才取入；被换下的留一份在 kept/old 文件夹里。
template-given = 已写出 { $files } 个文件、{ $agencies } 种服务：{ $path }
template-taken = 模板已取入，现在起用。被换下的在 kept/old 文件夹里
template-look = 新的 { $new } 个文件，要换的 { $changed } 个，一样的 { $same } 个；新的服务种类 { $agencies } 种
template-look-changed = 要换的：{ $files }
template-place = { $file } 第 { $line } 行（{ $what }）
template-place-service = 服务目录「{ $file }」（{ $what }）
template-anyway = 这些地方可以留着，就再按一次回车写出；不可以，按 Esc，改了再来。
template-fault-tells = 有 { $n } 处说得出是谁，没有写文件。先改这些：{ $places }
template-fault-places = 有 { $n } 处说到人或地方：{ $places }
template-fault-wrong = 模板里有读不懂的，什么也没有写。{ $fault }
template-fault-name = 文件里有模板不该有的东西，什么也没有写
template-fault-agency = 服务目录第 { $n } 条不合格式，什么也没有写
template-fault-empty = 本站还没有自己的表单、规则、手册页或服务目录，没有写文件

cli-precedent = 案例：把本站审定的交给别的站，或取入别的站的
cli-precedent-examples =
    例子：
      tonghu precedent export /media/usb
      tonghu precedent import anli.json --yes
cli-precedent-export = 把本站审定的案例写进一个文件，里面没有站名、人名和日子
cli-precedent-export-examples =
    例子：
      tonghu precedent export anli.json
cli-precedent-export-file = 新文件，或一个文件夹
cli-precedent-import = 取入别的站的案例；不加 --yes 只看不取
cli-precedent-import-examples =
    例子：
      tonghu precedent import anli.json
      tonghu precedent import anli.json --yes
cli-precedent-import-file = 别的站交来的文件
cli-precedent-import-yes = 真的取入
cli-template = 模板：本站的表单、规则、手册和服务目录的种类，没有人
cli-template-examples =
    例子：
      tonghu template export /media/usb
      tonghu template import moban.json --yes
cli-template-export = 写成一个文件；说到人的地方先要改掉
cli-template-export-examples =
    例子：
      tonghu template export moban.json
      tonghu template export moban.json --anyway
cli-template-export-file = 新文件，或一个文件夹
cli-template-export-anyway = 说到地名的地方留着；人名和电话任何时候都不行
cli-template-import = 取入别的站的模板；不加 --yes 只看不取，被换下的文件留着
cli-template-import-examples =
    例子：
      tonghu template import moban.json
      tonghu template import moban.json --yes
cli-template-import-file = 别的站交来的文件
cli-template-import-yes = 真的取入
cli-handout-say-yes = 还没有取入。加上 --yes 才取入
template-is-new = 新的
template-is-changed = 要换
template-is-same = 一样
