# The shell
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-options = Options
cli-heading-arguments = Arguments
cli-about = Tonghu (童护): the case files of a child-aid station. Without a command it opens the screens.
cli-examples =
    Examples:
      tonghu                                    open the station
      tonghu demo                               a throw-away station of invented children
      tonghu --account wang find wxm            find a child by initials
      tonghu due --brief                        how many follow-ups are due; for login scripts

    Exit codes: 0 done, 1 could not be done, 2 wrong call, 3 nothing found or due,
    4 account or passphrase refused, 75 another window has the data.
cli-arg-data = Where the data is; else TONGHU_DATA, else the user's data directory
cli-arg-lang = Language: zh or en; else that of the environment
cli-arg-account = Who asks; not needed where there is one account
cli-arg-passphrase-file = Reads the passphrase from the first line of this file; - is standard input
cli-arg-theme = Colours: dark, light, 16-colour or mono
cli-arg-borders = Edges: ascii, line or none
cli-arg-assume-utf8 = The terminal speaks UTF-8 whatever the locale says
cli-arg-json = Answer as JSON, for scripts
cli-arg-help = Show this help
cli-arg-version = Show the version
cli-demo = Open a throw-away station of invented children; nothing stays
cli-demo-children = How many children
cli-demo-examples =
    Five families come first, each with a story to walk in a minute: Ctrl-N on Today opens "Walks".

    Examples:
      tonghu demo
      tonghu --lang en demo --children 300
      tonghu manual walks                       read the walks
cli-init = Found a station without a screen
cli-init-station = Name of the station
cli-init-city = City
cli-init-county = County
cli-init-town = Town
cli-init-name = Name of the person whose account it is
cli-init-recovery-file = A new file for the recovery key: print it, lock it away, delete the file
cli-init-examples =
    Example:
      tonghu init --station "Shimen Station" --account lead --passphrase-file pass --recovery-file paper
cli-account = Accounts: who may come in
cli-account-examples =
    Examples:
      tonghu account list
      tonghu --account lead account add chen --name 陈静 --role caseworker
      tonghu --account chen account passphrase
cli-account-list = List the accounts: account, role, name
cli-account-list-examples =
    Example:
      tonghu --account lead account list --json
cli-account-add = Make an account for a colleague; a lead's right
cli-account-add-login = What the colleague types to sign in: letters and digits
cli-account-add-name = Name of the colleague, as it stands on records
cli-account-add-role = caseworker, supervisor, lead, or support (sees Health, opens no file)
cli-account-add-examples =
    Examples:
      tonghu --account lead account add chen --name 陈静 --role caseworker
      tonghu --account lead --passphrase-file pass account add fix --name Remote --role support --new-passphrase-file new
    Without --new-passphrase-file it asks twice at the terminal.
cli-account-disable = Close a colleague's account; a lead's right
cli-account-disable-examples =
    Example:
      tonghu --account lead account disable chen
    The name stays on records. What is written afterwards it does not open; what it could read may have been copied.
cli-account-enable = Open a closed account again; a lead's right
cli-account-enable-examples =
    Example:
      tonghu --account lead account enable chen
    Its passphrase is the one it had.
cli-account-role = Change a colleague's role; a lead's right
cli-account-role-role = caseworker, supervisor, lead, or support (sees Health, opens no file)
cli-account-role-examples =
    Example:
      tonghu --account lead account role chen supervisor
cli-account-reset = Set a new passphrase for a colleague who forgot it; a lead's right
cli-account-reset-examples =
    Examples:
      tonghu --account lead account reset chen
      tonghu --account lead --passphrase-file pass account reset chen --new-passphrase-file new
cli-account-rotate-key = A new data key, and all that was written before sealed anew; a lead's right
cli-account-rotate-key-examples =
    Example:
      tonghu --account lead account rotate-key
    Broken off, it goes on at the next sign-in. Old backups still open with the passphrases of their time.
cli-account-passphrase = Change one's own passphrase
cli-account-passphrase-examples =
    Examples:
      tonghu --account chen account passphrase
      tonghu --account chen --passphrase-file old account passphrase --new-passphrase-file new
cli-account-recovery = Make a new recovery key; the one before opens nothing any more. A lead's right
cli-account-recovery-recovery-file = A new file for the recovery key: print it, lock it away, delete the file
cli-account-recovery-examples =
    Example:
      tonghu --account lead account recovery --recovery-file paper
    Backups made before still open with the recovery key of their time.
cli-arg-login = Whose account
cli-account-rotated = Everything is sealed under the new data key; the old one opens nothing here any more, only old backups
cli-account-nobody = There is no account { $login }; tonghu account list shows all
cli-account-reads-no-more = What is written from now on they do not open. What they could read may have been copied: no program can take that back.
cli-arg-new-passphrase-file = Reads the new passphrase from the first line of this file; - is standard input
cli-account-added = { $name } ({ $login }, { $role }) has an account and can sign in
cli-account-passphrase-done = The passphrase is changed: use the new one from now on
cli-account-recovery-done = The new recovery key is in force and is in { $path }: print it, lock it away, delete the file. Tear up the old paper.
cli-account-recovery-exists = { $path } is there already; a recovery key needs a new file
cli-account-not-renewed = The recovery key was not changed; the old one is still in force. { $why }
cli-directory = The service directory: who offers what, where, when and for whom
cli-directory-words = Words of a service, a place or for whom; all must stand in the entry. Without any, all entries
cli-directory-nothing = no such entry in the directory: try one word less, or add it to the register
cli-directory-examples =
    Examples:
      tonghu directory
      tonghu directory rehabilitation shimen --json
cli-find = Find children by name, pinyin, initials, guardian, village, school or digits; registers and the manual by name
cli-find-query = What is known: a name, wxm, wang shimen, the last digits of a number. Without it, or with -, it is asked for at the terminal or read as one line of standard input
cli-find-limit = At most so many
cli-find-examples =
    Examples:
      tonghu find
      tonghu find wxm
      tonghu find --json < words.txt
    A name in the command is seen by others in ps and stays in the shell's history: leave it out, and it is asked for.
cli-show = Print one child's file
cli-show-case = Case number, or whatever finds exactly one child. Without it, or with -, it is asked for at the terminal or read as one line of standard input
cli-show-discreet = Dashes in the place of categories, risk, circumstances and what was written
cli-show-examples =
    Examples:
      tonghu show TH2026-000012
      tonghu show
      tonghu show --json < words.txt
    Leave a name out, and it is asked for: others see the command in ps, and the shell's history keeps it.
cli-due = Tell what is due
cli-due-brief = One line of counts without names; needs no passphrase and waits for nobody
cli-due-queue = What waits for a supervisor: urgent, to approve, overdue by worker, not visited, high risk
cli-due-notify = The same as a desktop notification
cli-due-mine = Only what is mine
cli-due-all = All of the station (the default)
cli-due-examples =
    Examples:
      tonghu due --brief                        in ~/.profile
      tonghu due --mine --json
cli-import = Import a roster: CSV in UTF-8 or GB18030, plain or gzipped
cli-import-file = The roster
cli-import-yes = Do it; without this only what would happen is shown
cli-import-skip-bad = Leave bad rows out and write them to a file to be mended
cli-import-duplicates = Rows of children on file already: refuse, skip or keep
cli-import-maps = Read this column as that field, for example "联系人=guardian"
cli-import-rejects = Where bad rows are written
cli-import-examples =
    Examples:
      tonghu import roster.csv                  a look at what would happen
      tonghu import roster.csv --yes
      tonghu import roster.csv --yes --skip-bad --rejects mend.csv
cli-backup = Write a sealed copy of everything and read it back
cli-backup-to = File or directory, for example a USB stick
cli-backup-verify = Only check this backup; of a folder, the newest that can be used
cli-backup-daily = From now on, back up to this folder every day
cli-backup-no-daily = No automatic backups any more
cli-backup-due = Make the automatic backup of today if it is not there; say nothing if it is. For timers
cli-backup-drill = Try a restore with the newest automatic backup
cli-backup-examples =
    Examples:
      tonghu backup /media/usb
      tonghu backup --verify /media/usb/tonghu-2026-11-21-1530.backup
      tonghu backup --daily /media/usb          one a day, old ones go by themselves
      tonghu backup --drill                     tries a restore and leaves nothing behind
cli-restore = Bring back a backup into an empty data directory
cli-restore-file = The backup; of a folder, the newest that can be used
cli-restore-dry-run = Only try: restore to a temporary directory, compare row by row, remove it; with --account, open every record too
cli-restore-examples =
    Examples:
      tonghu restore /media/usb --dry-run
      tonghu --data /srv/tonghu restore /media/usb/tonghu-2026-11-21-1530.backup
cli-audit = The audit: who opened, searched, changed or exported what
cli-audit-examples =
    Examples:
      tonghu audit list --child TH2026-000012
      tonghu audit verify --against /media/usb/tonghu-2026-11-21.backup
cli-audit-verify = Check that no entry was changed, dropped or put in; for supervisors and leads
cli-audit-verify-against = Compare with this backup too; may be given several times. Only a backup kept elsewhere shows that the whole directory was set back
cli-audit-verify-examples =
    Examples:
      tonghu audit verify
      tonghu --account lead audit verify --against /media/usb/tonghu-2026-11-21.backup --json
    The exit code is 0 if it is whole, 1 if not, and then the entries are named.
cli-audit-list = List entries, newest first
cli-audit-list-child = Only this child's file: a case number, or whatever finds exactly one child; with - it is asked for, so that no name stands in the command
cli-audit-list-by = Only what this account did
cli-audit-list-since = From this day on, for example 2026-11-01 or yesterday
cli-audit-list-limit = At most so many
cli-audit-list-examples =
    Examples:
      tonghu audit list --since yesterday
      tonghu audit list --child -
      tonghu --account lead audit list --by chen --limit 500 --json
    Supervisors and leads see all of it; who looked at one file is for everybody who may open that file.
cli-audit-more = There are older ones: use --limit or --since
cli-audit-nothing = there are no such entries
cli-audit-sound = The audit is whole: { $entries } entries, no. { $first } to { $last }
cli-audit-not-compared = The audit itself is whole, but not every backup could be compared with it, as told above
cli-audit-broken = The audit does not fit, as told above. Touch nothing in the data directory, keep every backup, and report it to the authority above
cli-doctor = Tell how the program and all files are; nothing about a person, no passphrase needed (signed in, every record is opened too)
cli-doctor-repair = Move damaged files aside and make them again from what is sound; deletes nothing
cli-doctor-examples =
    Example:
      tonghu doctor
      tonghu doctor --repair
      tonghu --account wang doctor --json
cli-completions = Print shell completions
cli-completions-shell = bash, zsh, fish, elvish or powershell
cli-completions-examples =
    Example:
      tonghu completions bash > /etc/bash_completion.d/tonghu
cli-which-account = there are several accounts: say which with --account NAME
cli-no-home = no home directory is known: say where the data is with --data DIR
cli-ask-passphrase = Passphrase:
cli-ask-new-passphrase = New passphrase:
cli-ask-again = Once more:
cli-ask-find = Whom to find:
cli-ask-child = Which child:
cli-needs-words = nobody to look for: say it when the terminal asks, in the command, or as one line of standard input
cli-needs-new-passphrase = no terminal to ask for the new passphrase: give it in a file (- is standard input); see --help
cli-needs-passphrase = no terminal to ask for the passphrase: use --passphrase-file FILE (- is standard input)
cli-strange-answer = the office gave an answer of another kind; please report this
cli-find-nothing = nobody found: try fewer letters, the village, or the last digits of a number
cli-find-more = There are more: say more, or use --limit
cli-show-several = several children fit; say which case: { $cases }
cli-due-brief-line = Tonghu: { $today } due today, { $overdue } overdue, { $week } this week
cli-no-notify = no notification could be shown: install notify-send (package libnotify-bin)
cli-init-needs-account = --account NAME is missing: the login of the first account
cli-init-recovery-exists = { $path } is there already. No station stands yet, so a recovery key in it is not in use: move it away or name another file
cli-init-done = The station stands. The recovery key is in { $path }: print it, lock it away, delete the file.
cli-backup-done = Backed up and read back: { $path } ({ $records } records, { $size })
cli-backup-sound = Sound: { $backup }
cli-backup-daily-done = Backed up every day to { $path }
cli-backup-no-daily-done = No automatic backups any more
cli-backup-needs-path = where to? for example: tonghu backup /media/usb
cli-restore-done = Restored into { $path }
cli-restore-from = From the backup { $backup }
cli-restore-drilled = The drill went well, what was restored is row by row what the backup holds: { $backup }
cli-restore-drilled-and-opened = The drill went well, what was restored is row by row what the backup holds, and every record opens: { $backup }
cli-demo-making = Making a station of { $children } invented children ...
cli-import-bad-map = --map { $map }: write HEADER=FIELD with a header of this file and a field of the child form
cli-import-columns = Columns:
cli-import-ignored = (not imported)
cli-due-more = ... and { $n } more
cli-import-more-faults = ... and { $n } more
cli-import-would = { $rows } rows: { $sound } would be imported, { $bad } cannot be saved, { $duplicates } are there already
cli-import-say-yes = Nothing was changed yet. Add --yes to import.
cli-import-done = { $n } children imported
cli-import-rejected = { $n } rows were left out: mend them in { $path } and import that file

cli-manual = List the pages of the manual, or print the one that fits the words; needs no passphrase
cli-manual-words = Words of a title or text; all must stand in the page. The name of a page prints it
cli-manual-examples =
    Examples:
      tonghu manual
      tonghu manual first-visit
      tonghu manual refuse door
cli-rules = See what the rules say of given facts, or check the rules against examples
cli-rules-examples =
    Examples:
      tonghu rules explain --facts family.json
      tonghu rules test examples.toml --tables practice
cli-rules-explain = Tell what the rules say of the facts in a JSON file, why, and what to do; needs no passphrase, reads no file of a child
cli-rules-explain-facts = The facts, a JSON file; - is standard input
cli-rules-explain-today = The day to take for today
cli-rules-explain-examples =
    Examples:
      tonghu rules explain --facts family.json
      tonghu rules explain --facts - --today 2026-03-01 --json
cli-rules-check = Check this station's own rules, fields and pages, a line for each file; needs no passphrase
cli-rules-check-examples =
    Examples:
      tonghu rules check
      tonghu --data /srv/tonghu rules check --json
cli-rules-test = Check the rules against a table of examples and list each difference
cli-rules-test-table = The examples, a TOML file
cli-rules-test-examples =
    Examples:
      tonghu rules test examples.toml
      tonghu rules test examples.toml --tables practice
cli-rules-facts = List the names of facts and how they are written
cli-rules-facts-examples =
    Examples:
      tonghu rules facts
cli-arg-tables = Folder with tables that were edited; those not in it are the program's own
cli-rules-too-large = { $file }: larger than 16 MiB
cli-rules-no-folder = There is no folder { $folder }
cli-rules-no-json = Line { $line }, column { $column } is not JSON: { $why }
cli-rules-json-twice = "{ $name }" is there twice
cli-rules-json-cut-off = it ends here and is not complete
cli-rules-json-deep = it is nested too deeply
cli-rules-json-number = the number is too large
cli-rules-json-sign = this cannot stand here. Text is in double quotes; numbers, true, false and null are not; NaN is no number
cli-rules-nothing = The rules have nothing to say of these facts
cli-rules-example = { $file }, the example in line { $line }: { $flaw }
cli-rules-missing = "{ $rule }" was expected, the rules do not say it
cli-rules-unexpected = the rules say "{ $rule }", which was not expected
cli-rules-begins = "{ $rule }" was expected to begin on { $wanted }, the rules say: { $is }
cli-rules-ends = "{ $rule }" was expected to end on { $wanted }, the rules say: { $is }
cli-rules-never = on no day
cli-rules-sound = { $file }: ok
cli-rules-none-own = This station has no rules, fields or pages of its own
cli-rules-unsound = { $count } files have a mistake
cli-rules-agree = all { $examples } examples agree
cli-rules-differ = { $wrong } of { $examples } examples differ

cli-report = Numbers for others, without names
cli-report-examples =
    Examples:
      tonghu report evaluation
      tonghu report quality --json
cli-report-quality = Quality of files: what is missing, late, unvisited, and in how many
cli-report-quality-worker = Check the open cases of this account only, all of them
cli-report-quality-sample = How many files to draw; 20 of the whole station if not said
cli-report-quality-seed = The same seed draws the same files again; today's date if not said
cli-report-quality-json = Answer in JSON
cli-report-quality-examples =
    Examples:
      tonghu report quality --json
      tonghu report quality --worker chen
      tonghu report quality --sample 50 --seed 7
cli-report-no-worker = There is no such account: { $login }
cli-report-evaluation = Change in scores: for each instrument how many children, better, the same, worse, missing
cli-report-evaluation-csv = Answer as CSV, a line for each instrument
cli-report-evaluation-examples =
    Examples:
      tonghu report evaluation
      tonghu report evaluation --csv
cli-report-needs = Needs study: how many children lack what where, what to open where; below 5 it says no more than that
cli-report-needs-towns = Put the villages of a town together
cli-report-needs-examples =
    Examples:
      tonghu report needs
      tonghu report needs --towns --json
