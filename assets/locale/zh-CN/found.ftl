# What was found, and why it was found: field, then how it differs from what was typed.
found-name = 姓名
found-guardian = 监护人
found-village = 村居
found-school = 学校
found-id-number = 身份证
found-birth = 生日
found-phone = 电话
found-case-no = 编号
found-how = { $field }（{ $how }）
how-pinyin = 拼音
how-initials = 首字母
how-homophone = 同音字
how-near-sound = 音近
how-missing = 漏字
how-typo = 错一处
how-swapped = 次序颠倒
how-wrong-char = 错一字

# A child on file who may be the one being registered.
alike-same-child-strong = 很可能是同一个孩子
alike-same-child = 可能是同一个孩子
alike-same-family = 可能是一家的孩子
alike-same-id = 身份证号相同
alike-near-id = 身份证号差一处
alike-same-name = 同名
alike-same-sound = 名字同音
alike-swapped-name = 名字次序颠倒
alike-near-name = 名字差一字
alike-same-birth = 生日相同
alike-near-birth = 生日相近
alike-lunar-birth = 生日像农历与公历之差
alike-same-guardian = 监护人相同
alike-guardian-sound = 监护人同音
alike-same-phone = 电话相同
alike-near-phone = 电话差一处
alike-same-village = 同村
alike-same-town = 同乡镇
