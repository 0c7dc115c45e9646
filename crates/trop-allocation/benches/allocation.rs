//! The search for a port, and for a place for twenty services, where few and where many ports are reserved.

use std::convert::Infallible;

use divan::{Bencher, black_box};
use trop_allocation::{Probe, Refusal, View, Wish, allocate_group, allocate_one};
use trop_model::{Port, PortRange, PortSet, browser};

fn main() {
    divan::main();
}

/// How many ports of the range are reserved.
#[derive(Debug, Clone, Copy)]
enum Reserved {
    None,
    Half,
    /// All but the last twenty.
    Nearly,
}

const ALL: [Reserved; 3] = [Reserved::None, Reserved::Half, Reserved::Nearly];

struct Machine {
    reserved: PortSet,
}

impl Machine {
    fn new(reserved: Reserved) -> Machine {
        let range = every_port();
        let (count, group) = (range.count() as usize, SERVICES as usize);
        let reserved = match reserved {
            Reserved::None => PortSet::new(),
            Reserved::Half => range.iter().take(count / 2).collect(),
            Reserved::Nearly => range.iter().take(count - group).collect(),
        };
        Machine { reserved }
    }
}

impl View for Machine {
    type Error = Infallible;

    fn refusal(&self, port: Port) -> Option<Refusal> {
        self.reserved.contains(port).then_some(Refusal::Reserved)
    }

    fn discouraged(&self, port: Port) -> bool {
        browser::refuses(port)
    }

    fn probe(&mut self, _port: Port) -> Result<Probe, Infallible> {
        Ok(Probe::Free)
    }
}

const SERVICES: u16 = 20;

fn every_port() -> PortRange {
    "1024..65535".parse().expect("that is a range")
}

#[divan::bench(args = ALL)]
fn lowest_free_port(bencher: Bencher<'_, '_>, reserved: Reserved) {
    let mut machine = Machine::new(reserved);
    bencher.bench_local(|| allocate_one(black_box(every_port()), None, &mut machine).is_ok());
}

#[divan::bench(args = ALL)]
fn place_of_a_group(bencher: Bencher<'_, '_>, reserved: Reserved) {
    let mut machine = Machine::new(reserved);
    let wishes: Vec<Wish> = (0..SERVICES).map(|offset| Wish { offset, preferred: None }).collect();
    let range = every_port();
    bencher.bench_local(|| allocate_group(range, range.first(), black_box(&wishes), &mut machine).is_ok());
}
