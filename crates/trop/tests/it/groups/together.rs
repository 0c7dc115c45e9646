//! Many processes at once, each with a group.

use std::collections::BTreeSet;

use trop_testkit::run_together;

use super::Project;

#[test]
fn fifty_first_runs_in_twenty_five_projects_agree_in_pairs_and_share_no_port() {
    for _ in 0..5 {
        let project = Project::new("web: {}, api: {offset: 1}, db: {offset: 2}");
        let tropfile = std::fs::read(project.directory.join("trop.yaml")).unwrap();
        let directories: Vec<_> = (0..25)
            .map(|number| project.stage.directory(&number.to_string()))
            .inspect(|directory| std::fs::write(directory.join("trop.yaml"), &tropfile).unwrap())
            .collect();
        let both = directories.iter().chain(&directories);
        let runs = both.map(|directory| project.trop_in(directory, &["autoreserve"]));
        let ended: Vec<_> = run_together(runs).into_iter().map(|ran| ran.expect(0)).collect();

        let (first, second) = ended.split_at(directories.len());
        for (first, second) in first.iter().zip(second) {
            assert_eq!((first.stdout.as_str(), first.stderr.as_str()), (second.stdout.as_str(), ""));
            assert_eq!(second.stderr, "");
        }
        let lines = first.iter().flat_map(|ran| ran.stdout.lines());
        let ports: BTreeSet<&str> = lines.map(|line| line.split_once('=').unwrap().1).collect();
        assert_eq!(ports.len(), 75);
        let stored: BTreeSet<String> =
            project.database().valid_rows().iter().map(|row| row.port.to_string()).collect();
        assert_eq!(stored, ports.into_iter().map(str::to_owned).collect());
    }
}

/// Whoever comes first decides, and no group is torn apart.
#[test]
fn groups_that_are_placed_anew_and_released_at_once_stay_whole() {
    let project = Project::new("web: {}, api: {offset: 1}, db: {offset: 2}");
    for _ in 0..5 {
        let runs = (0..40).map(|number| match number % 4 {
            0 => project.autoreserve(&[]),
            1 => project.autoreserve(&["--overwrite"]),
            2 => project.trop(&["reserve-group", "trop.yaml", "--format=export"]),
            _ => project.trop(&["release"]),
        });
        for ran in run_together(runs).into_iter().map(|ran| ran.expect(0)) {
            let ports: Vec<u16> =
                ran.stdout.lines().map(|line| line.split_once('=').unwrap().1.parse().unwrap()).collect();
            assert!(
                ports.is_empty() || matches!(ports[..], [web, api, db] if web + 1 == api && web + 2 == db)
            );
        }
        let stored = project.database().valid_rows().len();
        assert!(stored == 0 || stored == 3, "{stored}");
    }
}
