
risk-high = 高风险
risk-medium = 中风险
risk-low = 低风险
risk-unknown = 风险未评定

# "Why?" on a follow-up: the rule, its source, and how surely the source is known.
why-rule = 规则：{ $rule }
why-source = 依据：{ $source }
why-gone = 当时的规则已不在规则表里（{ $rule }）
certainty-read = 已核对原文
certainty-excerpt = 只见到摘录，请核对原文
certainty-memory = 未核对原文，请核对
certainty-default = 没有文件依据，可由站点修改
days-unknown = 还没有{ $year }年的放假安排，工作日按周末推算。国务院办公厅公布后，把 { $file } 放进站点数据的 days 文件夹

# A station's own table that cannot be used.
table-fault = { $file } 第{ $line }行：{ $flaw }
flaw-syntax = 写法不对（{ $message }）。对照程序自带的表改正
flaw-twice = 规则「{ $id }」出现了两次。删掉一条，或换一个 id
flaw-offset = 「{ $text }」不是时限。写成 24h（小时）、7d（天）、5wd（工作日）、3m（月）
flaw-code = 「{ $code }」不在 { $list } 的选项里。可以用：{ $codes }
flaw-no-rule = 没有「{ $rule }」这条规则。规则的名称写在各张规则表的 id 里
flaw-missing = 这条规则缺少 { $entry }。补上再试
flaw-date = 没有「{ $text }」这一天。写成 2027-01-01 的样子
flaw-span = 假期「{ $text }」的起止日期不对。检查 from 和 to
flaw-years = years 要写 { $least } 到 { $most } 之间的数；比法律规定的短是不行的

# The core rules in a few words, for lists; a station's own rule speaks for itself.
rule-first-response-high = 高风险：24小时内响应
rule-first-response-medium = 中风险：72小时内响应
rule-first-response-low = 低风险：7天内响应
rule-first-response-unknown = 新登记：5个工作日内首访
rule-visit-high = 高风险：每周走访
rule-visit-medium = 中风险：每两周走访
rule-visit-low = 低风险：每月走访
rule-visit-unknown = 风险未评定：两周内走访
rule-risk-high = 风险定为高：24小时内走访
rule-risk-medium = 风险定为中：72小时内走访
rule-risk-low = 风险定为低：一个月内走访
rule-reassess = 每3个月重新评估
rule-release-ahead = 照料人30天后归家，提前准备
rule-release = 照料人归家，重新核对监护
rule-out-of-contact-6-months = 失联报案满6个月，核对材料
rule-birthday-6 = 满6周岁：核对入学
rule-birthday-8 = 满8周岁：须征得本人同意
rule-birthday-14 = 满14周岁：重新征求信息同意
rule-birthday-16 = 满16周岁：核对类别
rule-birthday-18-ahead = 3个月后满18周岁，商定去向
rule-birthday-18 = 满18周岁：评估后结案

unclear-name = 条件里的「{ $name }」不是这里能用的事实。可用的事实见 tonghu rules facts
unclear-code = { $name } 不能是「{ $code }」；应为 { $wanted }
unclear-kind = 「{ $name }」的内容是 { $kind }，不能这样问
unclear-offset = 「{ $text }」不是时间长度。写成 7d（天）或 6m（月）
unclear-expected = 「{ $at }」前面应该是 { $wanted }
unclear-a-condition = 一个条件
unclear-a-number = 一个数
unclear-the-end = 结尾
unclear-deep = 条件套得太深。把其中一部分写成 [[name]]

fact-at = { $path }：{ $flaw }
fact-unknown = 没有这个事实。可用的事实见 tonghu rules facts
fact-not-a = 应为 { $wanted }
fact-after-today = 日期在今天之后
fact-before = 日期早于 { $other }
fact-too-many = 超过 { $most } 项

flag-urgent = 紧急
flag-act = 要办
flag-mend = 补正
flag-entitled = 可享受
flag-know = 知悉
flag-comes = { $day }起
flag-until = 到{ $day }为止
flag-do = 怎么办：
flag-because = 因为：
flag-source = 依据：
flag-not-known = 未登记
