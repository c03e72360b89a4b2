# Today
today-title = Today
today-mine = Mine
today-station = Station
today-overdue = Overdue
today-today = Today
today-week = This week
today-without-contact = No contact with their parents this week: { $n }
today-without-contact-uncounted = No contact with their parents this week: open the list to count
today-giving-up = In a family that may give them up: { $n }
today-giving-up-uncounted = In a family that may give them up: open the list to count
today-later = Later
today-drafts = { $n } drafts
today-calendar = Calendar: behind each day, how much is due
today-nothing = Nothing is due. Press / to find a child, F6 to write down a visit, F8 to plan a follow-up.
today-support = This is an account for remote support: it opens no child's file. Press F2 for "Health", and for "Accounts" to change your passphrase.
today-no-children =
    There is no file yet.
    F7 registers the first child; for a roster press F2 and choose "Import a roster"
toast-demo = This is the demo: { $key } leads you through five stories, a minute each
toast-saved = Saved
toast-saved-opened = Saved; planned: { $opened }
today-risen = ! Long overdue: the lead sees it too
