//! Which projects have something reserved.

use trop_model::Reservation;
use trop_ops::list_projects;

use crate::memory::Memory;
use crate::samples::row;

#[track_caller]
fn check(projects: &[&str], expected: &[&str]) {
    let rows: Vec<Reservation> = (5000..)
        .zip(projects)
        .map(|(port, project)| {
            let project = Some(*project).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap());
            Reservation { project, ..row(port, &format!("/srv/{port}"), "") }
        })
        .collect();
    let listed = list_projects(&Memory::of(&rows)).unwrap();
    assert_eq!(listed.iter().map(trop_model::Project::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn every_project_is_listed_once_in_the_order_of_bytes() {
    check(&[], &[]);
    check(&[""], &[]);
    check(&["shop"], &["shop"]);
    check(&["shop", "", "blog", "shop"], &["blog", "shop"]);
    check(&["a", "B", "a b", "a-b", "ä"], &["B", "a", "a b", "a-b", "ä"]);
}
