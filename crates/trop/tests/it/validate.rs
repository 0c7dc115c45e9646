//! `validate`: everything that is wrong with one file.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use camino::Utf8PathBuf;

use trop_testkit::{Ran, Sandbox, Varying, scrub, snapshot};

use crate::inside::inside;
use crate::stage::Stage;

/// A file of that name in a directory of its own.
fn written(sandbox: &Sandbox, name: &str, content: &[u8]) -> Utf8PathBuf {
    let file = sandbox.directory("files").join(name);
    fs::write(&file, content).unwrap();
    file
}

#[track_caller]
fn validate(sandbox: &Sandbox, file: &str, code: i32) -> Ran {
    let ran = sandbox.trop(["validate", file]).run().expect(code);
    assert_eq!(ran.stdout, "");
    ran
}

#[test]
fn a_good_file_is_said_to_be_good() {
    let sandbox = Stage::sandbox();
    for (name, text) in [
        ("trop.yaml", "project: shop\nreservations: { services: { web: } }\n"),
        ("trop.local.yaml", ""),
        ("config.yaml", "ports: { min: 6000 }\n"),
        ("other.txt", "project: shop\n"),
    ] {
        let file = written(&sandbox, name, text.as_bytes());
        assert_eq!(validate(&sandbox, file.as_str(), 0).stderr, format!("note: {file} is good\n"));
        let quiet = sandbox.trop(["validate", "--quiet", file.as_str()]).run().expect(0);
        assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    }
    assert!(!sandbox.home().join(".trop").exists());
}

#[test]
fn everything_wrong_is_drawn_at_its_place() {
    let sandbox = Stage::sandbox();
    let text =
        "colour: red\nports:\n  min: 6000\n  max: 5000\nreservations:\n  services:\n    web: { env: PORT }\n";
    let file = written(&sandbox, "trop.yaml", text.as_bytes());
    for format in ["human", "json"] {
        let arguments = ["validate", file.as_str(), "--error-format", format];
        let ran = sandbox.trop(arguments).run().expect(1);
        assert_eq!(ran.stdout, "");
        let name = format!("cli/validate-{format}");
        snapshot!(&name, scrub(&ran.stderr, &[Varying::Sandbox(&sandbox)]));
        let quiet = sandbox.trop(arguments).env("TROP_LOG_MODE", "quiet").run().expect(1);
        assert!(quiet.stderr.contains("colour") && !quiet.stderr.contains("PORT"), "{}", quiet.stderr);
    }
}

#[test]
fn the_name_decides_by_what_rules() {
    let sandbox = Stage::sandbox();
    let check = |name: &str, code: i32| {
        let file = written(&sandbox, name, b"project: shop\n");
        validate(&sandbox, file.as_str(), code);
    };
    check("trop.yaml", 0);
    check("trop.local.yaml", 0);
    check("config.yaml", 1);
    check("config.yml", 0);
    check("my-config.yaml", 0);
    let link = sandbox.root().join("config.yaml");
    symlink("files/trop.yaml", &link).unwrap();
    let ran = validate(&sandbox, link.as_str(), 1);
    assert!(ran.stderr.contains(&format!("{link}:1:1")), "{}", ran.stderr);
}

#[test]
fn the_file_is_found_as_it_is_typed() {
    let sandbox = Stage::sandbox();
    fs::write(sandbox.home().join("-"), "colour: red\n").unwrap();
    let from_home = |file: &str, code: i32| {
        let ran = sandbox.trop(["validate", file]).in_dir(sandbox.home()).run().expect(code);
        ran.stderr
    };
    let drawn = from_home("-", 1);
    assert!(drawn.contains(&format!("{}/-:1:1", sandbox.home())), "{drawn}");
    for typed in ["./-", "~/-", "../home/-"] {
        assert_eq!(from_home(typed, 1), drawn);
    }
    from_home("", 4);
    from_home("~nobody/trop.yaml", 4);
}

#[test]
fn what_cannot_be_read_is_code_5() {
    let sandbox = Sandbox::of_ordinary_user(env!("CARGO_BIN_EXE_trop"));
    let secret = written(&sandbox, "secret.yaml", b"");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let dangling = sandbox.root().join("dangling.yaml");
    symlink("nowhere", &dangling).unwrap();
    let pipe = sandbox.root().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (root, missing) = (sandbox.root(), sandbox.root().join("missing.yaml"));
    let below_a_file = secret.join("trop.yaml");
    for file in [root, &missing, &secret, &dangling, &pipe, &below_a_file, "/dev/null".into(), "/".into()] {
        let stderr = validate(&sandbox, file.as_str(), 5).stderr;
        assert!(stderr.starts_with(&format!("error: cannot read {file}\n")), "{stderr}");
        assert!(!stderr.contains("os error"), "{stderr}");
    }
}

/// Each would cost minutes or gigabytes, were it read to its end.
#[test]
fn a_hostile_file_is_refused_quickly() {
    let sandbox = Stage::sandbox();
    let bomb =
        |level: usize| format!("a{}: &a{0} [{}]\n", level + 1, vec![format!("*a{level}"); 9].join(", "));
    let bomb: String = std::iter::once("a0: &a0 [x]\n".to_owned()).chain((0..30).map(bomb)).collect();
    let hostile: [(&str, Vec<u8>); 6] = [
        ("bomb", bomb.into_bytes()),
        ("brackets", vec![b'['; 20_000]),
        ("braces", b"{a: ".repeat(20_000)),
        ("bytes", vec![0xff; 1000]),
        ("long", vec![b'#'; 2 << 20]),
        ("zeros", vec![0; 100]),
    ];
    for (name, content) in hostile {
        let file = written(&sandbox, name, &content);
        let mut limits = Command::new("prlimit");
        limits.args(["--cpu=10", "--as=1000000000"]);
        let stderr = inside(limits, sandbox.trop(["validate", file.as_str()])).run().expect(1).stderr;
        assert!(stderr.len() < 10_000 && stderr.contains(file.as_str()), "{name}: {stderr}");
    }
}

#[test]
fn common_variables_are_remarks() {
    let sandbox = Stage::sandbox();
    let text = "reservations:\n  services:\n    web: { env: PORT }\n    host: { offset: 1 }\n    api: { offset: 2 }\n";
    let file = written(&sandbox, "trop.yaml", text.as_bytes());
    let looked_for = |line: u8, variable: &str, tag: &str| {
        format!(
            "note: {file}:{line}: many programs look for {variable}, and each of them would take the port of {tag} for its own\n"
        )
    };
    assert_eq!(
        validate(&sandbox, file.as_str(), 0).stderr,
        [looked_for(3, "PORT", "web"), looked_for(4, "HOST", "host"), format!("note: {file} is good\n")]
            .concat()
    );
}

#[test]
fn nothing_else_is_read() {
    let sandbox = Stage::sandbox();
    let site = sandbox.directory("site");
    fs::write(
        site.join("trop.yaml"),
        "ports: { max: 5000 }\nreservations: { base: 4000, services: { web: } }\n",
    )
    .unwrap();
    fs::write(site.join("trop.local.yaml"), "{ no: [configuration\n").unwrap();
    fs::write(sandbox.directory("home/.trop").join("config.yaml"), "project: not here\n").unwrap();
    fs::write(sandbox.home().join(".trop/trop.db"), "no database").unwrap();
    let with = |variable: &str, value: &str| {
        sandbox.trop(["validate", "trop.yaml"]).env("TROP_PORT_MIN", "4000").env(variable, value).run()
    };
    for (variable, value) in [("TROP_PORT_MAX", "seven"), ("TROP_DATA_DIR", "relative"), ("HOME", "")] {
        let stderr = with(variable, value).expect(1).stderr;
        assert!(
            stderr.contains("port 4000 lies outside the range 5000 ") && !stderr.contains(variable),
            "{stderr}"
        );
    }
    sandbox.trop(["validate", "trop.yaml", "--busy-timeout=soon"]).run().expect(4);
}

#[test]
fn hostile_text_is_shown_escaped() {
    let sandbox = Stage::sandbox();
    let file = written(&sandbox, "a\u{1b}]0;b.yaml", b"\"c\\e[31m\": 1\n");
    let stderr = validate(&sandbox, file.as_str(), 1).stderr;
    assert!(!stderr.contains('\u{1b}') && stderr.contains("\\u{1b}]0;b.yaml"), "{stderr}");
}

/// What a file says, and what becomes of it where it is read as what it is called.
#[test]
fn a_file_is_refused_exactly_when_a_command_that_reads_it_refuses_it() {
    let group = |more: &str| {
        format!("{more}reservations: {{ base: 5000, services: {{ web: , api: {{ offset: 100 }} }} }}\n")
    };
    let texts = [
        String::new(),
        "project: shop\n".to_owned(),
        "ports: { min: 6000, max: 5000 }\n".to_owned(),
        "ports: { max: 6000, max_offset: 9 }\n".to_owned(),
        "ports: { min: 65000, max_offset: 536 }\n".to_owned(),
        "maximum_lock_wait_seconds: 2147483648\n".to_owned(),
        "excluded_ports: [9..5]\n".to_owned(),
        "a: 1\na: 2\n".to_owned(),
        "[".repeat(20_000),
        group(""),
        group("ports: { max: 5100 }\n"),
        group("ports: { max: 5099 }\n"),
        group("ports: { min: 5001 }\n"),
        group("ports: { min: 4000, max_offset: 1000 }\n"),
    ];
    for text in texts {
        for name in ["trop.yaml", "trop.local.yaml", "config.yaml"] {
            let stage = Stage::new();
            let directory = stage.directory(if name == "config.yaml" { "home/.trop" } else { "site" });
            let file = directory.join(name);
            fs::write(&file, &text).unwrap();
            let trop = |arguments: &[&str]| {
                stage
                    .trop(stage.directory("site"), arguments)
                    .env("TROP_SKIP_OCCUPANCY_CHECK", "1")
                    .run()
                    .code
            };
            let is_read = [&["config", "show"] as &[&str], &["autoreserve", "--dry-run"]].map(trop);
            let has_services = text.contains("reservations") && name != "config.yaml";
            let expected = match is_read {
                [Some(0), Some(0)] => 0,
                [Some(0), Some(7)] if !has_services => 0,
                [Some(0 | 7), Some(7)] => 1,
                others => panic!("{others:?}: {text}"),
            };
            assert_eq!(trop(&["validate", file.as_str()]), Some(expected), "{name}: {text}");
        }
    }
}
