//! Which project and task a new reservation has, and that nothing is asked of git for one that is stored.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use trop_testkit::{Invocation, need, run_together, skip_unless};

use crate::database::Database;
use crate::stage::{Stage, port};
use crate::strace::under_strace;
use crate::worktrees::{git, repository};

/// trop in that directory. It takes ports unseen, since sockets are not what this is about.
pub(crate) fn trop(stage: &Stage, directory: &Utf8Path, arguments: &[&str]) -> Invocation {
    stage.trop(directory, arguments).env("TROP_SKIP_OCCUPANCY_CHECK", "yes")
}

/// Project and task as `list` shows them of the only reservation of that directory with that tag, "" for none.
#[track_caller]
pub(crate) fn stored(stage: &Stage, directory: &Utf8Path, tag: &str) -> [Option<String>; 2] {
    let listed = stage.sandbox.trop(["list", "--format", "json"]).run().expect(0);
    let rows: Vec<Value> = serde_json::from_str(&listed.stdout).unwrap();
    let is_meant =
        |row: &&Value| row["path"] == directory.as_str() && row["tag"].as_str().unwrap_or_default() == tag;
    let meant: Vec<&Value> = rows.iter().filter(is_meant).collect();
    let [row] = meant.as_slice() else { panic!("{directory} \"{tag}\": {}", listed.stdout) };
    ["project", "task"].map(|label| row[label].as_str().map(str::to_owned))
}

#[track_caller]
pub(crate) fn check_stored(
    stage: &Stage,
    directory: &Utf8Path,
    tag: &str,
    project: Option<&str>,
    task: Option<&str>,
) {
    let labels = stored(stage, directory, tag);
    assert_eq!(labels.each_ref().map(Option::as_deref), [project, task], "{directory} {tag}");
}

/// A new reservation of that directory has these labels, and there is nothing to say about it.
#[track_caller]
fn check(stage: &Stage, directory: &Utf8Path, project: Option<&str>, task: Option<&str>) {
    let ran = trop(stage, directory, &["reserve"]).run().expect(0);
    assert_eq!(ran.stderr, "", "{directory}");
    check_stored(stage, directory, "", project, task);
}

fn worktree(stage: &Stage, repository: &Utf8Path, worktree: &str, more: &[&str]) -> Utf8PathBuf {
    let worktree = stage.sandbox.root().join(worktree);
    let add = ["worktree", "add", "--quiet", worktree.as_str()];
    git(stage, repository, &[&add, more].concat());
    worktree
}

#[test]
fn the_repository_names_the_project_and_the_worktree_or_the_branch_the_task() {
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let repository = repository(&stage);
    check(&stage, &repository, Some("repository"), Some("main"));
    check(&stage, &stage.directory("repository/src/deep"), Some("repository"), Some("main"));

    let linked = worktree(&stage, &repository, "fix", &["-b", "topic/a"]);
    check(&stage, &linked, Some("repository"), Some("fix"));
    check(&stage, &stage.directory("fix/src"), Some("repository"), Some("fix"));
    let nested = worktree(&stage, &repository, "repository/trees/nested", &[]);
    check(&stage, &nested, Some("repository"), Some("nested"));
    let detached = worktree(&stage, &repository, "loose", &["--detach"]);
    check(&stage, &detached, Some("repository"), Some("loose"));

    git(&stage, stage.sandbox.root(), &["clone", "--quiet", "--bare", "repository", "shop.git"]);
    let bare = stage.directory("shop.git");
    check(&stage, &bare, Some("shop"), Some("main"));
    let of_bare = worktree(&stage, &bare, "of-bare", &["-b", "other"]);
    check(&stage, &of_bare, Some("shop"), Some("of-bare"));
}

#[test]
fn a_branch_is_the_task_with_and_without_commits_and_a_detached_head_is_none() {
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let unborn = stage.directory("unborn");
    git(&stage, &unborn, &["init", "--quiet", "--initial-branch=topic/first"]);
    check(&stage, &unborn, Some("unborn"), Some("topic/first"));
    let detached = repository(&stage);
    git(&stage, &detached, &["checkout", "--quiet", "--detach"]);
    check(&stage, &detached, Some("repository"), None);
}

#[test]
fn without_git_there_are_no_labels() {
    let stage = Stage::new();
    check(&stage, &stage.directory("plain"), None, None);
}

/// As much as can be known is told, and nobody complains.
#[test]
fn a_broken_repository_is_no_obstacle() {
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let directory = repository(&stage);
    let head = directory.join(".git/HEAD");
    fs::write(&head, "\0garbage").unwrap();
    check(&stage, &directory, Some("repository"), None);
    fs::remove_file(&head).unwrap();
    let made = Command::new("mkfifo").arg(&head).status().unwrap();
    assert!(made.success());
    check(&stage, &stage.directory("repository/waits-for-nobody"), Some("repository"), None);
    fs::remove_file(&head).unwrap();
    check(&stage, &stage.directory("repository/without-head"), None, None);

    let pointing = stage.directory("pointing");
    fs::write(pointing.join(".git"), "gitdir: ../nowhere\n").unwrap();
    check(&stage, &pointing, Some("pointing"), None);
    let pointless = stage.directory("pointless");
    fs::write(pointless.join(".git"), "nothing\n").unwrap();
    check(&stage, &pointless, None, None);
}

#[test]
fn a_flag_goes_before_a_variable_before_the_files_before_git() {
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let directory = repository(&stage);
    let sources = ["flag", "variable", "trop.local.yaml", "trop.yaml"];
    for (present, project) in (0..).zip(sources.into_iter().chain(["repository"])) {
        let is_present = |source: &str| sources.iter().skip(present).any(|present| *present == source);
        for file in ["trop.local.yaml", "trop.yaml"] {
            fs::write(directory.join(file), format!("project: {file}\n")).unwrap();
            if !is_present(file) {
                fs::remove_file(directory.join(file)).unwrap();
            }
        }
        let tag = format!("tag-{present}");
        let flags: &[&str] = if is_present("flag") { &["--project=flag", "--task=flag"] } else { &[] };
        let mut run = trop(&stage, &directory, &[&["reserve", "--tag", &tag], flags].concat());
        if is_present("variable") {
            run = run.env("TROP_PROJECT", "variable").env("TROP_TASK", "variable");
        }
        run.run().expect(0);
        let task = if present < 2 { project } else { "main" };
        check_stored(&stage, &directory, &tag, Some(project), Some(task));
    }
}

#[test]
fn a_file_names_no_task() {
    let stage = Stage::new();
    let directory = stage.directory("project");
    fs::write(directory.join("trop.yaml"), "task: mine\n").unwrap();
    trop(&stage, &directory, &["reserve"]).run().expect(7);
}

#[test]
fn labels_are_those_of_the_directory_that_is_reserved() {
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let here = repository(&stage);
    fs::write(here.join("trop.yaml"), "project: here\n").unwrap();
    let named = stage.directory("repository/named");
    git(&stage, &named, &["init", "--quiet", "--initial-branch=inner"]);
    fs::write(named.join("trop.local.yaml"), "project: there\n").unwrap();
    let unnamed = stage.directory("repository/unnamed");
    git(&stage, &unnamed, &["init", "--quiet", "--initial-branch=other"]);

    trop(&stage, &here, &["reserve", "--path", "named"]).run().expect(0);
    check_stored(&stage, &named, "", Some("there"), Some("inner"));
    trop(&stage, &here, &["reserve"]).env("TROP_PATH", "unnamed").run().expect(0);
    check_stored(&stage, &unnamed, "", Some("unnamed"), Some("other"));
    // A directory that is not there belongs to what it would be in.
    trop(&stage, &here, &["reserve", "--path", "named/later/on"]).run().expect(0);
    check_stored(&stage, &named.join("later/on"), "", Some("there"), Some("inner"));
    trop(&stage, &unnamed, &["reserve", "--path", ".."]).run().expect(0);
    check_stored(&stage, &here, "", Some("here"), Some("main"));
}

#[test]
fn what_is_stored_stays_whatever_becomes_of_the_repository() {
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let directory = repository(&stage);
    check(&stage, &directory, Some("repository"), Some("main"));
    trop(&stage, &directory, &["reserve", "--tag=bare", "--clear-project", "--clear-task"]).run().expect(0);
    git(&stage, &directory, &["switch", "--quiet", "--create=other"]);
    fs::write(directory.join("trop.yaml"), "project: renamed\n").unwrap();
    check(&stage, &directory, Some("repository"), Some("main"));
    // What is empty stays empty, too.
    trop(&stage, &directory, &["reserve", "--tag=bare"]).run().expect(0);
    check_stored(&stage, &directory, "bare", None, None);
    trop(&stage, &directory, &["reserve", "--tag=new"]).run().expect(0);
    check_stored(&stage, &directory, "new", Some("renamed"), Some("other"));
}

/// A `.git` ends the search for tropfiles, so it is looked for, but not into.
#[test]
fn git_is_asked_only_for_a_new_reservation_that_lacks_a_label() {
    skip_unless!(need::tool("strace"));
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let directory = repository(&stage);
    let log = stage.sandbox.root().join("log");
    let check = |arguments: &[&str], is_asked: bool| {
        let run = trop(&stage, &directory, &[&["reserve"], arguments].concat());
        under_strace(run, &log, &["--string-limit=4096".to_owned()]).run().expect(0);
        let calls = fs::read_to_string(&log).unwrap();
        assert_eq!(calls.contains("/repository/.git/"), is_asked, "{arguments:?}");
        calls
    };
    check(&["--tag=a", "--project=p"], true);
    check(&["--tag=b", "--task=t"], true);
    check(&["--tag=c", "--project=p", "--task=t"], false);
    check(&["--tag=d", "--project=p", "--clear-task"], false);
    check(&[], true);
    let warm = check(&[], false);
    assert!(warm.contains("/repository/.git\""), "strace saw no boundary");
    check(&["--overwrite"], false);
    fs::write(directory.join("trop.yaml"), "project: p\n").unwrap();
    check(&["--tag=e", "--task=t"], false);
    check(&["--tag=f"], true);
}

#[test]
fn the_first_start_of_all_in_a_checkout_leaves_nothing_to_warn_of() {
    skip_unless!(need::tool("git"));
    let mut stage = Stage::new();
    for _ in 0..5 {
        let repository = repository(&stage);
        let directories: Vec<_> =
            (0..30).map(|number| stage.directory(&format!("repository/{number}"))).collect();
        let runs = directories.iter().map(|directory| trop(&stage, directory, &["reserve"]));
        for ran in run_together(runs) {
            let ran = ran.expect(0);
            assert_eq!(ran.stderr, "");
            port(&ran.stdout);
        }
        assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), directories.len());
        for directory in &directories {
            check_stored(&stage, directory, "", Some("repository"), Some("main"));
        }
        check(&stage, &repository, Some("repository"), Some("main"));
        stage.sandbox = Stage::sandbox();
    }
}
