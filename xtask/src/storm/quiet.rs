//! Runs of trop when nothing else runs: they succeed, and say nothing but their answer.

use std::path::Path;

use crate::storm::Checked;
use crate::storm::ground::Ground;
use crate::storm::listing::{Format, Listed, parse};
use crate::storm::process::{Ended, Fate, Outputs, watch};
use crate::storm::trop::Trop;

/// Everything that is stored. It does not wait for a lock that somebody left behind.
pub(crate) fn list(ground: &Ground, trop: &Trop) -> Checked<Vec<Listed>> {
    let ended =
        run_quietly(ground, trop, ground.root(), &["list", "--format", "json", "--busy-timeout", "0"])?;
    parse(&ended.stdout, Format::Json)
}

/// Runs it to its end.
pub(crate) fn run_quietly(
    ground: &Ground,
    trop: &Trop,
    working_directory: &Path,
    arguments: &[&str],
) -> Checked<Ended> {
    let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
    let mut command = trop.command(&arguments, working_directory);
    let ended = watch(&mut command, &Outputs::new(&ground.outputs(), "quiet"), Fate::Spared)?;
    if ended.code != Some(0) || !ended.stderr.is_empty() {
        return Err(format!("trop {} ended with {ended:?}", arguments.join(" ")));
    }
    Ok(ended)
}
