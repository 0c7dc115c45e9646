//! Why trop did not do what it was asked.

use std::error::Error;

use trop_allocation::Exhausted;
use trop_model::{Misfit, Port, PortRange, ReservationKey};
use trop_paths::AbsPath;
use trop_storage::StorageError;

use crate::{CannotJoin, Collision, NoPlaceLeft, RefusedPort, Remark};

/// An error that only passes through.
pub type BoxedError = Box<dyn Error + Send + Sync>;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum OpsError {
    /// The reservations could not be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Ports cannot be probed here.
    #[error("cannot find out whether a port is in use")]
    Probe(#[source] BoxedError),
    /// The preferred port cannot be had, and no other would do.
    #[error("{0}")]
    PreferredPortRefused(RefusedPort),
    /// The key has a port already, and it is not the one that would do.
    #[error("{key} has port {kept} already, not {asked}")]
    OtherPortKept {
        /// The key.
        key: ReservationKey,
        /// The port it has.
        kept: Port,
        /// The port that was asked for.
        asked: Port,
    },
    /// A label of the key would change, and nobody allowed that.
    #[error("{key} has {}", describe_kept(.kept))]
    LabelsKept {
        /// The key.
        key: ReservationKey,
        /// The labels that would change, at least one.
        kept: Vec<KeptLabel>,
    },
    /// No port of the range can be had.
    #[error(
        "no port is available in {}: of its {} {} reserved, {} excluded and {} in use",
        .0.counts.range, ports(.0.counts.range.count()), are(.0.counts.reserved), .0.counts.excluded,
        .0.counts.in_use
    )]
    Exhausted(NoneLeft),
    /// The group can have no place in the range, whatever is free there.
    #[error("the services do not fit into {range}")]
    GroupDoesNotFit {
        /// The range.
        range: PortRange,
        /// What does not fit, at least one thing.
        misfits: Vec<Misfit>,
    },
    /// No place in the range is left for the whole group.
    #[error("{0}")]
    GroupExhausted(NoPlaceLeft),
    /// A service that is new to a stored group cannot have its place.
    #[error("{0}")]
    CannotJoin(Box<CannotJoin>),
    /// There is nothing to move.
    #[error("nothing is reserved for {directory}")]
    NothingToMove {
        /// The directory.
        directory: AbsPath,
        /// How many reservations there are below it.
        below: usize,
    },
    /// Others stand where reservations were to come. There is at least one, and they are in the order of those that were to move.
    #[error("{}", describe_collisions(.0))]
    Collisions(Vec<Collision>),
}

/// A stored label that was to become another one, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLabel {
    /// `project` or `task`.
    pub noun: &'static str,
    /// The one that is stored.
    pub kept: String,
    /// The one that was asked for. `None` where the label was to go.
    pub asked: Option<String>,
}

/// That no port is left.
#[derive(Debug)]
pub struct NoneLeft {
    /// Why the ports of the range cannot be had.
    pub counts: Exhausted,
    /// What the user should know besides: of the preferred port, and of what the clean-up that was to make room left alone.
    pub remarks: Vec<Remark>,
}

impl OpsError {
    /// What the user should know beside the error.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        match self {
            OpsError::Exhausted(none_left) => &none_left.remarks,
            OpsError::GroupExhausted(none_left) => &none_left.remarks,
            OpsError::CannotJoin(cannot_join) => &cannot_join.remarks,
            _ => &[],
        }
    }
}

fn describe_kept(labels: &[KeptLabel]) -> String {
    let describe = |KeptLabel { noun, kept, asked }: &KeptLabel| match asked {
        Some(asked) => format!("{noun} {kept} already, not {asked}"),
        None => format!("{noun} {kept}, which is not cleared without permission"),
    };
    labels.iter().map(describe).collect::<Vec<_>>().join(", and ")
}

fn describe_collisions(collisions: &[Collision]) -> String {
    match collisions {
        [only] => only.to_string(),
        several => format!("{} reservations cannot move: others stand where they would come", several.len()),
    }
}

fn ports(count: u32) -> String {
    if count == 1 { "1 port".to_owned() } else { format!("{count} ports") }
}

fn are(count: u32) -> String {
    if count == 1 { "1 is".to_owned() } else { format!("{count} are") }
}
