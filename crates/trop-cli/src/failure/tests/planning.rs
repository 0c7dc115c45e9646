//! What a planner refuses.

use std::io;

use trop_allocation::{Exhausted, PreferredRefusal};
use trop_model::{Port, PortRange, ReservationKey};
use trop_occupancy::SocketsNotPermitted;
use trop_ops::{KeptLabel, NoneLeft, OpsError, RefusedPort};
use trop_paths::AbsPath;
use trop_storage::StorageError;

use super::Sample;

pub(super) fn samples() -> Vec<Sample> {
    errors().into_iter().map(|(title, error)| Sample::new(&title, error)).collect()
}

pub(super) fn errors() -> Vec<(String, OpsError)> {
    let storage = ("the store".to_owned(), StorageError::Missing("/home/ada/.trop/trop.db".into()).into());
    let probes = sockets_not_permitted().into_iter();
    let probes = probes.map(|error| (error.to_string(), OpsError::Probe(Box::new(error))));
    let titled = [refused(), kept(), exhausted()].into_iter().flatten();
    let titled = titled.map(|(title, error)| (title.to_owned(), error));
    [storage].into_iter().chain(probes).chain(titled).collect()
}

pub(super) fn refusals() -> Vec<PreferredRefusal> {
    let refusals = refused().into_iter().filter_map(|(_, error)| match error {
        OpsError::PreferredPortRefused(refused) => Some(refused.refusal),
        _ => None,
    });
    refusals.collect()
}

pub(super) fn sockets_not_permitted() -> Vec<SocketsNotPermitted> {
    let system = io::Error::from_raw_os_error;
    vec![
        SocketsNotPermitted::Denied(system(13)),
        SocketsNotPermitted::TooFewDescriptors(system(24)),
        SocketsNotPermitted::TooLittleMemory(system(105)),
    ]
}

/// `--strict-port`. Nothing listens on these ports: nobody is named as the holder.
fn refused() -> Vec<(&'static str, OpsError)> {
    let refused = |port, refusal, reserved_for| {
        let port = Port::new(port).unwrap();
        OpsError::PreferredPortRefused(RefusedPort { service: None, port, refusal, reserved_for })
    };
    vec![
        (
            "reserved for a tag",
            refused(5000, PreferredRefusal::Reserved, Some(key("/srv/shop", Some("web")))),
        ),
        ("reserved without a tag", refused(5000, PreferredRefusal::Reserved, Some(key("/srv/it's", None)))),
        (
            "reserved for a name that cannot be pasted",
            refused(5000, PreferredRefusal::Reserved, Some(key("/srv/a\u{1b}b", None))),
        ),
        ("reserved", refused(5000, PreferredRefusal::Reserved, None)),
        ("excluded", refused(5000, PreferredRefusal::Excluded, None)),
        ("in use", refused(65_535, PreferredRefusal::InUse, None)),
        ("in use, or for the administrator", refused(1, PreferredRefusal::InUse, None)),
    ]
}

fn kept() -> Vec<(&'static str, OpsError)> {
    let label = |noun, kept: &str, asked: Option<&str>| KeptLabel {
        noun,
        kept: kept.to_owned(),
        asked: asked.map(str::to_owned),
    };
    let labels_kept = |kept| OpsError::LabelsKept { key: key("/srv/shop", Some("web")), kept };
    let port = |number| Port::new(number).unwrap();
    vec![
        (
            "another port",
            OpsError::OtherPortKept { key: key("/srv/shop", None), kept: port(5000), asked: port(5001) },
        ),
        ("another project", labels_kept(vec![label("project", "shop", Some("blog"))])),
        ("a task to clear", labels_kept(vec![label("task", "main", None)])),
        (
            "both labels",
            labels_kept(vec![label("project", "shop", Some("blog")), label("task", "main", None)]),
        ),
    ]
}

fn exhausted() -> Vec<(&'static str, OpsError)> {
    let exhausted = |first, last, [reserved, excluded, in_use]: [u32; 3]| {
        let range = PortRange::new(Port::new(first).unwrap(), Port::new(last).unwrap()).unwrap();
        let counts = Exhausted { range, reserved, excluded, in_use };
        OpsError::Exhausted(NoneLeft { counts, remarks: Vec::new() })
    };
    vec![
        ("none left, for every reason", exhausted(5000, 7000, [1999, 1, 1])),
        ("none left, all reserved", exhausted(5000, 5001, [2, 0, 0])),
        ("none left, all excluded", exhausted(5000, 5001, [0, 2, 0])),
        ("none left, the only one in use", exhausted(5000, 5000, [0, 0, 1])),
    ]
}

fn key(path: &str, tag: Option<&str>) -> ReservationKey {
    ReservationKey { path: AbsPath::from_clean(path).unwrap(), tag: tag.map(|tag| tag.parse().unwrap()) }
}
