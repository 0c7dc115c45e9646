//! What kind of file system a path lies on.

use std::path::Path;

/// File systems on other machines, by the number that statfs(2) gives them. Source: `linux/magic.h` of the Linux kernel.
#[cfg(target_os = "linux")]
const NETWORK_FILE_SYSTEMS: [(u32, &str); 9] = [
    (0x0000_517B, "smb"),  // SMB_SUPER_MAGIC
    (0x0000_6969, "nfs"),  // NFS_SUPER_MAGIC
    (0x00C3_6400, "ceph"), // CEPH_SUPER_MAGIC
    (0x0102_1997, "9p"),   // V9FS_MAGIC
    (0x5346_414F, "afs"),  // AFS_SUPER_MAGIC
    (0x6B41_4653, "afs"),  // AFS_FS_MAGIC
    (0x7375_7245, "coda"), // CODA_SUPER_MAGIC
    (0xFE53_4D42, "smb2"), // SMB2_SUPER_MAGIC
    (0xFF53_4D42, "cifs"), // CIFS_SUPER_MAGIC
];

/// The name of the network file system that `path`, or, when it is missing, its nearest ancestor that exists, lies on.
///
/// `None` where it lies on another one, where the system does not say, and everywhere except on Linux. A file system in user
/// space (sshfs) is not told from its local kin.
#[must_use]
pub fn network_file_system(path: &Path) -> Option<&'static str> {
    #[cfg(target_os = "linux")]
    {
        let (nearest, _) = crate::nearest::nearest_existing(path)?;
        let statistics = rustix::fs::statfs(&nearest).ok()?;
        // The numbers have 32 bits; the field is wider on some processors and signed on most.
        find_network_file_system(statistics.f_type as u32)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        None
    }
}

#[cfg(target_os = "linux")]
fn find_network_file_system(number: u32) -> Option<&'static str> {
    let (_, name) = NETWORK_FILE_SYSTEMS.iter().find(|(magic, _)| *magic == number)?;
    Some(name)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_known_by_their_numbers() {
        #[track_caller]
        fn check(number: u32, expected: Option<&str>) {
            assert_eq!(find_network_file_system(number), expected);
        }

        check(0x6969, Some("nfs"));
        check(0xFF53_4D42, Some("cifs"));
        check(0xFE53_4D42, Some("smb2"));
        check(0x0102_1997, Some("9p"));
        check(0x00C3_6400, Some("ceph"));

        const EXT4: u32 = 0xEF53;
        const TMPFS: u32 = 0x0102_1994;
        const BTRFS: u32 = 0x9123_683E;
        const OVERLAYFS: u32 = 0x794C_7630;
        const FUSE: u32 = 0x6573_5546;
        for local in [0, EXT4, TMPFS, BTRFS, OVERLAYFS, FUSE] {
            check(local, None);
        }
    }
}
