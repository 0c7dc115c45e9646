//! Giving ports back.

use trop_model::{Change, Ledger, RemovalReason, Tag};

use crate::{OpsError, Plan, Step, Target};

/// Which reservations to remove.
#[derive(Debug, Clone)]
pub struct ReleaseRequest {
    /// The directory.
    pub target: Target,
    /// Which of its reservations.
    pub selection: Selection,
    /// Whether the same selection below the directory goes, too.
    pub recursive: bool,
}

/// Which reservations of one directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Every one, tagged or not.
    All,
    /// The one with that tag.
    Tagged(Tag),
    /// The one without a tag.
    Untagged,
}

impl Selection {
    fn selects(&self, tag: Option<&Tag>) -> bool {
        match self {
            Selection::All => true,
            Selection::Tagged(wanted) => tag == Some(wanted),
            Selection::Untagged => tag.is_none(),
        }
    }
}

/// Plans to remove what was selected. That there is nothing is fine.
///
/// # Errors
/// When the ledger cannot be read.
pub fn plan_release<L>(ledger: &L, request: &ReleaseRequest) -> Result<Step<Plan<()>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let rows = if request.recursive {
        ledger.under(&request.target.meant_as_tree(ledger)?)?
    } else {
        ledger.at(&request.target.meant(ledger)?)?
    };
    let changes = rows
        .into_iter()
        .filter(|row| request.selection.selects(row.key.tag.as_ref()))
        .map(|row| Change::Remove { row, reason: RemovalReason::Released })
        .collect();
    Ok(Step::Do(Plan { changes, answer: (), remarks: Vec::new() }))
}
