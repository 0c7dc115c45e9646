//! Everything below a directory, to compare before and after.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

use camino::{Utf8Path, Utf8PathBuf};

/// Everything below a directory, by path.
pub(crate) type Tree = BTreeMap<Utf8PathBuf, Entry>;

/// A file or a directory.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) mode: u32,
    pub(crate) owner: u32,
    group: u32,
    /// In seconds and nanoseconds; of a file alone.
    modified: Option<(i64, i64)>,
    /// Of a file that the test may read.
    content: Option<Vec<u8>>,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Entry { mode, owner, group, modified, content } = self;
        let bytes = content.as_ref().map(Vec::len);
        write!(f, "{mode:o} of {owner}:{group}, {bytes:?} bytes, modified {modified:?}")
    }
}

/// Looks at everything below `directory`, which need not exist.
pub(crate) fn tree(directory: impl AsRef<Utf8Path>) -> Tree {
    let mut tree = Tree::new();
    collect(directory.as_ref(), &mut tree);
    tree
}

/// Makes everything below `directory` what it was. Nothing may have the files open.
pub(crate) fn restore(directory: impl AsRef<Utf8Path>, tree: &Tree) {
    let directory = directory.as_ref();
    let Ok(entries) = directory.read_dir_utf8() else { return };
    for entry in entries {
        let path = entry.unwrap().into_path();
        let is_directory = fs::symlink_metadata(&path).unwrap().is_dir();
        if is_directory { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    }
    for (path, Entry { mode, owner, group, content, .. }) in tree {
        match content {
            Some(content) => fs::write(path, content).unwrap(),
            None => fs::create_dir(path).unwrap(),
        }
        fs::set_permissions(path, Permissions::from_mode(*mode)).unwrap();
        chown(path, Some(*owner), Some(*group)).unwrap();
    }
}

/// The same without what SQLite keeps beside a database that exists.
pub(crate) fn tree_without_logs(directory: impl AsRef<Utf8Path>) -> Tree {
    let mut tree = tree(directory);
    tree.retain(|path, _| !path.as_str().ends_with("-wal") && !path.as_str().ends_with("-shm"));
    tree
}

fn collect(directory: &Utf8Path, tree: &mut Tree) {
    let Ok(entries) = directory.read_dir_utf8() else { return };
    for entry in entries.map(Result::unwrap) {
        let path = entry.path();
        let metadata = fs::symlink_metadata(path).unwrap();
        let is_file = metadata.is_file();
        let entry = Entry {
            mode: metadata.mode() & 0o7777,
            owner: metadata.uid(),
            group: metadata.gid(),
            modified: is_file.then(|| (metadata.mtime(), metadata.mtime_nsec())),
            content: is_file.then(|| content(path)).flatten(),
        };
        tree.insert(path.to_owned(), entry);
        if metadata.is_dir() {
            collect(path, tree);
        }
    }
}

fn content(file: &Utf8Path) -> Option<Vec<u8>> {
    match fs::read(file) {
        Ok(content) => Some(content),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => None,
        Err(error) => panic!("{file}: {error}"),
    }
}
