//! One command of every kind: what it does when all is well, and how it ends under a fault.

use std::collections::BTreeSet;

/// The exit code of each command under one fault.
pub(crate) struct Expected {
    /// `list`, `assert-reservation`, `port-info`.
    pub(crate) asking: i32,
    /// `reserve` of what is stored.
    pub(crate) stored: i32,
    /// `reserve` of something new.
    pub(crate) new: i32,
    /// The same as a dry run.
    pub(crate) dry_run: i32,
    /// `release` of what is stored.
    pub(crate) release: i32,
    /// `release` of what is not.
    pub(crate) idle: i32,
    /// `prune`, where a directory is gone.
    pub(crate) clean_up: i32,
    /// `exclude`, into the tropfile.
    pub(crate) exclude: i32,
    /// `autoreserve --write` of a new group.
    pub(crate) write: i32,
    /// `init`, where a database is.
    pub(crate) init: i32,
    /// `init --overwrite`.
    pub(crate) start_over: i32,
}

impl Expected {
    /// As if nothing were wrong.
    pub(crate) const ALL_WELL: Expected = Expected::same(0);

    /// The same for every command.
    pub(crate) const fn same(code: i32) -> Expected {
        Expected {
            asking: code,
            stored: code,
            new: code,
            dry_run: code,
            release: code,
            idle: code,
            clean_up: code,
            exclude: code,
            write: code,
            init: code,
            start_over: code,
        }
    }

    /// Every command with the code it is to end with.
    pub(crate) fn of_each(&self) -> [(i32, &'static Command); 13] {
        [
            (self.asking, &LIST),
            (self.asking, &ASSERT),
            (self.asking, &PORT_INFO),
            (self.stored, &STORED),
            (self.new, &NEW),
            (self.dry_run, &DRY_RUN),
            (self.release, &RELEASE),
            (self.idle, &IDLE),
            (self.clean_up, &CLEAN_UP),
            (self.exclude, &EXCLUDE),
            (self.write, &WRITE),
            (self.init, &INIT),
            (self.start_over, &START_OVER),
        ]
    }
}

/// The keys that are reserved, each as the last name of its directory, a space, and its tag.
pub(crate) type Keys = BTreeSet<String>;

/// A command, and what it does to the keys.
pub(crate) struct Command {
    pub(crate) arguments: &'static [&'static str],
    pub(crate) effect: fn(&mut Keys),
}

pub(crate) const LIST: Command = asking(&["list", "--format=csv"]);
pub(crate) const ASSERT: Command = asking(&["assert-reservation"]);
pub(crate) const PORT_INFO: Command = asking(&["port-info", "5000"]);
pub(crate) const STORED: Command = asking(&["reserve"]);
pub(crate) const NEW: Command = Command {
    arguments: &["reserve", "--tag=new"],
    effect: |keys| _ = keys.insert("project new".to_owned()),
};
pub(crate) const DRY_RUN: Command = asking(&["reserve", "--tag=new", "--dry-run"]);
pub(crate) const RELEASE: Command =
    Command { arguments: &["release", "--tag=old"], effect: |keys| _ = keys.remove("project old") };
pub(crate) const IDLE: Command = asking(&["release", "--tag=absent"]);
pub(crate) const CLEAN_UP: Command =
    Command { arguments: &["prune"], effect: |keys| _ = keys.remove("gone ") };
pub(crate) const EXCLUDE: Command = asking(&["exclude", "5000"]);
pub(crate) const WRITE: Command = Command {
    arguments: &["autoreserve", "--write=.env"],
    effect: |keys| _ = keys.insert("project web".to_owned()),
};
pub(crate) const INIT: Command = asking(&["init"]);
pub(crate) const INIT_WITH_CONFIG: Command = asking(&["init", "--with-config"]);
pub(crate) const START_OVER: Command = Command { arguments: &["init", "--overwrite"], effect: Keys::clear };

/// One that changes no key.
const fn asking(arguments: &'static [&'static str]) -> Command {
    Command { arguments, effect: |_| {} }
}
