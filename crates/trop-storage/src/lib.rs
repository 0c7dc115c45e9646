//! The SQLite file that holds the reservations. The only SQL of trop is here, and no type of the SQLite library leaves.
//!
//! A [`Store`] is a data directory that may or may not exist yet. It is written in one way ([`Store::write`]): one
//! `BEGIN IMMEDIATE` transaction, in which a closure reads the [`Rows`] and decides what is to become of them, and which
//! then commits or rolls back as a whole. A database that is made for it, is made inside that very transaction.
//! It is read in one way ([`Store::read`]): from one snapshot, on read-only disks too, leaving nothing behind but SQLite's own
//! `-wal` and `-shm`.
//!
//! Not here, ever: deciding anything about ports; asking the user.
//!
//! ## What a file must be
//!
//! `application_id` and `user_version` say what a file is; `metadata.schema_version` and refinery's history are written
//! with them in one transaction and must agree. A file without any table is a new one. What an older program wrote is brought up to
//! today's schema by the first change, and read in memory as if it were. Anything else, a newer file, some other program's or a
//! damaged one, is refused and left as it is.

mod alone;
mod apply;
mod aside;
mod bring_up;
mod close;
mod copy;
mod damage;
mod error;
mod examine;
mod file;
mod foresee;
mod inspect;
#[cfg(any(test, feature = "laws"))]
pub mod laws;
mod location;
mod look;
mod make_current;
mod new_file;
mod notice;
mod order;
mod place;
mod read;
mod refinery;
mod refusal;
mod row;
mod rows;
mod schema;
mod set_up;
mod steady;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod writable;
mod write;

pub use damage::{Damage, Spot};
pub use error::StorageError;
pub use location::Location;
pub use notice::Notice;
pub use rows::Rows;
pub use store::{Examined, Found, Store, Verdict, WhenMissing};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
