//! `trop config`: which settings count, and where they come from.

use clap::{ArgMatches, Args, Command, Subcommand as _};

use trop_config::{Origin, Resolved, Value};
use trop_output::{OriginView, SettingValue, SettingView, write_settings, write_settings_json};

use super::Subcommand;
use super::shared::{parsed, print_path_among_others};
use crate::conclusion::Conclusion;
use crate::configuration::{Candidate, candidates, effective_in, find_tropfiles, given};
use crate::failure::Failure;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "config",
    about: "Show the settings that count here, and the files that are read",
    arguments,
    run,
};

#[derive(Debug, clap::Subcommand)]
enum ConfigCommand {
    /// Print every setting that a file may hold, with its value and where that comes from
    Show(ShowArgs),
    /// Print the configuration files that are read here, highest first
    Path,
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// How the settings are written
    #[arg(long, value_name = "FORMAT", value_parser = ["human", "json"], default_value = "human")]
    format: String,
}

fn arguments(command: Command) -> Command {
    ConfigCommand::augment_subcommands(command).subcommand_required(true)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    match parsed(matches)? {
        ConfigCommand::Show(args) => show(&args, matches, session),
        ConfigCommand::Path => path(matches, session),
    }
}

fn show(args: &ShowArgs, matches: &ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let working_directory = session.working_directory()?;
    let given = given(session, matches);
    let resolved = effective_in(session, given, Some(&working_directory))?.resolved();
    let views: Vec<SettingView<'_>> = resolved.iter().map(view).collect();
    let written = if args.format == "json" {
        write_settings_json(session.host.stdout, &views)
    } else {
        let style = session.style_of_stdout();
        write_settings(session.host.stdout, &views, style)
    };
    written.map(|()| Conclusion::DONE).map_err(Failure::Output)
}

fn view(resolved: &Resolved) -> SettingView<'_> {
    let value = match &resolved.value {
        None | Some(Value::Group(None)) => SettingValue::Unset,
        Some(Value::Switch(on)) => SettingValue::Switch(*on),
        Some(Value::Number(number)) => SettingValue::Number(*number),
        Some(Value::Port(port)) => SettingValue::Number(u32::from(port.get())),
        Some(Value::Ports(ranges)) => SettingValue::Ports(ranges),
        Some(Value::Group(Some(group))) => SettingValue::Group(group),
        Some(Value::Word(word)) => SettingValue::Text(word),
        Some(Value::Path(text)) => SettingValue::Text(text),
        Some(Value::Tag(tag)) => SettingValue::Text(tag.as_str()),
        Some(Value::Project(project)) => SettingValue::Text(project.as_str()),
        Some(Value::Task(task)) => SettingValue::Text(task.as_str()),
    };
    let origins = resolved.origins.iter().map(origin_view).collect();
    SettingView { key: resolved.declaration.key, value, origins }
}

fn origin_view(origin: &Origin) -> OriginView<'_> {
    let name = match origin {
        Origin::Flag(_) | Origin::Variable(_) => Some(origin.to_string()),
        Origin::File(_) | Origin::Default => None,
    };
    let place = if let Origin::File(place) = origin { Some(place) } else { None };
    let position = place.and_then(|place| place.position());
    OriginView {
        layer: origin.layer(),
        name,
        file: place.map(|place| place.source.path().as_str()),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
    }
}

fn path(matches: &ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let working_directory = session.working_directory()?;
    let given = given(session, matches);
    let tropfiles = find_tropfiles(session, Some(&working_directory))?;
    let candidates = candidates(session, &given, &tropfiles)?;
    let is_there = |candidate: &&Candidate| candidate.path.as_path().symlink_metadata().is_ok();
    for Candidate { path, .. } in candidates.iter().filter(is_there) {
        print_path_among_others(session, path)?;
    }
    Ok(Conclusion::DONE)
}
