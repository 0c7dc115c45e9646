//! The rules of `reservations`.

use crate::files::check;

/// Services of a group, each on a line of its own from line 3 on, and what is wrong with them.
#[track_caller]
fn check_services(services: &[&str], expected: &[&str]) {
    let lines: Vec<String> = services.iter().map(|service| format!("    {service}\n")).collect();
    check(&format!("reservations:\n  services:\n{}", lines.concat()), expected);
}

#[test]
fn a_group_has_services() {
    check("reservations: {services: {web: }}", &[]);
    check("reservations: {services: {web: {}}}", &[]);
    check("reservations: {base: 5000, services: {web: {offset: 0}}}", &[]);
    check("reservations: {base: ~, services: {web: ~}}", &[]);
    let missing = "1:1 <reservations> reservations: the services are missing";
    check("reservations: {}", &[missing]);
    check("reservations:\n  base: 5000\n", &[missing]);
    let empty = "reservations.services is empty, and a group has at least one service";
    check("reservations: {services: }", &[&format!("1:16 <services> {empty}")]);
    check("reservations: {services: ~}", &[&format!("1:26 <~> {empty}")]);
    check("reservations: {services: {}}", &[&format!("1:26 <{{> {empty}")]);
    check("reservations: [web]", &["1:15 <[> reservations: services are expected here"]);
    check("reservations: web", &["1:15 <web> reservations: services are expected here"]);
    check(
        "reservations: {services: [web]}",
        &["1:26 <[> reservations.services: services are expected here, each under its tag"],
    );
    check(
        "reservations: {services: {web: 5000}}",
        &[
            "1:32 <5000> reservations.services.web: keys of its own are expected here, as in { offset: 0, env: WEB_PORT }",
        ],
    );
}

#[test]
fn a_base_is_a_port_whatever_the_range() {
    check("reservations: {base: 1, services: {web: }}", &[]);
    check("reservations: {base: 65535, services: {web: {offset: 9}}}", &[]);
    check(
        "reservations: {base: 0, services: {web: }}",
        &["1:22 <0> reservations.base: \"0\" is not a port (ports are 1 to 65535)"],
    );
    check(
        "reservations: {base: [1], services: {web: }}",
        &["1:22 <[> reservations.base: one value is expected here"],
    );
}

#[test]
fn offsets_are_not_negative_and_differ() {
    check_services(&["web: {offset: 0}", "api: {offset: 65534}"], &[]);
    check_services(&["web:", "api: {offset: 1}"], &[]);
    for bad in ["-1", "65535", "1.0", "one"] {
        check_services(
            &[&format!("web: {{offset: {bad}}}")],
            &[&format!(
                "3:19 <{bad}> reservations.services.web.offset: \"{bad}\" is not a whole number from 0 to 65534"
            )],
        );
    }
    check_services(
        &["web: {offset: 2}", "api: {offset: 2}"],
        &["4:19 <2> and 3:19 <2> reservations.services: web and api have the same offset"],
    );
    let left_out = "reservations.services: web and api have the same offset";
    check_services(&["web:", "api:"], &[&format!("4:5 <api> and 3:5 <web> {left_out}")]);
    check_services(&["web: {offset: 0}", "api:"], &[&format!("4:5 <api> and 3:19 <0> {left_out}")]);
    check_services(&["web: {offset: ~}", "api: {}"], &[&format!("4:5 <api> and 3:19 <~> {left_out}")]);
}

#[test]
fn preferred_ports_differ_and_may_lie_outside_the_range() {
    check_services(&["web: {preferred: 80}", "api: {preferred: 65535, offset: 1}"], &[]);
    check_services(&["web: {preferred: ~}", "api: {preferred: ~, offset: 1}"], &[]);
    check_services(
        &["web: {preferred: 5050}", "api: {preferred: 5050, offset: 1}"],
        &["4:22 <5050> and 3:22 <5050> reservations.services: web and api have the same preferred port"],
    );
    check_services(
        &["web: {preferred: 0}"],
        &["3:22 <0> reservations.services.web.preferred: \"0\" is not a port (ports are 1 to 65535)"],
    );
}

#[test]
fn tags_are_labels_and_differ() {
    check_services(&["\" web \": {offset: 1}"], &[]);
    check_services(&["1: {offset: 1, env: ONE}"], &[]);
    check_services(&["\"\":"], &["3:5 <\"\"> reservations.services.: a tag must not be empty"]);
    check_services(
        &["web: {offset: 1, env: A}", "\" web\": {offset: 2, env: B}"],
        &["4:5 <\" web\"> and 3:5 <web> reservations.services: web and web have the same tag"],
    );
}

#[test]
fn variables_have_a_form() {
    for good in ["WEB_PORT", "_", "a1", "PORT", "HOST", "PATHS", "XLD_A", "LD"] {
        check_services(&[&format!("web: {{env: {good}}}")], &[]);
    }
    check_services(&[&format!("web: {{env: {}}}", "A".repeat(255))], &[]);
    let at = |name: &str| format!("3:16 <{name}> reservations.services.web.env:");
    for bad in ["1A", "WEB-PORT", "WEB.PORT", "ÄB", "$A", "9"] {
        check_services(
            &[&format!("web: {{env: {bad}}}")],
            &[&format!(
                "{} \"{bad}\" is no name of a variable: letters, digits and _, the first no digit",
                at(bad)
            )],
        );
    }
    let long = "A".repeat(256);
    check_services(
        &[&format!("web: {{env: {long}}}")],
        &[&format!("{} the name of a variable is at most 255 bytes long, and this one has 256", at(&long))],
    );
    for taken in ["PATH", "HOME", "SHELL", "IFS", "LD_PRELOAD", "DYLD_X", "path", "Ld_library_path"] {
        check_services(
            &[&format!("web: {{env: {taken}}}")],
            &[&format!("{} {taken} changes how programs run, and must not hold a port", at(taken))],
        );
    }
    for kind in ["[A]", "{A: 1}"] {
        check_services(
            &[&format!("web: {{env: {kind}}}")],
            &[&format!("{} the name of a variable is expected here", at(&kind[..1]))],
        );
    }
}

#[test]
fn a_tag_makes_a_variable_where_none_is_named() {
    check_services(&["web-2: {env: ~}"], &[]);
    for bad in ["my web", "日本", "a/b"] {
        check_services(
            &[&format!("{bad}:")],
            &[&format!(
                "3:5 <{bad}> reservations.services.{bad}: the tag makes no variable: \"{}\" is no name of a variable: letters, digits and _, the first no digit",
                bad.to_ascii_uppercase()
            )],
        );
        check_services(&[&format!("{bad}: {{env: A}}")], &[]);
    }
    check_services(
        &["path:"],
        &[
            "3:5 <path> reservations.services.path: the tag makes no variable: PATH changes how programs run, and must not hold a port",
        ],
    );
}

#[test]
fn variables_differ_in_more_than_case() {
    let same = "have the same variable";
    check_services(
        &["web: {env: Port}", "api: {env: PORT, offset: 1}"],
        &[&format!("4:16 <PORT> and 3:16 <Port> reservations.services: web and api {same}")],
    );
    check_services(
        &["my-web:", "my_web: {offset: 1}"],
        &[&format!("4:5 <my_web> and 3:5 <my-web> reservations.services: my-web and my_web {same}")],
    );
    check_services(
        &["web:", "api: {env: web, offset: 1}"],
        &[&format!("4:16 <web> and 3:5 <web> reservations.services: web and api {same}")],
    );
}

#[test]
fn a_wrong_service_hides_no_other_problem() {
    check_services(
        &["web: {offset: -1}", "api: {env: PATH}", "db: {ofset: 1}", "x: {offset: 3}", "y: {offset: 3}"],
        &[
            "3:19 <-1> reservations.services.web.offset: \"-1\" is not a whole number from 0 to 65534",
            "4:16 <PATH> reservations.services.api.env: PATH changes how programs run, and must not hold a port",
            "5:10 <ofset> reservations.services.db.ofset is not a key that trop knows",
            "7:17 <3> and 6:17 <3> reservations.services: x and y have the same offset",
        ],
    );
}

#[test]
fn what_could_be_read_is_judged_whatever_else_is_wrong() {
    let services = "reservations.services";
    let path = format!("{services}.web.env: PATH changes how programs run, and must not hold a port");
    let same = |what: &str| format!("{services}: web and api have the same {what}");
    check_services(
        &["web: {offset: 0, env: PATH}", "api: {offset: 0}"],
        &[&format!("3:27 <PATH> {path}"), &format!("4:19 <0> and 3:19 <0> {}", same("offset"))],
    );
    check_services(
        &["web: {offset: -1, preferred: 5050}", "api: {preferred: 5050, env: Web}"],
        &[
            &format!("3:19 <-1> {services}.web.offset: \"-1\" is not a whole number from 0 to 65534"),
            &format!("4:22 <5050> and 3:34 <5050> {}", same("preferred port")),
            &format!("4:33 <Web> and 3:5 <web> {}", same("variable")),
        ],
    );
    check_services(
        &["web:", "9:"],
        &[
            &format!(
                "4:5 <9> {services}.9: the tag makes no variable: \"9\" is no name of a variable: letters, digits and _, the first no digit"
            ),
            &format!("4:5 <9> and 3:5 <web> {services}: web and 9 have the same offset"),
        ],
    );
    check_services(
        &["\"\": {offset: 1}", "web: {offset: 1}"],
        &[
            &format!("3:5 <\"\"> {services}.: a tag must not be empty"),
            &format!("4:19 <1> and 3:18 <1> {services}: \"\" and web have the same offset"),
        ],
    );
    check(
        "reservations: {base: 0, services: {web: , api: }}",
        &[
            "1:22 <0> reservations.base: \"0\" is not a port (ports are 1 to 65535)",
            &format!("1:43 <api> and 1:36 <web> {}", same("offset")),
        ],
    );
}

#[test]
fn nothing_is_said_that_only_follows_from_something_else() {
    let unknown = |place: &str, key: &str| format!("{place} {key} is not a key that trop knows");
    check_services(
        &["web:", "api: {ofset: 1}"],
        &[&unknown("4:11 <ofset>", "reservations.services.api.ofset")],
    );
    check_services(&["9: {offset: 1, evn: NINE}"], &[&unknown("3:20 <evn>", "reservations.services.9.evn")]);
    check("reservations: {servces: {web: }}", &[&unknown("1:16 <servces>", "reservations.servces")]);
    check_services(
        &["web:", "api: 5000"],
        &[
            "4:10 <5000> reservations.services.api: keys of its own are expected here, as in { offset: 0, env: WEB_PORT }",
        ],
    );
}
