//! What a planner answers.

use trop_allocation::PreferredRefusal;
use trop_model::{Change, Port, ReservationKey};
use trop_paths::{AbsPath, Presence};
use trop_storage::StorageError;

use crate::Needs;
use crate::error::describe_refusal;

/// A whole plan: what will be stored, and what will be said.
#[derive(Debug)]
pub struct Plan<A> {
    /// The changes in the order in which they are written. They hold the final rows.
    pub changes: Vec<Change>,
    /// The answer to what was asked.
    pub answer: A,
    /// What the user should know besides.
    pub remarks: Vec<Remark>,
}

/// A plan or a part of one, or what is missing to make it.
#[derive(Debug)]
pub enum Step<T> {
    /// Here it is.
    Do(T),
    /// A fact is missing. A planner never asks for one that it was given.
    Needs(Needs),
}

/// Something that the user should know beside the answer.
#[derive(Debug)]
pub enum Remark {
    /// The preferred port could not be had, and another one was taken.
    PreferredPortRefused {
        /// The preferred port.
        port: Port,
        /// Why it could not be had.
        refusal: PreferredRefusal,
        /// Who reserved it, if that is why.
        reserved_for: Option<ReservationKey>,
        /// The port that was taken.
        taken: Port,
    },
    /// The key has a port, and keeps it, whatever was preferred.
    OtherPortKept {
        /// The port it has.
        kept: Port,
        /// The port that was asked for.
        asked: Port,
    },
    /// No better port was left than one that web browsers refuse, or on which a closed connection still lingers.
    LastResort {
        /// The port that was taken.
        taken: Port,
        /// Whether web browsers refuse it.
        refused_by_browsers: bool,
    },
    /// A directory was not found or could not be looked at, and its reservations were kept.
    KeptWhileUncertain {
        /// The directory.
        path: AbsPath,
        /// Why that is not certain.
        why: String,
    },
    /// No probe applies on this machine, so that every port counted as free.
    NothingProbed,
    /// The answer is right, but that it was used could not be written down.
    NotRefreshed(StorageError),
}

impl Remark {
    /// Whether the user would want to do something about it.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        match self {
            Remark::PreferredPortRefused { .. }
            | Remark::LastResort { .. }
            | Remark::KeptWhileUncertain { .. }
            | Remark::NothingProbed => true,
            Remark::OtherPortKept { .. } | Remark::NotRefreshed(_) => false,
        }
    }

    /// The remark as a sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Remark::PreferredPortRefused { port, refusal, reserved_for, taken } => {
                let why = describe_refusal(*port, *refusal, reserved_for.as_ref());
                format!("port {port} cannot be had: {why}; {taken} comes in its place")
            }
            Remark::OtherPortKept { kept, asked } => {
                format!("port {kept} is kept, although {asked} was asked for")
            }
            Remark::LastResort { taken, refused_by_browsers: true } => {
                format!("no better port was left than {taken}, which web browsers refuse to open")
            }
            Remark::LastResort { taken, refused_by_browsers: false } => {
                format!("no better port was left than {taken}, on which a closed connection still lingers")
            }
            Remark::KeptWhileUncertain { path, why } => {
                format!("the reservations of {path} are kept: {why}")
            }
            Remark::NothingProbed => {
                "every port counts as free: this machine has none of the protocols and addresses to probe"
                    .to_owned()
            }
            Remark::NotRefreshed(error) => format!("when this was last used is not noted down: {error}"),
        }
    }

    /// The remark for a directory that is neither there nor certainly gone.
    pub(crate) fn kept_while_uncertain(path: &AbsPath, presence: &Presence) -> Option<Remark> {
        let why = match presence {
            Presence::Present | Presence::Gone => return None,
            Presence::PerhapsUnmounted(ancestor) => {
                format!(
                    "it is not found, but all that is left above it is {ancestor}, so a disk may just not be mounted"
                )
            }
            Presence::Unknown(error) => format!("it cannot be looked at ({})", error.kind()),
        };
        Some(Remark::KeptWhileUncertain { path: path.clone(), why })
    }
}
