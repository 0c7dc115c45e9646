//! What the commands that clean up have in common.

use trop_config::Effective;
use trop_ops::{CleanUp, plan_clean_up};
use trop_output::{CleanedFormat, write_cleaned};
use trop_storage::WhenMissing;

use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::plan::{Mode, Outcome, carry_out};
use crate::session::Session;
use crate::telling::tell_how_many;

/// Removes what the clean-up is to remove, and names it on stdout.
pub(crate) fn clean(
    session: &mut Session<'_>,
    effective: &Effective,
    clean_up: CleanUp,
    mode: Mode,
) -> Result<Conclusion, Failure> {
    let outcome = carry_out(session, effective, WhenMissing::TreatAsEmpty, mode, |rows, facts, _| {
        plan_clean_up(rows, facts, clean_up)
    })?;
    let done = match outcome {
        Outcome::Done(done) => done,
        Outcome::DryRun(preview) => return preview.show(session).map(|()| Conclusion::DONE),
    };
    tell_how_many(session, &done.changes);
    let format = if mode.json { CleanedFormat::Json } else { CleanedFormat::Lines };
    write_cleaned(session.host.stdout, &done.changes, format).map_err(Failure::Output)?;
    Ok(Conclusion::DONE)
}
