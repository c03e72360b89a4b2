# The form on screen. The words of its fields are in forms.ftl, what is wrong with them in faults.ftl.
form-title = { $what } - { $who }
form-new-child = 登记儿童
form-new-household = 家庭情况
form-new-member = 添加家庭成员
form-new-case = 建立个案
form-new-contact = 记走访或联系
form-new-follow-up = 安排回访
form-new-note = 写记事
form-new-station = 站点
form-edit-child = 修改儿童资料
form-edit-household = 修改家庭情况
form-edit-member = 修改家庭成员
form-edit-case = 修改个案
form-edit-contact = 修改联系记录
form-edit-follow-up = 修改回访
form-edit-note = 修改记事
form-edit-station = 修改站点资料

form-required-left = 必填还差{ $n }项
form-more-below = 下面还有{ $n }项
form-last-field = 已经是最后一项。按 { $key } 保存
form-no-choice = 没有这一项，按空格从列表里选
form-many = 打几个字，按空格选中，可以接着选；{ $next } 到下一项；{ $list } 打开列表
form-cut = 太长，后面的没有放进来。请核对结尾
form-paste-cut = 粘贴的内容太长，后面的没有放进来
form-theirs = 别人刚改成：{ $value }。现在保存就以这里填的为准
form-not-saved = 还没有保存：有{ $n }处要改，原因写在各项下面
form-nothing-changed = 没有改动，不用保存
form-kept = 没有保存成功，填的内容都还在，草稿也留着
form-saved = 已保存：{ $what }
form-opened = 。已安排：{ $list }
form-draft-failed = 草稿没有留住，请尽快保存。{ $why }
form-changed =
    { $n ->
        [0] 别人刚才改过这份记录，已经并进来了，和您填的没有冲突。请再按一次保存
       *[other] 别人刚才也改了其中{ $n }项，两边的内容都列在下面。核对后再按一次保存
    }

form-draft-kept = 草稿已留好，按 { $key } 可以接着写
form-leave-title = 还没有保存，要怎么办？
form-leave-keep = 留作草稿，下次接着写
form-leave-stay = 回去继续填
form-leave-discard = 不要了，丢掉填的内容

form-likely = 可能已有档案，共{ $n }份（{ $key } 查看）：
form-likely-title = 可能已有档案，打开看看（表单不会丢）
form-why = { $verdict }：{ $evidence }
form-same-title = 可能已经登记过
form-same-text = 档案里有{ $who }：{ $why }。还要另建一份档案吗？
form-same-yes = 是另一个孩子，保存
form-same-no = 先不保存


drafts-title = 有没写完的内容
drafts-text = 上次没有保存，可以接着写：
drafts-nobody = （还没有名字）
drafts-drop-title = 丢掉草稿
drafts-drop-text = 「{ $what }」的草稿丢掉后找不回来。确定丢掉吗？
drafts-drop-yes = 丢掉
drafts-drop-no = 留着
drafts-none = 没有没写完的内容
drafts-dropped = 草稿已丢掉
