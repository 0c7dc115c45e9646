//! What trop plans, on ledgers in memory, and how it is carried out, on a real store.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod clean;
mod diagnose;
mod execute;
mod group_growth;
mod group_laws;
mod group_model;
mod group_overwrite;
mod groups;
mod guard;
mod labels;
mod laws;
mod list_projects;
mod memory;
mod migrate;
mod migrate_laws;
mod migrate_model;
mod release;
mod reserve;
mod samples;
mod searchable;
mod sequences;
mod targets;
