//! What files say, and where they are wrong.

use trop_config::{FileKind, Layer, Origin, Problem, Source};

use crate::layers::merged;

/// A layer of a file of that kind, in `/srv`.
pub(crate) fn file(kind: FileKind, text: &str) -> Layer {
    let path = format!("/srv/{}", kind.name());
    Layer::from_file(Source::new(kind, path, text))
}

/// A problem as `3:5 message`, with the letters that are pointed at, and further places behind.
pub(crate) fn shown(problem: &Problem) -> String {
    let place = |origin: &Origin| match origin {
        Origin::File(place) => {
            let position = place.position().unwrap();
            let letters = &place.source.text()[place.span.clone().unwrap()];
            format!("{}:{} <{letters}>", position.line, position.column)
        }
        other => other.to_string(),
    };
    let places: Vec<String> = problem.origins.iter().map(place).collect();
    format!("{} {}", places.join(" and "), problem.message)
}

/// All problems of a file of that kind.
pub(crate) fn problems_of(kind: FileKind, text: &str) -> Vec<String> {
    match merged([file(kind, text)]) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems.iter().map(shown).collect(),
    }
}

/// All problems of a `trop.yaml`.
#[track_caller]
pub(crate) fn check(text: &str, expected: &[&str]) {
    assert_eq!(problems_of(FileKind::Tropfile, text), expected, "{text}");
}

#[test]
fn a_file_with_seventeen_problems_reports_them_all() {
    let text = "\u{feff}# ä\t\r\nports:\r\n  mim: &a 70000 # x\r\n  max: *a\r\n  max: \"5000\"\r\n\
        excluded_ports: [ 5001,\r\n   5005..5009, 0x10, 5_000, 1e3, {start: 9, end: 2}, ~ ]\r\n\
        project: [ä]\r\ndisable_autoprune: yes\r\nreservations:\r\n  services:\r\n\
        \x20   web: {offset: 1, env: PATH}\r\n    9: {offset: 1, preferred: 0}\r\n\
        \x20   api: {offset: 1}\r\n    Api:\r\n      offset: 1\r\n";
    check(
        text,
        &[
            "3:3 <mim> ports.mim is not a key that trop knows",
            "4:8 <*a> ports.max: \"70000\" is not a port (ports are 1 to 65535)",
            "5:3 <max> and 4:3 <max> ports.max is given twice",
            "7:16 <0x10> excluded_ports: \"0x10\" is not a port (ports are 1 to 65535)",
            "7:22 <5_000> excluded_ports: \"5_000\" is not a port (ports are 1 to 65535)",
            "7:29 <1e3> excluded_ports: \"1e3\" is not a port (ports are 1 to 65535)",
            "7:34 <{> excluded_ports: the range 9..2 ends before it begins",
            "7:54 <~> excluded_ports: a port or a range is expected here",
            "8:10 <[> project: one value is expected here",
            "9:20 <yes> disable_autoprune: \"yes\" is neither true nor false",
            "12:27 <PATH> reservations.services.web.env: PATH changes how programs run, and must not hold a port",
            "13:5 <9> reservations.services.9: the tag makes no variable: \"9\" is no name of a variable: letters, digits and _, the first no digit",
            "13:17 <1> and 12:19 <1> reservations.services: web and 9 have the same offset",
            "13:31 <0> reservations.services.9.preferred: \"0\" is not a port (ports are 1 to 65535)",
            "14:19 <1> and 12:19 <1> reservations.services: web and api have the same offset",
            "15:5 <Api> and 14:5 <api> reservations.services: api and Api have the same variable",
            "16:15 <1> and 12:19 <1> reservations.services: web and Api have the same offset",
        ],
    );
}
