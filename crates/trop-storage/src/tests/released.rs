//! The rules that every released step keeps.

use crate::schema::RELEASED;

#[test]
fn steps_are_numbered_without_a_gap() {
    let released = (RELEASED.steps)();
    let mut numbers: Vec<i32> = released.get_migrations().iter().map(|step| step.version()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=RELEASED.latest).collect::<Vec<_>>());
}

/// A step is part of a transaction that others began and will end, and its marks are set by [`crate::schema`].
#[test]
fn no_step_ends_the_transaction_or_sets_a_mark() {
    const FORBIDDEN: [&str; 9] =
        ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "PRAGMA", "VACUUM", "ATTACH", "DETACH"];
    for step in (RELEASED.steps)().get_migrations() {
        let without_comments = step.sql().unwrap().lines().filter_map(|line| line.split("--").next());
        let text = without_comments.collect::<Vec<_>>().join("\n").to_uppercase();
        for statement in text.split(';') {
            let first_word = statement.split_whitespace().next().unwrap_or_default();
            assert!(!FORBIDDEN.contains(&first_word), "{step}: {first_word}");
        }
    }
}

/// Of a table that is not strict nobody knows what is in it.
#[test]
fn every_table_is_strict() {
    let memory = rusqlite::Connection::open_in_memory().unwrap();
    RELEASED.create(&memory).unwrap();
    let loose = "SELECT group_concat(name) FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND NOT strict
         AND name NOT IN ('refinery_schema_history', 'sqlite_schema')";
    assert_eq!(memory.query_row(loose, [], |row| row.get(0)), Ok(None::<String>));
}
