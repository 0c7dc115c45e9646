//! Plans carried out on a real store.

use std::time::Duration;

use trop_model::{Ledger, Reservation};
use trop_ops::{
    Facts, Labelling, LookedAt, Naming, Needs, OpsError, Plan, ReserveRequest, Step, execute, list,
    plan_reserve, preview,
};
use trop_paths::Presence;
use trop_storage::{Location, Rows, StorageError, Store, Verdict, WhenMissing};

use crate::samples::{NOW, path, policy, request, said_by_git, time};

fn store_in(directory: &tempfile::TempDir) -> Store {
    let root = directory.path().canonicalize().unwrap();
    Store::new(Location::new(path(root.join("data").to_str().unwrap())), Duration::from_secs(5))
}

fn gone(needs: Needs, facts: &mut Facts) {
    match needs {
        Needs::Directories(rows) => {
            let looked_at = rows.into_iter().map(|row| LookedAt { row, presence: Presence::Gone });
            facts.directories = Some(looked_at.collect());
        }
        Needs::Labels(path) => facts.labels = Some(said_by_git(path)),
    }
}

#[track_caller]
fn reserved(store: &mut Store, directory: &str) -> u16 {
    let free = &mut |_| Ok(trop_allocation::Probe::Free);
    let (request, policy) = (request(directory), policy(5000, 5001));
    let facts = Facts::at(time(NOW));
    let planner = |rows: &Rows<'_>, facts: &Facts| plan_reserve(rows, facts, &request, &policy, free);
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
    let failing = |_: &Rows<'_>, _: &Facts| -> Result<Step<Plan<()>>, OpsError> {
        Err(OpsError::Probe("no sockets".into()))
    };
    let failed: Result<Plan<()>, OpsError> =
        execute(&mut store, WhenMissing::Create, Facts::at(time(NOW)), gone, failing);
    assert!(matches!(failed, Err(OpsError::Probe(_))));
    assert_eq!(reserved(&mut store, "/srv/a"), 5000);
}

/// Reserves for `/srv/a`; `while_gathering` runs whenever a fact is gathered.
fn reserve_while(store: &mut Store, mut while_gathering: impl FnMut()) -> Result<Reservation, OpsError> {
    let free = &mut |_| Ok(trop_allocation::Probe::Free);
    let (request, policy) = (request("/srv/a"), policy(5000, 5001));
    let gather = |needs, facts: &mut Facts| {
        while_gathering();
        gone(needs, facts);
    };
    let plan = execute(store, WhenMissing::Create, Facts::at(time(NOW)), gather, |rows, facts| {
        plan_reserve(rows, facts, &request, &policy, free)
    });
    Ok(plan?.answer.reservation)
}

#[test]
fn before_a_database_is_made_every_fact_is_there() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = store_in(&directory);
    let mut times_asked = 0;
    let made = reserve_while(&mut store, || {
        times_asked += 1;
        assert!(!directory.path().join("data").exists());
    });
    let made = made.unwrap();
    assert_eq!(times_asked, 1);
    assert_eq!(made.project, Some("git-project".parse().unwrap()));
    assert_eq!(store.read(|rows| rows.all()).unwrap(), [made]);
}

#[test]
fn nobody_waits_while_a_fact_is_gathered() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = store_in(&directory);
    assert_eq!(reserved(&mut store, "/srv/b"), 5000);
    let mut times_asked = 0;
    let made = reserve_while(&mut store, || {
        times_asked += 1;
        let mut impatient = Store::new(store_in(&directory).location().clone(), Duration::ZERO);
        let written = impatient.write(WhenMissing::Refuse, |_| Ok(Verdict::Commit(vec![], ())));
        written.map_err(|error: StorageError| error.to_string()).unwrap();
    });
    assert_eq!((made.unwrap().port.get(), times_asked), (5001, 1));
}

#[test]
fn other_labels_are_stored_and_nothing_else_changes() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = store_in(&directory);
    let made = reserve_while(&mut store, || ()).unwrap();
    let relabelling = ReserveRequest {
        labelling: Labelling {
            project: Naming::Named { label: "store".parse().unwrap(), may_change: true },
            task: Naming::Cleared { may_change: true },
        },
        ..request("/srv/a")
    };
    let never = &mut |port| panic!("port {port} is probed");
    let nothing = |needs: Needs, _: &mut Facts| panic!("{needs:?} for a row that is stored");
    let policy = policy(5000, 5001);
    let mut planner =
        |rows: &Rows<'_>, facts: &Facts| plan_reserve(rows, facts, &relabelling, &policy, never);
    let later = || Facts::at(time(NOW + 60));
    let relabelled = Reservation {
        project: Some("store".parse().unwrap()),
        task: None,
        last_used_at: time(NOW + 60),
        ..made.clone()
    };
    let previewed = preview(&mut store, WhenMissing::Create, later(), nothing, &mut planner).unwrap();
    assert_eq!(previewed.answer.reservation, relabelled);
    assert_eq!(store.read(|rows| rows.all()).unwrap(), [made]);
    let executed = execute(&mut store, WhenMissing::Create, later(), nothing, &mut planner).unwrap();
    assert_eq!(executed.changes, previewed.changes);
    assert_eq!(store.read(|rows| rows.all()).unwrap(), [relabelled]);
}
