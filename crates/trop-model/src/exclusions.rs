//! The ports that are never handed out.

use crate::{Port, PortRange};

/// Ports that trop never hands out, as the shortest ascending list of ranges: none overlap, none touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exclusions {
    ranges: Vec<PortRange>,
}

impl Exclusions {
    /// The list, ascending.
    #[must_use]
    pub fn ranges(&self) -> &[PortRange] {
        &self.ranges
    }

    /// Whether `port` is excluded.
    #[must_use]
    pub fn contains(&self, port: Port) -> bool {
        let after = self.ranges.partition_point(|range| range.first() <= port);
        after > 0 && port <= self.ranges[after - 1].last()
    }
}

impl FromIterator<PortRange> for Exclusions {
    /// Merges ranges that overlap or are adjacent.
    fn from_iter<I: IntoIterator<Item = PortRange>>(ranges: I) -> Exclusions {
        let mut sorted: Vec<PortRange> = ranges.into_iter().collect();
        sorted.sort_unstable();
        let mut merged: Vec<PortRange> = Vec::new();
        for range in sorted {
            match merged.last_mut() {
                Some(last) if last.last().next().is_none_or(|after| range.first() <= after) => {
                    *last = last.extended_to(range.last());
                }
                _ => merged.push(range),
            }
        }
        Exclusions { ranges: merged }
    }
}
