//! Reservations follow their directory to another place.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use trop_testkit::{Invocation, Ran, Varying, scrub};

use crate::stage::{Stage, port};
use crate::tree::tree_without_logs;

mod dry;
mod moves;
mod refused;
mod routes;
mod together;
mod worktrees;

/// A home in which directories beside it have ports.
struct Scene {
    stage: Stage,
}

impl Scene {
    /// Each of these directories gets a port, the first one the first. A tag stands behind a blank.
    fn new(places: &[&str]) -> Scene {
        let scene = Scene { stage: Stage::new() };
        scene.reserve_each(places);
        scene
    }

    fn reserve_each(&self, places: &[&str]) {
        for place in places {
            let (name, tag) = place.split_once(' ').unwrap_or((place, ""));
            self.reserve(self.at(name), tag);
        }
    }

    /// The port of that directory, which is made where it is missing.
    #[track_caller]
    fn reserve(&self, directory: impl AsRef<Utf8Path>, tag: &str) -> u16 {
        std::fs::create_dir_all(directory.as_ref()).unwrap();
        let tag = (!tag.is_empty()).then(|| format!("--tag={tag}"));
        let more: Vec<&str> = tag.iter().map(String::as_str).collect();
        port(&self.stage.reserve(directory, 0..=99, &more).run().expect(0).stdout)
    }

    /// A path beside the home.
    fn at(&self, name: &str) -> Utf8PathBuf {
        self.stage.sandbox.root().join(name)
    }

    /// Moves a directory and nothing else.
    fn rename(&self, from: &str, to: &str) {
        std::fs::rename(self.at(from), self.at(to)).unwrap();
    }

    /// `trop migrate` from one directory beside the home to another one.
    fn migrate(&self, from: &str, to: &str, more: &[&str]) -> Invocation {
        let (from, to) = (self.at(from), self.at(to));
        let paths = ["migrate", "--from", from.as_str(), "--to", to.as_str()];
        self.stage.trop(self.stage.directory("site"), [&paths, more].concat())
    }

    /// The same, all well and with these words.
    #[track_caller]
    fn migrated(&self, from: &str, to: &str, more: &[&str], said: &str) {
        let ran = self.migrate(from, to, more).run().expect(0);
        assert_eq!((ran.stdout.as_str(), self.shown(&ran.stderr).as_str()), ("", said));
    }

    /// A text as it would be on any machine.
    fn shown(&self, text: &str) -> String {
        let text = scrub(text, &[Varying::Sandbox(&self.stage.sandbox), Varying::Ports(&self.stage.ports)]);
        text.replace("/the-sandbox-directory-of-a-test", "")
    }

    /// Everything that is stored, as JSON.
    fn listed(&self) -> Vec<Value> {
        let list = self.stage.trop(self.stage.directory("site"), ["list", "--format=json"]).run().expect(0);
        serde_json::from_str(&list.stdout).unwrap()
    }

    /// Where every port is, sorted by path and tag: `a web 1` has the second port of the block.
    fn places(&self) -> Vec<String> {
        let place = |row: &Value| {
            let path = row["path"].as_str().unwrap();
            let path = path.strip_prefix(self.stage.sandbox.root().as_str()).unwrap().trim_start_matches('/');
            let tag = row["tag"].as_str().map_or(String::new(), |tag| format!("{tag} "));
            let port = u16::try_from(row["port"].as_u64().unwrap()).unwrap();
            format!("{path} {tag}{}", port - self.stage.ports.first())
        };
        self.listed().iter().map(place).collect()
    }

    /// The command fails with that code, and nothing changes by it, nor by its dry run, which says the same.
    #[track_caller]
    fn check_refused(&self, from: &str, to: &str, more: &[&str], code: i32) -> Ran {
        let before = tree_without_logs(self.stage.sandbox.home());
        let places = self.places();
        let real = self.migrate(from, to, more).run().expect(code);
        let dry = self.migrate(from, to, &[more, &["--dry-run"]].concat()).run().expect(code);
        assert_eq!((real.stdout.as_str(), dry.stdout.as_str()), ("", ""));
        assert_eq!(real.stderr, dry.stderr);
        assert_eq!(self.places(), places);
        assert_eq!(tree_without_logs(self.stage.sandbox.home()), before);
        real
    }
}
