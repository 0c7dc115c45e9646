//! The search, seen from outside: a table for each rule, and laws for random worlds.

mod cases;
mod group;
mod growth;
mod laws;
mod model;
mod picture;
mod random;
mod rules;
mod runner;
mod wishes;
mod world;
