//! The search, seen from outside: a table for each rule, and laws for random worlds.

mod cases;
mod laws;
mod model;
mod rules;
mod world;
