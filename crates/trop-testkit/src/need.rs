//! What a test needs of the machine it runs on, and what happens where that is missing.

use std::fs::OpenOptions;
use std::io::Write;
use std::net::UdpSocket;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::ordinary_user::is_root;

/// The variable that names the file in which skipped tests are recorded, one a line.
const RECORD: &str = "TROP_TEST_SKIPPED";

/// Something that not every machine has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its name, fit to stand after "needs".
    pub name: String,
    /// Whether it is there.
    pub is_met: bool,
}

/// A program of that name in `PATH`.
#[must_use]
pub fn tool(name: &str) -> Need {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_met = std::env::split_paths(&path).any(|directory| is_executable(&directory.join(name)));
    Need { name: name.to_owned(), is_met }
}

/// The rights of root.
#[must_use]
pub fn root() -> Need {
    Need { name: "root".to_owned(), is_met: is_root() }
}

/// IPv6, on the loopback interface at least.
#[must_use]
pub fn ipv6() -> Need {
    Need { name: "IPv6".to_owned(), is_met: UdpSocket::bind("[::1]:0").is_ok() }
}

/// Name spaces of its own for a process, of mounts and of the network, with the rights of root in them. Who is not root makes
/// one of users, too.
#[must_use]
pub fn name_spaces() -> Need {
    let mut unshare = Command::new("unshare");
    unshare.args(["--mount", "--net"]).args((!is_root()).then_some("--map-root-user"));
    unshare.args(["mount", "-t", "tmpfs", "tmpfs", "/proc"]).stderr(Stdio::null());
    let is_met = unshare.status().is_ok_and(|status| status.success());
    Need { name: "name spaces of its own".to_owned(), is_met }
}

fn is_executable(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

/// Ends the test here, as passed, unless this [`Need`] is met, and records that by name. In CI (`CI=true`) nothing is
/// skipped: there the test fails.
///
/// ```
/// use trop_testkit::{need, skip_unless};
///
/// fn a_warm_run_does_not_sync() {
///     skip_unless!(need::tool("strace"));
///     // ...
/// }
/// ```
#[macro_export]
macro_rules! skip_unless {
    ($need:expr) => {{
        fn here() {}
        let test = $crate::need::test_name(env!("CARGO_PKG_NAME"), std::any::type_name_of_val(&here));
        if $crate::need::must_skip(&$need, &test) {
            return;
        }
    }};
}

/// From the package of a test and the full name of a function in it to the name of the test.
#[doc(hidden)]
#[must_use]
pub fn test_name(package: &str, inner_function: &str) -> String {
    let without_inner = inner_function.rsplit_once("::").map_or(inner_function, |(test, _)| test);
    let without_crate = without_inner.split_once("::").map_or(without_inner, |(_, test)| test);
    format!("{package} {without_crate}")
}

#[doc(hidden)]
#[must_use]
#[track_caller]
pub fn must_skip(need: &Need, test: &str) -> bool {
    let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
    let record = std::env::var_os(RECORD).map(PathBuf::from);
    match skipped(need, test, is_ci, record.as_deref()) {
        None => false,
        Some(line) => {
            // Not with a macro, whose output is shown for tests that fail only.
            let _ = std::io::stderr().write_all(format!("skipped: {line}").as_bytes());
            true
        }
    }
}

/// Records that the test is skipped, if it is. The answer is the recorded line.
#[track_caller]
fn skipped(need: &Need, test: &str, is_ci: bool, record: Option<&Path>) -> Option<String> {
    if need.is_met {
        return None;
    }
    let line = format!("{test} needs {}\n", need.name);
    assert!(!is_ci, "nothing is skipped in CI: {line}");
    if let Some(record) = record {
        let file = OpenOptions::new().append(true).create(true).open(record);
        let recorded = file.and_then(|mut file| file.write_all(line.as_bytes()));
        recorded.expect("a skipped test can be recorded");
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    fn met(is_met: bool) -> Need {
        Need { name: "a unicorn".to_owned(), is_met }
    }

    #[test]
    fn what_is_met_skips_nothing() {
        assert_eq!(skipped(&met(true), "p some::test", false, None), None);
        assert_eq!(skipped(&met(true), "p some::test", true, None), None);
    }

    #[test]
    fn a_skipped_test_is_recorded_by_name() {
        let directory = tempfile::tempdir().unwrap();
        let record = directory.path().join("skipped");
        assert!(skipped(&met(false), "p some::test", false, Some(&record)).is_some());
        assert!(skipped(&met(false), "p other", false, Some(&record)).is_some());
        let lines = std::fs::read_to_string(&record).unwrap();
        assert_eq!(lines, "p some::test needs a unicorn\np other needs a unicorn\n");
    }

    #[test]
    fn ci_skips_nothing() {
        assert!(catch_unwind(|| skipped(&met(false), "p some::test", true, None)).is_err());
    }

    #[test]
    fn the_macro_knows_the_test_and_lets_it_run() {
        skip_unless!(met(true));
        skip_unless!(tool("sh"));
        fn here() {}
        let name = test_name(env!("CARGO_PKG_NAME"), std::any::type_name_of_val(&here));
        assert_eq!(name, "trop-testkit need::tests::the_macro_knows_the_test_and_lets_it_run");
    }

    #[test]
    fn a_tool_is_looked_for_in_path() {
        assert_eq!(tool("sh"), Need { name: "sh".to_owned(), is_met: true });
        assert_eq!(tool("no-such-tool"), Need { name: "no-such-tool".to_owned(), is_met: false });
    }
}
