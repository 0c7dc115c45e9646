//! What keeps a group, or a service of one, from having its ports or from handing them on.

use std::io;
use std::sync::Arc;

use trop_allocation::PreferredRefusal;
use trop_config::{FileKind, Source};
use trop_files::{BlockError, EditError, FileError};
use trop_model::{Misfit, Port, PortRange, ReservationKey};
use trop_ops::{Anchor, BlockedService, CannotJoin, NoPlaceLeft, Obstacle, OpsError, RefusedPort};
use trop_output::Shell;
use trop_paths::AbsPath;

use super::{Failure, Sample};

pub(super) fn samples() -> Vec<Sample> {
    let failures = failures().into_iter().map(|(title, failure)| Sample::new(title, failure));
    let edits = edit_errors().into_iter().map(|(title, error)| Sample::new(title, not_written(error)));
    let blocks = block_errors().into_iter().map(|error| {
        let title = format!("a file whose block is broken: {error}");
        Sample::new(&title, not_written(EditError::Edit(error)))
    });
    let joins = joins().into_iter().map(|(title, error)| {
        let tropfile = path("/srv/shop/trop.yaml");
        Sample::new(title, Failure::CannotJoin { error: Box::new(error), tropfile })
    });
    let planning = errors().into_iter().map(|(title, error)| Sample::new(title, error));
    failures.chain(edits).chain(blocks).chain(joins).chain(planning).collect()
}

pub(super) fn failures() -> Vec<(&'static str, Failure)> {
    let source =
        Source::new(FileKind::Local, "/srv/shop/trop.local.yaml", "project: shop\nreservations: null\n");
    let cleared = trop_config::Place { source: Arc::new(source), span: Some(14..26) };
    vec![
        ("no tropfile", Failure::NoTropfile { start: path("/srv/shop/web") }),
        ("a tropfile without services", Failure::NoGroup { files: vec![path("/srv/shop/trop.yaml")] }),
        (
            "two tropfiles without services",
            Failure::NoGroup { files: vec![path("/srv/shop/trop.local.yaml"), path("/srv/shop/trop.yaml")] },
        ),
        ("services that are cleared", Failure::GroupCleared(cleared)),
        (
            "a variable that the shell keeps",
            Failure::VariableKept {
                shell: Shell::Zsh,
                tag: "uid".parse().unwrap(),
                variable: "UID".parse().unwrap(),
            },
        ),
        ("a port that is held", held(None, false)),
        ("a port that is held, of a tag", held(Some("web"), false)),
        ("a port that is held, of a service", held(Some("web"), true)),
        ("no such program", Failure::NoSuchProgram { program: "npmm".to_owned() }),
        (
            "a program that is not started",
            Failure::NotStarted { program: "./serve".to_owned(), source: io::Error::from_raw_os_error(13) },
        ),
        (
            "a service in a file that cannot be pasted",
            Failure::CannotJoin {
                error: Box::new(cannot_join(Obstacle::Disputed(Vec::new()))),
                tropfile: path("/srv/a\u{1b}b/trop.yaml"),
            },
        ),
        ("a file that cannot be written", not_written(EditError::Edit(BlockError::NotText))),
    ]
}

pub(super) fn edit_errors() -> Vec<(&'static str, EditError<BlockError>)> {
    let file = || "/srv/shop/.env".into();
    vec![
        ("a file in a locked directory", FileError::Locked { directory: "/srv/shop".into() }.into()),
        ("a directory in the place of a file", FileError::NotAFile { path: file() }.into()),
        ("a file of somebody else", FileError::OwnerWouldChange { path: file() }.into()),
        (
            "a file that cannot be replaced",
            FileError::Io { doing: "write", path: file(), source: io::Error::from_raw_os_error(30) }.into(),
        ),
    ]
}

pub(super) fn block_errors() -> Vec<BlockError> {
    vec![
        BlockError::NoEnd { line: 3 },
        BlockError::NoBegin { line: 3 },
        BlockError::Twice { first: 3, second: 9 },
        BlockError::NotText,
    ]
}

pub(super) fn errors() -> Vec<(&'static str, OpsError)> {
    let range = PortRange::new(port(5000), port(5099)).unwrap();
    let none_left = |blocked| {
        let (first_base, remarks) = (port(5000), Vec::new());
        OpsError::GroupExhausted(NoPlaceLeft { range, first_base, bases: 99, blocked, remarks })
    };
    vec![
        (
            "no place for a group",
            none_left(vec![
                blocked("web", 0, [60, 1, 2]),
                blocked("api", 1, [35, 0, 1]),
                blocked("db", 2, [0, 0, 0]),
            ]),
        ),
        ("no place for the last service", none_left(vec![blocked("web", 0, [99, 0, 0])])),
        (
            "a group that does not fit",
            OpsError::GroupDoesNotFit { range, misfits: vec![Misfit::Base(port(80))] },
        ),
        (
            "a service that cannot join",
            OpsError::CannotJoin(Box::new(cannot_join(Obstacle::Disputed(Vec::new())))),
        ),
    ]
}

pub(super) fn joins() -> Vec<(&'static str, CannotJoin)> {
    let range = PortRange::new(port(5000), port(5099)).unwrap();
    vec![
        (
            "a base in dispute",
            cannot_join(Obstacle::Disputed(vec![anchor("web", 0, 5000), anchor("db", 9, 5010)])),
        ),
        ("a place outside the range", cannot_join(Obstacle::OutOfRange { port: 5100, range })),
        ("a place that is reserved", refused(5001, PreferredRefusal::Reserved, Some("/srv/blog"))),
        ("a place that is excluded", refused(5001, PreferredRefusal::Excluded, None)),
        ("a place that is in use", refused(65_535, PreferredRefusal::InUse, None)),
    ]
}

fn held(tag: Option<&str>, is_of_group: bool) -> Failure {
    let key = ReservationKey { path: path("/srv/shop"), tag: tag.map(|tag| tag.parse().unwrap()) };
    Failure::Held { ports: vec!["port 5000 is in use already".to_owned()], key, is_of_group }
}

fn not_written(error: EditError<BlockError>) -> Failure {
    Failure::NotWritten { file: path("/srv/shop/.env"), error }
}

fn refused(number: u16, refusal: PreferredRefusal, holder: Option<&str>) -> CannotJoin {
    let reserved_for = holder.map(|directory| ReservationKey { path: path(directory), tag: None });
    cannot_join(Obstacle::Refused(RefusedPort { service: None, port: port(number), refusal, reserved_for }))
}

fn cannot_join(obstacle: Obstacle) -> CannotJoin {
    let key = ReservationKey { path: path("/srv/shop"), tag: Some("api".parse().unwrap()) };
    CannotJoin { key, offset: 1, obstacle, remarks: Vec::new() }
}

fn anchor(tag: &str, offset: u16, number: u16) -> Anchor {
    Anchor { service: tag.parse().unwrap(), offset, port: port(number) }
}

fn blocked(tag: &str, offset: u16, [reserved, excluded, in_use]: [u32; 3]) -> BlockedService {
    BlockedService { service: tag.parse().unwrap(), offset, reserved, excluded, in_use }
}

fn port(number: u16) -> Port {
    Port::new(number).unwrap()
}

fn path(text: &str) -> AbsPath {
    AbsPath::from_clean(text).unwrap()
}
