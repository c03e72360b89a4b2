# 量表、分数和变化
form-score = 量表
form-new-score = 填量表
form-edit-score = 修改量表
file-choose-instrument = 用哪一份量表？
section-score-items = 题目（可以跳过，跳过就不算总分）
section-score-instrument = 哪一份量表
score-item = 第{ $n }题
score-gone = 这个版本的量表已经没有了，答案都在
score-missing = 缺第{ $items }题，不算总分
score-higher-better = 越高越好
score-higher-worse = 越低越好
score-from-age = { $by }，{ $age }岁起
score-since = 比开始{ $change }
score-better = 好{ $n }分
score-same = 没变
score-worse = 差{ $n }分

field-score-on = 日期
field-score-on-help = 哪一天填的
field-score-moment = 第几次
field-score-moment-help = 开始：服务头一个月内；复核：三到六个月；结束：结案前
field-score-by = 谁填
field-score-by-help = 同一个人填的两次才能比
field-score-note = 情境
field-score-note-help = 谁念的、这段时间发生了什么、哪道题让他想起什么
field-score-instrument = 量表
field-score-instrument-help = 这份分数属于哪一份量表，不能改
field-score-version = 版本
field-score-version-help = 不同版本的分数不能比，不能改

choice-moment-baseline = 开始
choice-moment-review = 复核
choice-moment-end = 结束
choice-score-by-child = 孩子自己
choice-score-by-carer = 照料人
choice-score-by-worker = 工作人员
choice-colour-red = 红
choice-colour-yellow = 黄
choice-colour-blue = 蓝
choice-colour-green = 绿

change-title = 变化
change-none = 还没有填过量表。在“服务”一栏按 o 选“量表”。
change-alone = 只有一次，或者两次不能比：缺题、版本不同，或者不是同一个人填的
change-note = 井号越多，分数越高；方向按每份量表来说。几分的差别可能是碰巧：再看每一题、老师怎么说、孩子怎么说。

flaw-range = 总分是从{ $least }到{ $most }，range 要照这样写
flaw-bands = 分段要从{ $least }连到{ $most }，中间不断，红的在差的一头
flaw-answers = 答案“{ $id }”要先写好：至少两个，分数各不相同，从0到1000
flaw-name = 编号“{ $id }”只能用字母、数字和连字符，不超过40个
flaw-version = “{ $id }”的分数和原来不一样了。换下一个版本号，原来的分数才不变意思
