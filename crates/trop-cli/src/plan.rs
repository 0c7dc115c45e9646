//! Carries out a plan, or shows it.

use std::path::Path;

use trop_config::{Effective, settings};
use trop_model::Change;
use trop_ops::{Facts, Needs, OpsError, Plan, Step, execute, preview};
use trop_output::{DryRun, FileChange};
use trop_paths::AbsPath;
use trop_storage::{Location, Notice, Rows, Store, WhenMissing};

use crate::details::Details;
use crate::failure::Failure;
use crate::gathering::{describe_labels, gather};
use crate::global::Verbosity;
use crate::session::Session;
use crate::telling::{tell_notice, tell_remarks};

/// How a mutating command answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mode {
    /// Whether the plan is only shown.
    pub(crate) dry_run: bool,
    /// Whether stdout gets JSON.
    pub(crate) json: bool,
}

/// What was done.
pub(crate) struct Done<A> {
    /// The answer to what was asked.
    pub(crate) answer: A,
    /// What was changed.
    pub(crate) changes: Vec<Change>,
    /// Whether the database was made for it.
    pub(crate) made_database: bool,
}

/// What became of a plan.
pub(crate) enum Outcome<A> {
    /// It was carried out.
    Done(Done<A>),
    /// It is a dry run, and the plan is still to be shown.
    DryRun(Preview<A>),
}

/// What would be done.
pub(crate) struct Preview<A> {
    /// What the answer would be.
    pub(crate) answer: A,
    changes: Vec<Change>,
    /// The data directory in which a database would be made first, where there is none.
    new_data_directory: Option<AbsPath>,
    /// What would become of files beside the database.
    files: Vec<FileChange>,
    json: bool,
}

impl Outcome<()> {
    /// Nothing is to be changed in the database, which was not opened for that.
    pub(crate) fn of_nothing(mode: Mode) -> Outcome<()> {
        if mode.dry_run {
            Outcome::DryRun(Preview::of_files(Vec::new(), mode))
        } else {
            Outcome::Done(Done { answer: (), changes: Vec::new(), made_database: false })
        }
    }
}

impl Preview<()> {
    /// What would become of files, and nothing else.
    pub(crate) fn of_files(files: Vec<FileChange>, mode: Mode) -> Preview<()> {
        Preview { answer: (), changes: Vec::new(), new_data_directory: None, files, json: mode.json }
    }
}

impl<A> Outcome<A> {
    /// What the answer is, or would be.
    pub(crate) fn answer(&self) -> &A {
        match self {
            Outcome::Done(done) => &done.answer,
            Outcome::DryRun(preview) => &preview.answer,
        }
    }

    /// The same with another answer.
    pub(crate) fn map<B>(self, change: impl FnOnce(A) -> B) -> Outcome<B> {
        match self {
            Outcome::Done(Done { answer, changes, made_database }) => {
                Outcome::Done(Done { answer: change(answer), changes, made_database })
            }
            Outcome::DryRun(Preview { answer, changes, new_data_directory, files, json }) => {
                Outcome::DryRun(Preview { answer: change(answer), changes, new_data_directory, files, json })
            }
        }
    }
}

impl<A> Preview<A> {
    /// The same where this would become of files beside the database.
    pub(crate) fn with_files(self, files: Vec<FileChange>) -> Preview<A> {
        Preview { files, ..self }
    }

    /// Shows the plan: as JSON on stdout, else in words on stderr.
    pub(crate) fn show(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let warnings = session.warnings().to_vec();
        let dry_run = DryRun {
            new_data_directory: self.new_data_directory.as_ref(),
            changes: &self.changes,
            files: &self.files,
            warnings: &warnings,
        };
        if self.json {
            dry_run.write_json(session.host.stdout).map_err(Failure::Output)?;
        } else if session.verbosity != Verbosity::Quiet {
            // When stderr is gone, there is nobody left to tell.
            let _ = dry_run.write_words(session.host.stderr);
        }
        Ok(())
    }
}

/// Carries out what `planner` plans, unless this is a dry run. What the planner notes down is told once
/// no lock is held any more.
pub(crate) fn carry_out<A>(
    session: &mut Session<'_>,
    effective: &Effective,
    missing: WhenMissing,
    mode: Mode,
    planner: impl FnMut(&Rows<'_>, &Facts, &mut Details) -> Result<Step<Plan<A>>, OpsError>,
) -> Result<Outcome<A>, Failure> {
    let store = session.store(effective)?;
    carry_out_in(session, store, missing, mode, planner)
}

/// The same in this store.
pub(crate) fn carry_out_in<A>(
    session: &mut Session<'_>,
    mut store: Store,
    missing: WhenMissing,
    mode: Mode,
    mut planner: impl FnMut(&Rows<'_>, &Facts, &mut Details) -> Result<Step<Plan<A>>, OpsError>,
) -> Result<Outcome<A>, Failure> {
    let directory = store.location().directory().clone();
    require_own_data_directory(&store, missing)?;
    let facts = Facts::at(session.host.now);
    let mut details = session.details();
    let planner = |rows: &Rows<'_>, facts: &Facts| {
        details.start_again();
        details.add(|| describe_labels(facts));
        planner(rows, facts, &mut details)
    };
    let gather = |needs: Needs, facts: &mut Facts| gather(session, needs, facts);
    let outcome = if mode.dry_run {
        preview(&mut store, missing, facts, gather, planner)
    } else {
        execute(&mut store, missing, facts, gather, planner)
    };
    let notices = store.take_notices();
    let would_make_database =
        mode.dry_run && outcome.is_ok() && missing == WhenMissing::Create && !store.exists()?;
    drop(store);
    for notice in &notices {
        tell_notice(session, notice);
    }
    session.tell(details);
    let plan = outcome.inspect_err(|error| tell_remarks(session, error.remarks()))?;
    tell_remarks(session, &plan.remarks);
    if mode.dry_run {
        let new_data_directory = would_make_database.then_some(directory);
        let Plan { changes, answer, .. } = plan;
        let (files, json) = (Vec::new(), mode.json);
        return Ok(Outcome::DryRun(Preview { answer, changes, new_data_directory, files, json }));
    }
    let made_database = notices.iter().any(|notice| matches!(notice, Notice::Created(_)));
    Ok(Outcome::Done(Done { answer: plan.answer, changes: plan.changes, made_database }))
}

/// What to do where there is no database, when something must be stored.
pub(crate) fn when_missing(effective: &Effective) -> WhenMissing {
    if effective.get(&settings::DISABLE_AUTOINIT) { WhenMissing::Refuse } else { WhenMissing::Create }
}

/// Root leaves alone what belongs to somebody else, a database behind a link included: files that root makes there would lock
/// their owner out.
fn require_own_data_directory(store: &Store, missing: WhenMissing) -> Result<(), Failure> {
    if missing == WhenMissing::TreatAsEmpty && !store.location().database().exists() {
        return Ok(());
    }
    require_own_files(store.location())
}

/// The same of a data directory, whether there is a database or not.
pub(crate) fn require_own_files(location: &Location) -> Result<(), Failure> {
    require_own(location.directory().as_path().as_std_path())?;
    require_own(location.database())
}

/// The same of a single path.
pub(crate) fn require_own(path: &Path) -> Result<(), Failure> {
    match trop_system::foreign_owner(path) {
        Some(owner) => Err(Failure::ForeignData { path: path.to_owned(), owner: owner.to_string() }),
        None => Ok(()),
    }
}
