//! The file systems that every Linux machine has.

use std::path::Path;

use trop_system::network_file_system;

#[test]
fn local_file_systems_are_no_network_file_systems() {
    #[track_caller]
    fn check(path: &str) {
        assert_eq!(network_file_system(Path::new(path)), None);
    }

    check("/proc");
    check("/proc/no/such/directory");
    check("/sys");
    check("");
}
