//! The reference of every setting, out of the one table.

use trop_config::{Declaration, FileKind, Files, GROUP_KEYS, GroupKey, Rule, settings};

const INTRODUCTION: &str = "\
# Configuration

<!-- Made by `cargo xtask codegen` from the table of settings in trop-config. Do not edit. -->

A value comes from the highest layer that has one:

1. the command line
2. `TROP_*` variables
3. `trop.local.yaml`, private to one machine
4. `trop.yaml`, checked in beside it
5. `config.yaml` in the data directory
6. what is built in

`trop.local.yaml` and `trop.yaml` are those of the nearest directory that has either, searched upward from the directory that the
command is about. The search ends at the first directory that has `.git` in it, that one included.
`trop config show` prints every value that counts, and where it comes from; `trop config path` prints the files that are read.

Lists of excluded ports are added up over all layers. `ports.max` and `ports.max_offset` replace each other. `reservations` is
replaced as a whole, and `reservations: null` clears what a lower file lists. Any other key without a value says nothing.

In a variable, `true` can also be written `1`, `yes` or `on`, and `false` `0`, `no` or `off`, in any case; ports and ranges have commas
between them. An empty variable counts as unset.
";

/// The whole page.
pub(super) fn reference() -> String {
    let mut page = INTRODUCTION.to_owned();
    page += "\n## A file with every default\n\n```yaml\n";
    page += &defaults();
    page += "```\n\n## Settings\n";
    for declaration in in_files() {
        page += &section(declaration);
    }
    page += "\n## Services\n\nThese make up `reservations`.\n";
    for GroupKey { key, values, help } in GROUP_KEYS {
        page += &format!("\n### `{key}`\n\n{help}.\n\n- values: {values}\n");
    }
    page += "\n## Said anew for each command\n\nNo file holds these.\n";
    for declaration in settings::ALL.iter().filter(|declaration| declaration.files == Files::None) {
        page += &section(declaration);
    }
    page
}

fn in_files() -> impl Iterator<Item = &'static Declaration> {
    settings::ALL.iter().copied().filter(|declaration| declaration.files != Files::None)
}

fn section(declaration: &Declaration) -> String {
    let Declaration { key, files, variables, flags, rule, default, help } = declaration;
    let mut section = format!("\n### `{key}`\n\n{help}.\n\n- values: {rule}\n");
    if let Some(default) = default.filter(|default| !default.is_empty()) {
        section += &format!("- default: `{default}`\n");
    }
    if *files == Files::Tropfiles {
        section +=
            &format!("- files: `{}` and `{}` only\n", FileKind::Local.name(), FileKind::Tropfile.name());
    }
    section += &names("variable", variables, "");
    section += &names("flag", flags, "--");
    section
}

/// `- flag: --a, also --b`
fn names(noun: &str, names: &[&str], prefix: &str) -> String {
    let shown: Vec<String> = names.iter().map(|name| format!("`{prefix}{name}`")).collect();
    if shown.is_empty() { String::new() } else { format!("- {noun}: {}\n", shown.join(", also ")) }
}

/// The settings as a file would hold them. What has no default is a comment.
fn defaults() -> String {
    let mut file = String::new();
    let mut open_section = "";
    for declaration in in_files() {
        let (section, word) = declaration.key.rsplit_once('.').unwrap_or(("", declaration.key));
        if section != open_section && !section.is_empty() {
            file += &format!("{section}:\n");
        }
        open_section = section;
        let indent = if section.is_empty() { "" } else { "  " };
        file += &match (declaration.rule, declaration.default) {
            (Rule::Ports, Some(default)) => format!("{indent}{word}: [{default}]\n"),
            // Two ways to say the same, of which a file has one.
            (_, Some(default)) if std::ptr::eq(declaration, &settings::PORT_MAX_OFFSET.declaration) => {
                format!("{indent}# or {word}: {default}\n")
            }
            (_, Some(default)) => format!("{indent}{word}: {default}\n"),
            (_, None) => format!("{indent}# {word}: {}\n", declaration.rule),
        };
    }
    file
}

#[cfg(test)]
mod tests {
    use trop_config::{Layer, Layers, Source};

    use super::*;

    #[test]
    fn the_file_with_every_default_says_what_is_built_in() {
        let source = Source::new(FileKind::User, "config.yaml", defaults());
        let mut layers = Layers::default();
        layers.push(Layer::from_file(source));
        let (said, built_in) = (layers.merged().unwrap(), Layers::default().merged().unwrap());
        for (said, built_in) in said.resolved().iter().zip(built_in.resolved()) {
            assert_eq!(said.value, built_in.value, "{}", built_in.declaration.key);
            let is_said = said.declaration.default.is_some();
            assert_eq!(said.origins != built_in.origins, is_said, "{}", built_in.declaration.key);
        }
    }
}
