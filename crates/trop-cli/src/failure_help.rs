//! What to do after a failure, where that takes more than a fixed sentence.

use std::io::ErrorKind;

use trop_allocation::PreferredRefusal;
use trop_config::{ConfigError, IntricateList, Origin};
use trop_files::{BlockError, EditError, FileError};
use trop_model::ReservationKey;
use trop_ops::{
    BlockedService, CannotJoin, KeptLabel, NoPlaceLeft, NoneLeft, Obstacle, OpsError, RefusedPort,
};
use trop_paths::AbsPath;
use trop_storage::StorageError;

use crate::exclusions::ExclusionsError;
use crate::occupancy::describe_holder;
use crate::pasting::Pasting;

/// What to do about a lock.
pub(crate) const WAIT_LONGER: &str = "try again, or wait longer with --busy-timeout or TROP_BUSY_TIMEOUT";
/// What to do about a place for the data directory that is not to be had.
pub(crate) const KEEP_ELSEWHERE: &str = "keep the reservations elsewhere with --data-dir or TROP_DATA_DIR";

/// The next thing to do, where there is one. Looks up who holds a port: nothing is locked any more.
pub(crate) fn help_for_ops(error: &OpsError, pasting: &Pasting) -> Option<String> {
    let fixed = |text: &str| Some(text.to_owned());
    match error {
        OpsError::Storage(error) => help_for_storage(error, pasting),
        OpsError::Probe(_) => {
            fixed("allow sockets, raise the limit, or take ports unseen with --skip-occupancy-check")
        }
        OpsError::PreferredPortRefused(refused) => {
            Some(format!("{}, or leave out --strict-port", way_to_have(refused, pasting)))
        }
        OpsError::OtherPortKept { .. } => fixed("change it with --overwrite, or leave out --strict-port"),
        OpsError::LabelsKept { kept, .. } => Some(match kept.as_slice() {
            [KeptLabel { noun, asked: Some(_), .. }] => {
                format!(
                    "allow it with --allow-{noun}-change, or leave out --{noun} and TROP_{}",
                    noun.to_uppercase()
                )
            }
            [KeptLabel { noun, asked: None, .. }] => {
                format!("allow it with --allow-{noun}-change, or leave out --clear-{noun}")
            }
            _ => "allow it with --allow-change, or leave them out".to_owned(),
        }),
        OpsError::Exhausted(NoneLeft { counts, .. }) => {
            Some(ways_to_make_room(counts.reserved, counts.excluded, counts.in_use, pasting))
        }
        OpsError::GroupExhausted(NoPlaceLeft { blocked, .. }) => {
            let total = |count: fn(&BlockedService) -> u32| blocked.iter().map(count).sum();
            Some(ways_to_make_room(
                total(|blocked| blocked.reserved),
                total(|blocked| blocked.excluded),
                total(|blocked| blocked.in_use),
                pasting,
            ))
        }
        OpsError::GroupDoesNotFit { .. } => {
            fixed("correct base and offsets in the tropfile, or widen the range with --min and --max")
        }
        OpsError::CannotJoin(cannot_join) => Some(help_for_joining(cannot_join, None, pasting)),
        OpsError::NothingToMove { below: 0, .. } => {
            Some(format!("see what is reserved with {}", pasting.mention("list")))
        }
        OpsError::NothingToMove { .. } => fixed("move what is reserved below it with --recursive"),
        OpsError::Collisions(collisions) => {
            let release = collisions.first().and_then(|first| pasting.release(&first.standing.key));
            Some(match release {
                Some(command) => format!(
                    "--force lets exactly those in the way go; one by one, they are given back with commands like {command}"
                ),
                None => "--force lets exactly those in the way go".to_owned(),
            })
        }
    }
}

fn ways_to_make_room(reserved: u32, excluded: u32, in_use: u32, pasting: &Pasting) -> String {
    let reserved = (0 < reserved).then(|| {
        let (list, release) = (pasting.mention("list"), pasting.mention("release"));
        format!("see what is reserved with {list} and give ports back with {release}")
    });
    let excluded = (0 < excluded).then(|| exclude_fewer(pasting));
    let in_use = (0 < in_use).then(|| "stop what uses ports".to_owned());
    let ways: String =
        [reserved, excluded, in_use].into_iter().flatten().map(|way| format!("{way}, ")).collect();
    format!("{ways}or widen the range with --min and --max")
}

fn exclude_fewer(pasting: &Pasting) -> String {
    format!("exclude fewer ports ({} tells where they are excluded)", pasting.mention("config show"))
}

/// How the port could still be had by somebody who asks for it by number.
fn way_to_have(refused: &RefusedPort, pasting: &Pasting) -> String {
    let way = way_to_free(refused, pasting);
    match refused.refusal {
        PreferredRefusal::InUse => format!("{way}, take it all the same with --ignore-occupied"),
        PreferredRefusal::Excluded => "take it all the same with --ignore-exclusions".to_owned(),
        PreferredRefusal::Reserved => way,
    }
}

/// How the port could be made free.
fn way_to_free(RefusedPort { port, refusal, reserved_for, .. }: &RefusedPort, pasting: &Pasting) -> String {
    match refusal {
        PreferredRefusal::InUse => {
            let holder = describe_holder(*port).map_or(String::new(), |holder| format!("{holder}; "));
            format!("{holder}stop what uses it")
        }
        PreferredRefusal::Excluded => exclude_fewer(pasting),
        PreferredRefusal::Reserved => {
            let release = reserved_for.as_ref().and_then(|key| pasting.release(key));
            let with = release.map_or(String::new(), |release| format!(" with {release}"));
            format!("give it back there first{with}")
        }
    }
}

/// How a service could still join its group.
pub(crate) fn help_for_joining(
    CannotJoin { obstacle, .. }: &CannotJoin,
    tropfile: Option<&AbsPath>,
    pasting: &Pasting,
) -> String {
    let way_round = match obstacle {
        Obstacle::Disputed(_) => None,
        Obstacle::OutOfRange { .. } => Some("widen the range with --min and --max".to_owned()),
        Obstacle::Refused(refused) => Some(way_to_free(refused, pasting)),
    };
    let overwrite = tropfile.and_then(|file| pasting.overwrite(file));
    let overwrite = overwrite.unwrap_or_else(|| pasting.mention("autoreserve --overwrite"));
    let anew = format!("place the whole group anew with {overwrite}");
    way_round.map_or(anew.clone(), |way_round| format!("{way_round}, or {anew}"))
}

/// What to do about a port that a process has before the command is started.
pub(crate) fn help_for_held(key: &ReservationKey, is_of_group: bool, pasting: &Pasting) -> String {
    let (what, release) = if is_of_group {
        ("every port of the project", pasting.release_all(&key.path))
    } else {
        ("the port", pasting.release(key))
    };
    let release = release.unwrap_or_else(|| pasting.mention("release"));
    format!(
        "stop what has it, give {what} back with {release} so that another place is found, or leave out --strict"
    )
}

/// What to do about a file that could not be brought up to date.
pub(crate) fn help_for_edit(error: &EditError<BlockError>) -> String {
    let way = match error {
        EditError::Edit(BlockError::NotText) => "choose a file of text in UTF-8",
        EditError::Edit(_) => "mend the marker lines, or remove them with what is between them",
        EditError::File(FileError::Locked { .. }) => WAIT_LONGER,
        EditError::File(FileError::Io { source, .. }) if source.kind() != ErrorKind::PermissionDenied => {
            "see to it that a new file can take its place, or choose another one with --write"
        }
        EditError::File(FileError::OwnerWouldChange { .. }) => {
            "make it a file of your own, or choose another one with --write"
        }
        EditError::File(_) => "make it a file that you can write, or choose another one with --write",
    };
    format!("{way}; what is reserved stays reserved")
}

/// What to do about a configuration file that could not be made or replaced.
pub(crate) fn help_for_config_file(error: &FileError) -> &'static str {
    match error {
        FileError::Locked { .. } => WAIT_LONGER,
        FileError::NotAFile { .. } => "move it out of the way, or leave out --with-config",
        FileError::OwnerWouldChange { .. } => "make it a file of your own, or leave out --with-config",
        FileError::Io { .. } => {
            "mend the permissions or the disk, or choose another data directory with --data-dir or TROP_DATA_DIR"
        }
    }
}

/// What to do where no problem says it itself.
pub(crate) fn help_for_configuration(error: &ConfigError) -> Option<String> {
    let unexplained = error.problems.iter().filter(|problem| problem.help.is_none());
    let mut origins = unexplained.flat_map(|problem| &problem.origins);
    let has_variable = origins.clone().any(|origin| matches!(origin, Origin::Variable(_)));
    let has_file = origins.any(|origin| matches!(origin, Origin::File(_)));
    let text = match (has_variable, has_file) {
        (true, false) => "correct the variable, or unset it",
        (true, true) => "correct what does not fit; a variable can also be unset",
        (false, _) => return None,
    };
    Some(text.to_owned())
}

/// What to do about a list of excluded ports that was not changed.
pub(crate) fn help_for_exclusions(error: &ExclusionsError, pasting: &Pasting) -> String {
    match error {
        ExclusionsError::NoTropfile { .. } => {
            "make a trop.yaml at the root of the project, or exclude the port everywhere with --global"
                .to_owned()
        }
        ExclusionsError::Reserved { holders, .. } => {
            let release = holders.first().and_then(|first| pasting.release(&first.key));
            let release = release.unwrap_or_else(|| pasting.mention("release"));
            match holders.as_slice() {
                [_] => format!("give it back first with {release}, or exclude it all the same with --force"),
                _ => format!(
                    "give them back first, with commands like {release}, or exclude them all the same with --force"
                ),
            }
        }
        ExclusionsError::Intricate(list) => help_for_list(list),
        ExclusionsError::NotWritten { error, .. } => match error {
            FileError::Locked { .. } => WAIT_LONGER,
            FileError::NotAFile { .. } => "make it a regular file",
            FileError::OwnerWouldChange { .. } => "make it a file of your own, or let its owner do it",
            FileError::Io { source, .. } if source.kind() == ErrorKind::NotADirectory => {
                return format!("move away what is in the way, or {KEEP_ELSEWHERE}");
            }
            FileError::Io { .. } => "mend the permissions or the disk, or let its owner do it",
        }
        .to_owned(),
    }
}

fn help_for_list(IntricateList { is_there, line, anchors, .. }: &IntricateList) -> String {
    if !is_there {
        return format!("write {line} among its keys");
    }
    let and_others: Vec<String> =
        anchors.iter().map(|name| format!(", and the value of &{name} wherever *{name} stands")).collect();
    format!("write {line} in its place{}", and_others.concat())
}

fn help_for_storage(error: &StorageError, pasting: &Pasting) -> Option<String> {
    let fixed = |text: &str| Some(text.to_owned());
    match error {
        StorageError::Busy { .. } => fixed(WAIT_LONGER),
        StorageError::Missing(_) => Some(format!(
            "make one with {}, or take back --disable-autoinit, TROP_DISABLE_AUTOINIT or disable_autoinit in a configuration file",
            pasting.mention("init")
        )),
        error if error.is_lack_of_descriptors() => {
            fixed("close files, or raise the limit of open files (ulimit -n)")
        }
        error if error.is_something_in_the_way() => {
            Some(format!("move it out of the way, or {KEEP_ELSEWHERE}"))
        }
        StorageError::Unreadable { .. } | StorageError::Unwritable { .. } => {
            Some(format!("mend the permissions or the disk, or {KEEP_ELSEWHERE}"))
        }
        StorageError::Corrupt { .. } => Some(format!(
            "nothing was changed; {} moves it aside and begins a new one",
            starting_over(pasting)
        )),
        StorageError::Damaged { .. } | StorageError::MarksDisagree { .. } => Some(format!(
            "nothing was changed; mend it with the sqlite3 shell, put a copy back in its place (with no -wal and -shm beside it), or empty it with {}",
            starting_over(pasting)
        )),
        StorageError::NotAdoptable { .. } => Some(format!(
            "nothing was changed; correct or delete these rows with the sqlite3 shell, go on with the trop that wrote them, or begin without any with {} (a copy is kept)",
            starting_over(pasting)
        )),
        StorageError::Unexpected { .. } | StorageError::MigrationFailed { .. } => {
            fixed("nothing was changed; please report this, with what --verbose says")
        }
        StorageError::Foreign { .. } => Some(format!("nothing was changed; {KEEP_ELSEWHERE}")),
        StorageError::Newer { .. } => fixed(
            "nothing was changed; use the newer trop that wrote it, or keep other reservations elsewhere with --data-dir or TROP_DATA_DIR",
        ),
    }
}

/// Words for the command that empties the database.
fn starting_over(pasting: &Pasting) -> String {
    pasting.start_over().unwrap_or_else(|| "trop init --overwrite, for the same data directory,".to_owned())
}
