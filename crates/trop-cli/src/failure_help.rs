//! What to do when the store or a planner said no.

use trop_allocation::PreferredRefusal;
use trop_model::{ReservationKey, Tag};
use trop_ops::{KeptLabel, NoneLeft, OpsError};
use trop_output::escaped;
use trop_storage::StorageError;

use crate::occupancy::describe_holder;

/// The next thing to do, where there is one. Looks up who holds a port: nothing is locked any more.
pub(crate) fn help_for_ops(error: &OpsError) -> Option<String> {
    let fixed = |text: &str| Some(text.to_owned());
    match error {
        OpsError::Storage(error) => help_for_storage(error),
        OpsError::Probe(_) => {
            fixed("allow sockets, raise the limit, or take ports unseen with --skip-occupancy-check")
        }
        OpsError::PreferredPortRefused { port, refusal: PreferredRefusal::InUse, .. } => {
            let holder = describe_holder(*port).map_or(String::new(), |holder| format!("{holder}; "));
            Some(format!(
                "{holder}stop what uses it, take it all the same with --ignore-occupied, or leave out --strict-port"
            ))
        }
        OpsError::PreferredPortRefused { refusal: PreferredRefusal::Excluded, .. } => {
            fixed("take it all the same with --ignore-exclusions, or leave out --strict-port")
        }
        OpsError::PreferredPortRefused { refusal: PreferredRefusal::Reserved, reserved_for, .. } => {
            let release = reserved_for.as_ref().and_then(release_command);
            let with = release.map_or(String::new(), |release| format!(" with {release}"));
            Some(format!("give it back there first{with}, or leave out --strict-port"))
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
            let reserved = (counts.reserved > 0)
                .then_some("see what is reserved with trop list and give ports back with trop release, ");
            let excluded = (counts.excluded > 0)
                .then_some("exclude fewer ports (trop config show tells where they are excluded), ");
            let in_use = (counts.in_use > 0).then_some("stop what uses ports, ");
            let ways: String = [reserved, excluded, in_use].into_iter().flatten().collect();
            Some(format!("{ways}or widen the range with --min and --max"))
        }
    }
}

/// The command that gives back exactly that reservation, from anywhere, to be pasted into a POSIX shell. There is none for
/// text that cannot be shown as it is.
fn release_command(key: &ReservationKey) -> Option<String> {
    let path = key.path.as_str();
    let tag = key.tag.as_ref().map(Tag::as_str);
    if [Some(path), tag].into_iter().flatten().any(|text| escaped(text) != text) {
        return None;
    }
    let quoted = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
    let tag = tag.map_or("--untagged-only".to_owned(), |tag| format!("--tag={}", quoted(tag)));
    Some(format!("trop release --allow-unrelated-path --path={} {tag}", quoted(path)))
}

fn help_for_storage(error: &StorageError) -> Option<String> {
    let fixed = |text: &str| Some(text.to_owned());
    match error {
        StorageError::Busy { .. } => {
            fixed("try again, or wait longer with --busy-timeout or TROP_BUSY_TIMEOUT")
        }
        StorageError::Missing(_) => fixed(
            "make one with trop init, or take back --disable-autoinit, TROP_DISABLE_AUTOINIT or disable_autoinit in a configuration file",
        ),
        StorageError::Unreadable { .. } | StorageError::Unwritable { .. } => fixed(
            "mend the permissions or the disk, or keep the reservations elsewhere with --data-dir or TROP_DATA_DIR",
        ),
        StorageError::Corrupt { database, .. } | StorageError::BadRow { database, .. } => Some(format!(
            "nothing was changed; move {} aside, with its -wal and -shm if there are any, and the reservations are made again",
            database.display()
        )),
        StorageError::MarksDisagree { database, .. } => Some(format!(
            "nothing was changed; another program may have written to it: move {} aside, or put a copy back in its place",
            database.display()
        )),
        StorageError::Unexpected { .. } => {
            fixed("nothing was changed; please report this, with what --verbose says")
        }
        StorageError::Foreign { .. } => {
            fixed("nothing was changed; keep the reservations elsewhere with --data-dir or TROP_DATA_DIR")
        }
        StorageError::Older { .. } => fixed(
            "nothing was changed; go on with the trop that wrote it, or start anew with --data-dir or TROP_DATA_DIR",
        ),
        StorageError::Newer { .. } => fixed(
            "nothing was changed; use the newer trop that wrote it, or keep other reservations elsewhere with --data-dir or TROP_DATA_DIR",
        ),
    }
}
