//! The archive and its sum: the same bytes for the same files and time, whoever packs them, wherever and whenever.

use std::fmt::Write as _;
use std::io::Write;

use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::contents::Files;
use crate::outcome::Outcome;

/// A gzipped tar archive with all files below one directory. `time` is that of every file, in seconds since 1970.
pub(super) fn pack(directory: &str, files: &Files, time: u64) -> Outcome<Vec<u8>> {
    // Neither name nor time nor system in its header.
    let compressed = GzBuilder::new().operating_system(255).write(Vec::new(), Compression::best());
    let mut archive = Builder::new(compressed);
    for (path, file) in files {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(file.bytes.len().try_into()?);
        header.set_mode(if file.is_executable { 0o755 } else { 0o644 });
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(time);
        archive.append_data(&mut header, format!("{directory}/{path}"), file.bytes.as_slice())?;
    }
    let mut compressed = archive.into_inner()?;
    compressed.flush()?;
    Ok(compressed.finish()?)
}

/// The line that `sha256sum --check` reads.
pub(super) fn sum_line(bytes: &[u8], file: &str) -> String {
    let mut line = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a text does not fail.
        let _ = write!(line, "{byte:02x}");
    }
    line + "  " + file + "\n"
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;
    use tar::Archive;

    use super::super::contents::File;
    use super::*;

    fn files() -> Files {
        let file = |text: &str, is_executable| File { bytes: text.into(), is_executable };
        Files::from([
            ("trop".to_owned(), file("#!/bin/sh\necho 5000\n", true)),
            ("README.md".to_owned(), file("# trop\n", false)),
            (format!("completions/{}", "long-".repeat(30)), file("", false)),
        ])
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let archive = pack("trop-1.2.3", &files(), 1_700_000_000).unwrap();
        let mut archive = Archive::new(GzDecoder::new(archive.as_slice()));
        let mut unpacked = Files::new();
        let mut order = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let header = entry.header();
            assert_eq!(header.mtime().unwrap(), 1_700_000_000);
            assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
            let mode = header.mode().unwrap();
            assert!(mode == 0o755 || mode == 0o644, "{mode:o}");
            let path = entry.path().unwrap().display().to_string();
            let path = path.strip_prefix("trop-1.2.3/").unwrap().to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            order.push(path.clone());
            unpacked.insert(path, File { bytes, is_executable: mode == 0o755 });
        }
        assert_eq!(unpacked, files());
        assert!(order.is_sorted(), "{order:?}");
    }

    #[test]
    fn the_same_files_are_the_same_bytes() {
        let archive = pack("trop-1.2.3", &files(), 1_700_000_000).unwrap();
        assert_eq!(archive, pack("trop-1.2.3", &files(), 1_700_000_000).unwrap());
        // In the header of gzip: no flags, no time, the best compression, no system.
        assert_eq!(archive[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
    }

    #[test]
    fn sums_are_as_sha256sum_writes_them() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc.tar.gz\n";
        assert_eq!(sum_line(b"abc", "abc.tar.gz"), abc);
    }
}
