//! Names of environment variables that trop sets.

use std::fmt;
use std::str::FromStr;

use crate::{Tag, quoted};

/// The longest name, in bytes.
const LONGEST: usize = 255;

/// Names that change how programs are found, run or linked. A port is a word of digits, and so it names a file of the working directory
/// to whoever takes the value for one. Nobody can list all such names; these are those of programs that run nearly everywhere.
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    // environ(7).
    "PATH", "HOME", "SHELL", "IFS",
    // What the C library forgets in programs with privileges: ld.so(8), "Secure-execution mode".
    "GCONV_PATH", "GETCONF_DIR", "GLIBC_TUNABLES", "HOSTALIASES", "LOCALDOMAIN", "LOCPATH", "MALLOC_TRACE", "NIS_PATH", "NLSPATH",
    "RESOLV_HOST_CONF", "RES_OPTIONS", "TZDIR",
    // Files that shells read, and words that they run or split by: bash(1), dash(1), zshparam(1).
    "BASH_ENV", "BASHOPTS", "CDPATH", "ENV", "FPATH", "GLOBIGNORE", "NULLCMD", "PROMPT_COMMAND", "PS4", "READNULLCMD", "SHELLOPTS",
    "ZDOTDIR",
    // Where interpreters look for code, and what they run first: perlrun(1), python(1), ruby(1), node(1), java(1).
    "CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "NODE_OPTIONS", "NODE_PATH", "PERL5DB", "PERL5LIB", "PERL5OPT",
    "PERLIO_DEBUG", "PERLLIB", "PYTHONBREAKPOINT", "PYTHONEXECUTABLE", "PYTHONHOME", "PYTHONINSPECT", "PYTHONPATH",
    "PYTHONPLATLIBDIR", "PYTHONPYCACHEPREFIX", "PYTHONSTARTUP", "PYTHONUSERBASE", "RUBYLIB", "RUBYOPT",
    // Which repository git works in, and what it runs: git(1), git-config(1).
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_ASKPASS", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_SYSTEM", "GIT_DIR", "GIT_EDITOR", "GIT_EXEC_PATH", "GIT_EXTERNAL_DIFF", "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY", "GIT_PAGER", "GIT_PROXY_COMMAND", "GIT_SEQUENCE_EDITOR", "GIT_SSH", "GIT_SSH_COMMAND",
    "GIT_TEMPLATE_DIR", "GIT_WORK_TREE",
];
/// Whole families: ld.so(8), dyld(1) of macOS, functions of bash(1), the XDG Base Directory Specification.
const TAKEN_PREFIXES: &[&str] = &["LD_", "DYLD_", "BASH_FUNC_", "XDG_"];

/// Names that many programs look for: two of servers, and of those that POSIX lists (Base Definitions, section 8.1) the ones that
/// sessions have set.
const COMMON: &[&str] = &[
    "PORT", "HOST", "HOSTNAME", "USER", "LOGNAME", "PWD", "TERM", "LANG", "TZ", "TMPDIR", "EDITOR", "PAGER",
];

/// The name of an environment variable that may hold a port: `[A-Za-z_][A-Za-z0-9_]*`, at most 255 bytes, and none that
/// changes how programs run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnvName(String);

/// Text that is no name for a variable, or not for one that holds a port.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEnvName {
    /// Nothing, or a character that shells do not allow in a name.
    #[error("{} is no name of a variable: letters, digits and _, the first no digit", quoted(.0))]
    Malformed(String),
    /// More than 255 bytes.
    #[error("the name of a variable is at most 255 bytes long, and this one has {0}")]
    TooLong(usize),
    /// `PATH` and the like.
    #[error("{0} changes how programs run, and must not hold a port")]
    Taken(String),
}

impl EnvName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `PORT`, where a program that needs one port looks for it.
    #[must_use]
    pub fn port() -> EnvName {
        EnvName("PORT".to_owned())
    }

    /// Whether many programs look for that name, whatever the case of its letters, and each would take the port for its own.
    #[must_use]
    pub fn is_common(&self) -> bool {
        COMMON.iter().any(|common| common.eq_ignore_ascii_case(&self.0))
    }

    /// The name for a tag that has none of its own: in upper case, with `-` turned into `_`.
    ///
    /// # Errors
    /// When that is no name.
    pub fn of_tag(tag: &Tag) -> Result<EnvName, InvalidEnvName> {
        tag.as_str().to_ascii_uppercase().replace('-', "_").parse()
    }
}

impl FromStr for EnvName {
    type Err = InvalidEnvName;

    fn from_str(text: &str) -> Result<EnvName, InvalidEnvName> {
        let starts_well = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        if !starts_well || !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(InvalidEnvName::Malformed(text.to_owned()));
        }
        if LONGEST < text.len() {
            return Err(InvalidEnvName::TooLong(text.len()));
        }
        // In any case: to zsh, path is another name of PATH.
        let upper = text.to_ascii_uppercase();
        if TAKEN.contains(&upper.as_str()) || TAKEN_PREFIXES.iter().any(|prefix| upper.starts_with(prefix)) {
            return Err(InvalidEnvName::Taken(text.to_owned()));
        }
        Ok(EnvName(text.to_owned()))
    }
}

impl fmt::Display for EnvName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
