//! How it all begins, which happens only once in a home: so there are many homes for it.
//!
//! A few processes start together where there is no database yet, or one of an older program, and some are killed. Every one of
//! them may be the one that makes the database, brings it up to date or empties it. What they told must fit together by the same
//! rule as everything that is shared (`shared::history`); the rows of the older program are what was there at first.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::storm::Checked;
use crate::storm::counts::Counts;
use crate::storm::fate::choose_fate;
use crate::storm::judge::require_calm;
use crate::storm::listing::{Listed, from_json, row_of_json};
use crate::storm::model::Key;
use crate::storm::ports::SHARED;
use crate::storm::process::{Aim, Ended, Fate, Outputs, watch};
use crate::storm::quiet::run_quietly;
use crate::storm::random::Random;
use crate::storm::rest::{DATA_FILES, require_no_others};
use crate::storm::scene::Scene;
use crate::storm::shared::history::{Chance, Deed, Span, judge};
use crate::storm::shared::realm::SETTLING_TAG;
use crate::storm::trop::Trop;
use crate::workspace::root;

/// How many processes start together.
const TOGETHER: u64 = 6;

/// What one of them is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum First {
    Reserve,
    Init,
    InitWithConfig,
    InitOverwrite,
}

impl First {
    fn name(self) -> &'static str {
        match self {
            First::Reserve => "reserve at first",
            First::Init => "init at first",
            First::InitWithConfig => "init --with-config",
            First::InitOverwrite => "init --overwrite",
        }
    }

    fn arguments(self) -> Vec<String> {
        let [min, max] = [SHARED.first, SHARED.last].map(|port| port.to_string());
        let words: &[&str] = match self {
            First::Reserve => &["reserve", "--format", "json", "--min", &min, "--max", &max],
            First::Init => &["init"],
            First::InitWithConfig => &["init", "--with-config"],
            First::InitOverwrite => &["init", "--overwrite"],
        };
        words.iter().chain(&["--busy-timeout", "50"]).map(|word| (*word).to_owned()).collect()
    }
}

/// A home that something begins in.
struct Beginning<'s> {
    scene: &'s Scene,
    trop: Trop,
    /// The keys there can be.
    keys: Vec<Key>,
}

/// Lets one begin, and judges it.
pub(crate) fn begin(scene: &Scene, random: &mut Random, counts: &mut Counts) -> Checked {
    let home = scene.ground.root().join("another-home");
    let data_directory = home.join(".trop");
    let failed = |error: std::io::Error| format!("cannot prepare {}: {error}", home.display());
    fs::create_dir(&home).map_err(failed)?;
    let older = *random.pick(&[None, Some("layout-1"), Some("layout-2")]);
    if let Some(layout) = older {
        let sample = root().join("crates/trop-storage/tests/fixtures").join(layout).join("trop.db");
        fs::create_dir(&data_directory).map_err(failed)?;
        fs::copy(sample, data_directory.join("trop.db")).map_err(failed)?;
    }
    let trop = scene.trop.in_home(home.clone());
    let mut beginning = Beginning { scene, trop, keys: Vec::new() };

    let stored = beginning.list()?;
    let own = (0..TOGETHER).map(|number| Key { path: beginning.directory(number), tag: None });
    beginning.keys = stored.iter().map(|row| row.key.clone()).chain(own).collect();
    let mut deeds = vec![beginning.look("what was there", &stored)];
    deeds[0].left = deeds[0].found.drain(..).map(|(key, found)| (key, found[0])).collect();
    deeds.extend(beginning.together(random, counts)?);

    let edit = ["exclude", "--global", "1", "--quiet"];
    run_quietly(&scene.ground, &beginning.trop, scene.ground.root(), &edit)?;
    let settle = ["reserve", "--tag", SETTLING_TAG, "--quiet"];
    run_quietly(&scene.ground, &beginning.trop, scene.ground.root(), &settle)?;
    let validate = ["assert-data-dir", "--validate"];
    run_quietly(&scene.ground, &beginning.trop, scene.ground.root(), &validate)?;
    let mut stored = beginning.list()?;
    stored.retain(|row| row.key.tag.as_deref() != Some(SETTLING_TAG));
    deeds.push(beginning.look("what is there at the end", &stored));
    if let Some(complaint) = judge(&deeds).first() {
        return Err(complaint.clone());
    }
    beginning.require_no_strays(&data_directory)?;
    fs::remove_dir_all(&home).map_err(failed)
}

impl Beginning<'_> {
    /// A directory that there is for one of those that start.
    fn directory(&self, number: u64) -> String {
        self.scene.ground.of_worker(u16::try_from(number).unwrap_or(0))
    }

    fn list(&self) -> Checked<Vec<Listed>> {
        let arguments = ["list", "--format", "json", "--quiet"];
        let ended = run_quietly(&self.scene.ground, &self.trop, self.scene.ground.root(), &arguments)?;
        from_json(&ended.stdout).ok_or_else(|| format!("a list that cannot be read: {}", ended.stdout))
    }

    /// What everybody finds now.
    fn look(&self, what: &str, stored: &[Listed]) -> Deed {
        let now = self.scene.now();
        let mut deed = Deed::new(what.to_owned(), Span { from: now, to: now });
        for key in &self.keys {
            let row = stored.iter().find(|row| row.key == *key);
            deed.found(key, row.map(|row| row.assigned.port));
        }
        deed
    }

    fn together(&self, random: &mut Random, counts: &mut Counts) -> Checked<Vec<Deed>> {
        const USUAL: Duration = Duration::from_millis(6);
        let plans: Vec<_> = (0..TOGETHER)
            .map(|number| {
                let fate = choose_fate(random, counts, USUAL, Some(Aim::Transaction));
                let others = [First::Init, First::InitWithConfig, First::InitOverwrite];
                let first = if random.chance(60) { First::Reserve } else { *random.pick(&others) };
                (number, first, fate)
            })
            .collect();
        let ended: Vec<Checked<(First, (Deed, Ended))>> = thread::scope(|scope| {
            let runs: Vec<_> = plans
                .into_iter()
                .map(|(number, first, fate)| scope.spawn(move || Ok((first, self.run(number, first, fate)?))))
                .collect();
            let joined = runs.into_iter().map(thread::ScopedJoinHandle::join);
            joined.map(|run| run.unwrap_or_else(|_| Err("it panicked".to_owned()))).collect()
        });
        let mut deeds = Vec::new();
        for run in ended {
            let (first, (deed, ended)) = run?;
            counts.ended(first.name(), &ended);
            counts.acknowledged += u64::from(!deed.is_open);
            deeds.push(deed);
        }
        Ok(deeds)
    }

    /// Runs one of them, and hears what it tells.
    fn run(&self, number: u64, first: First, fate: Fate) -> Checked<(Deed, Ended)> {
        let (arguments, directory) = (first.arguments(), self.directory(number));
        let mut command = self.trop.command(&arguments, Path::new(&directory));
        let outputs = Outputs::new(&self.scene.ground.outputs(), &format!("first-{number}"));
        let from = self.scene.now();
        let ended = watch(&mut command, &outputs, fate)?;
        let span = Span { from, to: self.scene.now() };
        require_calm(&ended)?;
        let by = format!("cd {directory} && trop {}", arguments.join(" "));
        Ok((self.testimony(first, &ended, Deed::new(by, span), number)?, ended))
    }

    fn testimony(&self, first: First, ended: &Ended, mut deed: Deed, number: u64) -> Checked<Deed> {
        if ended.code.is_some_and(|code| code != 0) {
            return Err(format!("{} ended with {ended:?}", deed.by));
        }
        let key = Key { path: self.directory(number), tag: None };
        match first {
            First::Reserve if ended.stdout.ends_with('\n') => {
                let row = serde_json::from_str(&ended.stdout).ok().and_then(|answer| row_of_json(&answer));
                let row = row.filter(|row| row.key == key).ok_or("an answer that cannot be read")?;
                deed.found(&key, None);
                deed.left(&key, Some(row.assigned.port));
                deed.has_written = true;
            }
            First::Reserve => {
                deed.is_open = true;
                deed.may_have_left(&key, Chance::AnyPort);
            }
            First::InitOverwrite if ended.code == Some(0) => {
                self.keys.iter().for_each(|key| deed.left(key, None));
                deed.has_written = true;
            }
            First::InitOverwrite => {
                deed.is_open = true;
                self.keys.iter().for_each(|key| deed.may_have_left(key, Chance::Nothing));
            }
            First::Init | First::InitWithConfig => deed.is_open = ended.code.is_none(),
        }
        Ok(deed)
    }

    /// What is kept of an older database is no stray.
    fn require_no_strays(&self, data_directory: &Path) -> Checked {
        let failed = |error: std::io::Error| format!("cannot look at {}: {error}", data_directory.display());
        let mut expected: Vec<String> = DATA_FILES.map(str::to_owned).into();
        for entry in fs::read_dir(data_directory).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().display().to_string();
            let number = name.strip_prefix("trop.db.before-migration-").map(|rest| rest.replace('.', ""));
            let is_copy = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
            expected.extend(is_copy.then_some(name));
        }
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        require_no_others(data_directory, &expected)
    }
}
