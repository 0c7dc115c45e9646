//! A home, a block of ports, and `trop reserve` within a few of them.

use std::ffi::OsStr;
use std::fs;
use std::ops::RangeInclusive;
use std::os::unix::fs::{MetadataExt, chown};

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::{Invocation, PortBlock, Sandbox};

/// What most tests of `reserve` begin with.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) ports: PortBlock,
}

impl Stage {
    pub(crate) fn new() -> Stage {
        Stage { sandbox: Stage::sandbox(), ports: PortBlock::claim() }
    }

    /// Another home, on which trop never ran.
    pub(crate) fn sandbox() -> Sandbox {
        Sandbox::new(env!("CARGO_BIN_EXE_trop"))
    }

    /// The same for somebody without special rights.
    pub(crate) fn of_ordinary_user() -> Stage {
        Stage { sandbox: Sandbox::of_ordinary_user(env!("CARGO_BIN_EXE_trop")), ports: PortBlock::claim() }
    }

    pub(crate) fn directory(&self, name: &str) -> Utf8PathBuf {
        self.sandbox.directory(name)
    }

    pub(crate) fn data_directory(&self) -> Utf8PathBuf {
        self.sandbox.home().join(".trop")
    }

    /// Whose home this is.
    pub(crate) fn user(&self) -> u32 {
        fs::metadata(self.sandbox.home()).unwrap().uid()
    }

    /// Makes what the test wrote belong to whose home this is.
    pub(crate) fn give_to_user(&self, path: &Utf8Path) {
        let home = fs::metadata(self.sandbox.home()).unwrap();
        chown(path, Some(home.uid()), Some(home.gid())).unwrap();
    }

    /// trop in that directory. It waits for locks as long as a busy machine may need.
    pub(crate) fn trop<A: AsRef<OsStr>>(
        &self,
        directory: impl AsRef<Utf8Path>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Invocation {
        let trop = self.sandbox.trop(arguments).in_dir(directory.as_ref());
        trop.env("TROP_BUSY_TIMEOUT", "60")
    }

    /// `trop reserve` in that directory, with the ports at these offsets of the block as its range.
    pub(crate) fn reserve(
        &self,
        directory: impl AsRef<Utf8Path>,
        offsets: RangeInclusive<u16>,
        more: &[&str],
    ) -> Invocation {
        let (min, max) = (self.ports.port(*offsets.start()), self.ports.port(*offsets.end()));
        let range = ["reserve".into(), format!("--min={min}"), format!("--max={max}")];
        self.trop(directory, range.into_iter().chain(more.iter().map(ToString::to_string)))
    }

    /// What a directory has reserved that way, all well and nothing to say.
    #[track_caller]
    pub(crate) fn reserved(&self, directory: impl AsRef<Utf8Path>, offsets: RangeInclusive<u16>) -> u16 {
        let ran = self.reserve(directory, offsets, &[]).run().expect(0);
        assert_eq!(ran.stderr, "");
        port(&ran.stdout)
    }
}

/// The port that stands alone in the output.
#[track_caller]
pub(crate) fn port(stdout: &str) -> u16 {
    let number = stdout.strip_suffix('\n').and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("no port on a line of its own: {stdout:?}"))
}
