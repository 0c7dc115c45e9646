//! A disk that is full before an old database is adopted.

use trop_testkit::database::{Journal, Row, Version};
use trop_testkit::{need, skip_unless};

use crate::adopt::old::Old;
use crate::disk::{a_disk, stage_on_a_disk};
use crate::stage::port;

/// As many rows as fill a few pages.
fn rows() -> Vec<Row> {
    (0..200).map(|number| Row::new(&format!("/srv/{number:03}/project"), None, 5000 + number)).collect()
}

#[test]
fn wherever_it_is_full_the_old_rows_stay() {
    skip_unless!(need::root());
    for (version, journal) in
        [(Version::LAYOUT_1, Journal::Delete), (Version::Layout2, Journal::WriteAheadLog)]
    {
        let mut refusals = 0;
        for free in (0..).map(|step| step * 8 * 1024) {
            let found = stage_on_a_disk();
            skip_unless!(a_disk(found.as_ref()));
            let (stage, disk) = found.unwrap();
            let old = Old::on(stage, version, &rows(), journal);
            // From here on it is dropped before the stage.
            let disk = disk;
            let before = old.rows();
            disk.fill_but(free);
            let stored = ["reserve", "--path=/srv/007/project", "--allow-unrelated-path"];
            let ran = old.trop(&["reserve", "--path=/srv/new", "--allow-unrelated-path"]).run();
            if ran.code == Some(0) {
                assert_eq!(old.rows().len(), before.len() + 1);
                break;
            }
            let ran = ran.expect(5);
            assert_eq!(ran.stdout, "");
            assert!(ran.stderr.contains("TROP_DATA_DIR"), "{}", ran.stderr);
            assert_eq!(old.rows(), before, "{free}");
            let list = old.trop(&["list", "--format=csv"]).run().expect(0);
            assert_eq!(list.stdout.lines().count(), 1 + before.len());
            // What is stored is told all the same.
            assert_eq!(port(&old.trop(&stored).run().expect(0).stdout), 5007);
            disk.make_room();
            assert_eq!(port(&old.trop(&stored).run().expect(0).stdout), 5007);
            assert_eq!(old.rows().len(), before.len());
            refusals += 1;
        }
        println!("{version:?}: {refusals} times full");
        assert!(5 < refusals, "it is full at a few places at least");
    }
}
