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
