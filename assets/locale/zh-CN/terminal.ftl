key-enter = 回车
key-space = 空格
key-up = 上
key-down = 下
key-left = 左
key-right = 右

keymap-syntax = 按键文件写法有误
keymap-unknown-layer = 没有名为 { $name } 的层
keymap-unknown-command = 没有名为 { $name } 的命令
keymap-bad-chord = 认不出按键 { $name }
keymap-letter-in-text = { $name } 是可以输入的字符，不能在输入文字的地方作按键
keymap-conflict = { $name } 已用于 { $other }
keymap-line = 按键文件第 { $line } 行：{ $problem }

window-too-small = 窗口太小，至少要 { $cols } 列 { $rows } 行
