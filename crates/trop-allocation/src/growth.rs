//! The ports of services that join a group.

use trop_model::{Port, PortRange};

use crate::search::Search;
use crate::{Preferred, PreferredRefusal, View, Wish};

/// Where the services that join a group can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupGrowth {
    /// By wish: why its preferred port could not be had, when there was one and it could not.
    pub preferred_refusals: Vec<Option<PreferredRefusal>>,
    /// By wish: its port, or what is wrong with its place.
    pub places: Vec<Result<Port, Misplaced>>,
}

/// Why a service cannot go to its place in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misplaced {
    /// There is no base to be placed at.
    NoBase,
    /// The number at its place is not in the range; it may not even be a port.
    OutOfRange(i32),
    /// The port at its place cannot be had.
    Refused {
        /// The port.
        port: Port,
        /// Why not.
        refusal: PreferredRefusal,
    },
    /// Another wish of this search has the port at its place.
    TakenByWish {
        /// The port.
        port: Port,
        /// The place of the other wish among all wishes, from 0.
        wish: usize,
    },
}

/// Looks whether services can join a group.
///
/// First each wish in turn gets its preferred port, if that can be had. Each of the others, again in turn, gets the port
/// at its offset above `base`, when that lies in `range` and can be had. That port may be discouraged and may linger:
/// there is no other place. A wish that cannot be placed keeps no other from its place. No port is probed twice.
///
/// `base` need not be a port: what is stored may lie such that it would be below 1 or above 65535. Where there is none, there
/// are preferred ports alone.
///
/// # Errors
/// The first error of a probe, at once.
pub fn place_in_group<V: View>(
    range: PortRange,
    base: Option<i32>,
    wishes: &[Wish],
    view: &mut V,
) -> Result<GroupGrowth, V::Error> {
    let mut search = Search::new(view);
    let preferred_refusals = search.claim_preferred(wishes)?;
    let mut places = Vec::with_capacity(wishes.len());
    for (index, (wish, refusal)) in wishes.iter().zip(&preferred_refusals).enumerate() {
        let place = match (wish.had(*refusal), base) {
            (Some(port), _) => Ok(port),
            (None, Some(base)) => {
                place(range, base.saturating_add(i32::from(wish.offset)), index, &mut search)?
            }
            (None, None) => Err(Misplaced::NoBase),
        };
        places.push(place);
    }
    Ok(GroupGrowth { preferred_refusals, places })
}

/// Gives the port with that number to `wish`.
fn place<V: View>(
    range: PortRange,
    number: i32,
    wish: usize,
    search: &mut Search<'_, V>,
) -> Result<Result<Port, Misplaced>, V::Error> {
    let port = Port::try_from(i64::from(number)).ok().filter(|port| range.contains(*port));
    let Some(port) = port else {
        return Ok(Err(Misplaced::OutOfRange(number)));
    };
    if let Some(wish) = search.wish_with(port) {
        return Ok(Err(Misplaced::TakenByWish { port, wish }));
    }
    let only_place = Preferred { port, ignore_occupied: false, ignore_exclusions: false };
    let refusal = search.claim(wish, only_place)?;
    Ok(refusal.map_or(Ok(port), |refusal| Err(Misplaced::Refused { port, refusal })))
}
