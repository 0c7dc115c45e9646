//! Which project and task a reservation has: filled in when it is made, and sticky from then on.

use std::fmt::Display;

use trop_model::{Project, Reservation, Task};
use trop_paths::AbsPath;

use crate::{Facts, KeptLabel, Needs, OpsError, Step};

/// What somebody says of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Naming<T> {
    /// Nothing: a stored row keeps its own, a new one takes this one if there is one, else what git says.
    Unnamed {
        /// What a new row takes.
        otherwise: Option<T>,
    },
    /// This one. A stored row that has another one changes only if `may_change`.
    Named {
        /// The label.
        label: T,
        /// Whether a stored row may lose another one for it.
        may_change: bool,
    },
    /// None. A stored row that has one loses it only if `may_change`.
    Cleared {
        /// Whether a stored row may lose the one that it has.
        may_change: bool,
    },
}

/// What somebody says of both labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelling {
    /// Of the project.
    pub project: Naming<Project>,
    /// Of the task.
    pub task: Naming<Task>,
}

/// The labels of one reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labels {
    pub(crate) project: Option<Project>,
    pub(crate) task: Option<Task>,
}

impl Labels {
    pub(crate) fn of(row: &Reservation) -> Labels {
        Labels { project: row.project.clone(), task: row.task.clone() }
    }
}

impl Labelling {
    /// The labels of a reservation that is made. Git is asked only for those of which nobody says anything.
    pub(crate) fn on_new(&self, path: &AbsPath, facts: &Facts) -> Step<Labels> {
        let Labelling { project, task } = self;
        let found = facts.labels.as_ref().filter(|found| found.path == *path);
        if found.is_none() && (project.is_left_to_git() || task.is_left_to_git()) {
            return Step::Needs(Needs::Labels(path.clone()));
        }
        let found_project = found.and_then(|found| found.project.as_ref());
        let found_task = found.and_then(|found| found.task.as_ref());
        Step::Do(Labels { project: project.on_new(found_project), task: task.on_new(found_task) })
    }

    /// The labels of a reservation that is there already. Nobody but whoever asks has a say in them.
    ///
    /// # Errors
    /// When one of them would change without permission.
    pub(crate) fn on_stored(&self, stored: &Reservation) -> Result<Labels, OpsError> {
        let project = self.project.on_stored("project", stored.project.as_ref());
        let task = self.task.on_stored("task", stored.task.as_ref());
        match (project, task) {
            (Ok(project), Ok(task)) => Ok(Labels { project, task }),
            (project, task) => {
                let kept = [project.err(), task.err()].into_iter().flatten().collect();
                Err(OpsError::LabelsKept { key: stored.key.clone(), kept })
            }
        }
    }
}

impl<T: Clone + PartialEq + Display> Naming<T> {
    fn is_left_to_git(&self) -> bool {
        matches!(self, Naming::Unnamed { otherwise: None })
    }

    fn on_new(&self, found: Option<&T>) -> Option<T> {
        match self {
            Naming::Named { label, .. } | Naming::Unnamed { otherwise: Some(label) } => Some(label.clone()),
            Naming::Unnamed { otherwise: None } => found.cloned(),
            Naming::Cleared { .. } => None,
        }
    }

    fn on_stored(&self, noun: &'static str, stored: Option<&T>) -> Result<Option<T>, KeptLabel> {
        let (asked, may_change) = match self {
            Naming::Unnamed { .. } => return Ok(stored.cloned()),
            Naming::Named { label, may_change } => (Some(label), *may_change),
            Naming::Cleared { may_change } => (None, *may_change),
        };
        match stored {
            Some(kept) if asked != stored && !may_change => {
                Err(KeptLabel { noun, kept: kept.to_string(), asked: asked.map(T::to_string) })
            }
            _ => Ok(asked.cloned()),
        }
    }
}
