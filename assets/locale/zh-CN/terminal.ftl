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
keymap-too-large = 按键文件大于 1 MB，没有采用，用的是原来的按键
keymap-unreadable = 按键文件读不了，用的是原来的按键（{ $why }）

refuse-not-a-terminal = 这里不是终端，打不开画面。可用子命令，如 tonghu find、tonghu due；tonghu --help 列出全部。
refuse-simple-terminal = 终端类型「{ $term }」显示不了画面。请设 TERM=xterm，或用子命令；tonghu --help 列出全部。
refuse-not-utf8 = 语言环境 { $locale } 不是 UTF-8，输入的汉字会出错。请把终端改为 UTF-8 并设 LANG=zh_CN.UTF-8；确知终端是 UTF-8 时可加 --assume-utf8。
panic-notice = 程序出错退出。已输入的内容存有草稿，重新打开即可找回。错误报告（不含个人信息）：{ $path }
