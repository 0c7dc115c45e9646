//! `trop reserve`: the port of a directory.

use clap::{ArgMatches, Args, Command};

use trop_config::{Effective, FromValue, Origin, Setting, settings};
use trop_model::{Exclusions, Port};
use trop_ops::{Assigned, CleanUp, Naming, Plan, Policy, Remark, ReserveRequest, Step, plan_reserve};
use trop_output::{ExitStatus, write_reserved};

use super::Subcommand;
use super::shared::{MutationArgs, PROBE_SETTINGS, parsed};
use crate::failure::Failure;
use crate::occupancy::Sockets;
use crate::plan::{Done, carry_out, when_missing};
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::target::guarded;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "reserve",
    about: "Print the port of a directory, reserved if it has none yet",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct ReserveArgs {
    /// Forget the project
    #[arg(long, conflicts_with = "project")]
    clear_project: bool,
    /// Forget the task
    #[arg(long, conflicts_with = "task")]
    clear_task: bool,
    /// The port to have if possible, inside the range or outside
    #[arg(long)]
    port: Option<Port>,
    /// Fail rather than hand out another port than --port
    #[arg(long, requires = "port")]
    strict_port: bool,
    /// Allocate afresh even if there is a reservation
    #[arg(long)]
    overwrite: bool,
    /// Take the port of --port even if it is in use
    #[arg(long)]
    ignore_occupied: bool,
    /// Take the port of --port even if it is excluded
    #[arg(long)]
    ignore_exclusions: bool,
    /// --overwrite, --ignore-occupied, --ignore-exclusions and every --allow-* in one
    #[arg(long)]
    force: bool,
    /// --disable-autoprune and --disable-autoexpire in one
    #[arg(long)]
    disable_autoclean: bool,
    #[command(flatten)]
    mutation: MutationArgs,
}

fn arguments(command: Command) -> Command {
    let identity = [
        &settings::PATH.declaration,
        &settings::TAG.declaration,
        &settings::PROJECT.declaration,
        &settings::TASK.declaration,
    ];
    let settings = [
        &settings::PORT_MIN.declaration,
        &settings::PORT_MAX.declaration,
        &settings::DISABLE_AUTOPRUNE.declaration,
        &settings::DISABLE_AUTOEXPIRE.declaration,
        &settings::ALLOW_UNRELATED_PATH.declaration,
        &settings::ALLOW_CHANGE_PROJECT.declaration,
        &settings::ALLOW_CHANGE_TASK.declaration,
        &settings::ALLOW_CHANGE.declaration,
    ];
    let command = with_setting_flags(command, &identity, |flag| flag);
    let command = with_setting_flags(ReserveArgs::augment_args(command), &settings, |flag| flag);
    with_setting_flags(command, &PROBE_SETTINGS, |flag| flag)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<ExitStatus, Failure> {
    let args: ReserveArgs = parsed(matches)?;
    let (asked, effective) = guarded(session, matches, args.force)?;
    let policy = policy(&args, &effective);
    session.detail(|| describe_range(&effective, &policy));
    if let Some(absence) = asked.absence() {
        session.warn(absence);
    }
    let may_change = |one: &'static Setting<bool>| {
        args.force || effective.get(&settings::ALLOW_CHANGE) || effective.get(one)
    };
    let request = ReserveRequest {
        target: asked.target,
        tag: effective.get(&settings::TAG),
        project: naming(
            &effective,
            &settings::PROJECT,
            args.clear_project,
            may_change(&settings::ALLOW_CHANGE_PROJECT),
        ),
        task: naming(&effective, &settings::TASK, args.clear_task, may_change(&settings::ALLOW_CHANGE_TASK)),
        preferred: args.port,
        strict_port: args.strict_port,
        overwrite: args.overwrite || args.force,
        ignore_occupied: args.ignore_occupied || args.force,
        ignore_exclusions: args.ignore_exclusions || args.force,
    };
    let mut sockets = Sockets::new(&effective);
    let mode = args.mutation.mode();
    let done = carry_out(session, &effective, when_missing(&effective), mode, |rows, facts, details| {
        let mut probe = |port| sockets.probe(port, details);
        let mut step = plan_reserve(rows, facts, &request, &policy, &mut probe)?;
        details.add(|| describe_passed_over(&step));
        if let (Step::Do(plan), true) = (&mut step, sockets.nothing_applied()) {
            plan.remarks.push(Remark::NothingProbed);
        }
        Ok(step)
    })?;
    let Some(Done { answer: assigned, .. }) = done else { return Ok(ExitStatus::Done) };
    let written = if mode.json {
        write_reserved(session.host.stdout, &assigned.reservation, assigned.created)
    } else {
        writeln!(session.host.stdout, "{}", assigned.reservation.port)
    };
    written.map(|()| ExitStatus::Done).map_err(Failure::Output)
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

/// The ports that the search for a new one did not even probe.
fn describe_passed_over(step: &Step<Plan<Assigned>>) -> Option<String> {
    let Step::Do(Plan { answer: Assigned { reservation, passed_over, .. }, .. }) = step else { return None };
    let port = reservation.port;
    (0 < *passed_over).then(|| format!("passed over what is reserved below port {port}: {passed_over}"))
}

fn policy(args: &ReserveArgs, effective: &Effective) -> Policy {
    let prune = !args.disable_autoclean && !effective.get(&settings::DISABLE_AUTOPRUNE);
    let expire = !args.disable_autoclean && !effective.get(&settings::DISABLE_AUTOEXPIRE);
    let expire_after_days = expire.then(|| effective.get(&settings::EXPIRE_AFTER_DAYS));
    Policy {
        range: effective.port_range(),
        exclusions: effective.get::<Exclusions>(&settings::EXCLUDED_PORTS),
        avoid_browser_blocked_ports: effective.get(&settings::AVOID_BROWSER_BLOCKED_PORTS),
        clean_up: CleanUp { prune, expire_after_days },
    }
}
