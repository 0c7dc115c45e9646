//! Where the data directory is.

use camino::Utf8Path;

use trop_paths::{AbsPath, PathError, resolve_typed};
use trop_storage::Location;

use crate::failure::Failure;
use crate::session::Session;

const VARIABLE: &str = "TROP_DATA_DIR";

/// `--data-dir`, else `TROP_DATA_DIR`, else `.trop` in the home directory. Nothing is looked at or made.
pub(crate) fn locate(session: &Session<'_>) -> Result<Location, Failure> {
    if let Some(typed) = &session.global.data_dir {
        let directory = resolve_typed(typed, || session.working_directory(), || home(session))?;
        return Ok(Location::new(directory));
    }
    if let Some(text) = session.variable(VARIABLE)? {
        if !Utf8Path::new(text).is_absolute() && !text.starts_with('~') {
            let message = format!(
                "\"{}\" is relative, and means another directory wherever one goes",
                text.escape_debug()
            );
            return Err(Failure::Variable { variable: VARIABLE, message });
        }
        let no_base = || Err(Failure::from(PathError::Empty));
        let directory = resolve_typed(text, no_base, || home(session));
        let directory = directory.map_err(|failure| failure.of_variable(VARIABLE))?;
        return Ok(Location::new(directory));
    }
    let home = home(session).ok_or(Failure::NoHome)?;
    Ok(Location::new(home.join(Utf8Path::new(".trop"))))
}

/// The home directory: `HOME`, else `USERPROFILE`. One that is relative, or the root, is none.
pub(crate) fn home(session: &Session<'_>) -> Option<AbsPath> {
    ["HOME", "USERPROFILE"]
        .into_iter()
        .find_map(|variable| session.host.variables.get(variable).filter(|value| !value.is_empty()))
        .and_then(|value| AbsPath::clean(Utf8Path::new(value.to_str()?)))
        .filter(|home| home.parent().is_some())
}
