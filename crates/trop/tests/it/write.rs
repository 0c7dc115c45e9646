//! `--write`: the ports of a group in a file of the user.

mod block;
mod killed;
mod refused;
mod together;

use std::fs;

use camino::Utf8Path;

use trop_testkit::Invocation;

use crate::stage::Stage;
use crate::tree::tree;

/// The lines around what trop keeps in a file.
const MARKERS: [&str; 2] = ["# >>> ports reserved by trop >>>", "# <<< ports reserved by trop <<<"];

/// `trop autoreserve` in that directory, into that file.
fn write(stage: &Stage, directory: impl AsRef<Utf8Path>, file: &str, more: &[&str]) -> Invocation {
    stage.trop(directory, [&["autoreserve", "--write", file], more].concat())
}

/// The block of [`crate::exec::SERVICES`] from that port of the stage on, between the markers.
fn block(stage: &Stage, base: u16) -> String {
    let [begin, end] = MARKERS;
    let [web, api, db] = [0, 1, 5].map(|offset| stage.ports.port(base + offset));
    format!("{begin}\nWEB_PORT={web}\nAPI_PORT={api}\nDB={db}\n{end}\n")
}

#[track_caller]
fn require_content(file: impl AsRef<Utf8Path>, expected: &str) {
    assert_eq!(String::from_utf8_lossy(&fs::read(file.as_ref()).unwrap()), expected);
}

/// The files and directories directly in that one.
fn names_in(directory: &Utf8Path) -> Vec<String> {
    let paths = tree(directory).into_keys().filter(|path| path.parent() == Some(directory));
    paths.map(|path| path.file_name().unwrap().to_owned()).collect()
}
