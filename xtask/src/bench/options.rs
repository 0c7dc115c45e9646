//! What `cargo xtask bench` is asked for.

use super::race::{RACES, Race};
use super::scenario::{SCENARIOS, Scenario};
use crate::outcome::Outcome;

/// The words after `bench`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options<'a> {
    /// Whether the static build is measured beside the usual one.
    pub(crate) with_static: bool,
    /// The scenarios and races to be measured: all when it is empty.
    only: Vec<&'a str>,
    pub(crate) save: bool,
    pub(crate) compare: Option<&'a str>,
}

impl<'a> Options<'a> {
    pub(crate) fn parse(mut arguments: &[&'a str]) -> Outcome<Options<'a>> {
        let mut options = Options::default();
        loop {
            arguments = match arguments {
                [] => return Ok(options),
                ["--static", rest @ ..] => {
                    options.with_static = true;
                    rest
                }
                ["--save", rest @ ..] => {
                    options.save = true;
                    rest
                }
                ["--compare", file, rest @ ..] => {
                    options.compare = Some(file);
                    rest
                }
                ["--only", rest @ ..] => {
                    let count = rest.iter().take_while(|word| !word.starts_with("--")).count();
                    let (names, rest) = rest.split_at(count);
                    require_known(names)?;
                    options.only.extend(names);
                    rest
                }
                [other, ..] => return Err(format!("bench does not understand \"{other}\"").into()),
            };
        }
    }

    pub(crate) fn scenarios(&self) -> impl Iterator<Item = &'static Scenario> {
        SCENARIOS.iter().filter(|scenario| self.is_chosen(scenario.name))
    }

    pub(crate) fn races(&self) -> impl Iterator<Item = &'static Race> {
        RACES.iter().filter(|race| self.is_chosen(race.name))
    }

    fn is_chosen(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.contains(&name)
    }
}

fn require_known(names: &[&str]) -> Outcome {
    let known = SCENARIOS.iter().map(|scenario| scenario.name).chain(RACES.iter().map(|race| race.name));
    let known: Vec<&str> = known.collect();
    let listed = known.join(" ");
    if names.is_empty() {
        return Err(format!("only what? There are:\n{listed}").into());
    }
    match names.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(format!("bench measures no \"{name}\", but:\n{listed}").into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_options() {
        let all = Options::default();
        assert_eq!(Options::parse(&[]).unwrap(), all);
        assert_eq!(all.scenarios().count(), SCENARIOS.len());
        assert_eq!(all.races().count(), RACES.len());
        let expected =
            Options { with_static: true, only: vec!["warm", "crowd"], save: true, compare: Some("old.json") };
        let words = ["--only", "warm", "crowd", "--static", "--save", "--compare", "old.json"];
        let some = Options::parse(&words).unwrap();
        assert_eq!(some, expected);
        assert_eq!(some.scenarios().map(|scenario| scenario.name).collect::<Vec<_>>(), ["warm"]);
        assert_eq!(some.races().map(|race| race.name).collect::<Vec<_>>(), ["crowd"]);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let check = |words: &[&str], expected: &str| {
            let error = Options::parse(words).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check(&["--fast"], "bench does not understand \"--fast\"");
        check(&["--compare"], "bench does not understand \"--compare\"");
        check(&["--only", "--save"], "only what? There are:\nwarm ");
        check(&["--only", "lukewarm"], "bench measures no \"lukewarm\", but:\nwarm ");
    }
}
