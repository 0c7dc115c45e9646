//! Which directory is meant.

use trop_model::Ledger;
use trop_paths::AbsPath;

/// A directory as it was typed, and where it really is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The path as typed, or as inferred and therefore canonical.
    pub path: AbsPath,
    /// Its canonical form, when that is another one.
    pub canonical: Option<AbsPath>,
}

impl Target {
    /// A directory that was found out and not typed: it is canonical already.
    #[must_use]
    pub fn inferred(path: AbsPath) -> Target {
        Target { path, canonical: None }
    }

    /// A directory that somebody typed, and its canonical form.
    #[must_use]
    pub fn typed(path: AbsPath, canonical: AbsPath) -> Target {
        let canonical = (canonical != path).then_some(canonical);
        Target { path, canonical }
    }

    /// The path under which reservations are meant: as typed, unless nothing is reserved there, under any tag, and something
    /// is at the canonical path.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn meant<L: Ledger>(&self, ledger: &L) -> Result<AbsPath, L::Error> {
        self.meant_where(|path| Ok(!ledger.at(path)?.is_empty()))
    }

    /// Like [`Target::meant`], for what is below the directory as well.
    pub(crate) fn meant_as_tree<L: Ledger>(&self, ledger: &L) -> Result<AbsPath, L::Error> {
        self.meant_where(|path| Ok(!ledger.under(path)?.is_empty()))
    }

    fn meant_where<E>(&self, has_rows: impl Fn(&AbsPath) -> Result<bool, E>) -> Result<AbsPath, E> {
        match &self.canonical {
            Some(canonical) if !has_rows(&self.path)? && has_rows(canonical)? => Ok(canonical.clone()),
            _ => Ok(self.path.clone()),
        }
    }
}
