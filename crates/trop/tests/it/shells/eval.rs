//! Shells that evaluate what is printed, as people write it.

use trop_testkit::{need, skip_unless};

use crate::groups::Project;

use super::{BASH, BASH_AS_SH, DASH, FISH, SH, ZSH, check, script, started};

/// A program of the shell finds the ports in its environment.
const SHOW: &str = r#"sh -c 'echo "$WEB $API_PORT"'"#;
const SHOWN: &str = "<p00> <p01>\n";

fn project() -> Project {
    Project::new("web: {}, api: {offset: 1, env: API_PORT}")
}

/// Quoted; without the quotes, which puts blanks where lines end; in a function; by the one command and the other.
#[track_caller]
fn check_posix(shell: &[&str]) {
    let project = project();
    for text in [
        r#"eval "$(trop autoreserve)""#,
        "eval $(trop autoreserve)",
        r#"eval "`trop autoreserve`""#,
        r#"eval "$(trop reserve-group trop.yaml)""#,
        "eval $(trop reserve-group ./trop.yaml)",
        r#"f() { eval "$(trop autoreserve)"; }; f"#,
        r#"set -eu; eval "$(trop autoreserve)""#,
        r#"ports=$(trop autoreserve) && eval "$ports""#,
        r#"eval "$(trop --quiet autoreserve --format export)""#,
        r#"cd /; cd "$OLDPWD"; eval "$(trop autoreserve)""#,
        r#"set -a; eval "$(trop autoreserve --format dotenv)""#,
    ] {
        check(&project, script(&project, shell, &format!("{text}; {SHOW}")), SHOWN);
        let misled = script(&project, shell, &format!("{text}; {SHOW}")).env("SHELL", "/usr/bin/fish");
        check(&project, misled.env("NU_VERSION", "0.110.0"), SHOWN);
    }
}

#[test]
fn in_bash() {
    skip_unless!(need::tool("bash"));
    check_posix(BASH);
    check_posix(BASH_AS_SH);
}

#[test]
fn in_dash() {
    skip_unless!(need::tool("dash"));
    check_posix(DASH);
}

#[test]
fn in_sh() {
    check_posix(SH);
}

#[test]
fn in_zsh() {
    skip_unless!(need::tool("zsh"));
    check_posix(ZSH);
}

#[test]
fn in_fish() {
    skip_unless!(need::tool("fish"));
    let project = project();
    for text in [
        "eval (trop autoreserve)",
        "trop autoreserve | source",
        "trop reserve-group trop.yaml | source",
        "eval (trop reserve-group ./trop.yaml)",
        "function f; trop autoreserve | source; end; f",
        "function f; eval (trop autoreserve); end; f",
        "begin; trop autoreserve | source; end",
        "set ports (trop autoreserve); eval $ports",
    ] {
        check(&project, script(&project, FISH, &format!("{text}; {SHOW}")), SHOWN);
        let misled = script(&project, FISH, &format!("{text}; {SHOW}")).env("SHELL", "/bin/bash");
        check(&project, misled.env("NU_VERSION", "0.110.0"), SHOWN);
    }
}

/// What trop has to say goes elsewhere, and what fails sets nothing.
#[test]
fn warnings_and_errors_do_not_get_in_the_way() {
    let project = Project::new("web: {preferred: <p50>}, api: {offset: 1, env: API_PORT}");
    let exclude = |run: trop_testkit::Invocation| run.env("TROP_EXCLUDED_PORTS", project.with_ports("<p50>"));
    let text = format!(r#"eval "$(trop autoreserve)"; {SHOW}"#);
    let ran = exclude(script(&project, SH, &text)).run().expect(0);
    assert_eq!(project.shown(&ran.stdout), SHOWN);
    assert!(ran.stderr.starts_with("warning: "), "{}", ran.stderr);

    project.write("trop.yaml", "nonsense: 1\n");
    let text = r#"WEB=before; ports=$(trop autoreserve); code=$?; eval "$ports"; echo "$WEB $code""#;
    let ran = script(&project, SH, text).run().expect(0);
    assert_eq!(ran.stdout, "before 7\n");
}

/// What a dry run shows is not for a shell.
#[test]
fn a_dry_run_sets_nothing() {
    let project = project();
    let text = r#"WEB=before; eval "$(trop autoreserve --dry-run)"; echo "$WEB""#;
    assert_eq!(script(&project, SH, text).run().expect(0).stdout, "before\n");
    assert!(!project.stage.data_directory().exists());
}

#[test]
fn in_an_empty_environment() {
    let project = project();
    let (path, home) = (super::path(), project.stage.sandbox.home());
    let text =
        format!(r#"PATH='{path}'; HOME='{home}'; export HOME PATH; eval "$(trop autoreserve)"; {SHOW}"#);
    let sh = format!("HOME='{home}'; export HOME; eval \"$(trop autoreserve)\"; {SHOW}");
    check(&project, started(&project, &["env", "-i", "sh", "-c", &text]), SHOWN);
    check(&project, started(&project, &["env", "-i", &format!("PATH={path}"), "sh", "-c", &sh]), SHOWN);
}

#[test]
fn in_a_recipe_of_make() {
    skip_unless!(need::tool("make"));
    let project = project();
    let evaluating = "all:\n\t@eval \"$$(trop autoreserve)\"; echo \"$$WEB $$API_PORT\"\n";
    project.write("Makefile", evaluating);
    check(&project, started(&project, &["make", "--silent"]), SHOWN);
    for shell in ["/usr/bin/fish", "/bin/bash", "/usr/bin/nu"] {
        check(&project, started(&project, &["make", "--silent"]).env("SHELL", shell), SHOWN);
    }
    let as_variable = "ports := $(shell trop autoreserve --format dotenv)\nall:\n\t@echo '$(ports)'\n";
    project.write("Makefile", as_variable);
    check(&project, started(&project, &["make", "--silent"]), "WEB=<p00> API_PORT=<p01>\n");
}
