# What is wrong with a field, and what to do. One key for each `Fault::code`.
fault-required = 必填：{ $field }。填上才能保存
fault-too-long = 太长了：{ $have }字，最多{ $max }字。请缩短，或把细节写进备注
fault-date-empty = 没有填日期。如 2026-11-21、昨天、下周一
fault-date-unknown = 看不懂这个日期。写成 2026-11-21、1121、昨天、3天后 都可以
fault-date-no-such-day = 没有这一天。请核对月和日
fault-date-no-day = 缺少几号。不清楚的填当月1日，并在备注里说明
fault-date-ambiguous = 这个日期可以有两种理解。请写全，如 2026-03-04
fault-date-too-far = 年份应在1900到2199之间。请核对
fault-after-today = 不能晚于今天。请核对日期
fault-before-today = 这一天已经过去了。确实如此可以照样保存
fault-before-other = 早于「{ $other }」。请核对这两个日期
fault-not-number = 这里要填整数，如 12000
fault-out-of-range = 应在{ $min }到{ $max }之间。请核对
fault-not-yes-no = 请填「是」或「否」
fault-unknown-choice = 「{ $text }」不在选项里。可以选：{ $choices }
fault-too-wide = 「{ $text }」可以是好几类。请改写成其中一类：{ $choices }
fault-unknown-worker = 没有叫「{ $text }」的工作人员。请从名单里选，或先添加账号
fault-id-length = 身份证号应为18位，现在是{ $have }位。请对照证件补全，没有可以不填
fault-id-letter = 第{ $at }位不是数字。只有最后一位可以是X
fault-id-date = 身份证号里的出生日期（第7到14位）不存在。请核对{ $likely }
fault-id-check = 身份证号校验不通过，有数字写错了。请对照证件核对{ $likely }
fault-id-old = 这是15位的旧证号。请换成新证上的18位号码，也可以先保存
fault-id-birth = 身份证号里的出生日期是{ $says }，和填写的不一样。请核对哪个对
fault-id-sex = 按身份证号应为{ $says }，和填写的性别不一样。请核对哪个对
fault-not-phone = 不像电话号码。只写数字，如 10012345678 或 0999-2345678
fault-odd-phone = 位数不对：手机11位，固定电话要带区号。核对后也可以照样保存
fault-circular = 这是它自己，或是它的下级。上级要选别的一家
fault-wrong-way = 上级的级别要比本级高。请换一家，或改本级的级别
fault-holds-higher = 它的下级里有同级或更高的。先改下级的上级，再改这里
fault-other-kind = 这个字段改过类型，旧内容保留着。请重新填写
suspect-digit = 第{ $at }位可能应为{ $digit }
suspect-swap = 第{ $at }位和下一位可能写反了
suspects = （{ $list }）

# What keeps an act on a follow-up from being done. One key for each `ActFault`.
act-not-due = 这条回访没有到期日。先填上到期日
act-done-already = 这条回访已经完成了，不用再做
act-no-reason = 请写明原因，接手的人要看
act-after-today = 日期不能晚于今天，写实际发生的日子
act-before-today = 只能改到今天或以后

# Mistakes in the file of a station's own fields. One key for each `Mistake`.
misprint-form = 没有「{ $text }」这个表。可以用 child household member case contact follow-up note
misprint-id = id「{ $text }」要以 x- 开头，只用小写字母、数字和连字符，最多32个字符
misprint-twice-id = id「{ $text }」在这个表里出现了两次。给其中一个换个 id
misprint-kind = 没有「{ $text }」这种字段。可以用 line notes date number yes choice choices phone
misprint-need = need 不能写「{ $text }」。可以用 optional expected required
misprint-no-label = 缺少名称。写上 zh = "..." 或 en = "..."
misprint-section = 这个表没有「{ $text }」这一栏。删掉这一行，或用旁边字段的栏名
misprint-no-choices = 选择字段要有 choices，至少1个，最多200个
misprint-choice-code = 选项代码「{ $text }」只能用小写字母、数字和连字符，且不能重复
misprint-bounds = min 和 max 不对：min 不能大于 max，文字最多{ $most }个字
misprint-not-for-kind = 这种字段不能写 { $text }。删掉这一行
misprint-shown-when = shown-when 里的字段「{ $text }」不存在，或写在了后面。改成前面已有的字段
misprint-shown-when-code = shown-when：字段 { $field } 没有「{ $text }」这个选项。请核对
misprint-too-many = 自定义字段超过60个。删掉没人填的

# Why the office did not do what it was asked.
refusal-not-allowed = 这个账号没有权限。请站长或督导员来做
refusal-not-found = 没有这条记录，可能已被撤销。请刷新后再看
refusal-invalid = 有{ $count }处要改正，还没有保存。改好后再保存
refusal-changed = 有{ $count }处在您填写期间被别人改过，还没有保存。请核对后再保存
refusal-stopped = 已停止，没有留下任何改动
refusal-disk-full = 磁盘满了。已保存的都在；腾出空间后请再保存一次
refusal-no-folder = 没有这个文件夹。U 盘插好了吗？请核对路径
refusal-store = 没能保存。已保存的都在；请再试一次，不行就联系维护（给维护人员：{ $why }）
refusal-row = 第{ $row }行有{ $count }处要改正，一行也没有导入。改好后再导入
refusal-newer = 这条记录是更新版本的程序写的。请先升级本程序
