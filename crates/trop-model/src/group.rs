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

/// What a service wants for itself alone, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims<'s> {
    /// What it is called: its tag, or what is written in the place of one.
    pub tag: &'s str,
    /// The distance from the base.
    pub offset: Option<u16>,
    /// The preferred port.
    pub preferred: Option<Port>,
    /// The variable.
    pub variable: Option<&'s EnvName>,
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
    /// What it is called.
    pub tag: String,
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
    /// Even at the lowest base that lies in the range the port of a service would lie above it.
    Offset {
        /// The place of the service in the group, from 0.
        index: usize,
        /// The port, which may be above 65535.
        port: u32,
    },
}

impl Service {
    /// What it wants for itself alone.
    #[must_use]
    pub fn claims(&self) -> Claims<'_> {
        let Service { tag, offset, preferred, variable } = self;
        Claims { tag: tag.as_str(), offset: Some(*offset), preferred: *preferred, variable: Some(variable) }
    }
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
        let claims: Vec<Claims<'_>> = services.iter().map(Service::claims).collect();
        match find_clashes(&claims).into_iter().next() {
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

    /// What keeps the group from ever having a place in `range`, whatever is free there.
    #[must_use]
    pub fn misfits(&self, range: PortRange) -> Vec<Misfit> {
        let offsets: Vec<u16> = self.services.iter().map(|service| service.offset).collect();
        find_misfits(range, self.base, &offsets)
    }
}

/// What keeps services at these offsets from ever having a place in `range`, whatever is free there. Where the base itself is wrong,
/// another one will be in the range: then the offsets count from its lowest port.
#[must_use]
pub fn find_misfits(range: PortRange, base: Option<Port>, offsets: &[u16]) -> Vec<Misfit> {
    let wrong_base = base.filter(|base| !range.contains(*base));
    let lowest = base.filter(|base| range.contains(*base)).unwrap_or(range.first());
    let ports = offsets.iter().map(|offset| u32::from(lowest.get()) + u32::from(*offset)).enumerate();
    let above = ports.filter(|(_, port)| u32::from(range.last().get()) < *port);
    let above = above.map(|(index, port)| Misfit::Offset { index, port });
    wrong_base.map(Misfit::Base).into_iter().chain(above).collect()
}

/// Every clash between services: each with the first one before it that wants the same.
#[must_use]
pub fn find_clashes(services: &[Claims<'_>]) -> Vec<Clash> {
    let mut first = FirstToWant::default();
    let mut clashes = Vec::new();
    for (index, service) in services.iter().enumerate() {
        let Claims { tag, offset, preferred, variable } = *service;
        let variable = variable.map(|variable| variable.as_str().to_ascii_uppercase());
        let contested = [
            (Contested::Tag, *first.tags.entry(tag).or_insert(index)),
            (Contested::Offset, offset.map_or(index, |offset| *first.offsets.entry(offset).or_insert(index))),
            (
                Contested::Preferred,
                preferred.map_or(index, |port| *first.preferred.entry(port).or_insert(index)),
            ),
            (
                Contested::Variable,
                variable.map_or(index, |variable| *first.variables.entry(variable).or_insert(index)),
            ),
        ];
        let member = |index: usize| Member { index, tag: services[index].tag.to_owned() };
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
    tags: BTreeMap<&'s str, usize>,
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
