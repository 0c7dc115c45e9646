//! Who holds a port.

use socket2::Type;
use trop_occupancy::holder;

use crate::sockets::{is_skipped, serving_socket, unused_port};

#[test]
fn the_holder_is_this_process() {
    #[track_caller]
    fn check(kind: Type, host: &str) {
        if is_skipped(host) {
            return;
        }
        let port = unused_port();
        let _socket = serving_socket(kind, host, port);
        let holder = holder(port).expect("a process sees its own sockets");
        assert_eq!(holder.process_id, std::process::id());
        assert!(!holder.process_name.is_empty());
    }

    check(Type::STREAM, "127.0.0.1");
    check(Type::STREAM, "::1");
    check(Type::STREAM, "::");
    check(Type::DGRAM, "127.0.0.1");
    check(Type::DGRAM, "::1");
}

#[test]
fn nobody_holds_an_unused_port() {
    assert_eq!(holder(unused_port()), None);
}
