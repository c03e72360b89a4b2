# 小窗口
choose-prompt = 筛选：
choose-one = 输入几个字筛选，Enter 选定
choose-many = 空格勾选，Enter 完成
why-title = 为什么
why-edit = 规则可以由站点修改：见数据目录里的 practice 文件夹。
