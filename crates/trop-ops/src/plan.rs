//! What a planner answers.

use trop_model::Change;

use crate::{Needs, Remark};

/// A whole plan: what will be stored, and what will be said.
#[derive(Debug)]
pub struct Plan<A> {
    /// The changes in the order in which they are written. They hold the final rows.
    pub changes: Vec<Change>,
    /// The answer to what was asked.
    pub answer: A,
    /// What the user should know besides.
    pub remarks: Vec<Remark>,
}

/// A plan or a part of one, or what is missing to make it.
#[derive(Debug)]
pub enum Step<T> {
    /// Here it is.
    Do(T),
    /// A fact is missing. A planner never asks for one that it was given.
    Needs(Needs),
}
