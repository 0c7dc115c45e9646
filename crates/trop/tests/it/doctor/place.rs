//! Where the reservations are kept: whose it is, who can use it, and on which disk.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

use camino::Utf8PathBuf;
use serde_json::json;

use trop_testkit::{need, skip_unless};

use super::{checks, doctor, only_problem, paste, require_health, reserved};
use crate::read_only::ReadOnly;
use crate::stage::Stage;
use crate::strace::under_strace;

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
    assert_eq!(check["details"], json!(exposed.map(Utf8PathBuf::into_string)));
    paste(&stage, &check);
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
    // What could not be carried out is not offered.
    fs::remove_dir(stage.directory("a")).unwrap();
    let commands = |check: &str| checks(&doctor(&stage).run())[check]["commands"].as_array().unwrap().len();
    {
        let _read_only = ReadOnly::new(&data);
        assert_eq!(commands("stale-reservations"), 0);
    }
    assert_eq!(commands("stale-reservations"), 1);
    let database = fs::read(data.join("trop.db")).unwrap();
    fs::write(data.join("trop.db"), "PORT=5000\n").unwrap();
    {
        let _read_only = ReadOnly::new(&data);
        assert_eq!(commands("database"), 0);
    }
    assert_eq!(commands("database"), 1);
    fs::write(data.join("trop.db"), database).unwrap();
    fs::set_permissions(data.join("trop.db"), Permissions::from_mode(0o000)).unwrap();
    let check = only_problem(doctor(&stage), "database");
    assert!(check["message"].as_str().unwrap().contains("cannot read"), "{check}");
    // Whether there are settings cannot be known either.
    fs::set_permissions(&data, Permissions::from_mode(0o000)).unwrap();
    let check = only_problem(doctor(&stage), "database");
    assert!(check["message"].as_str().unwrap().contains("cannot read"), "{check}");
    fs::set_permissions(&data, Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_data_directory_that_leads_round_in_a_circle_is_a_problem() {
    let stage = Stage::new();
    let round = stage.sandbox.root().join("round");
    symlink(&round, &round).unwrap();
    let trop = |arguments: &[&str]| {
        stage.trop(stage.directory("site"), arguments).env("TROP_DATA_DIR", round.as_str())
    };
    let checks = checks(&trop(&["doctor", "--format=json"]).run().expect(1));
    for concern in ["data-directory", "database"] {
        assert_eq!(checks[concern]["status"], "problem", "{checks:?}");
    }
    let _ = trop(&["list"]).run().expect(5);
}

#[test]
fn a_data_directory_of_another_user_is_a_problem() {
    skip_unless!(need::root());
    let stage = Stage::new();
    reserved(&stage, "a");
    let database = stage.data_directory().join("trop.db");
    fs::remove_dir(stage.directory("a")).unwrap();
    for of_another in [stage.data_directory(), database.clone()] {
        std::os::unix::fs::chown(&of_another, Some(4711), None).unwrap();
        let checks = checks(&doctor(&stage).run());
        let message = checks["data-directory"]["message"].as_str().unwrap();
        assert_eq!(message.ends_with("belongs to user 4711"), of_another != database, "{message}");
        assert_eq!(checks["stale-reservations"]["commands"], json!([]));
        std::os::unix::fs::chown(&of_another, Some(0), None).unwrap();
    }
    paste(&stage, &only_problem(doctor(&stage), "stale-reservations"));
}

/// What `doctor` says of it is what everybody else is told.
#[test]
fn what_is_in_the_way_of_the_data_directory_is_named() {
    let stage = Stage::new();
    let root = stage.sandbox.root();
    let (file, astray) = (root.join("file"), root.join("astray"));
    fs::write(&file, "").unwrap();
    symlink("missing", &astray).unwrap();
    for obstacle in [&file, &astray] {
        let is = if *obstacle == file { "is not a directory" } else { "is a link that leads nowhere" };
        let sentence = format!("{obstacle} {is}");
        for (data, message) in [
            (obstacle.clone(), sentence.clone()),
            (obstacle.join("data"), format!("{} cannot be made: {sentence}", obstacle.join("data"))),
        ] {
            let trop = |arguments: &[&str]| {
                stage.trop(stage.directory("site"), arguments).env("TROP_DATA_DIR", data.as_str())
            };
            let checks = checks(&trop(&["doctor", "--format=json"]).run());
            assert_eq!(checks["data-directory"]["message"], message);
            assert!(!checks["database"]["message"].as_str().unwrap().contains("makes it"), "{checks:?}");
            for arguments in [&["reserve"][..], &["exclude", "--global", "5"], &["init"]].into_iter() {
                for dry_run in [&[][..], &["--dry-run"]] {
                    let said = trop(&[arguments, dry_run].concat()).run().expect(5).stderr;
                    assert!(said.contains(&format!("cause: {sentence}\n")), "{arguments:?}: {said}");
                }
            }
        }
    }
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

/// One that nothing of trop is in may be anybody's, and one that others need stays open to them.
#[test]
fn a_directory_that_others_need_is_never_to_be_closed() {
    let stage = Stage::new();
    let data = stage.directory("common");
    let set_mode = |mode: u32| fs::set_permissions(&data, Permissions::from_mode(mode)).unwrap();
    set_mode(0o1777);
    let trop = |arguments: &[&str]| stage.trop(&data, arguments).env("TROP_DATA_DIR", data.as_str());
    let doctor = || trop(&["doctor", "--format=json"]);
    doctor().run().expect(0);
    trop(&["init"]).run().expect(0);
    let check = only_problem(doctor(), "permissions");
    assert_eq!((&check["details"], &check["commands"]), (&json!([data.as_str()]), &json!([])));
    assert!(check["remedy"].as_str().unwrap().starts_with("keep the reservations elsewhere"), "{check}");
    let database = data.join("trop.db");
    fs::set_permissions(&database, Permissions::from_mode(0o644)).unwrap();
    let check = only_problem(doctor(), "permissions");
    assert_eq!(check["commands"], json!([format!("chmod go= '{database}'")]));
    // Where others only look, its files are all that matters.
    set_mode(0o1755);
    let check = only_problem(doctor(), "permissions");
    assert_eq!(check["details"], json!([database.as_str()]));
}
