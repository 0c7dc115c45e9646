//! What can be wrong in variables, behind flags, and between layers.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;

use trop_config::{Declaration, FileKind, Layer, Layers, settings};

use super::Sample;
use super::configuration::layer_of_file;

pub(super) fn samples() -> Vec<Sample> {
    let not_unicode = OsString::from_vec(b"shop\xff".to_vec());
    let max_5000 = || layer_of_file(FileKind::Tropfile, "ports:\n  max: 5000\n");
    let min_6000 = || layer_of_file(FileKind::Local, "ports: { min: 6000 }\n");
    let min: &Declaration = &settings::PORT_MIN.declaration;
    let lock_wait: &Declaration = &settings::MAXIMUM_LOCK_WAIT_SECONDS.declaration;
    vec![
        sample("a switch in a variable", [variables(&[("TROP_ALLOW_CHANGE", "maybe".into())])]),
        sample("a number in a variable", [variables(&[("TROP_BUSY_TIMEOUT", "-1".into())])]),
        sample("a port in a variable", [variables(&[("TROP_PORT_MIN", "web".into())])]),
        sample("ports in a variable", [variables(&[("TROP_EXCLUDED_PORTS", "5001,,5002".into())])]),
        sample("a word in a variable", [variables(&[("TROP_OUTPUT_FORMAT", "xml".into())])]),
        sample("a tag in a variable", [variables(&[("TROP_TAG", "  ".into())])]),
        sample("a variable that is not Unicode", [variables(&[("TROP_PROJECT", not_unicode)])]),
        sample(
            "two variables for the highest port",
            [variables(&[("TROP_PORT_MAX", "6000".into()), ("TROP_PORT_MAX_OFFSET", "100".into())])],
        ),
        sample("a port behind a flag", [flag(min, "0")]),
        sample("a number behind a flag", [flag(lock_wait, "soon")]),
        sample("a flag above a file", [flag(min, "6000"), max_5000()]),
        sample("a variable above a file", [variables(&[("TROP_PORT_MIN", "6000".into())]), max_5000()]),
        sample("a file above a file", [min_6000(), max_5000()]),
        sample(
            "an offset in a variable that leads beyond the last port",
            [variables(&[("TROP_PORT_MAX_OFFSET", "60000".into())]), min_6000()],
        ),
        sample(
            "a problem in every layer",
            [
                flag(min, "0"),
                variables(&[("TROP_TAG", "  ".into())]),
                layer_of_file(FileKind::Local, "ports: { max: many }\n"),
                layer_of_file(FileKind::Tropfile, "output_format: xml\n"),
                layer_of_file(FileKind::User, "project: shop\n"),
            ],
        ),
    ]
}

fn sample<const N: usize>(title: &str, from_above: [Layer; N]) -> Sample {
    let mut layers = Layers::default();
    from_above.into_iter().for_each(|layer| layers.push(layer));
    Sample::new(title, layers.merged().unwrap_err())
}

fn variables(variables: &[(&str, OsString)]) -> Layer {
    let variables: BTreeMap<String, OsString> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Layer::from_variables(&variables, settings::ALL)
}

fn flag(declaration: &'static Declaration, text: &str) -> Layer {
    Layer::from_flags([(declaration, OsStr::new(text))])
}
