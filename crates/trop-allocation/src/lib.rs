//! Which port comes next: a pure search over a view of what is taken.
//!
//! [`allocate_one`] looks for the port of one new reservation: the [`Preferred`] port if it can be had, else the lowest
//! good port of a range, else one that is only for want of a better one. [`allocate_group`] does the same for several
//! services at once, each a [`Wish`]: those without their preferred port go to fixed distances from one base, and what
//! is searched is the base. One reservation is a group of one at distance 0. [`place_in_group`] searches nothing: the
//! base is settled, and the answer is whether newcomers can have their places beside it.
//!
//! What a search knows of the world it learns from a [`View`], which its caller brings. The view tells two kinds of
//! "no" apart. A [`Refusal`] is a matter of record (another key holds the port, or it is excluded), costs nothing to ask
//! for and is asked first. A [`Probe`] is what sockets say at this moment; it costs system calls, so only candidates are
//! probed, none twice, and an error there ends the search.
//!
//! That nothing can be had is an answer like any other, [`Choice::Exhausted`] or [`GroupChoice::Exhausted`], and so is a
//! port of last resort: the caller may want to clean up and search again before it settles for either.
//!
//! Not here, ever: storage, sockets, configuration.

mod exhausted;
mod group;
mod growth;
mod one;
mod preferred;
mod search;
mod sweep;
mod view;
mod wish;

pub use exhausted::{Blocked, Exhausted, GroupExhausted};
pub use group::{GroupAllocation, GroupChoice, allocate_group};
pub use growth::{GroupGrowth, Misplaced, place_in_group};
pub use one::{Allocation, Choice, allocate_one};
pub use preferred::{Preferred, PreferredRefusal, find_preferred_refusal};
pub use view::{Probe, Refusal, View};
pub use wish::Wish;

/// Compiles and runs the example of the README with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
