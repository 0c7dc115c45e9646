//! What the layers come to: without any file, with a tropfile as projects have it, and with twenty services in it.

use std::collections::BTreeMap;

use divan::{Bencher, black_box};
use trop_config::{FileKind, Layer, Layers, Source, settings};

fn main() {
    divan::main();
}

const USUAL: &str = "\
# The ports of this project.
ports: { min: 5000, max: 7000 }
excluded_ports: [5432, 6379..6381]
reservations:
  services:
    web: { offset: 0, preferred: 5050, env: WEB_PORT }
    api: { offset: 1, env: API_PORT }
";

fn with_twenty_services() -> String {
    let services = (0..20).map(|offset| format!("    service-{offset}: {{ offset: {offset} }}\n"));
    format!("reservations:\n  services:\n{}", services.collect::<String>())
}

/// Whether they agree.
fn load(files: impl IntoIterator<Item = Source>) -> bool {
    let mut layers = Layers::default();
    layers.push(Layer::from_flags([]));
    layers.push(Layer::from_variables(&BTreeMap::new(), settings::ALL));
    for file in files {
        layers.push(Layer::from_file(file));
    }
    layers.merged().is_ok()
}

fn bench_tropfile(bencher: Bencher<'_, '_>, text: &str) {
    let source = || Source::new(FileKind::Tropfile, "/srv/shop/trop.yaml", black_box(text));
    assert!(load([source()]));
    bencher.bench(|| load([source()]));
}

#[divan::bench]
fn no_files() -> bool {
    load([])
}

#[divan::bench]
fn tropfile_of_7_lines(bencher: Bencher<'_, '_>) {
    bench_tropfile(bencher, USUAL);
}

#[divan::bench]
fn tropfile_of_22_lines(bencher: Bencher<'_, '_>) {
    bench_tropfile(bencher, &with_twenty_services());
}
