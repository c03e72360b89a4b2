# The case file.
file-title = File - { $name }
file-title-loading = File
file-tab-overview = Overview
file-tab-family = Family
file-tab-timeline = Timeline
file-tab-follow-ups = Follow-ups
file-tab-history = History

file-worker = Worker { $name }
file-no-worker = no worker yet
file-nothing-due = nothing due
file-late-in-all = { " " }({ $n } overdue in all)

file-missing = Still missing: { $n }. Enter fills in
file-due = Due
file-nothing-due-hint = Nothing due. { $key } makes a follow-up
file-done = Done
file-is-done = done
file-case = Case
file-no-case = No case yet. { $key } opens one
file-last-contact = Last contact
file-siblings = Brothers and sisters on file
file-members = Parents and carers
file-no-members = Nobody yet. { $key } adds a parent or carer
file-household = Household
file-no-household = Nothing written yet, Enter begins
file-since = since { $on }
file-no-timeline = No visits, contacts or notes yet.
file-no-timeline-hint = { $visit } writes a visit, { $note } a note
file-no-history = No changes yet
by-rule = by rule
file-concern = Concern
file-agreed = Agreed
file-next = Next
file-more = ... { $n } characters, Enter shows all
file-more-changes = ... Enter shows all
file-attempts = attempts and refusals so far: { $n }
file-moved = first due { $on }, moved: { $why }
file-handed = handed over: { $why }
file-no-rule = Somebody made this follow-up by hand; there is no rule behind it

file-acted-done = Done
file-acted-moved = Moved
file-acted-handed-over = Handed over
file-acted-logged = Logged; the follow-up stays open

file-revert-title = Take back a change
file-revert-text = Take this change back: { $what }. The history will say so.
file-revert-yes = Take back
file-revert-no = Leave it
file-reverted = Taken back
file-reverted-already = This change was taken back already
file-not-reverted = Not taken back: "{ $field }" could not be so then. Edit it instead
file-is-revert = (took back)
file-is-reverted = (taken back)

step-opened = opened
step-assessed = assessed
step-planned = planned
step-served = service begun
step-reviewed = reviewed
step-closed = closed
step-reopened = reopened

file-tab-services = Services
file-flags = The rules say
file-no-services = Nothing yet. { $key } writes how the child lives, what is planned and done
file-new-service = Which one?
file-flag-title = The rules say

standing-not-sent = not sent yet
standing-chase = chase { $due }
standing-no-receipt = no receipt yet
standing-received = received, no outcome yet
standing-over = ended
standing-ended = ended { $on }
standing-withdrawn = withdrawn { $on }
standing-reached = reached { $on }
standing-dropped = dropped { $on }
standing-consent-after = ! Consent withdrawn { $on }: tell them today to stop and delete
standing-consent-before = ! Consent was withdrawn { $on }: do not send this
