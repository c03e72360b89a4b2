# The needs study.
needs-title = Needs study
needs-tab-places = Unmet by place
needs-tab-openings = What to open where
needs-tab-giving-up = May give up
needs-tab-without-contact = No contact this week
needs-reading = Reading the files, { $n } records so far
needs-col-place = Place
needs-col-children = All
needs-col-need = Need
needs-col-offered = Who offers it
needs-col-last-contact = Last
needs-col-phone = Phone
needs-col-why = Why
needs-col-also = Also lacks
needs-no-place = no village on file
needs-never = none on file
needs-none = The files show no unmet need. What is written of how children live, of goals, referrals and scores is summed up here by village.
needs-no-openings = In no place do enough children lack the same thing for a service of their own.
needs-nobody-gives-up = The rules see no family that may give up a child. They look at how each child lives (o in its file): illness, disability, what it costs, who cares, which aid comes.
needs-all-in-contact = The rules see no child without contact with its parents this week. Calls and visits are written down in its file (o, Family contact).
needs-of-cell = { $place }: { $count ->
    [0] no child lacks
    [one] one child lacks
   *[other] { $count } children lack
} "{ $need }", { $all } in the whole station. Enter shows who.
needs-offers = Who offers it: { $names }
needs-source = After: { $source }
needs-nowhere = nobody in the directory offers it
needs-elsewhere = not here; elsewhere { $name }
needs-here = here { $name }
needs-open-new = { $place }: { $count } children lack "{ $need }", { $offered }. Think of opening it here; first ask the families whether they would use it.
needs-open-branch = { $place }: { $count } children lack "{ $need }", { $offered }. Ask them to come here at fixed times, or bring the children there.
needs-open-bring = { $place }: { $count } children lack "{ $need }", { $offered }, and do not get it. Refer each, and ask why they did not go.
needs-within = { $place }: children who lack "{ $need }"
needs-nobody = Nobody here lacks this. Press { $key } to go back.
layer-needs = Needs study
flaw-not-one = "{ $name }" is not known; it can be: { $of }
flaw-many = There can be { $most } at most
