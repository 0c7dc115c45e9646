//! What is said of it.

use std::fs;

use trop_testkit::{Varying, scrub, snapshot};

use super::project;
use crate::stage::Stage;
use crate::tree::tree;

#[test]
fn every_answer_looks_as_it_did() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "# mine\nexcluded_ports: [5001, 5002]\n");
    let mut sheet = String::new();
    for arguments in [
        &["exclude", "5004", "--dry-run"] as &[&str],
        &["exclude", "5004", "--dry-run", "--format=json"],
        &["exclude", "5004"],
        &["exclude", "5004"],
        &["exclude", "5004", "--dry-run"],
        &["exclude", "5005..5009", "--dry-run", "--quiet"],
        &["exclude", "5005..5009", "--quiet"],
        &["exclude", "5005..5009", "--global", "--dry-run"],
        &["exclude", "5005..5009", "--global", "--dry-run", "--format=json", "--error-format=json"],
        &["exclude", "5005..5009", "--global"],
        &["compact-exclusions", "trop.yaml", "--dry-run"],
        &["compact-exclusions", "trop.yaml", "--dry-run", "--format=json"],
        &["compact-exclusions", "trop.yaml"],
        &["compact-exclusions", "trop.yaml", "--dry-run"],
        &["compact-exclusions", "trop.yaml", "--error-format=json"],
        &["exclude", "6001", "--error-format=json", "--data-dir=../shop/trop.yaml"],
    ] {
        let is_dry_run = arguments.contains(&"--dry-run");
        let before = tree(stage.sandbox.root());
        let ran = stage.trop(&shop, arguments).run();
        assert!(!is_dry_run || tree(stage.sandbox.root()) == before, "{arguments:?}");
        let code = ran.code.unwrap();
        sheet += &format!("$ trop {}\n{}{}", arguments.join(" "), ran.stdout, ran.stderr);
        sheet += &if code == 0 { "\n".to_owned() } else { format!("code {code}\n\n") };
    }
    snapshot!("cli/exclude", scrub(&sheet, &[Varying::Sandbox(&stage.sandbox)]));
}

#[test]
fn hostile_text_is_shown_escaped() {
    let stage = Stage::new();
    let shop = project(&stage, "a\u{1b}]0;b", "excluded_ports: &a [5001]\n");
    for arguments in
        [&["exclude", "5002"] as &[&str], &["exclude", "5001"], &["exclude", "5001", "--dry-run"]]
    {
        let ran = stage.trop(&shop, arguments).run();
        assert!(!ran.stderr.contains('\u{1b}') && ran.stderr.contains("\\u{1b}]0;b"), "{}", ran.stderr);
    }
    fs::write(shop.join("trop.yaml"), "").unwrap();
    let ran = stage.trop(&shop, ["exclude", "5002"]).run().expect(0);
    assert!(!ran.stderr.contains('\u{1b}') && ran.stderr.contains("\\u{1b}]0;b"), "{}", ran.stderr);
}
