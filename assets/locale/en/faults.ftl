# What is wrong with a field, and what to do. One key for each `Fault::code`.
fault-required = { $field } is required: fill it in to save
fault-too-long = Too long: { $have } of at most { $max } characters. Shorten it, or move details to the remarks
fault-date-empty = No date. Such as 2026-11-21, yesterday, next mon
fault-date-unknown = Not read as a date. Write 2026-11-21, 1121, yesterday or 3d
fault-date-no-such-day = There is no such day. Check month and day
fault-date-no-day = The day is missing. If unknown write the first of the month and say so in the remarks
fault-date-ambiguous = This could be two dates. Write it in full, such as 2026-03-04
fault-date-too-far = The year should be from 1900 to 2199. Check it
fault-after-today = It cannot be after today. Check the date
fault-before-today = That day is past. If that is so, save as it is
fault-before-other = It is before "{ $other }". Check both dates
fault-not-number = A whole number is needed here, such as 12000
fault-out-of-range = It should be from { $min } to { $max }. Check it
fault-not-yes-no = Answer yes or no
fault-unknown-choice = "{ $text }" is not a choice. Choose from: { $choices }
fault-too-wide = "{ $text }" could be any of several. Write the one that is meant: { $choices }
fault-unknown-worker = No member of staff is called "{ $text }". Choose from the list, or add the account first
fault-id-length = An ID number has 18 characters, this has { $have }. Compare with the card, or leave it empty
fault-id-letter = Character { $at } is not a digit. Only the last one may be X
fault-id-date = The birth date within the number (digits 7 to 14) does not exist. Check it{ $likely }
fault-id-check = The check digit does not agree: a digit is wrong. Compare with the card{ $likely }
fault-id-old = An old number of 15 digits. Replace it by the 18 of the new card; it can be saved as it is
fault-id-birth = The number says born { $says }, the file another date. Check which is right
fault-id-sex = The number says { $says }, the file another sex. Check which is right
fault-not-phone = Not a phone number. Digits only, such as 10012345678 or 0999-2345678
fault-odd-phone = Unusual: a mobile has 11 digits, a landline its area code. If it is right, save as it is
fault-circular = This is the unit itself, or stands below it. Choose another one above it
fault-wrong-way = What is above must be of a higher level. Choose another, or change the level here
fault-holds-higher = Units below it are of this level or higher. First put those under another one
fault-other-kind = The field has changed its kind; the old value is kept. Please fill it in again
suspect-digit = digit { $at } may be { $digit }
suspect-swap = digit { $at } and the next may be swapped
suspects = { " " }({ $list })

# What keeps an act on a follow-up from being done. One key for each `ActFault`.
act-not-due = This follow-up has no due date. Set one first
act-done-already = This follow-up is done already
act-no-reason = Say why: the next one to read this needs it
act-after-today = The date cannot be after today: write the real day
act-before-today = It can only be moved to today or later

# Mistakes in the file of a station's own fields. One key for each `Mistake`.
misprint-form = There is no form "{ $text }". Use child household member case contact follow-up note
misprint-id = The id "{ $text }" must begin with x- and have small letters, digits and hyphens only, at most 32
misprint-twice-id = The id "{ $text }" is there twice in this form. Give one of them another
misprint-kind = There is no kind "{ $text }". Use line notes date number yes choice choices phone
misprint-need = need cannot be "{ $text }". Use optional expected required
misprint-no-label = The label is missing. Write zh = "..." or en = "..."
misprint-section = The form has no section "{ $text }". Leave the line out, or use that of a field beside it
misprint-no-choices = A choice needs choices, at least 1 and at most 200
misprint-choice-code = The choice code "{ $text }" may have small letters, digits and hyphens only, and be there once
misprint-bounds = min and max do not fit: min not above max, and texts at most { $most } characters
misprint-not-for-kind = { $text } does not belong to a field of this kind. Leave it out
misprint-shown-when = shown-when names no field "{ $text }", or one further down. Use one that stands before
misprint-shown-when-code = shown-when: the field { $field } cannot be "{ $text }". Check it
misprint-too-many = More than 60 fields. Leave out those that nobody fills

# Why the office did not do what it was asked.
refusal-not-allowed = This account may not do that. Ask the station lead or a supervisor
refusal-not-found = There is no such record; it may have been taken back. Look again
refusal-invalid = { $count } to correct: nothing is saved yet. Correct and save again
refusal-changed = { $count } changed by somebody else meanwhile: nothing is saved yet. Compare and save again
refusal-stopped = Stopped: nothing was changed
refusal-disk-full = The disk is full. What was saved is safe; free some space and save again
refusal-no-folder = There is no such folder. Is the USB stick plugged in? Check the path
refusal-store = Not saved. What was saved is safe; try again, else call support (for support: { $why })
refusal-row = Row { $row } has { $count } to correct; nothing was imported. Correct it and import again
refusal-newer = This record was written by a newer version of the program. Update this one first
