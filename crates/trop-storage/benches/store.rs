//! A database that is made, asked, brought up to date and changed in many rows.
//!
//! What is measured begins with opening the store and ends with closing it, as it is in every run of trop.

use std::fmt;
use std::time::Duration;

use divan::{Bencher, black_box};
use tempfile::TempDir;
use trop_model::{Change, Ledger, Port, PortRange, Reservation, ReservationKey, Timestamp};
use trop_paths::AbsPath;
use trop_storage::{Location, StorageError, Store, Verdict, WhenMissing};
use trop_testkit::database::{Journal, Row, Version, write};

fn main() {
    divan::main();
}

const ROWS: u16 = 1_000;

/// What must not go wrong here.
#[track_caller]
fn good<T, E: fmt::Debug>(result: Result<T, E>) -> T {
    result.expect("a benchmark meets no obstacle")
}

/// A data directory that is gone when this is dropped.
struct Data(TempDir);

impl Data {
    /// Without a database.
    fn none() -> Data {
        Data(good(tempfile::tempdir()))
    }

    /// With a thousand rows in it.
    fn of(version: Version) -> Data {
        let data = Data::none();
        let rows: Vec<Row> =
            ports().iter().map(|port| Row::new(path(port).as_str(), None, port.get())).collect();
        write(data.0.path().join("trop.db"), version, &rows, Journal::Checkpointed);
        data
    }

    fn store(&self) -> Store {
        let directory = good(self.0.path().canonicalize());
        let directory = directory.to_str().expect("temporary directories are Unicode");
        Store::new(Location::new(good(AbsPath::from_clean(directory))), Duration::from_secs(5))
    }

    /// Opens it, makes these changes, and closes it.
    fn commit(&self, changes: impl Fn(Vec<Reservation>) -> Vec<Change>) {
        let decide =
            |rows: &trop_storage::Rows<'_>| Ok::<_, StorageError>(Verdict::Commit(changes(rows.all()?), ()));
        good(self.store().write(WhenMissing::Create, decide));
    }
}

const CURRENT: Version = Version::Schema(1);

fn ports() -> PortRange {
    good(PortRange::new(good("5001".parse()), good(Port::try_from(i64::from(5000 + ROWS)))))
}

fn path(port: Port) -> AbsPath {
    good(AbsPath::from_clean(&format!("/srv/tree/checkout-{port}")))
}

fn newcomer() -> Reservation {
    let key = ReservationKey { path: good(AbsPath::from_clean("/srv/new")), tag: None };
    let now = Timestamp::EPOCH;
    Reservation { key, port: Port::MAX, project: None, task: None, created_at: now, last_used_at: now }
}

fn put_newcomer(_: Vec<Reservation>) -> Vec<Change> {
    vec![Change::Put { row: newcomer(), replaces: None }]
}

/// The first reservation where nothing was.
#[divan::bench]
fn create(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(Data::none).bench_refs(|data| data.commit(put_newcomer));
}

#[divan::bench]
fn find_by_key(bencher: Bencher<'_, '_>) {
    let data = Data::of(CURRENT);
    let key = ReservationKey { path: path(ports().last()), tag: None };
    bencher.bench_local(|| good(data.store().read(|rows| rows.by_key(black_box(&key)))).is_some());
}

#[divan::bench]
fn ports_in_range(bencher: Bencher<'_, '_>) {
    let data = Data::of(CURRENT);
    bencher.bench_local(|| good(data.store().read(|rows| rows.ports_in(black_box(ports())))));
}

/// The first reservation in a database of trop 0.1 with a thousand rows.
#[divan::bench]
fn adopt_1000(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| Data::of(Version::LAYOUT_1)).bench_refs(|data| data.commit(put_newcomer));
}

/// What `trop migrate` stores when a tree moves.
#[divan::bench]
fn move_1000(bencher: Bencher<'_, '_>) {
    let elsewhere = good(AbsPath::from_clean("/srv/elsewhere"));
    let moved = |from: Reservation| {
        let key = ReservationKey { path: elsewhere.join(from.key.path.as_str()[1..].into()), tag: None };
        Change::Move { from: from.key.clone(), row: Reservation { key, ..from } }
    };
    let move_all = |rows: Vec<Reservation>| rows.into_iter().map(moved).collect();
    bencher.with_inputs(|| Data::of(CURRENT)).bench_refs(|data| data.commit(move_all));
}
