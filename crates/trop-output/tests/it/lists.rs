//! Lists of reservations in every format.

use serde_json::{Value, from_str};
use trop_model::{Project, Reservation, Tag, Task};
use trop_output::{ListFormat, Style, TableView, escaped, rfc3339, write_reservations};
use trop_paths::AbsPath;
use trop_testkit::snapshot;

use crate::samples::{NOW, at, hostile_rows, ordinary_rows, path, row, with_visible_codes, written};

const FIELDS: [&str; 7] = ["port", "path", "tag", "project", "task", "created_at", "last_used_at"];

#[track_caller]
fn list(rows: &[Reservation], format: ListFormat) -> String {
    list_at_home(rows, format, Some(&path("/home/ann")))
}

#[track_caller]
fn list_at_home(rows: &[Reservation], format: ListFormat, home: Option<&AbsPath>) -> String {
    let view = TableView { now: at(NOW), home, style: Style::plain() };
    written(|out| write_reservations(out, rows, format, view))
}

/// What programs should read of the row, escaped or not; `None` is absent.
fn expected(row: &Reservation) -> [Option<String>; 7] {
    [
        Some(row.port.to_string()),
        Some(row.key.path.as_str().to_owned()),
        row.key.tag.as_ref().map(Tag::to_string),
        row.project.as_ref().map(Project::to_string),
        row.task.as_ref().map(Task::to_string),
        Some(rfc3339(row.created_at)),
        Some(rfc3339(row.last_used_at)),
    ]
}

/// The same where texts are escaped, and empty where absent.
fn expected_escaped(row: &Reservation) -> [String; 7] {
    expected(row).map(|text| escaped(&text.unwrap_or_default()).into_owned())
}

#[test]
fn lists_in_every_format() {
    let inputs = [("ordinary", ordinary_rows()), ("hostile", hostile_rows())];
    for (input, rows) in inputs {
        for (word, format) in ListFormat::WORDS {
            let name = format!("output/list-{input}-{word}");
            snapshot!(&name, list(&rows, format));
        }
    }
}

#[test]
fn an_empty_list_is_still_one_to_programs() {
    #[track_caller]
    fn check(format: ListFormat, expected: &str) {
        assert_eq!(list(&[], format), expected);
    }
    check(ListFormat::Table, "");
    check(ListFormat::Json, "[]\n");
    check(ListFormat::Csv, "port,path,tag,project,task,created_at,last_used_at\n");
    check(ListFormat::Tsv, "port\tpath\ttag\tproject\ttask\tcreated_at\tlast_used_at\n");
}

#[test]
fn json_gives_back_what_went_in() {
    for rows in [ordinary_rows(), hostile_rows()] {
        let text = list(&rows, ListFormat::Json);
        assert_eq!(text.lines().count(), rows.len() + 2);
        let parsed: Value = from_str(&text).unwrap();
        for (object, row) in parsed.as_array().unwrap().iter().zip(&rows) {
            assert_eq!(object.as_object().unwrap().len(), FIELDS.len());
            assert_eq!(object["port"], row.port.get());
            for (name, expected) in FIELDS.iter().zip(expected(row)).skip(1) {
                assert_eq!(object[name].as_str(), expected.as_deref(), "{name}");
                assert_eq!(object[name].is_null(), expected.is_none(), "{name}");
            }
        }
    }
}

#[test]
fn csv_gives_back_what_went_in_escaped() {
    for rows in [ordinary_rows(), hostile_rows()] {
        let text = list(&rows, ListFormat::Csv);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), &FIELDS[..]);
        let records: Vec<[String; 7]> = reader.deserialize().collect::<Result<_, _>>().unwrap();
        assert_eq!(records, rows.iter().map(expected_escaped).collect::<Vec<_>>());
    }
}

#[test]
fn tsv_has_as_many_fields_in_every_line() {
    for rows in [ordinary_rows(), hostile_rows()] {
        let text = list(&rows, ListFormat::Tsv);
        let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        assert_eq!(lines.next().unwrap(), FIELDS);
        assert_eq!(lines.collect::<Vec<_>>(), rows.iter().map(expected_escaped).collect::<Vec<_>>());
    }
}

#[test]
fn table_has_a_line_for_each_row_without_trailing_blanks() {
    for rows in [ordinary_rows(), hostile_rows()] {
        let text = list(&rows, ListFormat::Table);
        assert_eq!(text.lines().count(), rows.len() + 1);
        assert!(text.ends_with('\n'));
        assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    }
}

#[test]
fn home_is_a_tilde_in_tables_alone() {
    #[track_caller]
    fn check(directory: &str, home: Option<&str>, expected: &str) {
        let home = home.map(path);
        let rows = [row(5000, directory, ["", "", ""])];
        let show = |format| list_at_home(&rows, format, home.as_ref());
        let table = show(ListFormat::Table);
        assert_eq!(table.lines().nth(1).and_then(|line| line.split_whitespace().nth(1)), Some(expected));
        for format in [ListFormat::Json, ListFormat::Csv, ListFormat::Tsv] {
            assert!(show(format).contains(directory), "{format:?}");
        }
    }
    check("/home/ann", Some("/home/ann"), "~");
    check("/home/ann/shop/web", Some("/home/ann"), "~/shop/web");
    check("/home/ann2/shop", Some("/home/ann"), "/home/ann2/shop");
    check("/home", Some("/home/ann"), "/home");
    check("/home/ann", None, "/home/ann");
    check("/srv/a", Some("/"), "/srv/a");
}

#[test]
fn only_the_header_is_coloured() {
    let view = TableView { now: at(NOW), home: None, style: Style::colored() };
    let text = written(|out| write_reservations(out, &ordinary_rows(), ListFormat::Table, view));
    snapshot!("output/list-ordinary-table-coloured", with_visible_codes(&text));
}
