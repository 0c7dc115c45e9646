//! The port range, out of three settings and two layers.

use crate::layers::{flags, merged, variables};

/// The range, or the beginning of the problem, and whether the command line has a part in that.
#[track_caller]
fn check(
    flag_pairs: &[(&str, &'static str)],
    variable_pairs: &[(&str, &str)],
    expected: Result<&str, (&str, bool)>,
) {
    match (merged([flags(flag_pairs), variables(variable_pairs)]), expected) {
        (Ok(effective), expected) => assert_eq!(Ok(effective.port_range().to_string().as_str()), expected),
        (Err(error), Err((message, concerns_the_command_line))) => {
            assert_eq!(error.to_string(), message);
            assert_eq!(error.concerns_the_command_line(), concerns_the_command_line);
        }
        (Err(error), Ok(_)) => panic!("{error}"),
    }
}

#[test]
fn the_ends_come_from_the_highest_layer_each() {
    check(&[("min", "6000")], &[], Ok("6000..7000"));
    check(&[("max", "5005")], &[], Ok("5000..5005"));
    check(&[("min", "5003")], &[("TROP_PORT_MAX", "5005")], Ok("5003..5005"));
    check(&[("max", "5005")], &[("TROP_PORT_MAX", "6000"), ("TROP_PORT_MIN", "5001")], Ok("5001..5005"));
    check(&[("min", "7000")], &[], Ok("7000"));
}

#[test]
fn a_minimum_above_the_built_in_maximum_keeps_the_width() {
    check(&[("min", "8000")], &[], Ok("8000..10000"));
    check(&[], &[("TROP_PORT_MIN", "7001")], Ok("7001..9001"));
    check(&[("min", "65000")], &[], Ok("65000..65535"));
    check(&[("min", "65535")], &[], Ok("65535"));
}

#[test]
fn an_offset_and_a_maximum_replace_each_other() {
    check(&[], &[("TROP_PORT_MAX_OFFSET", "10")], Ok("5000..5010"));
    check(&[("min", "6000")], &[("TROP_PORT_MAX_OFFSET", "10")], Ok("6000..6010"));
    check(&[("max", "6000")], &[("TROP_PORT_MAX_OFFSET", "10")], Ok("5000..6000"));
    let both =
        "TROP_PORT_MAX and TROP_PORT_MAX_OFFSET are two ways to set the highest port, and only one can hold";
    check(&[], &[("TROP_PORT_MAX", "6000"), ("TROP_PORT_MAX_OFFSET", "10")], Err((both, false)));
    let beyond = "TROP_PORT_MAX_OFFSET: counted from port 65530 (--min), an offset of 10 leads beyond 65535";
    check(&[("min", "65530")], &[("TROP_PORT_MAX_OFFSET", "10")], Err((beyond, true)));
}

#[test]
fn a_minimum_above_a_written_maximum_names_both_places() {
    let both = "the lowest port, 6000 (--min), is above the highest, 5005 (TROP_PORT_MAX)";
    check(&[("min", "6000")], &[("TROP_PORT_MAX", "5005")], Err((both, true)));
    let built_in = "the lowest port, 5000 (built in), is above the highest, 4000 (--max)";
    check(&[("max", "4000")], &[], Err((built_in, true)));
    let variables = "the lowest port, 6000 (TROP_PORT_MIN), is above the highest, 5005 (TROP_PORT_MAX)";
    check(&[], &[("TROP_PORT_MIN", "6000"), ("TROP_PORT_MAX", "5005")], Err((variables, false)));
}
