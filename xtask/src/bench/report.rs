//! What was measured, as tables, as JSON, and against an earlier report.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::build::Build;
use super::race::Standing;
use super::scenario;
use super::spread::Spread;
use super::target::TARGETS;
use super::tools::Figures;

/// What was measured of one build.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) build: Build,
    pub(crate) scenarios: Vec<(&'static str, Figures)>,
    pub(crate) races: Vec<(&'static str, Standing)>,
}

impl Measured {
    pub(crate) fn instructions(&self, scenario: &str) -> Option<f64> {
        self.figures(scenario)?.instructions.map(|count| count as f64)
    }

    pub(crate) fn system_calls(&self, scenario: &str) -> Option<f64> {
        self.figures(scenario)?.system_calls.map(|count| count as f64)
    }

    pub(crate) fn fsyncs(&self, scenario: &str) -> Option<f64> {
        self.figures(scenario)?.fsyncs.map(|count| count as f64)
    }

    /// The median, in milliseconds.
    pub(crate) fn time(&self, scenario: &str) -> Option<f64> {
        Some(self.figures(scenario)?.time?.median)
    }

    /// The median of the ratios of all turns.
    pub(crate) fn ratio(&self, race: &str) -> Option<f64> {
        self.races.iter().find(|(name, _)| *name == race).map(|(_, standing)| standing.ratio.median)
    }

    fn figures(&self, scenario: &str) -> Option<&Figures> {
        self.scenarios.iter().find(|(name, _)| *name == scenario).map(|(_, figures)| figures)
    }
}

/// What trop is to reach, and whether it does. What was not measured is left out.
pub(crate) fn targets(builds: &[Measured]) -> String {
    let mut table = Table::default();
    let mut head = vec!["target".to_owned()];
    for measured in builds {
        head.extend([measured.build.name().to_owned(), "at most".to_owned(), String::new()]);
    }
    table.row(head);
    for target in TARGETS {
        if builds.iter().all(|measured| target.figure(measured).is_none()) {
            continue;
        }
        let mut row = vec![target.what.to_owned()];
        for measured in builds {
            let at_most = target.at_most(measured.build);
            let figure = target.figure(measured);
            let verdict = figure.map_or("", |figure| if figure <= at_most { "met" } else { "MISSED" });
            row.push(shown(figure, |figure| target.unit.show(figure)));
            row.extend([target.unit.show(at_most), verdict.to_owned()]);
        }
        table.row(row);
    }
    table.text()
}

/// Every scenario that was measured. Empty where none was.
pub(crate) fn figures(measured: &Measured) -> String {
    let mut table = Table::default();
    table.words(&[
        "scenario",
        "instructions",
        "system calls",
        "fsyncs",
        "in runs",
        "median ms",
        "quartiles",
        "runs",
    ]);
    for (name, figures) in &measured.scenarios {
        let fsync_runs = scenario::find(name).map(|scenario| scenario.pace.runs().fsyncs);
        let mut row = vec![(*name).to_owned()];
        row.extend(
            [figures.instructions, figures.system_calls, figures.fsyncs].map(|count| shown(count, grouped)),
        );
        row.push(shown(figures.fsyncs.and(fsync_runs), |runs| runs.to_string()));
        row.push(shown(figures.time, |time| format!("{:.2}", time.median)));
        row.push(shown(figures.time, quartiles));
        row.push(shown(figures.time, |time| time.runs.to_string()));
        table.row(row);
    }
    table.text()
}

/// Every race that was run. Empty where none was.
pub(crate) fn races(measured: &Measured) -> String {
    let mut table = Table::default();
    table.words(&["race", "ours ms", "quartiles", "theirs ms", "quartiles", "ratio", "quartiles", "turns"]);
    for (name, Standing { ours, theirs, ratio }) in &measured.races {
        let mut row = vec![(*name).to_owned()];
        for spread in [ours, theirs, ratio] {
            row.extend([format!("{:.2}", spread.median), quartiles(*spread)]);
        }
        row.push(ratio.runs.to_string());
        table.row(row);
    }
    table.text()
}

/// The name of a curve, and its scenarios.
const CURVES: &[(&str, [&str; 4])] = &[
    ("warm", ["warm", "warm-100", "warm-10000", "warm-64000"]),
    ("new", ["new", "new-100", "new-10000", "new-64000"]),
];

/// How instructions grow with the number of rows. Empty where no curve was measured.
pub(crate) fn growth(measured: &Measured) -> String {
    let mut table = Table::default();
    for (name, scenarios) in CURVES {
        let counts =
            scenarios.map(|scenario| measured.figures(scenario).and_then(|figures| figures.instructions));
        // One point is no curve.
        if counts.iter().flatten().count() < 2 {
            continue;
        }
        if table.is_empty() {
            table.words(&["instructions, rows:", "1", "100", "10,000", "64,000"]);
        }
        table
            .row([(*name).to_owned()].into_iter().chain(counts.map(|count| shown(count, grouped))).collect());
    }
    table.text()
}

/// For `--save` and `--compare`: builds, scenarios, counts. Times and ratios are for reading only.
pub(crate) fn to_json(builds: &[Measured]) -> Value {
    let builds = builds.iter().map(|measured| {
        let scenarios = measured.scenarios.iter().map(|(name, figures)| {
            let counts = counts(figures).map(|(name, count)| (name.to_owned(), json!(count)));
            ((*name).to_owned(), Value::Object(counts.into_iter().collect()))
        });
        (measured.build.name().to_owned(), Value::Object(scenarios.collect()))
    });
    Value::Object(builds.collect::<Map<_, _>>())
}

/// Each with its name in a saved report.
fn counts(figures: &Figures) -> [(&'static str, Option<u64>); 3] {
    [
        ("instructions", figures.instructions),
        ("system_calls", figures.system_calls),
        ("fsyncs", figures.fsyncs),
    ]
}

/// From this change on, in percent, a figure is marked.
const NOTABLE_PERCENT: f64 = 5.0;

/// What changed since an earlier report, in percent. A change of 5 % and more is marked with `*`.
pub(crate) fn changes(measured: &Measured, earlier: &Value) -> String {
    let mut table = Table::default();
    table.words(&["change", "instructions", "system calls", "fsyncs"]);
    for (name, figures) in &measured.scenarios {
        let cells = counts(figures).map(|(figure, count)| {
            match (earlier[measured.build.name()][name][figure].as_u64(), count) {
                (Some(before), Some(now)) => change(before, now),
                _ => "-".to_owned(),
            }
        });
        table.row([(*name).to_owned()].into_iter().chain(cells).collect());
    }
    table.text()
}

fn change(before: u64, now: u64) -> String {
    if before == now {
        return "=".to_owned();
    }
    if before == 0 {
        return format!("from 0 to {now} *");
    }
    let percent = (now as f64 - before as f64) / before as f64 * 100.0;
    let mark = if percent.abs() >= NOTABLE_PERCENT { " *" } else { "" };
    format!("{percent:+.1} %{mark}")
}

fn quartiles(spread: Spread) -> String {
    format!("{:.2}..{:.2}", spread.lower_quartile, spread.upper_quartile)
}

fn shown<T>(figure: Option<T>, show: impl FnOnce(T) -> String) -> String {
    figure.map_or_else(|| "-".to_owned(), show)
}

/// With a comma between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Lines of cells: the first of each to the left, the others to the right.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    fn words(&mut self, words: &[&str]) {
        self.row(words.iter().map(|&word| word.to_owned()).collect());
    }

    fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A head without anything below it is not shown.
    fn text(&self) -> String {
        if self.rows.len() < 2 {
            return String::new();
        }
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                // Writing to a string does not fail.
                let _ = match column {
                    0 => write!(line, "{cell:<width$}"),
                    _ => write!(line, "  {cell:>width$}"),
                };
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::race::RACES;
    use super::super::scenario::SCENARIOS;
    use super::*;

    const FIGURES: Figures = Figures {
        instructions: Some(1_050_000),
        system_calls: Some(104),
        fsyncs: Some(0),
        time: Some(Spread { runs: 50, lower_quartile: 1.9, median: 2.0, upper_quartile: 2.25 }),
    };

    /// As if everything cost the same.
    pub(crate) fn everything_measured(build: Build) -> Measured {
        let spread = Spread { runs: 200, lower_quartile: 0.5, median: 0.75, upper_quartile: 1.0 };
        let standing = Standing { ours: spread, theirs: spread, ratio: spread };
        Measured {
            build,
            scenarios: SCENARIOS.iter().map(|scenario| (scenario.name, FIGURES)).collect(),
            races: RACES.iter().map(|race| (race.name, standing)).collect(),
        }
    }

    fn some_measured(build: Build) -> Measured {
        let version = Figures { instructions: None, fsyncs: Some(3), system_calls: Some(40), time: None };
        Measured { build, scenarios: vec![("new-checkout", FIGURES), ("version", version)], races: vec![] }
    }

    #[test]
    fn every_curve_is_of_scenarios_that_are_there() {
        let expected = "\
instructions, rows:          1        100     10,000     64,000
warm                 1,050,000  1,050,000  1,050,000  1,050,000
new                  1,050,000  1,050,000  1,050,000  1,050,000
";
        assert_eq!(growth(&everything_measured(Build::Install)), expected);
        assert_eq!(growth(&some_measured(Build::Install)), "");
        assert_eq!(races(&some_measured(Build::Install)), "");
    }

    #[test]
    fn a_target_is_met_or_missed_by_each_build() {
        let mut install = some_measured(Build::Install);
        install.scenarios[0].1.instructions = Some(2_000_001);
        let expected = "\
target                                          install    at most             static    at most
reserve of a new key, checkout: instructions  2,000,001  2,000,000  MISSED  1,050,000  1,300,000  met
";
        assert_eq!(targets(&[install, some_measured(Build::Static)]), expected);
    }

    #[test]
    fn what_scenarios_cost() {
        let expected = "\
scenario      instructions  system calls  fsyncs  in runs  median ms   quartiles  runs
new-checkout     1,050,000           104       0      100       2.00  1.90..2.25    50
version                  -            40       3      100          -           -     -
";
        assert_eq!(figures(&some_measured(Build::Install)), expected);
    }

    #[test]
    fn how_races_ended() {
        let mut measured = everything_measured(Build::Install);
        measured.races.truncate(1);
        let expected = "\
race        ours ms   quartiles  theirs ms   quartiles  ratio   quartiles  turns
warm:shell     0.75  0.50..1.00       0.75  0.50..1.00   0.75  0.50..1.00    200
";
        assert_eq!(races(&measured), expected);
    }

    #[test]
    fn what_changed_since_an_earlier_report() {
        let earlier = json!({ "install": {
            "new-checkout": { "instructions": 1_000_000, "system_calls": 100, "fsyncs": 0 },
            "version": { "instructions": 1, "system_calls": 50, "fsyncs": 0 },
        } });
        let expected = "\
change        instructions  system calls         fsyncs
new-checkout      +5.0 % *        +4.0 %              =
version                  -     -20.0 % *  from 0 to 3 *
";
        assert_eq!(changes(&some_measured(Build::Install), &earlier), expected);
    }

    #[test]
    fn a_saved_report_is_no_change() {
        let saved = to_json(&[some_measured(Build::Install), some_measured(Build::Static)]);
        let expected = "\
change        instructions  system calls  fsyncs
new-checkout             =             =       =
version                  -             =       =
";
        assert_eq!(changes(&some_measured(Build::Static), &saved), expected);
    }

    #[test]
    fn thousands() {
        let check = |number, expected: &str| assert_eq!(grouped(number), expected);
        check(0, "0");
        check(999, "999");
        check(1_000, "1,000");
        check(12_345_678, "12,345,678");
    }
}
