//! How long a storm lasts, and how many there are.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::outcome::Outcome;

/// What the command line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) length: Length,
    /// The first seed.
    pub(crate) seed: u64,
    /// How many seeds, one storm for each.
    pub(crate) seeds: u64,
    /// Whether it is let loose on what users run, or on what is quickly compiled.
    pub(crate) release: bool,
}

/// When a storm is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Time(Duration),
    /// So many processes.
    Invocations(u64),
}

impl Options {
    /// Reads the command line: half a minute, and a seed from the clock, where nothing else is said.
    pub(crate) fn parse(mut arguments: &[&str]) -> Outcome<Options> {
        let number = |name: &str, text: &str| {
            text.parse().map_err(|error| format!("{name} takes a number, not \"{text}\": {error}"))
        };
        let length = Length::Time(Duration::from_secs(30));
        let mut options = Options { length, seed: seed_of_the_clock(), seeds: 1, release: false };
        loop {
            arguments = match arguments {
                [] => return Ok(options),
                ["--seconds", seconds, rest @ ..] => {
                    options.length = Length::Time(Duration::from_secs(number("--seconds", seconds)?));
                    rest
                }
                ["--invocations", invocations, rest @ ..] => {
                    options.length = Length::Invocations(number("--invocations", invocations)?);
                    rest
                }
                ["--seed", seed, rest @ ..] => {
                    options.seed = number("--seed", seed)?;
                    rest
                }
                ["--seeds", seeds, rest @ ..] => {
                    options.seeds = number("--seeds", seeds)?;
                    rest
                }
                ["--release", rest @ ..] => {
                    options.release = true;
                    rest
                }
                [other, ..] => return Err(format!("storm does not understand \"{other}\"").into()),
            };
        }
    }

    /// One storm for each seed.
    pub(crate) fn storms(self) -> impl Iterator<Item = Options> {
        (0..self.seeds).map(move |number| Options { seed: self.seed.wrapping_add(number), seeds: 1, ..self })
    }
}

/// The command line of the same again.
impl fmt::Display for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("cargo xtask storm ")?;
        match self.length {
            Length::Time(time) => write!(formatter, "--seconds {}", time.as_secs())?,
            Length::Invocations(count) => write!(formatter, "--invocations {count}")?,
        }
        write!(formatter, " --seed {}", self.seed)?;
        if self.seeds != 1 {
            write!(formatter, " --seeds {}", self.seeds)?;
        }
        formatter.write_str(if self.release { " --release" } else { "" })
    }
}

fn seed_of_the_clock() -> u64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(since_1970.subsec_micros()) + since_1970.as_secs() % 1_000 * 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_what_was_asked_for() {
        #[track_caller]
        fn check(words: &str) {
            let arguments: Vec<&str> = words.split(' ').collect();
            assert_eq!(Options::parse(&arguments).unwrap().to_string(), format!("cargo xtask storm {words}"));
        }
        check("--seconds 30 --seed 1");
        check("--invocations 25000 --seed 7 --seeds 10");
        check("--seconds 5 --seed 7 --release");
        assert!(Options::parse(&["--seconds", "soon"]).is_err());
        assert!(Options::parse(&["--loud"]).is_err());
    }
}
