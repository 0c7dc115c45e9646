//! Migrations beside other commands. What counts is what is stored in the end.

use trop_testkit::{Ran, run_together};

use super::Scene;
use crate::database::{Database, Row};
use crate::stage::port;

const ROUNDS: usize = 15;

#[test]
fn beside_reserves_in_the_old_place_every_port_that_was_told_has_its_one_place() {
    for _ in 0..ROUNDS {
        let scene = Scene::new(&["a", "a web"]);
        scene.stage.directory("b");
        let (a, ports) = (scene.at("a"), &scene.stage.ports);
        let tags = ["", "web", "api", "db"];
        let reserves = tags.map(|tag| {
            let more: Vec<String> = if tag.is_empty() { Vec::new() } else { vec![format!("--tag={tag}")] };
            let more: Vec<&str> = more.iter().map(String::as_str).collect();
            scene.stage.reserve(&a, 0..=99, &more)
        });
        let migrations = (0..2).map(|_| scene.migrate("a", "b", &["--format=json"]));
        let ended = run_together(reserves.into_iter().chain(migrations));
        let (reserved, migrated) = ended.split_at(tags.len());

        let moves = migrated.iter().filter(|ran| ran.code == Some(0)).count();
        assert!(1 <= moves && migrated.iter().all(|ran| matches!(ran.code, Some(0 | 1))), "{migrated:?}");
        let rows = Database::of(scene.stage.data_directory()).valid_rows();
        let place_of = |port: u16| -> Vec<&Row> { rows.iter().filter(|row| row.port == port).collect() };
        for (first, tag) in [(ports.port(0), ""), (ports.port(1), "web")] {
            let [row] = place_of(first)[..] else { panic!("{first} is lost: {rows:?}") };
            assert_eq!((row.path.as_str(), row.tag.as_str()), (scene.at("b").as_str(), tag));
        }
        for (ran, tag) in reserved.iter().zip(tags) {
            let told = port(&ran.clone().expect(0).stdout);
            let [row] = place_of(told)[..] else { panic!("{told} is lost: {rows:?}") };
            assert!(row.tag == tag && [a.as_str(), scene.at("b").as_str()].contains(&row.path.as_str()));
        }
    }
}

#[test]
fn beside_a_reserve_in_the_new_place_one_of_the_two_is_first() {
    for _ in 0..ROUNDS {
        let scene = Scene::new(&["a"]);
        let b = scene.stage.directory("b");
        let runs = [scene.stage.reserve(&b, 0..=99, &[]), scene.migrate("a", "b", &[])];
        let [reserved, migrated]: [Ran; 2] = run_together(runs).try_into().unwrap();
        let told = port(&reserved.expect(0).stdout) - scene.stage.ports.first();
        match told {
            0 => assert_eq!((migrated.code, scene.places()), (Some(0), vec!["b 0".to_owned()])),
            other => {
                assert_eq!((migrated.code, other), (Some(1), 1), "{}", migrated.stderr);
                assert_eq!(scene.places(), ["a 0", "b 1"]);
            }
        }
    }
}
