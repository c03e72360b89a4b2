# Why something is due, from the facts of the case. Kept with the follow-up, so no more than a line.
reason-registered = { $on }登记，{ $risk }
reason-risk-set = { $risk }，尽快走访
reason-contact = 上次联系{ $on }，{ $risk }
reason-assessed = 上次评估{ $on }
reason-until = { $circumstance }，{ $on }期满
reason-reported = { $circumstance }，{ $on }报案受理
reason-birthday = { $on }满{ $age }周岁

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
certainty-default = 程序默认值，可由站点修改
days-unknown = 还没有{ $year }年的放假安排，工作日按周末推算。国务院办公厅公布后，把 { $file } 放进站点数据的 days 文件夹

# A station's own table that cannot be used.
table-fault = { $file } 第{ $line }行：{ $flaw }
flaw-syntax = 写法不对（{ $message }）。对照程序自带的表改正
flaw-twice = 规则「{ $id }」出现了两次。删掉一条，或换一个 id
flaw-offset = 「{ $text }」不是时限。写成 24h（小时）、7d（天）、5wd（工作日）、3m（月）
flaw-code = 「{ $code }」不在 { $list } 的选项里。可以用：{ $codes }
flaw-missing = 这条规则缺少 { $entry }。补上再试
flaw-date = 没有「{ $text }」这一天。写成 2027-01-01 的样子
flaw-span = 假期「{ $text }」的起止日期不对。检查 from 和 to
