//! What is wrong in a database, and where.

use std::fmt;

/// Something in a database that cannot be as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Where it is, when it is in one place.
    pub place: Option<Spot>,
    /// What is wrong there.
    pub problem: String,
}

/// A place in a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The table.
    pub table: String,
    /// The key and the port of the row, as far as they can be shown.
    pub row: Option<String>,
    /// The field.
    pub field: Option<&'static str>,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Damage { place, problem } = self;
        match place {
            Some(place) => write!(f, "{place}: {problem}"),
            None => f.write_str(problem),
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spot { table, row, field } = self;
        write!(f, "table {table}")?;
        if let Some(row) = row {
            write!(f, ", row {row}")?;
        }
        if let Some(field) = field {
            write!(f, ", field {field}")?;
        }
        Ok(())
    }
}
