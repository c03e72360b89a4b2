# 导入名册：选文件、先看、再导入
roster-title = 导入名册
layer-roster = 名册预览
wizard-roster = 手里有名册吗
wizard-roster-why = 电子表格里的儿童名册现在就可以导入：填文件的路径；没有就直接按 Enter。以后按 F2 选「导入名册」也可以。

roster-path = 文件
roster-needs-path = 请填文件在哪里，例如 ~/名册.csv
roster-which-file = 哪一个文件
roster-which-file-why = 请填名册的路径，例如 ~/名册.csv 或 /media/usb/名册.csv。先给您看会怎么导入，您确认以前什么都不会保存。填好按回车。
roster-formats = 可以是 UTF-8 或 GB18030 的 CSV，也可以是 .gz 压缩的。表格软件的工作簿请先另存为 CSV。
roster-looking = 正在读名册。按 Esc 停止。
roster-importing = 正在导入。按 Esc 停止，停止后什么都不会留下。
roster-stopping = 正在停止，请稍候

roster-written = { $encoding }，{ $separator }，表头在第 { $line } 行
roster-remembered = ，各列同上次
roster-comma = 逗号分隔
roster-tab = 制表符分隔
roster-semicolon = 分号分隔
roster-wide-comma = 中文逗号分隔
roster-rows = 共 { $n } 行
roster-sound = 可导入 { $n }
roster-bad = 不能保存 { $n }
roster-duplicates = 已有档案 { $n }
roster-tab-columns = 各列 { $n }
roster-tab-faults = 问题 { $n }
roster-tab-import = 导入

roster-header = 名册里的列
roster-field = 对应档案里的
roster-sample = 例如
roster-ignored = （不导入）
roster-which-field = 「{ $header }」是哪一项
roster-values = 前几行：{ $values }
roster-empty-column = 前几行都空着

roster-line = 行
roster-column = 列
roster-says = 写着
roster-whole-row = 整行
roster-no-faults = 没有发现问题。
roster-name-first = 请先指定姓名在哪一列。
roster-grave = 这一行这样不能导入。
roster-worth-a-look = 这一行可以导入，但请核对。
roster-more = 还有 { $n } 处
roster-more-help = 请先改上面这些，很多问题是同一个原因。

roster-do = 现在导入 { $n } 名儿童
roster-do-help = 要么全部导入，要么一个都不导入。名册里没有的内容以后可以再补。
roster-not-yet = 还不能导入
roster-bad-stand = 有 { $n } 行不能保存。请改好文件，或在上面选择跳过这些行。
roster-duplicates-stand = 有 { $n } 名儿童已经有档案。请改好文件，或在上面选择怎么办。
roster-none-left = 没有可以导入的行。
roster-option-bad = 不能保存的行：{ $what }
roster-option-bad-help = 按 Enter 更改。跳过的行会写进名册旁边的一个文件，每行注明要改什么，改好可以再导入。
roster-option-duplicates = 已有档案的儿童：{ $what }
roster-option-duplicates-help = 按 Enter 更改。给同一个孩子建两份档案几乎总是错的：记在这一份，看的是那一份。
roster-refuse = 全部不导入
roster-skip = 跳过
roster-keep = 另建一份档案
roster-other-file = 换一个文件
roster-other-file-help = 回到填路径的地方。什么都没有保存。

roster-done = 已导入 { $n } 名儿童。
roster-done-help = 第一次走访已按规定排好，在「今天」里能看到。
roster-left-out = 跳过了 { $n } 行，请在下面这个文件里改好，再导入它：
roster-close = 按 Enter 关闭。
