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

window-too-small = The window is too small: it needs { $cols } columns and { $rows } rows
