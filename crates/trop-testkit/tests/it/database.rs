//! Database files of older versions: like the samples, and with every row where it is to be.

use camino::{Utf8Path, Utf8PathBuf};
use rusqlite::{Connection, OpenFlags};

use trop_testkit::Sandbox;
use trop_testkit::database::{self, Journal, Row, Times, Value, Version};

fn sandbox() -> (Sandbox, Utf8PathBuf) {
    let sandbox = Sandbox::new("/bin/sh");
    let file = sandbox.root().join("trop.db");
    (sandbox, file)
}

/// Reads the file alone, whatever is beside it.
fn without_logs(file: &Utf8Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{file}?immutable=1"), flags).unwrap()
}

fn texts(connection: &Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(query).unwrap();
    let texts = statement.query_map([], |row| row.get(0)).unwrap();
    texts.collect::<Result<_, _>>().unwrap()
}

/// Every table and index, each on a line.
fn declarations(connection: &Connection) -> Vec<String> {
    let declarations = texts(connection, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
    let on_one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    declarations.into_iter().map(|text| on_one_line(text).replace("( ", "(").replace(" )", ")")).collect()
}

#[test]
fn the_layouts_are_those_of_the_samples() {
    #[track_caller]
    fn check(version: Version, sample: &str) {
        let (_sandbox, file) = sandbox();
        database::write(&file, version, &[], Journal::Delete);
        let samples = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../trop-storage/tests/fixtures");
        let sample = without_logs(&samples.join(sample).join("trop.db"));
        let made = without_logs(&file);
        assert_eq!(declarations(&made), declarations(&sample));
        let metadata = "SELECT key || ' ' || value FROM metadata";
        assert_eq!(texts(&made, metadata), texts(&sample, metadata));
    }
    check(Version::LAYOUT_1, "layout-1");
    check(Version::Layout2, "layout-2");
}

#[test]
fn rows_are_stored_as_they_are_given() {
    const COLUMNS: &str = "SELECT path || ' ' || typeof(tag) || ' ' || port || ' ' || typeof(created_at) || ' ' || last_used_at FROM reservations";
    #[track_caller]
    fn check(version: Version, row: &Row, expected: &str) {
        for journal in Journal::ALL {
            let (_sandbox, file) = sandbox();
            database::write(&file, version, std::slice::from_ref(row), journal);
            assert_eq!(texts(&Connection::open(&file).unwrap(), COLUMNS), [expected]);
        }
    }
    let row = Row::new("/srv/a", None, 5000);
    let loose = |times| Version::Layout1 { times, one_row_per_port: false };
    check(Version::LAYOUT_1, &row, "/srv/a null 5000 integer 1763000000");
    check(loose(Times::Text), &row, "/srv/a null 5000 text 1763000000");
    check(Version::Layout2, &row, "/srv/a text 5000 integer 1763000000");
    check(Version::Schema(1), &row, "/srv/a text 5000 integer 1763000000");
    let impossible = Row { port: 70_000.into(), last_used_at: (-1).into(), ..row.clone() };
    for version in [Version::LAYOUT_1, Version::Layout2, Version::Schema(1)] {
        let tag = if version == Version::LAYOUT_1 { "null" } else { "text" };
        check(version, &impossible, &format!("/srv/a {tag} 70000 integer -1"));
    }
    let word = Row { port: Value::Text("many".to_owned()), ..row };
    check(loose(Times::Integer), &word, "/srv/a null many integer 1763000000");
}

#[test]
fn rows_in_the_write_ahead_log_are_there_alone() {
    let (_sandbox, file) = sandbox();
    let rows = [Row::new("/srv/a", None, 5000)];
    database::write(&file, Version::Layout2, &rows, Journal::WriteAheadLog);
    let count = "SELECT CAST(count(*) AS TEXT) FROM reservations";
    assert_eq!(texts(&without_logs(&file), count), ["0"]);
    assert_eq!(texts(&Connection::open(&file).unwrap(), count), ["1"]);
}

#[test]
fn nothing_is_beside_a_file_that_somebody_closed() {
    for (journal, format) in [(Journal::Delete, 1), (Journal::Checkpointed, 2)] {
        let (sandbox, file) = sandbox();
        let rows = [Row::new("/srv/a", None, 5000)];
        database::write(&file, Version::LAYOUT_1, &rows, journal);
        assert_eq!(texts(&without_logs(&file), "SELECT path FROM reservations"), ["/srv/a"]);
        let beside = sandbox.root().read_dir_utf8().unwrap().map(|entry| entry.unwrap().path().to_owned());
        assert_eq!(beside.filter(|path| path.as_str().starts_with(file.as_str())).count(), 1);
        assert_eq!(std::fs::read(&file).unwrap()[18..20], [format, format]);
    }
}

#[test]
fn our_own_schema_has_every_mark() {
    let (_sandbox, file) = sandbox();
    database::write(&file, Version::Schema(1), &[], Journal::Delete);
    let connection = Connection::open(&file).unwrap();
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).unwrap();
    assert_eq!((pragma("application_id"), pragma("user_version")), (0x7472_6f70, 1));
    assert_eq!(texts(&connection, "SELECT value FROM metadata WHERE key = 'schema_version'"), ["1001"]);
    let history = "SELECT version || ' ' || name || ' ' || checksum FROM refinery_schema_history";
    assert_eq!(texts(&connection, history), ["1 reservations 601954869602276623"]);
}
