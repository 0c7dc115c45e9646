//! Modes of what trop makes, at every moment and whatever the umask is.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use trop_testkit::database::{self, Journal, Row, Version};
use trop_testkit::{Invocation, as_ordinary_user, need, skip_unless};

use crate::inside::after;
use crate::stage::Stage;
use crate::strace::under_strace;
use crate::tree::tree;

const UMASKS: [&str; 4] = ["000", "022", "077", "777"];

/// What is there before, and what makes something. Each is run by somebody without special rights.
const SCENES: [(&str, &str); 9] = [
    ("", "reserve --skip-occupancy-check"),
    ("", "init --with-config"),
    ("", "exclude 5900 --global"),
    ("current", "reserve --skip-occupancy-check"),
    ("current", "list"),
    ("layout 1", "reserve --skip-occupancy-check"),
    ("layout 2", "init --overwrite --with-config"),
    ("no database", "init --overwrite"),
    ("empty", "reserve --skip-occupancy-check"),
];

/// A user's home with that in it, private as trop makes it.
fn stage_with(there: &str) -> Stage {
    let stage = Stage::of_ordinary_user();
    let file = stage.data_directory().join("trop.db");
    let write = |version| {
        let rows = [Row::new("/srv/a", None, stage.ports.first())];
        database::write(&file, version, &rows, Journal::WriteAheadLog);
    };
    if !there.is_empty() {
        stage.directory("home/.trop");
    }
    match there {
        "" => return stage,
        "current" => write(Version::Schema(1)),
        "layout 1" => write(Version::LAYOUT_1),
        "layout 2" => write(Version::Layout2),
        "no database" => fs::write(&file, "nothing of the kind").unwrap(),
        _ => fs::write(&file, "").unwrap(),
    }
    // As a power cut or another machine leaves it.
    let _ = fs::remove_file(stage.data_directory().join("trop.db-shm"));
    // Who made them is root, where root runs the tests; then the user takes them over.
    for path in tree(stage.sandbox.home()).into_keys() {
        stage.give_to_user(&path);
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    stage
}

fn of_user(mut run: Invocation) -> Invocation {
    as_ordinary_user(&mut run.command);
    run
}

#[test]
fn what_is_made_is_private_whatever_the_umask_is() {
    for umask in UMASKS {
        for (there, words) in SCENES {
            let stage = stage_with(there);
            let run = stage.trop(stage.directory("site"), words.split(' '));
            let _ = of_user(after(&format!("umask {umask}"), run)).run().expect(0);
            for (path, entry) in tree(stage.sandbox.home()) {
                let expected = if path.is_dir() { 0o700 } else { 0o600 };
                assert_eq!(entry.mode, expected, "{path}: {:o} after {words} with umask {umask}", entry.mode);
            }
        }
    }
}

/// Whether a call that strace saw makes nothing that others can use, and changes no mode to one of these.
fn is_private(line: &str) -> bool {
    if !["O_CREAT", "mkdir", "chmod", "mknod"].iter().any(|word| line.contains(word)) {
        return true;
    }
    // `1234  fchmod(3, 0600)      = 0`
    let (call, _) = line.rsplit_once(" = ").unwrap();
    let (_, mode) = call.trim_end().strip_suffix(')').unwrap().rsplit_once(", ").unwrap();
    u32::from_str_radix(mode, 8).unwrap() & !0o700 == 0
}

/// Every directory and file is private from the moment on at which it is made, and no mode is ever wider in between.
#[test]
fn nothing_is_open_to_others_for_a_moment() {
    skip_unless!(need::tool("strace"));
    for (there, words) in SCENES {
        let stage = stage_with(there);
        let log = stage.directory("log").join("log");
        let run = stage.trop(stage.directory("site"), words.split(' '));
        let calls = "--trace=open,openat,creat,mkdir,mkdirat,chmod,fchmod,fchmodat,mknod,mknodat";
        let run = under_strace(after("umask 000", run), &log, &[calls.to_owned()]);
        let _ = of_user(run).run().expect(0);
        let log = fs::read_to_string(log).unwrap();
        assert!(there == "current" || log.contains("O_CREAT"), "{log}");
        for line in log.lines() {
            assert!(is_private(line), "{words}: {line}");
        }
    }
}

/// A log whose index is missing is read in a copy, where nobody else can look into it, and of which nothing stays.
#[test]
fn a_copy_that_is_read_is_private_and_gone_afterwards() {
    skip_unless!(need::tool("strace"));
    for umask in UMASKS {
        let stage = stage_with("current");
        let (data_directory, temporary) = (stage.data_directory(), stage.directory("temporary"));
        assert!(data_directory.join("trop.db-wal").exists() && !data_directory.join("trop.db-shm").exists());
        fs::set_permissions(&data_directory, Permissions::from_mode(0o500)).unwrap();
        let log = stage.directory("log").join("log");
        let list = stage.trop(stage.directory("site"), ["list", "--format=json"]).env("TMPDIR", &temporary);
        let calls = "--trace=open,openat,creat,mkdir,mkdirat,chmod,fchmod,fchmodat";
        let list = under_strace(after(&format!("umask {umask}"), list), &log, &[calls.to_owned()]);
        // With the umask 777 strace itself could not read its log, and need not: it writes.
        let listed = of_user(list).run().expect(0);
        assert!(listed.stdout.contains("/srv/a"), "{}", listed.stdout);
        fs::set_permissions(&data_directory, Permissions::from_mode(0o700)).unwrap();
        let log = fs::read_to_string(log).unwrap();
        assert!(log.contains("trop-read-"), "{log}");
        for line in log.lines().filter(|line| line.contains("trop-read-")) {
            assert!(is_private(line), "umask {umask}: {line}");
        }
        assert_eq!(tree(&temporary).len(), 0);
    }
}
