//! Random ranges and random worlds.

use proptest::prelude::*;
use trop_allocation::Probe;
use trop_model::PortRange;

use crate::world::{Facts, World, port, range};

const WIDEST: u16 = 40;
/// How many ports below and above the range the world knows, where there are as many: a preferred port may be one.
const MARGIN: u16 = 5;

/// Of a hundred ports, how many are reserved, excluded, discouraged, in use, lingering.
type Densities = [u8; 5];
/// One roll of a hundred-sided die for each of: reserved, excluded, discouraged, what sockets say.
type Rolls = [u8; 4];

/// A range, and a world that knows it and some ports around it.
pub(crate) fn any_range_and_world() -> impl Strategy<Value = (PortRange, World)> {
    let rolls = prop::collection::vec(prop::array::uniform4(0..100_u8), usize::from(WIDEST + 2 * MARGIN));
    let densities = prop::array::uniform5(any_density());
    (any_range(), densities, rolls)
        .prop_map(|(range, densities, rolls)| (range, world(range, densities, &rolls)))
}

fn any_range() -> impl Strategy<Value = PortRange> {
    (1..=WIDEST).prop_flat_map(|width| {
        let highest = u16::MAX - (width - 1);
        let first = prop_oneof![4 => 1..=highest, 1 => Just(1), 1 => Just(highest)];
        first.prop_map(move |first| range(first, first + (width - 1)))
    })
}

/// None, some or all: each decides differently what a search comes to.
fn any_density() -> impl Strategy<Value = u8> {
    prop_oneof![3 => Just(0), 3 => 1..100_u8, 1 => Just(100)]
}

fn world(range: PortRange, densities: Densities, rolls: &[Rolls]) -> World {
    let first = range.first().get().saturating_sub(MARGIN).max(1);
    let last = range.last().get().saturating_add(MARGIN);
    let ports = (first..=last).map(port).zip(rolls.iter().map(|&rolls| facts(densities, rolls))).collect();
    World { ports, ..World::default() }
}

fn facts([reserved, excluded, discouraged, in_use, lingering]: Densities, rolls: Rolls) -> Facts {
    let sockets = match rolls[3] {
        roll if roll < in_use => Probe::InUse,
        roll if roll < in_use.saturating_add(lingering) => Probe::Lingering,
        _ => Probe::Free,
    };
    Facts {
        reserved: rolls[0] < reserved,
        excluded: rolls[1] < excluded,
        discouraged: rolls[2] < discouraged,
        sockets,
    }
}
