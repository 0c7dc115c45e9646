//! Whether what processes told can have happened, where many of them changed the same keys at once.
//!
//! A process reads and writes in one moment between its start and its end. When that was nobody knows; so only what holds for every
//! such moment is complained of. There are three kinds of testimony about a key:
//!
//! - What a process *found* in that moment: a list shows a port, a reservation was "created", so that there was none, or was not.
//! - What it *left* in that moment: the port it printed, or nothing where it released.
//! - What it *may have left*: it was killed, and either everything of it happened or nothing. When such a commit shows at once or
//!   only when the write-ahead log is read anew, it has come before somebody else's commit that began after the kill, or never will
//!   (see `model/late.rs`). Until the first such commit has certainly ended, it may come.
//!
//! **The rule.** What was found must come from somewhere: from a process that left just this, or may have left it. That
//! one must have started before the finder had ended; and between the two there must be nobody who certainly saw or made something
//! else: somebody who started when the one had ended, and had ended when the other started. Something else is another port of the
//! key, none, or the same port under another key: since there is one port per key and one key per port, each of these rules the others out.
//!
//! So an acknowledged reservation that nobody may have removed must be in every later list, with its port; two answers for one key
//! agree unless somebody may have changed it in between; and a port that one key holds cannot be told to another one before the first may
//! have lost it.

use std::collections::BTreeMap;

use crate::storm::model::Key;

/// A moment, in nanoseconds since the storm began.
pub(crate) type Moment = u64;

/// When a process ran: its moment lies in here, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: Moment,
    pub(crate) to: Moment,
}

/// What a key has: a port, or nothing.
pub(crate) type Holding = Option<u16>;

/// What may be left of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chance {
    Nothing,
    AnyPort,
}

/// What one process did, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deed {
    /// For people who read a complaint.
    pub(crate) by: String,
    pub(crate) span: Span,
    /// Whether it was killed, so that what it may have left may also show later.
    pub(crate) is_open: bool,
    /// Whether it certainly committed a change.
    pub(crate) has_written: bool,
    /// It found one of these, before it changed anything itself.
    pub(crate) found: Vec<(Key, Vec<Holding>)>,
    pub(crate) left: Vec<(Key, Holding)>,
    pub(crate) may_have_left: Vec<(Key, Chance)>,
}

impl Deed {
    /// A process that told nothing so far.
    pub(crate) fn new(by: String, span: Span) -> Deed {
        Deed {
            by,
            span,
            is_open: false,
            has_written: false,
            found: Vec::new(),
            left: Vec::new(),
            may_have_left: Vec::new(),
        }
    }

    pub(crate) fn found(&mut self, key: &Key, holding: Holding) {
        self.found.push((key.clone(), vec![holding]));
    }

    /// It found what it left, or else nothing.
    pub(crate) fn found_or_made(&mut self, key: &Key, port: u16) {
        self.found.push((key.clone(), vec![None, Some(port)]));
        self.left.push((key.clone(), Some(port)));
    }

    pub(crate) fn left(&mut self, key: &Key, holding: Holding) {
        self.left.push((key.clone(), holding));
    }

    pub(crate) fn may_have_left(&mut self, key: &Key, chance: Chance) {
        self.may_have_left.push((key.clone(), chance));
    }
}

/// Says of everything that was found and can have come from nowhere what it is, and what else was told of the same key or port.
pub(crate) fn judge(deeds: &[Deed]) -> Vec<String> {
    let history = History::of(deeds);
    let mut complaints = Vec::new();
    for (number, deed) in deeds.iter().enumerate() {
        for (key, possible) in &deed.found {
            let finding = Finding { number, span: deed.span, key };
            if !possible.iter().any(|holding| history.explains(&finding, *holding)) {
                complaints.push(history.complaint(&finding, possible));
            }
        }
    }
    complaints
}

/// The testimony about each key.
struct History<'d> {
    deeds: &'d [Deed],
    certain: BTreeMap<&'d Key, Vec<Certainty>>,
    /// The same by port.
    holders: BTreeMap<u16, Vec<(Span, &'d Key)>>,
    /// What may have been left, where a span reaches as far as it may have come.
    possible: BTreeMap<&'d Key, Vec<(Span, Chance)>>,
}

/// What was certainly so in some moment.
struct Certainty {
    span: Span,
    holding: Holding,
    /// Whose word that is.
    number: usize,
    /// Whether that process made it so. Who only looked explains nobody: two who looked would explain each other.
    is_made: bool,
}

/// What one process found of a key.
struct Finding<'f> {
    number: usize,
    span: Span,
    key: &'f Key,
}

impl<'d> History<'d> {
    fn of(deeds: &'d [Deed]) -> History<'d> {
        let mut history =
            History { deeds, certain: BTreeMap::new(), holders: BTreeMap::new(), possible: BTreeMap::new() };
        for (number, deed) in deeds.iter().enumerate() {
            for (key, possible) in &deed.found {
                if let [holding] = possible.as_slice() {
                    let is_made = false;
                    history.note(key, Certainty { span: deed.span, holding: *holding, number, is_made });
                }
            }
            for (key, holding) in &deed.left {
                history.note(key, Certainty { span: deed.span, holding: *holding, number, is_made: true });
            }
            let span = Span { from: deed.span.from, to: latest_effect(deed, deeds) };
            for (key, chance) in &deed.may_have_left {
                history.possible.entry(key).or_default().push((span, *chance));
            }
        }
        history
    }

    fn note(&mut self, key: &'d Key, certainty: Certainty) {
        if let Some(port) = certainty.holding {
            self.holders.entry(port).or_default().push((certainty.span, key));
        }
        self.certain.entry(key).or_default().push(certainty);
    }

    fn explains(&self, finding: &Finding<'_>, holding: Holding) -> bool {
        let ruled_out_at = self.ruled_out_at(finding, holding);
        let is_in_time = |span: &Span| span.from <= finding.span.to && ruled_out_at <= span.to;
        let certain = self.certain.get(finding.key).into_iter().flatten();
        let mut sources = certain.filter(|certain| {
            certain.holding == holding && certain.is_made && certain.number != finding.number
        });
        let mut chances = self.possible.get(finding.key).into_iter().flatten();
        sources.any(|source| is_in_time(&source.span))
            || chances
                .any(|(span, chance)| (*chance == Chance::AnyPort) == holding.is_some() && is_in_time(span))
    }

    /// The start of the last process before the finder that certainly saw or made something else. Whoever had ended before that is no source.
    fn ruled_out_at(&self, finding: &Finding<'_>, holding: Holding) -> Moment {
        let had_ended = |span: &Span| span.to < finding.span.from;
        let certain = self.certain.get(finding.key).into_iter().flatten();
        let otherwise = certain.filter(|other| other.holding != holding).map(|other| &other.span);
        let holders = holding.and_then(|port| self.holders.get(&port)).into_iter().flatten();
        let elsewhere = holders.filter(|(_, key)| *key != finding.key).map(|(span, _)| span);
        otherwise.chain(elsewhere).filter(|span| had_ended(span)).map(|span| span.from).max().unwrap_or(0)
    }

    fn complaint(&self, finding: &Finding<'_>, found: &[Holding]) -> String {
        const SHOWN: usize = 40;
        let deed = &self.deeds[finding.number];
        let concerns = |key: &Key, holding: Option<Holding>| {
            key == finding.key || holding.flatten().is_some_and(|port| found.contains(&Some(port)))
        };
        let mut lines: Vec<(Moment, String)> = Vec::new();
        for deed in self.deeds.iter().filter(|other| other.span.from <= deed.span.to) {
            let found = deed.found.iter().filter(|(key, found)| concerns(key, Some(found[0])));
            let left = deed.left.iter().filter(|(key, left)| concerns(key, Some(*left)));
            let chances = deed.may_have_left.iter().filter(|(key, _)| concerns(key, None));
            let words: Vec<String> = found
                .map(|(key, found)| format!("found {found:?} for {key}"))
                .chain(left.map(|(key, left)| format!("left {left:?} for {key}")))
                .chain(chances.map(|(key, chance)| format!("may have left {chance:?} for {key}")))
                .collect();
            if !words.is_empty() {
                let Span { from, to } = deed.span;
                lines.push((from, format!("\n  {from}..{to} {}: {}", deed.by, words.join(", "))));
            }
        }
        lines.sort();
        let hidden = lines.len().saturating_sub(SHOWN);
        let shown: String = lines.split_off(hidden).into_iter().map(|(_, line)| line).collect();
        format!("{} found {found:?} for {}, and that comes from nowhere:{shown}", deed.by, finding.key)
    }
}

/// Until when what a process may have left may show.
fn latest_effect(deed: &Deed, deeds: &[Deed]) -> Moment {
    if !deed.is_open {
        return deed.span.to;
    }
    let later = deeds.iter().filter(|other| other.has_written && deed.span.to < other.span.from);
    later.map(|other| other.span.to).min().unwrap_or(Moment::MAX)
}

#[cfg(test)]
mod tests;
