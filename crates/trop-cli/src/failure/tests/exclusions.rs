//! What keeps the ports that a file excludes from being changed.

use std::io;

use trop_config::{CannotEdit, FileKind, Source, text_with_exclusions};
use trop_files::FileError;
use trop_model::{Port, Reservation, ReservationKey, Timestamp};
use trop_paths::AbsPath;

use super::Sample;
use crate::exclusions::ExclusionsError;

pub(super) fn samples() -> Vec<Sample> {
    errors().into_iter().map(|(title, error)| Sample::new(title, error)).collect()
}

pub(super) fn errors() -> Vec<(&'static str, ExclusionsError)> {
    let reserved = |holders| ExclusionsError::Reserved { range: "5001..5009".parse().unwrap(), holders };
    let shop = || holder(5001, "/srv/shop", Some("web"));
    let not_written = |error| ExclusionsError::NotWritten { file: path("/srv/shop/trop.yaml"), error };
    vec![
        ("no tropfile to write into", ExclusionsError::NoTropfile { start: path("/srv/shop/web") }),
        ("a port that is reserved", reserved(vec![shop()])),
        ("two ports that are reserved", reserved(vec![shop(), holder(5009, "/srv/a\u{1b}b", None)])),
        ("a list behind an anchor", intricate("project: shop\nexcluded_ports: &ports [5001] # mine\n")),
        (
            "a list that others take something from",
            intricate("excluded_ports: &all\n- &a 5001\nports: { min: *a }\n"),
        ),
        ("no place for a list", intricate("&x { project: shop }\n")),
        (
            "a file in a directory that is locked",
            not_written(FileError::Locked { directory: "/srv/shop".into() }),
        ),
        (
            "a directory in the place of the file",
            not_written(FileError::NotAFile { path: "/srv/shop/trop.yaml".into() }),
        ),
        (
            "a tropfile of somebody else",
            not_written(FileError::OwnerWouldChange { path: "/srv/shop/trop.yaml".into() }),
        ),
        (
            "a tropfile that cannot be replaced",
            not_written(FileError::Io {
                doing: "make a file in",
                path: "/srv/shop".into(),
                source: io::Error::from_raw_os_error(30),
            }),
        ),
    ]
}

fn intricate(text: &str) -> ExclusionsError {
    let source = Source::new(FileKind::Tropfile, "/srv/shop/trop.yaml", text);
    match text_with_exclusions(&source, &["5005..5009".parse().unwrap()]) {
        Err(CannotEdit::Intricate(error)) => error.into(),
        other => panic!("{other:?}"),
    }
}

fn holder(port: u16, directory: &str, tag: Option<&str>) -> Reservation {
    Reservation {
        key: ReservationKey { path: path(directory), tag: tag.map(|tag| tag.parse().unwrap()) },
        port: Port::new(port).unwrap(),
        project: None,
        task: None,
        created_at: Timestamp::EPOCH,
        last_used_at: Timestamp::EPOCH,
    }
}

fn path(path: &str) -> AbsPath {
    AbsPath::from_clean(path).unwrap()
}
