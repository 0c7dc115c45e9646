//! Traps that another user put where everybody can.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, lchown, symlink};

use camino::Utf8PathBuf;
use trop_testkit::{Ran, need, skip_unless};

use crate::stage::Stage;
use crate::tree::tree;

/// Neither root nor the user of [`Stage::of_ordinary_user`].
const SOMEBODY_ELSE: u32 = 12_345;

/// The directory `shared`, root's and of that mode, and in it a link of that owner to `target` in the home of the victim.
fn planted(stage: &Stage, mode: u32, owner: u32, name: &str, target: &str) -> Utf8PathBuf {
    let shared = stage.directory("shared");
    let root = Some(0);
    chown(&shared, root, root).unwrap();
    let link = shared.join(name);
    symlink(stage.sandbox.home().join(target), &link).unwrap();
    lchown(&link, Some(owner), Some(owner)).unwrap();
    fs::set_permissions(&shared, Permissions::from_mode(mode)).unwrap();
    link
}

/// Every way to something that is made or changed: the name of the link, and the words of a command that meets it in `shared`.
const WAYS: [(&str, &str); 12] = [
    ("data", "reserve --skip-occupancy-check --data-dir=data"),
    ("data", "reserve --skip-occupancy-check --dry-run --data-dir=data"),
    ("data", "reserve --skip-occupancy-check --data-dir=data/below"),
    ("data", "init --data-dir=data"),
    ("data", "exclude 5900 --global --data-dir=data"),
    ("trop.db", "reserve --skip-occupancy-check --data-dir=."),
    ("trop.db", "reserve --skip-occupancy-check --dry-run --data-dir=."),
    ("trop.lock", "reserve --skip-occupancy-check --data-dir=."),
    ("config.yaml", "exclude 5900 --global --data-dir=."),
    ("config.yaml", "exclude 5900 --global --dry-run --data-dir=."),
    (".env", "autoreserve --skip-occupancy-check --write=.env"),
    (".env", "autoreserve --skip-occupancy-check --dry-run --write=.env"),
];

/// Runs it in `shared`, where it finds a tropfile with one service.
fn run(stage: &Stage, words: &str) -> Ran {
    let shared = stage.directory("shared");
    let [min, max] = [0, 9].map(|offset| stage.ports.port(offset));
    let group = "reservations: {services: {web: {}}}";
    fs::write(shared.join("trop.yaml"), format!("ports: {{min: {min}, max: {max}}}\n{group}\n")).unwrap();
    stage.trop(&shared, words.split(' ')).run()
}

#[test]
fn a_link_of_another_user_is_not_followed_where_everybody_can_make_one() {
    skip_unless!(need::root());
    for mode in [0o1777, 0o777] {
        for (name, words) in WAYS {
            for target in ["", "nothing-yet"] {
                // A link to a directory in the place of a file is no trap.
                if target.is_empty() && name != "data" {
                    continue;
                }
                let stage = Stage::of_ordinary_user();
                let link = planted(&stage, mode, SOMEBODY_ELSE, name, target);
                let refused = run(&stage, words).expect(5);
                assert_eq!(refused.stdout, "");
                assert!(refused.stderr.contains(link.file_name().unwrap()), "{}", refused.stderr);
                // Ports are reserved before they are written into a file.
                let mut made = tree(stage.sandbox.home());
                made.retain(|path, _| !path.starts_with(stage.data_directory()));
                assert!(made.is_empty(), "{words}: {made:?}");
            }
        }
    }
}

#[test]
fn a_file_behind_a_link_of_another_user_keeps_what_it_says() {
    skip_unless!(need::root());
    for (name, words) in [("config.yaml", "exclude 5900 --global --data-dir=."), (".env", WAYS[10].1)] {
        let stage = Stage::of_ordinary_user();
        let secret = stage.sandbox.home().join("secret");
        fs::write(&secret, "# mine\n").unwrap();
        stage.give_to_user(&secret);
        planted(&stage, 0o1777, SOMEBODY_ELSE, name, "secret");
        let _ = run(&stage, words).expect(5);
        assert_eq!(fs::read_to_string(secret).unwrap(), "# mine\n");
    }
}

/// The user's own links, those of root, and those of whom the directory belongs to.
#[test]
fn other_links_are_followed() {
    skip_unless!(need::root());
    for (mode, is_own) in [(0o1777, true), (0o777, true), (0o1777, false)] {
        for (name, words) in WAYS {
            let stage = Stage::of_ordinary_user();
            let owner = if is_own { stage.user() } else { 0 };
            let target = if name == "data" { "" } else { "something" };
            if name == "config.yaml" {
                let something = stage.sandbox.home().join(target);
                fs::write(&something, "").unwrap();
                stage.give_to_user(&something);
            }
            planted(&stage, mode, owner, name, target);
            let _ = run(&stage, words).expect(0);
        }
    }
}

/// What is planted in a project is its tropfile, which has to be found by everybody who may read it.
#[test]
fn a_tropfile_behind_a_link_is_not_changed_where_everybody_can_make_one() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    let link = planted(&stage, 0o1777, SOMEBODY_ELSE, "trop.local.yaml", "mine.yaml");
    let mine = stage.sandbox.home().join("mine.yaml");
    fs::write(&mine, "excluded_ports: [5001]\n").unwrap();
    stage.give_to_user(&mine);
    let refused = stage.trop(stage.directory("shared"), ["exclude", "5900"]).run().expect(5);
    assert!(refused.stderr.contains(link.file_name().unwrap()), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(mine).unwrap(), "excluded_ports: [5001]\n");
}

/// With a second name of a file one cannot make trop write into it: it is replaced under the one that was named.
#[test]
fn a_hard_link_gets_a_file_of_its_own() {
    let stage = Stage::new();
    let named = stage.directory("shared").join(".env");
    let mine = stage.sandbox.home().join("mine");
    fs::write(&mine, "# mine\n").unwrap();
    fs::hard_link(&mine, &named).unwrap();
    let _ = run(&stage, "autoreserve --skip-occupancy-check --write=.env").expect(0);
    assert_eq!(fs::read_to_string(mine).unwrap(), "# mine\n");
    assert!(fs::read_to_string(named).unwrap().contains(&format!("WEB={}", stage.ports.first())));
}
