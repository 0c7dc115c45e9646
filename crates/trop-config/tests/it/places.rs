//! Places in files, and how origins and values are shown.

use std::ops::Range;
use std::sync::Arc;

use trop_config::{FileKind, Layer, Origin, Place, Position, Rule, Source, Value, settings};

use crate::files::file;
use crate::layers::merged;

fn place(text: &str, span: Option<Range<usize>>) -> Place {
    let source = Source::new(FileKind::Tropfile, "/srv/trop.yaml", text);
    Place { source: Arc::new(source), span }
}

#[test]
fn positions_count_lines_and_characters_from_one() {
    #[track_caller]
    fn check(text: &str, byte: usize, expected: Option<(u32, u32)>) {
        let position = place(text, Some(byte..byte)).position();
        assert_eq!(position, expected.map(|(line, column)| Position { line, column }), "{text:?}");
    }

    check("", 0, Some((1, 1)));
    check("a", 1, Some((1, 2)));
    check("a\nb", 1, Some((1, 2)));
    check("a\nb", 2, Some((2, 1)));
    check("a\r\nb", 3, Some((2, 1)));
    check("a\rb", 2, Some((2, 1)));
    check("\n\r\n\r\rx", 5, Some((5, 1)));
    check("äb", 2, Some((1, 2)));
    check("日本\n🦀x", 11, Some((2, 2)));
    check("\u{feff}a", 3, Some((1, 1)));
    check("\u{feff}ab\nc", 4, Some((1, 2)));
    check("a\tb", 2, Some((1, 3)));
    // YAML 1.2 counts no other character as the end of a line.
    check("a\u{85}b\u{2028}c", 7, Some((1, 5)));

    check("ä", 1, None);
    check("a", 2, None);
}

#[test]
fn a_whole_file_has_no_position() {
    assert_eq!(place("a", None).position(), None);
}

#[test]
fn origins_are_shown_as_people_write_them() {
    #[track_caller]
    fn check(origin: &Origin, shown: &str, layer: &str) {
        assert_eq!(origin.to_string(), shown);
        assert_eq!(origin.layer(), layer);
    }

    check(&Origin::Flag("busy-timeout"), "--busy-timeout", "command line");
    check(&Origin::Variable("TROP_PORT_MIN"), "TROP_PORT_MIN", "environment");
    check(&Origin::File(place("a\nb: 1", Some(2..3))), "/srv/trop.yaml:2", "trop.yaml");
    check(&Origin::File(place("a", None)), "/srv/trop.yaml", "trop.yaml");
    check(&Origin::Default, "built in", "default");
}

#[test]
fn layers_of_files_are_named_after_them() {
    #[track_caller]
    fn check(kind: FileKind, path: &str, expected: &str) {
        let layer = Layer::from_file(Source::new(kind, path, "ports: {min: 5001}"));
        assert_eq!(merged([layer]).unwrap().origin(&settings::PORT_MIN).layer(), expected);
    }

    check(FileKind::Local, "/srv/trop.local.yaml", "trop.local.yaml");
    check(FileKind::Tropfile, "/srv/trop.yaml", "trop.yaml");
    check(FileKind::User, "/data/config.yaml", "config.yaml");
    check(FileKind::Tropfile, "/srv/web-ports.yaml", "web-ports.yaml");
}

#[test]
fn values_are_shown_as_a_variable_would_hold_them() {
    #[track_caller]
    fn check(rule: Rule, text: &str, expected: &str) {
        assert_eq!(rule.parse(text).unwrap().to_string(), expected);
    }

    check(Rule::Switch, "YES", "true");
    check(Rule::Switch, "0", "false");
    check(Rule::Number { unit: "DAYS", least: 0, most: 9 }, "007", "7");
    check(Rule::Port, "5001", "5001");
    check(Rule::Ports, "5005..5009, 5001,5001", "5005..5009,5001,5001");
    check(Rule::Ports, "", "");
    check(Rule::Word(&["json"]), "json", "json");
    check(Rule::Path, " ../a b ", " ../a b ");
    check(Rule::Tag, " web ", "web");
    check(Rule::Project, " shop", "shop");
    check(Rule::Task, "login ", "login");
    assert_eq!(Rule::Group.parse("web").unwrap_err(), "services can be listed in a tropfile alone");
}

#[test]
fn services_are_shown_by_their_tags() {
    let text = "reservations: {services: {web: , db: {offset: 9}, api: {offset: 1}}}";
    let group = merged([file(FileKind::Tropfile, text)]).unwrap().get(&settings::RESERVATIONS);
    assert_eq!(Value::Group(group).to_string(), "web,db,api");
    assert_eq!(Value::Group(None).to_string(), "");
}
