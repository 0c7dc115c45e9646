//! Every setting, in every layer that may hold it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use trop_config::{Declaration, Effective, FileKind, Files, Layer, Origin, Rule, settings};
use trop_model::{Exclusions, PortRange};

use crate::files::file;
use crate::layers::merged;

/// A layer that can say something, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Flags,
    Variables,
    File(FileKind),
}

const PLACES: [Place; 5] = [
    Place::Flags,
    Place::Variables,
    Place::File(FileKind::Local),
    Place::File(FileKind::Tropfile),
    Place::File(FileKind::User),
];

/// A value as it would be written in a variable, services as a tag; or a key without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    Value(String),
    Null,
}

/// What each layer says of each setting, in the order of the table and of [`PLACES`].
type World = Vec<Vec<Option<Said>>>;

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Flags => "command line",
            Place::Variables => "environment",
            Place::File(kind) => kind.name(),
        }
    }

    fn may_hold(self, declaration: &Declaration) -> bool {
        match (self, declaration.files) {
            (Place::Flags, _) => !declaration.flags.is_empty(),
            (Place::Variables, _) => !declaration.variables.is_empty(),
            (Place::File(_), files) => {
                files == Files::All || files == Files::Tropfiles && self != Place::File(FileKind::User)
            }
        }
    }
}

/// Values that obey the rule. Those of the port range go together, whichever layers they come from.
fn value(declaration: &Declaration) -> BoxedStrategy<String> {
    let number = |least: u32, most: u32| (least..=most).prop_map(|number| number.to_string()).boxed();
    match (declaration.key, declaration.rule) {
        ("ports.min", _) => number(1, 20_000),
        ("ports.max", _) => number(20_000, 65_535),
        ("ports.max_offset", _) => number(1, 40_000),
        (_, Rule::Switch) => prop_oneof!["true", "false"].boxed(),
        (_, Rule::Number { least, most, .. }) => number(least, most),
        (_, Rule::Port) => number(1, 65_535),
        (_, Rule::Ports) => proptest::collection::vec((1..60_000_u32, 0..20_u32), 1..4)
            .prop_map(|ranges| {
                let ranges: Vec<String> =
                    ranges.iter().map(|(first, more)| format!("{first}..{}", first + more)).collect();
                ranges.join(",")
            })
            .boxed(),
        (_, Rule::Word(words)) => proptest::sample::select(words).prop_map(str::to_owned).boxed(),
        (_, Rule::Path | Rule::Tag | Rule::Project | Rule::Task | Rule::Group) => "[a-z]{1,3}[0-9]".boxed(),
    }
}

fn worlds() -> impl Strategy<Value = World> {
    let said = |place: Place, declaration: &Declaration| -> BoxedStrategy<Option<Said>> {
        if !place.may_hold(declaration) {
            return Just(None).boxed();
        }
        let nulls = if matches!(place, Place::File(_)) { 1 } else { 0 };
        prop_oneof![
            6 => Just(None),
            nulls => Just(Some(Said::Null)),
            3 => value(declaration).prop_map(|value| Some(Said::Value(value))),
        ]
        .boxed()
    };
    let all: Vec<Vec<BoxedStrategy<Option<Said>>>> =
        settings::ALL.iter().map(|declaration| PLACES.map(|place| said(place, declaration)).into()).collect();
    all.prop_map(without_two_maxima)
}

/// One layer chooses between the two ways to set the highest port.
fn without_two_maxima(mut world: World) -> World {
    let [max, max_offset] = [index_of("ports.max"), index_of("ports.max_offset")];
    let chosen = world[max].clone();
    for (max, max_offset) in chosen.iter().zip(&mut world[max_offset]) {
        if max.is_some() {
            *max_offset = None;
        }
    }
    world
}

fn index_of(key: &str) -> usize {
    settings::ALL.iter().position(|declaration| declaration.key == key).unwrap()
}

fn layer(place: Place, world: &World) -> Layer {
    let index = PLACES.iter().position(|other| *other == place).unwrap();
    let said =
        settings::ALL.iter().zip(world).filter_map(|(setting, said)| Some((*setting, said[index].as_ref()?)));
    let values = said.clone().filter_map(|(setting, said)| match said {
        Said::Value(value) => Some((setting, value.as_str())),
        Said::Null => None,
    });
    match place {
        Place::Flags => Layer::from_flags(values.map(|(setting, value)| (setting, OsStr::new(value)))),
        Place::Variables => {
            let map: BTreeMap<String, OsString> =
                values.map(|(setting, value)| (setting.variables[0].to_owned(), value.into())).collect();
            Layer::from_variables(&map, settings::ALL)
        }
        Place::File(kind) => file(kind, &yaml(said)),
    }
}

fn yaml<'w>(said: impl Iterator<Item = (&'static Declaration, &'w Said)>) -> String {
    let mut sections: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (setting, said) in said {
        let value = match (setting.rule, said) {
            (_, Said::Null) => "~".to_owned(),
            (Rule::Ports, Said::Value(ranges)) => format!("[{ranges}]"),
            (Rule::Group, Said::Value(tag)) => format!("{{services: {{{tag}: }}}}"),
            (_, Said::Value(value)) => value.clone(),
        };
        let (section, key) = setting.key.split_once('.').unwrap_or(("", setting.key));
        sections.entry(section).or_default().push(format!("{key}: {value}\n"));
    }
    let section = |(section, lines): (&str, Vec<String>)| match section {
        "" => lines.concat(),
        section => format!("{section}:\n  {}", lines.join("  ")),
    };
    sections.into_iter().map(section).collect()
}

/// What the rules say: the value, if there is one, and the layers it came from.
fn expected(world: &World, setting: &Declaration) -> (Option<String>, Vec<&'static str>) {
    let range = || expected_range(world);
    let one = |place: Option<Place>| vec![place.map_or("default", Place::name)];
    match (setting.key, setting.rule) {
        ("ports.max", _) => (Some(range().1.to_string()), one(range().2)),
        ("ports.max_offset", _) => (Some((range().1 - range().0).to_string()), one(range().2)),
        (_, Rule::Ports) => {
            let lists: Vec<(Place, String)> = entries(world, setting).collect();
            if lists.is_empty() {
                return (setting.default.map(str::to_owned), one(None));
            }
            let ranges = lists.iter().flat_map(|(_, list)| list.split(','));
            let union: Exclusions = ranges.map(|range| range.parse::<PortRange>().unwrap()).collect();
            let shown: Vec<String> = union.ranges().iter().map(PortRange::to_string).collect();
            (Some(shown.join(",")), lists.iter().map(|(place, _)| place.name()).collect())
        }
        _ => match entries(world, setting).next() {
            Some((place, value)) => (Some(value), one(Some(place))),
            None => (setting.default.map(str::to_owned), one(None)),
        },
    }
}

/// What is said of a setting, highest first. Reservations without a value say that there are none.
fn entries(world: &World, setting: &Declaration) -> impl Iterator<Item = (Place, String)> {
    let clears = setting.rule == Rule::Group;
    let said = world[index_of(setting.key)].clone();
    PLACES.into_iter().zip(said).filter_map(move |(place, said)| match said? {
        Said::Value(value) => Some((place, value)),
        Said::Null => clears.then(|| (place, String::new())),
    })
}

/// The lowest port, the highest, and the layer that the highest came from.
fn expected_range(world: &World) -> (u32, u32, Option<Place>) {
    let number = |key: &str| {
        let setting = settings::ALL[index_of(key)];
        entries(world, setting).next().map(|(place, value)| (place, value.parse::<u32>().unwrap()))
    };
    let min = number("ports.min").map_or(5_000, |(_, min)| min);
    match (number("ports.max"), number("ports.max_offset")) {
        (Some((max_place, max)), Some((offset_place, _))) if max_place < offset_place => {
            (min, max, Some(max_place))
        }
        (_, Some((place, offset))) => (min, min + offset, Some(place)),
        (Some((place, max)), None) => (min, max, Some(place)),
        (None, None) if min <= 7_000 => (min, 7_000, None),
        (None, None) => (min, min + 2_000, None),
    }
}

/// What is effective of the settings that no file holds. Those are asked for by their handles alone.
fn said_anew(effective: &Effective, key: &str) -> (Option<String>, Origin) {
    macro_rules! asked {
        ($handle:ident, $text:expr) => {
            ($text(effective.get(&settings::$handle)), effective.origin(&settings::$handle))
        };
    }
    let word = |word: &'static str| Some(word.to_owned());
    match key {
        "data_dir" => asked!(DATA_DIR, |path| path),
        "path" => asked!(PATH, |path| path),
        "log_mode" => asked!(LOG_MODE, word),
        "error_format" => asked!(ERROR_FORMAT, word),
        "tag" => asked!(TAG, |tag: Option<trop_model::Tag>| tag.map(|tag| tag.to_string())),
        "task" => asked!(TASK, |task: Option<trop_model::Task>| task.map(|task| task.to_string())),
        key => panic!("{key} is new, and has to be asked for here"),
    }
}

#[test]
fn the_highest_layer_counts_for_every_setting_and_is_named() {
    let met = RefCell::new(BTreeSet::new());
    let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&worlds(), |world| {
            let effective = merged(PLACES.map(|place| layer(place, &world))).unwrap();
            let resolved = effective.resolved();
            for setting in settings::ALL {
                let found = resolved.iter().find(|found| found.declaration.key == setting.key);
                let (value, origins) = match found {
                    Some(found) => (found.value.as_ref().map(ToString::to_string), found.origins.clone()),
                    None => {
                        let (value, origin) = said_anew(&effective, setting.key);
                        (value, vec![origin])
                    }
                };
                let layers = origins.iter().map(Origin::layer).collect();
                prop_assert_eq!((value, layers), expected(&world, setting), "{}", setting.key);
                let said = PLACES.iter().zip(&world[index_of(setting.key)]);
                let values = said.filter(|(_, said)| matches!(said, Some(Said::Value(_))));
                met.borrow_mut().extend(values.map(|(place, _)| (setting.key, *place)));
            }
            let range = effective.port_range();
            let (min, max, _) = expected_range(&world);
            prop_assert_eq!((u32::from(range.first().get()), u32::from(range.last().get())), (min, max));
            Ok(())
        })
        .unwrap();
    let may_meet = settings::ALL.iter().flat_map(|setting| {
        PLACES.into_iter().filter(|place| place.may_hold(setting)).map(|place| (setting.key, place))
    });
    assert_eq!(met.into_inner(), may_meet.collect());
}
