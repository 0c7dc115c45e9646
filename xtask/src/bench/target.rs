//! What trop is to reach, and which figures say whether it does.

use super::build::Build;
use super::report::{Measured, grouped};

/// A figure that is to stay below a limit.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) what: &'static str,
    pub(crate) unit: Unit,
    at_most: f64,
    at_most_static: f64,
    figure: fn(&Measured) -> Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Count,
    /// Of one to another.
    Ratio,
    Milliseconds,
}

impl Unit {
    pub(crate) fn show(self, figure: f64) -> String {
        match self {
            // Counts are whole numbers; only that of system calls above another program's can be negative.
            Unit::Count if figure < 0.0 => format!("-{}", grouped(-figure as u64)),
            Unit::Count => grouped(figure as u64),
            Unit::Ratio => format!("{figure:.2}"),
            Unit::Milliseconds => format!("{figure:.1} ms"),
        }
    }
}

impl Target {
    pub(crate) fn at_most(&self, build: Build) -> f64 {
        match build {
            Build::Install => self.at_most,
            Build::Static => self.at_most_static,
        }
    }

    /// `None` where something for it was not measured.
    pub(crate) fn figure(&self, measured: &Measured) -> Option<f64> {
        (self.figure)(measured)
    }
}

pub(crate) const TARGETS: &[Target] = &[
    Target {
        what: "warm reserve, checkout: instructions",
        unit: Unit::Count,
        at_most: 1_400_000.0,
        at_most_static: 850_000.0,
        figure: |measured| measured.instructions("warm-checkout"),
    },
    Target {
        what: "warm reserve, checkout: system calls above the bare program",
        figure: |measured| Some(measured.system_calls("warm-checkout")? - measured.system_calls("bare")?),
        ..count(30.0)
    },
    Target {
        what: "warm reserve, checkout: fsyncs in 100 runs",
        figure: |measured| measured.fsyncs("warm-checkout"),
        ..count(12.0)
    },
    Target {
        what: "reserve of a new key, checkout: instructions",
        unit: Unit::Count,
        at_most: 2_000_000.0,
        at_most_static: 1_300_000.0,
        figure: |measured| measured.instructions("new-checkout"),
    },
    Target {
        what: "warm reserve : sqlite3 shell",
        unit: Unit::Ratio,
        at_most: 0.6,
        at_most_static: 0.5,
        figure: |measured| measured.ratio("warm:shell"),
    },
    Target {
        what: "warm reserve, 64,000 rows : 1 row, instructions",
        figure: |measured| Some(measured.instructions("warm-64000")? / measured.instructions("warm")?),
        ..ratio(1.1)
    },
    Target {
        what: "warm reserve, 64,000 rows : 1 row, time",
        figure: |measured| measured.ratio("warm-64000:warm"),
        ..ratio(1.1)
    },
    Target {
        what: "the last free port among 64,512: instructions",
        figure: |measured| measured.instructions("last-port"),
        ..count(60_000_000.0)
    },
    Target {
        what: "autoreserve of 20 : warm reserve, instructions",
        figure: |measured| {
            Some(measured.instructions("autoreserve-20")? / measured.instructions("warm-beside-20")?)
        },
        ..ratio(1.5)
    },
    Target { what: "scan of 65,535 ports", figure: |measured| measured.time("scan"), ..milliseconds(150.0) },
    Target {
        what: "scan of 65,535 ports with --exact",
        figure: |measured| measured.time("scan-exact"),
        ..milliseconds(1_500.0)
    },
    Target {
        what: "prune of 64,000 vanished directories",
        figure: |measured| measured.time("prune-64000"),
        ..milliseconds(500.0)
    },
    Target {
        what: "list --format json of 64,000",
        figure: |measured| measured.time("list-64000"),
        ..milliseconds(250.0)
    },
    Target {
        what: "200 first reservations, 16 at once : sqlite3 shell",
        figure: |measured| measured.ratio("crowd"),
        ..ratio(1.0)
    },
    Target {
        what: "--version: instructions",
        unit: Unit::Count,
        at_most: 900_000.0,
        at_most_static: 400_000.0,
        figure: |measured| measured.instructions("version"),
    },
];

const fn count(at_most: f64) -> Target {
    same_for_every_build(Unit::Count, at_most)
}

const fn ratio(at_most: f64) -> Target {
    same_for_every_build(Unit::Ratio, at_most)
}

const fn milliseconds(at_most: f64) -> Target {
    same_for_every_build(Unit::Milliseconds, at_most)
}

const fn same_for_every_build(unit: Unit, at_most: f64) -> Target {
    Target { what: "", unit, at_most, at_most_static: at_most, figure: |_| None }
}

#[cfg(test)]
mod tests {
    use super::super::report::tests::everything_measured;
    use super::*;

    #[test]
    fn every_target_has_its_figure() {
        let measured = everything_measured(Build::Install);
        for target in TARGETS {
            assert!(!target.what.is_empty());
            assert!(target.figure(&measured).is_some(), "{}", target.what);
            assert!(target.at_most(Build::Static) <= target.at_most(Build::Install), "{}", target.what);
        }
    }

    #[test]
    fn a_figure_is_shown_in_its_unit() {
        let check = |unit: Unit, figure, expected: &str| assert_eq!(unit.show(figure), expected);
        check(Unit::Count, 1_400_000.0, "1,400,000");
        check(Unit::Count, -7.0, "-7");
        check(Unit::Ratio, 1.054, "1.05");
        check(Unit::Milliseconds, 149.96, "150.0 ms");
    }
}
