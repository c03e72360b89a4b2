# Search, cases, commands, help, health, backup, calendar
col-name = Name
col-sex-age = Age
col-guardian = Guardian
col-village = Village
col-risk = Risk
col-due = Next due
col-found = Found by
col-on = Day
col-sentence = Sentence
col-worker = Worker
col-categories = Categories
col-status = Status
col-last-contact = Last seen
col-case-no = Case no.
sex-short-m = M
sex-short-f = F
category-short-left-behind = left behind
category-short-prisoner = prison
category-short-unattended = unattended
category-short-orphan = orphan
category-short-poverty = poverty
category-short-disability = disability
category-short-guardianship = guardian
category-short-street = street
category-short-institution = institution
category-short-foster = foster
category-short-migrant = migrant

search-busy = searching ...
search-title = Search
search-prompt = Search:
search-prompt-visit = Visit to whom:
search-prompt-follow-up = Follow-up for whom:
search-prompt-note = Note on whom:
search-prompt-pick = Who came:
search-children = Children
search-notes = Notes
search-switch = switch
search-count = { $n } found
search-count-more = first { $n }; type more
search-count-others = children: { $children }, others: { $others }
search-count-notes = { $n } found
search-hint =
    A name in characters, pinyin or initials: 王小明, wangxm, wxm. A character of the same sound will do.
    A guardian, a village, a school: 李秀英, shimen.
    Some digits of an ID or phone number, a birth date, a case number.
    Several together, with blanks between: wxm shimen.
    Volunteers, foster families, agencies, donors and the like by name; the manual by its titles.
search-hint-notes = Finds sentences in visits, notes and case histories. Several words must stand in one sentence.
search-none = No such child is on file. Try another spelling, or type less of it.
search-none-notes = No such sentence was written.
search-try-notes = search visits and notes
search-try-children = search names and numbers
search-register = register a new child

cases-title = Cases
cases-order = by { $order }
cases-only = only: { $what }
cases-clear = { $key } shows all
cases-none = No child fits. Esc shows all, f changes the filter.
sort-due = next due
sort-name = name
sort-risk = risk
sort-age = age
sort-village = village
sort-last-contact = longest not seen
filter-title = Filter
filter-category = Category
filter-risk = Risk
filter-status = Status
filter-worker = Worker
filter-due = Follow-up
filter-village = Village
filter-overdue = overdue
filter-all = all
filter-village-hint = type a village
filter-hint = Left/Right change, Enter applies, Esc leaves

palette-title = Commands
palette-prompt = Command: {""}
palette-none = There is no such command

calendar-title = Pick a day

health-title = Health
health-good = good
health-look = look
health-bad = BAD
health-all-good = All is well.
health-some-look = Something needs a look; see below.
health-some-bad = Something is wrong; see below.

toast-backed-up = Backed up to { $path } ({ $records } records)
work-done = { $what }: done
work-failed = { $what }: not done. { $why }
work-still-harmed = Some files are still damaged: see Health

help-title = Help
help-find-title = Find a child
help-find = Press / or F3 anywhere, type a name, initials or a few digits, and Enter opens the file.
help-visit-title = Write down a visit
help-visit = With the child selected or open, press F6; Ctrl-S saves, and the rules plan the next follow-up. If the power fails, what you typed is offered again.
help-due-title = What is due
help-due = F4 goes to Today. d done, m move (with a reason), a nobody reached, h hand over, w why. What is overdue stays until it is done or moved.
help-signs-title = Signs
help-signs =
    >  the line you are on
    ~  the text goes on
    !  long overdue: the lead sees it too
    {"*"}  today in a calendar; chosen in a list
help-typing-title = With an input method
help-typing = When letters go to the input method, use F1 to F12 and the arrows; F2 finds and runs every command by name.
help-safe-title = Privacy
help-safe = F11 masks names and numbers, F12 locks. Lock when you leave the desk.
layer-global = Everywhere
layer-today = Today
layer-cases = Cases
layer-list = Lists
layer-file = A child's file
layer-follow-up = Follow-ups in a file
layer-search = Search
layer-manual = A page of the manual
layer-rules = A rule
layer-form = Forms
layer-restore = Restoring a backup
layer-question = The door and first steps
layer-health = Health
layer-calendar = Calendar
layer-dialog = Questions
layer-text = One line of text
layer-notes = Several lines of text
