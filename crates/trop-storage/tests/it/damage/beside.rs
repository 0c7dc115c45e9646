//! What SQLite keeps beside a database: missing, of another one, of another moment, or no such thing at all.

use super::bases::{self, Base, Files};
use super::oracle::Tally;
use super::random::{Random, seeds};

/// How often each log and each journal is damaged at random in one round.
const AT_RANDOM: usize = 60;

fn with(base: &Base, name: &str, content: Option<Vec<u8>>) -> Files {
    let mut files = base.files.clone();
    match content {
        Some(content) => files.insert(name.to_owned(), content),
        None => files.remove(name),
    };
    files
}

#[test]
fn logs_and_journals() {
    let mut tally = Tally::default();
    let (logged, current, hot) = (bases::with_log(), bases::current(50), bases::with_hot_journal());
    let log = logged.files["trop.db-wal"].clone();
    let journal = hot.files["trop.db-journal"].clone();
    let mut judge =
        |base: &Base, what: &str, files: Files| tally.judge(&format!("{}, {what}", base.name), &files);
    judge(&logged, "no log", with(&logged, "trop.db-wal", None));
    judge(&hot, "no journal", with(&hot, "trop.db-journal", None));
    judge(&current, "the log of another", with(&current, "trop.db-wal", Some(log.clone())));
    judge(&current, "the journal of another", with(&current, "trop.db-journal", Some(journal.clone())));
    judge(&logged, "the journal of another", with(&logged, "trop.db-journal", Some(journal.clone())));
    judge(
        &logged,
        "a database in its place",
        with(&logged, "trop.db-wal", Some(current.database().to_vec())),
    );
    for seed in seeds() {
        let mut random = Random::new(seed);
        for (base, name, good) in [(&logged, "trop.db-wal", &log), (&hot, "trop.db-journal", &journal)] {
            for number in 0..AT_RANDOM {
                let mut content = good.clone();
                match number % 4 {
                    0 => content.truncate(random.below(good.len())),
                    // The salt, what the header says of pages, and the checksums.
                    1 => content[random.below(32)] ^= 1 << random.below(8),
                    2 => {
                        let at = random.below(good.len());
                        content[at] ^= 1 << random.below(8);
                    }
                    _ => {
                        let length = random.below(9_000);
                        content = random.garbage(length);
                    }
                }
                judge(
                    base,
                    &format!("seed {seed}, number {number}, {name}"),
                    with(base, name, Some(content)),
                );
            }
            let garbage = random.garbage(32_768);
            judge(base, &format!("seed {seed}, index of the log"), with(base, "trop.db-shm", Some(garbage)));
        }
    }
    tally.conclude("beside the database");
}
