//! Puts reserved ports into the arguments of a command: `{web}` becomes the port of `web`.
//!
//! Braces mean much to other programs, so only what was reserved is looked for, and everything else stays as it is, byte for
//! byte: `{print}` of awk, `{}` of xargs, JSON. Whatever has a `$` before its braces belongs to the shell. `{{web}}` stands for
//! a literal `{web}`, and `{{port}}` for a literal `{port}`, whether that means anything or not.

use std::cmp::Reverse;
use std::ffi::OsString;

use trop_model::Port;

/// What the arguments of a command may mention.
pub(crate) struct Placeholders {
    /// Longest first, so that no name hides a longer one that begins with it.
    names: Vec<Name>,
}

/// What may stand between braces.
struct Name {
    text: String,
    /// How many braces the name itself begins with.
    opening_braces: usize,
    /// What it stands for; `None` for `port` of several.
    port: Option<Port>,
}

/// A name between braces.
struct Found<'t> {
    name: &'t Name,
    /// How many braces stand before it.
    opening_braces: usize,
    /// Where it ends.
    end: usize,
}

impl Placeholders {
    /// Each tag stands for its port, and `port` for the only one, unless that is a tag.
    pub(crate) fn new(ports: Vec<(String, Port)>, only: Option<Port>) -> Placeholders {
        let mut names: Vec<Name> = ports.into_iter().map(|(tag, port)| Name::new(tag, Some(port))).collect();
        if names.iter().all(|name| name.text != "port") {
            names.push(Name::new("port".to_owned(), only));
        }
        names.sort_by_key(|name| Reverse(name.text.len()));
        Placeholders { names }
    }

    /// The argument with every placeholder replaced. What looks like one and is none is noted once in `warnings` as a sentence.
    pub(crate) fn fill(&self, argument: OsString, warnings: &mut Vec<String>) -> OsString {
        change_unicode(argument, |text| self.fill_text(text, warnings))
    }

    fn fill_text(&self, text: &str, warnings: &mut Vec<String>) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            let (before, braces) = rest.split_at(start);
            filled.push_str(before);
            let count = leading_braces(braces);
            let replaced = if before.ends_with('$') { None } else { self.replace(braces, count, warnings) };
            let (replacement, length) = replaced.unwrap_or_else(|| (braces[..count].to_owned(), count));
            filled.push_str(&replacement);
            rest = &braces[length..];
        }
        filled.push_str(rest);
        filled
    }

    /// What takes the place of the beginning of `text`, and of how many bytes. The text begins with `count` braces.
    fn replace(&self, text: &str, count: usize, warnings: &mut Vec<String>) -> Option<(String, usize)> {
        let exact = self.find(text, count, |inside, name| inside.strip_prefix(name));
        let found = exact.or_else(|| self.find(text, count, strip_similar))?;
        let is_exact = text[found.opening_braces..found.end] == found.name.text;
        let is_literal = found.opening_braces > 1 && text[found.end..].starts_with("}}");
        match found.name.port {
            _ if is_exact && is_literal => Some((text[1..=found.end].to_owned(), found.end + 2)),
            _ if is_literal => None,
            Some(port) if is_exact => {
                Some((format!("{}{port}", &text[..found.opening_braces - 1]), found.end + 1))
            }
            _ => {
                let warning = self.explain(&text[found.opening_braces..found.end], found.name);
                if !warnings.contains(&warning) {
                    warnings.push(warning);
                }
                None
            }
        }
    }

    /// The longest name that stands behind the `count` braces with which `text` begins, and has a brace behind it. `strip` takes
    /// a name from the beginning of a text.
    fn find<'t>(
        &'t self,
        text: &'t str,
        count: usize,
        strip: impl Fn(&'t str, &str) -> Option<&'t str>,
    ) -> Option<Found<'t>> {
        self.names.iter().find_map(|name| {
            let opening_braces = count.checked_sub(name.opening_braces).filter(|count| *count > 0)?;
            let rest = strip(&text[opening_braces..], &name.text)?;
            let found = Found { name, opening_braces, end: text.len() - rest.len() };
            rest.starts_with('}').then_some(found)
        })
    }

    /// Why what is written between braces was not replaced.
    fn explain(&self, written: &str, name: &Name) -> String {
        match name.port {
            Some(port) => {
                format!("{{{written}}} is passed on as it is; {{{}}} would be replaced by {port}", name.text)
            }
            None => {
                let one = self.names.iter().find(|name| name.port.is_some());
                let example = one.map_or(String::new(), |one| format!(", as in {{{}}}", one.text));
                format!(
                    "{{{written}}} is passed on as it is, since there are several ports; name one by its tag{example}"
                )
            }
        }
    }
}

impl Name {
    fn new(text: String, port: Option<Port>) -> Name {
        Name { opening_braces: leading_braces(&text), text, port }
    }
}

fn leading_braces(text: &str) -> usize {
    text.len() - text.trim_start_matches('{').len()
}

/// Takes the name from the beginning of the text, in whatever case and with blanks around it.
fn strip_similar<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut letters = text.trim_start_matches(is_blank).chars();
    let is_similar = name
        .chars()
        .all(|wanted| letters.next().is_some_and(|letter| letter.to_lowercase().eq(wanted.to_lowercase())));
    is_similar.then(|| letters.as_str().trim_start_matches(is_blank))
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

/// Changes what is Unicode in the argument. What is not is passed over, and stays.
#[cfg(unix)]
fn change_unicode(argument: OsString, mut change: impl FnMut(&str) -> String) -> OsString {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};

    let mut changed = Vec::with_capacity(argument.len());
    for chunk in argument.as_bytes().utf8_chunks() {
        changed.extend_from_slice(change(chunk.valid()).as_bytes());
        changed.extend_from_slice(chunk.invalid());
    }
    OsString::from_vec(changed)
}

/// Changes the argument if it is Unicode as a whole.
#[cfg(not(unix))]
fn change_unicode(argument: OsString, mut change: impl FnMut(&str) -> String) -> OsString {
    match argument.into_string() {
        Ok(text) => change(&text).into(),
        Err(argument) => argument,
    }
}

#[cfg(test)]
mod tests;
