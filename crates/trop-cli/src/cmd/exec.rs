//! `trop exec`: a command with its ports in the environment.

use std::ffi::OsString;
use std::process::Command as Process;

use clap::{ArgMatches, Args, Command};

use trop_config::{Effective, settings};
use trop_model::{EnvName, GroupSpec, Port, Tag};
use trop_ops::{Assigned, ReserveRequest, plan_reserve};
use trop_output::{ExitStatus, ServicePort};

use super::Subcommand;
use super::shared::parsed;
use crate::failure::Failure;
use crate::group::reserve_services;
use crate::group_answer::ports_of;
use crate::occupancy::{describe_holder, find_held_ports};
use crate::placeholders::Placeholders;
use crate::plan::{Carried, Mode};
use crate::project::Project;
use crate::reserving::{Cleared, ReservingArgs, reserve, with_reserving_settings};
use crate::session::Session;
use crate::setting_flags::{is_given, with_setting_flags};
use crate::target::guarded;

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
    strict: bool,
    #[command(flatten)]
    reserving: ReservingArgs,
    /// Show what would be done, on stderr, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// How the plan of --dry-run is written
    #[arg(long, value_name = "FORMAT", value_parser = ["plain", "json"], default_value = "plain", requires = "dry_run")]
    format: String,
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
    tag: Option<Tag>,
    variable: EnvName,
    port: Port,
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<ExitStatus, Failure> {
    let args: ExecArgs = parsed(matches)?;
    let (carried, effective) = reserve_ports(&args, matches, session)?;
    warn_of_holders(&args, session, &effective, carried.answer())?;
    match carried {
        Carried::Shown(preview) => preview.show(session),
        Carried::Out(done) => {
            session.successor = Some(successor(&args.command, &done.answer, session));
            Ok(ExitStatus::Done)
        }
    }
}

/// The group of the project, the one service of it that was asked for, or else one port of a directory.
fn reserve_ports(
    args: &ExecArgs,
    matches: &ArgMatches,
    session: &mut Session<'_>,
) -> Result<(Carried<Vec<CommandPort>>, Effective), Failure> {
    let Some(project) = Project::find(session, matches)? else {
        return reserve_one(args, matches, session);
    };
    let Some(group) = project.effective.get(&settings::RESERVATIONS) else {
        return reserve_one(args, matches, session);
    };
    // TROP_TAG is for single reservations alone.
    let tag_of_flag = is_given(matches, &settings::TAG.declaration);
    match project.effective.get(&settings::TAG).filter(|_| tag_of_flag) {
        Some(tag) if group.services().iter().all(|service| service.tag != tag) => {
            reserve_one(args, matches, session)
        }
        only => reserve_group(args, session, project, &group, only),
    }
}

fn reserve_group(
    args: &ExecArgs,
    session: &mut Session<'_>,
    project: Project,
    group: &GroupSpec,
    only: Option<Tag>,
) -> Result<(Carried<Vec<CommandPort>>, Effective), Failure> {
    if args.env.is_some() && only.is_none() {
        return Err(Failure::Usage {
            message: "--env names the variable of one port, and the project has a group of services"
                .to_owned(),
            help:
                "choose one of them with --tag, or name their variables in the tropfile, as in env: WEB_PORT"
                    .to_owned(),
        });
    }
    let carried = reserve_services(session, &project, group, only, &args.reserving, args.mode())?;
    let port = |ServicePort { tag, variable, port }: ServicePort<'_>| CommandPort {
        tag: Some(tag.clone()),
        variable: args.env.as_ref().unwrap_or(variable).clone(),
        port,
    };
    let carried = carried.map(|assigned| ports_of(group, &assigned).map(port).collect());
    Ok((carried, project.effective))
}

fn reserve_one(
    args: &ExecArgs,
    matches: &ArgMatches,
    session: &mut Session<'_>,
) -> Result<(Carried<Vec<CommandPort>>, Effective), Failure> {
    let ExecArgs { reserving, .. } = args;
    let (asked, effective) = guarded(session, matches, reserving.force)?;
    let policy = reserving.policy(session, &effective);
    let request = ReserveRequest {
        target: asked.target,
        tag: effective.get(&settings::TAG),
        labelling: reserving.labelling(&effective, Cleared::default()),
        preferred: None,
        strict_port: false,
        overwrite: reserving.overwrites(),
        ignore_occupied: reserving.ignores_occupied(),
        ignore_exclusions: reserving.ignores_exclusions(),
    };
    let carried = reserve(session, &effective, args.mode(), |rows, facts, probe| {
        plan_reserve(rows, facts, &request, &policy, probe)
    })?;
    let carried = carried.map(|Assigned { reservation, .. }| {
        let variable = args.env.clone().unwrap_or_else(EnvName::port);
        vec![CommandPort { tag: reservation.key.tag, variable, port: reservation.port }]
    });
    Ok((carried, effective))
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
    if args.strict && !held.is_empty() {
        return Err(Failure::Held(described.collect()));
    }
    described.for_each(|text| session.warn(text));
    Ok(())
}

/// The command, with its ports in its environment and its arguments.
fn successor(command: &[OsString], ports: &[CommandPort], session: &mut Session<'_>) -> Process {
    let tagged =
        ports.iter().filter_map(|CommandPort { tag, port, .. }| Some((tag.as_ref()?.to_string(), *port)));
    let only = if let [CommandPort { port, .. }] = ports { Some(*port) } else { None };
    let placeholders = Placeholders::new(tagged.collect(), only);
    let mut warnings = Vec::new();
    let mut words = command.iter().cloned();
    let mut process = Process::new(words.next().unwrap_or_default());
    process.args(words.map(|argument| placeholders.fill(argument, &mut warnings)));
    process
        .envs(ports.iter().map(|CommandPort { variable, port, .. }| (variable.as_str(), port.to_string())));
    warnings.into_iter().for_each(|warning| session.warn(warning));
    session.detail(|| {
        let variables = ports.iter().map(|CommandPort { variable, port, .. }| format!("{variable}={port}"));
        let program = process.get_program().to_string_lossy();
        format!("becomes {program}, with {}", variables.collect::<Vec<_>>().join(" "))
    });
    process
}

impl ExecArgs {
    fn mode(&self) -> Mode {
        Mode { dry_run: self.dry_run, json: self.format == "json" }
    }
}
