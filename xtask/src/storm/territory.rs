//! The directories of one worker, which nobody else touches.

use std::fs;

use crate::storm::Checked;
use crate::storm::ground::Ground;
use crate::storm::model::{Key, Model, Standing};
use crate::storm::ports::{Range, own, own_range};
use crate::storm::request::is_below;

/// Those that come and go. One is not inside another only because its name begins alike.
const COMING_AND_GOING: [&str; 6] = ["a", "a/x", "a/x/y", "ab", "b", "b/z"];

/// What one worker has for itself.
#[derive(Debug)]
pub(crate) struct Territory {
    /// The directory that always exists.
    pub(crate) base: String,
    /// A directory that nobody makes, and that might be on a disk which is not mounted.
    pub(crate) unmounted: String,
    /// Ports that nobody else asks for.
    pub(crate) own: Range,
    /// Those of them that are used as a range.
    pub(crate) own_range: Range,
}

impl Territory {
    pub(crate) fn new(ground: &Ground, worker: u16) -> Territory {
        Territory {
            base: ground.of_worker(worker),
            unmounted: ground.unmounted_of_worker(worker),
            own: own(worker),
            own_range: own_range(worker),
        }
    }

    /// The directories that come and go.
    pub(crate) fn coming_and_going(&self) -> Vec<String> {
        COMING_AND_GOING.iter().map(|name| format!("{}/{name}", self.base)).collect()
    }

    /// Everything that there is a reservation for.
    pub(crate) fn directories(&self) -> Vec<String> {
        let mut directories = self.coming_and_going();
        directories.extend([self.base.clone(), self.unmounted.clone()]);
        directories
    }

    pub(crate) fn owns(&self, key: &Key) -> bool {
        is_below(&key.path, &self.base) || is_below(&key.path, &self.unmounted)
    }

    /// What is known before anything happened.
    pub(crate) fn model(&self) -> Model {
        let mut model = Model::default();
        model.stands(&self.base, Standing::There);
        for directory in self.coming_and_going() {
            model.stands(&directory, Standing::Gone);
        }
        model
    }

    /// Deletes the directory, and what is inside.
    pub(crate) fn delete(&self, directory: &str, model: &mut Model) -> Checked {
        for inside in self.coming_and_going().iter().filter(|inside| is_below(inside, directory)) {
            model.stands(inside, Standing::Gone);
        }
        fs::remove_dir_all(directory).map_err(|error| format!("cannot delete {directory}: {error}"))
    }

    /// Makes the directory, and what it is in. `next_process` tells the number of the next process to start.
    pub(crate) fn make(
        &self,
        directory: &str,
        model: &mut Model,
        next_process: impl FnOnce() -> u64,
    ) -> Checked {
        fs::create_dir_all(directory).map_err(|error| format!("cannot make {directory}: {error}"))?;
        let since = next_process();
        for around in self.coming_and_going().iter().filter(|around| is_below(directory, around)) {
            if model.standing(around) == Standing::Gone {
                model.stands(around, Standing::Back { since });
            }
        }
        Ok(())
    }
}
