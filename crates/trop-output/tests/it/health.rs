//! Health in both forms.

use trop_output::{CheckView, StatusView, Style, write_health, write_health_json};
use trop_testkit::snapshot;

use crate::samples::{HOSTILE, written};

fn check<'c>(name: &'c str, status: StatusView, message: &'c str) -> CheckView<'c> {
    CheckView { name, status, message, details: &[], remedy: None, commands: Vec::new() }
}

#[test]
fn every_form_is_a_snapshot() {
    let details = ["/home/ada/.trop".to_owned(), HOSTILE.to_owned()];
    let checks = [
        check("data-directory", StatusView::Ok, "/home/ada/.trop is there"),
        CheckView {
            details: &details,
            remedy: Some("take the permissions away".to_owned()),
            commands: vec!["chmod go= '/home/ada/.trop'".to_owned(), HOSTILE.to_owned()],
            ..check("permissions", StatusView::Problem, "group or others can use it")
        },
        CheckView { remedy: Some("wait".to_owned()), ..check("database", StatusView::Unknown, HOSTILE) },
    ];
    let plain = written(|out| write_health(out, &checks, Style::plain()));
    let colored = written(|out| write_health(out, &checks, Style::colored()));
    assert_eq!(colored.replace("\u{1b}[0m", "").lines().count(), plain.lines().count());
    let json = written(|out| write_health_json(out, false, &checks));
    snapshot!("output/health", format!("{plain}---\n{}---\n{json}", colored.replace('\u{1b}', "<esc>")));
}

#[test]
fn words_name_twenty_details_and_count_the_rest() {
    let details: Vec<String> = (1..=23).map(|number| format!("port {number}")).collect();
    let checks = [CheckView { details: &details, ..check("range", StatusView::Ok, "fine") }];
    let words = written(|out| write_health(out, &checks, Style::plain()));
    assert!(words.ends_with("- port 20\n                - and 3 more\n"), "{words}");
    assert!(written(|out| write_health_json(out, true, &checks)).contains("\"port 23\""));
}
