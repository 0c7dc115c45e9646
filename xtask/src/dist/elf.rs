//! What a program of Linux says of itself: whether it needs anybody to load it, or libraries.

use crate::outcome::Outcome;

/// Kinds of segments.
const DYNAMIC: u64 = 2;
const INTERPRETER: u64 = 3;

/// An entry of the dynamic segment: a library that is needed.
const NEEDED: u64 = 1;
/// The end of these entries.
const LAST: u64 = 0;

/// The file may be loaded anywhere.
const SHARED_OBJECT: u64 = 3;

/// What counts of a program of 64 bits, lowest byte first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// Whether it runs wherever it is put, so that the system can choose another address each time.
    pub(super) is_position_independent: bool,
    has_loader: bool,
    /// How many libraries it needs.
    libraries: usize,
}

impl Image {
    /// Reads the headers of the file.
    pub(super) fn read(file: &[u8]) -> Outcome<Image> {
        if !file.starts_with(b"\x7fELF\x02\x01") {
            return Err("not an ELF program of 64 bits, lowest byte first".into());
        }
        let kind = number(file, 16, 2)?;
        let (offset, size, count) = (number(file, 32, 8)?, number(file, 54, 2)?, number(file, 56, 2)?);
        let mut image =
            Image { is_position_independent: kind == SHARED_OBJECT, has_loader: false, libraries: 0 };
        for index in 0..count {
            let header =
                index.checked_mul(size).and_then(|skipped| offset.checked_add(skipped)).ok_or(CUT_OFF)?;
            match number(file, header, 4)? {
                INTERPRETER => image.has_loader = true,
                DYNAMIC => image.libraries = libraries(file, number(file, header + 8, 8)?)?,
                _ => {}
            }
        }
        Ok(image)
    }

    /// Fails when something else is needed to run the program.
    pub(super) fn require_static(&self) -> Outcome {
        match self {
            Image { has_loader: false, libraries: 0, .. } => Ok(()),
            Image { has_loader, libraries, .. } => {
                let loader = if *has_loader { "a loader and " } else { "" };
                Err(format!("the program is not static: it needs {loader}{libraries} libraries").into())
            }
        }
    }
}

const CUT_OFF: &str = "the headers of the program point outside of it";

/// How many libraries the entries of the dynamic segment at this offset name.
fn libraries(file: &[u8], mut offset: u64) -> Outcome<usize> {
    let mut libraries = 0;
    loop {
        match number(file, offset, 8)? {
            LAST => return Ok(libraries),
            NEEDED => libraries += 1,
            _ => {}
        }
        offset = offset.checked_add(16).ok_or(CUT_OFF)?;
    }
}

/// The number of so many bytes, at most eight, at this offset.
fn number(file: &[u8], offset: u64, size: usize) -> Outcome<u64> {
    let start = usize::try_from(offset)?;
    let end = start.checked_add(size).ok_or(CUT_OFF)?;
    let bytes = file.get(start..end).ok_or(CUT_OFF)?;
    Ok(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program with segments of these kinds, whose dynamic segment has these entries.
    fn program(kind: u8, segments: &[u8], entries: &[u8]) -> Vec<u8> {
        const HEADER: usize = 64;
        const SEGMENT: usize = 56;
        let mut file = vec![0; HEADER + SEGMENT * segments.len()];
        file[..6].copy_from_slice(b"\x7fELF\x02\x01");
        file[16] = kind;
        file[32] = 64;
        file[54] = 56;
        file[56] = segments.len() as u8;
        let end = u16::try_from(file.len()).unwrap().to_le_bytes();
        for (index, segment) in segments.iter().enumerate() {
            let header = HEADER + SEGMENT * index;
            file[header] = *segment;
            file[header + 8..header + 10].copy_from_slice(&end);
        }
        for entry in entries {
            file.extend(u64::from(*entry).to_le_bytes());
            file.extend([0xff; 8]);
        }
        file
    }

    #[track_caller]
    fn check(file: &[u8], expected: Result<(), &str>) {
        let result = Image::read(file).and_then(|image| image.require_static());
        assert_eq!(result.map_err(|error| error.to_string()), expected.map_err(str::to_owned));
    }

    #[test]
    fn a_static_program_needs_neither_loader_nor_library() {
        check(&program(2, &[1, 1], &[]), Ok(()));
        check(&program(3, &[1, 2], &[5, 6, 0]), Ok(()));
        check(
            &program(3, &[3, 1, 2], &[1, 5, 1, 0]),
            Err("the program is not static: it needs a loader and 2 libraries"),
        );
        check(&program(3, &[2], &[1, 0]), Err("the program is not static: it needs 1 libraries"));
        check(&program(3, &[3], &[]), Err("the program is not static: it needs a loader and 0 libraries"));
    }

    #[test]
    fn what_is_no_program_is_refused() {
        check(b"#!/bin/sh\n", Err("not an ELF program of 64 bits, lowest byte first"));
        check(b"\x7fELF\x02\x01", Err(CUT_OFF));
        check(&program(3, &[2], &[1, 1]), Err(CUT_OFF));
        check(&program(3, &[1, 2], &[])[..100], Err(CUT_OFF));
    }

    #[test]
    fn a_fixed_address_is_told_from_any() {
        assert!(!Image::read(&program(2, &[1], &[])).unwrap().is_position_independent);
        assert!(Image::read(&program(3, &[1], &[])).unwrap().is_position_independent);
    }

    #[test]
    #[cfg(all(target_os = "linux", target_pointer_width = "64", target_endian = "little"))]
    fn this_very_program_is_read() {
        let file = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let image = Image::read(&file).unwrap();
        assert_eq!(image.require_static().is_ok(), cfg!(target_feature = "crt-static"), "{image:?}");
    }
}
