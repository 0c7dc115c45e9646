//! Declared dependencies against the tables.

use super::packages::{Dependency, Package, User};
use super::rules::{CRATES, CrateRule, LIBRARIES, Owners, TEST_LIBRARIES, TESTKIT};

/// A sentence for each dependency that no table allows, and for each crate that is in none.
pub(crate) fn objections(packages: &[Package]) -> Vec<String> {
    packages.iter().flat_map(objections_to).collect()
}

fn objections_to(package: &Package) -> Vec<String> {
    let name = &package.name;
    let Some(rule) = find_crate(name) else {
        return vec![format!("{name} is not in the table of crates, xtask/src/tidy/rules.rs")];
    };
    package.dependencies.iter().filter_map(|dependency| objection(rule, dependency)).collect()
}

fn objection(rule: &CrateRule, dependency: &Dependency) -> Option<String> {
    let Dependency { name, user } = dependency;
    let is_allowed = match find_crate(name) {
        Some(used) => may_use_crate(rule, used, *user),
        None => may_use_library(rule, name, *user),
    };
    let who = match user {
        User::Code => rule.name.to_owned(),
        User::Tests => format!("a test of {}", rule.name),
    };
    (!is_allowed).then(|| format!("{who} may not use {name}, says xtask/src/tidy/rules.rs"))
}

fn may_use_crate(rule: &CrateRule, used: &CrateRule, user: User) -> bool {
    match user {
        User::Code => rule.uses.contains(&used.name),
        User::Tests => used.name == TESTKIT || used.floor < rule.floor,
    }
}

fn may_use_library(rule: &CrateRule, library: &str, user: User) -> bool {
    let is_owner = LIBRARIES.iter().any(|known| {
        known.name == library
            && match known.owners {
                Owners::Anybody => true,
                Owners::Only(owners) => owners.contains(&rule.name),
            }
    });
    is_owner || (user == User::Tests && TEST_LIBRARIES.contains(&library))
}

fn find_crate(name: &str) -> Option<&'static CrateRule> {
    CRATES.iter().find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::packages;
    use super::*;

    /// What is said about a workspace with one crate that has one dependency.
    #[track_caller]
    fn check(name: &str, dependency: &str, kind: Option<&str>, expected: Option<&str>) {
        let metadata = json!({ "packages": [{
            "name": name,
            "manifest_path": "/house/crates/it/Cargo.toml",
            "targets": [{ "kind": ["lib"] }],
            "dependencies": [{ "name": dependency, "kind": kind }],
        }] });
        let packages = packages::read(&metadata).unwrap();
        let expected: Vec<String> =
            expected.iter().map(|broken| format!("{broken}, says xtask/src/tidy/rules.rs")).collect();
        assert_eq!(objections(&packages), expected);
    }

    #[test]
    fn code_follows_the_arrows() {
        check("trop-model", "trop-paths", None, None);
        check("trop", "trop-cli", None, None);
        check("trop-paths", "trop-model", None, Some("trop-paths may not use trop-model"));
        check("trop-storage", "trop-ops", None, Some("trop-storage may not use trop-ops"));
        check("trop-allocation", "trop-storage", None, Some("trop-allocation may not use trop-storage"));
        check("trop-cli", "trop-testkit", None, Some("trop-cli may not use trop-testkit"));
        check("trop", "trop-ops", None, Some("trop may not use trop-ops"));
        check("trop-model", "trop-files", Some("build"), Some("trop-model may not use trop-files"));
    }

    #[test]
    fn tests_use_lower_floors_and_the_testkit() {
        check("trop-ops", "trop-files", Some("dev"), None);
        check("trop", "trop-storage", Some("dev"), None);
        check("trop-paths", "trop-testkit", Some("dev"), None);
        check("trop-model", "trop-cli", Some("dev"), Some("a test of trop-model may not use trop-cli"));
        check(
            "trop-occupancy",
            "trop-storage",
            Some("dev"),
            Some("a test of trop-occupancy may not use trop-storage"),
        );
    }

    #[test]
    fn a_library_has_its_owners() {
        check("trop-storage", "rusqlite", None, None);
        check("trop-storage", "rusqlite", Some("dev"), None);
        check("trop-model", "thiserror", None, None);
        check("trop-model", "proptest", Some("dev"), None);
        check("trop-ops", "tempfile", Some("dev"), None);
        check("trop-ops", "rusqlite", None, Some("trop-ops may not use rusqlite"));
        check("trop", "rusqlite", Some("dev"), None);
        check("trop-ops", "refinery", Some("dev"), Some("a test of trop-ops may not use refinery"));
        check("trop-model", "proptest", None, Some("trop-model may not use proptest"));
        check("trop-model", "serde", None, Some("trop-model may not use serde"));
        check("trop-cli", "unheard-of", None, Some("trop-cli may not use unheard-of"));
    }

    #[test]
    fn a_crate_has_a_place() {
        let newcomer = Package {
            name: "newcomer".to_owned(),
            directory: "/".into(),
            has_library: true,
            dependencies: vec![],
        };
        assert_eq!(
            objections(&[newcomer]),
            ["newcomer is not in the table of crates, xtask/src/tidy/rules.rs"]
        );
    }

    #[test]
    fn every_arrow_points_down() {
        for rule in CRATES {
            for used in rule.uses {
                let used = find_crate(used).unwrap();
                assert!(used.floor < rule.floor, "{} -> {}", rule.name, used.name);
            }
        }
    }

    #[test]
    fn every_owner_is_a_crate() {
        for library in LIBRARIES {
            if let Owners::Only(owners) = library.owners {
                assert!(owners.iter().all(|owner| find_crate(owner).is_some()), "{}", library.name);
            }
        }
    }
}
