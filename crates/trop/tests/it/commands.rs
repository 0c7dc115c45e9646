//! Every command with its options, as the program's own help lists them: a new one cannot be forgotten.

use trop_testkit::Sandbox;

use crate::stage::Stage;

/// Every exit code that trop has for itself, for tests of something else than which of them it is.
pub(crate) const OWN_CODES: [i32; 9] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/// A command, such as `config show`.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) words: Vec<String>,
    options: Vec<Choice>,
    /// Those that every command has.
    global_options: Vec<Choice>,
}

/// An option and the values that it takes.
#[derive(Debug)]
struct Choice {
    flag: String,
    takes: Takes,
}

#[derive(Debug, PartialEq, Eq)]
enum Takes {
    Nothing,
    AnyText,
    OneOf(Vec<String>),
}

/// Every command that there is.
pub(crate) fn commands() -> Vec<Command> {
    let commands = commands_below(&Stage::sandbox(), &[]);
    assert!(20 < commands.len(), "{commands:?}");
    commands
}

fn commands_below(sandbox: &Sandbox, words: &[String]) -> Vec<Command> {
    let help = sandbox.trop([words, &["--help".to_owned()]].concat()).run().expect(0).stdout;
    let listed = lines_below(&help, "Commands:");
    let names = listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let below: Vec<Vec<String>> = names.map(|name| [words, &[name.to_owned()]].concat()).collect();
    if below.is_empty() {
        let options = |heading: &str| lines_below(&help, heading).map(option).collect();
        let (options, global_options) = (options("Options:"), options("Global options:"));
        return vec![Command { words: words.to_vec(), options, global_options }];
    }
    below.iter().flat_map(|words| commands_below(sandbox, words)).collect()
}

/// The lines of a list of the help.
fn lines_below<'h>(help: &'h str, heading: &str) -> impl Iterator<Item = &'h str> {
    help.lines().skip_while(move |line| *line != heading).skip(1).take_while(|line| !line.is_empty())
}

/// From `  -h, --help  ...` or `  --format <FORMAT>  ... [possible values: a, b]`.
fn option(line: &str) -> Choice {
    let mut words = line.split_whitespace().skip_while(|word| !word.starts_with("--"));
    let flag = words.next().unwrap().to_owned();
    let values = line.split_once("[possible values: ").and_then(|(_, values)| values.split_once(']'));
    let takes = match (words.next().unwrap_or_default().starts_with('<'), values) {
        (false, _) => Takes::Nothing,
        (true, None) => Takes::AnyText,
        (true, Some((values, _))) => Takes::OneOf(values.split(", ").map(str::to_owned).collect()),
    };
    Choice { flag, takes }
}

impl Command {
    /// Its name as it is typed.
    pub(crate) fn name(&self) -> String {
        self.words.join(" ")
    }

    /// Every choice of how the answer is written: nothing, and each value of an option about that.
    pub(crate) fn forms(&self) -> Vec<Vec<String>> {
        let mut forms = vec![Vec::new()];
        for Choice { flag, takes } in &self.options {
            if let (Takes::OneOf(values), "--format") = (takes, flag.as_str()) {
                forms.extend(values.iter().map(|value| vec![format!("{flag}={value}")]));
            }
            if flag == "--shell" {
                let shells = ["bash", "zsh", "sh", "fish", "powershell", "nushell"];
                forms.extend(shells.map(|shell| vec![format!("{flag}={shell}")]));
            }
        }
        forms
    }

    /// The options that take no value, but for help.
    pub(crate) fn switches(&self) -> impl Iterator<Item = &str> {
        let switches = self.all_options().filter(|option| option.takes == Takes::Nothing);
        switches.map(|option| option.flag.as_str()).filter(|flag| !["--help", "--version"].contains(flag))
    }

    /// The options that take a value. Those that every command has are of `list` alone: one part of the program reads them.
    pub(crate) fn options(&self) -> impl Iterator<Item = &str> {
        let options = self.all_options().filter(|option| option.takes != Takes::Nothing);
        options.map(|option| option.flag.as_str())
    }

    fn all_options(&self) -> impl Iterator<Item = &Choice> {
        let global: &[Choice] = if self.name() == "list" { &self.global_options } else { &[] };
        self.options.iter().chain(global)
    }

    /// What it needs besides in a project with a `trop.yaml`, and how it ends then where 20000 is reserved, what is
    /// reserved is gone, and `port` is free.
    pub(crate) fn operands(&self, port: u16) -> (Vec<String>, i32) {
        let port = port.to_string();
        let (words, code): (&[&str], i32) = match self.name().as_str() {
            "reserve" | "autoreserve" | "prune" | "expire" | "autoclean" | "list" | "list-projects"
            | "scan" | "init" | "show-data-dir" | "show-path" | "assert-data-dir" | "config show"
            | "config path" => (&[], 0),
            "assert-reservation" | "doctor" => (&[], 1),
            "release" => (&["--recursive"], 0),
            "migrate" => (&["--recursive", "--from=sub", "--to=."], 0),
            "reserve-group" | "compact-exclusions" | "validate" => (&["trop.yaml"], 0),
            "exec" => (&["--", "true"], 0),
            "port-info" | "assert-port" => (&["20000"], 0),
            "exclude" => (&[&port], 0),
            new => panic!("{new} is new: say here what it needs"),
        };
        (words.iter().map(|&word| word.to_owned()).collect(), code)
    }
}
