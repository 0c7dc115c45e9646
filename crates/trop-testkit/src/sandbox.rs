//! Directories of its own for one test.

use std::ffi::OsStr;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use crate::Invocation;
use crate::ordinary_user::{as_ordinary_user, give_to_ordinary_user, is_root};

/// How long the path of a sandbox is, in bytes, wherever the temporary directory's own path leaves room for it.
/// Columns that hold paths are then as wide on every machine.
pub(crate) const ROOT_WIDTH: usize = 32;
/// What the name of a sandbox begins with; the rest is random, and at least so long.
const PREFIX: &str = "trop-";
const FEWEST_RANDOM: usize = 6;

/// A temporary directory with an empty home in it, for running one program. Gone when dropped.
pub struct Sandbox {
    root: Utf8PathBuf,
    binary: Utf8PathBuf,
    user: User,
    _removes_itself: TempDir,
}

/// Who runs the program and owns the directories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum User {
    /// Whoever runs the test.
    Caller,
    /// Somebody without special rights.
    Ordinary,
}

impl Sandbox {
    /// A sandbox for the program at `binary`, which a test knows as `env!("CARGO_BIN_EXE_<name>")`.
    #[must_use]
    pub fn new(binary: &str) -> Sandbox {
        Sandbox::of(User::Caller, binary)
    }

    /// The same for somebody without special rights, who owns everything in it and runs the program: where the test
    /// runs as root another user, else its own.
    #[must_use]
    pub fn of_ordinary_user(binary: &str) -> Sandbox {
        Sandbox::of(User::Ordinary, binary)
    }

    fn of(user: User, binary: &str) -> Sandbox {
        let temporary = std::env::temp_dir().canonicalize().expect("the temporary directory exists");
        let temporary = Utf8PathBuf::from_path_buf(temporary).expect("its path is Unicode");
        let without_random = temporary.as_str().len() + "/".len() + PREFIX.len();
        let random = ROOT_WIDTH.saturating_sub(without_random).max(FEWEST_RANDOM);
        let directory = tempfile::Builder::new().prefix(PREFIX).rand_bytes(random).tempdir_in(&temporary);
        let directory = directory.expect("a temporary directory can be made");
        let root = Utf8PathBuf::from_path_buf(directory.path().to_owned()).expect("its path is Unicode");
        let sandbox = Sandbox { binary: binary.into(), root, user, _removes_itself: directory };
        sandbox.own(&sandbox.root);
        sandbox.directory("home");
        sandbox.directory("site");
        match user {
            User::Ordinary if is_root() => sandbox.with_binary_inside(),
            _ => sandbox,
        }
    }

    /// Copies the program to where everybody may run it: what a test built may be below a directory that is root's
    /// alone. Another program copies it: a file that this process has open for writing while another thread starts a child
    /// cannot be run until that child has let go of it.
    fn with_binary_inside(self) -> Sandbox {
        let name = self.binary.file_name().expect("a program has a name");
        let copy = self.directory("bin").join(name);
        let copied = std::process::Command::new("cp").arg(&self.binary).arg(&copy).status();
        assert!(copied.is_ok_and(|status| status.success()), "the program can be copied");
        Sandbox { binary: copy, ..self }
    }

    /// The directory that everything else is in.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The home directory that the program sees, empty at first.
    #[must_use]
    pub fn home(&self) -> Utf8PathBuf {
        self.root.join("home")
    }

    /// The directory of that name beside the home, made when it is missing. The name may be a relative path, `a/b`.
    pub fn directory(&self, name: &str) -> Utf8PathBuf {
        let mut directory = self.root.clone();
        for component in Utf8Path::new(name) {
            directory.push(component);
            if !directory.exists() {
                fs::create_dir(&directory).expect("a directory can be made in a sandbox");
                self.own(&directory);
            }
        }
        directory
    }

    /// The program with these arguments, ready to run in the directory `site`. Its environment holds nothing but
    /// `HOME` and a short `PATH`, its standard input is empty.
    pub fn trop<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Invocation {
        let mut invocation = Invocation::new(&self.binary, &self.home()).in_dir(self.directory("site"));
        invocation.command.args(arguments);
        if self.user == User::Ordinary {
            as_ordinary_user(&mut invocation.command);
        }
        invocation
    }

    fn own(&self, path: &Utf8Path) {
        if self.user == User::Ordinary {
            give_to_ordinary_user(path);
        }
    }
}
