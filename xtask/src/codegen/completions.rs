//! What five shells need to complete the command line of trop.

use clap::{Command, ValueEnum};
use clap_complete::{Generator, Shell, generate};

use super::Products;
use crate::outcome::Outcome;

pub(crate) const DIRECTORY: &str = "docs/completions";

/// A script for each shell.
pub(super) fn scripts(command: &Command) -> Outcome<Products> {
    let mut scripts = Products::new();
    for shell in Shell::value_variants() {
        let mut text = Vec::new();
        generate(*shell, &mut command.clone(), command.get_name(), &mut text);
        let path = format!("{DIRECTORY}/{}", shell.file_name(command.get_name()));
        scripts.insert(path, String::from_utf8(text)?);
    }
    Ok(scripts)
}

#[cfg(test)]
mod tests {
    use super::super::man::with_all_below;
    use super::*;

    /// What a script offers after a command: from where the command is named to the next one.
    fn part<'s>(script: &'s str, begin: &str, end: &str) -> &'s str {
        let (_, part) = script.split_once(begin).unwrap_or_else(|| panic!("no {begin}"));
        part.split_once(end).map_or(part, |(part, _)| part)
    }

    /// Checks that after each command the script offers each of its options, which its part has in this shape.
    #[track_caller]
    fn check(file: &str, part_of: impl Fn(&str, &[&str]) -> String, shape: impl Fn(&str) -> String) {
        let mut command = trop_cli::command();
        command.build();
        let script = &scripts(&command).unwrap()[&format!("{DIRECTORY}/{file}")];
        for command in with_all_below(&command) {
            let words: Vec<&str> = command.get_bin_name().unwrap().split(' ').collect();
            let part = part_of(script, &words);
            let offered = command.get_arguments().filter(|argument| !argument.is_hide_set());
            for long in offered.filter_map(|argument| argument.get_long()) {
                assert!(part.contains(&shape(long)), "{file}: {words:?} has no --{long}");
            }
        }
    }

    #[test]
    fn bash_offers_every_option() {
        let part_of = |script: &str, words: &[&str]| {
            let name = words.join(" ").replace(['-', ' '], "__subcmd__");
            // A word more ends the list, so that the last option has a blank behind it too.
            part(script, &format!("\n        {name})\n            opts=\""), "\"\n").to_owned() + " ."
        };
        check("trop.bash", part_of, |long| format!("--{long} "));
    }

    #[test]
    fn elvish_offers_every_option() {
        let part_of = |script: &str, words: &[&str]| {
            part(script, &format!("&'{}'= {{", words.join(";")), "\n        }").to_owned()
        };
        check("trop.elv", part_of, |long| format!(" cand --{long} '"));
    }

    #[test]
    fn powershell_offers_every_option() {
        let part_of = |script: &str, words: &[&str]| {
            part(script, &format!(" '{}' {{", words.join(";")), " break\n").to_owned()
        };
        check("_trop.ps1", part_of, |long| format!("::new('--{long}', "));
    }

    #[test]
    fn zsh_offers_every_option() {
        let part_of = |script: &str, words: &[&str]| {
            let below = words[1..].iter().fold(script, |script, word| {
                let (_, below) = script.split_once(&format!("({word})\n")).unwrap();
                below
            });
            // Options with a value have "=" behind their name.
            part(below, "_arguments", "&& ret=0").replace("=[", "[")
        };
        check("_trop", part_of, |long| format!("--{long}["));
    }

    #[test]
    fn fish_offers_every_option() {
        let part_of = |script: &str, words: &[&str]| {
            let condition = match words {
                [_] => "\"__fish_trop_needs_command\"".to_owned(),
                [_, name] => format!("\"__fish_trop_using_subcommand {name}"),
                [_, above, name] => format!(
                    "\"__fish_trop_using_subcommand {above}; and __fish_seen_subcommand_from {name}\""
                ),
                _ => panic!("deeper than any command"),
            };
            script.lines().filter(|line| line.contains(&condition)).map(|line| format!("{line}\n")).collect()
        };
        check("trop.fish", part_of, |long| format!(" -l {long} "));
    }
}
