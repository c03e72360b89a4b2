# Instruments, scores and change
form-score = Score
form-new-score = New score
form-edit-score = Edit score
file-choose-instrument = Which instrument?
section-score-items = Items (any may be left out; then there is no total)
section-score-instrument = Which instrument
score-item = Item { $n }
score-gone = This version of the instrument is gone; the answers are kept
score-missing = No total: missing { $items }
score-higher-better = higher is better
score-higher-worse = lower is better
score-from-age = { $by }, from age { $age }
score-since = { $change } since the start
score-better = { $n } better
score-same = no change
score-worse = { $n } worse

field-score-on = Day
field-score-on-help = The day it was filled in
field-score-moment = Which time
field-score-moment-help = Start: within the first month; review: after three to six months; end: before the case is closed
field-score-by = Answered by
field-score-by-help = Two scores can only be compared if the same person answered
field-score-note = Circumstances
field-score-note-help = Who read it out, what happened in this time, which item made the child think of something
field-score-instrument = Instrument
field-score-instrument-help = What this is a score of; it stays
field-score-version = Version
field-score-version-help = Scores of different versions cannot be compared; it stays

choice-moment-baseline = start
choice-moment-review = review
choice-moment-end = end
choice-score-by-child = the child
choice-score-by-carer = the carer
choice-score-by-worker = a worker
choice-colour-red = red
choice-colour-yellow = yellow
choice-colour-blue = blue
choice-colour-green = green

change-title = Change
change-none = Nothing was scored yet. In the tab Services, o and then Score.
change-alone = Scored once only, or not to be compared: items missing, another version, or answered by somebody else
change-note = More # is a higher score; what is better depends on the instrument. A few points may be chance: look at each item, and ask the child and the teacher.

flaw-range = The totals go from { $least } to { $most }; range must say so
flaw-bands = The bands must go from { $least } to { $most } without a gap, the red one at the worse end
flaw-answers = The answers "{ $id }" must be there: two at least, with different points from 0 to 1000
flaw-name = The id "{ $id }" may have letters, digits and hyphens only, at most 40
flaw-version = "{ $id }" has other points than before. Give it the next version, so that older scores keep their meaning
