# Reports and what leaves the program.
export-programme = The station in tables
export-file = Case file
export-as-of = As of { $date }
export-children = Children on file: { $n }
export-page-cut = This table is too long for a page: here are its first { $most } lines, all are in the spreadsheet (XLSX) and in CSV. The total is of all.
export-part = Part
export-discreet-note = Discreet: no names, no villages, no categories and no risk. Where a village has few children, neighbours may still guess: keep it to yourself.
export-discreet-file-note = Discreet: only the case number, days and kinds of work; no name, no address, and not why there is a file.

export-by-category = By category
export-by-risk = By risk and status
export-by-status = By status
export-by-village = By village
export-by-worker = By worker
export-by-service = What was done in the last twelve months
export-by-need = Unmet needs
export-needs-by-village = Unmet needs by village
export-needs-note = What files of open cases say is needed and not given. Below { $few } only "<{ $few }" is said; counts of the whole station are rounded down, so that nobody can be worked out.
export-at-least = At least, in all
export-need-n = Need { $n }
export-several-note = A child may be in several categories, so the total is more than the number of children.
export-load-note = Children behind: those with anything overdue. The last four columns are follow-ups not done yet: children count for who works with them, follow-ups for who is to do them.
export-few-note = For some instruments fewer than ten children have both scores: too few to conclude anything.
export-no-category = no category
export-no-village = no village
export-village-n = Village { $n }
export-worker-n = Worker { $n }
export-instrument-n = Instrument { $n }
export-everybody = Who
export-children-all = All children
export-total = Total
export-total-times = Total (mentions)
export-sum = Sum

export-col-children = Children
export-col-closed = Closed
export-col-behind = Children behind
export-col-overdue = Overdue
export-col-service = Work
export-col-scored = Children scored
export-col-scores = Scores
export-col-incomplete = Incomplete
export-col-no-baseline = No baseline
export-col-no-second = No second
export-col-least = Least change
export-col-quarter = Lower quarter
export-col-three-quarters = Upper quarter
export-col-most = Most change

export-summary = In short
export-history = Who changed what
export-scores-note = Two scores compare only if instrument, version and who answered are the same; a few points may be chance.
export-col-number = No.
export-col-field = Field
export-col-value = Value
export-col-age = Age
export-col-on = Day
export-col-at = Time
export-col-by = Who
export-col-what = What
export-col-back = Taken back
export-col-grade = How pressing
export-col-said = The rules say
export-col-moment = When
export-col-points = Points
export-col-of = Of
export-col-band = Band
export-col-change = Since the start

export-due-mine = What is due, mine
export-due-station = What is due, the station

export-no-folder = There is no folder { $path }. Make it first, or choose another
export-not-written = { $path } cannot be written: { $why }. See whether the folder may be written to and has room, then try again
export-no-sheet = The spreadsheet could not be made: { $why }. Take CSV instead
export-no-format = A calendar is exported as ICS only, tables and files as HTML, XLSX or CSV

export-title = Export
export-what = What
export-this-file = This child's file
export-format = Format
export-html = a page to print (HTML)
export-xlsx = a spreadsheet (XLSX)
export-csv = tables as text (CSV)
export-ics = a calendar (ICS)
export-discreet = Discreet
export-to = To
export-needs-folder = Name a folder; ~ is your home directory
export-open-note = What is exported is not sealed: anybody who has it can read it. Delete it after use. The export is audited.
export-stick = { $key } puts it on the stick: { $path }
export-busy = Exporting...
export-done = Written to { $path }
export-done-more = Beside it { $n } more files that begin alike.

charts-title = Charts
charts-workers = Children by worker (# open, . closed)
charts-villages = Villages behind (# children with something overdue)
charts-caseload = { $n } open, { $more } closed
charts-overdue = { $n } { $n ->
    [one] child
   *[other] children
}, { $more } overdue
charts-nothing-overdue = Nothing is overdue.

cli-export = Export tables, a child's file, or a calendar of what is due
cli-export-examples =
    Examples:
      tonghu export programme --format xlsx --to /media/usb
      tonghu export child
      tonghu export calendar --mine
    What is exported is not sealed, and anybody who has it can read it: delete it after use. Each export is audited.
cli-arg-format = Format: html (one page to print), xlsx or csv
cli-arg-to = Folder to write to; else the current one. No file that is there is overwritten
cli-export-programme = The station in numbers: categories, villages, risk, workers, services, evaluation
cli-export-programme-discreet = Without names, villages, categories and risk
cli-export-programme-examples =
    Examples:
      tonghu export programme
      tonghu export programme --format csv --discreet
cli-export-child = One child's whole file
cli-export-child-case = Case number, or whatever finds exactly one child. Without it, or with -, it is asked for at the terminal or read as one line of standard input
cli-export-child-discreet = Only the case number, days and kinds of work
cli-export-child-examples =
    Examples:
      tonghu export child TH2026-000012
      tonghu export child --discreet
    With a name, write none and wait to be asked: others see the command in ps, and the shell keeps it.
cli-export-calendar = Follow-ups not done yet, as a file that calendars read (ICS); without names
cli-export-calendar-format = A calendar is ics
cli-export-calendar-mine = Only mine; else the station's
cli-export-calendar-discreet = Only the word follow-up and the case number
cli-export-calendar-examples =
    Examples:
      tonghu export calendar --mine
