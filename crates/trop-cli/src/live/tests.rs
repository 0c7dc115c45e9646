//! Who runs inside, and who is named, of processes that need not exist.

use trop_occupancy::Holder as Process;

use super::*;

fn absolute(path: &str) -> AbsPath {
    AbsPath::from_clean(path).unwrap()
}

#[test]
fn inside_is_by_component_and_by_either_name() {
    #[track_caller]
    fn check(process: &str, expected: bool) {
        let names = [absolute("/home/ann/shop"), absolute("/data/shop")];
        for exists in [true, false] {
            let process = ProcessDirectory { path: process.into(), surviving: process.into() };
            assert_eq!(runs_inside(&process, &names, exists), expected);
        }
    }

    check("/home/ann/shop", true);
    check("/home/ann/shop/web/src", true);
    check("/home/ann/shopping", false);
    check("/home/ann/shop2", false);
    check("/home/ann/sho", false);
    check("/home/ann", false);
    check("/", false);
    check("/data/shop", true);
    check("/data/shop/web", true);
    check("/data/shop (deleted)", false);
    check("/data", false);
}

#[test]
fn what_was_deleted_and_made_anew_is_another_directory() {
    #[track_caller]
    fn check(process: &str, surviving: &str, exists: bool, expected: bool) {
        let process = ProcessDirectory { path: process.into(), surviving: surviving.into() };
        assert_eq!(runs_inside(&process, &[absolute("/srv/shop")], exists), expected);
    }

    check("/srv/shop", "/srv", false, true);
    check("/srv/shop", "/srv", true, false);
    check("/srv/shop/web", "/srv", false, true);
    check("/srv/shop/web", "/srv", true, false);
    check("/srv/shop/web/src", "/srv/shop/web", true, true);
    check("/srv/shop/web", "/srv/shop", true, true);
    check("/srv/shop2", "/srv", false, false);
    check("/srv", "/", false, false);
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_unicode_is_compared_all_the_same() {
    use std::os::unix::ffi::OsStrExt;

    #[track_caller]
    fn check(process: &[u8], expected: bool) {
        let path = Path::new(std::ffi::OsStr::from_bytes(process)).to_owned();
        let process = ProcessDirectory { surviving: path.clone(), path };
        assert_eq!(runs_inside(&process, &[absolute("/srv/shop")], true), expected);
    }

    check(b"/srv/shop/\xff", true);
    check(b"/srv/shop\xff", false);
}

/// A socket of that process; 0 is one that is not visible.
fn socket(protocol: Protocol, role: Role, process_id: u32) -> Socket {
    let process = Process { process_id, process_name: "node".to_owned() };
    Socket {
        protocol,
        address: "127.0.0.1:5000".parse().unwrap(),
        role,
        user_id: Some(1000),
        process: Some(process).filter(|process| process.process_id != 0),
    }
}

/// Requires that of these sockets, whatever their order, the first one is named.
#[track_caller]
fn require_first_is_foremost(sockets: &[(Protocol, Role, u32, Option<bool>)]) {
    let all: Vec<(Socket, Option<bool>)> = sockets
        .iter()
        .map(|(protocol, role, process_id, inside)| (socket(*protocol, *role, *process_id), *inside))
        .collect();
    let mut seen: Vec<Seen<'_>> =
        all.iter().map(|(socket, process_inside)| Seen { socket, process_inside: *process_inside }).collect();
    let first = seen.first().copied();
    for _ in &all {
        seen.rotate_left(1);
        assert_eq!(foremost(&seen), first);
    }
}

#[test]
fn who_serves_the_port_is_named_before_others() {
    use Protocol::{Tcp, Udp};
    use Role::{Bound, Connected, Listens};

    const INSIDE: Option<bool> = Some(true);
    const ELSEWHERE: Option<bool> = Some(false);

    require_first_is_foremost(&[]);
    require_first_is_foremost(&[(Tcp, Listens, 7, ELSEWHERE), (Tcp, Connected, 3, INSIDE)]);
    require_first_is_foremost(&[(Udp, Bound, 7, ELSEWHERE), (Udp, Connected, 3, INSIDE)]);
    require_first_is_foremost(&[(Udp, Bound, 7, ELSEWHERE), (Tcp, Bound, 3, INSIDE)]);
    require_first_is_foremost(&[
        (Udp, Bound, 7, INSIDE),
        (Tcp, Listens, 3, ELSEWHERE),
        (Tcp, Listens, 4, None),
    ]);
    require_first_is_foremost(&[(Udp, Bound, 7, ELSEWHERE), (Tcp, Listens, 0, None)]);
    require_first_is_foremost(&[(Tcp, Listens, 7, ELSEWHERE), (Udp, Bound, 3, ELSEWHERE)]);
    require_first_is_foremost(&[
        (Tcp, Listens, 3, INSIDE),
        (Tcp, Listens, 7, INSIDE),
        (Tcp, Listens, 5, INSIDE),
    ]);
    require_first_is_foremost(&[(Tcp, Listens, 0, None), (Tcp, Connected, 3, INSIDE)]);
}
