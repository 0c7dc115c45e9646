//! The table.

use super::Row;
use super::{effects, scenes};

/// The port of the project, whatever sockets there are.
pub(super) const RESERVE_UNPROBED: &[&str] = &["reserve", "--skip-occupancy-check"];
/// The same where 5000 is the only port.
const RESERVE_ONE: &[&str] = &["reserve", "--skip-occupancy-check", "--min=5000", "--max=5000"];

/// What a row is unless it says otherwise.
const PLAIN: Row = Row {
    key: "",
    scene: scenes::empty,
    command: RESERVE_UNPROBED,
    effect: effects::printed,
    default: "5000",
    values: [("", ""), ("", "")],
    added_up: None,
};

/// One row or more for each setting, in the order of their declarations.
pub(super) const ROWS: &[Row] = &[
    Row {
        key: "data_dir",
        effect: effects::data_directory,
        default: ".trop",
        values: [("~/one", "one"), ("~/two", "two")],
        ..PLAIN
    },
    Row {
        key: "data_dir",
        command: &["show-data-dir"],
        effect: effects::printed_path,
        default: "home/.trop",
        values: [("~/one", "home/one"), ("~/two", "home/two")],
        ..PLAIN
    },
    Row {
        key: "log_mode",
        command: &["reserve", "--path=missing"],
        effect: effects::said,
        default: "warnings",
        values: [("quiet", "nothing"), ("verbose", "everything")],
        ..PLAIN
    },
    Row {
        key: "error_format",
        command: &["release", "--path=../elsewhere"],
        effect: effects::format_of_error,
        default: "human",
        values: [("json", "json"), ("human", "human")],
        ..PLAIN
    },
    Row {
        key: "path",
        effect: effects::paths,
        default: "site",
        values: [("one", "site/one"), ("two", "site/two")],
        ..PLAIN
    },
    Row {
        key: "path",
        scene: scenes::nested,
        command: &["release"],
        effect: effects::paths,
        default: "site/one site/two",
        values: [("one", "site site/two"), ("two", "site site/one")],
        ..PLAIN
    },
    Row {
        key: "path",
        command: &["show-path"],
        effect: effects::printed_path,
        default: "site",
        values: [("one", "site/one"), ("two", "site/two")],
        ..PLAIN
    },
    Row {
        key: "tag",
        effect: effects::tags,
        default: "none",
        values: [("one", "one"), ("two", "two")],
        ..PLAIN
    },
    Row {
        key: "tag",
        scene: scenes::tagged,
        command: &["release"],
        effect: effects::tags,
        default: "",
        values: [("one", "two"), ("two", "one")],
        ..PLAIN
    },
    Row {
        key: "task",
        effect: effects::tasks,
        default: "none",
        values: [("one", "one"), ("two", "two")],
        ..PLAIN
    },
    Row {
        key: "project",
        effect: effects::projects,
        default: "none",
        values: [("one", "one"), ("two", "two")],
        ..PLAIN
    },
    Row { key: "disable_autoinit", values: [("true", "code 3"), ("false", "5000")], ..PLAIN },
    Row {
        key: "disable_autoprune",
        scene: scenes::gone,
        command: RESERVE_ONE,
        values: [("true", "code 8"), ("false", "5000")],
        ..PLAIN
    },
    Row {
        key: "disable_autoexpire",
        scene: scenes::unused_for_40_days,
        command: RESERVE_ONE,
        values: [("true", "code 8"), ("false", "5000")],
        ..PLAIN
    },
    Row {
        key: "output_format",
        scene: scenes::labelled,
        command: &["list"],
        effect: effects::format_of_list,
        default: "table",
        values: [("json", "json"), ("csv", "csv")],
        ..PLAIN
    },
    Row {
        key: "output_format",
        scene: scenes::labelled,
        command: &["list"],
        effect: effects::format_of_list,
        default: "table",
        values: [("tsv", "tsv"), ("table", "table")],
        ..PLAIN
    },
    // The tropfile that gives leave is the one of the working directory.
    Row {
        key: "allow_unrelated_path",
        command: &["reserve", "--skip-occupancy-check", "--path=../elsewhere"],
        effect: effects::paths,
        default: "code 1",
        values: [("true", "elsewhere"), ("false", "code 1")],
        ..PLAIN
    },
    Row {
        key: "allow_unrelated_path",
        scene: scenes::reserved_elsewhere,
        command: &["release", "--path=../elsewhere"],
        effect: effects::paths,
        default: "code 1",
        values: [("true", ""), ("false", "code 1")],
        ..PLAIN
    },
    Row {
        key: "allow_change_project",
        scene: scenes::labelled,
        command: &["reserve", "--project=new"],
        effect: effects::labels,
        default: "code 1",
        values: [("true", "new old"), ("false", "code 1")],
        ..PLAIN
    },
    Row {
        key: "allow_change_task",
        scene: scenes::labelled,
        command: &["reserve", "--task=new"],
        effect: effects::labels,
        default: "code 1",
        values: [("true", "old new"), ("false", "code 1")],
        ..PLAIN
    },
    Row {
        key: "allow_change",
        scene: scenes::labelled,
        command: &["reserve", "--project=new", "--clear-task"],
        effect: effects::labels,
        default: "code 1",
        values: [("true", "new none"), ("false", "code 1")],
        ..PLAIN
    },
    // These really wait, so the values are small.
    Row {
        key: "maximum_lock_wait_seconds",
        scene: scenes::locked,
        command: &["reserve", "--error-format=json"],
        effect: effects::waited,
        default: "5 seconds",
        values: [("0", "switched off"), ("1", "1 second")],
        ..PLAIN
    },
    Row {
        key: "occupancy_check.skip",
        scene: scenes::tcp_on_ipv4,
        command: &["reserve"],
        effect: effects::handed_out,
        default: "code 8",
        values: [("true", "used"), ("false", "code 8")],
        ..PLAIN
    },
    Row {
        key: "occupancy_check.skip_ip4",
        scene: scenes::tcp_on_ipv4,
        command: &["reserve"],
        effect: effects::handed_out,
        default: "code 8",
        values: [("true", "used"), ("false", "code 8")],
        ..PLAIN
    },
    Row {
        key: "occupancy_check.skip_tcp",
        scene: scenes::tcp_on_ipv4,
        command: &["reserve"],
        effect: effects::handed_out,
        default: "code 8",
        values: [("true", "used"), ("false", "code 8")],
        ..PLAIN
    },
    Row {
        key: "occupancy_check.skip_udp",
        scene: scenes::udp_on_ipv4,
        command: &["reserve"],
        effect: effects::handed_out,
        default: "code 8",
        values: [("true", "used"), ("false", "code 8")],
        ..PLAIN
    },
    Row {
        key: "occupancy_check.check_all_interfaces",
        scene: scenes::tcp_on_another_address,
        command: &["reserve"],
        effect: effects::handed_out,
        default: "used",
        values: [("true", "code 8"), ("false", "used")],
        ..PLAIN
    },
    Row { key: "ports.min", values: [("5100", "5100"), ("8000", "8000")], ..PLAIN },
    Row {
        key: "ports.max",
        scene: scenes::without_the_first_ten_ports,
        default: "5010",
        values: [("5009", "code 8"), ("5010", "5010")],
        ..PLAIN
    },
    Row {
        key: "ports.max_offset",
        scene: scenes::without_the_first_ten_ports,
        default: "5010",
        values: [("9", "code 8"), ("10", "5010")],
        ..PLAIN
    },
    Row {
        key: "excluded_ports",
        values: [("5000", "5001"), ("5001..5003", "5000")],
        added_up: Some("5004"),
        ..PLAIN
    },
    // Two of the three ports are refused by browsers.
    Row {
        key: "avoid_browser_blocked_ports",
        command: &["reserve", "--skip-occupancy-check", "--min=5060", "--max=5062"],
        default: "5062",
        values: [("false", "5060"), ("true", "5062")],
        ..PLAIN
    },
    Row {
        key: "cleanup.expire_after_days",
        scene: scenes::unused_for_10_days,
        command: &["expire"],
        effect: effects::paths,
        default: "elsewhere",
        values: [("10", ""), ("11", "elsewhere")],
        ..PLAIN
    },
    // `null` in trop.local.yaml clears those of trop.yaml. Services that cannot be have a test of their own, beside the table.
    Row {
        key: "reservations",
        command: &["autoreserve", "--format=json"],
        effect: effects::services,
        default: "code 7",
        values: [("{services: {web: {}}}", "web"), ("null", "code 7")],
        ..PLAIN
    },
];

/// The rows that need a machine with IPv6.
pub(super) const ROWS_OF_IPV6: &[Row] = &[Row {
    key: "occupancy_check.skip_ip6",
    scene: scenes::tcp_on_ipv6,
    command: &["reserve"],
    effect: effects::handed_out,
    default: "code 8",
    values: [("true", "used"), ("false", "code 8")],
    ..PLAIN
}];
