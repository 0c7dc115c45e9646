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

/// Finds the words and the commands for a remedy.
pub(crate) fn advise(
    remedy: &Remedy,
    effective: &Effective,
    user_file: &AbsPath,
    pasting: &Pasting,
) -> Advice {
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
            let commands = if *can_start_over { Vec::from_iter(pasting.start_over()) } else { Vec::new() };
            Advice { words: help.clone(), commands }
        }
        Remedy::Wait => only(WAIT_LONGER.to_owned()),
        Remedy::WidenRange => only(format!(
            "give ports back with trop release, exclude fewer, or widen the range: {}",
            describe_ends(effective, user_file)
        )),
        Remedy::MoveRange { out_of } => only(format!(
            "move the range out of {out_of}, or exclude these ports (excluded_ports): {}",
            describe_ends(effective, user_file)
        )),
        Remedy::GiveBack(keys) => Advice {
            words: "give them back, and reserve again".to_owned(),
            commands: releases(keys, pasting),
        },
        Remedy::CleanUp(clean_up) => {
            let commands = Vec::from_iter(pasting.clean_up(*clean_up));
            Advice { words: "remove what is stale".to_owned(), commands }
        }
        Remedy::StopOrGiveBack(keys) => Advice {
            words: "stop what serves them, or give them back, and reserve again".to_owned(),
            commands: releases(keys, pasting),
        },
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

fn releases(keys: &[ReservationKey], pasting: &Pasting) -> Vec<String> {
    keys.iter().filter_map(|key| pasting.release(key)).collect()
}

/// Which settings make the range, and where they are to be found.
fn describe_ends(effective: &Effective, user_file: &AbsPath) -> String {
    let lowest = effective.origin(&settings::PORT_MIN);
    let highest = effective.layers().origin_of_maximum();
    format!("ports.min ({}), ports.max ({})", place(&lowest, user_file), place(&highest, user_file))
}

fn place(origin: &Origin, user_file: &AbsPath) -> String {
    match origin {
        Origin::Default => format!("built in; another one can stand in {user_file}"),
        origin => origin.to_string(),
    }
}
