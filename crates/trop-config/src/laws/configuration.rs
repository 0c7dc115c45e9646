//! Every text is read or refused, at places within it, and `validate` refuses what commands refuse.

use camino::Utf8Path;

use crate::{Effective, FileKind, Layer, Layers, Origin, Problem, Resolved, Source, Value, settings};

/// What became of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every command takes it.
    Good,
    /// Its services do not fit into its own range: group commands refuse it.
    Unfit,
    /// Every command that reads it refuses it.
    Wrong,
}

/// The bytes of a file, as each of the three kinds.
///
/// # Panics
/// When the law is broken.
pub fn configuration(bytes: &[u8]) {
    for kind in FileKind::ALL {
        match Source::from_bytes(kind, path_of(kind), bytes.to_vec()) {
            Ok(source) => {
                text_of_configuration(kind, source.text());
            }
            Err(problem) => require_place(&problem),
        }
    }
}

/// The text of a file of that kind.
///
/// # Panics
/// When the law is broken.
pub fn text_of_configuration(kind: FileKind, text: &str) -> Verdict {
    let judged = layer(kind, text).judge_alone().problems;
    judged.iter().for_each(require_place);
    let effective = match merged(kind, text) {
        Ok(effective) => effective,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            for problem in problems {
                assert!(judged.contains(&problem), "commands refuse what validate does not: {problem:?}");
            }
            return Verdict::Wrong;
        }
    };
    require_readable_values(&effective.resolved());
    let misfits = effective.require_group_fits().map_or_else(|error| error.problems, |()| Vec::new());
    misfits.iter().for_each(require_place);
    if misfits.is_empty() || !sets_the_port_range(&effective) {
        assert_eq!(judged, [], "validate refuses what no command refuses");
        return Verdict::Good;
    }
    assert_eq!(judged, misfits, "validate and group commands differ");
    Verdict::Unfit
}

/// Where a file of that kind is said to be.
fn path_of(kind: FileKind) -> &'static Utf8Path {
    Utf8Path::new(match kind {
        FileKind::Local => "/srv/trop.local.yaml",
        FileKind::Tropfile => "/srv/trop.yaml",
        FileKind::User => "/home/ada/.trop/config.yaml",
    })
}

pub(super) fn layer(kind: FileKind, text: &str) -> Layer {
    Layer::from_file(Source::new(kind, path_of(kind), text))
}

/// The file without any other layer.
pub(super) fn merged(kind: FileKind, text: &str) -> Result<Effective, Vec<Problem>> {
    let mut layers = Layers::default();
    layers.push(layer(kind, text));
    layers.merged().map_err(|error| error.problems)
}

fn sets_the_port_range(effective: &Effective) -> bool {
    let ends = [effective.origin(&settings::PORT_MIN), effective.layers().origin_of_maximum()];
    ends.iter().any(|origin| matches!(origin, Origin::File(_)))
}

/// A problem says something, and points at letters that are there.
fn require_place(problem: &Problem) {
    assert!(!problem.message.is_empty(), "a problem without a message");
    for origin in &problem.origins {
        let Origin::File(place) = origin else { continue };
        let text = place.source.text();
        let span = place.span.clone().expect("a problem in a text has a place there");
        assert!(text.get(span.clone()).is_some(), "{span:?} is no place in {text:?}: {}", problem.message);
        assert!(place.position().is_some(), "{span:?} has no position in {text:?}: {}", problem.message);
    }
}

/// A value that is shown, put into a variable, is that value again. The offset is counted back from the highest port, and nobody can
/// write the 0 of a range of one port.
fn require_readable_values(resolved: &[Resolved]) {
    let is_written = |one: &&Resolved| one.declaration.key != settings::PORT_MAX_OFFSET.declaration.key;
    for Resolved { declaration, value, .. } in resolved.iter().filter(is_written) {
        let Some(value) = value.as_ref().filter(|value| !matches!(value, Value::Group(_))) else { continue };
        let again = declaration.rule.parse(&value.to_string());
        assert_eq!(again.as_ref(), Ok(value), "{} reads {value} as something else", declaration.key);
    }
}
