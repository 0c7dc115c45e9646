//! Which run comes next.

use crate::storm::labels::{Labels, Naming};
use crate::storm::listing::Format;
use crate::storm::model::{Key, Model, Standing};
use crate::storm::ports::{PLENTY, Range, SCARCE};
use crate::storm::random::Random;
use crate::storm::request::{Command, List, Place, Release, Reserve, Run, Selection};
use crate::storm::territory::Territory;

const TAGS: [&str; 3] = ["api", "db", "web"];
const PROJECTS: [&str; 2] = ["shop", "blog"];
const TASKS: [&str; 2] = ["main", "fix"];

/// Chooses a run for a worker that knows this much.
pub(crate) fn choose(random: &mut Random, territory: &Territory, model: &Model) -> Run {
    let directory = random.pick(&territory.directories()).clone();
    let place = place(random, territory, model, directory);
    let working_directory = if place.typed.is_none() { place.path.clone() } else { territory.base.clone() };
    let command = match random.below(100) {
        0..=54 => Command::Reserve(reserve(random, territory, model, place)),
        55..=71 => Command::Release(release(random, place)),
        72..=89 => Command::List(list(random, place.path)),
        90..=92 => Command::Init { dry_run: random.chance(30) },
        93..=95 => Command::ShowPath { path: place.path },
        96..=97 => Command::ConfigShow,
        _ => Command::ShowDataDir,
    };
    Run { command, working_directory, is_impatient: random.chance(4) }
}

fn place(random: &mut Random, territory: &Territory, model: &Model, path: String) -> Place {
    let is_there = matches!(model.standing(&path), Standing::There | Standing::Back { .. });
    let is_unmounted = path == territory.unmounted;
    let from_inside = random.chance(50) && is_there;
    let relative = path.strip_prefix(&territory.base).map(|rest| format!(".{rest}"));
    let typed = if random.chance(50) { relative.unwrap_or(path.clone()) } else { path.clone() };
    let allow_unrelated = random.chance(if is_unmounted { 80 } else { 10 });
    Place { path, typed: (!from_inside).then_some(typed), allow_unrelated }
}

fn reserve(random: &mut Random, territory: &Territory, model: &Model, place: Place) -> Reserve {
    let key = Key { path: place.path.clone(), tag: maybe(random, 75, &TAGS) };
    let port = random.chance(25).then(|| {
        let range = *random.pick(&[territory.own, territory.own, SCARCE]);
        some_port(random, range)
    });
    // A bare port does not tell what became of the labels of a reservation that may have been cleaned up.
    let is_unsure = model.rows().get(&key).is_some_and(|row| row.perhaps);
    let json = random.chance(50) || is_unsure;
    Reserve {
        key,
        place,
        range: *random.pick(&[territory.own_range, SCARCE, PLENTY, PLENTY]),
        port,
        strict: random.chance(40) && port.is_some(),
        overwrite: random.chance(25),
        skip_probes: random.chance(50),
        naming: naming(random),
        dry_run: random.chance(8),
        json,
    }
}

fn naming(random: &mut Random) -> Naming {
    let asked = Labels { project: maybe(random, 20, &PROJECTS), task: maybe(random, 20, &TASKS) };
    Naming { asked, may_change: random.chance(30) }
}

fn release(random: &mut Random, place: Place) -> Release {
    let selection = match random.below(5) {
        0..=2 => Selection::All,
        3 => Selection::Tagged((*random.pick(&TAGS)).to_owned()),
        _ => Selection::Untagged,
    };
    Release {
        place,
        selection,
        recursive: random.chance(50),
        dry_run: random.chance(8),
        json: random.chance(50),
    }
}

fn list(random: &mut Random, directory: String) -> List {
    List {
        format: *random.pick(&Format::ALL),
        below: random.chance(40).then_some(directory),
        tag: maybe(random, 20, &TAGS),
    }
}

fn maybe(random: &mut Random, percent: u64, words: &[&str]) -> Option<String> {
    random.chance(percent).then(|| (*random.pick(words)).to_owned())
}

fn some_port(random: &mut Random, range: Range) -> u16 {
    let count = u64::from(range.last - range.first) + 1;
    range.first + u16::try_from(random.below(count)).unwrap_or(0)
}
