//! A page of the manual for each command.

use std::io::{self, Write};

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Products;
use crate::outcome::Outcome;

pub(crate) const DIRECTORY: &str = "docs/man";

/// Renders a section of a page.
type Section = fn(&Man, &mut dyn Write) -> io::Result<()>;

/// The pages of this command and of all below it.
pub(super) fn pages(command: &Command) -> Outcome<Products> {
    let mut command = command.clone();
    command.build();
    let mut pages = Products::new();
    for command in with_all_below(&command) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        pages.insert(format!("{DIRECTORY}/{name}.1"), page(command)?);
    }
    Ok(pages)
}

/// The command and all below it, but for those that are hidden, and `help`, which says what the pages say.
pub(super) fn with_all_below(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands();
    let below = below.filter(|command| !command.is_hide_set() && command.get_name() != "help");
    std::iter::once(command).chain(below.flat_map(with_all_below)).collect()
}

fn page(command: &Command) -> Outcome<String> {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
    let source = format!("trop {}", command.get_version().unwrap_or_default());
    let man = Man::new(command.clone().override_usage(usage).subcommand_help_heading("COMMANDS"));
    // No date, so that a page is the same whenever it is made. The quotes keep the place of it.
    let man = man.date("\"\"").source(source).manual("trop manual");

    let preamble = Roff::new().render();
    let mut page = preamble.clone();
    for section in sections(command) {
        let mut text = Vec::new();
        section(&man, &mut text)?;
        let text = String::from_utf8(text)?;
        page += text.strip_prefix(&preamble).unwrap_or(&text);
    }
    if let Some((parent, _)) = command.get_bin_name().and_then(|name| name.rsplit_once(' ')) {
        let mut above = Roff::new();
        above.control("SH", ["SEE ALSO"]);
        above.text([bold(parent.replace(' ', "-")), roman("(1)")]);
        page += &above.to_roff();
    }
    Ok(page)
}

fn sections(command: &Command) -> Vec<Section> {
    let mut sections: Vec<Section> =
        vec![Man::render_title, Man::render_name_section, Man::render_synopsis_section];
    // The line of the name is not said twice.
    if command.get_long_about().is_some() {
        sections.push(Man::render_description_section);
    }
    sections.push(Man::render_options_section);
    if command.has_subcommands() {
        sections.push(Man::render_subcommands_section);
    }
    if command.get_after_long_help().or_else(|| command.get_after_help()).is_some() {
        sections.push(Man::render_extra_section);
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_with_every_option() {
        let mut command = trop_cli::command();
        command.build();
        let pages = pages(&command).unwrap();
        let commands = with_all_below(&command);
        assert_eq!(pages.len(), commands.len());
        for command in commands {
            let name = command.get_bin_name().unwrap().replace(' ', "-");
            let page = pages[&format!("{DIRECTORY}/{name}.1")].replace("\\-", "-");
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                let value = argument.get_value_names().and_then(<[_]>::first);
                let entry = match (argument.get_long(), value) {
                    (Some(long), Some(value))
                        if argument.get_num_args().is_some_and(|values| values.takes_values()) =>
                    {
                        format!("--{long}\\fR \\fI<{value}>")
                    }
                    (Some(long), _) => format!("--{long}\\fR\n"),
                    (None, value) => format!("\\fI{}\\fR", value.expect("a positional argument has a name")),
                };
                let entries = page.split(".TP\n").skip(1);
                let headers = entries.filter_map(|entry| entry.split_inclusive('\n').next());
                assert_eq!(headers.filter(|header| header.contains(&entry)).count(), 1, "{name}: {entry}");
            }
        }
    }

    #[test]
    fn a_page_has_its_sections_in_order() {
        let command = Command::new("house")
            .version("1.2")
            .about("Has doors")
            .subcommand(Command::new("door").about("Opens").long_about("Opens.\n\nAnd closes."));
        let pages = pages(&command).unwrap();
        #[track_caller]
        fn check(page: &str, expected: &[&str]) {
            let headings = page.lines().filter_map(|line| line.strip_prefix(".SH "));
            assert_eq!(headings.collect::<Vec<_>>(), expected);
        }
        check(&pages["docs/man/house.1"], &["NAME", "SYNOPSIS", "OPTIONS", "COMMANDS"]);
        check(
            &pages["docs/man/house-door.1"],
            &["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "\"SEE ALSO\""],
        );
        let title = pages["docs/man/house.1"].lines().find(|line| line.starts_with(".TH"));
        assert_eq!(title, Some(".TH house 1 \"\" \"trop 1.2\" \"trop manual\""));
    }
}
