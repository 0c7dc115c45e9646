//! How to say what helps, and the commands that do it.

use trop_config::{Effective, Origin, settings};
use trop_model::ReservationKey;
use trop_ops::{Exposed, Remedy};
use trop_paths::AbsPath;

use crate::exposure::closing_command;
use crate::failure_help::{KEEP_ELSEWHERE, WAIT_LONGER};
use crate::pasting::Pasting;

/// What helps, in words, and the commands that do it.
pub(crate) struct Advice {
    pub(crate) words: String,
    pub(crate) commands: Vec<String>,
}

/// Who knows what helps here.
pub(crate) struct Adviser<'e> {
    /// The settings that count.
    pub(crate) effective: &'e Effective,
    /// The configuration file of this user.
    pub(crate) user_file: AbsPath,
    /// How commands reach the same data directory.
    pub(crate) pasting: Pasting,
    /// Whether this user can change what is stored there. Commands that would only fail are not offered.
    pub(crate) can_change: bool,
}

impl Adviser<'_> {
    /// Finds the words and the commands for a remedy.
    pub(crate) fn advise(&self, remedy: &Remedy) -> Advice {
        let only = |words: String| Advice { words, commands: Vec::new() };
        match remedy {
            Remedy::MoveDataDirectory => only(
                "keep the reservations on a disk of this machine with --data-dir or TROP_DATA_DIR".to_owned(),
            ),
            Remedy::ClearThePlace => only(format!("move it out of the way, or {KEEP_ELSEWHERE}")),
            Remedy::RunAsOwner(owner) => only(format!("run trop as {owner}, or {KEEP_ELSEWHERE}")),
            Remedy::MendPermissions => only(format!("mend the permissions or the disk, or {KEEP_ELSEWHERE}")),
            Remedy::KeepOthersOut(exposed) => keep_out(exposed),
            Remedy::MendDatabase { help, can_start_over } => {
                let commands =
                    if *can_start_over { self.offer(self.pasting.start_over()) } else { Vec::new() };
                Advice { words: help.clone(), commands }
            }
            Remedy::Wait => only(WAIT_LONGER.to_owned()),
            Remedy::MakeRoom { are_reserved, are_excluded } => {
                let reserved = if *are_reserved {
                    format!("give ports back with {}, ", self.pasting.mention("release"))
                } else {
                    String::new()
                };
                let excluded = if *are_excluded { self.describe_exclusions() } else { String::new() };
                only(format!("{reserved}{excluded}or widen the range: {}", self.describe_ends()))
            }
            Remedy::MoveRange { out_of } => only(format!(
                "move the range out of {out_of}, or exclude these ports (excluded_ports): {}",
                self.describe_ends()
            )),
            Remedy::GiveBack(keys) => Advice {
                words: "give them back, and reserve again".to_owned(),
                commands: self.offer(self.releases(keys)),
            },
            Remedy::CleanUp(clean_up) => {
                let commands = self.offer(self.pasting.clean_up(*clean_up));
                Advice { words: "remove what is stale".to_owned(), commands }
            }
            Remedy::StopOrGiveBack(keys) => Advice {
                words: "stop what serves them, or give them back, and reserve again".to_owned(),
                commands: self.offer(self.releases(keys)),
            },
        }
    }

    /// These commands, where this user can carry them out.
    fn offer(&self, commands: impl IntoIterator<Item = String>) -> Vec<String> {
        if self.can_change { commands.into_iter().collect() } else { Vec::new() }
    }

    fn releases(&self, keys: &[ReservationKey]) -> impl Iterator<Item = String> {
        keys.iter().filter_map(|key| self.pasting.release(key))
    }

    /// Where ports are excluded.
    fn describe_exclusions(&self) -> String {
        let resolved = self.effective.resolved();
        let excluded =
            resolved.iter().filter(|it| it.declaration.key == settings::EXCLUDED_PORTS.declaration.key);
        let places: Vec<String> = excluded.flat_map(|it| &it.origins).map(Origin::to_string).collect();
        format!("exclude fewer (excluded_ports: {}), ", places.join(", "))
    }

    /// Which settings make the range, and where they are to be found.
    fn describe_ends(&self) -> String {
        let lowest = place(&self.effective.origin(&settings::PORT_MIN), &self.user_file);
        let highest = place(&self.effective.layers().origin_of_maximum(), &self.user_file);
        format!("ports.min ({lowest}), ports.max ({highest})")
    }
}

/// A directory that is there for others too stays open to them.
fn keep_out(Exposed { own, common_directory }: &Exposed) -> Advice {
    const TAKE_AWAY: &str = "take the permissions of group and others away";
    let words = match common_directory {
        None => TAKE_AWAY.to_owned(),
        Some(_) if own.is_empty() => KEEP_ELSEWHERE.to_owned(),
        Some(_) => format!("{KEEP_ELSEWHERE}, or at least {TAKE_AWAY} from the files"),
    };
    Advice { words, commands: Vec::from_iter(closing_command(own)) }
}

fn place(origin: &Origin, user_file: &AbsPath) -> String {
    match origin {
        Origin::Default => format!("built in; another one can stand in {user_file}"),
        origin => origin.to_string(),
    }
}
