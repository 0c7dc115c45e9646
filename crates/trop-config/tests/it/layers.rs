//! What layers say, and which of them counts.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use trop_config::{ConfigError, Declaration, Effective, Layer, Layers, Origin, settings};

/// The layers, highest first.
pub(crate) fn merged(layers: impl IntoIterator<Item = Layer>) -> Result<Effective, ConfigError> {
    let mut all = Layers::default();
    layers.into_iter().for_each(|layer| all.push(layer));
    all.merged()
}

/// A layer of the environment.
pub(crate) fn variables(pairs: &[(&str, &str)]) -> Layer {
    let map: BTreeMap<String, OsString> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))).collect();
    Layer::from_variables(&map, settings::ALL)
}

/// A layer of the command line; names are those of flags.
pub(crate) fn flags(pairs: &[(&str, &'static str)]) -> Layer {
    Layer::from_flags(pairs.iter().map(|(name, value)| {
        let has_flag = |declaration: &&&Declaration| declaration.flags.contains(name);
        (*settings::ALL.iter().find(has_flag).unwrap(), OsStr::new(*value))
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
            let effective = merged([flags, variables(&pairs)]).unwrap();
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
    let effective = merged([flags(&[("skip-tcp", "")])]).unwrap();
    assert!(effective.get(&settings::SKIP_TCP));
    assert!(!effective.get(&settings::SKIP_UDP));
}

#[test]
fn excluded_ports_of_all_layers_add_up() {
    let one = variables(&[("TROP_EXCLUDED_PORTS", "5001,5005..5009")]);
    let other = variables(&[("TROP_EXCLUDED_PORTS", "5002")]);
    let exclusions = merged([one, other]).unwrap().get(&settings::EXCLUDED_PORTS);
    assert_eq!(format!("{:?}", exclusions.ranges()), "[5001..5002, 5005..5009]");
}

#[test]
fn an_empty_variable_is_unset() {
    let layer = variables(&[("TROP_BUSY_TIMEOUT", ""), ("TROP_SKIP_TCP", "")]);
    assert_eq!(merged([layer]).unwrap().origin(&settings::MAXIMUM_LOCK_WAIT_SECONDS), Origin::Default);
}

#[test]
fn every_wrong_value_of_a_layer_is_reported() {
    let wrong = [("TROP_SKIP_TCP", "maybe"), ("TROP_PORT_MIN", "70000"), ("TROP_SKIP_UDP", "yes")];
    let error = merged([variables(&wrong)]).unwrap_err();
    let messages: Vec<&str> = error.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "TROP_SKIP_TCP: \"maybe\" is neither true, 1, yes, on nor false, 0, no, off",
            "TROP_PORT_MIN: \"70000\" is not a port (ports are 1 to 65535)",
        ]
    );
    assert!(!error.concerns_the_command_line());
    assert!(merged([flags(&[("min", "0")])]).unwrap_err().concerns_the_command_line());
}

#[cfg(unix)]
#[test]
fn a_variable_must_be_unicode() {
    use std::os::unix::ffi::OsStringExt;
    let map = BTreeMap::from([("TROP_PORT_MIN".to_owned(), OsString::from_vec(vec![b'5', 0xff]))]);
    let error = merged([Layer::from_variables(&map, settings::ALL)]).unwrap_err();
    assert!(error.to_string().starts_with("TROP_PORT_MIN: "), "{error}");
    assert!(error.to_string().ends_with(" is not valid Unicode"), "{error}");
}
