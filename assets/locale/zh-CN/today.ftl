# 今天
today-title = 今天
today-mine = 我的
today-station = 全站
today-overdue = 逾期
today-today = 今天
today-week = 本周
today-without-contact = 本周没有与父母联系的孩子：{ $n } 名
today-without-contact-uncounted = 本周没有与父母联系的孩子：打开名单清点
today-giving-up = 可能放弃孩子的困难家庭：{ $n } 名孩子
today-giving-up-uncounted = 可能放弃孩子的困难家庭：打开名单清点
today-later = 以后
today-drafts = 草稿 { $n }
today-calendar = 月历：日期后面是到期的件数
today-nothing = 没有到期的回访。按 / 找孩子，按 F6 记一次走访，按 F8 约下一次回访。
today-support = 这是远程维护账号，打不开孩子的档案。请按 F2，可以选「系统状况」；在「账号」里可以修改自己的口令。
today-no-children =
    站里还没有档案。
    按 F7 登记第一个孩子；手里有名册的，按 F2 选「导入名册」。
toast-demo = 演示站点：按 { $key } 看导览，五个故事，一分钟一个
toast-saved = 已保存
toast-saved-opened = 已保存；已安排：{ $opened }
today-risen = ! 逾期已久，站长也会看到
