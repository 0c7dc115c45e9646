//! The laws, tried on what fuzzing left behind and on random texts.

#[cfg(unix)]
mod corpus;
mod random_edits;
mod random_texts;
