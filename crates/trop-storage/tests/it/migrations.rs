//! Released migrations are never edited.

use crate::scene::Scene;

/// Number, name and refinery's checksum of every released migration. A line is added for a new one; none ever changes.
const RELEASED: [(i32, &str, &str); 1] = [(1, "reservations", "601954869602276623")];

#[test]
fn released_migrations_are_what_they_were() {
    let scene = Scene::with_rows(&[]);
    let raw = scene.raw();
    let mut statement =
        raw.prepare("SELECT version, name, checksum FROM refinery_schema_history ORDER BY version").unwrap();
    let applied = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let applied: Vec<(i32, String, String)> = applied.collect::<Result<_, _>>().unwrap();
    let released = RELEASED.map(|(version, name, checksum)| (version, name.to_owned(), checksum.to_owned()));
    assert_eq!(applied, released);
}
