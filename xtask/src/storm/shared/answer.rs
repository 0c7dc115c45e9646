//! What an errand on shared directories testifies to.

use serde_json::Value;

use crate::storm::Checked;
use crate::storm::listing::{Format, Listed, parse, row_of_json};
use crate::storm::model::Key;
use crate::storm::process::Ended;
use crate::storm::request::is_below;
use crate::storm::shared::errand::{Action, Errand, How};
use crate::storm::shared::history::{Chance, Deed, Span};
use crate::storm::shared::realm::{Realm, SERVICES, SETTLING_TAG, keys_of};

/// Exit codes that an errand may end with, besides 0, and what they mean there.
const NO: i32 = 1;
pub(crate) const LOCKED: i32 = 2;
const NO_PORT: i32 = 8;

/// How an errand counts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Done, and told.
    Acknowledged(Deed),
    /// Killed before it told anything.
    Open(Deed),
    /// It changed nothing.
    Refused,
}

/// What the errand did, unless what it told cannot be an answer to it.
pub(crate) fn testimony(errand: &Errand, realm: &Realm, ended: &Ended, span: Span) -> Checked<Standing> {
    let deed = Deed::new(shown(errand), span);
    // Others write lists, of which a part may end as the whole does.
    let has_told = errand.answers_in_a_line() && ended.stdout.ends_with('\n');
    match ended.code {
        None if errand.dry_run => Ok(Standing::Refused),
        // Whoever told its answer has nothing left to do.
        None if has_told => acknowledged(errand, realm, &ended.stdout, deed),
        None => Ok(Standing::Open(open(errand, realm, deed))),
        Some(0) if errand.dry_run => require_silent(ended).map(|()| Standing::Refused),
        Some(0) => acknowledged(errand, realm, &ended.stdout, deed),
        Some(LOCKED) if errand.lock_wait == "0" => require_silent(ended).map(|()| Standing::Refused),
        Some(code) if may_end_with(&errand.action, code) => require_silent(ended).map(|()| Standing::Refused),
        Some(code) => Err(format!("the exit code {code} is none of this command")),
    }
}

fn may_end_with(action: &Action, code: i32) -> bool {
    match action {
        Action::Reserve { .. } => code == NO_PORT,
        Action::Group { .. } | Action::ExecOne { .. } => code == NO_PORT || code == NO,
        Action::Migrate { .. } | Action::Exclude { .. } => code == NO,
        _ => false,
    }
}

fn require_silent(ended: &Ended) -> Checked {
    if ended.stdout.is_empty() { Ok(()) } else { Err("it should have printed nothing".to_owned()) }
}

/// What a killed process may have left.
fn open(errand: &Errand, realm: &Realm, mut deed: Deed) -> Deed {
    deed.is_open = true;
    match &errand.action {
        Action::Reserve { key, .. } | Action::ExecOne { key, .. } => deed.may_have_left(key, Chance::AnyPort),
        Action::Group { directory, .. } => may_have_left_group(directory, &mut deed),
        Action::Release { path, tag, recursive } => {
            for key in selected(realm, path, *tag, *recursive) {
                deed.may_have_left(&key, Chance::Nothing);
            }
        }
        Action::Migrate { from, to, recursive, .. } => {
            for key in selected(realm, from, None, *recursive) {
                deed.may_have_left(&key, Chance::Nothing);
            }
            for key in selected(realm, to, None, *recursive) {
                deed.may_have_left(&key, Chance::AnyPort);
            }
        }
        // Whatever these remove belongs to a directory that was gone, and may vanish in any case.
        Action::CleanUp { .. } => {}
        Action::Exclude { .. } | Action::Compact { .. } | Action::Scan { .. } | Action::List => {}
    }
    deed
}

fn acknowledged(errand: &Errand, realm: &Realm, stdout: &str, mut deed: Deed) -> Checked<Standing> {
    let unreadable = || format!("an answer that cannot be read: {stdout}");
    match &errand.action {
        Action::Reserve { key, overwrite, .. } => {
            reserved(&mut deed, key, *overwrite, stdout).ok_or_else(unreadable)?;
        }
        Action::ExecOne { key, .. } => {
            deed.found_or_made(key, stdout.trim_end().parse().map_err(|_| unreadable())?);
        }
        Action::Group { how: How::Written, directory, .. } => may_have_left_group(directory, &mut deed),
        Action::Group { how, directory, overwrite } => {
            let ports = group_ports(*how, stdout).ok_or_else(unreadable)?;
            for (tag, port) in SERVICES.iter().zip(ports) {
                let key = Key { path: directory.clone(), tag: Some((*tag).to_owned()) };
                if *overwrite { deed.left(&key, Some(port)) } else { deed.found_or_made(&key, port) }
            }
        }
        Action::Release { path, tag, recursive } => {
            let removed = rows(stdout, "released").ok_or_else(unreadable)?;
            let selected = selected(realm, path, *tag, *recursive);
            taken_away(&mut deed, &selected, &removed)?;
        }
        Action::Migrate { from, to, recursive, .. } => {
            let from = selected(realm, from, None, *recursive);
            let to = selected(realm, to, None, *recursive);
            migrated(&mut deed, &from, &to, stdout).ok_or_else(unreadable)??;
        }
        Action::CleanUp { .. } => cleaned(&mut deed, realm, stdout).ok_or_else(unreadable)??,
        Action::List => listed(&mut deed, realm, &parse(stdout, Format::Json)?)?,
        Action::Exclude { .. } | Action::Compact { .. } => {
            if !stdout.is_empty() {
                return Err("it should have printed nothing".to_owned());
            }
        }
        Action::Scan { .. } => {}
    }
    Ok(Standing::Acknowledged(deed))
}

fn reserved(deed: &mut Deed, key: &Key, overwrite: bool, stdout: &str) -> Option<()> {
    let answer: Value = serde_json::from_str(stdout).ok()?;
    let row = row_of_json(&answer).filter(|row| row.key == *key)?;
    let port = row.assigned.port;
    let created = answer["created"].as_bool()?;
    if created || overwrite {
        deed.left(key, Some(port));
    }
    if created || !overwrite {
        deed.found(key, (!created).then_some(port));
    }
    deed.has_written = created;
    Some(())
}

fn may_have_left_group(directory: &str, deed: &mut Deed) {
    for tag in SERVICES {
        let key = Key { path: directory.to_owned(), tag: Some(tag.to_owned()) };
        deed.may_have_left(&key, Chance::AnyPort);
    }
}

/// In the order of the services.
fn group_ports(how: How, stdout: &str) -> Option<Vec<u16>> {
    if how == How::Exec {
        let ports: Vec<u16> =
            stdout.split_whitespace().map(|word| word.parse().ok()).collect::<Option<_>>()?;
        return (ports.len() == SERVICES.len()).then_some(ports);
    }
    let answer: Value = serde_json::from_str(stdout).ok()?;
    SERVICES.iter().map(|tag| answer[*tag].as_u64()?.try_into().ok()).collect()
}

fn rows(stdout: &str, field: &str) -> Option<Vec<Listed>> {
    let answer: Value = serde_json::from_str(stdout).ok()?;
    answer[field].as_array()?.iter().map(row_of_json).collect()
}

/// Of the selected keys those had a reservation that it names, and now none has.
fn taken_away(deed: &mut Deed, selected: &[Key], removed: &[Listed]) -> Checked {
    if let Some(stray) = removed.iter().find(|row| !selected.contains(&row.key)) {
        return Err(format!("{} is not among what was to be released", stray.key));
    }
    for key in selected {
        let row = removed.iter().find(|row| row.key == *key);
        deed.found(key, row.map(|row| row.assigned.port));
        if row.is_some() {
            deed.left(key, None);
        }
    }
    deed.has_written = !removed.is_empty();
    Ok(())
}

fn migrated(deed: &mut Deed, from: &[Key], to: &[Key], stdout: &str) -> Option<Checked> {
    let moved = rows(stdout, "moved")?;
    let replaced = rows(stdout, "replaced")?;
    let answer: Value = serde_json::from_str(stdout).ok()?;
    let mut came_from = Vec::new();
    for (row, said) in moved.iter().zip(answer["moved"].as_array()?) {
        if !to.contains(&row.key) {
            return Some(Err(format!("{} is not among where things were to go", row.key)));
        }
        let key = Key { path: said["from_path"].as_str()?.to_owned(), ..row.key.clone() };
        let before = replaced.iter().find(|before| before.key == row.key);
        deed.found(&row.key, before.map(|before| before.assigned.port));
        deed.left(&row.key, Some(row.assigned.port));
        came_from.push(Listed { key, ..row.clone() });
    }
    Some(taken_away(deed, from, &came_from))
}

fn cleaned(deed: &mut Deed, realm: &Realm, stdout: &str) -> Option<Checked> {
    let answer: Value = serde_json::from_str(stdout).ok()?;
    let passing = realm.passing_keys();
    for said in answer.as_array()? {
        let row = row_of_json(said)?;
        let is_shared = is_below(&row.key.path, &realm.root);
        if said["reason"] != "gone" || (is_shared && !passing.contains(&row.key)) {
            return Some(Err(format!("{} was cleaned up: {}", row.key, said["reason"])));
        }
        if is_shared {
            deed.found(&row.key, Some(row.assigned.port));
            deed.left(&row.key, None);
        }
        deed.has_written = true;
    }
    Some(Ok(()))
}

/// Everything that is listed of the shared directories, and that the rest has none.
pub(crate) fn listed(deed: &mut Deed, realm: &Realm, rows: &[Listed]) -> Checked {
    let keys = realm.keys();
    let is_shared =
        |row: &&Listed| is_below(&row.key.path, &realm.root) && row.key.tag.as_deref() != Some(SETTLING_TAG);
    let shared: Vec<&Listed> = rows.iter().filter(is_shared).collect();
    if let Some(stray) = shared.iter().find(|row| !keys.contains(&row.key)) {
        return Err(format!("{} is stored, and nobody reserved it", stray.key));
    }
    let port_of = |key: &Key| shared.iter().find(|row| row.key == *key).map(|row| row.assigned.port);
    for key in &keys {
        deed.found(key, port_of(key));
    }
    let whole: Vec<Key> = realm.whole_keys().into_iter().filter(|key| port_of(key).is_some()).collect();
    if !whole.is_empty() && whole.len() != SERVICES.len() {
        return Err(format!("only a part of a group is stored: {}", whole[0]));
    }
    Ok(())
}

/// The keys of a directory, or also those below it.
fn selected(realm: &Realm, path: &str, tag: Option<&str>, recursive: bool) -> Vec<Key> {
    let mut keys = if recursive { realm.keys() } else { keys_of(path) };
    keys.retain(|key| is_below(&key.path, path) && tag.is_none_or(|tag| key.tag.as_deref() == Some(tag)));
    keys
}

/// The command line of it.
pub(crate) fn shown(errand: &Errand) -> String {
    format!("cd {} && trop {}", errand.working_directory, errand.arguments().join(" "))
}
