//! What must hold whenever no process runs, some of which were killed before.
//!
//! A process that is killed while it replaces a file leaves a temporary one beside it. The rule for these: whoever edits a file of the
//! same directory next removes them, even when there is nothing to change. So after one such run nothing may be left.

use std::fs;
use std::path::Path;

use crate::storm::Checked;
use crate::storm::listing::Listed;
use crate::storm::ports::SETTLING;
use crate::storm::quiet::{list, run_quietly};
use crate::storm::scene::Scene;
use crate::storm::shared::answer::listed;
use crate::storm::shared::exclusions::{Exclusions, FROM_THE_START, Target, TropFile};
use crate::storm::shared::history::{Deed, Span, judge};
use crate::storm::shared::realm::{ENVIRONMENT, PROJECTS, Realm, SETTLING_TAG};
use crate::storm::worker::Worker;
use crate::workspace::files_below;

/// What may stand in a data directory.
pub(crate) const DATA_FILES: [&str; 5] =
    ["trop.db", "trop.db-wal", "trop.db-shm", "trop.lock", "config.yaml"];

/// Requires it, and begins a new chapter for what is shared: what is stored now is where that starts.
pub(crate) fn rest(scene: &Scene, workers: &mut [Worker<'_>]) -> Checked {
    settle(scene)?;
    scene.alive.wrote(scene.alive.next());
    let stored = list(&scene.ground, &scene.trop)?;
    let shared = require_known(stored, workers)?;
    require_history(scene, &shared)?;
    require_files(scene)?;
    let validate = ["assert-data-dir", "--validate", "--busy-timeout", "0"];
    run_quietly(&scene.ground, &scene.trop, scene.ground.root(), &validate)?;
    Ok(())
}

/// Commits something, behind which no killed process can still come.
fn settle(scene: &Scene) -> Checked {
    let [min, max] = [SETTLING.first, SETTLING.last].map(|port| port.to_string());
    let words = ["reserve", "--tag", SETTLING_TAG, "--overwrite", "--skip-occupancy-check", "--quiet"];
    let range = ["--min", &min, "--max", &max, "--busy-timeout", "0"];
    let arguments: Vec<&str> = words.into_iter().chain(range).collect();
    run_quietly(&scene.ground, &scene.trop, Path::new(&scene.realm.root), &arguments)?;
    Ok(())
}

/// Requires of every worker's own rows what it knows. What is left is of shared directories.
fn require_known(stored: Vec<Listed>, workers: &mut [Worker<'_>]) -> Checked<Vec<Listed>> {
    let mut left = stored;
    for worker in workers {
        let (own, others): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|row| worker.territory.owns(&row.key));
        worker
            .model
            .judge_by(|model| model.observe(&own, |_| true))
            .map_err(|complaint| format!("worker {}, when all was quiet: {complaint}", worker.number))?;
        left = others;
    }
    Ok(left)
}

fn require_history(scene: &Scene, stored: &[Listed]) -> Checked {
    let now = scene.now();
    let mut end = Deed::new("the list when all was quiet".to_owned(), Span { from: now, to: now });
    listed(&mut end, &scene.realm, stored)?;
    let mut deeds = scene.deeds();
    let mut start = Deed::new(end.by.clone(), end.span);
    start.left = end.found.iter().map(|(key, found)| (key.clone(), found[0])).collect();
    deeds.push(end);
    if let Some(complaint) = judge(&deeds).first() {
        return Err(complaint.clone());
    }
    require_no_excluded_port(&deeds, &scene.realm, &scene.exclusions())?;
    *deeds = vec![start, scene.realm.what_is_gone()];
    Ok(())
}

/// No reservation was made of a port that was excluded before the process started that made it.
fn require_no_excluded_port(deeds: &[Deed], realm: &Realm, exclusions: &Exclusions) -> Checked {
    for project in PROJECTS {
        let directory = realm.at(project);
        for deed in deeds {
            let is_new = |found: &Vec<Option<u16>>| found.as_slice() == [None];
            let made = deed.found.iter().filter(|(key, found)| key.path == directory && is_new(found));
            for (key, _) in made {
                let mut ports =
                    deed.left.iter().filter(|(left, _)| left == key).filter_map(|(_, port)| *port);
                if let Some(port) = ports.find(|port| exclusions.forbid(project, *port, deed.span.from)) {
                    return Err(format!("{key} got port {port}, which was excluded: {}", deed.by));
                }
            }
        }
    }
    Ok(())
}

/// Requires that the files hold what they should, and that there are no others; then they are as at first again.
fn require_files(scene: &Scene) -> Checked {
    let Scene { ground, trop, realm, .. } = scene;
    let failed = |error: std::io::Error| format!("cannot look at the files: {error}");
    for target in Target::ALL {
        let file = scene.file_of(target);
        if target != Target::Global || file.exists() {
            exclude_again(scene, target, &realm.at(target.edited_from()), &file)?;
            scene.require_exclusions(target)?;
            let arguments = ["validate", "--quiet", &file.display().to_string()];
            run_quietly(ground, trop, ground.root(), &arguments)?;
        }
        fs::write(&file, target.text()).map_err(failed)?;
    }
    *scene.exclusions() = Exclusions::default();
    // The one directory that only ports were written in.
    let file = realm.tropfile(TropFile::Whole);
    run_quietly(ground, trop, ground.root(), &["compact-exclusions", "--quiet", &file])?;
    realm.require_environments()?;
    require_no_others(ground.data_directory().as_path(), &DATA_FILES)?;
    let names: Vec<String> = TropFile::ALL.iter().map(|file| file.name().to_owned()).collect();
    let expected: Vec<&str> = names.iter().map(String::as_str).chain(ENVIRONMENT).collect();
    require_no_others(Path::new(&realm.root), &expected)
}

/// An edit that has nothing to change, but leftovers to remove.
fn exclude_again(scene: &Scene, target: Target, directory: &str, file: &Path) -> Checked {
    let read = || fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()));
    let before = read()?;
    let port = FROM_THE_START[0].to_string();
    let mut arguments = vec!["exclude", &port, "--quiet", "--force", "--busy-timeout", "0"];
    arguments.extend((target == Target::Global).then_some("--global"));
    run_quietly(&scene.ground, &scene.trop, Path::new(directory), &arguments)?;
    if read()? == before { Ok(()) } else { Err(format!("{} changed for nothing", file.display())) }
}

/// Complains of a file below the directory that is not among these.
pub(crate) fn require_no_others(directory: &Path, expected: &[&str]) -> Checked {
    let files = files_below(directory).map_err(|error| error.to_string())?;
    let is_stray = |file: &&std::path::PathBuf| {
        let name = file.strip_prefix(directory).unwrap_or(file);
        !expected.iter().any(|expected| name == Path::new(expected))
    };
    match files.iter().find(is_stray) {
        Some(stray) => Err(format!("{} was left behind", stray.display())),
        None => Ok(()),
    }
}
