//! What is looked at after a command has run, in few words.

use camino::Utf8Path;
use serde_json::Value;

use trop_testkit::Ran;

use super::scenes::Scene;

/// Looks at how a command ended and what it left behind.
pub(super) type Effect = fn(&Scene, &Ran) -> String;

/// What was printed, or the code of a failure.
pub(super) fn printed(_: &Scene, ran: &Ran) -> String {
    failed(ran).unwrap_or_else(|| ran.stdout.trim_end().to_owned())
}

/// The same, where the port that somebody uses is called so.
pub(super) fn handed_out(scene: &Scene, ran: &Ran) -> String {
    let is_used = scene.used.is_some_and(|used| ran.stdout == format!("{used}\n"));
    if is_used { "used".to_owned() } else { printed(scene, ran) }
}

/// The directories that have ports now, as seen from the sandbox.
pub(super) fn paths(scene: &Scene, ran: &Ran) -> String {
    stored(scene, ran, "path")
}

/// The tags that are reserved now.
pub(super) fn tags(scene: &Scene, ran: &Ran) -> String {
    stored(scene, ran, "tag")
}

/// The projects that are stored now.
pub(super) fn projects(scene: &Scene, ran: &Ran) -> String {
    stored(scene, ran, "project")
}

/// The tasks that are stored now.
pub(super) fn tasks(scene: &Scene, ran: &Ran) -> String {
    stored(scene, ran, "task")
}

/// The project and the task that are stored now.
pub(super) fn labels(scene: &Scene, ran: &Ran) -> String {
    let stored = || format!("{} {}", projects(scene, ran), tasks(scene, ran));
    failed(ran).unwrap_or_else(stored)
}

/// The directory in the home in which a database is.
pub(super) fn data_directory(scene: &Scene, ran: &Ran) -> String {
    let home = scene.sandbox.home();
    let has_database = |name: &&str| home.join(name).join("trop.db").exists();
    let found: Vec<&str> = [".trop", "one", "two"].into_iter().filter(has_database).collect();
    failed(ran).unwrap_or_else(|| found.join(" "))
}

/// The directory that was printed, as seen from the sandbox.
pub(super) fn printed_path(scene: &Scene, ran: &Ran) -> String {
    failed(ran).unwrap_or_else(|| short(scene, ran.stdout.trim_end()))
}

/// How much was said beside the answer.
pub(super) fn said(_: &Scene, ran: &Ran) -> String {
    let begins = |label: &str| ran.stderr.lines().any(|line| line.starts_with(label));
    let said = match (begins("note: "), begins("warning: ")) {
        (false, false) => "nothing",
        (false, true) => "warnings",
        (true, _) => "everything",
    };
    failed(ran).unwrap_or_else(|| said.to_owned())
}

/// The format of the error.
pub(super) fn format_of_error(_: &Scene, ran: &Ran) -> String {
    let is_json = serde_json::from_str::<Value>(&ran.stderr).is_ok();
    if is_json { "json" } else { "human" }.to_owned()
}

/// The format of the list.
pub(super) fn format_of_list(_: &Scene, ran: &Ran) -> String {
    let is_json = serde_json::from_str::<Value>(&ran.stdout).is_ok();
    let format = match ran.stdout.lines().next() {
        _ if is_json => "json",
        Some(header) if header.starts_with("port,path,") => "csv",
        Some(header) if header.starts_with("port\tpath\t") => "tsv",
        _ => "table",
    };
    failed(ran).unwrap_or_else(|| format.to_owned())
}

/// How long the command waited for a lock, as it says itself in JSON.
pub(super) fn waited(_: &Scene, ran: &Ran) -> String {
    let error: Value = serde_json::from_str(&ran.stderr).unwrap_or_default();
    let message = error["message"].as_str().unwrap_or_default();
    let waited =
        ["switched off", "1 second", "5 seconds"].into_iter().find(|waited| message.contains(waited));
    match (ran.code, waited) {
        (Some(2), Some(waited)) => waited.to_owned(),
        _ => format!("{:?}", ran.code),
    }
}

/// The services whose ports are answered in JSON.
pub(super) fn services(_: &Scene, ran: &Ran) -> String {
    let ports: Value = serde_json::from_str(&ran.stdout).unwrap_or_default();
    let tags = ports.as_object().map(|ports| ports.keys().cloned().collect::<Vec<_>>().join(" "));
    failed(ran).unwrap_or_else(|| tags.unwrap_or_default())
}

fn failed(ran: &Ran) -> Option<String> {
    match ran.code {
        Some(0) => None,
        Some(code) => Some(format!("code {code}")),
        None => Some("a signal".to_owned()),
    }
}

/// That field of every reservation, or the code of the command that failed.
fn stored(scene: &Scene, ran: &Ran, field: &str) -> String {
    if let Some(failed) = failed(ran) {
        return failed;
    }
    let value = |row: &Value| row[field].as_str().map_or("none".to_owned(), |text| short(scene, text));
    scene.reservations().iter().map(value).collect::<Vec<_>>().join(" ")
}

fn short(scene: &Scene, path: &str) -> String {
    let below = Utf8Path::new(path).strip_prefix(scene.sandbox.root());
    below.map_or(path, Utf8Path::as_str).to_owned()
}
