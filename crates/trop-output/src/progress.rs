//! How far a long work is, for people who wait for it.

use std::io::Write;

/// One line of a terminal, `looking at directories: 120 of 5000`, drawn over itself and erased when it is dropped. Nothing else may
/// be written meanwhile.
///
/// It needs nothing of the terminal but that `\r` leads back to where the line begins.
pub struct ProgressLine<'o> {
    out: &'o mut dyn Write,
    work: &'static str,
    total: usize,
    /// How many columns are drawn on.
    width: usize,
}

impl<'o> ProgressLine<'o> {
    /// Draws that nothing is done yet.
    pub fn new(out: &'o mut dyn Write, work: &'static str, total: usize) -> ProgressLine<'o> {
        let mut line = ProgressLine { out, work, total, width: 0 };
        line.draw(0);
        line
    }

    /// Draws how much is done. That must not become less.
    pub fn draw(&mut self, done: usize) {
        let text = format!("{}: {done} of {}", self.work, self.total);
        self.width = text.chars().count();
        // When the terminal is gone, there is nobody left to tell.
        let _ = write!(self.out, "\r{text}");
    }
}

impl Drop for ProgressLine<'_> {
    fn drop(&mut self) {
        let blanks = " ".repeat(self.width);
        let _ = write!(self.out, "\r{blanks}\r");
    }
}
