//! Labels that are stored stay, unless somebody says otherwise and may.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use trop_testkit::{Invocation, Ran};

use crate::database::Database;
use crate::labels::{check_stored, trop};
use crate::stage::Stage;

/// How a label can be said on the command line or in the environment.
#[derive(Debug, Clone, Copy)]
enum Said {
    Nothing,
    Flag(&'static str),
    Variable(&'static str),
    File(&'static str),
    Clear,
}

impl Said {
    /// The label that a reservation has afterwards, where it may.
    fn label(self) -> Option<&'static str> {
        match self {
            Said::Flag(label) | Said::Variable(label) | Said::File(label) => Some(label),
            Said::Nothing | Said::Clear => None,
        }
    }
}

/// What may allow a change.
#[derive(Debug, Clone, Copy)]
enum Leave {
    None,
    Flag(&'static str),
    Variable(&'static str, &'static str),
    /// A file and what it says.
    File(&'static str, &'static str),
}

/// A directory of no repository.
struct Project {
    stage: Stage,
    directory: Utf8PathBuf,
}

impl Project {
    fn new() -> Project {
        let stage = Stage::new();
        let directory = stage.directory("project");
        Project { stage, directory }
    }

    fn trop(&self, arguments: &[&str]) -> Invocation {
        trop(&self.stage, &self.directory, arguments)
    }

    /// Reserves anew with project and task of that name, or without any.
    #[track_caller]
    fn begin(&self, tag: &str, label: Option<&str>) {
        self.without_files();
        self.trop(&["release"]).run().expect(0);
        let labels: Vec<String> = label
            .iter()
            .flat_map(|label| ["project", "task"].map(|noun| format!("--{noun}={label}")))
            .collect();
        let mut reserve = self.trop(&["reserve", "--tag", tag]);
        reserve.command.args(labels);
        reserve.run().expect(0);
        self.check(tag, label, label);
    }

    #[track_caller]
    fn check(&self, tag: &str, project: Option<&str>, task: Option<&str>) {
        check_stored(&self.stage, &self.directory, tag, project, task);
    }

    fn file(&self, name: &str, text: &str) {
        fs::write(self.directory.join(name), text).unwrap();
    }

    fn without_files(&self) {
        for name in ["trop.yaml", "trop.local.yaml"] {
            let _ = fs::remove_file(self.directory.join(name));
        }
        let _ = fs::remove_file(self.stage.data_directory().join("config.yaml"));
    }

    fn ask(&self, tag: &str, noun: &str, said: Said, leave: Leave) -> Invocation {
        let mut run = self.trop(&["reserve", "--tag", tag]);
        match said {
            Said::Nothing => {}
            Said::Flag(label) => {
                run.command.arg(format!("--{noun}={label}"));
            }
            Said::Variable(label) => run = run.env(format!("TROP_{}", noun.to_uppercase()), label),
            Said::File(label) => self.file("trop.yaml", &format!("{noun}: {label}\n")),
            Said::Clear => {
                run.command.arg(format!("--clear-{noun}"));
            }
        }
        match leave {
            Leave::None => {}
            Leave::Flag(flag) => {
                run.command.arg(flag);
            }
            Leave::Variable(name, value) => run = run.env(name, value),
            Leave::File("config.yaml", text) => {
                fs::write(self.stage.data_directory().join("config.yaml"), text).unwrap();
            }
            Leave::File(name, text) => self.file(name, text),
        }
        run
    }
}

/// Refused: the answer is no, there is no port, and the message tells both values and the way out.
#[track_caller]
fn check_refusal(ran: Ran, told: &[&str]) {
    let ran = ran.expect(1);
    assert_eq!(ran.stdout, "");
    for told in told {
        assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
    }
}

#[test]
fn a_stored_label_changes_only_with_leave() {
    const BOTH: [bool; 2] = [true, true];
    const PROJECT: [bool; 2] = [true, false];
    const TASK: [bool; 2] = [false, true];
    const NEITHER: [bool; 2] = [false, false];
    let leaves = [
        (Leave::None, NEITHER),
        (Leave::Flag("--allow-project-change"), PROJECT),
        (Leave::Flag("--allow-change-project"), PROJECT),
        (Leave::Flag("--allow-task-change"), TASK),
        (Leave::Flag("--allow-change-task"), TASK),
        (Leave::Flag("--allow-change"), BOTH),
        (Leave::Flag("--force"), BOTH),
        (Leave::Flag("--overwrite"), NEITHER),
        (Leave::Flag("--allow-unrelated-path"), NEITHER),
        (Leave::Variable("TROP_ALLOW_CHANGE_PROJECT", "1"), PROJECT),
        (Leave::Variable("TROP_ALLOW_PROJECT_CHANGE", "1"), PROJECT),
        (Leave::Variable("TROP_ALLOW_CHANGE_TASK", "1"), TASK),
        (Leave::Variable("TROP_ALLOW_TASK_CHANGE", "1"), TASK),
        (Leave::Variable("TROP_ALLOW_CHANGE", "yes"), BOTH),
        (Leave::Variable("TROP_ALLOW_CHANGE", "no"), NEITHER),
        (Leave::Variable("TROP_ALLOW_CHANGE", ""), NEITHER),
        (Leave::File("trop.yaml", "allow_change_project: true\n"), PROJECT),
        (Leave::File("trop.local.yaml", "allow_change_task: true\n"), TASK),
        (Leave::File("config.yaml", "allow_change: true\n"), BOTH),
        (Leave::File("trop.yaml", "allow_change: false\n"), NEITHER),
    ];
    let project = Project::new();
    for (leave, allows) in leaves {
        for (noun, is_allowed) in ["project", "task"].into_iter().zip(allows) {
            for said in [Said::Flag("new"), Said::Variable("new"), Said::Clear] {
                project.begin("web", Some("old"));
                let ran = project.ask("web", noun, said, leave).run();
                let after = if is_allowed {
                    assert_eq!(ran.expect(0).stderr, "", "{leave:?} {noun} {said:?}");
                    said.label()
                } else {
                    let instead = said.label().map_or("cleared".to_owned(), |label| format!("not {label}"));
                    let (kept, flag) = (format!("{noun} old"), format!("--allow-{noun}-change"));
                    check_refusal(ran, &[&kept, &instead, &flag]);
                    Some("old")
                };
                let labels = if noun == "project" { [after, Some("old")] } else { [Some("old"), after] };
                project.check("web", labels[0], labels[1]);
            }
        }
    }
}

#[test]
fn nothing_to_change_needs_no_leave() {
    #[track_caller]
    fn check(project: &Project, before: Option<&str>, noun: &str, said: Said, after: Option<&str>) {
        project.begin("web", before);
        project.ask("web", noun, said, Leave::None).run().expect(0);
        let labels = if noun == "project" { [after, before] } else { [before, after] };
        project.check("web", labels[0], labels[1]);
    }
    let project = Project::new();
    for noun in ["project", "task"] {
        check(&project, Some("old"), noun, Said::Nothing, Some("old"));
        check(&project, Some("old"), noun, Said::Flag("old"), Some("old"));
        check(&project, Some("old"), noun, Said::Flag("  old "), Some("old"));
        check(&project, Some("old"), noun, Said::Variable("old"), Some("old"));
        check(&project, None, noun, Said::Nothing, None);
        check(&project, None, noun, Said::Flag("new"), Some("new"));
        check(&project, None, noun, Said::Variable("new"), Some("new"));
        check(&project, None, noun, Said::Clear, None);
    }
    // A file names the project of new reservations alone.
    check(&project, Some("old"), "project", Said::File("new"), Some("old"));
    check(&project, None, "project", Said::File("new"), None);
}

#[test]
fn a_file_renames_nothing_even_with_leave() {
    let project = Project::new();
    project.begin("web", Some("old"));
    project.file("trop.yaml", "project: new\nallow_change: true\n");
    for leave in [&[] as &[&str], &["--allow-change"], &["--overwrite"], &["--force"]] {
        project.trop(&[&["reserve", "--tag=web"], leave].concat()).run().expect(0);
        project.check("web", Some("old"), Some("old"));
    }
}

#[test]
fn a_label_that_was_filled_in_is_as_sticky_as_any() {
    let project = Project::new();
    project.begin("web", None);
    project.trop(&["reserve", "--tag=web", "--project=first"]).run().expect(0);
    let again = project.trop(&["reserve", "--tag=web", "--project=second"]).run();
    check_refusal(again, &["project first", "not second", "--allow-project-change"]);
}

#[test]
fn both_at_once_are_refused_or_changed_together() {
    let project = Project::new();
    project.begin("web", Some("old"));
    let both = ["reserve", "--tag=web", "--project=red", "--task=blue"];
    let ask = |leave: &[&str]| project.trop(&[&both, leave].concat()).run();
    check_refusal(
        ask(&[]),
        &["project old already, not red", "task old already, not blue", "--allow-change"],
    );
    let refused = ask(&["--allow-project-change"]);
    assert!(!refused.stderr.contains("red"), "{}", refused.stderr);
    check_refusal(refused, &["task old already, not blue", "--allow-task-change"]);
    check_refusal(ask(&["--allow-task-change"]), &["project old already, not red", "--allow-project-change"]);
    project.check("web", Some("old"), Some("old"));
    ask(&["--allow-project-change", "--allow-task-change"]).expect(0);
    project.check("web", Some("red"), Some("blue"));
}

#[test]
fn a_refusal_leaves_the_whole_row_as_it_was() {
    let project = Project::new();
    project.trop(&["reserve", "--project=old", "--task=old"]).run().expect(0);
    let database = Database::of(project.stage.data_directory());
    database.age(&project.directory, 1000);
    let before = database.rows();
    for more in [&["--project=new"] as &[&str], &["--clear-task", "--overwrite", "--port=5007"]] {
        project.trop(&[&["reserve"], more].concat()).run().expect(1);
        assert_eq!(database.rows(), before);
    }
    project.check("", Some("old"), Some("old"));
}

#[test]
fn placing_anew_keeps_the_labels_that_are_not_named_and_the_beginning() {
    let project = Project::new();
    project.trop(&["reserve", "--project=old", "--task=old"]).run().expect(0);
    let database = Database::of(project.stage.data_directory());
    database.age(&project.directory, 1000);
    let before = database.row(&project.directory).unwrap();
    for more in [&["--overwrite"] as &[&str], &["--force"]] {
        project.trop(&[&["reserve", "--port=5007"], more].concat()).run().expect(0);
        project.check("", Some("old"), Some("old"));
        let after = database.row(&project.directory).unwrap();
        assert_eq!((after.port, after.created_at), (5007, before.created_at));
        assert!(before.last_used_at < after.last_used_at, "{after:?}");
    }
    project.trop(&["reserve", "--force", "--task=new"]).run().expect(0);
    project.check("", Some("old"), Some("new"));
}

#[test]
fn a_dry_run_refuses_the_same_and_shows_what_would_be_relabelled() {
    let project = Project::new();
    project.begin("web", Some("old"));
    let change = ["reserve", "--tag=web", "--project=new"];
    let dry_run = |more: &[&str]| project.trop(&[&change[..], &["--dry-run"], more].concat()).run();
    let (real, dry) = (project.trop(&change).run().expect(1), dry_run(&[]).expect(1));
    assert_eq!((dry.stdout.as_str(), dry.stderr), ("", real.stderr));
    assert_eq!(dry_run(&["--format=json"]).expect(1).stdout, "");

    let in_words = dry_run(&["--allow-change"]).expect(0);
    assert_eq!(in_words.stdout, "");
    assert!(in_words.stderr.contains("new"), "{}", in_words.stderr);
    let planned = dry_run(&["--allow-change", "--format=json"]).expect(0);
    let planned: Value = serde_json::from_str(&planned.stdout).unwrap();
    let changes = planned["changes"].as_array().unwrap();
    let [change] = changes.as_slice() else { panic!("{changes:?}") };
    let told = ["action", "port", "tag", "project", "task"].map(|field| change[field].clone());
    assert_eq!(told, [json!("relabel"), json!(5000), json!("web"), json!("new"), json!("old")]);
    project.check("web", Some("old"), Some("old"));
}

#[test]
fn bad_labels_are_refused_where_they_come_from() {
    #[track_caller]
    fn check(project: &Project, noun: &str, label: &str, flag: i32, variable: i32) {
        let by_flag = project.trop(&["reserve", &format!("--{noun}={label}")]).run().expect(flag);
        let variable_name = format!("TROP_{}", noun.to_uppercase());
        let by_variable = project.trop(&["reserve"]).env(&variable_name, label).run().expect(variable);
        if flag == 4 {
            assert!(by_flag.stderr.contains(&format!("--{noun}")), "{}", by_flag.stderr);
            assert_eq!(by_flag.stdout, "");
        }
        if variable == 7 {
            assert!(by_variable.stderr.contains(&variable_name), "{}", by_variable.stderr);
            assert_eq!(by_variable.stdout, "");
        }
        project.trop(&["release"]).run().expect(0);
    }
    let project = Project::new();
    for noun in ["project", "task"] {
        check(&project, noun, "", 4, 0);
        check(&project, noun, "  ", 4, 7);
        check(&project, noun, &"x".repeat(256), 4, 7);
        check(&project, noun, &"ä".repeat(128), 4, 7);
        check(&project, noun, &format!("  {}  ", "x".repeat(255)), 0, 0);
        for control in ["a\tb", "a\nb", "a\u{1b}[31mb", "a\u{7f}", "a\u{85}b"] {
            check(&project, noun, control, 4, 7);
        }
    }
}

#[test]
fn a_bad_project_in_a_file_is_a_problem_of_the_file() {
    let project = Project::new();
    for written in ["\"\"", "\"  \"", "\"a\\tb\"", "\"a\\x1b[31mb\"", "[a]", &"x".repeat(256)] {
        project.file("trop.yaml", &format!("# mine\nproject: {written}\n"));
        let ran = project.trop(&["reserve"]).run().expect(7);
        assert!(ran.stderr.contains("trop.yaml:2"), "{}", ran.stderr);
        assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    }
    project.file("trop.yaml", "project:   spaced out   \n");
    project.trop(&["reserve"]).run().expect(0);
    project.check("", Some("spaced out"), None);
}

#[test]
fn naming_and_clearing_go_together_only_where_the_name_is_no_flag() {
    let project = Project::new();
    for noun in ["project", "task"] {
        let (clear, name) = (format!("--clear-{noun}"), format!("--{noun}=new"));
        project.trop(&["reserve", &clear, &name]).run().expect(4);
        project.begin("web", Some("old"));
        let variable = format!("TROP_{}", noun.to_uppercase());
        let clearing = ["reserve", "--tag=web", &clear];
        project.trop(&clearing).env(&variable, "new").run().expect(1);
        let allowed = project.trop(&[&clearing[..], &["--allow-change"]].concat());
        allowed.env(&variable, "new").run().expect(0);
        let old = Some("old");
        let labels = if noun == "project" { [None, old] } else { [old, None] };
        project.check("web", labels[0], labels[1]);
    }
    // A new reservation begins without.
    project.file("trop.yaml", "project: mine\n");
    project.trop(&["reserve", "--tag=api", "--clear-project"]).run().expect(0);
    project.check("api", None, None);
}

#[test]
fn reserving_elsewhere_is_judged_by_the_settings_of_that_place() {
    let project = Project::new();
    let inner = project.stage.directory("project/inner");
    let ask =
        |directory: &Utf8Path, more: &[&str]| trop(&project.stage, directory, &[&["reserve"], more].concat());
    ask(&inner, &["--project=old"]).run().expect(0);
    project.file("trop.yaml", "allow_change: true\n");
    fs::write(inner.join("trop.yaml"), "allow_change: false\n").unwrap();
    ask(&project.directory, &["--path=inner", "--project=new"]).run().expect(1);
    fs::remove_file(inner.join("trop.yaml")).unwrap();
    ask(&project.directory, &["--path=inner", "--project=new"]).run().expect(0);
    check_stored(&project.stage, &inner, "", Some("new"), None);
}
