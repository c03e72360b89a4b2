# Importing a roster: which file, the preview, the import
roster-title = Import a roster
layer-roster = Preview of a roster
wizard-roster = Is there a roster?
wizard-roster-why = A list of children kept in a spreadsheet can be imported now: type its path, or press Enter without one. Later: F2, "Import a roster".

roster-path = File
roster-needs-path = Type where the file is, for example ~/roster.csv
roster-which-file = Which file?
roster-which-file-why = Type the path of the roster, for example ~/roster.csv or /media/usb/roster.csv. You see first what would happen; nothing is saved before you say so. Enter goes on.
roster-formats = CSV in UTF-8 or GB18030, also packed as .gz. Save a spreadsheet workbook as CSV first.
roster-looking = Reading the roster. Esc stops.
roster-importing = Importing. Esc stops; nothing is kept then.
roster-stopping = Stopping ...

roster-written = { $encoding }, { $separator }, header in line { $line }
roster-remembered = , columns as last time
roster-comma = commas
roster-tab = tabs
roster-semicolon = semicolons
roster-wide-comma = Chinese commas
roster-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
roster-sound = { $n } to import
roster-bad = { $n } cannot be saved
roster-duplicates = { $n } on file already
roster-tab-columns = Columns { $n }
roster-tab-faults = Problems { $n }
roster-tab-import = Import

roster-header = In the file
roster-field = Is the field
roster-sample = For example
roster-ignored = (not imported)
roster-which-field = Which field is "{ $header }"?
roster-values = In the first rows: { $values }
roster-empty-column = Empty in the first rows

roster-line = Line
roster-column = Column
roster-says = It says
roster-whole-row = whole row
roster-no-faults = No problem was found.
roster-name-first = Say first which column is the name.
roster-grave = The row cannot be imported like this.
roster-worth-a-look = The row can be imported, but is worth a look.
roster-more = and { $n } more
roster-more-help = Mend those above first; many come from the same cause.

roster-do = Import { $n } children now
roster-do-help = All of them or none. What was not told of a child can be added later.
roster-not-yet = Cannot be imported yet
roster-bad-stand = { $n ->
    [one] { $n } row cannot be saved.
   *[other] { $n } rows cannot be saved.
} Mend the file, or choose above to leave such rows out.
roster-duplicates-stand = { $n ->
    [one] { $n } child is there already.
   *[other] { $n } children are there already.
} Mend the file, or choose above what to do with them.
roster-none-left = No row is left to import.
roster-option-bad = Rows that cannot be saved: { $what }
roster-option-bad-help = Enter changes it. Rows left out are written to a file beside the roster, each with what is to be mended, to be imported again.
roster-option-duplicates = Children who are there already: { $what }
roster-option-duplicates-help = Enter changes it. A second file of the same child is hardly ever right: notes end up in one and are missed in the other.
roster-refuse = import nothing
roster-skip = leave out
roster-keep = open a second file
roster-other-file = Another file
roster-other-file-help = Back to the path. Nothing was saved.

roster-done = { $n ->
    [one] { $n } child is on file now.
   *[other] { $n } children are on file now.
}
roster-done-help = The first visits are planned by the rules; Today shows them.
roster-left-out = { $n ->
    [one] { $n } row was left out.
   *[other] { $n } rows were left out.
} This is the file to mend and to import again:
roster-close = Enter closes.
