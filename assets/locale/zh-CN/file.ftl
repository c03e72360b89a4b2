# The case file.
file-title = 档案 - { $name }
file-title-loading = 档案
file-tab-overview = 概况
file-tab-family = 家庭与监护
file-tab-timeline = 工作记录
file-tab-follow-ups = 回访
file-tab-history = 修改历史

file-worker = 负责人 { $name }
file-no-worker = 还没有负责人
file-nothing-due = 没有待办
file-late-in-all = （共逾期{ $n }项）

file-missing = 还缺{ $n }项，回车补填：
file-due = 待办
file-nothing-due-hint = 没有待办的回访。按 { $key } 安排一次
file-done = 已完成
file-is-done = 完成
file-case = 个案
file-no-case = 还没有个案。按 { $key } 建立
file-last-contact = 最近一次联系
file-siblings = 兄弟姐妹（已建档）
file-members = 父母与照料人
file-no-members = 还没有家庭成员。按 { $key } 添加父母或照料人
file-household = 家庭情况
file-no-household = 还没有填写，回车填写
file-since = 自{ $on }
file-no-timeline = 还没有走访、联系和记事。
file-no-timeline-hint = 按 { $visit } 记走访，按 { $note } 写记事
file-no-history = 还没有修改记录
by-rule = 按规则
file-concern = 有担忧
file-agreed = 约定
file-next = 下次
file-more = ... 共{ $n }字，回车看全文
file-more-changes = ... 回车看全部
file-attempts = 已有{ $n }次没联系上或被拒绝
file-moved = 原定{ $on }，改期原因：{ $why }
file-handed = 移交原因：{ $why }
file-no-rule = 这条回访是人工安排的，没有对应的规则

file-acted-done = 已记为完成
file-acted-moved = 已改期
file-acted-handed-over = 已移交
file-acted-logged = 已记下，回访仍然保留

file-revert-title = 撤回更改
file-revert-text = 撤回这次更改：{ $what }。撤回本身也会记在历史里。
file-revert-yes = 撤回
file-revert-no = 不撤回
file-reverted = 已撤回
file-reverted-already = 这次更改已经撤回过了
file-not-reverted = 没有撤回：撤回后「{ $field }」不成立。请直接修改
file-is-revert = （撤回）
file-is-reverted = （已被撤回）

step-opened = 建案
step-assessed = 评估
step-planned = 计划
step-served = 开始服务
step-reviewed = 复核
step-closed = 结案
step-reopened = 重开

file-tab-services = 服务
file-flags = 规则提示
file-no-services = 还没有记录。按 { $key } 记这个孩子的情况、计划和服务
file-new-service = 要写哪一种？
file-flag-title = 规则提示

standing-not-sent = 还没发出
standing-chase = 追问 { $due }
standing-no-receipt = 对方还没确认收到
standing-received = 对方已收到，还没有结果
standing-over = 已结束
standing-ended = { $on } 结束
standing-withdrawn = { $on } 撤回
standing-reached = { $on } 达成
standing-dropped = { $on } 放弃
standing-consent-after = ! 同意已于 { $on } 撤回：今天就告知对方停用并删除
standing-consent-before = ! 同意已于 { $on } 撤回：不要发出
