//! YAML as a tree that knows where each of its nodes stands. The only module that knows the parser.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Error, Location, Options, Spanned};

/// More events than any configuration has, counted by the parser: two for each collection, one for each key or value.
const MOST_EVENTS: usize = 20_000;
/// Deeper than any configuration is nested.
const GREATEST_DEPTH: usize = 32;
const MOST_ALIASES: usize = 100;

/// A value and where it stands.
#[derive(Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Which bytes of the text it is; of an alias, those of the alias. Empty where there is nothing to point at, as for a
    /// mapping in block style.
    pub(crate) span: Range<usize>,
}

/// What a value is. Scalars keep the letters that were written: `010` is not yet a number.
#[derive(Debug)]
pub(crate) enum Kind {
    Null,
    Switch(bool),
    /// A number as it was written.
    Number(String),
    /// Text, in quotes or not, without them.
    Text(String),
    List(Vec<Node>),
    /// In the order in which it was written, with keys that are there twice.
    Mapping(Vec<(Key, Node)>),
}

/// The key of a value.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key; `None` when it is a collection.
    pub(crate) text: Option<String>,
    /// Which bytes of the text it is.
    pub(crate) span: Range<usize>,
}

/// Text that is no YAML, or too much of it.
#[derive(Debug)]
pub(crate) struct Malformed {
    pub(crate) message: String,
    /// Where the parser stopped.
    pub(crate) span: Range<usize>,
}

/// Reads one document. Nothing at all is `Null`.
pub(crate) fn parse(text: &str) -> Result<Node, Malformed> {
    match serde_saphyr::from_str_with_options::<Spanned<Tree>>(text, options()) {
        Ok(tree) => Ok(node(tree, text)),
        Err(error) => Err(malformed(&error, text)),
    }
}

fn options() -> Options {
    serde_saphyr::options! {
        strict_booleans: true,
        // They are reported with everything else.
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_events: MOST_EVENTS,
            max_depth: GREATEST_DEPTH,
            flow_nesting_limit: GREATEST_DEPTH,
            max_aliases: MOST_ALIASES,
            max_documents: 1,
        },
    }
}

fn malformed(error: &Error, text: &str) -> Malformed {
    let message = match error {
        Error::Budget { breach: serde_saphyr::budget::BudgetBreach::Documents { .. }, .. } => {
            "a second document begins here, and a configuration is only one".to_owned()
        }
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => {
            "this is more than any configuration holds, or nested too deeply".to_owned()
        }
        error => without_place(&error.to_string()),
    };
    Malformed { message, span: error.location().map_or(0..0, |location| point(location, text)) }
}

/// The parser's words without its own ` at line 3, column 5`.
fn without_place(message: &str) -> String {
    let message = message.split_once(" at line ").map_or(message, |(message, _)| message);
    message.to_owned()
}

/// Where the parser stopped: the bytes that it names, or the character at its line and column.
fn point(location: Location, text: &str) -> Range<usize> {
    let span = byte_span(location);
    if !span.is_empty() {
        return span;
    }
    let ordinal = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(ordinal(location.line())).map(str::len).sum();
    let line = text.get(line_start..).unwrap_or_default().trim_start_matches('\u{feff}');
    let line_start = text.len() - line.len();
    let line = line.lines().next().unwrap_or_default();
    let mut rest = line.char_indices().skip(ordinal(location.column()));
    match rest.next() {
        Some((start, found)) => line_start + start..line_start + start + found.len_utf8(),
        None => line_start + line.len()..line_start + line.len(),
    }
}

fn byte_span(location: Location) -> Range<usize> {
    let span = location.span();
    let number = |number: Option<u64>| usize::try_from(number.unwrap_or(0)).unwrap_or(0);
    let start = number(span.byte_offset());
    start..start + number(span.byte_len())
}

fn node(tree: Spanned<Tree>, text: &str) -> Node {
    let written = |location| text.get(byte_span(location)).unwrap_or_default().to_owned();
    let kind = match tree.value {
        Tree::Null => Kind::Null,
        Tree::Switch(on) => Kind::Switch(on),
        Tree::Number => Kind::Number(written(tree.defined)),
        Tree::Text(value) => Kind::Text(value),
        Tree::List(items) => Kind::List(items.into_iter().map(|item| node(item, text)).collect()),
        Tree::Mapping(entries) => {
            Kind::Mapping(entries.into_iter().map(|(k, value)| (key(k, text), node(value, text))).collect())
        }
    };
    Node { kind, span: byte_span(tree.referenced) }
}

fn key(tree: Spanned<Tree>, text: &str) -> Key {
    let span = byte_span(tree.referenced);
    let text = match tree.value {
        Tree::Text(key) => Some(key),
        Tree::Null | Tree::Switch(_) | Tree::Number => text.get(byte_span(tree.defined)).map(str::to_owned),
        Tree::List(_) | Tree::Mapping(_) => None,
    };
    Key { text, span }
}

/// What the parser makes.
enum Tree {
    Null,
    Switch(bool),
    Number,
    Text(String),
    List(Vec<Spanned<Tree>>),
    Mapping(Vec<(Spanned<Tree>, Spanned<Tree>)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, on: bool) -> Result<Tree, E> {
        Ok(Tree::Switch(on))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut mapping = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            mapping.push(entry);
        }
        Ok(Tree::Mapping(mapping))
    }
}
