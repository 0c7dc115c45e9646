//! Why a group, or a service of one, has no place.

use std::fmt;

use trop_allocation::{Blocked, GroupExhausted};
use trop_model::{Port, PortRange, ReservationKey, Service, Tag};

use crate::{RefusedPort, Remark};

/// That no place in the range is left for the whole group.
#[derive(Debug)]
pub struct NoPlaceLeft {
    /// What was tried.
    pub counts: GroupExhausted,
    /// The services that a place was sought for, and at how many bases each was the one in the way.
    pub blocked: Vec<(Service, Blocked)>,
    /// What the clean-up that was to make room left alone, and why.
    pub remarks: Vec<Remark>,
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
}

/// What is in the way of a service that is new to a stored group.
#[derive(Debug)]
pub enum Obstacle {
    /// The services that are there already do not agree on a base.
    Disputed(Vec<Placed>),
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

/// A service of a stored group that is not on its preferred port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its tag.
    pub service: Tag,
    /// Its offset.
    pub offset: u16,
    /// The port that it has.
    pub port: Port,
}

impl fmt::Display for NoPlaceLeft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let GroupExhausted { range, first_base, bases, .. } = self.counts;
        write!(f, "no place is left for the group in {range} (bases tried from {first_base} on: {bases})")?;
        let failed = |blocked: &Blocked| blocked.reserved + blocked.excluded + blocked.in_use;
        let in_the_way = self.blocked.iter().filter(|(_, blocked)| 0 < failed(blocked));
        for (index, (Service { tag, offset, .. }, blocked)) in in_the_way.enumerate() {
            let lead = if index == 0 { ':' } else { ',' };
            let Blocked { reserved, excluded, in_use, .. } = blocked;
            write!(
                f,
                "{lead} {} failed at {tag} (offset {offset}: {reserved} reserved, {excluded} excluded, {in_use} in use)",
                failed(blocked)
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for CannotJoin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CannotJoin { key, offset, obstacle } = self;
        match obstacle {
            Obstacle::Disputed(placed) => {
                write!(f, "{key} has no place: where the group begins is not clear from its other services")?;
                for (index, Placed { service, offset, port }) in placed.iter().enumerate() {
                    let lead = if index == 0 { ':' } else { ',' };
                    write!(f, "{lead} {service} (offset {offset}) has port {port}")?;
                }
                Ok(())
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
