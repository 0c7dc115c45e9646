//! The table of settings.

use trop_model::{Exclusions, Port};

use crate::declaration::settings;
use crate::value::Rule;

settings! {
    DISABLE_AUTOINIT: bool {
        key: "disable_autoinit",
        variables: ["TROP_DISABLE_AUTOINIT"],
        flag: "disable-autoinit",
        rule: Rule::Switch,
        default: "false",
        help: "Make no data directory and no database where there is none",
    }
    DISABLE_AUTOPRUNE: bool {
        key: "disable_autoprune",
        variables: ["TROP_DISABLE_AUTOPRUNE"],
        flag: "disable-autoprune",
        rule: Rule::Switch,
        default: "false",
        help: "When ports run out, keep the reservations of vanished directories",
    }
    DISABLE_AUTOEXPIRE: bool {
        key: "disable_autoexpire",
        variables: ["TROP_DISABLE_AUTOEXPIRE"],
        flag: "disable-autoexpire",
        rule: Rule::Switch,
        default: "false",
        help: "When ports run out, keep the reservations that were not used for long",
    }
    OUTPUT_FORMAT: &'static str {
        key: "output_format",
        variables: ["TROP_OUTPUT_FORMAT"],
        flag: "format",
        rule: Rule::Word(&["table", "json", "csv", "tsv"]),
        default: "table",
        help: "How lists are written",
    }
    ALLOW_UNRELATED_PATH: bool {
        key: "allow_unrelated_path",
        variables: ["TROP_ALLOW_UNRELATED_PATH"],
        flag: "allow-unrelated-path",
        rule: Rule::Switch,
        default: "false",
        help: "Work on a directory that is neither inside nor above the working directory",
    }
    MAXIMUM_LOCK_WAIT_SECONDS: u32 {
        key: "maximum_lock_wait_seconds",
        variables: ["TROP_BUSY_TIMEOUT"],
        flag: "busy-timeout",
        rule: Rule::Number { unit: "SECONDS", least: 0, most: 2_147_483 },
        default: "5",
        help: "How long to wait for a lock; 0 does not wait",
    }
    SKIP_OCCUPANCY_CHECK: bool {
        key: "occupancy_check.skip",
        variables: ["TROP_SKIP_OCCUPANCY_CHECK"],
        flag: "skip-occupancy-check",
        rule: Rule::Switch,
        default: "false",
        help: "Take every port for free, whoever has it",
    }
    SKIP_IP4: bool {
        key: "occupancy_check.skip_ip4",
        variables: ["TROP_SKIP_IPV4"],
        flag: "skip-ipv4",
        rule: Rule::Switch,
        default: "false",
        help: "Do not probe IPv4 addresses",
    }
    SKIP_IP6: bool {
        key: "occupancy_check.skip_ip6",
        variables: ["TROP_SKIP_IPV6"],
        flag: "skip-ipv6",
        rule: Rule::Switch,
        default: "false",
        help: "Do not probe IPv6 addresses",
    }
    SKIP_TCP: bool {
        key: "occupancy_check.skip_tcp",
        variables: ["TROP_SKIP_TCP"],
        flag: "skip-tcp",
        rule: Rule::Switch,
        default: "false",
        help: "Do not probe TCP",
    }
    SKIP_UDP: bool {
        key: "occupancy_check.skip_udp",
        variables: ["TROP_SKIP_UDP"],
        flag: "skip-udp",
        rule: Rule::Switch,
        default: "false",
        help: "Do not probe UDP",
    }
    CHECK_ALL_INTERFACES: bool {
        key: "occupancy_check.check_all_interfaces",
        variables: ["TROP_CHECK_ALL_INTERFACES"],
        flag: "check-all-interfaces",
        rule: Rule::Switch,
        default: "false",
        help: "Probe 0.0.0.0 and :: as well as the loopback addresses",
    }
    PORT_MIN: Port {
        key: "ports.min",
        variables: ["TROP_PORT_MIN"],
        flag: "min",
        rule: Rule::Port,
        default: "5000",
        help: "The lowest port to hand out",
    }
    PORT_MAX: Port {
        key: "ports.max",
        variables: ["TROP_PORT_MAX"],
        flag: "max",
        rule: Rule::Port,
        default: "7000",
        help: "The highest port to hand out",
    }
    PORT_MAX_OFFSET: u32 {
        key: "ports.max_offset",
        variables: ["TROP_PORT_MAX_OFFSET"],
        flag: none,
        rule: Rule::Number { unit: "PORTS", least: 1, most: 65_534 },
        default: "2000",
        help: "The highest port to hand out, counted from the lowest; stands in for ports.max",
    }
    EXCLUDED_PORTS: Exclusions {
        key: "excluded_ports",
        variables: ["TROP_EXCLUDED_PORTS"],
        flag: none,
        rule: Rule::Ports,
        default: "",
        help: "Ports and ranges that are never handed out; what all layers say is added up",
    }
    AVOID_BROWSER_BLOCKED_PORTS: bool {
        key: "avoid_browser_blocked_ports",
        variables: ["TROP_AVOID_BROWSER_BLOCKED_PORTS"],
        flag: none,
        rule: Rule::Switch,
        default: "true",
        help: "Leave ports that web browsers refuse to open until nothing else is left",
    }
    EXPIRE_AFTER_DAYS: u32 {
        key: "cleanup.expire_after_days",
        variables: ["TROP_EXPIRE_AFTER_DAYS"],
        flag: none,
        rule: Rule::Number { unit: "DAYS", least: 1, most: u32::MAX },
        default: "30",
        help: "A reservation that was not used for more days than this has expired",
    }
}
