//! Many at once on an old file: one of them adopts it, and all succeed.

use std::fs;

use trop_testkit::database::{Journal, Row, Version};
use trop_testkit::{Ran, run_together};

use crate::adopt::old::{Old, rows_of_file};
use crate::database::Database;
use crate::stage::{Stage, port};

const ROUNDS: usize = 30;
const PROCESSES: usize = 12;

#[test]
fn twelve_at_once_make_one_copy_and_lose_nothing() {
    let mut stage = Stage::new();
    for round in 0..ROUNDS {
        let project = stage.directory("project");
        let rows = [
            Row::new(project.as_str(), None, stage.ports.port(90)),
            Row::new(project.as_str(), Some("web"), stage.ports.port(91)),
            Row::new("/srv/other", None, stage.ports.port(92)),
        ];
        let (version, layout) = [(Version::LAYOUT_1, 1), (Version::Layout2, 2)][round % 2];
        let journal = Journal::ALL[round / 2 % 3];
        let (min, max) = (stage.ports.first(), stage.ports.port(89));
        let services = "reservations: {services: {web: {offset: 0}, api: {offset: 1}}}";
        let tropfile = stage.directory("group").join("trop.yaml");
        fs::write(&tropfile, format!("ports: {{min: {min}, max: {max}}}\n{services}\n")).unwrap();
        let old = Old::on(stage, version, &rows, journal);
        let before = old.rows();

        let on = &old.stage;
        let runs = (0..PROCESSES).map(|number| match number % 4 {
            0 => on.reserve(&project, 0..=89, &[]),
            1 => on.reserve(on.directory(&format!("new-{number}")), 0..=89, &[]),
            2 => on.trop(&project, ["list", "--format=json"]),
            _ => on.trop(
                &project,
                ["reserve-group", tropfile.as_str(), "--allow-unrelated-path", "--format=json"],
            ),
        });
        let ended: Vec<Ran> = run_together(runs).into_iter().map(|ran| ran.expect(0)).collect();

        let told = ended.iter().filter(|ran| ran.stderr.contains("before-migration")).count();
        assert_eq!(told, 1, "one of them adopts, and says so");
        assert_eq!(old.copies(), [format!("trop.db.before-migration-{layout}")]);
        assert_eq!(rows_of_file(&old.copy_of(layout)), before);
        for (number, ran) in ended.iter().enumerate() {
            match number % 4 {
                0 => assert_eq!(port(&ran.stdout), on.ports.port(90)),
                2 => {
                    let rows: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
                    assert!(before.len() <= rows.len(), "{}", ran.stdout);
                }
                _ => {}
            }
        }
        let after = Database::of(old.directory()).valid_rows();
        // Three new directories and a group of two.
        assert_eq!(after.len(), before.len() + 3 + 2);
        for row in before {
            let kept = after.iter().find(|after| (&after.path, &after.tag) == (&row.path, &row.tag));
            assert_eq!(kept.map(|kept| (kept.port, kept.created_at)), Some((row.port, row.created_at)));
        }
        stage = Stage { sandbox: Stage::sandbox(), ports: old.stage.ports };
    }
}
