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
    // Files that shells read, and words that they run or split by: bash(1), dash(1), zshparam(1). What readline binds: readline(3).
    "BASH_ENV", "BASHOPTS", "CDPATH", "ENV", "FPATH", "GLOBIGNORE", "INPUTRC", "NULLCMD", "PROMPT_COMMAND", "PS4", "READNULLCMD",
    "SHELLOPTS", "ZDOTDIR",
    // What make reads before its makefile, and what a recursive one is told: GNU make, "Variables from the Environment" and "MAKEFILES".
    "GNUMAKEFLAGS", "MAKEFILES", "MAKEFLAGS", "MFLAGS",
    // The programs and options that its built-in rules take from there: GNU make, "Variables Used by Implicit Rules".
    "AR", "ARFLAGS", "AS", "ASFLAGS", "CC", "CFLAGS", "CPP", "CPPFLAGS", "CXX", "CXXFLAGS", "FC", "FFLAGS", "LDFLAGS", "LDLIBS",
    "LEX", "LFLAGS", "LOADLIBES", "YACC", "YFLAGS",
    // Where compilers find their parts, and what decides how something is built: gcc(1), pkg-config(1), "Setting Site Defaults" of
    // Autoconf, "Environment Variables" of the Cargo Book, `go help environment`.
    "CARGO", "COMPILER_PATH", "CONFIG_SHELL", "CONFIG_SITE", "CPATH", "CPLUS_INCLUDE_PATH", "C_INCLUDE_PATH", "GCC_EXEC_PREFIX",
    "GOBIN", "GOCACHE", "GOCACHEPROG", "GOENV", "GOFLAGS", "GOMODCACHE", "GOPATH", "GOPROXY", "GOROOT", "GOTOOLCHAIN", "GOTOOLDIR",
    "GOWORK", "LIBRARY_PATH", "OBJC_INCLUDE_PATH", "PKG_CONFIG_LIBDIR", "PKG_CONFIG_PATH", "RUSTC", "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER", "RUSTDOC", "RUSTDOCFLAGS", "RUSTFLAGS",
    // Where interpreters look for code, and what they run first: perlrun(1), python(1), ruby(1), node(1), java(1), php(1), erl(1),
    // tclsh's tclvars(n), guile(1), about_PSModulePath of PowerShell, "Environment Variables" of Julia, "DOTNET_STARTUP_HOOKS" of .NET, "Startup" of R.
    "CLASSPATH", "CORECLR_PROFILER", "CORECLR_PROFILER_PATH", "DOTNET_ADDITIONAL_DEPS", "DOTNET_ROOT", "DOTNET_SHARED_STORE",
    "DOTNET_STARTUP_HOOKS", "ERL_AFLAGS", "ERL_FLAGS", "ERL_LIBS", "ERL_ZFLAGS", "GUILE_LOAD_COMPILED_PATH", "GUILE_LOAD_PATH",
    "JAVA_HOME", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JULIA_DEPOT_PATH", "JULIA_LOAD_PATH", "JULIA_PROJECT", "NODE_OPTIONS",
    "NODE_PATH", "NODE_REPL_EXTERNAL_MODULE", "PERL5DB", "PERL5LIB", "PERL5OPT", "PERL5SHELL", "PERLIO_DEBUG", "PERLLIB", "PHPRC",
    "PSMODULEPATH", "PHP_INI_SCAN_DIR", "PYTHONBREAKPOINT", "PYTHONEXECUTABLE", "PYTHONHOME", "PYTHONINSPECT", "PYTHONPATH", "PYTHONPLATLIBDIR",
    "PYTHONPYCACHEPREFIX", "PYTHONSTARTUP", "PYTHONUSERBASE", "RUBYLIB", "RUBYOPT", "R_DEFAULT_PACKAGES", "R_HOME", "TCLLIBPATH",
    "TCL_LIBRARY", "_JAVA_OPTIONS",
    // The same of what brings packages or runs a project, each after its own manual: RubyGems and Bundler, Composer, Mix, Maven, Gradle,
    // Ant, Yarn, pytest, Django, Flask, Gunicorn, IPython and Jupyter.
    "ANT_ARGS", "ANT_OPTS", "BUNDLE_APP_CONFIG", "BUNDLE_GEMFILE", "BUNDLE_PATH", "BUNDLE_USER_CONFIG", "BUNDLE_USER_HOME",
    "COMPOSER", "COMPOSER_HOME", "COMPOSER_VENDOR_DIR", "DJANGO_SETTINGS_MODULE", "FLASK_APP", "GEM_HOME", "GEM_PATH", "GRADLE_OPTS",
    "GRADLE_USER_HOME", "GUNICORN_CMD_ARGS", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH", "JUPYTER_PATH", "MAVEN_ARGS",
    "MAVEN_OPTS", "MIX_ARCHIVES", "MIX_EXS", "MIX_HOME", "MIX_PATH", "PYTEST_ADDOPTS", "PYTEST_PLUGINS", "RUBYGEMS_GEMDEPS",
    "YARN_RC_FILENAME", "YARN_YARN_PATH",
    // Libraries that load code which their settings name: openssl-env(7), GTK, GIO, Qt, GStreamer.
    "GIO_EXTRA_MODULES", "GST_PLUGIN_PATH", "GTK_MODULES", "GTK_PATH", "OPENSSL_CONF", "OPENSSL_CONF_INCLUDE", "OPENSSL_ENGINES",
    "OPENSSL_MODULES", "QT_PLUGIN_PATH",
    // Settings that name programs to run: less(1), wget(1), curl(1), gpg(1), ssh(1), sudo(8), rsync(1), psql(1), hg(1), vim(1) and its
    // "starting", emacs(1), kubectl, docker, the AWS CLI ("credential_process"), terraform.
    "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "COMPOSE_FILE", "CURL_HOME", "DOCKER_CONFIG", "EMACSLOADPATH", "EXINIT",
    "GNUPGHOME", "HGRCPATH", "KUBECONFIG", "LESS", "LESSCLOSE", "LESSEDIT", "LESSKEY", "LESSKEYIN", "LESSOPEN", "PSQLRC", "RSYNC_RSH",
    "SSH_ASKPASS", "SUDO_ASKPASS", "TF_CLI_ARGS", "TF_CLI_CONFIG_FILE", "VIM", "VIMINIT", "VIMRUNTIME", "WGETRC",
    // Which repository git works in, and what it runs: git(1), git-config(1).
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_ASKPASS", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_SYSTEM", "GIT_DIR", "GIT_EDITOR", "GIT_EXEC_PATH", "GIT_EXTERNAL_DIFF", "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY", "GIT_PAGER", "GIT_PROXY_COMMAND", "GIT_SEQUENCE_EDITOR", "GIT_SSH", "GIT_SSH_COMMAND",
    "GIT_TEMPLATE_DIR", "GIT_WORK_TREE",
];
/// Whole families: ld.so(8), dyld(1) of macOS, functions of bash(1), the XDG Base Directory Specification; lua(1), whose names may end
/// with a version; "Startup" of R; and every setting of npm (npm-config(7)), pip, Cargo, rustup, Nix, CMake (cmake-env-variables(7)) and
/// Ansible, which take any from a variable.
#[rustfmt::skip]
const TAKEN_PREFIXES: &[&str] = &[
    "LD_", "DYLD_", "BASH_FUNC_", "XDG_",
    "LUA_CPATH", "LUA_INIT", "LUA_PATH", "R_ENVIRON", "R_LIBS", "R_PROFILE",
    "ANSIBLE_", "CARGO_", "CMAKE_", "NIX_", "NPM_CONFIG_", "PIP_", "RUSTUP_",
];
/// What trop's own variables begin with: one that held a port would change every later trop that has it.
const OWN_PREFIX: &str = "TROP_";

/// Names that many programs look for: two of servers, and of those that POSIX lists (Base Definitions, section 8.1) the ones that
/// sessions have set.
const COMMON: &[&str] = &[
    "PORT", "HOST", "HOSTNAME", "USER", "LOGNAME", "PWD", "TERM", "LANG", "TZ", "TMPDIR", "EDITOR", "PAGER",
];

/// The name of an environment variable that may hold a port: `[A-Za-z_][A-Za-z0-9_]*`, at most 255 bytes, and none that
/// is known to change how programs run, trop itself among them.
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
    /// `TROP_DATA_DIR` and the like.
    #[error("names that begin with TROP_ are settings of trop, and {0} must not hold a port")]
    Own(String),
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
        if upper.starts_with(OWN_PREFIX) {
            return Err(InvalidEnvName::Own(text.to_owned()));
        }
        Ok(EnvName(text.to_owned()))
    }
}

impl fmt::Display for EnvName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
