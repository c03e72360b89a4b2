# The frame of the program: too small, leaving, masking
too-small =
    The window is too small: { $now-columns } columns by { $now-lines } lines.
    At least { $columns } by { $lines } are needed. Please enlarge it.
leave-title = Leave
leave-text = Something is not saved yet. Its draft is kept and will be offered next time. Leave now?
leave-yes = Leave
leave-no = Stay
toast-discreet = Categories, risk and what was written are hidden; forms still show them
toast-not-discreet = Categories, risk and what was written are shown again
toast-masked = Names and numbers are masked; the same key shows them again
toast-unmasked = Names and numbers are shown again
