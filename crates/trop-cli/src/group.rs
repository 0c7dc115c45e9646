//! The services of a project, reserved: what `reserve-group`, `autoreserve` and `exec` have in common.

use clap::Args;

use trop_model::{GroupSpec, Tag};
use trop_ops::{Assigned, GroupRequest, OpsError, plan_group};
use trop_output::GroupFormat;

use crate::cmd::DryRunArgs;
use crate::failure::Failure;
use crate::group_answer::AnswerArgs;
use crate::plan::{Mode, Outcome};
use crate::project::Project;
use crate::reserving::{Cleared, ReservingArgs, reserve};
use crate::session::Session;

// The arguments of the commands that answer with the ports of a group. (No doc comment: it would become the help of the command.)
#[derive(Debug, Args)]
pub(crate) struct GroupArgs {
    #[command(flatten)]
    pub(crate) reserving: ReservingArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
    #[command(flatten)]
    answer: AnswerArgs,
}

/// Reserves the services of a project, and answers with their ports.
pub(crate) fn reserve_group(
    session: &mut Session<'_>,
    args: &GroupArgs,
    project: &Project,
) -> Result<(), Failure> {
    let group = project.group()?;
    let answer = args.answer.answer(session, project, &group)?;
    let mode = Mode { dry_run: args.dry_run.dry_run.is_some(), json: answer.format == GroupFormat::Json };
    match reserve_services(session, project, &group, None, &args.reserving, mode)? {
        Outcome::Done(done) => answer.give(session, &project.effective, &group, &done.answer),
        Outcome::DryRun(preview) => answer.show(session, &group, &preview),
    }
}

/// Reserves the services of a group, or only one of them.
pub(crate) fn reserve_services(
    session: &mut Session<'_>,
    project: &Project,
    group: &GroupSpec,
    only: Option<Tag>,
    args: &ReservingArgs,
    mode: Mode,
) -> Result<Outcome<Vec<Assigned>>, Failure> {
    let Project { directory, effective, .. } = project;
    let policy = args.policy(effective);
    let request = GroupRequest {
        path: directory.clone(),
        group: group.clone(),
        only,
        labelling: args.labelling(effective, Cleared::default()),
        overwrite: args.overwrites(),
        ignore_occupied: args.ignores_occupied(),
        ignore_exclusions: args.ignores_exclusions(),
    };
    let outcome = reserve(session, effective, &policy, mode, |rows, facts, probe| {
        plan_group(rows, facts, &request, &policy, probe)
    });
    outcome.map_err(|failure| match failure {
        Failure::Ops(OpsError::CannotJoin(error)) => {
            Failure::CannotJoin { error, tropfile: project.tropfile() }
        }
        Failure::Ops(error @ OpsError::GroupDoesNotFit { .. }) => {
            // The tropfile has the places that ask for what the range does not have.
            effective.require_group_fits().map_or_else(Failure::from, |()| error.into())
        }
        other => other,
    })
}
