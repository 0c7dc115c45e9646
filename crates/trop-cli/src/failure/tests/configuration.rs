//! What can be wrong in a configuration file.

use camino::Utf8Path;
use std::fs;

use trop_config::{ConfigError, FileKind, Layer, Layers, Source};
use trop_testkit::Sandbox;

use super::Sample;

pub(super) fn samples() -> Vec<Sample> {
    let in_a_tropfile = [
        ("not a mapping", "just words\n"),
        ("a setting in the place of a section", "ports: 5000\n"),
        ("a key that is a list", "[a, b]: 1\n"),
        ("a key close to a known one", "output_fromat: json\n"),
        ("a key of another level", "max_offset: 100\n"),
        ("a key like no other", "ports:\n  frobnicate: 1\n"),
        ("a key given twice", "ports:\n  min: 5000\n  max: 6000\n  min: 5001\n"),
        ("a switch that is a word", "allow_change: maybe\n"),
        ("a switch that is a number", "allow_change: 1\n"),
        ("a list where one value belongs", "allow_change: [true]\n"),
        ("a number in quotes", "ports: { min: \"5000\" }\n"),
        ("a number too low", "cleanup:\n  expire_after_days: 0\n"),
        ("a number with a fraction", "maximum_lock_wait_seconds: 0.5\n"),
        ("a port too high", "ports: { max: 70000 }\n"),
        ("an unknown word", "output_format: xml\n"),
        ("a project of nothing", "project: \"\"\n"),
        ("a project with a bell", "project: \"shop\\a\"\n"),
        ("one port where a list belongs", "excluded_ports: 5001\n"),
        ("a range backwards", "excluded_ports: [5001, 5009..5005]\n"),
        ("a switch in a list of ports", "excluded_ports: [true]\n"),
        ("a range with one end", "excluded_ports:\n  - { start: 5005 }\n"),
        ("two ways to set the highest port", "ports: { max: 6000, max_offset: 100 }\n"),
        ("an offset that leads beyond the last port", "ports: { min: 60000, max_offset: 10000 }\n"),
        ("a lowest port above the highest", "ports:\n  min: 6000\n  max: 5000\n"),
        ("a second document", "allow_change: true\n---\nallow_change: false\n"),
        ("an unclosed quote", "project: \"shop\n"),
        ("an unclosed list", "excluded_ports: [5001\n"),
        ("a tab as indent", "ports:\n\tmin: 5000\n"),
        ("an alias of nothing", "project: *shop\n"),
        ("two problems", "output_format: xml\nports: { min: 0 }\n"),
    ];
    let in_a_tropfile = in_a_tropfile.map(|(title, text)| sample(title, FileKind::Tropfile, text));
    let nested = "[".repeat(40) + &"]".repeat(40);
    let others = [
        sample("nested too deeply", FileKind::Tropfile, &format!("excluded_ports: {nested}\n")),
        sample("a project for all projects", FileKind::User, "project: shop\n"),
        sample_of_bytes("not UTF-8", b"# caf\xe9\nproject: shop\n"),
        sample_of_bytes("too long", &[b'#'; (1 << 20) + 1]),
    ];
    in_a_tropfile.into_iter().chain(others).collect()
}

/// What is said of a file with that text.
pub(super) fn sample(title: &str, kind: FileKind, text: &str) -> Sample {
    Sample::new(title, error(kind, text))
}

pub(super) fn error(kind: FileKind, text: &str) -> ConfigError {
    let mut layers = Layers::default();
    layers.push(layer_of_file(kind, text));
    layers.merged().unwrap_err()
}

pub(super) fn layer_of_file(kind: FileKind, text: &str) -> Layer {
    let path = Utf8Path::new("/srv/shop").join(kind.name());
    Layer::from_file(Source::new(kind, path, text))
}

/// What is said of a file that is not even text, as if it lay in `/srv/shop`.
fn sample_of_bytes(title: &str, bytes: &[u8]) -> Sample {
    let sandbox = Sandbox::new("trop");
    let directory = sandbox.directory("site");
    let path = directory.join("trop.yaml");
    fs::write(&path, bytes).unwrap();
    let mut layers = Layers::default();
    layers.push(Layer::load(FileKind::Tropfile, &path).unwrap().unwrap());
    let mut sample = Sample::new(title, layers.merged().unwrap_err());
    let places = sample.diagnostic.problems.iter_mut().flat_map(|problem| &mut problem.places);
    for place in places {
        place.file = place.file.replace(directory.as_str(), "/srv/shop");
    }
    sample
}
