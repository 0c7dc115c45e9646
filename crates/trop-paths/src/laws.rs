//! What has to hold for any bytes whatever. Each law panics when it is broken, and says how.
//!
//! The tests try them on `fuzz/corpus`, the programs in `fuzz/` on what coverage leads to.

use camino::Utf8Path;

use crate::{AbsPath, PathError, Relation, canonical_form, find_upwards, resolve_typed};

/// Up to three lines: what somebody typed, the directory in which that begins, and the home directory.
///
/// # Panics
/// When the law is broken.
pub fn paths(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let mut lines = input.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let typed = line();
    stored_path(typed);
    typed_path(typed, &cleaned(line()), &cleaned(line()));
}

/// Text is taken as it is stored when cleaning would leave it as it is.
fn stored_path(text: &str) {
    let rebuilt = AbsPath::rebuilt(Utf8Path::new(text));
    let is_clean = rebuilt.is_some_and(|rebuilt| rebuilt.as_str() == text) && !text.contains('\0');
    assert_eq!(AbsPath::from_clean(text).is_ok(), is_clean, "{text:?} as it is stored");
}

/// What somebody typed in a directory, and where it leads.
fn typed_path(typed: &str, base: &AbsPath, home: &AbsPath) {
    require_clean(base);
    require_mirrored(base, home);
    let resolved: Result<AbsPath, PathError> =
        resolve_typed(typed, || Ok(base.clone()), || Some(home.clone()));
    let Some(expected) = expected(typed, base, home) else {
        assert!(resolved.is_err(), "{typed:?} became {resolved:?}");
        return;
    };
    let path = resolved.unwrap_or_else(|error| panic!("{typed:?} is refused: {error}"));
    assert_eq!(path.as_str(), expected, "{typed:?} from {base:?}, at home in {home:?}");
    require_clean(&path);
    for other in [base, home] {
        require_mirrored(&path, other);
    }
    require_ancestors(&path);
    require_canonical(&path);
}

/// Any text as an absolute path.
fn cleaned(text: &str) -> AbsPath {
    AbsPath::clean(Utf8Path::new(&format!("/{text}"))).expect("the path is absolute")
}

/// Where the text leads, found letter by letter; `None` where it leads nowhere.
fn expected(typed: &str, base: &AbsPath, home: &AbsPath) -> Option<String> {
    let start = match typed.chars().next()? {
        '/' => "",
        '~' if matches!(typed.chars().nth(1), None | Some('/')) => home.as_str(),
        '~' => return None,
        _ => base.as_str(),
    };
    let rest = typed.strip_prefix('~').unwrap_or(typed);
    let mut names: Vec<&str> = start.split('/').filter(|name| !name.is_empty()).collect();
    for name in rest.split('/') {
        match name {
            "" | "." => {}
            ".." => _ = names.pop(),
            name => names.push(name),
        }
    }
    Some(format!("/{}", names.join("/")))
}

fn names(path: &AbsPath) -> Vec<&str> {
    path.as_str().split('/').filter(|name| !name.is_empty()).collect()
}

/// Nothing is left to clean, and cleaning twice is cleaning once.
fn require_clean(path: &AbsPath) {
    let text = path.as_str();
    assert!(text.starts_with('/') && (text == "/" || !text.ends_with('/')), "{text:?} is not clean");
    assert!(!text.contains("//"), "{text:?} is not clean");
    assert!(text.split('/').all(|name| name != "." && name != ".."), "{text:?} is not clean");
    assert_eq!(AbsPath::clean(path.as_path()).as_ref(), Some(path), "{text:?} is cleaned twice");
    assert_eq!(AbsPath::from_clean(text).is_ok(), !text.contains('\0'), "{text:?} as it is stored");
    let typed: Result<AbsPath, PathError> = resolve_typed(text, || Ok(path.clone()), || None);
    assert_eq!(typed.ok().as_ref(), Some(path), "{text:?} typed again");
}

/// How two paths lie is told by their names, from either side.
fn require_mirrored(one: &AbsPath, other: &AbsPath) {
    let (first, second) = (names(one), names(other));
    let (expected, mirrored) = match (second.starts_with(&first), first.starts_with(&second)) {
        (true, true) => (Relation::Same, Relation::Same),
        (true, false) => (Relation::Contains, Relation::Inside),
        (false, true) => (Relation::Inside, Relation::Contains),
        (false, false) => (Relation::Unrelated, Relation::Unrelated),
    };
    assert_eq!(one.relation(other), expected, "{one:?} to {other:?}");
    assert_eq!(other.relation(one), mirrored, "{other:?} to {one:?}");
    assert_eq!(one == other, expected == Relation::Same, "{one:?} and {other:?}");
    if let Some(below) = one.below(other) {
        assert_eq!(&other.join(below), one, "{one:?} below {other:?}");
    }
}

/// A search upwards ends in the directory or above it, and never above a boundary.
fn require_ancestors(path: &AbsPath) {
    if let Some(parent) = path.parent() {
        assert_eq!(parent.relation(path), Relation::Contains, "{parent:?} is no parent of {path:?}");
    }
    for (names, boundary) in [(["etc", "trop.yaml"], ".git"), (["trop.yaml", "trop.local.yaml"], "etc")] {
        let Ok(Some(found)) = find_upwards(path, &names, boundary) else { continue };
        let relation = found.relation(path);
        assert!(matches!(relation, Relation::Same | Relation::Contains), "{found:?} from {path:?}");
    }
}

/// Following links twice is following them once. (What is in `/proc` differs from moment to moment.)
fn require_canonical(path: &AbsPath) {
    let canonical = canonical_form(path);
    if names(&canonical).first() != Some(&"proc") {
        assert_eq!(canonical_form(&canonical), canonical, "{path:?} made canonical twice");
    }
}

#[cfg(test)]
mod tests;
