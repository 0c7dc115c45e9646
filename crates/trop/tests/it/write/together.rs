//! Many processes that write into one file at once.

use std::collections::BTreeSet;
use std::fs;

use trop_testkit::run_together;

use super::{MARKERS, block, names_in, require_content, write};
use crate::database::Database;
use crate::exec::{SERVICES, project};
use crate::stage::Stage;

const USER_LINES: &str = "SECRET=abc\n# a comment\n\nOTHER='x y'\n";

#[test]
fn twenty_of_one_project_leave_one_block() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    for content in [None, Some(USER_LINES)] {
        let _ = fs::remove_file(directory.join(".env"));
        if let Some(content) = content {
            fs::write(directory.join(".env"), content).unwrap();
        }
        for ran in run_together((0..20).map(|_| write(&stage, &directory, ".env", &[]))) {
            let ran = ran.expect(0);
            assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
        }
        let expected = format!("{}{}", content.unwrap_or_default(), block(&stage, 0));
        require_content(directory.join(".env"), &expected);
        assert_eq!(names_in(&directory), [".env", "trop.yaml"]);
    }
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), 3);
}

#[test]
fn twenty_projects_leave_the_block_of_one_of_them_and_every_other_line() {
    let stage = Stage::new();
    let shared = stage.directory("shared");
    fs::write(shared.join(".env"), USER_LINES).unwrap();
    let one = "    web: { env: WEB_PORT }\n";
    let projects: Vec<_> = (0..20).map(|number| project(&stage, &format!("{number}"), one)).collect();
    let runs = projects.iter().map(|directory| write(&stage, directory, "../shared/.env", &[]));
    for ran in run_together(runs) {
        let ran = ran.expect(0);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    }
    let [begin, end] = MARKERS;
    let written = fs::read_to_string(shared.join(".env")).unwrap();
    let block = written.strip_prefix(USER_LINES).unwrap();
    let port =
        block.strip_prefix(&format!("{begin}\nWEB_PORT=")).unwrap().strip_suffix(&format!("\n{end}\n"));
    let stored = Database::of(stage.data_directory()).valid_rows();
    let stored: BTreeSet<String> = stored.iter().map(|row| row.port.to_string()).collect();
    assert_eq!((stored.len(), stored.contains(port.unwrap())), (20, true), "{written}");
    assert_eq!(names_in(&shared), [".env"]);
}

#[test]
fn files_of_one_directory_are_not_in_each_others_way() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let names: Vec<String> = (10..30).map(|number| format!("{number}.env")).collect();
    for ran in run_together(names.iter().map(|name| write(&stage, &directory, name, &[]))) {
        let _ = ran.expect(0);
    }
    for name in &names {
        require_content(directory.join(name), &block(&stage, 0));
    }
    assert_eq!(names_in(&directory).len(), 20 + 1);
}

#[test]
fn who_has_waited_long_enough_for_the_others_gives_up_and_keeps_the_ports() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let of_somebody_else = fs::File::open(&directory).unwrap();
    of_somebody_else.lock().unwrap();
    let run = |more| write(&stage, &directory, ".env", more).env("TROP_BUSY_TIMEOUT", "0").run();
    let gave_up = run(&[]).expect(2);
    assert_eq!(gave_up.stdout, "");
    assert!(gave_up.stderr.contains(directory.as_str()), "{}", gave_up.stderr);
    // A dry run takes no lock.
    run(&["--dry-run"]).expect(0);
    assert_eq!(names_in(&directory), ["trop.yaml"]);
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), 3);
    of_somebody_else.unlock().unwrap();
    run(&[]).expect(0);
    require_content(directory.join(".env"), &block(&stage, 0));
}
