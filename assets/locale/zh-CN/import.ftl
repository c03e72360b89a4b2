# Roster import: where it stands, what stands there, what to do.
import-row = 第{ $line }行：{ $what }
import-cell = 第{ $line }行第{ $column }列「{ $header }」写着「{ $value }」：{ $what }
import-empty-cell = 第{ $line }行第{ $column }列「{ $header }」空着：{ $what }
import-mend = 「{ $header }」：{ $what }
import-and = ；
import-rejects-name = 问题行

import-ragged = 这一行有{ $found }格，表头有{ $expected }格。请看有没有多打或漏打分隔符；内容里有逗号的，要用英文双引号括起来
import-encoding = 这一格的文字编码和整个文件不一样，读不出来。请重新输入这一格
import-encoding-likely = 这一格的文字编码和整个文件不一样，可能是「{ $likely }」。请核对后重新输入
import-too-long = 这一格太长，不像名册的内容。请看前面有没有多出来的双引号，或者把内容缩短
import-control = 里面有看不见的控制字符。请清空这一格，重新输入
import-formula = 开头的 = + - @ 会被表格软件当成公式。请删掉开头的符号
import-rounded = 号码被表格软件改成了科学计数，后几位已经丢了。请把这一列设为文本，再对照证件重新输入
import-lines = 这一格里有很多行，多半是前面多了一个双引号。请删掉它，或把内容改成一行
import-same-id = 和第{ $other }行的身份证号相同。请删去重复的一行，或对照证件改正
import-same-person = 和第{ $other }行的姓名、出生日期、监护人都相同。是同一个孩子请删去一行；不是，请补上身份证号
import-shared-id = 和第{ $other }行的身份证号相同，但姓名和监护人都不同，多半有一个号码抄错了。可以先导入，再对照证件改正
import-shared-id-known = 这个身份证号已在另一个儿童的档案里，姓名和监护人都不同，多半有一个号码抄错了。可以先导入，再对照证件改正
import-known-id = 这个身份证号已经建过档案。请删去这一行，有变化的在档案里改
import-known-person = 已有同名、同一天出生的儿童。是同一个孩子请删去这一行；不是，请在两边都补上身份证号

import-file-missing = 找不到这个文件。请核对路径和文件名
import-file-denied = 没有权限读这个文件。请把它复制到自己的文件夹再试
import-file-unreadable = 文件读不出来，可能不完整。请重新复制一份再试
import-file-not-a-file = 这不是一个文件。请选择名册文件
import-file-empty = 文件是空的。请核对是不是选对了文件
import-file-too-large = 文件超过 { $most } MB，不像名册。请分成几个文件
import-file-workbook = 这是表格软件的工作簿。请在表格软件里另存为 CSV（UTF-8），再导入
import-file-not-text = 这不是文本文件。请在表格软件里另存为 CSV（UTF-8），再导入
import-file-columns = 第{ $line }行有{ $columns }列，名册最多{ $most }列。请核对是不是选对了文件
import-file-quote = 第{ $line }行第{ $column }列的双引号没有配对，后面的内容分不开。请补上或删去这个双引号
import-file-no-name = 没有哪一列是姓名。请先指定姓名在哪一列
import-file-no-rows = 表头下面没有内容
import-file-changed = 导入时文件被改动了，什么都没有导入。请关掉表格软件再试

import-refused = 有{ $bad }行不能保存，{ $duplicates }行已经有档案，什么都没有导入。请改好再导入，或选择跳过这些行
import-stopped = 已停止，什么都没有导入
import-rejects-unwritable = 跳过的行写不出来，所以什么都没有导入。请看磁盘是否已满、文件夹能不能写
