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
