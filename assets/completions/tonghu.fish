# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_tonghu_global_optspecs
    string join \n data= lang= account= passphrase-file= theme= borders= assume-utf8 h/help V/version
end

function __fish_tonghu_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_tonghu_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_tonghu_using_subcommand
    set -l cmd (__fish_tonghu_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c tonghu -n "__fish_tonghu_needs_command" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_needs_command" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_needs_command" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_needs_command" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_needs_command" -l theme -d 'Colours: dark, light, 16-colour or mono' -r -f -a "dark\t''
light\t''
16-colour\t''
mono\t''"
complete -c tonghu -n "__fish_tonghu_needs_command" -l borders -d 'Edges: ascii, line or none' -r -f -a "ascii\t''
line\t''
none\t''"
complete -c tonghu -n "__fish_tonghu_needs_command" -l assume-utf8 -d 'The terminal speaks UTF-8 whatever the locale says'
complete -c tonghu -n "__fish_tonghu_needs_command" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_needs_command" -s V -l version -d 'Show the version'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "demo" -d 'Open a throw-away station of invented children; nothing stays'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "init" -d 'Found a station without a screen'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "account" -d 'Accounts: who may come in'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "directory" -d 'The service directory: who offers what, where, when and for whom'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "find" -d 'Find children by name, pinyin, initials, guardian, village, school or digits; registers and the manual by name'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "show" -d 'Print one child\'s file'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "due" -d 'Tell what is due'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "export" -d 'Export tables, a child\'s file, or a calendar of what is due'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "import" -d 'Import a roster: CSV in UTF-8 or GB18030, plain or gzipped'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "backup" -d 'Write a sealed copy of everything and read it back'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "restore" -d 'Bring back a backup into an empty data directory'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "audit" -d 'The audit: who opened, searched, changed or exported what'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "doctor" -d 'Tell how the program and all files are; nothing about a person, no passphrase needed (signed in, every record is opened too)'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "rules" -d 'See what the rules say of given facts, or check the rules against examples'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "precedent" -d 'Precedents: give those let go here to another station, or take another\'s'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "template" -d 'Template: forms, rules, manual and kinds of help of this site, and nobody'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "report" -d 'Numbers for others, without names'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "manual" -d 'List the pages of the manual, or print the one that fits the words; needs no passphrase'
complete -c tonghu -n "__fish_tonghu_needs_command" -f -a "completions" -d 'Print shell completions'
complete -c tonghu -n "__fish_tonghu_using_subcommand demo" -l children -d 'How many children' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand demo" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand demo" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand demo" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand demo" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand demo" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l station -d 'Name of the station' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l city -d 'City' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l county -d 'County' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l town -d 'Town' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l name -d 'Name of the person whose account it is' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l recovery-file -d 'A new file for the recovery key: print it, lock it away, delete the file' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand init" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "list" -d 'List the accounts: account, role, name'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "add" -d 'Make an account for a colleague; a lead\'s right'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "disable" -d 'Close a colleague\'s account; a lead\'s right'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "enable" -d 'Open a closed account again; a lead\'s right'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "role" -d 'Change a colleague\'s role; a lead\'s right'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "reset" -d 'Set a new passphrase for a colleague who forgot it; a lead\'s right'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "rotate-key" -d 'A new data key, and all that was written before sealed anew; a lead\'s right'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "passphrase" -d 'Change one\'s own passphrase'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and not __fish_seen_subcommand_from list add disable enable role reset rotate-key passphrase recovery" -f -a "recovery" -d 'Make a new recovery key; the one before opens nothing any more. A lead\'s right'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from list" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from list" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from list" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from list" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from list" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from list" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from add" -l name -d 'Name of the colleague, as it stands on records' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from add" -l role -d 'caseworker, supervisor, lead, or support (sees Health, opens no file)' -r -f -a "caseworker\t''
supervisor\t''
lead\t''
support\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from add" -l new-passphrase-file -d 'Reads the new passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from add" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from add" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from add" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from add" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from add" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from disable" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from disable" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from disable" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from disable" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from disable" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from enable" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from enable" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from enable" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from enable" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from enable" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from role" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from role" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from role" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from role" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from role" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from reset" -l new-passphrase-file -d 'Reads the new passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from reset" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from reset" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from reset" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from reset" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from reset" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from rotate-key" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from rotate-key" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from rotate-key" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from rotate-key" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from rotate-key" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from passphrase" -l new-passphrase-file -d 'Reads the new passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from passphrase" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from passphrase" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from passphrase" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from passphrase" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from passphrase" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from recovery" -l recovery-file -d 'A new file for the recovery key: print it, lock it away, delete the file' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from recovery" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from recovery" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from recovery" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from recovery" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand account; and __fish_seen_subcommand_from recovery" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand directory" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand directory" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand directory" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand directory" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand directory" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand directory" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand find" -l limit -d 'At most so many' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand find" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand find" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand find" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand find" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand find" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand find" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand show" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand show" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand show" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand show" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand show" -l discreet -d 'Dashes in the place of categories, risk, circumstances and what was written'
complete -c tonghu -n "__fish_tonghu_using_subcommand show" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand show" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l brief -d 'One line of counts without names; needs no passphrase and waits for nobody'
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l queue -d 'What waits for a supervisor: urgent, to approve, overdue by worker, not visited, high risk'
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l notify -d 'The same as a desktop notification'
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l mine -d 'Only what is mine'
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -l all -d 'All of the station (the default)'
complete -c tonghu -n "__fish_tonghu_using_subcommand due" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and not __fish_seen_subcommand_from programme child calendar" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and not __fish_seen_subcommand_from programme child calendar" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and not __fish_seen_subcommand_from programme child calendar" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and not __fish_seen_subcommand_from programme child calendar" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and not __fish_seen_subcommand_from programme child calendar" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and not __fish_seen_subcommand_from programme child calendar" -f -a "programme" -d 'The station in numbers: categories, villages, risk, workers, services, evaluation'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and not __fish_seen_subcommand_from programme child calendar" -f -a "child" -d 'One child\'s whole file'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and not __fish_seen_subcommand_from programme child calendar" -f -a "calendar" -d 'Follow-ups not done yet, as a file that calendars read (ICS); without names'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from programme" -l format -d 'Format: html (one page to print), xlsx or csv' -r -f -a "html\t''
xlsx\t''
csv\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from programme" -l to -d 'Folder to write to; else the current one. No file that is there is overwritten' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from programme" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from programme" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from programme" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from programme" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from programme" -l discreet -d 'Without names, villages, categories and risk'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from programme" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from child" -l format -d 'Format: html (one page to print), xlsx or csv' -r -f -a "html\t''
xlsx\t''
csv\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from child" -l to -d 'Folder to write to; else the current one. No file that is there is overwritten' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from child" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from child" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from child" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from child" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from child" -l discreet -d 'Only the case number, days and kinds of work'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from child" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -l format -d 'A calendar is ics' -r -f -a "ics\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -l to -d 'Folder to write to; else the current one. No file that is there is overwritten' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -l mine -d 'Only mine; else the station\'s'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -l discreet -d 'Only the word follow-up and the case number'
complete -c tonghu -n "__fish_tonghu_using_subcommand export; and __fish_seen_subcommand_from calendar" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l duplicates -d 'Rows of children on file already: refuse, skip or keep' -r -f -a "refuse\t''
skip\t''
keep\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l map -d 'Read this column as that field, for example "联系人=guardian"' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l rejects -d 'Where bad rows are written' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l yes -d 'Do it; without this only what would happen is shown'
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l skip-bad -d 'Leave bad rows out and write them to a file to be mended'
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand import" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l verify -d 'Only check this backup; of a folder, the newest that can be used' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l daily -d 'From now on, back up to this folder every day' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l no-daily -d 'No automatic backups any more'
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l due -d 'Make the automatic backup of today if it is not there; say nothing if it is. For timers'
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l drill -d 'Try a restore with the newest automatic backup'
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand backup" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand restore" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand restore" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand restore" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand restore" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand restore" -l dry-run -d 'Only try: restore to a temporary directory, compare row by row, remove it; with --account, open every record too'
complete -c tonghu -n "__fish_tonghu_using_subcommand restore" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand restore" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and not __fish_seen_subcommand_from verify list" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and not __fish_seen_subcommand_from verify list" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and not __fish_seen_subcommand_from verify list" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and not __fish_seen_subcommand_from verify list" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and not __fish_seen_subcommand_from verify list" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and not __fish_seen_subcommand_from verify list" -f -a "verify" -d 'Check that no entry was changed, dropped or put in; for supervisors and leads'
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and not __fish_seen_subcommand_from verify list" -f -a "list" -d 'List entries, newest first'
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from verify" -l against -d 'Compare with this backup too; may be given several times. Only a backup kept elsewhere shows that the whole directory was set back' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from verify" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from verify" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from verify" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from verify" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from verify" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l child -d 'Only this child\'s file: a case number, or whatever finds exactly one child; with - it is asked for, so that no name stands in the command' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l by -d 'Only what this account did' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l since -d 'From this day on, for example 2026-11-01 or yesterday' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'At most so many' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand doctor" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand doctor" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand doctor" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand doctor" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand doctor" -l repair -d 'Move damaged files aside and make them again from what is sound; deletes nothing'
complete -c tonghu -n "__fish_tonghu_using_subcommand doctor" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand doctor" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -f -a "explain" -d 'Tell what the rules say of the facts in a JSON file, why, and what to do; needs no passphrase, reads no file of a child'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -f -a "check" -d 'Check this station\'s own rules, fields and pages, a line for each file; needs no passphrase'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -f -a "test" -d 'Check the rules against a table of examples and list each difference'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and not __fish_seen_subcommand_from explain check test facts" -f -a "facts" -d 'List the names of facts and how they are written'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -l facts -d 'The facts, a JSON file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -l today -d 'The day to take for today' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -l tables -d 'Folder with tables that were edited; those not in it are the program\'s own' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from explain" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from check" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from check" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from check" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from check" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from check" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from check" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from test" -l tables -d 'Folder with tables that were edited; those not in it are the program\'s own' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from test" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from test" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from test" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from test" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from test" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from test" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from facts" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from facts" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from facts" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from facts" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from facts" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand rules; and __fish_seen_subcommand_from facts" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and not __fish_seen_subcommand_from export import" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and not __fish_seen_subcommand_from export import" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and not __fish_seen_subcommand_from export import" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and not __fish_seen_subcommand_from export import" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and not __fish_seen_subcommand_from export import" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and not __fish_seen_subcommand_from export import" -f -a "export" -d 'Write the precedents let go here into a file, without station, names and days'
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and not __fish_seen_subcommand_from export import" -f -a "import" -d 'Take over precedents of another station; without --yes only look'
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from export" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from export" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from export" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from export" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from export" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from export" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from import" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from import" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from import" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from import" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from import" -l yes -d 'Do take them over'
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from import" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand precedent; and __fish_seen_subcommand_from import" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and not __fish_seen_subcommand_from export import" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and not __fish_seen_subcommand_from export import" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and not __fish_seen_subcommand_from export import" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and not __fish_seen_subcommand_from export import" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and not __fish_seen_subcommand_from export import" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and not __fish_seen_subcommand_from export import" -f -a "export" -d 'Write it into a file; what speaks of somebody has to be mended first'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and not __fish_seen_subcommand_from export import" -f -a "import" -d 'Take over another site\'s template; without --yes only look; what is replaced is kept'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from export" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from export" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from export" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from export" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from export" -l anyway -d 'Leave names of places in it; never those of people, or phone numbers'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from export" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from export" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from import" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from import" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from import" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from import" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from import" -l yes -d 'Do take it over'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from import" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand template; and __fish_seen_subcommand_from import" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and not __fish_seen_subcommand_from evaluation needs quality" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and not __fish_seen_subcommand_from evaluation needs quality" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and not __fish_seen_subcommand_from evaluation needs quality" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and not __fish_seen_subcommand_from evaluation needs quality" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and not __fish_seen_subcommand_from evaluation needs quality" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and not __fish_seen_subcommand_from evaluation needs quality" -f -a "evaluation" -d 'Change in scores: for each instrument how many children, better, the same, worse, missing'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and not __fish_seen_subcommand_from evaluation needs quality" -f -a "needs" -d 'Needs study: how many children lack what where, what to open where; below 5 it says no more than that'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and not __fish_seen_subcommand_from evaluation needs quality" -f -a "quality" -d 'Quality of files: what is missing, late, unvisited, and in how many'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from evaluation" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from evaluation" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from evaluation" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from evaluation" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from evaluation" -l csv -d 'Answer as CSV, a line for each instrument'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from evaluation" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from evaluation" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from needs" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from needs" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from needs" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from needs" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from needs" -l towns -d 'Put the villages of a town together'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from needs" -l json -d 'Answer as JSON, for scripts'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from needs" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -l worker -d 'Check the open cases of this account only, all of them' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -l sample -d 'How many files to draw; 20 of the whole station if not said' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -l seed -d 'The same seed draws the same files again; today\'s date if not said' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -l json -d 'Answer in JSON'
complete -c tonghu -n "__fish_tonghu_using_subcommand report; and __fish_seen_subcommand_from quality" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand manual" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand manual" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand manual" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand manual" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand manual" -s h -l help -d 'Show this help'
complete -c tonghu -n "__fish_tonghu_using_subcommand completions" -l data -d 'Where the data is; else TONGHU_DATA, else the user\'s data directory' -r -f -a "(__fish_complete_directories)"
complete -c tonghu -n "__fish_tonghu_using_subcommand completions" -l lang -d 'Language: zh or en; else that of the environment' -r -f -a "zh\t''
en\t''"
complete -c tonghu -n "__fish_tonghu_using_subcommand completions" -l account -d 'Who asks; not needed where there is one account' -r
complete -c tonghu -n "__fish_tonghu_using_subcommand completions" -l passphrase-file -d 'Reads the passphrase from the first line of this file; - is standard input' -r -F
complete -c tonghu -n "__fish_tonghu_using_subcommand completions" -s h -l help -d 'Show this help'
