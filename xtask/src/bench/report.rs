//! What was counted, as a table, as JSON, and against an earlier report.

use std::fmt::Write;

use serde_json::{Map, Value, json};

/// What one scenario costs. None where the tool for it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) instructions: Option<u64>,
    pub(crate) system_calls: Option<u64>,
    /// In as many runs as the row says.
    pub(crate) fsyncs: Option<u64>,
}

impl Figures {
    /// Each with its name in a report.
    fn named(&self) -> [(&'static str, Option<u64>); 3] {
        [("instructions", self.instructions), ("system_calls", self.system_calls), ("fsyncs", self.fsyncs)]
    }
}

/// A scenario and what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) scenario: String,
    /// Of how many runs the fsyncs are added up.
    pub(crate) fsync_runs: usize,
    pub(crate) figures: Figures,
}

/// From this change on, in percent, a figure is marked.
const NOTABLE_PERCENT: f64 = 5.0;

pub(crate) fn table(rows: &[Row]) -> String {
    lines(rows, |_, _, count| count.map_or("-".to_owned(), grouped))
}

pub(crate) fn to_json(rows: &[Row]) -> Value {
    let scenarios = rows.iter().map(|row| {
        let figures: Map<String, Value> =
            row.figures.named().into_iter().map(|(name, count)| (name.to_owned(), json!(count))).collect();
        (row.scenario.clone(), Value::Object(figures))
    });
    Value::Object(scenarios.collect())
}

/// The table of what changed since an earlier report, in percent. A change of 5 % and more is marked with `*`.
pub(crate) fn changes(rows: &[Row], earlier: &Value) -> String {
    lines(rows, |scenario, figure, count| match (earlier[scenario][figure].as_u64(), count) {
        (Some(before), Some(now)) => change(before, now),
        _ => "-".to_owned(),
    })
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

/// A table with a cell for each scenario and figure, and a line above the rows that count alike.
fn lines(rows: &[Row], cell: impl Fn(&str, &str, Option<u64>) -> String) -> String {
    let mut table = String::new();
    let mut runs_above = None;
    for Row { scenario, fsync_runs, figures } in rows {
        if runs_above != Some(fsync_runs) {
            let fsyncs = match fsync_runs {
                1 => "fsyncs".to_owned(),
                runs => format!("fsyncs in {runs} runs"),
            };
            // Writing to a string does not fail.
            let _ = writeln!(table, "{:<16}{:>16}{:>16}{fsyncs:>22}", "", "instructions", "system calls");
            runs_above = Some(fsync_runs);
        }
        let [instructions, system_calls, fsyncs] =
            figures.named().map(|(figure, count)| cell(scenario, figure, count));
        let _ = writeln!(table, "{scenario:<16}{instructions:>16}{system_calls:>16}{fsyncs:>22}");
    }
    table
}

/// With a comma between thousands.
fn grouped(number: u64) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let warm = Figures { instructions: Some(1_050_000), system_calls: Some(104), fsyncs: Some(0) };
        let version = Figures { instructions: None, system_calls: Some(40), fsyncs: Some(3) };
        let row = |scenario: &str, figures| Row { scenario: scenario.to_owned(), fsync_runs: 100, figures };
        vec![row("warm reserve", warm), row("--version", version)]
    }

    #[test]
    fn rows_that_count_alike_stand_together() {
        let adopt = Figures { instructions: Some(16_000_000), system_calls: Some(500), fsyncs: Some(9) };
        let adopt = Row { scenario: "adopt 1000".to_owned(), fsync_runs: 1, figures: adopt };
        let expected = "                    instructions    system calls    fsyncs in 100 runs
warm reserve           1,050,000             104                     0
                    instructions    system calls                fsyncs
adopt 1000            16,000,000             500                     9
";
        assert_eq!(table(&[rows()[0].clone(), adopt]), expected);
    }

    #[test]
    fn a_table() {
        let expected = "                    instructions    system calls    fsyncs in 100 runs
warm reserve           1,050,000             104                     0
--version                      -              40                     3
";
        assert_eq!(table(&rows()), expected);
    }

    #[test]
    fn what_changed_since_an_earlier_report() {
        let earlier = json!({
            "warm reserve": { "instructions": 1_000_000, "system_calls": 100, "fsyncs": 0 },
            "--version": { "instructions": 1, "system_calls": 50, "fsyncs": 0 },
        });
        let expected = "                    instructions    system calls    fsyncs in 100 runs
warm reserve            +5.0 % *          +4.0 %                     =
--version                      -       -20.0 % *         from 0 to 3 *
";
        assert_eq!(changes(&rows(), &earlier), expected);
    }

    #[test]
    fn a_saved_report_is_no_change() {
        let expected = "                    instructions    system calls    fsyncs in 100 runs
warm reserve                   =               =                     =
--version                      -               =                     =
";
        assert_eq!(changes(&rows(), &to_json(&rows())), expected);
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
