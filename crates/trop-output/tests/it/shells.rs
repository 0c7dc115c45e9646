//! Which shell a name means, and which one is chosen.

use trop_model::EnvName;
use trop_output::Shell;

#[test]
fn a_shell_is_known_by_the_name_of_its_program() {
    #[track_caller]
    fn check(name: &str, expected: Option<Shell>) {
        assert_eq!(Shell::from_name(name), expected, "{name}");
    }

    check("bash", Some(Shell::Bash));
    check("zsh", Some(Shell::Zsh));
    for name in ["sh", "dash", "ash", "ksh", "mksh", "busybox"] {
        check(name, Some(Shell::Sh));
    }
    check("fish", Some(Shell::Fish));
    for name in ["powershell", "pwsh", "pwsh-preview"] {
        check(name, Some(Shell::PowerShell));
    }
    check("nushell", Some(Shell::Nushell));
    check("nu", Some(Shell::Nushell));

    check("/bin/zsh", Some(Shell::Zsh));
    check("-zsh", Some(Shell::Zsh));
    check("-/bin/zsh", Some(Shell::Zsh));
    check("/opt/with blank/fish", Some(Shell::Fish));
    check(r"C:\Program Files\PowerShell\7\pwsh.exe", Some(Shell::PowerShell));
    check("PowerShell.EXE", Some(Shell::PowerShell));
    check("NU.exe", Some(Shell::Nushell));

    for other in ["", "-", "/", ".exe", "Bash", "ZSH", "bashful", "--bash", "bash -l", " bash", "cmd.exe"] {
        check(other, None);
    }
    for other in ["elvish", "xonsh", "tcsh", "node", "make", "sudo", "/bin/zsh/", "fish.exe.old"] {
        check(other, None);
    }
}

#[test]
fn every_name_to_choose_by_is_known_and_each_is_another_shell() {
    let shells = Shell::NAMES.map(|name| Shell::from_name(name).unwrap());
    assert_eq!(shells, [Shell::Bash, Shell::Zsh, Shell::Sh, Shell::Fish, Shell::PowerShell, Shell::Nushell]);
}

#[test]
fn the_parent_counts_before_the_environment() {
    #[track_caller]
    fn check(parent: Option<&str>, nu_version_is_set: bool, shell_variable: Option<&str>, expected: Shell) {
        assert_eq!(Shell::choose(parent, nu_version_is_set, shell_variable), expected);
    }

    check(Some("fish"), true, Some("/bin/zsh"), Shell::Fish);
    check(Some("-bash"), false, None, Shell::Bash);
    check(Some("make"), true, Some("/bin/zsh"), Shell::Nushell);
    check(None, true, None, Shell::Nushell);
    check(Some("make"), false, Some("/bin/zsh"), Shell::Zsh);
    check(None, false, Some("/usr/bin/fish"), Shell::Fish);
    check(None, false, Some("/sbin/nologin"), Shell::Sh);
    check(Some("make"), false, None, Shell::Sh);
    check(None, false, None, Shell::Sh);
}

#[test]
fn each_shell_keeps_variables_of_its_own() {
    #[track_caller]
    fn check(variable: &str, keepers: &[Shell]) {
        let variable: EnvName = variable.parse().unwrap();
        let shells = Shell::NAMES.map(|name| Shell::from_name(name).unwrap());
        let kept_by: Vec<Shell> = shells.into_iter().filter(|shell| shell.keeps(&variable)).collect();
        assert_eq!(kept_by, keepers, "{variable}");
    }

    check("UID", &[Shell::Bash, Shell::Zsh, Shell::Sh]);
    check("GROUPS", &[Shell::Bash, Shell::Sh]);
    check("USERNAME", &[Shell::Zsh]);
    check("status", &[Shell::Zsh, Shell::Fish]);
    check("STATUS", &[]);
    check("history", &[Shell::Zsh, Shell::Fish]);
    check("PWD", &[Shell::Bash, Shell::Zsh, Shell::Sh, Shell::Fish, Shell::Nushell]);
    check("pwd", &[Shell::Nushell]);
    check("COLUMNS", &[Shell::Bash, Shell::Zsh, Shell::Sh, Shell::Fish]);

    for ordinary in ["WEB_PORT", "PORT", "HOST", "SERVER", "A", "db_port", "PS1", "UID_PORT", "MY_UID"] {
        check(ordinary, &[]);
    }
}
