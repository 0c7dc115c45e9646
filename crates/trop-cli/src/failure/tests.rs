//! Every diagnostic there is: how it looks, and what all of them have in common.

use std::collections::{BTreeMap, BTreeSet};

use trop_allocation::PreferredRefusal;
use trop_config::FileKind;
use trop_files::{BlockError, EditError, FileError};
use trop_occupancy::SocketsNotPermitted;
use trop_ops::{Obstacle, OpsError};
use trop_output::{Diagnostic, ErrorFormat, ExitStatus, Style};
use trop_paths::{AbsPath, PathError};
use trop_storage::StorageError;
use trop_testkit::snapshot;

use super::Failure;
use crate::absence::Absence;
use crate::exclusions::ExclusionsError;
use crate::pasting::Pasting;

mod command_line;
mod configuration;
mod exclusions;
mod groups;
mod layers;
mod migrate;
mod planning;
mod process;
mod services;
mod storage;

/// A diagnostic, and what it is an example of.
struct Sample {
    title: String,
    diagnostic: Diagnostic,
}

impl Sample {
    fn new(title: &str, failure: impl Into<Failure>) -> Sample {
        let pasting = Pasting { data_dir: AbsPath::clean("/home/ada/.trop".into()), is_named: false };
        Sample { title: title.to_owned(), diagnostic: failure.into().diagnostic(&pasting) }
    }
}

/// An enum whose variants are listed.
trait Listed {
    const VARIANTS: &'static [&'static str];

    fn variant(&self) -> &'static str;
}

/// Lists variants. An enum with one more does not compile, and one that has no sample fails a test.
macro_rules! listed {
    ($($listed:ident { $($variant:ident),* })*) => {
        $(
            impl Listed for $listed {
                const VARIANTS: &'static [&'static str] = &[$(stringify!($variant)),*];

                fn variant(&self) -> &'static str {
                    match self { $($listed::$variant { .. } => stringify!($variant)),* }
                }
            }
        )*
    };
}

listed! {
    Failure {
        Usage, Variable, Config, InvalidFile, UnreadableFile, Path, NoHome, NoHomeInPath, WorkingDirectory, WorkingDirectoryPath, Unrelated,
        NoDestination, NoTropfile, NoGroup, GroupCleared, VariableKept, CannotJoin, NotWritten, ConfigNotWritten, NotProtected, Held, NoSuchProgram,
        NotStarted, ForeignData, Exclusions, NoSockets, Ops, Output
    }
    ExclusionsError { NoTropfile, Reserved, Intricate, NotWritten }
    PathError { Empty, OtherHome, NoHome, NotUnicode, Unreachable }
    OpsError {
        Storage, Probe, PreferredPortRefused, OtherPortKept, LabelsKept, Exhausted, GroupDoesNotFit, GroupExhausted, CannotJoin,
        NothingToMove, Collisions
    }
    Absence { Missing, NoDirectory, Unknown }
    Obstacle { Disputed, OutOfRange, Refused }
    FileError { Locked, NotAFile, OwnerWouldChange, Io }
    BlockError { NoEnd, NoBegin, Twice, NotText }
    PreferredRefusal { Reserved, Excluded, InUse }
    SocketsNotPermitted { Denied, TooFewDescriptors, TooLittleMemory }
    StorageError {
        Busy, Missing, Unreadable, Unwritable, Corrupt, Unexpected, Foreign, NotAdoptable, MigrationFailed, Newer, MarksDisagree,
        Damaged
    }
}

#[track_caller]
fn require_every_variant<E: Listed>(samples: impl IntoIterator<Item = E>) {
    let seen: BTreeSet<&str> = samples.into_iter().map(|sample| sample.variant()).collect();
    let missing: Vec<_> = E::VARIANTS.iter().filter(|variant| !seen.contains(*variant)).collect();
    assert!(missing.is_empty(), "no sample of {missing:?}");
}

/// Every sample, by the snapshot that it is in.
fn sheets() -> Vec<(&'static str, Vec<Sample>)> {
    vec![
        ("command-line", command_line::samples()),
        ("configuration-files", configuration::samples()),
        ("configuration-groups", services::samples()),
        ("configuration-layers", layers::samples()),
        ("exclusions", exclusions::samples()),
        ("groups", groups::samples()),
        ("migrate", migrate::samples()),
        ("planning", planning::samples()),
        ("process", process::samples()),
        ("storage", storage::samples()),
    ]
}

fn samples() -> Vec<Sample> {
    sheets().into_iter().flat_map(|(_, samples)| samples).collect()
}

fn rendered(diagnostic: &Diagnostic, format: ErrorFormat, verbose: bool) -> String {
    let mut written = Vec::new();
    diagnostic.write_to(&mut written, format, Style::plain(), verbose).unwrap();
    String::from_utf8(written).unwrap()
}

fn drawn(Sample { title, diagnostic }: &Sample) -> String {
    let human = rendered(diagnostic, ErrorFormat::Human, false);
    let verbose = rendered(diagnostic, ErrorFormat::Human, true);
    let verbose = if verbose == human { String::new() } else { format!("-- verbose\n{verbose}") };
    let json = rendered(diagnostic, ErrorFormat::Json, false);
    format!("==== {title}\n{human}{verbose}-- json\n{json}")
}

#[test]
fn every_diagnostic_looks_as_it_did() {
    for (name, samples) in sheets() {
        let sheet: Vec<String> = samples.iter().map(drawn).collect();
        let name = format!("diagnostics/{name}");
        snapshot!(&name, sheet.join("\n"));
    }
}

#[test]
fn every_variant_has_a_sample() {
    let failures = [process::failures(), groups::failures(), migrate::failures()].into_iter().flatten();
    let failures = failures.map(|(_, failure)| failure);
    let of_paths = process::path_errors().into_iter().map(|(_, error)| Failure::from(error));
    let of_planning = planning::errors().into_iter().map(|(_, error)| Failure::from(error));
    let of_a_file = configuration::error(FileKind::Tropfile, "just words\n");
    let of_exclusions = exclusions::errors().into_iter().map(|(_, error)| Failure::from(error));
    let failures = failures.chain(of_paths).chain(of_planning).chain(of_exclusions);
    require_every_variant(failures.chain([Failure::from(of_a_file)]));
    require_every_variant(exclusions::errors().into_iter().map(|(_, error)| error));
    require_every_variant(process::path_errors().into_iter().map(|(_, error)| error));
    let planning = planning::errors().into_iter().map(|(_, error)| error);
    let of_groups = groups::errors().into_iter().chain(migrate::errors()).map(|(_, error)| error);
    require_every_variant(planning.chain(of_groups));
    require_every_variant(migrate::absences());
    require_every_variant(groups::joins().into_iter().map(|(_, error)| error.obstacle));
    require_every_variant(groups::block_errors());
    require_every_variant(groups::edit_errors().into_iter().filter_map(|(_, error)| match error {
        EditError::File(error) => Some(error),
        EditError::Edit(_) => None,
    }));
    require_every_variant(planning::refusals());
    require_every_variant(planning::sockets_not_permitted());
    require_every_variant(storage::errors().into_iter().map(|(_, error)| error));
}

#[test]
fn every_exit_code_of_a_failure_has_a_sample() {
    let samples = samples();
    let has_sample = |status: &ExitStatus| samples.iter().any(|sample| sample.diagnostic.status == *status);
    let missing: Vec<ExitStatus> = ExitStatus::ALL.into_iter().filter(|status| !has_sample(status)).collect();
    assert_eq!(missing, [ExitStatus::Done]);
}

#[test]
fn the_same_kind_is_always_the_same_code() {
    let mut codes: BTreeMap<&str, ExitStatus> = BTreeMap::new();
    for Sample { title, diagnostic } in samples() {
        let code = *codes.entry(diagnostic.kind).or_insert(diagnostic.status);
        assert_eq!(diagnostic.status, code, "{title}: kind {}", diagnostic.kind);
    }
}

/// A drawing of the place in a file that is wrong says it all, where the message does.
#[test]
fn every_diagnostic_says_what_to_do_next() {
    for Sample { title, diagnostic } in samples() {
        let is_plain = |problem: &trop_output::Problem| problem.help.is_some() || !problem.places.is_empty();
        let has_plain_problems = !diagnostic.problems.is_empty() && diagnostic.problems.iter().all(is_plain);
        assert!(diagnostic.help.is_some() || has_plain_problems, "{title}: {}", diagnostic.message);
    }
}

#[test]
fn every_text_is_in_plain_words() {
    for Sample { title, diagnostic } in samples() {
        let problems =
            diagnostic.problems.iter().flat_map(|problem| [Some(&problem.message), problem.help.as_ref()]);
        let own = [Some(&diagnostic.message), diagnostic.help.as_ref()].into_iter().chain(problems).flatten();
        for text in own.clone() {
            let first = text.split([' ', ':', ',']).next().unwrap();
            let is_a_name = first.starts_with("TROP_");
            assert!(is_a_name || !first.starts_with(char::is_uppercase), "{title}: capital: {text}");
        }
        for text in own.chain(&diagnostic.causes) {
            for jargon in ["Some(", "None", "Ok(", "Err(", "os error", "\n", "  "] {
                assert!(!text.contains(jargon), "{title}: {jargon:?}: {text}");
            }
            // A row of the database is shown as it is stored, and there a path may be anything.
            let shows_rows = matches!(diagnostic.kind, "database-damaged" | "database-not-adoptable");
            let quotes_a_path = text.contains("\"/") && !shows_rows;
            assert!(!quotes_a_path, "{title}: quotes: {text}");
            assert!(!text.is_empty() && text.trim() == text, "{title}: {text:?}");
            assert!(!text.ends_with(['.', ':', ';', ',']), "{title}: end: {text}");
        }
    }
}
