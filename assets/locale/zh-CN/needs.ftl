# 需求调查。
needs-title = 需求调查
needs-tab-places = 各地未满足的需求
needs-tab-openings = 在哪里办什么
needs-tab-giving-up = 有弃养风险的家庭
needs-tab-without-contact = 本周没有亲子联系
needs-reading = 正在读档案，已读 { $n } 条
needs-col-place = 村居或乡镇
needs-col-children = 人数
needs-col-need = 缺什么
needs-col-offered = 谁在提供
needs-col-last-contact = 上次联系
needs-col-phone = 电话
needs-col-why = 为什么
needs-col-also = 还缺什么
needs-no-place = 没有登记村居
needs-never = 没有记录
needs-none = 档案里没有看到未满足的需求。写了生活现状、目标、转介和量表以后，这里会按村汇总。
needs-no-openings = 没有哪个村的同一种需求多到要另办服务。
needs-nobody-gives-up = 规则没有看到有弃养风险的家庭。规则看每名儿童的生活状况（档案里按 o）：疾病、残疾、医疗支出、谁在照料、得到哪些救助。
needs-all-in-contact = 规则没有看到本周缺少亲子联系的儿童。通话和见面记在儿童档案里（按 o 选「亲情联系」）。
needs-of-cell = { $place }{ $count ->
    [0] 没有儿童缺少
   *[other] 有 { $count } 名儿童缺少
}「{ $need }」，全站 { $all } 名。按回车看是谁。
needs-offers = 能提供的：{ $names }
needs-source = 依据：{ $source }
needs-nowhere = 服务机构里没有人提供
needs-elsewhere = 当地没有；别处有{ $name }
needs-here = 当地有{ $name }
needs-open-new = { $place }：{ $count } 名儿童缺少「{ $need }」，{ $offered }。可以考虑在这里办起来，先问清家庭用不用得上。
needs-open-branch = { $place }：{ $count } 名儿童缺少「{ $need }」，{ $offered }。可以请他们定期下来，或者接送儿童过去。
needs-open-bring = { $place }：{ $count } 名儿童缺少「{ $need }」，{ $offered }，可是没有用上。逐个转介，问清为什么没去。
needs-within = { $place }：缺少「{ $need }」的儿童
needs-nobody = 这里没有人缺这一项。按 { $key } 返回。
layer-needs = 需求调查
flaw-not-one = 不认识「{ $name }」；可以写：{ $of }
flaw-many = 最多 { $most } 项
