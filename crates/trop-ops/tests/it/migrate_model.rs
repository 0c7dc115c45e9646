//! What a migration comes to, thought out anew on plain texts.

use std::collections::BTreeMap;

use trop_model::{Reservation, ReservationKey};
use trop_ops::{MigrateRequest, Target};

use crate::memory::Memory;
use crate::samples::path;

/// A directory of this name is a link to the other one.
pub(crate) const LINK: &str = "/l";
pub(crate) const BEHIND_IT: &str = "/a";

/// A directory and a tag, as texts.
pub(crate) type Place = (String, String);

/// Ports by place.
pub(crate) type Ports = BTreeMap<Place, u16>;

/// What becomes of the ports.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Nothing,
    /// Pairs of ports: the one that would move, the one that stands in its way.
    Collisions(Vec<(u16, u16)>),
    Moved(Ports),
}

/// Everything that matters of a case.
pub(crate) struct Model {
    pub(crate) ports: Ports,
    /// Under which path the ports are that are to move, and where they are to come.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) recursive: bool,
}

pub(crate) fn target(typed: &str) -> Target {
    Target::typed(path(typed), path(&real(typed)))
}

/// The path without the link.
pub(crate) fn real(typed: &str) -> String {
    match rest_below(typed, LINK) {
        Some(rest) => format!("{BEHIND_IT}{rest}"),
        None => typed.to_owned(),
    }
}

/// What follows behind the directory, a separator in front; nothing for the directory itself.
pub(crate) fn rest_below<'p>(path: &'p str, directory: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(directory.trim_end_matches('/'))?;
    match rest {
        "" => Some(""),
        "/" => Some(if directory == "/" { "" } else { rest }),
        rest if rest.starts_with('/') => Some(rest),
        _ => None,
    }
}

pub(crate) fn ports_of(memory: &Memory) -> Ports {
    memory.rows.values().map(|row| (place(&row.key), row.port.get())).collect()
}

fn place(key: &ReservationKey) -> Place {
    (key.path.to_string(), key.tag.as_ref().map_or(String::new(), ToString::to_string))
}

impl Model {
    pub(crate) fn of(memory: &Memory, request: &MigrateRequest) -> Model {
        let mut model = Model {
            ports: ports_of(memory),
            from: String::new(),
            to: String::new(),
            recursive: request.recursive,
        };
        let (typed_from, typed_to) = (request.from.path.as_str(), request.to.path.as_str());
        model.from = model.meant(typed_from);
        let is_without_link = model.from == real(typed_from);
        let comes_to_others = model.has_ports(typed_to);
        model.to = if is_without_link && !comes_to_others { real(typed_to) } else { model.meant(typed_to) };
        model
    }

    fn meant(&self, typed: &str) -> String {
        if !self.has_ports(typed) && self.has_ports(&real(typed)) { real(typed) } else { typed.to_owned() }
    }

    fn has_ports(&self, directory: &str) -> bool {
        self.ports.keys().any(|place| self.is_at(place, directory))
    }

    /// Whether the place is of that directory, or below it where that counts.
    pub(crate) fn is_at(&self, (path, _): &Place, directory: &str) -> bool {
        rest_below(path, directory).is_some_and(|rest| rest.is_empty() || self.recursive)
    }

    pub(crate) fn moves(&self, place: &Place) -> bool {
        self.is_at(place, &self.from)
    }

    pub(crate) fn outcome(&self, force: bool) -> Outcome {
        let (moving, mut after): (Ports, Ports) =
            self.ports.clone().into_iter().partition(|(place, _)| self.moves(place));
        if moving.is_empty() && !self.recursive {
            return Outcome::Nothing;
        }
        if self.from == self.to {
            return Outcome::Moved(self.ports.clone());
        }
        let mut collisions = Vec::new();
        for ((path, tag), port) in moving {
            let rest = rest_below(&path, &self.from).unwrap();
            let to = format!("{}{rest}", self.to.trim_end_matches('/'));
            let to = if to.is_empty() { "/".to_owned() } else { to };
            collisions.extend(after.insert((to, tag), port).map(|standing| (port, standing)));
        }
        if collisions.is_empty() || force { Outcome::Moved(after) } else { Outcome::Collisions(collisions) }
    }
}

/// Everything of a row but where it is.
pub(crate) fn baggage(row: &Reservation) -> Reservation {
    let key = ReservationKey { path: path("/"), tag: row.key.tag.clone() };
    Reservation { key, ..row.clone() }
}
