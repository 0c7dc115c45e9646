//! `trop validate`: whether a configuration file is good.

use clap::{ArgMatches, Args, Command};

use trop_config::{CommonVariable, ConfigError, FileKind, Judgement, Layer};

use super::Subcommand;
use super::shared::parsed;
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::failure::Failure;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "validate",
    about: "Say everything that is wrong with a configuration file",
    arguments: |command: Command| ValidateArgs::augment_args(command),
    run,
};

#[derive(Debug, Args)]
struct ValidateArgs {
    /// The file. One called config.yaml is read as that of a data directory, any other one as a tropfile
    #[arg(value_name = "FILE")]
    file: String,
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ValidateArgs = parsed(matches)?;
    given_of(session, matches, &[]).merged()?;
    let file = session.typed_path(&args.file)?;
    let kind = FileKind::of_name(file.as_path().file_name().unwrap_or_default());
    let layer = Layer::require(kind, file.as_path())?;
    let Judgement { problems, common_variables } = layer.judge_alone();
    for CommonVariable { variable, tag, place } in common_variables {
        session.note(&format!(
            "{place}: many programs look for {variable}, and each of them would take the port of {tag} for its own"
        ));
    }
    if !problems.is_empty() {
        return Err(Failure::InvalidFile { file, error: ConfigError { problems } });
    }
    session.note(&format!("{file} is good"));
    Ok(Conclusion::DONE)
}
