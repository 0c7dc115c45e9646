//! Why a command failed.

use std::io::{self, Write};

use serde::Serialize;

use crate::drawing::{drawn, drawn_without_message};
use crate::shortened::sentence;
use crate::{ExitStatus, Place, Problem, Spot, Style, json};

/// How many problems are drawn unless everything is to be told.
const MOST_DRAWN: usize = 20;

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
    /// What is wrong in what a person wrote, in the order in which they should hear of it.
    pub problems: Vec<Problem>,
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
    problems: Vec<ProblemFields<'d>>,
}

/// The JSON form of a problem. The place is its first one.
#[derive(Serialize)]
struct ProblemFields<'p> {
    message: &'p str,
    file: Option<&'p str>,
    line: Option<u32>,
    column: Option<u32>,
    help: Option<&'p str>,
    also: Vec<PlaceFields<'p>>,
}

/// Another place that has to do with a problem.
#[derive(Serialize)]
struct PlaceFields<'p> {
    file: &'p str,
    line: Option<u32>,
    column: Option<u32>,
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
    /// In words it is a line `error: ...`, and below it the causes, the problems and the help. Of three causes or more only
    /// the last is shown unless `verbose`. A problem is drawn with the lines that it is in and a pointer under the text that
    /// is meant; of more than 20 problems the first 20 are drawn unless `verbose`, and then it says `and 3 more`. When the message
    /// is that of the only problem, it is said once. Of a text of more than 2,000 characters the middle is left out.
    ///
    /// JSON always holds everything but the lines: of every problem `message, file, line, column, help`, where the place is
    /// its first one.
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
        let mut text = format!("{error}error{error:#}: {}\n", sentence(&self.message));
        for cause in self.causes_to_show(verbose) {
            text += &format!("  {aside}cause{aside:#}: {}\n", sentence(cause));
        }
        let mut help = String::new();
        if let Some(advice) = &self.help {
            help = format!("  {aside}help{aside:#}: {}\n", sentence(advice));
        }
        match self.problems.as_slice() {
            [only] if only.message == self.message => text + &drawn_without_message(only, style) + &help,
            problems => text + &below_each_other(drawn_problems(problems, style, verbose), help),
        }
    }

    fn causes_to_show(&self, verbose: bool) -> &[String] {
        match self.causes.as_slice() {
            [_, _, .., last] if !verbose => std::slice::from_ref(last),
            causes => causes,
        }
    }

    fn help_of_lone_problem(&self) -> Option<&str> {
        if let [problem] = self.problems.as_slice() { problem.help.as_deref() } else { None }
    }

    fn fields(&self) -> Fields<'_> {
        Fields {
            code: self.status.code(),
            kind: self.kind,
            message: &self.message,
            help: self.help.as_deref().or(self.help_of_lone_problem()),
            causes: &self.causes,
            problems: self.problems.iter().map(ProblemFields::from).collect(),
        }
    }
}

impl<'p> From<&'p Problem> for ProblemFields<'p> {
    fn from(problem: &'p Problem) -> ProblemFields<'p> {
        let first = problem.places.first().map(PlaceFields::from);
        ProblemFields {
            message: &problem.message,
            file: first.as_ref().map(|place| place.file),
            line: first.as_ref().and_then(|place| place.line),
            column: first.as_ref().and_then(|place| place.column),
            help: problem.help.as_deref(),
            also: problem.places.iter().skip(1).map(PlaceFields::from).collect(),
        }
    }
}

impl<'p> From<&'p Place> for PlaceFields<'p> {
    fn from(Place { file, spot }: &'p Place) -> PlaceFields<'p> {
        let (line, column) = spot.as_ref().map(|Spot { line, column, .. }| (*line, *column)).unzip();
        PlaceFields { file, line, column }
    }
}

fn drawn_problems(problems: &[Problem], style: Style, verbose: bool) -> Vec<String> {
    let most = if verbose { problems.len() } else { MOST_DRAWN };
    let mut texts: Vec<String> = problems.iter().take(most).map(|problem| drawn(problem, style)).collect();
    if most < problems.len() {
        texts.push(format!("  and {} more\n", problems.len() - most));
    }
    texts
}

/// The problems and the help, with a blank line before each unless every problem is a single line.
fn below_each_other(problems: Vec<String>, help: String) -> String {
    let is_drawn_large = problems.iter().any(|problem| 1 < problem.lines().count());
    let gap = if is_drawn_large { "\n" } else { "" };
    let texts = problems.into_iter().chain(Some(help).filter(|help| !help.is_empty()));
    texts.map(|text| format!("{gap}{text}")).collect()
}
