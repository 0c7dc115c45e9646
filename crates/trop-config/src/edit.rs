//! Changing the ports that a configuration file excludes, and nothing else in it.
//!
//! The text is changed where its list stands, as the reader found it, and never written anew: what is added follows the style of what
//! is there. Then it is read again. Unless that gives exactly what was wanted, and every other setting as it was, there is no new text.

use std::sync::Arc;

use trop_model::{Exclusions, PortRange};

use self::obstacle::Change;
use self::patch::{Patch, patched};
use crate::yaml::{self, Kind, Node};
use crate::{ConfigError, Declaration, Layer, Place, Source, Value, settings};

mod addition;
mod brackets;
mod compaction;
mod obstacle;
mod patch;
mod removal;

/// Why the text of a configuration file is not changed.
#[derive(Debug, thiserror::Error)]
pub enum CannotEdit {
    /// Something is wrong with it already.
    #[error(transparent)]
    Wrong(#[from] ConfigError),
    /// It does not show how the list could be changed.
    #[error(transparent)]
    Intricate(#[from] IntricateList),
}

/// A list that stands there in a way that cannot be changed with certainty: behind an anchor or a tag, as an alias, or odder still.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be changed safely: {cause}", declaration().key)]
pub struct IntricateList {
    /// What stands in the way.
    pub cause: &'static str,
    /// Where that is: else the key, or where there is none the whole file.
    pub place: Place,
    /// Whether there is such a list.
    pub is_there: bool,
    /// The line that says what was wanted.
    pub line: String,
    /// The anchors in it that other values need.
    pub anchors: Vec<String>,
}

/// The text of the file with these ports added to those that it excludes itself, or `None` when they are among them.
///
/// # Errors
/// When something is wrong with the file, or its list cannot be changed safely.
pub fn text_with_exclusions(source: &Source, ranges: &[PortRange]) -> Result<Option<String>, CannotEdit> {
    let file = Opened::read(source)?;
    let asked: Exclusions = ranges.iter().copied().collect();
    let there: Exclusions = file.ranges.iter().copied().collect();
    let is_new = |range: &PortRange| !range.iter().all(|port| there.contains(port));
    let new: Vec<PortRange> = asked.ranges().iter().copied().filter(is_new).collect();
    if new.is_empty() {
        return Ok(None);
    }
    let patches = addition::patches(source.text(), &file.root, &new);
    let wanted = file.ranges.iter().chain(&new).copied().collect();
    file.changed(Change::Addition, patches, &wanted).map(Some)
}

/// The text of the file with those entries of its list merged that overlap or are adjacent, or `None` when there are none. The first
/// of them takes the place of all, and every comment stays.
///
/// # Errors
/// When something is wrong with the file, or its list cannot be changed safely.
pub fn text_with_compact_exclusions(source: &Source) -> Result<Option<String>, CannotEdit> {
    let file = Opened::read(source)?;
    let merged: Exclusions = file.ranges.iter().copied().collect();
    if merged.ranges().len() == file.ranges.len() {
        return Ok(None);
    }
    let patches = compaction::patches(source.text(), &file.root, &file.ranges, &merged);
    file.changed(Change::Compaction, patches, &merged).map(Some)
}

/// A file that nothing is wrong with.
struct Opened<'s> {
    source: &'s Source,
    layer: Layer,
    root: Node,
    /// What it excludes, in the order of its list.
    ranges: Vec<PortRange>,
}

impl Opened<'_> {
    fn read(source: &Source) -> Result<Opened<'_>, ConfigError> {
        let layer = Layer::from_file(source.again(Arc::clone(source.text())));
        match yaml::parse(source.text()) {
            Ok(root) if layer.problems.is_empty() => {
                let ranges = excluded(&layer);
                Ok(Opened { source, layer, root, ranges })
            }
            // What is no YAML is a problem of the layer, too.
            _ => Err(ConfigError { problems: layer.problems }),
        }
    }

    /// The text with the patches, once it is certain that it says what it should.
    fn changed(
        &self,
        change: Change,
        patches: Option<Vec<Patch>>,
        wanted: &Exclusions,
    ) -> Result<String, CannotEdit> {
        let text = patches.map(|patches| patched(self.source.text(), patches));
        text.filter(|text| self.differs_only_in_exclusions(text, wanted))
            .ok_or_else(|| self.intricate(change, wanted).into())
    }

    fn differs_only_in_exclusions(&self, text: &str, wanted: &Exclusions) -> bool {
        let (kind, path) = (self.source.kind(), self.source.path());
        let Ok(source) = Source::from_bytes(kind, path, text.as_bytes().to_vec()) else { return false };
        let layer = Layer::from_file(source);
        let now: Exclusions = excluded(&layer).into_iter().collect();
        layer.problems.is_empty() && now == *wanted && others(&layer).eq(others(&self.layer))
    }

    fn intricate(&self, change: Change, wanted: &Exclusions) -> IntricateList {
        let text = self.source.text();
        let key = find_list(&self.root).map(|(key, _)| key.span.clone());
        let is_there = key.is_some();
        let obstacle = obstacle::find(text, &self.root, change);
        let (cause, span) = match obstacle {
            Some(obstacle) => (obstacle.what, Some(obstacle.span)),
            None if is_there => ("it is written in a way that leaves open how", key),
            None => ("the file is written in a way that leaves open where it would stand", None),
        };
        IntricateList {
            cause,
            place: Place { source: Arc::new(self.source.again(Arc::clone(text))), span },
            is_there,
            line: line_with(wanted.ranges()),
            anchors: obstacle::anchors_of_aliases(text, &self.root),
        }
    }
}

fn declaration() -> &'static Declaration {
    &settings::EXCLUDED_PORTS.declaration
}

fn excluded(layer: &Layer) -> Vec<PortRange> {
    match layer.find(declaration()).map(|entry| &entry.value) {
        Some(Value::Ports(ranges)) => ranges.clone(),
        _ => Vec::new(),
    }
}

/// What a layer says of other settings.
fn others(layer: &Layer) -> impl Iterator<Item = (&'static str, &Value)> {
    let others = layer.entries.iter().filter(|entry| !std::ptr::eq(entry.declaration, declaration()));
    others.map(|entry| (entry.declaration.key, &entry.value))
}

/// The key of the list and what stands behind it.
pub(crate) fn find_list(root: &Node) -> Option<(&Node, &Node)> {
    let Kind::Mapping(entries) = &root.kind else { return None };
    let found = entries.iter().find(|(key, _)| key.text() == Some(declaration().key));
    found.map(|(key, value)| (key, value))
}

/// The quotation mark in which an entry of the list is, or nothing.
fn quotes_of<'t>(text: &'t str, item: &Node) -> &'t str {
    let written = &text[item.extent.clone()];
    if written.starts_with(['"', '\'']) { &written[..1] } else { "" }
}

/// `excluded_ports: [5001, 5005..5009]`
fn line_with(ranges: &[PortRange]) -> String {
    format!("{}: {}", declaration().key, list_of(ranges))
}

/// `[5001, 5005..5009]`
fn list_of(ranges: &[PortRange]) -> String {
    let ranges: Vec<String> = ranges.iter().map(PortRange::to_string).collect();
    format!("[{}]", ranges.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::FileKind;

    use super::*;

    /// No edit that is known comes to this: it is what keeps those from harm that are not.
    #[test]
    fn what_says_more_or_less_than_was_wanted_is_no_edit() {
        let source = |text: &str| Source::new(FileKind::Tropfile, "/srv/trop.yaml", text);
        let before = source("project: a\nexcluded_ports: [5001]\n");
        let file = Opened::read(&before).expect("nothing is wrong with it");
        let wanted: Exclusions =
            file.ranges.iter().copied().chain(["5002".parse().expect("a port")]).collect();
        let check = |text: &str, expected: bool| {
            assert_eq!(file.differs_only_in_exclusions(text, &wanted), expected, "{text}");
        };
        check("project: a\nexcluded_ports: [5001, 5002]\n", true);
        check("excluded_ports: [5001..5002]\nproject: 'a'\n", true);
        check("project: a\nexcluded_ports: [5001]\n", false);
        check("project: a\nexcluded_ports: [5001..5003]\n", false);
        check("project: b\nexcluded_ports: [5001, 5002]\n", false);
        check("excluded_ports: [5001, 5002]\n", false);
        check("project: a\nexcluded_ports: [5001, 5002]\ndisable_autoprune: false\n", false);
        check("project: a\nexcluded_ports: [5001, 5002, 0]\n", false);
        check("project: a\nexcluded_ports: [5001, 5002\n", false);
    }
}
