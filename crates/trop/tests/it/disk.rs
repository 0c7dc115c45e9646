//! A disk that can be filled.

use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::need::Need;

use crate::stage::Stage;

/// A file system of its own, of half a megabyte and with room for sixty-four files.
pub(crate) struct Disk(Utf8PathBuf);

impl Disk {
    /// Mounts it on that directory.
    pub(crate) fn mount(at: &Utf8Path) -> Option<Disk> {
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=512k,nr_inodes=64,mode=0700", "tmpfs"])
            .arg(at)
            .stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| Disk(at.to_owned()))
    }

    /// Is filled in that way until this is dropped.
    pub(crate) fn full(&self, fill: fn(&Disk)) -> Full<'_> {
        fill(self);
        Full(self)
    }

    /// Takes all the room there is.
    pub(crate) fn fill(&self) {
        self.fill_but(0);
    }

    /// Leaves so many bytes of room, in whole pages.
    pub(crate) fn fill_but(&self, free: u64) {
        let mut filler = File::create(self.filler()).unwrap();
        let page = [1; 4096];
        // It fails when the disk is full, and what was written stays.
        while filler.write_all(&page).is_ok() {}
        let length = filler.metadata().unwrap().len();
        filler.set_len(length.saturating_sub(free)).unwrap();
    }

    /// Leaves no room for another file.
    pub(crate) fn fill_with_files(&self) {
        let mut names = (0..).map(|number| self.0.join(format!("filler-{number}")));
        while names.next().is_some_and(|name| File::create(name).is_ok()) {}
    }

    pub(crate) fn make_room(&self) {
        for entry in self.0.read_dir_utf8().unwrap() {
            let path = entry.unwrap().into_path();
            if path.as_str().starts_with(self.filler().as_str()) {
                fs::remove_file(path).unwrap();
            }
        }
    }

    fn filler(&self) -> Utf8PathBuf {
        self.0.join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(&self.0).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "{} is still mounted", self.0);
    }
}

/// A disk without room.
pub(crate) struct Full<'d>(&'d Disk);

impl Drop for Full<'_> {
    fn drop(&mut self) {
        self.0.make_room();
    }
}

/// A stage whose data directory is on a disk of its own. The disk is to be dropped first: what is mounted cannot be removed.
pub(crate) fn stage_on_a_disk() -> Option<(Stage, Disk)> {
    let stage = Stage::new();
    let disk = Disk::mount(&stage.sandbox.directory("home/.trop"))?;
    Some((stage, disk))
}

pub(crate) fn a_disk(found: Option<&(Stage, Disk)>) -> Need {
    Need { name: "the right to mount a tmpfs".to_owned(), is_met: found.is_some() }
}
