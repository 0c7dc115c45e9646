//! Reservations and changes to write, and what was written.

use std::io::{self, Write};

use trop_model::{Change, EnvName, Port, RemovalReason, Reservation, ReservationKey, Tag, Timestamp};
use trop_output::{FileChange, GroupFormat, ServicePort, group_text};
use trop_paths::AbsPath;

/// 2026-11-21T04:59:06Z.
pub(crate) const NOW: i64 = 1_795_237_146;

/// Text that does something to a terminal, a line, a field or a column.
pub(crate) const HOSTILE: &str =
    "nl\ncr\rtab\tesc\u{1b}[31mdel\u{7f}c1\u{9b}bidi\u{202e}\u{2066}\u{61c}sep\u{2028}\"'`,;$(x)\\n";

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).unwrap()
}

pub(crate) fn path(text: &str) -> AbsPath {
    AbsPath::from_clean(text).unwrap()
}

/// A reservation made three days ago and used five minutes ago. An empty label is none.
pub(crate) fn row(port: u16, directory: &str, [tag, project, task]: [&str; 3]) -> Reservation {
    Reservation {
        key: ReservationKey {
            path: path(directory),
            tag: Some(tag).filter(|tag| !tag.is_empty()).map(|tag| tag.parse().unwrap()),
        },
        port: i64::from(port).try_into().unwrap(),
        project: Some(project).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap()),
        task: Some(task).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap()),
        created_at: at(NOW - 3 * 86_400),
        last_used_at: at(NOW - 300),
    }
}

pub(crate) fn ordinary_rows() -> Vec<Reservation> {
    vec![
        row(5000, "/home/ann", ["", "", ""]),
        row(80, "/home/ann/shop", ["", "shop", "main"]),
        row(65535, "/home/ann/shop", ["web", "shop", "fix-login"]),
        row(5002, "/home/ann2/shop", ["api", "", "main"]),
    ]
}

/// Paths may hold anything but NUL; labels anything but control characters.
pub(crate) fn hostile_rows() -> Vec<Reservation> {
    vec![
        row(5000, &format!("/srv/{HOSTILE}"), ["a\u{202e}b\u{2069}", "say \"hi\", it's", "a,b;c|d"]),
        row(5001, "/srv/目录/プロジェクト", ["网页", "한국어", "👩‍💻 é"]),
        row(5002, "/srv/ends with blanks  ", ["=1+1", "null", "-"]),
        row(5003, &format!("/srv/{}", "long/".repeat(60).trim_end_matches('/')), ["t", &"p".repeat(255), ""]),
        row(
            5004,
            "/srv/bell\u{7}\u{0b}\u{80}\u{200e}\u{200f}\u{2029}",
            ["\u{2028}x", "", "line\u{2029}line"],
        ),
    ]
}

/// One change of every kind.
pub(crate) fn changes() -> Vec<Change> {
    let web = row(5000, "/srv/a", ["web", "shop", "main"]);
    let touch = |row: &Reservation| Change::Touch { row: row.clone(), last_used_at: at(NOW) };
    let put = |row: &Reservation, replaces| Change::Put { row: row.clone(), replaces };
    let remove = |row: &Reservation, reason| Change::Remove { row: row.clone(), reason };
    vec![
        put(&web, None),
        put(&row(5001, "/srv/a", ["", "", ""]), None),
        put(&web, Some(row(5003, "/srv/a", ["web", "shop", "main"]))),
        put(&web, Some(row(5003, "/srv/a", ["web", "", "old"]))),
        put(&row(5000, "/srv/a", ["web", "shop", ""]), Some(web.clone())),
        put(&web, Some(row(5000, "/srv/a", ["web", "store", ""]))),
        put(&web, Some(web.clone())),
        Change::Move { row: web.clone(), from: row(5000, "/srv/b", ["web", "", ""]).key },
        touch(&web),
        remove(&web, RemovalReason::Released),
        remove(&web, RemovalReason::Gone),
        remove(&web, RemovalReason::Expired),
        remove(&web, RemovalReason::Replaced),
    ]
}

/// One change of a file of every kind.
pub(crate) fn files() -> Vec<FileChange> {
    vec![
        FileChange::Protect { path: "/home/ann/.trop".to_owned() },
        FileChange::Write { path: format!("/srv/{HOSTILE}/config.yaml") },
    ]
}

/// A service of a group, and the port that it has.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) tag: Tag,
    pub(crate) variable: EnvName,
    pub(crate) port: Port,
}

impl Service {
    pub(crate) fn new(tag: &str, variable: &str, port: u16) -> Service {
        let port = Port::new(port).unwrap();
        Service { tag: tag.parse().unwrap(), variable: variable.parse().unwrap(), port }
    }
}

/// The services in that format.
pub(crate) fn shown(services: &[Service], format: GroupFormat) -> String {
    let views: Vec<ServicePort<'_>> = services
        .iter()
        .map(|Service { tag, variable, port }| ServicePort { tag, variable, port: *port })
        .collect();
    group_text(&views, format)
}

/// What `write` writes, as text.
#[track_caller]
pub(crate) fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The text with the escape character of colours made visible.
pub(crate) fn with_visible_codes(text: &str) -> String {
    text.replace('\u{1b}', "<ESC>")
}
