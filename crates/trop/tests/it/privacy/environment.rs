//! What is in the environment stays there.

use std::fs;

use crate::commands::{OWN_CODES, commands};
use crate::groups::Project;
use crate::tree::tree;

/// What nobody else is to see.
const SECRET: &str = "hunter2-9f8a7b6c";

#[test]
fn no_file_and_no_message_holds_a_value_that_is_not_trops() {
    for command in commands() {
        let project = Project::new("web: {}, api: {offset: 1}");
        project.stage.reserve(&project.directory, 50..=60, &["--port=20000"]).run().expect(0);
        let (operands, _) = command.operands(project.stage.ports.port(90));
        let words: Vec<String> = [command.words.as_slice(), &["--verbose".to_owned()], &operands].concat();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut trop = project.trop(&words).env("TROP_SKIP_OCCUPANCY_CHECK", "yes");
        for name in [
            "AWS_SECRET_ACCESS_KEY",
            "GITHUB_TOKEN",
            "DATABASE_URL",
            "TROP_TOKEN",
            "TROP_TAGS",
            "LS_COLORS",
            "SHELL",
        ] {
            trop = trop.env(name, format!("https://user:{SECRET}@example.com/"));
        }
        let ran = trop.run().expect_one_of(&OWN_CODES);
        assert!(!ran.stdout.contains(SECRET) && !ran.stderr.contains(SECRET), "{ran:?}");
        for path in tree(project.stage.sandbox.root()).into_keys().filter(|path| path.is_file()) {
            let content = fs::read(&path).unwrap();
            let is_there = content.windows(SECRET.len()).any(|bytes| bytes == SECRET.as_bytes());
            assert!(!is_there, "{path} after {words:?}");
        }
    }
}
