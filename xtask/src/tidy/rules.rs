//! Who may use whom: the crates of the house, and the libraries from outside.

/// What holds for one crate of the workspace.
pub(crate) struct CrateRule {
    /// On which floor it lives; nobody knows who lives higher up, or on the same floor.
    pub(crate) floor: u8,
    pub(crate) name: &'static str,
    /// The crates of the workspace that its code may use. Its tests may use everything from lower floors.
    pub(crate) uses: &'static [&'static str],
}

const fn at(floor: u8, name: &'static str, uses: &'static [&'static str]) -> CrateRule {
    CrateRule { floor, name, uses }
}

/// The crate that tests may use anywhere.
pub(crate) const TESTKIT: &str = "trop-testkit";

pub(crate) const CRATES: &[CrateRule] = &[
    at(6, "xtask", &["trop-cli", "trop-config"]),
    at(5, "trop", &["trop-cli", "trop-model"]),
    at(4, "trop-cli", EVERYTHING_BELOW_CLI),
    at(3, "trop-ops", &["trop-storage", "trop-allocation", "trop-model", "trop-paths"]),
    at(2, "trop-allocation", &["trop-model"]),
    at(2, "trop-config", &["trop-model"]),
    at(2, "trop-git", &["trop-model"]),
    at(2, "trop-occupancy", &["trop-model"]),
    at(2, "trop-output", &["trop-model", "trop-paths"]),
    at(2, "trop-storage", &["trop-model", "trop-files", "trop-paths"]),
    at(2, "trop-system", &[]),
    at(1, "trop-model", &["trop-paths"]),
    at(0, "trop-files", &[]),
    at(0, "trop-paths", &[]),
    at(0, TESTKIT, &[]),
];

const EVERYTHING_BELOW_CLI: &[&str] = &[
    "trop-ops",
    "trop-allocation",
    "trop-config",
    "trop-git",
    "trop-occupancy",
    "trop-output",
    "trop-storage",
    "trop-system",
    "trop-model",
    "trop-files",
    "trop-paths",
];

/// What holds for one library from outside.
pub(crate) struct LibraryRule {
    pub(crate) name: &'static str,
    pub(crate) owners: Owners,
}

/// Whose code may use a library.
pub(crate) enum Owners {
    Anybody,
    Only(&'static [&'static str]),
}

const fn open(name: &'static str) -> LibraryRule {
    LibraryRule { name, owners: Owners::Anybody }
}

const fn owned(name: &'static str, owners: &'static [&'static str]) -> LibraryRule {
    LibraryRule { name, owners: Owners::Only(owners) }
}

pub(crate) const LIBRARIES: &[LibraryRule] = &[
    open("camino"),
    open("thiserror"),
    owned("anstyle", &["trop-output"]),
    owned("clap", &["trop-cli", "xtask"]),
    owned("clap_complete", &["xtask"]),
    owned("clap_mangen", &["xtask"]),
    owned("comfy-table", &["trop-output"]),
    owned("csv", &["trop-output"]),
    owned("flate2", &["xtask"]),
    owned("gix", &["trop-git"]),
    owned("granit-parser", &["trop-config"]),
    owned("insta", &[TESTKIT]),
    owned("jiff", &["trop-output"]),
    owned("listeners", &["trop-occupancy"]),
    owned("miette", &["trop-output"]),
    owned("refinery", &["trop-storage", TESTKIT]),
    owned("refinery-core", &["trop-storage"]),
    owned("rusqlite", &["trop-storage", TESTKIT]),
    owned("rustix", &["trop-files", "trop-system", TESTKIT, "xtask"]),
    owned("serde", &["trop-output"]),
    owned("serde_json", &["trop-output", "xtask"]),
    owned("sha2", &["xtask"]),
    owned("socket2", &["trop-occupancy"]),
    owned("strsim", &["trop-config"]),
    owned("tar", &["xtask"]),
    owned("tempfile", &["trop-storage", TESTKIT, "xtask"]),
    owned("time", &["trop-storage"]),
];

/// The libraries that tests and benchmarks may use anywhere.
///
/// Tests of the whole program look at it from outside: at its database, its JSON, and with sockets of their own.
pub(crate) const TEST_LIBRARIES: &[&str] =
    &["divan", "insta", "proptest", "rusqlite", "serde_json", "socket2", "tempfile"];
