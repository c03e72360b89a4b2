# Instruments, scores and change
form-score = Score
form-new-score = New score
form-edit-score = Edit score
file-choose-instrument = Which instrument?
section-score-items = Items (all for a total)
section-score-instrument = Which instrument
scored-item = Item { $n }
scored-gone = This version of the instrument is gone; the answers are kept
scored-missing = No total: missing { $items }
scored-higher-better = higher is better
scored-higher-worse = lower is better
scored-from-age = { $by }, from age { $age }
scored-since = { $change } since the start
scored-better = { $n } better
scored-same = no change
scored-worse = { $n } worse

field-score-on = Day
field-score-on-help = The day it was filled in
field-score-moment = Which time
field-score-moment-help = Start: first month; review: after 3 to 6 months; end: before closing
field-score-by = Answered by
field-score-by-help = Two scores can only be compared if the same person answered
field-score-note = Circumstances
field-score-note-help = Who read it out, what happened meanwhile, what the child said to it
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
choice-band-red = red
choice-band-yellow = yellow
choice-band-blue = blue
choice-band-green = green

changes-title = Change
changes-none = Nothing was scored yet. In the tab Services, o and then Score.
changes-alone = Scored once only, or not to be compared: items missing, another version, or answered by somebody else
changes-note = More # is a higher score; what is better depends on the instrument. A few points may be chance: look at each item, and ask the child and the teacher.

flaw-range = The totals go from { $least } to { $most }; range must say so
flaw-bands = The bands must go from { $least } to { $most } without a gap, the red one at the worse end
flaw-answers = The answers "{ $id }" must be there: two at least, with different points from 0 to 1000
flaw-name = The id "{ $id }" may have letters, digits and hyphens only, at most 40
flaw-version = "{ $id }" has other points than before. Give it the next version, so that older scores keep their meaning

evaluation-title = Evaluation
evaluation-reading = Reading the scores, { $n } so far
evaluation-none = Nothing was scored yet. In a child's file, tab Services: o and then Score.
evaluation-no-pairs = No child has both a start and a later score yet.
evaluation-legend = + better   = the same   - worse
evaluation-few = Only { $n } with both scores: too few to say.
evaluation-hidden = Fewer than { $n } have both scores: not told outside, or they might be recognised.
evaluation-hidden-note = Counts below { $n } are not told, and totals beside them are rounded down, so that nobody is recognised. The program itself shows them.
evaluation-turns = Of { $n } with both scores, { $better } are better, { $same } the same, { $worse } worse.
evaluation-spread = Points better (below 0: worse): median { $median }, middle half { $from } to { $to }, from { $least } to { $most }.
evaluation-no-second = { $n } without a later score: go and see them, those worst off may be among them.
evaluation-no-baseline = { $n } without a start: nobody can say how much changed.
evaluation-incomplete = { $n } scores with items missing have no total.
evaluation-did-not-work = As many are the same or worse as are better: this may not work, look at it again.
evaluation-look-at-few = As many are the same or worse as are better. So few prove nothing, but each can be asked why.
evaluation-not-because = There are no children without the service to compare with: nobody can say that the service did it.
col-instrument = Domain and instrument
col-pairs = Both
col-missing = Lack
col-median = Median
col-half = Mid half
col-better = Better
col-same = Same
col-worse = Worse
