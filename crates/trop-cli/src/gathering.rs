//! What planners lack, gathered while no lock is held.

use std::thread;
use std::time::Duration;

use trop_git::{Labels, identify};
use trop_model::{Reservation, Timestamp};
use trop_ops::{Facts, FoundLabels, LookedAt, Needs};
use trop_paths::{AbsPath, Presence, presence, presences};

use crate::session::Session;

/// Looks at every directory once, and asks git for the labels of one.
pub(crate) fn gather(session: &mut Session<'_>, needs: Needs, facts: &mut Facts) {
    match needs {
        Needs::Directories(rows) => {
            let mut looked_at = look_at_directories(session, rows);
            look_again(&mut looked_at, facts.now);
            facts.directories = Some(looked_at);
        }
        Needs::Labels(path) => {
            let Labels { project, task } = identify(path.as_path().as_std_path());
            facts.labels = Some(FoundLabels { path, project, task });
        }
    }
}

/// Looks at the directory of each of these rows. Somebody who waits at a terminal sees how far that is.
pub(crate) fn look_at_directories(session: &mut Session<'_>, rows: Vec<Reservation>) -> Vec<LookedAt> {
    let mut progress = session.progress("looking at directories", rows.len());
    let paths: Vec<&AbsPath> = rows.iter().map(|row| &row.key.path).collect();
    let found = presences(&paths, || progress.step());
    rows.into_iter().zip(found).map(|(row, presence)| LookedAt { row, presence }).collect()
}

/// When a row was last used is stored in seconds, so that one more use in the same second leaves no trace. What was not there of
/// rows that were used just now is looked at again when that second is over: whoever uses them from then on is noticed.
fn look_again(looked_at: &mut [LookedAt], now: Timestamp) {
    let was_just_used = |looked_at: &&mut LookedAt| {
        now <= looked_at.row.last_used_at && !matches!(looked_at.presence, Presence::Present)
    };
    let mut is_over = false;
    for looked_at in looked_at.iter_mut().filter(was_just_used) {
        if !is_over {
            thread::sleep(Duration::from_secs(1));
            is_over = true;
        }
        looked_at.presence = presence(&looked_at.row.key.path);
    }
}

/// What git was found to say.
pub(crate) fn describe_labels(facts: &Facts) -> Option<String> {
    let FoundLabels { path, project, task } = facts.labels.as_ref()?;
    let project = project.as_ref().map_or("no project".to_owned(), |project| format!("project {project}"));
    let task = task.as_ref().map_or("no task".to_owned(), |task| format!("task {task}"));
    Some(format!("git names {project} and {task} for {path}"))
}
