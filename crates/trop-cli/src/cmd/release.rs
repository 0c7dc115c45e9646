//! `trop release`: ports given back.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_model::{Change, Tag};
use trop_ops::{ReleaseRequest, Selection, plan_release};
use trop_output::{ExitStatus, write_removed};
use trop_storage::WhenMissing;

use super::Subcommand;
use super::shared::{MutationArgs, parsed, tag};
use crate::failure::Failure;
use crate::plan::carry_out;
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::target::asked;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "release", about: "Give back the ports of a directory", arguments, run };

#[derive(Debug, Args)]
struct ReleaseArgs {
    /// The directory whose ports to give back [default: the working directory] [env: TROP_PATH]
    #[arg(long, value_name = "DIR")]
    path: Option<String>,
    /// Only the reservation with this tag [env: TROP_TAG]
    #[arg(long, conflicts_with = "untagged_only")]
    tag: Option<Tag>,
    /// Only the reservation without a tag
    #[arg(long)]
    untagged_only: bool,
    /// The same below the directory, too
    #[arg(long)]
    recursive: bool,
    /// --allow-unrelated-path
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    mutation: MutationArgs,
}

fn arguments(command: Command) -> Command {
    let settings = [&settings::ALLOW_UNRELATED_PATH.declaration];
    with_setting_flags(ReleaseArgs::augment_args(command), &settings, |flag| flag)
}

fn run(matches: &ArgMatches, session: &mut Session<'_>) -> Result<ExitStatus, Failure> {
    let args: ReleaseArgs = parsed(matches)?;
    let effective = session.effective(matches)?;
    let asked = asked(session, args.path.as_deref())?;
    asked.require_related(session, args.force || effective.get(&settings::ALLOW_UNRELATED_PATH))?;
    let request = ReleaseRequest {
        target: asked.target,
        selection: selection(session, &args)?,
        recursive: args.recursive,
    };
    let mode = args.mutation.mode();
    let done = carry_out(session, &effective, WhenMissing::TreatAsEmpty, mode, |rows, _| {
        plan_release(rows, &request)
    })?;
    let Some(done) = done else { return Ok(ExitStatus::Done) };
    if done.changes.is_empty() {
        session.note(&format!("nothing is reserved for {} that could be given back", request.target.path));
    }
    if mode.json {
        let removed: Vec<_> = done.changes.iter().map(Change::row).collect();
        write_removed(session.host.stdout, &removed).map_err(Failure::Output)?;
    }
    Ok(ExitStatus::Done)
}

fn selection(session: &Session<'_>, args: &ReleaseArgs) -> Result<Selection, Failure> {
    if args.untagged_only {
        return Ok(Selection::Untagged);
    }
    Ok(tag(session, args.tag.as_ref())?.map_or(Selection::All, Selection::Tagged))
}
