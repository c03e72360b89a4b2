weekday-mon = Mon
weekday-tue = Tue
weekday-wed = Wed
weekday-thu = Thu
weekday-fri = Fri
weekday-sat = Sat
weekday-sun = Sun
weekday-mon-short = Mo
weekday-tue-short = Tu
weekday-wed-short = We
weekday-thu-short = Th
weekday-fri-short = Fr
weekday-sat-short = Sa
weekday-sun-short = Su

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
month-of-year = { $month } { $year }

age-days = { $n } { $n ->
    [one] day
   *[other] days
}
age-months = { $n } m
age-years = { $n } y
age-years-months = { $years } y { $months } m

day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
day-ago = { $n } days ago
day-ahead = in { $n } days

due-today = due today
due-tomorrow = due tomorrow
due-overdue = overdue { $n } { $n ->
    [one] day
   *[other] days
}
due-ahead = due in { $n } days
