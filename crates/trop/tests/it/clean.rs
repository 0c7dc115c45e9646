//! What nobody needs any more is removed, and nothing else is.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::{Invocation, Varying, scrub};

use crate::database::Database;
use crate::stage::Stage;

mod answers;
mod certain;
mod dry;
mod hanging;
mod kept;
mod killed;
mod progress;
mod together;

const DAY: i64 = 86_400;

/// A home, and directories beside it that have ports.
struct Scene {
    stage: Stage,
    database: Database,
}

impl Scene {
    /// Each of these directories gets a port, the first one the first. A tag stands behind a blank.
    fn new(places: &[&str]) -> Scene {
        Scene::on(Stage::new(), places)
    }

    fn on(stage: Stage, places: &[&str]) -> Scene {
        let database = Database::of(stage.data_directory());
        let scene = Scene { stage, database };
        for place in places {
            let (name, tag) = place.split_once(' ').unwrap_or((place, ""));
            let reserve = scene.stage.reserve(scene.stage.directory(name), 0..=99, &[]);
            reserve.env("TROP_TAG", tag).run().expect(0);
        }
        scene
    }

    /// A path beside the home.
    fn at(&self, name: &str) -> Utf8PathBuf {
        self.stage.sandbox.root().join(name)
    }

    /// Removes these directories with everything in them.
    fn remove(&self, names: &[&str]) {
        for name in names {
            fs::remove_dir_all(self.at(name)).unwrap();
        }
    }

    /// Lets these directories have been used for the last time so many days, and an hour, ago.
    fn leave_unused(&self, names: &[&str], days: i64) {
        for name in names {
            self.database.age(self.at(name), days * DAY + 3600);
        }
    }

    /// As many reservations of directories in this one as nobody would make one by one, on ports from 10,001 on.
    fn store_many(&self, parent: impl AsRef<Utf8Path>, count: u16) {
        let parent = parent.as_ref();
        self.database.tamper(&format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
             INSERT INTO reservations (path, tag, port, created_at, last_used_at)
             SELECT '{parent}/' || n, '', 10000 + n, 1, unixepoch() FROM numbers"
        ));
    }

    /// trop in a directory that has nothing reserved.
    fn trop(&self, arguments: &[&str]) -> Invocation {
        self.stage.trop(self.stage.directory("site"), arguments)
    }

    /// A text as it would be on any machine.
    fn shown(&self, text: &str) -> String {
        let text = scrub(text, &[Varying::Sandbox(&self.stage.sandbox), Varying::Ports(&self.stage.ports)]);
        text.replace("/the-sandbox-directory-of-a-test", "")
    }

    /// The directories that still have ports, sorted, each as often as it has some.
    fn left(&self) -> Vec<String> {
        self.database.valid_rows().iter().map(|row| self.shown(&row.path)).collect()
    }
}
