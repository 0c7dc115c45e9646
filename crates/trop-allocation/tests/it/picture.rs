//! Small worlds that can be seen at a glance.
//!
//! A picture shows one port per character, from 5001 upwards, and the range in brackets:
//!
//! | character | the port is | | character | the port is |
//! | --- | --- | --- | --- | --- |
//! | `.` | free | | `d` | free, discouraged |
//! | `l` | lingering | | `L` | lingering, discouraged |
//! | `u` | in use | | `U` | in use, discouraged |
//! | `r` | reserved | | `R` | reserved, excluded and in use |
//! | `x` | excluded | | `X` | excluded and in use |

use trop_allocation::Probe;
use trop_model::PortRange;

use crate::world::{Facts, World, port, range};

/// Where pictures begin.
pub(crate) const FIRST: u16 = 5001;

fn facts(character: char) -> Facts {
    let free = Facts::FREE;
    match character {
        '.' => free,
        'l' => Facts { sockets: Probe::Lingering, ..free },
        'u' => Facts { sockets: Probe::InUse, ..free },
        'd' => Facts { discouraged: true, ..free },
        'L' => Facts { discouraged: true, sockets: Probe::Lingering, ..free },
        'U' => Facts { discouraged: true, sockets: Probe::InUse, ..free },
        'r' => Facts { reserved: true, ..free },
        'R' => Facts { reserved: true, excluded: true, sockets: Probe::InUse, ..free },
        'x' => Facts { excluded: true, ..free },
        'X' => Facts { excluded: true, sockets: Probe::InUse, ..free },
        other => panic!("'{other}' is not in the legend"),
    }
}

/// The range and the world of a picture whose first port is `first`.
pub(crate) fn draw(picture: &str, first: u16) -> (PortRange, World) {
    let (before, rest) = picture.split_once('[').expect("the range is in brackets");
    let (inside, after) = rest.split_once(']').expect("the range is in brackets");
    let range_first = first + width(before);
    let characters = [before, inside, after].concat();
    let ports = (first..=u16::MAX).map(port).zip(characters.chars().map(facts)).collect();
    (range(range_first, range_first + (width(inside) - 1)), World { ports, ..World::default() })
}

fn width(text: &str) -> u16 {
    u16::try_from(text.chars().count()).expect("pictures are small")
}
