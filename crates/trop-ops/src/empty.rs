//! Beginning without any reservation.

use trop_model::{Change, Ledger, RemovalReason};
use trop_storage::StorageError;

use crate::{OpsError, Plan, Remark, Step};

/// Plans to remove every reservation, for a store that [starts over](trop_storage::Store::starting_over) and so drops what
/// cannot be read with the rest.
///
/// # Errors
/// When the ledger cannot be read, for another reason than what is stored in it.
pub fn plan_empty<L>(ledger: &L) -> Result<Step<Plan<()>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let (rows, remarks) = match ledger.all().map_err(OpsError::from) {
        Ok(rows) => (rows, Vec::new()),
        Err(OpsError::Storage(damaged @ StorageError::Damaged { .. })) => {
            (Vec::new(), vec![Remark::NotReadable(damaged)])
        }
        Err(error) => return Err(error),
    };
    let remove = |row| Change::Remove { row, reason: RemovalReason::Released };
    Ok(Step::Do(Plan { changes: rows.into_iter().map(remove).collect(), answer: (), remarks }))
}
