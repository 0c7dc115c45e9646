//! Why a command failed.

use std::fmt::{self, Display};
use std::io::{self, Write};

use serde::Serialize;

use crate::{ExitStatus, Style, escaped, json};

/// What went wrong, and what to do about it. Its texts are as they came; they are escaped when they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How the process ends.
    pub status: ExitStatus,
    /// A word in kebab-case that never changes: that of the status ([`ExitStatus::kind`]), or a finer one.
    pub kind: &'static str,
    /// What happened, to which file, directory or port; lower-case, without full stop.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// Why it happened, the nearest cause first; see [`causes_of`](crate::causes_of).
    pub causes: Vec<String>,
    /// The places that are wrong.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong in something a person wrote. These fields are those of the JSON form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// In which file.
    pub file: Option<String>,
    /// In which of its lines, counted from 1.
    pub line: Option<u32>,
    /// At which character of the line, counted from 1.
    pub column: Option<u32>,
}

/// How errors are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorFormat {
    /// In words.
    Human,
    /// One JSON object on one line.
    Json,
}

/// The JSON form.
#[derive(Serialize)]
struct Fields<'d> {
    code: u8,
    kind: &'static str,
    message: &'d str,
    help: Option<&'d str>,
    causes: &'d [String],
    problems: &'d [Problem],
}

impl Diagnostic {
    /// The diagnostic that says this and no more.
    #[must_use]
    pub fn new(status: ExitStatus, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            status,
            kind: status.kind(),
            message: message.into(),
            help: None,
            causes: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Writes the diagnostic in one piece.
    ///
    /// In words it is a line `error: ...`, and below it, indented, the causes, the problems and the help. Of three causes
    /// or more only the last is shown unless `verbose`. JSON always holds everything.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_to(
        &self,
        out: &mut dyn Write,
        format: ErrorFormat,
        style: Style,
        verbose: bool,
    ) -> io::Result<()> {
        match format {
            ErrorFormat::Human => out.write_all(self.in_words(style, verbose).as_bytes()),
            ErrorFormat::Json => json::write_line(out, &self.fields()),
        }
    }

    fn in_words(&self, style: Style, verbose: bool) -> String {
        let (error, aside) = (style.error(), style.aside());
        let mut text = format!("{error}error{error:#}: {}\n", escaped(&self.message));
        for cause in self.causes_to_show(verbose) {
            text += &format!("  {aside}cause{aside:#}: {}\n", escaped(cause));
        }
        for problem in &self.problems {
            text += &format!("  {}\n", escaped(&problem.to_string()));
        }
        if let Some(help) = &self.help {
            text += &format!("  {aside}help{aside:#}: {}\n", escaped(help));
        }
        text
    }

    fn causes_to_show(&self, verbose: bool) -> &[String] {
        match self.causes.as_slice() {
            [_, _, .., last] if !verbose => std::slice::from_ref(last),
            causes => causes,
        }
    }

    fn fields(&self) -> Fields<'_> {
        Fields {
            code: self.status.code(),
            kind: self.kind,
            message: &self.message,
            help: self.help.as_deref(),
            causes: &self.causes,
            problems: &self.problems,
        }
    }
}

impl Display for Problem {
    /// `trop.yaml:3:5: unknown key`, with as much of the place as is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| line.to_string());
        let column = self.column.map(|column| column.to_string());
        let place: Vec<String> = [self.file.clone(), line, column].into_iter().flatten().collect();
        if place.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "{}: {}", place.join(":"), self.message)
    }
}
