//! Which errand comes next.

use crate::storm::model::Key;
use crate::storm::ports::{EXCLUDABLE, EXCLUDED_ONCE, GLOBALLY_EXCLUDABLE, Range, SCARCE, SHARED};
use crate::storm::random::Random;
use crate::storm::scene::Scene;
use crate::storm::shared::errand::{Action, Errand, How};
use crate::storm::shared::exclusions::Target;
use crate::storm::shared::realm::{PASSING, PLAIN, PROJECTS, Realm, TAGS, TREES, WHOLE};

/// Chooses an errand.
pub(crate) fn choose(random: &mut Random, scene: &Scene) -> Errand {
    let realm = &scene.realm;
    let (action, directory) = match random.below(100) {
        0..=26 => single(random, realm),
        27..=36 => (release(random, realm), realm.root.clone()),
        37..=44 => (migrate(random, realm), realm.root.clone()),
        45..=59 => group(random, realm),
        60..=63 => {
            let command = *random.pick(&["prune", "expire", "autoclean"]);
            (Action::CleanUp { command }, realm.root.clone())
        }
        64..=94 => exclude(random, scene),
        _ => (Action::List, realm.root.clone()),
    };
    let dry_run = random.chance(5) && !matches!(action, Action::List | Action::Scan { .. });
    let lock_wait = if random.chance(4) { "0" } else { "50" };
    Errand { action, working_directory: directory, dry_run, lock_wait }
}

fn single(random: &mut Random, realm: &Realm) -> (Action, String) {
    let path = random.pick(&realm.of_single_reservations()).clone();
    let tag = random.chance(80).then(|| (*random.pick(&TAGS)).to_owned());
    let is_passing = PASSING.iter().any(|name| realm.at(name) == path);
    let is_project = PROJECTS.iter().any(|name| realm.at(name) == path);
    let range = (!is_project).then(|| *random.pick(&[SHARED, SHARED, SCARCE]));
    // What comes and goes is no place to start a process in.
    let directory =
        if is_passing || random.chance(30) && !is_project { realm.root.clone() } else { path.clone() };
    let key = Key { path, tag };
    if !is_passing && random.chance(15) && key.tag.is_some() && directory == key.path {
        return (Action::ExecOne { key, range }, directory);
    }
    let port = random.chance(30).then(|| SHARED.any(random));
    let action = Action::Reserve {
        key,
        range,
        port,
        is_strict: port.is_some() && random.chance(30),
        overwrite: random.chance(20),
        skip_probes: random.chance(15),
        project: random.chance(20).then_some("storm"),
    };
    (action, directory)
}

fn release(random: &mut Random, realm: &Realm) -> Action {
    let directories = realm.of_single_reservations();
    let whole = realm.at(WHOLE);
    if random.chance(10) {
        return Action::Release { path: whole, tag: None, recursive: false };
    }
    let tag = random.chance(60).then(|| *random.pick(&TAGS));
    Action::Release { path: random.pick(&directories).clone(), tag, recursive: random.chance(20) }
}

fn migrate(random: &mut Random, realm: &Realm) -> Action {
    let recursive = random.chance(50);
    let mut names = *random.pick(if recursive { &[TREES] } else { &[PLAIN, TREES] });
    if random.chance(50) {
        names.reverse();
    }
    let [from, to] = names.map(|name| realm.at(name));
    Action::Migrate { from, to, recursive, force: random.chance(50) }
}

fn group(random: &mut Random, realm: &Realm) -> (Action, String) {
    let directory = realm.at(random.pick::<&str>(&[PROJECTS[0], PROJECTS[1], WHOLE]));
    let how = *random.pick(&[How::Auto, How::Auto, How::OfFile, How::Exec, How::Written]);
    let working_directory = if how == How::OfFile { realm.root.clone() } else { directory.clone() };
    (Action::Group { how, directory, overwrite: random.chance(20) }, working_directory)
}

fn exclude(random: &mut Random, scene: &Scene) -> (Action, String) {
    let is_possible = |target: &Target| *target != Target::Global || scene.file_of(*target).exists();
    let targets: Vec<Target> = Target::ALL.into_iter().filter(is_possible).collect();
    let target = *random.pick(&targets);
    let action = match random.below(10) {
        0..=6 => {
            let often = if target == Target::Global { GLOBALLY_EXCLUDABLE } else { EXCLUDABLE };
            let range = *random.pick(&[often, EXCLUDED_ONCE]);
            let first = range.any(random);
            let last = range.last.min(first + u16::try_from(random.below(4)).unwrap_or(0));
            Action::Exclude { target, ports: Range { first, last }, force: random.chance(30) }
        }
        7 | 8 => Action::Compact { target, file: scene.file_of(target).display().to_string() },
        _ => Action::Scan { target, compact: random.chance(50) },
    };
    (action, scene.realm.at(target.edited_from()))
}
