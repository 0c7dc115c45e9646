//! This process, other processes, and their names.

use std::fs::metadata;
use std::os::unix::fs::MetadataExt;
use std::process::id;

use trop_system::{User, UserId, effective_user, process_user, user_name};

/// The highest number is "no user" to chown(2), so nobody has it.
const NO_USER: UserId = UserId::new(u32::MAX);

#[test]
fn only_number_zero_is_root() {
    assert!(UserId::new(0).is_root());
    assert!(!UserId::new(1).is_root());
    assert!(!NO_USER.is_root());
}

#[test]
fn what_this_process_makes_belongs_to_the_effective_user() {
    let made = tempfile::tempdir().unwrap();
    let owner = UserId::new(metadata(made.path()).unwrap().uid());
    assert_eq!(effective_user(), Some(owner));
}

#[test]
fn this_process_runs_as_the_effective_user() {
    assert_eq!(process_user(id()), effective_user());
}

#[test]
fn no_process_has_no_user() {
    assert_eq!(process_user(0), None);
    assert_eq!(process_user(u32::MAX), None);
}

#[test]
fn root_has_a_name_and_nobody_s_number_has_none() {
    assert_eq!(user_name(UserId::new(0)).as_deref(), Some("root"));
    assert_eq!(user_name(NO_USER), None);
}

#[test]
fn a_user_is_shown_by_name_or_by_number() {
    #[track_caller]
    fn check(name: Option<&str>, expected: &str) {
        let user = User { id: UserId::new(1234), name: name.map(str::to_owned) };
        assert_eq!(user.to_string(), expected);
    }

    check(Some("ana"), "ana");
    check(None, "user 1234");
}
