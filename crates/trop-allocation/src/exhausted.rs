//! Why a range had nothing left.

use trop_model::PortRange;

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
