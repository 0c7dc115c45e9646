//! What must hold when all is quiet again.

use std::fs;
use std::path::Path;

use crate::storm::Checked;
use crate::storm::ground::Ground;
use crate::storm::listing::{Format, Listed, parse};
use crate::storm::model::Model;
use crate::storm::process::{Ended, Fate, Outputs, watch};
use crate::storm::territory::Territory;
use crate::storm::trop::Trop;
use crate::storm::worker::Scene;

/// Requires that what is stored is what the workers know, in the data directory and in a copy of it, and that no lock is left.
pub(crate) fn require_quiet(scene: &Scene, models: Vec<Model>) -> Checked {
    let Scene { ground, trop, .. } = scene;
    let stored = list(ground, trop)?;
    require_known(&stored, ground, models)?;

    let other_home = ground.root().join("copied-home");
    copy_files(&ground.data_directory(), &other_home.join(".trop"))
        .map_err(|error| format!("cannot copy the data directory: {error}"))?;
    if list(ground, &trop.in_home(other_home))? != stored {
        return Err("a copy of the data directory lists something else".to_owned());
    }

    // It would not wait for a lock that somebody left behind.
    let reserved = run_quietly(ground, trop, &["reserve", "--busy-timeout", "0"])?;
    match reserved.stdout.trim_end().parse::<u16>() {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("a plain reserve printed {:?}", reserved.stdout)),
    }
}

fn require_known(stored: &[Listed], ground: &Ground, models: Vec<Model>) -> Checked {
    let mut left: Vec<Listed> = stored.to_vec();
    for (number, mut model) in (0..).zip(models) {
        let territory = Territory::new(ground, number);
        let (own, others) = left.into_iter().partition(|row| territory.owns(&row.key));
        let own: Vec<Listed> = own;
        model
            .judge_by(|model| model.observe(&own, |_| true))
            .map_err(|complaint| format!("worker {number}, at the end: {complaint}"))?;
        left = others;
    }
    match left.first() {
        Some(stray) => Err(format!("{} is stored, and nobody reserved it", stray.key)),
        None => Ok(()),
    }
}

fn list(ground: &Ground, trop: &Trop) -> Checked<Vec<Listed>> {
    let ended = run_quietly(ground, trop, &["list", "--format", "json", "--busy-timeout", "0"])?;
    parse(&ended.stdout, Format::Json)
}

/// Runs it to its end. It succeeds and says nothing but its answer.
fn run_quietly(ground: &Ground, trop: &Trop, arguments: &[&str]) -> Checked<Ended> {
    let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
    let mut command = trop.command(&arguments, ground.root());
    let ended = watch(&mut command, &Outputs::new(&ground.outputs(), "finale"), Fate::Spared)?;
    if ended.code != Some(0) || !ended.stderr.is_empty() {
        return Err(format!("trop {} ended with {ended:?}", arguments.join(" ")));
    }
    Ok(ended)
}

fn copy_files(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
