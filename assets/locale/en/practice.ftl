
risk-high = high risk
risk-medium = medium risk
risk-low = low risk
risk-unknown = risk not yet set

# "Why?" on a follow-up: the rule, its source, and how surely the source is known.
why-rule = Rule: { $rule }
why-source = Source: { $source }
why-gone = The rule that made it is no longer in the table ({ $rule })
certainty-read = The source was read
certainty-excerpt = Only an excerpt of the source was read: please check
certainty-memory = The source was not checked: please check
certainty-default = No document behind it; the station may change it
days-unknown = No rest days for { $year } yet: working days are counted by weekends. When they are announced, put { $file } in the days folder of the station's data

# A station's own table that cannot be used.
table-fault = { $file }, line { $line }: { $flaw }
flaw-syntax = Not written as it should be ({ $message }). Compare with the table that ships with the program
flaw-twice = Rule "{ $id }" is there twice. Remove one or give it another id
flaw-offset = "{ $text }" is not a time limit. Write 24h (hours), 7d (days), 5wd (working days), 3m (months)
flaw-code = "{ $code }" is not a choice of { $list }. Use one of: { $codes }
flaw-no-rule = There is no rule "{ $rule }". The names of rules are the ids in their tables
flaw-missing = This rule lacks { $entry }. Add it and try again
flaw-date = There is no such day as "{ $text }". Write it like 2027-01-01
flaw-span = The holiday "{ $text }" cannot be right. Check from and to
flaw-years = years is a number from { $least } to { $most }; shorter than the law is refused

# The core rules in a few words, for lists; a station's own rule speaks for itself.
rule-first-response-high = high risk: respond within 24 hours
rule-first-response-medium = medium risk: respond within 72 hours
rule-first-response-low = low risk: respond within 7 days
rule-first-response-unknown = new: first visit in 5 working days
rule-visit-high = high risk: visit every week
rule-visit-medium = medium risk: visit every 2 weeks
rule-visit-low = low risk: visit every month
rule-visit-unknown = risk not set: visit within 2 weeks
rule-risk-high = set to high risk: visit in 24 hours
rule-risk-medium = set to medium risk: visit in 3 days
rule-risk-low = set to low risk: visit in a month
rule-reassess = assess again every 3 months
rule-release-ahead = carer back in 30 days: prepare
rule-release = carer is back: check guardianship
rule-out-of-contact-6-months = out of contact 6 months: papers
rule-birthday-6 = turns 6: check school
rule-birthday-8 = turns 8: own consent needed
rule-birthday-14 = turns 14: ask for consent again
rule-birthday-16 = turns 16: check categories
rule-birthday-18-ahead = turns 18 in 3 months: plan ahead
rule-birthday-18 = turns 18: assess and close

unclear-name = "{ $name }" is no fact that can stand here. tonghu rules facts lists them
unclear-code = { $name } cannot be "{ $code }"; it is { $wanted }
unclear-kind = "{ $name }" is { $kind } and cannot be asked like this
unclear-offset = "{ $text }" is no length of time. Write 7d (days) or 6m (months)
unclear-expected = { $wanted } expected before "{ $at }"
unclear-a-condition = a condition
unclear-a-number = a number
unclear-the-end = the end
unclear-deep = The condition goes too deep. Write a part of it as a [[name]]

fact-at = { $path }: { $flaw }
fact-unknown = there is no such fact. tonghu rules facts lists them
fact-not-a = it must be { $wanted }
fact-after-today = the day lies after today
fact-before = the day lies before { $other }
fact-too-many = more than { $most }

flag-urgent = Urgent
flag-act = To do
flag-mend = To mend
flag-entitled = Entitled
flag-know = To know
flag-comes = from { $day }
flag-until = until { $day }
flag-do = What to do:
flag-because = Because:
flag-source = Rule:
flag-not-known = not on file
