//! Plans carried out on a real store.

use std::time::Duration;

use trop_ops::{Facts, LookedAt, Needs, OpsError, Plan, Step, execute, list, plan_reserve, preview};
use trop_paths::Presence;
use trop_storage::{Location, Store, WhenMissing};

use crate::samples::{NOW, path, policy, request, time};

fn store_in(directory: &tempfile::TempDir) -> Store {
    let root = directory.path().canonicalize().unwrap();
    Store::new(Location::new(path(root.join("data").to_str().unwrap())), Duration::from_secs(5))
}

fn gone(needs: Needs, facts: &mut Facts) {
    let Needs::Directories(rows) = needs;
    facts.directories =
        Some(rows.into_iter().map(|row| LookedAt { row, presence: Presence::Gone }).collect());
}

#[track_caller]
fn reserved(store: &mut Store, directory: &str) -> u16 {
    let free = &mut |_| Ok(trop_allocation::Probe::Free);
    let (request, policy) = (request(directory), policy(5000, 5001));
    let facts = Facts::at(time(NOW));
    let planner =
        |rows: &trop_storage::Rows<'_>, facts: &Facts| plan_reserve(rows, facts, &request, &policy, free);
    execute(store, WhenMissing::Create, facts, gone, planner).unwrap().answer.reservation.port.get()
}

#[test]
fn a_missing_fact_is_gathered_outside_and_the_plan_is_made_again() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = store_in(&directory);
    assert_eq!(reserved(&mut store, "/srv/a"), 5000);
    assert_eq!(reserved(&mut store, "/srv/b"), 5001);
    assert_eq!(reserved(&mut store, "/srv/c"), 5000);
    let rows = store.read(|rows| list(rows, &trop_ops::Filter::default())).unwrap();
    assert_eq!(rows.len(), 1);
}

#[test]
fn a_preview_plans_the_same_and_writes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = store_in(&directory);
    let free = &mut |_| Ok(trop_allocation::Probe::Free);
    let (request, policy) = (request("/srv/a"), policy(5000, 5001));
    let plan = preview(&mut store, WhenMissing::Create, Facts::at(time(NOW)), gone, |rows, facts| {
        plan_reserve(rows, facts, &request, &policy, free)
    });
    let previewed = plan.unwrap().answer.reservation.port.get();
    assert!(!directory.path().join("data").exists());
    assert_eq!(reserved(&mut store, "/srv/a"), previewed);
}

#[test]
fn a_planner_that_fails_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = store_in(&directory);
    assert_eq!(reserved(&mut store, "/srv/a"), 5000);
    let failing = |_: &trop_storage::Rows<'_>, _: &Facts| -> Result<Step<Plan<()>>, OpsError> {
        Err(OpsError::Probe("no sockets".into()))
    };
    let failed: Result<Plan<()>, OpsError> =
        execute(&mut store, WhenMissing::Create, Facts::at(time(NOW)), gone, failing);
    assert!(matches!(failed, Err(OpsError::Probe(_))));
    assert_eq!(reserved(&mut store, "/srv/a"), 5000);
}
