//! `doctor`: what is wrong, and the commands that help. Nothing is ever written.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use trop_testkit::database::{Journal, Row, Version, write};
use trop_testkit::{Invocation, Ran, Varying, need, scrub, skip_unless, snapshot};

use crate::database::Database;
use crate::elsewhere::Listening;
use crate::list_live::scene::without_proc;
use crate::read_only::ReadOnly;
use crate::stage::Stage;
use crate::strace::under_strace;

const DAY: i64 = 86_400;

/// `trop doctor` far from everything that is reserved.
fn doctor(stage: &Stage) -> Invocation {
    stage.trop(stage.directory("site"), ["doctor", "--format=json"])
}

/// The checks by name, of a run that ended as it says itself.
#[track_caller]
fn checks(ran: &Ran) -> BTreeMap<String, Value> {
    let health: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    let healthy = health["healthy"].as_bool().unwrap();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(i32::from(!healthy)), ""));
    let checks: BTreeMap<String, Value> = health["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| (check["name"].as_str().unwrap().to_owned(), check.clone()))
        .collect();
    assert_eq!(checks.len(), 9);
    assert_eq!(healthy, checks.values().all(|check| check["status"] != "problem"));
    checks
}

/// The check of that name, which is the only problem.
#[track_caller]
fn only_problem(run: Invocation, name: &str) -> Value {
    let checks = checks(&run.run());
    let problems: Vec<&str> = checks
        .iter()
        .filter(|(_, check)| check["status"] == "problem")
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(problems, [name], "{checks:?}");
    checks[name].clone()
}

/// Runs the commands of a check in a shell far away, as somebody would who pastes them. Then all is well.
#[track_caller]
fn paste(stage: &Stage, check: &Value) {
    let commands = check["commands"].as_array().unwrap();
    assert!(!commands.is_empty(), "{check}");
    let trop = stage.trop("/", [""; 0]).command;
    let directory = Utf8Path::from_path(trop.get_program().as_ref()).unwrap().parent().unwrap().to_owned();
    for command in commands {
        let mut shell = Command::new("sh");
        shell.args(["-c", command.as_str().unwrap()]).current_dir("/").env_clear();
        shell.env("HOME", stage.sandbox.home()).env("PATH", format!("{directory}:/usr/bin:/bin"));
        let output = shell.output().unwrap();
        assert!(output.status.success(), "{command}: {output:?}");
    }
    require_health(stage);
}

#[track_caller]
fn require_health(stage: &Stage) {
    doctor(stage).run().expect(0);
}

/// A directory of that name with a port that no browser refuses.
fn reserved(stage: &Stage, name: &str) -> u16 {
    stage.reserved(stage.directory(name), 0..=99)
}

#[test]
fn a_machine_on_which_trop_never_ran_is_healthy() {
    let stage = Stage::new();
    require_health(&stage);
    assert!(!stage.data_directory().exists());
}

#[test]
fn health_is_a_snapshot_in_both_formats() {
    let stage = Stage::new();
    let port = reserved(&stage, "doomed");
    fs::remove_dir(stage.directory("doomed")).unwrap();
    fs::set_permissions(stage.data_directory(), Permissions::from_mode(0o755)).unwrap();
    let varying = [Varying::Sandbox(&stage.sandbox), Varying::Ports(&stage.ports)];
    for format in ["human", "json"] {
        let trop = stage.trop(stage.directory("site"), ["doctor", "--format", format]);
        let ran =
            trop.env("TROP_PORT_MIN", port.to_string()).env("TROP_PORT_MAX_OFFSET", "2").run().expect(1);
        assert_eq!(ran.stderr, "");
        let name = format!("cli/doctor-{format}");
        snapshot!(&name, scrub(&ran.stdout, &varying).replace(&of_connections(), "<ephemeral>"));
    }
}

/// From which ports this machine takes those of connections.
fn of_connections() -> String {
    let ends = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap();
    ends.split_whitespace().collect::<Vec<_>>().join("..")
}

#[test]
fn other_people_are_kept_out() {
    let stage = Stage::new();
    reserved(&stage, "a");
    let data = stage.data_directory();
    fs::write(data.join("config.yaml"), "").unwrap();
    let exposed = [data.clone(), data.join("trop.db"), data.join("config.yaml")];
    for path in &exposed {
        fs::set_permissions(path, Permissions::from_mode(0o775)).unwrap();
    }
    let check = only_problem(doctor(&stage), "permissions");
    assert_eq!(check["details"], serde_json::json!(exposed.map(Utf8PathBuf::into_string)));
    paste(&stage, &check);
}

#[test]
fn the_commands_keep_the_data_directory_that_was_named() {
    let stage = Stage::new();
    let data = stage.directory("it's mine");
    fs::set_permissions(&data, Permissions::from_mode(0o700)).unwrap();
    let gone = stage.directory("gone");
    let named = |arguments: &[&str]| {
        let mut trop = stage.trop(&gone, arguments);
        trop.command.arg("--data-dir=../it's mine");
        trop.env("TROP_SKIP_OCCUPANCY_CHECK", "1")
    };
    named(&["reserve"]).run().expect(0);
    Database::of(&data).age(&gone, 31 * DAY);
    let check = only_problem(named(&["doctor", "--format=json"]), "stale-reservations");
    paste(&stage, &check);
    assert_eq!(Database::of(&data).rows(), []);
}

#[test]
fn a_directory_that_this_user_may_not_write_is_a_problem() {
    let stage = Stage::of_ordinary_user();
    reserved(&stage, "a");
    let data = stage.data_directory();
    {
        let _read_only = ReadOnly::new(&data);
        let check = only_problem(doctor(&stage), "permissions");
        assert!(check["message"].as_str().unwrap().contains("cannot write"), "{check}");
    }
    require_health(&stage);
    fs::set_permissions(data.join("trop.db"), Permissions::from_mode(0o000)).unwrap();
    let check = only_problem(doctor(&stage), "database");
    assert!(check["message"].as_str().unwrap().contains("cannot read"), "{check}");
    // Whether there are settings cannot be known either.
    fs::set_permissions(&data, Permissions::from_mode(0o000)).unwrap();
    assert_eq!(doctor(&stage).run().expect(5).stdout, "");
    fs::set_permissions(&data, Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_data_directory_of_another_user_is_a_problem() {
    skip_unless!(need::root());
    let stage = Stage::new();
    reserved(&stage, "a");
    std::os::unix::fs::chown(stage.data_directory(), Some(4711), None).unwrap();
    let check = only_problem(doctor(&stage), "data-directory");
    assert!(check["message"].as_str().unwrap().ends_with("belongs to user 4711"), "{check}");
}

#[test]
fn something_in_the_place_of_the_data_directory_is_a_problem() {
    let stage = Stage::new();
    fs::write(stage.data_directory(), "").unwrap();
    let checks = checks(&doctor(&stage).run());
    assert_eq!(checks["data-directory"]["status"], "problem");
    fs::remove_file(stage.data_directory()).unwrap();
    require_health(&stage);
}

/// What statfs(2) answers begins with the number of the file system, and that of NFS is 0x6969.
#[test]
fn a_network_file_system_is_a_problem() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let log = stage.sandbox.root().join("log");
    let options = ["--trace=statfs", "--inject=statfs:poke_exit=@arg2=6969000000000000"].map(str::to_owned);
    let check = only_problem(under_strace(doctor(&stage), &log, &options), "file-system");
    assert!(check["message"].as_str().unwrap().contains("(nfs)"), "{check}");
}

#[test]
fn a_damaged_database_is_explained_and_is_no_failure() {
    let pages = [b"SQLite format 3\0".as_slice(), &[7; 5000]].concat();
    for content in ["PORT=5000\n".repeat(500).into_bytes(), pages] {
        let stage = Stage::new();
        let database = stage.directory("home/.trop").join("trop.db");
        fs::set_permissions(stage.data_directory(), Permissions::from_mode(0o700)).unwrap();
        fs::write(&database, content).unwrap();
        fs::set_permissions(&database, Permissions::from_mode(0o600)).unwrap();
        let check = only_problem(doctor(&stage), "database");
        let checks = checks(&doctor(&stage).run());
        for of_rows in ["range", "browser-ports", "stale-reservations", "served-elsewhere"] {
            assert_eq!(checks[of_rows]["status"], "unknown");
        }
        paste(&stage, &check);
    }
}

#[test]
fn values_that_cannot_be_are_listed() {
    let stage = Stage::new();
    reserved(&stage, "a");
    Database::of(stage.data_directory())
        .tamper("PRAGMA ignore_check_constraints = ON; UPDATE reservations SET port = 70000, task = ''");
    let check = only_problem(doctor(&stage), "database");
    assert_eq!(check["details"].as_array().unwrap().len(), 2, "{check}");
    paste(&stage, &check);
}

/// Rows that can still be read may not be all of them.
#[test]
fn nothing_is_said_of_rows_in_a_damaged_database() {
    let stage = Stage::new();
    reserved(&stage, "a");
    Database::of(stage.data_directory())
        .tamper("CREATE TRIGGER spy AFTER INSERT ON reservations BEGIN SELECT 1; END");
    let check = only_problem(doctor(&stage), "database");
    let checks = checks(&doctor(&stage).run());
    assert_eq!(checks["stale-reservations"]["message"], "what is reserved cannot be read");
    paste(&stage, &check);
}

#[test]
fn a_newer_database_and_a_foreign_one_are_problems_without_a_command() {
    for statement in ["PRAGMA user_version = 2", "PRAGMA application_id = 5"] {
        let stage = Stage::new();
        reserved(&stage, "a");
        Database::of(stage.data_directory()).tamper(statement);
        let check = only_problem(doctor(&stage), "database");
        assert_eq!(check["commands"], serde_json::json!([]), "{statement}");
    }
}

#[test]
fn an_older_database_will_be_adopted() {
    let stage = Stage::new();
    let database = stage.directory("home/.trop").join("trop.db");
    fs::set_permissions(stage.data_directory(), Permissions::from_mode(0o700)).unwrap();
    let older = |path: &str| {
        write(&database, Version::Layout2, &[Row::new(path, None, 5000)], Journal::Delete);
        fs::set_permissions(&database, Permissions::from_mode(0o600)).unwrap();
    };
    older(stage.directory("site").as_str());
    let before = fs::read(&database).unwrap();
    let ran = doctor(&stage).run();
    let message = checks(&ran)["database"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("older layout 2") && message.contains("will migrate it"), "{message}");
    assert_eq!(fs::read(&database).unwrap(), before);
    fs::remove_file(&database).unwrap();
    older("not/absolute");
    let check = only_problem(doctor(&stage), "database");
    assert_eq!(check["details"].as_array().unwrap().len(), 1, "{check}");
    paste(&stage, &check);
}

#[test]
fn a_full_range_is_a_problem_until_it_is_wider() {
    let stage = Stage::new();
    let ports: Vec<u16> = (0..9).map(|n| reserved(&stage, &format!("d{n}"))).collect();
    let (min, max) = (ports[0], ports[8]);
    let config = stage.data_directory().join("config.yaml");
    let set = |max: u16| {
        fs::write(&config, format!("ports: {{ min: {min}, max: {max} }}\n")).unwrap();
        fs::set_permissions(&config, Permissions::from_mode(0o600)).unwrap();
    };
    set(max);
    let check = only_problem(doctor(&stage), "range");
    assert!(check["remedy"].as_str().unwrap().contains(&format!("ports.max ({config}:1)")), "{check}");
    let figures = format!("of {} ports that can be handed out from {min}..{max}, 9 are", max - min + 1);
    assert!(check["message"].as_str().unwrap().starts_with(&figures), "{check}");
    set(max + 2);
    require_health(&stage);
    // By default there is another place for it.
    fs::remove_file(&config).unwrap();
    let built_in = only_problem(
        doctor(&stage).env("TROP_PORT_MIN", min.to_string()).env("TROP_PORT_MAX", max.to_string()),
        "range",
    );
    assert!(built_in["remedy"].as_str().unwrap().contains("ports.max (TROP_PORT_MAX)"), "{built_in}");
}

/// The same run in a network of its own, where the system takes ports from that range for connections.
fn with_ephemeral_ports(run: Invocation, range: &str) -> Invocation {
    let inner = run.command;
    let mut command = Command::new("unshare");
    let set = format!("echo '{range}' > /proc/sys/net/ipv4/ip_local_port_range && exec \"$0\" \"$@\"");
    command.args(["--net", "--map-root-user", "sh", "-c", &set]);
    command.env_clear().envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(inner.get_current_dir().unwrap());
    command.arg(inner.get_program()).args(inner.get_args());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Invocation { command }
}

#[test]
fn the_ports_of_connections_are_kept_apart() {
    skip_unless!(without_proc::need());
    let stage = Stage::new();
    let check = only_problem(with_ephemeral_ports(doctor(&stage), "6900 9000"), "ephemeral-ports");
    assert!(check["message"].as_str().unwrap().contains("101 of them"), "{check}");
    let config = stage.directory("home/.trop").join("config.yaml");
    assert!(check["remedy"].as_str().unwrap().contains(config.as_str()), "{check}");
    for helps in ["ports: { max: 6899 }\n", "excluded_ports: [6900..7000]\n"] {
        fs::write(&config, helps).unwrap();
        fs::set_permissions(&config, Permissions::from_mode(0o600)).unwrap();
        fs::set_permissions(stage.data_directory(), Permissions::from_mode(0o700)).unwrap();
        let _ = with_ephemeral_ports(doctor(&stage), "6900 9000").run().expect(0);
    }
}

#[test]
fn ports_that_browsers_refuse_are_given_back() {
    let stage = Stage::new();
    let (a, b) = (stage.directory("it's a"), stage.directory("b"));
    let reserve = |directory: &Utf8Path, port: &str, more: &[&str]| {
        let arguments = [&["reserve", "--skip-occupancy-check", "--port", port], more].concat();
        let _ = stage.trop(directory, arguments).run().expect(0);
    };
    reserve(&a, "6000", &["--tag=web"]);
    reserve(&b, "6667", &[]);
    reserve(&b, "6500", &["--tag=good"]);
    let check = only_problem(doctor(&stage), "browser-ports");
    assert_eq!(check["details"].as_array().unwrap().len(), 2);
    doctor(&stage).env("TROP_AVOID_BROWSER_BLOCKED_PORTS", "no").run().expect(0);
    paste(&stage, &check);
    let left = Database::of(stage.data_directory()).rows();
    assert_eq!(left.iter().map(|row| row.port).collect::<Vec<_>>(), [6500]);
}

#[test]
fn what_is_stale_is_removed_and_nothing_else() {
    /// Which of three directories are gone, and which were not used for long.
    #[track_caller]
    fn check(gone: &[&str], old: &[&str]) {
        let stage = Stage::new();
        for name in ["a", "b", "c"] {
            reserved(&stage, name);
        }
        for name in old {
            Database::of(stage.data_directory()).age(stage.directory(name), 31 * DAY);
        }
        for name in gone {
            fs::remove_dir(stage.directory(name)).unwrap();
        }
        let check = only_problem(doctor(&stage), "stale-reservations");
        assert_eq!(check["details"].as_array().unwrap().len(), 2, "{check}");
        doctor(&stage).env("TROP_EXPIRE_AFTER_DAYS", "32").run().expect(i32::from(!gone.is_empty()));
        paste(&stage, &check);
        let left = Database::of(stage.data_directory()).rows();
        assert_eq!(left.iter().map(|row| row.path.as_str()).collect::<Vec<_>>(), [stage.directory("c")]);
    }
    check(&["a", "b"], &[]);
    check(&[], &["a", "b"]);
    check(&["a"], &["b"]);
}

#[test]
fn what_may_be_there_is_kept_and_named() {
    let stage = Stage::of_ordinary_user();
    let outer = stage.directory("outer");
    reserved(&stage, "outer/inner");
    fs::set_permissions(&outer, Permissions::from_mode(0o000)).unwrap();
    let checks = checks(&doctor(&stage).run());
    fs::set_permissions(&outer, Permissions::from_mode(0o700)).unwrap();
    let stale = &checks["stale-reservations"];
    assert_eq!(stale["status"], "ok");
    assert!(stale["details"][0].as_str().unwrap().contains("kept, since it cannot be looked at"), "{stale}");
}

#[test]
fn a_port_that_is_served_from_elsewhere_is_given_back() {
    let stage = Stage::new();
    let (inside, stolen) = (reserved(&stage, "shop"), reserved(&stage, "shop-old"));
    let shop = stage.directory("shop/server");
    let _inside = Listening::named("inside", &shop, inside);
    let server = Listening::named("thief", &shop, stolen);
    let check = only_problem(doctor(&stage), "served-elsewhere");
    let expected = format!(
        "port {stolen}: {}: served by process {} (thief, ",
        stage.directory("shop-old"),
        server.process_id()
    );
    let [detail] = &check["details"].as_array().unwrap()[..] else { panic!("{check}") };
    let detail = detail.as_str().unwrap();
    assert!(detail.starts_with(&expected) && detail.ends_with(&format!(") in {shop}")), "{detail}");
    paste(&stage, &check);
    assert_eq!(Database::of(stage.data_directory()).rows().len(), 1);
}

#[test]
fn a_configuration_that_is_wrong_is_code_7() {
    let stage = Stage::new();
    fs::write(stage.directory("site").join("trop.yaml"), "colour: red\n").unwrap();
    assert_eq!(doctor(&stage).run().expect(7).stdout, "");
    assert_eq!(doctor(&stage).env("HOME", "").run().code, Some(3));
}

#[test]
fn it_works_where_nothing_can_be_known_or_written() {
    let stage = Stage::new();
    let port = reserved(&stage, "a");
    let writer = rusqlite::Connection::open(stage.data_directory().join("trop.db")).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    doctor(&stage).env("TROP_BUSY_TIMEOUT", "0").run().expect(0);
    writer.execute_batch("ROLLBACK").unwrap();
    drop(writer);
    skip_unless!(without_proc::need());
    let _server = Listening::on(port);
    let checks = checks(&without_proc::run(doctor(&stage)));
    for unknown in ["ephemeral-ports", "served-elsewhere"] {
        assert_eq!(checks[unknown]["status"], "unknown");
    }
}

#[test]
fn nothing_is_written() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let log = stage.sandbox.root().join("log");
    let writing = [
        "--trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,chmod,fchmod,fchmodat,ftruncate,pwrite64",
    ];
    for reserve in [false, true] {
        if reserve {
            reserved(&stage, "a");
        }
        under_strace(doctor(&stage), &log, &writing.map(str::to_owned)).run().expect(0);
        let log = fs::read_to_string(&log).unwrap();
        let home = stage.sandbox.home();
        let opens = |line: &str| line.contains("O_WRONLY") || line.contains("O_CREAT");
        let changes = |line: &str| !line.contains("open") || opens(line);
        let written: Vec<&str> = log
            .lines()
            .filter(|line| line.contains(home.as_str()) && changes(line))
            .filter(|line| !line.contains("-shm") && !line.contains("-wal"))
            .collect();
        assert_eq!(written, [""; 0]);
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let stage = Stage::new();
    for format in ["human", "json"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut trop = stage.trop(stage.directory("site"), ["doctor", "--format", format]);
        let output = trop.command.stdout(Stdio::from(writer)).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
}
