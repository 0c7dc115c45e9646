//! Which reservations may go to make room.

use std::collections::BTreeMap;

use trop_model::{Change, Ledger, RemovalReason, Reservation, ReservationKey, Timestamp};
use trop_paths::Presence;

use crate::{Facts, LookedAt, Needs, OpsError, Remark};

const SECONDS_A_DAY: i64 = 86_400;

/// What a clean-up removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CleanUp {
    /// Reservations whose directory is certainly gone.
    pub prune: bool,
    /// Reservations that were not used for more than this many days.
    pub expire_after_days: Option<u32>,
}

/// Removals, and what was kept back from them.
#[derive(Default)]
pub(crate) struct Cleaned {
    pub(crate) removals: Vec<Change>,
    pub(crate) remarks: Vec<Remark>,
}

/// A clean-up, or what is missing to make one.
pub(crate) enum CleanStep {
    Do(Cleaned),
    Needs(Needs),
}

/// Plans which reservations go: those of vanished directories, then expired ones. `spared` stays whatever is true of it.
pub(crate) fn plan_clean<L>(
    ledger: &L,
    facts: &Facts,
    clean_up: CleanUp,
    spared: &ReservationKey,
) -> Result<CleanStep, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let mut rows = ledger.all()?;
    rows.retain(|row| row.key != *spared);
    let mut cleaned = Cleaned::default();
    if clean_up.prune {
        let Some(looked_at) = &facts.directories else {
            return Ok(CleanStep::Needs(Needs::Directories(rows)));
        };
        let looked_at = by_key(looked_at);
        let mut kept = BTreeMap::new();
        rows.retain(|row| match unchanged(row, &looked_at) {
            Some(Presence::Gone) => {
                cleaned.removals.push(Change::Remove { row: row.clone(), reason: RemovalReason::Gone });
                false
            }
            Some(presence) => {
                kept.extend(
                    Remark::kept_while_uncertain(&row.key.path, presence)
                        .map(|why| (row.key.path.clone(), why)),
                );
                true
            }
            None => true,
        });
        cleaned.remarks.extend(kept.into_values());
    }
    if let Some(days) = clean_up.expire_after_days {
        let expired = rows.into_iter().filter(|row| is_expired(row, days, facts.now));
        let removal = |row| Change::Remove { row, reason: RemovalReason::Expired };
        cleaned.removals.extend(expired.map(removal));
    }
    Ok(CleanStep::Do(cleaned))
}

fn by_key(looked_at: &[LookedAt]) -> BTreeMap<&ReservationKey, &LookedAt> {
    looked_at.iter().map(|looked_at| (&looked_at.row.key, looked_at)).collect()
}

/// What the look at the row's directory showed, unless the row has changed since.
fn unchanged<'f>(
    row: &Reservation,
    looked_at: &BTreeMap<&ReservationKey, &'f LookedAt>,
) -> Option<&'f Presence> {
    looked_at.get(&row.key).filter(|looked_at| looked_at.row == *row).map(|looked_at| &looked_at.presence)
}

fn is_expired(row: &Reservation, days: u32, now: Timestamp) -> bool {
    i64::from(days) * SECONDS_A_DAY < row.last_used_at.age_at(now)
}
