//! Whatever is written, in whatever order: the store holds what a map would hold.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

use trop_model::{Change, Ledger, PortRange, Reservation, ReservationKey};
use trop_storage::{StorageError, Store, Verdict, WhenMissing};

use crate::scene::{Scene, key, port, put, remove, row, touch};

const CASES: u32 = 40;

type Model = BTreeMap<ReservationKey, Reservation>;

/// What one transaction does.
#[derive(Debug, Clone)]
struct Transaction {
    changes: Vec<Change>,
    is_rolled_back: bool,
}

/// Few keys and few ports, so that they meet.
fn any_row() -> impl Strategy<Value = Reservation> {
    let directories = select(vec!["/", "/srv", "/srv/a", "/srv/a!x", "/srv/ab"]);
    let tags = select(vec!["", "api", "web"]);
    let label = select(vec![None, Some("shop"), Some("ü b")]);
    (directories, tags, 5000..5006_u16, label).prop_map(|(directory, tag, number, label)| Reservation {
        project: label.map(|label| label.parse().unwrap()),
        ..row(directory, tag, number)
    })
}

fn any_change() -> impl Strategy<Value = Change> {
    let from = any_row().prop_map(|row| row.key);
    (any_row(), 0..8, 0..10_000_i64, from).prop_map(|(row, kind, seconds, from)| match kind {
        0 => touch(&row, seconds),
        1 => remove(&row),
        2..=4 => Change::Move { row, from },
        _ => put(&row),
    })
}

fn any_transaction() -> impl Strategy<Value = Transaction> {
    (prop::collection::vec(any_change(), 0..5), prop::bool::weighted(0.2))
        .prop_map(|(changes, is_rolled_back)| Transaction { changes, is_rolled_back })
}

/// The model after all of these changes; none when one of them cannot be.
fn applied(mut model: Model, changes: &[Change]) -> Option<Model> {
    for change in changes {
        if let Change::Move { from, .. } = change {
            model.remove(from)?;
        }
    }
    for change in changes {
        match change {
            Change::Put { row, .. } | Change::Move { row, .. } => {
                if model.values().any(|other| other.port == row.port || other.key == row.key) {
                    return None;
                }
                model.insert(row.key.clone(), row.clone());
            }
            Change::Touch { row, last_used_at } => model.get_mut(&row.key)?.last_used_at = *last_used_at,
            Change::Remove { row, .. } => drop(model.remove(&row.key)?),
        }
    }
    Some(model)
}

fn run(store: &mut Store, transaction: &Transaction) -> Result<(), StorageError> {
    store.write(WhenMissing::Create, |_| match transaction.is_rolled_back {
        true => Ok(Verdict::RollBack(())),
        false => Ok(Verdict::Commit(transaction.changes.clone(), ())),
    })
}

/// Every question about the store is answered as the model would answer it.
fn agrees(store: &mut Store, model: &Model) -> TestCaseResult {
    let all_ports = PortRange::new(port(1), port(u16::MAX)).unwrap();
    let (all, ports) =
        store.read(|rows| Ok::<_, StorageError>((rows.all()?, rows.ports_in(all_ports)?))).unwrap();
    prop_assert_eq!(&all, &model.values().cloned().collect::<Vec<_>>());
    for number in 5000..5006 {
        let holder = model.values().find(|row| row.port == port(number));
        prop_assert_eq!(ports.contains(port(number)), holder.is_some());
        let found = store.read(|rows| rows.by_port(port(number))).unwrap();
        prop_assert_eq!(found.as_ref(), holder);
    }
    let asked = key("/srv/a", "web");
    let found = store.read(|rows| rows.by_key(&asked)).unwrap();
    prop_assert_eq!(found.as_ref(), model.get(&asked));
    Ok(())
}

#[test]
fn a_store_is_a_map_with_unique_ports() {
    let transactions = prop::collection::vec(any_transaction(), 1..8);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let law = |transactions: Vec<Transaction>| {
        let scene = Scene::new();
        let mut store = scene.store();
        let mut model = Model::new();
        for transaction in &transactions {
            let expected = match transaction.is_rolled_back {
                true => Some(model.clone()),
                false => applied(model.clone(), &transaction.changes),
            };
            prop_assert_eq!(run(&mut store, transaction).is_ok(), expected.is_some());
            model = expected.unwrap_or(model);
            agrees(&mut store, &model)?;
        }
        Ok(())
    };
    if let Err(failure) = runner.run(&transactions, law) {
        panic!("{failure}");
    }
}
