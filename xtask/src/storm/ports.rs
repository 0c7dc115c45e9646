//! Which ports the storm is about.
//!
//! All lie where browsers refuse none, and below the ports that systems give to outgoing connections.

use crate::storm::random::Random;

/// Ports from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) first: u16,
    pub(crate) last: u16,
}

impl Range {
    pub(crate) fn contains(self, port: u16) -> bool {
        self.first <= port && port <= self.last
    }

    pub(crate) fn ports(self) -> impl Iterator<Item = u16> {
        self.first..=self.last
    }

    pub(crate) fn any(self, random: &mut Random) -> u16 {
        let count = u64::from(self.last - self.first) + 1;
        self.first + u16::try_from(random.below(count)).unwrap_or(0)
    }

    /// So many ports from the first.
    const fn of(first: u16, count: u16) -> Range {
        Range { first, last: first + count - 1 }
    }
}

/// All that are reserved.
pub(crate) const ALL: Range = Range::of(12_000, 840);
/// For all workers together, and too few.
pub(crate) const SCARCE: Range = Range::of(12_200, 24);
/// For all workers together, and more than there are keys.
pub(crate) const PLENTY: Range = Range::of(12_300, 400);
/// The first of those. Other programs use them.
pub(crate) const OCCUPIED: Range = Range::of(PLENTY.first, 100);
/// For keys that all workers share, and too few for them.
pub(crate) const SHARED: Range = Range::of(12_700, 80);
/// The first of those. Other programs use them.
pub(crate) const SHARED_OCCUPIED: Range = Range::of(SHARED.first, 40);
/// What is excluded in projects, some of which others ask for.
pub(crate) const EXCLUDABLE: Range = Range::of(12_772, 50);
/// What is excluded everywhere, which nobody asks for.
pub(crate) const GLOBALLY_EXCLUDABLE: Range = Range::of(12_780, 42);
/// What is scanned, which nobody asks for either.
pub(crate) const SCANNED: Range = Range::of(12_824, 12);
/// Those of them that other programs use.
pub(crate) const FOUND_BY_SCAN: Range = Range::of(12_828, 3);
/// What is excluded in projects or everywhere, and what is so many that hardly any is excluded twice. Nobody asks for these.
pub(crate) const EXCLUDED_ONCE: Range = Range::of(13_000, 4_000);
/// For the one key that is written when all is quiet.
pub(crate) const SETTLING: Range = Range::of(12_838, 2);

const OWN_COUNT: u16 = 20;
const OWN_RANGE_COUNT: u16 = 6;

/// The ports that only this worker asks for.
pub(crate) fn own(worker: u16) -> Range {
    Range::of(ALL.first + worker * OWN_COUNT, OWN_COUNT)
}

/// Those of its own ports that it uses as a range, fewer than it has keys.
pub(crate) fn own_range(worker: u16) -> Range {
    Range::of(own(worker).first, OWN_RANGE_COUNT)
}
