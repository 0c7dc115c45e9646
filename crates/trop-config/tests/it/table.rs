//! The table is consistent.

use std::collections::BTreeSet;

use trop_config::{Declaration, Layers, settings};
use trop_model::Exclusions;

fn all_different<'a>(names: impl Iterator<Item = &'a str>) {
    let names: Vec<&str> = names.collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
}

#[test]
fn no_two_settings_share_a_name() {
    all_different(settings::ALL.iter().map(|declaration| declaration.key));
    all_different(settings::ALL.iter().flat_map(|declaration| declaration.variables.iter().copied()));
    all_different(settings::ALL.iter().flat_map(|declaration| declaration.flags.iter().copied()));
}

#[test]
fn every_default_obeys_its_rule() {
    for Declaration { key, rule, default, .. } in settings::ALL {
        assert!(default.is_none_or(|default| rule.parse(default).is_ok()), "{key}");
    }
}

/// The defaults of SPEC.md, section 5.
#[test]
fn the_defaults_are_those_of_the_contract() {
    let built_in = Layers::default().merged().unwrap();
    for off in [
        &settings::DISABLE_AUTOINIT,
        &settings::DISABLE_AUTOPRUNE,
        &settings::DISABLE_AUTOEXPIRE,
        &settings::ALLOW_UNRELATED_PATH,
        &settings::ALLOW_CHANGE,
        &settings::ALLOW_CHANGE_PROJECT,
        &settings::ALLOW_CHANGE_TASK,
        &settings::SKIP_OCCUPANCY_CHECK,
        &settings::SKIP_IP4,
        &settings::SKIP_IP6,
        &settings::SKIP_TCP,
        &settings::SKIP_UDP,
        &settings::CHECK_ALL_INTERFACES,
    ] {
        assert!(!built_in.get(off), "{}", off.declaration.key);
    }
    assert!(built_in.get(&settings::AVOID_BROWSER_BLOCKED_PORTS));
    assert_eq!(built_in.get(&settings::OUTPUT_FORMAT), "table");
    assert_eq!(built_in.get(&settings::MAXIMUM_LOCK_WAIT_SECONDS), 5);
    assert_eq!(built_in.get(&settings::EXPIRE_AFTER_DAYS), 30);
    assert_eq!(built_in.get(&settings::EXCLUDED_PORTS), Exclusions::default());
    assert_eq!(built_in.port_range().to_string(), "5000..7000");
    assert_eq!(built_in.get(&settings::PROJECT), None);
    assert_eq!(built_in.get(&settings::RESERVATIONS), None);
}
