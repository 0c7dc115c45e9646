//! `exclude` and `compact-exclusions`: one list in one file, and not a byte beside it.

mod answers;
mod killed;
mod refused;
mod together;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::Ran;

use crate::stage::{Stage, port};
use crate::tree::tree;

/// A directory with a `trop.yaml` that says this.
fn project(stage: &Stage, name: &str, text: &str) -> Utf8PathBuf {
    let directory = stage.directory(name);
    fs::write(directory.join("trop.yaml"), text).unwrap();
    directory
}

/// Runs it there. Nothing is ever printed.
#[track_caller]
fn run(stage: &Stage, directory: impl AsRef<Utf8Path>, arguments: &[&str], code: i32) -> Ran {
    let ran = stage.trop(directory, arguments).run().expect(code);
    assert_eq!(ran.stdout, "");
    ran
}

#[track_caller]
fn require_content(file: impl AsRef<Utf8Path>, expected: &str) {
    assert_eq!(String::from_utf8_lossy(&fs::read(file.as_ref()).unwrap()), expected);
}

#[test]
fn what_is_excluded_is_never_handed_out() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "# mine\n");
    let first = stage.ports.first().to_string();
    let said = run(&stage, &shop, &["exclude", &first], 0).stderr;
    assert_eq!(said, format!("note: added {first} to the ports that {shop}/trop.yaml excludes\n"));
    require_content(shop.join("trop.yaml"), &format!("# mine\nexcluded_ports: [{first}]\n"));
    assert!(!stage.data_directory().exists());

    let range = format!("{}..{}", stage.ports.port(1), stage.ports.port(3));
    run(&stage, stage.directory("shop/web/deep"), &["exclude", &range], 0);
    require_content(shop.join("trop.yaml"), &format!("# mine\nexcluded_ports: [{first}, {range}]\n"));
    assert_eq!(stage.reserved(&shop, 0..=9), stage.ports.port(4));
    assert_eq!(stage.reserved(stage.directory("elsewhere"), 0..=9), stage.ports.first());
}

#[test]
fn the_private_file_is_the_one_where_there_is_one() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "excluded_ports: [1]\n");
    fs::write(shop.join("trop.local.yaml"), "").unwrap();
    run(&stage, &shop, &["exclude", "2"], 0);
    require_content(shop.join("trop.local.yaml"), "excluded_ports: [2]\n");
    require_content(shop.join("trop.yaml"), "excluded_ports: [1]\n");

    // What another file excludes is no reason to leave it out of this one.
    run(&stage, &shop, &["exclude", "1"], 0);
    require_content(shop.join("trop.local.yaml"), "excluded_ports: [2, 1]\n");
    fs::remove_file(shop.join("trop.yaml")).unwrap();
    run(&stage, &shop, &["exclude", "3"], 0);
    require_content(shop.join("trop.local.yaml"), "excluded_ports: [2, 1, 3]\n");
    assert_eq!(fs::read_dir(&shop).unwrap().count(), 1);
}

#[test]
fn values_of_other_layers_stay_out_of_the_file() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "project: shop\n");
    fs::write(stage.directory("home/.trop").join("config.yaml"), "excluded_ports: [10..20]\n").unwrap();
    let exclude = stage.trop(&shop, ["exclude", "11"]);
    exclude.env("TROP_EXCLUDED_PORTS", "30,31").env("TROP_PORT_MIN", "6000").run().expect(0);
    require_content(shop.join("trop.yaml"), "project: shop\nexcluded_ports: [11]\n");
}

#[test]
fn everywhere_means_the_file_of_the_data_directory_which_is_made() {
    let stage = Stage::new();
    let config = stage.data_directory().join("config.yaml");
    let first = stage.ports.first().to_string();
    let here = project(&stage, "shop", "project: shop\n");
    let said = run(&stage, &here, &["exclude", &first, "--global"], 0).stderr;
    assert_eq!(said, format!("note: made {config}, which excludes {first}\n"));
    require_content(&config, &format!("excluded_ports: [{first}]\n"));
    require_content(here.join("trop.yaml"), "project: shop\n");
    let mode = |path: &Utf8Path| fs::metadata(path).unwrap().mode() & 0o7777;
    assert_eq!((mode(&config), mode(&stage.data_directory())), (0o600, 0o700));
    assert_eq!(fs::read_dir(stage.data_directory()).unwrap().count(), 1);
    assert_eq!(stage.reserved(stage.directory("elsewhere"), 0..=9), stage.ports.port(1));

    fs::write(&config, "# mine\n\nexcluded_ports: # why\n- 1 # one\n").unwrap();
    fs::set_permissions(&config, Permissions::from_mode(0o640)).unwrap();
    run(&stage, stage.sandbox.home(), &["exclude", "2..3", "--global"], 0);
    require_content(&config, "# mine\n\nexcluded_ports: # why\n- 1 # one\n- 2..3\n");
    assert_eq!(mode(&config), 0o640);

    let elsewhere = stage.sandbox.root().join("else/where");
    run(&stage, stage.sandbox.home(), &["exclude", "2", "--global", "--data-dir", elsewhere.as_str()], 0);
    require_content(elsewhere.join("config.yaml"), "excluded_ports: [2]\n");
}

#[test]
fn what_is_excluded_already_changes_no_byte_and_no_time() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "excluded_ports: [ 5000..5010 ]\r\n");
    for more in [&[] as &[&str], &["--dry-run"]] {
        let before = (tree(stage.sandbox.root()), fs::metadata(shop.join("trop.yaml")).unwrap().ino());
        let said = run(&stage, &shop, &[&["exclude", "5001..5010"], more].concat(), 0).stderr;
        assert!(said.starts_with(&format!("note: {shop}/trop.yaml excludes 5001..5010 already\n")), "{said}");
        let after = (tree(stage.sandbox.root()), fs::metadata(shop.join("trop.yaml")).unwrap().ino());
        assert_eq!(before, after);
    }
}

/// The table of all shapes is in trop-config; these are those of which a process could spoil something.
#[test]
fn bytes_that_are_no_part_of_the_list_stay() {
    for (text, excluded, compact) in [
        (
            "\u{feff}# ä\r\nexcluded_ports:\r\n  - 1 # a\r\n  - 2 # b\r\n",
            "\u{feff}# ä\r\nexcluded_ports:\r\n  - 1 # a\r\n  - 2 # b\r\n  - 7000\r\n",
            "\u{feff}# ä\r\nexcluded_ports:\r\n  - 1..2 # a\r\n  # b\r\n  - 7000\r\n",
        ),
        ("excluded_ports: [1, 2]", "excluded_ports: [1, 2, 7000]", "excluded_ports: [1..2, 7000]"),
        (
            "excluded_ports: [\n  1, # a\n  2 # b\n]\n",
            "excluded_ports: [\n  1, # a\n  2, # b\n  7000\n]\n",
            "excluded_ports: [\n  1..2, # a\n  # b\n  7000\n]\n",
        ),
        ("# only", "# only\nexcluded_ports: [7000]", "# only\nexcluded_ports: [7000]"),
        (
            "---\nproject: x\n...\n",
            "---\nproject: x\nexcluded_ports: [7000]\n...\n",
            "---\nproject: x\nexcluded_ports: [7000]\n...\n",
        ),
    ] {
        let stage = Stage::new();
        let shop = project(&stage, "shop", text);
        run(&stage, &shop, &["exclude", "7000"], 0);
        require_content(shop.join("trop.yaml"), excluded);
        run(&stage, &shop, &["compact-exclusions", "trop.yaml"], 0);
        require_content(shop.join("trop.yaml"), compact);
        let before = tree(&shop);
        let said = run(&stage, &shop, &["compact-exclusions", "trop.yaml"], 0).stderr;
        assert_eq!(said, format!("note: in {shop}/trop.yaml there is nothing to merge\n"));
        assert_eq!(tree(&shop), before);
    }
}

#[test]
fn links_and_modes_stay() {
    let stage = Stage::new();
    let shop = stage.directory("shop");
    let real = stage.directory("dotfiles").join("shop.yaml");
    fs::write(&real, "excluded_ports: [1]\n").unwrap();
    fs::set_permissions(&real, Permissions::from_mode(0o604)).unwrap();
    symlink("../dotfiles/shop.yaml", shop.join("trop.yaml")).unwrap();
    run(&stage, &shop, &["exclude", "2"], 0);
    run(&stage, &shop, &["compact-exclusions", "./trop.yaml"], 0);
    require_content(&real, "excluded_ports: [1..2]\n");
    assert_eq!(shop.join("trop.yaml").read_link_utf8().unwrap(), "../dotfiles/shop.yaml");
    assert_eq!(fs::metadata(&real).unwrap().mode() & 0o7777, 0o604);
    assert_eq!(fs::read_dir(stage.directory("dotfiles")).unwrap().count(), 1);
}

#[test]
fn compact_exclusions_reads_nothing_but_the_file() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "{ no: [configuration\n");
    fs::write(stage.directory("home/.trop").join("config.yaml"), "project: not here\n").unwrap();
    fs::write(stage.data_directory().join("trop.db"), "no database").unwrap();
    let other = shop.join("other.conf");
    fs::write(&other, "project: shop\nexcluded_ports: [1, 2, 4]\n").unwrap();
    let compact = |file: &str| {
        let run = stage.trop(&shop, ["compact-exclusions", file]);
        run.env("TROP_PORT_MIN", "none").env("TROP_DATA_DIR", "relative").run()
    };
    let said = compact("other.conf").expect(0).stderr;
    assert_eq!(said, format!("note: merged entries of excluded_ports in {other}\n"));
    require_content(&other, "project: shop\nexcluded_ports: [1..2, 4]\n");
    // In this one there is no project.
    compact(stage.data_directory().join("config.yaml").as_str()).expect(7);
    stage.trop(&shop, ["compact-exclusions", "other.conf"]).env("TROP_BUSY_TIMEOUT", "soon").run().expect(7);
}

#[test]
fn a_port_that_is_reserved_stays_with_who_has_it() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "");
    let reserved = port(&stage.reserve(&shop, 0..=9, &["--tag=web"]).run().expect(0).stdout);
    run(&stage, &shop, &["exclude", "--force", &reserved.to_string()], 0);
    require_content(shop.join("trop.yaml"), &format!("excluded_ports: [{reserved}]\n"));
    let again = stage.reserve(&shop, 0..=9, &["--tag=web"]).run().expect(0);
    assert_eq!(port(&again.stdout), reserved);
}
