//! What is not found in a store that is out of order is not denied, and labels are asked for before that is looked into.

use trop_model::Ledger;
use trop_ops::{Facts, Needs, OpsError, Step, plan_group, plan_reserve};
use trop_storage::StorageError;

use crate::memory::Memory;
use crate::samples::{
    NOW, group_request, key, path, planned, planned_group, policy, request, row, said_by_git, time,
};

/// The reservation of `/srv/a` is found, and another one may be anywhere.
fn memory() -> Memory {
    Memory {
        is_out_of_order: true,
        ..Memory::of(&[row(5000, "/srv/a", ""), row(5001, "/srv/a", "web"), row(5002, "/srv/a", "api")])
    }
}

#[track_caller]
fn require_refused<T: std::fmt::Debug>(outcome: Result<T, OpsError>) {
    assert!(matches!(outcome, Err(OpsError::Storage(StorageError::Missing(_)))), "{outcome:?}");
}

#[test]
fn questions_deny_nothing() {
    assert!(memory().by_key(&key("/srv/a", "")).unwrap().is_some());
    assert!(memory().by_key(&key("/srv/b", "")).is_err());
    assert_eq!(memory().at(&path("/srv/a")).unwrap().len(), 3);
    assert!(memory().at(&path("/srv/b")).is_err());
}

#[test]
fn what_is_found_is_kept_and_what_is_not_found_is_not_made() {
    let (policy, services) = (policy(5000, 5009), [("web", 0, 0), ("api", 1, 0)]);
    assert!(planned(&memory(), &request("/srv/a"), &policy, &[]).is_ok());
    require_refused(planned(&memory(), &request("/srv/b"), &policy, &[]));
    assert!(planned_group(&memory(), &group_request("/srv/a", &services), &policy, (&[], &[])).is_ok());
    require_refused(planned_group(&memory(), &group_request("/srv/b", &services), &policy, (&[], &[])));
}

#[test]
fn labels_are_asked_for_first() {
    let (policy, services) = (policy(5000, 5009), [("web", 0, 0)]);
    let probe = &mut |port| panic!("port {port} is probed");
    let (one, group) = (request("/srv/b"), group_request("/srv/b", &services));
    let lacking = Facts::at(time(NOW));
    let known = Facts { labels: Some(said_by_git(path("/srv/b"))), ..Facts::at(time(NOW)) };
    let step = plan_reserve(&memory(), &lacking, &one, &policy, probe).unwrap();
    assert!(matches!(step, Step::Needs(Needs::Labels(_))), "{step:?}");
    require_refused(plan_reserve(&memory(), &known, &one, &policy, probe));
    let step = plan_group(&memory(), &lacking, &group, &policy, probe).unwrap();
    assert!(matches!(step, Step::Needs(Needs::Labels(_))), "{step:?}");
    require_refused(plan_group(&memory(), &known, &group, &policy, probe));
}
