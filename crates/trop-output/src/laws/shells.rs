//! What is written for a shell is what that shell reads, and nothing besides.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use trop_model::{EnvName, Port, Tag};

use crate::{GroupFormat, ServicePort, Shell, group_text};

/// More than any group has.
const MOST_SERVICES: usize = 20;

/// Lines of `<variable>=<port>`, as every shell that is there reads them, and as programs read dotenv files.
///
/// # Panics
/// When the law is broken.
pub fn shells(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let mut ports: BTreeMap<EnvName, Port> = BTreeMap::new();
    for (variable, port) in input.lines().filter_map(|line| line.split_once('=')) {
        if let (Ok(variable), Ok(port)) = (variable.parse(), port.parse())
            && ports.len() < MOST_SERVICES
        {
            ports.insert(variable, port);
        }
    }
    require_dotenv(&ports);
    let running = RUNNING.get_or_init(start_all);
    for reader in running.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
        let taken = ports.iter().filter(|(variable, _)| !reader.shell.keeps(variable));
        reader.require(&taken.map(|(variable, port)| (variable.clone(), *port)).collect());
    }
}

/// The shells that read, started once and kept.
static RUNNING: OnceLock<Mutex<Vec<Reader>>> = OnceLock::new();

/// The text of such a group.
fn text(ports: &BTreeMap<EnvName, Port>, format: GroupFormat) -> String {
    let Ok(tag) = "web".parse::<Tag>() else { return String::new() };
    let services = ports.iter().map(|(variable, port)| ServicePort { tag: &tag, variable, port: *port });
    group_text(&services.collect::<Vec<_>>(), format)
}

/// A dotenv file has a name, a sign and a value in each line, and readers differ in what they make of anything else.
fn require_dotenv(ports: &BTreeMap<EnvName, Port>) {
    let text = text(ports, GroupFormat::Dotenv);
    let mut read = BTreeMap::new();
    for line in text.split_terminator('\n') {
        let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("no value in {line:?}"));
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        assert!(name.bytes().chain(value.bytes()).all(is_plain), "something to be quoted in {line:?}");
        read.insert(name.to_owned(), value.to_owned());
    }
    assert!(text.is_empty() || text.ends_with('\n'), "{text:?} has no last line end");
    let meant: BTreeMap<String, String> =
        ports.iter().map(|(name, port)| (name.to_string(), port.to_string())).collect();
    assert_eq!(read, meant, "{text:?}");
}

/// A shell that reads commands from a pipe.
struct Reader {
    name: &'static str,
    shell: Shell,
    /// What comes before the text, and behind it, so that nothing stays.
    around: (&'static str, &'static str),
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Its environment without any text.
    before: BTreeMap<String, String>,
    _child: Child,
}

/// How a program is started, and what keeps its variables from staying.
type Start = (&'static str, &'static [&'static str], Shell, (&'static str, &'static str));

const SUBSHELL: (&str, &str) = ("(\n", "env\n)\necho; echo end\n");
/// Fish reads a script to its end before it runs any of it.
const FISH: &[&str] = &["--no-config", "-c", "while read --null text; eval $text; end"];
const FISH_TEXT: (&str, &str) = ("", "env; echo; echo end\0");

const STARTS: [Start; 6] = [
    ("bash", &["--norc", "--noprofile"], Shell::Bash, SUBSHELL),
    ("bash", &["--norc", "--noprofile", "--posix"], Shell::Sh, SUBSHELL),
    ("dash", &[], Shell::Sh, SUBSHELL),
    ("zsh", &["-f"], Shell::Zsh, SUBSHELL),
    ("zsh", &["--emulate", "sh", "-f"], Shell::Zsh, SUBSHELL),
    ("fish", FISH, Shell::Fish, FISH_TEXT),
];

/// All that there are; a shell that is not there reads nothing.
fn start_all() -> Mutex<Vec<Reader>> {
    Mutex::new(STARTS.into_iter().filter_map(start).collect())
}

fn start((name, arguments, shell, around): Start) -> Option<Reader> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut child = Command::new(name)
        .args(arguments)
        .env_clear()
        .env("PATH", path)
        .env("HOME", "/")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let input = child.stdin.take()?;
    let output = BufReader::new(child.stdout.take()?);
    let mut reader = Reader { name, shell, around, input, output, before: BTreeMap::new(), _child: child };
    reader.before = reader.environment("");
    Some(reader)
}

impl Reader {
    /// The variables of the text hold its ports, and no other variable is another one.
    fn require(&mut self, ports: &BTreeMap<EnvName, Port>) {
        let text = text(ports, GroupFormat::Export(self.shell));
        let mut expected = self.before.clone();
        expected.extend(ports.iter().map(|(name, port)| (name.to_string(), port.to_string())));
        assert_eq!(self.environment(&text), expected, "{} reads {text:?}", self.name);
        if self.shell == Shell::Fish {
            let undone: String = ports.keys().map(|name| self.undoing(name.as_str())).collect();
            self.tell(&format!("{undone}\0"));
        }
    }

    /// What gives fish, which has no subshell, the variable as it was.
    fn undoing(&self, name: &str) -> String {
        match self.before.get(name) {
            Some(value) => format!("set -gx {name} '{value}'\n"),
            None => format!("set -e {name}\n"),
        }
    }

    /// The environment of a program that this shell starts behind the text.
    fn environment(&mut self, text: &str) -> BTreeMap<String, String> {
        let (begin, end) = self.around;
        self.tell(&format!("{begin}{text}{end}"));
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            let length = self.output.read_line(&mut line).unwrap_or(0);
            assert!(0 < length, "{} ended at {text:?}", self.name);
            match line.trim_end_matches('\n') {
                "end" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let variables = lines.iter().filter_map(|line| line.split_once('='));
        // That one is the program that runs.
        variables
            .filter(|(name, _)| *name != "_")
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    fn tell(&mut self, commands: &str) {
        let told = self.input.write_all(commands.as_bytes()).and_then(|()| self.input.flush());
        assert!(told.is_ok(), "{} does not listen", self.name);
    }
}
