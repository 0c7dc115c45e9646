//! Looking at what is reserved.

use std::collections::BTreeSet;

use trop_model::{Ledger, Project, Reservation, Tag};

use crate::{OpsError, Target};

/// Which reservations to show; what is `None` lets everything through.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those of this project.
    pub project: Option<Project>,
    /// Those with this tag.
    pub tag: Option<Tag>,
    /// Those of this directory and of everything below it.
    pub path: Option<Target>,
}

/// The reservations that pass the filter, sorted by path, then by tag.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list<L>(ledger: &L, filter: &Filter) -> Result<Vec<Reservation>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let mut rows = match &filter.path {
        Some(target) => ledger.under(&target.meant_as_tree(ledger)?)?,
        None => ledger.all()?,
    };
    rows.retain(|row| {
        let has_project = filter.project.is_none() || filter.project == row.project;
        let has_tag = filter.tag.is_none() || filter.tag == row.key.tag;
        has_project && has_tag
    });
    Ok(rows)
}

/// The projects that have something reserved, each once, sorted.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list_projects<L>(ledger: &L) -> Result<Vec<Project>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let projects: BTreeSet<Project> = ledger.all()?.into_iter().filter_map(|row| row.project).collect();
    Ok(projects.into_iter().collect())
}
