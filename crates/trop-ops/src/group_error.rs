//! Why a group, or a service of one, has no place.

use std::fmt;

use trop_model::{Port, PortRange, ReservationKey, Tag};

use crate::{RefusedPort, Remark};

/// How many services a sentence names; of the others it says how many they are.
const MOST_NAMED: usize = 5;

/// That no place in the range is left for the whole group.
#[derive(Debug)]
pub struct NoPlaceLeft {
    /// The range that was searched.
    pub range: PortRange,
    /// The lowest base that may be.
    pub first_base: Port,
    /// How many bases were tried.
    pub bases: u32,
    /// The services that a place was sought for. Every base counts at one of them.
    pub blocked: Vec<BlockedService>,
    /// What the user should know besides: of preferred ports, and of what the clean-up that was to make room left alone.
    pub remarks: Vec<Remark>,
}

/// A service, and at how many bases its port was the one that could not be had, by reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockedService {
    /// The service.
    pub service: Tag,
    /// Its offset.
    pub offset: u16,
    /// Bases at which another key holds its port.
    pub reserved: u32,
    /// Bases at which its port is excluded.
    pub excluded: u32,
    /// Bases at which a socket has its port.
    pub in_use: u32,
}

/// That a service that is new to a stored group cannot have its place.
#[derive(Debug)]
pub struct CannotJoin {
    /// The key that the service would have.
    pub key: ReservationKey,
    /// Its offset.
    pub offset: u16,
    /// What is in the way.
    pub obstacle: Obstacle,
    /// What the user should know besides, of preferred ports.
    pub remarks: Vec<Remark>,
}

/// What is in the way of a service that is new to a stored group.
#[derive(Debug)]
pub enum Obstacle {
    /// The services that are there already do not agree on a base.
    Disputed(Vec<Anchor>),
    /// The place lies outside the range.
    OutOfRange {
        /// The place, which may be no port.
        port: i32,
        /// The range.
        range: PortRange,
    },
    /// The port cannot be had.
    Refused(RefusedPort),
}

/// A service of a stored group that is not on its preferred port, and so says where the group begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The service.
    pub service: Tag,
    /// Its offset.
    pub offset: u16,
    /// The port that it has.
    pub port: Port,
}

impl Anchor {
    /// The base, which may be no port.
    pub(crate) fn base(&self) -> i32 {
        i32::from(self.port.get()) - i32::from(self.offset)
    }
}

impl BlockedService {
    fn count(&self) -> u32 {
        self.reserved + self.excluded + self.in_use
    }
}

impl fmt::Display for NoPlaceLeft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NoPlaceLeft { range, first_base, bases, blocked, .. } = self;
        write!(f, "no place is left for the group in {range} (bases tried from {first_base} on: {bases})")?;
        let mut in_the_way = blocked.iter().filter(|service| 0 < service.count());
        for (index, blocked) in in_the_way.by_ref().take(MOST_NAMED).enumerate() {
            let lead = if index == 0 { ':' } else { ',' };
            let BlockedService { service, offset, reserved, excluded, in_use } = blocked;
            write!(
                f,
                "{lead} {} failed at {service} (offset {offset}: {reserved} reserved, {excluded} excluded, {in_use} in use)",
                blocked.count()
            )?;
        }
        match in_the_way.map(BlockedService::count).collect::<Vec<u32>>().as_slice() {
            [] => Ok(()),
            others => {
                write!(f, ", and {} failed at {} more services", others.iter().sum::<u32>(), others.len())
            }
        }
    }
}

impl fmt::Display for CannotJoin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CannotJoin { key, offset, obstacle, .. } = self;
        match obstacle {
            Obstacle::Disputed(anchors) => {
                let listed = list_of_anchors(anchors);
                write!(
                    f,
                    "{key} has no place: where the group begins is not clear from its other services{listed}"
                )
            }
            Obstacle::OutOfRange { port, range } => {
                write!(
                    f,
                    "{key} has no place: at offset {offset} it would be {port}, which is not in {range}"
                )
            }
            Obstacle::Refused(refused) => {
                let RefusedPort { port, .. } = refused;
                write!(f, "{key} has no place: port {port}, at offset {offset}, is {}", refused.reason())
            }
        }
    }
}

/// `: web (offset 0) has port 5000, api (offset 1) has port 5001`, fit for the end of a sentence.
pub(crate) fn list_of_anchors(anchors: &[Anchor]) -> String {
    let named = anchors.iter().take(MOST_NAMED).enumerate();
    let described = named.map(|(index, Anchor { service, offset, port })| {
        let lead = if index == 0 { ':' } else { ',' };
        format!("{lead} {service} (offset {offset}) has port {port}")
    });
    let others = anchors.len().saturating_sub(MOST_NAMED);
    let others = (0 < others).then(|| format!(", and {others} more"));
    described.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(number: u16) -> Port {
        Port::new(number).unwrap()
    }

    #[test]
    fn of_many_services_the_first_are_named_and_the_others_counted() {
        let blocked = |number: u16| BlockedService {
            service: format!("s{number}").parse().unwrap(),
            offset: number,
            reserved: 0,
            excluded: 0,
            in_use: u32::from(number),
        };
        let no_place = NoPlaceLeft {
            range: PortRange::new(port(5000), port(7000)).unwrap(),
            first_base: port(5000),
            bases: 101,
            blocked: (0..=1900).map(blocked).collect(),
            remarks: Vec::new(),
        };
        let text = no_place.to_string();
        assert!(text.contains("5 failed at s5 (offset 5: 0 reserved, 0 excluded, 5 in use), and "), "{text}");
        assert!(text.ends_with(", and 1805935 failed at 1895 more services"), "{text}");
        assert!(text.len() < 1_000, "{text}");
    }
}
