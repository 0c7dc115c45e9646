//! The rules for those who join a group, written down a second time.

use trop_allocation::{GroupGrowth, Misplaced, Preferred, Wish};
use trop_model::Port;

use crate::growth::cases::Case;
use crate::model::refusal_of;
use crate::wishes::{had, preferred_refusals};

/// What the search must come to.
pub(crate) fn expected(case: &Case) -> GroupGrowth {
    let preferred_refusals = preferred_refusals(&case.wishes, &case.world);
    let mut taken = had(&case.wishes, &preferred_refusals);
    let mut places = Vec::new();
    for (index, wish) in case.wishes.iter().enumerate() {
        let preferred = taken.iter().find(|(_, taker)| **taker == index).map(|(port, _)| *port);
        let place = match preferred {
            Some(port) => Ok(port),
            None => own_place(case, wish),
        };
        let place = place.and_then(|port| match taken.get(&port) {
            Some(&wish) if wish != index => Err(Misplaced::TakenByWish { port, wish }),
            _ => Ok(port),
        });
        let place = place.and_then(|port| match preferred {
            Some(port) => Ok(port),
            None => not_refused(case, port),
        });
        if let Ok(port) = place {
            taken.insert(port, index);
        }
        places.push(place);
    }
    GroupGrowth { preferred_refusals, places }
}

fn own_place(case: &Case, wish: &Wish) -> Result<Port, Misplaced> {
    let number = i64::from(case.base) + i64::from(wish.offset);
    let in_range = case.range.iter().find(|port| i64::from(port.get()) == number);
    in_range.ok_or_else(|| Misplaced::OutOfRange(i32::try_from(number).unwrap_or(i32::MAX)))
}

fn not_refused(case: &Case, port: Port) -> Result<Port, Misplaced> {
    let preferred = Preferred { port, ignore_occupied: false, ignore_exclusions: false };
    match refusal_of(preferred, case.world.ports[&port]) {
        Some(refusal) => Err(Misplaced::Refused { port, refusal }),
        None => Ok(port),
    }
}
