//! What layers say, and which of them counts.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use trop_config::{ConfigError, Effective, Layer, Origin, settings};

pub(crate) fn variables(pairs: &[(&str, &str)]) -> Result<Layer, ConfigError> {
    let map: BTreeMap<String, OsString> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))).collect();
    Layer::from_variables(&map)
}

/// A layer of the command line; names are those of flags.
pub(crate) fn flags(pairs: &[(&str, &'static str)]) -> Result<Layer, ConfigError> {
    Layer::from_flags(pairs.iter().map(|(name, value)| {
        let declaration = settings::ALL.iter().find(|declaration| declaration.flag == Some(*name)).unwrap();
        (*declaration, OsStr::new(*value))
    }))
}

#[test]
fn the_highest_layer_that_says_something_counts_and_is_named() {
    let values = proptest::option::of(0..100_u32);
    let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
    let setting = &settings::MAXIMUM_LOCK_WAIT_SECONDS;
    TestRunner::new(config)
        .run(&(values.clone(), values), |(flag, variable)| {
            let text = |value: Option<u32>| value.map(|value| value.to_string().leak() as &'static str);
            let flags = flags(&text(flag).map(|text| ("busy-timeout", text)).into_iter().collect::<Vec<_>>());
            let pairs: Vec<(&str, &str)> =
                text(variable).map(|text| ("TROP_BUSY_TIMEOUT", text)).into_iter().collect();
            let effective = Effective::merged(vec![flags.unwrap(), variables(&pairs).unwrap()]);
            prop_assert_eq!(effective.get(setting), flag.or(variable).unwrap_or(5));
            let origin = match (flag, variable) {
                (Some(_), _) => Origin::Flag("busy-timeout"),
                (None, Some(_)) => Origin::Variable("TROP_BUSY_TIMEOUT"),
                (None, None) => Origin::Default,
            };
            prop_assert_eq!(effective.origin(setting), origin);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_switch_needs_no_text_behind_its_flag() {
    let effective = Effective::merged(vec![flags(&[("skip-tcp", "")]).unwrap()]);
    assert!(effective.get(&settings::SKIP_TCP));
    assert!(!effective.get(&settings::SKIP_UDP));
}

#[test]
fn excluded_ports_of_all_layers_add_up() {
    let one = variables(&[("TROP_EXCLUDED_PORTS", "5001,5005..5009")]).unwrap();
    let other = variables(&[("TROP_EXCLUDED_PORTS", "5002")]).unwrap();
    let exclusions = Effective::merged(vec![one, other]).get(&settings::EXCLUDED_PORTS);
    assert_eq!(format!("{:?}", exclusions.ranges()), "[5001..5002, 5005..5009]");
}

#[test]
fn an_empty_variable_is_unset() {
    let layer = variables(&[("TROP_BUSY_TIMEOUT", ""), ("TROP_SKIP_TCP", "")]).unwrap();
    assert_eq!(Effective::merged(vec![layer]).origin(&settings::MAXIMUM_LOCK_WAIT_SECONDS), Origin::Default);
}

#[test]
fn every_wrong_value_of_a_layer_is_reported() {
    let error =
        variables(&[("TROP_SKIP_TCP", "maybe"), ("TROP_PORT_MIN", "70000"), ("TROP_SKIP_UDP", "yes")])
            .unwrap_err();
    let messages: Vec<&str> = error.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "TROP_SKIP_TCP: \"maybe\" is neither true, 1, yes, on nor false, 0, no, off",
            "TROP_PORT_MIN: \"70000\" is not a port (ports are 1 to 65535)",
        ]
    );
    assert!(!error.concerns_the_command_line());
    assert!(flags(&[("min", "0")]).unwrap_err().concerns_the_command_line());
}

#[cfg(unix)]
#[test]
fn a_variable_must_be_unicode() {
    use std::os::unix::ffi::OsStringExt;
    let map = BTreeMap::from([("TROP_PORT_MIN".to_owned(), OsString::from_vec(vec![b'5', 0xff]))]);
    let error = Layer::from_variables(&map).unwrap_err();
    assert!(error.to_string().starts_with("TROP_PORT_MIN: "), "{error}");
    assert!(error.to_string().ends_with(" is not valid Unicode"), "{error}");
}
