//! A database that cannot be written: what is stored is still answered.

use camino::Utf8PathBuf;

use crate::read_only::ReadOnly;
use crate::stage::Stage;
use crate::tree::tree;

use super::Project;

#[test]
fn a_stored_group_is_answered_with_a_note_and_something_new_is_refused() {
    let project = Project::on(Stage::of_ordinary_user(), "web: {}, api: {offset: 1}");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
    let data_directory = project.stage.data_directory();
    let files: Vec<Utf8PathBuf> = tree(&data_directory).into_keys().chain([data_directory.clone()]).collect();
    let read_only: Vec<ReadOnly> = files.iter().map(|file| ReadOnly::new(file)).collect();
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
