//! What `trop list` prints, read back.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::storm::Checked;
use crate::storm::labels::Labels;
use crate::storm::model::{Assigned, Key};
use crate::storm::ports;

/// A format of `list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    Csv,
    Tsv,
}

impl Format {
    pub(crate) const ALL: [Format; 4] = [Format::Table, Format::Json, Format::Csv, Format::Tsv];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
        }
    }
}

/// A reservation as it was listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) key: Key,
    pub(crate) assigned: Assigned,
    /// Absent from the table, which shows ages.
    pub(crate) created_at: Option<String>,
}

const FIELDS: [&str; 7] = ["port", "path", "tag", "project", "task", "created_at", "last_used_at"];
const COLUMNS: [&str; 7] = ["PORT", "PATH", "TAG", "PROJECT", "TASK", "CREATED", "LAST USED"];

/// Reads the text and requires what holds for every list: the order of the rows, no port twice, no key twice, no port that
/// nobody asked for.
pub(crate) fn parse(text: &str, format: Format) -> Checked<Vec<Listed>> {
    let rows = match format {
        Format::Json => from_json(text),
        Format::Csv => from_separated(text, ","),
        Format::Tsv => from_separated(text, "\t"),
        Format::Table => from_table(text),
    };
    let rows = rows.ok_or_else(|| format!("a {} that cannot be read:\n{text}", format.word()))?;
    require_sound(&rows)?;
    Ok(rows)
}

fn require_sound(rows: &[Listed]) -> Checked {
    let mut ports = BTreeSet::new();
    for row in rows {
        let port = row.assigned.port;
        if !ports.insert(port) {
            return Err(format!("port {port} is listed twice"));
        }
        if !ports::ALL.contains(port) {
            return Err(format!("port {port} of {} is one that nobody asked for", row.key));
        }
    }
    for pair in rows.windows(2) {
        if pair[1].key <= pair[0].key {
            return Err(format!("{} is listed behind {}", pair[1].key, pair[0].key));
        }
    }
    Ok(())
}

/// The rows, whatever is in them.
pub(crate) fn from_json(text: &str) -> Option<Vec<Listed>> {
    let rows: Value = serde_json::from_str(text).ok()?;
    rows.as_array()?.iter().map(row_of_json).collect()
}

/// A reservation as JSON shows it everywhere. `created_at` is in lists alone.
pub(crate) fn row_of_json(row: &Value) -> Option<Listed> {
    let text = |field: &str| row[field].as_str().map(str::to_owned);
    Some(Listed {
        key: Key { path: text("path")?, tag: text("tag") },
        assigned: Assigned {
            port: row["port"].as_u64()?.try_into().ok()?,
            labels: Labels { project: text("project"), task: text("task") },
        },
        created_at: text("created_at"),
    })
}

/// The storm's own values hold neither separators nor quotes.
fn from_separated(text: &str, separator: &str) -> Option<Vec<Listed>> {
    let mut lines = text.lines();
    if lines.next()?.split(separator).ne(FIELDS) {
        return None;
    }
    lines.map(|line| row_of_fields(line.split(separator).collect::<Vec<_>>().try_into().ok()?)).collect()
}

fn row_of_fields(fields: [&str; 7]) -> Option<Listed> {
    let [port, path, tag, project, task, created_at, _] = fields;
    let text = |field: &str| (!field.is_empty()).then(|| field.to_owned());
    Some(Listed {
        key: Key { path: text(path)?, tag: text(tag) },
        assigned: Assigned {
            port: port.parse().ok()?,
            labels: Labels { project: text(project), task: text(task) },
        },
        created_at: text(created_at),
    })
}

/// A column begins below its name, but for the first, which is aligned to the right. Without rows there is no table.
fn from_table(text: &str) -> Option<Vec<Listed>> {
    let mut lines = text.lines();
    let Some(header) = lines.next() else { return Some(Vec::new()) };
    let mut starts = COLUMNS.map(|name| header.find(name));
    starts[0] = Some(0);
    let starts: Vec<usize> = starts.into_iter().collect::<Option<_>>()?;
    lines
        .map(|line| {
            let mut fields = [""; 7];
            for (index, field) in fields.iter_mut().enumerate() {
                let end = starts.get(index + 1).copied().unwrap_or(line.len()).min(line.len());
                *field = line.get(starts[index].min(end)..end)?.trim();
            }
            Some(Listed { created_at: None, ..row_of_fields(fields)? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_read() {
        #[track_caller]
        fn check(format: Format, text: &str, created_at: Option<&str>) {
            let row = |tag: Option<&str>, port| Listed {
                key: Key { path: "/w".to_owned(), tag: tag.map(str::to_owned) },
                assigned: Assigned { port, labels: Labels { project: Some("p".to_owned()), task: None } },
                created_at: created_at.map(str::to_owned),
            };
            assert_eq!(parse(text, format), Ok(vec![row(None, 12_001), row(Some("web"), 12_000)]));
        }
        check(
            Format::Table,
            " PORT  PATH  TAG  PROJECT  TASK  CREATED   LAST USED\n\
             12001  /w         p              just now  just now\n\
             12000  /w    web  p              just now  just now\n",
            None,
        );
        check(
            Format::Csv,
            "port,path,tag,project,task,created_at,last_used_at\n12001,/w,,p,,A,B\n12000,/w,web,p,,A,B\n",
            Some("A"),
        );
        check(
            Format::Tsv,
            "port\tpath\ttag\tproject\ttask\tcreated_at\tlast_used_at\n\
             12001\t/w\t\tp\t\tA\tB\n12000\t/w\tweb\tp\t\tA\tB\n",
            Some("A"),
        );
        check(
            Format::Json,
            r#"[{"port": 12001, "path": "/w", "tag": null, "project": "p", "task": null, "created_at": "A"},
                {"port": 12000, "path": "/w", "tag": "web", "project": "p", "task": null, "created_at": "A"}]"#,
            Some("A"),
        );
    }

    #[test]
    fn a_list_that_breaks_a_promise_is_found() {
        #[track_caller]
        fn check(rows: &str, complaint: &str) {
            let text = format!("{}\n{rows}", FIELDS.join(","));
            let found = parse(&text, Format::Csv).unwrap_err();
            assert!(found.contains(complaint), "{found}");
        }
        check("12000,/a,,,,A,B\n12000,/b,,,,A,B\n", "port 12000 is listed twice");
        check("12000,/a,,,,A,B\n12001,/a,,,,A,B\n", "/a is listed behind /a");
        check("12000,/b,,,,A,B\n12001,/a,,,,A,B\n", "/a is listed behind /b");
        check("5000,/a,,,,A,B\n", "nobody asked for");
        check("12000,/a\n", "cannot be read");
    }
}
