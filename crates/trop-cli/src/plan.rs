//! Carries out a plan, or shows it, and tells what there is to tell.

use trop_allocation::PreferredRefusal;
use trop_config::{Effective, settings};
use trop_git::{Labels, identify};
use trop_model::Change;
use trop_ops::{
    Facts, FoundLabels, Importance, LookedAt, Needs, OpsError, Plan, Remark, Step, execute, preview,
};
use trop_output::{DryRun, ExitStatus, causes_of, describe_done};
use trop_paths::{AbsPath, presence};
use trop_storage::{Notice, Rows, Store, WhenMissing};

use crate::details::Details;
use crate::failure::Failure;
use crate::global::Verbosity;
use crate::occupancy::describe_holder;
use crate::session::Session;

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
pub(crate) enum Carried<A> {
    /// It was carried out.
    Out(Done<A>),
    /// It is a dry run, and the plan is still to be shown.
    Shown(Preview<A>),
}

/// What would be done.
pub(crate) struct Preview<A> {
    /// What the answer would be.
    pub(crate) answer: A,
    changes: Vec<Change>,
    /// The data directory in which a database would be made first, where there is none.
    new_data_directory: Option<AbsPath>,
    mode: Mode,
}

impl<A> Carried<A> {
    /// What the answer is, or would be.
    pub(crate) fn answer(&self) -> &A {
        match self {
            Carried::Out(done) => &done.answer,
            Carried::Shown(preview) => &preview.answer,
        }
    }

    /// The same with another answer.
    pub(crate) fn map<B>(self, change: impl FnOnce(A) -> B) -> Carried<B> {
        match self {
            Carried::Out(Done { answer, changes, made_database }) => {
                Carried::Out(Done { answer: change(answer), changes, made_database })
            }
            Carried::Shown(Preview { answer, changes, new_data_directory, mode }) => {
                Carried::Shown(Preview { answer: change(answer), changes, new_data_directory, mode })
            }
        }
    }
}

impl<A> Preview<A> {
    /// Shows the plan: as JSON on stdout, else in words on stderr.
    pub(crate) fn show(&self, session: &mut Session<'_>) -> Result<ExitStatus, Failure> {
        let warnings = session.warnings().to_vec();
        let dry_run = DryRun {
            new_data_directory: self.new_data_directory.as_ref(),
            changes: &self.changes,
            warnings: &warnings,
        };
        if self.mode.json {
            dry_run.write_json(session.host.stdout).map_err(Failure::Output)?;
        } else if session.verbosity != Verbosity::Quiet {
            // When stderr is gone, there is nobody left to tell.
            let _ = dry_run.write_words(session.host.stderr);
        }
        Ok(ExitStatus::Done)
    }
}

/// Carries out what `planner` plans, unless this is a dry run. What the planner notes down is told once
/// no lock is held any more.
pub(crate) fn carry_out<A>(
    session: &mut Session<'_>,
    effective: &Effective,
    missing: WhenMissing,
    mode: Mode,
    mut planner: impl FnMut(&Rows<'_>, &Facts, &mut Details) -> Result<Step<Plan<A>>, OpsError>,
) -> Result<Carried<A>, Failure> {
    let mut store = session.store(effective)?;
    let directory = store.location().directory().clone();
    require_own_data_directory(&store, missing)?;
    let facts = Facts::at(session.host.now);
    let mut details = session.details();
    let planner = |rows: &Rows<'_>, facts: &Facts| {
        details.start_again();
        details.add(|| describe_labels(facts));
        planner(rows, facts, &mut details)
    };
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
        return Ok(Carried::Shown(Preview { answer, changes, new_data_directory, mode }));
    }
    for change in &plan.changes {
        match change {
            Change::Remove { .. } => session.note(&describe_done(change)),
            Change::Put { .. } | Change::Touch { .. } => session.detail(|| describe_done(change)),
        }
    }
    let made_database = notices.iter().any(|notice| matches!(notice, Notice::Created(_)));
    Ok(Carried::Out(Done { answer: plan.answer, changes: plan.changes, made_database }))
}

/// What to do where there is no database, when something must be stored.
pub(crate) fn when_missing(effective: &Effective) -> WhenMissing {
    if effective.get(&settings::DISABLE_AUTOINIT) { WhenMissing::Refuse } else { WhenMissing::Create }
}

/// Root leaves alone what belongs to somebody else, a database behind a link included: files that root makes there would lock
/// their owner out.
fn require_own_data_directory(store: &Store, missing: WhenMissing) -> Result<(), Failure> {
    let (directory, database) = (store.location().directory(), store.location().database());
    if missing == WhenMissing::TreatAsEmpty && !database.exists() {
        return Ok(());
    }
    for path in [directory.as_path().as_std_path(), database] {
        if let Some(owner) = trop_system::foreign_owner(path) {
            return Err(Failure::ForeignData { path: path.to_owned(), owner: owner.to_string() });
        }
    }
    Ok(())
}

/// Looks at every directory once, and asks git for the labels of one.
fn gather(needs: Needs, facts: &mut Facts) {
    match needs {
        Needs::Directories(rows) => {
            let looked_at = rows.into_iter().map(|row| LookedAt { presence: presence(&row.key.path), row });
            facts.directories = Some(looked_at.collect());
        }
        Needs::Labels(path) => {
            let Labels { project, task } = identify(path.as_path().as_std_path());
            facts.labels = Some(FoundLabels { path, project, task });
        }
    }
}

/// What git was found to say.
fn describe_labels(facts: &Facts) -> Option<String> {
    let FoundLabels { path, project, task } = facts.labels.as_ref()?;
    let project = project.as_ref().map_or("no project".to_owned(), |project| format!("project {project}"));
    let task = task.as_ref().map_or("no task".to_owned(), |task| format!("task {task}"));
    Some(format!("git names {project} and {task} for {path}"))
}

/// Adds what only this floor knows: who holds a port, which flag helps, what the system said.
fn tell_remarks(session: &mut Session<'_>, remarks: &[Remark]) {
    for remark in remarks {
        let mut text = remark.message();
        match remark {
            Remark::PreferredPortRefused { refused, .. }
                if refused.refusal == PreferredRefusal::InUse && session.verbosity != Verbosity::Quiet =>
            {
                text.extend(describe_holder(refused.port).map(|holder| format!(" ({holder})")));
            }
            Remark::OtherPortKept { .. } => text.push_str("; --overwrite would change it"),
            Remark::ServiceKept { .. } => text.push_str("; --overwrite would place it anew"),
            Remark::NotRefreshed(error) => {
                text.extend(causes_of(error).into_iter().map(|cause| format!(": {cause}")));
            }
            _ => {}
        }
        match remark.importance() {
            Importance::Warning => session.warn(text),
            Importance::Note => session.note(&text),
            Importance::Detail => session.detail(|| text),
        }
    }
}

fn tell_notice(session: &mut Session<'_>, notice: &Notice) {
    match notice {
        Notice::Created(database) => {
            session.detail(|| format!("made {}", database.display()));
            if let Some(file_system) = trop_system::network_file_system(database) {
                session.warn(format!(
                    "{} is on a network file system ({file_system}); one data directory belongs to one host",
                    database.display()
                ));
            }
        }
        Notice::FileWithoutTables(database) => {
            session.warn(format!(
                "{} was there already, without any table, and is used as a new one",
                database.display()
            ));
        }
        Notice::WithoutWriteAheadLog(database) => {
            session.detail(|| {
                format!("{} has no write-ahead log: the file system does not allow one", database.display())
            });
        }
    }
}
