//! Typed and inferred paths.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use trop_paths::{AbsPath, PathError, resolve_inferred, resolve_typed};

use crate::tree::{Tree, path};

fn resolve_from_base(text: &str) -> Result<AbsPath, PathError> {
    resolve_typed(text, || Ok(path("/base/here")), || Some(path("/home/ana")))
}

#[test]
fn typed_paths_are_cleaned_from_where_they_begin() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(resolve_from_base(text).unwrap().as_str(), expected);
    }

    check("/srv/./a//b/../", "/srv/a");
    check("/", "/");
    check("/..", "/");

    check("a", "/base/here/a");
    check("./a/", "/base/here/a");
    check(".", "/base/here");
    check("..", "/base");
    check("../../../a", "/a");
    check(" ", "/base/here/ ");

    check("~", "/home/ana");
    check("~/", "/home/ana");
    check("~/x", "/home/ana/x");
    check("~//x", "/home/ana/x");
    check("~///x//y/", "/home/ana/x/y");
    check("~/..", "/home");
    check("~/~", "/home/ana/~");

    check("./~", "/base/here/~");
    check("./~ana", "/base/here/~ana");
    check("a/~", "/base/here/a/~");
    check("/~", "/~");
    check(" ~", "/base/here/ ~");
}

#[test]
fn typed_paths_that_lead_nowhere_are_refused() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(resolve_from_base(text).unwrap_err().to_string(), expected);
    }

    check("", "the path is empty");
    check("~ana", r#""~ana" begins with another user's home, and only a leading "~" or "~/" is understood"#);
    check(
        "~ana/x",
        r#""~ana/x" begins with another user's home, and only a leading "~" or "~/" is understood"#,
    );
    check("~~", r#""~~" begins with another user's home, and only a leading "~" or "~/" is understood"#);
    check("~.", r#""~." begins with another user's home, and only a leading "~" or "~/" is understood"#);
}

#[test]
fn without_a_home_only_a_tilde_is_refused() {
    let resolve = |text| resolve_typed(text, || Ok(path("/base")), || None);
    assert!(matches!(resolve("~"), Err(PathError::NoHome(text)) if text == "~"));
    assert!(matches!(resolve("~/x"), Err(PathError::NoHome(text)) if text == "~/x"));
    assert!(matches!(resolve("~ana"), Err(PathError::OtherHome(text)) if text == "~ana"));
    assert_eq!(resolve("x").unwrap(), path("/base/x"));
    assert_eq!(resolve("/x").unwrap(), path("/x"));
}

#[test]
fn base_and_home_are_asked_for_only_where_the_text_needs_them() {
    #[track_caller]
    fn check(text: &str, expected: (u32, u32)) {
        let (mut base_asked, mut home_asked) = (0, 0);
        let _ = resolve_typed(
            text,
            || {
                base_asked += 1;
                Ok::<_, PathError>(path("/base"))
            },
            || {
                home_asked += 1;
                Some(path("/home/ana"))
            },
        );
        assert_eq!((base_asked, home_asked), expected);
    }

    check("/srv", (0, 0));
    check("", (0, 0));
    check("~ana", (0, 0));
    check("~", (0, 1));
    check("~/x", (0, 1));
    check("x", (1, 0));
    check(".", (1, 0));
}

#[test]
fn a_base_that_is_not_to_be_had_is_the_caller_s_own_error() {
    #[derive(Debug, PartialEq)]
    struct NoBase;
    impl From<PathError> for NoBase {
        fn from(error: PathError) -> NoBase {
            panic!("{error}");
        }
    }

    assert_eq!(resolve_typed("x", || Err(NoBase), || None), Err(NoBase));
    assert_eq!(resolve_typed("/x", || Err(NoBase), || None), Ok(path("/x")));
}

#[test]
fn typed_paths_keep_their_symlinks() {
    let tree = Tree::new().unwrap();
    tree.directory("real").unwrap();
    tree.link("link", "real").unwrap();
    let typed = resolve_from_base(tree.at("link").as_str()).unwrap();
    assert_eq!(typed, tree.at("link"));
}

#[test]
fn inferred_paths_are_canonical() {
    let tree = Tree::new().unwrap();
    tree.directory("real/deeper").unwrap();
    tree.link("link", "real").unwrap();
    tree.link("real/up", "..").unwrap();
    let check = |below: &str, expected: &str| {
        let raw = tree.std_path("").join(below);
        assert_eq!(resolve_inferred(&raw).unwrap(), tree.at(expected), "{below}");
    };

    check("real", "real");
    check("link", "real");
    check("link/deeper/", "real/deeper");
    check("link/./up/link", "real");
    // `..` leads to where the linked directory really is.
    check("link/deeper/..", "real");
    check("link/..", "");
}

#[test]
fn what_is_not_there_cannot_be_inferred() {
    let tree = Tree::new().unwrap();
    tree.file("file").unwrap();
    tree.link("dangling", "missing").unwrap();
    tree.link("loop", "loop").unwrap();
    let check = |below: &str| {
        let raw = tree.std_path(below);
        let error = resolve_inferred(&raw).unwrap_err();
        assert!(matches!(&error, PathError::Unreachable { path, .. } if *path == raw), "{error:?}");
        assert_eq!(error.to_string(), format!("cannot find out where {} really is", raw.display()));
    };

    check("missing");
    check("file/below");
    check("dangling");
    check("loop");
    assert!(matches!(resolve_inferred(Path::new("")), Err(PathError::Unreachable { .. })));
}

#[test]
fn a_directory_that_was_deleted_cannot_be_inferred() {
    let tree = Tree::new().unwrap();
    tree.directory("deleted").unwrap();
    resolve_inferred(&tree.std_path("deleted")).unwrap();
    std::fs::remove_dir(tree.std_path("deleted")).unwrap();
    let error = resolve_inferred(&tree.std_path("deleted")).unwrap_err();
    assert!(matches!(error, PathError::Unreachable { .. }), "{error:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_directory_whose_name_is_not_unicode_cannot_be_inferred() {
    let tree = Tree::new().unwrap();
    let raw = tree.std_path("").join(OsStr::from_bytes(b"caf\xe9"));
    std::fs::create_dir(&raw).unwrap();
    let error = resolve_inferred(&raw).unwrap_err();
    assert!(matches!(&error, PathError::NotUnicode(path) if *path == raw), "{error:?}");
    assert!(error.to_string().ends_with("caf\u{fffd} is not valid Unicode"), "{error}");
}
