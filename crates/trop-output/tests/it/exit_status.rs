//! The contract of exit codes.

use trop_output::ExitStatus;

#[test]
fn codes_and_words_are_as_documented() {
    let table = ExitStatus::ALL.map(|status| (status.code(), status.kind()));
    assert_eq!(
        table,
        [
            (0, "done"),
            (1, "no"),
            (2, "lock-timeout"),
            (3, "no-data-directory"),
            (4, "usage"),
            (5, "system"),
            (6, "database"),
            (7, "configuration"),
            (8, "no-port"),
            (126, "command-not-started"),
            (127, "command-not-found"),
        ]
    );
}
