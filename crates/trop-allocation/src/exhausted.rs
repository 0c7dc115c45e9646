//! Why a range had nothing left.

use trop_model::{Port, PortRange};

/// A range in which no port can be had, and how many of its ports each reason took.
///
/// Every port counts once, under the first reason that holds, so the three add up to `range.count()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted {
    /// The range that was searched.
    pub range: PortRange,
    /// Ports that another key holds.
    pub reserved: u32,
    /// Other ports that are excluded.
    pub excluded: u32,
    /// Other ports that a socket has.
    pub in_use: u32,
}

/// A range in which there is no base for a group, and what stood in the way at each.
///
/// Every base counts once, against the first wish whose port is refused there, else against the first whose port is in
/// use. So all numbers in `blocked` add up to `bases`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupExhausted {
    /// The range in which every port must lie.
    pub range: PortRange,
    /// The lowest base that was allowed.
    pub first_base: Port,
    /// How many bases were tried: from `first_base` upwards those at which every port lies in the range. 0 when there
    /// is no such base.
    pub bases: u32,
    /// One for each wish that was not on its preferred port, in the order of the wishes.
    pub blocked: Vec<Blocked>,
}

/// At how many bases it was one wish that could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocked {
    /// The place of the wish among all wishes, from 0.
    pub wish: usize,
    /// Bases at which another key holds its port, or a wish of the same group has it as its preferred one.
    pub reserved: u32,
    /// Other bases at which its port is excluded.
    pub excluded: u32,
    /// Other bases at which a socket has its port.
    pub in_use: u32,
}
