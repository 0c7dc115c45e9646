//! The layers of configuration, read from where they are.

use camino::Utf8Path;
use clap::ArgMatches;

use trop_config::{Declaration, Effective, FileKind, Layer, Layers, UnreadableFile, settings};
use trop_paths::{AbsPath, Unseen, find_upwards};

use crate::data_directory::locate;
use crate::failure::Failure;
use crate::session::Session;
use crate::setting_flags;

/// What the search for tropfiles does not go beyond.
const BOUNDARY: &str = ".git";

/// The two files of a project.
const TROPFILES: [FileKind; 2] = [FileKind::Local, FileKind::Tropfile];

/// A configuration file that may count.
pub(crate) struct Candidate {
    pub(crate) kind: FileKind,
    pub(crate) path: AbsPath,
}

/// Which tropfiles count.
pub(crate) enum Tropfiles {
    /// None.
    Nowhere,
    /// Those in this directory, read together.
    In(AbsPath),
    /// This one, whatever it is called.
    Alone(AbsPath),
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
    let tropfiles = find_tropfiles(session, directory)?;
    effective_with(session, given, &tropfiles)
}

/// The settings that count where these are the tropfiles.
pub(crate) fn effective_with(
    session: &mut Session<'_>,
    given: Layers,
    tropfiles: &Tropfiles,
) -> Result<Effective, Failure> {
    let candidates = candidates(session, &given, tropfiles)?;
    merged(session, given, candidates)
}

/// The settings that count for a command about the working directory where nobody can look into the data directory.
pub(crate) fn effective_without_user_file(
    session: &mut Session<'_>,
    matches: &ArgMatches,
) -> Result<Effective, Failure> {
    let given = given(session, matches);
    let directory = session.working_directory().ok();
    let candidates = find_tropfiles(session, directory.as_ref())?.candidates();
    merged(session, given, candidates)
}

/// The settings of these files, the highest first, below those that are given.
fn merged(
    session: &mut Session<'_>,
    given: Layers,
    candidates: Vec<Candidate>,
) -> Result<Effective, Failure> {
    let mut layers = given;
    for Candidate { kind, path } in candidates {
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
    session: &Session<'_>,
    layers: &Layers,
    tropfiles: &Tropfiles,
) -> Result<Vec<Candidate>, Failure> {
    let location = locate(session, layers)?;
    let user = Candidate::of(FileKind::User, location.directory());
    Ok(tropfiles.candidates().into_iter().chain([user]).collect())
}

/// Whether a file of that name is one of the two of a project.
pub(crate) fn is_tropfile(name: &str) -> bool {
    TROPFILES.map(FileKind::name).contains(&name)
}

/// The tropfiles of the nearest directory that has any, from that directory upward.
pub(crate) fn find_tropfiles(
    session: &mut Session<'_>,
    start: Option<&AbsPath>,
) -> Result<Tropfiles, UnreadableFile> {
    let Some(start) = start else { return Ok(Tropfiles::Nowhere) };
    let unseen = |Unseen { path, source }| UnreadableFile { path, source };
    if let Some(directory) = find_upwards(start, &TROPFILES.map(FileKind::name), BOUNDARY).map_err(unseen)? {
        return Ok(Tropfiles::In(directory));
    }
    session.detail(|| match find_upwards(start, &[BOUNDARY], BOUNDARY) {
        Ok(Some(end)) => format!("found no tropfile from {start} up to {end}, where a checkout begins"),
        Ok(None) | Err(_) => format!("found no tropfile in {start} or above"),
    });
    Ok(Tropfiles::Nowhere)
}

impl Tropfiles {
    /// The files, highest first, whether they are there or not.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        match self {
            Tropfiles::Nowhere => Vec::new(),
            Tropfiles::In(directory) => TROPFILES.map(|kind| Candidate::of(kind, directory)).into(),
            Tropfiles::Alone(file) => vec![Candidate { kind: FileKind::Tropfile, path: file.clone() }],
        }
    }
}

impl Candidate {
    fn of(kind: FileKind, directory: &AbsPath) -> Candidate {
        Candidate { kind, path: directory.join(Utf8Path::new(kind.name())) }
    }
}
