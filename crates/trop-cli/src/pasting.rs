//! Commands that are offered for pasting.

use std::path::PathBuf;

use trop_model::ReservationKey;
use trop_ops::{CleanUp, Prune};
use trop_output::escaped;
use trop_paths::AbsPath;

/// Commands for a POSIX shell, in any directory, that reach the same data directory. There is none for text that cannot be shown
/// as it is.
#[derive(Debug, Default)]
pub(crate) struct Pasting {
    /// The data directory, where it is known.
    pub(crate) data_dir: Option<AbsPath>,
    /// Whether a flag or a variable names it. Either may have been there for one command only.
    pub(crate) is_named: bool,
}

impl Pasting {
    /// The command that gives back exactly that reservation.
    pub(crate) fn release(&self, key: &ReservationKey) -> Option<String> {
        let path = word(key.path.as_str())?;
        let tag = match &key.tag {
            Some(tag) => format!("--tag={}", word(tag.as_str())?),
            None => "--untagged-only".to_owned(),
        };
        self.trop(&format!("release --allow-unrelated-path --path={path} {tag}"))
    }

    /// The command that gives back every reservation of that directory.
    pub(crate) fn release_all(&self, directory: &AbsPath) -> Option<String> {
        self.trop(&format!("release --allow-unrelated-path --path={}", word(directory.as_str())?))
    }

    /// The command that places the group of that tropfile anew.
    pub(crate) fn overwrite(&self, tropfile: &AbsPath) -> Option<String> {
        let file = word(tropfile.as_str())?;
        self.trop(&format!("reserve-group --overwrite --allow-unrelated-path {file}"))
    }

    /// The command that begins a new database in the place of the one that is there. It says always which that is: elsewhere it
    /// would empty a healthy one.
    pub(crate) fn start_over(&self) -> Option<String> {
        self.trop_there("init --overwrite")
    }

    /// The command with these arguments, to stand in a sentence.
    pub(crate) fn mention(&self, arguments: &str) -> String {
        self.trop(arguments).unwrap_or_else(|| format!("trop {arguments} (for the same data directory)"))
    }

    /// The command that cleans up so, if there is one.
    pub(crate) fn clean_up(&self, CleanUp { prune, expire_after_days }: CleanUp) -> Option<String> {
        match (prune, expire_after_days) {
            (Prune::Gone, None) => self.trop("prune"),
            (Prune::Gone, Some(days)) => self.trop(&format!("autoclean --days={days}")),
            (Prune::Nothing, Some(days)) => self.trop(&format!("expire --days={days}")),
            (Prune::NotFound, None) => self.trop("prune --force"),
            (Prune::NotFound, Some(_)) | (Prune::Nothing, None) => None,
        }
    }

    fn trop(&self, arguments: &str) -> Option<String> {
        if self.is_named { self.trop_there(arguments) } else { Some(format!("trop {arguments}")) }
    }

    fn trop_there(&self, arguments: &str) -> Option<String> {
        let data_dir = word(self.data_dir.as_ref()?.as_str())?;
        Some(format!("trop {arguments} --data-dir={data_dir}"))
    }
}

/// The command that leaves these to their owner alone.
pub(crate) fn keep_others_out(paths: &[PathBuf]) -> Option<String> {
    let words = paths.iter().map(|path| word(path.to_str()?)).collect::<Option<Vec<String>>>()?;
    Some(format!("chmod go= {}", words.join(" ")))
}

/// The text as one word, unless it cannot be shown as it is.
fn word(text: &str) -> Option<String> {
    (escaped(text) == text).then(|| format!("'{}'", text.replace('\'', r"'\''")))
}
