//! The files that ports are excluded in: what must stand in them, and what must not.

use std::collections::{BTreeMap, BTreeSet};

use crate::storm::Checked;
use crate::storm::ports::Range;
use crate::storm::shared::history::Moment;
use crate::storm::shared::realm::PROJECTS;

/// A tropfile of the storm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TropFile {
    Shop,
    Blog,
    /// Beside that of the blog, so that exclusions go here.
    BlogLocal,
    Whole,
}

/// A file that ports are added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Shop,
    BlogLocal,
    /// The `config.yaml` of the data directory.
    Global,
}

const GROUP: &str = "\
# What the storm's projects are about. This line stays.
ports: { min: 12700, max: 12779 }   # where others look, too
";
const SERVICES: &str = "\
reservations:
  base: 12700   # from here
  services:
    web: { offset: 0, preferred: 12750, env: WEB_PORT }
    api: { offset: 1 }
    db: { offset: 3 }
# The last line.
";
const LISTED: &str = "\
excluded_ports:   # grows while the storm lasts
  - 12780   # the first
  - 12785..12786   # two more
";
const LOCAL: &str = "\
# Of this machine alone.
disable_autoexpire: false # as ever
excluded_ports: [12780, 12785..12786] # in one line
# The last line.
";
const GLOBAL: &str = "\
# For everything.
excluded_ports:
  - 12780 # the first
  # Between them.
  - 12785..12786
disable_autoinit: false # the last
";
/// What each of the texts with a list excludes.
pub(crate) const FROM_THE_START: [u16; 3] = [12_780, 12_785, 12_786];

impl TropFile {
    pub(crate) const ALL: [TropFile; 4] =
        [TropFile::Shop, TropFile::Blog, TropFile::BlogLocal, TropFile::Whole];

    /// As seen from where all of them are.
    pub(crate) fn name(self) -> &'static str {
        match self {
            TropFile::Shop => "shop/trop.yaml",
            TropFile::Blog => "blog/trop.yaml",
            TropFile::BlogLocal => "blog/trop.local.yaml",
            TropFile::Whole => "whole/trop.yaml",
        }
    }

    /// What stands in it at first.
    pub(crate) fn text(self) -> String {
        match self {
            TropFile::Shop => format!("{GROUP}{LISTED}{SERVICES}"),
            TropFile::Blog | TropFile::Whole => format!("{GROUP}{SERVICES}"),
            TropFile::BlogLocal => LOCAL.to_owned(),
        }
    }
}

impl Target {
    pub(crate) const ALL: [Target; 3] = [Target::Shop, Target::BlogLocal, Target::Global];

    /// Which tropfile it is, if it is one.
    pub(crate) fn tropfile(self) -> Option<TropFile> {
        match self {
            Target::Shop => Some(TropFile::Shop),
            Target::BlogLocal => Some(TropFile::BlogLocal),
            Target::Global => None,
        }
    }

    /// What stands in it at first.
    pub(crate) fn text(self) -> String {
        self.tropfile().map_or_else(|| GLOBAL.to_owned(), TropFile::text)
    }

    /// The name of a project that adds to it.
    pub(crate) fn edited_from(self) -> &'static str {
        self.project().unwrap_or(PROJECTS[0])
    }

    /// The name of the project that adds to it, unless all do.
    pub(crate) fn project(self) -> Option<&'static str> {
        match self {
            Target::Shop => Some("shop"),
            Target::BlogLocal => Some("blog"),
            Target::Global => None,
        }
    }
}

/// What was asked for, and what was acknowledged, since the files were as at first.
#[derive(Debug, Default)]
pub(crate) struct Exclusions {
    asked: BTreeMap<Target, BTreeSet<u16>>,
    /// Since when at the latest.
    acknowledged: BTreeMap<Target, BTreeMap<u16, Moment>>,
}

impl Exclusions {
    pub(crate) fn ask(&mut self, target: Target, ports: Range) {
        self.asked.entry(target).or_default().extend(ports.ports());
    }

    pub(crate) fn acknowledge(&mut self, target: Target, ports: Range, at: Moment) {
        let known = self.acknowledged.entry(target).or_default();
        for port in ports.ports() {
            known.entry(port).or_insert(at);
        }
    }

    /// Whether the port must not be handed out in that project by a process that starts then.
    pub(crate) fn forbid(&self, project: &str, port: u16, start: Moment) -> bool {
        let counts = |target: &Target| target.project().is_none_or(|own| own == project);
        let mut since = self.acknowledged.iter().filter(|(target, _)| counts(target));
        since.any(|(_, known)| known.get(&port).is_some_and(|at| *at < start))
    }

    /// Requires that every acknowledged port stands in the file, none that nobody asked for, and every line that is about something else.
    pub(crate) fn require_in(&self, target: Target, text: &str) -> Checked {
        let excluded = excluded_in(text).ok_or("its excluded ports cannot be read")?;
        let asked = self.asked.get(&target).into_iter().flatten().copied();
        let allowed: BTreeSet<u16> = asked.chain(FROM_THE_START).collect();
        let acknowledged = self.acknowledged.get(&target).into_iter().flat_map(BTreeMap::keys).copied();
        for port in acknowledged.chain(FROM_THE_START) {
            if !excluded.contains(&port) {
                return Err(format!("port {port} was excluded, and is not in it"));
            }
        }
        if let Some(port) = excluded.difference(&allowed).next() {
            return Err(format!("nobody excluded port {port}"));
        }
        let first = target.text();
        match first.lines().flat_map(kept_of_line).find(|kept| !text.contains(kept)) {
            Some(lost) => Err(format!("{lost:?} is not in it any more")),
            None => Ok(()),
        }
    }
}

/// What must not be lost of a line: its comment, and all of it when it is about something else than excluded ports.
fn kept_of_line(line: &str) -> Vec<&str> {
    let about = line.trim_start();
    let is_about_ports = about.starts_with("- ") || about.starts_with("excluded_ports:");
    let comment = line.find('#').map(|start| &line[start..]);
    if is_about_ports { comment.into_iter().collect() } else { vec![line] }
}

/// The ports of the one list, in whatever style it is written.
fn excluded_in(text: &str) -> Option<BTreeSet<u16>> {
    let mut excluded = BTreeSet::new();
    let mut lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let first = lines.find_map(|line| line.strip_prefix("excluded_ports:"))?;
    let is_inside = |line: &&str| line.trim().is_empty() || line.starts_with([' ', '-', ']']);
    for line in [first].into_iter().chain(lines.take_while(is_inside)) {
        let words = line.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
        for word in words.filter(|word| !word.is_empty()) {
            let (first, last) = word.split_once("..").unwrap_or((word, word));
            excluded.extend(first.parse::<u16>().ok()?..=last.parse().ok()?);
        }
    }
    Some(excluded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_lost_something_is_complained_of() {
        #[track_caller]
        fn check(change: impl Fn(&str) -> String, complaint: Option<&str>) {
            let mut exclusions = Exclusions::default();
            exclusions.ask(Target::Shop, Range { first: 12_790, last: 12_792 });
            exclusions.ask(Target::Shop, Range { first: 12_800, last: 12_800 });
            exclusions.acknowledge(Target::Shop, Range { first: 12_790, last: 12_792 }, 5);
            let text = Target::Shop.text().replace("- 12780", "- 12790..12792\n  - 12780");
            let found = exclusions.require_in(Target::Shop, &change(&text));
            assert_eq!(found.err().as_deref(), complaint);
        }
        check(str::to_owned, None);
        check(|text| text.replace("12792", "12791"), Some("port 12792 was excluded, and is not in it"));
        check(|text| text.replace("  - 12790", "  - 12800\n  - 12790"), None);
        check(|text| text.replace("12792", "12793"), Some("nobody excluded port 12793"));
        check(|text| text.replace(" two more", ""), Some("\"# two more\" is not in it any more"));
        check(
            |text| text.replace("# The last line.\n", ""),
            Some("\"# The last line.\" is not in it any more"),
        );
        check(
            |text| text.replace("offset: 3", "offset: 4"),
            Some("\"    db: { offset: 3 }\" is not in it any more"),
        );
        check(|_| String::new(), Some("its excluded ports cannot be read"));
    }

    #[test]
    fn every_style_of_list_is_read() {
        for target in Target::ALL {
            assert_eq!(excluded_in(&target.text()), Some(BTreeSet::from(FROM_THE_START)), "{target:?}");
        }
    }

    #[test]
    fn what_is_excluded_is_forbidden_to_who_starts_later() {
        let mut exclusions = Exclusions::default();
        exclusions.acknowledge(Target::Shop, Range { first: 1, last: 1 }, 5);
        exclusions.acknowledge(Target::Global, Range { first: 2, last: 2 }, 5);
        assert!(exclusions.forbid("shop", 1, 6) && !exclusions.forbid("shop", 1, 5));
        assert!(!exclusions.forbid("blog", 1, 6) && exclusions.forbid("blog", 2, 6));
    }
}
