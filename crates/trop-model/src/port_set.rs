//! A set of ports with an answer in one step.

use std::fmt;

use crate::{Port, PortRange};

const WORDS: usize = 65_536 / 64;

/// A set of ports, kept as a bitmap of 65,536 bits (8 KiB).
#[derive(Clone, PartialEq, Eq)]
pub struct PortSet {
    words: Box<[u64; WORDS]>,
}

impl PortSet {
    /// The set without any port.
    #[must_use]
    pub fn new() -> PortSet {
        PortSet { words: Box::new([0; WORDS]) }
    }

    /// Adds `port`; adding it twice is adding it once. The answer is whether it was not in the set.
    pub fn insert(&mut self, port: Port) -> bool {
        let (word, bit) = place(port);
        let is_new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        is_new
    }

    /// Takes `port` out; a port that is not in the set is no error.
    pub fn remove(&mut self, port: Port) {
        let (word, bit) = place(port);
        self.words[word] &= !bit;
    }

    /// Whether `port` is in the set.
    #[must_use]
    pub fn contains(&self, port: Port) -> bool {
        let (word, bit) = place(port);
        self.words[word] & bit != 0
    }

    /// How many ports from `port` on are in the set, up to the first one that is not.
    #[must_use]
    pub fn run_from(&self, port: Port) -> usize {
        let number = usize::from(port.get());
        let (first, before) = (number / 64, number % 64);
        let in_first = (self.words[first] >> before).trailing_ones() as usize;
        if in_first < 64 - before {
            return in_first;
        }
        let later = &self.words[first + 1..];
        let full = later.iter().take_while(|&&word| word == u64::MAX).count();
        let in_last = later.get(full).map_or(0, |word| word.trailing_ones() as usize);
        in_first + full * 64 + in_last
    }

    /// How many ports are in the set.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Those of its ports that are in `range`.
    #[must_use]
    pub fn within(&self, range: PortRange) -> PortSet {
        let (first, last) = (usize::from(range.first().get()), usize::from(range.last().get()));
        let mut within = PortSet::new();
        for word in first / 64..=last / 64 {
            let up_to_last = lowest_bits(last + 1 - word * 64);
            let before_first = lowest_bits(first.saturating_sub(word * 64));
            within.words[word] = self.words[word] & up_to_last & !before_first;
        }
        within
    }

    /// The ports of the set in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = Port> {
        self.words.iter().enumerate().flat_map(|(index, &word)| {
            (0..64)
                .filter(move |bit| word & (1 << bit) != 0)
                .filter_map(move |bit| u16::try_from(index * 64 + bit).ok().and_then(Port::new))
        })
    }
}

/// As many bits as `count` says, at most all 64, from the lowest one on.
fn lowest_bits(count: usize) -> u64 {
    let others = 64_usize.saturating_sub(count);
    u64::MAX.checked_shr(u32::try_from(others).unwrap_or(64)).unwrap_or(0)
}

fn place(port: Port) -> (usize, u64) {
    let number = usize::from(port.get());
    (number / 64, 1 << (number % 64))
}

impl Default for PortSet {
    fn default() -> PortSet {
        PortSet::new()
    }
}

impl Extend<Port> for PortSet {
    fn extend<I: IntoIterator<Item = Port>>(&mut self, ports: I) {
        for port in ports {
            self.insert(port);
        }
    }
}

impl FromIterator<Port> for PortSet {
    fn from_iter<I: IntoIterator<Item = Port>>(ports: I) -> PortSet {
        let mut set = PortSet::new();
        set.extend(ports);
        set
    }
}

impl FromIterator<PortRange> for PortSet {
    fn from_iter<I: IntoIterator<Item = PortRange>>(ranges: I) -> PortSet {
        ranges.into_iter().flat_map(PortRange::iter).collect()
    }
}

impl fmt::Debug for PortSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
