//! Reservations that have outlived their directory or their use, or whose ports others serve.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use trop_testkit::{need, skip_unless};

use super::{checks, doctor, only_problem, paste, reserved};
use crate::database::Database;
use crate::elsewhere::Listening;
use crate::stage::Stage;

const DAY: i64 = 86_400;

#[test]
fn the_commands_keep_the_data_directory_that_was_named() {
    let stage = Stage::new();
    let data = stage.directory("it's mine");
    fs::set_permissions(&data, Permissions::from_mode(0o700)).unwrap();
    let gone = stage.directory("gone");
    let named = |arguments: &[&str]| {
        let mut trop = stage.trop(&gone, arguments);
        trop.command.arg("--data-dir=../it's mine");
        let (min, max) = (stage.ports.port(0), stage.ports.port(99));
        trop.env("TROP_PORT_MIN", min.to_string()).env("TROP_PORT_MAX", max.to_string())
    };
    named(&["reserve"]).run().expect(0);
    Database::of(&data).age(&gone, 31 * DAY);
    let check = only_problem(named(&["doctor", "--format=json"]), "stale-reservations");
    paste(&stage, &check);
    assert_eq!(Database::of(&data).rows(), []);
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
fn who_cannot_be_seen_is_counted() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    let hidden = reserved(&stage, "shop");
    let _server = Listening::on(hidden);
    let served = &checks(&doctor(&stage).run())["served-elsewhere"];
    let message = "no reserved port is seen to be served from elsewhere; of 1 it cannot be seen from where it is served";
    assert_eq!((&served["status"], &served["message"]), (&json!("ok"), &json!(message)));
}
