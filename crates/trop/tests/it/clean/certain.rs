//! Which directories are gone for certain.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

use camino::Utf8PathBuf;

use trop_testkit::{Invocation, Ran, need, skip_unless};

use super::Scene;
use crate::inside::after_mounting;
use crate::stage::Stage;
use crate::strace::under_strace;

/// A directory that nobody may look into, until this is dropped: it is to be removed.
struct Hidden(Utf8PathBuf);

impl Hidden {
    fn new(directory: Utf8PathBuf) -> Hidden {
        fs::set_permissions(&directory, Permissions::from_mode(0o000)).unwrap();
        Hidden(directory)
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        fs::set_permissions(&self.0, Permissions::from_mode(0o755)).unwrap();
    }
}

impl Scene {
    /// A directory that need not be there gets a port.
    #[track_caller]
    fn reserve_typed(&self, path: &str) {
        let path = format!("--path={path}");
        let more = [path.as_str(), "--allow-unrelated-path"];
        self.stage.reserve(self.at("site"), 0..=99, &more).run().expect(0);
    }

    /// trop behind a shell that mounts something, and knows the program as `$0`. It tests no port.
    fn trop_after_mounting(&self, script: &str, arguments: &[&str]) -> Invocation {
        after_mounting(script, self.trop(arguments).env("TROP_SKIP_OCCUPANCY_CHECK", "yes"))
    }

    /// Requires which directories a clean-up removes, and of which it says that they stay.
    #[track_caller]
    fn check(&self, ran: Ran, expected_removed: &[&str], expected_kept: &[&str]) {
        let ran = ran.expect(0);
        let (rows, told) = (self.shown(&ran.stdout), self.shown(&ran.stderr));
        let removed: Vec<&str> = rows.lines().map(|row| row.split('\t').nth(1).unwrap()).collect();
        let warning = |line: &str| line.starts_with("warning: ").then(|| line.to_owned());
        let warnings: Vec<String> = told.lines().filter_map(warning).collect();
        assert_eq!((removed, warnings.len()), (expected_removed.to_vec(), expected_kept.len()), "{told}");
        for (warning, kept) in warnings.iter().zip(expected_kept) {
            let sentence = format!("warning: the reservations of {kept}");
            assert!(warning.starts_with(&sentence), "{sentence} is not {warning}");
        }
    }
}

#[test]
fn whatever_is_not_a_directory_any_more_goes_and_what_is_out_of_sight_stays() {
    let places = [
        "alive",
        "dangling",
        "file",
        "hidden/one",
        "hidden/two web",
        "linked",
        "loop",
        "removed",
        "removed/deeper web",
        "under-file/deeper",
    ];
    let scene = Scene::on(Stage::of_ordinary_user(), &places);
    scene.remove(&["dangling", "file", "linked", "loop", "removed", "under-file"]);
    symlink(scene.at("nowhere"), scene.at("dangling")).unwrap();
    fs::write(scene.at("file"), "").unwrap();
    fs::write(scene.at("under-file"), "").unwrap();
    symlink(scene.at("alive"), scene.at("linked")).unwrap();
    symlink(scene.at("loop"), scene.at("loop")).unwrap();
    scene.reserve_typed(scene.at(&"long".repeat(100)).as_str());
    let hidden = Hidden::new(scene.at("hidden"));

    let ran = scene.trop(&["prune"]).run();
    let long = format!("/{} are kept: it cannot be looked at (File name too long)", "long".repeat(100));
    let removed = ["/dangling", "/file", "/removed", "/removed/deeper", "/under-file/deeper"];
    let kept = [
        "/hidden/one are kept: it cannot be looked at (Permission denied)",
        "/hidden/two are kept: it cannot be looked at (Permission denied)",
        long.as_str(),
        "/loop are kept: it cannot be looked at (Too many levels of symbolic links)",
    ];
    scene.check(ran, &removed, &kept);
    scene.check(scene.trop(&["prune", "--force"]).run(), &[], &kept);
    drop(hidden);
    let ran = scene.trop(&["prune"]).run();
    scene.check(ran, &[], &kept[2..]);
    assert_eq!(scene.left().len(), 6);
}

#[test]
fn where_a_disk_may_just_not_be_mounted_it_takes_force() {
    let scene = Scene::new(&["alive"]);
    // They come in this order, too.
    let missing = [
        "/home/trop-no-such-user/project",
        "/media/trop-no-such-user/disk/project",
        "/mnt/trop-no-such-disk/project",
        "/trop-no-such-disk/project",
    ];
    for path in missing {
        scene.reserve_typed(path);
    }
    for command in ["prune", "autoclean"] {
        scene.check(scene.trop(&[command]).run(), &[], &missing);
    }
    scene.check(scene.trop(&["prune", "--force"]).run(), &missing, &[]);
    assert_eq!(scene.left(), ["/alive"]);
}

#[test]
fn a_disk_that_is_unmounted_keeps_its_reservations() {
    skip_unless!(need::name_spaces());
    let scene = Scene::new(&[]);
    let link = scene.at("link");
    symlink("/mnt/trop-disk/linked", &link).unwrap();
    // Ports are reserved on a disk and behind a link to it, before it is not mounted any more.
    let unmounted = format!(
        r#"set -e
        mount -t tmpfs tmpfs /mnt
        mkdir /mnt/trop-disk
        mount -t tmpfs tmpfs /mnt/trop-disk
        mkdir /mnt/trop-disk/project /mnt/trop-disk/linked
        for path in /mnt/trop-disk/project {link}
        do "$0" reserve --path "$path" --allow-unrelated-path >/dev/null
        done
        "$0" prune --quiet
        umount /mnt/trop-disk"#
    );
    let kept = ["/mnt/trop-disk/project are kept: it is not found", "/link are kept: it is not found"];
    scene.check(scene.trop_after_mounting(&unmounted, &["prune"]).run(), &[], &kept);
    assert_eq!(scene.left(), ["/mnt/trop-disk/project", "/link"]);
}

#[test]
fn what_is_no_directory_where_disks_are_mounted_stays_even_by_force() {
    skip_unless!(need::name_spaces());
    let scene = Scene::new(&[]);
    // A port is reserved for a directory right below `/mnt`, in the place of which there is then a file.
    let displaced = r#"set -e
        mount -t tmpfs tmpfs /mnt
        mkdir /mnt/shop
        "$0" reserve --path /mnt/shop --allow-unrelated-path >/dev/null
        rmdir /mnt/shop
        touch /mnt/shop"#;
    let run = scene.trop_after_mounting(displaced, &["prune", "--force"]);
    scene.check(run.run(), &[], &["/mnt/shop are kept: it is no directory"]);
    assert_eq!(scene.left(), ["/mnt/shop"]);
}

#[test]
fn a_disk_that_fails_keeps_its_reservations() {
    skip_unless!(need::tool("strace"));
    let scene = Scene::new(&["failing", "gone"]);
    scene.remove(&["failing", "gone"]);
    let failing = scene.at("failing").to_string();
    let options = ["--trace=statx", "--inject=statx:error=EIO", "-P", &failing].map(ToOwned::to_owned);
    let run = |arguments: &[&str]| under_strace(scene.trop(arguments), &scene.at("log"), &options).run();
    let kept = ["/failing are kept: it cannot be looked at (Input/output error)"];
    scene.check(run(&["prune", "--force"]), &["/gone"], &kept);
    scene.check(scene.trop(&["prune"]).run(), &["/failing"], &[]);
}
