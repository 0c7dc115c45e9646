//! `trop release`: ports given back.

use clap::{ArgMatches, Args, Command};

use trop_config::{Effective, settings};
use trop_model::Change;
use trop_ops::{ReleaseRequest, Selection, plan_release};
use trop_output::write_removed;
use trop_storage::WhenMissing;

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::given::Given;
use crate::plan::{Outcome, carry_out};
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::target::guarded;
use crate::telling::tell_changes;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "release", about: "Give back the ports of a directory", arguments, run };

#[derive(Debug, Args)]
struct ReleaseArgs {
    /// Only the reservation without a tag
    #[arg(long, conflicts_with = "tag")]
    untagged_only: Option<Given>,
    /// The same below the directory, too
    #[arg(long)]
    recursive: Option<Given>,
    /// --allow-unrelated-path
    #[arg(long)]
    force: Option<Given>,
    #[command(flatten)]
    mutation: MutationArgs,
}

fn arguments(command: Command) -> Command {
    let identity = [&settings::PATH.declaration, &settings::TAG.declaration];
    let settings = [&settings::ALLOW_UNRELATED_PATH.declaration];
    let command = with_setting_flags(command, &identity, |flag| flag);
    with_setting_flags(ReleaseArgs::augment_args(command), &settings, |flag| flag)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ReleaseArgs = parsed(matches)?;
    let (asked, effective) = guarded(session, matches, args.force.is_some())?;
    let request = ReleaseRequest {
        target: asked.target,
        selection: selection(&args, &effective),
        recursive: args.recursive.is_some(),
    };
    let mode = args.mutation.mode();
    let outcome = carry_out(session, &effective, WhenMissing::TreatAsEmpty, mode, |rows, _, _| {
        plan_release(rows, &request)
    })?;
    let done = match outcome {
        Outcome::Done(done) => done,
        Outcome::DryRun(preview) => return preview.show(session).map(|()| Conclusion::DONE),
    };
    tell_changes(session, &done.changes);
    if done.changes.is_empty() {
        session.note(&format!("nothing is reserved for {} that could be given back", request.target.path));
    }
    if mode.json {
        let removed: Vec<_> = done.changes.iter().map(Change::row).collect();
        write_removed(session.host.stdout, &removed).map_err(Failure::Output)?;
    }
    Ok(Conclusion::DONE)
}

fn selection(args: &ReleaseArgs, effective: &Effective) -> Selection {
    if args.untagged_only.is_some() {
        return Selection::Untagged;
    }
    effective.get(&settings::TAG).map_or(Selection::All, Selection::Tagged)
}
