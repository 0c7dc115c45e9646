//! Services that can never fit into the range of ports.

use trop_config::{Effective, FileKind, Layer};

use crate::files::{file, shown};
use crate::layers::{flags, merged, variables};

/// The problems, each with what to do about it.
fn misfits(effective: &Effective) -> Vec<(String, String)> {
    let problems = effective.require_group_fits().err().map_or_else(Vec::new, |error| error.problems);
    problems.iter().map(|problem| (shown(problem), problem.help.clone().unwrap())).collect()
}

/// What does not fit, with services of which each stands on a line of its own from line 3 on, below these higher layers.
#[track_caller]
fn check(higher: Layer, reservations: &str, expected: &[(&str, &str)]) {
    let tropfile = file(FileKind::Tropfile, &format!("reservations:\n  services:\n{reservations}"));
    let misfits = misfits(&merged([higher, tropfile]).unwrap());
    let misfits: Vec<(&str, &str)> =
        misfits.iter().map(|(problem, help)| (problem.as_str(), help.as_str())).collect();
    assert_eq!(misfits, expected);
}

fn nothing() -> Layer {
    Layer::default()
}

#[test]
fn what_fits_is_no_problem() {
    check(nothing(), "    web:\n    api: {offset: 2000}\n", &[]);
    check(nothing(), "    web: {offset: 2000}\n  base: 5000\n", &[]);
    check(nothing(), "    web:\n  base: 7000\n", &[]);
    check(nothing(), "    web: {preferred: 80}\n", &[]);
    check(variables(&[("TROP_PORT_MAX", "65535")]), "    web: {offset: 60535}\n", &[]);
}

#[test]
fn a_base_lies_in_the_range() {
    let raise = "raise the base or leave it out, or lower the lowest port";
    let lower = "lower the base or leave it out, or raise the highest port";
    check(
        nothing(),
        "    web: {offset: 9}\n  base: 4999\n",
        &[("4:9 <4999> reservations.base: port 4999 lies outside the range 5000..7000 (built in)", raise)],
    );
    check(
        nothing(),
        "    web: {offset: 9}\n  base: 7001\n",
        &[("4:9 <7001> reservations.base: port 7001 lies outside the range 5000..7000 (built in)", lower)],
    );
    check(
        flags(&[("min", "5001"), ("max", "6000")]),
        "    web:\n  base: 5000\n",
        &[(
            "4:9 <5000> and --min reservations.base: port 5000 lies outside the range 5001..6000 (--min)",
            raise,
        )],
    );
    check(
        file(FileKind::Local, "ports: {max: 6000}"),
        "    web:\n  base: 6001\n",
        &[(
            "4:9 <6001> and 1:14 <6000> reservations.base: port 6001 lies outside the range 5000..6000 (/srv/trop.local.yaml:1)",
            lower,
        )],
    );
}

#[test]
fn a_wrong_base_hides_no_offset_that_fits_nowhere() {
    let problems = |base: u16| {
        let text = format!("reservations: {{base: {base}, services: {{web: {{offset: 2001}}, api: }}}}");
        misfits(&merged([file(FileKind::Tropfile, &text)]).unwrap())
    };
    for base in [4000, 8000] {
        let problems = problems(base);
        let [(of_base, _), (of_offset, help)] = problems.as_slice() else { panic!("{problems:?}") };
        assert!(of_base.contains(&format!("port {base} lies outside the range 5000..7000")), "{of_base}");
        let expected = "1:53 <2001> reservations.services.web.offset: counted from base 5000, an offset of 2001 needs port 7001 for web, above the range 5000..7000 (built in)";
        assert_eq!(of_offset, expected);
        assert_eq!(help, "lower the offset or the lowest port, or raise the highest port");
    }
}

#[test]
fn every_offset_that_leads_beyond_the_range_is_named() {
    let help = "lower the offset or the lowest port, or raise the highest port";
    check(
        nothing(),
        "    web: {offset: 2001}\n    api: {offset: 2000}\n    db: {env: DB, offset: 60000}\n",
        &[
            (
                "3:19 <2001> reservations.services.web.offset: counted from base 5000, an offset of 2001 needs port 7001 for web, above the range 5000..7000 (built in)",
                help,
            ),
            (
                "5:27 <60000> reservations.services.db.offset: counted from base 5000, an offset of 60000 needs port 65000 for db, above the range 5000..7000 (built in)",
                help,
            ),
        ],
    );
}

#[test]
fn whoever_set_the_base_or_the_end_is_named_too() {
    check(
        variables(&[("TROP_PORT_MAX_OFFSET", "10")]),
        "    web: {offset: 6}\n  base: 5005\n",
        &[(
            "3:19 <6> and 4:9 <5005> and TROP_PORT_MAX_OFFSET reservations.services.web.offset: counted from base 5005, an offset of 6 needs port 5011 for web, above the range 5000..5010 (TROP_PORT_MAX_OFFSET)",
            "lower the offset or the base, or raise the highest port",
        )],
    );
    check(
        file(FileKind::Local, "ports: {min: 6000, max: 6010}"),
        "    web: {offset: 11}\n",
        &[(
            "3:19 <11> and 1:14 <6000> and 1:25 <6010> reservations.services.web.offset: counted from base 6000, an offset of 11 needs port 6011 for web, above the range 6000..6010 (/srv/trop.local.yaml:1)",
            "lower the offset or the lowest port, or raise the highest port",
        )],
    );
}

#[test]
fn nobody_can_raise_the_highest_of_all_ports() {
    check(
        flags(&[("max", "65535")]),
        "    web: {offset: 60536}\n",
        &[(
            "3:19 <60536> and --max reservations.services.web.offset: counted from base 5000, an offset of 60536 needs port 65536 for web, above the range 5000..65535 (--max)",
            "lower the offset or the lowest port",
        )],
    );
}

#[test]
fn the_services_that_count_are_judged_in_their_own_file() {
    let low = |base: u16| format!("reservations: {{base: {base}, services: {{web: }}}}");
    let effective = merged([file(FileKind::Local, &low(80)), file(FileKind::Tropfile, &low(443))]).unwrap();
    let expected =
        "1:22 <80> reservations.base: port 80 lies outside the range 5000..7000 (built in)".to_owned();
    assert_eq!(misfits(&effective).first().map(|(problem, _)| problem), Some(&expected));

    let cleared = merged([file(FileKind::Local, "reservations: ~"), file(FileKind::Tropfile, &low(80))]);
    assert_eq!(misfits(&cleared.unwrap()), []);
    assert_eq!(misfits(&merged([nothing()]).unwrap()), []);
}

#[test]
fn the_command_line_has_a_part_in_what_it_narrows() {
    let tropfile = || file(FileKind::Tropfile, "reservations: {services: {web: {offset: 9}}}");
    let concerned = |higher: Layer| {
        let error = merged([higher, tropfile()]).unwrap().require_group_fits().unwrap_err();
        error.concerns_the_command_line()
    };
    assert!(concerned(flags(&[("max", "5001")])));
    assert!(!concerned(variables(&[("TROP_PORT_MAX", "5001")])));
}
