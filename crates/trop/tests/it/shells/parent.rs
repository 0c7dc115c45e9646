//! For which shell the exports are written.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use trop_testkit::{need, skip_unless};

use crate::groups::Project;

use super::{BASH, DASH, FISH, SH, ZSH, check, script, started};

const POSIX: &str = "export WEB=<p00>\n";
const FISHY: &str = "set -gx WEB <p00>;\n";
const POWERSHELL: &str = "$env:WEB = \"<p00>\"\n";
const NUSHELL: &str = "$env.WEB = \"<p00>\"\n";

fn project() -> Project {
    Project::new("web: {}")
}

/// Whatever the variables say, the shell that starts trop is meant.
#[track_caller]
fn check_parent(shell: &[&str], name: &str, expected: &str) {
    let project = project();
    for command in ["trop autoreserve", "trop reserve-group trop.yaml"] {
        // The second command keeps the shell from becoming trop itself.
        let text = format!("{command}; true");
        check(&project, script(&project, shell, &text), expected);
        for misleading in
            ["/usr/bin/fish", "/bin/bash", "/bin/zsh", "/usr/bin/nu", "/usr/bin/pwsh", "nonsense", ""]
        {
            check(&project, script(&project, shell, &text).env("SHELL", misleading), expected);
        }
        check(&project, script(&project, shell, &text).env("NU_VERSION", "0.110.0"), expected);
    }
    let told = script(&project, shell, "trop --verbose autoreserve; true").env("SHELL", "/usr/bin/nu");
    let told = told.run().expect(0).stderr;
    assert!(told.contains(&format!("writes for {name}\n")), "{told}");
}

#[test]
fn bash_is_meant_when_it_is_the_parent() {
    skip_unless!(need::tool("bash"));
    check_parent(BASH, "bash", POSIX);
}

#[test]
fn dash_is_meant_when_it_is_the_parent() {
    skip_unless!(need::tool("dash"));
    check_parent(DASH, "sh", POSIX);
}

#[test]
fn zsh_is_meant_when_it_is_the_parent() {
    skip_unless!(need::tool("zsh"));
    check_parent(ZSH, "zsh", POSIX);
}

#[test]
fn fish_is_meant_when_it_is_the_parent() {
    skip_unless!(need::tool("fish"));
    check_parent(FISH, "fish", FISHY);
}

#[test]
fn the_shell_of_a_script_is_meant() {
    skip_unless!(need::tool("fish"));
    let project = project();
    let write = |name: &str, text: &str| {
        project.write(name, text);
        let file = project.directory.join(name);
        fs::set_permissions(&file, Permissions::from_mode(0o755)).unwrap();
    };
    write("posix", "#!/bin/sh\ntrop autoreserve\ntrue\n");
    write("fishy", "#!/usr/bin/env -S fish --no-config\ntrop autoreserve\ntrue\n");
    check(&project, script(&project, SH, "./fishy; true"), FISHY);
    check(&project, script(&project, FISH, "./posix; true"), POSIX);
}

/// Programs that become another one are not in between.
#[test]
fn a_program_that_becomes_trop_is_not_the_parent() {
    skip_unless!(need::tool("fish"));
    let project = project();
    check(&project, script(&project, FISH, "env nice trop autoreserve; true"), FISHY);
    check(
        &project,
        script(&project, SH, "env nice trop autoreserve; true").env("SHELL", "/usr/bin/fish"),
        POSIX,
    );
}

/// The process of these tests is no shell.
#[test]
fn where_no_shell_is_the_parent_the_variables_decide() {
    #[track_caller]
    fn check_variables(variables: &[(&str, &str)], expected: &str) {
        let project = project();
        let with_variables = |run| {
            variables.iter().fold(run, |run: trop_testkit::Invocation, (name, value)| run.env(name, value))
        };
        check(&project, with_variables(started(&project, &["trop", "autoreserve"])), expected);
        check(&project, with_variables(project.trop(&["reserve-group", "trop.yaml"])), expected);
    }
    check_variables(&[], POSIX);
    for shell in ["/bin/sh", "/bin/bash", "/usr/bin/zsh", "/usr/bin/dash", "/bin/ksh", "bash"] {
        check_variables(&[("SHELL", shell)], POSIX);
    }
    check_variables(&[("SHELL", "/usr/bin/fish")], FISHY);
    check_variables(&[("SHELL", "/opt/homebrew/bin/fish")], FISHY);
    check_variables(&[("SHELL", "/usr/bin/pwsh")], POWERSHELL);
    check_variables(&[("SHELL", "/usr/bin/nu")], NUSHELL);
    for unknown in ["", "/bin/tcsh", "/bin/fish/", "/bin/fish -l", "nonsense"] {
        check_variables(&[("SHELL", unknown)], POSIX);
    }
    for shell in ["/usr/bin/fish", "/bin/bash", "/usr/bin/pwsh", ""] {
        check_variables(&[("SHELL", shell), ("NU_VERSION", "0.110.0")], NUSHELL);
        check_variables(&[("NU_VERSION", "0.110.0"), ("SHELL", shell)], NUSHELL);
    }
    check_variables(&[("NU_VERSION", "0.110.0")], NUSHELL);
    check_variables(&[("NU_VERSION", ""), ("SHELL", "/usr/bin/fish")], FISHY);
}

/// A recipe of one plain command is run without a shell.
#[test]
fn make_lets_the_variable_decide() {
    skip_unless!(need::tool("make"));
    let project = project();
    project.write("Makefile", "all:\n\t@trop autoreserve\n");
    let make = || started(&project, &["make", "--silent"]);
    check(&project, make(), POSIX);
    check(&project, make().env("SHELL", "/bin/bash"), POSIX);
    check(&project, make().env("SHELL", "/usr/bin/fish"), FISHY);
    check(&project, make().env("SHELL", "/usr/bin/fish").env("NU_VERSION", "0.110.0"), NUSHELL);
}

#[test]
fn a_named_shell_goes_before_everything() {
    let project = project();
    let shells = [
        ("bash", POSIX),
        ("zsh", POSIX),
        ("sh", POSIX),
        ("fish", FISHY),
        ("powershell", POWERSHELL),
        ("nushell", NUSHELL),
    ];
    for (name, expected) in shells {
        for arguments in [["--shell", name], ["--format=export", &format!("--shell={name}")]] {
            check(&project, project.autoreserve(&arguments), expected);
            let misled = project.autoreserve(&arguments).env("SHELL", "/usr/bin/fish").env("NU_VERSION", "1");
            check(&project, misled, expected);
        }
        check(&project, project.trop(&["reserve-group", "--shell", name, "trop.yaml"]), expected);
        check(&project, script(&project, SH, &format!("trop autoreserve --shell {name}; true")), expected);
    }
}

#[test]
fn an_unknown_shell_and_one_for_another_format_are_refused() {
    #[track_caller]
    fn check_refused(arguments: &[&str], words: &[&str]) {
        let project = project();
        for command in [&["autoreserve"] as &[&str], &["reserve-group", "trop.yaml"]] {
            let ran = project.trop(&[command, arguments].concat()).run().expect(4);
            assert_eq!(ran.stdout, "");
            for word in words {
                assert!(ran.stderr.contains(word), "no {word:?} in {}", ran.stderr);
            }
        }
        assert!(!project.stage.data_directory().exists());
    }
    for unknown in ["tcsh", "cmd", "", "fish;", "FISH", "$SHELL"] {
        check_refused(&["--shell", unknown], &["--shell", "bash, zsh, sh, fish, powershell, nushell"]);
    }
    for format in ["json", "dotenv", "human"] {
        check_refused(&["--shell=bash", "--format", format], &["--shell", format]);
    }
    check_refused(&["--shell=bash", "--write=.env"], &["--shell"]);
    check_refused(&["--format=yaml"], &["--format", "export"]);
}
