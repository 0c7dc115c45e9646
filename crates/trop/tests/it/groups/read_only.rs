//! A database that cannot be written: what is stored is still answered.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use camino::{Utf8Path, Utf8PathBuf};

use crate::stage::Stage;
use crate::tree::tree;

use super::Project;

/// Takes away every permission to write, and gives it back in the end: the files are to be removed.
struct ReadOnly(Vec<(Utf8PathBuf, Permissions)>);

impl ReadOnly {
    fn new(directory: &Utf8Path) -> ReadOnly {
        let below = tree(directory).into_keys();
        let paths = below.chain([directory.to_owned()]);
        let before = |path: Utf8PathBuf| {
            let permissions = fs::metadata(&path).unwrap().permissions();
            fs::set_permissions(&path, Permissions::from_mode(permissions.mode() & !0o222)).unwrap();
            (path, permissions)
        };
        ReadOnly(paths.map(before).collect())
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        // The directory, which comes last, is the first that must be open again.
        for (path, permissions) in self.0.drain(..).rev() {
            fs::set_permissions(path, permissions).unwrap();
        }
    }
}

#[test]
fn a_stored_group_is_answered_with_a_note_and_something_new_is_refused() {
    let project = Project::on(Stage::of_ordinary_user(), "web: {}, api: {offset: 1}");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
    let data_directory = project.stage.data_directory();
    let read_only = ReadOnly::new(&data_directory);
    let before = tree(&data_directory);

    for arguments in [&["autoreserve"] as &[&str], &["reserve-group", "trop.yaml"]] {
        let ran = project.trop(arguments).run().expect(0);
        assert_eq!(project.ports(&ran), "WEB=<p00> API=<p01>");
        super::require_words(&ran.stderr, "note: |not noted down");
        let dry = project.trop(&[arguments, &["--dry-run"]].concat()).run().expect(0);
        assert_eq!(dry.stdout, "");
        super::require_words(&dry.stderr, "not noted down");
    }
    let only_json = project.autoreserve(&["--quiet", "--format=json"]).run().expect(0);
    assert_eq!(project.shown(&only_json.stdout), "{\"api\": <p01>, \"web\": <p00>}\n");
    assert_eq!(only_json.stderr, "");

    let refuse = |arguments: &[&str]| {
        let ran = project.autoreserve(arguments).run().expect(5);
        assert_eq!(ran.stdout, "");
        super::require_words(&ran.stderr, &format!("{data_directory}|TROP_DATA_DIR"));
    };
    refuse(&["--overwrite"]);
    refuse(&["--project=new"]);
    project.list("web: {}, api: {offset: 1}, db: {offset: 2}");
    refuse(&[]);
    refuse(&["--dry-run"]);
    project.trop(&["reserve-group", "trop.yaml"]).run().expect(5);
    assert_eq!(tree(&data_directory), before);

    drop(read_only);
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01> DB=<p02>");
}
