//! Where the data directory is.

use camino::Utf8Path;

use trop_config::{Layers, Origin, settings};
use trop_model::quoted;
use trop_paths::{AbsPath, PathError, resolve_typed};
use trop_storage::Location;

use crate::failure::Failure;
use crate::session::Session;

/// `--data-dir`, else `TROP_DATA_DIR`, else `.trop` in the home directory. Nothing is looked at or made.
pub(crate) fn locate(session: &Session<'_>, layers: &Layers) -> Result<Location, Failure> {
    let Some(typed) = layers.find(&settings::DATA_DIR)? else {
        let home = home(session).ok_or(Failure::NoHome)?;
        return Ok(Location::new(home.join(Utf8Path::new(".trop"))));
    };
    let directory = match layers.origin(&settings::DATA_DIR) {
        Origin::Variable(variable) => {
            require_absolute(&typed, variable)?;
            let no_base = || Err(Failure::from(PathError::Empty));
            resolve_typed(&typed, no_base, || home(session))
                .map_err(|failure: Failure| failure.of_variable(variable))
        }
        _ => session.typed_path(&typed),
    };
    directory.map(Location::new)
}

fn require_absolute(typed: &str, variable: &'static str) -> Result<(), Failure> {
    if Utf8Path::new(typed).is_absolute() || typed.starts_with('~') {
        return Ok(());
    }
    let message = format!("{} is relative, and means another directory wherever one goes", quoted(typed));
    Err(Failure::Variable { variable, message })
}

/// The home directory: `HOME`, else `USERPROFILE`. One that is relative, or the root, is none.
pub(crate) fn home(session: &Session<'_>) -> Option<AbsPath> {
    ["HOME", "USERPROFILE"]
        .into_iter()
        .find_map(|variable| session.host.variables.get(variable).filter(|value| !value.is_empty()))
        .and_then(|value| AbsPath::clean(Utf8Path::new(value.to_str()?)))
        .filter(|home| home.parent().is_some())
}
