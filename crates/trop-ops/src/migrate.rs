//! Reservations that follow their directory to another place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use trop_model::{Change, Ledger, RemovalReason, Reservation, ReservationKey};
use trop_paths::AbsPath;

use crate::{OpsError, Plan, Step, Target};

/// Which reservations move, and where to.
#[derive(Debug, Clone)]
pub struct MigrateRequest {
    /// The directory that they are of. It need not be there any more.
    pub from: Target,
    /// The directory that they are to be of.
    pub to: Target,
    /// Whether those below the directory move with it.
    pub recursive: bool,
    /// Whether what stands where one of them comes to goes.
    pub force: bool,
}

/// From where to where reservations move: the paths under which they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The directory that they are of.
    pub from: AbsPath,
    /// The directory that they are to be of.
    pub to: AbsPath,
}

/// A reservation that cannot move, since one that stays has the key that it would get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The reservation as it is.
    pub moving: Reservation,
    /// The one that stands in its way.
    pub standing: Reservation,
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Collision { moving, standing } = self;
        write!(
            f,
            "port {} of {} cannot move to {}, which has port {}",
            moving.port, moving.key, standing.key, standing.port
        )
    }
}

/// Plans to move the reservations of one directory, under every tag, to another one. Everything but their path stays.
///
/// All of them move at once, so that a tree can move into itself or onto the directory above it: in the way is only what does
/// not move itself.
///
/// # Errors
/// When the ledger cannot be read, nothing is reserved there (that nothing is below it, either, is fine), or something is in the way
/// and may not be replaced.
pub fn plan_migrate<L>(ledger: &L, request: &MigrateRequest) -> Result<Step<Plan<Route>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let route = route(ledger, request)?;
    let rows = rows_of(ledger, &route.from, request.recursive)?;
    if rows.is_empty() && !request.recursive {
        let below = ledger.under(&request.from.meant_as_tree(ledger)?)?.len();
        return Err(OpsError::NothingToMove { directory: route.from, below });
    }
    if route.from == route.to {
        return Ok(Step::Do(Plan { changes: Vec::new(), answer: route, remarks: Vec::new() }));
    }
    let mut standing = rows_in_the_way(ledger, &route, &rows, request.recursive)?;
    let mut moves = Vec::new();
    let mut collisions = Vec::new();
    for row in rows {
        let Some(key) = route.destination(&row.key) else { continue };
        if let Some(standing) = standing.remove(&key) {
            collisions.push(Collision { moving: row.clone(), standing });
        }
        moves.push(Change::Move { from: row.key.clone(), row: Reservation { key, ..row } });
    }
    if !collisions.is_empty() && !request.force {
        return Err(OpsError::Collisions(collisions));
    }
    let removed = |Collision { standing: row, .. }| Change::Remove { row, reason: RemovalReason::Replaced };
    let changes = collisions.into_iter().map(removed).chain(moves).collect();
    Ok(Step::Do(Plan { changes, answer: route, remarks: Vec::new() }))
}

/// Under which path the reservations are stored, and under which one they are to be stored. That is the real path, where a reserve in
/// the directory finds them, however it was typed. Only what is stored under a path with a link in it keeps to the path as typed,
/// and so does what comes to others that are stored under the path as typed.
fn route<L: Ledger>(ledger: &L, request: &MigrateRequest) -> Result<Route, L::Error> {
    let MigrateRequest { from, to, recursive, .. } = request;
    let meant =
        |target: &Target| if *recursive { target.meant_as_tree(ledger) } else { target.meant(ledger) };
    let stored_at = meant(from)?;
    let is_behind_a_link = from.canonical.as_ref().is_some_and(|canonical| *canonical != stored_at);
    let has_others = !rows_of(ledger, &to.path, *recursive)?.is_empty();
    let to = match &to.canonical {
        Some(canonical) if !is_behind_a_link && !has_others => canonical.clone(),
        _ => meant(to)?,
    };
    Ok(Route { from: stored_at, to })
}

impl Route {
    /// The key that a reservation with that key gets. None for one that is somewhere else.
    fn destination(&self, key: &ReservationKey) -> Option<ReservationKey> {
        let below = key.path.below(&self.from)?;
        Some(ReservationKey { path: self.to.join(below), tag: key.tag.clone() })
    }
}

fn rows_of<L: Ledger>(
    ledger: &L,
    directory: &AbsPath,
    recursive: bool,
) -> Result<Vec<Reservation>, L::Error> {
    if recursive { ledger.under(directory) } else { ledger.at(directory) }
}

/// What is reserved where reservations are to come, and does not move itself.
fn rows_in_the_way<L: Ledger>(
    ledger: &L,
    route: &Route,
    moving: &[Reservation],
    recursive: bool,
) -> Result<BTreeMap<ReservationKey, Reservation>, L::Error> {
    let moving: BTreeSet<&ReservationKey> = moving.iter().map(|row| &row.key).collect();
    let standing = rows_of(ledger, &route.to, recursive)?.into_iter();
    Ok(standing.filter(|row| !moving.contains(&row.key)).map(|row| (row.key.clone(), row)).collect())
}
