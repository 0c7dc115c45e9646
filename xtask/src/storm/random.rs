//! Random choices, the same again for the same seed.

/// A stream of random numbers (SplitMix64, by Steele, Lea and Flood, 2014).
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// One of the many streams of a seed.
    pub(crate) fn stream(seed: u64, number: u64) -> Random {
        let mut seeds = Random(seed);
        let start = seeds.next() ^ Random(number).next();
        Random(start)
    }

    /// A number from 0 up to and without `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// True in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the choices, of which there is at least one.
    pub(crate) fn pick<'c, T>(&mut self, choices: &'c [T]) -> &'c T {
        let count = u64::try_from(choices.len()).unwrap_or(u64::MAX);
        let index = usize::try_from(self.below(count)).unwrap_or(0);
        &choices[index]
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_the_same_again_and_unlike_the_next() {
        let begin = |seed, number| {
            let mut random = Random::stream(seed, number);
            [random.below(1_000), random.below(1_000), random.below(1_000)]
        };
        assert_eq!(begin(7, 0), begin(7, 0));
        assert_ne!(begin(7, 0), begin(7, 1));
        assert_ne!(begin(7, 0), begin(8, 0));
    }
}
