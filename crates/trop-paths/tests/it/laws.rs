//! What holds for every path.

use std::fmt::Debug;

use camino::Utf8Path;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use trop_paths::{AbsPath, Relation};

const CASES: u32 = 4_000;

/// Few and short names, so that paths meet; some are nearly, but not quite, special.
const COMPONENTS: [&str; 9] = [".", "..", "", "a", "b", "ab", "...", "~", "é"];

#[track_caller]
fn for_all<T: Debug>(values: &impl Strategy<Value = T>, law: impl Fn(T) -> TestCaseResult) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    if let Err(failure) = runner.run(values, law) {
        panic!("{failure}");
    }
}

/// Absolute, and as untidy as can be.
fn absolute_text() -> impl Strategy<Value = String> {
    let components = proptest::collection::vec(proptest::sample::select(COMPONENTS.to_vec()), 0..7);
    components.prop_map(|components| format!("/{}", components.join("/")))
}

fn any_path() -> impl Strategy<Value = AbsPath> {
    absolute_text()
        .prop_filter_map("absolute paths can be cleaned", |text| AbsPath::clean(Utf8Path::new(&text)))
}

/// The names that lead from the root to where the text leads.
fn names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for component in text.split('/') {
        match component {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names
}

/// Compares name by name.
fn expected_relation(first: &[&str], second: &[&str]) -> Relation {
    if first == second {
        Relation::Same
    } else if second.starts_with(first) {
        Relation::Contains
    } else if first.starts_with(second) {
        Relation::Inside
    } else {
        Relation::Unrelated
    }
}

#[test]
fn cleaning_leads_to_the_same_place() {
    for_all(&absolute_text(), |text| {
        let cleaned = AbsPath::clean(Utf8Path::new(&text)).expect("the text is absolute");
        prop_assert_eq!(cleaned.as_str(), format!("/{}", names(&text).join("/")));
        Ok(())
    });
}

#[test]
fn cleaning_twice_is_cleaning_once() {
    for_all(&any_path(), |cleaned| {
        prop_assert_eq!(AbsPath::clean(cleaned.as_path()), Some(cleaned.clone()));
        prop_assert_eq!(AbsPath::from_clean(cleaned.as_str()), Ok(cleaned));
        Ok(())
    });
}

#[test]
fn nothing_is_left_to_clean() {
    for_all(&any_path(), |cleaned| {
        let text = cleaned.as_str();
        prop_assert!(text.starts_with('/'));
        prop_assert!(!text.contains("//"));
        prop_assert!(text == "/" || !text.ends_with('/'));
        prop_assert!(text.split('/').all(|name| name != "." && name != ".."));
        Ok(())
    });
}

#[test]
fn relations_are_those_of_the_components() {
    for_all(&(any_path(), any_path()), |(first, second)| {
        prop_assert_eq!(
            first.relation(&second),
            expected_relation(&names(first.as_str()), &names(second.as_str()))
        );
        Ok(())
    });
}

#[test]
fn relations_are_mirrored() {
    for_all(&(any_path(), any_path()), |(first, second)| {
        let mirrored = match second.relation(&first) {
            Relation::Contains => Relation::Inside,
            Relation::Inside => Relation::Contains,
            same @ (Relation::Same | Relation::Unrelated) => same,
        };
        prop_assert_eq!(first.relation(&second), mirrored);
        prop_assert_eq!(first.relation(&second) == Relation::Same, first == second);
        Ok(())
    });
}

#[test]
fn a_path_is_its_ancestor_joined_with_what_is_below() {
    for_all(&(any_path(), any_path()), |(path, ancestor)| {
        if let Some(below) = path.below(&ancestor) {
            prop_assert_eq!(&ancestor.join(below), &path);
        }
        Ok(())
    });
}
