//! Whether a command that came to its end answered what the model says, and what the model says afterwards.

use serde_json::Value;

use crate::storm::Checked;
use crate::storm::answers::{Answers, answers};
use crate::storm::listing::{Listed, parse, row_of_json};
use crate::storm::model::{Assigned, Change, Model};
use crate::storm::process::Ended;
use crate::storm::request::{Command, List, Release, Reserve, Run};
use crate::storm::territory::Territory;

/// What a user of trop must never read, whatever is killed beside.
const NEVER_SAID: [&str; 4] = ["panicked", "corrupt", "is damaged", "a mistake in trop"];

/// Exit codes that a storm meets.
const DONE: i32 = 0;
const NO: i32 = 1;
const LOCKED: i32 = 2;
const NO_PORT: i32 = 8;

/// What the command would change when it came to its end.
pub(crate) fn change(model: &Model, territory: &Territory, command: &Command) -> Change {
    match command {
        Command::Reserve(reserve) if !reserve.dry_run => {
            Change::Put(reserve.key.clone(), answers(model, territory.own, reserve).assigned)
        }
        Command::Release(release) if !release.dry_run && release.place.is_allowed(model) => {
            Change::Remove(release.selected(model))
        }
        _ => Change::Nothing,
    }
}

/// Whether a killed process had told its answer, after which nothing is left to be done.
pub(crate) fn had_answered(run: &Run, ended: &Ended) -> bool {
    matches!(run.command, Command::Reserve(_)) && ended.stdout.ends_with('\n')
}

/// Complains of words on standard error that never belong there.
pub(crate) fn require_calm(ended: &Ended) -> Checked {
    match NEVER_SAID.iter().find(|words| ended.stderr.contains(*words)) {
        Some(words) => Err(format!("standard error says \"{words}\"")),
        None => Ok(()),
    }
}

/// Compares an ending with the model, and brings the model up to date.
pub(crate) fn judge(
    model: &mut Model,
    territory: &Territory,
    data_directory: &str,
    run: &Run,
    code: i32,
    stdout: &str,
) -> Checked {
    if code == LOCKED && run.is_impatient {
        return require_equal(stdout, "");
    }
    match &run.command {
        Command::Reserve(reserve) => judge_reserve(model, territory, reserve, code, stdout),
        Command::Release(release) => judge_release(model, release, code, stdout),
        Command::List(list) => {
            require_code(code, DONE)?;
            judge_list(model, territory, list, stdout)
        }
        Command::Init { .. } => {
            require_code(code, DONE)?;
            require_equal(stdout, "")
        }
        Command::ShowPath { path } => {
            require_code(code, DONE)?;
            require_equal(stdout, &format!("{path}\n"))
        }
        Command::ShowDataDir => {
            require_code(code, DONE)?;
            require_equal(stdout, &format!("{data_directory}\n"))
        }
        Command::ConfigShow => {
            require_code(code, DONE)?;
            require_lock_wait(stdout, run.lock_wait())
        }
    }
}

/// The one setting that every run says on its command line.
fn require_lock_wait(settings: &str, seconds: &str) -> Checked {
    let settings: Value = serde_json::from_str(settings).map_err(|error| format!("no JSON: {error}"))?;
    let is_lock_wait = |setting: &&Value| setting["key"] == "maximum_lock_wait_seconds";
    let found = settings.as_array().and_then(|settings| settings.iter().find(is_lock_wait));
    match found {
        Some(found)
            if found["layer"] == "command line" && found["value"].as_u64() == seconds.parse().ok() =>
        {
            Ok(())
        }
        found => Err(format!("the lock wait is shown as {found:?}")),
    }
}

fn judge_reserve(
    model: &mut Model,
    territory: &Territory,
    reserve: &Reserve,
    code: i32,
    stdout: &str,
) -> Checked {
    let right = answers(model, territory.own, reserve);
    match code {
        DONE if reserve.dry_run && !reserve.json => require_equal(stdout, ""),
        DONE => {
            let assigned =
                told(model, reserve, &right, stdout).ok_or_else(|| format!("a right answer is {right}"))?;
            if !reserve.dry_run {
                model.put(&reserve.key, assigned);
            }
            Ok(())
        }
        NO if right.refused => require_equal(stdout, ""),
        NO_PORT if right.exhausted => require_equal(stdout, ""),
        _ => Err(format!("a right answer is {right}")),
    }
}

/// What was printed, when that is a right answer.
fn told(model: &Model, reserve: &Reserve, right: &Answers, stdout: &str) -> Option<Assigned> {
    if !reserve.json {
        let port: u16 = stdout.strip_suffix('\n')?.parse().ok()?;
        return right.assigned.iter().find(|assigned| assigned.port == port).cloned();
    }
    let answer: Value = serde_json::from_str(stdout).ok()?;
    let row = if reserve.dry_run {
        let changes = answer["changes"].as_array().filter(|_| answer["dry_run"] == true)?;
        row_of_json(changes.last()?)?
    } else {
        let row = model.rows().get(&reserve.key);
        let may_be = |created: bool| row.map_or(created, |row| row.perhaps || !created);
        answer["created"].as_bool().filter(|created| may_be(*created))?;
        row_of_json(&answer)?
    };
    let is_right = row.key == reserve.key && right.assigned.contains(&row.assigned);
    is_right.then_some(row.assigned)
}

fn judge_release(model: &mut Model, release: &Release, code: i32, stdout: &str) -> Checked {
    if !release.place.is_allowed(model) {
        require_code(code, NO)?;
        return require_equal(stdout, "");
    }
    require_code(code, DONE)?;
    let selected = release.selected(model);
    if release.json {
        let removed = removed(release, stdout).ok_or("the answer cannot be read")?;
        if let Some(stray) = removed.iter().find(|row| !selected.contains(&row.key)) {
            return Err(format!("{} is not among what was to be released", stray.key));
        }
        model.observe(&removed, |key| selected.contains(key))?;
    } else {
        require_equal(stdout, "")?;
    }
    if !release.dry_run {
        model.remove(&selected);
    }
    Ok(())
}

fn removed(release: &Release, stdout: &str) -> Option<Vec<Listed>> {
    let answer: Value = serde_json::from_str(stdout).ok()?;
    let rows = &answer[if release.dry_run { "changes" } else { "released" }];
    rows.as_array()?.iter().map(row_of_json).collect()
}

fn judge_list(model: &mut Model, territory: &Territory, list: &List, stdout: &str) -> Checked {
    let mut listed = parse(stdout, list.format)?;
    if let Some(stray) = listed.iter().find(|row| !list.shows(&row.key)) {
        return Err(format!("{} is listed, and was not asked for", stray.key));
    }
    listed.retain(|row| territory.owns(&row.key));
    model.observe(&listed, |key| list.shows(key))
}

fn require_code(code: i32, expected: i32) -> Checked {
    if code == expected { Ok(()) } else { Err(format!("the exit code should be {expected}")) }
}

fn require_equal(stdout: &str, expected: &str) -> Checked {
    if stdout == expected { Ok(()) } else { Err(format!("the answer should be {expected:?}")) }
}
