//! A home, a project, labels, services and reservations with every hostile text in them that trop takes.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::Invocation;
use trop_testkit::database::{self, Journal, Row, Value, Version};

use crate::stage::Stage;
use crate::tree::{Tree, restore, tree};

use super::HOSTILE;

/// Everything in it has a hostile name.
pub(super) struct Scene {
    pub(super) stage: Stage,
    home: Utf8PathBuf,
    pub(super) directory: Utf8PathBuf,
    /// What is stored, sorted as it is listed.
    pub(super) stored: Vec<Stored>,
    before: Tree,
}

/// A reservation: path, tag, project, task.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stored {
    pub(super) path: String,
    pub(super) tag: Option<String>,
    pub(super) project: Option<String>,
    pub(super) task: Option<String>,
    pub(super) port: u16,
}

/// Those that can be a tag, a project or a task.
pub(super) fn labels() -> impl Iterator<Item = &'static str> {
    HOSTILE.into_iter().map(str::trim).filter(|text| !text.chars().any(char::is_control))
}

impl Scene {
    pub(super) fn new() -> Scene {
        let stage = Stage::new();
        let home = stage.directory("home").join(HOSTILE[..12].concat());
        fs::create_dir(&home).unwrap();
        let directory = home.join(HOSTILE[12..].concat().trim_end());
        fs::create_dir(&directory).unwrap();
        let mut scene = Scene { stage, home, directory, stored: Vec::new(), before: Tree::new() };
        scene.write_tropfile();
        scene.write_git();
        scene.write_database();
        scene.before = tree(&scene.home);
        scene
    }

    /// Makes everything what it was before the first command.
    pub(super) fn restore(&self) {
        restore(&self.home, &self.before);
    }

    /// trop in the project. It tests no port, so that thousands of runs are in nobody's way.
    pub(super) fn trop(&self, arguments: &[&str]) -> Invocation {
        self.trop_in(&self.directory, arguments)
    }

    pub(super) fn trop_in(&self, directory: &Utf8Path, arguments: &[&str]) -> Invocation {
        let trop = self.stage.trop(directory, arguments).env("HOME", &self.home);
        trop.env("TROP_SKIP_OCCUPANCY_CHECK", "1").env("TROP_ALLOW_UNRELATED_PATH", "1")
    }

    /// The data directory is in the hostile home.
    pub(super) fn data_directory(&self) -> Utf8PathBuf {
        self.home.join(".trop")
    }

    fn write_tropfile(&self) {
        let services = labels().zip(0..).map(|(tag, offset)| {
            format!("    {}: {{offset: {offset}, env: HOSTILE_{offset}}}\n", quoted(tag))
        });
        let (min, max) = (self.stage.ports.first(), self.stage.ports.port(99));
        let project = quoted(labels().next().unwrap());
        let services: String = services.collect();
        let text = format!(
            "# {}\nproject: {project}\nports: {{min: {min}, max: {max}}}\nreservations:\n  services:\n{services}",
            super::spelled_out(&HOSTILE.concat())
        );
        fs::write(self.directory.join("trop.yaml"), text).unwrap();
    }

    /// A repository of which git itself would say that its branch has no good name.
    fn write_git(&self) {
        let git = self.directory.join(".git");
        for directory in ["objects", "refs"] {
            fs::create_dir_all(git.join(directory)).unwrap();
        }
        fs::write(git.join("HEAD"), format!("ref: refs/heads/{}\n", HOSTILE[13])).unwrap();
    }

    /// One reservation in each hostile directory, of which none is there, and one for each hostile label.
    fn write_database(&mut self) {
        let data_directory = self.data_directory();
        fs::create_dir(&data_directory).unwrap();
        let labels: Vec<&str> = labels().collect();
        let mut port = 20_000..;
        let of_paths = HOSTILE.iter().map(|name| (self.home.join("vanished").join(name), None));
        let of_labels = labels.iter().map(|label| (self.directory.join("sub"), Some((*label).to_owned())));
        let rows: Vec<Stored> = of_paths
            .chain(of_labels)
            .map(|(path, tag)| Stored {
                path: path.into_string(),
                project: tag.clone(),
                task: tag.clone(),
                tag,
                port: port.next().unwrap(),
            })
            .collect();
        let file = data_directory.join("trop.db");
        let written: Vec<Row> = rows.iter().map(row).collect();
        database::write(&file, Version::Schema(LATEST), &written, Journal::Checkpointed);
        self.stored = rows;
        self.stored.sort();
    }
}

/// The schema that the program writes today.
pub(super) const LATEST: i32 = 1;

fn row(stored: &Stored) -> Row {
    let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::Text);
    Row {
        project: text(&stored.project),
        task: text(&stored.task),
        ..Row::new(&stored.path, stored.tag.as_deref(), stored.port)
    }
}

/// A text in YAML, whatever it holds.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
