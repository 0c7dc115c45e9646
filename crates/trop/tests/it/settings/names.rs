//! The names that the contract promises. The table of runs takes its names from the declarations, and would not miss one that is
//! gone.

use trop_config::{Declaration, Files, settings};

const VARIABLES: &[&str] = &[
    "TROP_ALLOW_CHANGE",
    "TROP_ALLOW_CHANGE_PROJECT",
    "TROP_ALLOW_CHANGE_TASK",
    "TROP_ALLOW_PROJECT_CHANGE",
    "TROP_ALLOW_TASK_CHANGE",
    "TROP_ALLOW_UNRELATED_PATH",
    "TROP_AVOID_BROWSER_BLOCKED_PORTS",
    "TROP_BUSY_TIMEOUT",
    "TROP_CHECK_ALL_INTERFACES",
    "TROP_DATA_DIR",
    "TROP_DISABLE_AUTOEXPIRE",
    "TROP_DISABLE_AUTOINIT",
    "TROP_DISABLE_AUTOPRUNE",
    "TROP_ERROR_FORMAT",
    "TROP_EXCLUDED_PORTS",
    "TROP_EXPIRE_AFTER_DAYS",
    "TROP_LOG_MODE",
    "TROP_OUTPUT_FORMAT",
    "TROP_PATH",
    "TROP_PORT_MAX",
    "TROP_PORT_MAX_OFFSET",
    "TROP_PORT_MIN",
    "TROP_PROJECT",
    "TROP_SKIP_IPV4",
    "TROP_SKIP_IPV6",
    "TROP_SKIP_OCCUPANCY_CHECK",
    "TROP_SKIP_TCP",
    "TROP_SKIP_UDP",
    "TROP_TAG",
    "TROP_TASK",
];

const FLAGS: &[&str] = &[
    "allow-change",
    "allow-change-project",
    "allow-change-task",
    "allow-project-change",
    "allow-task-change",
    "allow-unrelated-path",
    "busy-timeout",
    "check-all-interfaces",
    "data-dir",
    "days",
    "disable-autoexpire",
    "disable-autoinit",
    "disable-autoprune",
    "error-format",
    "format",
    "max",
    "min",
    "path",
    "project",
    "skip-ipv4",
    "skip-ipv6",
    "skip-occupancy-check",
    "skip-tcp",
    "skip-udp",
    "tag",
    "task",
];

/// The settings that a file may hold.
const KEYS: &[&str] = &[
    "allow_change",
    "allow_change_project",
    "allow_change_task",
    "allow_unrelated_path",
    "avoid_browser_blocked_ports",
    "cleanup.expire_after_days",
    "disable_autoexpire",
    "disable_autoinit",
    "disable_autoprune",
    "excluded_ports",
    "maximum_lock_wait_seconds",
    "occupancy_check.check_all_interfaces",
    "occupancy_check.skip",
    "occupancy_check.skip_ip4",
    "occupancy_check.skip_ip6",
    "occupancy_check.skip_tcp",
    "occupancy_check.skip_udp",
    "output_format",
    "ports.max",
    "ports.max_offset",
    "ports.min",
    "project",
    "reservations",
];

#[track_caller]
fn check(promised: &[&str], names: fn(&'static Declaration) -> Vec<&'static str>) {
    let mut declared: Vec<&str> = settings::ALL.iter().flat_map(|declaration| names(declaration)).collect();
    declared.sort_unstable();
    assert_eq!(declared, promised);
}

#[test]
fn every_name_of_the_contract_is_declared() {
    check(VARIABLES, |declaration| declaration.variables.to_vec());
    check(FLAGS, |declaration| declaration.flags.to_vec());
    check(KEYS, |Declaration { key, files, .. }| match files {
        Files::All | Files::Tropfiles => vec![key],
        Files::None => Vec::new(),
    });
}
