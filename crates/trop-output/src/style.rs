//! Colour, where there is any.

use anstyle::{AnsiColor, Style as Codes};

/// Whether text for people is coloured. The caller decides that, once; here it is only applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    color: bool,
}

impl Style {
    /// Without any colour.
    #[must_use]
    pub const fn plain() -> Style {
        Style { color: false }
    }

    /// With colour, as ANSI escape sequences.
    #[must_use]
    pub const fn colored() -> Style {
        Style { color: true }
    }

    pub(crate) const fn is_colored(self) -> bool {
        self.color
    }

    /// For what went wrong.
    pub(crate) const fn error(self) -> Codes {
        self.codes(AnsiColor::Red.on_default().bold())
    }

    /// For what should be looked at.
    pub(crate) const fn warning(self) -> Codes {
        self.codes(AnsiColor::Yellow.on_default().bold())
    }

    /// For what stands beside the point.
    pub(crate) const fn aside(self) -> Codes {
        self.codes(Codes::new().dimmed())
    }

    /// For the line above a table.
    pub(crate) const fn header(self) -> Codes {
        self.codes(Codes::new().bold())
    }

    const fn codes(self, codes: Codes) -> Codes {
        if self.color { codes } else { Codes::new() }
    }
}
