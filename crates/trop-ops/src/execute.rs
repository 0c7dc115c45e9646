//! The one way to change something, and the one way to see what would change.

use trop_model::Change;
use trop_storage::{Rows, StorageError, Store, Verdict, WhenMissing};

use crate::{Facts, Needs, OpsError, Plan, Remark, Step};

/// Plans inside one transaction and commits the plan. When the planner lacks a fact, the transaction is rolled back, `gather`
/// adds the fact, and planning starts again on rows that are read again.
///
/// Where the database cannot be written and the plan would only refresh what is stored, the answer still comes, with
/// [`Remark::NotRefreshed`].
///
/// # Errors
/// Those of the planner and of the store.
pub fn execute<A>(
    store: &mut Store,
    missing: WhenMissing,
    mut facts: Facts,
    mut gather: impl FnMut(Needs, &mut Facts),
    mut planner: impl FnMut(&Rows<'_>, &Facts) -> Result<Step<A>, OpsError>,
) -> Result<Plan<A>, OpsError> {
    loop {
        let step = store.write(missing, |rows| {
            planner(rows, &facts).map(|step| match step {
                Step::Do(plan) => Verdict::Commit(plan.changes.clone(), Step::Do(plan)),
                Step::Needs(needs) => Verdict::RollBack(Step::Needs(needs)),
            })
        });
        match step {
            Ok(Step::Do(plan)) => return Ok(plan),
            Ok(Step::Needs(needs)) => gather(needs, &mut facts),
            Err(OpsError::Storage(unwritable @ StorageError::Unwritable { .. })) => {
                return without_a_refresh(store, missing, unwritable, facts, gather, planner);
            }
            Err(error) => return Err(error),
        }
    }
}

/// Plans as [`execute`] would, fails where it would fail, and writes nothing.
///
/// # Errors
/// Those of [`execute`], but for waits and for what happens later.
pub fn preview<A>(
    store: &mut Store,
    missing: WhenMissing,
    facts: Facts,
    gather: impl FnMut(Needs, &mut Facts),
    planner: impl FnMut(&Rows<'_>, &Facts) -> Result<Step<A>, OpsError>,
) -> Result<Plan<A>, OpsError> {
    match store.require_writable(missing) {
        Ok(()) => plan_without_writing(store, facts, gather, planner),
        Err(unwritable @ StorageError::Unwritable { .. }) => {
            without_a_refresh(store, missing, unwritable, facts, gather, planner)
        }
        Err(error) => Err(error.into()),
    }
}

fn plan_without_writing<A>(
    store: &mut Store,
    mut facts: Facts,
    mut gather: impl FnMut(Needs, &mut Facts),
    mut planner: impl FnMut(&Rows<'_>, &Facts) -> Result<Step<A>, OpsError>,
) -> Result<Plan<A>, OpsError> {
    loop {
        match store.read(|rows| planner(rows, &facts))? {
            Step::Do(plan) => return Ok(plan),
            Step::Needs(needs) => gather(needs, &mut facts),
        }
    }
}

/// A plan that cannot be written is good as long as it only refreshes what is stored.
fn without_a_refresh<A>(
    store: &mut Store,
    missing: WhenMissing,
    unwritable: StorageError,
    facts: Facts,
    gather: impl FnMut(Needs, &mut Facts),
    planner: impl FnMut(&Rows<'_>, &Facts) -> Result<Step<A>, OpsError>,
) -> Result<Plan<A>, OpsError> {
    let has_to_be_made = missing == WhenMissing::Create && !store.exists()?;
    if has_to_be_made {
        return Err(unwritable.into());
    }
    let mut plan = plan_without_writing(store, facts, gather, planner)?;
    if !plan.changes.iter().all(Change::is_touch) {
        return Err(unwritable.into());
    }
    if !plan.changes.is_empty() {
        plan.changes.clear();
        plan.remarks.push(Remark::NotRefreshed(unwritable));
    }
    Ok(plan)
}
