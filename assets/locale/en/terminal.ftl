key-enter = Enter
key-space = Space
key-up = Up
key-down = Down
key-left = Left
key-right = Right

keymap-syntax = this is not a valid key file
keymap-unknown-layer = there is no layer { $name }
keymap-unknown-command = there is no command { $name }
keymap-bad-chord = { $name } is not a key
keymap-letter-in-text = { $name } can be typed, so it cannot be a command where text is typed
keymap-conflict = { $name } is already used for { $other }
keymap-line = key file, line { $line }: { $problem }
keymap-too-large = the key file is larger than 1 MB and was left out: the usual keys hold
keymap-unreadable = the key file cannot be read, so the usual keys hold ({ $why })

refuse-not-a-terminal = This is not a terminal, so no screen can be opened. Use a subcommand such as tonghu find or tonghu due; tonghu --help lists them.
refuse-simple-terminal = The terminal type "{ $term }" cannot show a full screen. Set TERM=xterm, or use a subcommand; tonghu --help lists them.
refuse-not-utf8 = The locale { $locale } is not UTF-8: Chinese that is typed would be damaged. Set the terminal to UTF-8 and LANG=zh_CN.UTF-8; if the terminal is UTF-8 already, add --assume-utf8.
panic-notice = The program stopped because of an error. What was typed is kept as a draft; open the program again to find it. Report (no personal data): { $path }
