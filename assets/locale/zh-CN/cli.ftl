# 命令行
cli-heading-usage = 用法：
cli-heading-commands = 命令
cli-heading-options = 选项
cli-heading-arguments = 参数
cli-about = 童护：儿童救助站点的个案档案。不带命令就打开画面。
cli-examples =
    例子：
      tonghu                                    打开站点
      tonghu demo                               打开一个虚构的演示站点，用完即弃
      tonghu --account wang find wxm            按拼音首字母找孩子
      tonghu due --brief                        有几件回访到期；可写进登录脚本

    退出码：0 完成，1 办不成，2 用法不对，3 没找到或没有到期，
    4 账号或口令不对，75 另一个窗口正在使用数据。
cli-arg-data = 数据目录；不写则用 TONGHU_DATA，再不然用系统的数据目录
cli-arg-lang = 语言：zh 或 en；不写则按系统环境
cli-arg-account = 用哪个账号；只有一个账号时不用写
cli-arg-passphrase-file = 从文件第一行读口令；- 表示标准输入
cli-arg-theme = 配色：dark 深色、light 浅色、16-colour 十六色、mono 单色
cli-arg-borders = 边框：ascii、line 线条、none 无
cli-arg-assume-utf8 = 不管语言环境怎么写，终端就是 UTF-8
cli-arg-json = 用 JSON 回答，给脚本用
cli-arg-help = 显示本帮助
cli-arg-version = 显示版本
cli-demo = 打开一个虚构的演示站点，什么也不留下
cli-demo-children = 多少个孩子
cli-demo-examples =
    先有五家人的故事，照手册的「导览」一分钟走一个：在「今天」按 Ctrl-N。

    例子：
      tonghu demo
      tonghu --lang en demo --children 300
      tonghu manual walks                       看导览写着什么
cli-init = 不用画面，建立一个站点
cli-init-station = 站点名称
cli-init-city = 市
cli-init-county = 县（区）
cli-init-town = 乡镇（街道）
cli-init-name = 账号主人的姓名
cli-init-recovery-file = 写恢复密钥的新文件：打印出来锁好，再把文件删掉
cli-init-examples =
    例子：
      tonghu init --station 石门站 --account lead --passphrase-file pass --recovery-file paper
cli-account = 账号：谁可以进入
cli-account-examples =
    例子：
      tonghu account list
      tonghu --account lead account add chen --name 陈静 --role caseworker
      tonghu --account chen account passphrase
cli-account-list = 列出账号：账号、角色、姓名
cli-account-list-examples =
    例子：
      tonghu --account lead account list --json
cli-account-add = 给同事添加账号，要站长来做
cli-account-add-login = 同事进入时填的账号，用字母和数字
cli-account-add-name = 同事的姓名，会写在记录上
cli-account-add-role = caseworker 儿童主任、supervisor 儿童督导员、lead 站长、support 远程维护（只看系统状况，打不开档案）
cli-account-add-examples =
    例子：
      tonghu --account lead account add chen --name 陈静 --role caseworker
      tonghu --account lead --passphrase-file pass account add fix --name 维护 --role support --new-passphrase-file new
    不写 --new-passphrase-file，就在终端上问两遍。
cli-account-disable = 停用同事的账号，要站长来做
cli-account-disable-examples =
    例子：
      tonghu --account lead account disable chen
    姓名仍留在记录上。停用后的内容它打不开；停用前能看的，可能已经抄下或拷走。
cli-account-enable = 重新启用停用的账号，要站长来做
cli-account-enable-examples =
    例子：
      tonghu --account lead account enable chen
    口令仍是停用前的那个。
cli-account-role = 更改同事的角色，要站长来做
cli-account-role-role = caseworker 儿童主任、supervisor 儿童督导员、lead 站长、support 远程维护（只看系统状况，打不开档案）
cli-account-role-examples =
    例子：
      tonghu --account lead account role chen supervisor
cli-account-reset = 同事忘了口令时，给他设一个新的，要站长来做
cli-account-reset-examples =
    例子：
      tonghu --account lead account reset chen
      tonghu --account lead --passphrase-file pass account reset chen --new-passphrase-file new
cli-account-rotate-key = 换新的数据密钥，把以前写的重新封存，要站长来做
cli-account-rotate-key-examples =
    例子：
      tonghu --account lead account rotate-key
    可以随时中断，下次有人进入时接着做。旧备份仍用做备份时的口令打开。
cli-account-passphrase = 修改自己的口令
cli-account-passphrase-examples =
    例子：
      tonghu --account chen account passphrase
      tonghu --account chen --passphrase-file old account passphrase --new-passphrase-file new
cli-account-recovery = 换新的恢复密钥，旧的从此作废，要站长来做
cli-account-recovery-recovery-file = 写恢复密钥的新文件：打印出来锁好，再把文件删掉
cli-account-recovery-examples =
    例子：
      tonghu --account lead account recovery --recovery-file paper
    以前做的备份，仍用当时的恢复密钥打开。
cli-arg-login = 谁的账号
cli-account-rotated = 全部内容都已用新密钥封存，旧密钥打不开这里的档案了；旧备份除外
cli-account-nobody = 没有 { $login } 这个账号；tonghu account list 列出全部
cli-account-reads-no-more = 以后写的内容他打不开。以前看得到的，可能已经抄下或拷走，程序收不回来。
cli-arg-new-passphrase-file = 从文件第一行读新口令；- 表示标准输入
cli-account-added = 已添加 { $name }（{ $login }，{ $role }），现在就可以进入
cli-account-passphrase-done = 口令改好了，下次用新口令
cli-account-recovery-done = 新的恢复密钥已启用，在 { $path }：打印出来锁好，再把文件删掉，旧的那张纸请撕掉。
cli-account-recovery-exists = { $path } 已经存在；恢复密钥要写到新文件里
cli-account-not-renewed = 恢复密钥没有换，旧的仍然有效。{ $why }
cli-directory = 服务机构名录：谁、在哪里、什么时间、为谁提供什么服务
cli-directory-words = 服务、地方、对象里的词，须全部出现；不写就全部列出
cli-directory-nothing = 名录里没有这样的机构：少写一个词试试，或在登记册里补上
cli-directory-examples =
    例子：
      tonghu directory
      tonghu directory 康复 石门镇 --json
cli-find = 按姓名、拼音、首字母、监护人、村、学校或号码找孩子；登记册和手册按名称找
cli-find-query = 知道什么写什么：姓名、wxm、王 石门、号码的几位；不写或写 -，就在终端上问，或从标准输入读一行
cli-find-limit = 最多列出几个
cli-find-examples =
    例子：
      tonghu find
      tonghu find wxm
      tonghu find --json < words.txt
    写在命令里的姓名，别人用 ps 看得到，也留在命令历史里：有旁人时不写，等它来问。
cli-show = 打印一个孩子的档案
cli-show-case = 档案编号，或者只对得上一个孩子的内容；不写或写 -，就在终端上问，或从标准输入读一行
cli-show-discreet = 不显示困境类别、风险、处境和写下的内容，用 -- 代替
cli-show-examples =
    例子：
      tonghu show TH2026-000012
      tonghu show
      tonghu show --json < words.txt
    用姓名时不写在命令里，等它来问：别人用 ps 看得到命令，命令历史也会留下。
cli-due = 哪些回访到期
cli-due-brief = 只说件数，不带姓名；不用口令，也不等别的窗口
cli-due-queue = 督导待办：紧急、待批准、各人逾期、超期未走访、高风险
cli-due-notify = 同上，用桌面通知显示
cli-due-mine = 只看我的
cli-due-all = 看全站的（默认）
cli-due-examples =
    例子：
      tonghu due --brief                        写进 ~/.profile
      tonghu due --mine --json
cli-import = 导入名册：CSV，UTF-8 或 GB18030，可以是 gzip 压缩的
cli-import-file = 名册文件
cli-import-yes = 真的导入；不写就只看会怎样
cli-import-skip-bad = 跳过有问题的行，写到另一个文件里等着改
cli-import-duplicates = 档案里已有的孩子：refuse 拒绝、skip 跳过、keep 保留
cli-import-maps = 把这一列当作那个项目，例如「联系人=guardian」
cli-import-rejects = 有问题的行写到哪个文件
cli-import-examples =
    例子：
      tonghu import 名册.csv                    先看看会怎样
      tonghu import 名册.csv --yes
      tonghu import 名册.csv --yes --skip-bad --rejects 待改.csv
cli-backup = 写一份加密的完整备份，并读回核对
cli-backup-to = 文件或目录，例如 U 盘
cli-backup-verify = 只核对这份备份；写文件夹，就核对最近能用的一份
cli-backup-daily = 从此每天自动备份到这个文件夹
cli-backup-no-daily = 不再每天自动备份
cli-backup-due = 今天的自动备份还没有做，就做；不用做就不出声。给定时器用
cli-backup-drill = 拿最近的自动备份演练一次恢复
cli-backup-examples =
    例子：
      tonghu backup /media/usb
      tonghu backup --verify /media/usb/tonghu-2026-11-21-1530.backup
      tonghu backup --daily /media/usb          每天一份，旧的自动清理
      tonghu backup --drill                     恢复演练，完了自动清除
cli-restore = 把备份恢复到一个空的数据目录
cli-restore-file = 备份文件；写文件夹，就用最近能用的一份
cli-restore-dry-run = 只演练：恢复到临时目录，逐条和备份比对，再清除；加 --account 还会打开每一条
cli-restore-examples =
    例子：
      tonghu restore /media/usb --dry-run
      tonghu --data /srv/tonghu restore /media/usb/tonghu-2026-11-21-1530.backup
cli-audit = 查阅记录：谁看过、查过、改过、导出过什么
cli-audit-examples =
    例子：
      tonghu audit list --child TH2026-000012
      tonghu audit verify --against /media/usb/tonghu-2026-11-21.backup
cli-audit-verify = 核对查阅记录有没有被改动、删减或调换，要督导员或站长来做
cli-audit-verify-against = 再和这份备份比对，可以写几次；放在别处的备份才看得出整个目录被换回旧的
cli-audit-verify-examples =
    例子：
      tonghu audit verify
      tonghu --account lead audit verify --against /media/usb/tonghu-2026-11-21.backup --json
    完好时退出码是 0，被动过是 1，并说出是第几号。
cli-audit-list = 列出查阅记录，新的在前
cli-audit-list-child = 只列这个孩子的档案：编号，或者只对得上一个孩子的内容；写 - 就来问，免得姓名留在命令里
cli-audit-list-by = 只列这个账号做的
cli-audit-list-since = 从哪一天起，例如 2026-11-01、昨天
cli-audit-list-limit = 最多列出几条
cli-audit-list-examples =
    例子：
      tonghu audit list --since 昨天
      tonghu audit list --child -
      tonghu --account lead audit list --by chen --limit 500 --json
    全站的记录给督导员和站长看；一个孩子的档案谁看过，能看这份档案的人都可以看。
cli-audit-more = 还有更早的：用 --limit 或 --since
cli-audit-nothing = 没有这样的查阅记录
cli-audit-sound = 查阅记录完好：{ $entries } 条，第 { $first } 至 { $last } 号
cli-audit-not-compared = 查阅记录本身完好，但有的备份没法比对，见上面
cli-audit-broken = 查阅记录对不上，上面列出了是哪些。请不要再动数据目录，留好所有备份，报告上级主管部门
cli-doctor = 检查程序和全部文件的状况，不涉及任何人的信息，不用口令（用账号进入还会逐条打开记录）
cli-doctor-repair = 把坏的文件移开，用完好的快照和日志重做；不删除任何东西
cli-doctor-examples =
    例子：
      tonghu doctor
      tonghu doctor --repair
      tonghu --account wang doctor --json
cli-completions = 打印命令补全脚本
cli-completions-shell = bash、zsh、fish、elvish 或 powershell
cli-completions-examples =
    例子：
      tonghu completions bash > /etc/bash_completion.d/tonghu
cli-which-account = 有好几个账号，请用 --account 说明是哪个
cli-no-home = 找不到主目录，请用 --data 指定数据目录
cli-ask-passphrase = 口令：
cli-ask-new-passphrase = 新口令：
cli-ask-again = 再输一遍：
cli-ask-find = 找谁：
cli-ask-child = 哪个孩子：
cli-needs-words = 没有说找谁：在终端上问时写，写在命令里，或从标准输入给一行
cli-needs-new-passphrase = 没有终端可以问新口令，请用文件给出（- 表示标准输入），见 --help
cli-needs-passphrase = 没有终端可以问口令，请用 --passphrase-file（- 表示标准输入）
cli-strange-answer = 得到的回答不对类，请报告这个问题
cli-find-nothing = 没有找到：少写几个字母，或者写村名、号码的末几位试试
cli-find-more = 还有更多：多写一点，或者用 --limit
cli-show-several = 对得上好几个孩子，请写档案编号：{ $cases }
cli-due-brief-line = 童护：今天到期 { $today } 件，逾期 { $overdue } 件，本周 { $week } 件
cli-no-notify = 显示不了通知：请安装 notify-send（软件包 libnotify-bin）
cli-init-needs-account = 缺少 --account：第一个账号的登录名
cli-init-recovery-exists = { $path } 已经存在。这里还没有站点，里面就算是恢复密钥，也没有启用：请把它移走，或换一个文件名
cli-init-done = 站点建好了。恢复密钥在 { $path }：打印出来锁好，再把文件删掉。
cli-backup-done = 已备份并读回核对：{ $path }（{ $records } 条记录，{ $size }）
cli-backup-sound = 完好：{ $backup }
cli-backup-daily-done = 每天自动备份到 { $path }
cli-backup-no-daily-done = 不再自动备份
cli-backup-needs-path = 备份到哪里？例如：tonghu backup /media/usb
cli-restore-done = 已恢复到 { $path }
cli-restore-from = 用的备份：{ $backup }
cli-restore-drilled = 演练成功，恢复出来的和备份逐条一致：{ $backup }
cli-restore-drilled-and-opened = 演练成功，恢复出来的和备份逐条一致，每一条都能打开：{ $backup }
cli-demo-making = 正在建立演示站点，虚构 { $children } 个孩子，请稍候
cli-import-bad-map = --map { $map }：请写「列名=项目」，列名要在这个文件里，项目要在儿童登记表里
cli-import-columns = 列的对应：
cli-import-ignored = （不导入）
cli-due-more = 还有 { $n } 件
cli-import-more-faults = 还有 { $n } 处
cli-import-would = 共 { $rows } 行：可导入 { $sound } 行，有问题 { $bad } 行，已有档案 { $duplicates } 行
cli-import-say-yes = 还没有导入。确认无误后加上 --yes。
cli-import-done = 已导入 { $n } 个孩子
cli-import-rejected = 有 { $n } 行没有导入，请在 { $path } 里改好，再导入那个文件

cli-manual = 列出工作手册的各页，或打印符合所给词语的一页；不需要口令
cli-manual-words = 题目或正文里的词，须全部出现；写页名则直接打印那一页
cli-manual-examples =
    例子：
      tonghu manual
      tonghu manual first-visit
      tonghu manual 拒绝 上门
cli-rules = 看规则对给定的事实怎么说，或用例子核对规则
cli-rules-examples =
    例子：
      tonghu rules explain --facts family.json
      tonghu rules test examples.toml --tables practice
cli-rules-explain = 说明规则对一个 JSON 文件里的事实怎么说、为什么、怎么办；不需要口令，不读档案
cli-rules-explain-facts = 事实，JSON 文件；- 是标准输入
cli-rules-explain-today = 以哪一天为今天
cli-rules-explain-examples =
    例子：
      tonghu rules explain --facts family.json
      tonghu rules explain --facts - --today 2026-03-01 --json
cli-rules-check = 检查本站自己的规则、字段和手册，一个文件一行；不用口令
cli-rules-check-examples =
    例子：
      tonghu rules check
      tonghu --data /srv/tonghu rules check --json
cli-rules-test = 用一张例子表核对规则，列出每一处不同
cli-rules-test-table = 例子表，TOML 文件
cli-rules-test-examples =
    例子：
      tonghu rules test examples.toml
      tonghu rules test examples.toml --tables practice
cli-rules-facts = 列出事实的名称和写法
cli-rules-facts-examples =
    例子：
      tonghu rules facts
cli-arg-tables = 改过的规则表所在的文件夹；其中没有的表用程序自带的
cli-rules-too-large = { $file }：超过 16 MiB
cli-rules-no-folder = 没有文件夹 { $folder }
cli-rules-no-json = 第 { $line } 行第 { $column } 列不是 JSON：{ $why }
cli-rules-json-twice = 「{ $name }」写了两次
cli-rules-json-cut-off = 到这里就没有了，没有写完
cli-rules-json-deep = 一层套一层，套得太深
cli-rules-json-number = 数太大
cli-rules-json-sign = 这里不该是这个。文字要加双引号；数、true、false、null 不加；NaN 不是数
cli-rules-nothing = 对这些事实，规则没有话说
cli-rules-example = { $file }，第 { $line } 行的例子：{ $flaw }
cli-rules-missing = 应有「{ $rule }」，规则没有说
cli-rules-unexpected = 规则说了「{ $rule }」，例子里没有
cli-rules-begins = 「{ $rule }」应从 { $wanted } 起，规则说：{ $is }
cli-rules-ends = 「{ $rule }」应到 { $wanted } 为止，规则说：{ $is }
cli-rules-never = 没有这样的日子
cli-rules-sound = { $file }：没有错
cli-rules-none-own = 本站没有自己的规则、字段和手册
cli-rules-unsound = { $count } 个文件有错
cli-rules-agree = { $examples } 个例子都相符
cli-rules-differ = { $examples } 个例子里有 { $wrong } 个不相符

cli-report = 给站外看的数字，没有姓名
cli-report-examples =
    例子：
      tonghu report evaluation
      tonghu report quality --json
cli-report-quality = 档案质量抽查：缺什么、什么逾期、谁没走访，每项几份
cli-report-quality-worker = 只查这个账号的在办个案，全部都查
cli-report-quality-sample = 抽几份；不写时全站抽20份
cli-report-quality-seed = 抽样号：同一个号抽到同一批档案；不写时是今天的日期
cli-report-quality-json = 用 JSON 回答
cli-report-quality-examples =
    例子：
      tonghu report quality --json
      tonghu report quality --worker chen
      tonghu report quality --sample 50 --seed 7
cli-report-no-worker = 没有这个账号：{ $login }
cli-report-evaluation = 量表前后的变化：每份量表有几个人，变好、没变、变差、缺的各几个
cli-report-evaluation-csv = 用 CSV 回答，一行一份量表
cli-report-evaluation-examples =
    例子：
      tonghu report evaluation
      tonghu report evaluation --csv
cli-report-needs = 需求调查：各地多少儿童缺什么，在哪里办什么；少于5人的只说少于5人
cli-report-needs-towns = 按乡镇合起来数，不按村
cli-report-needs-examples =
    例子：
      tonghu report needs
      tonghu report needs --towns --json
