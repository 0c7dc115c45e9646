//! A project in which something goes wrong, and what must be true there whatever it is.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::{Invocation, Ran};

use super::commands::{Command, Expected, Keys};
use crate::database::{Database, Row};
use crate::stage::{Stage, port};
use crate::tree::{Tree, restore, tree};

/// A project with a tropfile and three reservations, one of them of a directory that is gone.
pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) project: Utf8PathBuf,
    before: Before,
}

/// What there was before anything went wrong.
struct Before {
    /// The data directory, or the home while there is none.
    place: Utf8PathBuf,
    in_place: Tree,
    project: Tree,
    rows: Vec<Row>,
}

impl Before {
    fn of(stage: &Stage, project: &Utf8Path) -> Before {
        let data_directory = stage.data_directory();
        let place = if data_directory.exists() { data_directory } else { stage.sandbox.home() };
        Before {
            in_place: tree(&place),
            place,
            project: tree(project),
            rows: Database::of(stage.data_directory()).valid_rows_if_any(),
        }
    }
}

impl Scene {
    pub(crate) fn new() -> Scene {
        Scene::on(Stage::new())
    }

    pub(crate) fn of_ordinary_user() -> Scene {
        Scene::on(Stage::of_ordinary_user())
    }

    pub(crate) fn on(stage: Stage) -> Scene {
        let scene = Scene::before_the_first_run(stage);
        let Scene { stage, project, .. } = &scene;
        stage.trop(project, ["reserve"]).run().expect(0);
        stage.trop(project, ["reserve", "--tag=old"]).run().expect(0);
        let gone = stage.directory("gone");
        stage.reserved(&gone, 50..=59);
        fs::remove_dir(&gone).unwrap();
        scene.taken_anew()
    }

    /// The same without any reservation or data directory.
    pub(crate) fn before_the_first_run(stage: Stage) -> Scene {
        let project = stage.directory("project");
        let tropfile = project.join("trop.yaml");
        fs::write(&tropfile, tropfile_of(&stage)).unwrap();
        stage.give_to_user(&tropfile);
        let before = Before::of(&stage, &project);
        Scene { stage, project, before }
    }

    /// The same in the state that it has come into.
    pub(crate) fn taken_anew(self) -> Scene {
        let before = Before::of(&self.stage, &self.project);
        Scene { before, ..self }
    }

    /// Every command, each in the state before the fault, must end as expected.
    #[track_caller]
    pub(crate) fn check<G>(
        &self,
        begin: impl Fn() -> G,
        wrap: impl Fn(Invocation) -> Invocation,
        expected: &Expected,
    ) {
        for (code, command) in expected.of_each() {
            self.restore();
            let fault = begin();
            let ran = wrap(self.run(command)).run();
            drop(fault);
            self.require_well(command, &ran.expect(code));
        }
    }

    /// Every command must end with one of these codes.
    #[track_caller]
    pub(crate) fn check_any(&self, wrap: impl Fn(Invocation) -> Invocation, codes: &[i32]) {
        for (_, command) in Expected::ALL_WELL.of_each() {
            self.restore();
            let ran = wrap(self.run(command)).run().expect_one_of(codes);
            self.require_kept(command, &ran);
        }
    }

    pub(crate) fn restore(&self) {
        restore(&self.before.place, &self.before.in_place);
        restore(&self.project, &self.before.project);
    }

    pub(crate) fn run(&self, command: &Command) -> Invocation {
        self.stage.trop(&self.project, command.arguments).env("TROP_BUSY_TIMEOUT", "0")
    }

    /// What must be true of a command that ended, now that nothing is wrong any more.
    #[track_caller]
    fn require_well(&self, command: &Command, ran: &Ran) {
        self.require_kept(command, ran);
        let _ = self.stage.trop(&self.project, ["assert-data-dir", "--validate"]).run().expect(0);
    }

    /// The same without the program's own look at the database.
    #[track_caller]
    pub(crate) fn require_kept(&self, command: &Command, ran: &Ran) {
        let Command { arguments, effect } = command;
        let rows = Database::of(self.stage.data_directory()).valid_rows_if_any();
        let before = &self.before.rows;
        let keys = |rows: &[Row]| rows.iter().map(key).collect::<Keys>();
        let mut after = keys(before);
        effect(&mut after);
        // A directory that cannot be looked at is not certainly gone.
        let is_kept = ran.stderr.contains("are kept: ") && keys(&rows) == keys(before);
        if ran.code == Some(0) && !is_kept {
            assert_eq!(keys(&rows), after, "{arguments:?}: {ran:?}");
            require_told(arguments, ran, &rows);
        } else if !is_kept {
            // What could only not be told, or not be written into a file of the user's, is done.
            let is_done = (arguments[0] == "autoreserve" || ran.stderr.contains("standard output"))
                && keys(&rows) == after;
            assert!(keys(&rows) == keys(before) || is_done, "{ran:?}: {rows:?}");
            require_one_message(arguments, ran, self.stage.sandbox.root().as_str());
        }
        self.require_whole_files(arguments, ran);
        let unchanged = before.iter().filter(|row| after.contains(&key(row)));
        for row in unchanged {
            let same = |other: &&Row| Row { last_used_at: row.last_used_at, ..(*other).clone() } == *row;
            assert!(rows.iter().any(|other| same(&other)), "{arguments:?}: {row:?} is not in {rows:?}");
        }
    }

    /// Files of the user's are as they were or as they are to be, and nothing in between.
    #[track_caller]
    fn require_whole_files(&self, arguments: &[&str], ran: &Ran) {
        let is_done = ran.code == Some(0);
        let tropfile = fs::read_to_string(self.project.join("trop.yaml")).unwrap();
        let before = tropfile_of(&self.stage);
        let after = if arguments[0] == "exclude" {
            format!("{before}excluded_ports: [5000]\n")
        } else {
            before.clone()
        };
        assert!(tropfile == after || !is_done && tropfile == before, "{ran:?}: {tropfile:?}");
        if let Ok(written) = fs::read_to_string(self.project.join(".env")) {
            let is_whole = written.starts_with("# >>> ") && written.ends_with(" <<<\n");
            assert!(is_whole && written.contains("\nWEB="), "{ran:?}: {written:?}");
        } else {
            assert!(!is_done || arguments[0] != "autoreserve", "{ran:?}");
        }
    }
}

fn tropfile_of(stage: &Stage) -> String {
    let (min, max) = (stage.ports.first(), stage.ports.last());
    format!("ports: {{min: {min}, max: {max}}}\nreservations: {{services: {{web: {{offset: 0}}}}}}\n")
}

fn key(row: &Row) -> String {
    let name = row.path.rsplit('/').next().unwrap_or_default();
    format!("{name} {}", row.tag)
}

/// What it printed is what is stored.
#[track_caller]
fn require_told(arguments: &[&str], ran: &Ran, rows: &[Row]) {
    assert!(!ran.stderr.contains("error: "), "{ran:?}");
    let tag = match arguments {
        ["reserve"] => "",
        ["reserve", "--tag=new"] => "new",
        ["list", ..] => {
            assert!(rows.iter().all(|row| ran.stdout.contains(&row.port.to_string())), "{ran:?}");
            return;
        }
        _ => return,
    };
    let stored = rows.iter().find(|row| row.tag == tag && row.path.ends_with("/project"));
    assert_eq!(Some(port(&ran.stdout)), stored.map(|row| row.port));
}

/// One error, which names what it is about and says what to do, and nothing on stdout.
#[track_caller]
fn require_one_message(arguments: &[&str], ran: &Ran, root: &str) {
    let Ran { stdout, stderr, .. } = ran;
    assert_eq!(stdout, "", "{arguments:?}: {ran:?}");
    let errors = stderr.lines().filter(|line| line.starts_with("error: ")).count();
    let is_told = errors == 1 && stderr.contains("  help: ");
    let is_about = [root, "standard output", "working directory", "ports"];
    let is_about = is_about.iter().any(|word| stderr.contains(word));
    let is_raw = ["os error", "panicked", "mistake in trop"].iter().any(|word| stderr.contains(word));
    assert!(is_told && is_about && !is_raw, "{arguments:?}: {stderr}");
}
