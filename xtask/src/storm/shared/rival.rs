//! Somebody who wants to edit a file while another process stands still, perhaps in the middle of editing the same one.
//!
//! **The rule.** In the middle of an edit nobody else edits the file: who does not wait is refused. At any other moment it may go
//! either way, and what is acknowledged stays, whatever the other one does when it is continued.

use std::path::Path;

use crate::storm::Checked;
use crate::storm::judge::require_calm;
use crate::storm::ports::{EXCLUDED_ONCE, Range};
use crate::storm::process::{Fate, Outputs, Place, watch};
use crate::storm::random::Random;
use crate::storm::scene::Scene;
use crate::storm::shared::answer::{LOCKED, shown};
use crate::storm::shared::errand::{Action, Errand};
use crate::storm::shared::exclusions::Target;

/// The rival of one worker.
pub(crate) struct Rival<'s> {
    scene: &'s Scene,
    random: Random,
    outputs: Outputs,
}

impl<'s> Rival<'s> {
    pub(crate) fn new(scene: &'s Scene, worker: u16, seed: u64) -> Rival<'s> {
        Rival {
            scene,
            random: Random::stream(!seed, worker.into()),
            outputs: Outputs::new(&scene.ground.outputs(), &format!("rival-{worker}")),
        }
    }

    /// Tries it, while that process stands still there.
    pub(crate) fn try_to_edit(&mut self, target: Target, place: Place) -> Checked {
        let Scene { realm, trop, .. } = self.scene;
        let port = EXCLUDED_ONCE.any(&mut self.random);
        let ports = Range { first: port, last: port };
        let errand = Errand {
            action: Action::Exclude { target, ports, force: true },
            working_directory: realm.at(target.edited_from()),
            dry_run: false,
            lock_wait: "0",
        };
        self.scene.exclusions().ask(target, ports);
        let mut command = trop.command(&errand.arguments(), Path::new(&errand.working_directory));
        let ended = watch(&mut command, &self.outputs, Fate::Spared)?;
        require_calm(&ended)?;
        match ended.code {
            Some(0) if place.is_in_edit() => {
                return Err(format!("{} came in the middle of an edit of the same file", shown(&errand)));
            }
            Some(0) => self.scene.exclusions().acknowledge(target, ports, self.scene.now()),
            Some(LOCKED) => {}
            _ => return Err(format!("{}, while another stood still: {ended:?}", shown(&errand))),
        }
        self.scene.require_exclusions(target)
    }
}
