//! `trop doctor`: health on one page.

use clap::{ArgMatches, Args, Command};

use trop_config::FileKind;
use trop_ops::{Check, CheckStatus, diagnose};
use trop_output::{CheckView, ExitStatus, StatusView, write_health, write_health_json};

use super::Subcommand;
use super::shared::parsed;
use crate::conclusion::Conclusion;
use crate::configuration::{effective, effective_without_user_file};
use crate::failure::Failure;
use crate::health::gather_health;
use crate::plan::require_own_files;
use crate::remedies::{Advice, Adviser};
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "doctor",
    about: "Say what is wrong with the reservations and where they are kept, and what helps",
    arguments: |command: Command| DoctorArgs::augment_args(command),
    run,
};

#[derive(Debug, Args)]
struct DoctorArgs {
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_parser = ["human", "json"], default_value = "human")]
    format: String,
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: DoctorArgs = parsed(matches)?;
    let effective = match effective(session, matches) {
        // It cannot even be looked at: what is wrong there is for the checks to say.
        Err(Failure::UnreadableFile(error)) if error.path.symlink_metadata().is_err() => {
            effective_without_user_file(session, matches)?
        }
        effective => effective?,
    };
    let location = session.location(&effective)?;
    let facts = gather_health(session, &effective, &location);
    let checks = diagnose(&facts);
    let healthy = checks.iter().all(|check| check.status != CheckStatus::Problem);
    let adviser = Adviser {
        effective: &effective,
        user_file: location.directory().join(FileKind::User.name().as_ref()),
        pasting: session.pasting(),
        can_change: facts.unwritable.is_none() && require_own_files(&location).is_ok(),
    };
    let views: Vec<CheckView<'_>> = checks
        .iter()
        .map(|check| view(check, check.remedy.as_ref().map(|remedy| adviser.advise(remedy))))
        .collect();
    let written = if args.format == "json" {
        write_health_json(session.host.stdout, healthy, &views)
    } else {
        let style = session.style_of_stdout();
        write_health(session.host.stdout, &views, style)
    };
    written.map_err(Failure::Output)?;
    Ok(Conclusion::Exit(if healthy { ExitStatus::Done } else { ExitStatus::No }))
}

fn view(check: &Check, advice: Option<Advice>) -> CheckView<'_> {
    let (remedy, commands) = match advice {
        Some(Advice { words, commands }) => (Some(words), commands),
        None => (None, Vec::new()),
    };
    CheckView {
        name: check.concern.name(),
        status: match check.status {
            CheckStatus::Ok => StatusView::Ok,
            CheckStatus::Problem => StatusView::Problem,
            CheckStatus::Unknown => StatusView::Unknown,
        },
        message: &check.message,
        details: &check.details,
        remedy,
        commands,
    }
}
