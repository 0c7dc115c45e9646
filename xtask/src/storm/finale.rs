//! What must hold besides when a storm is over.

use std::fs;
use std::path::Path;

use crate::storm::Checked;
use crate::storm::quiet::{list, run_quietly};
use crate::storm::scene::Scene;

/// Requires that a copy of the data directory holds the same, and that no lock is left.
pub(crate) fn require_usable(scene: &Scene) -> Checked {
    let Scene { ground, trop, .. } = scene;
    let stored = list(ground, trop)?;
    let other_home = ground.root().join("copied-home");
    copy_files(&ground.data_directory(), &other_home.join(".trop"))
        .map_err(|error| format!("cannot copy the data directory: {error}"))?;
    if list(ground, &trop.in_home(other_home))? != stored {
        return Err("a copy of the data directory lists something else".to_owned());
    }

    // It would not wait for a lock that somebody left behind.
    let reserved = run_quietly(ground, trop, ground.root(), &["reserve", "--busy-timeout", "0"])?;
    match reserved.stdout.trim_end().parse::<u16>() {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("a plain reserve printed {:?}", reserved.stdout)),
    }
}

fn copy_files(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
