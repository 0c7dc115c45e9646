//! What has to hold for any bytes whatever. The law panics when it is broken, and says how.
//!
//! The tests try it on `fuzz/corpus`, the programs in `fuzz/` on what coverage leads to.

mod samples;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use trop_model::{Change, Ledger, Port, Reservation, ReservationKey, Timestamp};
use trop_paths::{PathError, resolve_inferred, resolve_typed};

use crate::{Examined, Location, Rows, StorageError, Store, Verdict, WhenMissing};

use self::samples::{Files, samples};

/// What stands between a file and its write-ahead log.
const LOG: &[u8] = b"\n-wal\n";

/// A data directory with any bytes for `trop.db`, and perhaps for its write-ahead log.
///
/// The first byte chooses: a digit that has a sample means that, and what follows is damage to it; behind any other byte stand the
/// files themselves. Damage comes in fours: which file, a place in it (two bytes, the high one first), and what to put there; or, when the
/// first of the four is 2 or 3, the file ends there.
///
/// # Panics
/// When the law is broken.
pub fn database(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let sample = samples().get(usize::from(choice.wrapping_sub(b'0')));
    let files = sample.map_or_else(|| files(rest), |sample| damaged(sample.clone(), rest));
    let temporary = tempfile::tempdir().expect("there is a place for temporary files");
    let directory = temporary.path().join("data");
    fs::create_dir(&directory).expect("a directory can be made");
    fs::write(directory.join("trop.db"), &files.database).expect("a file can be written");
    if let Some(log) = &files.log {
        fs::write(directory.join("trop.db-wal"), log).expect("a file can be written");
    }
    judge(&directory);
}

fn files(bytes: &[u8]) -> Files {
    match bytes.windows(LOG.len()).position(|window| window == LOG) {
        Some(at) => Files { database: bytes[..at].to_vec(), log: Some(bytes[at + LOG.len()..].to_vec()) },
        None => Files { database: bytes.to_vec(), log: None },
    }
}

fn damaged(mut files: Files, damage: &[u8]) -> Files {
    for four in damage.as_chunks::<4>().0 {
        let [which, high, low, value] = *four;
        let file = match &mut files.log {
            Some(log) if which % 2 == 1 => log,
            _ => &mut files.database,
        };
        let at = usize::from(u16::from_be_bytes([high, low]));
        match file.get_mut(at) {
            Some(_) if matches!(which, 2 | 3) => file.truncate(at),
            Some(byte) => *byte = value,
            None => {}
        }
    }
    files
}

/// Reads, examines and writes what is in the directory.
fn judge(directory: &Path) {
    let location = Location::new(resolve_inferred(directory).expect("the directory is there"));
    let store = || Store::new(location.clone(), Duration::ZERO);
    let before = contents(directory);

    let read = store().read(everything);
    require_same(&before, directory, "reading");
    let examined = store().examine();
    require_same(&before, directory, "an examination");
    if let Ok(found) = &examined {
        let rows = read.as_ref().unwrap_or_else(|error| panic!("{found:?}, and not to be read: {error}"));
        assert!(rows.is_empty() || *found != Examined::Nothing, "nothing, and yet {rows:?}");
    }

    let written = store().write(WhenMissing::Create, |rows| {
        let there = everything(rows)?;
        let new = one_more(&there);
        let change = Change::Put { row: new.clone(), replaces: None };
        Ok::<_, StorageError>(Verdict::Commit(vec![change], new))
    });
    match (read, written) {
        (Err(refused), written) => {
            let error = written.expect_err("what cannot be read is not written");
            require_same(&before, directory, &format!("a refused change ({refused}; {error})"));
        }
        // In what is damaged, SQLite may find out at any moment.
        (Ok(_), _) if examined.is_err() => {}
        (Ok(_), Err(_)) if is_for_reading_alone(&before["trop.db"]) => {}
        // Of a page without rows SQLite's check does not mind what kind it says it is; who writes to it does.
        (Ok(rows), Err(StorageError::Corrupt { .. })) if rows.is_empty() => {}
        (Ok(rows), Err(error)) => panic!("sound, and not to be written: {error}; {rows:?}"),
        (Ok(mut rows), Ok(new)) => {
            rows.push(new);
            rows.sort_by(|one, other| one.key.cmp(&other.key));
            let again = store().read(everything).expect("what was written can be read");
            assert_eq!(again, rows, "after one more");
            assert_eq!(store().examine().ok(), Some(Examined::Current), "after one more");
        }
    }
}

/// Whether a newer SQLite has to write it (<https://sqlite.org/fileformat2.html#file_format_version_numbers>).
fn is_for_reading_alone(database: &[u8]) -> bool {
    const WRITE_VERSION: usize = 18;
    database.get(WRITE_VERSION).is_some_and(|version| 2 < *version)
}

/// Every row, once it is certain that each key and each port is there once.
fn everything(rows: &Rows<'_>) -> Result<Vec<Reservation>, StorageError> {
    let all = rows.all()?;
    let mut ports: Vec<Port> = all.iter().map(|row| row.port).collect();
    ports.sort();
    ports.dedup();
    assert_eq!(ports.len(), all.len(), "one port for two keys: {all:?}");
    assert!(all.is_sorted_by(|one, other| one.key < other.key), "one key twice, or no order: {all:?}");
    Ok(all)
}

/// A row that is not among these.
fn one_more(there: &[Reservation]) -> Reservation {
    let numbers = 1..=u16::MAX;
    let is_free = |port: &Port| there.iter().all(|row| row.port != *port);
    let port = numbers.filter_map(Port::new).find(is_free).expect("there is a port that nobody has");
    let path = (0..)
        .map(|number| format!("/new/{number}"))
        .find(|path| there.iter().all(|row| row.key.path.as_str() != path));
    let path = resolve_typed(&path.unwrap_or_default(), || Err(PathError::Empty), || None);
    let key = ReservationKey { path: path.expect("the path is absolute"), tag: None };
    let now = Timestamp::EPOCH;
    Reservation { key, port, project: None, task: None, created_at: now, last_used_at: now }
}

/// The files, but for what SQLite keeps beside a database that is read, and the lock for setting up.
fn contents(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(directory).expect("the directory can be read").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let files = names.map(|name| (fs::read(directory.join(&name)).unwrap_or_default(), name));
    let counts = |(bytes, name): &(Vec<u8>, String)| match name.as_str() {
        "trop.db-shm" => false,
        "trop.db" => true,
        _ => !bytes.is_empty(),
    };
    files.filter(counts).map(|(bytes, name)| (name, bytes)).collect()
}

fn require_same(before: &BTreeMap<String, Vec<u8>>, directory: &Path, who: &str) {
    let after = contents(directory);
    for (name, bytes) in before {
        let after = after.get(name).map_or(&[][..], Vec::as_slice);
        let place = bytes.iter().zip(after).position(|(was, is)| was != is);
        assert!(
            bytes == after,
            "{who} changed {name}, {} to {} bytes, at {place:?}",
            bytes.len(),
            after.len()
        );
    }
    let names: Vec<&String> = after.keys().filter(|name| !before.contains_key(*name)).collect();
    assert_eq!(names, [""; 0], "{who} left something behind");
}

#[cfg(test)]
mod tests {
    #[test]
    fn databases_of_the_corpus() {
        trop_testkit::replay("database", super::database);
    }
}
