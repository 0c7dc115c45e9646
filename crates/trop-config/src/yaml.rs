//! YAML as a tree that knows where each of its nodes stands. The only module that knows the parser.
//!
//! Scalars keep the letters that were written: whether `010` is a number is for the rule of its setting to say. Aliases and
//! merge keys are put in their places, and stand where the alias does.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span, StrInput, StructureStyle, Tag,
};

use crate::lines::{find_outside_comments, line_end};

/// More keys and values than any configuration has, those that aliases repeat included.
const MOST_NODES: usize = 20_000;
const MOST_ALIASES: usize = 100;
/// Deeper than any configuration is nested.
const GREATEST_DEPTH: usize = 32;
const TOO_MUCH: &str = "this is more than any configuration holds, or nested too deeply";
const TAKE_SOME_AWAY: &str =
    "leave out what is no setting of trop; what an alias stands for counts wherever the alias stands";

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Which bytes of the text to point at. Empty where there are none, as for a mapping in block style.
    pub(crate) span: Range<usize>,
    /// Which bytes of the text it is, from its first letter to its last.
    pub(crate) extent: Range<usize>,
    /// How it is written.
    pub(crate) form: Form,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a scalar, or as a list or a mapping in brackets.
    Flow,
    /// As a list or a mapping of which each part has lines of its own.
    Block,
    /// In either way, with more to it than its letters.
    Marked(Mark),
}

/// What there can be to a value besides its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It is one of the names that another value has.
    Alias,
    /// It has a name, and perhaps a tag.
    Anchor,
    Tag,
}

/// What a value is. Letters are shared: an alias repeats a node and not its letters.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// A scalar without quotes.
    Plain(Rc<str>),
    /// A scalar in quotes or as a block, without them.
    Quoted(Rc<str>),
    List(Vec<Node>),
    /// In the order in which it was written, with keys that are there twice.
    Mapping(Vec<(Node, Node)>),
}

/// Text that is no YAML, or too much of it.
#[derive(Debug)]
pub(crate) struct Malformed {
    pub(crate) message: String,
    /// What to do about it, where the message does not say it.
    pub(crate) help: Option<String>,
    /// Where reading stopped.
    pub(crate) span: Range<usize>,
}

impl Node {
    /// Whether it says nothing (YAML 1.2, section 10.3.2).
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Plain(text) if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The letters of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Plain(text) | Kind::Quoted(text) => Some(text),
            Kind::List(_) | Kind::Mapping(_) => None,
        }
    }

    /// How many nodes it is made of.
    fn count(&self) -> usize {
        1 + match &self.kind {
            Kind::Plain(_) | Kind::Quoted(_) => 0,
            Kind::List(items) => items.iter().map(Node::count).sum(),
            Kind::Mapping(entries) => entries.iter().map(|(key, value)| key.count() + value.count()).sum(),
        }
    }

    /// The same at another place.
    fn at(&self, span: &Range<usize>) -> Node {
        let kind = match &self.kind {
            Kind::Plain(text) => Kind::Plain(Rc::clone(text)),
            Kind::Quoted(text) => Kind::Quoted(Rc::clone(text)),
            Kind::List(items) => Kind::List(items.iter().map(|item| item.at(span)).collect()),
            Kind::Mapping(entries) => {
                Kind::Mapping(entries.iter().map(|(key, value)| (key.at(span), value.at(span))).collect())
            }
        };
        Node { kind, span: span.clone(), extent: span.clone(), form: Form::Marked(Mark::Alias) }
    }
}

/// Reads one document. Nothing at all is null.
pub(crate) fn parse(text: &str) -> Result<Node, Malformed> {
    let mut options = Options::default();
    options.emit_unresolved_aliases = true;
    let parser = Parser::new_from_str_with_options(text, options);
    Builder { text, parser, anchors: BTreeMap::new(), nodes: 0, aliases: 0 }.document()
}

/// A tree under construction.
struct Builder<'t> {
    text: &'t str,
    parser: Parser<'t, StrInput<'t>>,
    /// What aliases can stand for.
    anchors: BTreeMap<usize, Node>,
    nodes: usize,
    aliases: usize,
}

impl<'t> Builder<'t> {
    fn document(mut self) -> Result<Node, Malformed> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => {
                    let nothing =
                        Node { kind: Kind::Plain(Rc::from("")), span: 0..0, extent: 0..0, form: Form::Flow };
                    return Ok(root.unwrap_or(nothing));
                }
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) if root.is_none() => {
                    let (event, span) = self.next()?;
                    root = Some(self.node(event, span, 0)?);
                }
                _ => {
                    return Err(malformed(
                        span,
                        "a second document begins here, and a configuration is only one",
                    ));
                }
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Range<usize>), Malformed> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, bytes(&span))),
            Some(Err(error)) => Err(self.refused(&error)),
            None => Ok((Event::StreamEnd, self.text.len()..self.text.len())),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Range<usize>, depth: usize) -> Result<Node, Malformed> {
        if depth > GREATEST_DEPTH {
            return Err(too_much(span));
        }
        self.require_known_tag(event.tag(), &span)?;
        let anchor = event.anchor_id();
        let mark = match (anchor, event.tag()) {
            (Some(_), _) => Some(Mark::Anchor),
            (None, Some(_)) => Some(Mark::Tag),
            (None, None) => None,
        };
        let (kind, form, end) = match event {
            Event::Alias(anchor) => return self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                return Err(malformed(span, &format!("nothing above is called &{name}")));
            }
            Event::Scalar(text, style, _, tag) => {
                (scalar(text.into_owned(), style, tag.as_deref()), Form::Flow, span.end)
            }
            Event::SequenceStart(StructureStyle::Flow, ..) => {
                let (items, end) = self.items(depth)?;
                (Kind::List(items), Form::Flow, end)
            }
            Event::SequenceStart(StructureStyle::Block, ..) => {
                let (mut items, _) = self.items(depth)?;
                self.point_at_items(span.start, &mut items);
                let end = items.last().map_or(span.end, |item| item.extent.end);
                (Kind::List(items), Form::Block, end)
            }
            Event::MappingStart(StructureStyle::Flow, ..) => {
                let (entries, end) = self.entries(depth)?;
                (Kind::Mapping(entries), Form::Flow, end)
            }
            Event::MappingStart(StructureStyle::Block, ..) => {
                let (entries, _) = self.entries(depth)?;
                let ends = entries.iter().flat_map(|(key, value)| [key.extent.end, value.extent.end]);
                let end = ends.max().unwrap_or(span.end);
                (Kind::Mapping(entries), Form::Block, end)
            }
            _ => return Err(malformed(span, "a value is expected here")),
        };
        self.charge(1, &span)?;
        let extent = span.start..end;
        let node = Node { kind, span, extent, form: mark.map_or(form, Form::Marked) };
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) -> Result<Node, Malformed> {
        self.aliases += 1;
        if self.aliases > MOST_ALIASES {
            return Err(too_much(span));
        }
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(malformed(span, "this stands for something that it is itself a part of"));
        };
        let (node, count) = (node.at(&span), node.count());
        self.charge(count, &span)?;
        Ok(node)
    }

    /// What a list holds, and where its end was found: behind its bracket, or where something else begins.
    fn items(&mut self, depth: usize) -> Result<(Vec<Node>, usize), Malformed> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, span) => return Ok((items, span.end)),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    /// What a mapping holds, and where its end was found.
    fn entries(&mut self, depth: usize) -> Result<(Vec<(Node, Node)>, usize), Malformed> {
        let mut entries = Vec::new();
        let mut merged = Vec::new();
        let end = loop {
            let key = match self.next()? {
                (Event::MappingEnd, span) => break span.end,
                (event, span) => self.node(event, span, depth + 1)?,
            };
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            if is_merge_key(&key) { merge(&mut merged, value)? } else { entries.push((key, value)) }
        };
        // What is written here goes before what is merged in.
        let is_new =
            |(key, _): &(Node, Node)| !entries.iter().any(|(written, _)| written.text() == key.text());
        merged.retain(is_new);
        entries.append(&mut merged);
        Ok((entries, end))
    }

    /// An item that would have no letters to point at has its first line, or else the dash in front of it.
    fn point_at_items(&self, list: usize, items: &mut [Node]) {
        // The parser begins a list that is not indented behind its first dash.
        let mut from = self.text[..list].strip_suffix('-').map_or(list, str::len);
        for item in items {
            if item.span.is_empty() {
                let start = item.extent.start;
                let dash = || find_outside_comments(self.text, from..self.text.len(), '-');
                item.span = if item.extent.is_empty() {
                    dash().map_or(start..start, |dash| dash..dash + 1)
                } else {
                    let line = &self.text[start..item.extent.end.min(line_end(self.text, start))];
                    start..start + line.trim_end().len()
                };
            }
            from = item.extent.end.max(item.span.end);
        }
    }

    /// Tags of the core schema (YAML 1.2, section 10.3) mean what they say; no other means anything here.
    fn require_known_tag(&self, tag: Option<&Tag>, value: &Range<usize>) -> Result<(), Malformed> {
        const KNOWN: [&str; 7] = ["null", "bool", "int", "float", "str", "seq", "map"];
        match tag {
            Some(tag) if !tag.core_suffix().is_some_and(|suffix| KNOWN.contains(&suffix)) => {
                let tag = tag.original().to_string();
                let found = self.text[..value.start].rfind(&tag);
                let span = found.map_or(value.clone(), |start| start..start + tag.len());
                Err(malformed(span, &format!("the tag {tag} means nothing here")))
            }
            _ => Ok(()),
        }
    }

    fn charge(&mut self, nodes: usize, span: &Range<usize>) -> Result<(), Malformed> {
        self.nodes += nodes;
        if self.nodes > MOST_NODES { Err(too_much(span.clone())) } else { Ok(()) }
    }

    fn refused(&self, error: &ScanError) -> Malformed {
        let start = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        let found = self.text.get(start..).and_then(|rest| rest.chars().next());
        let length = found.filter(|found| !found.is_control()).map_or(0, char::len_utf8);
        let span = start..start + length;
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => too_much(span),
            _ => malformed(span, &in_plain_words(error)),
        }
    }
}

/// The mistakes that people make most, without the parser's terms.
fn in_plain_words(error: &ScanError) -> String {
    let words = match error.kind() {
        ErrorKind::TabNotAllowed | ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation => {
            "a tab cannot indent; use blanks"
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent => {
            "a quotation mark above is not closed"
        }
        ErrorKind::ExpectedDocumentStart => "this does not line up with the keys above",
        ErrorKind::SimpleKeyExpected => "a colon is missing behind a key, or a dash in front of an item",
        _ => return format!("this is not YAML: {}", error.info()),
    };
    words.to_owned()
}

/// Merge keys are those of YAML 1.1 (<https://yaml.org/type/merge.html>); people use them beside anchors.
fn is_merge_key(key: &Node) -> bool {
    matches!(&key.kind, Kind::Plain(text) if **text == *"<<")
}

/// Puts the entries of a mapping, or of several in a list, behind those that are there; what came first counts.
fn merge(merged: &mut Vec<(Node, Node)>, value: Node) -> Result<(), Malformed> {
    match value.kind {
        Kind::Mapping(entries) => {
            for (key, value) in entries {
                if !merged.iter().any(|(there, _)| there.text() == key.text()) {
                    merged.push((key, value));
                }
            }
            Ok(())
        }
        Kind::List(items) => items.into_iter().try_for_each(|item| merge(merged, item)),
        Kind::Plain(_) | Kind::Quoted(_) => {
            Err(malformed(value.span, "<< takes keys and values, such as an alias of some"))
        }
    }
}

fn scalar(text: String, style: ScalarStyle, tag: Option<&Tag>) -> Kind {
    match (tag.and_then(Tag::core_suffix), style) {
        (Some("str"), _) => Kind::Quoted(text.into()),
        (Some(_), _) | (None, ScalarStyle::Plain) => Kind::Plain(text.into()),
        (None, _) => Kind::Quoted(text.into()),
    }
}

fn malformed(span: Range<usize>, message: &str) -> Malformed {
    Malformed { message: message.to_owned(), help: None, span }
}

fn too_much(span: Range<usize>) -> Malformed {
    Malformed { help: Some(TAKE_SOME_AWAY.to_owned()), ..malformed(span, TOO_MUCH) }
}

fn bytes(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or(0..0)
}
