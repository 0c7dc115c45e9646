//! Processes that are killed while they edit a file, and systems that refuse a step of it.

use std::fs::{create_dir, read, write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};

use tempfile::{TempDir, tempdir};
use trop_testkit::{need, skip_unless};

use crate::edit::{append, names};
use crate::edit_process::EditProcess;

/// The calls of an edit between which what is seen from outside changes. `write` is a matter of its own: the test program writes
/// too.
const CALLS: &[&str] = &["flock", "fchmod", "fsync", "rename"];

/// A file to edit, alone in its directory.
struct Scene {
    scratch: TempDir,
    directory: PathBuf,
    file: PathBuf,
}

impl Scene {
    fn new(content: Option<&str>) -> Scene {
        let scratch = tempdir().expect("there is room");
        let directory = scratch.path().join("directory");
        create_dir(&directory).expect("it is new");
        let file = directory.join("file");
        if let Some(content) = content {
            write(&file, content).expect("there is room");
        }
        Scene { scratch, directory, file }
    }

    /// Whether the process came to a good end.
    fn edit(&self, options: &[String]) -> bool {
        let log = self.scratch.path().join("log");
        EditProcess::new(&self.file, &["new"]).run_under_strace(&log, options).success()
    }

    fn content(&self) -> Option<Vec<u8>> {
        read(&self.file).ok()
    }

    fn leftovers(&self) -> Vec<String> {
        names(&self.directory).into_iter().filter(|name| name != "file").collect()
    }
}

/// Options that do this to the call of that name when it is made for the `nth` time.
fn inject(call: &str, what: &str, nth: u32) -> [String; 2] {
    [format!("--trace={call}"), format!("--inject={call}:{what}:when={nth}")]
}

#[test]
fn a_process_killed_at_any_call_leaves_the_old_content_or_the_new_one() {
    skip_unless!(need::tool("strace"));
    let mut left_behind = 0;
    let mut killed = 0;
    for old in [None, Some("old\n")] {
        let new = [old.unwrap_or_default(), "new\n"].concat().into_bytes();
        for call in CALLS {
            for nth in 1.. {
                let scene = Scene::new(old);
                let is_done = scene.edit(&inject(call, "signal=SIGKILL", nth));
                let content = scene.content();
                let is_new = content.as_ref() == Some(&new);
                assert!(is_new || (!is_done && content.as_deref() == old.map(str::as_bytes)), "{call} {nth}");
                left_behind += scene.leftovers().len();

                append(&scene.file, "").unwrap();
                assert_eq!(scene.leftovers(), [""; 0], "{call} {nth}");
                if is_done {
                    break;
                }
                killed += 1;
            }
        }
    }
    // A new file at the sync and at the renaming, an old one at the change of its mode too.
    assert_eq!(left_behind, 5, "of {killed}");
}

#[test]
fn what_a_killed_process_leaves_of_a_private_file_is_private() {
    skip_unless!(need::tool("strace"));
    let scene = Scene::new(Some("secret\n"));
    assert!(!scene.edit(&inject("fchmod", "signal=SIGKILL", 1)));
    let leftovers = scene.leftovers();
    let [leftover] = leftovers.as_slice() else { panic!("{leftovers:?}") };
    let mode = scene.directory.join(leftover).metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{mode:o}");
}

#[test]
fn a_process_killed_in_the_middle_of_the_content_leaves_the_old_one() {
    let old = "old\n".repeat(1_000);
    let scene = Scene::new(Some(&old));
    let status = EditProcess::new(&scene.file, &["new"]).run_after("ulimit -c 0; ulimit -f 1");
    assert!(status.signal().is_some(), "setrlimit(2) says so: {status}");
    assert_eq!(scene.content().as_deref(), Some(old.as_bytes()));
    assert_eq!(scene.leftovers().len(), 1);

    append(&scene.file, "new\n").unwrap();
    assert_eq!(scene.content(), Some(format!("{old}new\n").into_bytes()));
    assert_eq!(scene.leftovers(), [""; 0]);
}

#[test]
fn a_step_that_the_system_refuses_leaves_everything_as_it_was() {
    #[track_caller]
    fn check(call: &str, error: &str, prepare: impl Fn(&Path)) {
        let scene = Scene::new(Some("old\n"));
        prepare(&scene.file);
        assert!(!scene.edit(&inject(call, &format!("error={error}"), 1)), "{call}");
        assert_eq!(scene.content().as_deref(), Some(b"old\n".as_slice()), "{call}");
        assert_eq!(scene.leftovers(), [""; 0], "{call}");
    }
    skip_unless!(need::tool("strace"));
    check("fsync", "EIO", |_| {});
    check("fchmod", "EPERM", |_| {});
    check("rename", "EBUSY", |_| {});
}

#[test]
fn a_content_that_cannot_be_written_to_its_end_leaves_everything_as_it_was() {
    let old = "old\n".repeat(1_000);
    let scene = Scene::new(Some(&old));
    let status = EditProcess::new(&scene.file, &["new"]).run_after("trap '' XFSZ; ulimit -f 1");
    assert!(status.code().is_some_and(|code| code != 0), "{status}");
    assert_eq!(scene.content().as_deref(), Some(old.as_bytes()));
    assert_eq!(scene.leftovers(), [""; 0]);
}

#[test]
fn an_owner_that_cannot_stay_leaves_everything_as_it_was() {
    skip_unless!(need::root());
    skip_unless!(need::tool("strace"));
    let scene = Scene::new(Some("old\n"));
    std::os::unix::fs::chown(&scene.file, Some(1234), None).unwrap();
    assert!(!scene.edit(&inject("fchown", "error=EPERM", 1)));
    assert_eq!(scene.content().as_deref(), Some(b"old\n".as_slice()));
    assert_eq!(scene.leftovers(), [""; 0]);
}

/// As on a file system that has none, over a network for instance.
#[test]
fn where_there_are_no_locks_one_goes_on_without() {
    skip_unless!(need::tool("strace"));
    for error in ["EOPNOTSUPP", "ENOLCK", "ENOSYS", "EBADF"] {
        let scene = Scene::new(Some("old\n"));
        write(scene.directory.join(".trop-1.new"), "perhaps needed").unwrap();
        assert!(scene.edit(&inject("flock", &format!("error={error}"), 1)), "{error}");
        assert_eq!(scene.content().as_deref(), Some(b"old\nnew\n".as_slice()), "{error}");
        assert_eq!(scene.leftovers(), [".trop-1.new"], "{error}");
    }
}
