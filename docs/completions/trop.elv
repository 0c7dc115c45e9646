
use builtin;
use str;

set edit:completion:arg-completer[trop] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'trop'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'trop'= {
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
            cand reserve 'Print the port of a directory, reserved if it has none yet'
            cand reserve-group 'Reserve the ports that a tropfile lists, and export them'
            cand autoreserve 'Reserve the ports of the project around the working directory, and export them'
            cand exec 'Run a command with its ports, reserved, in the environment'
            cand release 'Give back the ports of a directory'
            cand migrate 'Let the ports of a directory follow it to another place'
            cand prune 'Remove the reservations of vanished directories'
            cand expire 'Remove the reservations that were not used for long'
            cand autoclean 'Do what prune and expire do, in one step'
            cand list 'List what is reserved'
            cand list-projects 'List the projects that have something reserved'
            cand port-info 'Tell who has a port reserved, and who uses it now'
            cand scan 'List which ports are in use, and by whom'
            cand exclude 'Never hand out a port, or a range of ports'
            cand compact-exclusions 'Merge the entries of excluded_ports in a file that overlap or are adjacent'
            cand init 'Make the data directory and an empty database, if there is none'
            cand show-data-dir 'Print the data directory that would be used'
            cand show-path 'Print the directory that reserve would use'
            cand assert-reservation 'Succeed when a directory has a port, and print it'
            cand assert-port 'Succeed when that port is reserved, and print it'
            cand assert-data-dir 'Succeed when there is a database that this trop can use, and print its directory'
            cand doctor 'Say what is wrong with the reservations and where they are kept, and what helps'
            cand config 'Show the settings that count here, and the files that are read'
            cand validate 'Say everything that is wrong with a configuration file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'trop;reserve'= {
            cand --path 'The directory to work on, else the working directory [env: TROP_PATH]'
            cand --tag 'Which of several reservations of the directory is meant [env: TROP_TAG]'
            cand --project 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]'
            cand --task 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]'
            cand --port 'The port to have if possible, inside the range or outside'
            cand --format 'How the answer is written on stdout'
            cand --min 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]'
            cand --max 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --clear-project 'Forget the project'
            cand --clear-task 'Forget the task'
            cand --strict-port 'Fail rather than hand out another port than --port'
            cand --overwrite 'Allocate afresh even if there is a reservation'
            cand --ignore-occupied 'Take a preferred port even if it is in use'
            cand --ignore-exclusions 'Take a preferred port even if it is excluded'
            cand --force '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one'
            cand --disable-autoclean '--disable-autoprune and --disable-autoexpire in one'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --disable-autoprune 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]'
            cand --disable-autoexpire 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]'
            cand --allow-unrelated-path 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
            cand --allow-project-change 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]'
            cand --allow-task-change 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]'
            cand --allow-change 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]'
            cand --skip-occupancy-check 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
            cand --skip-tcp 'Do not probe TCP [env: TROP_SKIP_TCP]'
            cand --skip-udp 'Do not probe UDP [env: TROP_SKIP_UDP]'
            cand --skip-ipv4 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
            cand --skip-ipv6 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
            cand --check-all-interfaces 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;reserve-group'= {
            cand --project 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]'
            cand --task 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]'
            cand --format 'How the ports are written [default: export, with --write dotenv]'
            cand --shell 'The shell that reads the exports, else the one that trop is called from'
            cand --write 'Keep the ports up to date in a block of that file, and print nothing'
            cand --min 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]'
            cand --max 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --overwrite 'Allocate afresh even if there is a reservation'
            cand --ignore-occupied 'Take a preferred port even if it is in use'
            cand --ignore-exclusions 'Take a preferred port even if it is excluded'
            cand --force '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one'
            cand --disable-autoclean '--disable-autoprune and --disable-autoexpire in one'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --disable-autoprune 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]'
            cand --disable-autoexpire 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]'
            cand --allow-unrelated-path 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
            cand --allow-project-change 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]'
            cand --allow-task-change 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]'
            cand --allow-change 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]'
            cand --skip-occupancy-check 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
            cand --skip-tcp 'Do not probe TCP [env: TROP_SKIP_TCP]'
            cand --skip-udp 'Do not probe UDP [env: TROP_SKIP_UDP]'
            cand --skip-ipv4 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
            cand --skip-ipv6 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
            cand --check-all-interfaces 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;autoreserve'= {
            cand --project 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]'
            cand --task 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]'
            cand --format 'How the ports are written [default: export, with --write dotenv]'
            cand --shell 'The shell that reads the exports, else the one that trop is called from'
            cand --write 'Keep the ports up to date in a block of that file, and print nothing'
            cand --min 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]'
            cand --max 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --overwrite 'Allocate afresh even if there is a reservation'
            cand --ignore-occupied 'Take a preferred port even if it is in use'
            cand --ignore-exclusions 'Take a preferred port even if it is excluded'
            cand --force '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one'
            cand --disable-autoclean '--disable-autoprune and --disable-autoexpire in one'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --disable-autoprune 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]'
            cand --disable-autoexpire 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]'
            cand --allow-unrelated-path 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
            cand --allow-project-change 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]'
            cand --allow-task-change 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]'
            cand --allow-change 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]'
            cand --skip-occupancy-check 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
            cand --skip-tcp 'Do not probe TCP [env: TROP_SKIP_TCP]'
            cand --skip-udp 'Do not probe UDP [env: TROP_SKIP_UDP]'
            cand --skip-ipv4 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
            cand --skip-ipv6 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
            cand --check-all-interfaces 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;exec'= {
            cand --tag 'Which of several reservations of the directory is meant [env: TROP_TAG]'
            cand --project 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]'
            cand --task 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]'
            cand --env 'The variable that holds the one port [default: that of the service, else PORT]'
            cand --format 'How the plan of --dry-run is written'
            cand --min 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]'
            cand --max 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --strict 'Do not start the command when a process has one of its ports already'
            cand --overwrite 'Allocate afresh even if there is a reservation'
            cand --ignore-occupied 'Take a preferred port even if it is in use'
            cand --ignore-exclusions 'Take a preferred port even if it is excluded'
            cand --force '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one'
            cand --disable-autoclean '--disable-autoprune and --disable-autoexpire in one'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --disable-autoprune 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]'
            cand --disable-autoexpire 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]'
            cand --allow-unrelated-path 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
            cand --allow-project-change 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]'
            cand --allow-task-change 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]'
            cand --allow-change 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]'
            cand --skip-occupancy-check 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
            cand --skip-tcp 'Do not probe TCP [env: TROP_SKIP_TCP]'
            cand --skip-udp 'Do not probe UDP [env: TROP_SKIP_UDP]'
            cand --skip-ipv4 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
            cand --skip-ipv6 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
            cand --check-all-interfaces 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;release'= {
            cand --path 'The directory to work on, else the working directory [env: TROP_PATH]'
            cand --tag 'Which of several reservations of the directory is meant [env: TROP_TAG]'
            cand --format 'How the answer is written on stdout'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --untagged-only 'Only the reservation without a tag'
            cand --recursive 'The same below the directory, too'
            cand --force '--allow-unrelated-path'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --allow-unrelated-path 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;migrate'= {
            cand --from 'Where the directory was'
            cand --to 'Where it is now'
            cand --format 'How the answer is written on stdout'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --recursive 'What is reserved below it follows, too'
            cand --force 'Where another reservation is in the way, let that one go'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;prune'= {
            cand --format 'How the answer is written on stdout'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --force 'Directories that are not found count as vanished even where a disk may just not be mounted'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;expire'= {
            cand --days 'A reservation that was not used for more days than this has expired [default: 30] [env: TROP_EXPIRE_AFTER_DAYS]'
            cand --format 'How the answer is written on stdout'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;autoclean'= {
            cand --days 'A reservation that was not used for more days than this has expired [default: 30] [env: TROP_EXPIRE_AFTER_DAYS]'
            cand --format 'How the answer is written on stdout'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;list'= {
            cand --filter-project 'Only reservations of this project'
            cand --filter-tag 'Only reservations with this tag'
            cand --filter-path 'Only reservations of this directory and of everything below it'
            cand --format 'How lists are written [default: table] [env: TROP_OUTPUT_FORMAT]'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --show-full-paths 'Do not shorten the home directory to ~ in the table'
            cand --live 'Also tell whether the directory exists, and who serves the port now, inside the directory or elsewhere'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;list-projects'= {
            cand --format 'How the projects are written: one a line, or as an array'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;port-info'= {
            cand --format 'How the answer is written'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --include-occupancy 'Also tell which sockets are on it now, and whose they are'
            cand --skip-occupancy-check 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]'
            cand --skip-tcp 'Do not probe TCP [env: TROP_SKIP_TCP]'
            cand --skip-udp 'Do not probe UDP [env: TROP_SKIP_UDP]'
            cand --skip-ipv4 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
            cand --skip-ipv6 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
            cand --check-all-interfaces 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;scan'= {
            cand --min 'The lowest port to look at [default: the lowest that is handed out]'
            cand --max 'The highest port to look at [default: the highest that is handed out]'
            cand --format 'How lists are written [default: table] [env: TROP_OUTPUT_FORMAT]'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --exact 'Test every port by binding it, reserved ones too'
            cand --autoexclude 'Exclude the ports that are in use and not reserved, in the tropfile found from here'
            cand --global 'With --autoexclude: exclude them everywhere, in the config.yaml of the data directory'
            cand --autocompact 'With --autoexclude: merge the entries of that file that overlap or are adjacent'
            cand --dry-run 'With --autoexclude: show what would be excluded, on stderr, and do nothing'
            cand --skip-tcp 'Do not probe TCP [env: TROP_SKIP_TCP]'
            cand --skip-udp 'Do not probe UDP [env: TROP_SKIP_UDP]'
            cand --skip-ipv4 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]'
            cand --skip-ipv6 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]'
            cand --check-all-interfaces 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;exclude'= {
            cand --format 'How the plan of --dry-run is written'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --global 'Exclude it everywhere, in the config.yaml of the data directory, instead of in this project alone'
            cand --force 'Exclude it also when it is reserved; who has it keeps it'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;compact-exclusions'= {
            cand --format 'How the plan of --dry-run is written'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;init'= {
            cand --format 'How the answer is written on stdout'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --overwrite 'Begin anew: empty the database, or move one aside that is damaged, and keep others than the owner away'
            cand --with-config 'Write a config.yaml in which every setting stands with its default; one that is there stays without --overwrite'
            cand --dry-run 'Show what would be done, on stderr, and do nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;show-data-dir'= {
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;show-path'= {
            cand --path 'The directory to work on, else the working directory [env: TROP_PATH]'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --canonicalize 'Follow every symlink'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;assert-reservation'= {
            cand --path 'The directory to work on, else the working directory [env: TROP_PATH]'
            cand --tag 'Which of several reservations of the directory is meant [env: TROP_TAG]'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --not 'Succeed when it has none, and print nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;assert-port'= {
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --not 'Succeed when it is not, and print nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;assert-data-dir'= {
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --validate 'Look for damage in it, without writing: its pages, its tables, every value'
            cand --not 'Succeed when there is none, and print nothing'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;doctor'= {
            cand --format 'How the answer is written'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;config'= {
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
            cand show 'Print every setting that a file may hold, with its value and where that comes from'
            cand path 'Print the configuration files that are read here, highest first'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'trop;config;show'= {
            cand --format 'How the settings are written'
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;config;path'= {
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;config;help'= {
            cand show 'Print every setting that a file may hold, with its value and where that comes from'
            cand path 'Print the configuration files that are read here, highest first'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'trop;config;help;show'= {
        }
        &'trop;config;help;path'= {
        }
        &'trop;config;help;help'= {
        }
        &'trop;validate'= {
            cand --color 'When to use colour'
            cand --data-dir 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]'
            cand --busy-timeout 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]'
            cand --error-format 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]'
            cand --verbose 'Tell what is read, decided and written, and every cause of an error'
            cand --quiet 'Write only errors to stderr'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --disable-autoinit 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]'
        }
        &'trop;help'= {
            cand reserve 'Print the port of a directory, reserved if it has none yet'
            cand reserve-group 'Reserve the ports that a tropfile lists, and export them'
            cand autoreserve 'Reserve the ports of the project around the working directory, and export them'
            cand exec 'Run a command with its ports, reserved, in the environment'
            cand release 'Give back the ports of a directory'
            cand migrate 'Let the ports of a directory follow it to another place'
            cand prune 'Remove the reservations of vanished directories'
            cand expire 'Remove the reservations that were not used for long'
            cand autoclean 'Do what prune and expire do, in one step'
            cand list 'List what is reserved'
            cand list-projects 'List the projects that have something reserved'
            cand port-info 'Tell who has a port reserved, and who uses it now'
            cand scan 'List which ports are in use, and by whom'
            cand exclude 'Never hand out a port, or a range of ports'
            cand compact-exclusions 'Merge the entries of excluded_ports in a file that overlap or are adjacent'
            cand init 'Make the data directory and an empty database, if there is none'
            cand show-data-dir 'Print the data directory that would be used'
            cand show-path 'Print the directory that reserve would use'
            cand assert-reservation 'Succeed when a directory has a port, and print it'
            cand assert-port 'Succeed when that port is reserved, and print it'
            cand assert-data-dir 'Succeed when there is a database that this trop can use, and print its directory'
            cand doctor 'Say what is wrong with the reservations and where they are kept, and what helps'
            cand config 'Show the settings that count here, and the files that are read'
            cand validate 'Say everything that is wrong with a configuration file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'trop;help;reserve'= {
        }
        &'trop;help;reserve-group'= {
        }
        &'trop;help;autoreserve'= {
        }
        &'trop;help;exec'= {
        }
        &'trop;help;release'= {
        }
        &'trop;help;migrate'= {
        }
        &'trop;help;prune'= {
        }
        &'trop;help;expire'= {
        }
        &'trop;help;autoclean'= {
        }
        &'trop;help;list'= {
        }
        &'trop;help;list-projects'= {
        }
        &'trop;help;port-info'= {
        }
        &'trop;help;scan'= {
        }
        &'trop;help;exclude'= {
        }
        &'trop;help;compact-exclusions'= {
        }
        &'trop;help;init'= {
        }
        &'trop;help;show-data-dir'= {
        }
        &'trop;help;show-path'= {
        }
        &'trop;help;assert-reservation'= {
        }
        &'trop;help;assert-port'= {
        }
        &'trop;help;assert-data-dir'= {
        }
        &'trop;help;doctor'= {
        }
        &'trop;help;config'= {
            cand show 'Print every setting that a file may hold, with its value and where that comes from'
            cand path 'Print the configuration files that are read here, highest first'
        }
        &'trop;help;config;show'= {
        }
        &'trop;help;config;path'= {
        }
        &'trop;help;validate'= {
        }
        &'trop;help;help'= {
        }
    ]
    $completions[$command]
}
