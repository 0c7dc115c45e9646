//! Services that join a group.

mod cases;
mod laws;
mod model;
mod rules;
