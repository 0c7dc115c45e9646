//! Plans to give ports back.

use trop_ops::{ReleaseRequest, Selection, Step, Target, plan_release};

use crate::memory::Memory;
use crate::samples::{path, row};

fn memory() -> Memory {
    Memory::of(&[
        row(5000, "/srv/a", ""),
        row(5001, "/srv/a", "web"),
        row(5002, "/srv/a/b", ""),
        row(5003, "/srv/a/b", "web"),
        row(5004, "/srv/ab", "web"),
    ])
}

#[track_caller]
fn check(directory: &str, selection: Selection, recursive: bool, expected: &[u16]) {
    let request = ReleaseRequest { target: Target::inferred(path(directory)), selection, recursive };
    let Step::Do(plan) = plan_release(&memory(), &request).unwrap() else { panic!("nothing is needed") };
    let ports: Vec<u16> = plan.changes.iter().map(|change| change.row().port.get()).collect();
    assert_eq!(ports, expected);
    memory().apply(&plan.changes);
}

#[test]
fn what_is_selected_goes_and_nothing_else() {
    let web = || Selection::Tagged("web".parse().unwrap());
    check("/srv/a", Selection::All, false, &[5000, 5001]);
    check("/srv/a", web(), false, &[5001]);
    check("/srv/a", Selection::Untagged, false, &[5000]);
    check("/srv/a", Selection::All, true, &[5000, 5001, 5002, 5003]);
    check("/srv/a", web(), true, &[5001, 5003]);
    check("/srv/a", Selection::Untagged, true, &[5000, 5002]);
    check("/srv", web(), true, &[5001, 5003, 5004]);
    check("/srv", Selection::All, false, &[]);
    check("/srv/nowhere", Selection::All, true, &[]);
}
