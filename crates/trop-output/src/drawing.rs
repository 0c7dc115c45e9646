//! Problems for people: what is wrong, the lines it is in, and a pointer under the very characters.

use std::error::Error;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::excerpt::{Excerpt, excerpt};
use crate::shortened::sentence;
use crate::{Place, Problem, Style};

/// Draws the problem: its message, its places, its help. Without any spot to point at it is one line `file: message`, and
/// perhaps its help.
pub(crate) fn drawn(problem: &Problem, style: Style) -> String {
    let files = if has_spot(problem) { String::new() } else { files_of(problem) };
    let message =
        if files.is_empty() { problem.message.clone() } else { format!("{files}: {}", problem.message) };
    render(&Drawing::new(&message, problem), style)
}

/// Draws what there is to the problem beside its message.
pub(crate) fn drawn_without_message(problem: &Problem, style: Style) -> String {
    let drawn = render(&Drawing::new("", problem), style);
    if has_spot(problem) || problem.places.is_empty() {
        return drawn;
    }
    let aside = style.aside();
    format!("  {aside}file{aside:#}: {}\n{drawn}", sentence(&files_of(problem)))
}

fn has_spot(problem: &Problem) -> bool {
    problem.places.iter().any(|place| place.spot.is_some())
}

fn files_of(problem: &Problem) -> String {
    let files: Vec<&str> = problem.places.iter().map(|place| place.file.as_str()).collect();
    files.join(", ")
}

/// A problem as miette takes it; all of it is escaped.
#[derive(Debug)]
struct Drawing {
    message: String,
    help: Option<String>,
    snippets: Snippets,
}

/// What is shown of several files, one behind the other in one imagined text.
#[derive(Debug)]
struct Snippets(Vec<Snippet>);

#[derive(Debug)]
struct Snippet {
    /// `file:line:column`, or only the file.
    title: String,
    /// Where in the imagined text the excerpt begins.
    offset: usize,
    /// Without any line when the file as a whole is meant.
    excerpt: Excerpt,
}

impl Drawing {
    fn new(message: &str, problem: &Problem) -> Drawing {
        let places = if has_spot(problem) { problem.places.as_slice() } else { &[] };
        Drawing {
            message: sentence(message).into_owned(),
            help: problem.help.as_deref().map(|help| sentence(help).into_owned()),
            snippets: Snippets::new(places),
        }
    }
}

impl Snippets {
    fn new(places: &[Place]) -> Snippets {
        let mut offset = 0;
        let mut snippets = Vec::new();
        for place in places {
            let snippet = Snippet::new(place, offset);
            // One byte between two excerpts keeps a span at the end of the first from being one of the second.
            offset = snippet.end() + 1;
            snippets.push(snippet);
        }
        Snippets(snippets)
    }
}

impl Snippet {
    fn new(place: &Place, offset: usize) -> Snippet {
        let file = sentence(&place.file);
        match &place.spot {
            Some(spot) => Snippet {
                title: format!("{file}:{}:{}", spot.line, spot.column),
                offset,
                excerpt: excerpt(spot),
            },
            None => Snippet { title: file.into_owned(), offset, excerpt: Excerpt::default() },
        }
    }

    fn end(&self) -> usize {
        self.offset + self.excerpt.text.len()
    }

    fn label(&self) -> LabeledSpan {
        let span = &self.excerpt.span;
        LabeledSpan::new(None, self.offset + span.start, span.len())
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn help<'d>(&'d self) -> Option<Box<dyn fmt::Display + 'd>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippets)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.snippets.0.iter().map(Snippet::label)))
    }
}

impl SourceCode for Snippets {
    /// The excerpt that the span is in, whole: it was cut to size before. A span over two excerpts is in none, so that
    /// each is drawn by itself.
    fn read_span<'s>(
        &'s self,
        span: &SourceSpan,
        _lines_before: usize,
        _lines_behind: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        let is_within = |snippet: &&Snippet| {
            snippet.offset <= span.offset() && span.offset() + span.len() <= snippet.end()
        };
        let snippet = self.0.iter().find(is_within).ok_or(MietteError::OutOfBounds)?;
        let text = &snippet.excerpt.text;
        Ok(Box::new(MietteSpanContents::new_named(
            snippet.title.clone(),
            text.as_bytes(),
            (snippet.offset, text.len()).into(),
            snippet.excerpt.first_line.saturating_sub(1),
            0,
            text.lines().count(),
        )))
    }
}

fn render(drawing: &Drawing, style: Style) -> String {
    let mut drawn = String::new();
    // A string takes everything and every label is in an excerpt; if it failed nevertheless, what was drawn would be true.
    _ = handler(style).render_report(&mut drawn, drawing);
    tidied(&drawn)
}

/// How miette draws here: nothing that depends on the surroundings, nothing wrapped.
fn handler(style: Style) -> GraphicalReportHandler {
    let theme = GraphicalTheme { characters: characters(), styles: styles(style) };
    GraphicalReportHandler::new_themed(theme)
        .with_width(100)
        .with_wrap_lines(false)
        .with_urls(false)
        .without_cause_chain()
        .without_primary_span_start()
        .without_syntax_highlighting()
}

fn characters() -> ThemeCharacters {
    ThemeCharacters { underline: '^', uarrow: '^', ..ThemeCharacters::unicode() }
}

fn styles(style: Style) -> ThemeStyles {
    if !style.is_colored() {
        return ThemeStyles::none();
    }
    let ansi = ThemeStyles::ansi();
    ThemeStyles { help: ansi.linum, highlights: vec![ansi.error], link: ThemeStyles::none().link, ..ansi }
}

/// Without the blank line that stands for a message that is empty, and without blanks at the ends of lines.
fn tidied(drawn: &str) -> String {
    let lines = drawn.lines().skip_while(|line| line.is_empty());
    lines.map(|line| format!("{}\n", line.trim_end_matches(' '))).collect()
}
