# The form on screen. The words of its fields are in forms.ftl, what is wrong with them in faults.ftl.
form-title = { $what } - { $who }
form-new-child = Register a child
form-new-household = Household
form-new-member = Add a family member
form-new-case = Open a case
form-new-contact = New visit or contact
form-new-follow-up = New follow-up
form-new-note = New note
form-new-station = Station
form-edit-child = Edit child
form-edit-household = Edit household
form-edit-member = Edit family member
form-edit-case = Edit case
form-edit-contact = Edit contact
form-edit-follow-up = Edit follow-up
form-edit-note = Edit note
form-edit-station = Edit station

form-required-left = required: { $n } to go
form-more-below = { $n } more below
form-last-field = This is the last field. { $key } saves
form-no-choice = no such choice, press Space for the list
form-many = Type a part, Space takes it, and more; { $next } goes on; { $list } opens the list
form-cut = Too long: the end was left out. Check where the text stops
form-paste-cut = What was pasted is too long: its end was left out
form-theirs = Somebody else just wrote: { $value }. Saving now keeps what stands here
form-not-saved =
    { $n ->
        [one] Not saved yet: one field needs a change, see below it
       *[other] Not saved yet: { $n } fields need a change, see below them
    }
form-nothing-changed = Nothing was changed
form-kept = Not saved. All you typed is still here, and kept as a draft
form-saved = Saved: { $what }
form-opened = . Due: { $list }
form-draft-failed = The draft could not be kept; save soon. { $why }
form-changed =
    { $n ->
        [0] Somebody else just changed this record; their changes are in the form now and clash with none of yours. Save again
        [one] Somebody else just changed one of the same fields. Both are shown below; check and save again
       *[other] Somebody else just changed { $n } of the same fields. Both are shown below; check and save again
    }

form-draft-kept = Kept as a draft; { $key } goes on with it
form-leave-title = Not saved yet. What now?
form-leave-keep = Keep as a draft for later
form-leave-stay = Go back to the form
form-leave-discard = Throw away what was typed

form-likely = Perhaps on file already: { $n } ({ $key } shows)
form-likely-title = Perhaps on file already: open one (the form stays)
form-why = { $verdict }: { $evidence }
form-same-title = Perhaps registered already
form-same-text = On file: { $who }, { $why }. Register another child all the same?
form-same-yes = Another child: save
form-same-no = Do not save yet


drafts-title = Not finished yet
drafts-text = Not saved last time. You can go on with it:
drafts-nobody = (no name yet)
drafts-drop-title = Throw the draft away
drafts-drop-text = The draft "{ $what }" cannot be brought back. Throw it away?
drafts-drop-yes = Throw away
drafts-drop-no = Keep
drafts-none = No drafts wait
drafts-dropped = The draft is gone
