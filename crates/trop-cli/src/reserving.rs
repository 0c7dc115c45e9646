//! What the commands that reserve have in common: their arguments, their rules, and the probe that their planners get.

use clap::{Args, Command};

use trop_config::{Declaration, Effective, FromValue, Origin, Setting, settings};
use trop_model::Exclusions;
use trop_ops::{CleanUp, Facts, Labelling, Naming, OpsError, Plan, Policy, ProbePort, Prune, Remark, Step};
use trop_storage::Rows;

use crate::failure::Failure;
use crate::given::Given;
use crate::occupancy::{KINDS_OF_PROBES, Sockets};
use crate::plan::{Mode, Outcome, carry_out, when_missing};
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::telling::tell_changes;

// The flags of every command that reserves. (No doc comment: it would become the help of the command.)
#[derive(Debug, Args)]
pub(crate) struct ReservingArgs {
    /// Allocate afresh even if there is a reservation
    #[arg(long)]
    overwrite: Option<Given>,
    /// Take a preferred port even if it is in use
    #[arg(long)]
    ignore_occupied: Option<Given>,
    /// Take a preferred port even if it is excluded
    #[arg(long)]
    ignore_exclusions: Option<Given>,
    /// --overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one
    #[arg(long)]
    pub(crate) force: Option<Given>,
    /// --disable-autoprune and --disable-autoexpire in one
    #[arg(long)]
    disable_autoclean: Option<Given>,
}

/// Which labels are to go.
#[derive(Debug, Default)]
pub(crate) struct Cleared {
    pub(crate) project: bool,
    pub(crate) task: bool,
}

/// The arguments of a command that reserves: labels, its own, and every setting that has a say.
pub(crate) fn with_reserving_settings(command: Command, own: impl FnOnce(Command) -> Command) -> Command {
    let labels = [&settings::PROJECT.declaration, &settings::TASK.declaration];
    let command = with_setting_flags(command, &labels, |flag| flag);
    let command = with_setting_flags(own(command), &SETTINGS, |flag| flag);
    with_setting_flags(command, &KINDS_OF_PROBES, |flag| flag)
}

const SETTINGS: [&Declaration; 9] = [
    &settings::PORT_MIN.declaration,
    &settings::PORT_MAX.declaration,
    &settings::DISABLE_AUTOPRUNE.declaration,
    &settings::DISABLE_AUTOEXPIRE.declaration,
    &settings::ALLOW_UNRELATED_PATH.declaration,
    &settings::ALLOW_CHANGE_PROJECT.declaration,
    &settings::ALLOW_CHANGE_TASK.declaration,
    &settings::ALLOW_CHANGE.declaration,
    &settings::SKIP_OCCUPANCY_CHECK.declaration,
];

/// Carries out what a planner plans that may want to probe ports.
pub(crate) fn reserve<A>(
    session: &mut Session<'_>,
    effective: &Effective,
    policy: &Policy,
    mode: Mode,
    mut planner: impl FnMut(&Rows<'_>, &Facts, ProbePort<'_>) -> Result<Step<Plan<A>>, OpsError>,
) -> Result<Outcome<A>, Failure> {
    session.detail(|| describe_range(effective, policy));
    let mut sockets = Sockets::new(effective);
    let outcome = carry_out(session, effective, when_missing(effective), mode, |rows, facts, details| {
        let mut step = planner(rows, facts, &mut |port| sockets.probe(port, details))?;
        if let (Step::Do(plan), true) = (&mut step, sockets.nothing_applied()) {
            plan.remarks.push(Remark::NothingProbed);
        }
        Ok(step)
    })?;
    if let Outcome::Done(done) = &outcome {
        tell_changes(session, &done.changes);
    }
    Ok(outcome)
}

impl ReservingArgs {
    pub(crate) fn overwrites(&self) -> bool {
        self.overwrite.or(self.force).is_some()
    }

    pub(crate) fn ignores_occupied(&self) -> bool {
        self.ignore_occupied.or(self.force).is_some()
    }

    pub(crate) fn ignores_exclusions(&self) -> bool {
        self.ignore_exclusions.or(self.force).is_some()
    }

    /// The rules by which ports are handed out.
    pub(crate) fn policy(&self, effective: &Effective) -> Policy {
        let prune = self.disable_autoclean.is_none() && !effective.get(&settings::DISABLE_AUTOPRUNE);
        let expire = self.disable_autoclean.is_none() && !effective.get(&settings::DISABLE_AUTOEXPIRE);
        let expire_after_days = expire.then(|| effective.get(&settings::EXPIRE_AFTER_DAYS));
        Policy {
            range: effective.port_range(),
            exclusions: effective.get::<Exclusions>(&settings::EXCLUDED_PORTS),
            avoid_browser_blocked_ports: effective.get(&settings::AVOID_BROWSER_BLOCKED_PORTS),
            clean_up: CleanUp { prune: if prune { Prune::Gone } else { Prune::Nothing }, expire_after_days },
        }
    }

    /// What is said of project and task, and whether a stored one may change.
    pub(crate) fn labelling(&self, effective: &Effective, cleared: Cleared) -> Labelling {
        let may_change = |one: &'static Setting<bool>| {
            self.force.is_some() || effective.get(&settings::ALLOW_CHANGE) || effective.get(one)
        };
        let project_may_change = may_change(&settings::ALLOW_CHANGE_PROJECT);
        let task_may_change = may_change(&settings::ALLOW_CHANGE_TASK);
        Labelling {
            project: naming(effective, &settings::PROJECT, cleared.project, project_may_change),
            task: naming(effective, &settings::TASK, cleared.task, task_may_change),
        }
    }
}

/// What is said of a label. One that stands in a file is for new reservations alone.
fn naming<T>(
    effective: &Effective,
    label: &'static Setting<Option<T>>,
    clear: bool,
    may_change: bool,
) -> Naming<T>
where
    Option<T>: FromValue,
{
    if clear {
        return Naming::Cleared { may_change };
    }
    match (effective.get(label), effective.origin(label)) {
        (Some(label), Origin::Flag(_) | Origin::Variable(_)) => Naming::Named { label, may_change },
        (otherwise, _) => Naming::Unnamed { otherwise },
    }
}

fn describe_range(effective: &Effective, policy: &Policy) -> String {
    let lowest = effective.origin(&settings::PORT_MIN);
    let highest = effective.layers().origin_of_maximum();
    let excluded: Vec<String> = policy.exclusions.ranges().iter().map(ToString::to_string).collect();
    let but = if excluded.is_empty() { String::new() } else { format!(", but for {}", excluded.join(", ")) };
    format!("new ports are from {} (lowest: {lowest}, highest: {highest}){but}", policy.range)
}
