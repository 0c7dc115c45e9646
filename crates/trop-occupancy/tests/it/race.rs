//! Probers beside each other.

use std::sync::Barrier;
use std::thread;

use trop_model::Port;
use trop_occupancy::{Occupancy, Prober, Probes};

use crate::sockets::unused_port;

const ROUNDS: usize = 5_000;

#[test]
fn probers_do_not_take_each_other_for_use() {
    #[track_caller]
    fn check(probes: Probes) {
        let ports: Vec<Port> = (0..8).map(|_| unused_port()).collect();
        let start = Barrier::new(2);
        let count_in_use = || {
            let mut prober = Prober::new(probes);
            start.wait();
            let found = ports
                .iter()
                .cycle()
                .take(ROUNDS)
                .map(|port| prober.probe(*port).unwrap());
            found.filter(|occupancy| *occupancy != Occupancy::Free).count()
        };
        let taken_for_used = thread::scope(|scope| {
            let other = scope.spawn(count_in_use);
            count_in_use() + other.join().unwrap()
        });
        assert_eq!(taken_for_used, 0, "of {} probes", 2 * ROUNDS);
    }

    check(Probes::default());
    check(Probes {
        udp: false,
        ..Probes::default()
    });
    check(Probes {
        tcp: false,
        ..Probes::default()
    });
}
