//! Steps that do harm. What they did is undone, and the file is as it was.

use super::scene::{Scene, all, put, row, rows, runner};
use crate::schema::Schema;
use crate::{StorageError, WhenMissing};

/// Reading and writing end with such an error, whether the step is the last one or not, and nothing has changed.
#[track_caller]
fn check(schema: &'static Schema, is_expected: impl Fn(&StorageError) -> bool) {
    let scene = Scene::with_rows(&rows(5000..5003));
    let before = scene.files();
    let mut store = scene.store(schema);
    for refused in [all(&mut store).map(drop), put(&mut store, &[])].map(Result::unwrap_err) {
        assert!(is_expected(&refused), "{refused:?}");
    }
    assert_eq!(store.take_notices(), []);
    drop(store);
    // Beside it is what SQLite may keep there, with nothing in it, and no copy.
    let mut after = scene.files();
    after.remove("trop.db-shm");
    assert_eq!(after.remove("trop.db-wal").map_or(0, |log| log.len()), 0);
    assert_eq!(after.keys().collect::<Vec<_>>(), ["trop.db", "trop.lock"]);
    assert_eq!(after["trop.db"], before["trop.db"]);
}

/// A program whose second step is this one.
macro_rules! second_step {
    ($sql:expr) => {{
        static SCHEMA: Schema = Schema { latest: 2, steps: || runner(&[("V2__step", $sql)]) };
        &SCHEMA
    }};
}

/// The error of a step from 1001 to 1002 that names this problem.
fn failed(words: &str) -> impl Fn(&StorageError) -> bool {
    move |error| {
        let StorageError::MigrationFailed { from, to, problem, .. } = error else { return false };
        (*from, *to) == (1001, 1002) && problem.contains(words)
    }
}

#[test]
fn rows_that_are_lost_or_doubled() {
    check(
        second_step!("DELETE FROM reservations WHERE port = 5001"),
        failed("3 rows became 2, with 2 keys and 2 ports"),
    );
    check(
        second_step!(
            "INSERT INTO reservations SELECT path || '/b', tag, port + 100, NULL, NULL, 0, 0 FROM reservations"
        ),
        failed("3 rows became 6"),
    );
    check(second_step!("DROP TABLE reservations"), failed("no such table: reservations"));
    const WITHOUT_UNIQUE: &str = "
        CREATE TABLE made_anew (path, tag, port, project, task, created_at, last_used_at);
        INSERT INTO made_anew SELECT * FROM reservations;
        DROP TABLE reservations;
        ALTER TABLE made_anew RENAME TO reservations;";
    check(
        second_step!(&format!("{WITHOUT_UNIQUE} UPDATE reservations SET port = 5000")),
        failed("3 rows became 3, with 3 keys and 1 ports"),
    );
    check(
        second_step!(&format!("{WITHOUT_UNIQUE} UPDATE reservations SET path = '/srv/5000'")),
        failed("3 rows became 3, with 1 keys and 3 ports"),
    );
}

#[test]
fn a_database_that_is_no_longer_whole() {
    check(
        second_step!(
            "PRAGMA ignore_check_constraints = ON;
             UPDATE reservations SET port = 70000 WHERE port = 5001;
             PRAGMA ignore_check_constraints = OFF"
        ),
        failed("CHECK constraint failed"),
    );
}

#[test]
fn rows_that_are_no_reservations() {
    let is_damaged = |error: &StorageError| {
        let StorageError::Damaged { damage, .. } = error else { return false };
        damage.iter().all(|damage| damage.to_string().contains("path \"5001\", tag \"\", port 5001"))
    };
    check(second_step!("UPDATE reservations SET path = '5001' WHERE port = 5001"), is_damaged);
}

#[test]
fn statements_that_fail() {
    check(second_step!("ALTER TABLE nowhere ADD COLUMN note TEXT"), failed("no such table: nowhere"));
    check(second_step!("ALTER RESERVATIONS"), failed("syntax error"));
    check(second_step!("UPDATE reservations SET port = 5000"), failed("UNIQUE constraint failed"));
    check(second_step!("UPDATE reservations SET port = 'many'"), failed("cannot store TEXT value"));
    // What comes before the one that fails is undone, too.
    check(
        second_step!("DELETE FROM reservations; DROP TABLE metadata; SELECT nowhere"),
        failed("no such column: nowhere (SQLite code 1)"),
    );
}

#[test]
fn a_later_step_undoes_the_earlier_one() {
    static SCHEMA: Schema = Schema {
        latest: 3,
        steps: || runner(&[super::scene::SECOND, ("V3__step", "DELETE FROM reservations")]),
    };
    check(&SCHEMA, |error| matches!(error, StorageError::MigrationFailed { from: 1002, to: 1003, .. }));
}

/// The rows that such a step cannot keep are those that starting over drops.
#[test]
fn starting_over_does_not_need_the_step() {
    #[track_caller]
    fn check(schema: &'static Schema) {
        let scene = Scene::with_rows(&rows(5000..5003));
        let mut store = scene.store(schema);
        store.starts_over = true;
        store.require_writable(WhenMissing::Create).unwrap();
        assert_eq!(all(&mut store).unwrap(), []);
        put(&mut store, &[]).unwrap();
        put(&mut store, &[row("/srv/new", 6000)]).unwrap();
        assert_eq!(all(&mut store).unwrap(), [row("/srv/new", 6000)]);
        assert!(scene.names().contains(&"trop.db.before-migration-1001".to_owned()));
    }
    check(second_step!("UPDATE reservations SET port = 5000"));
    check(second_step!("CREATE TABLE hosts (name TEXT); DELETE FROM reservations WHERE port = 5001"));
    check(second_step!("UPDATE reservations SET path = '5001' WHERE port = 5001"));
}
