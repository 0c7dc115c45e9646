//! Something else stands in the place of a file that SQLite keeps beside the database: the message names it.

use std::fs;
use std::os::unix::fs::symlink;

use crate::stage::Stage;

#[test]
fn what_stands_in_the_place_of_a_log_or_an_index_is_named() {
    for name in ["trop.db-wal", "trop.db-shm", "trop.db-journal"] {
        for (what, is_directory) in [("it is a directory", true), ("it is a link that leads nowhere", false)]
        {
            let stage = Stage::new();
            stage.reserved(stage.directory("project"), 0..=9);
            let odd = stage.data_directory().join(name);
            let _ = fs::remove_file(&odd);
            if is_directory {
                fs::create_dir(&odd).unwrap();
            } else {
                symlink("/nonexistent/file", &odd).unwrap();
            }
            let ran = stage.reserve(stage.directory("another"), 0..=9, &[]).run();
            // A link does not always matter.
            if is_directory || ran.code != Some(0) {
                let ran = ran.expect(5);
                for words in [odd.as_str(), what] {
                    assert!(ran.stderr.contains(words), "{name}: {}", ran.stderr);
                }
            }
        }
    }
}
