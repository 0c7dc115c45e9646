//! Many processes at once. What counts is what is stored in the end.

use std::collections::BTreeSet;

use trop_testkit::{Invocation, Ran, run_together};

use crate::database::{Database, Row};
use crate::stage::{Stage, port};

const ROUNDS: usize = 20;

/// A machine on which trop never ran. The claim on the ports is kept over the rounds.
fn on_new_machines(mut round: impl FnMut(&Stage)) {
    let mut stage = Stage::new();
    for _ in 0..ROUNDS {
        round(&stage);
        stage.sandbox = Stage::sandbox();
    }
}

/// Runs all at once. Each one ends well and has nothing to say.
#[track_caller]
fn run_silently_together(invocations: impl IntoIterator<Item = Invocation>) -> Vec<Ran> {
    let ended = run_together(invocations).into_iter().map(|ran| ran.expect(0));
    ended.inspect(|ran| assert_eq!(ran.stderr, "")).collect()
}

#[test]
fn sixty_first_runs_in_sixty_directories_get_the_sixty_lowest_ports() {
    on_new_machines(|stage| {
        let directories: Vec<_> = (0..60).map(|number| stage.directory(&number.to_string())).collect();
        let runs = directories.iter().map(|directory| stage.reserve(directory, 0..=99, &[]));
        let ended = run_silently_together(runs);

        let printed: BTreeSet<u16> = ended.iter().map(|ran| port(&ran.stdout)).collect();
        assert_eq!(printed, (stage.ports.port(0)..=stage.ports.port(59)).collect());
        let stored = Database::of(stage.data_directory()).valid_rows();
        assert_eq!(stored.len(), 60);
        for (directory, ran) in directories.iter().zip(&ended) {
            let row = stored.iter().find(|row| row.path == directory.as_str());
            assert_eq!(row.map(|row| row.port), Some(port(&ran.stdout)), "{directory}");
        }
    });
}

#[test]
fn forty_first_runs_in_one_directory_get_one_port() {
    on_new_machines(|stage| {
        let directory = stage.directory("shared");
        let ended = run_silently_together((0..40).map(|_| stage.reserve(&directory, 0..=99, &[])));

        let printed: BTreeSet<u16> = ended.iter().map(|ran| port(&ran.stdout)).collect();
        assert_eq!(printed, BTreeSet::from([stage.ports.first()]));
        let stored = Database::of(stage.data_directory()).valid_rows();
        let [Row { path, tag, port, .. }] = stored.as_slice() else { panic!("{stored:?}") };
        assert_eq!((path.as_str(), tag.as_str(), *port), (directory.as_str(), "", stage.ports.first()));
    });
}

#[test]
fn whatever_runs_at_once_leaves_each_key_with_one_port_and_each_port_with_one_key() {
    let stage = Stage::new();
    let database = Database::of(stage.data_directory());
    let directories = ["a", "b", "c", "d"].map(|name| stage.directory(name));
    for _ in 0..ROUNDS {
        let runs = (0..48).map(|number| {
            let directory = &directories[number % directories.len()];
            match number / directories.len() % 4 {
                0 => stage.reserve(directory, 0..=99, &[]),
                1 => stage.trop(directory, ["release"]),
                2 => stage.reserve(directory, 0..=99, &["--tag=web"]),
                _ => stage.trop(directory, ["list", "--format=json"]),
            }
        });
        let ended: Vec<Ran> = run_together(runs).into_iter().map(|ran| ran.expect(0)).collect();

        for list in ended.iter().filter(|ran| ran.stdout.starts_with('[')) {
            let rows: Vec<serde_json::Value> = serde_json::from_str(&list.stdout).unwrap();
            let ports: BTreeSet<String> = rows.iter().map(|row| row["port"].to_string()).collect();
            let keys: BTreeSet<String> =
                rows.iter().map(|row| format!("{} {}", row["path"], row["tag"])).collect();
            assert_eq!((ports.len(), keys.len()), (rows.len(), rows.len()), "{}", list.stdout);
        }
        for row in database.valid_rows() {
            let directory = directories.iter().find(|directory| row.path == directory.as_str()).unwrap();
            let tag = (!row.tag.is_empty()).then(|| format!("--tag={}", row.tag));
            let again = stage.reserve(directory, 0..=99, &tag.as_deref().into_iter().collect::<Vec<_>>());
            assert_eq!(port(&again.run().expect(0).stdout), row.port);
        }
    }
}

#[test]
fn the_database_itself_refuses_a_second_key_for_a_port_and_a_second_port_for_a_key() {
    #[track_caller]
    fn check(database: &Database, path: &str, tag: &str, port: u16, is_accepted: bool) {
        let changed = database.change(
            "INSERT INTO reservations (path, tag, port, created_at, last_used_at) VALUES (?1, ?2, ?3, 0, 0)",
            (path, tag, port),
        );
        assert_eq!(changed.is_ok(), is_accepted, "{changed:?}");
    }
    let stage = Stage::new();
    let directory = stage.directory("a");
    let reserved = stage.reserved(&directory, 0..=99);
    let (database, other_port) = (Database::of(stage.data_directory()), stage.ports.last());
    check(&database, "/elsewhere", "", reserved, false);
    check(&database, directory.as_str(), "web", reserved, false);
    check(&database, directory.as_str(), "", other_port, false);
    check(&database, directory.as_str(), "web", other_port, true);
}
