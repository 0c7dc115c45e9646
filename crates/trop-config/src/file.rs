//! What one configuration file says.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use camino::Utf8Path;
use trop_model::{Port, PortRange, quoted};

use crate::declaration::Files;
use crate::group::GROUP_KEYS;
use crate::layer::Entry;
use crate::suggestion::closest;
use crate::yaml::{self, Kind, Malformed, Node};
use crate::{
    Declaration, FileKind, Layer, LoadError, Origin, Place, Problem, Rule, Source, UnreadableFile, Value,
    group, settings,
};

impl Layer {
    /// Reads a file and what it says; `None` when there is none. What cannot be a configuration is a layer with a problem.
    ///
    /// # Errors
    /// When the system does not let the file be read, or it is no regular file.
    pub fn load(kind: FileKind, path: &Utf8Path) -> Result<Option<Layer>, UnreadableFile> {
        Source::load(kind, path)
            .map(|source| source.map(Layer::from_file))
            .or_else(|error| error.judged().map(Some))
    }

    /// Reads a file that has to be there, and what it says.
    ///
    /// # Errors
    /// Those of [`Layer::load`], and when there is none.
    pub fn require(kind: FileKind, path: &Utf8Path) -> Result<Layer, UnreadableFile> {
        Source::require(kind, path).map(Layer::from_file).or_else(LoadError::judged)
    }

    /// What a file says. Every problem is found, unless the text is not even YAML.
    #[must_use]
    pub fn from_file(source: Source) -> Layer {
        let mut file = Reading { source: Arc::new(source), layer: Layer::default() };
        match yaml::parse(file.source.text()) {
            Ok(root) => file.read_root(&root),
            Err(Malformed { message, help, span }) => {
                let place = file.place(span);
                file.layer.problems.push(Problem { help, ..Problem::at(place, message) });
            }
        }
        file.layer.require_one_maximum();
        file.layer.problems.sort_by_key(|problem| problem.origins.first().map_or(0, Origin::start));
        file.layer
    }
}

impl LoadError {
    /// What was read and cannot be a configuration is a layer with a problem.
    fn judged(self) -> Result<Layer, UnreadableFile> {
        match self {
            LoadError::Unusable(problem) => Ok(Layer { problems: vec![problem], ..Layer::default() }),
            LoadError::Unreadable(error) => Err(error),
        }
    }
}

/// A file that is being read.
pub(crate) struct Reading {
    source: Arc<Source>,
    layer: Layer,
}

/// A value under its key.
#[derive(Clone, Copy)]
pub(crate) struct Field<'n> {
    /// The key with those above it, and dots between.
    pub(crate) name: &'n str,
    /// The key alone.
    pub(crate) word: &'n str,
    pub(crate) key: &'n Range<usize>,
    pub(crate) value: &'n Node,
}

impl Field<'_> {
    /// What to point at: the value, or the key where the value has no letters of its own.
    pub(crate) fn span(&self) -> Range<usize> {
        if self.value.span.is_empty() { self.key.clone() } else { self.value.span.clone() }
    }
}

impl Reading {
    fn read_root(&mut self, root: &Node) {
        match &root.kind {
            _ if root.is_null() => {}
            Kind::Mapping(entries) => self.read_level("", entries),
            _ => self.problem(
                root.span.clone(),
                "a configuration is made of keys and values, as in \"output_format: json\"".to_owned(),
            ),
        }
    }

    /// Reads the keys of one level, which begin with `prefix`.
    fn read_level(&mut self, prefix: &str, entries: &[(Node, Node)]) {
        let known: Vec<&str> =
            settings::ALL.iter().filter_map(|declaration| step(prefix, declaration)).collect();
        self.for_each_field(prefix, &known, entries, |file, field| {
            match settings::ALL.iter().find(|declaration| declaration.key == field.name) {
                Some(declaration) => file.read_setting(declaration, field),
                None => file.read_section(field),
            }
        });
        if !prefix.is_empty() && !has_only(&known, entries) {
            self.leave_open(prefix);
        }
    }

    /// Something below that section is wrong, and may be what seems to be left out there.
    fn leave_open(&mut self, prefix: &str) {
        let below = settings::ALL.iter().filter(|declaration| declaration.key.starts_with(prefix));
        let left_out: Vec<_> = below.filter(|declaration| self.layer.find(declaration).is_none()).collect();
        self.layer.unusable.extend(left_out);
    }

    /// A key that only groups others.
    fn read_section(&mut self, field: Field<'_>) {
        match &field.value.kind {
            _ if field.value.is_null() => {}
            Kind::Mapping(entries) => self.read_level(&format!("{}.", field.name), entries),
            _ => {
                self.problem(field.span(), format!("{}: keys of its own are expected here", field.name));
                self.leave_open(&format!("{}.", field.name));
            }
        }
    }

    fn read_setting(&mut self, declaration: &'static Declaration, field: Field<'_>) {
        let is_null = field.value.is_null();
        let is_cleared = is_null && declaration.rule == Rule::Group && self.source.kind() != FileKind::User;
        // Any other key without a value says nothing; older programs wrote many.
        if is_null && !is_cleared {
            return;
        }
        if declaration.files == Files::Tropfiles && self.source.kind() == FileKind::User {
            return self.problem(
                field.key.clone(),
                format!(
                    "{} belongs to one project: it can stand only in trop.yaml and trop.local.yaml",
                    field.name
                ),
            );
        }
        let value = match declaration.rule {
            Rule::Group if is_cleared => Some(Value::Group(None)),
            Rule::Group => group::read(self, field).and_then(|group| {
                self.layer.group = Some(group.written);
                group.spec.map(|spec| Value::Group(Some(spec)))
            }),
            Rule::Ports => self.read_ports(field).map(Value::Ports),
            rule => self.read_scalar(rule, field),
        };
        match value {
            Some(value) => {
                let origin = Origin::File(self.place(field.span()));
                self.layer.entries.push(Entry { declaration, value, origin });
            }
            None => self.layer.unusable.push(declaration),
        }
    }

    /// A value that would also fit into a variable. Numbers come without quotes; a word may look like a number.
    pub(crate) fn read_scalar(&mut self, rule: Rule, field: Field<'_>) -> Option<Value> {
        let wants_number = matches!(rule, Rule::Number { .. } | Rule::Port);
        let read = match (&field.value.kind, rule) {
            _ if field.value.is_null() => Err("one value is expected here".to_owned()),
            (Kind::List(_) | Kind::Mapping(_), _) => Err("one value is expected here".to_owned()),
            (Kind::Plain(text), Rule::Switch) if is_true(text) => Ok(Value::Switch(true)),
            (Kind::Plain(text), Rule::Switch) if is_false(text) => Ok(Value::Switch(false)),
            (Kind::Plain(text) | Kind::Quoted(text), Rule::Switch) => {
                let is_in_quotes = is_true(text) || is_false(text);
                let why = if is_in_quotes {
                    "is text; true and false have no quotes"
                } else {
                    "is neither true nor false"
                };
                Err(format!("{} {why}", quoted(text)))
            }
            (Kind::Quoted(text), _) if wants_number && rule.parse(text).is_ok() => {
                Err(format!("\"{text}\" is text; a number has no quotes"))
            }
            (Kind::Plain(text) | Kind::Quoted(text), _) => rule.parse(text),
        };
        read.map_err(|message| self.problem(field.span(), format!("{}: {message}", field.name))).ok()
    }

    pub(crate) fn read_port(&mut self, field: Field<'_>) -> Option<Port> {
        match self.read_scalar(Rule::Port, field) {
            Some(Value::Port(port)) => Some(port),
            _ => None,
        }
    }

    fn read_ports(&mut self, field: Field<'_>) -> Option<Vec<PortRange>> {
        let Kind::List(items) = &field.value.kind else {
            self.problem(
                field.span(),
                format!("{}: a list is expected here, as in [5001, 5005..5009]", field.name),
            );
            return None;
        };
        let mut ranges = Vec::new();
        for item in items {
            let item = Field { value: item, ..field };
            ranges.extend(self.read_range(item));
        }
        // What is wrong in one item has been said; the others count all the same for what is said of the whole.
        Some(ranges)
    }

    fn read_range(&mut self, item: Field<'_>) -> Option<PortRange> {
        let read = match &item.value.kind {
            Kind::Mapping(ends) => return self.read_ends(item, ends),
            Kind::Plain(text) | Kind::Quoted(text) if !item.value.is_null() => {
                text.parse().map_err(|error| format!("{error}"))
            }
            Kind::Plain(_) | Kind::Quoted(_) | Kind::List(_) => {
                Err("a port or a range is expected here".to_owned())
            }
        };
        read.map_err(|message| {
            let help = "a range is written as in 5005..5009".to_owned();
            self.problem_with_help(item.span(), format!("{}: {message}", item.name), help);
        })
        .ok()
    }

    /// `{start: 5005, end: 5009}`, as older files hold it.
    fn read_ends(&mut self, item: Field<'_>, ends: &[(Node, Node)]) -> Option<PortRange> {
        let (mut start, mut end) = (None, None);
        let problems_before = self.layer.problems.len();
        self.for_each_field(&format!("{}.", item.name), &["start", "end"], ends, |file, field| {
            let port = file.read_port(field);
            if field.word == "start" { start = port } else { end = port }
        });
        let (Some(start), Some(end)) = (start, end) else {
            // What is missing may be what is wrong.
            if self.layer.problems.len() == problems_before {
                self.problem(item.span(), format!("{}: a range has both a start and an end", item.name));
            }
            return None;
        };
        let range = PortRange::new(start, end);
        range.map_err(|error| self.problem(item.span(), format!("{}: {error}", item.name))).ok()
    }

    /// Goes through the entries of a mapping, and reports keys that are not known or given twice. Where none are named, every
    /// key is known.
    pub(crate) fn for_each_field(
        &mut self,
        prefix: &str,
        known: &[&str],
        entries: &[(Node, Node)],
        mut read: impl FnMut(&mut Reading, Field<'_>),
    ) {
        let mut seen: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
        for (key, value) in entries {
            let Some(text) = key.text() else {
                self.problem(key.span.clone(), "a key is a word, and not a list or a mapping".to_owned());
                continue;
            };
            let name = [prefix, text].concat();
            if let Some(first) = seen.insert(text, &key.span) {
                self.problem_of_two([key.span.clone(), first.clone()], format!("{name} is given twice"));
                continue;
            }
            if known.is_empty() || known.contains(&text) {
                read(self, Field { name: &name, word: text, key: &key.span, value });
            } else {
                self.unknown_key(&name, text, &key.span, prefix, known);
            }
        }
    }

    fn unknown_key(&mut self, name: &str, text: &str, span: &Range<usize>, prefix: &str, known: &[&str]) {
        let help = match (closest(text, known.iter().copied()), advice_on_level(text)) {
            (Some(meant), _) => format!("did you mean {prefix}{meant}?"),
            (None, Some(advice)) => advice,
            (None, None) => format!("known here: {}", distinct(known).join(", ")),
        };
        let message = format!("{} is not a key that trop knows", quoted(name).trim_matches('"'));
        self.problem_with_help(span.clone(), message, help);
    }

    pub(crate) fn problem(&mut self, span: Range<usize>, message: String) {
        let place = self.place(span);
        self.layer.problems.push(Problem::at(place, message));
    }

    pub(crate) fn problem_with_help(&mut self, span: Range<usize>, message: String, help: String) {
        let place = self.place(span);
        self.layer.problems.push(Problem { help: Some(help), ..Problem::at(place, message) });
    }

    /// A problem that two places have a part in, the one to look at first in front.
    pub(crate) fn problem_of_two(&mut self, spans: [Range<usize>; 2], message: String) {
        let origins = spans.map(|span| Origin::File(self.place(span))).to_vec();
        self.layer.problems.push(Problem { message, help: None, origins });
    }

    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place { source: Arc::clone(&self.source), span: Some(span) }
    }
}

/// Whether all keys of a mapping are among these.
pub(crate) fn has_only(known: &[&str], entries: &[(Node, Node)]) -> bool {
    entries.iter().all(|(key, _)| key.text().is_some_and(|text| known.contains(&text)))
}

/// The letters of true and false (YAML 1.2, section 10.3.2).
fn is_true(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE")
}

fn is_false(text: &str) -> bool {
    matches!(text, "false" | "False" | "FALSE")
}

/// The key of that level under which the setting is found: `ports` on the top level, `min` below it.
fn step(prefix: &str, declaration: &'static Declaration) -> Option<&'static str> {
    if declaration.files == Files::None {
        return None;
    }
    declaration.key.strip_prefix(prefix)?.split('.').next()
}

/// Where a key belongs that stands on the wrong level, or has its levels in one word.
fn advice_on_level(text: &str) -> Option<String> {
    let in_files = settings::ALL.iter().filter(|declaration| declaration.files != Files::None);
    let mut keys = in_files.map(|declaration| declaration.key).chain(GROUP_KEYS.iter().map(|key| key.key));
    keys.find_map(|key| match key.split_once('.') {
        None => (text == key).then(|| format!("{key} belongs on the top level")),
        Some((section, word)) => (text == word || text == key)
            .then(|| format!("{word} belongs below {section}, as in {section}: {{ {word}: ... }}")),
    })
}

fn distinct<'k>(known: &[&'k str]) -> Vec<&'k str> {
    let mut distinct: Vec<&str> = Vec::new();
    for name in known {
        if !distinct.contains(name) {
            distinct.push(name);
        }
    }
    distinct
}
