//! The ports of a group, as shells, programs and people read them.

use std::io::{self, Write};

use comfy_table::Table;
use serde::{Serialize, Serializer};
use trop_model::{EnvName, Port, Tag};

use crate::shortened::cell;
use crate::{Shell, Style, columns, json};

/// A service with the port that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServicePort<'g> {
    /// The service.
    pub tag: &'g Tag,
    /// The variable in which its program finds the port.
    pub variable: &'g EnvName,
    /// The port.
    pub port: Port,
}

/// How the ports of a group are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupFormat {
    /// Commands that put each port into the environment, for that shell to read.
    Export(Shell),
    /// One object, ports by tag.
    Json,
    /// `WEB_PORT=5000`, one variable to a line.
    Dotenv,
    /// Columns, for people.
    Human,
}

/// The text, every line of it ended by a newline.
///
/// The services come in the order in which they are given, in JSON in the order of their tags. JSON alone is exact about
/// tags; the columns show them [escaped](crate::escaped), and the other formats have none. Without services JSON is `{}`, and the others are
/// nothing at all.
#[must_use]
pub fn group_text(services: &[ServicePort<'_>], format: GroupFormat) -> String {
    let mut text = Vec::new();
    // A vector takes everything.
    _ = write_group(&mut text, services, format);
    String::from_utf8_lossy(&text).into_owned()
}

fn write_group(out: &mut dyn Write, services: &[ServicePort<'_>], format: GroupFormat) -> io::Result<()> {
    match format {
        GroupFormat::Export(shell) => {
            services.iter().try_for_each(|service| writeln!(out, "{}", exported(service, shell)))
        }
        GroupFormat::Json => json::write_line(out, &PortsByTag(services)),
        GroupFormat::Dotenv => services
            .iter()
            .try_for_each(|ServicePort { variable, port, .. }| writeln!(out, "{variable}={port}")),
        GroupFormat::Human if services.is_empty() => Ok(()),
        GroupFormat::Human => columns::write(out, &table(services), Style::plain()),
    }
}

/// The command, without anything in need of quotes: names and ports are letters, digits and `_`.
fn exported(service: &ServicePort<'_>, shell: Shell) -> String {
    let ServicePort { variable, port, .. } = service;
    match shell {
        Shell::Bash | Shell::Zsh | Shell::Sh => format!("export {variable}={port}"),
        // Global, or it would be gone with the function that reads it. The semicolon is for `eval (trop autoreserve)`,
        // which puts blanks where lines end.
        Shell::Fish => format!("set -gx {variable} {port};"),
        Shell::PowerShell => format!("$env:{variable} = \"{port}\""),
        Shell::Nushell => format!("$env.{variable} = \"{port}\""),
    }
}

fn table(services: &[ServicePort<'_>]) -> Table {
    let rows = services.iter().map(|service| {
        [cell(service.tag.as_str()).into_owned(), service.port.to_string(), service.variable.to_string()]
    });
    columns::table(["TAG", "PORT", "VARIABLE"], rows)
}

/// `{"api": 5001, "web": 5000}`.
struct PortsByTag<'g>(&'g [ServicePort<'g>]);

impl Serialize for PortsByTag<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sorted = self.0.to_vec();
        sorted.sort_by_key(|service| service.tag);
        serializer.collect_map(sorted.iter().map(|service| (service.tag.as_str(), service.port.get())))
    }
}
