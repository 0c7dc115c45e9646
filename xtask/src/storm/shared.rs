//! Directories that all workers fight over.
//!
//! Nobody knows what is stored for them at a given moment. But what processes told, and when they ran, must fit together; that is
//! what [`history`] judges.

pub(crate) mod answer;
pub(crate) mod choice;
pub(crate) mod errand;
pub(crate) mod exclusions;
pub(crate) mod history;
pub(crate) mod realm;
pub(crate) mod rival;
pub(crate) mod slow_reader;
