//! Every setting, in every layer that may hold it, seen in what a command does.
//!
//! [`rows::ROWS`] is one table with at least one row for each declaration of `trop_config::settings`: a scene, a command, two
//! values of the setting, and what each of them makes of the command. From a row come runs in which nobody says anything, one
//! layer says something (by every spelling), or two neighbouring layers contradict each other. All of it happens twice: the second
//! time there is a `config.yaml` in which every setting stands with its default, and that must not be noticed.

mod effects;
mod layers;
mod names;
mod rows;
mod scenes;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::sync::Mutex;
use std::thread;

use trop_config::{Declaration, settings, text_of_defaults};
use trop_testkit::{Ran, need, skip_unless};

use effects::Effect;
use layers::{Layer, levels};
use rows::{ROWS, ROWS_OF_IPV6};
use scenes::Scene;

/// How many scenes are played at once. Most of the time is spent in other processes, and some in waiting for locks.
const THREADS: usize = 8;

/// One setting, and how it shows.
struct Row {
    /// The key of its declaration. A setting has a row for each command in which it has a meaning of its own.
    key: &'static str,
    /// What is there before.
    scene: fn() -> Scene,
    /// What is run.
    command: &'static [&'static str],
    /// What is looked at afterwards.
    effect: Effect,
    /// The effect when nobody says anything.
    default: &'static str,
    /// Two values, each with its effect. They are written as in a variable, services as in a file.
    values: [(&'static str, &'static str); 2],
    /// The effect when two layers say one value each, where that is not the effect of the higher one.
    added_up: Option<&'static str>,
}

/// What the configuration of the user holds before anybody says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// There is none.
    Nothing,
    /// Every default.
    Defaults,
}

/// One run for a row.
struct Case {
    row: &'static Row,
    ground: Ground,
    said: Vec<(Layer, &'static str)>,
    expected: &'static str,
}

impl Row {
    fn declaration(&self) -> &'static Declaration {
        let found = settings::ALL.iter().find(|declaration| declaration.key == self.key);
        found.unwrap_or_else(|| panic!("no setting has the key {}", self.key))
    }

    fn cases(&'static self, ground: Ground) -> Vec<Case> {
        let levels = levels(self.declaration());
        let case = |said: &[(Layer, &'static str)], expected: &'static str| Case {
            row: self,
            ground,
            said: said.to_vec(),
            expected,
        };
        let mut cases = vec![case(&[], self.default)];
        for layer in levels.iter().flatten() {
            cases.extend(self.values.map(|(value, effect)| case(&[(*layer, value)], effect)));
        }
        for neighbours in levels.windows(2) {
            for (upper, lower) in layers::pairs(&neighbours[0], &neighbours[1]) {
                let [one, other] = self.values;
                for ((above, effect), (below, _)) in [(one, other), (other, one)] {
                    let said = [(upper, above), (lower, below)];
                    cases.push(case(&said, self.added_up.unwrap_or(effect)));
                }
            }
        }
        cases.retain(Case::can_be_said);
        cases
    }
}

impl Case {
    fn can_be_said(&self) -> bool {
        self.said.iter().all(|(layer, text)| layer.can_say(self.row.declaration(), text))
    }

    /// What went wrong, if something did.
    fn failure(&self) -> Option<String> {
        let scene = (self.row.scene)();
        if self.ground == Ground::Defaults {
            fs::write(scene.place("config.yaml"), text_of_defaults()).unwrap();
        }
        let told = self.said.iter().fold(scene.trop(self.row.command), |trop, (layer, text)| {
            layer.say(&scene, self.row.declaration(), text, trop)
        });
        let ran = told.run();
        let effect = (self.row.effect)(&scene, &ran);
        (effect != self.expected).then(|| self.report(&effect, &ran))
    }

    fn report(&self, effect: &str, ran: &Ran) -> String {
        format!("{self}: {effect:?} instead of {:?}\n{}", self.expected, ran.stderr)
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`trop {}`, {}", self.row.command.join(" "), self.row.key)?;
        let mut separator = " = ";
        for (layer, text) in &self.said {
            write!(f, "{separator}{text} in {layer}")?;
            separator = " above ";
        }
        if self.said.is_empty() {
            f.write_str(" not said")?;
        }
        write!(f, " on {:?}", self.ground)
    }
}

/// Plays every case of these rows, each in a home of its own.
#[track_caller]
fn check(rows: &'static [Row]) {
    let grounds = [Ground::Nothing, Ground::Defaults];
    let cases: Vec<Case> =
        rows.iter().flat_map(|row| grounds.into_iter().flat_map(|ground| row.cases(ground))).collect();
    scenes::claim_ports();
    let queue = Mutex::new(cases.iter());
    let next = || queue.lock().unwrap().next();
    let work = || std::iter::from_fn(next).filter_map(Case::failure).collect::<Vec<String>>();
    let failures: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{} of {} runs:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn every_setting_has_a_row() {
    let declared: BTreeSet<&str> = settings::ALL.iter().map(|declaration| declaration.key).collect();
    let with_row: BTreeSet<&str> = ROWS.iter().chain(ROWS_OF_IPV6).map(|row| row.key).collect();
    let without_row: Vec<_> = declared.difference(&with_row).collect();
    let without_declaration: Vec<_> = with_row.difference(&declared).collect();
    assert!(without_row.is_empty(), "settings without a row: {without_row:?}");
    assert!(without_declaration.is_empty(), "rows without a setting: {without_declaration:?}");
}

/// A row whose values do not differ in effect shows nothing.
#[test]
fn every_row_shows_something() {
    for row in ROWS.iter().chain(ROWS_OF_IPV6) {
        let [one, other] = row.values;
        assert_ne!(one.1, row.default, "{}", row.key);
        assert_ne!(one.1, other.1, "{}", row.key);
    }
}

#[test]
fn every_layer_has_its_effect_and_goes_before_the_next() {
    check(ROWS);
}

#[test]
fn every_layer_has_its_effect_on_ipv6_too() {
    skip_unless!(need::ipv6());
    check(ROWS_OF_IPV6);
}

/// Requires what `trop reserve` prints or how it ends, where these layers say these values of these settings. The ports 5000 to
/// 5009 are excluded.
#[track_caller]
fn check_together(said: &[(Layer, &str, &str)], expected: &str) {
    let scene = scenes::without_the_first_ten_ports();
    let declaration = |key: &str| settings::ALL.iter().find(|declaration| declaration.key == key).unwrap();
    let told = said.iter().fold(scene.trop(rows::RESERVE_UNPROBED), |trop, (layer, key, text)| {
        layer.say(&scene, declaration(key), text, trop)
    });
    let ran = told.run();
    assert_eq!(effects::printed(&scene, &ran), expected, "{said:?}: {}", ran.stderr);
}

#[test]
fn two_ways_to_set_the_highest_port_replace_each_other_across_layers() {
    let (max, max_offset) = ("ports.max", "ports.max_offset");
    let of_max = levels(&settings::PORT_MAX.declaration);
    let of_max_offset = levels(&settings::PORT_MAX_OFFSET.declaration);
    assert_eq!(of_max.len(), of_max_offset.len() + 1, "an offset has no flag");
    // The highest port in one layer, and what is counted from the lowest in the next lower one.
    for (upper, lower) in of_max.concat().into_iter().zip(of_max_offset.concat()) {
        check_together(&[(upper, max, "5009"), (lower, max_offset, "10")], "code 8");
        check_together(&[(upper, max, "5010"), (lower, max_offset, "9")], "5010");
    }
    for (upper, lower) in of_max_offset.concat().into_iter().zip(of_max.concat().into_iter().skip(2)) {
        check_together(&[(upper, max_offset, "9"), (lower, max, "5010")], "code 8");
        check_together(&[(upper, max_offset, "10"), (lower, max, "5009")], "5010");
    }
}

#[test]
fn two_ways_to_set_the_highest_port_contradict_each_other_in_one_layer() {
    let by_variable = [
        (Layer::Variable("TROP_PORT_MAX"), "ports.max", "5010"),
        (Layer::Variable("TROP_PORT_MAX_OFFSET"), "ports.max_offset", "10"),
    ];
    check_together(&by_variable, "code 7");
    for file in layers::FILES {
        // One file says both.
        check_together(&[(Layer::File(file), "ports.max", "5010, max_offset: 10")], "code 7");
    }
}

#[test]
fn services_that_cannot_be_are_refused_in_both_tropfiles() {
    for layer in levels(&settings::RESERVATIONS.declaration).concat() {
        check_together(&[(layer, "reservations", "{services: {}}")], "code 7");
        check_together(&[(layer, "reservations", "{services: {web: {offset: -1}}}")], "code 7");
    }
    check_together(&[(Layer::File("config.yaml"), "reservations", "{services: {web: {}}}")], "code 7");
}
