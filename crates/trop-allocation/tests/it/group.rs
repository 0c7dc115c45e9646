//! A new group.

mod cases;
mod laws;
mod model;
mod rules;
