//! The one way to change something, and the one way to see what would change.

use trop_model::Change;
use trop_storage::{Found, Rows, StorageError, Store, Verdict, WhenMissing};

use crate::{Facts, Needs, OpsError, Plan, Remark, Step};

/// Plans inside one transaction and commits the plan. When the planner lacks a fact, the transaction is rolled back, `gather`
/// adds the fact, and planning starts again on rows that are read again. Where the database is yet to be made, what the planner
/// lacks is gathered before that; where an older one is yet to be brought up to date, everything is planned on a copy first, and a
/// command that has nothing to do leaves it as it is.
///
/// Where the database cannot be written and the plan would only refresh what is stored, the answer still comes, with
/// [`Remark::NotRefreshed`].
///
/// # Errors
/// Those of the planner and of the store.
pub fn execute<A>(
    store: &mut Store,
    missing: WhenMissing,
    facts: Facts,
    gather: impl FnMut(Needs, &mut Facts),
    planner: impl FnMut(&Rows<'_>, &Facts) -> Result<Step<Plan<A>>, OpsError>,
) -> Result<Plan<A>, OpsError> {
    Execution { store, missing, facts, gather, planner }.commit()
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
    planner: impl FnMut(&Rows<'_>, &Facts) -> Result<Step<Plan<A>>, OpsError>,
) -> Result<Plan<A>, OpsError> {
    let writable = store.require_writable(missing);
    let mut execution = Execution { store, missing, facts, gather, planner };
    match writable {
        Ok(()) => execution.plan(),
        Err(unwritable @ StorageError::Unwritable { .. }) => execution.plan_a_refresh(unwritable),
        Err(error) => Err(error.into()),
    }
}

/// One command under way.
struct Execution<'s, G, P> {
    store: &'s mut Store,
    missing: WhenMissing,
    facts: Facts,
    gather: G,
    planner: P,
}

impl<A, G, P> Execution<'_, G, P>
where
    G: FnMut(Needs, &mut Facts),
    P: FnMut(&Rows<'_>, &Facts) -> Result<Step<Plan<A>>, OpsError>,
{
    fn commit(mut self) -> Result<Plan<A>, OpsError> {
        match self.store.open() {
            Ok(Found::Ready) => {}
            Ok(Found::Nothing) if self.missing == WhenMissing::Create => self.gather_beforehand(),
            Ok(Found::Nothing) => {}
            Ok(Found::Older) => {
                let plan = self.plan()?;
                if plan.changes.is_empty() && self.missing == WhenMissing::TreatAsEmpty {
                    return Ok(plan);
                }
                // Whatever it takes is known now, so that the database is brought up to date once, and not in vain.
            }
            Err(unwritable @ StorageError::Unwritable { .. }) => return self.plan_a_refresh(unwritable),
            Err(error) => return Err(error.into()),
        }
        self.commit_where(self.missing)
    }

    fn commit_where(&mut self, missing: WhenMissing) -> Result<Plan<A>, OpsError> {
        loop {
            let step = self.store.write(missing, |rows| {
                (self.planner)(rows, &self.facts).map(|step| match step {
                    Step::Do(plan) => Verdict::Commit(plan.changes.clone(), Step::Do(plan)),
                    Step::Needs(needs) => Verdict::RollBack(Step::Needs(needs)),
                })
            });
            match step {
                Ok(Step::Do(plan)) => return Ok(plan),
                Ok(Step::Needs(needs)) => (self.gather)(needs, &mut self.facts),
                Err(OpsError::Storage(unwritable @ StorageError::Unwritable { .. })) => {
                    return self.plan_a_refresh(unwritable);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Plans once on what is there, which is nothing, just to learn what the planner lacks. It could be learned in the
    /// transaction, but to roll back a first set-up leaves a file without tables.
    fn gather_beforehand(&mut self) {
        // An error is met again where it counts.
        if let Ok(Step::Needs(needs)) = self.store.read(|rows| (self.planner)(rows, &self.facts)) {
            (self.gather)(needs, &mut self.facts);
        }
    }

    fn plan(&mut self) -> Result<Plan<A>, OpsError> {
        loop {
            match self.store.read(|rows| (self.planner)(rows, &self.facts))? {
                Step::Do(plan) => return Ok(plan),
                Step::Needs(needs) => (self.gather)(needs, &mut self.facts),
            }
        }
    }

    /// A plan that cannot be written is good as long as it only refreshes what is stored.
    fn plan_a_refresh(&mut self, unwritable: StorageError) -> Result<Plan<A>, OpsError> {
        let has_to_be_made = self.missing == WhenMissing::Create && !self.store.exists()?;
        if has_to_be_made {
            return Err(unwritable.into());
        }
        let mut plan = self.plan()?;
        if !plan.changes.iter().all(Change::is_touch) {
            return Err(unwritable.into());
        }
        if !plan.changes.is_empty() {
            plan.changes.clear();
            plan.remarks.push(Remark::NotRefreshed(unwritable));
        }
        Ok(plan)
    }
}
