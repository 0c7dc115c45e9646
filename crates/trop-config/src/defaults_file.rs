//! A `config.yaml` to begin with.

use crate::declaration::Files;
use crate::{Declaration, Rule, settings};

const INTRODUCTION: &str = "\
# Settings of trop, wherever it runs on this machine. Every value here is the one that is built in: change what should be otherwise.
# What goes before this file, the highest first: the command line, TROP_* variables, trop.local.yaml, trop.yaml.
# trop config show prints every value that counts, and where it comes from.
";

/// The text of a `config.yaml` in which every setting that it may hold stands with its default, below what it does.
///
/// Whoever has this file gets the same answers as without it. What would change them stands there as a comment, with the reason.
#[must_use]
pub fn text_of_defaults() -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut open_section = None;
    for declaration in settings::ALL.iter().filter(|declaration| declaration.files == Files::All) {
        let (section, word) = match declaration.key.split_once('.') {
            Some((section, word)) => (Some(section), word),
            None => (None, declaration.key),
        };
        text.push('\n');
        if let Some(section) = section.filter(|_| section != open_section) {
            text += &format!("{section}:\n");
        }
        open_section = section;
        let indent = if section.is_some() { "  " } else { "" };
        text.extend(lines(declaration, word).iter().map(|line| format!("{indent}{line}\n")));
    }
    text
}

/// What a setting does and takes, as comments, and the setting itself under its own word.
fn lines(declaration: &Declaration, word: &str) -> Vec<String> {
    let Declaration { help, rule, .. } = declaration;
    let mut lines = vec![format!("# {help}."), format!("# {rule}{}", elsewhere(declaration))];
    let default = declaration.default.map(|default| written(*rule, default));
    match (default, why_left_alone(declaration)) {
        (Some(default), None) => lines.push(format!("{word}: {default}")),
        (Some(default), Some(why)) => {
            lines.extend([format!("# {why}"), format!("# {word}: {default}")]);
        }
        (None, _) => lines.push(format!("# {word}:")),
    }
    lines
}

/// Where else the setting can be said: ` (TROP_PORT_MIN, --min)`.
fn elsewhere(declaration: &Declaration) -> String {
    let variable = declaration.variables.first().map(|variable| (*variable).to_owned());
    let flag = declaration.flags.first().map(|flag| format!("--{flag}"));
    let names: Vec<String> = variable.into_iter().chain(flag).collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

/// A default as a file has it.
fn written(rule: Rule, default: &str) -> String {
    if rule == Rule::Ports { format!("[{default}]") } else { default.to_owned() }
}

/// Why the default would change something if somebody wrote it.
fn why_left_alone(declaration: &Declaration) -> Option<&'static str> {
    let is = |other: &Declaration| std::ptr::eq(declaration, other);
    if is(&settings::PORT_MAX.declaration) {
        return Some(
            "Once it is written, a ports.min above it is an error; until then the range moves up with ports.min.",
        );
    }
    if is(&settings::PORT_MAX_OFFSET.declaration) {
        return Some(
            "Once it is written, it decides on the highest port, and ports.max cannot stand beside it.",
        );
    }
    None
}
