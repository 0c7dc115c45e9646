//! Who may say which project and which task.

use std::str::FromStr;

use trop_model::{Change, Reservation};
use trop_ops::{
    Assigned, Facts, FoundLabels, Labelling, Naming, Needs, OpsError, Plan, ReserveRequest, Step, Target,
    plan_reserve,
};

use crate::memory::Memory;
use crate::samples::{DAY, NOW, path, policy, port, request, row, said_by_git, time};

/// What somebody says, of a project or a task alike.
#[derive(Clone, Copy)]
enum Said<'t> {
    Nothing,
    Otherwise(&'t str),
    Name(&'t str),
    NameAndMayChange(&'t str),
    Clear,
    ClearAndMayChange,
}
use Said::{Clear, ClearAndMayChange, Name, NameAndMayChange, Nothing, Otherwise};

fn naming<T: FromStr<Err: std::fmt::Debug>>(said: Said<'_>) -> Naming<T> {
    match said {
        Nothing => Naming::Unnamed { otherwise: None },
        Otherwise(text) => Naming::Unnamed { otherwise: label(text) },
        Name(text) => Naming::Named { label: text.parse().unwrap(), may_change: false },
        NameAndMayChange(text) => Naming::Named { label: text.parse().unwrap(), may_change: true },
        Clear => Naming::Cleared { may_change: false },
        ClearAndMayChange => Naming::Cleared { may_change: true },
    }
}

/// An empty label is none.
fn label<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> Option<T> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn labelled([project, task]: [&str; 2]) -> Reservation {
    Reservation { project: label(project), task: label(task), ..row(5003, "/srv/a", "") }
}

fn saying([project, task]: [Said<'_>; 2]) -> ReserveRequest {
    let labelling = Labelling { project: naming(project), task: naming(task) };
    ReserveRequest { labelling, ..request("/srv/a") }
}

/// The step for `/srv/a`. Nothing is probed.
fn step(
    stored: &[Reservation],
    request: &ReserveRequest,
    facts: &Facts,
) -> Result<Step<Plan<Assigned>>, OpsError> {
    let probe = &mut |port| panic!("port {port} is probed");
    plan_reserve(&Memory::of(stored), facts, request, &policy(5000, 5009), probe)
}

/// The plan for a row that is stored. Nothing is searched, probed, or asked.
fn kept(stored: &Reservation, request: &ReserveRequest) -> Result<Plan<Assigned>, OpsError> {
    match step(std::slice::from_ref(stored), request, &Facts::at(time(NOW)))? {
        Step::Do(plan) => Ok(plan),
        Step::Needs(needs) => panic!("{needs:?} for a row that is stored"),
    }
}

/// What becomes of a stored label, whether it is a project or a task. `None` when that is refused.
#[track_caller]
fn check_stored(stored: &str, said: Said<'_>, expected: Option<&str>) {
    check_both([stored, "other"], [said, Nothing], expected.map(|label| [label, "other"]));
    check_both(["other", stored], [Nothing, said], expected.map(|label| ["other", label]));
}

/// What becomes of a project and a task, whether or not the port is allocated afresh.
#[track_caller]
fn check_both(stored: [&str; 2], said: [Said<'_>; 2], expected: Option<[&str; 2]>) {
    let (stored, request) = (labelled(stored), saying(said));
    let afresh = ReserveRequest { overwrite: true, ..request.clone() };
    let Some(expected) = expected else {
        for refused in [kept(&stored, &request), kept(&stored, &afresh)] {
            assert!(matches!(refused, Err(OpsError::LabelsKept { .. })), "{refused:?}");
        }
        return;
    };
    let after = Reservation { last_used_at: time(NOW), ..labelled(expected) };
    let put = Change::Put { row: after.clone(), replaces: Some(stored.clone()) };
    let touch = Change::Touch { row: stored.clone(), last_used_at: time(NOW) };
    let stays = (&after.project, &after.task) == (&stored.project, &stored.task);
    assert_eq!(kept(&stored, &request).unwrap().changes, [if stays { touch } else { put.clone() }]);
    assert_eq!(kept(&stored, &afresh).unwrap().changes, [put]);
}

#[test]
fn a_stored_label_stays_unless_another_one_is_named_and_may_come() {
    check_stored("shop", Nothing, Some("shop"));
    check_stored("shop", Otherwise("store"), Some("shop"));
    check_stored("shop", Name("shop"), Some("shop"));
    check_stored("shop", NameAndMayChange("shop"), Some("shop"));
    check_stored("shop", Name("store"), None);
    check_stored("shop", NameAndMayChange("store"), Some("store"));
    check_stored("shop", Clear, None);
    check_stored("shop", ClearAndMayChange, Some(""));
}

#[test]
fn to_fill_or_to_clear_an_empty_label_needs_no_leave_and_to_leave_it_out_fills_nothing() {
    check_stored("", Nothing, Some(""));
    check_stored("", Otherwise("store"), Some(""));
    check_stored("", Name("store"), Some("store"));
    check_stored("", NameAndMayChange("store"), Some("store"));
    check_stored("", Clear, Some(""));
    check_stored("", ClearAndMayChange, Some(""));
}

#[test]
fn a_refusal_names_every_label_that_would_change() {
    #[track_caller]
    fn check(said: [Said<'_>; 2], expected: &str) {
        let refused = kept(&labelled(["shop", "main"]), &saying(said)).unwrap_err();
        assert_eq!(refused.to_string(), expected);
    }
    check([Name("store"), Nothing], "/srv/a has project shop already, not store");
    check([Nothing, Name("fix")], "/srv/a has task main already, not fix");
    check([NameAndMayChange("store"), Name("fix")], "/srv/a has task main already, not fix");
    check([Clear, Nothing], "/srv/a has project shop, which is not cleared without permission");
    check(
        [Name("store"), Clear],
        "/srv/a has project shop already, not store, and task main, which is not cleared without permission",
    );
}

#[test]
fn a_label_is_refused_before_any_port_is_judged() {
    let stored = labelled(["shop", "main"]);
    let other_port = ReserveRequest { preferred: Some(port(5005)), ..saying([Name("store"), Nothing]) };
    let strict = ReserveRequest { strict_port: true, ..other_port.clone() };
    let strict_afresh = ReserveRequest { overwrite: true, ..strict.clone() };
    for request in [other_port, strict, strict_afresh] {
        let refused = kept(&stored, &request);
        assert!(matches!(refused, Err(OpsError::LabelsKept { .. })), "{refused:?}");
    }
}

#[test]
fn leave_to_change_a_label_is_no_leave_to_have_another_port() {
    let strict = ReserveRequest {
        preferred: Some(port(5005)),
        strict_port: true,
        ..saying([NameAndMayChange("store"), Nothing])
    };
    let refused = kept(&labelled(["shop", "main"]), &strict);
    assert!(matches!(refused, Err(OpsError::OtherPortKept { .. })), "{refused:?}");
}

#[test]
fn a_clock_that_was_set_back_makes_no_relabelled_row_look_unused() {
    let later = Reservation { last_used_at: time(NOW + DAY), ..labelled(["shop", "main"]) };
    let relabelling = saying([NameAndMayChange("store"), Nothing]);
    let afresh = ReserveRequest { overwrite: true, ..relabelling.clone() };
    for request in [relabelling, afresh] {
        let after = kept(&later, &request).unwrap().answer.reservation;
        assert_eq!(after, Reservation { project: label("store"), ..later.clone() });
    }
}

/// The labels of a new row, and whether git was asked for them.
#[track_caller]
fn check_new(said: [Said<'_>; 2], git_is_asked: bool, expected: [&str; 2]) {
    let request = ReserveRequest { preferred: Some(port(5003)), ignore_occupied: true, ..saying(said) };
    let mut facts = Facts::at(time(NOW));
    if git_is_asked {
        let asked = step(&[], &request, &facts).unwrap();
        assert!(matches!(&asked, Step::Needs(Needs::Labels(of)) if *of == path("/srv/a")), "{asked:?}");
        facts.labels = Some(said_by_git(path("/srv/a")));
    }
    let Step::Do(plan) = step(&[], &request, &facts).unwrap() else { panic!("nothing else is needed") };
    let made = Reservation { created_at: time(NOW), last_used_at: time(NOW), ..labelled(expected) };
    assert_eq!(plan.changes, [Change::Put { row: made, replaces: None }]);
}

#[test]
fn a_new_row_takes_what_is_named_else_what_is_there_otherwise_else_what_git_says() {
    check_new([Name("shop"), Name("main")], false, ["shop", "main"]);
    check_new([NameAndMayChange("shop"), Otherwise("main")], false, ["shop", "main"]);
    check_new([Clear, ClearAndMayChange], false, ["", ""]);
    check_new([Nothing, Nothing], true, ["git-project", "git-task"]);
    check_new([Name("shop"), Nothing], true, ["shop", "git-task"]);
    check_new([Nothing, Otherwise("main")], true, ["git-project", "main"]);
    check_new([Clear, Nothing], true, ["", "git-task"]);
}

#[test]
fn where_git_says_nothing_a_new_row_has_no_labels() {
    let labels = Some(FoundLabels { path: path("/srv/a"), project: None, task: None });
    let facts = Facts { labels, ..Facts::at(time(NOW)) };
    let request = ReserveRequest { preferred: Some(port(5003)), ignore_occupied: true, ..request("/srv/a") };
    let Step::Do(plan) = step(&[], &request, &facts).unwrap() else { panic!("nothing is needed") };
    assert_eq!((plan.answer.reservation.project, plan.answer.reservation.task), (None, None));
}

#[test]
fn what_git_said_of_another_directory_does_not_count() {
    let facts = Facts { labels: Some(said_by_git(path("/link"))), ..Facts::at(time(NOW)) };
    let mut request = request("/srv/a");
    request.target = Target::typed(path("/link"), path("/srv/a"));
    request.tag = label("web");
    // Since git was asked, somebody has reserved for the directory that the link leads to.
    let asked = step(&[row(5000, "/srv/a", "")], &request, &facts).unwrap();
    assert!(matches!(&asked, Step::Needs(Needs::Labels(of)) if *of == path("/srv/a")), "{asked:?}");
}
