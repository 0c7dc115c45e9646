//! The lines of the library crates that are counted, and how often each ran.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::workspace::root;

/// What is no library: the program itself, which is a few lines around trop-cli, and what serves the tests.
const NO_LIBRARIES: &[&str] = &["trop", "trop-testkit"];

/// Lines by crate, by file, and by number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CountedLines(BTreeMap<String, BTreeMap<String, BTreeMap<u32, Line>>>);

#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Line {
    has_run: bool,
    text: String,
}

impl CountedLines {
    /// Reads what `cov show` prints: the path of each file, and below it its lines as `number|count|text`, without a
    /// count where there is no code.
    pub(super) fn read(shown: &str) -> CountedLines {
        let mut counted = CountedLines::default();
        let mut place = None;
        for row in shown.lines() {
            if let Some((number, has_run, text)) = counted_line(row) {
                let Some((krate, file)) = &place else { continue };
                let crate_lines = counted.0.entry(String::clone(krate)).or_default();
                let line = crate_lines.entry(String::clone(file)).or_default().entry(number).or_default();
                // A file comes once for each program that it is part of.
                line.has_run |= has_run;
                text.trim().clone_into(&mut line.text);
            } else if Path::new(row).is_absolute() {
                place = library_file(Path::new(row));
            }
        }
        counted
    }

    /// A row for each crate and one for all of them.
    pub(super) fn table(&self) -> String {
        let mut table = String::from("crate               lines    ran\n");
        let mut row = |name: &str, (ran, all): (usize, usize)| {
            let percent = 100.0 * ran as f64 / all.max(1) as f64;
            writeln!(table, "{name:18} {all:6}  {percent:4.1} %").expect("a String takes everything");
        };
        let mut total = (0, 0);
        for (krate, files) in &self.0 {
            let lines = || files.values().flat_map(BTreeMap::values);
            let (ran, all) = (lines().filter(|line| line.has_run).count(), lines().count());
            row(krate, (ran, all));
            total = (total.0 + ran, total.1 + all);
        }
        row("all", total);
        table
    }

    /// The lines that did not run, as `file:number: text`.
    pub(super) fn uncovered(&self) -> String {
        let mut list = String::new();
        for (file, lines) in self.0.values().flatten() {
            for (number, line) in lines.iter().filter(|(_, line)| !line.has_run) {
                writeln!(list, "{file}:{number}: {}", line.text).expect("a String takes everything");
            }
        }
        list
    }
}

/// The number, whether the line ran, and its text. None where nothing is counted.
fn counted_line(row: &str) -> Option<(u32, bool, &str)> {
    let (number, rest) = row.split_once('|')?;
    let (count, text) = rest.split_once('|')?;
    let count = count.trim();
    if count.is_empty() {
        return None;
    }
    Some((number.trim().parse().ok()?, count != "0", text))
}

/// The crate and the path below the workspace, when the file is part of a library and none of its tests.
fn library_file(path: &Path) -> Option<(String, String)> {
    let file = path.strip_prefix(root()).ok()?.to_str()?;
    let (krate, inside) = file.strip_prefix("crates/")?.split_once("/src/")?;
    let is_test = inside.split('/').any(|part| part == "tests" || part == "tests.rs");
    (!is_test && !NO_LIBRARIES.contains(&krate)).then(|| (krate.to_owned(), file.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[&str]) -> CountedLines {
        let source = root().join("crates/trop-paths/src/relation.rs");
        CountedLines::read(&format!("{}\n{}", source.display(), rows.join("\n")))
    }

    #[test]
    fn a_line_that_any_program_ran_has_run() {
        let source = root().join("crates/trop-paths/src/relation.rs");
        let again = source.display().to_string();
        let counted = read(&[
            "    1|      0|fn a() {",
            "    2|       |",
            "    3|      0|}",
            "",
            &again,
            "    1|   1.2k|fn a() {",
        ]);
        assert_eq!(counted.uncovered(), "crates/trop-paths/src/relation.rs:3: }\n");
        assert!(counted.table().contains("trop-paths              2  50.0 %"), "{}", counted.table());
    }

    #[test]
    fn only_the_libraries_themselves_are_counted() {
        #[track_caller]
        fn check(file: &str, expected: bool) {
            assert_eq!(library_file(&root().join(file)).is_some(), expected, "{file}");
        }
        check("crates/trop-paths/src/relation.rs", true);
        check("crates/trop-cli/src/cmd/list.rs", true);
        check("crates/trop-cli/src/live/tests.rs", false);
        check("crates/trop-cli/src/failure/tests/boxes.rs", false);
        check("crates/trop/src/main.rs", false);
        check("crates/trop-paths/tests/it/main.rs", false);
        check("xtask/src/main.rs", false);
        assert_eq!(library_file(Path::new("/elsewhere/crates/a/src/lib.rs")), None);
    }
}
