# Roster import: where it stands, what stands there, what to do.
import-row = Line { $line }: { $what }
import-cell = Line { $line }, column { $column } ({ $header }) says "{ $value }": { $what }
import-empty-cell = Line { $line }, column { $column } ({ $header }) is empty: { $what }
import-mend = { $header }: { $what }
import-and = {"; "}
import-rejects-name = problems

import-ragged = This row has { $found } cells, the header { $expected }. Look for a separator too many or too few; put cells that hold a comma in double quotes
import-encoding = The cell is in another encoding than the file and cannot be read. Type it again
import-encoding-likely = The cell is in another encoding than the file; it may say "{ $likely }". Check it and type it again
import-too-long = The cell is too long for a roster. Look for a stray double quote before it, or shorten it
import-control = There are invisible control characters in it. Clear the cell and type it again
import-formula = A spreadsheet takes a cell that begins with = + - @ for a formula. Delete the sign
import-rounded = A spreadsheet has rounded the number and its last digits are lost. Set the column to text and copy the number from the card
import-lines = The cell holds many lines: most likely there is a stray double quote before it. Delete it, or write one line
import-same-id = Same ID number as line { $other }. Delete one of the two rows, or correct the number
import-same-person = Same name, birth date and guardian as line { $other }. Delete one row if it is the same child; if not, add the ID numbers
import-shared-id = Same ID number as line { $other }, with another name and guardian: one of the numbers is likely wrong. It can be imported; compare with the cards afterwards
import-shared-id-known = Another child's file has this ID number, with another name and guardian: one of the numbers is likely wrong. It can be imported; compare with the cards afterwards
import-known-id = There is a file with this ID number. Delete the row and change the file where something is new
import-known-person = There is a child of this name and birth date. Delete the row if it is the same child; if not, add the ID number on both sides

import-file-missing = There is no such file. Check path and name
import-file-denied = This file may not be read. Copy it to a folder of your own and try again
import-file-unreadable = The file cannot be read; it may be incomplete. Copy it again and retry
import-file-not-a-file = This is not a file. Choose the roster file
import-file-empty = The file is empty. Check that it is the right one
import-file-too-large = The file is larger than { $most } MB: that is no roster. Split it
import-file-workbook = This is a spreadsheet workbook. Save it as CSV (UTF-8) in the spreadsheet program, then import that
import-file-not-text = This is not a text file. Save it as CSV (UTF-8) in the spreadsheet program, then import that
import-file-columns = Line { $line } has { $columns } columns, a roster at most { $most }. Check that it is the right file
import-file-quote = The double quote in line { $line }, column { $column } is never closed, so that the rest cannot be told apart. Close or delete it
import-file-no-name = No column is the name. Say first which one it is
import-file-no-rows = There are no rows under the header
import-file-changed = The file changed while it was imported; nothing was imported. Close the spreadsheet program and try again

import-refused = { $bad } rows cannot be saved and { $duplicates } are on file already; nothing was imported. Mend them, or choose to leave them out
import-stopped = Stopped; nothing was imported
import-rejects-unwritable = The rows left out cannot be written, so nothing was imported. Is the disk full, or the folder read-only?
