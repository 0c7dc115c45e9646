//! One reservation: what `reserve` and `exec` have in common.

use trop_config::{Effective, settings};
use trop_model::Port;
use trop_ops::{Assigned, ReserveRequest, plan_reserve};

use crate::failure::Failure;
use crate::plan::{Mode, Outcome};
use crate::reserving::{Cleared, ReservingArgs, reserve};
use crate::session::Session;
use crate::target::Asked;

/// What one reservation may be asked for, and a group may not.
#[derive(Debug, Default)]
pub(crate) struct Wish {
    /// The port to have if possible.
    pub(crate) preferred: Option<Port>,
    /// Whether no other will do.
    pub(crate) strict_port: bool,
    /// Which labels are to go.
    pub(crate) cleared: Cleared,
}

/// Reserves one port for a directory.
pub(crate) fn reserve_one(
    session: &mut Session<'_>,
    asked: Asked,
    effective: &Effective,
    args: &ReservingArgs,
    wish: Wish,
    mode: Mode,
) -> Result<Outcome<Assigned>, Failure> {
    if let Some(absence) = asked.absence() {
        session.warn(absence);
    }
    let policy = args.policy(effective);
    let request = ReserveRequest {
        target: asked.target,
        tag: effective.get(&settings::TAG),
        labelling: args.labelling(effective, wish.cleared),
        preferred: wish.preferred,
        strict_port: wish.strict_port,
        overwrite: args.overwrites(),
        ignore_occupied: args.ignores_occupied(),
        ignore_exclusions: args.ignores_exclusions(),
    };
    reserve(session, effective, &policy, mode, |rows, facts, probe| {
        plan_reserve(rows, facts, &request, &policy, probe)
    })
}
