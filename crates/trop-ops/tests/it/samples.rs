//! Short ways to write what the tests are about.

use trop_allocation::Probe;
use trop_model::{Exclusions, Port, PortRange, Reservation, ReservationKey, Timestamp};
use trop_ops::{
    Assigned, BoxedError, CleanUp, Facts, FoundLabels, Importance, Labelling, LookedAt, Naming, Needs,
    OpsError, Plan, Policy, Remark, ReserveRequest, Step, Target, plan_reserve,
};
use trop_paths::{AbsPath, Presence};

use crate::memory::Memory;

/// Nobody says anything of a label.
pub(crate) fn unnamed() -> Labelling {
    Labelling { project: Naming::Unnamed { otherwise: None }, task: Naming::Unnamed { otherwise: None } }
}

/// The time of every command.
pub(crate) const NOW: i64 = 1_800_000_000;
pub(crate) const DAY: i64 = 86_400;

pub(crate) fn path(text: &str) -> AbsPath {
    AbsPath::from_clean(text).unwrap()
}

pub(crate) fn port(number: u16) -> Port {
    Port::new(number).unwrap()
}

pub(crate) fn time(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).unwrap()
}

pub(crate) fn key(directory: &str, tag: &str) -> ReservationKey {
    ReservationKey { path: path(directory), tag: (!tag.is_empty()).then(|| tag.parse().unwrap()) }
}

/// A row that was made long ago and used yesterday.
pub(crate) fn row(number: u16, directory: &str, tag: &str) -> Reservation {
    Reservation {
        key: key(directory, tag),
        port: port(number),
        project: Some("shop".parse().unwrap()),
        task: None,
        created_at: time(NOW - 100 * DAY),
        last_used_at: time(NOW - DAY),
    }
}

pub(crate) fn policy(first: u16, last: u16) -> Policy {
    Policy {
        range: PortRange::new(port(first), port(last)).unwrap(),
        exclusions: Exclusions::default(),
        avoid_browser_blocked_ports: true,
        clean_up: CleanUp { prune: true, expire_after_days: Some(30) },
    }
}

pub(crate) fn request(directory: &str) -> ReserveRequest {
    ReserveRequest {
        target: Target::inferred(path(directory)),
        tag: None,
        labelling: unnamed(),
        preferred: None,
        strict_port: false,
        overwrite: false,
        ignore_occupied: false,
        ignore_exclusions: false,
    }
}

/// Plans with these ports in use, and with the facts of [`gather`].
pub(crate) fn planned(
    memory: &Memory,
    request: &ReserveRequest,
    policy: &Policy,
    in_use: &[u16],
) -> Result<Plan<Assigned>, OpsError> {
    let mut facts = Facts::at(time(NOW));
    let mut probe = |port: Port| -> Result<Probe, BoxedError> {
        Ok(if in_use.contains(&port.get()) { Probe::InUse } else { Probe::Free })
    };
    loop {
        match plan_reserve(memory, &facts, request, policy, &mut probe)? {
            Step::Do(plan) => return Ok(plan),
            Step::Needs(needs) => gather(needs, &mut facts),
        }
    }
}

/// Every directory whose name ends in `gone` is gone, every `unmounted` one unreachable. Git knows them all.
pub(crate) fn gather(needs: Needs, facts: &mut Facts) {
    match needs {
        Needs::Directories(rows) => {
            assert!(facts.directories.is_none(), "a fact is asked for once");
            facts.directories = Some(rows.into_iter().map(looked_at).collect());
        }
        Needs::Labels(path) => {
            assert!(facts.labels.as_ref().is_none_or(|found| found.path != path), "a fact is asked for once");
            facts.labels = Some(said_by_git(path));
        }
    }
}

pub(crate) fn said_by_git(path: AbsPath) -> FoundLabels {
    FoundLabels {
        path,
        project: Some("git-project".parse().unwrap()),
        task: Some("git-task".parse().unwrap()),
    }
}

pub(crate) fn looked_at(row: Reservation) -> LookedAt {
    let presence = match row.key.path.as_str() {
        gone if gone.ends_with("gone") => Presence::Gone,
        unmounted if unmounted.ends_with("unmounted") => Presence::PerhapsUnmounted(path("/mnt")),
        _ => Presence::Present,
    };
    LookedAt { row, presence }
}

/// The remarks that everybody gets to see.
pub(crate) fn told<A>(plan: &Plan<A>) -> Vec<&Remark> {
    plan.remarks.iter().filter(|remark| remark.importance() != Importance::Detail).collect()
}
