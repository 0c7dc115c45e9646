//! Shells: which one is meant, and what it keeps to itself.

mod kept;

use trop_model::EnvName;

/// A shell, or a family of shells, that reads the same commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// GNU Bash.
    Bash,
    /// Zsh.
    Zsh,
    /// Any shell that follows POSIX.
    Sh,
    /// Fish.
    Fish,
    /// PowerShell, on Windows and elsewhere.
    PowerShell,
    /// Nushell.
    Nushell,
}

impl Shell {
    /// The names that people choose a shell by.
    pub const NAMES: [&str; 6] = ["bash", "zsh", "sh", "fish", "powershell", "nushell"];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::Zsh => "zsh",
            Shell::Sh => "sh",
            Shell::Fish => "fish",
            Shell::PowerShell => "PowerShell",
            Shell::Nushell => "Nushell",
        }
    }

    /// The shell whose program has that name: one of [`Shell::NAMES`], or what the program is called on disk (`dash`, `pwsh`, `nu`).
    ///
    /// The name may be a path, begin with the `-` of a login shell, and end in `.exe`, with which the case of its letters does
    /// not matter.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Shell> {
        let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let program = file_name.strip_prefix('-').unwrap_or(file_name);
        let lower = program.to_ascii_lowercase();
        match lower.strip_suffix(".exe").unwrap_or(program) {
            "bash" => Some(Shell::Bash),
            "zsh" => Some(Shell::Zsh),
            "sh" | "dash" | "ash" | "ksh" | "mksh" | "busybox" => Some(Shell::Sh),
            "fish" => Some(Shell::Fish),
            "powershell" | "pwsh" | "pwsh-preview" => Some(Shell::PowerShell),
            "nushell" | "nu" => Some(Shell::Nushell),
            _ => None,
        }
    }

    /// The shell that most likely reads what is printed: the parent process when that is a known shell; else Nushell when
    /// `NU_VERSION` is set, since it sets that and leaves `SHELL` alone; else the one that `SHELL` names; else
    /// what every POSIX shell reads.
    #[must_use]
    pub fn choose(parent: Option<&str>, nu_version_is_set: bool, shell_variable: Option<&str>) -> Shell {
        if let Some(shell) = parent.and_then(Shell::from_name) {
            return shell;
        }
        if nu_version_is_set {
            return Shell::Nushell;
        }
        shell_variable.and_then(Shell::from_name).unwrap_or(Shell::Sh)
    }

    /// Whether that shell keeps the variable for itself: a port that is put there is refused, or replaced by what the
    /// shell has to say there, or does something (in zsh, `UID` changes the user).
    #[must_use]
    pub fn keeps(self, variable: &EnvName) -> bool {
        let is = |kept: &&str| *kept == variable.as_str();
        match self {
            Shell::Bash => kept::BASH.iter().any(is),
            Shell::Zsh => kept::ZSH.iter().any(is),
            Shell::Sh => kept::SH.iter().any(is),
            Shell::Fish => kept::FISH.iter().any(is),
            Shell::PowerShell => false,
            Shell::Nushell => kept::NUSHELL.iter().any(|kept| kept.eq_ignore_ascii_case(variable.as_str())),
        }
    }
}
