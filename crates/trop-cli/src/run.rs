//! From arguments to an ending.

use std::ffi::OsString;
use std::mem::ManuallyDrop;

use clap::ArgMatches;
use clap::error::{ContextValue, ErrorKind};

use trop_output::{Diagnostic, ErrorFormat, ExitStatus, Style, escaped};

use crate::arguments::parse;
use crate::cmd::COMMANDS;
use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::global::{self, likely_error_format};
use crate::host::{Ending, Host};
use crate::pasting::Pasting;
use crate::session::Session;

/// Runs trop with these arguments, the first of which is the name of the program.
pub fn run(arguments: Vec<OsString>, host: Host<'_>) -> Ending {
    let likely_format = likely_error_format(&arguments, &host);
    // Nothing of it is freed: that is as good as done by the end of the process.
    let parsed = parse(&arguments).map(ManuallyDrop::new);
    let parsed = parsed.and_then(|mut matches| Ok((global::read(&mut matches)?, matches)));
    match parsed {
        Err(error) => Ending::exit(answer_without_running(error, likely_format, host)),
        Ok((global, mut matches)) => match global::effective(&matches, &host) {
            Ok(effective) => {
                let data_dir = global::data_dir_layer(&matches);
                run_subcommand(&mut Session::new(host, global, &effective, data_dir), &mut matches)
            }
            Err(error) => Ending::exit(write_early_error(
                &Failure::from(error).diagnostic(&Pasting::default()),
                likely_format,
                host,
            )),
        },
    }
}

fn run_subcommand(session: &mut Session<'_>, matches: &mut ArgMatches) -> Ending {
    session.warn_of_misspelt_variables();
    let outcome = matches.remove_subcommand().and_then(|(name, matches)| {
        let subcommand = COMMANDS.iter().find(|subcommand| subcommand.name == name)?;
        Some((subcommand.run)(&mut ManuallyDrop::new(matches), session))
    });
    let outcome = match outcome {
        // The parser lets no other name through.
        None => Ok(Conclusion::Exit(ExitStatus::Usage)),
        Some(Ok(conclusion)) => session.host.stdout.flush().map(|()| conclusion).map_err(Failure::Output),
        Some(failed) => failed,
    };
    match outcome {
        Err(failure) if !failure.is_closed_pipe() => {
            let diagnostic = failure.diagnostic(&session.pasting());
            let status = diagnostic.status;
            session.write_error(diagnostic);
            Ending::exit(status)
        }
        Err(_) => Ending::exit(ExitStatus::Done),
        Ok(conclusion) => {
            session.say_what_was_held_back();
            match conclusion {
                Conclusion::Exit(status) => Ending::exit(status),
                Conclusion::Become(command) => Ending::Become(Box::new(session.departure(command))),
            }
        }
    }
}

/// Help, the version, or what is wrong with the command line.
fn answer_without_running(error: clap::Error, format: ErrorFormat, host: Host<'_>) -> ExitStatus {
    let text = match error.kind() {
        ErrorKind::DisplayHelp => error.render().to_string(),
        ErrorKind::DisplayVersion => format!("trop {}\n", env!("CARGO_PKG_VERSION")),
        _ => return write_early_error(&usage_diagnostic(error), format, host),
    };
    let written = host.stdout.write_all(text.as_bytes()).and_then(|()| host.stdout.flush());
    match written.map_err(Failure::Output) {
        Err(failure) if !failure.is_closed_pipe() => {
            write_early_error(&failure.diagnostic(&Pasting::default()), format, host)
        }
        _ => ExitStatus::Done,
    }
}

/// The parser's own words, without its "error: " and with everything below the first paragraph as help, in our own style.
pub(crate) fn usage_diagnostic(mut error: clap::Error) -> Diagnostic {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let mut diagnostic = Diagnostic::new(ExitStatus::Usage, "a command is missing");
        diagnostic.help =
            Some("trop --help lists the commands; in a script, PORT=$(trop reserve)".to_owned());
        return diagnostic;
    }
    escape_what_was_typed(&mut error);
    let rendered = error.render().to_string();
    let text = rendered.strip_prefix("error: ").unwrap_or(&rendered);
    let mut paragraphs = text.split("\n\n").map(joined).filter(|paragraph| !paragraph.is_empty());
    let mut diagnostic = Diagnostic::new(ExitStatus::Usage, paragraphs.next().unwrap_or_default());
    let rest: Vec<String> = paragraphs.map(|paragraph| advice(&paragraph)).collect();
    diagnostic.help = (!rest.is_empty()).then(|| rest.join("; "));
    diagnostic
}

/// An empty line in it must not be taken for the end of a paragraph.
fn escape_what_was_typed(error: &mut clap::Error) {
    let texts = error.context().filter_map(|(kind, value)| match value {
        ContextValue::String(text) => Some((kind, escaped(text).into_owned())),
        _ => None,
    });
    for (kind, text) in texts.collect::<Vec<_>>() {
        error.insert(kind, ContextValue::String(text));
    }
}

fn joined(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn advice(paragraph: &str) -> String {
    let labels = ["tip: ", "For more information, "];
    let advice = labels.iter().find_map(|label| paragraph.strip_prefix(label)).unwrap_or(paragraph);
    advice.trim_end_matches('.').replace("Usage: ", "usage: ")
}

fn write_early_error(diagnostic: &Diagnostic, format: ErrorFormat, host: Host<'_>) -> ExitStatus {
    // When stderr is gone, there is nobody left to tell.
    let _ = diagnostic.write_to(host.stderr, format, Style::plain(), false);
    diagnostic.status
}
