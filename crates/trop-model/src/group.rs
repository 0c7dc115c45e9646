//! The services that a tropfile lists, as they are written.

use std::collections::BTreeMap;
use std::fmt;

use crate::{EnvName, Port, PortRange, Tag};

/// One service of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The tag of its reservation.
    pub tag: Tag,
    /// How far above the base of the group its port lies.
    pub offset: u16,
    /// The port to have if possible.
    pub preferred: Option<Port>,
    /// The variable that is to hold its port.
    pub variable: EnvName,
}

/// Services that are reserved all together or not at all: at least one, no two of which clash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSpec {
    base: Option<Port>,
    services: Vec<Service>,
}

/// Why services make no group.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGroup {
    /// There is no service.
    #[error("a group has at least one service")]
    Empty,
    /// Two services want the same.
    #[error("{0}")]
    Clash(Clash),
}

/// Two services of a group that want the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What both want.
    pub over: Contested,
    /// The service that is listed first.
    pub first: Member,
    /// The other one.
    pub second: Member,
}

/// A service of a list of services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its place in the list, from 0.
    pub index: usize,
    /// Its tag.
    pub tag: Tag,
}

/// What two services of a group cannot both have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contested {
    /// The tag.
    Tag,
    /// The distance from the base.
    Offset,
    /// The preferred port.
    Preferred,
    /// The variable, whatever the case of its letters.
    Variable,
}

/// What a group asks for that a range does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The search for a base would begin outside the range.
    Base(Port),
    /// Even at the lowest base the port of a service would lie above the range.
    Offset {
        /// The place of the service in the group, from 0.
        index: usize,
        /// The port, which may be above 65535.
        port: u32,
    },
}

impl GroupSpec {
    /// A group of these services, which keep their order. Where there is no base, it is searched from the lowest port of the range.
    ///
    /// # Errors
    /// When there is no service, or two of them clash.
    pub fn new(base: Option<Port>, services: Vec<Service>) -> Result<GroupSpec, InvalidGroup> {
        if services.is_empty() {
            return Err(InvalidGroup::Empty);
        }
        match find_clashes(&services).into_iter().next() {
            Some(clash) => Err(InvalidGroup::Clash(clash)),
            None => Ok(GroupSpec { base, services }),
        }
    }

    /// The port from which to search for a base.
    #[must_use]
    pub fn base(&self) -> Option<Port> {
        self.base
    }

    /// The services in the order in which they are listed.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The lowest base that may be tried in a range.
    #[must_use]
    pub fn first_base(&self, range: PortRange) -> Port {
        self.base.unwrap_or(range.first())
    }

    /// What keeps the group from ever having a place in `range`, whatever is free there. Nothing is said of offsets where the base
    /// itself is wrong.
    #[must_use]
    pub fn misfits(&self, range: PortRange) -> Vec<Misfit> {
        let base = self.first_base(range);
        if !range.contains(base) {
            return vec![Misfit::Base(base)];
        }
        let above_base = |service: &Service| u32::from(base.get()) + u32::from(service.offset);
        let ports = self.services.iter().map(above_base).enumerate();
        let outside = ports.filter(|(_, port)| u32::from(range.last().get()) < *port);
        outside.map(|(index, port)| Misfit::Offset { index, port }).collect()
    }
}

/// Every clash between services: each service with the first one before it that wants the same.
#[must_use]
pub fn find_clashes(services: &[Service]) -> Vec<Clash> {
    let mut first = FirstToWant::default();
    let mut clashes = Vec::new();
    for (index, service) in services.iter().enumerate() {
        let Service { tag, offset, preferred, variable } = service;
        let contested = [
            (Contested::Tag, *first.tags.entry(tag).or_insert(index)),
            (Contested::Offset, *first.offsets.entry(*offset).or_insert(index)),
            (
                Contested::Preferred,
                preferred.map_or(index, |port| *first.preferred.entry(port).or_insert(index)),
            ),
            (
                Contested::Variable,
                *first.variables.entry(variable.as_str().to_ascii_uppercase()).or_insert(index),
            ),
        ];
        let member = |index: usize| Member { index, tag: services[index].tag.clone() };
        let lost = contested.into_iter().filter(|(_, first)| *first != index);
        let lost = lost.map(|(over, first)| Clash { over, first: member(first), second: member(index) });
        let mut lost: Vec<Clash> = lost.collect();
        // What else two of the same name have in common follows from that.
        if tags_clash(&lost) {
            lost.truncate(1);
        }
        clashes.append(&mut lost);
    }
    clashes
}

/// Which service was the first to want something, by its place in the list.
#[derive(Default)]
struct FirstToWant<'s> {
    tags: BTreeMap<&'s Tag, usize>,
    offsets: BTreeMap<u16, usize>,
    preferred: BTreeMap<Port, usize>,
    variables: BTreeMap<String, usize>,
}

fn tags_clash(clashes: &[Clash]) -> bool {
    clashes.first().is_some_and(|clash| clash.over == Contested::Tag)
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Clash { over, first, second } = self;
        write!(f, "{} and {} have the same {over}", first.tag, second.tag)
    }
}

impl fmt::Display for Contested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Contested::Tag => "tag",
            Contested::Offset => "offset",
            Contested::Preferred => "preferred port",
            Contested::Variable => "variable",
        })
    }
}
