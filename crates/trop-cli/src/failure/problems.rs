//! What is wrong, one by one, each with the places that have to do with it.

use std::path::Path;
use std::sync::Arc;

use trop_config::{IntricateList, Origin};
use trop_model::message_of;
use trop_ops::OpsError;
use trop_output::{Place, Problem, Spot};
use trop_storage::{Damage, StorageError};

use super::Failure;
use crate::exclusions::ExclusionsError;
use crate::telling::describe_reservation;

/// What is wrong, one by one, where there is more to say than the message or a place to show.
pub(super) fn problems(failure: &Failure) -> Vec<Problem> {
    match failure {
        Failure::Config(error) | Failure::InvalidFile { error, .. } => {
            error.problems.iter().map(problem).collect()
        }
        Failure::Ops(OpsError::Collisions(collisions)) => {
            collisions.iter().map(|collision| without_place(collision.to_string())).collect()
        }
        Failure::GroupCleared(place_of_it)
        | Failure::Exclusions(ExclusionsError::Intricate(IntricateList { place: place_of_it, .. })) => {
            vec![Problem { message: message_of(failure), help: None, places: vec![place(place_of_it)] }]
        }
        Failure::Exclusions(ExclusionsError::Reserved { holders, .. }) if 1 < holders.len() => {
            holders.iter().map(|holder| without_place(describe_reservation(holder))).collect()
        }
        Failure::Ops(OpsError::Storage(
            StorageError::NotAdoptable { database, damage, .. } | StorageError::Damaged { database, damage },
        )) => damage.iter().map(|damage| damage_in(database, damage)).collect(),
        _ => Vec::new(),
    }
}

fn without_place(message: String) -> Problem {
    Problem { message, help: None, places: Vec::new() }
}

/// Something that is wrong in the database.
fn damage_in(database: &Path, damage: &Damage) -> Problem {
    let place = Place { file: database.display().to_string(), spot: None };
    Problem { message: damage.to_string(), help: None, places: vec![place] }
}

/// A problem of the configuration, and the places in files that have to do with it.
fn problem(problem: &trop_config::Problem) -> Problem {
    let places = problem.origins.iter().filter_map(|origin| {
        let Origin::File(written) = origin else { return None };
        Some(place(written))
    });
    Problem { message: problem.message.clone(), help: problem.help.clone(), places: places.collect() }
}

fn place(place: &trop_config::Place) -> Place {
    let spot = place.position().zip(place.span.clone()).map(|(position, span)| Spot {
        line: position.line,
        column: position.column,
        text: Arc::clone(place.source.text()),
        span,
    });
    Place { file: place.source.path().to_string(), spot }
}
