# 程序外框：太小、离开、遮挡
too-small =
    窗口太小：现在是 { $now-columns } 列 { $now-lines } 行，
    至少需要 { $columns } 列 { $lines } 行。请把窗口拉大。
leave-title = 离开
leave-text = 还有没保存的内容。草稿已经留好，下次打开会接着写。现在离开吗？
leave-yes = 离开
leave-no = 留下
toast-discreet = 已隐去类别、风险和写下的内容；表格里正在填写的照常显示
toast-not-discreet = 类别、风险和写下的内容又显示了
toast-masked = 姓名和号码已遮挡，再按一次恢复
toast-unmasked = 姓名和号码已恢复显示
