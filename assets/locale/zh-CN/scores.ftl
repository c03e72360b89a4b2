# 量表、分数和变化
form-score = 量表
form-new-score = 填量表
form-edit-score = 修改量表
file-choose-instrument = 用哪一份量表？
section-score-items = 题目（漏了不算总分）
section-score-instrument = 哪一份量表
scored-item = 第{ $n }题
scored-gone = 这个版本的量表已经没有了，答案都在
scored-missing = 缺第{ $items }题，不算总分
scored-higher-better = 越高越好
scored-higher-worse = 越低越好
scored-from-age = { $by }，{ $age }岁起
scored-since = 比开始{ $change }
scored-better = 好{ $n }分
scored-same = 没变
scored-worse = 差{ $n }分

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
choice-band-red = 红
choice-band-yellow = 黄
choice-band-blue = 蓝
choice-band-green = 绿

changes-title = 变化
changes-none = 还没有填过量表。在「服务」一栏按 o 选「量表」。
changes-alone = 只有一次，或者两次不能比：缺题、版本不同，或者不是同一个人填的
changes-note = 井号越多，分数越高；方向按每份量表来说。几分的差别可能是碰巧：再看每一题、老师怎么说、孩子怎么说。

flaw-range = 总分是从{ $least }到{ $most }，range 要照这样写
flaw-bands = 分段要从{ $least }连到{ $most }，中间不断，红的在差的一头
flaw-answers = 答案「{ $id }」要先写好：至少两个，分数各不相同，从0到1000
flaw-name = 编号「{ $id }」只能用字母、数字和连字符，不超过40个
flaw-version = 「{ $id }」的分数和原来不一样了。换下一个版本号，原来的分数才不变意思

evaluation-title = 评估成效
evaluation-reading = 正在读量表，已读 { $n } 份
evaluation-none = 还没有填过量表。在孩子的档案「服务」一栏按 o 选「量表」。
evaluation-no-pairs = 还没有前后两次都有的孩子。
evaluation-legend = + 变好   = 没变   - 变差
evaluation-few = 前后都有的只有{ $n }人：人数太少，不下结论。
evaluation-hidden = 前后都有的不到 { $n } 人：人数太少，不往外写，免得被认出来。
evaluation-hidden-note = 不到 { $n } 人的数不写出来，有这样的数时总数往下取整，免得被认出来。在程序里看得到。
evaluation-turns = 前后都有的{ $n }人里，{ $better }人变好，{ $same }人没变，{ $worse }人变差。
evaluation-spread = 好了几分（负数是变差）：中位数{ $median }，中间一半{ $from }到{ $to }，最小{ $least }，最大{ $most }。
evaluation-no-second = 缺后一次的{ $n }人：去看看，过得最差的可能就在里面。
evaluation-no-baseline = 没有开始那次的{ $n }人：说不出变了多少。
evaluation-incomplete = { $n }份有缺题，没有总分。
evaluation-did-not-work = 没变和变差的不比变好的少：这样做也许没有用，回头看看。
evaluation-look-at-few = 没变和变差的不比变好的少。人少，说不准，但可以逐个去看是为什么。
evaluation-not-because = 没有没得到服务的孩子来比，不能说变化是服务带来的。
col-instrument = 方面和量表
col-pairs = 前后有
col-missing = 缺
col-median = 中位数
col-half = 中间一半
col-better = 变好
col-same = 没变
col-worse = 变差
