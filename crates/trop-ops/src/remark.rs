//! What the user should know beside the answer.

use trop_model::{Port, Tag, message_of};
use trop_paths::{AbsPath, Presence};
use trop_storage::StorageError;

use crate::group_error::list_of_anchors;
use crate::{Anchor, RefusedPort};

/// Something that the user should know beside the answer.
#[derive(Debug)]
pub enum Remark {
    /// The preferred port could not be had.
    PreferredPortRefused {
        /// The preferred port.
        refused: RefusedPort,
        /// The port that was taken in its place; `None` where none was.
        taken: Option<Port>,
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
    /// No better place was left for a group than one with ports that web browsers refuse, or on which closed connections still
    /// linger.
    GroupLastResort {
        /// The ports that web browsers refuse.
        refused_by_browsers: Vec<Port>,
        /// The ports on which a closed connection lingers.
        lingering: Vec<Port>,
    },
    /// A service of a stored group keeps its port, whatever the tropfile says of it now.
    ServiceKept {
        /// The service.
        service: Tag,
        /// The port that it has.
        kept: Port,
        /// What the tropfile says.
        said: Said,
    },
    /// A directory was not found or could not be looked at, and its reservations were kept.
    KeptWhileUncertain {
        /// The directory.
        path: AbsPath,
        /// Why that is not certain.
        why: String,
    },
    /// Ports below the one that was found are reserved, and were not even looked at.
    PassedOver {
        /// How many.
        count: usize,
        /// The port that was found.
        below: Port,
    },
    /// A service keeps its port, since the preferred one still cannot be had.
    PreferredPortStillRefused {
        /// The preferred port.
        refused: RefusedPort,
        /// The port that it keeps.
        kept: Port,
    },
    /// The services of a stored group do not lie at their offsets from one base.
    OffsetsDisagree(Vec<Anchor>),
    /// No probe applies on this machine, so that every port counted as free.
    NothingProbed,
    /// The answer is right, but that it was used could not be written down.
    NotRefreshed(StorageError),
}

/// What a tropfile says of a service that is somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// This port is preferred.
    Preferred(Port),
    /// This offset, where the other services of the group are placed as from this base, which may be no port.
    Offset {
        /// The distance from the base.
        offset: u16,
        /// The base.
        base: i32,
    },
}

/// How much a remark matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Importance {
    /// The user would want to do something about it.
    Warning,
    /// It is good to know.
    Note,
    /// It is for those who want to know everything.
    Detail,
}

impl Remark {
    /// How much it matters.
    #[must_use]
    pub fn importance(&self) -> Importance {
        match self {
            Remark::PreferredPortRefused { .. }
            | Remark::LastResort { .. }
            | Remark::GroupLastResort { .. }
            | Remark::ServiceKept { .. }
            | Remark::OffsetsDisagree(_)
            | Remark::KeptWhileUncertain { .. }
            | Remark::NothingProbed => Importance::Warning,
            Remark::OtherPortKept { .. } | Remark::NotRefreshed(_) => Importance::Note,
            Remark::PassedOver { .. } | Remark::PreferredPortStillRefused { .. } => Importance::Detail,
        }
    }

    /// The remark as a sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Remark::PreferredPortRefused { refused, taken: Some(taken) } => {
                format!("{refused}; {taken} comes in its place")
            }
            Remark::PreferredPortRefused { refused, taken: None } => refused.to_string(),
            Remark::OtherPortKept { kept, asked } => {
                format!("port {kept} is kept, although {asked} was asked for")
            }
            Remark::LastResort { taken, refused_by_browsers: true } => {
                format!("no better port was left than {taken}, which web browsers refuse to open")
            }
            Remark::LastResort { taken, refused_by_browsers: false } => {
                format!("no better port was left than {taken}, on which a closed connection still lingers")
            }
            Remark::GroupLastResort { refused_by_browsers, lingering } => {
                let ports = |ports: &[Port]| ports.iter().map(Port::to_string).collect::<Vec<_>>().join(", ");
                let refused = (!refused_by_browsers.is_empty())
                    .then(|| format!("web browsers refuse to open {}", ports(refused_by_browsers)));
                let lingering = (!lingering.is_empty())
                    .then(|| format!("a closed connection still lingers on {}", ports(lingering)));
                let why: Vec<String> = refused.into_iter().chain(lingering).collect();
                format!("no better place was left for the group: {}", why.join(", and "))
            }
            Remark::ServiceKept { service, kept, said: Said::Preferred(port) } => {
                format!("{service} keeps port {kept}, although {port} is preferred")
            }
            Remark::ServiceKept { service, kept, said: Said::Offset { offset, base } } => {
                let port = base + i32::from(*offset);
                format!("{service} keeps port {kept}, although its offset {offset} now means {port}")
            }
            Remark::PreferredPortStillRefused { refused, kept } => format!("{refused}; {kept} is kept"),
            Remark::OffsetsDisagree(anchors) => {
                format!("the services do not lie at their offsets from one base{}", list_of_anchors(anchors))
            }
            Remark::PassedOver { count, below } => {
                format!("passed over what is reserved below port {below}: {count}")
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

    /// The remark for a group that had to take such ports, if it took any.
    pub(crate) fn group_last_resort(refused_by_browsers: Vec<Port>, lingering: Vec<Port>) -> Option<Remark> {
        let took_any = !(refused_by_browsers.is_empty() && lingering.is_empty());
        took_any.then_some(Remark::GroupLastResort { refused_by_browsers, lingering })
    }

    /// The remark for a directory that is neither there nor certainly gone.
    pub(crate) fn kept_while_uncertain(path: &AbsPath, presence: &Presence) -> Option<Remark> {
        let why = match presence {
            Presence::Present | Presence::Gone => return None,
            Presence::Displaced(ancestor) => {
                format!("it is no directory, but it lies right below {ancestor}, where disks are mounted")
            }
            Presence::PerhapsUnmounted(ancestor) => {
                format!(
                    "it is not found, but all that is left above it is {ancestor}, so a disk may just not be mounted"
                )
            }
            Presence::Unknown(error) => format!("it cannot be looked at ({})", message_of(error)),
        };
        Some(Remark::KeptWhileUncertain { path: path.clone(), why })
    }
}
