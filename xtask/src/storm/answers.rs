//! What `trop reserve` may answer.

use std::collections::BTreeSet;
use std::fmt;

use crate::storm::labels::Labels;
use crate::storm::model::{Assigned, Model, Row, Standing};
use crate::storm::ports::{PLENTY, Range};
use crate::storm::request::Reserve;

/// Every answer that is right. What other workers hold is not known, so there may be many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Answers {
    /// What the key may have afterwards.
    pub(crate) assigned: BTreeSet<Assigned>,
    /// Whether it may say that no port is available.
    pub(crate) exhausted: bool,
    /// Whether it may say no: the path guard, or labels that stay.
    pub(crate) refused: bool,
}

impl fmt::Display for Answers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 8;
        let mut answers: Vec<String> = self.assigned.iter().take(SHOWN).map(Assigned::to_string).collect();
        if SHOWN < self.assigned.len() {
            answers.push(format!("{} more ports", self.assigned.len() - SHOWN));
        }
        answers.extend(self.exhausted.then(|| "that there is none".to_owned()));
        answers.extend(self.refused.then(|| "no".to_owned()));
        formatter.write_str(&answers.join("; or "))
    }
}

/// Every right answer to the request. `own` are the ports that only this worker asks for.
pub(crate) fn answers(model: &Model, own: Range, request: &Reserve) -> Answers {
    if !request.place.is_allowed(model) {
        return Answers { refused: true, ..Answers::default() };
    }
    let stored = model.rows().get(&request.key);
    let mut answers =
        stored.map_or_else(Answers::default, |row| answers_for_stored(model, own, request, row));
    if stored.is_none_or(|row| row.perhaps) {
        let labels = request.naming.asked.clone();
        let found = Search { model, own, request, stored: None }.run();
        answers.assigned.extend(found.assigned(&labels));
        answers.exhausted |= found.exhausted;
    }
    answers
}

fn answers_for_stored(model: &Model, own: Range, request: &Reserve, row: &Row) -> Answers {
    let Some(labels) = request.naming.on_stored(&row.assigned.labels) else {
        return Answers { refused: true, ..Answers::default() };
    };
    let port = row.assigned.port;
    let found = if request.overwrite {
        Search { model, own, request, stored: Some(port) }.run()
    } else if request.strict && request.port != Some(port) {
        Found { ports: BTreeSet::new(), exhausted: true }
    } else {
        Found { ports: BTreeSet::from([port]), exhausted: false }
    };
    Answers { assigned: found.assigned(&labels).collect(), exhausted: found.exhausted, refused: false }
}

/// What a search may come to.
struct Found {
    ports: BTreeSet<u16>,
    exhausted: bool,
}

impl Found {
    fn assigned(&self, labels: &Labels) -> impl Iterator<Item = Assigned> {
        self.ports.iter().map(|&port| Assigned { port, labels: labels.clone() })
    }
}

/// A search for a port.
struct Search<'m> {
    model: &'m Model,
    own: Range,
    request: &'m Reserve,
    /// What the key has, when it is allocated afresh.
    stored: Option<u16>,
}

/// Whether a port can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Availability {
    Free,
    Taken,
    Unknown,
}

impl Search<'_> {
    fn run(&self) -> Found {
        let mut found = Found { ports: BTreeSet::new(), exhausted: false };
        if let Some(preferred) = self.request.port.or(self.stored) {
            if self.take(preferred, &mut found) {
                return found;
            }
            if self.request.strict {
                found.exhausted = true;
                return found;
            }
        }
        let is_found = self.request.range.ports().any(|port| self.take(port, &mut found));
        found.exhausted = !is_found && self.request.range != PLENTY && !self.clean_up_makes_room();
        found
    }

    /// Adds a port that perhaps can be had. The answer is whether it certainly can: then no later one comes into question.
    fn take(&self, port: u16, found: &mut Found) -> bool {
        let availability = self.availability(port);
        if availability != Availability::Taken {
            found.ports.insert(port);
        }
        availability == Availability::Free
    }

    fn availability(&self, port: u16) -> Availability {
        if self.stored == Some(port) {
            return Availability::Free;
        }
        let mut others = self.model.rows().iter().filter(|(key, _)| **key != self.request.key);
        match others.find(|(_, row)| row.assigned.port == port) {
            Some((_, row)) if row.perhaps => Availability::Unknown,
            Some(_) => Availability::Taken,
            None if self.own.contains(port) && self.request.skip_probes => Availability::Free,
            None => Availability::Unknown,
        }
    }

    /// Whether a port of the range is free for certain once what belongs to vanished directories is removed.
    fn clean_up_makes_room(&self) -> bool {
        self.request.skip_probes
            && self.model.rows().iter().any(|(key, row)| {
                *key != self.request.key
                    && self.model.standing(&key.path) == Standing::Gone
                    && self.request.range.contains(row.assigned.port)
                    && self.own.contains(row.assigned.port)
            })
    }
}

#[cfg(test)]
mod tests;
