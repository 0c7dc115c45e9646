//! Processes that are killed. What they leave is the state before them or the state after them, and the next one goes on.

use std::collections::BTreeMap;
use std::process::Child;
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::{Invocation, Ran, need, skip_unless};

use crate::database::Database;
use crate::stage::{Stage, port};
use crate::strace::{died_inside_transaction, killed_at, under_strace};

/// What a run is about to do to the port of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Reserve,
    Overwrite { asked: u16 },
    Release,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Done, or killed when it had printed its port. Only a release prints none.
    Told(Option<u16>),
    /// Killed before it told anything: it may have happened or not.
    Killed,
}

/// Whether the port stored for one key can have come from the port before and these runs, which ran all at once.
fn is_explained(before: Option<u16>, runs: &[(Action, Ending)], after: Option<u16>) -> bool {
    let told_ports = || {
        runs.iter().filter_map(|(_, ending)| match ending {
            Ending::Told(port) => *port,
            Ending::Killed => None,
        })
    };
    if runs.iter().all(|(action, _)| *action == Action::Reserve) {
        let expected = before.or(told_ports().next());
        return told_ports().all(|told| Some(told) == expected) && (expected.is_none() || after == expected);
    }
    let some_released = runs.iter().any(|(action, _)| *action == Action::Release);
    let Some(stored) = after else {
        let was_never_there = before.is_none() && told_ports().next().is_none();
        return some_released || was_never_there;
    };
    // What certainly happened, and took away what was there before.
    let certainly_replaced =
        runs.iter().any(|(action, ending)| *action != Action::Reserve && *ending != Ending::Killed);
    let may_be_from = |(action, ending): &(Action, Ending)| match (action, ending) {
        (_, Ending::Told(told)) => *told == Some(stored),
        (Action::Overwrite { asked }, Ending::Killed) => *asked == stored,
        // Which port it took is not known, but it took none where one was.
        (Action::Reserve, Ending::Killed) => before.is_none() || some_released,
        (Action::Release, Ending::Killed) => false,
    };
    (before == Some(stored) && !certainly_replaced) || runs.iter().any(may_be_from)
}

#[test]
fn the_model_knows_what_cannot_be() {
    use Action::{Overwrite, Release, Reserve};
    use Ending::{Killed, Told};
    #[track_caller]
    fn check(before: Option<u16>, runs: &[(Action, Ending)], after: Option<u16>, expected: bool) {
        assert_eq!(is_explained(before, runs, after), expected);
    }
    let reserved = |port| (Reserve, Told(Some(port)));
    check(None, &[reserved(1)], Some(1), true);
    check(None, &[reserved(1)], Some(2), false);
    check(None, &[reserved(1)], None, false);
    check(None, &[reserved(1), reserved(2)], Some(1), false);
    check(Some(1), &[reserved(2)], Some(2), false);
    check(Some(1), &[(Reserve, Killed)], None, false);
    check(None, &[(Reserve, Killed)], None, true);
    check(None, &[(Reserve, Killed)], Some(7), true);
    check(Some(1), &[(Release, Told(None))], Some(1), false);
    check(Some(1), &[(Release, Told(None))], None, true);
    check(Some(1), &[(Release, Killed)], Some(1), true);
    check(Some(1), &[(Release, Killed)], Some(2), false);
    check(Some(1), &[(Release, Told(None)), reserved(2)], Some(2), true);
    check(Some(1), &[(Release, Told(None)), (Reserve, Killed)], Some(2), true);
    let moved = (Overwrite { asked: 9 }, Told(Some(9)));
    check(Some(1), &[moved], Some(9), true);
    check(Some(1), &[moved], Some(1), false);
    check(Some(1), &[moved], None, false);
    check(Some(1), &[(Overwrite { asked: 9 }, Killed)], Some(9), true);
    check(Some(1), &[(Overwrite { asked: 9 }, Killed)], Some(8), false);
}

/// How many runs there were, and how many of them were killed.
#[derive(Debug, Default)]
struct Counts {
    runs: usize,
    killed: usize,
    killed_inside_transaction: usize,
}

/// Numbers that look random and are the same every time (SplitMix64, by Steele, Lea and Flood, 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % limit
    }
}

/// Runs in one batch, all of them at once.
const BATCH: usize = 16;
/// The keys that all batches share.
const KEYS: usize = 5;
/// Ports for keys that are reserved, and beyond them those for `--overwrite --port`.
const RANGE: std::ops::RangeInclusive<u16> = 0..=49;

#[test]
fn processes_killed_at_any_moment_break_no_promise() {
    let stage = Stage::new();
    let database = Database::of(stage.data_directory());
    let directories: Vec<_> = (0..KEYS).map(|key| stage.directory(&format!("key-{key}"))).collect();
    let mut stored: BTreeMap<usize, u16> = BTreeMap::new();
    let mut numbers = Numbers(20_260_101);
    let mut counts = Counts::default();

    while counts.runs < 2_000 || counts.killed < 500 {
        // Every overwriting run asks for a port of its own that nobody has.
        let is_unused = |port: &u16| !stored.values().any(|stored| stored == port);
        let mut unused = (50..=99).map(|offset| stage.ports.port(offset)).filter(is_unused);
        // The one key that nobody gives back or moves in this batch: for that one the model is the strictest.
        let quiet = numbers.below(KEYS);
        let plans: Vec<_> = (0..BATCH)
            .map(|_| {
                let key = numbers.below(KEYS);
                let action = match numbers.below(8) {
                    0..=1 if key != quiet => Action::Release,
                    2..=3 if key != quiet => Action::Overwrite { asked: unused.next().unwrap() },
                    _ => Action::Reserve,
                };
                (key, action)
            })
            .collect();
        let invocations = plans.iter().map(|(key, action)| invocation(&stage, &directories[*key], *action));
        let endings = run_together_killing_some(invocations, &mut numbers);

        counts.runs += endings.len();
        counts.killed += endings.iter().filter(|(was_killed, _)| *was_killed).count();
        let after: BTreeMap<usize, u16> = database
            .valid_rows()
            .into_iter()
            .map(|row| {
                (directories.iter().position(|directory| row.path == directory.as_str()).unwrap(), row.port)
            })
            .collect();
        for key in 0..KEYS {
            let runs: Vec<(Action, Ending)> = plans
                .iter()
                .zip(&endings)
                .filter(|((of, _), _)| *of == key)
                .map(|((_, action), (_, ending))| (*action, *ending))
                .collect();
            let (before, after) = (stored.get(&key).copied(), after.get(&key).copied());
            assert!(is_explained(before, &runs, after), "{before:?} -> {runs:?} -> {after:?}");
        }
        stored = after;
    }
    println!("{counts:?}");
}

/// A run that does that. It does not probe: a process that is being killed may let go of the lock before its sockets.
fn invocation(stage: &Stage, directory: &Utf8Path, action: Action) -> Invocation {
    match action {
        Action::Reserve => stage.reserve(directory, RANGE, &["--skip-occupancy-check"]),
        Action::Overwrite { asked } => {
            let asked = format!("--port={asked}");
            stage.reserve(directory, RANGE, &["--skip-occupancy-check", "--overwrite", &asked])
        }
        Action::Release => stage.trop(directory, ["release"]),
    }
}

/// Starts one after the other. Each second one is killed when so and so many others have been started after it, or at the end.
/// The answer says of each whether it was killed indeed, and how it ended.
fn run_together_killing_some(
    invocations: impl Iterator<Item = Invocation>,
    numbers: &mut Numbers,
) -> Vec<(bool, Ending)> {
    let mut children: Vec<Child> = Vec::new();
    let mut victims: Vec<(usize, usize)> = Vec::new();
    for (started, mut invocation) in invocations.enumerate() {
        children.push(invocation.command.spawn().unwrap());
        if numbers.below(2) == 0 {
            victims.push((started + numbers.below(8), started));
        }
        for (_, victim) in victims.iter().filter(|(moment, _)| *moment == started) {
            children[*victim].kill().unwrap();
        }
        victims.retain(|(moment, _)| started < *moment);
    }
    for (_, victim) in victims {
        children[victim].kill().unwrap();
    }
    children
        .into_iter()
        .map(|child| ending(Ran::new("trop".to_owned(), child.wait_with_output().unwrap())))
        .collect()
}

#[track_caller]
fn ending(ran: Ran) -> (bool, Ending) {
    let was_killed = ran.code.is_none();
    let told = (!ran.stdout.is_empty()).then(|| port(&ran.stdout));
    if was_killed && told.is_none() {
        return (true, Ending::Killed);
    }
    if !was_killed {
        let _ = ran.expect(0);
    }
    (was_killed, Ending::Told(told))
}

/// The calls of a process that can be its last. Between two of them nothing of it is seen from outside but its shared memory.
const CALLS: &[&str] = &[
    "openat",
    "fcntl",
    "pread64",
    "pwrite64",
    "ftruncate",
    "socket",
    "setsockopt",
    "bind",
    "close",
    "munmap",
    "write",
];

/// One kind of command, to be killed at every call that it makes.
#[derive(Debug, Clone, Copy)]
enum Command {
    ReserveNew,
    ReserveStored,
    Overwrite,
    Release,
}

#[test]
fn a_process_killed_at_any_call_leaves_the_state_before_or_after_it() {
    skip_unless!(need::tool("strace"));
    let commands = [Command::ReserveNew, Command::ReserveStored, Command::Overwrite, Command::Release];
    let counts: Vec<Counts> = thread::scope(|scope| {
        let sweeps: Vec<_> = commands
            .into_iter()
            .flat_map(|command| [(command, false), (command, true)])
            .map(|(command, beside_another)| scope.spawn(move || kill_at_every_call(command, beside_another)))
            .collect();
        sweeps.into_iter().map(|sweep| sweep.join().unwrap()).collect()
    });
    let total = Counts {
        runs: counts.iter().map(|counts| counts.runs).sum(),
        killed: counts.iter().map(|counts| counts.killed).sum(),
        killed_inside_transaction: counts.iter().map(|counts| counts.killed_inside_transaction).sum(),
    };
    println!("{total:?}");
    assert!(100 <= total.killed_inside_transaction, "{total:?}");
}

/// The directory that the killed command is about, and another one that must not notice.
struct Scene {
    stage: Stage,
    directory: Utf8PathBuf,
    bystander: Utf8PathBuf,
    database: Database,
    log: Utf8PathBuf,
}

/// With `beside_another` the database is open elsewhere meanwhile; otherwise the next process has to recover the log.
fn kill_at_every_call(command: Command, beside_another: bool) -> Counts {
    let stage = Stage::new();
    let (directory, bystander) = (stage.directory("one"), stage.directory("bystander"));
    let (database, log) = (Database::of(stage.data_directory()), stage.sandbox.root().join("log"));
    let scene = Scene { stage, directory, bystander, database, log };
    scene.stage.reserved(&scene.bystander, RANGE);
    let _another = beside_another.then(|| scene.database.connection());
    let mut counts = Counts::default();
    for call in CALLS {
        for nth in 1.. {
            counts.runs += 1;
            let was_killed = scene.kill(command, &killed_at(call, nth));
            if !was_killed {
                break;
            }
            counts.killed += 1;
            let log = std::fs::read_to_string(&scene.log).unwrap();
            counts.killed_inside_transaction += usize::from(died_inside_transaction(&log));
        }
    }
    counts
}

impl Scene {
    /// Runs the command under strace with these options and judges what it leaves. Whether it was killed.
    fn kill(&self, command: Command, options: &[String]) -> bool {
        let before = self.prepare(command);
        let bystander_before = self.database.row(&self.bystander);
        let (action, invocation) = self.run(command, before);
        let ran = under_strace(invocation, &self.log, options).run();
        let what = format!("{command:?} {options:?}");
        let (was_killed, ending) = ending(ran);

        self.database.valid_rows();
        let after = self.database.row(&self.directory).map(|row| row.port);
        assert!(
            is_explained(before, &[(action, ending)], after),
            "{what}: {before:?}, {ending:?}, {after:?}"
        );
        assert_eq!(self.database.row(&self.bystander), bystander_before, "{what}");
        let next = self.stage.reserved(&self.directory, RANGE);
        assert!(after.is_none_or(|after| after == next), "{what}");
        was_killed
    }

    /// The state that the command needs to have something to do. The port that is stored then.
    fn prepare(&self, command: Command) -> Option<u16> {
        match command {
            Command::ReserveNew => {
                let _ = self.stage.trop(&self.directory, ["release"]).run().expect(0);
                None
            }
            Command::ReserveStored | Command::Overwrite | Command::Release => {
                let port = self.stage.reserved(&self.directory, RANGE);
                // Otherwise there may be nothing to write in this second.
                self.database.age(&self.directory, 60);
                Some(port)
            }
        }
    }

    fn run(&self, command: Command, before: Option<u16>) -> (Action, Invocation) {
        match command {
            Command::ReserveNew | Command::ReserveStored => {
                (Action::Reserve, self.stage.reserve(&self.directory, RANGE, &[]))
            }
            Command::Overwrite => {
                let choice = [60, 70].map(|offset| self.stage.ports.port(offset));
                let asked = if before == Some(choice[0]) { choice[1] } else { choice[0] };
                let port = format!("--port={asked}");
                (
                    Action::Overwrite { asked },
                    self.stage.reserve(&self.directory, RANGE, &["--overwrite", &port]),
                )
            }
            Command::Release => (Action::Release, self.stage.trop(&self.directory, ["release"])),
        }
    }
}

/// The calls by which a machine without a data directory gets one.
const SET_UP_CALLS: &[&str] =
    &["mkdir", "openat", "flock", "fcntl", "pwrite64", "ftruncate", "fdatasync", "unlink", "write"];

#[test]
fn a_process_killed_while_it_makes_the_database_is_in_nobodys_way() {
    skip_unless!(need::tool("strace"));
    let mut stage = Stage::new();
    let mut killed = 0;
    for call in SET_UP_CALLS {
        for nth in 1.. {
            stage.sandbox = Stage::sandbox();
            let directory = stage.directory("one");
            let log = stage.sandbox.root().join("log");
            let first = stage.reserve(&directory, RANGE, &[]);
            let (was_killed, ending) = ending(under_strace(first, &log, &killed_at(call, nth)).run());
            let next = port(&stage.reserve(&directory, RANGE, &[]).run().expect(0).stdout);
            assert!(matches!(ending, Ending::Killed) || ending == Ending::Told(Some(next)), "{call} {nth}");
            assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), 1, "{call} {nth}");
            if !was_killed {
                break;
            }
            killed += 1;
        }
    }
    println!("{killed} killed");
}
