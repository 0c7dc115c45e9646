//! The `config.yaml` to begin with.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use trop_config::{Declaration, FileKind, Files, Layer, Rule, Value, settings, text_of_defaults};

use crate::files::{file, problems_of};
use crate::layers::merged;

/// The settings that it may hold.
fn settings_of_the_file() -> impl Iterator<Item = &'static Declaration> {
    settings::ALL.iter().copied().filter(|declaration| declaration.files == Files::All)
}

fn word(declaration: &Declaration) -> &'static str {
    declaration.key.rsplit('.').next().unwrap()
}

/// Whether the line sets that setting, perhaps as a comment.
fn sets(line: &str, declaration: &Declaration) -> bool {
    let text = line.trim_start().trim_start_matches("# ");
    text.strip_prefix(word(declaration)).is_some_and(|rest| rest.starts_with(':'))
}

/// Values that a setting takes, with both ends of what it takes, as they would be written in a variable.
fn values(declaration: &Declaration) -> Vec<String> {
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    match declaration.rule {
        Rule::Switch => texts(&["true", "false"]),
        Rule::Number { least, most, .. } => vec![least.to_string(), "12".to_owned(), most.to_string()],
        Rule::Port => texts(&["1", "4999", "5000", "7000", "7001", "65535"]),
        Rule::Ports => texts(&["", "5000", "5001,5005..5009"]),
        Rule::Word(words) => texts(words),
        Rule::Path | Rule::Tag | Rule::Project | Rule::Task | Rule::Group => texts(&["a"]),
    }
}

/// Every value of every setting in a variable, and behind a flag where it has one; and, in front, nothing at all.
fn upper_layers() -> Vec<(String, Layer)> {
    let mut layers = vec![("nothing".to_owned(), Layer::default())];
    for declaration in settings::ALL {
        for value in values(declaration) {
            if let Some(name) = declaration.variables.first() {
                let variables = BTreeMap::from([((*name).to_owned(), OsString::from(&value))]);
                layers.push((format!("{name}={value}"), Layer::from_variables(&variables, &[declaration])));
            }
            if let Some(name) = declaration.flags.first() {
                let flags = [(*declaration, OsStr::new(&value))];
                layers.push((format!("--{name}={value}"), Layer::from_flags(flags)));
            }
        }
    }
    layers
}

/// Every value that counts, or whether something is wrong.
fn effect(layers: impl IntoIterator<Item = Layer>) -> Option<Vec<(&'static str, Option<Value>)>> {
    let resolved = merged(layers).ok()?.resolved();
    Some(resolved.into_iter().map(|setting| (setting.declaration.key, setting.value)).collect())
}

#[test]
fn nothing_is_wrong_with_the_file() {
    assert_eq!(problems_of(FileKind::User, &text_of_defaults()), [] as [String; 0]);
}

#[test]
fn every_setting_stands_in_the_file_once_below_its_sentence() {
    let text = text_of_defaults();
    for declaration in settings_of_the_file() {
        let paragraphs: Vec<&str> = text
            .split("\n\n")
            .filter(|paragraph| paragraph.lines().any(|line| sets(line, declaration)))
            .collect();
        let [paragraph] = paragraphs.as_slice() else { panic!("{}: {paragraphs:?}", declaration.key) };
        assert!(paragraph.contains(declaration.help), "{}: {paragraph}", declaration.key);
        let names = declaration.variables.first().into_iter().chain(declaration.flags.first());
        for name in names {
            assert!(paragraph.contains(name), "{}: {paragraph}", declaration.key);
        }
    }
}

#[test]
fn every_setting_is_set_but_for_the_two_that_would_change_something() {
    let layer = file(FileKind::User, &text_of_defaults());
    let resolved = merged([layer]).unwrap().resolved();
    let is_set = |key: &str| {
        let found = resolved.iter().find(|setting| setting.declaration.key == key).unwrap();
        found.origins.iter().all(|origin| origin.layer() == FileKind::User.name())
    };
    let left_alone: Vec<&str> =
        settings_of_the_file().map(|declaration| declaration.key).filter(|key| !is_set(key)).collect();
    assert_eq!(left_alone, ["ports.max", "ports.max_offset"]);
}

#[test]
fn the_file_changes_nothing_whatever_is_said_above_it() {
    let with_file = file(FileKind::User, &text_of_defaults());
    let uppers = upper_layers();
    for (name, upper) in &uppers {
        let without = effect([upper.clone()]);
        assert_eq!(effect([upper.clone(), with_file.clone()]), without, "{name}");
    }
    // What is refused anyway shows nothing.
    let is_refused = |(_, upper): &&(String, Layer)| effect([upper.clone()]).is_none();
    let refused: Vec<&str> = uppers.iter().filter(is_refused).map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        refused,
        ["TROP_PORT_MAX=1", "--max=1", "TROP_PORT_MAX=4999", "--max=4999", "TROP_PORT_MAX_OFFSET=65534"]
    );
}

#[test]
fn each_comment_that_holds_a_setting_can_be_made_one() {
    let text = text_of_defaults();
    let lines: Vec<&str> = text.lines().collect();
    let mut made = 0;
    for (number, line) in lines.iter().enumerate() {
        let is_comment = line.trim_start().starts_with('#');
        if !is_comment || !settings_of_the_file().any(|declaration| sets(line, declaration)) {
            continue;
        }
        let uncommented = line.replacen("# ", "", 1);
        let mut changed = lines.clone();
        changed[number] = &uncommented;
        let changed = changed.join("\n");
        assert_eq!(problems_of(FileKind::User, &changed), [] as [String; 0], "{line}");
        assert_eq!(effect([file(FileKind::User, &changed)]), effect([]), "{line}");
        made += 1;
    }
    assert_eq!(made, 2);
}
