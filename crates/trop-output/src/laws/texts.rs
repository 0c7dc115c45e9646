//! Text from anywhere reaches no terminal raw, breaks no line and no field, and comes back as it was from what programs read.

use std::io::{self, Write};
use std::sync::Arc;

use serde_json::Value;
use trop_model::{Change, Port, Project, RemovalReason, Reservation, ReservationKey, Tag, Task, Timestamp};
use trop_paths::{PathError, resolve_typed};

use crate::escape::acts_on_terminals;
use crate::{
    CleanedFormat, Diagnostic, ErrorFormat, ExitStatus, ListFormat, Live, LiveReservation, Place, Problem,
    ProcessView, Severity, Spot, Style, TableView, escaped, rfc3339, write_cleaned, write_live_reservations,
    write_remark, write_reservations,
};

/// Any text as a path, a label, the name of a process, a message, and the file that a message is about.
///
/// # Panics
/// When the law is broken.
pub fn texts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    require_escaped(&text);
    require_shown_errors(&text);
    let rows = reservations(&text);
    require_tables(&rows, &text);
    require_records(&rows);
    require_json(&rows);
}

/// A reservation for each line, with a path, a tag, a project and a task as far as the line can be one.
fn reservations(text: &str) -> Vec<Reservation> {
    let times = [Timestamp::EPOCH, Timestamp::LATEST];
    let lines = text.split('\n').zip(1..).filter_map(|(line, number)| Some((line, Port::new(number)?)));
    lines
        .filter_map(|(line, port)| {
            let path =
                resolve_typed::<PathError>(&format!("/{line}"), || Err(PathError::Empty), || None).ok()?;
            Some(Reservation {
                key: ReservationKey { path, tag: line.parse().ok() },
                port,
                project: line.parse().ok(),
                task: line.parse().ok(),
                created_at: times[usize::from(port.get() % 2)],
                last_used_at: times[0],
            })
        })
        .collect()
}

fn printed(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("what is printed is text")
}

/// Nothing but the ends of lines does anything to a terminal.
fn require_harmless(printed: &str) {
    let harmful = printed.chars().find(|character| *character != '\n' && acts_on_terminals(*character));
    assert_eq!(harmful, None, "in {printed:?}");
}

fn require_escaped(text: &str) {
    let once = escaped(text);
    require_harmless(&once.replace('\n', "\r"));
    assert_eq!(escaped(&once), once, "{text:?} escaped twice");
    let mut rest = once.chars();
    let mut stays = text.chars().filter(|character| !acts_on_terminals(*character));
    assert!(stays.all(|kept| rest.any(|other| other == kept)), "{text:?} became {once:?}");
    let remark = printed(|out| write_remark(out, Severity::Warning, text, Style::plain()));
    assert_eq!(remark.matches('\n').count(), 1, "{remark:?}");
    require_harmless(&remark);
}

/// An error about a file that holds this text, at a place in it or beyond.
fn require_shown_errors(text: &str) {
    let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let (start, end) = (text.len() / 3, text.len() - text.len() / 4);
    let spot = |span| Spot { line: number(start), column: number(end), text: Arc::from(text), span };
    let spots = [None, Some(spot(start..end)), Some(spot(end..end)), Some(spot(end..text.len() + 9))];
    let places = spots.into_iter().map(|spot| Place { file: text.to_owned(), spot });
    let problem = Problem { message: text.to_owned(), help: Some(text.to_owned()), places: places.collect() };
    let mut diagnostic = Diagnostic::new(ExitStatus::Configuration, text);
    diagnostic.help = Some(text.to_owned());
    diagnostic.causes = vec![text.to_owned(), text.to_owned()];
    diagnostic.problems = vec![problem];
    for verbose in [false, true] {
        let shown = |format| printed(|out| diagnostic.write_to(out, format, Style::plain(), verbose));
        require_harmless(&shown(ErrorFormat::Human));
        let line = shown(ErrorFormat::Json);
        require_harmless(&line);
        assert_eq!(line.find('\n'), Some(line.len() - 1), "{line:?}");
        let read: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        for value in [&read["message"], &read["help"], &read["causes"][1], &read["problems"][0]["file"]] {
            assert_eq!(value, text, "{line:?}");
        }
    }
}

/// A line for each row and one above, whatever is in them.
fn require_tables(rows: &[Reservation], text: &str) {
    let view = view();
    let table = printed(|out| write_reservations(out, rows, ListFormat::Table, view));
    let process = Some(ProcessView { id: 1, name: text.to_owned() });
    let live = Live { listening: Some(true), process, user: Some(text.to_owned()), ..Live::default() };
    let live: Vec<LiveReservation<'_>> =
        rows.iter().map(|reservation| LiveReservation { reservation, live: live.clone() }).collect();
    for format in [ListFormat::Table, ListFormat::Csv, ListFormat::Tsv] {
        let printed = printed(|out| write_live_reservations(out, &live, format, view));
        let has_tabs = format == ListFormat::Tsv;
        require_harmless(&if has_tabs { printed.replace('\t', "") } else { printed.clone() });
        assert_eq!(printed.lines().count(), rows.len() + 1, "{printed:?}");
    }
    require_harmless(&table);
    assert_eq!(table.lines().count(), rows.len() + 1, "{table:?}");
    let reason = RemovalReason::Gone;
    let changes: Vec<Change> = rows.iter().map(|row| Change::Remove { row: row.clone(), reason }).collect();
    let removed = printed(|out| write_cleaned(out, &changes, CleanedFormat::Lines));
    require_harmless(&removed.replace('\t', ""));
    assert!(removed.lines().all(|line| line.matches('\t').count() == 3), "{removed:?}");
    assert_eq!(removed.lines().count(), rows.len(), "{removed:?}");
}

fn view() -> TableView<'static> {
    TableView { now: Timestamp::LATEST, home: None, style: Style::plain() }
}

/// What a reader of records finds in a row: every text as it is escaped.
fn fields(row: &Reservation) -> Vec<String> {
    let label = |text: Option<&str>| escaped(text.unwrap_or_default()).into_owned();
    vec![
        row.port.to_string(),
        escaped(row.key.path.as_str()).into_owned(),
        label(row.key.tag.as_ref().map(Tag::as_str)),
        label(row.project.as_ref().map(Project::as_str)),
        label(row.task.as_ref().map(Task::as_str)),
        rfc3339(row.created_at),
        rfc3339(row.last_used_at),
    ]
}

fn require_records(rows: &[Reservation]) {
    let expected: Vec<Vec<String>> = rows.iter().map(fields).collect();
    let csv = printed(|out| write_reservations(out, rows, ListFormat::Csv, view()));
    require_harmless(&csv);
    let records: Result<Vec<Vec<String>>, _> =
        csv::Reader::from_reader(csv.as_bytes()).deserialize().collect();
    assert_eq!(records.ok().as_ref(), Some(&expected), "{csv:?}");
    let tsv = printed(|out| write_reservations(out, rows, ListFormat::Tsv, view()));
    require_harmless(&tsv.replace('\t', ""));
    let lines = tsv.split_terminator('\n').skip(1);
    let records: Vec<Vec<String>> = lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    assert_eq!(records, expected, "{tsv:?}");
}

/// JSON alone holds every text exactly.
fn require_json(rows: &[Reservation]) {
    let json = printed(|out| write_reservations(out, rows, ListFormat::Json, view()));
    require_harmless(&json);
    let read: Vec<Value> = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json:?}"));
    assert_eq!(read.len(), rows.len(), "{json:?}");
    for (read, row) in read.iter().zip(rows) {
        let tag = row.key.tag.as_ref().map(Tag::as_str);
        let task = row.task.as_ref().map(Task::as_str);
        assert_eq!(read["port"], row.port.get(), "{json:?}");
        assert_eq!(read["path"], row.key.path.as_str(), "{json:?}");
        assert_eq!((read["tag"].as_str(), read["task"].as_str()), (tag, task), "{json:?}");
    }
}
