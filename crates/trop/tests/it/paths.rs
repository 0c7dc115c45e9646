//! Which directory a command is about, by whatever route one came.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::{Invocation, Sandbox, as_ordinary_user, need, skip_unless};

use crate::inside::{after, after_mounting};
use crate::stage::{Stage, port};

/// trop in that directory, without looking at sockets.
fn trop(sandbox: &Sandbox, directory: &Utf8Path, arguments: &[&str]) -> Invocation {
    sandbox.trop(arguments).in_dir(directory).env("TROP_SKIP_OCCUPANCY_CHECK", "yes")
}

#[track_caller]
fn reserved(sandbox: &Sandbox, directory: &Utf8Path, more: &[&str]) -> u16 {
    let arguments = [&["reserve"], more].concat();
    port(&trop(sandbox, directory, &arguments).run().expect(0).stdout)
}

#[test]
fn every_route_to_a_directory_leads_to_its_port() {
    let sandbox = Stage::sandbox();
    let (work, project) = (sandbox.directory("site"), sandbox.directory("site/project"));
    symlink(&project, work.join("link")).unwrap();
    let first = reserved(&sandbox, &project, &[]);
    let absolute = project.as_str();
    for route in ["project", "./project", "project/", "project//.", "missing/../project", absolute, "link"] {
        assert_eq!(reserved(&sandbox, &work, &["--path", route]), first, "{route}");
    }
    assert_eq!(reserved(&sandbox, &work.join("link"), &[]), first, "the working directory is a symlink");
    let by_variable = trop(&sandbox, &work, &["reserve"]).env("TROP_PATH", "project").run().expect(0);
    assert_eq!(port(&by_variable.stdout), first);
    assert_ne!(reserved(&sandbox, &work, &[]), first, "the parent is another key");
}

#[test]
fn a_typed_symlink_stays_as_typed_when_nothing_is_reserved_behind_it() {
    let sandbox = Stage::sandbox();
    let (work, project) = (sandbox.directory("site"), sandbox.directory("site/project"));
    let link = work.join("link");
    symlink(&project, &link).unwrap();
    let by_link = reserved(&sandbox, &work, &["--path", "link"]);
    assert_ne!(reserved(&sandbox, &project, &[]), by_link);
    assert_eq!(reserved(&sandbox, &work, &["--path", "link"]), by_link);
    let shown = |arguments: &[&str]| trop(&sandbox, &work, arguments).run().expect(0).stdout;
    assert_eq!(shown(&["show-path", "--path", "link"]), format!("{link}\n"));
    assert_eq!(shown(&["show-path", "--path", "link", "--canonicalize"]), format!("{project}\n"));
    trop(&sandbox, &work, &["release", "--path", "link"]).run().expect(0);
    assert_eq!(
        shown(&["show-path", "--path", "link"]),
        format!("{project}\n"),
        "the one behind it is meant now"
    );
}

#[test]
fn tilde_is_the_home_directory() {
    let sandbox = Stage::sandbox();
    let home = sandbox.home();
    let by_tilde = reserved(&sandbox, &home, &["--path", "~"]);
    assert_eq!(reserved(&sandbox, &home, &[]), by_tilde);
    let shown = trop(&sandbox, &home, &["show-path", "--path", "~/a/../b"]).run().expect(0);
    assert_eq!(shown.stdout, format!("{home}/b\n"));
    let homeless = trop(&sandbox, &home, &["show-path", "--path", "~/b"]).env("HOME", "").run().expect(3);
    assert!(
        homeless.stderr.contains("without ~") && homeless.stderr.contains("--data-dir"),
        "{}",
        homeless.stderr
    );
}

#[test]
fn a_missing_directory_is_warned_of_and_reserved_all_the_same() {
    let sandbox = Stage::sandbox();
    let work = sandbox.directory("site");
    let ran = trop(&sandbox, &work, &["reserve", "--path", "later"]).run().expect(0);
    assert_eq!(ran.stderr, format!("warning: the directory {work}/later does not exist\n"));
    std::fs::create_dir(work.join("later")).unwrap();
    assert_eq!(reserved(&sandbox, &work.join("later"), &[]), port(&ran.stdout));
}

#[test]
fn the_guard_lets_through_what_is_above_and_below() {
    let sandbox = Stage::sandbox();
    let inner = sandbox.directory("site/inner");
    sandbox.directory("site/inner-sibling");
    let outside = sandbox.directory("outside");
    for related in [".", "below", "..", "../..", "/"] {
        reserved(&sandbox, &inner, &["--path", related]);
        trop(&sandbox, &inner, &["release", "--path", related]).run().expect(0);
    }
    for unrelated in ["../inner-sibling", "../../outside", "/usr"] {
        for command in ["reserve", "release"] {
            let refused = trop(&sandbox, &inner, &[command, "--path", unrelated]).run().expect(1);
            assert!(refused.stderr.contains("--allow-unrelated-path"), "{}", refused.stderr);
            assert_eq!(refused.stdout, "");
            trop(&sandbox, &inner, &[command, "--path", unrelated, "--dry-run"]).run().expect(1);
            trop(&sandbox, &inner, &[command, "--path", unrelated, "--allow-unrelated-path"]).run().expect(0);
            trop(&sandbox, &inner, &[command, "--path", unrelated, "--force"]).run().expect(0);
            let allowed = trop(&sandbox, &inner, &[command, "--path", unrelated]);
            allowed.env("TROP_ALLOW_UNRELATED_PATH", "on").run().expect(0);
        }
    }
    symlink(&outside, inner.join("link")).unwrap();
    reserved(&sandbox, &inner, &["--path", "link"]);
}

#[test]
fn a_deleted_working_directory_is_code_5_where_it_is_needed() {
    let sandbox = Stage::sandbox();
    let doomed = sandbox.directory("site/doomed");
    let in_a_deleted_directory = |arguments: &str| {
        std::fs::create_dir_all(&doomed).unwrap();
        let run = trop(&sandbox, &doomed, &arguments.split(' ').collect::<Vec<_>>());
        after(&format!("rmdir {doomed}"), run).run()
    };
    for arguments in
        ["reserve", "release", "show-path", "reserve --path x", "reserve --data-dir x --path /srv"]
    {
        let stderr = in_a_deleted_directory(arguments).expect(5).stderr;
        assert!(stderr.contains("the working directory"), "{stderr}");
        assert!(!stderr.contains("os error"), "{stderr}");
    }
    for arguments in
        ["list", "show-data-dir", "show-path --path /srv", "reserve --path /srv --allow-unrelated-path"]
    {
        let _ = in_a_deleted_directory(arguments).expect(0);
    }
}

/// What lies there could not be read, its tropfile neither, and the next one above is not meant.
#[test]
fn a_working_directory_below_one_that_may_not_be_entered_is_code_5() {
    let stage = Stage::of_ordinary_user();
    let closed = stage.directory("site/closed");
    let inner = stage.directory("site/closed/inner");
    for arguments in ["reserve", "release", "config path", "exclude 5999", "exec -- true"] {
        let mut run = after(&format!("chmod 000 {closed}"), stage.trop(&inner, arguments.split(' ')));
        as_ordinary_user(&mut run.command);
        let ran = run.run();
        set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
        let stderr = ran.expect(5).stderr;
        assert!(stderr.contains("the working directory"), "{arguments}: {stderr}");
    }
}

/// The path of the directory leads elsewhere by now, or nowhere.
#[cfg(target_os = "linux")]
#[test]
fn a_working_directory_under_a_mount_that_came_since_is_code_5() {
    skip_unless!(need::name_spaces());
    let sandbox = Stage::sandbox();
    let (site, project) = (sandbox.directory("site"), sandbox.directory("site/project"));
    for arguments in ["reserve", "release", "show-path", "exec -- true"] {
        let run = trop(&sandbox, &project, &arguments.split(' ').collect::<Vec<_>>());
        let stderr = after_mounting(&format!("mount -t tmpfs none {site}"), run).run().expect(5).stderr;
        assert!(stderr.contains("the working directory"), "{arguments}: {stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_working_directory_that_is_not_unicode_is_code_5() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Stage::sandbox();
    let strange = sandbox.directory("site").into_std_path_buf().join(OsStr::from_bytes(b"caf\xe9"));
    std::fs::create_dir(&strange).unwrap();
    let ran = sandbox.trop(["reserve"]).in_dir(&strange).run().expect(5);
    assert!(ran.stderr.contains("not valid Unicode"), "{}", ran.stderr);
    sandbox.trop(["list"]).in_dir(&strange).run().expect(0);
}

#[test]
fn tags_and_components_are_keys_of_their_own() {
    let sandbox = Stage::sandbox();
    let directories: Vec<Utf8PathBuf> = ["site/a", "site/ab", "site/a/b", "site/a b", "site/ä", "site/-x"]
        .map(|name| sandbox.directory(name))
        .to_vec();
    let mut ports = Vec::new();
    for directory in &directories {
        ports.push(reserved(&sandbox, directory, &[]));
        ports.push(reserved(&sandbox, directory, &["--tag", "web"]));
        assert_eq!(
            reserved(&sandbox, directory, &["--tag", " web "]),
            *ports.last().unwrap(),
            "tags are trimmed"
        );
    }
    assert_eq!(ports, (5000..5012).collect::<Vec<u16>>());
    let by_variable = trop(&sandbox, &directories[0], &["reserve"]).env("TROP_TAG", "web").run().expect(0);
    assert_eq!(port(&by_variable.stdout), 5001);
    trop(&sandbox, &directories[0], &["release", "--recursive"]).run().expect(0);
    let left = trop(&sandbox, &directories[0], &["list", "--format", "tsv"]).run().expect(0).stdout;
    assert_eq!(left.lines().count(), 1 + 8, "{left}");
}
