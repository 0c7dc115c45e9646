//! What stands in the file afterwards, and what of it does not change.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;

use super::{MARKERS, block, names_in, require_content, write};
use crate::exec::{SERVICES, project};
use crate::stage::Stage;
use crate::tree::tree;

#[test]
fn the_file_is_made_and_holds_one_block_however_often() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let made = write(&stage, &directory, ".env", &[]).run().expect(0);
    assert_eq!((made.stdout.as_str(), made.stderr.as_str()), ("", ""));
    require_content(directory.join(".env"), &block(&stage, 0));
    assert_eq!(names_in(&directory), [".env", "trop.yaml"]);

    let before = fs::metadata(directory.join(".env")).unwrap();
    let untouched = tree(&directory);
    for more in [&[] as &[&str], &["--format=dotenv"], &["--overwrite"]] {
        let again = write(&stage, &directory, ".env", more).run().expect(0);
        assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", ""), "{more:?}");
    }
    let by_file = ["reserve-group", "trop.yaml", "--write", ".env"];
    assert_eq!(stage.trop(&directory, by_file).run().expect(0).stdout, "");
    assert_eq!(tree(&directory), untouched);
    assert_eq!(fs::metadata(directory.join(".env")).unwrap().ino(), before.ino());
}

#[test]
fn other_bytes_stay() {
    /// Requires that a file with that content gets its block behind it, after that line end.
    #[track_caller]
    fn check(content: &[u8], between: &str, line_end: &str) {
        let stage = Stage::new();
        let directory = project(&stage, "project", SERVICES);
        let file = directory.join(".env");
        fs::write(&file, content).unwrap();
        write(&stage, &directory, ".env", &[]).run().expect(0);
        let block = block(&stage, 0).replace('\n', line_end);
        let expected = [content, between.as_bytes(), block.as_bytes()].concat();
        assert_eq!(fs::read(&file).unwrap(), expected, "{}", String::from_utf8_lossy(content));
        // And what comes behind the block later stays as well.
        let followed = [&expected, content].concat();
        fs::write(&file, &followed).unwrap();
        write(&stage, &directory, ".env", &["--overwrite"]).run().expect(0);
        assert_eq!(fs::read(&file).unwrap(), followed);
    }
    check(b"", "", "\n");
    check(b"SECRET=abc\n# why\n\n\n", "", "\n");
    check(b"SECRET=abc", "\n", "\n");
    check(b"SECRET=abc\r\nOTHER=1\r\n", "", "\r\n");
    check(b"SECRET=abc\r\nOTHER=1", "\r\n", "\r\n");
    check(b"\xef\xbb\xbfSECRET=\xff\xfe\x01\x1b[31m\n", "", "\n");
}

#[test]
fn the_block_is_updated_in_its_place() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let file = directory.join(".env");
    let content = |block: &str| format!("BEFORE=1\n\n{block}\n# after\nAFTER=2");
    fs::write(&file, content(&block(&stage, 0))).unwrap();
    write(&stage, &directory, ".env", &[]).run().expect(0);
    require_content(&file, &content(&block(&stage, 0)));

    let preferred = format!("offset: 0, preferred: {},", stage.ports.port(40));
    project(&stage, "project", &SERVICES.replace("offset: 0,", &preferred));
    write(&stage, &directory, ".env", &["--overwrite"]).run().expect(0);
    let moved = block(&stage, 0).replace(
        &format!("WEB_PORT={}\n", stage.ports.port(0)),
        &format!("WEB_PORT={}\n", stage.ports.port(40)),
    );
    require_content(&file, &content(&moved));

    // A service less, and lines in the block that somebody else wrote there.
    let [begin, _] = MARKERS;
    fs::write(&file, content(&moved.replace(begin, &format!("{begin}\nMINE=1")))).unwrap();
    project(&stage, "project", "    web: { env: WEB_PORT }\n");
    write(&stage, &directory, ".env", &[]).run().expect(0);
    let [_, end] = MARKERS;
    require_content(&file, &content(&format!("{begin}\nWEB_PORT={}\n{end}\n", stage.ports.port(40))));
}

#[test]
fn mode_and_link_stay() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let kept = stage.directory("kept");
    let file = kept.join("env");
    for mode in [0o600, 0o644, 0o650] {
        fs::write(&file, "SECRET=abc\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let _ = fs::remove_file(directory.join(".env"));
        symlink("../kept/env", directory.join(".env")).unwrap();
        write(&stage, &directory, ".env", &[]).run().expect(0);
        require_content(&file, &format!("SECRET=abc\n{}", block(&stage, 0)));
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, mode);
        assert_eq!(fs::read_link(directory.join(".env")).unwrap().to_str(), Some("../kept/env"));
        assert_eq!((names_in(&kept), names_in(&directory).len()), (vec!["env".to_owned()], 2));
    }
}

#[test]
fn the_path_is_seen_from_the_working_directory() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let inside = stage.directory("project/inside");
    let home = stage.sandbox.home();
    for (file, place) in [
        (".env", inside.join(".env")),
        ("../.env", directory.join(".env")),
        ("~/env", home.join("env")),
        (stage.sandbox.root().join("absolute").as_str(), stage.sandbox.root().join("absolute")),
    ] {
        write(&stage, &inside, file, &[]).run().expect(0);
        require_content(place, &block(&stage, 0));
    }
    let by_file = ["reserve-group", "../trop.yaml", "--write=by-file"];
    stage.trop(&inside, by_file).run().expect(0);
    require_content(inside.join("by-file"), &block(&stage, 0));
}

#[test]
fn exports_can_be_kept_as_well() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let as_exports = |shell: &str| {
        let shell = format!("--shell={shell}");
        write(&stage, &directory, ".envrc", &["--format=export", &shell]).run().expect(0)
    };
    assert_eq!(as_exports("sh").stdout, "");
    let lines = block(&stage, 0).replace("\nWEB", "\nexport WEB").replace("\nAPI", "\nexport API");
    require_content(directory.join(".envrc"), &lines.replace("\nDB", "\nexport DB"));
    as_exports("fish");
    let written = fs::read_to_string(directory.join(".envrc")).unwrap();
    assert!(written.contains(&format!("set -gx DB {}", stage.ports.port(5))), "{written}");
    assert!(!written.contains("export "), "{written}");
}

/// What programs that read such files make of it: every line is empty, a comment, or a name and a value.
#[test]
fn shells_and_other_readers_find_the_ports() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    fs::write(directory.join(".env"), "NAME='a b'").unwrap();
    write(&stage, &directory, ".env", &[]).run().expect(0);
    let [web, api, db] = [0, 1, 5].map(|offset| stage.ports.port(offset));

    let mut shell = Command::new("sh");
    shell.env_clear().env("PATH", "/usr/bin:/bin").current_dir(&directory);
    shell.args(["-c", "set -aeu; . ./.env; exec printenv NAME WEB_PORT API_PORT DB"]);
    let output = shell.output().unwrap();
    let found = String::from_utf8(output.stdout).unwrap();
    assert_eq!((output.status.code(), found), (Some(0), format!("a b\n{web}\n{api}\n{db}\n")));

    let text = fs::read_to_string(directory.join(".env")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let found: Vec<(&str, &str)> = lines.map(|line| line.split_once('=').unwrap()).collect();
    let [web, api, db] = [web, api, db].map(|port| port.to_string());
    assert_eq!(found, [("NAME", "'a b'"), ("WEB_PORT", &web), ("API_PORT", &api), ("DB", &db)]);
}
