//! One file without any other layer: judged by the rules by which it is read.

use trop_config::{FileKind, Judgement, Problem};

use crate::files::{file, shown};

fn judged(text: &str) -> Judgement {
    file(FileKind::Tropfile, text).judge_alone()
}

fn texts(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(shown).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(texts(&judged(text).problems), expected, "{text}");
}

#[test]
fn what_no_single_setting_sees_is_seen() {
    check("ports: {min: 5000, max: 7000}\n", &[]);
    check(
        "ports: {max: 6000, max_offset: 10}\n",
        &[
            "1:14 <6000> and 1:32 <10> ports.max and ports.max_offset are two ways to set the highest port, and only one can hold",
        ],
    );
    check(
        "ports: {min: 6000, max: 5999}\n",
        &[
            "1:14 <6000> and 1:25 <5999> the lowest port, 6000 (/srv/trop.yaml:1), is above the highest, 5999 (/srv/trop.yaml:1)",
        ],
    );
    check(
        "ports: {min: 60000, max_offset: 6000}\n",
        &[
            "1:33 <6000> and 1:14 <60000> /srv/trop.yaml:1: counted from port 60000 (/srv/trop.yaml:1), an offset of 6000 leads beyond 65535",
        ],
    );
}

#[test]
fn services_are_judged_against_a_range_that_the_file_sets() {
    let group = "reservations: {base: 4000, services: {web: , api: {offset: 3000}}}\n";
    check(group, &[]);
    check(&format!("excluded_ports: [4000]\n{group}"), &[]);
    check(&format!("ports: {{min: ~}}\n{group}"), &[]);
    let outside = "2:22 <4000> and 1:14 <5000> reservations.base: port 4000 lies outside the range 5000..7000 (/srv/trop.yaml:1)";
    let nowhere = "2:60 <3000> and 1:14 <5000> reservations.services.api.offset: counted from base 5000, an offset of 3000 needs port 8000 for api, above the range 5000..7000 (built in)";
    check(&format!("ports: {{min: 5000}}\n{group}"), &[outside, nowhere]);
    let beyond = "reservations.services.api.offset: counted from base 4000, an offset of 3000 needs port 7000 for api, above the range 3000..6999 (/srv/trop.yaml:1)";
    check(
        &format!("ports: {{min: 3000, max: 6999}}\n{group}"),
        &[&format!("2:60 <3000> and 2:22 <4000> and 1:25 <6999> {beyond}")],
    );
}

#[test]
fn everything_is_said_at_once_in_the_order_of_the_file() {
    check(
        "reservations: {base: 80, services: {web: }}\ncolour: red\nports: {min: 5000}\nproject: [a]\n",
        &[
            "1:22 <80> and 3:14 <5000> reservations.base: port 80 lies outside the range 5000..7000 (/srv/trop.yaml:3)",
            "2:1 <colour> colour is not a key that trop knows",
            "4:10 <[> project: one value is expected here",
        ],
    );
}

#[test]
fn services_with_problems_are_judged_against_the_range_as_well() {
    let outside = "reservations.base: port 80 lies outside the range 5000..7000 (/srv/trop.yaml:1)";
    check(
        "ports: {min: 5000}\nreservations: {base: 80, services: {web: {env: 1}, api: {offset: 2001}}}\n",
        &[
            &format!("2:22 <80> and 1:14 <5000> {outside}"),
            "2:48 <1> reservations.services.web.env: \"1\" is no name of a variable: letters, digits and _, the first no digit",
            "2:66 <2001> and 1:14 <5000> reservations.services.api.offset: counted from base 5000, an offset of 2001 needs port 7001 for api, above the range 5000..7000 (built in)",
        ],
    );
    let key = "is not a key that trop knows";
    check(
        "ports: {max: 4000, mni: 3000}\nreservations: {base: 3500, services: {web: }}\n",
        &[&format!("1:20 <mni> ports.mni {key}")],
    );
}

#[test]
fn common_variables_are_told_and_are_no_problem() {
    let text =
        "reservations:\n  services:\n    web: {env: PORT}\n    host: {offset: 1}\n    api: {offset: 2}\n";
    let Judgement { problems, common_variables } = judged(text);
    assert_eq!(problems, []);
    let told: Vec<String> = common_variables
        .iter()
        .map(|common| format!("{} {} {}", common.place, common.variable, common.tag))
        .collect();
    assert_eq!(told, ["/srv/trop.yaml:3 PORT web", "/srv/trop.yaml:4 HOST host"]);
    assert_eq!(judged("reservations: ~\n").common_variables, []);
}
