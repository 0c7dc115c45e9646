//! What planners and the store have to say, and what was done, told.

use trop_allocation::PreferredRefusal;
use trop_model::{Change, Reservation};
use trop_ops::{Importance, Remark};
use trop_output::{causes_of, describe_done};
use trop_storage::Notice;

use crate::global::Verbosity;
use crate::occupancy::describe_holder;
use crate::session::Session;

/// How many things of one kind are named unless everything is to be told.
const MOST_NAMED: usize = 20;

/// Adds what only this floor knows: who holds a port, which flag helps, what the system said.
pub(crate) fn tell_remarks(session: &mut Session<'_>, remarks: &[Remark]) {
    let is_of_kept = |remark: &&Remark| matches!(remark, Remark::KeptWhileUncertain { .. });
    let (kept, others): (Vec<&Remark>, Vec<&Remark>) = remarks.iter().partition(is_of_kept);
    tell_kept(session, &kept);
    for remark in others {
        let mut text = remark.message();
        match remark {
            Remark::PreferredPortRefused { refused, .. }
                if refused.refusal == PreferredRefusal::InUse && session.verbosity != Verbosity::Quiet =>
            {
                text.extend(describe_holder(refused.port).map(|holder| format!(" ({holder})")));
            }
            Remark::OtherPortKept { .. } => text.push_str("; --overwrite would change it"),
            Remark::ServiceKept { .. } => text.push_str("; --overwrite would place it anew"),
            Remark::OffsetsDisagree(_) => text.push_str("; --overwrite would place them anew"),
            Remark::NotRefreshed(error) => {
                text.extend(causes_of(error).into_iter().map(|cause| format!(": {cause}")));
            }
            _ => {}
        }
        match remark.importance() {
            Importance::Warning => session.warn(text),
            Importance::Note => session.note(&text),
            Importance::Detail => session.detail(|| text),
        }
    }
}

/// Directories whose reservations are kept are named, unless they are too many for that.
fn tell_kept(session: &mut Session<'_>, kept: &[&Remark]) {
    let each = kept.iter().map(|remark| remark.message());
    if kept.len() <= MOST_NAMED || session.verbosity == Verbosity::Verbose {
        each.for_each(|text| session.warn(text));
        return;
    }
    let sentence = format!(
        "the reservations of {} directories are kept: it is not certain whether these are gone; --verbose names each",
        kept.len()
    );
    session.warn_of_many(&sentence, each);
}

pub(crate) fn tell_notice(session: &mut Session<'_>, notice: &Notice) {
    match notice {
        Notice::Created(database) => {
            session.detail(|| format!("made {}", database.display()));
            if let Some(file_system) = trop_system::network_file_system(database) {
                session.warn(format!(
                    "{} is on a network file system ({file_system}); one data directory belongs to one host",
                    database.display()
                ));
            }
        }
        Notice::FileWithoutTables(database) => {
            session.warn(format!(
                "{} was there already, without any table, and is used as a new one",
                database.display()
            ));
        }
        Notice::Migrated { database, layout, copy } => session.note(&format!(
            "{} had the older layout {layout} and was migrated; a copy of it as it was is {}",
            database.display(),
            copy.display()
        )),
        Notice::ToBeMigrated { database, layout } => session.warn(format!(
            "{} has the older layout {layout}; the first command that changes it migrates it and keeps a copy",
            database.display()
        )),
        Notice::MovedAside { database, aside } => {
            session.warn(format!("{} was damaged and is {} now", database.display(), aside.display()));
        }
        Notice::LogWithoutDatabase { log, aside } => session.warn(format!(
            "{log} was there without its database, and is {aside} now; it may hold what was stored: beside that database, as {log}, \
             it gives that back",
            log = log.display(),
            aside = aside.display()
        )),
        Notice::LogToBeMovedAside(log) => session.warn(format!(
            "{} is there without its database, and would be given another name; it may hold what was stored, so put its \
             database back first if you have it",
            log.display()
        )),
        Notice::Dropped { database, why, copy } => session.warn(format!(
            "{why}: {} was emptied, and a copy of it as it was is {}",
            database.display(),
            copy.display()
        )),
        Notice::ToBeDropped { database, why } => {
            session.warn(format!("{why}: {} would be emptied, and a copy of it kept", database.display()));
        }
        Notice::ToBeMovedAside(database) => {
            session.warn(format!("{} is damaged and would be moved aside", database.display()));
        }
        Notice::WithoutWriteAheadLog(database) => {
            session.detail(|| {
                format!("{} has no write-ahead log: the file system does not allow one", database.display())
            });
        }
    }
}

/// What goes is named, unless it is too much for that; the rest only for those who want to know everything.
pub(crate) fn tell_changes(session: &mut Session<'_>, changes: &[Change]) {
    if MOST_NAMED < count_removals(changes) {
        tell_how_many(session, changes);
        return;
    }
    for change in changes {
        match change {
            Change::Remove { .. } => session.note(&describe_done(change)),
            Change::Put { .. } | Change::Move { .. } | Change::Touch { .. } => {
                session.detail(|| describe_done(change));
            }
        }
    }
}

/// How many go; which, and all else, only for those who want to know everything.
pub(crate) fn tell_how_many(session: &mut Session<'_>, changes: &[Change]) {
    session.note(&match count_removals(changes) {
        0 => "nothing to remove".to_owned(),
        1 => "removed 1 reservation".to_owned(),
        several => format!("removed {several} reservations"),
    });
    for change in changes {
        session.detail(|| describe_done(change));
    }
}

/// `port 5001 is reserved for /srv/shop (tag web)`
pub(crate) fn describe_reservation(Reservation { port, key, .. }: &Reservation) -> String {
    format!("port {port} is reserved for {key}")
}

fn count_removals(changes: &[Change]) -> usize {
    changes.iter().filter(|change| matches!(change, Change::Remove { .. })).count()
}
