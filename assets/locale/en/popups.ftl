# Small windows
choose-prompt = Filter: {" "}
choose-one = Type to narrow, Enter to choose
choose-many = Space ticks, Enter is done
why-title = Why
why-edit = The station can change its rules: see the folder "practice" in the data directory.
