//! Short ways to write what the tests are about.

use std::io::ErrorKind;

use trop_allocation::Probe;
use trop_model::{
    Change, EnvName, Exclusions, GroupSpec, Port, PortRange, Reservation, ReservationKey, Service, Timestamp,
};
use trop_ops::{
    Assigned, BoxedError, CleanUp, Facts, FoundLabels, GroupRequest, Importance, Labelling, LookedAt, Naming,
    Needs, OpsError, Plan, Policy, Prune, Remark, ReserveRequest, Step, Target, plan_clean_up, plan_group,
    plan_reserve,
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
        clean_up: CleanUp { prune: Prune::Gone, expire_after_days: Some(30) },
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

/// A service: its tag, its offset and its preferred port, 0 for none.
pub(crate) type Listed<'t> = (&'t str, u16, u16);

pub(crate) fn group(services: &[Listed<'_>]) -> GroupSpec {
    let service = |(tag, offset, preferred): &Listed<'_>| {
        let tag = tag.parse().unwrap();
        let variable = EnvName::of_tag(&tag).unwrap();
        Service { tag, offset: *offset, preferred: Port::new(*preferred), variable }
    };
    GroupSpec::new(None, services.iter().map(service).collect()).unwrap()
}

pub(crate) fn group_request(directory: &str, services: &[Listed<'_>]) -> GroupRequest {
    GroupRequest {
        path: path(directory),
        group: group(services),
        only: None,
        labelling: unnamed(),
        overwrite: false,
        ignore_occupied: false,
        ignore_exclusions: false,
    }
}

/// The same for that one service alone.
pub(crate) fn only(tag: &str, request: &GroupRequest) -> GroupRequest {
    GroupRequest { only: Some(tag.parse().unwrap()), ..request.clone() }
}

/// Plans with these ports in use, and with the facts of [`gather`].
pub(crate) fn planned(
    memory: &Memory,
    request: &ReserveRequest,
    policy: &Policy,
    in_use: &[u16],
) -> Result<Plan<Assigned>, OpsError> {
    let mut probe = sockets(in_use, &[]);
    planned_with(|facts| plan_reserve(memory, facts, request, policy, &mut probe))
}

/// Plans with these ports in use, those lingering, and with the facts of [`gather`].
pub(crate) fn planned_group(
    memory: &Memory,
    request: &GroupRequest,
    policy: &Policy,
    (in_use, lingering): (&[u16], &[u16]),
) -> Result<Plan<Vec<Assigned>>, OpsError> {
    let mut probe = sockets(in_use, lingering);
    planned_with(|facts| plan_group(memory, facts, request, policy, &mut probe))
}

/// Plans with the facts of [`gather`].
pub(crate) fn planned_clean_up(memory: &Memory, clean_up: CleanUp) -> Plan<()> {
    planned_with(|facts| plan_clean_up(memory, facts, clean_up)).unwrap()
}

fn sockets(in_use: &[u16], lingering: &[u16]) -> impl FnMut(Port) -> Result<Probe, BoxedError> {
    move |port| {
        Ok(match port.get() {
            number if in_use.contains(&number) => Probe::InUse,
            number if lingering.contains(&number) => Probe::Lingering,
            _ => Probe::Free,
        })
    }
}

fn planned_with<A>(
    mut step: impl FnMut(&Facts) -> Result<Step<Plan<A>>, OpsError>,
) -> Result<Plan<A>, OpsError> {
    let mut facts = Facts::at(time(NOW));
    loop {
        match step(&facts)? {
            Step::Do(plan) => return Ok(plan),
            Step::Needs(needs) => gather(needs, &mut facts),
        }
    }
}

/// Every directory whose name ends in `gone` is gone, every `unmounted` one perhaps on a disk that is not mounted, and every
/// `hidden` one out of sight. Git knows them all.
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
        hidden if hidden.ends_with("hidden") => Presence::Unknown(ErrorKind::PermissionDenied.into()),
        _ => Presence::Present,
    };
    LookedAt { row, presence }
}

/// The remarks that everybody gets to see.
pub(crate) fn told<A>(plan: &Plan<A>) -> Vec<&Remark> {
    plan.remarks.iter().filter(|remark| remark.importance() != Importance::Detail).collect()
}

/// The ports that a plan for a group answers with. They are stored afterwards, and whoever was not asked for and is not cleaned up is as
/// before.
#[track_caller]
pub(crate) fn assigned(memory: &Memory, plan: &Plan<Vec<Assigned>>) -> Vec<u16> {
    let mut after = memory.clone();
    after.apply(&plan.changes);
    let mut expected = memory.clone();
    for change in &plan.changes {
        if let Change::Remove { row, .. } = change {
            expected.rows.remove(&row.key);
        }
    }
    for Assigned { reservation, created } in &plan.answer {
        let before = expected.rows.insert(reservation.key.clone(), reservation.clone());
        assert_eq!(before.is_none(), *created, "{}", reservation.key);
    }
    assert_eq!(after, expected);
    plan.answer.iter().map(|assigned| assigned.reservation.port.get()).collect()
}

/// The ports of a group that is planned with these ports in use, and what everybody gets to see.
#[track_caller]
pub(crate) fn check_group(
    stored: &[Reservation],
    request: &GroupRequest,
    policy: &Policy,
    in_use: &[u16],
    expected: (&[u16], &[&str]),
) {
    let memory = Memory::of(stored);
    let plan = planned_group(&memory, request, policy, (in_use, &[])).unwrap();
    let said: Vec<String> = told(&plan).into_iter().map(Remark::message).collect();
    assert_eq!((assigned(&memory, &plan).as_slice(), said), (expected.0, texts(expected.1)));
}

/// Why a group is refused that is planned with these ports in use.
#[track_caller]
pub(crate) fn check_group_refused(
    stored: &[Reservation],
    request: &GroupRequest,
    policy: &Policy,
    in_use: &[u16],
    expected: &str,
) {
    let refused = planned_group(&Memory::of(stored), request, policy, (in_use, &[])).unwrap_err();
    assert_eq!(refused.to_string(), expected);
}

/// The step for a group whose ports are never probed.
pub(crate) fn unprobed_step(
    stored: &[Reservation],
    request: &GroupRequest,
    facts: &Facts,
) -> Result<Step<Plan<Vec<Assigned>>>, OpsError> {
    let probe = &mut |port| panic!("port {port} is probed");
    plan_group(&Memory::of(stored), facts, request, &policy(5000, 5009), probe)
}

pub(crate) fn excluding(ranges: &[&str], policy: Policy) -> Policy {
    Policy { exclusions: ranges.iter().map(|range| range.parse::<PortRange>().unwrap()).collect(), ..policy }
}

pub(crate) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
