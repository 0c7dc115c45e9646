//! Several processes on one database, of which some start over: this test program once more, of which only one test runs.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use trop_paths::AbsPath;
use trop_storage::{Location, Notice, StorageError, Store, Verdict, WhenMissing};
use trop_testkit::database::{self, Journal, Row, Version};

use crate::scene::{Scene, put, row};

/// In the environment of the other process: what it is to do, and where.
const TASK: &str = "TROP_STORAGE_TEST_TASK";
const DATA_DIRECTORY: &str = "TROP_STORAGE_TEST_DATA_DIRECTORY";

/// Ends with its input.
struct Other {
    process: Child,
    answers: BufReader<ChildStdout>,
}

impl Other {
    fn start(scene: &Scene, task: &str) -> Other {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "together::does_what_it_is_told", "--nocapture"])
            .env(TASK, task)
            .env(DATA_DIRECTORY, scene.directory())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        Other { process, answers }
    }

    /// The next line with an answer: `answer: ` and this.
    fn answer(&mut self) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.answers.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(answer) = line.strip_prefix("answer: ") {
                return Some(answer.trim_end().to_owned());
            }
        }
    }

    fn tell(&mut self, word: &str) {
        writeln!(self.process.stdin.as_mut().unwrap(), "{word}").unwrap();
    }

    /// What it answers until it ends, well.
    #[track_caller]
    fn end(mut self) -> Vec<String> {
        drop(self.process.stdin.take());
        let answers = std::iter::from_fn(|| self.answer()).collect();
        assert!(self.process.wait().unwrap().success());
        answers
    }
}

/// The part of the other process; in this one there is nothing to do.
#[test]
fn does_what_it_is_told() {
    let (Ok(task), Some(directory)) = (std::env::var(TASK), std::env::var_os(DATA_DIRECTORY)) else {
        return;
    };
    let directory = AbsPath::from_clean(directory.to_str().unwrap()).unwrap();
    let location = Location::new(directory);
    match task.split_once(' ').unwrap() {
        ("start-over", _) => start_over(location),
        ("hammer", first_port) => hammer(location, first_port.parse().unwrap()),
        (other, _) => panic!("nobody can {other}"),
    }
}

const LOCK_WAIT: Duration = Duration::from_secs(60);

fn answer(text: &str) {
    std::io::stdout().write_all(format!("\nanswer: {text}\n").as_bytes()).unwrap();
}

/// Waits for the word, starts over, and answers what became of it.
fn start_over(location: Location) {
    let mut store = Store::starting_over(location, LOCK_WAIT);
    answer("ready");
    std::io::stdin().read_exact(&mut [0]).unwrap();
    store.write(WhenMissing::Create, |_| Ok::<_, StorageError>(Verdict::Commit(vec![], ()))).unwrap();
    for notice in store.take_notices() {
        match notice {
            Notice::MovedAside { .. } => answer("moved aside"),
            Notice::Migrated { .. } => answer("migrated"),
            _ => {}
        }
    }
    answer("done");
}

/// Reserves one port after the other, with a store that is opened once and one that is opened anew, and answers each that is
/// stored. When it is told to finish it answers that, and reserves some more.
fn hammer(location: Location, first_port: u16) {
    let (sender, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(std::io::stdin().read_to_end(&mut Vec::new())));
    let mut open = Store::new(location.clone(), LOCK_WAIT);
    let mut remaining = None;
    for port in first_port.. {
        let row = row(&format!("/srv/{port}"), "", port);
        let mut anew;
        let store = if port % 2 == 0 {
            &mut open
        } else {
            anew = Store::new(location.clone(), LOCK_WAIT);
            &mut anew
        };
        store
            .write(WhenMissing::Create, |_| Ok::<_, StorageError>(Verdict::Commit(vec![put(&row)], ())))
            .unwrap();
        answer(&port.to_string());
        if remaining.is_none() && told.try_recv().is_ok() {
            answer("finishing");
            remaining = Some(20);
        }
        match &mut remaining {
            Some(0) => return,
            Some(number) => *number -= 1,
            None => {}
        }
    }
}

/// A database whose rows are out of order, which is found out by looking at all of it.
fn damage(scene: &Scene) {
    let mut content = fs::read(scene.database()).unwrap();
    for at in 0..content.len() {
        if content[at..].starts_with(b"/srv/misplaced") {
            content[at + 1] = b'~';
        }
    }
    fs::write(scene.database(), content).unwrap();
}

#[test]
fn what_others_reserve_after_it_stays() {
    for round in 0..5 {
        let scene = Scene::with_rows(&[row("/srv/before", "", 1000)]);
        let mut hammers = [10_000, 30_000].map(|first| Other::start(&scene, &format!("hammer {first}")));
        for hammer in &mut hammers {
            // It is at work.
            assert!(hammer.answer().is_some());
        }
        let mut fresh_start = Other::start(&scene, "start-over now");
        fresh_start.tell("go");
        assert!(fresh_start.end().contains(&"done".to_owned()));
        let stored_after: Vec<u16> = hammers.into_iter().flat_map(finish).collect();
        assert_eq!(stored_after.len(), 40);
        let stored: BTreeSet<u16> = scene.rows().iter().map(|row| row.port.get()).collect();
        assert!(stored_after.iter().all(|port| stored.contains(port)), "{round}: {stored_after:?}");
        assert!(!stored.contains(&1000));
        check_whole(&scene);
    }
}

/// Lets a hammering process finish. The ports that it says are stored since it was told to.
fn finish(hammer: Other) -> Vec<u16> {
    let answers = hammer.end();
    let since = answers.iter().position(|answer| answer == "finishing").unwrap();
    answers[since + 1..].iter().map(|port| port.parse().unwrap()).collect()
}

#[track_caller]
fn check_whole(scene: &Scene) {
    let integrity: String = scene.raw().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
}

/// Starts so many that start over, all of them at once. Their answers.
fn start_over_together(scene: &Scene, count: usize) -> Vec<String> {
    let mut others: Vec<_> = (0..count).map(|_| Other::start(scene, "start-over now")).collect();
    for other in &mut others {
        assert_eq!(other.answer().as_deref(), Some("ready"));
    }
    for other in &mut others {
        other.tell("go");
    }
    others.into_iter().flat_map(Other::end).collect()
}

fn count(answers: &[String], expected: &str) -> usize {
    answers.iter().filter(|answer| *answer == expected).count()
}

#[test]
fn several_at_once_move_a_damaged_file_once() {
    for _ in 0..10 {
        let rows = ["/srv/misplaced", "/srv/z"].map(|path| row(path, "", 5000 + path.len() as u16));
        let scene = Scene::with_rows(&rows);
        damage(&scene);
        let answers = start_over_together(&scene, 3);
        assert_eq!((count(&answers, "moved aside"), count(&answers, "done")), (1, 3));
        let asides = scene.names().into_iter().filter(|name| name.contains("damaged")).count();
        assert!((1..=3).contains(&asides), "{:?}", scene.names());
        assert!(!scene.names().iter().any(|name| name.contains("damaged.2")));
        assert_eq!(scene.rows(), []);
        check_whole(&scene);
    }
}

#[test]
fn several_at_once_copy_an_older_database_once() {
    for _ in 0..10 {
        let scene = Scene::with_file(b"");
        fs::remove_file(scene.database()).unwrap();
        let old = [Row::new("/srv/a", None, 5000)];
        database::write(scene.database(), Version::Layout2, &old, Journal::WriteAheadLog);
        let answers = start_over_together(&scene, 3);
        assert_eq!((count(&answers, "migrated"), count(&answers, "done")), (1, 3));
        let copies = scene.names().into_iter().filter(|name| name.contains("before")).count();
        assert_eq!(copies, 1, "{:?}", scene.names());
        assert_eq!(scene.rows(), []);
        check_whole(&scene);
    }
}

/// Somebody waits for the lock on a file that loses its name meanwhile.
#[test]
fn whoever_waited_for_the_damaged_file_writes_into_the_new_one() {
    for _ in 0..5 {
        let rows = ["/srv/misplaced", "/srv/z"].map(|path| row(path, "", 5000 + path.len() as u16));
        let scene = Scene::with_rows(&rows);
        damage(&scene);
        let mut hammers = [10_000, 30_000].map(|first| Other::start(&scene, &format!("hammer {first}")));
        for hammer in &mut hammers {
            assert!(hammer.answer().is_some());
        }
        let answers = start_over_together(&scene, 1);
        assert_eq!(count(&answers, "moved aside"), 1);
        let stored_after: Vec<u16> = hammers.into_iter().flat_map(finish).collect();
        let stored: BTreeSet<u16> = scene.rows().iter().map(|row| row.port.get()).collect();
        assert!(stored_after.iter().all(|port| stored.contains(port)), "{stored_after:?}");
        check_whole(&scene);
    }
}
