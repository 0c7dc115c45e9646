//! `trop exec`: a command with its ports in the environment.

use std::ffi::{OsStr, OsString};
use std::process::Command as Process;

use clap::{ArgMatches, Args, Command};

use trop_config::{Effective, settings};
use trop_model::{EnvName, GroupSpec, Port, ReservationKey, Tag};
use trop_ops::Assigned;
use trop_output::ServicePort;

use super::Subcommand;
use super::shared::{PlanArgs, parsed};
use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::find_program::{DEFAULT_PATH, find_program, require_startable};
use crate::given::Given;
use crate::group::reserve_services;
use crate::group_answer::ports_of;
use crate::occupancy::{describe_holder, find_held_ports};
use crate::placeholders::Placeholders;
use crate::plan::Outcome;
use crate::project::Project;
use crate::reserving::{ReservingArgs, with_reserving_settings};
use crate::session::Session;
use crate::setting_flags::{is_given, with_setting_flags};
use crate::single::{Wish, reserve_one};
use crate::target::{Asked, guarded};

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "exec",
    about: "Run a command with its ports, reserved, in the environment",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct ExecArgs {
    /// The variable that holds the one port [default: that of the service, else PORT]
    #[arg(long, value_name = "NAME")]
    env: Option<EnvName>,
    /// Do not start the command when a process has one of its ports already
    #[arg(long)]
    strict: Option<Given>,
    #[command(flatten)]
    reserving: ReservingArgs,
    #[command(flatten)]
    plan: PlanArgs,
    /// The command; in its arguments {port} and {TAG} stand for ports
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

fn arguments(command: Command) -> Command {
    let command = with_setting_flags(command, &[&settings::TAG.declaration], |flag| flag);
    with_reserving_settings(command, ExecArgs::augment_args)
}

/// A port of the command.
struct CommandPort {
    key: ReservationKey,
    is_of_group: bool,
    variable: EnvName,
    port: Port,
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ExecArgs = parsed(matches)?;
    let (outcome, effective) = reserve_ports(&args, matches, session)?;
    let ports = outcome.answer();
    let command = command_with_ports(&args.command, ports, session);
    warn_of_holders(&args, session, &effective, ports)?;
    require_program(&command, session)?;
    match outcome {
        Outcome::DryRun(preview) => preview.show(session).map(|()| Conclusion::DONE),
        Outcome::Done(_) => {
            session.detail(|| describe(&command));
            Ok(Conclusion::Become(command))
        }
    }
}

/// The group of the project, the one service of it that was asked for, or else one port of a directory.
fn reserve_ports(
    args: &ExecArgs,
    matches: &ArgMatches,
    session: &mut Session<'_>,
) -> Result<(Outcome<Vec<CommandPort>>, Effective), Failure> {
    let project = Project::here(session, matches)?;
    // TROP_TAG is for single reservations alone.
    let tag_of_flag = is_given(matches, &settings::TAG.declaration);
    let tag = project.effective.get(&settings::TAG).filter(|_| tag_of_flag);
    match (project.find_group(), tag) {
        (Some(group), None) => {
            require_no_name(args)?;
            reserve_group(args, session, project, &group, None)
        }
        (Some(group), Some(tag)) if group.services().iter().any(|service| service.tag == tag) => {
            reserve_group(args, session, project, &group, Some(tag))
        }
        _ => reserve_single(args, matches, session, project),
    }
}

fn require_no_name(args: &ExecArgs) -> Result<(), Failure> {
    if args.env.is_none() {
        return Ok(());
    }
    Err(Failure::Usage {
        message: "--env names the variable of one port, and the project has a group of services".to_owned(),
        help: "choose one of them with --tag, or name their variables in the tropfile, as in env: WEB_PORT"
            .to_owned(),
    })
}

fn reserve_group(
    args: &ExecArgs,
    session: &mut Session<'_>,
    project: Project,
    group: &GroupSpec,
    only: Option<Tag>,
) -> Result<(Outcome<Vec<CommandPort>>, Effective), Failure> {
    let outcome = reserve_services(session, &project, group, only, &args.reserving, args.plan.mode())?;
    let port = |ServicePort { tag, variable, port }: ServicePort<'_>| CommandPort {
        key: ReservationKey { path: project.directory.clone(), tag: Some(tag.clone()) },
        is_of_group: true,
        variable: args.env.as_ref().unwrap_or(variable).clone(),
        port,
    };
    let outcome = outcome.map(|assigned| ports_of(group, &assigned).map(port).collect());
    Ok((outcome, project.effective))
}

fn reserve_single(
    args: &ExecArgs,
    matches: &ArgMatches,
    session: &mut Session<'_>,
    project: Project,
) -> Result<(Outcome<Vec<CommandPort>>, Effective), Failure> {
    // Beside a group, TROP_PATH counts for nothing.
    let elsewhere = project.find_group().is_none() && project.effective.get(&settings::PATH).is_some();
    let (asked, effective) = if elsewhere {
        guarded(session, matches, args.reserving.force.is_some())?
    } else {
        (Asked::here(session)?, project.effective)
    };
    let outcome =
        reserve_one(session, asked, &effective, &args.reserving, Wish::default(), args.plan.mode())?;
    let outcome = outcome.map(|Assigned { reservation, .. }| {
        let variable = args.env.clone().unwrap_or_else(EnvName::port);
        vec![CommandPort { key: reservation.key, is_of_group: false, variable, port: reservation.port }]
    });
    Ok((outcome, effective))
}

/// A port that somebody serves already will hardly be free for the command.
fn warn_of_holders(
    args: &ExecArgs,
    session: &mut Session<'_>,
    effective: &Effective,
    ports: &[CommandPort],
) -> Result<(), Failure> {
    let numbers: Vec<Port> = ports.iter().map(|port| port.port).collect();
    let held = find_held_ports(effective, &numbers);
    let described = held.iter().map(|port| {
        let holder = describe_holder(*port).map_or(String::new(), |holder| format!(": {holder}"));
        format!("port {port} is in use already{holder}")
    });
    match ports.iter().find(|port| held.contains(&port.port)) {
        Some(CommandPort { key, is_of_group, .. }) if args.strict.is_some() => {
            Err(Failure::Held { ports: described.collect(), key: key.clone(), is_of_group: *is_of_group })
        }
        _ => {
            described.for_each(|text| session.warn(text));
            Ok(())
        }
    }
}

/// The command, with its ports in its environment and its arguments.
fn command_with_ports(command: &[OsString], ports: &[CommandPort], session: &mut Session<'_>) -> Process {
    let tagged =
        ports.iter().filter_map(|CommandPort { key, port, .. }| Some((key.tag.as_ref()?.to_string(), *port)));
    let only = if let [CommandPort { port, .. }] = ports { Some(*port) } else { None };
    let placeholders = Placeholders::new(tagged.collect(), only);
    let mut warnings = Vec::new();
    let mut words = command.iter().cloned();
    let mut process = Process::new(words.next().unwrap_or_default());
    process.args(words.map(|argument| placeholders.fill(argument, &mut warnings)));
    process
        .envs(ports.iter().map(|CommandPort { variable, port, .. }| (variable.as_str(), port.to_string())));
    warnings.into_iter().for_each(|warning| session.warn(warning));
    process
}

/// What can be known before it is tried.
fn require_program(command: &Process, session: &Session<'_>) -> Result<(), Failure> {
    let program = command.get_program();
    let name = program.to_string_lossy().into_owned();
    let path = session.host.variables.get("PATH").map_or(OsStr::new(DEFAULT_PATH), OsString::as_os_str);
    let Some(found) = find_program(program, path) else {
        return Err(Failure::NoSuchProgram { program: name });
    };
    require_startable(&found).map_err(|source| Failure::NotStarted { program: name, source })
}

fn describe(command: &Process) -> String {
    let variables = command
        .get_envs()
        .filter_map(|(name, value)| Some(format!("{}={}", name.to_string_lossy(), value?.to_string_lossy())));
    let program = command.get_program().to_string_lossy();
    format!("becomes {program}, with {}", variables.collect::<Vec<_>>().join(" "))
}
