# Precedents: closed cases without identity; given to other stations and taken from them
layer-precedents = Precedents
layer-review = A precedent in review

precedents-title = Precedents
precedents-like = Precedents most like { $name }
precedent-title = Precedent
precedent-none = No precedents yet. Open the file of a closed case, press F2 and take "Make a precedent"; or press m for those of another station.
precedent-none-fits = No precedent fits.
precedent-narrow = Filter
precedent-col-child = What child
precedent-col-outcome = Outcome
precedent-col-alike = In common
precedent-col-from = From
precedent-waits = Waits: { $name }
precedent-waits-help = A colleague has read it line by line; it waits for a supervisor. Enter opens it.
precedent-from-here = here, { $on }, let go by { $by }
precedent-from-other = another station, { $on }
precedent-of = Child
precedent-parents = Parents
precedent-lives = Lives with
precedent-risk = Risk
precedent-tried = Tried
precedent-goals = Goals
precedent-scores = Scores
precedent-outcome = Outcome
precedent-parent = parent: { $circumstance }
precedent-referred = referral to { $to }
precedent-scored = { $domain } from { $first } to { $last }
precedent-month = month { $n }
precedent-withdraw-title = Take this precedent back?
precedent-withdraw-text = It is not to be seen here any more. What was given to other stations is with them.
precedent-withdraw-yes = Take it back
precedent-withdraw-no = Leave it
precedent-withdrawn = Taken back

choice-age-band-0-2 = aged 0 to 2
choice-age-band-3-5 = aged 3 to 5
choice-age-band-6-8 = aged 6 to 8
choice-age-band-9-11 = aged 9 to 11
choice-age-band-12-14 = aged 12 to 14
choice-age-band-15-17 = aged 15 to 17
choice-age-band-18-up = 18 or older
choice-case-length-under-3 = under 3 months
choice-case-length-from-3 = 3 to 6 months
choice-case-length-from-6 = 6 to 12 months
choice-case-length-from-12 = 1 to 2 years
choice-case-length-from-24 = over 2 years
choice-times-once = once
choice-times-few = 2 to 5 times
choice-times-some = 6 to 20 times
choice-times-many = over 20 times
choice-tried-visit = visit
choice-tried-call = call
choice-tried-session = companionship
choice-tried-conference = conference
choice-tried-family-contact = family contact
choice-tried-goal = goal
choice-goal-end-reached = reached
choice-goal-end-dropped = dropped
choice-goal-end-open = open
choice-line-source-reason = reason
choice-line-source-finding = finding
choice-line-source-assessment = assessment
choice-line-source-plan = plan
choice-line-source-goal = goal
choice-line-source-visit = visit
choice-line-source-note = note
choice-line-source-session = session
choice-line-source-family-contact = family
choice-line-source-conference = conference
choice-line-source-referral = referral
choice-line-source-placement = placement
choice-line-source-review = review
choice-line-source-closure = closure
choice-line-source-follow-up = follow-up
choice-line-tells-happened = happened
choice-line-tells-helped = helped
choice-line-tells-did-not = did not help

tells-child = the child's name
tells-family = a relative's name
tells-other-child = another child's or guardian's name
tells-worker = a worker
tells-volunteer = a volunteer
tells-foster-family = a foster family
tells-person = somebody
tells-place = a place
tells-school = a school or class
tells-agency = an agency
tells-detail = a field of the station's own
tells-phone = a phone number
tells-id-number = an ID number
tells-number = a number
tells-date = a date
tells-age = an age

review-title = Make a precedent of { $name }
review-no-lines = Nothing is written in this case that could be told.
review-counts = Lines kept: { $kept }, not read: { $unread }. What is not kept does not go out
review-few = Such children on file: { $n }. Neighbours can guess: say less, or leave it
review-is-proposed = A colleague asks to let it go; the lines with a word are to be kept
review-col-fate = Fate
review-col-month = When
review-col-source = From
review-col-text = What goes out
review-dropped = dropped
review-written = Written
review-replaced = Replaced
review-still = Still tells
review-goes-out = Goes out
review-edit = Write this line anew; Enter keeps it, Esc leaves it
review-identifies = This line still tells who it is ({ $what }: { $word }); nothing was let go. Press e to rewrite it, x to drop it
review-released = Let go; it is among the precedents
review-proposed = It waits for a supervisor
review-leave-title = Leave it unfinished?
review-leave-text = What you kept and dropped was not sent, and is lost when you leave.
review-leave-yes = Leave
review-leave-no = Go on

precedent-fault-not-closed = There is no closed case: it can be a precedent once it is closed
precedent-fault-other-case = The case has changed meanwhile; nothing was let go. Leave and open it again
precedent-fault-nothing = No line is kept; nothing was let go. Keep at least one
precedent-fault-twice = This case is a precedent already. Take that one back first
precedent-fault-identifies = Kept line { $line } still tells who it is ({ $what }); nothing was let go
precedent-fault-too-long = Kept line { $line } is longer than { $most } characters; nothing was let go. Shorten it with e
precedent-fault-too-many = No more than { $most } lines can be kept; nothing was let go. Drop some
precedent-fault-no-table = practice/precedents.toml of this station has a mistake: nothing is let go. Health says in which line
precedent-fault-empty = No precedent of this station was let go yet; no file was written
precedent-flaw-code = a code of { $list } is not known to this program
precedent-flaw-too-much = there is too much of it
precedent-flaw-characters = it has characters that no text has
precedent-flaw-shape = it does not read as a precedent
precedent-flaw-identifies = line { $line } has a date, a number or a name that tells who it is

handout-precedents-out = Give precedents
handout-precedents-out-why = All precedents that were let go here, in one file for another station. In it is no station, no name and no day, nor who let them go.
handout-precedents-in = Take precedents
handout-precedents-in-why = Reads a file of precedents from another station. First it says how many are new; Enter again takes them.
handout-path = File
handout-busy = Reading or writing...
handout-again = Enter again takes it; Esc leaves it.
handout-not-ours = This is no file of this program
handout-other-kind = This is a file of this program, but not of this kind
handout-newer = A newer version of this program wrote the file (format { $version }). Update this program first
handout-damaged = The file was cut or altered on its way. Ask for it again
handout-too-large = The file is larger than { $most } MiB and is not read
handout-shape = Line { $line } of the file is not as it should be; nothing was taken
handout-exists = There is a file of this name; it was not replaced. Take another name
handout-missing = There is no such file
handout-io = The file could not be read or written: { $why }
precedents-given = Precedents written: { $n }, to { $path }
precedents-taken = Precedents taken over: { $n }
precedents-look = { $new } new, { $known } here already, { $flawed } not to be used
precedents-look-flawed = No. { $n }: { $flaw }

handout-template-out = Give a template
handout-template-out-why = Forms, rules, manual and the kinds of help of this site, in one file for another. In it is no child and no phone; names and places written in the files are looked for first.
handout-template-in = Take a template
handout-template-in-why = Reads a template of another site. First it says what would change; Enter again takes it. A copy of what is replaced stays in kept/old.
template-given = Files: { $files }, kinds of help: { $agencies }, written to { $path }
template-taken = The template is taken and in force. A copy of what it replaced is in kept/old
template-look = Files that are new: { $new }, other than here: { $changed }, the same: { $same }. New kinds of help: { $agencies }
template-look-changed = To be replaced: { $files }
template-place = { $file } line { $line } ({ $what })
template-place-service = directory, "{ $file }" ({ $what })
template-anyway = If these may stay in it, press Enter again. If not, press Esc, mend them and come back.
template-fault-tells = Somebody could be known by it (places: { $n }); no file was written. Mend these first: { $places }
template-fault-places = It speaks of somebody or of a place (places: { $n }): { $places }
template-fault-wrong = The template has something that is not understood; nothing was written. { $fault }
template-fault-name = The file holds what no template has; nothing was written
template-fault-agency = Entry { $n } of its directory is not as it should be; nothing was written
template-fault-empty = This station has no forms, rules, pages or directory of its own; no file was written

cli-precedent = Precedents: give those let go here to another station, or take another's
cli-precedent-examples =
    Examples:
      tonghu precedent export /media/usb
      tonghu precedent import cases.json --yes
cli-precedent-export = Write the precedents let go here into a file, without station, names and days
cli-precedent-export-examples =
    Example:
      tonghu precedent export cases.json
cli-precedent-export-file = A new file, or a folder
cli-precedent-import = Take over precedents of another station; without --yes only look
cli-precedent-import-examples =
    Examples:
      tonghu precedent import cases.json
      tonghu precedent import cases.json --yes
cli-precedent-import-file = The file of the other station
cli-precedent-import-yes = Do take them over
cli-template = Template: forms, rules, manual and kinds of help of this site, and nobody
cli-template-examples =
    Examples:
      tonghu template export /media/usb
      tonghu template import site.json --yes
cli-template-export = Write it into a file; what speaks of somebody has to be mended first
cli-template-export-examples =
    Examples:
      tonghu template export site.json
      tonghu template export site.json --anyway
cli-template-export-file = A new file, or a folder
cli-template-export-anyway = Leave names of places in it; never those of people, or phone numbers
cli-template-import = Take over another site's template; without --yes only look; what is replaced is kept
cli-template-import-examples =
    Examples:
      tonghu template import site.json
      tonghu template import site.json --yes
cli-template-import-file = The file of the other site
cli-template-import-yes = Do take it over
cli-handout-say-yes = Nothing was taken yet. Add --yes to take it
template-is-new = new
template-is-changed = changed
template-is-same = same
