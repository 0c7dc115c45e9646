//! What has to hold for any bytes whatever. Each law panics when it is broken, and says how.
//!
//! The tests try them on `fuzz/corpus`, the programs in `fuzz/` on what coverage leads to.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use crate::{EnvName, Exclusions, Port, PortRange, Project, Tag, Task};

/// Words of the command line and of files: a port, ranges with commas between them, a label, the name of a variable.
///
/// # Panics
/// When the law is broken.
pub fn ports(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let port: Option<Port> = read(text);
    assert_eq!(port.map(|port| u128::from(port.get())), number(text), "{text:?} as a port");
    let ranges: Vec<PortRange> = text.split(',').filter_map(require_range).collect();
    require_canonical(&ranges);
    require_label::<Tag>(text, Tag::as_str);
    require_label::<Project>(text, Project::as_str);
    require_label::<Task>(text, Task::as_str);
    require_name(text);
}

/// What is accepted is shown in a way that reads as the same; what is refused is refused in one line.
fn read<T>(text: &str) -> Option<T>
where
    T: FromStr<Err: Display> + Display + Debug + PartialEq,
{
    match text.parse::<T>() {
        Ok(value) => {
            let shown = value.to_string();
            assert_eq!(shown.parse().ok().as_ref(), Some(&value), "{text:?} is shown as {shown:?}");
            Some(value)
        }
        Err(error) => {
            let message = error.to_string();
            assert!(!message.is_empty() && !message.contains(char::is_control), "{text:?}: {message:?}");
            None
        }
    }
}

/// The port that these letters make, digit by digit.
fn number(text: &str) -> Option<u128> {
    let digits: Option<Vec<u32>> = text.chars().map(|letter| letter.to_digit(10)).collect();
    let digits = digits.filter(|digits| !digits.is_empty())?;
    let value =
        digits.iter().fold(0_u128, |sum, digit| sum.saturating_mul(10).saturating_add((*digit).into()));
    (1..=65_535).contains(&value).then_some(value)
}

fn require_range(text: &str) -> Option<PortRange> {
    let range: Option<PortRange> = read(text);
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let expected = number(first.trim()).zip(number(last.trim())).filter(|(first, last)| first <= last);
    let found = range.map(|range| (range.first().get().into(), range.last().get().into()));
    assert_eq!(found, expected, "{text:?} as a range");
    range
}

/// The list of exclusions is the set of its ports, ascending, with a gap between any two ranges.
fn require_canonical(ranges: &[PortRange]) {
    let exclusions: Exclusions = ranges.iter().copied().collect();
    let ends = ranges.iter().flat_map(|range| [range.first().get(), range.last().get()]);
    let around = ends.flat_map(|end| [end - 1, end, end.saturating_add(1)]);
    for port in around.filter_map(Port::new) {
        let is_excluded = ranges.iter().any(|range| range.contains(port));
        assert_eq!(exclusions.contains(port), is_excluded, "{port} in {ranges:?}");
    }
    for pair in exclusions.ranges().windows(2) {
        let next = pair[0].last().next();
        assert!(next.is_some_and(|next| next < pair[1].first()), "{ranges:?} became {exclusions:?}");
    }
    let again: Exclusions = exclusions.ranges().iter().copied().collect();
    assert_eq!(again, exclusions, "{ranges:?} merged twice");
}

fn require_label<T>(text: &str, letters: fn(&T) -> &str)
where
    T: FromStr<Err: Display> + Display + Debug + PartialEq,
{
    let trimmed = text.trim();
    let is_label = (1..=255).contains(&trimmed.len()) && !text.contains(char::is_control);
    let label: Option<T> = read(text);
    assert_eq!(label.as_ref().map(letters), is_label.then_some(trimmed), "{text:?} as a label");
}

fn require_name(text: &str) {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let is_name = (1..=255).contains(&text.len()) && text.chars().all(is_word);
    if let Some(name) = read::<EnvName>(text) {
        assert!(is_name && !text.starts_with(|first: char| first.is_ascii_digit()), "{text:?} as a name");
        assert_eq!(name.as_str(), text);
        assert!(!["PATH", "HOME", "SHELL", "IFS"].contains(&text), "{text:?} must not hold a port");
    }
    if let Some(name) = text.parse().ok().and_then(|tag: Tag| EnvName::of_tag(&tag).ok()) {
        assert_eq!(read::<EnvName>(name.as_str()), Some(name), "the name of the tag {text:?}");
    }
}

#[cfg(all(test, unix))]
mod tests {
    #[test]
    fn words_of_the_corpus() {
        trop_testkit::replay("ports", super::ports);
    }
}
