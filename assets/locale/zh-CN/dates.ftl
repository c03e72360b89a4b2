weekday-mon = 周一
weekday-tue = 周二
weekday-wed = 周三
weekday-thu = 周四
weekday-fri = 周五
weekday-sat = 周六
weekday-sun = 周日
weekday-mon-short = 一
weekday-tue-short = 二
weekday-wed-short = 三
weekday-thu-short = 四
weekday-fri-short = 五
weekday-sat-short = 六
weekday-sun-short = 日

month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
month-of-year = { $year }年{ $month }

age-days = { $n }天
age-months = { $n }个月
age-years = { $n }岁
age-years-months = { $years }岁{ $months }个月

day-today = 今天
day-yesterday = 昨天
day-tomorrow = 明天
day-ago = { $n }天前
day-ahead = { $n }天后

due-today = 今天到期
due-tomorrow = 明天到期
due-overdue = 逾期{ $n }天
due-ahead = { $n }天后到期
