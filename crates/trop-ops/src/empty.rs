//! Beginning without any reservation.

use trop_model::{Change, Ledger, RemovalReason};

use crate::{OpsError, Plan, Step};

/// Plans to remove every reservation.
///
/// # Errors
/// When the ledger cannot be read.
pub fn plan_empty<L>(ledger: &L) -> Result<Step<Plan<()>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let remove = |row| Change::Remove { row, reason: RemovalReason::Released };
    let changes = ledger.all()?.into_iter().map(remove).collect();
    Ok(Step::Do(Plan { changes, answer: (), remarks: Vec::new() }))
}
