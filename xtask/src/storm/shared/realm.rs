//! The directories that all workers share, and the keys there can be.

use std::fs;
use std::io;

use crate::storm::Checked;
use crate::storm::model::Key;
use crate::storm::shared::exclusions::TropFile;
use crate::storm::shared::history::{Chance, Deed, Span};

/// Always there. Their ports are reserved, released, and moved from one to the other.
pub(crate) const PLAIN: [&str; 2] = ["one", "two"];
/// Always there, and alike, so that the one moves to the other with all that is below.
pub(crate) const TREES: [&str; 2] = ["left", "right"];
const BELOW_TREE: &str = "sub";
/// They come and go.
pub(crate) const PASSING: [&str; 2] = ["passing", "passing/sub"];
/// With tropfiles.
pub(crate) const PROJECTS: [&str; 2] = ["shop", "blog"];
/// With a tropfile, and nothing is done to a part of its group.
pub(crate) const WHOLE: &str = "whole";

/// The files that ports are written into.
pub(crate) const ENVIRONMENT: [&str; 3] = ["shop/.env", "blog/.env", "whole/.env"];
/// What stands in them besides.
const OWN_LINES: &str = "# Mine.\nDEBUG=1\n";

/// The services that every tropfile lists.
pub(crate) const SERVICES: [&str; 3] = ["api", "db", "web"];
/// The tag of a key that is written whenever all is quiet, and by nobody else.
pub(crate) const SETTLING_TAG: &str = "settling";
/// All tags, besides none.
pub(crate) const TAGS: [&str; 4] = ["api", "db", "job", "web"];

/// Where the directories are.
#[derive(Debug, Clone)]
pub(crate) struct Realm {
    pub(crate) root: String,
}

impl Realm {
    /// Makes the directories that are always there, and their tropfiles.
    pub(crate) fn make(&self) -> io::Result<()> {
        for name in self.stable() {
            fs::create_dir_all(self.at(&name))?;
        }
        ENVIRONMENT.iter().try_for_each(|file| fs::write(self.at(file), OWN_LINES))?;
        TropFile::ALL.iter().try_for_each(|file| fs::write(self.tropfile(*file), file.text()))
    }

    /// Requires that the files which ports are written into hold what they held, and at most one block with one line for each service.
    pub(crate) fn require_environments(&self) -> Checked {
        for file in ENVIRONMENT.map(|name| self.at(name)) {
            let text = fs::read_to_string(&file).map_err(|error| format!("cannot read {file}: {error}"))?;
            let block = text.strip_prefix(OWN_LINES).ok_or(format!("{file} lost what it held: {text}"))?;
            let lines: Vec<&str> = block.lines().collect();
            let is_whole = match lines.as_slice() {
                [] => true,
                [begin, ports @ .., end] => {
                    begin.starts_with("# >>>") && end.starts_with("# <<<") && ports.len() == SERVICES.len()
                }
                _ => false,
            };
            if !is_whole || !text.ends_with('\n') {
                return Err(format!("{file} holds a part of a block: {text}"));
            }
        }
        Ok(())
    }

    /// What a clean-up may take at any time, since its directory may have been seen gone: a deed of nobody.
    pub(crate) fn what_is_gone(&self) -> Deed {
        let always = Span { from: 0, to: u64::MAX };
        let mut deed = Deed::new("a clean-up of directories that come and go".to_owned(), always);
        self.passing_keys().iter().for_each(|key| deed.may_have_left(key, Chance::Nothing));
        deed
    }

    /// The same before anything happened.
    pub(crate) fn beginning(&self) -> Vec<Deed> {
        let mut start = Deed::new("nothing".to_owned(), Span { from: 0, to: 0 });
        self.keys().iter().for_each(|key| start.left(key, None));
        vec![start, self.what_is_gone()]
    }

    /// The directory of that name.
    pub(crate) fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    pub(crate) fn tropfile(&self, file: TropFile) -> String {
        self.at(file.name())
    }

    /// Those that reservations are made for one by one.
    pub(crate) fn of_single_reservations(&self) -> Vec<String> {
        let names = self.stable().into_iter().filter(|name| name != WHOLE);
        names.chain(PASSING.map(str::to_owned)).map(|name| self.at(&name)).collect()
    }

    /// Every key that there can be.
    pub(crate) fn keys(&self) -> Vec<Key> {
        let mut directories = self.of_single_reservations();
        directories.push(self.at(WHOLE));
        directories.iter().flat_map(|directory| keys_of(directory)).collect()
    }

    /// The keys of directories that may be gone.
    pub(crate) fn passing_keys(&self) -> Vec<Key> {
        PASSING.iter().flat_map(|name| keys_of(&self.at(name))).collect()
    }

    pub(crate) fn whole_keys(&self) -> Vec<Key> {
        let tagged = |tag: &&str| Key { path: self.at(WHOLE), tag: Some((*tag).to_owned()) };
        SERVICES.iter().map(tagged).collect()
    }

    fn stable(&self) -> Vec<String> {
        let below = TREES.map(|tree| format!("{tree}/{BELOW_TREE}"));
        let names = PLAIN.iter().chain(&TREES).chain(&PROJECTS).chain([&WHOLE]);
        names.map(|name| (*name).to_owned()).chain(below).collect()
    }
}

/// The keys of one directory.
pub(crate) fn keys_of(directory: &str) -> Vec<Key> {
    let tags = [None].into_iter().chain(TAGS.map(Some));
    tags.map(|tag| Key { path: directory.to_owned(), tag: tag.map(str::to_owned) }).collect()
}
