//! The dry run of a group is its real plan, and nothing is written.

use std::fs;

use serde_json::{Value, json};

use crate::tree::tree_without_logs;

use super::Project;

/// What is shown as JSON: the warnings, and each change as action, tag, port, and the port before.
#[track_caller]
fn planned(project: &Project, arguments: &[&str]) -> (Vec<String>, Vec<Value>) {
    let before = tree_without_logs(project.stage.sandbox.root());
    let words = project.trop(&[arguments, &["--dry-run"]].concat()).run().expect(0);
    let quiet = project.trop(&[arguments, &["--dry-run", "--quiet"]].concat()).run().expect(0);
    assert_eq!((words.stdout.as_str(), quiet.stdout.as_str(), quiet.stderr.as_str()), ("", "", ""));
    let arguments = [arguments, &["--dry-run", "--format=json", "--quiet"]].concat();
    let json = project.trop(&arguments).run().expect(0);
    assert_eq!(tree_without_logs(project.stage.sandbox.root()), before);

    let shown: Value = serde_json::from_str(&json.stdout).unwrap();
    let warnings = shown["warnings"].as_array().unwrap();
    assert_eq!(
        (
            json.stdout.lines().count(),
            json.stderr.as_str(),
            shown.as_object().unwrap().len(),
            &shown["dry_run"]
        ),
        (1, "", 3, &json!(true))
    );
    let changes = shown["changes"].as_array().unwrap();
    let lines: Vec<&str> = words.stderr.lines().filter(|line| line.starts_with("would ")).collect();
    assert_eq!(lines.len(), changes.len());
    for (line, change) in lines.iter().zip(changes) {
        let port = change["port"].as_u64().map_or(String::new(), |port| port.to_string());
        assert!(line.contains(&port), "{line}");
    }
    let short = |change: &Value| {
        json!([change["action"], change["tag"], change["port"], change["previous_port"], change["reason"]])
    };
    let warnings = warnings.iter().map(|warning| project.shown(warning.as_str().unwrap()));
    (warnings.collect(), changes.iter().map(short).collect())
}

/// What is planned, which then is what happens.
#[track_caller]
fn check(project: &Project, arguments: &[&str], plan: &[Value], ports: &str, warning: Option<&str>) {
    let (warnings, changes) = planned(project, arguments);
    assert_eq!(changes, plan);
    assert_eq!(warnings.len(), usize::from(warning.is_some()), "{warnings:?}");
    for (told, words) in warnings.iter().zip(warning) {
        super::require_words(told, words);
    }
    let ran = project.trop(arguments).run().expect(0);
    assert_eq!(project.ports(&ran), ports);
}

#[test]
fn what_is_shown_is_what_happens() {
    let project = Project::new("web: {}, api: {offset: 1, preferred: <p50>}");
    let port = |offset| project.stage.ports.port(offset);
    let reserve = |tag, offset| json!(["reserve", tag, port(offset), null, null]);
    let refresh = |tag, offset| json!(["refresh", tag, port(offset), null, null]);
    let initialize = json!(["initialize", null, null, null, null]);
    let (auto, overwrite) = (["autoreserve"], ["autoreserve", "--overwrite"]);
    let group = ["reserve-group", "trop.yaml"];

    let plan = [initialize, reserve("web", 0), reserve("api", 50)];
    check(&project, &group, &plan, "WEB=<p00> API=<p50>", None);
    for arguments in [&auto as &[&str], &group] {
        let plan = [refresh("web", 0), refresh("api", 50)];
        check(&project, arguments, &plan, "WEB=<p00> API=<p50>", None);
    }

    project.list("web: {}, api: {offset: 1, preferred: <p50>}, db: {offset: 3}");
    let plan = [refresh("web", 0), refresh("api", 50), reserve("db", 3)];
    check(&project, &auto, &plan, "WEB=<p00> API=<p50> DB=<p03>", None);

    project.list("web: {offset: 4}, api: {offset: 1, preferred: <p51>}, db: {}");
    let replace = |tag, to, from| json!(["replace", tag, port(to), port(from), null]);
    let plan = [replace("web", 4, 0), replace("api", 51, 50), replace("db", 0, 3)];
    check(&project, &overwrite, &plan, "WEB=<p04> API=<p51> DB=<p00>", None);

    project.reserve_elsewhere("other", "<p52>");
    project.list("web: {offset: 4}, api: {offset: 1, preferred: <p52>}, db: {}");
    let plan = [replace("web", 4, 4), replace("api", 1, 51), replace("db", 0, 0)];
    let warning = Some("port <p52> for api|/other|<p01> comes in its place");
    check(&project, &overwrite, &plan, "WEB=<p04> API=<p01> DB=<p00>", warning);
}

#[test]
fn a_clean_up_is_part_of_the_plan() {
    let project = Project::new("web: {}, api: {offset: 1}");
    let port = |offset| project.stage.ports.port(offset);
    project.reserve_elsewhere("gone", "<p01>");
    fs::remove_dir(project.stage.directory("gone")).unwrap();
    let plan = [
        json!(["remove", null, port(1), null, "gone"]),
        json!(["reserve", "web", port(0), null, null]),
        json!(["reserve", "api", port(1), null, null]),
    ];
    check(&project, &["autoreserve", "--max=<p01>"], &plan, "WEB=<p00> API=<p01>", None);
}

#[test]
fn it_fails_where_the_real_run_would() {
    #[track_caller]
    fn check(project: &Project, arguments: &[&str], code: i32) {
        for format in [&[] as &[&str], &["--format=json"]] {
            let arguments = [arguments, format].concat();
            let real = project.trop(&arguments).run().expect(code);
            let dry = project.trop(&[&arguments[..], &["--dry-run"]].concat()).run().expect(code);
            assert_eq!((dry.stdout.as_str(), dry.stderr), ("", real.stderr));
        }
    }
    let project = Project::new("web: {}, api: {offset: 1}");
    let elsewhere = project.stage.directory("elsewhere");
    check(&project, &["autoreserve", "--data-dir=missing", "--disable-autoinit"], 3);
    check(&project, &["autoreserve", "--data-dir=/dev/null/x"], 5);
    project.reserve_elsewhere("other", "<p01>");
    check(&project, &["autoreserve", "--max=<p01>"], 8);
    check(&project, &["autoreserve", "--max=<p00>"], 4);
    check(&project, &["reserve-group", "missing.yaml"], 5);
    fs::write(elsewhere.join("trop.yaml"), "").unwrap();
    check(&project, &["reserve-group", "../elsewhere/trop.yaml"], 1);
    project.trop(&["reserve", "--tag=web", "--port=<p00>"]).run().expect(0);
    check(&project, &["autoreserve"], 1);
}
