//! The layers of configuration, read from where they are.

use camino::Utf8Path;
use clap::ArgMatches;

use trop_config::{Declaration, Effective, FileKind, Layer, Layers, settings};
use trop_paths::{AbsPath, find_upwards};

use crate::data_directory::locate;
use crate::failure::Failure;
use crate::session::Session;
use crate::setting_flags;

/// What the search for tropfiles does not go beyond.
const BOUNDARY: &str = ".git";

/// A configuration file that may count.
pub(crate) struct Candidate {
    pub(crate) kind: FileKind,
    pub(crate) path: AbsPath,
}

/// Flags over variables: what is known before any file is read.
pub(crate) fn given(session: &Session<'_>, matches: &ArgMatches) -> Layers {
    given_of(session, matches, settings::ALL)
}

/// The same for a command that takes no notice of the configuration, but for these variables.
pub(crate) fn given_of(
    session: &Session<'_>,
    matches: &ArgMatches,
    variables: &[&'static Declaration],
) -> Layers {
    let mut layers = Layers::default();
    layers.push(setting_flags::layer(matches));
    layers.push(Layer::from_variables(&session.host.variables, variables));
    layers
}

/// The settings that count for a command about the working directory. Where that is not known, no tropfile is.
pub(crate) fn effective(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Effective, Failure> {
    let given = given(session, matches);
    let directory = session.working_directory().ok();
    effective_in(session, given, directory.as_ref())
}

/// The settings that count for a command about that directory.
pub(crate) fn effective_in(
    session: &mut Session<'_>,
    given: Layers,
    directory: Option<&AbsPath>,
) -> Result<Effective, Failure> {
    let mut layers = given;
    for Candidate { kind, path } in candidates(session, &layers, directory)? {
        let Some(layer) = Layer::load(kind, path.as_path())? else {
            session.detail(|| format!("there is no {path}"));
            continue;
        };
        session.detail(|| format!("read the settings in {path}"));
        layers.push(layer);
    }
    Ok(layers.merged()?)
}

/// The files that would be read, highest first, whether they are there or not.
pub(crate) fn candidates(
    session: &mut Session<'_>,
    layers: &Layers,
    directory: Option<&AbsPath>,
) -> Result<Vec<Candidate>, Failure> {
    let tropfiles = [FileKind::Local, FileKind::Tropfile];
    let found = directory.and_then(|start| find_upwards(start, &tropfiles.map(FileKind::name), BOUNDARY));
    if let (Some(start), None) = (directory, &found) {
        session.detail(|| match find_upwards(start, &[BOUNDARY], BOUNDARY) {
            Some(end) => format!("found no tropfile from {start} up to {end}, where a checkout begins"),
            None => format!("found no tropfile in {start} or above"),
        });
    }
    let location = locate(session, layers)?;
    let candidate = |kind: FileKind, directory: &AbsPath| Candidate {
        kind,
        path: directory.join(Utf8Path::new(kind.name())),
    };
    let in_project = found.iter().flat_map(|directory| tropfiles.map(|kind| candidate(kind, directory)));
    Ok(in_project.chain([candidate(FileKind::User, location.directory())]).collect())
}
