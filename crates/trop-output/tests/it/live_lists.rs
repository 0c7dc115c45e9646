//! Lists of reservations with what is known of them at one moment, in every format.

use serde_json::{Value, from_str};
use trop_model::Reservation;
use trop_output::{
    ListFormat, Live, LiveReservation, ProcessView, Style, TableView, write_live_reservations,
};
use trop_testkit::snapshot;

use crate::samples::{HOSTILE, NOW, at, path, row, with_visible_codes, written};

const FIELDS: [&str; 13] = [
    "port",
    "path",
    "tag",
    "project",
    "task",
    "created_at",
    "last_used_at",
    "path_exists",
    "listening",
    "process_id",
    "process_name",
    "user",
    "process_inside",
];

#[track_caller]
fn list(rows: &[(Reservation, Live)], format: ListFormat, style: Style) -> String {
    let rows: Vec<_> =
        rows.iter().map(|(row, live)| LiveReservation { reservation: row, live: live.clone() }).collect();
    let view = TableView { now: at(NOW), home: Some(&path("/home/ann")), style };
    written(|out| write_live_reservations(out, &rows, format, view))
}

/// A directory that is there, a process and a user, where their names are not empty.
fn live(listening: bool, [process, user]: [&str; 2], process_inside: Option<bool>) -> Live {
    let process = Some(process)
        .filter(|name| !name.is_empty())
        .map(|name| ProcessView { id: 4711, name: name.to_owned() });
    let user = Some(user.to_owned()).filter(|user| !user.is_empty());
    Live { path_exists: Some(true), listening: Some(listening), process, user, process_inside }
}

fn ordinary_rows() -> Vec<(Reservation, Live)> {
    let rows = [
        ("nobody", live(false, ["", ""], None)),
        ("inside", live(true, ["node", "ann"], Some(true))),
        ("elsewhere", live(true, ["node", "ann"], Some(false))),
        ("somewhere", live(true, ["node", "root"], None)),
        ("of-another-user", live(true, ["", "root"], None)),
        ("of-nobody", live(true, ["", ""], None)),
        ("connected", live(false, ["node", "ann"], Some(false))),
        ("gone", Live { path_exists: Some(false), ..live(true, ["node", ""], None) }),
        ("unknown", Live::default()),
    ];
    let row = |(port, (name, live)): (u16, (&str, Live))| {
        (row(port, &format!("/home/ann/{name}"), ["", "shop", ""]), live)
    };
    (5000..).zip(rows).map(row).collect()
}

fn hostile_rows() -> Vec<(Reservation, Live)> {
    let row = row(5000, &format!("/srv/{HOSTILE}"), ["", "", ""]);
    [true, false].map(|inside| (row.clone(), live(true, [HOSTILE, HOSTILE], Some(inside)))).into()
}

#[test]
fn live_lists_in_every_format() {
    for (input, rows) in [("live", ordinary_rows()), ("live-hostile", hostile_rows())] {
        for (word, format) in ListFormat::WORDS {
            let name = format!("output/list-{input}-{word}");
            snapshot!(&name, list(&rows, format, Style::plain()));
        }
    }
}

#[test]
fn what_is_served_from_elsewhere_is_coloured() {
    let text = list(&ordinary_rows(), ListFormat::Table, Style::colored());
    snapshot!("output/list-live-table-coloured", with_visible_codes(&text));
}

#[test]
fn an_empty_live_list_is_still_one_to_programs() {
    let list = |format| list(&[], format, Style::plain());
    assert_eq!(list(ListFormat::Table), "");
    assert_eq!(list(ListFormat::Json), "[]\n");
    assert_eq!(list(ListFormat::Csv), format!("{}\n", FIELDS.join(",")));
    assert_eq!(list(ListFormat::Tsv), format!("{}\n", FIELDS.join("\t")));
}

/// What JSON says of each field, as a field of text: absent is empty.
fn fields_of_json(rows: &[(Reservation, Live)]) -> Vec<Vec<String>> {
    let objects: Vec<serde_json::Map<String, Value>> =
        from_str(&list(rows, ListFormat::Json, Style::plain())).unwrap();
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    objects
        .iter()
        .map(|object| {
            assert_eq!(object.len(), FIELDS.len());
            FIELDS.iter().map(|name| text(&object[*name])).collect()
        })
        .collect()
}

#[test]
fn programs_read_the_same_from_every_format() {
    let rows = ordinary_rows();
    let expected = fields_of_json(&rows);
    let text = list(&rows, ListFormat::Csv, Style::plain());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), &FIELDS[..]);
    let records: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().unwrap();
    assert_eq!(records, expected);

    let text = list(&rows, ListFormat::Tsv, Style::plain());
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(lines.next().unwrap(), FIELDS);
    assert_eq!(lines.collect::<Vec<_>>(), expected);
}

#[test]
fn a_hostile_name_is_exact_in_json_and_one_field_elsewhere() {
    let rows = hostile_rows();
    for fields in fields_of_json(&rows) {
        assert_eq!((fields[10].as_str(), fields[11].as_str()), (HOSTILE, HOSTILE));
    }
    for (_, format) in ListFormat::WORDS {
        let text = list(&rows, format, Style::plain());
        assert!(
            !text.chars().any(|character| character.is_control() && character != '\n' && character != '\t')
        );
    }
    for line in list(&rows, ListFormat::Tsv, Style::plain()).lines() {
        assert_eq!(line.split('\t').count(), FIELDS.len());
    }
    assert_eq!(list(&rows, ListFormat::Table, Style::plain()).lines().count(), rows.len() + 1);
}
