//! The rules of single settings, in a file.

use crate::files::check;

const PORT: &str = "is not a port (ports are 1 to 65535)";

#[test]
fn ports_are_1_to_65535() {
    for good in ["1", "65535", "5001", "07000"] {
        check(&format!("ports: {{max: {good}, min: 1}}"), &[]);
    }
    for bad in ["0", "65536", "-1", "1.0", "0x10", "5_000", "1e3", "+1", "five", ".inf", "5001..5002"] {
        let problem = format!("1:14 <{bad}> ports.max: \"{bad}\" {PORT}");
        check(&format!("ports: {{max: {bad}}}"), &[&problem]);
    }
    check("ports: {max: \"7000\"}", &["1:14 <\"7000\"> ports.max: \"7000\" is text; a number has no quotes"]);
}

#[test]
fn the_minimum_is_not_above_the_maximum() {
    check("ports: {min: 6000, max: 6000}", &[]);
    check("ports: {min: 8000}", &[]);
    check(
        "ports: {min: 6001, max: 6000}",
        &[
            "1:14 <6001> and 1:25 <6000> the lowest port, 6001 (/srv/trop.yaml:1), is above the highest, 6000 (/srv/trop.yaml:1)",
        ],
    );
    check(
        "ports:\n  max: 4999",
        &["2:8 <4999> the lowest port, 5000 (built in), is above the highest, 4999 (/srv/trop.yaml:2)"],
    );
}

#[test]
fn an_offset_leads_upwards_and_stays_in_range() {
    check("ports: {max_offset: 1}", &[]);
    check("ports: {min: 65534, max_offset: 1}", &[]);
    check("ports: {min: 1, max_offset: 65534}", &[]);
    for bad in ["0", "-1", "65535"] {
        let problem =
            format!("1:21 <{bad}> ports.max_offset: \"{bad}\" is not a whole number from 1 to 65534");
        check(&format!("ports: {{max_offset: {bad}}}"), &[&problem]);
    }
    check(
        "ports: {min: 65535, max_offset: 1}",
        &[
            "1:33 <1> and 1:14 <65535> /srv/trop.yaml:1: counted from port 65535 (/srv/trop.yaml:1), an offset of 1 leads beyond 65535",
        ],
    );
    check(
        "ports: {max: 6000, max_offset: 1}",
        &[
            "1:14 <6000> and 1:32 <1> ports.max and ports.max_offset are two ways to set the highest port, and only one can hold",
        ],
    );
    check("ports: {max: ~, max_offset: 1}", &[]);
}

#[test]
fn excluded_ports_are_ports_and_ranges_in_either_spelling() {
    let good = ["", "5001", "5001, 5001", "5005..5009", "\"5001\"", "5005..5005", "{start: 1, end: 65535}"];
    for good in good {
        check(&format!("excluded_ports: [{good}]"), &[]);
    }
    check("excluded_ports:\n- 5001\n- start: 5005\n  end: 5009\n", &[]);
    check(
        "excluded_ports: [5009..5005]",
        &["1:18 <5009..5005> excluded_ports: the range 5009..5005 ends before it begins"],
    );
    check(
        "excluded_ports: [{start: 2, end: 1}]",
        &["1:18 <{> excluded_ports: the range 2..1 ends before it begins"],
    );
    check(
        "excluded_ports: [{start: 1}, {end: 1}, {}]",
        &[
            "1:18 <{> excluded_ports: a range has both a start and an end",
            "1:30 <{> excluded_ports: a range has both a start and an end",
            "1:40 <{> excluded_ports: a range has both a start and an end",
        ],
    );
    check(
        "excluded_ports: [{start: 0, end: 70000}]",
        &[
            &format!("1:26 <0> excluded_ports.start: \"0\" {PORT}"),
            &format!("1:34 <70000> excluded_ports.end: \"70000\" {PORT}"),
        ],
    );
    check(
        "excluded_ports: [{start: 5, end: 4, x: 1}, {start: 5, edn: 9}]",
        &[
            "1:18 <{> excluded_ports: the range 5..4 ends before it begins",
            "1:37 <x> excluded_ports.x is not a key that trop knows",
            "1:55 <edn> excluded_ports.edn is not a key that trop knows",
        ],
    );
    for bad in ["0", "5001..70000", "..", "5001..", "5005-5009"] {
        check(
            &format!("excluded_ports: [5001, {bad}]"),
            &[&format!("1:24 <{bad}> excluded_ports: {}", bad.parse::<trop_model::PortRange>().unwrap_err())],
        );
    }
    for bad in ["~", "[5001]"] {
        let letters = if bad == "[5001]" { "[" } else { bad };
        let problem = "excluded_ports: a port or a range is expected here";
        check(&format!("excluded_ports: [{bad}]"), &[&format!("1:18 <{letters}> {problem}")]);
    }
}

#[test]
fn numbers_of_seconds_and_days_have_bounds() {
    #[track_caller]
    fn check_number(key: &str, text: &str, refused: Option<&str>) {
        let (column, yaml) = match key.split_once('.') {
            Some((section, last)) => {
                (section.len() + last.len() + 6, format!("{section}: {{{last}: {text}}}"))
            }
            None => (key.len() + 3, format!("{key}: {text}")),
        };
        let problem = refused.map(|bounds| {
            format!("1:{column} <{text}> {key}: \"{text}\" is not a whole number from {bounds}")
        });
        check(&yaml, &problem.as_deref().into_iter().collect::<Vec<_>>());
    }

    for good in ["0", "1", "2147483", "010"] {
        check_number("maximum_lock_wait_seconds", good, None);
    }
    for bad in ["2147484", "-1", "1.5", ".nan", ".inf", "0x5", "5_0", "99999999999999999999999999"] {
        check_number("maximum_lock_wait_seconds", bad, Some("0 to 2147483"));
    }
    for good in ["1", "30", "4294967295"] {
        check_number("cleanup.expire_after_days", good, None);
    }
    for bad in ["0", "-30", "4294967296", "one"] {
        check_number("cleanup.expire_after_days", bad, Some("1 to 4294967295"));
    }
}

#[test]
fn switches_are_true_and_false_alone() {
    for good in ["true", "false", "True", "FALSE"] {
        check(&format!("disable_autoinit: {good}"), &[]);
    }
    for bad in ["yes", "no", "on", "off", "1", "0", "\"maybe\"", "y"] {
        let problem =
            format!("1:19 <{bad}> disable_autoinit: \"{}\" is neither true nor false", bad.trim_matches('"'));
        check(&format!("disable_autoinit: {bad}"), &[&problem]);
    }
    check(
        "disable_autoinit: \"true\"",
        &["1:19 <\"true\"> disable_autoinit: \"true\" is text; true and false have no quotes"],
    );
}

#[test]
fn a_project_is_a_label() {
    for good in ["shop", "\" shop \"", "010", "true", "yes", "1.5", "2024-01-01", "日本語"] {
        check(&format!("project: {good}"), &[]);
    }
    check("project: \"\"", &["1:10 <\"\"> project: a project must not be empty"]);
    check(
        "project: \"a\\tb\"",
        &["1:10 <\"a\\tb\"> project: a project must not hold control characters, and \"a\\tb\" does"],
    );
    let long = "a".repeat(256);
    check(
        &format!("project: {long}"),
        &[&format!("1:10 <{long}> project: a project is at most 255 bytes long, and this one has 256")],
    );
}
