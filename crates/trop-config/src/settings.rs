//! The table of settings.

use trop_model::{Exclusions, GroupSpec, Port, Project, Tag, Task};

use crate::declaration::{Files, settings};
use crate::value::Rule;

settings! {
    DATA_DIR: Option<String> {
        key: "data_dir",
        files: Files::None,
        variables: ["TROP_DATA_DIR"],
        flags: ["data-dir"],
        rule: Rule::Path,
        default: None,
        help: "The directory that holds trop.db and config.yaml, else ~/.trop",
    }
    LOG_MODE: &'static str {
        key: "log_mode",
        files: Files::None,
        variables: ["TROP_LOG_MODE"],
        flags: [],
        rule: Rule::Word(&["quiet", "normal", "verbose"]),
        default: Some("normal"),
        help: "How much is said on stderr; --quiet and --verbose go before it",
    }
    ERROR_FORMAT: &'static str {
        key: "error_format",
        files: Files::None,
        variables: ["TROP_ERROR_FORMAT"],
        flags: ["error-format"],
        rule: Rule::Word(&["human", "json"]),
        default: Some("human"),
        help: "How errors are written",
    }
    PATH: Option<String> {
        key: "path",
        files: Files::None,
        variables: ["TROP_PATH"],
        flags: ["path"],
        rule: Rule::Path,
        default: None,
        help: "The directory to work on, else the working directory",
    }
    TAG: Option<Tag> {
        key: "tag",
        files: Files::None,
        variables: ["TROP_TAG"],
        flags: ["tag"],
        rule: Rule::Tag,
        default: None,
        help: "Which of several reservations of the directory is meant",
    }
    TASK: Option<Task> {
        key: "task",
        files: Files::None,
        variables: ["TROP_TASK"],
        flags: ["task"],
        rule: Rule::Task,
        default: None,
        help: "What a new reservation is for, else the worktree or the branch that git names",
    }
    PROJECT: Option<Project> {
        key: "project",
        files: Files::Tropfiles,
        variables: ["TROP_PROJECT"],
        flags: ["project"],
        rule: Rule::Project,
        default: None,
        help: "The project of a new reservation, else the repository that git names",
    }
    DISABLE_AUTOINIT: bool {
        key: "disable_autoinit",
        files: Files::All,
        variables: ["TROP_DISABLE_AUTOINIT"],
        flags: ["disable-autoinit"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Make no data directory and no database where there is none",
    }
    DISABLE_AUTOPRUNE: bool {
        key: "disable_autoprune",
        files: Files::All,
        variables: ["TROP_DISABLE_AUTOPRUNE"],
        flags: ["disable-autoprune"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "When ports run out, keep the reservations of vanished directories",
    }
    DISABLE_AUTOEXPIRE: bool {
        key: "disable_autoexpire",
        files: Files::All,
        variables: ["TROP_DISABLE_AUTOEXPIRE"],
        flags: ["disable-autoexpire"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "When ports run out, keep the reservations that were not used for long",
    }
    OUTPUT_FORMAT: &'static str {
        key: "output_format",
        files: Files::All,
        variables: ["TROP_OUTPUT_FORMAT"],
        flags: ["format"],
        rule: Rule::Word(&["table", "json", "csv", "tsv"]),
        default: Some("table"),
        help: "How lists are written",
    }
    ALLOW_UNRELATED_PATH: bool {
        key: "allow_unrelated_path",
        files: Files::All,
        variables: ["TROP_ALLOW_UNRELATED_PATH"],
        flags: ["allow-unrelated-path"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Work on a directory that is neither inside nor above the working directory",
    }
    ALLOW_CHANGE_PROJECT: bool {
        key: "allow_change_project",
        files: Files::All,
        variables: ["TROP_ALLOW_CHANGE_PROJECT", "TROP_ALLOW_PROJECT_CHANGE"],
        flags: ["allow-project-change", "allow-change-project"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Let the project of a reservation be changed or cleared",
    }
    ALLOW_CHANGE_TASK: bool {
        key: "allow_change_task",
        files: Files::All,
        variables: ["TROP_ALLOW_CHANGE_TASK", "TROP_ALLOW_TASK_CHANGE"],
        flags: ["allow-task-change", "allow-change-task"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Let the task of a reservation be changed or cleared",
    }
    ALLOW_CHANGE: bool {
        key: "allow_change",
        files: Files::All,
        variables: ["TROP_ALLOW_CHANGE"],
        flags: ["allow-change"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Let project and task of a reservation be changed or cleared",
    }
    MAXIMUM_LOCK_WAIT_SECONDS: u32 {
        key: "maximum_lock_wait_seconds",
        files: Files::All,
        variables: ["TROP_BUSY_TIMEOUT"],
        flags: ["busy-timeout"],
        rule: Rule::Number { unit: "SECONDS", least: 0, most: 2_147_483 },
        default: Some("5"),
        help: "How long to wait for a lock; 0 does not wait",
    }
    SKIP_OCCUPANCY_CHECK: bool {
        key: "occupancy_check.skip",
        files: Files::All,
        variables: ["TROP_SKIP_OCCUPANCY_CHECK"],
        flags: ["skip-occupancy-check"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Treat every port as free, whoever has it",
    }
    SKIP_IP4: bool {
        key: "occupancy_check.skip_ip4",
        files: Files::All,
        variables: ["TROP_SKIP_IPV4"],
        flags: ["skip-ipv4"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Do not probe IPv4 addresses",
    }
    SKIP_IP6: bool {
        key: "occupancy_check.skip_ip6",
        files: Files::All,
        variables: ["TROP_SKIP_IPV6"],
        flags: ["skip-ipv6"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Do not probe IPv6 addresses",
    }
    SKIP_TCP: bool {
        key: "occupancy_check.skip_tcp",
        files: Files::All,
        variables: ["TROP_SKIP_TCP"],
        flags: ["skip-tcp"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Do not probe TCP",
    }
    SKIP_UDP: bool {
        key: "occupancy_check.skip_udp",
        files: Files::All,
        variables: ["TROP_SKIP_UDP"],
        flags: ["skip-udp"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Do not probe UDP",
    }
    CHECK_ALL_INTERFACES: bool {
        key: "occupancy_check.check_all_interfaces",
        files: Files::All,
        variables: ["TROP_CHECK_ALL_INTERFACES"],
        flags: ["check-all-interfaces"],
        rule: Rule::Switch,
        default: Some("false"),
        help: "Probe 0.0.0.0 and :: as well as the loopback addresses",
    }
    PORT_MIN: Port {
        key: "ports.min",
        files: Files::All,
        variables: ["TROP_PORT_MIN"],
        flags: ["min"],
        rule: Rule::Port,
        default: Some("5000"),
        help: "The lowest port to hand out",
    }
    PORT_MAX: Port {
        key: "ports.max",
        files: Files::All,
        variables: ["TROP_PORT_MAX"],
        flags: ["max"],
        rule: Rule::Port,
        default: Some("7000"),
        help: "The highest port to hand out",
    }
    PORT_MAX_OFFSET: u32 {
        key: "ports.max_offset",
        files: Files::All,
        variables: ["TROP_PORT_MAX_OFFSET"],
        flags: [],
        rule: Rule::Number { unit: "PORTS", least: 1, most: 65_534 },
        default: Some("2000"),
        help: "The highest port to hand out, counted from the lowest; stands in for ports.max",
    }
    EXCLUDED_PORTS: Exclusions {
        key: "excluded_ports",
        files: Files::All,
        variables: ["TROP_EXCLUDED_PORTS"],
        flags: [],
        rule: Rule::Ports,
        default: Some(""),
        help: "Ports and ranges that are never handed out; what all layers say is added up",
    }
    AVOID_BROWSER_BLOCKED_PORTS: bool {
        key: "avoid_browser_blocked_ports",
        files: Files::All,
        variables: ["TROP_AVOID_BROWSER_BLOCKED_PORTS"],
        flags: [],
        rule: Rule::Switch,
        default: Some("true"),
        help: "Leave ports that web browsers refuse to open until nothing else is left",
    }
    EXPIRE_AFTER_DAYS: u32 {
        key: "cleanup.expire_after_days",
        files: Files::All,
        variables: ["TROP_EXPIRE_AFTER_DAYS"],
        flags: ["days"],
        rule: Rule::Number { unit: "DAYS", least: 1, most: u32::MAX },
        default: Some("30"),
        help: "A reservation that was not used for more days than this has expired",
    }
    RESERVATIONS: Option<GroupSpec> {
        key: "reservations",
        files: Files::Tropfiles,
        variables: [],
        flags: [],
        rule: Rule::Group,
        default: None,
        help: "The services of the project, which are reserved all together; a higher file replaces the whole of it",
    }
}
