//! Where a setting can be said, and how.

use std::fmt;
use std::fs;

use trop_config::{Declaration, Files, Rule};
use trop_testkit::Invocation;

use super::scenes::Scene;

/// A place to say something at: a flag without its dashes, a variable, a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Flag(&'static str),
    Variable(&'static str),
    File(&'static str),
}

/// The files, highest first.
pub(super) const FILES: [&str; 3] = ["trop.local.yaml", "trop.yaml", "config.yaml"];

/// Every layer that may hold the setting, highest first, each by all of its spellings.
pub(super) fn levels(declaration: &Declaration) -> Vec<Vec<Layer>> {
    let files = match declaration.files {
        Files::All => &FILES[..],
        Files::Tropfiles => &FILES[..2],
        Files::None => &[],
    };
    let flags = declaration.flags.iter().copied().map(Layer::Flag).collect();
    let variables = declaration.variables.iter().copied().map(Layer::Variable).collect();
    let files = files.iter().copied().map(|file| vec![Layer::File(file)]);
    let levels = [flags, variables].into_iter().chain(files);
    levels.filter(|spellings: &Vec<Layer>| !spellings.is_empty()).collect()
}

/// Every spelling of one layer with every one of the other.
pub(super) fn pairs(upper: &[Layer], lower: &[Layer]) -> Vec<(Layer, Layer)> {
    upper.iter().flat_map(|upper| lower.iter().map(|lower| (*upper, *lower))).collect()
}

impl Layer {
    /// Whether there are words for it: the flag of a switch can only turn it on.
    pub(super) fn can_say(self, declaration: &Declaration, text: &str) -> bool {
        !matches!((self, declaration.rule), (Layer::Flag(_), Rule::Switch)) || text == "true"
    }

    /// Says it to a run that is about to begin.
    pub(super) fn say(
        self,
        scene: &Scene,
        declaration: &Declaration,
        text: &str,
        mut trop: Invocation,
    ) -> Invocation {
        match self {
            Layer::Flag(flag) => {
                let is_switch = declaration.rule == Rule::Switch;
                let flag = if is_switch { format!("--{flag}") } else { format!("--{flag}={text}") };
                trop.command.arg(flag);
                trop
            }
            Layer::Variable(variable) => trop.env(variable, text),
            Layer::File(file) => {
                let place = scene.place(file);
                let text = match fs::read_to_string(&place) {
                    Ok(before) => with_line(&before, declaration, text),
                    Err(_) => yaml(declaration, text),
                };
                fs::write(place, text).unwrap();
                trop
            }
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Layer::Flag(flag) => write!(f, "--{flag}"),
            Layer::Variable(name) | Layer::File(name) => f.write_str(name),
        }
    }
}

/// A file that says nothing else.
fn yaml(declaration: &Declaration, text: &str) -> String {
    declaration.key.rsplit('.').fold(value(declaration, text), |value, word| format!("{{{word}: {value}}}"))
}

/// A file in which every setting stands, perhaps as a comment, where somebody has changed the one line.
fn with_line(before: &str, declaration: &Declaration, text: &str) -> String {
    let word = declaration.key.rsplit('.').next().unwrap();
    let is_meant = |line: &&str| {
        let setting = line.trim_start().trim_start_matches("# ");
        setting.strip_prefix(word).is_some_and(|rest| rest.starts_with(':'))
    };
    let meant: Vec<&str> = before.lines().filter(is_meant).collect();
    let [line] = meant.as_slice() else { panic!("{}: {meant:?}", declaration.key) };
    let indent = &line[..line.len() - line.trim_start().len()];
    before.replace(&format!("{line}\n"), &format!("{indent}{word}: {}\n", value(declaration, text)))
}

fn value(declaration: &Declaration, text: &str) -> String {
    if declaration.rule == Rule::Ports { format!("[{text}]") } else { text.to_owned() }
}
