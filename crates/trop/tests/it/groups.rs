//! The services of a project, reserved together.

mod anew;
mod dry;
mod growth;
mod labels;
mod preferred;
mod read_only;
mod refused;
mod routes;
mod scarce;
mod sources;
mod together;

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::{Invocation, Ran, Varying, scrub};

use crate::database::Database;
use crate::stage::Stage;

/// A project on a machine of its own. In every text for it, `<p07>` stands for the port seven after the first of its block, and in
/// every text from it too.
pub(crate) struct Project {
    pub(crate) stage: Stage,
    pub(crate) directory: Utf8PathBuf,
}

impl Project {
    /// One with these services, as they stand between the braces of `services`, and the whole block for its range.
    pub(crate) fn new(services: &str) -> Project {
        Project::on(Stage::new(), services)
    }

    fn on(stage: Stage, services: &str) -> Project {
        let directory = stage.directory("project");
        let project = Project { stage, directory };
        project.list(services);
        project
    }

    /// Lets the `trop.yaml` list these services and no others.
    pub(crate) fn list(&self, services: &str) {
        let range = "ports: {min: <p00>, max: <p99>}";
        self.write("trop.yaml", &format!("{range}\nreservations: {{services: {{{services}}}}}\n"));
    }

    /// Writes a file, whose name is seen from the project.
    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.directory.join(file), self.with_ports(text)).unwrap();
    }

    pub(crate) fn with_ports(&self, text: &str) -> String {
        (0..100).fold(text.to_owned(), |text, offset| {
            text.replace(&format!("<p{offset:02}>"), &self.stage.ports.port(offset).to_string())
        })
    }

    pub(crate) fn shown(&self, text: &str) -> String {
        scrub(text, &[Varying::Sandbox(&self.stage.sandbox), Varying::Ports(&self.stage.ports)])
    }

    /// trop in the directory of the project.
    pub(crate) fn trop(&self, arguments: &[&str]) -> Invocation {
        self.trop_in(&self.directory, arguments)
    }

    /// trop in another one.
    fn trop_in(&self, directory: &Utf8Path, arguments: &[&str]) -> Invocation {
        self.stage.trop(directory, arguments.iter().map(|argument| self.with_ports(argument)))
    }

    pub(crate) fn autoreserve(&self, more: &[&str]) -> Invocation {
        self.trop(&[&["autoreserve"], more].concat())
    }

    /// Makes a directory beside the project and reserves that port for it.
    fn reserve_elsewhere(&self, directory: &str, port: &str) {
        let directory = self.stage.directory(directory);
        let ran = self.trop_in(&directory, &["reserve", "--strict-port", "--port", port]).run().expect(0);
        assert_eq!(self.shown(&ran.stdout), format!("{port}\n"));
    }

    /// Runs it, all well and nothing to say, and compares its ports: `WEB=<p00> API=<p01>`.
    #[track_caller]
    fn check(&self, run: Invocation, expected: &str) {
        self.check_warned(run, expected, &[]);
    }

    /// The same with as many lines of warnings, each with these words in it, several divided by `|`.
    #[track_caller]
    fn check_warned(&self, run: Invocation, expected: &str, warnings: &[&str]) {
        let ran = run.run().expect(0);
        assert_eq!(self.ports(&ran), expected);
        let stderr = self.shown(&ran.stderr);
        assert_eq!(stderr.lines().count(), warnings.len(), "{stderr}");
        for (line, words) in stderr.lines().zip(warnings) {
            assert!(line.starts_with("warning: "), "{line}");
            require_words(line, words);
        }
    }

    /// Runs it, which is refused with that code and these words, and without any change to what is stored.
    #[track_caller]
    fn check_refused(&self, run: Invocation, code: i32, words: &str) -> Ran {
        let before = self.stored();
        let ran = run.run().expect(code);
        assert_eq!(ran.stdout, "");
        require_words(&self.shown(&ran.stderr), words);
        assert_eq!(self.stored(), before);
        ran
    }

    /// The exports, in short.
    #[track_caller]
    fn ports(&self, ran: &Ran) -> String {
        let lines = ran.stdout.lines().map(|line| line.strip_prefix("export ").unwrap());
        self.shown(&lines.collect::<Vec<_>>().join(" "))
    }

    fn database(&self) -> Database {
        Database::of(self.stage.data_directory())
    }

    /// Every row, sorted by path, then by tag: `/project web <p00>`.
    #[track_caller]
    pub(crate) fn stored(&self) -> Vec<String> {
        if !self.stage.data_directory().exists() {
            return Vec::new();
        }
        let rows = self.database().valid_rows().into_iter();
        rows.map(|row| {
            let path = row.path.strip_prefix(self.stage.sandbox.root().as_str()).unwrap().to_owned();
            self.shown(&format!("{path} {} {}", row.tag, row.port))
        })
        .collect()
    }
}

/// Requires that all of these words, divided by `|`, are in the text.
#[track_caller]
fn require_words(text: &str, words: &str) {
    for word in words.split('|') {
        assert!(text.contains(word), "no {word:?} in {text}");
    }
}
