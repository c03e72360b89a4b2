# Rules: read, edited, taken away
rules-title = Rules
rules-title-rule = Rules - { $id }
rules-prompt = Find a rule: {""}
rules-none = There is no such rule. Try with fewer words
rules-nothing = Nothing yet
rules-written = As it is written
rules-col-rule = What it says
rules-col-grade = Pressing
rules-col-sure = Sure
rules-col-whose = Whose
rules-col-table = Table
rules-col-id = Id
rules-core = program
rules-replaced = changed
rules-added = added
rules-off = off
rules-a-name = name: { $id }
rules-file-deadlines = Time limits
rules-file-triage = Finding, triage
rules-file-eligibility = Eligibility
rules-file-protection = Protection
rules-file-lifecycle = Steps of a case
rules-file-referral = Referral
rules-file-fostering = Fostering
rules-file-companionship = Companionship
rules-file-closure = Closure
rules-file-staffing = Staffing
rules-file-quality = Quality of files
rules-file-instruments = Scales
rules-file-needs = Needs study
rules-file-prevention = Families at risk
rules-file-precedents = Precedents
rules-file-aid = Aid given twice
rules-file-audit = How long the audit is kept
rules-file-examples = Examples of the rules
rules-file-fields = This station's own fields
rules-file-days = Rest days of { $year }
rules-file-page = Manual: { $id }
rules-none-own = This one is the program's: there is nothing to take away. To silence it, press e and write off = true
rules-drop-title = Take the station's own away
rules-drop-text = Take away what this station wrote, so that the program's is in force again, at once? A copy of the text stays.
rules-drop-added = Take away what this station wrote? The program has nothing in its place. It is so at once; a copy of the text stays.
rules-drop-yes = Take away
rules-drop-no = Keep
rules-dropped = Taken away, in force at once

# The editor
editing-title = Edit { $file }
editing-how = Saving checks it first; what is in order is in force at once
editing-saved = { $file } is saved, and in force
editing-full = There is no more room: the rest was not put in
editing-changed = Somebody changed this file since you opened it; nothing was written. Save again to use yours: theirs stays as a copy
editing-leave-title = Not saved
editing-leave-text = What you changed is not saved. Leave without saving?
editing-leave-yes = Leave
editing-leave-no = Go on
editing-begin = Copied from the program's table: what stands here is used instead.
editing-begin-rule =
    Copied from the program's table: what stands here is used instead.
    With another id it is one more rule; an id and off = true silence the rule.
editing-begin-fields =
    This station's own fields. Write them like this, without the #:
    [[field]]
    form = "child"
    id = "x-clan"
    kind = "line"
    zh = "宗族"
    en = "Clan"
    need = "optional"

# What the examples say of changed rules
examples-title = Examples of the rules
examples-playing = Trying the rules on the examples...
examples-agree = { $all } examples, and all are as expected.
examples-differ = { $all } examples, { $wrong } differ from what was expected. That is no mistake: look whether it is what you want. Enter shows the difference.
examples-one-title = The difference

# A new page of the manual
editing-page-new = A new page of the manual
editing-page-new-how = The name is that of its file: letters, digits, - or _. The title is the first line; you can change it later.
editing-page-new-id = Name
editing-page-new-title = Title
editing-page-new-bad-id = Letters, digits, - or _ only, at most 120
editing-page-new-taken = There is such a page: open it and press e
editing-page-new-no-title = Write a title
editing-page-none-own = This page is the program's: there is nothing to take away
