//! What must hold of a damaged database, whatever the damage is.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OpenFlags};

use trop_model::{Change, Ledger, Port, PortRange, PortSet, RemovalReason, Reservation};
use trop_storage::{Found, Rows, StorageError, Verdict, WhenMissing};

use super::bases::{Files, directory, laid_out, tag};
use crate::scene::{Scene, key, path, port, put, row, time};

/// What was found in many damaged databases.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) databases: usize,
    /// Of them, those in which an examination found damage.
    pub(super) seen: usize,
    /// Of them, those in which the answer to every question could be given.
    pub(super) answered: usize,
    violations: Vec<String>,
}

impl Tally {
    /// Asks one damaged database everything.
    pub(super) fn judge(&mut self, label: &str, files: &Files) {
        let mut trial = Trial::new(files);
        trial.ask();
        trial.write();
        self.databases += 1;
        self.seen += usize::from(trial.examined.is_err());
        self.answered += usize::from(trial.is_answered);
        self.violations.extend(trial.violations.iter().map(|violation| format!("{label}: {violation}")));
    }

    #[expect(clippy::print_stdout, reason = "figures, for those who ask for them")]
    #[track_caller]
    pub(super) fn conclude(self, name: &str) {
        let Tally { databases, seen, answered, violations } = self;
        println!("{name}: {databases} databases, damage seen in {seen}, {answered} answered everything");
        let shown = violations.len().min(40);
        assert!(
            violations.is_empty(),
            "{} violations:\n{}",
            violations.len(),
            violations[..shown].join("\n")
        );
    }
}

/// A row as it is stored.
type Stored = [Value; 7];

/// One damaged database.
struct Trial<'f> {
    files: &'f Files,
    /// Where it is asked, which changes nothing.
    scene: Scene,
    /// The rows as a walk along the table meets them, without any code of trop. `None` where that has no end.
    table: Option<Vec<Stored>>,
    examined: Result<(), StorageError>,
    is_answered: bool,
    violations: Vec<String>,
}

impl Trial<'_> {
    fn new(files: &Files) -> Trial<'_> {
        let scene = laid_out(files);
        let examined = scene.store().examine().map(drop);
        let table = table(files);
        let mut trial = Trial { files, scene, table, examined, is_answered: true, violations: Vec::new() };
        if let Err(error) = &trial.examined {
            let problem = wrong_refusal(error).map(|why| format!("the examination ends with {why}"));
            trial.violations.extend(problem);
        }
        trial
    }

    /// Every question is answered as the table has it, or refused.
    fn ask(&mut self) {
        match self.scene.store().read(|rows| Ok::<_, StorageError>(answers(rows))) {
            Ok((answers, ports)) => {
                for answer in answers {
                    self.compare(answer);
                }
                self.compare_ports(ports);
            }
            Err(error) => self.refused("reading", &error),
        }
    }

    fn compare(&mut self, Answer { name, is_asked_for, found }: Answer) {
        let found = match found {
            Ok(found) => found,
            Err(error) => return self.refused(name, &error),
        };
        let Some(table) = &self.table else {
            // A row that is where it is looked for is there, whatever became of others.
            if name != "by key" || found.is_empty() {
                self.violate(name, "an answer from a table that cannot be read");
            }
            return;
        };
        let mut expected: Vec<_> = table.iter().filter(|row| is_asked_for(row)).cloned().collect();
        expected.sort_by_key(|row| [text(&row[0]).to_owned(), text(&row[1]).to_owned()]);
        let found: Vec<_> = found.iter().map(values).collect();
        // The same row may stand a second time where nobody looks for it.
        let is_hit = name == "by key" && found.first().is_some_and(|row| expected.contains(row));
        if found != expected && !is_hit {
            self.violate(name, &format!("{} rows instead of {}", found.len(), expected.len()));
        }
    }

    fn compare_ports(&mut self, found: Result<PortSet, StorageError>) {
        let found = match found {
            Ok(found) => found,
            Err(error) => return self.refused("ports", &error),
        };
        let stored = self.table.iter().flatten().filter_map(|row| match row[2] {
            Value::Integer(number) => Port::try_from(number).ok(),
            _ => None,
        });
        if found != stored.filter(|port| range().contains(*port)).collect() {
            self.violate("ports", "others than those of the table");
        }
    }

    /// What is written is there, and everything else as before; or nothing at all has changed.
    fn write(&mut self) {
        let [used, old] = [7, 49].map(|number| row(&directory(number), tag(number), 5000 + number));
        self.change("touch", &used, Change::Touch { row: used.clone(), last_used_at: time(9_999) });
        self.change("remove", &old, Change::Remove { row: old.clone(), reason: RemovalReason::Released });
        let new = row("/srv/worktrees/new", "", 6_999);
        self.change("put", &new, put(&new));
    }

    /// As a planner does: the key is asked for, and the change is made where it fits.
    fn change(&mut self, name: &str, row: &Reservation, change: Change) {
        let scene = laid_out(self.files);
        let mut store = scene.store();
        if matches!(store.open(), Ok(Found::Nothing)) {
            return;
        }
        let is_put = matches!(change, Change::Put { .. });
        let written = store.write(WhenMissing::Refuse, |rows| {
            let is_there = rows.by_key(&row.key)?.is_some();
            let is_free = !rows.ports_in(range())?.contains(row.port);
            let fits = if is_put { !is_there && is_free } else { is_there };
            Ok::<_, StorageError>(if fits {
                Verdict::Commit(vec![change.clone()], true)
            } else {
                Verdict::RollBack(false)
            })
        });
        drop(store);
        match written {
            Ok(false) => {}
            Ok(true) => self.require_written(name, &scene, row),
            Err(error) => {
                self.refused(name, &error);
                self.require_untouched(name, &scene);
            }
        }
    }

    fn require_written(&mut self, name: &str, scene: &Scene, row: &Reservation) {
        // Where damage was seen before, what is written into its neighbourhood may be lost with it.
        if self.examined.is_err() {
            return;
        }
        let found = scene.store().read(|rows| rows.by_key(&row.key));
        match (name, found) {
            ("remove", Ok(None)) | ("touch" | "put", Ok(Some(_))) => {}
            (_, found) => self.violate(name, &format!("afterwards there is {found:?}")),
        }
        if let Err(error) = scene.store().examine() {
            self.violate(name, &format!("a good database became a bad one: {error:?}"));
        }
    }

    /// The file is as it was, and so is its log. What somebody left half done is undone by whoever comes next.
    fn require_untouched(&mut self, name: &str, scene: &Scene) {
        if self.files.contains_key("trop.db-journal") {
            return;
        }
        let after = scene.files();
        for (file, before) in self.files {
            if after.get(file).is_none_or(|after| after.0 != *before) {
                self.violate(name, &format!("refused, and {file} has changed"));
            }
        }
    }

    /// A refusal says that the database is to blame, and whoever asks for an examination hears of it, too.
    fn refused(&mut self, name: &str, error: &StorageError) {
        self.is_answered = false;
        if let Some(why) = wrong_refusal(error) {
            self.violate(name, &why);
        }
        // Of a page without cells SQLite's check does not mind what kind it says it is; who writes to it does.
        let is_empty = self.table.as_ref().is_some_and(Vec::is_empty);
        if self.examined.is_ok() && !is_empty {
            self.violate(name, &format!("refused, and an examination finds nothing: {error:?}"));
        }
    }

    fn violate(&mut self, name: &str, what: &str) {
        self.violations.push(format!("{name}: {what}"));
    }
}

/// What was answered, and which rows of the table are the right answer.
struct Answer {
    name: &'static str,
    is_asked_for: Box<dyn Fn(&Stored) -> bool>,
    found: Result<Vec<Reservation>, StorageError>,
}

fn answers(rows: &Rows<'_>) -> (Vec<Answer>, Result<PortSet, StorageError>) {
    let tree = "/srv/worktrees";
    let is_below = |row: &Stored| {
        text(&row[0])
            .strip_prefix("/srv/worktrees")
            .is_some_and(|below| below.is_empty() || below.starts_with('/'))
    };
    let mut answers = vec![
        Answer { name: "all", is_asked_for: Box::new(|_| true), found: rows.all() },
        Answer { name: "under", is_asked_for: Box::new(is_below), found: rows.under(&path(tree)) },
    ];
    for number in [0, 1, 7, 49, 300, 1_999, 3_000] {
        let (directory, tag) = (directory(number), tag(number));
        let found = rows.by_key(&key(&directory, tag)).map(|row| row.into_iter().collect());
        let is_key = move |row: &Stored| {
            row[0] == Value::Text(directory.clone()) && row[1] == Value::Text(tag.to_owned())
        };
        answers.push(Answer { name: "by key", is_asked_for: Box::new(is_key), found });
        let number = 5000 + number;
        let found = rows.by_port(port(number)).map(|row| row.into_iter().collect());
        let is_port = move |row: &Stored| row[2] == Value::Integer(number.into());
        answers.push(Answer { name: "by port", is_asked_for: Box::new(is_port), found });
    }
    (answers, rows.ports_in(range()))
}

fn range() -> PortRange {
    PortRange::new(port(5000), port(7000)).unwrap()
}

/// Whether something else than the database is blamed.
fn wrong_refusal(error: &StorageError) -> Option<String> {
    let is_blamed = matches!(
        error,
        StorageError::Corrupt { .. }
            | StorageError::Damaged { .. }
            | StorageError::MarksDisagree { .. }
            | StorageError::Foreign { .. }
            | StorageError::Newer { .. }
            | StorageError::NotAdoptable { .. }
    );
    (!is_blamed).then(|| format!("{error:?}"))
}

fn table(files: &Files) -> Option<Vec<Stored>> {
    if files["trop.db"].is_empty() {
        // It is new.
        return Some(Vec::new());
    }
    // Who only reads is not told of constraints that make no sense.
    let flags = [OpenFlags::SQLITE_OPEN_READ_WRITE, OpenFlags::SQLITE_OPEN_READ_ONLY];
    flags.into_iter().find_map(|flags| table_as_read(&laid_out(files), flags))
}

fn table_as_read(scene: &Scene, flags: OpenFlags) -> Option<Vec<Stored>> {
    let raw = Connection::open_with_flags(scene.database(), flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).ok()?;
    let mut statement = raw
        .prepare("SELECT path, coalesce(tag, ''), port, project, task, created_at, last_used_at FROM reservations NOT INDEXED")
        .ok()?;
    let rows = statement.query_map([], |row| {
        let mut values = [const { Value::Null }; 7];
        for (index, value) in values.iter_mut().enumerate() {
            *value = match row.get_ref(index)? {
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                other => other.try_into().unwrap(),
            };
        }
        Ok(values)
    });
    rows.ok()?.collect::<Result<_, _>>().ok()
}

fn values(row: &Reservation) -> Stored {
    let text = |text: &str| Value::Text(text.to_owned());
    let label = |label: Option<String>| label.map_or(Value::Null, Value::Text);
    [
        text(row.key.path.as_str()),
        text(row.key.tag.as_ref().map_or("", |tag| tag.as_str())),
        Value::Integer(row.port.get().into()),
        label(row.project.as_ref().map(ToString::to_string)),
        label(row.task.as_ref().map(ToString::to_string)),
        Value::Integer(row.created_at.as_unix_seconds()),
        Value::Integer(row.last_used_at.as_unix_seconds()),
    ]
}

fn text(value: &Value) -> &str {
    if let Value::Text(text) = value { text } else { "" }
}
