# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_trop_global_optspecs
    string join \n verbose quiet color= h/help V/version data-dir= busy-timeout= disable-autoinit error-format=
end

function __fish_trop_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_trop_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_trop_using_subcommand
    set -l cmd (__fish_trop_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c trop -n "__fish_trop_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_needs_command" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_needs_command" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_needs_command" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_needs_command" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_needs_command" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_needs_command" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_needs_command" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_needs_command" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_needs_command" -f -a "reserve" -d 'Print the port of a directory, reserved if it has none yet'
complete -c trop -n "__fish_trop_needs_command" -f -a "reserve-group" -d 'Reserve the ports that a tropfile lists, and export them'
complete -c trop -n "__fish_trop_needs_command" -f -a "autoreserve" -d 'Reserve the ports of the project around the working directory, and export them'
complete -c trop -n "__fish_trop_needs_command" -f -a "exec" -d 'Run a command with its ports, reserved, in the environment'
complete -c trop -n "__fish_trop_needs_command" -f -a "release" -d 'Give back the ports of a directory'
complete -c trop -n "__fish_trop_needs_command" -f -a "migrate" -d 'Let the ports of a directory follow it to another place'
complete -c trop -n "__fish_trop_needs_command" -f -a "prune" -d 'Remove the reservations of vanished directories'
complete -c trop -n "__fish_trop_needs_command" -f -a "expire" -d 'Remove the reservations that were not used for long'
complete -c trop -n "__fish_trop_needs_command" -f -a "autoclean" -d 'Do what prune and expire do, in one step'
complete -c trop -n "__fish_trop_needs_command" -f -a "list" -d 'List what is reserved'
complete -c trop -n "__fish_trop_needs_command" -f -a "list-projects" -d 'List the projects that have something reserved'
complete -c trop -n "__fish_trop_needs_command" -f -a "port-info" -d 'Tell who has a port reserved, and who uses it now'
complete -c trop -n "__fish_trop_needs_command" -f -a "scan" -d 'List which ports are in use, and by whom'
complete -c trop -n "__fish_trop_needs_command" -f -a "exclude" -d 'Never hand out a port, or a range of ports'
complete -c trop -n "__fish_trop_needs_command" -f -a "compact-exclusions" -d 'Merge the entries of excluded_ports in a file that overlap or are adjacent'
complete -c trop -n "__fish_trop_needs_command" -f -a "init" -d 'Make the data directory and an empty database, if there is none'
complete -c trop -n "__fish_trop_needs_command" -f -a "show-data-dir" -d 'Print the data directory that would be used'
complete -c trop -n "__fish_trop_needs_command" -f -a "show-path" -d 'Print the directory that reserve would use'
complete -c trop -n "__fish_trop_needs_command" -f -a "assert-reservation" -d 'Succeed when a directory has a port, and print it'
complete -c trop -n "__fish_trop_needs_command" -f -a "assert-port" -d 'Succeed when that port is reserved, and print it'
complete -c trop -n "__fish_trop_needs_command" -f -a "assert-data-dir" -d 'Succeed when there is a database that this trop can use, and print its directory'
complete -c trop -n "__fish_trop_needs_command" -f -a "doctor" -d 'Say what is wrong with the reservations and where they are kept, and what helps'
complete -c trop -n "__fish_trop_needs_command" -f -a "config" -d 'Show the settings that count here, and the files that are read'
complete -c trop -n "__fish_trop_needs_command" -f -a "validate" -d 'Say everything that is wrong with a configuration file'
complete -c trop -n "__fish_trop_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l path -d 'The directory to work on, else the working directory [env: TROP_PATH]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l tag -d 'Which of several reservations of the directory is meant [env: TROP_TAG]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l project -d 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l task -d 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l port -d 'The port to have if possible, inside the range or outside' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l format -d 'How the answer is written on stdout' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand reserve" -l min -d 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l max -d 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand reserve" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand reserve" -l clear-project -d 'Forget the project'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l clear-task -d 'Forget the task'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l strict-port -d 'Fail rather than hand out another port than --port'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l overwrite -d 'Allocate afresh even if there is a reservation'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l ignore-occupied -d 'Take a preferred port even if it is in use'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l ignore-exclusions -d 'Take a preferred port even if it is excluded'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l force -d '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l disable-autoclean -d '--disable-autoprune and --disable-autoexpire in one'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l disable-autoprune -d 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l disable-autoexpire -d 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l allow-unrelated-path -d 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l allow-project-change -d 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l allow-task-change -d 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l allow-change -d 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l skip-occupancy-check -d 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l skip-tcp -d 'Do not probe TCP [env: TROP_SKIP_TCP]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l skip-udp -d 'Do not probe UDP [env: TROP_SKIP_UDP]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l skip-ipv4 -d 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l skip-ipv6 -d 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l check-all-interfaces -d 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand reserve" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand reserve" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand reserve" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l project -d 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l task -d 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l format -d 'How the ports are written [default: export, with --write dotenv]' -r -f -a "export\t''
json\t''
dotenv\t''
human\t''"
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l shell -d 'The shell that reads the exports, else the one that trop is called from' -r
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l write -d 'Keep the ports up to date in a block of that file, and print nothing' -r
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l min -d 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l max -d 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l overwrite -d 'Allocate afresh even if there is a reservation'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l ignore-occupied -d 'Take a preferred port even if it is in use'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l ignore-exclusions -d 'Take a preferred port even if it is excluded'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l force -d '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l disable-autoclean -d '--disable-autoprune and --disable-autoexpire in one'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l disable-autoprune -d 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l disable-autoexpire -d 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l allow-unrelated-path -d 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l allow-project-change -d 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l allow-task-change -d 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l allow-change -d 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l skip-occupancy-check -d 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l skip-tcp -d 'Do not probe TCP [env: TROP_SKIP_TCP]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l skip-udp -d 'Do not probe UDP [env: TROP_SKIP_UDP]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l skip-ipv4 -d 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l skip-ipv6 -d 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l check-all-interfaces -d 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand reserve-group" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l project -d 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]' -r
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l task -d 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]' -r
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l format -d 'How the ports are written [default: export, with --write dotenv]' -r -f -a "export\t''
json\t''
dotenv\t''
human\t''"
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l shell -d 'The shell that reads the exports, else the one that trop is called from' -r
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l write -d 'Keep the ports up to date in a block of that file, and print nothing' -r
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l min -d 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]' -r
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l max -d 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]' -r
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l overwrite -d 'Allocate afresh even if there is a reservation'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l ignore-occupied -d 'Take a preferred port even if it is in use'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l ignore-exclusions -d 'Take a preferred port even if it is excluded'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l force -d '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l disable-autoclean -d '--disable-autoprune and --disable-autoexpire in one'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l disable-autoprune -d 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l disable-autoexpire -d 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l allow-unrelated-path -d 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l allow-project-change -d 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l allow-task-change -d 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l allow-change -d 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l skip-occupancy-check -d 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l skip-tcp -d 'Do not probe TCP [env: TROP_SKIP_TCP]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l skip-udp -d 'Do not probe UDP [env: TROP_SKIP_UDP]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l skip-ipv4 -d 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l skip-ipv6 -d 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l check-all-interfaces -d 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand autoreserve" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l tag -d 'Which of several reservations of the directory is meant [env: TROP_TAG]' -r
complete -c trop -n "__fish_trop_using_subcommand exec" -l project -d 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]' -r
complete -c trop -n "__fish_trop_using_subcommand exec" -l task -d 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]' -r
complete -c trop -n "__fish_trop_using_subcommand exec" -l env -d 'The variable that holds the one port [default: that of the service, else PORT]' -r
complete -c trop -n "__fish_trop_using_subcommand exec" -l format -d 'How the plan of --dry-run is written' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand exec" -l min -d 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]' -r
complete -c trop -n "__fish_trop_using_subcommand exec" -l max -d 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]' -r
complete -c trop -n "__fish_trop_using_subcommand exec" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand exec" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand exec" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand exec" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand exec" -l strict -d 'Do not start the command when a process has one of its ports already'
complete -c trop -n "__fish_trop_using_subcommand exec" -l overwrite -d 'Allocate afresh even if there is a reservation'
complete -c trop -n "__fish_trop_using_subcommand exec" -l ignore-occupied -d 'Take a preferred port even if it is in use'
complete -c trop -n "__fish_trop_using_subcommand exec" -l ignore-exclusions -d 'Take a preferred port even if it is excluded'
complete -c trop -n "__fish_trop_using_subcommand exec" -l force -d '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one'
complete -c trop -n "__fish_trop_using_subcommand exec" -l disable-autoclean -d '--disable-autoprune and --disable-autoexpire in one'
complete -c trop -n "__fish_trop_using_subcommand exec" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand exec" -l disable-autoprune -d 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l disable-autoexpire -d 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l allow-unrelated-path -d 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l allow-project-change -d 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l allow-task-change -d 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l allow-change -d 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l skip-occupancy-check -d 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l skip-tcp -d 'Do not probe TCP [env: TROP_SKIP_TCP]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l skip-udp -d 'Do not probe UDP [env: TROP_SKIP_UDP]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l skip-ipv4 -d 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l skip-ipv6 -d 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l check-all-interfaces -d 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
complete -c trop -n "__fish_trop_using_subcommand exec" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand exec" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand exec" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand exec" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand exec" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand release" -l path -d 'The directory to work on, else the working directory [env: TROP_PATH]' -r
complete -c trop -n "__fish_trop_using_subcommand release" -l tag -d 'Which of several reservations of the directory is meant [env: TROP_TAG]' -r
complete -c trop -n "__fish_trop_using_subcommand release" -l format -d 'How the answer is written on stdout' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand release" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand release" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand release" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand release" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand release" -l untagged-only -d 'Only the reservation without a tag'
complete -c trop -n "__fish_trop_using_subcommand release" -l recursive -d 'The same below the directory, too'
complete -c trop -n "__fish_trop_using_subcommand release" -l force -d '--allow-unrelated-path'
complete -c trop -n "__fish_trop_using_subcommand release" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand release" -l allow-unrelated-path -d 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
complete -c trop -n "__fish_trop_using_subcommand release" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand release" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand release" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand release" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand release" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand migrate" -l from -d 'Where the directory was' -r
complete -c trop -n "__fish_trop_using_subcommand migrate" -l to -d 'Where it is now' -r
complete -c trop -n "__fish_trop_using_subcommand migrate" -l format -d 'How the answer is written on stdout' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand migrate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand migrate" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand migrate" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand migrate" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand migrate" -l recursive -d 'What is reserved below it follows, too'
complete -c trop -n "__fish_trop_using_subcommand migrate" -l force -d 'Where another reservation is in the way, let that one go'
complete -c trop -n "__fish_trop_using_subcommand migrate" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand migrate" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand migrate" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand migrate" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand migrate" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand migrate" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand prune" -l format -d 'How the answer is written on stdout' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand prune" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand prune" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand prune" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand prune" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand prune" -l force -d 'Directories that are not found count as vanished even where a disk may just not be mounted'
complete -c trop -n "__fish_trop_using_subcommand prune" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand prune" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand prune" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand prune" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand prune" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand prune" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand expire" -l days -d 'A reservation that was not used for more days than this has expired [default: 30] [env: TROP_EXPIRE_AFTER_DAYS]' -r
complete -c trop -n "__fish_trop_using_subcommand expire" -l format -d 'How the answer is written on stdout' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand expire" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand expire" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand expire" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand expire" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand expire" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand expire" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand expire" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand expire" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand expire" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand expire" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l days -d 'A reservation that was not used for more days than this has expired [default: 30] [env: TROP_EXPIRE_AFTER_DAYS]' -r
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l format -d 'How the answer is written on stdout' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand autoclean" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand autoclean" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand autoclean" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand list" -l filter-project -d 'Only reservations of this project' -r
complete -c trop -n "__fish_trop_using_subcommand list" -l filter-tag -d 'Only reservations with this tag' -r
complete -c trop -n "__fish_trop_using_subcommand list" -l filter-path -d 'Only reservations of this directory and of everything below it' -r
complete -c trop -n "__fish_trop_using_subcommand list" -l format -d 'How lists are written [default: table] [env: TROP_OUTPUT_FORMAT]' -r -f -a "table\t''
json\t''
csv\t''
tsv\t''"
complete -c trop -n "__fish_trop_using_subcommand list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand list" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand list" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand list" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand list" -l show-full-paths -d 'Do not shorten the home directory to ~ in the table'
complete -c trop -n "__fish_trop_using_subcommand list" -l live -d 'Also tell whether the directory exists, and who serves the port now, inside the directory or elsewhere'
complete -c trop -n "__fish_trop_using_subcommand list" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand list" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand list" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand list" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand list" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand list-projects" -l format -d 'How the projects are written: one a line, or as an array' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand list-projects" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand list-projects" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand list-projects" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand list-projects" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand list-projects" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand list-projects" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand list-projects" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand list-projects" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand list-projects" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l format -d 'How the answer is written' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand port-info" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand port-info" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand port-info" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand port-info" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand port-info" -l include-occupancy -d 'Also tell which sockets are on it now, and whose they are'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l skip-occupancy-check -d 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l skip-tcp -d 'Do not probe TCP [env: TROP_SKIP_TCP]'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l skip-udp -d 'Do not probe UDP [env: TROP_SKIP_UDP]'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l skip-ipv4 -d 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l skip-ipv6 -d 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l check-all-interfaces -d 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand port-info" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand port-info" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand port-info" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand scan" -l min -d 'The lowest port to look at [default: the lowest that is handed out]' -r
complete -c trop -n "__fish_trop_using_subcommand scan" -l max -d 'The highest port to look at [default: the highest that is handed out]' -r
complete -c trop -n "__fish_trop_using_subcommand scan" -l format -d 'How lists are written [default: table] [env: TROP_OUTPUT_FORMAT]' -r -f -a "table\t''
json\t''
csv\t''
tsv\t''"
complete -c trop -n "__fish_trop_using_subcommand scan" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand scan" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand scan" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand scan" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand scan" -l exact -d 'Test every port by binding it, reserved ones too'
complete -c trop -n "__fish_trop_using_subcommand scan" -l autoexclude -d 'Exclude the ports that are in use and not reserved, in the tropfile found from here'
complete -c trop -n "__fish_trop_using_subcommand scan" -l global -d 'With --autoexclude: exclude them everywhere, in the config.yaml of the data directory'
complete -c trop -n "__fish_trop_using_subcommand scan" -l autocompact -d 'With --autoexclude: merge the entries of that file that overlap or are adjacent'
complete -c trop -n "__fish_trop_using_subcommand scan" -l dry-run -d 'With --autoexclude: show what would be excluded, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand scan" -l skip-tcp -d 'Do not probe TCP [env: TROP_SKIP_TCP]'
complete -c trop -n "__fish_trop_using_subcommand scan" -l skip-udp -d 'Do not probe UDP [env: TROP_SKIP_UDP]'
complete -c trop -n "__fish_trop_using_subcommand scan" -l skip-ipv4 -d 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
complete -c trop -n "__fish_trop_using_subcommand scan" -l skip-ipv6 -d 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
complete -c trop -n "__fish_trop_using_subcommand scan" -l check-all-interfaces -d 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
complete -c trop -n "__fish_trop_using_subcommand scan" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand scan" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand scan" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand scan" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand scan" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand exclude" -l format -d 'How the plan of --dry-run is written' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand exclude" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand exclude" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand exclude" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand exclude" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand exclude" -l global -d 'Exclude it everywhere, in the config.yaml of the data directory, instead of in this project alone'
complete -c trop -n "__fish_trop_using_subcommand exclude" -l force -d 'Exclude it also when it is reserved; who has it keeps it'
complete -c trop -n "__fish_trop_using_subcommand exclude" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand exclude" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand exclude" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand exclude" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand exclude" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand exclude" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l format -d 'How the plan of --dry-run is written' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand compact-exclusions" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand init" -l format -d 'How the answer is written on stdout' -r -f -a "plain\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand init" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand init" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand init" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand init" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand init" -l overwrite -d 'Begin anew: empty the database, or move one aside that is damaged, and keep others than the owner away'
complete -c trop -n "__fish_trop_using_subcommand init" -l with-config -d 'Write a config.yaml in which every setting stands with its default; one that is there stays without --overwrite'
complete -c trop -n "__fish_trop_using_subcommand init" -l dry-run -d 'Show what would be done, on stderr, and do nothing'
complete -c trop -n "__fish_trop_using_subcommand init" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand init" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand init" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand init" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand init" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand show-data-dir" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand show-path" -l path -d 'The directory to work on, else the working directory [env: TROP_PATH]' -r
complete -c trop -n "__fish_trop_using_subcommand show-path" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand show-path" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand show-path" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand show-path" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand show-path" -l canonicalize -d 'Follow every symlink'
complete -c trop -n "__fish_trop_using_subcommand show-path" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand show-path" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand show-path" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand show-path" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand show-path" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l path -d 'The directory to work on, else the working directory [env: TROP_PATH]' -r
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l tag -d 'Which of several reservations of the directory is meant [env: TROP_TAG]' -r
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l not -d 'Succeed when it has none, and print nothing'
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand assert-reservation" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand assert-port" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand assert-port" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand assert-port" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand assert-port" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand assert-port" -l not -d 'Succeed when it is not, and print nothing'
complete -c trop -n "__fish_trop_using_subcommand assert-port" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand assert-port" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand assert-port" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand assert-port" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand assert-port" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l validate -d 'Look for damage in it, without writing: its pages, its tables, every value'
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l not -d 'Succeed when there is none, and print nothing'
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand assert-data-dir" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand doctor" -l format -d 'How the answer is written' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand doctor" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand doctor" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand doctor" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand doctor" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand doctor" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand doctor" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand doctor" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "show" -d 'Print every setting that a file may hold, with its value and where that comes from'
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "path" -d 'Print the configuration files that are read here, highest first'
complete -c trop -n "__fish_trop_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -l format -d 'How the settings are written' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from show" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from path" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print every setting that a file may hold, with its value and where that comes from'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the configuration files that are read here, highest first'
complete -c trop -n "__fish_trop_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trop -n "__fish_trop_using_subcommand validate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c trop -n "__fish_trop_using_subcommand validate" -l data-dir -d 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]' -r
complete -c trop -n "__fish_trop_using_subcommand validate" -l busy-timeout -d 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]' -r
complete -c trop -n "__fish_trop_using_subcommand validate" -l error-format -d 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]' -r -f -a "human\t''
json\t''"
complete -c trop -n "__fish_trop_using_subcommand validate" -l verbose -d 'Tell what is read, decided and written, and every cause of an error'
complete -c trop -n "__fish_trop_using_subcommand validate" -l quiet -d 'Write only errors to stderr'
complete -c trop -n "__fish_trop_using_subcommand validate" -s h -l help -d 'Print help'
complete -c trop -n "__fish_trop_using_subcommand validate" -s V -l version -d 'Print the version'
complete -c trop -n "__fish_trop_using_subcommand validate" -l disable-autoinit -d 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "reserve" -d 'Print the port of a directory, reserved if it has none yet'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "reserve-group" -d 'Reserve the ports that a tropfile lists, and export them'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "autoreserve" -d 'Reserve the ports of the project around the working directory, and export them'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "exec" -d 'Run a command with its ports, reserved, in the environment'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "release" -d 'Give back the ports of a directory'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "migrate" -d 'Let the ports of a directory follow it to another place'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "prune" -d 'Remove the reservations of vanished directories'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "expire" -d 'Remove the reservations that were not used for long'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "autoclean" -d 'Do what prune and expire do, in one step'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "list" -d 'List what is reserved'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "list-projects" -d 'List the projects that have something reserved'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "port-info" -d 'Tell who has a port reserved, and who uses it now'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "scan" -d 'List which ports are in use, and by whom'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "exclude" -d 'Never hand out a port, or a range of ports'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "compact-exclusions" -d 'Merge the entries of excluded_ports in a file that overlap or are adjacent'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "init" -d 'Make the data directory and an empty database, if there is none'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "show-data-dir" -d 'Print the data directory that would be used'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "show-path" -d 'Print the directory that reserve would use'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "assert-reservation" -d 'Succeed when a directory has a port, and print it'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "assert-port" -d 'Succeed when that port is reserved, and print it'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "assert-data-dir" -d 'Succeed when there is a database that this trop can use, and print its directory'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "doctor" -d 'Say what is wrong with the reservations and where they are kept, and what helps'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "config" -d 'Show the settings that count here, and the files that are read'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "validate" -d 'Say everything that is wrong with a configuration file'
complete -c trop -n "__fish_trop_using_subcommand help; and not __fish_seen_subcommand_from reserve reserve-group autoreserve exec release migrate prune expire autoclean list list-projects port-info scan exclude compact-exclusions init show-data-dir show-path assert-reservation assert-port assert-data-dir doctor config validate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trop -n "__fish_trop_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print every setting that a file may hold, with its value and where that comes from'
complete -c trop -n "__fish_trop_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the configuration files that are read here, highest first'
