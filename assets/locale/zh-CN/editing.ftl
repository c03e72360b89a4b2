# 规则：看、改、去掉
rules-title = 规则
rules-title-rule = 规则 - { $id }
rules-prompt = 查规则：{""}
rules-none = 没有这样的规则。少打几个字试试
rules-nothing = 还没有
rules-written = 表里的写法
rules-col-rule = 说什么
rules-col-grade = 多急
rules-col-sure = 把握
rules-col-whose = 谁的
rules-col-table = 哪张表
rules-col-id = 编号
rules-core = 程序的
rules-replaced = 本站改的
rules-added = 本站加的
rules-off = 已停用
rules-a-name = 名称：{ $id }
rules-file-deadlines = 办理时限
rules-file-triage = 发现与分诊
rules-file-eligibility = 资格认定
rules-file-protection = 未成年人保护
rules-file-lifecycle = 个案步骤
rules-file-referral = 转介
rules-file-fostering = 寄养
rules-file-companionship = 陪伴
rules-file-closure = 结案
rules-file-staffing = 人员配备
rules-file-quality = 质量抽查
rules-file-instruments = 量表
rules-file-needs = 需求调查
rules-file-prevention = 弃养预防
rules-file-precedents = 案例与脱敏
rules-file-aid = 重复发放
rules-file-audit = 记录保存年限
rules-file-examples = 规则的例子
rules-file-fields = 本站自己的字段
rules-file-days = { $year } 年休息日
rules-file-page = 手册：{ $id }
rules-none-own = 这条是程序自带的，没有可去掉的。要停用，按 e 修改，写上 off = true
rules-drop-title = 去掉本站的
rules-drop-text = 去掉本站写的，换回程序自带的？马上生效。去掉的文字留一份副本。
rules-drop-added = 去掉本站写的？程序里没有可换回的。马上生效。去掉的文字留一份副本。
rules-drop-yes = 去掉
rules-drop-no = 留着
rules-dropped = 已去掉，马上生效

# 编辑
editing-title = 修改 { $file }
editing-how = 存的时候先检查，没有错马上生效
editing-saved = { $file } 已存好，马上生效
editing-full = 再长就放不下了，多出来的没有放进去
editing-changed = 打开之后有人改了这个文件，什么也没写。再存一次就用你的，那一份留作副本
editing-leave-title = 还没有存
editing-leave-text = 改了的还没有存。不存就离开？
editing-leave-yes = 不存，离开
editing-leave-no = 接着改
editing-begin = 从程序的表里抄来的，改了就用本站这一份。
editing-begin-rule =
    从程序的表里抄来的，改了就用本站这一份。
    换一个 id 就是另加一条；只留 id 和 off = true 就是停用。
editing-begin-fields =
    本站自己的字段。照这样写，去掉前面的 #：
    [[field]]
    form = "child"
    id = "x-clan"
    kind = "line"
    zh = "宗族"
    need = "optional"

# 规则改了以后，例子怎么说
examples-title = 规则的例子
examples-playing = 正在用例子试这些规则
examples-agree = 共 { $all } 个例子，都和原来说的一样。
examples-differ = 共 { $all } 个例子，{ $wrong } 个和原来说的不一样。这不算错：看看是不是你要的。回车看哪里不一样。
examples-one-title = 哪里不一样

# 手册添一页
editing-page-new = 给手册写一页
editing-page-new-how = 名称就是文件名：字母、汉字、数字、- 或 _。题目写在第一行，以后可以改。
editing-page-new-id = 名称
editing-page-new-title = 题目
editing-page-new-bad-id = 只用字母、汉字、数字、- 或 _，不超过40个汉字
editing-page-new-taken = 已经有这一页了：打开它，按 e 修改
editing-page-new-no-title = 写上题目
editing-page-none-own = 这一页是程序自带的，没有可去掉的
