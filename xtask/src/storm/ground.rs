//! The directories that a storm happens in.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Outcome;

/// A temporary directory with a home, and a directory for each worker.
#[derive(Debug)]
pub(crate) struct Ground {
    root: PathBuf,
}

impl Ground {
    /// Makes it, outside every repository.
    pub(crate) fn new(workers: u16) -> Outcome<Ground> {
        let temporary = std::env::temp_dir().canonicalize()?;
        let ground = Ground { root: temporary.join(format!("trop-storm-{}", std::process::id())) };
        fs::create_dir(&ground.root)?;
        for directory in [ground.home(), ground.outputs()] {
            fs::create_dir(directory)?;
        }
        for worker in 0..workers {
            fs::create_dir(ground.of_worker(worker))?;
        }
        Ok(ground)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The home that trop sees.
    pub(crate) fn home(&self) -> PathBuf {
        self.root.join("home")
    }

    /// The data directory in that home.
    pub(crate) fn data_directory(&self) -> PathBuf {
        self.home().join(".trop")
    }

    /// What all workers share.
    pub(crate) fn shared(&self) -> String {
        self.root.join("shared").display().to_string()
    }

    /// Where the processes write what they say.
    pub(crate) fn outputs(&self) -> PathBuf {
        self.root.join("outputs")
    }

    /// The directory that one worker has for itself. It always exists.
    pub(crate) fn of_worker(&self, worker: u16) -> String {
        self.root.join(format!("worker-{worker}")).display().to_string()
    }

    /// A directory that looks like one on a disk that is not mounted: nothing above it exists but the root. Nobody makes it.
    pub(crate) fn unmounted_of_worker(&self, worker: u16) -> String {
        let storm = self.root.file_name().unwrap_or_default().display();
        format!("/{storm}-unmounted/worker-{worker}")
    }

    /// Removes everything.
    pub(crate) fn remove(self) -> Outcome {
        Ok(fs::remove_dir_all(self.root)?)
    }
}
