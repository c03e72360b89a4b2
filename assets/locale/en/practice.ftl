# Why something is due, from the facts of the case. Kept with the follow-up, so no more than a line.
reason-registered = registered { $on }, { $risk }
reason-risk-set = { $risk }: visit soon
reason-contact = last contact { $on }, { $risk }
reason-assessed = last assessment { $on }
reason-until = { $circumstance } until { $on }
reason-reported = { $circumstance }, report taken { $on }
reason-birthday = turns { $age } on { $on }

risk-high = high risk
risk-medium = medium risk
risk-low = low risk
risk-unknown = risk not yet set

# "Why?" on a follow-up: the rule, its source, and how surely the source is known.
why-rule = Rule: { $rule }
why-source = Source: { $source }
why-gone = The rule that made it is no longer in the table ({ $rule })
certainty-read = source read
certainty-excerpt = only an excerpt was read; please check
certainty-memory = source not checked; please check
certainty-default = a default; the station may change it
days-unknown = No rest days for { $year } yet: working days are counted by weekends. When they are announced, put { $file } in the days folder of the station's data

# A station's own table that cannot be used.
table-fault = { $file }, line { $line }: { $flaw }
flaw-syntax = Not written as it should be ({ $message }). Compare with the table that ships with the program
flaw-twice = Rule "{ $id }" is there twice. Remove one or give it another id
flaw-offset = "{ $text }" is not a time limit. Write 24h (hours), 7d (days), 5wd (working days), 3m (months)
flaw-code = "{ $code }" is not a choice of { $list }. Use one of: { $codes }
flaw-missing = This rule lacks { $entry }. Add it and try again
flaw-date = There is no such day as "{ $text }". Write it like 2027-01-01
flaw-span = The holiday "{ $text }" cannot be right. Check from and to
