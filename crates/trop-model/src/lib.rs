//! The nouns of trop and their rules, with no I/O.
//!
//! A [`Reservation`] is one [`Port`] held for one [`ReservationKey`]: an absolute directory path plus an optional
//! [`Tag`]. Everything that can be wrong with such a value is wrong at its constructor; whoever holds one need not
//! check again. A [`Ledger`] answers questions about stored reservations, and a [`Change`] says what is to become of
//! one: planners read the first and answer with the second.
//!
//! Two kinds of "set of ports" live here. [`PortSet`] is a bitmap for questions that are asked thousands of times
//! ("which ports of this range are reserved?"). [`Exclusions`] is the canonical list of ranges that a person wrote,
//! and can be shown back.
//!
//! Not here, ever: serde, SQL, the clock, the file system.

mod change;
mod env_name;
mod exclusions;
mod group;
mod label;
#[cfg(any(test, feature = "laws"))]
pub mod laws;
mod ledger;
mod message;
mod port;
mod port_set;
mod quoted;
mod range;
mod reservation;
mod timestamp;

pub mod browser;

pub use change::{Change, RemovalReason};
pub use env_name::{EnvName, InvalidEnvName};
pub use exclusions::Exclusions;
pub use group::{
    Claims, Clash, Contested, GroupSpec, InvalidGroup, Member, Misfit, Service, find_clashes, find_misfits,
};
pub use label::{InvalidLabel, Project, Tag, Task};
pub use ledger::Ledger;
pub use message::message_of;
pub use port::{InvalidPort, Port};
pub use port_set::PortSet;
pub use quoted::quoted;
pub use range::{InvalidRange, PortRange};
pub use reservation::{Reservation, ReservationKey};
pub use timestamp::{InvalidTimestamp, Timestamp};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
