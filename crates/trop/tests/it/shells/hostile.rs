//! Tags and variables that somebody chose to do harm with, or that are merely odd.

use std::fs;

use trop_testkit::{need, skip_unless};

use crate::groups::Project;

use super::{BASH, DASH, FISH, ZSH, script};

/// Every way to have the ports written.
const FORMATS: [&[&str]; 10] = [
    &[],
    &["--shell=bash"],
    &["--shell=zsh"],
    &["--shell=sh"],
    &["--shell=fish"],
    &["--shell=powershell"],
    &["--shell=nushell"],
    &["--format=json"],
    &["--format=dotenv"],
    &["--format=human"],
];

/// Text that would make this file if it ever were code.
const MISCHIEF: [&str; 11] = [
    "$(touch mischief)",
    "`touch mischief`",
    "; touch mischief",
    "a;touch mischief",
    "a' touch mischief '",
    "a\" touch mischief \"",
    "a && touch mischief",
    "a | touch mischief",
    "(touch mischief)",
    "$IFS",
    "ünïcode",
];

/// A text in YAML, whatever it holds.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// That these services are refused, in every format, and that nothing comes of it.
#[track_caller]
fn check_refused(services: &str) {
    let project = Project::new(services);
    for format in FORMATS {
        for more in [&[] as &[&str], &["--dry-run"], &["--overwrite"]] {
            let ran = project.autoreserve(&[format, more].concat()).run().expect(7);
            assert_eq!(ran.stdout, "", "{services}");
            let is_plain = |character: char| character == '\n' || !character.is_control();
            assert!(ran.stderr.contains("trop.yaml") && ran.stderr.chars().all(is_plain), "{}", ran.stderr);
        }
    }
    assert!(!project.stage.data_directory().exists(), "{services}");
    check_no_mischief(&project);
}

/// That there is nothing in the project but its tropfile.
#[track_caller]
fn check_no_mischief(project: &Project) {
    let names = fs::read_dir(&project.directory).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["trop.yaml"]);
}

#[test]
fn variables_that_are_no_names_are_refused() {
    for variable in MISCHIEF.into_iter().chain([
        "",
        " ",
        "A B",
        "A=B",
        "A-B",
        "1A",
        "A\nB",
        "A\0",
        "A\u{1b}[2J",
        "A ",
        "-x",
    ]) {
        check_refused(&format!("web: {{env: {}}}", quoted(variable)));
    }
    check_refused(&format!("web: {{env: {}}}", "A".repeat(256)));
    check_refused(&format!("web: {{env: {}}}", "A".repeat(300)));
}

#[test]
fn variables_that_change_how_programs_run_are_refused() {
    let general =
        ["PATH", "path", "HOME", "SHELL", "IFS", "LD_PRELOAD", "ld_preload", "DYLD_INSERT_LIBRARIES"];
    // A port is a file of the working directory to these, and bash runs what is in it.
    let of_programs =
        ["BASH_ENV", "PYTHONPATH", "GIT_DIR", "MAKEFILES", "npm_config_userconfig", "TROP_DATA_DIR"];
    for variable in general.into_iter().chain(of_programs) {
        check_refused(&format!("web: {{env: {variable}}}"));
    }
    for tag in ["path", "home", "ld-preload", "bash-env"] {
        check_refused(&format!("{tag}: {{}}"));
    }
}

#[test]
fn tags_that_make_no_variable_are_refused() {
    for tag in MISCHIEF.into_iter().chain(["1", "a b", "a.b", "a/b", "ü"]) {
        check_refused(&format!("{}: {{}}", quoted(tag)));
    }
    check_refused(&format!("{}: {{}}", "a".repeat(256)));
    check_refused(&format!("{}: {{}}", "a".repeat(300)));
}

#[test]
fn tags_that_are_none_are_refused_with_any_variable() {
    for tag in ["", " ", "a\nb", "a\rb", "a\tb", "\u{1b}[2J", "a\u{7f}", "a\u{85}b", "a\0b"] {
        check_refused(&format!("{}: {{env: WEB}}", quoted(tag)));
    }
    check_refused(&format!("{}: {{env: WEB}}", "a".repeat(300)));
}

#[test]
fn variables_equal_but_for_case_are_refused() {
    check_refused("web: {}, WEB: {offset: 1}");
    check_refused("web: {}, api: {offset: 1, env: Web}");
    check_refused("web-api: {}, web_api: {offset: 1}");
    check_refused("a: {env: port}, b: {offset: 1, env: PORT}");
}

#[test]
fn shells_run_nothing_of_what_is_refused() {
    for (shell, text) in [
        (BASH, r#"eval "$(trop autoreserve)""#),
        (BASH, "eval $(trop autoreserve)"),
        (DASH, "eval $(trop autoreserve)"),
        (ZSH, "eval $(trop autoreserve)"),
        (FISH, "eval (trop autoreserve)"),
        (FISH, "trop autoreserve | source"),
    ] {
        skip_unless!(need::tool(shell[0]));
        for mischief in MISCHIEF {
            for services in
                [format!("web: {{env: {}}}", quoted(mischief)), format!("{}: {{}}", quoted(mischief))]
            {
                let project = Project::new(&services);
                let ran = script(&project, shell, &format!("{text}; true")).run().expect(0);
                assert_eq!(ran.stdout, "", "{services}");
                check_no_mischief(&project);
            }
        }
    }
}

/// It is refused where its shell keeps it to itself, and good elsewhere.
#[test]
fn a_variable_that_a_shell_keeps_is_refused_for_that_shell_alone() {
    #[track_caller]
    fn check_kept(variable: &str, keepers: &[&str]) {
        let project = Project::new(&format!("web: {{env: {variable}}}"));
        for format in &FORMATS[1..] {
            for more in [&[] as &[&str], &["--dry-run"]] {
                let shell = format[0].strip_prefix("--shell=");
                let is_kept = shell.is_some_and(|shell| keepers.contains(&shell));
                let ran = project.autoreserve(&[*format, more].concat()).run();
                let ran = ran.expect(if is_kept { 7 } else { 0 });
                if is_kept {
                    assert_eq!(ran.stdout, "");
                    assert!(ran.stderr.contains(variable) && ran.stderr.contains("web"), "{}", ran.stderr);
                }
            }
        }
    }
    check_kept("UID", &["bash", "zsh", "sh"]);
    check_kept("EUID", &["bash", "zsh", "sh"]);
    check_kept("USERNAME", &["zsh"]);
    check_kept("status", &["zsh", "fish"]);
    check_kept("PWD", &["bash", "zsh", "sh", "fish", "nushell"]);
    check_kept("pwd", &["nushell"]);
    check_kept("WEB_PORT", &[]);
}

#[test]
fn a_variable_that_a_shell_keeps_stores_nothing() {
    for (variable, shell) in
        [("UID", "bash"), ("UID", "zsh"), ("PPID", "sh"), ("PWD", "nushell"), ("status", "fish")]
    {
        let project = Project::new(&format!("api: {{}}, web: {{offset: 1, env: {variable}}}"));
        let ran = project.autoreserve(&["--shell", shell]).run().expect(7);
        assert_eq!(ran.stdout, "");
        assert!(!project.stage.data_directory().exists());
    }
}

/// The shell that is really there, and not only the one that is named.
#[test]
fn a_shell_refuses_what_it_keeps_when_it_is_the_parent() {
    for (shell, variable) in [(BASH, "UID"), (DASH, "UID"), (ZSH, "UID"), (ZSH, "USERNAME"), (FISH, "status")]
    {
        skip_unless!(need::tool(shell[0]));
        let project = Project::new(&format!("web: {{env: {variable}}}"));
        let ran = script(&project, shell, "trop autoreserve; exit").run().expect(7);
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.contains("env: WEB_PORT"), "{}", ran.stderr);
        assert!(!project.stage.data_directory().exists());
    }
}

/// A project with odd tags, each with a variable of its own, and the tags.
fn odd_project() -> (Project, Vec<String>) {
    let longest = "l".repeat(255);
    let odd = MISCHIEF
        .into_iter()
        .chain(["-x", "it's", "a b", "{web}", "WEB", "web", "null", "1", "#", "🦀", &longest]);
    let odd: Vec<String> = odd.map(str::to_owned).collect();
    let services = odd
        .iter()
        .zip(0..)
        .map(|(tag, offset)| format!("{}: {{offset: {offset}, env: ODD_{offset}}}", quoted(tag)));
    let services: Vec<String> = services.collect();
    (Project::new(&services.join(", ")), odd)
}

#[test]
fn odd_tags_never_reach_what_a_shell_reads() {
    let (project, tags) = odd_project();
    for format in FORMATS.into_iter().filter(|format| !matches!(format, ["--format=json" | "--format=human"]))
    {
        let ran = project.autoreserve(format).run().expect(0);
        let is_harmless =
            |character: char| character.is_ascii_alphanumeric() || "_=$.:\"; -\n".contains(character);
        assert!(ran.stdout.chars().all(is_harmless), "{format:?}: {}", ran.stdout);
        assert!(!ran.stdout.contains("touch"), "{format:?}: {}", ran.stdout);
        assert_eq!((ran.stdout.lines().count(), ran.stderr.as_str()), (tags.len(), ""));
    }
    check_no_mischief(&project);
}

#[test]
fn odd_tags_are_exact_in_json() {
    let (project, tags) = odd_project();
    let ran = project.autoreserve(&["--format=json"]).run().expect(0);
    let ports: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((ports.len(), ran.stdout.lines().count()), (tags.len(), 1));
    for (offset, tag) in (0..).zip(&tags) {
        assert_eq!(ports[tag], project.stage.ports.port(offset), "{tag}");
    }
}

#[test]
fn shells_read_the_ports_of_odd_tags() {
    let show = "echo $ODD_0 $ODD_1 $ODD_21";
    for (shell, text) in [
        (BASH, r#"eval "$(trop autoreserve)""#),
        (BASH, "eval $(trop autoreserve)"),
        (DASH, "eval $(trop autoreserve)"),
        (ZSH, "eval $(trop autoreserve)"),
        (FISH, "eval (trop autoreserve)"),
    ] {
        skip_unless!(need::tool(shell[0]));
        let (project, _) = odd_project();
        super::check(&project, script(&project, shell, &format!("{text}; {show}")), "<p00> <p01> <p21>\n");
        check_no_mischief(&project);
    }
}
