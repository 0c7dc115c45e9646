//! When ports run out: the last resorts, what is cleaned up to make room, and what is not.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use camino::Utf8PathBuf;

use trop_testkit::{Invocation, Ran};

use crate::database::Database;
use crate::elsewhere::let_linger;
use crate::stage::{Stage, port};

const DAY: i64 = 86_400;

/// A stage with a range of two ports, both of them reserved: by `one` and by `two`.
struct Full {
    stage: Stage,
    one: Utf8PathBuf,
    two: Utf8PathBuf,
    newcomer: Utf8PathBuf,
    database: Database,
}

impl Full {
    fn new() -> Full {
        Full::on(Stage::new())
    }

    fn on(stage: Stage) -> Full {
        let [one, two, newcomer] = ["parent/one", "parent/two", "newcomer"].map(|name| stage.directory(name));
        let database = Database::of(stage.data_directory());
        let full = Full { stage, one, two, newcomer, database };
        assert_eq!(full.stage.reserved(&full.one, 0..=1), full.stage.ports.port(0));
        assert_eq!(full.stage.reserved(&full.two, 0..=1), full.stage.ports.port(1));
        full
    }

    /// A newcomer asks for a port, with these flags and this variable.
    fn ask(&self, more: &[&str], variable: (&str, &str)) -> Invocation {
        self.stage.reserve(&self.newcomer, 0..=1, more).env(variable.0, variable.1)
    }

    /// Requires that the newcomer gets no port and that nothing changes. What was said.
    #[track_caller]
    fn require_refused(&self, more: &[&str], variable: (&str, &str)) -> Ran {
        let before = self.database.rows();
        let refused = self.ask(more, variable).run().expect(8);
        assert_eq!((refused.stdout.as_str(), self.database.valid_rows()), ("", before));
        refused
    }

    /// Requires that the newcomer gets the port at that offset, and that its former owner is named.
    #[track_caller]
    fn require_handed_on(
        &self,
        more: &[&str],
        variable: (&str, &str),
        offset: u16,
        former: &Utf8PathBuf,
    ) -> Ran {
        let ran = self.ask(more, variable).run().expect(0);
        assert_eq!(port(&ran.stdout), self.stage.ports.port(offset));
        assert!(ran.stderr.contains(former.as_str()), "{}", ran.stderr);
        assert_eq!(self.database.row(former), None);
        assert_eq!(self.database.valid_rows().len(), 2);
        ran
    }
}

const NO_VARIABLE: (&str, &str) = ("TROP_NOT_A_SETTING_AT_ALL", "");

#[test]
fn a_full_range_is_told_in_numbers() {
    let full = Full::new();
    let _used = TcpListener::bind(("127.0.0.1", full.stage.ports.port(3))).unwrap();
    let exclusions = full.stage.ports.port(2).to_string();
    let before = full.database.rows();
    let ask = full.stage.reserve(&full.newcomer, 0..=3, &[]).env("TROP_EXCLUDED_PORTS", exclusions);
    let refused = ask.run().expect(8);
    let range = format!("{}..{}", full.stage.ports.port(0), full.stage.ports.port(3));
    for words in [range.as_str(), "4 ports", "2 are reserved", "1 excluded", "1 in use", "trop list", "--max"]
    {
        assert!(refused.stderr.contains(words), "no {words:?} in {}", refused.stderr);
    }
    assert_eq!((refused.stdout.as_str(), full.database.valid_rows()), ("", before));
}

#[test]
fn the_port_of_a_directory_that_is_gone_is_handed_on_aloud() {
    let full = Full::new();
    fs::remove_dir(&full.two).unwrap();
    full.require_refused(&["--disable-autoprune"], NO_VARIABLE);
    full.require_refused(&["--disable-autoclean"], NO_VARIABLE);
    full.require_refused(&[], ("TROP_DISABLE_AUTOPRUNE", "true"));
    full.require_handed_on(&["--disable-autoexpire"], NO_VARIABLE, 1, &full.two);
    full.require_refused(&["--tag=another"], NO_VARIABLE);
}

#[test]
fn a_file_where_the_directory_was_means_that_it_is_gone() {
    let full = Full::new();
    fs::remove_dir(&full.one).unwrap();
    fs::write(&full.one, "").unwrap();
    full.require_handed_on(&[], NO_VARIABLE, 0, &full.one);
}

#[test]
fn nothing_is_cleaned_up_while_there_is_room() {
    let full = Full::new();
    fs::remove_dir(&full.one).unwrap();
    let ran = full.stage.reserve(&full.newcomer, 0..=2, &[]).run().expect(0);
    assert_eq!((port(&ran.stdout), ran.stderr.as_str()), (full.stage.ports.port(2), ""));
    assert_eq!(full.database.valid_rows().len(), 3);
}

#[test]
fn a_strict_port_cleans_nothing_up() {
    let full = Full::new();
    fs::remove_dir(&full.one).unwrap();
    let taken = format!("--port={}", full.stage.ports.port(0));
    let refused = full.require_refused(&["--strict-port", &taken], NO_VARIABLE);
    assert!(refused.stderr.contains(full.one.as_str()), "{}", refused.stderr);
    let used = TcpListener::bind(("127.0.0.1", full.stage.ports.port(9))).unwrap();
    full.require_refused(&["--strict-port", &format!("--port={}", full.stage.ports.port(9))], NO_VARIABLE);
    drop(used);
    let free = format!("--port={}", full.stage.ports.port(8));
    let ran = full.ask(&["--strict-port", &free], NO_VARIABLE).run().expect(0);
    assert_eq!(port(&ran.stdout), full.stage.ports.port(8));
    assert!(full.database.row(&full.one).is_some());
}

#[test]
fn a_preferred_port_that_the_clean_up_frees_is_not_called_unavailable() {
    let full = Full::new();
    fs::remove_dir(&full.one).unwrap();
    let preferred = format!("--port={}", full.stage.ports.port(0));
    let ran = full.require_handed_on(&[&preferred], NO_VARIABLE, 0, &full.one);
    assert!(!ran.stderr.contains("instead"), "{}", ran.stderr);
}

#[test]
fn what_was_not_used_for_long_expires() {
    let full = Full::new();
    full.database.age(&full.one, 30 * DAY - 3600);
    full.database.age(&full.two, 30 * DAY - 3600);
    full.require_refused(&[], NO_VARIABLE);

    full.database.age(&full.two, 30 * DAY + 3600);
    full.require_refused(&["--disable-autoexpire"], NO_VARIABLE);
    full.require_refused(&["--disable-autoclean"], NO_VARIABLE);
    full.require_refused(&[], ("TROP_DISABLE_AUTOEXPIRE", "true"));
    full.require_refused(&[], ("TROP_EXPIRE_AFTER_DAYS", "31"));
    full.require_handed_on(&["--disable-autoprune"], NO_VARIABLE, 1, &full.two);
}

#[test]
fn how_long_is_a_setting() {
    let full = Full::new();
    full.database.age(&full.one, 10 * DAY + 3600);
    full.require_refused(&[], ("TROP_EXPIRE_AFTER_DAYS", "11"));
    full.require_handed_on(&[], ("TROP_EXPIRE_AFTER_DAYS", "10"), 0, &full.one);
}

#[test]
fn what_is_used_does_not_expire() {
    let full = Full::new();
    full.database.age(&full.one, 100 * DAY);
    assert_eq!(full.stage.reserved(&full.one, 0..=1), full.stage.ports.port(0));
    full.require_refused(&[], NO_VARIABLE);
}

#[test]
fn a_clean_up_spares_the_key_that_is_allocated_afresh() {
    let full = Full::new();
    full.database.age(&full.two, 100 * DAY);
    let refused = format!("--port={}", full.stage.ports.port(0));
    // Its own port, excluded now, is no longer a candidate, and nothing else is there.
    let before = full.database.rows();
    let run = full.stage.reserve(&full.two, 0..=1, &["--overwrite", &refused]);
    let ran = run.env("TROP_EXCLUDED_PORTS", full.stage.ports.port(1).to_string()).run().expect(8);
    assert_eq!((ran.stdout.as_str(), full.database.valid_rows()), ("", before));
}

#[test]
fn directories_that_are_out_of_sight_keep_their_ports() {
    let full = Full::on(Stage::of_ordinary_user());
    let parent = full.one.parent().unwrap();
    let set_mode = |mode| fs::set_permissions(parent, fs::Permissions::from_mode(mode)).unwrap();
    set_mode(0o000);
    let refused = full.require_refused(&[], NO_VARIABLE);
    set_mode(0o755);
    for kept in [&full.one, &full.two] {
        assert!(refused.stderr.contains(kept.as_str()), "nothing of {kept} in {}", refused.stderr);
    }
}

#[test]
fn a_directory_out_of_sight_keeps_its_port_with_a_warning_while_another_goes() {
    let stage = Stage::of_ordinary_user();
    let [hidden, gone] = ["parent/hidden", "gone"].map(|name| stage.directory(name));
    let newcomer = stage.directory("newcomer");
    stage.reserved(&hidden, 0..=1);
    stage.reserved(&gone, 0..=1);
    fs::remove_dir(&gone).unwrap();
    let parent = hidden.parent().unwrap();
    fs::set_permissions(parent, fs::Permissions::from_mode(0o000)).unwrap();
    let ran = stage.reserve(&newcomer, 0..=1, &[]).run().expect(0);
    fs::set_permissions(parent, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(port(&ran.stdout), stage.ports.port(1));
    let warnings: Vec<&str> = ran.stderr.lines().filter(|line| line.starts_with("warning: ")).collect();
    let [warning] = warnings.as_slice() else { panic!("{}", ran.stderr) };
    assert!(warning.contains(hidden.as_str()), "{warning}");
}

#[test]
fn a_disk_that_may_not_be_mounted_keeps_its_ports() {
    #[track_caller]
    fn check(missing: &str) {
        let stage = Stage::new();
        let directory = stage.directory("a");
        let path = format!("--path={missing}");
        let far = stage.reserve(&directory, 0..=0, &[&path, "--allow-unrelated-path"]).run().expect(0);
        assert_eq!(port(&far.stdout), stage.ports.first());
        assert!(far.stderr.contains("does not exist"), "{}", far.stderr);
        let before = Database::of(stage.data_directory()).rows();
        let refused = stage.reserve(&directory, 0..=0, &[]).run().expect(8);
        assert_eq!(Database::of(stage.data_directory()).valid_rows(), before);
        assert!(refused.stderr.contains(missing), "{}", refused.stderr);
    }
    check("/trop-no-such-disk/project");
    check("/home/trop-no-such-user/project");
    check("/mnt/trop-no-such-disk/project");
}

#[test]
fn ports_that_browsers_refuse_come_last() {
    #[track_caller]
    fn check(stage: &Stage, name: &str, variable: (&str, &str), expected: u16, warning: &str) {
        // Fixed ports, which anybody may have in use: so they are not probed.
        let range = ["reserve", "--min=5059", "--max=5061", "--skip-occupancy-check"];
        let run = stage.trop(stage.directory(name), range).env(variable.0, variable.1);
        let ran = run.run().expect(0);
        assert_eq!(port(&ran.stdout), expected);
        assert_eq!(ran.stderr.is_empty(), warning.is_empty(), "{}", ran.stderr);
        assert!(ran.stderr.contains(warning), "{}", ran.stderr);
    }
    let stage = Stage::new();
    check(&stage, "a", NO_VARIABLE, 5059, "");
    check(
        &stage,
        "b",
        NO_VARIABLE,
        5060,
        "warning: no better port was left than 5060, which web browsers refuse",
    );
    check(&stage, "c", ("TROP_AVOID_BROWSER_BLOCKED_PORTS", "false"), 5061, "");
    // The clean-up comes before the last resort.
    let _ = stage.trop(stage.directory("b"), ["release"]).run().expect(0);
    fs::remove_dir(stage.directory("a")).unwrap();
    check(&stage, "d", NO_VARIABLE, 5059, "removed the reservation of port 5059");

    let stage = Stage::new();
    check(&stage, "a", ("TROP_EXCLUDED_PORTS", "5059"), 5060, "refuse to open");
    check(&stage, "b", ("TROP_AVOID_BROWSER_BLOCKED_PORTS", "true"), 5059, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_port_on_which_a_closed_connection_lingers_comes_last_unless_it_is_preferred() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let lingering = stage.ports.port(0);
    let_linger(lingering);
    assert_eq!(stage.reserved(&directory, 0..=1), stage.ports.port(1));

    let last_resort = stage.reserve(stage.directory("b"), 0..=1, &[]).run().expect(0);
    assert_eq!(port(&last_resort.stdout), lingering);
    assert!(last_resort.stderr.contains("lingers"), "{}", last_resort.stderr);
    let _ = stage.trop(stage.directory("b"), ["release"]).run().expect(0);

    let preferred = format!("--port={lingering}");
    let asked_for =
        stage.reserve(stage.directory("c"), 0..=9, &[&preferred, "--strict-port"]).run().expect(0);
    assert_eq!((port(&asked_for.stdout), asked_for.stderr.as_str()), (lingering, ""));
}
