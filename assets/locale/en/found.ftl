# What was found, and why it was found: field, then how it differs from what was typed.
found-name = name
found-guardian = guardian
found-village = village
found-school = school
found-id-number = ID number
found-birth = birth date
found-phone = phone
found-case-no = case number
found-how = { $field } ({ $how })
how-pinyin = pinyin
how-initials = initials
how-homophone = same sound
how-near-sound = near sound
how-missing = character left out
how-typo = one slip
how-swapped = swapped
how-wrong-char = one character

# A child on file who may be the one being registered.
alike-same-child-strong = very likely the same child
alike-same-child = maybe the same child
alike-same-family = maybe the same family
alike-same-id = same ID number
alike-near-id = ID number but for one slip
alike-same-name = same name
alike-same-sound = name sounds the same
alike-swapped-name = name swapped
alike-near-name = name but for one character
alike-same-birth = same birth date
alike-near-birth = near birth date
alike-lunar-birth = birth date lunar for solar
alike-same-guardian = same guardian
alike-guardian-sound = guardian sounds the same
alike-same-phone = same phone
alike-near-phone = phone but for one slip
alike-same-village = same village
alike-same-town = same town
