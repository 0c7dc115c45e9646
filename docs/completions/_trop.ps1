
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'trop' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'trop'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'trop' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            [CompletionResult]::new('reserve', 'reserve', [CompletionResultType]::ParameterValue, 'Print the port of a directory, reserved if it has none yet')
            [CompletionResult]::new('reserve-group', 'reserve-group', [CompletionResultType]::ParameterValue, 'Reserve the ports that a tropfile lists, and export them')
            [CompletionResult]::new('autoreserve', 'autoreserve', [CompletionResultType]::ParameterValue, 'Reserve the ports of the project around the working directory, and export them')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command with its ports, reserved, in the environment')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Give back the ports of a directory')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Let the ports of a directory follow it to another place')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove the reservations of vanished directories')
            [CompletionResult]::new('expire', 'expire', [CompletionResultType]::ParameterValue, 'Remove the reservations that were not used for long')
            [CompletionResult]::new('autoclean', 'autoclean', [CompletionResultType]::ParameterValue, 'Do what prune and expire do, in one step')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what is reserved')
            [CompletionResult]::new('list-projects', 'list-projects', [CompletionResultType]::ParameterValue, 'List the projects that have something reserved')
            [CompletionResult]::new('port-info', 'port-info', [CompletionResultType]::ParameterValue, 'Tell who has a port reserved, and who uses it now')
            [CompletionResult]::new('scan', 'scan', [CompletionResultType]::ParameterValue, 'List which ports are in use, and by whom')
            [CompletionResult]::new('exclude', 'exclude', [CompletionResultType]::ParameterValue, 'Never hand out a port, or a range of ports')
            [CompletionResult]::new('compact-exclusions', 'compact-exclusions', [CompletionResultType]::ParameterValue, 'Merge the entries of excluded_ports in a file that overlap or are adjacent')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the data directory and an empty database, if there is none')
            [CompletionResult]::new('show-data-dir', 'show-data-dir', [CompletionResultType]::ParameterValue, 'Print the data directory that would be used')
            [CompletionResult]::new('show-path', 'show-path', [CompletionResultType]::ParameterValue, 'Print the directory that reserve would use')
            [CompletionResult]::new('assert-reservation', 'assert-reservation', [CompletionResultType]::ParameterValue, 'Succeed when a directory has a port, and print it')
            [CompletionResult]::new('assert-port', 'assert-port', [CompletionResultType]::ParameterValue, 'Succeed when that port is reserved, and print it')
            [CompletionResult]::new('assert-data-dir', 'assert-data-dir', [CompletionResultType]::ParameterValue, 'Succeed when there is a database that this trop can use, and print its directory')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Say what is wrong with the reservations and where they are kept, and what helps')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings that count here, and the files that are read')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Say everything that is wrong with a configuration file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trop;reserve' {
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'The directory to work on, else the working directory [env: TROP_PATH]')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Which of several reservations of the directory is meant [env: TROP_TAG]')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port to have if possible, inside the range or outside')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written on stdout')
            [CompletionResult]::new('--min', '--min', [CompletionResultType]::ParameterName, 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--clear-project', '--clear-project', [CompletionResultType]::ParameterName, 'Forget the project')
            [CompletionResult]::new('--clear-task', '--clear-task', [CompletionResultType]::ParameterName, 'Forget the task')
            [CompletionResult]::new('--strict-port', '--strict-port', [CompletionResultType]::ParameterName, 'Fail rather than hand out another port than --port')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Allocate afresh even if there is a reservation')
            [CompletionResult]::new('--ignore-occupied', '--ignore-occupied', [CompletionResultType]::ParameterName, 'Take a preferred port even if it is in use')
            [CompletionResult]::new('--ignore-exclusions', '--ignore-exclusions', [CompletionResultType]::ParameterName, 'Take a preferred port even if it is excluded')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one')
            [CompletionResult]::new('--disable-autoclean', '--disable-autoclean', [CompletionResultType]::ParameterName, '--disable-autoprune and --disable-autoexpire in one')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--disable-autoprune', '--disable-autoprune', [CompletionResultType]::ParameterName, 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]')
            [CompletionResult]::new('--disable-autoexpire', '--disable-autoexpire', [CompletionResultType]::ParameterName, 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]')
            [CompletionResult]::new('--allow-unrelated-path', '--allow-unrelated-path', [CompletionResultType]::ParameterName, 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]')
            [CompletionResult]::new('--allow-project-change', '--allow-project-change', [CompletionResultType]::ParameterName, 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]')
            [CompletionResult]::new('--allow-task-change', '--allow-task-change', [CompletionResultType]::ParameterName, 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]')
            [CompletionResult]::new('--allow-change', '--allow-change', [CompletionResultType]::ParameterName, 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]')
            [CompletionResult]::new('--skip-occupancy-check', '--skip-occupancy-check', [CompletionResultType]::ParameterName, 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]')
            [CompletionResult]::new('--skip-tcp', '--skip-tcp', [CompletionResultType]::ParameterName, 'Do not probe TCP [env: TROP_SKIP_TCP]')
            [CompletionResult]::new('--skip-udp', '--skip-udp', [CompletionResultType]::ParameterName, 'Do not probe UDP [env: TROP_SKIP_UDP]')
            [CompletionResult]::new('--skip-ipv4', '--skip-ipv4', [CompletionResultType]::ParameterName, 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]')
            [CompletionResult]::new('--skip-ipv6', '--skip-ipv6', [CompletionResultType]::ParameterName, 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]')
            [CompletionResult]::new('--check-all-interfaces', '--check-all-interfaces', [CompletionResultType]::ParameterName, 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;reserve-group' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the ports are written [default: export, with --write dotenv]')
            [CompletionResult]::new('--shell', '--shell', [CompletionResultType]::ParameterName, 'The shell that reads the exports, else the one that trop is called from')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Keep the ports up to date in a block of that file, and print nothing')
            [CompletionResult]::new('--min', '--min', [CompletionResultType]::ParameterName, 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Allocate afresh even if there is a reservation')
            [CompletionResult]::new('--ignore-occupied', '--ignore-occupied', [CompletionResultType]::ParameterName, 'Take a preferred port even if it is in use')
            [CompletionResult]::new('--ignore-exclusions', '--ignore-exclusions', [CompletionResultType]::ParameterName, 'Take a preferred port even if it is excluded')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one')
            [CompletionResult]::new('--disable-autoclean', '--disable-autoclean', [CompletionResultType]::ParameterName, '--disable-autoprune and --disable-autoexpire in one')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--disable-autoprune', '--disable-autoprune', [CompletionResultType]::ParameterName, 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]')
            [CompletionResult]::new('--disable-autoexpire', '--disable-autoexpire', [CompletionResultType]::ParameterName, 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]')
            [CompletionResult]::new('--allow-unrelated-path', '--allow-unrelated-path', [CompletionResultType]::ParameterName, 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]')
            [CompletionResult]::new('--allow-project-change', '--allow-project-change', [CompletionResultType]::ParameterName, 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]')
            [CompletionResult]::new('--allow-task-change', '--allow-task-change', [CompletionResultType]::ParameterName, 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]')
            [CompletionResult]::new('--allow-change', '--allow-change', [CompletionResultType]::ParameterName, 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]')
            [CompletionResult]::new('--skip-occupancy-check', '--skip-occupancy-check', [CompletionResultType]::ParameterName, 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]')
            [CompletionResult]::new('--skip-tcp', '--skip-tcp', [CompletionResultType]::ParameterName, 'Do not probe TCP [env: TROP_SKIP_TCP]')
            [CompletionResult]::new('--skip-udp', '--skip-udp', [CompletionResultType]::ParameterName, 'Do not probe UDP [env: TROP_SKIP_UDP]')
            [CompletionResult]::new('--skip-ipv4', '--skip-ipv4', [CompletionResultType]::ParameterName, 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]')
            [CompletionResult]::new('--skip-ipv6', '--skip-ipv6', [CompletionResultType]::ParameterName, 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]')
            [CompletionResult]::new('--check-all-interfaces', '--check-all-interfaces', [CompletionResultType]::ParameterName, 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;autoreserve' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the ports are written [default: export, with --write dotenv]')
            [CompletionResult]::new('--shell', '--shell', [CompletionResultType]::ParameterName, 'The shell that reads the exports, else the one that trop is called from')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Keep the ports up to date in a block of that file, and print nothing')
            [CompletionResult]::new('--min', '--min', [CompletionResultType]::ParameterName, 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Allocate afresh even if there is a reservation')
            [CompletionResult]::new('--ignore-occupied', '--ignore-occupied', [CompletionResultType]::ParameterName, 'Take a preferred port even if it is in use')
            [CompletionResult]::new('--ignore-exclusions', '--ignore-exclusions', [CompletionResultType]::ParameterName, 'Take a preferred port even if it is excluded')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one')
            [CompletionResult]::new('--disable-autoclean', '--disable-autoclean', [CompletionResultType]::ParameterName, '--disable-autoprune and --disable-autoexpire in one')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--disable-autoprune', '--disable-autoprune', [CompletionResultType]::ParameterName, 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]')
            [CompletionResult]::new('--disable-autoexpire', '--disable-autoexpire', [CompletionResultType]::ParameterName, 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]')
            [CompletionResult]::new('--allow-unrelated-path', '--allow-unrelated-path', [CompletionResultType]::ParameterName, 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]')
            [CompletionResult]::new('--allow-project-change', '--allow-project-change', [CompletionResultType]::ParameterName, 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]')
            [CompletionResult]::new('--allow-task-change', '--allow-task-change', [CompletionResultType]::ParameterName, 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]')
            [CompletionResult]::new('--allow-change', '--allow-change', [CompletionResultType]::ParameterName, 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]')
            [CompletionResult]::new('--skip-occupancy-check', '--skip-occupancy-check', [CompletionResultType]::ParameterName, 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]')
            [CompletionResult]::new('--skip-tcp', '--skip-tcp', [CompletionResultType]::ParameterName, 'Do not probe TCP [env: TROP_SKIP_TCP]')
            [CompletionResult]::new('--skip-udp', '--skip-udp', [CompletionResultType]::ParameterName, 'Do not probe UDP [env: TROP_SKIP_UDP]')
            [CompletionResult]::new('--skip-ipv4', '--skip-ipv4', [CompletionResultType]::ParameterName, 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]')
            [CompletionResult]::new('--skip-ipv6', '--skip-ipv6', [CompletionResultType]::ParameterName, 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]')
            [CompletionResult]::new('--check-all-interfaces', '--check-all-interfaces', [CompletionResultType]::ParameterName, 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;exec' {
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Which of several reservations of the directory is meant [env: TROP_TAG]')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The project of a new reservation, else the repository that git names [env: TROP_PROJECT]')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'What a new reservation is for, else the worktree or the branch that git names [env: TROP_TASK]')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'The variable that holds the one port [default: that of the service, else PORT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the plan of --dry-run is written')
            [CompletionResult]::new('--min', '--min', [CompletionResultType]::ParameterName, 'The lowest port to hand out [default: 5000] [env: TROP_PORT_MIN]')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'The highest port to hand out [default: 7000] [env: TROP_PORT_MAX]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Do not start the command when a process has one of its ports already')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Allocate afresh even if there is a reservation')
            [CompletionResult]::new('--ignore-occupied', '--ignore-occupied', [CompletionResultType]::ParameterName, 'Take a preferred port even if it is in use')
            [CompletionResult]::new('--ignore-exclusions', '--ignore-exclusions', [CompletionResultType]::ParameterName, 'Take a preferred port even if it is excluded')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, '--overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one')
            [CompletionResult]::new('--disable-autoclean', '--disable-autoclean', [CompletionResultType]::ParameterName, '--disable-autoprune and --disable-autoexpire in one')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--disable-autoprune', '--disable-autoprune', [CompletionResultType]::ParameterName, 'When ports run out, keep the reservations of vanished directories [env: TROP_DISABLE_AUTOPRUNE]')
            [CompletionResult]::new('--disable-autoexpire', '--disable-autoexpire', [CompletionResultType]::ParameterName, 'When ports run out, keep the reservations that were not used for long [env: TROP_DISABLE_AUTOEXPIRE]')
            [CompletionResult]::new('--allow-unrelated-path', '--allow-unrelated-path', [CompletionResultType]::ParameterName, 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]')
            [CompletionResult]::new('--allow-project-change', '--allow-project-change', [CompletionResultType]::ParameterName, 'Let the project of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_PROJECT]')
            [CompletionResult]::new('--allow-task-change', '--allow-task-change', [CompletionResultType]::ParameterName, 'Let the task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE_TASK]')
            [CompletionResult]::new('--allow-change', '--allow-change', [CompletionResultType]::ParameterName, 'Let project and task of a reservation be changed or cleared [env: TROP_ALLOW_CHANGE]')
            [CompletionResult]::new('--skip-occupancy-check', '--skip-occupancy-check', [CompletionResultType]::ParameterName, 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]')
            [CompletionResult]::new('--skip-tcp', '--skip-tcp', [CompletionResultType]::ParameterName, 'Do not probe TCP [env: TROP_SKIP_TCP]')
            [CompletionResult]::new('--skip-udp', '--skip-udp', [CompletionResultType]::ParameterName, 'Do not probe UDP [env: TROP_SKIP_UDP]')
            [CompletionResult]::new('--skip-ipv4', '--skip-ipv4', [CompletionResultType]::ParameterName, 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]')
            [CompletionResult]::new('--skip-ipv6', '--skip-ipv6', [CompletionResultType]::ParameterName, 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]')
            [CompletionResult]::new('--check-all-interfaces', '--check-all-interfaces', [CompletionResultType]::ParameterName, 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;release' {
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'The directory to work on, else the working directory [env: TROP_PATH]')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Which of several reservations of the directory is meant [env: TROP_TAG]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--untagged-only', '--untagged-only', [CompletionResultType]::ParameterName, 'Only the reservation without a tag')
            [CompletionResult]::new('--recursive', '--recursive', [CompletionResultType]::ParameterName, 'The same below the directory, too')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, '--allow-unrelated-path')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--allow-unrelated-path', '--allow-unrelated-path', [CompletionResultType]::ParameterName, 'Work on a directory that is neither inside nor above the working directory [env: TROP_ALLOW_UNRELATED_PATH]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;migrate' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Where the directory was')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Where it is now')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--recursive', '--recursive', [CompletionResultType]::ParameterName, 'What is reserved below it follows, too')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Where another reservation is in the way, let that one go')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;prune' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Directories that are not found count as vanished even where a disk may just not be mounted')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;expire' {
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'A reservation that was not used for more days than this has expired [default: 30] [env: TROP_EXPIRE_AFTER_DAYS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;autoclean' {
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'A reservation that was not used for more days than this has expired [default: 30] [env: TROP_EXPIRE_AFTER_DAYS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;list' {
            [CompletionResult]::new('--filter-project', '--filter-project', [CompletionResultType]::ParameterName, 'Only reservations of this project')
            [CompletionResult]::new('--filter-tag', '--filter-tag', [CompletionResultType]::ParameterName, 'Only reservations with this tag')
            [CompletionResult]::new('--filter-path', '--filter-path', [CompletionResultType]::ParameterName, 'Only reservations of this directory and of everything below it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How lists are written [default: table] [env: TROP_OUTPUT_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--show-full-paths', '--show-full-paths', [CompletionResultType]::ParameterName, 'Do not shorten the home directory to ~ in the table')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Also tell whether the directory exists, and who serves the port now, inside the directory or elsewhere')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;list-projects' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the projects are written: one a line, or as an array')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;port-info' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--include-occupancy', '--include-occupancy', [CompletionResultType]::ParameterName, 'Also tell which sockets are on it now, and whose they are')
            [CompletionResult]::new('--skip-occupancy-check', '--skip-occupancy-check', [CompletionResultType]::ParameterName, 'Treat every port as free, whoever has it [env: TROP_SKIP_OCCUPANCY_CHECK]')
            [CompletionResult]::new('--skip-tcp', '--skip-tcp', [CompletionResultType]::ParameterName, 'Do not probe TCP [env: TROP_SKIP_TCP]')
            [CompletionResult]::new('--skip-udp', '--skip-udp', [CompletionResultType]::ParameterName, 'Do not probe UDP [env: TROP_SKIP_UDP]')
            [CompletionResult]::new('--skip-ipv4', '--skip-ipv4', [CompletionResultType]::ParameterName, 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]')
            [CompletionResult]::new('--skip-ipv6', '--skip-ipv6', [CompletionResultType]::ParameterName, 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]')
            [CompletionResult]::new('--check-all-interfaces', '--check-all-interfaces', [CompletionResultType]::ParameterName, 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;scan' {
            [CompletionResult]::new('--min', '--min', [CompletionResultType]::ParameterName, 'The lowest port to look at [default: the lowest that is handed out]')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'The highest port to look at [default: the highest that is handed out]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How lists are written [default: table] [env: TROP_OUTPUT_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--exact', '--exact', [CompletionResultType]::ParameterName, 'Test every port by binding it, reserved ones too')
            [CompletionResult]::new('--autoexclude', '--autoexclude', [CompletionResultType]::ParameterName, 'Exclude the ports that are in use and not reserved, in the tropfile found from here')
            [CompletionResult]::new('--global', '--global', [CompletionResultType]::ParameterName, 'With --autoexclude: exclude them everywhere, in the config.yaml of the data directory')
            [CompletionResult]::new('--autocompact', '--autocompact', [CompletionResultType]::ParameterName, 'With --autoexclude: merge the entries of that file that overlap or are adjacent')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'With --autoexclude: show what would be excluded, on stderr, and do nothing')
            [CompletionResult]::new('--skip-tcp', '--skip-tcp', [CompletionResultType]::ParameterName, 'Do not probe TCP [env: TROP_SKIP_TCP]')
            [CompletionResult]::new('--skip-udp', '--skip-udp', [CompletionResultType]::ParameterName, 'Do not probe UDP [env: TROP_SKIP_UDP]')
            [CompletionResult]::new('--skip-ipv4', '--skip-ipv4', [CompletionResultType]::ParameterName, 'Do not probe IPv4 addresses [env: TROP_SKIP_IPV4]')
            [CompletionResult]::new('--skip-ipv6', '--skip-ipv6', [CompletionResultType]::ParameterName, 'Do not probe IPv6 addresses [env: TROP_SKIP_IPV6]')
            [CompletionResult]::new('--check-all-interfaces', '--check-all-interfaces', [CompletionResultType]::ParameterName, 'Probe 0.0.0.0 and :: as well as the loopback addresses [env: TROP_CHECK_ALL_INTERFACES]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;exclude' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the plan of --dry-run is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--global', '--global', [CompletionResultType]::ParameterName, 'Exclude it everywhere, in the config.yaml of the data directory, instead of in this project alone')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Exclude it also when it is reserved; who has it keeps it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;compact-exclusions' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the plan of --dry-run is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;init' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Begin anew: empty the database, or move one aside that is damaged, and keep others than the owner away')
            [CompletionResult]::new('--with-config', '--with-config', [CompletionResultType]::ParameterName, 'Write a config.yaml in which every setting stands with its default; one that is there stays without --overwrite')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, on stderr, and do nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;show-data-dir' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;show-path' {
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'The directory to work on, else the working directory [env: TROP_PATH]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--canonicalize', '--canonicalize', [CompletionResultType]::ParameterName, 'Follow every symlink')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;assert-reservation' {
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'The directory to work on, else the working directory [env: TROP_PATH]')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Which of several reservations of the directory is meant [env: TROP_TAG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--not', '--not', [CompletionResultType]::ParameterName, 'Succeed when it has none, and print nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;assert-port' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--not', '--not', [CompletionResultType]::ParameterName, 'Succeed when it is not, and print nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;assert-data-dir' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--validate', '--validate', [CompletionResultType]::ParameterName, 'Look for damage in it, without writing: its pages, its tables, every value')
            [CompletionResult]::new('--not', '--not', [CompletionResultType]::ParameterName, 'Succeed when there is none, and print nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;doctor' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;config' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting that a file may hold, with its value and where that comes from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the configuration files that are read here, highest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trop;config;show' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the settings are written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;config;path' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;config;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting that a file may hold, with its value and where that comes from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the configuration files that are read here, highest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trop;config;help;show' {
            break
        }
        'trop;config;help;path' {
            break
        }
        'trop;config;help;help' {
            break
        }
        'trop;validate' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The directory that holds trop.db and config.yaml, else ~/.trop [env: TROP_DATA_DIR]')
            [CompletionResult]::new('--busy-timeout', '--busy-timeout', [CompletionResultType]::ParameterName, 'How long to wait for a lock; 0 does not wait [default: 5] [env: TROP_BUSY_TIMEOUT]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'How errors are written [default: human] [env: TROP_ERROR_FORMAT]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is read, decided and written, and every cause of an error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write only errors to stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--disable-autoinit', '--disable-autoinit', [CompletionResultType]::ParameterName, 'Make no data directory and no database where there is none [env: TROP_DISABLE_AUTOINIT]')
            break
        }
        'trop;help' {
            [CompletionResult]::new('reserve', 'reserve', [CompletionResultType]::ParameterValue, 'Print the port of a directory, reserved if it has none yet')
            [CompletionResult]::new('reserve-group', 'reserve-group', [CompletionResultType]::ParameterValue, 'Reserve the ports that a tropfile lists, and export them')
            [CompletionResult]::new('autoreserve', 'autoreserve', [CompletionResultType]::ParameterValue, 'Reserve the ports of the project around the working directory, and export them')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command with its ports, reserved, in the environment')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Give back the ports of a directory')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Let the ports of a directory follow it to another place')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove the reservations of vanished directories')
            [CompletionResult]::new('expire', 'expire', [CompletionResultType]::ParameterValue, 'Remove the reservations that were not used for long')
            [CompletionResult]::new('autoclean', 'autoclean', [CompletionResultType]::ParameterValue, 'Do what prune and expire do, in one step')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what is reserved')
            [CompletionResult]::new('list-projects', 'list-projects', [CompletionResultType]::ParameterValue, 'List the projects that have something reserved')
            [CompletionResult]::new('port-info', 'port-info', [CompletionResultType]::ParameterValue, 'Tell who has a port reserved, and who uses it now')
            [CompletionResult]::new('scan', 'scan', [CompletionResultType]::ParameterValue, 'List which ports are in use, and by whom')
            [CompletionResult]::new('exclude', 'exclude', [CompletionResultType]::ParameterValue, 'Never hand out a port, or a range of ports')
            [CompletionResult]::new('compact-exclusions', 'compact-exclusions', [CompletionResultType]::ParameterValue, 'Merge the entries of excluded_ports in a file that overlap or are adjacent')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the data directory and an empty database, if there is none')
            [CompletionResult]::new('show-data-dir', 'show-data-dir', [CompletionResultType]::ParameterValue, 'Print the data directory that would be used')
            [CompletionResult]::new('show-path', 'show-path', [CompletionResultType]::ParameterValue, 'Print the directory that reserve would use')
            [CompletionResult]::new('assert-reservation', 'assert-reservation', [CompletionResultType]::ParameterValue, 'Succeed when a directory has a port, and print it')
            [CompletionResult]::new('assert-port', 'assert-port', [CompletionResultType]::ParameterValue, 'Succeed when that port is reserved, and print it')
            [CompletionResult]::new('assert-data-dir', 'assert-data-dir', [CompletionResultType]::ParameterValue, 'Succeed when there is a database that this trop can use, and print its directory')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Say what is wrong with the reservations and where they are kept, and what helps')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings that count here, and the files that are read')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Say everything that is wrong with a configuration file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trop;help;reserve' {
            break
        }
        'trop;help;reserve-group' {
            break
        }
        'trop;help;autoreserve' {
            break
        }
        'trop;help;exec' {
            break
        }
        'trop;help;release' {
            break
        }
        'trop;help;migrate' {
            break
        }
        'trop;help;prune' {
            break
        }
        'trop;help;expire' {
            break
        }
        'trop;help;autoclean' {
            break
        }
        'trop;help;list' {
            break
        }
        'trop;help;list-projects' {
            break
        }
        'trop;help;port-info' {
            break
        }
        'trop;help;scan' {
            break
        }
        'trop;help;exclude' {
            break
        }
        'trop;help;compact-exclusions' {
            break
        }
        'trop;help;init' {
            break
        }
        'trop;help;show-data-dir' {
            break
        }
        'trop;help;show-path' {
            break
        }
        'trop;help;assert-reservation' {
            break
        }
        'trop;help;assert-port' {
            break
        }
        'trop;help;assert-data-dir' {
            break
        }
        'trop;help;doctor' {
            break
        }
        'trop;help;config' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting that a file may hold, with its value and where that comes from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the configuration files that are read here, highest first')
            break
        }
        'trop;help;config;show' {
            break
        }
        'trop;help;config;path' {
            break
        }
        'trop;help;validate' {
            break
        }
        'trop;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
