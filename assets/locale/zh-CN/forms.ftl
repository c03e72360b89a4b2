# Names of forms and records.
form-child = 儿童
form-household = 家庭
form-member = 家庭成员
form-case = 个案
form-contact = 联系记录
form-follow-up = 回访
form-note = 记事
form-station = 站点
form-staff = 工作人员

# Headings within forms.
section-main = 基本情况
section-standing = 类别与风险
section-more = 其他情况
section-circumstances = 父母或照料人状况
section-intake = 登记
section-assessment = 评估
section-plan = 服务计划
section-review = 复核
section-closure = 结案
section-next = 下一步
section-own = 本站自设

# Child.
field-child-name = 姓名
field-child-name-help = 按户口簿或身份证填写，不清楚的先写大家叫的名字
field-child-sex = 性别
field-child-sex-help = 填了身份证号会自动填上
field-child-id-number = 身份证号
field-child-id-number-help = 18位。没有户口或一时拿不到可以不填，以后再补
field-child-birth = 出生日期
field-child-birth-help = 如 2016-3-5 或 20160305；填了身份证号会自动填上
field-child-guardian = 监护人
field-child-guardian-help = 现在对孩子负监护责任的人，父母不在身边的写实际监护的人
field-child-relation = 与儿童关系
field-child-relation-help = 监护人是孩子的什么人，如 爷爷、妈妈、姑姑
field-child-phone = 监护人电话
field-child-phone-help = 手机号，或带区号的固定电话
field-child-village = 户籍村居
field-child-village-help = 户籍所在的村或社区，住在别处的在住址里写明
field-child-categories = 儿童类别
field-child-categories-help = 可以多选，符合的都选上
field-child-risk = 风险等级
field-child-risk-help = 按评估结果填写；拿不准的先不填，首次走访后再定
field-child-worker = 负责人
field-child-worker-help = 负责这个孩子的儿童主任或社工，默认是登记的人
field-child-found-by = 发现渠道
field-child-found-by-help = 最早是谁发现或报告的
field-child-case-no = 档案编号
field-child-case-no-help = 本站自己的编号，可以不填
field-child-address = 现住址
field-child-address-help = 孩子现在住的地方，写到走访时能找到
field-child-school = 就读学校
field-child-school-help = 学校或幼儿园名称；没有上学的写「未就学」和原因
field-child-class = 年级班级
field-child-class-help = 如 三年级2班
field-child-nickname = 小名
field-child-nickname-help = 小名或曾用名，按它也能找到孩子
field-child-ethnicity = 民族
field-child-ethnicity-help = 如 汉族、回族
field-child-health = 健康状况
field-child-health-help = 疾病、残疾、用药、过敏，以及在哪里看病
field-child-remarks = 备注
field-child-remarks-help = 别处填不下、接手的人需要知道的事
field-child-handed-why = 移交原因
field-child-handed-why-help = 移交时写下的原因
field-child-household = 家庭
field-child-household-help = 兄弟姐妹共用一个家庭

# Household.
field-household-address = 家庭住址
field-household-address-help = 一家人现在住的地方
field-household-income = 年收入（元）
field-household-income-help = 全家一年的收入，整数，单位元
field-household-benefits = 享受补助
field-household-benefits-help = 如 低保、残疾补贴、事实无人抚养补助，写明起始年月
field-household-housing = 住房情况
field-household-housing-help = 自有或租住、几间、安全隐患
field-household-remarks = 备注
field-household-remarks-help = 家庭里其他需要知道的事，如债务、矛盾、可以帮忙的亲戚

# Parent or carer.
field-member-role = 身份
field-member-role-help = 在这个家里是孩子的什么人
field-member-name = 姓名
field-member-name-help = 按身份证填写，不清楚的写称呼
field-member-phone = 电话
field-member-phone-help = 手机号，或带区号的固定电话
field-member-circumstance = 目前状况
field-member-circumstance-help = 决定能否认定事实无人抚养，依据民发〔2019〕62号
field-member-since = 起始日期
field-member-since-help = 从哪天开始是这样；只知道年月的填当月1日
field-member-until = 期满日期
field-member-until-help = 刑期、戒毒或羁押期满的日子，到期前会提醒
field-member-reported = 报案受理日期
field-member-reported-help = 公安受理报案的日期，失联满6个月从这天算起
field-member-place = 所在地
field-member-place-help = 监狱、戒毒所，或打工的省市；不清楚的写最后知道的地方
field-member-paper = 证明材料
field-member-paper-help = 如 判决书、残疾证、报案回执，写明有没有复印件
field-member-child-knows = 孩子是否知情
field-member-child-knows-help = 不知情的，走访和通话时不要说破
field-member-birth = 出生日期
field-member-birth-help = 如 1985-3-5 或 19850305
field-member-id-number = 身份证号
field-member-id-number-help = 18位，没有可以不填
field-member-remarks = 备注
field-member-remarks-help = 探视、来信、寄钱、是否愿意照料孩子等

# Case.
field-case-opened = 建案日期
field-case-opened-help = 发现并登记的日子
field-case-reason = 建案原因
field-case-reason-help = 孩子遇到了什么困难，谁反映的
field-case-assessed = 评估日期
field-case-assessed-help = 完成评估的日子，填了才写评估结论
field-case-assessment = 评估结论
field-case-assessment-help = 监护、生活、健康、心理、教育、安全各方面的情况和需要
field-case-planned = 计划日期
field-case-planned-help = 定下服务计划的日子
field-case-plan = 服务计划
field-case-plan-help = 目标、做什么、谁来做、什么时候完成
field-case-served = 开始服务
field-case-served-help = 第一次提供服务的日子
field-case-reviewed = 复核日期
field-case-reviewed-help = 复核服务计划的日子
field-case-review = 复核结论
field-case-review-help = 哪些目标达到了，还缺什么，接下来怎么办
field-case-closed = 结案日期
field-case-closed-help = 结案要写原因和孩子今后由谁照料
field-case-close-reason = 结案原因
field-case-close-reason-help = 联系不上的，须有3个月的联系记录
field-case-arrangement = 结案后照料
field-case-arrangement-help = 结案后孩子跟谁生活、由谁照料
field-case-reopened = 重开日期
field-case-reopened-help = 结案后又出现困难的，在原档案上重开
field-case-reopen-reason = 重开原因
field-case-reopen-reason-help = 出现了什么新情况

# Contact.
field-contact-kind = 方式
field-contact-kind-help = 没见到人和家里拒绝的也要记，都算数
field-contact-on = 日期
field-contact-on-help = 实际发生的日子，补记的也填真实日期。如 昨天、3天前、11-20
field-contact-met = 见到的人
field-contact-met-help = 可以多选，没见到孩子本人的不要选儿童本人
field-contact-reason = 原因
field-contact-reason-help = 为什么没联系上或被拒绝，如 无人在家、怕邻居议论
field-contact-seen = 看到和谈到的
field-contact-seen-help = 写所见所闻，孩子原话加「」，推测另行注明
field-contact-concern = 有无担忧
field-contact-concern-help = 对孩子安全有担忧选「是」。发现侵害须立即报警（强制报告）
field-contact-concern-text = 担忧什么
field-contact-concern-text-help = 看到了什么、可能有什么危险、当场做了什么
field-contact-agreed = 约定
field-contact-agreed-help = 和孩子、家里人说好的事，谁来做
field-contact-next = 下次日期
field-contact-next-help = 如 下周一、两周后、12-5；不填则按风险等级安排
field-contact-worker = 谁去的
field-contact-worker-help = 默认是你自己

# Follow-up.
field-follow-up-kind = 事项
field-follow-up-kind-help = 到时要做什么
field-follow-up-due = 到期日
field-follow-up-due-help = 如 明天、下周一、3d、两周后、12-5
field-follow-up-reason = 缘由
field-follow-up-reason-help = 为什么要做，到时一看就明白
field-follow-up-repeat = 重复
field-follow-up-repeat-help = 完成后自动安排下一次；只做一次的不填
field-follow-up-worker = 谁来做
field-follow-up-worker-help = 默认是孩子的负责人
field-follow-up-rule = 依据规则
field-follow-up-rule-help = 由哪条规则安排
field-follow-up-first-due = 原定到期日
field-follow-up-first-due-help = 改期之前的到期日
field-follow-up-moved-why = 改期原因
field-follow-up-moved-why-help = 为什么不能按原定日期做
field-follow-up-handed-why = 移交原因
field-follow-up-handed-why-help = 为什么移交给别人
field-follow-up-attempts = 未成次数
field-follow-up-attempts-help = 没见到人或被拒绝的次数
field-follow-up-repeat-day = 每月几号
field-follow-up-repeat-day-help = 按月重复时的日子
field-follow-up-done = 完成日期
field-follow-up-done-help = 实际完成的日子
field-follow-up-outcome = 结果
field-follow-up-outcome-help = 做了什么，结果怎样
field-follow-up-about = 等待的记录
field-follow-up-about-help = 它在等哪条记录的结果
field-follow-up-end = 结束原因
field-follow-up-end-help = 没有人写结果时，它为什么结束

# Note.
field-note-title = 标题
field-note-title-help = 一句话说明写的是什么，可以不填
field-note-on = 日期
field-note-on-help = 事情发生的日子
field-note-text = 内容
field-note-text-help = 多长都可以，写的时候会自动保存草稿

# Station.
field-station-name = 站点名称
field-station-name-help = 如 某某镇未成年人保护工作站
field-station-province = 省份
field-station-province-help = 如 某某省、某某自治区
field-station-city = 市
field-station-city-help = 地级市或州
field-station-county = 区县
field-station-county-help = 区、县或县级市
field-station-town = 乡镇街道
field-station-town-help = 站点所在或负责的乡镇、街道
field-station-phone = 站点电话
field-station-phone-help = 打印的走访单上会写这个电话

# Staff.
field-staff-name = 姓名
field-staff-name-help = 同事和记录里看到的名字
field-staff-login = 账号
field-staff-login-help = 登录时输入，用小写字母和数字
field-staff-role = 角色
field-staff-role-help = 决定能看什么、能做什么
field-staff-phone = 电话
field-staff-phone-help = 同事联系用

# Choices.
choice-sex-m = 男
choice-sex-f = 女

choice-risk-high = 高
choice-risk-medium = 中
choice-risk-low = 低

choice-category-left-behind = 留守儿童
choice-category-prisoner = 服刑人员子女
choice-category-unattended = 事实无人抚养
choice-category-orphan = 孤儿
choice-category-poverty = 家庭困难
choice-category-disability = 残疾或重病
choice-category-guardianship = 监护缺失或不当
choice-category-street = 流浪儿童
choice-category-institution = 机构养育
choice-category-foster = 家庭寄养
choice-category-migrant = 流动儿童

choice-relation-father = 父亲
choice-relation-mother = 母亲
choice-relation-grandfather = 祖父
choice-relation-grandmother = 祖母
choice-relation-maternal-grandfather = 外祖父
choice-relation-maternal-grandmother = 外祖母
choice-relation-uncle = 叔伯舅
choice-relation-aunt = 姑姨婶
choice-relation-brother = 兄弟
choice-relation-sister = 姐妹
choice-relation-other-relative = 其他亲属
choice-relation-foster-parent = 寄养父母
choice-relation-institution = 机构
choice-relation-other = 其他

choice-member-role-father = 父亲
choice-member-role-mother = 母亲
choice-member-role-carer = 照料人
choice-member-role-sibling = 兄弟姐妹
choice-member-role-other = 其他

choice-circumstance-severe-disability = 重残
choice-circumstance-grave-illness = 重病
choice-circumstance-prison = 服刑在押
choice-circumstance-detoxification = 强制隔离戒毒
choice-circumstance-custody = 其他限制人身自由
choice-circumstance-out-of-contact = 失联
choice-circumstance-revoked = 被撤销监护资格
choice-circumstance-deported = 被遣送出境
choice-circumstance-dead = 死亡
choice-circumstance-missing = 失踪（法院宣告）
choice-circumstance-at-home = 在家
choice-circumstance-working-away = 外出务工
choice-circumstance-unknown = 不清楚

choice-contact-kind-visit = 走访
choice-contact-kind-call = 电话
choice-contact-kind-attempt = 未联系上
choice-contact-kind-refusal = 家庭拒绝

choice-met-child = 儿童本人
choice-met-carer = 照料人
choice-met-father = 父亲
choice-met-mother = 母亲
choice-met-teacher = 老师
choice-met-village = 村居干部
choice-met-other = 其他人

choice-follow-up-kind-first-response = 首次响应
choice-follow-up-kind-visit = 走访
choice-follow-up-kind-call = 电话
choice-follow-up-kind-assessment = 评估
choice-follow-up-kind-review = 复核
choice-follow-up-kind-referral = 转介跟进
choice-follow-up-kind-paper = 办材料
choice-follow-up-kind-birthday = 年龄节点
choice-follow-up-kind-other = 其他
choice-follow-up-kind-report = 报告
choice-follow-up-kind-aid = 申请救助
choice-follow-up-kind-consent = 同意书
choice-follow-up-kind-decision = 会商决定
choice-follow-up-end-visited = 已经有人去过
choice-follow-up-end-answered = 记录里已有结果
choice-follow-up-end-no-longer = 情况不再如此
choice-follow-up-end-closed = 个案已结

choice-repeat-weekly = 每周
choice-repeat-fortnightly = 每两周
choice-repeat-monthly = 每月
choice-repeat-quarterly = 每季度
choice-repeat-half-yearly = 每半年
choice-repeat-yearly = 每年

choice-close-reason-goals-met = 目标达成
choice-close-reason-adult = 已满18周岁
choice-close-reason-moved = 迁出本地
choice-close-reason-transferred = 转给其他机构
choice-close-reason-family-declined = 家庭不愿继续
choice-close-reason-unreachable = 联系不上
choice-close-reason-died = 死亡
choice-close-reason-opened-in-error = 误建
choice-close-reason-other = 其他

choice-found-by-screening = 摸底排查
choice-found-by-village = 村居上报
choice-found-by-school = 学校
choice-found-by-police = 公安
choice-found-by-prison = 监狱或司法所
choice-found-by-civil-affairs = 民政
choice-found-by-relative = 亲属或邻居
choice-found-by-self = 本人或家长求助
choice-found-by-hotline = 热线
choice-found-by-other = 其他

choice-role-caseworker = 儿童主任
choice-role-supervisor = 儿童督导员
choice-role-lead = 站长
choice-role-support = 远程维护

# Where a case stands.
status-none = 未建案
status-identified = 已登记
status-assessed = 已评估
status-planned = 已计划
status-in-service = 服务中
status-in-review = 复核中
status-closed = 已结案
status-reopened = 已重开

# Values.
value-yes = 是
value-no = 否
value-empty = （空）
value-nobody = 未知人员
value-and = 、
value-colon = ：
value-stop = ；
value-times = { $text }（{ $n } 次）
age-unknown = 年龄不详
late-days = 逾期{ $n }天

# History.
made-child = 登记了儿童
made-household = 登记了家庭
made-member = 登记了家庭成员
made-case = 建了个案
made-contact = 记了{ $kind }
made-follow-up = 安排了{ $kind }
made-note = 写了记事
made-station = 设立了站点
made-staff = 添加了工作人员
made-record = 新建了记录
dropped-record = 撤销了{ $form }
changed-record = 改了 { $form }
done-follow-up = 完成了回访
rewrote = 改写了{ $field }
edited = { $field }：{ $old } -> { $new }
