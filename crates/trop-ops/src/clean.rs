//! Which reservations go because nobody needs them any more.

use std::collections::BTreeMap;
use std::iter::Peekable;

use trop_model::{Change, Ledger, RemovalReason, Reservation, ReservationKey, Timestamp};
use trop_paths::Presence;

use crate::{Facts, LookedAt, Needs, OpsError, Plan, Remark, Step};

const SECONDS_A_DAY: i64 = 86_400;

/// What a clean-up removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CleanUp {
    /// Reservations of vanished directories.
    pub prune: Prune,
    /// Reservations that were not used for more than this many days.
    pub expire_after_days: Option<u32>,
}

/// Which directories count as vanished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prune {
    /// None, and none is looked at.
    Nothing,
    /// Those that are certainly gone.
    Gone,
    /// Those that are not found, although a disk may just not be mounted.
    NotFound,
}

/// Removals, and what was kept back from them.
#[derive(Default)]
pub(crate) struct Cleaned {
    pub(crate) removals: Vec<Change>,
    pub(crate) remarks: Vec<Remark>,
}

/// Plans to remove what the clean-up is to remove. That there is nothing is fine.
///
/// # Errors
/// When the ledger cannot be read.
pub fn plan_clean_up<L>(ledger: &L, facts: &Facts, clean_up: CleanUp) -> Result<Step<Plan<()>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let is_spared = |_: &ReservationKey| false;
    plan_clean(ledger, facts, clean_up, &is_spared)?
        .try_map(|Cleaned { removals, remarks }| Ok(Plan { changes: removals, answer: (), remarks }))
}

/// Plans which reservations go: those of vanished directories, and expired ones. What `is_spared` stays whatever is true of it.
pub(crate) fn plan_clean<L>(
    ledger: &L,
    facts: &Facts,
    clean_up: CleanUp,
    is_spared: &dyn Fn(&ReservationKey) -> bool,
) -> Result<Step<Cleaned>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let mut rows = ledger.all()?;
    rows.retain(|row| !is_spared(&row.key));
    let looked_at = match (clean_up.prune, &facts.directories) {
        (Prune::Nothing, _) => Vec::new(),
        (_, Some(looked_at)) => by_key(looked_at),
        (_, None) if rows.is_empty() => Vec::new(),
        (_, None) => return Ok(Step::Needs(Needs::Directories(rows))),
    };
    let mut looked_at = looked_at.into_iter().peekable();
    let mut removals = Vec::new();
    let mut kept = BTreeMap::new();
    for row in rows {
        let presence = unchanged(&row, &mut looked_at);
        let is_expired = clean_up.expire_after_days.is_some_and(|days| is_expired(&row, days, facts.now));
        match presence {
            Some(presence) if counts_as_vanished(presence, clean_up.prune) => {
                removals.push(Change::Remove { row, reason: RemovalReason::Gone });
            }
            _ if is_expired => removals.push(Change::Remove { row, reason: RemovalReason::Expired }),
            Some(uncertain) => {
                let remark = Remark::kept_while_uncertain(&row.key.path, uncertain);
                kept.extend(remark.map(|remark| (row.key.path, remark)));
            }
            None => {}
        }
    }
    Ok(Step::Do(Cleaned { removals, remarks: kept.into_values().collect() }))
}

fn by_key(looked_at: &[LookedAt]) -> Vec<&LookedAt> {
    let mut looked_at: Vec<&LookedAt> = looked_at.iter().collect();
    looked_at.sort_by(|one, next| one.row.key.cmp(&next.row.key));
    looked_at
}

/// What the look at the row's directory showed, unless the row has changed since. Rows come by key as well, so that what comes before
/// this one is asked for no more.
fn unchanged<'f>(
    row: &Reservation,
    looked_at: &mut Peekable<impl Iterator<Item = &'f LookedAt>>,
) -> Option<&'f Presence> {
    while looked_at.next_if(|looked_at| looked_at.row.key < row.key).is_some() {}
    looked_at.peek().filter(|looked_at| looked_at.row == *row).map(|looked_at| &looked_at.presence)
}

fn counts_as_vanished(presence: &Presence, prune: Prune) -> bool {
    match presence {
        Presence::Gone => true,
        Presence::PerhapsUnmounted(_) => prune == Prune::NotFound,
        Presence::Present | Presence::Displaced(_) | Presence::Unknown(_) => false,
    }
}

pub(crate) fn is_expired(row: &Reservation, days: u32, now: Timestamp) -> bool {
    i64::from(days) * SECONDS_A_DAY < row.last_used_at.age_at(now)
}
