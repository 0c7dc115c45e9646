//! Probers beside each other.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use trop_model::Port;
use trop_occupancy::{Occupancy, Prober, Probes};

use crate::sockets::unused_port;

const ROUNDS: usize = 5_000;

/// Three pauses of a millisecond. A prober that the system stops in the middle of a probe does hold its port for longer than
/// that, and no other can know; but nobody may call a port used before having waited so long.
const PATIENCE: Duration = Duration::from_millis(3);

#[test]
fn probers_do_not_take_a_passing_probe_for_use() {
    #[track_caller]
    fn check(probes: Probes) {
        let ports: Vec<Port> = (0..8).map(|_| unused_port()).collect();
        let start = Barrier::new(2);
        let is_called_used_at_once = |port: &Port| {
            let asked_at = Instant::now();
            let occupancy = Prober::new(probes).probe(*port).unwrap();
            occupancy != Occupancy::Free && asked_at.elapsed() < PATIENCE
        };
        let count = || {
            start.wait();
            ports.iter().cycle().take(ROUNDS).filter(|port| is_called_used_at_once(port)).count()
        };
        let called_used_at_once = thread::scope(|scope| {
            let other = scope.spawn(count);
            count() + other.join().unwrap()
        });
        assert_eq!(called_used_at_once, 0, "of {} probes", 2 * ROUNDS);
    }

    check(Probes::default());
    check(Probes { udp: false, ..Probes::default() });
    check(Probes { tcp: false, ..Probes::default() });
}
