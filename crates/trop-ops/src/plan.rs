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

impl<T> Step<T> {
    /// Goes on with what is there, unless a fact is missing.
    pub(crate) fn try_map<U, E>(self, go_on: impl FnOnce(T) -> Result<U, E>) -> Result<Step<U>, E> {
        match self {
            Step::Do(part) => go_on(part).map(Step::Do),
            Step::Needs(needs) => Ok(Step::Needs(needs)),
        }
    }
}
