//! The services that a tropfile lists, as they are written.

use std::fmt;

use crate::{EnvName, Port, Tag};

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
    pub first: Tag,
    /// The other one.
    pub second: Tag,
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
}

/// Every clash between services: each service with the first one before it that wants the same.
#[must_use]
pub fn find_clashes(services: &[Service]) -> Vec<Clash> {
    type Wants = fn(&Service, &Service) -> bool;
    let contested: [(Contested, Wants); 4] = [
        (Contested::Tag, |one, other| one.tag == other.tag),
        (Contested::Offset, |one, other| one.offset == other.offset),
        (Contested::Preferred, |one, other| one.preferred.is_some() && one.preferred == other.preferred),
        (Contested::Variable, |one, other| {
            one.variable.as_str().eq_ignore_ascii_case(other.variable.as_str())
        }),
    ];
    let mut clashes = Vec::new();
    for (index, second) in services.iter().enumerate() {
        for (over, want_the_same) in contested {
            let first = services[..index].iter().find(|first| want_the_same(first, second));
            clashes.extend(first.map(|first| Clash {
                over,
                first: first.tag.clone(),
                second: second.tag.clone(),
            }));
        }
    }
    clashes
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Clash { over, first, second } = self;
        write!(f, "{first} and {second} have the same {over}")
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
