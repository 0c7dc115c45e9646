//! The reference of every setting, out of the one table.

use trop_config::{Declaration, FileKind, Files, GROUP_KEYS, GroupKey, settings, text_of_defaults};

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
    page += "\n## A `config.yaml` with every default\n\n`trop init --with-config` writes it.\n\n```yaml\n";
    page += &text_of_defaults();
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
