//! From a text that differs from run to run to one that does not.

use crate::{PortBlock, Sandbox};

/// What to replace.
#[derive(Clone, Copy)]
pub enum Varying<'v> {
    /// The path of the sandbox, also as the beginning of another.
    Sandbox(&'v Sandbox),
    /// The ports of the block: `<p07>` for the one seven after the first.
    Ports(&'v PortBlock),
    /// The id of a process.
    Pid(u32),
    /// Every moment as RFC 3339 writes it.
    Timestamps,
}

/// As wide as the path of a sandbox, [`crate::sandbox::ROOT_WIDTH`].
const SANDBOX: &str = "/the-sandbox-directory-of-a-test";
const PID: &str = "<pid>";
/// As wide as a timestamp in UTC without fractions, and its shape: each letter stands for a digit.
const TIMESTAMP: &str = "YYYY-MM-DDThh:mm:ssZ";

/// The text with placeholders for what varies, replaced in the order given. A placeholder is as wide as what it usually
/// stands for, so that columns stay straight.
#[must_use]
pub fn scrub(text: &str, varying: &[Varying<'_>]) -> String {
    varying.iter().fold(text.to_owned(), |text, varying| match varying {
        Varying::Sandbox(sandbox) => text.replace(sandbox.root().as_str(), SANDBOX),
        Varying::Ports(block) => replace_numbers(&text, |number| {
            let offset = number.parse::<u16>().ok()?.checked_sub(block.first())?;
            (offset <= block.last() - block.first()).then(|| format!("<p{offset:02}>"))
        }),
        Varying::Pid(pid) => {
            let pid = pid.to_string();
            replace_numbers(&text, |number| (number == pid).then(|| PID.to_owned()))
        }
        Varying::Timestamps => replace_timestamps(&text),
    })
}

/// Replaces whole runs of digits, where `replacement` has one.
fn replace_numbers(text: &str, replacement: impl Fn(&str) -> Option<String>) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, from_number) = rest.split_at(start);
        let (number, after) = from_number.split_at(count_digits(from_number));
        replaced.push_str(before);
        replaced.push_str(&replacement(number).unwrap_or_else(|| number.to_owned()));
        rest = after;
    }
    replaced + rest
}

fn replace_timestamps(text: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = match timestamp_length(rest) {
            Some(length) => {
                replaced.push_str(TIMESTAMP);
                length
            }
            None => {
                replaced.push(character);
                character.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    replaced
}

/// How long the timestamp is that the text begins with.
fn timestamp_length(text: &str) -> Option<usize> {
    let after_seconds = strip_shape(text, TIMESTAMP.strip_suffix('Z')?)?;
    let fraction = after_seconds.strip_prefix('.').map(|fraction| &fraction[count_digits(fraction)..]);
    let zone = fraction.unwrap_or(after_seconds);
    let after = zone
        .strip_prefix('Z')
        .or_else(|| strip_shape(zone, "+hh:mm"))
        .or_else(|| strip_shape(zone, "-hh:mm"))?;
    Some(text.len() - after.len())
}

/// What follows after a beginning of that shape: a digit for each letter but `T`, the character itself for all else.
fn strip_shape<'t>(text: &'t str, shape: &str) -> Option<&'t str> {
    let (beginning, after) = text.split_at_checked(shape.len())?;
    let fits = beginning.chars().zip(shape.chars()).all(|(character, expected)| match expected {
        'T' => character == 'T',
        letter if letter.is_ascii_alphabetic() => character.is_ascii_digit(),
        other => character == other,
    });
    fits.then_some(after)
}

fn count_digits(text: &str) -> usize {
    text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::ROOT_WIDTH;

    #[track_caller]
    fn check(text: &str, varying: Varying<'_>, expected: &str) {
        assert_eq!(scrub(text, &[varying]), expected);
    }

    #[test]
    fn timestamps() {
        check("2026-05-04T10:11:12Z", Varying::Timestamps, TIMESTAMP);
        check("a 2026-05-04T10:11:12.345+02:00 b", Varying::Timestamps, "a YYYY-MM-DDThh:mm:ssZ b");
        check("2026-05-04T10:11:12-00:30, é", Varying::Timestamps, "YYYY-MM-DDThh:mm:ssZ, é");
        check("2026-05-04", Varying::Timestamps, "2026-05-04");
        check("2026-05-04T10:11:12", Varying::Timestamps, "2026-05-04T10:11:12");
    }

    #[test]
    fn pids() {
        check("pid 4711, port 47110", Varying::Pid(4711), "pid <pid>, port 47110");
    }

    #[test]
    fn ports() {
        let block = PortBlock::claim();
        let (first, eighth, last) = (block.first(), block.port(7), block.last());
        let above = last + 1;
        let text = format!("{first} \"{eighth}\" {first}..{last}\n{above} 1{first} 5000");
        let expected = format!("<p00> \"<p07>\" <p00>..<p99>\n{above} 1{first} 5000");
        check(&text, Varying::Ports(&block), &expected);
    }

    #[test]
    fn sandboxes() {
        let sandbox = Sandbox::new("trop");
        let text = format!("in {}/a", sandbox.home());
        check(&text, Varying::Sandbox(&sandbox), "in /the-sandbox-directory-of-a-test/home/a");
        assert_eq!(SANDBOX.len(), ROOT_WIDTH);
    }
}
